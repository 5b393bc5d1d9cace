"""The second journal: every save once more, in a file of its own, written before it is confirmed.

Problem. The database alone does not keep the promise that nothing confirmed is lost: ten damaged bytes in its
write-ahead log, a log "cleaned away" or an older copy put back lose hundreds of saves, and SQLite reports nothing.

Choice. For each save, in this order:

1. the rows it changed are read as they have become (``row_images``) and sealed into a frame (``journal_file``);
2. the database's mark goes one on, within the same transaction (``save_mark``);
3. the frame is written and synced;
4. the transaction is committed and synced;
5. the save is confirmed.

So the journal is never behind the database, whatever is killed when:

- before 3 neither has the save; a torn frame is cut off at the next start;
- between 3 and 4 the journal is one save ahead. Nobody was told that it was kept, nor that it was not: the next start
  carries it over into the database;
- an error at 3 takes the frame back and rolls the transaction back;
- an error at 4 may mean either. The store is opened anew and asked for its mark: if it did not get the save, the
  frame is taken back, at the latest before the next one is written. A save that was reported as not kept is not
  raised from the dead.

A database ahead of its journal therefore means that an old journal was put back, or that its end is damaged.

A segment goes on from a base: empty tables, or a snapshot that was opened and checked. Base and segment together
give every confirmed save. After each verified backup a new segment begins and the old one goes, so that what was
deleted does not live on in it.

Price. One more write and sync for each save, and a mark in one more page of the database. To keep the sync cheap the
file grows in steps and frames overwrite zeros, so no size has to be synced with them. A frame that was written, whose
save failed, and which could not be taken back because the disk failed twice, comes back if the program then dies.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from desk_app.domain.errors import VaultDamaged
from desk_app.i18n import N_, _
from desk_app.storage import engine as engines
from desk_app.storage import journal_file, keyfile, row_images, save_mark
from desk_app.storage.journal_file import NAME, Base, Cipher, Ending, Kind, Reading
from desk_app.storage.save_mark import Mark
from desk_app.storage.slots import RingKey

TOLD: Final = "told_while_kept"
"""Key among what is known of a connection: who is told while its next transaction is taken down, and may stop it."""

STEP_BYTES: Final = 256 * 1024
"""By how much the file grows at a time."""

_SEGMENT_BYTES: Final = 16
_DRAFT: Final = NAME + ".neu"

_OUT_OF_STEP: Final = N_(
    "Datenbank und Journal passen nicht mehr zusammen. Ihre letzte Eingabe wurde nicht gespeichert, alles davor ist "
    "unverändert. Bitte schließen Sie Trittstein und öffnen Sie es neu."
)


def attach(engine: Engine, journal: Journal) -> None:
    """From now on every transaction over ``engine`` is written to ``journal`` before its commit."""

    @event.listens_for(engine, "connect")
    def watch(connection: Any, _record: object) -> None:
        row_images.watch(connection)

    @event.listens_for(engine, "commit")
    def record(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        try:
            journal.record(driver, connection.info.pop(TOLD, None))
        except BaseException:
            driver.rollback()  # SQLAlchemy holds a transaction whose commit raised for ended
            raise

    row_images.watch(engines.driver_connection(engine))


class Journal:
    """The journal of an open store. It may be used from any thread."""

    def __init__(self, path: Path, key: RingKey, reading: Reading) -> None:
        """Go on writing where ``reading`` found the end. Raises ``OSError``."""
        self._path = path
        self._key = key
        self._turn = threading.RLock()
        self._handle = -1
        self._room = 0
        self._soiled = 0
        self._shapes = row_images.Shapes()
        self._end = Ending(reading.end, reading.tag, reading.mark)
        self._before: Ending | None = None
        self._take_up(reading)

    @property
    def mark(self) -> Mark:
        """How far the store has come."""
        return self._end.mark

    @property
    def base(self) -> Base:
        """What the segment goes on from."""
        return self._base

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._end.at

    def record(self, connection: Any, told: row_images.Told | None = None) -> None:
        """Keep what the transaction open on ``connection`` (of the driver) changed; call right before its commit.

        Raises ``OSError`` when the disk does not take it, ``VaultDamaged`` when database and journal have come apart;
        then the transaction must not be committed.
        """
        with self._turn:
            images = row_images.collect(connection, told and (lambda done: told(done / 2)), self._shapes)
            if not images:
                return
            if self._handle == -1:
                raise VaultDamaged(_(_OUT_OF_STEP))
            self.settle(save_mark.read(connection))
            body = row_images.packed(images, told and (lambda done: told((1 + done) / 2)))
            mark = self.mark.after(body)
            save_mark.write(connection, mark)
            before = self._end
            self._append(Kind.SAVE, mark, body)
            self._before = before

    @property
    def in_doubt(self) -> bool:
        """Whether a save was written here whose commit has not been confirmed."""
        return self._before is not None

    def confirmed(self) -> None:
        """The transaction of the last frame was committed."""
        self._before = None

    def settle(self, database: Mark) -> None:
        """Take the last frame back if ``database`` never got it. Raises ``OSError`` or ``VaultDamaged``."""
        with self._turn:
            if database == self.mark:
                return
            if self._before is None or database != self._before.mark:
                raise VaultDamaged(_(_OUT_OF_STEP))
            self._blank(self._before.at, self._end.at)
            self._end, self._before = self._before, None

    def note_tables(self, revision: str) -> None:
        """Note that the tables were brought to ``revision``; saves behind this are of that shape."""
        with self._turn:
            self._append(Kind.TABLES, self.mark, revision.encode())

    def rotate(self, after: Path | str, mark: Mark, revision: str) -> None:
        """Begin a new segment behind a verified snapshot; saves made since ``mark`` move along.

        ``after`` is the snapshot's database file, ``mark`` and ``revision`` are what it says of itself. Killed at any
        point, the old segment or the new one is there. Raises ``ValueError`` if the snapshot is not of this history.
        """
        with self._turn:
            reading = journal_file.read(self._path, self._key)
            if not reading.knows(mark):
                raise ValueError("the snapshot is no point of this journal")
            kept = [
                frame
                for frame in journal_file.saves(self._path, self._key)
                if frame.counter > mark.counter or frame.kind is Kind.TABLES
            ]
            try:
                begin(self._path, self._key, Base(mark, revision, str(after)), kept, before=self._let_go)
            finally:
                self._let_go()
                self._take_up(journal_file.read(self._path, self._key))

    def close(self, *, orderly: bool = True) -> None:
        """Note that all was in order and let go of the file; an error in doing so costs nothing but a longer start."""
        with self._turn:
            if orderly and self._handle != -1:
                with contextlib.suppress(OSError):
                    self._append(Kind.CLOSED, self.mark, b"")
            self._let_go()

    def _take_up(self, reading: Reading) -> None:
        self._cipher, self._base = reading.cipher, reading.base
        self._end = Ending(reading.end, reading.tag, reading.mark)
        self._before = reading.before
        self._soiled = reading.end if reading.torn else 0
        self._handle = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        self._room = os.fstat(self._handle).st_size

    def _let_go(self) -> None:
        if self._handle != -1:
            os.close(self._handle)
            self._handle = -1

    def _append(self, kind: Kind, mark: Mark, body: bytes) -> None:
        if self._soiled:
            self._blank(self._end.at, self._room)
        frame = self._cipher.seal(kind, mark.counter, body, self._end.tag)
        end = self._end.at + len(frame)
        try:
            self._grow(end)
            self._write(self._end.at, frame)
        except OSError:
            self._soiled = end
            with contextlib.suppress(OSError):
                self._blank(self._end.at, min(end, self._room))
            raise
        self._end, self._before = Ending(end, journal_file.tag_of(frame), mark), None

    def _grow(self, end: int) -> None:
        if end <= self._room:
            return
        room = (end // STEP_BYTES + 1) * STEP_BYTES
        self._write(self._room, bytes(room - self._room))
        self._room = room

    def _blank(self, start: int, end: int) -> None:
        self._write(start, bytes(end - start))
        self._soiled = 0

    def _write(self, at: int, data: bytes) -> None:
        os.lseek(self._handle, at, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        sync(self._handle)


def sync(handle: int) -> None:
    """Make what was written durable."""
    if sys.platform == "linux":
        os.fdatasync(handle)
    else:
        os.fsync(handle)


def begin(
    path: Path,
    key: RingKey,
    base: Base,
    kept: list[journal_file.Frame] | None = None,
    before: Callable[[], None] | None = None,
) -> None:
    """Lay a new segment at ``path`` in place of whatever was there, wholly or not at all. Raises ``OSError``.

    ``kept`` are frames that go on from ``base``; ``before`` is called right before the old file is replaced.
    """
    cipher = Cipher(key, os.urandom(_SEGMENT_BYTES))
    parts = [journal_file.first_bytes(cipher, base)]
    for frame in kept or []:
        parts.append(cipher.seal(frame.kind, frame.counter, frame.body, journal_file.tag_of(parts[-1])))
    data = b"".join(parts)
    data += bytes(STEP_BYTES - len(data) % STEP_BYTES)
    draft = path.with_name(_DRAFT)
    keyfile.write_synced(draft, data)
    if before is not None:
        before()
    draft.replace(path)
    keyfile.sync_folder(path.parent)
