"""What the program does to the disk, one writer after the other, and what must be there after a power cut.

A writer is prepared in peace, then writes in a process of its own and confirms step after step, as a user sees it.
``check`` opens what a power cut left, knowing the last step that was confirmed; it raises ``Lost``, an error of the
program or an assertion.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import random
import shutil
import sys
from collections import Counter as Count
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from random_saves import change, numbers
from specimen_store import CARLAS, JONAS, Specimen
from sqlalchemy import select

from desk_app import settings
from desk_app.casework import audit
from desk_app.casework.desk import Desk, Work
from desk_app.documents import files
from desk_app.domain.errors import WorldError
from desk_app.storage import (
    backup,
    backup_set,
    checks,
    journal_file,
    keyfile,
    restore,
    sealing,
    second_reader,
    vault,
)
from desk_app.storage import engine as engines
from desk_app.storage.tables import AuditEntry, Counter

AT = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
OLD_VAULT = Path(__file__).resolve().parent.parent / "old_vaults" / "0001"
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


class Rotation(Saves):
    """Deeds with a backup and a new journal behind it now and then."""

    steps = 9

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with place.store.unlock() as opened:
            for number in range(self.steps):
                place.save(opened, number, chance)
                if number % 3 == 2:
                    made = backup.make(opened, place.shelf, AT + timedelta(hours=number))
                    opened.rotate_journal(made.place / engines.NAME)
                confirm(number)


class Backups(Saves):
    """A backup after each deed. Those told to be made are there, proven, and readable."""

    steps = 4

    def prepare(self, place: Place, chance: random.Random) -> None:
        pass

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with place.store.unlock() as opened:
            for number in range(self.steps):
                place.save(opened, number, chance)
                backup.make(opened, place.shelf, AT + timedelta(hours=number))
                confirm(number)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        self.kept(place, range(sure + 1))
        made = backup_set.list_backups(place.shelf)
        whole = [each for each in made if each.verified]
        if len(whole) < sure + 1:
            raise Lost(f"{sure + 1 - len(whole)} backups")
        assert len(made) <= sure + 2
        with place.store.unlock() as opened:
            key = opened.key
        for each in chance.sample(whole, min(2, len(whole))):
            said, signature = backup_set.manifest(each.place)
            assert said.signature(key) == signature
            assert second_reader.examine(each.place / engines.NAME, key.data_key).digest == said.content
            assert keyfile.copies(each.place) == keyfile.COPIES


class Keys:
    """A colleague gets one new passphrase after the other, and others come."""

    steps = len(SECRETS)

    def prepare(self, place: Place, chance: random.Random) -> None:
        pass

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with place.store.unlock() as opened:
            for step, secret in enumerate(SECRETS):
                if step % 4 == 3:
                    opened.add_user(f"Person {step}", secret, user_id=UUID(int=step))
                else:
                    opened.set_passphrase(place.jonas, secret)
                confirm(step)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        """``list_users`` tells who is there; the passphrase in force, or the one that was about to be, opens."""
        given = [step for step in range(len(SECRETS)) if step % 4 != 3]
        before = max((step for step in given if step <= sure), default=-1)
        after = next((step for step in given if step > sure), before)
        old = SECRETS[before] if before >= 0 else JONAS
        try:
            vault.unlock(place.store.folder, place.jonas, old).close()
        except WorldError as refused:
            if after != sure + 1:
                raise Lost(f"the passphrase of step {before}") from refused
            vault.unlock(place.store.folder, place.jonas, SECRETS[after]).close()
        there = {user.id for user in vault.list_users(place.store.folder)}
        for step in range(3, sure + 1, 4):
            if UUID(int=step) not in there:
                raise Lost("a colleague")
        if sure >= 3:
            vault.unlock(place.store.folder, UUID(int=3), SECRETS[3]).close()
        place.store.unlock().close()


class Rekey(Saves):
    """Deeds, and between them colleagues lose their way in, so that the whole store is encrypted anew."""

    steps = 6

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with place.store.unlock() as opened:
            for step in range(self.steps):
                if step % 2:
                    opened.add_user("Tom Weber", SECRETS[0], user_id=UUID(int=step))
                    opened.remove_user(UUID(int=step))
                else:
                    place.save(opened, step, chance)
                confirm(step)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        there = self.kept(place, range(0, sure + 1, 2))
        assert len(there) <= sure // 2 + 2
        vault.unlock(place.store.folder, place.jonas, JONAS).close()
        gone = {UUID(int=step) for step in range(1, sure + 1, 2)}
        if gone & {user.id for user in vault.list_users(place.store.folder)}:
            raise Lost("the removal of a colleague")


class Create:
    """A new store. Once its first user has seen the recovery code, it is there."""

    steps = 1

    def prepare(self, place: Place, chance: random.Random) -> None:
        shutil.rmtree(place.store.folder)

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        made = vault.create(
            place.store.folder, centre_name="KI", user_name="Carla", passphrase=CARLAS, kdf=sealing.FLOOR
        )
        confirm(0)
        made.vault.close()

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        state = vault.status(place.store.folder)
        if state is vault.StoreState.READY:
            (carla,) = vault.list_users(place.store.folder)
            vault.unlock(place.store.folder, carla.id, CARLAS).close()
        elif sure >= 0:
            raise Lost(f"the store, it is {state}")


class Mend(Saves):
    """A store with a lost or an old file is opened and mended; the power goes while it is."""

    steps = 4
    before = 6

    def prepare(self, place: Place, chance: random.Random) -> None:
        folder, old = place.store.folder, place.root / "old"
        super().prepare(place, chance)
        with place.store.unlock() as opened:
            for number in range(self.before):
                if number == 3:
                    shutil.copytree(folder, old)
                place.save(opened, number, chance)
        lost = chance.choice((engines.NAME, journal_file.NAME, keyfile.NAME))
        (folder / lost).unlink()
        if chance.random() < 0.5 and lost != keyfile.NAME:
            shutil.copyfile(old / lost, folder / lost)
        shutil.rmtree(old)

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with place.store.unlock() as opened:
            for number in range(self.before, self.before + self.steps):
                place.save(opened, number, chance)
                confirm(number)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        super().check(place, max(sure, self.before - 1), chance)


class Upgrade(Saves):
    """A store of the first version is opened, and its tables are brought up to date."""

    steps = 2

    def prepare(self, place: Place, chance: random.Random) -> None:
        shutil.rmtree(place.store.folder)
        shutil.copytree(OLD_VAULT, place.store.folder)

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        with self._theirs(place).store.unlock() as opened:
            for number in range(self.steps):
                place.save(opened, number, chance)
                confirm(number)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        place = self._theirs(place)
        super().check(place, sure, chance)
        with place.store.unlock() as opened, opened.session() as session:
            number = session.get(Counter, ("SP", 2026))
            if number is None or number.last != 147:
                raise Lost("what the old store held")

    def _theirs(self, place: Place) -> Place:
        carla, jonas = (user.id for user in vault.list_users(place.store.folder))
        return Place(place.root, carla, jonas)


class Restore(Saves):
    """A backup is brought back. Until that is said to be done, either store is there, or both files to try again."""

    steps = 1
    before, later = 3, 5

    def prepare(self, place: Place, chance: random.Random) -> None:
        with place.store.unlock() as opened:
            for number in range(self.later):
                if number == self.before:
                    backup.make(opened, place.shelf, AT)
                place.save(opened, number, chance)

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        self._bring_back(place)
        confirm(0)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        if sure < 0 and vault.status(place.store.folder) is not vault.StoreState.READY:
            self._bring_back(place)
            sure = 0
        there = self.kept(place, range(self.before))
        if len(there) not in ({self.before} if sure == 0 else {self.before, self.later}):
            raise Lost(f"{len(there)} saves")

    def _bring_back(self, place: Place) -> None:
        (made,) = backup_set.list_backups(place.shelf)
        restore.restore(place.store.folder, made.place, place.carla, CARLAS, AT)


class Export:
    """A file for the Fachberatung under the same name again and again: the old or the new one, whole."""

    steps = 8

    def prepare(self, place: Place, chance: random.Random) -> None:
        pass

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        for step in range(self.steps):
            files.write_whole(place.out / "Liste.xlsx", lambda stream, step=step: stream.write(self._text(step)))
            confirm(step)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        with contextlib.suppress(FileNotFoundError):
            held = (place.out / "Liste.xlsx").read_bytes()
            if held in (self._text(sure), self._text(sure + 1)):
                return
            assert held in [self._text(step) for step in range(self.steps)], "half a file"
        if sure >= 0:
            raise Lost("the newest file")

    def _text(self, step: int) -> bytes:
        return random.Random(step).randbytes(20_000)


class Settings:
    """Settings of the machine: the newest may be lost, but never all of them."""

    steps = 8

    def prepare(self, place: Place, chance: random.Random) -> None:
        settings.save(settings.Settings(text_scale=90), place.root / "config")

    def write(self, place: Place, chance: random.Random, confirm: Confirm) -> None:
        for step in range(self.steps):
            settings.save(settings.Settings(text_scale=91 + step), place.root / "config")
            confirm(step)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        held = settings.load(place.root / "config")
        if held.note or not 90 <= held.text_scale <= 92 + sure or (place.root / "config").is_dir() is False:
            raise Lost("the settings")


Writer = Saves | Keys | Create | Export | Settings

WRITERS: dict[str, Writer] = {
    each.__name__.lower(): each()
    for each in (Saves, Rotation, Backups, Keys, Rekey, Create, Mend, Upgrade, Restore, Export, Settings)
}


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


def main() -> None:
    """In the process under observation: root, keys derived, two users, writer, seed, names of protections to take out."""
    from harness import power_controls

    library = ctypes.CDLL(None)
    root, derived, carla, jonas, name, seed, *without = sys.argv[1:]
    derive_once(Path(derived))
    place = Place(Path(root), UUID(carla), UUID(jonas))
    for protection in without:
        power_controls.WITHOUT[protection]()
    WRITERS[name].write(place, random.Random(int(seed)), lambda step: library.trust_mark(ctypes.c_uint64(step)))
