"""What a sending told about a child, field by field, and in what the child's file says something else by now.

The ledger keeps every text exactly as it was sent. To compare, the same texts are put together from the present file
as if it still were the day of the sending, so that ages and waiting times do not count as changes.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import placements, request_list, request_sheets
from desk_app.casework.desk import Work
from desk_app.domain.child import SCHOOL_AUTHORITY, ChildView
from desk_app.domain.clock import local_day
from desk_app.domain.field_catalogue import FIELDS
from desk_app.domain.lists import shown
from desk_app.domain.schooling import OFFICE_TITLES
from desk_app.i18n import N_, _
from desk_app.storage.tables import Sending, SendingItem, Shipment

Content = Mapping[str, str]
"""Texts by the keys of their fields; what was not told has no key."""

REQUESTS, CHANGES, RETRACTION = "requests", "changes", "retraction"
"""What a shipment to an office is for."""

NEW_HERE: Final = N_("neu bei Ihnen")
"""Stands in place of what changed for a request that its office holds nothing of yet."""
WITH_AN_OFFICE: Final = frozenset(
    {placements.SENT, placements.QUERY, placements.WAITING_LIST, placements.ASSIGNED, placements.ADMITTED}
)
"""States in which an office goes by what it was told."""
OPEN: Final = frozenset({placements.SENT, placements.QUERY, placements.WAITING_LIST})
"""Of these, states in which the office still looks for a place; they end with its being asked to strike."""

_ON_THE_SHEET: Final[tuple[str, ...]] = ("number", "family_name", "given_name", "born", "arrived")
"""Keys of the list that the sheet tells as well, in sentences."""
_FOLLOWING: Final = frozenset({"age", "days"})
"""What follows from other fields and changes by the calendar."""
_LABELS: Final = {
    **{column.key: column.title.replace("-\n", "") for column in request_list.COLUMNS},
    "native_name": N_("Name in eigener Schrift"),
    "birth_place": N_("Geburtsort"),
    "stage": N_("Schulstufe"),
    "school_years": N_("Schulbiografie"),
    "documents": N_("Unterlagen"),
    "assessment": N_("Einschätzung der Beratung"),
    "entry_date": N_("In Deutschland seit"),
    "sex": N_("Geschlecht"),
    "guardians": N_("Sorgeberechtigt"),
    "address": N_("Anschrift"),
    "phone": N_("Telefon"),
    "siblings": N_("Geschwister"),
    "sibling_school": N_("Schule der Geschwister"),
    "other_languages": N_("Weitere Sprachen"),
    "literacy": N_("Alphabetisiert"),
    "german_school": N_("Schulbesuch hier"),
    "strengths": N_("Stärken"),
    "recommended": N_("Empfohlen"),
    "wishes": N_("Wunsch"),
    "interpreting": N_("Gespräche"),
}
_FIELD_LABELS: Final = {field.key: field.label for field in reversed(FIELDS)}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that was told otherwise than the file has it now; ``before`` or ``now`` is empty where it had nothing."""

    key: str
    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one kind of file said when it was sent last."""

    on: date
    content: Content


@dataclass(frozen=True, slots=True)
class Told:
    """The last shipment in which a recipient was told about a child, and what the last file of each kind said.

    A kind of file that the last shipment did not have still stands as it was sent before.
    """

    shipment: UUID
    number: str
    at: datetime
    recipient: str
    purpose: str
    said: Mapping[str, Said]

    @property
    def on(self) -> date:
        return local_day(self.at)


def of_list(child: ChildView) -> dict[str, str]:
    """What the Excel list tells about the child."""
    row = request_list.row(child)
    texts = {key: shown(getattr(row, key)) for key in request_list.field_keys()}
    return {key: text for key, text in texts.items() if text}


def of_sheet(child: ChildView, schools: Mapping[str, str]) -> dict[str, str]:
    """What the PDF tells about the child; ``schools`` are names by number."""
    listed = of_list(child)
    told = {key: listed[key] for key in _ON_THE_SHEET if key in listed}
    return {**told, **{fact.key: fact.value for fact in request_sheets.facts(child, schools)}}


def content_hash(content: Content) -> str:
    """SHA-256 of what was told."""
    return hashlib.sha256(json.dumps(dict(content), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def label_of(key: str) -> str:
    """The German name of a field of the ledger; what a school was told has keys with places ("phones.1.number")."""
    words = _LABELS.get(key) or _FIELD_LABELS.get(key.rpartition(".")[2])
    return _(words).replace("\n", " ") if words else key


def last(
    work: Work, requests: Iterable[UUID], purposes: Sequence[str] = (REQUESTS, CHANGES)
) -> dict[UUID, dict[str, Told]]:
    """By request and recipient, the last shipment for one of these purposes.

    What was sent before shipments were kept is not among it: nobody knows what it told.
    """
    wanted = list(requests)
    query = (
        select(SendingItem.request_id, Sending.kind, SendingItem.content, Shipment)
        .join(Sending, Sending.id == SendingItem.sending_id)
        .join(Shipment, Shipment.id == Sending.shipment_id)
        .where(SendingItem.request_id.in_(wanted), Shipment.purpose.in_(purposes))
        .order_by(Shipment.at, Shipment.number)
    )
    found: defaultdict[UUID, dict[str, Told]] = defaultdict(dict)
    for request, kind, content, shipment in work.session.execute(query):
        before = found[request].get(shipment.recipient)
        said = {**(before.said if before else {}), kind: Said(local_day(shipment.at), content or {})}
        found[request][shipment.recipient] = Told(
            shipment.id, shipment.number, shipment.at, shipment.recipient, shipment.purpose, said
        )
    return dict(found)


def held(work: Work, requests: Iterable[UUID]) -> dict[UUID, dict[str, Told]]:
    """The same without what a recipient was asked to strike since; nothing for one all of whose recipients were."""
    found = last(work, requests)
    struck = last(work, found, (RETRACTION,))
    return {
        request: {
            recipient: each
            for recipient, each in receipts.items()
            if not is_struck(each, struck.get(request, {}).get(recipient))
        }
        for request, receipts in found.items()
    }


def is_struck(each: Told, retraction: Told | None) -> bool:
    """Whether the recipient was asked to strike this afterwards."""
    return retraction is not None and (retraction.at, retraction.number) > (each.at, each.number)


def differences(child: ChildView, before: Told, schools: Mapping[str, str]) -> tuple[Difference, ...]:
    """In what the child's file says something else than an office was told."""
    found: dict[str, Difference] = {}
    for kind, said in sorted(before.said.items(), reverse=True):  # xlsx before pdf, whose texts are fuller
        then = ChildView(child.file, child.id, said.on)
        now = of_list(then) if kind == "xlsx" else of_sheet(then, schools)
        found |= {each.key: each for each in compared(said.content, now)}
    return tuple(found.values())


def outdated(child: ChildView, receipts: Mapping[str, Told], schools: Mapping[str, str]) -> bool:
    """Whether the child's office was told something else than the file has now, or only another office was told."""
    before = receipts.get(placements.offices(child)[0])
    return before is None or bool(differences(child, before, schools))


def why_to_strike(child: ChildView | None, receipt: Told) -> str:
    """Why the office has to strike the request; empty where it has not. It says no more than the office needs."""
    if child is None or child.request is None:
        return _("Die Anfrage gibt es nicht mehr.")
    state = child.file.state_of(child.request.id)
    if state == placements.MOVED_AWAY:
        return _("Die Familie ist verzogen.")
    if state == placements.WITHDRAWN or (state in OPEN and not child.wants_place):
        return _("Es wird kein Schulplatz mehr gesucht.")
    if state in OPEN and child.consent(SCHOOL_AUTHORITY) is None:
        return _("Die Einwilligung zur Weitergabe besteht nicht mehr.")
    office = placements.offices(child)[0]
    if state in OPEN and receipt.recipient != office:
        return _("Zuständig ist jetzt: {office}.").format(office=_(OFFICE_TITLES[office]))
    return ""


def compared(before: Content, now: Content) -> list[Difference]:
    """The fields in which two contents differ, in the order of the newer one."""
    keys = [key for key in dict.fromkeys((*now, *before)) if key not in _FOLLOWING]
    return [
        Difference(key, label_of(key), before.get(key, ""), now.get(key, ""))
        for key in keys
        if before.get(key, "") != now.get(key, "")
    ]
