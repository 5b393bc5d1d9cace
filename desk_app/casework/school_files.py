"""The set of files for a receiving school: which children it is due for, and all its files, ready to be written.

Only children whose place at the school is assigned and whose family agreed that the school may know of them are in it.
Nothing is written or entered in the ledger here: whoever hands the set over does both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from desk_app.casework import centre, families, schools
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import event_of
from desk_app.casework.placements import ADMITTED, ASSIGNED
from desk_app.documents.schild_files import Letterhead, advice, dat_files, loss_report, text_bytes
from desk_app.domain.child import ChildView
from desk_app.domain.placement_steps import PLACED, place_told
from desk_app.domain.records import RequestEvent
from desk_app.domain.schild import Expressed, LeftOut, Loss, Pupil, express
from desk_app.domain.school_columns import Form
from desk_app.domain.school_pupil import SCHOOL, Assignment, describe
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import (
    Household,
    Person,
    PlacementEvent,
    PlacementRequest,
    Sending,
    SendingItem,
    Shipment,
)

PURPOSE: Final = "school"
"""What a shipment of a set is for; its recipient is the number of the school."""

_HERE = frozenset({ASSIGNED, ADMITTED})
"""States in which a school may be told about a child."""
FOLDERS = {Form.UTF_8: "UTF-8", Form.ANSI: "ANSI", Form.SVWS: "SVWS-Import"}
_ADDRESS = frozenset({"street", "house_number", "postal_code", "city", "district"})
_CONTACT = frozenset({"phone", "email", "own_phone", "own_email", "emergency_phone"})
_FIELDS = _ADDRESS | _CONTACT | {
    "number", "family_name", "given_name", "all_given_names", "birth_name", "name_affix", "birth_date", "birth_place",
    "birth_country", "sex", "nationality_1", "nationality_2", "repatriate", "language", "family_language",
    "kindergarten_years", "support_end", "follow_up_end", "measles_proof", "compulsory_done", "proposed_grade",
    "last_school_no", "last_grade", "prior_german_school", "entry_date", "has_custody", "guardian", "guardian_kind",
    "role", "salutation", "organisation", "recipient", "given_on",
}  # fmt: skip
_GONE = N_("Dieses Kind ist nicht mehr in der Akte.")
_NOT_HERE = N_("Das Kind ist dieser Schule nicht zugewiesen.")
_NO_CONSENT = N_("Die Einwilligung zur Weitergabe an die Schule fehlt.")


@dataclass(frozen=True)
class SchoolSet:
    """Everything for one school; without ``files`` where no child can be in it."""

    school: str
    """Number of the school."""
    folder: str
    """A name for the folder that tells nothing about a child."""
    files: tuple[tuple[str, bytes], ...]
    """Path within the folder ("UTF-8/SchuelerBasisdaten.dat") and content."""
    requests: tuple[UUID, ...]
    """Who is in at least one form of the set."""
    told: Mapping[UUID, Mapping[str, str]]
    """For the ledger: all that is told of each child, as it stands before letters give way."""
    fields: tuple[str, ...]
    """For the ledger: the answers the set may tell."""
    losses: tuple[Loss, ...]
    left_out: tuple[LeftOut, ...]
    """Who is missing, from one form or (``form`` None) from all of them; the reason follows the number."""


def school_set(work: Work, school_number: str, requests: Sequence[UUID]) -> SchoolSet:
    """The set for one school with those of ``requests`` that may be in it."""
    ready, left_out = _ready(work, school_number, requests)
    pupils = [pupil for _child, pupil in ready]
    forms = [express(pupils, form) for form in Form]
    inside = {request for form in forms for request in form.pupils}
    missing = [item for form in forms for item in form.left_out]
    losses = _losses(pupils, forms, inside)
    fields = _FIELDS if any(not child.protected for child, _pupil in ready) else _FIELDS - _ADDRESS - _CONTACT
    return SchoolSet(
        school=school_number,
        folder=f"Schule_{school_number}_{work.today.isoformat()}",
        files=_files(forms, losses, missing, _letterhead(work, school_number)) if inside else (),
        requests=tuple(pupil.request for pupil in pupils if pupil.request in inside),
        told={pupil.request: _told(pupil) for pupil in pupils if pupil.request in inside},
        fields=tuple(sorted(fields)),
        losses=losses,
        left_out=(*left_out, *missing),
    )


def sets_due(work: Work) -> dict[str, tuple[UUID, ...]]:
    """The assigned children by number of their school, for whom it has had no set since."""
    later = aliased(PlacementEvent)
    went_on = (
        exists()
        .where(later.request_id == PlacementEvent.request_id, later.voided_at.is_(None))
        .where(later.sequence > PlacementEvent.sequence)
    )
    assigned = (
        select(PlacementEvent.request_id)
        .join(PlacementRequest, PlacementRequest.id == PlacementEvent.request_id)
        .join(Person, Person.id == PlacementRequest.person_id)
        .join(Household, Household.id == PlacementRequest.household_id)
        .where(PlacementEvent.state == ASSIGNED, PlacementEvent.voided_at.is_(None), ~went_on)
        .where(*(table.removed_at.is_(None) for table in (PlacementRequest, Person, Household)))
    )
    query = (
        select(PlacementEvent)
        .where(PlacementEvent.request_id.in_(assigned), PlacementEvent.voided_at.is_(None))
        .order_by(PlacementEvent.sequence)
    )
    events: defaultdict[UUID, list[RequestEvent]] = defaultdict(list)
    for row in work.session.scalars(query):
        events[row.request_id].append(event_of(row))
    sent = _sets_sent(work)
    due: defaultdict[str, list[UUID]] = defaultdict(list)
    for request, steps in events.items():
        place = place_told(reversed(steps), PLACED)
        last_set = sent.get((request, place.school))
        if place.school and (last_set is None or last_set < place.steps[-1].at):
            due[place.school].append(request)
    return {school: tuple(due[school]) for school in sorted(due)}


def told_now(work: Work, child: ChildView) -> dict[str, str]:
    """What a set would tell of the child by its file as it is; empty where it is placed nowhere."""
    assignment = assignment_of(child, {listed.school.number: listed.school.form for listed in schools.listing(work)})
    return _told(describe(child, assignment)) if assignment else {}


def assignment_of(child: ChildView, school_forms: Mapping[str, str]) -> Assignment | None:
    """Where the child is placed now, and what was told with it; None while it is nowhere.

    ``school_forms`` are the forms of schools by number.
    """
    request = child.request
    own = [event for event in child.file.events if request and event.request == request.id]
    place = place_told(reversed(own), PLACED)
    if not place.school or place.steps[0].state not in _HERE:
        return None
    return Assignment(
        school=place.school,
        school_form=school_forms.get(place.school, ""),
        starts_on=place.starts_on,
        class_name=place.class_name,
        support=place.support,
    )


def _sets_sent(work: Work) -> dict[tuple[UUID, str], datetime]:
    """When each request was last in a set, by school."""
    query = (
        select(SendingItem.request_id, Shipment.recipient, func.max(Shipment.at))
        .join(Sending, Sending.id == SendingItem.sending_id)
        .join(Shipment, Shipment.id == Sending.shipment_id)
        .where(Shipment.purpose == PURPOSE)
        .group_by(SendingItem.request_id, Shipment.recipient)
    )
    return {(request, school): at for request, school, at in work.session.execute(query)}


def _ready(work: Work, school: str, requests: Sequence[UUID]) -> tuple[list[tuple[ChildView, Pupil]], list[LeftOut]]:
    query = select(PlacementRequest).where(among(PlacementRequest.id, requests))
    known = {row.id: row for row in work.session.scalars(query)}
    rows = [known[id_] for id_ in dict.fromkeys(requests) if id_ in known]
    files = {file.household.id: file for file in families.load_many(work, list({row.household_id for row in rows}))}
    forms = {listed.school.number: listed.school.form for listed in schools.listing(work)}
    ready: list[tuple[ChildView, Pupil]] = []
    left_out: list[LeftOut] = []
    for row in rows:
        file = files.get(row.household_id)
        person = next((person for person in file.children if person.id == row.person_id), None) if file else None
        child = ChildView(file, person.id, work.today) if file and person and row.removed_at is None else None
        assignment = assignment_of(child, forms) if child else None
        if child is None or assignment is None or (reason := _reason(child, assignment, school)):
            said = reason if child and assignment else _(_NOT_HERE if child else _GONE)
            left_out.append(LeftOut(row.id, row.number, said))
        else:
            ready.append((child, describe(child, assignment)))
    return ready, left_out


def _reason(child: ChildView, assignment: Assignment, school: str) -> str:
    """Why nothing of the child may go to the school; empty when it may."""
    if assignment.school != school or child.deceased:
        return _(_NOT_HERE)
    return "" if child.consent(SCHOOL) else _(_NO_CONSENT)


def _losses(pupils: Iterable[Pupil], forms: Iterable[Expressed], inside: set[UUID]) -> tuple[Loss, ...]:
    everywhere = [loss for pupil in pupils if pupil.request in inside for loss in pupil.losses]
    return (*everywhere, *(loss for form in forms for loss in form.losses))


def _files(
    forms: Sequence[Expressed], losses: Sequence[Loss], missing: Sequence[LeftOut], head: Letterhead
) -> tuple[tuple[str, bytes], ...]:
    """All files of the set. The texts are for the school: they do not speak of children it may not know of."""
    filled = [form for form in forms if form.pupils]
    files: list[tuple[str, bytes]] = []
    for form in filled:
        made = _tables(form) if form.form is Form.SVWS else dat_files(form)
        files += [(f"{FOLDERS[form.form]}/{name}", content) for name, content in made]
    children = len({request for form in filled for request in form.pupils})
    return (
        *files,
        ("Hinweise_zum_Import.txt", text_bytes(advice(head, children, [form.form for form in filled]))),
        ("Verlustbericht.txt", text_bytes(loss_report(head, losses, missing))),
    )


def _tables(form: Expressed) -> tuple[tuple[str, bytes], ...]:
    from desk_app.documents.svws_tables import table_files  # large, and only wanted here

    return table_files(form)


def _letterhead(work: Work, school: str) -> Letterhead:
    settings = centre.load(work)
    name = schools.names(work).get(school, "")
    return Letterhead(school, name, ", ".join(filter(None, (settings.name, settings.city))), settings.phone, work.today)


def _told(pupil: Pupil) -> dict[str, str]:
    """Keys of guardians and phone numbers carry their place: ``guardians.1.kind``."""
    told = {key: text for key, text in pupil.values.items() if text}
    for group, rows in (("guardians", pupil.guardians), ("phones", pupil.phones)):
        for place, row in enumerate(rows, 1):
            told |= {f"{group}.{place}.{key}": text for key, text in row.items() if text}
    return told
