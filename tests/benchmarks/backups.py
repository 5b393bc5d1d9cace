"""Backing up, rehearsing and restoring a large store, against copying its file and syncing it.

.venv/bin/python tests/benchmarks/backups.py [children]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

import builders  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from desk_app.casework.desk import Desk  # noqa: E402  # after the path
from desk_app.domain.clock import system_clock  # noqa: E402
from desk_app.storage import backup, backup_set, content, restore, second_reader, tables  # noqa: E402
from desk_app.storage import engine as engines  # noqa: E402

T = TypeVar("T")

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
_SEQUENCE = count(1_000)


def main() -> None:
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        store = builders.a_shut_store(Path(place) / "store", system_clock)
        desk = store.open_at(store.folder, system_clock)
        timed(f"{children:,} children made", lambda: fill(desk, children))
        shelf = Path(place) / "Sicherungen"
        shelf.mkdir()
        size = (store.folder / engines.NAME).stat().st_size / 1e6
        print(f"database {size:.1f} MB, {_held(desk).rows:,} rows")
        made = timed("backup, proven", lambda: backup.make(desk.vault, shelf, datetime.now(UTC)))
        timed(
            "  of it the second reader",
            lambda: second_reader.examine(made.place / engines.NAME, desk.vault.key.data_key),
        )
        timed(
            "  raw limit: copy the file and sync it", lambda: raw_copy(store.folder / engines.NAME, Path(place) / "raw")
        )
        waits = saving_meanwhile(desk, lambda: backup.make(desk.vault, shelf, datetime.now(UTC)))
        print(f"saves during a backup: {len(waits)}, p50 {waits[len(waits) // 2]:.1f} ms, "
              f"p95 {waits[int(len(waits) * 0.95)]:.1f} ms, longest {waits[-1]:.1f} ms")  # fmt: skip
        timed("rehearsal", lambda: restore.rehearse(made, desk.vault.key, store.folder, datetime.now(UTC)))
        newest = backup_set.list_backups(shelf)[0]
        desk.vault.close()
        timed(
            "restore, passphrase included",
            lambda: restore.restore(store.folder, newest.place, store.user, builders.PASSPHRASE, datetime.now(UTC)),
        )


def timed(work: str, do: Callable[[], T]) -> T:
    begun = time.perf_counter()
    result = do()
    print(f"{work}: {time.perf_counter() - begun:.2f} s", flush=True)
    return result


def raw_copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def saving_meanwhile(desk: Desk, work: Callable[[], object]) -> list[float]:
    """How long each save took, in milliseconds and sorted, while ``work`` was done on another thread."""
    busy = threading.Thread(target=work)
    took = []
    busy.start()
    while busy.is_alive():
        begun = time.perf_counter()
        desk.do(lambda work: work.note("benchmark.saved", "user", None, touched="users"))
        took.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.02)
    busy.join()
    return sorted(took)


def fill(desk: Desk, children: int) -> None:
    """Families of two adults and two or three children, with school years, papers, requests and audit."""
    families = children * 2 // 5
    for first in range(0, families, 500):
        with desk.vault.session() as session:
            made: dict[type[tables.Base], list[dict[str, object]]] = {}
            for number in range(first, min(first + 500, families)):
                _family(made, desk.user, number, 2 + number % 2)
            for table, rows in made.items():
                session.execute(insert(table), rows)


def _family(made: dict[type[tables.Base], list[dict[str, object]]], user: UUID, number: int, children: int) -> None:
    tracked = {"created_at": NOW, "created_by": user, "changed_at": NOW, "changed_by": user, "version": 1}
    household = uuid4()

    def add(table: type[tables.Base], **values: object) -> UUID:
        key = uuid4()
        made.setdefault(table, []).append({"id": key, **tracked, **values})
        return key

    name = f"Beispiel{number}"
    made.setdefault(tables.Household, []).append(
        {"id": household, **tracked, "file_number": f"B-{number:06}", "family_name": name, "search_form": name.lower(),
         "phone": "0208 000000", "internal_note": "Erfundene Familie. " * 5, "intake_open": False}
    )  # fmt: skip
    add(tables.Address, household_id=household, street="Lindenhof", house_number=str(number), city="Mülheim")
    add(tables.Language, household_id=household, language="ar")
    for place in range(2 + children):
        role = "child" if place > 1 else "guardian"
        known = builders.a_complete_child(given_name=f"Kind{place}", family_name=name, role=role)
        person = add(tables.Person, household_id=household, position=place, search_form=name.lower(), **known)
        if role == "child":
            for year in range(6):
                years = f"{2020 + year}/{21 + year}"
                add(tables.SchoolYear, household_id=household, person_id=person, school_year=years)
            for sequence in range(8):
                _audit(made, user, person, sequence)


def _audit(made: dict[type[tables.Base], list[dict[str, object]]], user: UUID, person: UUID, fields: int) -> None:
    made.setdefault(tables.AuditEntry, []).append(
        {"sequence": next(_SEQUENCE), "at": NOW, "by": user, "deed": "benchmark.filled", "kind": "person",
         "subject": person, "fields": ["given_name", "family_name"][: 1 + fields % 2], "chain": uuid4().hex * 2}
    )  # fmt: skip


def _held(desk: Desk) -> content.Content:
    with desk.vault.engine.connect() as connection:
        return content.read(connection.exec_driver_sql)


if __name__ == "__main__":
    main()
