"""One answer kept durably, journal and checkpoint included, against the syncs it needs with as much written between."""

from __future__ import annotations

import os
import time
from pathlib import Path

import builders

from desk_app.casework import intake
from desk_app.casework.desk import Desk
from desk_app.domain.records import RecordKind, Ref

SYNCS = (("journal", 4096), ("log", 32), ("log", 24 * 1024), ("log", 0), ("database", 24 * 1024))
"""What a save writes before each of its five syncs: the journal; the head of the write-ahead log, the pages of the
save, and once more before they are carried over; the pages in the database."""


class Saving:
    """A family of five in a store; every call changes one answer."""

    def __init__(self, desk: Desk, raw: Path) -> None:
        self._desk = desk
        raw.mkdir()
        self._files = {name: (raw / name).open("wb", buffering=0) for name in ("journal", "log", "database")}
        family, _ = desk.do(builders.store_family)
        for _number in range(3):
            desk.do(lambda work: intake.add_sibling(work, builders.uuid4(), family.child))
        self._child = Ref(RecordKind.PERSON, family.child)
        self._count = 0

    def save_one_answer(self) -> float:
        self._count += 1
        begun = time.perf_counter()
        self._desk.do(lambda work: intake.set_value(work, self._child, "strengths", f"Zeichnen {self._count}"))
        return (time.perf_counter() - begun) * 1000

    def write_and_sync(self) -> float:
        begun = time.perf_counter()
        for name, size in SYNCS:
            file = self._files[name]
            if name != "journal":
                file.seek(0)
            file.write(os.urandom(size))
            os.fsync(file.fileno())
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        for file in self._files.values():
            file.close()
