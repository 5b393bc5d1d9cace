"""What the program does to the disk, one writer after the other, and what must be there after a power cut.

A writer is prepared in peace, then writes in a process of its own and confirms step after step, as a user sees it.
``check`` opens what a power cut left, knowing the last step that was confirmed; it raises ``Lost``, an error of the
program or an assertion.
"""

from __future__ import annotations

import contextlib
import ctypes
import random
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from harness.power_desk import AT, SECRETS, Confirm, Lost, Place, Saves, derive_once
from specimen_store import CARLAS, JONAS

from desk_app import settings
from desk_app.documents import files
from desk_app.domain.errors import WorldError
from desk_app.storage import (
    backup,
    backup_set,
    journal_file,
    keyfile,
    restore,
    sealing,
    second_reader,
    vault,
)
from desk_app.storage import engine as engines
from desk_app.storage.tables import Counter

OLD_VAULT = Path(__file__).resolve().parent.parent / "old_vaults" / "0001"


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
            files.write_whole(place.out / "Liste.xlsx", lambda stream, step=step: stream.write(self.text(step)))
            confirm(step)

    def check(self, place: Place, sure: int, chance: random.Random) -> None:
        with contextlib.suppress(FileNotFoundError):
            held = (place.out / "Liste.xlsx").read_bytes()
            if held in (self.text(sure), self.text(sure + 1)):
                return
            assert held in [self.text(step) for step in range(self.steps)], "half a file"
        if sure >= 0:
            raise Lost("the newest file")

    @staticmethod
    def text(step: int) -> bytes:
        """What is written in this step."""
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


def main() -> None:
    """In the process under observation: root, keys derived, two users, writer, seed, protections to take out."""
    from harness import power_controls

    library = ctypes.CDLL(None)
    root, derived, carla, jonas, name, seed, *without = sys.argv[1:]
    derive_once(Path(derived))
    place = Place(Path(root), UUID(carla), UUID(jonas))
    for protection in without:
        power_controls.WITHOUT[protection]()
    WRITERS[name].write(place, random.Random(int(seed)), lambda step: library.trust_mark(ctypes.c_uint64(step)))
