"""Asking an office to strike requests it was sent: their numbers and why, and no more data than that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import centre, cover_letters, exports, placement_lines, placements, told, users
from desk_app.casework.cover_letters import Struck
from desk_app.casework.desk import Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.placement_events import StepFacts, record_event
from desk_app.casework.sending_choice import Cause, LeftOut, children
from desk_app.casework.shipments import Parcel, begin
from desk_app.documents import cover_letter
from desk_app.domain.centre import Centre
from desk_app.domain.child import SCHOOL_AUTHORITY
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend
from desk_app.domain.lists import Column, Kind, Listing
from desk_app.domain.schooling import Office
from desk_app.i18n import N_, _
from desk_app.storage.tables import PlacementRequest, Sending, SendingItem, Shipment

_NOTHING: Final = N_(
    "Keine dieser Anfragen muss gestrichen werden: Keine wurde übermittelt und danach zurückgezogen. "
    "Es wurde nichts gesendet."
)
_COLUMNS: Final = (
    Column("number", N_("Anfrage"), Kind.STRONG, 14),
    Column("told_on", N_("Gesendet am"), Kind.DATE, 12),
    Column("shipment", N_("mit Sendung"), Kind.CODE, 16),
    Column("reason", N_("Warum"), Kind.TEXT, 40),
)


@dataclass(frozen=True, slots=True)
class Retraction:
    """A request that an office has to strike: what it was told with last, and why it is over."""

    request: UUID
    number: str
    office: Office
    told_on: date
    shipment: str
    reason: str


def due(work: Work) -> tuple[Retraction, ...]:
    """What offices were sent and have to strike: withdrawn, moved away, taken out, or now another office's."""
    query = (
        select(SendingItem.request_id)
        .join(Sending, Sending.id == SendingItem.sending_id)
        .join(Shipment, Shipment.id == Sending.shipment_id)
        .where(Shipment.recipient.in_(tuple(Office)))
        .distinct()
    )
    stays = {request for request, _household, line in placement_lines.read(work) if not line.strike}
    return _due(work, [request for request in work.session.scalars(query) if request not in stays])


def retract(work: Work, wanted: Wanted) -> Exported:
    """Send each office a sheet with what to strike; of ``wanted.requests``, or of all that are due where it is empty.

    The forms are the letter as PDF and the same rows as a list. Raises what ``exports.export_requests`` does.
    """
    work.require(exports.DEED)
    found = _due(work, list(wanted.requests)) if wanted.requests else due(work)
    agreed = exports.require_place(work, wanted) if found else None
    if not found:
        raise NothingToSend(_(_NOTHING))
    settings, author = centre.load(work), users.name(work)
    parcels = []
    for office in dict.fromkeys(each.office for each in found):
        rows = [each for each in found if each.office is office]
        parcel = Parcel(work, begin(work, office, told.RETRACTION, agreed), wanted.folder)
        _write(parcel, rows, settings, author, wanted)
        _end(work, rows, parcel)
        parcel.outdate([each.request for each in rows])
        parcels.append(parcel)
    return Exported(
        tuple(map(exports.result_of, parcels)),
        len({each.request for each in found}),
        _not_due(work, wanted.requests, {each.request for each in found}),
    )


def _due(work: Work, requests: Sequence[UUID]) -> tuple[Retraction, ...]:
    receipts = told.last(work, requests)
    struck = told.last(work, requests, (told.RETRACTION,))
    found, gone = children(work, list(receipts))
    views = {child.request.id: child for child in found if child.request is not None}
    numbers = {each.request: each.number for each in gone}
    retractions = []
    for request, by_office in receipts.items():
        child = views.get(request)
        number = child.request.text("number") if child and child.request else numbers.get(request, "")
        for receipt in by_office.values():
            later = struck.get(request, {}).get(receipt.recipient)
            reason = told.why_to_strike(child, receipt)
            if reason and not told.is_struck(receipt, later):
                office = Office(receipt.recipient)
                retractions.append(Retraction(request, number, office, receipt.on, receipt.number, reason))
    return tuple(sorted(retractions, key=lambda each: (each.office, each.number)))


def _write(parcel: Parcel, rows: Sequence[Retraction], settings: Centre, author: str, wanted: Wanted) -> None:
    contents = {each.request: {"number": each.number, "reason": each.reason} for each in rows}
    fields = ("number",)
    if wanted.xlsx:
        from desk_app.documents import xlsx  # large, and only wanted here

        listing = Listing(
            title=_("Bitte streichen"),
            columns=_COLUMNS,
            rows=rows,
            context=(
                " · ".join(filter(None, (settings.name, _("Sendung {number}").format(number=parcel.shipment.number)))),
            ),
            file_stem=f"Sendung-{parcel.shipment.number}",
            sheet=_("Streichen"),
        )
        parcel.put("-Streichung", "xlsx", lambda stream: xlsx.write(listing, stream, answers=False), contents, fields)
    struck = [Struck(each.number, show_day(each.told_on), each.shipment, each.reason) for each in rows]
    page = cover_letters.of_retraction(parcel.shipment, settings, author, struck)
    parcel.put("-Streichung", "pdf", lambda stream: cover_letter.write_cover(page, stream), contents, fields)


def _end(work: Work, rows: Sequence[Retraction], parcel: Parcel) -> None:
    """Requests that the file ended but whose steps did not say so are withdrawn now."""
    found, _gone = children(work, [each.request for each in rows])
    for child in found:
        request = child.request
        over = not child.wants_place or child.consent(SCHOOL_AUTHORITY) is None
        if request is not None and over and child.file.state_of(request.id) in told.OPEN:
            facts = StepFacts(details=parcel.shipment.recipient, shipment=parcel.shipment.id)
            record_event(work, request.id, placements.WITHDRAWN, facts)


def _not_due(work: Work, asked: Sequence[UUID], found: set[UUID]) -> tuple[LeftOut, ...]:
    rows = (work.session.get(PlacementRequest, request) for request in dict.fromkeys(asked) if request not in found)
    words = _("{number}: Nichts zu streichen, die Anfrage läuft oder wurde nicht übermittelt.")
    return tuple(
        LeftOut(row.id, row.number, words.format(number=row.number), Cause.UNCHANGED) for row in rows if row is not None
    )
