"""Files of offers: written for partners and other programs, and read without trusting them, in a process of its own.

What that process says (`documents.reading_process`) is checked here once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from desk_app.documents.offer_files_limits import MOST_BYTES, MOST_OFFERS
from desk_app.documents.reading_process import STRANGE, Progress, ReadingProcess, own_command
from desk_app.domain.errors import StrangeTable
from desk_app.domain.offer_exchange import ALL_FACTS, Arrived, Came, Collection, FileKind, LeftOut
from desk_app.domain.offers import Offer, Organisation, Venue
from desk_app.i18n import N_, _

COMMAND: Final = "--read-offers"
"""The hidden command; `__main__` knows it as well."""

SUFFIXES: Final = {FileKind.HSDS_JSON: ".json", FileKind.HSDS_TABLES: ".zip", FileKind.XLSX: ".xlsx"}
"""What can be written, and how its files are called."""
_MOST_WORDS: Final = 200

_REFUSED: Final = {
    "too_large": N_(
        "Diese Datei ist viel größer als erwartet. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige ist, oder teilen Sie sie auf."
    ),
    "password": N_(
        "Diese Arbeitsmappe ist mit einem Kennwort geschützt. Es wurde nichts übernommen. "
        "Bitte speichern Sie sie in Excel ohne Kennwort und lesen Sie sie dann noch einmal ein."
    ),
    "empty": N_("In dieser Datei steht nichts. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige ist."),
    "no_offers": N_(
        "In dieser Datei sind keine Angebote zu finden. Es wurde nichts übernommen. Gelesen werden HSDS (JSON oder "
        "CSV-Paket), Orte aus Integreat und Excel-Listen, die Trittstein ausgegeben hat."
    ),
    "strange": N_(
        "Diese Datei lässt sich nicht lesen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige ist, oder lassen Sie sie sich noch einmal geben."
    ),
    "gone": N_(
        "Die Datei lässt sich nicht öffnen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob sie noch da ist und in keinem anderen Programm bearbeitet wird."
    ),
}


def write(collection: Collection, kind: FileKind, target: BinaryIO, today: date) -> tuple[str, ...]:
    """Write the offers as one of ``SUFFIXES``; a German note for each text that could not be written as it is."""
    from desk_app.documents import hsds, hsds_tables, offers_xlsx

    if kind is FileKind.XLSX:
        return offers_xlsx.write(collection, target, today)
    if kind is FileKind.HSDS_TABLES:
        hsds_tables.write(collection, target)
    else:
        hsds.write(collection, target)
    return ()


def read(path: Path, today: date, progress: Progress | None = None, command: tuple[str, ...] = ()) -> Arrived:
    """What a file holds; its content says of which kind it is.

    Raises StrangeTable when it cannot be read, and whatever ``progress`` raises. ``command`` stands for the reading
    process in tests.
    """
    content = _content_of(path)
    reader = ReadingProcess(command or own_command(COMMAND, today.isoformat()), _refusal)
    try:
        return _gathered(reader.lines(content, progress), progress)
    finally:
        reader.end()


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("too_large")
        return path.read_bytes()
    except OSError as error:
        raise _refusal("gone") from error


def _refusal(reason: str) -> StrangeTable:
    return StrangeTable(_(_REFUSED.get(reason, _REFUSED[STRANGE])))


@dataclass
class _Half:
    """A file that is still being read."""

    kind: FileKind | None = None
    as_of: date | None = None
    offers: list[Came] = field(default_factory=list)
    organisations: dict[UUID, Organisation] = field(default_factory=dict)
    venues: dict[UUID, Venue] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def take(self, line: dict[str, Any]) -> None:
        if "kind" in line:
            self.kind = FileKind(line["kind"])
            self.as_of = date.fromisoformat(line["as_of"]) if line["as_of"] else None
        for each in map(Organisation.from_content, line.get("organisations", ())):
            self.organisations[each.id] = each
        for venue in map(Venue.from_content, line.get("venues", ())):
            self.venues[venue.id] = venue
        self.offers.extend(_came(*said) for said in line.get("offers", ()))
        self.left_out.extend(LeftOut(_words(where), _words(reason)) for where, reason in line.get("left", ()))
        if len(self.offers) + len(self.left_out) > MOST_OFFERS:
            raise _refusal("too_large")

    def whole(self) -> Arrived:
        if self.kind is None:
            raise _refusal(STRANGE)
        return Arrived(self.kind, self.as_of, tuple(self.offers), self.organisations, self.venues, tuple(self.left_out))


def _gathered(lines: Iterator[dict[str, Any]], progress: Progress | None) -> Arrived:
    half = _Half()
    try:
        for line in lines:
            half.take(line)
            if progress is not None:
                progress(len(half.offers), 0)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise _refusal(STRANGE) from None
    return half.whole()


def _came(where: Any, said: list[Any], content: Any, remarks: list[Any]) -> Came:
    offer = Offer.from_content(content)
    return Came(offer, frozenset(map(str, said)) & ALL_FACTS, _words(where), tuple(map(_words, remarks)))


def _words(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError(type(text))
    return text[:_MOST_WORDS]
