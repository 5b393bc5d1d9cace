"""People of a desk with real keys: added, signed in, reset, removed; and what a cut between files and keys leaves."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from builders import PASSPHRASE, store_family
from sqlalchemy import select

from desk_app import bootstrap
from desk_app.casework import people, users
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk
from desk_app.casework.people import Access
from desk_app.domain.errors import NotAllowed, PassphraseTooWeak, WrongPassphrase
from desk_app.domain.roles import Role
from desk_app.storage import keyfile, vault
from desk_app.storage.tables import AuditEntry

if TYPE_CHECKING:
    from conftest import SettableClock

OWN = "sechs Otter lesen heimlich Comics"


@pytest.fixture
def keeper(desk: Desk) -> BackupKeeper:
    return BackupKeeper(desk)


def unlock(desk: Desk, person: UUID, passphrase: str) -> Desk:
    """Somebody signs in at the store of ``desk``, which is closed for it."""
    desk.close()
    return bootstrap.unlock(desk.vault.folder, person, passphrase, clock=desk.clock)


def access(desk: Desk) -> dict[str, tuple[Role, Access]]:
    return {person.name: (person.role, person.access) for person in people.everybody(desk)}


def deeds(desk: Desk) -> list[str]:
    found = desk.do(lambda work: work.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.sequence)).all())[0]
    return [deed for deed in found if deed.startswith("user.")]


def test_somebody_new_signs_in_with_six_words_and_chooses_their_own(desk: Desk) -> None:
    made = people.add(desk, " Jonas Adeyemi ", Role.RECEPTION)
    assert len(made.passphrase.split()) == 6
    assert access(desk)["Jonas Adeyemi"] == (Role.RECEPTION, Access.ONE_TIME)
    theirs = unlock(desk, made.person, made.passphrase)
    assert theirs.must_choose_passphrase
    assert theirs.role is Role.RECEPTION
    with pytest.raises(PassphraseTooWeak, match="Einmal-Passphrase"):
        people.choose_passphrase(theirs, made.passphrase)
    people.choose_passphrase(theirs, OWN)
    with pytest.raises(ValueError, match="one-time"):
        people.choose_passphrase(theirs, "noch eine andere Passphrase")
    again = unlock(theirs, made.person, OWN)
    assert not again.must_choose_passphrase
    assert access(again) == {"Jonas Adeyemi": (Role.RECEPTION, Access.OWN)}, "who is not Leitung sees themselves"
    again.close()
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(desk.vault.folder, made.person, made.passphrase, clock=desk.clock)


def test_a_forgotten_passphrase_is_replaced_by_a_one_time_one(desk: Desk) -> None:
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    again = people.reset(desk, made.person)
    assert again.name == "Jonas Adeyemi"
    theirs = unlock(desk, made.person, again.passphrase)
    assert theirs.must_choose_passphrase
    theirs.close()
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(desk.vault.folder, made.person, made.passphrase, clock=desk.clock)


def test_the_own_passphrase_is_exchanged_by_whoever_knows_the_old_one(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(desk, "falsch geraten und daneben", OWN)
    people.change_passphrase(desk, PASSPHRASE, OWN)
    assert deeds(desk)[-1:] == ["user.passphrase_changed"]
    assert deeds(desk).count("user.passphrase_changed") == 1
    unlock(desk, desk.user, OWN).close()


def test_a_removed_person_opens_neither_store_nor_backups_and_keeps_their_name(
    desk: Desk, clock: SettableClock, keeper: BackupKeeper, tmp_path: Path
) -> None:
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    keeper.back_up_now()
    (before,) = keeper.entries()
    old_keys, old_key = tmp_path / "old.keys", desk.vault.key
    shutil.copyfile(desk.vault.folder / keyfile.NAME, old_keys)
    clock.advance(hours=2)  # a step of the ladder, so that age alone would keep the first backup
    assert people.remove(desk, keeper, made.person) == 1
    desk.do(store_family)
    assert not before.place.exists()
    assert {entry.generation for entry in keeper.entries()} == {desk.vault.key.generation}
    assert "Jonas Adeyemi" not in access(desk)
    assert desk.do(users.names)[0][made.person] == "Jonas Adeyemi"
    desk.close()
    folder = desk.vault.folder
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(folder, made.person, made.passphrase, clock=desk.clock)
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        shutil.copyfile(folder / name, tmp_path / name)
        shutil.copyfile(old_keys, folder / name)
    with pytest.raises(Exception, match="passen nicht zusammen"):
        vault.unlock(folder, made.person, made.passphrase, clock=desk.clock)
    assert desk.vault.key != old_key


def test_a_new_recovery_code_takes_the_place_of_the_old_one(desk: Desk, clock: SettableClock) -> None:
    old, new = people.new_recovery_code(desk), people.new_recovery_code(desk)
    desk.close()
    with pytest.raises(WrongPassphrase):
        bootstrap.recover(desk.vault.folder, desk.user, old, OWN, clock=desk.clock)
    clock.advance(minutes=5)  # guessing has to wait
    found = bootstrap.recover(desk.vault.folder, desk.user, new, OWN, clock=desk.clock)
    assert deeds(found.desk)[-1] == "user.recovered"
    found.desk.close()


def test_a_new_name_is_on_the_lock_screen_too(desk: Desk) -> None:
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    people.rename(desk, made.person, "Jonas Adeyemi-Klein ")
    assert "Jonas Adeyemi-Klein" in dict(access(desk))
    assert "Jonas Adeyemi-Klein" in [name for _key, name in bootstrap.known_names(desk.vault.folder)]
    unlock(desk, made.person, made.passphrase).close()


# --- cut short between the files and the keys


class Cut(Exception):
    """The power goes."""


@contextlib.contextmanager
def cut_before_keys() -> Iterator[None]:
    def cut(*_args: object, **_more: object) -> None:
        raise Cut

    with pytest.MonkeyPatch.context() as patch:
        for deed in ("add_user", "set_passphrase", "remove_user"):
            patch.setattr(vault.Vault, deed, cut)
        with pytest.raises(Cut):
            yield


def test_adding_cut_short_is_completed_by_a_new_passphrase(desk: Desk) -> None:
    with cut_before_keys():
        people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    assert access(desk)["Jonas Adeyemi"] == (Role.COUNSEL, Access.NONE)
    (jonas,) = [person for person in people.everybody(desk) if not person.is_me]
    theirs = unlock(desk, jonas.id, people.reset(desk, jonas.id).passphrase)
    assert theirs.role is Role.COUNSEL
    theirs.close()


def test_removing_cut_short_turns_away_and_is_completed_by_removing_again(desk: Desk) -> None:
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    with cut_before_keys():
        people.remove(desk, BackupKeeper(desk), made.person)
    assert access(desk)["Jonas Adeyemi"] == (Role.COUNSEL, Access.ENDING)
    with pytest.raises(NotAllowed, match="Zugang wurde beendet"):
        unlock(desk, made.person, made.passphrase)
    mine = bootstrap.unlock(desk.vault.folder, desk.user, PASSPHRASE, clock=desk.clock)
    generation = mine.vault.key.generation
    people.remove(mine, BackupKeeper(mine), made.person)
    assert mine.vault.key.generation == generation + 1
    assert list(access(mine)) == ["Carla Brandt"]
    mine.close()


def test_a_reset_cut_short_locks_nobody_out(desk: Desk) -> None:
    made = people.add(desk, "Jonas Adeyemi", Role.COUNSEL)
    with cut_before_keys():
        people.reset(desk, made.person)
    unlock(desk, made.person, made.passphrase).close()
