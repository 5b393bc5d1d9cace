"""The desk that the power goes at: where it writes, what it saves, and what of that must be there afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
from collections import Counter as Count
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from random_saves import change, numbers
from specimen_store import JONAS, Specimen
from sqlalchemy import select

from desk_app.casework import audit
from desk_app.casework.desk import Desk, Work
from desk_app.storage import (
    backup,
    checks,
    sealing,
    vault,
)
from desk_app.storage import engine as engines
from desk_app.storage.tables import AuditEntry

AT = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
SECRETS = tuple(f"{JONAS} {word}" for word in ("Anker", "Birke", "Dachs", "Erpel", "Falke", "Gurke", "Hafer", "Igel"))

Confirm = Callable[[int], None]


class Lost(Exception):
    """Something confirmed is not there."""


@dataclass(frozen=True)
class Place:
    """Everything one desk writes to, below one folder."""

    root: Path
    carla: UUID
    jonas: UUID

    @property
    def store(self) -> Specimen:
        return Specimen(self.root / "store", self.carla, self.jonas, "")

    @property
    def shelf(self) -> Path:
        return self.root / "shelf"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def save(self, opened: vault.Vault, number: int, chance: random.Random) -> None:
        """One deed at the desk, with its entry in the audit."""

        def deed(work: Work) -> None:
            change(work.session, number, chance)
            work.note("intake.added", "person", UUID(int=number + 1))

        Desk(opened, self.carla).do(deed)


class Saves:
    """Deeds, one after the other; now and then the store is closed and opened anew."""

    steps = 14

    def prepare(self, place: Place, chance: random.Random) -> None:
        """In half of the runs the journal goes on from a backup instead of from empty tables."""
        if chance.random() < 0.5:
            with place.store.unlock() as opened:
                opened.rotate_journal(backup.make(opened, place.shelf, AT).place / engines.NAME)

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        for first in range(0, self.steps, 7):
            with place.store.unlock() as opened:
                for number in range(first, first + 7):
                    place.save(opened, number, chance)
                    confirm(number)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        there = self.kept(place, range(sure + 1))
        if there and there != list(range(len(there))):
            raise Lost(f"saves with holes: {there}")
        if len(there) > sure + 2:
            raise AssertionError("a save is there that nobody had begun")
        if chance.random() < 0.1:
            self._goes_on(place, len(there), chance)

    def kept(self, place: Place, sure: Iterable[int]) -> list[int]:
        """The saves that are there; looks whether the store is sound and holds nothing twice."""
        with place.store.unlock() as opened:
            there = numbers(opened)
            if missing := set(sure) - set(there):
                raise Lost(f"saves {sorted(missing)} of {len(there)}")
            connection = engines.driver_connection(opened.engine)
            assert checks.thorough(connection), "the database is not sound"
            engines.checkpoint(connection)
            assert checks.ciphertext(connection), "pages do not bear their signature"
            with opened.session() as session:
                assert audit.broken_at(session) is None, "the chain of the audit is broken"
                noted = list(session.scalars(select(AuditEntry.subject).where(AuditEntry.deed == "intake.added")))
        assert set(noted) <= {UUID(int=number + 1) for number in there}, "an entry without its deed"
        assert max(Count(noted).values(), default=1) == 1, "a deed is there twice"
        return there

    def _goes_on(self, place: Place, number: int, chance: random.Random) -> None:
        with place.store.unlock() as opened:
            place.save(opened, number, chance)
        with place.store.unlock() as opened:
            assert numbers(opened)[-1] == number
            assert not opened.notices, "mended once, there should be nothing to mend"


def derive_once(folder: Path) -> None:
    """The same passphrase, salt and cost give the same key: each is derived once for all processes of a run."""
    genuine = sealing.stretch

    def stretch(passphrase: str, salt: bytes, kdf: sealing.Kdf) -> bytes:
        known = folder / hashlib.sha256(f"{passphrase} {salt.hex()} {kdf}".encode()).hexdigest()
        with contextlib.suppress(FileNotFoundError):
            return known.read_bytes()
        key = genuine(passphrase, salt, kdf)
        draft = known.with_name(f"{known.name}-{os.getpid()}")
        draft.write_bytes(key)
        draft.replace(known)
        return key

    sealing.stretch = cache(stretch)
