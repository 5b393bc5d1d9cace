"""One answer kept durably, journal and checkpoint included, beside what it cannot do without.

That is, each in the same rounds: its five syncs with as much written between; and the same rows put by the driver
alone into a copy of the database, with the same settings and the same syncs, but without asking who may, reading the
family back, catching what was changed or sealing it for the journal.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Final

import builders

from desk_app.casework import intake
from desk_app.casework.desk import Desk
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage import engine as engines
from desk_app.storage import journal as journals

FRAME: Final = 1100
"""Bytes that such a save takes in the journal, ``strace -e trace=write,pwrite64,fsync,fdatasync,ftruncate`` says."""

PAGES: Final = (6, 7, 8, 12, 29, 93, 266)
"""The pages that it changes of a database of 267: the answer's row, the entry in the audit with its three indexes,
the note of its end, and the mark."""

_PAGE, _HEADER, _BEFORE_EACH = 4096, 32, 24
"""Bytes of a page, and of what stands before all and before each of them in the write-ahead log."""


class Syncs:
    """Writes and syncs what a save does, where it does: the journal is zeros to be overwritten, the log was emptied."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self._journal, self._log, self._database = (
            os.open(place / name, os.O_RDWR | os.O_CREAT) for name in ("journal", "log", "database")
        )
        os.pwrite(self._database, bytes((max(PAGES) + 1) * _PAGE), 0)
        self._at = self._room = 0

    def save(self) -> float:
        begun = time.perf_counter()
        self.journal()
        os.pwrite(self._log, os.urandom(_HEADER), 0)
        os.fsync(self._log)
        for number in range(len(PAGES)):
            at = _HEADER + number * (_BEFORE_EACH + _PAGE)
            os.pwrite(self._log, os.urandom(_BEFORE_EACH), at)
            os.pwrite(self._log, os.urandom(_PAGE), at + _BEFORE_EACH)
        os.fsync(self._log)
        os.fsync(self._log)
        for page in PAGES:
            os.pwrite(self._database, os.urandom(_PAGE), page * _PAGE)
        os.fsync(self._database)
        os.ftruncate(self._log, 0)
        return (time.perf_counter() - begun) * 1000

    def journal(self) -> None:
        if self._at + FRAME > self._room:
            os.pwrite(self._journal, bytes(journals.STEP_BYTES), self._room)
            journals.sync(self._journal)
            self._room += journals.STEP_BYTES
        os.pwrite(self._journal, os.urandom(FRAME), self._at)
        journals.sync(self._journal)
        self._at += FRAME

    def close(self) -> None:
        for handle in (self._journal, self._log, self._database):
            os.close(handle)


class BareDatabase:
    """The rows of such a save in a copy of the database of ``desk``, by the driver alone."""

    def __init__(self, desk: Desk, child: Ref, place: Path) -> None:
        self._syncs = Syncs(place)
        copy = place / engines.NAME
        shutil.copyfile(desk.vault.folder / engines.NAME, copy)
        self._engine = engines.open_engine(copy, desk.vault.key.data_key)
        self._connection = engines.driver_connection(self._engine)
        self._child, self._by = child.id.hex, desk.user.hex
        (self._number,) = self._connection.execute("SELECT max(sequence) FROM audit").fetchone()

    def save(self) -> float:
        self._number += 1
        number, at, chain, run = self._number, "2026-11-26 09:42:00.000000", os.urandom(32).hex(), self._connection
        begun = time.perf_counter()
        run.execute("BEGIN IMMEDIATE")
        run.execute(
            "UPDATE person SET strengths = ?, changed_at = ?, version = version + 1 WHERE id = ?",
            (f"Zeichnen {number}", at, self._child),
        )
        run.execute(
            "INSERT INTO audit (sequence, at, by, deed, kind, subject, fields, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, at, self._by, "intake.changed", "person", self._child, '["strengths"]', chain),
        )
        run.execute("UPDATE counter SET last = ? WHERE series = 'audit'", (number,))
        run.execute("UPDATE save_mark SET chain = ?", (chain,))
        self._syncs.journal()
        run.execute("COMMIT")
        engines.checkpoint(run)
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        self._engine.dispose()
        self._syncs.close()


class Saving:
    """A family of five in a store; every call changes one answer."""

    def __init__(self, desk: Desk, raw: Path) -> None:
        self._desk = desk
        family, _ = desk.do(builders.store_family)
        for _number in range(3):
            desk.do(lambda work: intake.add_sibling(work, builders.uuid4(), family.child))
        self._child = Ref(RecordKind.PERSON, family.child)
        self._count = 0
        self._syncs = Syncs(raw)
        self._bare = BareDatabase(desk, self._child, raw.with_name("bare"))
        self.write_and_sync, self.save_the_rows = self._syncs.save, self._bare.save

    def save_one_answer(self) -> float:
        self._count += 1
        begun = time.perf_counter()
        self._desk.do(lambda work: intake.set_value(work, self._child, "strengths", f"Zeichnen {self._count}"))
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        self._syncs.close()
        self._bare.close()
