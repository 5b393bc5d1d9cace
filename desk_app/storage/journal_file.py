"""How the second journal lies on the disk, and how much of it can be believed.

A segment is a preamble, frames one after the other, and zeros to the end of the file. A frame is a header (mark,
kind, length, number of the save), a nonce, and a sealed body (AES-256-GCM). Its associated data are the tag of the
frame before, the store, the generation of its key and its own header: a frame changed, moved, left out or taken from
another journal does not open, and neither does anything after it count.

What follows a frame that does not open tells what it is:

- no other frame: the end of the journal, torn by a power cut before the save was confirmed. It is cut off;
- more frames: damage in the middle. Reading stops there and says how many saves lie behind.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk_app.storage import sealing
from desk_app.storage.save_mark import Mark
from desk_app.storage.slots import RingKey

NAME: Final = "trittstein.journal"

_PREAMBLE: Final = struct.Struct(">16s16sI")
_MAGIC: Final = b"Trittstein jrnl1"
_HEADER: Final = struct.Struct(">4sBIQ")
_FRAME: Final = b"TJf1"
_NONCE: Final = 12
_TAG: Final = 16


class NoJournal(Exception):
    """There is no journal here, or none that this key opens."""


class Kind(IntEnum):
    """What a frame says."""

    BEGIN = 1
    """From which base the segment goes on."""
    SAVE = 2
    """The rows of one save."""
    TABLES = 3
    """The tables were brought to this revision."""
    CLOSED = 4
    """The store was closed in order."""


@dataclass(frozen=True, slots=True)
class Base:
    """The state that a segment goes on from: a snapshot, or tables without rows."""

    mark: Mark
    revision: str
    snapshot: str | None = None
    """Path of the snapshot's database file; None for empty tables."""
    kept: bool = True
    """False where there was no room to keep the base: such a journal finds damage but cannot rebuild."""

    def to_json(self) -> bytes:
        """As the body of the first frame."""
        values = [self.mark.counter, self.mark.chain.hex(), self.revision, self.snapshot, self.kept]
        return json.dumps(values).encode()

    @classmethod
    def from_json(cls, body: bytes) -> Base:
        """Back from ``to_json``."""
        counter, chain, revision, snapshot, kept = json.loads(body)
        return cls(Mark(counter, bytes.fromhex(chain)), revision, snapshot, kept)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame as read. ``at`` and ``end`` are offsets in the file."""

    kind: Kind
    counter: int
    body: bytes
    tag: bytes
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Damage:
    """The journal stops being readable in its middle: from this save on, with so many begun behind it."""

    counter: int
    offset: int
    behind: int


@dataclass(slots=True)
class Reading:
    """What a segment says, as far as it can be believed."""

    cipher: Cipher
    base: Base
    revision: str
    end: int
    tag: bytes
    mark: Mark
    marks: dict[int, bytes] = field(default_factory=dict)
    """The chain after each save."""
    last: Frame | None = None
    """The last save."""
    before: Ending | None = None
    """Where the journal ended before the last save; None if something else was written since."""
    closed: bool = False
    torn: bool = False
    damage: Damage | None = None

    def knows(self, mark: Mark) -> bool:
        """Whether the store once was at ``mark``, as far back as this segment reaches."""
        return mark == self.base.mark or self.marks.get(mark.counter) == mark.chain


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the next frame goes, what it is chained to, and how far the store had come."""

    at: int
    tag: bytes
    mark: Mark


class Cipher:
    """Seals and opens the frames of one segment."""

    def __init__(self, key: RingKey, segment: bytes) -> None:
        self._aead = AESGCM(sealing.derived(key.data_key, b"journal", segment))
        self.preamble = _PREAMBLE.pack(_MAGIC, segment, key.generation)
        self._place = key.store.bytes + self.preamble

    def seal(self, kind: Kind, counter: int, body: bytes, before: bytes) -> bytes:
        """The bytes of a frame that follows the one with tag ``before``."""
        header = _HEADER.pack(_FRAME, kind, len(body) + _TAG, counter)
        nonce = os.urandom(_NONCE)
        return header + nonce + self._aead.encrypt(nonce, body, before + self._place + header)

    def open(self, data: bytes, at: int, before: bytes) -> Frame | None:
        """The frame at ``at``, or None if what lies there is none or does not follow."""
        start = at + _HEADER.size + _NONCE
        if len(data) < start + _TAG:
            return None
        header = data[at : at + _HEADER.size]
        mark, kind, length, counter = _HEADER.unpack(header)
        end = start + length
        if mark != _FRAME or kind not in tuple(Kind) or length < _TAG or end > len(data):
            return None
        try:
            body = self._aead.decrypt(data[start - _NONCE : start], data[start:end], before + self._place + header)
        except InvalidTag:
            return None
        return Frame(Kind(kind), counter, body, data[end - _TAG : end], at, end)


def first_bytes(cipher: Cipher, base: Base) -> bytes:
    """The beginning of a new segment."""
    return cipher.preamble + cipher.seal(Kind.BEGIN, base.mark.counter, base.to_json(), bytes(_TAG))


def tag_of(frame: bytes) -> bytes:
    """What the next frame is chained to."""
    return frame[-_TAG:]


def frames(data: bytes, cipher: Cipher) -> Iterator[Frame]:
    """The frames of a segment from the first to the last that opens."""
    at, before = _PREAMBLE.size, bytes(_TAG)
    while frame := cipher.open(data, at, before):
        yield frame
        at, before = frame.end, frame.tag


def saves(path: Path, key: RingKey) -> Iterator[Frame]:
    """The frames at ``path`` after the first, to be put into its base in this order. Raises ``NoJournal``."""
    data, cipher = _loaded(path, key)
    for frame in frames(data, cipher):
        if frame.kind in {Kind.SAVE, Kind.TABLES}:
            yield frame


def opens(path: Path, key: RingKey) -> bool:
    """Whether there is a journal at ``path`` that ``key`` opens. Changes nothing; raises ``OSError``."""
    try:
        read(path, key)
    except NoJournal:
        return False
    return True


def read(path: Path, key: RingKey) -> Reading:
    """Read the segment at ``path`` through to its end. Raises ``NoJournal`` or ``OSError``; changes nothing."""
    data, cipher = _loaded(path, key)
    reading: Reading | None = None
    for frame in frames(data, cipher):
        if reading is None:
            base = Base.from_json(frame.body)
            reading = Reading(cipher, base, base.revision, frame.end, frame.tag, base.mark)
            continue
        _take(reading, frame)
    if reading is None:
        raise NoJournal
    rest = data[reading.end :].rstrip(b"\0")
    if rest:
        behind = _saves_behind(data, reading.end, reading.mark.counter)
        reading.torn = not behind
        if behind:
            reading.damage = Damage(reading.mark.counter + 1, reading.end, behind)
    return reading


def _take(reading: Reading, frame: Frame) -> None:
    reading.before = None
    if frame.kind is Kind.SAVE:
        reading.before = Ending(reading.end, reading.tag, reading.mark)
        reading.mark = reading.mark.after(frame.body)
        reading.marks[reading.mark.counter] = reading.mark.chain
        reading.last = frame
    elif frame.kind is Kind.TABLES:
        reading.revision = frame.body.decode()
    reading.closed = frame.kind is Kind.CLOSED
    reading.end, reading.tag = frame.end, frame.tag


def _saves_behind(data: bytes, at: int, last: int) -> int:
    """How many saves later than ``last`` were begun somewhere behind ``at``, going by their headers alone."""
    found = 0
    at = data.find(_FRAME, at + 1)
    while at != -1:
        if len(data) >= at + _HEADER.size:
            _mark, kind, _length, counter = _HEADER.unpack_from(data, at)
            found += kind == Kind.SAVE and last < counter
        at = data.find(_FRAME, at + 1)
    return found


def _loaded(path: Path, key: RingKey) -> tuple[bytes, Cipher]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise NoJournal from missing
    if len(data) < _PREAMBLE.size:
        raise NoJournal
    magic, segment, generation = _PREAMBLE.unpack_from(data)
    if magic != _MAGIC or generation != key.generation:
        raise NoJournal
    return data, Cipher(key, segment)
