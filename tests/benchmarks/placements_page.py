"""How fast the page Schulplätze is over a store of many requests: opening, filtering, sorting, scrolling.

QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/placements_page.py [requests]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import builders  # noqa: E402
import name_variants as names  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from desk_app.casework import placement_lines, placement_list, placements  # noqa: E402
from desk_app.casework.desk import Desk  # noqa: E402
from desk_app.domain.dates import DateSpan  # noqa: E402
from desk_app.gui.app import calm_the_collector, make_application  # noqa: E402
from desk_app.gui.placements.page import PlacementsPage  # noqa: E402
from desk_app.gui.worker import Worker  # noqa: E402
from desk_app.settings import Settings  # noqa: E402
from desk_app.storage import tables  # noqa: E402

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
ROUNDS = 9
STATES = (
    *("draft",) * 6, *("complete",) * 4, *("sent",) * 10, "query", "query", "waiting_list", *("assigned",) * 6,
    *("admitted",) * 15, "declined", "withdrawn", "moved_away", *("closed",) * 50,
)  # fmt: skip
"""How requests stand at the end of a year, in per cent."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    dice = random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        store = builders.a_shut_store(Path(place) / "store", lambda: NOW)
        desk = store.open_at(store.folder, lambda: NOW)
        once("requests made", lambda: fill(desk, dice, count))
        once("their lines worked out", lambda: desk.do(placement_lines.catch_up))
        many("list read", lambda: desk.do(lambda work: placement_list.listing(work, resting=True)))
        the_page(desk)
        desk.vault.close()


def fill(desk: Desk, dice: random.Random, count: int) -> None:
    """Families of two children each, with a request in one of the states for every child."""
    numbers = iter(range(1, count + 2))
    with desk.vault.session() as session:
        rows: dict[type, list[dict[str, object]]] = {
            table: [] for table in (tables.Household, tables.Person, tables.Address,
                                    tables.PlacementRequest, tables.PlacementEvent)
        }  # fmt: skip
        for family in range((count + 1) // 2):
            _family(desk, dice, rows, family, numbers)
        for table, made in rows.items():
            session.execute(insert(table.__table__), made)  # type: ignore[attr-defined]  # all are mapped


def _family(
    desk: Desk, dice: random.Random, rows: dict[type, list[dict[str, object]]], number: int, numbers: object
) -> None:
    day = NOW - timedelta(days=dice.randrange(1, 330))
    tracked = {"created_at": day, "created_by": desk.user, "changed_at": day, "changed_by": desk.user, "version": 1}
    household, culture = uuid4(), names.a_culture(dice)
    name = names.a_family_name(dice, culture)
    written = names.write(dice, name, culture, dice.choice(names.habits(culture)))
    rows[tables.Household].append(
        {"id": household, **tracked, "file_number": f"2026-{number:06}", "family_name": written, "phone": "0208 000",
         "search_form": "", "intake_open": False, "arrival_in_city": day.date(), "counsellor": str(desk.user)}
    )  # fmt: skip
    rows[tables.Address].append(
        {"id": uuid4(), **tracked, "household_id": household, "position": 0, "street": "Musterweg",
         "house_number": "1", "postal_code": "45476", "city": "Mülheim an der Ruhr", "district": "styrum"}
    )  # fmt: skip
    for position in range(2):
        made = names.invent(dice, number, culture, name)
        given = names.write(dice, made.given, culture, dice.choice(names.habits(culture)))
        child, request, state = uuid4(), uuid4(), dice.choice(STATES)
        rows[tables.Person].append(
            {"id": child, **tracked, "household_id": household, "position": position, "role": "child", "sex": made.sex,
             "given_name": given, "family_name": written, "search_form": "", "own_phone": "",
             "birth_date": DateSpan.of_day((NOW - timedelta(days=dice.randrange(2200, 6200))).date())}
        )  # fmt: skip
        rows[tables.PlacementRequest].append(
            {"id": request, **tracked, "household_id": household, "person_id": child, "position": position,
             "number": f"SP-2026-{next(numbers):05}"}  # type: ignore[call-overload]  # it is an iterator
        )  # fmt: skip
        for sequence, step in enumerate(_course(state)):
            rows[tables.PlacementEvent].append(
                {"id": uuid4(), "request_id": request, "sequence": sequence + 1, "state": step, "reason": "",
                 "details": "", "at": min(day + timedelta(days=9 * sequence), NOW), "by": desk.user,
                 "school": "103780" if step == placements.ASSIGNED else None}
            )  # fmt: skip


def _course(state: str) -> list[str]:
    if state in (placements.DRAFT, placements.COMPLETE):
        return [state]
    placed = [placements.ASSIGNED] if state in (placements.ADMITTED, placements.CLOSED) else []
    return [placements.COMPLETE, placements.SENT, *placed, *([state] if state != placements.SENT else [])]


def the_page(desk: Desk) -> None:
    app, _appearance = make_application(Settings(theme="light"))
    calm_the_collector()
    worker = Worker(desk.do)
    pages: list[PlacementsPage] = []

    def opened() -> None:
        """A page that was never shown before, until its rows are painted."""
        page = PlacementsPage(worker, desk.clock, builders.CENTRE)
        page.resize(1174, 768)
        page.show()
        worker.wait()
        page.grab()
        for old in pages:
            old.hide()
            old.deleteLater()
        pages[:] = [page]

    many("page opened", opened)
    page = pages[0]
    table, presenter = page.table, page.presenter
    many("read again and shown", lambda: (presenter.load(), worker.wait(), page.grab()))
    many("a letter typed into the filter", lambda: (presenter.filter_text("sa"), presenter.filter_text("")), each=2)
    many("an arrow of the course pressed twice", lambda: (presenter.filter_state("sent"), presenter.filter_state("")))
    many("everything that rests shown too", lambda: (presenter.show_resting(), page.grab()))
    for column in ("name", "waiting"):
        many(f"sorted by {column}", lambda column=column: (presenter.sort_by(column), page.grab()))  # type: ignore[misc]
    many("one row ticked", lambda: QTest.keyClick(table, Qt.Key.Key_Space))
    many("all rows ticked", lambda: QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
    scroll(page)
    page.hide()
    worker.stop()
    assert app is not None


def scroll(page: PlacementsPage) -> None:
    """Frames while the list is scrolled by the wheel, every fourth time a page at a time, and by the arrow keys."""
    bar = page.table.verticalScrollBar()
    steps = iter(range(10_000))

    def wheel() -> None:
        bar.setValue(bar.value() + (90 if next(steps) % 4 else 700))
        QApplication.processEvents()

    many("scrolled, one frame", wheel, rounds=240)
    page.table.setFocus()

    def arrow() -> None:
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        QApplication.processEvents()

    many("arrow key, one frame", arrow, rounds=120)


def once(words: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    print(f"{words}: {time.perf_counter() - begun:.1f} s", flush=True)


def many(words: str, work: Callable[[], object], each: int = 1, rounds: int = ROUNDS) -> None:
    """By the clock, and what the processor worked for it, whatever else the machine does. The first round is apart."""
    clock, worked = [], []
    for _round in range(rounds):
        begun, idle = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - begun) * 1000 / each)
        worked.append((time.process_time() - idle) * 1000 / each)
    print(f"{words}: first {clock[0]:.1f} ms; {_shown('then', clock)}; {_shown('processor', worked)}", flush=True)


def _shown(words: str, took: list[float]) -> str:
    after = sorted(took[1:])
    p95 = after[min(int(len(after) * 0.95), len(after) - 1)]
    return f"{words} p50 {statistics.median(after):.1f} ms, p95 {p95:.1f} ms"


if __name__ == "__main__":
    main()
