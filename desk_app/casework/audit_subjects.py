"""Whose record an entry of the audit is about: family by its number, person by role and place, never by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import null, select

from desk_app.casework import schools, shipments, users, wording
from desk_app.casework.audit_words import NOUNS
from desk_app.casework.desk import Work
from desk_app.domain.records import RecordKind
from desk_app.i18n import N_, _, ngettext
from desk_app.storage.tables import (
    RECORD_TABLES,
    Appointment,
    AppointmentKind,
    AuditEntry,
    Household,
    Interpreter,
    Offer,
    OfferPlace,
    Organisation,
    Person,
    Place,
    PlacementRequest,
    School,
    Seat,
    Sending,
    SendingItem,
    Shipment,
)

_SENDING: Final = "sending"
_NAME: Final = N_("„{name}“")
_NAMED: Final[Mapping[str, tuple[Any, str]]] = {
    "school": (School.name, N_("{name} im Schulverzeichnis")),
    "shipment": (Shipment.number, N_("Sendung {name}")),
    "place": (Place.name, _NAME),
    "seat": (Seat.name, _NAME),
    "appointment_kind": (AppointmentKind.name, _NAME),
    "interpreter": (Interpreter.name, _NAME),
    "offer": (Offer.title, N_("Angebot „{name}“")),
    "organisation": (Organisation.name, N_("Träger „{name}“")),
    "offer_place": (OfferPlace.name, N_("Ort „{name}“")),
}
"""What is told by a name or number of its own, which is no family's."""
_NAMELESS: Final = {
    "opening": N_("Öffnungszeiten"),
    "closure": N_("Schließzeit"),
    "earlier_wish": N_("Wunsch nach einem früheren Termin"),
}
"""What has no name of its own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: its family, where it is about one, and what to call the record."""

    about: str = ""
    household: UUID | None = None
    file_number: str = ""


class Subjects:
    """Looks up the subjects of some entries with a fixed number of queries."""

    def __init__(self, work: Work, entries: Sequence[AuditEntry]) -> None:
        self._work = work
        self._known: dict[tuple[str, UUID], Subject] = {}
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for entry in entries:
            if entry.subject is not None:
                wanted[kind_of(entry)].add(entry.subject)
        self._read_records({kind: ids for kind, ids in wanted.items() if kind in set(RecordKind)})
        self._read_sendings(wanted.get(_SENDING, set()))
        self._read_appointments(wanted.get("appointment", set()))
        for kind, (column, words) in _NAMED.items():
            named = select(column.class_.id, column).where(column.class_.id.in_(wanted.get(kind, ())))
            self._known.update(((kind, id_), Subject(_(words).format(name=name))) for id_, name in self._rows(named))
        for kind, words in _NAMELESS.items():
            self._known.update(((kind, id_), Subject(_(words))) for id_ in wanted.get(kind, ()))
        if "user" in wanted:
            for id_, name in users.names(work).items():
                self._known["user", id_] = Subject(name)

    def of(self, entry: AuditEntry) -> Subject:
        """Empty for an entry about nothing in particular, and for a record that is no longer there."""
        if entry.subject is None:
            return Subject()
        return self._known.get((kind_of(entry), entry.subject), Subject(_("Entfernter Eintrag")))

    def _read_records(self, wanted: dict[str, set[UUID]]) -> None:
        places: dict[tuple[str, UUID], tuple[UUID, UUID | None]] = {}
        for kind, ids in wanted.items():
            for id_, household, person in self._rows(_places(RecordKind(kind), ids)):
                places[kind, id_] = household, person
        households = {household for household, _person in places.values()}
        numbers = dict(map(tuple, self._rows(_numbers(households))))
        people = self._people(households)
        requests = select(PlacementRequest.id, PlacementRequest.number)
        asked = dict(map(tuple, self._rows(requests.where(PlacementRequest.id.in_(wanted.get("request", ()))))))
        for (kind, id_), (household, person) in places.items():
            noun = _("Anfrage {number}").format(number=asked[id_]) if id_ in asked else _noun(RecordKind(kind))
            whose = people.get(person, "") if person else _("Familie") if kind == RecordKind.HOUSEHOLD else ""
            about = ", ".join(part for part in (whose, noun) if part)
            self._known[kind, id_] = Subject(_capital(about), household, numbers.get(household, ""))

    def _people(self, households: Iterable[UUID]) -> dict[UUID, str]:
        """ "Kind 2" or "Mutter": children are counted as their tabs stand in the intake."""
        query = select(Person.id, Person.household_id, Person.role, Person.removed_at)
        query = query.where(Person.household_id.in_(list(households))).order_by(Person.position, Person.created_at)
        places: Counter[UUID] = Counter()
        found = {}
        for id_, household, role, removed_at in self._rows(query):
            words = wording.label("roles", role or "") or _("Person")
            if role == "child" and removed_at is None:
                places[household] += 1
                words = f"{words} {places[household]}"
            found[id_] = words if removed_at is None else _("{person} (herausgenommen)").format(person=words)
        return found

    def _read_appointments(self, ids: set[UUID]) -> None:
        query = select(Appointment.id, Appointment.code, Appointment.household_id, Household.file_number)
        query = query.outerjoin(Household, Household.id == Appointment.household_id)
        for id_, code, household, number in self._rows(query.where(Appointment.id.in_(ids))):
            self._known["appointment", id_] = Subject(_("Termin {code}").format(code=code), household, number or "")

    def _read_sendings(self, ids: set[UUID]) -> None:
        items: dict[UUID, list[UUID]] = defaultdict(list)
        query = select(SendingItem.sending_id, PlacementRequest.household_id)
        query = query.join(PlacementRequest, PlacementRequest.id == SendingItem.request_id)
        for sending, household in self._rows(query.where(SendingItem.sending_id.in_(ids))):
            items[sending].append(household)
        single = {households[0] for households in items.values() if len(set(households)) == 1}
        numbers = dict(map(tuple, self._rows(_numbers(single))))
        rows = select(Sending.id, Sending.kind, Sending.recipient).where(Sending.id.in_(ids))
        names = schools.names(self._work) if ids else {}
        for id_, kind, recipient in self._rows(rows):
            count = len(items[id_])
            words = ngettext("{form} an: {office}, {n} Anfrage", "{form} an: {office}, {n} Anfragen", count)
            if not count:
                words = _("{form} an: {office}")
            words = words.format(
                form=_(shipments.FILES.get(kind, kind)), office=shipments.recipient_label(recipient, names), n=count
            )
            household = items[id_][0] if len(set(items[id_])) == 1 else None
            number = numbers.get(household, "") if household else ""
            self._known[_SENDING, id_] = Subject(words, household, number)

    def _rows(self, query: Any) -> Sequence[Any]:
        return self._work.session.execute(query).all()


def kind_of(entry: AuditEntry) -> str:
    """The kind of the subject. A sending was entered under the kind of a request by the first version."""
    return _SENDING if entry.deed == "export.written" else entry.kind


def of_family(work: Work, file_number: str) -> set[UUID]:
    """Every subject that belongs to one family: its records, removed ones too, and what was sent of its requests."""
    household = work.session.scalar(select(Household.id).where(Household.file_number == file_number))
    if household is None:
        return set()
    found = {household}
    for kind, table in RECORD_TABLES.items():
        if kind is not RecordKind.HOUSEHOLD:
            found |= set(work.session.scalars(select(table.id).where(table.household_id == household)))  # type: ignore[attr-defined]  # all others belong to one
    found |= set(work.session.scalars(select(Appointment.id).where(Appointment.household_id == household)))
    sent = select(SendingItem.sending_id).join(PlacementRequest, PlacementRequest.id == SendingItem.request_id)
    return found | set(work.session.scalars(sent.where(PlacementRequest.household_id == household)))


def _places(kind: RecordKind, ids: set[UUID]) -> Any:
    """Id, household and person of the records."""
    table: Any = RECORD_TABLES[kind]
    if kind is RecordKind.HOUSEHOLD:
        return select(table.id, table.id.label("household"), null()).where(table.id.in_(ids))
    person = table.id if kind is RecordKind.PERSON else table.person_id
    return select(table.id, table.household_id, person).where(table.id.in_(ids))


def _numbers(households: Iterable[UUID]) -> Any:
    return select(Household.id, Household.file_number).where(Household.id.in_(list(households)))


def _noun(kind: RecordKind) -> str:
    return _(NOUNS[kind]) if kind in NOUNS else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
