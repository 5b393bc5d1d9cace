"""The people of a desk: who has which role, who can unlock the store, and how one is added, reset and removed.

What the files say of somebody and their key slot are two files on the disk and cannot be changed in one transaction.
So every deed first writes its row and its audit entry, which is also where the role is checked, and only then touches
the keys. Cut short between the two, the store says more than the keys do yet, and the list of people shows it:

- added, no slot: nobody can sign in with it; giving a new passphrase completes it;
- reset, old slot: the old passphrase still opens, so nobody is locked out; reset again;
- renamed, old slot: the lock screen shows the old name; rename again;
- removed, old slot: ``users.admit`` turns the person away; removing again exchanges the key;
- new recovery code, old slot: the printed code still opens; make another.

That a passphrase is a one-time one stands in the slot itself, written in one go with it. The own passphrase is
exchanged first and noted after: until then it was its owner's secret, and a note of an exchange that did not happen
would be worth less than an exchange without a note.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from desk_app.casework import users
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import WorldError
from desk_app.domain.passphrase import generate_passphrase
from desk_app.domain.roles import Role


class Access(StrEnum):
    """Whether somebody can unlock the store."""

    OWN = "own"
    """With a passphrase nobody else knows."""
    ONE_TIME = "one_time"
    """With a one-time passphrase; at the next sign-in they choose their own."""
    NONE = "none"
    """Not at all: adding them was cut short."""
    ENDING = "ending"
    """Removed, but the key of the store is still the old one: removing them was cut short."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. ``last_unlock`` is in UTC, ``None`` for never."""

    id: UUID
    name: str
    role: Role
    access: Access
    last_unlock: datetime | None
    is_me: bool


@dataclass(frozen=True, slots=True)
class OneTime:
    """A way in to hand over: the passphrase is shown this once and kept nowhere."""

    person: UUID
    name: str
    passphrase: str


def everybody(desk: Desk) -> tuple[Person, ...]:
    """Who works here, by name; for those who are not Leitung only themselves."""
    slots = {slot.id: slot for slot in desk.vault.people}

    def read(work: Work) -> tuple[Person, ...]:
        known = users.rows(work)
        found = []
        for key, row in known.items():
            slot = slots.get(key)
            if row.removed_at is not None and slot is None:
                continue
            access = Access.NONE if slot is None else Access.ONE_TIME if slot.one_time else Access.OWN
            if row.removed_at is not None:
                access = Access.ENDING
            me = key == desk.user
            role = work.role if me else Role(row.role)
            found.append(Person(key, row.name, role, access, slot.last_unlock if slot else None, me))
        return tuple(person for person in found if person.is_me or work.role is Role.LEAD)

    return desk.do(read)[0]


def add(desk: Desk, name: str, role: Role) -> OneTime:
    """Add somebody with a one-time passphrase of six words. Raises ``NotAllowed`` or a ``WorldError`` of the disk."""
    made = OneTime(uuid4(), name.strip(), generate_passphrase())
    desk.do(lambda work: users.add(work, made.person, made.name, role))
    desk.vault.add_user(made.name, made.passphrase, user_id=made.person, one_time=True)
    return made


def reset(desk: Desk, person: UUID) -> OneTime:
    """A new one-time passphrase for somebody who forgot theirs, or whom adding did not give one yet."""
    made = OneTime(person, desk.do(lambda work: users.reset(work, person))[0], generate_passphrase())
    if any(slot.id == person for slot in desk.vault.people):
        desk.vault.set_passphrase(person, made.passphrase, one_time=True)
    else:
        desk.vault.add_user(made.name, made.passphrase, user_id=person, one_time=True)
    return made


def rename(desk: Desk, person: UUID, name: str) -> None:
    """Another name for somebody, in the files and on the lock screen."""
    desk.do(lambda work: users.rename(work, person, name.strip()))
    if any(slot.id == person for slot in desk.vault.people):
        desk.vault.rename_user(person, name)


def set_role(desk: Desk, person: UUID, role: Role) -> None:
    """Another role for somebody. Raises ``NotAllowed`` for oneself."""
    desk.do(lambda work: users.set_role(work, person, role))


def remove(desk: Desk, keeper: BackupKeeper, person: UUID) -> int:
    """Take somebody's way in and encrypt the store anew; how many backups they could have opened are gone.

    Copies of the store or a backup carried off before stay readable to whoever had the key.
    """
    desk.do(lambda work: users.remove(work, person))
    if any(slot.id == person for slot in desk.vault.people):
        desk.vault.remove_user(person)
    return keeper.expire_former_keys()


def new_recovery_code(desk: Desk) -> str:
    """A new code to print; the old one opens nothing from now on."""
    desk.do(lambda work: work.note("user.code_renewed", "user", None, touched="users"))
    return desk.vault.new_recovery_code()


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Exchange one's own passphrase. Raises ``WrongPassphrase`` and ``PassphraseTooWeak``."""
    desk.vault.change_passphrase(old, new)
    _note_changed(desk)


def choose_passphrase(desk: Desk, new: str) -> None:
    """One's own passphrase in place of the one-time one just used to sign in. Raises ``PassphraseTooWeak``."""
    desk.vault.choose_passphrase(new)
    _note_changed(desk)


def _note_changed(desk: Desk) -> None:
    with contextlib.suppress(WorldError):  # the new passphrase holds: to say now that it failed would lock them out
        desk.do(lambda work: work.note("user.passphrase_changed", "user", desk.user, touched="users"))
