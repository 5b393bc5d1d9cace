"""Opens a returned workbook: unlocked with the passphrase its shipment was sent with, then read behind guards."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic
from typing import Final

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.documents import old_lists, reading_process
from desk_app.domain.errors import WrongFilePassphrase
from desk_app.domain.list_reading_sheet import Book
from desk_app.i18n import N_, _
from desk_app.storage.tables import Shipment

_NUMBER: Final = re.compile(r"\d{4}-\d{2}-\d{2}-\d{2,}")
_NEWEST: Final = 5
"""So many shipments are tried where the name of the file does not tell which one came back."""
_LONGEST: Final = 1.0
"""Seconds for trying; a crafted file makes each attempt slow."""
_LOCKED: Final = N_(
    "Diese Datei ist verschlüsselt, und keine der letzten Sendungen hatte ihre Passphrase. Es wurde nichts übernommen. "
    "Bitte geben Sie die Passphrase der Sendung ein."
)


def read(work: Work, path: Path, passphrase: str = "", progress: reading_process.Progress | None = None) -> Book:
    """The sheets of a returned file.

    Without a passphrase those of the shipments are tried: the one that the name of the file names, else the newest.
    Raises ``WrongFilePassphrase`` where none opens it, ``StrangeTable`` for a file that cannot be read, and whatever
    ``progress`` raises.
    """
    from desk_app.documents.protecting import is_locked, open_xlsx  # large, and only wanted here

    content = old_lists.content_of(path)
    if is_locked(content):
        content = open_xlsx(content, passphrase) if passphrase else _unlocked(work, path.name, content)
    return old_lists.read_content(content, progress)


def _unlocked(work: Work, name: str, content: bytes) -> bytes:
    from desk_app.documents.protecting import open_xlsx  # large, and only wanted here

    until = monotonic() + _LONGEST
    for passphrase in _proposed(work, name):
        try:
            return open_xlsx(content, passphrase)
        except WrongFilePassphrase:
            if monotonic() > until:
                break
    raise WrongFilePassphrase(_(_LOCKED))


def _proposed(work: Work, name: str) -> list[str]:
    """The passphrases that may open a file of this name, the likeliest first."""
    locked = select(Shipment.passphrase).where(Shipment.passphrase.is_not(None))
    named = locked.where(Shipment.number.in_(_NUMBER.findall(name)))
    newest = locked.order_by(Shipment.at.desc(), Shipment.number.desc()).limit(_NEWEST)
    found = [*work.session.scalars(named), *work.session.scalars(newest)]
    return [words for words in dict.fromkeys(found) if words]
