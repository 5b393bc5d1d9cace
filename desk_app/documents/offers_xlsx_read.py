"""An Excel list of offers in again: what the cells say, over what the hidden column carries.

A cell that says what the whole offer says anyway changes nothing; any other one counts. A row that lost its hidden
column, or a list that somebody made with our headings, tells just what its cells tell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from desk_app.documents.hsds_read import NOT_UNDERSTOOD
from desk_app.documents.offers_xlsx import CONTENT, FIELDS, Seen, values
from desk_app.documents.offers_xlsx_cells import PARSE, Draft
from desk_app.domain.lists import shown
from desk_app.domain.names import loose_form
from desk_app.domain.offer_exchange import ALL_FACTS, Came, LeftOut
from desk_app.domain.offers import Offer, Organisation, Venue
from desk_app.i18n import _

_ALL: Final = UUID("8e0f5a63-6f0d-5f5e-8a5b-5d1f4f7a2c90")
_IDENTITY: Final = ("organisation", "title")
_HEADING: Final = 40
"""Characters of the longest one."""
_BLANKS: Final = re.compile(r"\s+")

Row = tuple[int, list[Any]]
"""Its number in the sheet and its cells, as ``old_lists_child`` tells them."""


class Reader:
    """Gathers what rows tell, each record once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.offers: list[Came] = []
        self.left_out: list[LeftOut] = []
        self.organisations: dict[UUID, Organisation] = {}
        self.venues: dict[UUID, Venue] = {}
        self._seen: set[UUID] = set()

    def read(self, rows: Iterable[Row]) -> bool:
        """Take in a sheet; whether it has our columns."""
        keys: dict[int, str] = {}
        for number, cells in rows:
            head = _columns(cells)
            if not keys or len(head.items() & keys.items()) > len(keys) // 2:
                keys = keys or head  # the row of keys stands above the headings
                continue
            told = {keys[place]: value for place, value in enumerate(cells) if place in keys and value is not None}
            if not told.keys() & FIELDS.keys():
                continue
            try:
                self._take(told, frozenset(keys.values()), number)
            except NOT_UNDERSTOOD:
                self.left_out.append(LeftOut(_named(number, told), "strange"))
        return bool(keys)

    def _take(self, told: Mapping[str, Any], columns: frozenset[str], number: int) -> None:
        where = _named(number, told)
        base = _base(told)
        if not str(told.get("title") or "").strip():
            self.left_out.append(LeftOut(where, "no_title"))
            return
        seen = base if base is not None else Seen(Offer(_id(told), ""), None, {})
        draft = Draft(seen.offer, seen.organisation, dict(seen.venues), self._today)
        expected = {key: _plain(value) for key, value in values(seen).items()}
        changed = [key for key in PARSE if key in columns and _plain(told.get(key)) != expected[key]]
        for key in changed:
            PARSE[key](draft, _words(told.get(key)))
        if draft.offer.id in self._seen:
            self.left_out.append(LeftOut(where, "twice"))
            return
        self._keep(draft, where, ALL_FACTS if base is not None else _said(draft.offer))

    def _keep(self, draft: Draft, where: str, said: frozenset[str]) -> None:
        self._seen.add(draft.offer.id)
        if draft.organisation is not None:
            self.organisations.setdefault(draft.organisation.id, draft.organisation)
        for id_, venue in draft.venues.items():
            self.venues.setdefault(id_, venue)
        self.offers.append(Came(draft.offer, said, where, tuple(draft.remarks)))


def _columns(cells: list[Any]) -> dict[int, str]:
    """The keys of the columns by their places, told by the row of keys or by German headings."""
    found: dict[int, str] = {}
    for place, value in enumerate(cells):
        key = _KNOWN.get(_heading(value))
        if key is not None and key not in found.values():
            found[place] = key
    return found if "title" in found.values() else {}


def _heading(value: Any) -> str:
    return (
        loose_form(str(value).replace("-\n", "").replace("\n", " "))
        if isinstance(value, str) and len(value) <= _HEADING
        else ""
    )


_KNOWN: Final = {
    **{loose_form(field.title.replace("-\n", "")): key for key, field in reversed(list(FIELDS.items()))},
    **{loose_form(key): key for key in FIELDS},
    "kennung": "id", "id": "id", **{loose_form(f"{CONTENT}_{n}"): f"{CONTENT}_{n}" for n in range(2, 40)},
    CONTENT: CONTENT,
}  # fmt: skip


def _base(told: Mapping[str, Any]) -> Seen | None:
    """The whole offer of the hidden column, if it is there, unhurt and of this row."""
    pieces = [str(told[key]) for key in (CONTENT, *(f"{CONTENT}_{n}" for n in range(2, 40))) if key in told]
    if not pieces:
        return None
    try:
        found = json.loads("".join(pieces))
        offer = Offer.from_content(found["offer"])
        organisation = Organisation.from_content(found["organisation"]) if "organisation" in found else None
        venues = [Venue.from_content(each) for each in found["venues"]]
    except NOT_UNDERSTOOD:
        return None
    return Seen(offer, organisation, {venue.id: venue for venue in venues}) if str(offer.id) == told.get("id") else None


def _id(told: Mapping[str, Any]) -> UUID:
    """The one in the column, else one made of title and organisation, so that it is the same next time."""
    try:
        return UUID(str(told["id"]))
    except (KeyError, ValueError):
        return uuid5(_ALL, "|".join(loose_form(str(told.get(key) or "")) for key in _IDENTITY))


def _said(offer: Offer) -> frozenset[str]:
    return frozenset(offer.to_content()) & ALL_FACTS


def _named(number: int, told: Mapping[str, Any]) -> str:
    title = str(told.get("title") or "").strip()
    where = _("Zeile {n}").format(n=number)
    return f"{where} „{title[:80]}“" if title else where


def _words(value: Any) -> str:
    """A cell as text: days as 26.11.2026, whole numbers without a point."""
    if isinstance(value, list):
        value = date.fromisoformat(value[1])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return shown(value).strip()


def _plain(value: Any) -> str:
    """For comparing: Excel may break lines otherwise."""
    return _BLANKS.sub(" ", _words(value))
