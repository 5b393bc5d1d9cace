"""Which requests may leave, and why the others stay: nothing leaves without consent, nothing incomplete leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import families, placement_list, placements
from desk_app.casework.desk import Work
from desk_app.domain import completeness
from desk_app.domain.child import SCHOOL_AUTHORITY, ChildView
from desk_app.domain.records import Record, RecordKind
from desk_app.domain.schooling import Office
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import PlacementRequest

_LABELS_SAID = 6


class Cause(StrEnum):
    """Why a request stays, as far as an office may know of it."""

    GONE = "gone"
    NOT_WANTED = "not_wanted"
    PLACED = "placed"
    NO_CONSENT = "no_consent"
    INCOMPLETE = "incomplete"
    UNCHANGED = "unchanged"

    @property
    def label(self) -> str:
        return _(_CAUSES[self])


_CAUSES = {
    Cause.GONE: N_("nicht mehr in der Beratung"),
    Cause.NOT_WANTED: N_("kein Schulplatz gesucht"),
    Cause.PLACED: N_("hat schon einen Schulplatz"),
    Cause.NO_CONSENT: N_("Einwilligung fehlt noch"),
    Cause.INCOMPLETE: N_("Angaben fehlen noch"),
    Cause.UNCHANGED: N_("seit der letzten Sendung unverändert"),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that was not sent, and the German sentence why. ``office`` is who would have got it, if known."""

    request: UUID
    number: str
    reason: str
    cause: Cause = Cause.INCOMPLETE
    office: Office | None = None


def not_yet_sent(work: Work) -> list[UUID]:
    """The complete requests that have not gone out yet, the longest wait first."""
    return [row.request for row in placement_list.listing(work) if row.state == placements.COMPLETE]


def complete_ones(work: Work, requests: Sequence[UUID]) -> list[UUID]:
    """Those of the requests that may leave now and have not yet."""
    found, _gone = children(work, requests)
    return [
        child.request.id
        for child in found
        if child.request is not None and child.file.state_of(child.request.id) == placements.COMPLETE
    ]


def incomplete(work: Work) -> tuple[LeftOut, ...]:
    """The requests that still lack something, and what."""
    return refusals(work, [row.request for row in placement_list.listing(work) if row.state == placements.DRAFT])


def refusals(work: Work, requests: Sequence[UUID]) -> tuple[LeftOut, ...]:
    """Which of the requests could not be sent now, not even for what changed, and why."""
    found, gone = children(work, requests)
    return (*gone, *refused(found, changes=True))


def children(work: Work, requests: Sequence[UUID]) -> tuple[list[ChildView], list[LeftOut]]:
    """The children of the requests, each once, and the requests whose child or family was taken out."""
    query = select(PlacementRequest).where(among(PlacementRequest.id, requests))
    known = {row.id: row for row in work.session.scalars(query)}
    rows = [known[id_] for id_ in dict.fromkeys(requests) if id_ in known]
    files = {file.household.id: file for file in families.load_many(work, list({row.household_id for row in rows}))}
    found, gone = [], []
    for row in rows:
        file = files.get(row.household_id)
        child = next((person for person in file.children if person.id == row.person_id), None) if file else None
        if file is None or child is None or row.removed_at is not None:
            reason = _("{number}: Dieses Kind ist nicht mehr in der Akte.").format(number=row.number)
            gone.append(LeftOut(row.id, row.number, reason, Cause.GONE))
        else:
            found.append(ChildView(file, child.id, work.today))
    return found, gone


def refused(found: Sequence[ChildView], *, changes: bool = False) -> Iterator[LeftOut]:
    """Those of the children whose requests must not leave; ``changes`` for telling an office only what changed."""
    for child in found:
        request = child.request
        if request is not None and (why := _over(child, request, changes) or _why(child)):
            cause, reason = why
            number = request.text("number")
            yield LeftOut(request.id, number, f"{number}: {reason}", cause, placements.offices(child)[0])


def _over(child: ChildView, request: Record, changes: bool) -> tuple[Cause, str] | None:
    """Why the office needs nothing more of the child's request, by where it stands."""
    state = child.file.state_of(request.id)
    if state == placements.MOVED_AWAY:
        return Cause.NOT_WANTED, _("Die Familie ist verzogen.")
    if state == placements.WITHDRAWN and child.wants_place:
        return Cause.NOT_WANTED, _("Die Anfrage ist zurückgezogen.")
    if state == placements.CLOSED:
        return Cause.NOT_WANTED, _("Die Anfrage ist abgeschlossen.")
    if state == placements.ADMITTED and not changes:
        return Cause.PLACED, _("Das Kind ist schon in der Schule. Was sich ändert, geht als Änderung.")
    if state == placements.ASSIGNED and not changes:
        return Cause.PLACED, _("Das Kind hat schon einen Schulplatz. Was sich ändert, geht als Änderung.")
    return None


def _why(child: ChildView) -> tuple[Cause, str] | None:
    """Why the child's request must not leave; None when it may."""
    if not child.wants_place:
        return Cause.NOT_WANTED, _("Für dieses Kind wird kein Schulplatz gesucht.")
    missing = completeness.blocking(child)
    if not missing:
        return None
    labels = [item.label for item in missing if item.kind is not RecordKind.CONSENT]
    said = ", ".join(labels[:_LABELS_SAID])
    if len(labels) > _LABELS_SAID:
        said = _("{labels} und {count} weitere").format(labels=said, count=len(labels) - _LABELS_SAID)
    if child.consent(SCHOOL_AUTHORITY) is not None:
        return Cause.INCOMPLETE, _("Es fehlt noch: {labels}.").format(labels=said)
    sentence = _("Die Einwilligung für die Schulaufsicht fehlt.")
    more = _("Außerdem fehlt noch: {labels}.").format(labels=said)
    return Cause.NO_CONSENT, f"{sentence} {more}" if labels else sentence
