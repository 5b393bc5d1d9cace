"""Offers on their way out to a file and in from one, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from desk_app.domain.offers import Offer, Organisation, Venue
from desk_app.i18n import N_, _

ALL_FACTS: Final = frozenset(item.name for item in fields(Offer)) - {"id", "more"}
"""What a file says that was written by this program: every fact, empty ones too."""


class FileKind(StrEnum):
    """What offers are exchanged in."""

    HSDS_JSON = "hsds_json"
    HSDS_TABLES = "hsds_tables"
    XLSX = "xlsx"
    INTEGREAT = "integreat"

    @property
    def label(self) -> str:
        return _(_KINDS[self])


_KINDS: Final = {
    FileKind.HSDS_JSON: N_("HSDS-JSON"),
    FileKind.HSDS_TABLES: N_("HSDS-CSV-Paket"),
    FileKind.XLSX: N_("Excel-Liste"),
    FileKind.INTEGREAT: N_("Integreat"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """An offer to be written, with when somebody last asked there and when its record last changed."""

    offer: Offer
    confirmed_on: date | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """What goes into a file: the offers, and the records their ids point to."""

    offers: tuple[Given, ...]
    organisations: Mapping[UUID, Organisation] = field(default_factory=dict)
    venues: Mapping[UUID, Venue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Came:
    """An offer as a file has it. ``said`` are the fields of ``Offer`` that the file speaks of; what it passes over in
    silence is not thereby gone. ``remarks`` tell what was not understood of it."""

    offer: Offer
    said: frozenset[str]
    where: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file that no offer could be made of, and why."""

    where: str
    reason: str

    @property
    def words(self) -> str:
        return _(_REASONS.get(self.reason, _REASONS["strange"]))


_REASONS: Final = {
    "no_title": N_("Es steht kein Titel dabei."),
    "twice": N_("Dasselbe Angebot steht weiter oben schon einmal."),
    "strange": N_("Der Eintrag ist anders aufgebaut als erwartet."),
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file holds. ``as_of`` is the day it was written, where it says so."""

    kind: FileKind
    as_of: date | None
    offers: tuple[Came, ...]
    organisations: Mapping[UUID, Organisation]
    venues: Mapping[UUID, Venue]
    left_out: tuple[LeftOut, ...] = ()
