"""One answer kept durably, journal and checkpoint included, against writing and syncing 32 KiB."""

from __future__ import annotations

import os
import time
from pathlib import Path

import builders

from desk_app.casework import intake
from desk_app.casework.desk import Desk
from desk_app.domain.records import RecordKind, Ref


class Saving:
    """A family of five in a store; every call changes one answer."""

    def __init__(self, desk: Desk, raw: Path) -> None:
        self._desk = desk
        self._raw = raw.open("wb", buffering=0)
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
        self._raw.write(os.urandom(32 * 1024))
        os.fsync(self._raw.fileno())
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        self._raw.close()
