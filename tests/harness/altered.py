"""Somebody, or a dying disk, changes the files of a closed or crashed store: it must be noticed, or do no harm.

What comes of it: ``unharmed``: nothing is missing. ``refused`` and ``told``: the store does not open, or opens and says
what it found. ``found by the daily check``: it opens, and the check says so. Anything else is ``lost silently``.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest import mock

from builders import PASSPHRASE, ShutStore, store_family
from random_saves import content_of, flip
from sqlcipher3 import dbapi2

from desk_app import bootstrap
from desk_app.casework import intake
from desk_app.domain.errors import WorldError
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage import backup, backup_set, health, high_water, journal_file, keyfile, opening, vault
from desk_app.storage import engine as engines
from desk_app.storage.content import Content

Figures = Counter[str]

PAGE = 4096
DATABASE, JOURNAL = engines.NAME, journal_file.NAME
LOG, INDEX = DATABASE + "-wal", DATABASE + "-shm"
AT_BACKUP = "at-backup.db"
LOST = "lost silently"
NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


@dataclass(frozen=True)
class States:
    """One store at an earlier moment and later, closed in order or left by a crash, and what it held last."""

    before: Path
    after: Path
    store: ShutStore
    held: Content


def states(store: ShutStore, place: Path, chance: random.Random, *, crash: bool, backed_up: bool) -> States:
    """Work in a store; with ``backed_up`` the journal goes on from a backup made after the earlier moment."""
    folder, children = place / "store", list[Ref]()
    shutil.copytree(store.folder, folder)
    _work(folder, store, chance, range(3), children)
    shutil.copytree(folder, place / "before")
    if backed_up:
        _work(folder, store, chance, range(3, 4), children)
        with vault.unlock(folder, store.user, PASSPHRASE) as opened:
            (folder / backup_set.SHELF).mkdir()
            made = backup.make(opened, folder / backup_set.SHELF, NOW)
            opened.rotate_journal(made.place / DATABASE)
        shutil.copyfile(folder / DATABASE, place / "before" / AT_BACKUP)
        children.clear()  # what is changed from now on is new: rows of before stand in the backup only
    _work(folder, store, chance, range(4, 6), children)
    if crash:
        with mock.patch.object(engines, "checkpoint"):
            _work(folder, store, chance, range(6, 7), children, left=place / "after")
    else:
        shutil.copytree(folder, place / "after")
    with vault.unlock(folder, store.user, PASSPHRASE) as opened:
        return States(place / "before", place / "after", store, content_of(opened))


def _work(
    folder: Path, store: ShutStore, chance: random.Random, numbers: range, children: list[Ref], left: Path | None = None
) -> None:
    """Take families in and change what is known of others; the files are copied to ``left`` while the store is open."""
    desk = bootstrap.unlock(folder, store.user, PASSPHRASE)
    for number in numbers:
        family, _changes = desk.do(partial(store_family, family_name=f"Familie {number}"))
        children.append(Ref(RecordKind.PERSON, family.child))
        for child in chance.sample(children, min(3, len(children))):
            words = f"{chance.randrange(10**6):06} " + "gern draußen " * 20  # of one length: rows stay on their page
            desk.do(partial(intake.set_value, ref=child, key="strengths", value=words))
    if left is not None:
        shutil.copytree(folder, left)
    desk.close()


# what is done to the files; `old` is the folder of the earlier moment -----------------------------------------


def _one_bit(new: Path, _old: Path, chance: random.Random) -> None:
    names = (DATABASE, LOG, INDEX, JOURNAL, keyfile.NAME, keyfile.COPY_NAME)
    there = [new / name for name in names if (new / name).exists() and (new / name).stat().st_size]
    path = chance.choice(there)
    flip(path, chance.randrange(path.stat().st_size), chance.randrange(8))


def _two_pages_exchanged(new: Path, _old: Path, chance: random.Random) -> None:
    data = bytearray((new / DATABASE).read_bytes())
    one, other = (number * PAGE for number in chance.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    (new / DATABASE).write_bytes(data)


def _an_old_page(new: Path, old: Path, chance: random.Random) -> None:
    """A page as it was before, with its valid signature: only pages that have changed since."""
    data, past = (new / DATABASE).read_bytes(), (old / DATABASE).read_bytes()
    _page_put_back(new, past, _differing(data, past), chance)


def _an_old_page_that_the_journal_does_not_mention(new: Path, old: Path, chance: random.Random) -> None:
    """A page that changed before the last backup and not since: only the backup knows what should be on it."""
    if (old / AT_BACKUP).exists():
        data, past, at_backup = ((folder / name).read_bytes() for folder, name in
                                 ((new, DATABASE), (old, DATABASE), (old, AT_BACKUP)))  # fmt: skip
        _page_put_back(new, past, _differing(at_backup, past) - _differing(data, at_backup), chance)


def _differing(one: bytes, other: bytes) -> set[int]:
    starts = range(0, min(len(one), len(other)), PAGE)
    return {each for each in starts if one[each : each + PAGE] != other[each : each + PAGE]}


def _page_put_back(new: Path, past: bytes, starts: set[int], chance: random.Random) -> None:
    start = chance.choice(sorted(starts))
    with (new / DATABASE).open("r+b") as file:
        file.seek(start)
        file.write(past[start : start + PAGE])


def _put_back(*names: str) -> Callable[[Path, Path, random.Random], None]:
    def change(new: Path, old: Path, _chance: random.Random) -> None:
        for name in names:
            (new / name).unlink(missing_ok=True)
            if (old / name).exists():
                shutil.copyfile(old / name, new / name)

    return change


def _journal_cut(new: Path, _old: Path, chance: random.Random) -> None:
    used = len((new / JOURNAL).read_bytes().rstrip(b"\0"))
    os.truncate(new / JOURNAL, chance.randrange(used))


def _journal_wiped(new: Path, _old: Path, chance: random.Random) -> None:
    data = (new / JOURNAL).read_bytes()
    at = chance.randrange(len(data.rstrip(b"\0")))
    (new / JOURNAL).write_bytes(data[:at] + bytes(len(data) - at))


def _log_damaged(new: Path, _old: Path, chance: random.Random) -> None:
    if not (new / LOG).exists() or not (new / LOG).stat().st_size:
        return
    for _byte in range(10):
        flip(new / LOG, chance.randrange((new / LOG).stat().st_size), chance.randrange(8))


def _log_gone(new: Path, _old: Path, chance: random.Random) -> None:
    for name in (LOG, INDEX) if chance.random() < 0.5 else (LOG,):
        (new / name).unlink(missing_ok=True)


CHANGES: dict[str, Callable[[Path, Path, random.Random], None]] = {
    "one bit": _one_bit,
    "two pages exchanged": _two_pages_exchanged,
    "an old page put back": _an_old_page,
    "an old page from before the backup put back": _an_old_page_that_the_journal_does_not_mention,
    "the old database put back": _put_back(DATABASE, LOG, INDEX),
    "the old database under the new log": _put_back(DATABASE),
    "the old journal put back": _put_back(JOURNAL),
    "the whole old store put back": _put_back(DATABASE, LOG, INDEX, JOURNAL, keyfile.NAME, keyfile.COPY_NAME),
    "journal cut": _journal_cut,
    "end of the journal wiped": _journal_wiped,
    "log damaged": _log_damaged,
    "log gone": _log_gone,
}


def outcome(kept: States, place: Path, change: str, chance: random.Random) -> str:
    """Change a copy of the files, open it, and say what came of it."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(kept.after, place)
    CHANGES[change](place, kept.before, chance)
    try:
        with vault.unlock(place, kept.store.user, PASSPHRASE) as opened:
            try:
                if content_of(opened) == kept.held:
                    return "unharmed, told" if opened.notices else "unharmed"
            except dbapi2.DatabaseError:
                pass
            if opened.notices:
                return "told"
            found = health.full(opened, NOW)
            return LOST if found is None or found.sound else "found by the daily check"
    except WorldError:
        return "refused"


def tampered(store: ShutStore, place: Path, runs: int, chance: random.Random) -> Figures:
    """Change after change in turn, over stores closed in order and left by a crash, with and without a backup."""
    found: Figures = Counter()
    kinds = [(crash, backed_up) for crash in (False, True) for backed_up in (False, True)]
    for number, (crash, backed_up) in enumerate(kinds):
        made = place / f"states-{number}"
        kept = states(store, made, chance, crash=crash, backed_up=backed_up)
        names = list(CHANGES)
        for run in range(runs // len(kinds) + (number < runs % len(kinds))):
            # a machine remembers how far it has seen the store come, also past an exchange of the whole folder
            with vault.unlock(made / "store", store.user, PASSPHRASE):
                pass
            change = names[run % len(names)]
            result = outcome(kept, place / "altered", change, chance)
            found[result] += 1
            if result == LOST:
                found[f"lost silently: {change}, {crash=}, {backed_up=}"] += 1
    return found


@contextlib.contextmanager
def unprotected() -> Iterator[None]:
    """The store as it would be without journal, chain and counter: only what SQLCipher notices by itself."""

    def unread(self: opening.Opening) -> None:
        self._expects_journal = False

    with contextlib.ExitStack() as taken_out:
        taken_out.enter_context(mock.patch.object(opening.Opening, "_read_journal", unread))
        taken_out.enter_context(mock.patch.object(high_water, "words", return_value=""))
        yield
