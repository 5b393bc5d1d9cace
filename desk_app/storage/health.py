"""Is the store sound, and is there room? Asked at each start in brief, once a day in full; the answer is kept."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from desk_app.i18n import N_, _
from desk_app.storage import checks, journal_file, keyfile, save_mark
from desk_app.storage import engine as engines
from desk_app.storage.comparing import Account
from desk_app.storage.open_vault import Vault

NAME: Final = "trittstein.pruefung"
DAILY: Final = timedelta(hours=20)
"""After so long the next full check is due: once a working day, at whatever hour."""

WARN_BELOW_BYTES: Final = 500_000_000


class Part(StrEnum):
    """What is looked at, in the words of the audit."""

    PAGES = "pages"
    CIPHERTEXT = "ciphertext"
    REFERENCES = "references"
    AGREEMENT = "agreement"


_INSTRUCTIONS: Final = 100_000
"""Of SQLite's machine between two looks whether to break off: some milliseconds."""

_WORDS: Final = {
    Part.PAGES: (
        N_("Die Datenbank ist in sich stimmig."),
        N_(
            "Die Datenbank ist nicht in sich stimmig. Bitte schließen Sie Trittstein und öffnen Sie es neu: Dabei wird "
            "sie aus dem Journal wiederhergestellt."
        ),
    ),
    Part.CIPHERTEXT: (
        N_("Jede verschlüsselte Seite ist unverändert."),
        N_(
            "Verschlüsselte Seiten wurden verändert. Bitte schließen Sie Trittstein und öffnen Sie es neu: Dabei wird "
            "die Datenbank aus dem Journal wiederhergestellt."
        ),
    ),
    Part.REFERENCES: (
        N_("Alle Verweise zwischen den Einträgen stimmen."),
        N_("Einträge verweisen ins Leere. Bitte sagen Sie Ihrer Technik Bescheid."),
    ),
    Part.AGREEMENT: (
        N_("Datenbank und Journal sagen dasselbe."),
        N_(
            "Datenbank und Journal sagen nicht dasselbe; vielleicht wurde ein älterer Teil zurückgelegt. Bitte "
            "schließen Sie Trittstein und öffnen Sie es neu: Dabei wird die Datenbank aus dem Journal "
            "wiederhergestellt."
        ),
    ),
}
_LOW: Final = N_(
    "Auf der Festplatte sind nur noch {megabytes} MB frei. Noch wird alles gespeichert. "
    "Bitte schaffen Sie Platz oder sagen Sie Ihrer Technik Bescheid."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``words`` say in German what was found."""

    part: Part
    sound: bool
    words: str


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found, and when."""

    at: datetime
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return all(finding.sound for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes free on the store's disk; ``words`` is a warning in German, empty if there is none to give."""

    free: int
    words: str


def quick(vault: Vault, at: datetime) -> Health:
    """Whether every page can be read and the tables hang together; opening a store has done this already."""
    with vault.holding_still():
        whole = checks.quick(engines.driver_connection(vault.engine))
    return Health(at, (_finding(Part.PAGES, whole),))


def full(vault: Vault, at: datetime, stop: Callable[[], bool] = lambda: False) -> Health | None:
    """Everything, over a fresh connection that believes nothing the working one remembers. The result is kept as well.

    May run on another thread while saves go on. ``stop`` is asked now and then; once it says yes the check breaks off
    with None and nothing is kept.
    """
    try:
        with vault.beside() as connection:
            connection.set_progress_handler(stop, _INSTRUCTIONS)
            sealed, account = _begin(vault, connection)
            if sealed is None:
                sealed = checks.ciphertext(connection)
            answers = {
                Part.PAGES: checks.indexes(connection),
                Part.CIPHERTEXT: sealed,
                Part.REFERENCES: checks.references(connection),
            }
            if account is not None and all(answers.values()):
                agreement = account.agrees(connection, vault.key)
                answers |= {} if agreement is None else {Part.AGREEMENT: agreement}
    except dbapi2.DatabaseError:  # not even its first page
        answers = dict.fromkeys(Part, False)
    if stop():
        return None
    found = Health(at, tuple(_finding(part, sound) for part, sound in answers.items()))
    _keep(vault.folder, found)
    return found


def _begin(vault: Vault, connection: Any) -> tuple[bool | None, Account | None]:
    """Let ``connection`` see the state of this moment from now on, and what the journal says of it.

    Everything is carried over first: a page half written by a power cut would look altered otherwise. A reader that
    begins on an empty log keeps the file as it is until it ends, while saves go to the log (sqlite.org/wal.html), so
    the signatures may be read without making saves wait. Only where the log could not be emptied they are read here
    and now: returned is whether all are right, or None for not looked at yet.
    """
    with vault.holding_still():
        with contextlib.suppress(dbapi2.OperationalError):
            engines.checkpoint(engines.driver_connection(vault.engine))
        log = vault.folder / f"{engines.NAME}-wal"
        sealed = checks.ciphertext(connection) if log.exists() and log.stat().st_size else None
        connection.execute("BEGIN")
        mark = save_mark.read(connection)
        return sealed, Account.read(vault.folder / journal_file.NAME, vault.key, mark)


def last(folder: Path) -> Health | None:
    """The last full check of the store in ``folder``; None if there was none that can be read."""
    try:
        values = json.loads((folder / NAME).read_bytes())
        findings = tuple(_finding(Part(part), bool(sound)) for part, sound in values["findings"].items())
        return Health(datetime.fromisoformat(values["at"]), findings)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def all_words() -> frozenset[str]:
    """Every sentence about something unsound."""
    return frozenset(_(bad) for _good, bad in _WORDS.values())


def forget(folder: Path) -> None:
    """What was found no longer holds: the database was made anew."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()


def is_due(folder: Path, now: datetime) -> bool:
    """Whether it is time for a full check: none for a day, none that was sound, or one from the future."""
    before = last(folder)
    return before is None or not before.sound or not timedelta(0) <= now - before.at < DAILY


def space(folder: Path, *, warn_below: int = WARN_BELOW_BYTES) -> Space:
    """Room on the disk of ``folder``. Raises ``OSError``."""
    free = shutil.disk_usage(folder).free
    return Space(free, _(_LOW).format(megabytes=free // 1_000_000) if free < warn_below else "")


def _finding(part: Part, sound: bool) -> Finding:
    return Finding(part, sound, _(_WORDS[part][0 if sound else 1]))


def _keep(folder: Path, found: Health) -> None:
    values = {"at": found.at.isoformat(), "findings": {each.part: each.sound for each in found.findings}}
    with contextlib.suppress(OSError):  # on a full disk the check is simply due again tomorrow
        keyfile.write_whole(folder / NAME, json.dumps(values).encode())
