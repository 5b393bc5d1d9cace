"""Is the store sound, and is there room? Asked at each start in brief, once a day in full; the answer is kept."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from desk_app.i18n import N_, _
from desk_app.storage import checks, keyfile
from desk_app.storage import engine as engines
from desk_app.storage.open_vault import Vault

NAME: Final = "trittstein.pruefung"
DAILY: Final = timedelta(hours=20)
"""After so long the next full check is due: once a working day, at whatever hour."""

WARN_BELOW_BYTES: Final = 500_000_000

_WHOLE: Final = N_("Die Datenbank ist in sich stimmig.")
_NOT_WHOLE: Final = N_(
    "Die Datenbank ist nicht in sich stimmig. Bitte schließen Sie Trittstein und öffnen Sie es neu: Dabei wird sie aus "
    "dem Journal wiederhergestellt."
)
_SEALED: Final = N_("Jede verschlüsselte Seite ist unverändert.")
_NOT_SEALED: Final = N_(
    "Verschlüsselte Seiten wurden verändert. Bitte schließen Sie Trittstein und öffnen Sie es neu: Dabei wird die "
    "Datenbank aus dem Journal wiederhergestellt."
)
_REFERENCES: Final = N_("Alle Verweise zwischen den Einträgen stimmen.")
_NO_REFERENCES: Final = N_("Einträge verweisen ins Leere. Bitte sagen Sie Ihrer Technik Bescheid.")
_LOW: Final = N_(
    "Auf der Festplatte sind nur noch {megabytes} MB frei. Noch wird alles gespeichert. "
    "Bitte schaffen Sie Platz oder sagen Sie Ihrer Technik Bescheid."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``words`` say in German what was found."""

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
    return Health(at, (_finding(whole, _WHOLE, _NOT_WHOLE),))


def full(vault: Vault, at: datetime) -> Health:
    """Everything, over a fresh connection that believes nothing the working one remembers. The result is kept as well.

    May run on another thread; saves wait only while the signatures of the pages are checked, which must see the file
    after everything was carried over: a page half written by a power cut would look altered otherwise.
    """
    try:
        with vault.beside() as connection:
            with vault.holding_still():
                with contextlib.suppress(dbapi2.OperationalError):
                    engines.checkpoint(engines.driver_connection(vault.engine))
                sealed = checks.ciphertext(connection)
            whole, references = checks.indexes(connection), checks.references(connection)
    except dbapi2.DatabaseError:  # not even its first page
        sealed = whole = references = False
    found = Health(
        at,
        (
            _finding(whole, _WHOLE, _NOT_WHOLE),
            _finding(sealed, _SEALED, _NOT_SEALED),
            _finding(references, _REFERENCES, _NO_REFERENCES),
        ),
    )
    _keep(vault.folder, found)
    return found


def last(folder: Path) -> Health | None:
    """The last full check of the store in ``folder``; None if there was none that can be read."""
    try:
        values = json.loads((folder / NAME).read_bytes())
        findings = tuple(Finding(bool(sound), str(words)) for sound, words in values["findings"])
        return Health(datetime.fromisoformat(values["at"]), findings)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_due(folder: Path, now: datetime) -> bool:
    """Whether it is time for a full check: none for a day, none that was sound, or one from the future."""
    before = last(folder)
    return before is None or not before.sound or not timedelta(0) <= now - before.at < DAILY


def space(folder: Path, *, warn_below: int = WARN_BELOW_BYTES) -> Space:
    """Room on the disk of ``folder``. Raises ``OSError``."""
    free = shutil.disk_usage(folder).free
    return Space(free, _(_LOW).format(megabytes=free // 1_000_000) if free < warn_below else "")


def _finding(sound: bool, good: str, bad: str) -> Finding:
    return Finding(sound, _(good if sound else bad))


def _keep(folder: Path, found: Health) -> None:
    values = {"at": found.at.isoformat(), "findings": [[each.sound, each.words] for each in found.findings]}
    with contextlib.suppress(OSError):  # on a full disk the check is simply due again tomorrow
        keyfile.write_whole(folder / NAME, json.dumps(values, ensure_ascii=False).encode())
