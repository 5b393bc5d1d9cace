"""Appointments as screens and lists show them, with the names of what they point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from desk_app.casework import families
from desk_app.casework.desk import Work
from desk_app.casework.wording import family_name, family_title, label
from desk_app.domain.clock import berlin
from desk_app.domain.visit_states import EXPECTED, NO_SHOW
from desk_app.storage.many_rows import among, among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import (
    Appointment,
    AppointmentKind,
    AppointmentPerson,
    Household,
    Interpreter,
    Person,
    Place,
    Seat,
)

LONGEST: Final = timedelta(hours=24)
"""No appointment keeps a desk busy for longer; what goes on the next day is one more of its series."""


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """One appointment or walk-in. Instants are UTC; ``title`` is the family's name ("Haddad"), or the one typed.

    ``missed_before`` is how often the family did not come to earlier ones, ``persons`` whom of it this one is about
    (0: the family as a whole).
    """

    id: UUID
    household: UUID | None
    title: str
    phone: str
    kind: UUID | None
    kind_name: str
    look: str
    place: UUID | None
    place_name: str
    seat: UUID | None
    seat_name: str
    room: UUID | None
    room_name: str
    start: datetime
    end: datetime
    busy_from: datetime
    busy_until: datetime
    state: str
    reason: str
    words: str
    overbooked: str
    language: str
    language_name: str
    interpreting: str
    dialect: str
    interpreter_sex: str
    interpreter: UUID | None
    interpreter_name: str
    walk_in: bool
    number: int | None
    priority: int | None
    priority_reason: str
    arrived_at: datetime | None
    called_at: datetime | None
    calls: int
    started_at: datetime | None
    finished_at: datetime | None
    series: UUID | None
    moved_from: UUID | None
    code: str
    sequence: int
    missed_before: int
    persons: int

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60


def of_days(work: Work, first: date, last: date, place: UUID | None = None) -> tuple[AppointmentLine, ...]:
    """What touches these days, both included, whatever its state, in order of time."""
    work.session.flush()
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    span = {"early": begin - LONGEST, "begin": begin, "end": end}
    if place is None:
        return _lines_of(work, _OF_DAYS.rows(work.session, **span))
    return _lines_of(work, _OF_DAYS_THERE.rows(work.session, **span, place=place))


def of_family(work: Work, household: UUID) -> tuple[AppointmentLine, ...]:
    """All of a family, those past and cancelled too, in order of time."""
    work.session.flush()
    return _lines_of(work, _OF_FAMILY.rows(work.session, household=household))


def of_ids(work: Work, ids: Iterable[UUID]) -> tuple[AppointmentLine, ...]:
    """Some, in order of time."""
    return _lines(work, _query().where(among(Appointment.id, ids)).order_by(Appointment.starts_at))


def of_series(work: Work, series: UUID) -> tuple[AppointmentLine, ...]:
    """What belongs to a series, in order of time."""
    return _lines(work, _query().where(Appointment.series_id == series).order_by(Appointment.starts_at))


def next_of(work: Work, households: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these families comes next, for those that have an appointment."""
    query = select(Appointment.household_id, func.min(Appointment.starts_at)).where(
        among(Appointment.household_id, households), Appointment.starts_at >= work.now,
        Appointment.state.in_(EXPECTED), Appointment.removed_at.is_(None),
    )  # fmt: skip
    found = work.session.execute(query.group_by(Appointment.household_id))
    return {household: at for household, at in found if household is not None}


def ahead_of(work: Work, whose: UUID) -> tuple[datetime, ...]:
    """When a family, or the family of a person, is still expected, in order of time."""
    person = work.session.get(Person, whose)
    query = select(Appointment.starts_at).where(
        Appointment.household_id == (person.household_id if person is not None else whose),
        Appointment.starts_at >= work.now, Appointment.state.in_(EXPECTED), Appointment.removed_at.is_(None),
    )  # fmt: skip
    return tuple(work.session.scalars(query.order_by(Appointment.starts_at)))


def midnight(day: date) -> datetime:
    """The instant a day begins in Germany."""
    return datetime.combine(day, time(), berlin())


def persons_of(work: Work, appointment: UUID) -> tuple[UUID, ...]:
    """Whom of the family an appointment is about."""
    query = select(AppointmentPerson.person_id).where(
        AppointmentPerson.appointment_id == appointment, AppointmentPerson.removed_at.is_(None)
    )
    # of persons that were merged each is there once
    return tuple(
        dict.fromkeys(work.session.scalars(query.order_by(AppointmentPerson.created_at, AppointmentPerson.id)))
    )


_BOOKKEEPING: Final = frozenset(
    {"created_at", "created_by", "changed_at", "changed_by", "removed_at", "version", "merged_into"}
)
_COLUMNS: Final = tuple(column for column in Appointment.__table__.columns if column.key not in _BOOKKEEPING)
_KEYS: Final = tuple(column.key for column in _COLUMNS)


def _query() -> Select[Any]:
    # columns rather than rows: a week of ten desks is read in a fraction of the time
    return select(*_COLUMNS).where(Appointment.removed_at.is_(None))


_BUSY: Final = (
    _query()
    .where(
        Appointment.busy_from >= bindparam("early"),
        Appointment.busy_from < bindparam("end"),
        Appointment.busy_until > bindparam("begin"),
    )
    .order_by(Appointment.starts_at, Appointment.number, Appointment.id)
)
_OF_DAYS: Final = Ready(_BUSY)
_OF_DAYS_THERE: Final = Ready(_BUSY.where(Appointment.place_id == bindparam("place")))
_OF_FAMILY: Final = Ready(
    _query()
    .where(Appointment.household_id == bindparam("household"))
    .order_by(Appointment.starts_at, Appointment.sequence)
)


def _lines(work: Work, query: Select[Any]) -> tuple[AppointmentLine, ...]:
    return _lines_of(work, work.session.execute(query))


def _lines_of(work: Work, found: Iterable[Iterable[Any]]) -> tuple[AppointmentLine, ...]:
    # dicts rather than rows: looking up forty columns by name takes a fraction of the time
    rows = [dict(zip(_KEYS, row, strict=True)) for row in found]
    if not rows:
        return ()
    households = {row["household_id"] for row in rows if row["household_id"] is not None}
    names = Names(work, households)
    missed = _missed(work, households)
    persons = _persons(work, [row["id"] for row in rows])
    return tuple(_line(row, names, missed.get(row["household_id"], ()), persons.get(row["id"], 0)) for row in rows)


def _line(row: Mapping[str, Any], names: Names, missed: Sequence[datetime], persons: int) -> AppointmentLine:
    kind_name, look = names.kinds.get(row["kind_id"], ("", ""))
    return AppointmentLine(
        id=row["id"], household=row["household_id"],
        title=names.title(row["household_id"], row["name"]), phone=row["phone"] or "",
        kind=row["kind_id"], kind_name=kind_name, look=look,
        place=row["place_id"], place_name=names.places.get(row["place_id"], ""),
        seat=row["seat_id"], seat_name=names.seats.get(row["seat_id"], ""),
        room=row["room_id"], room_name=names.seats.get(row["room_id"], ""),
        start=row["starts_at"], end=row["ends_at"], busy_from=row["busy_from"], busy_until=row["busy_until"],
        state=row["state"], reason=row["reason"] or "", words=row["words"] or "", overbooked=row["overbooked"] or "",
        language=row["language"] or "", language_name=label("languages", row["language"] or ""),
        interpreting=row["interpreting"] or "",
        dialect=row["dialect"] or "", interpreter_sex=row["interpreter_sex"] or "",
        interpreter=row["interpreter_id"], interpreter_name=names.interpreters.get(row["interpreter_id"], ""),
        walk_in=row["walk_in"], number=row["number"],
        priority=row["priority"], priority_reason=row["priority_reason"] or "",
        arrived_at=row["arrived_at"], called_at=row["called_at"], calls=row["calls"],
        started_at=row["started_at"], finished_at=row["finished_at"],
        series=row["series_id"], moved_from=row["moved_from"], code=row["code"], sequence=row["sequence"],
        missed_before=sum(at < row["starts_at"] for at in missed), persons=persons,
    )  # fmt: skip


_PLACES: Final = Ready(select(Place.id, Place.short, Place.name))
_SEATS: Final = Ready(select(Seat.id, Seat.name))
_INTERPRETERS: Final = Ready(select(Interpreter.id, Interpreter.name))
_KINDS: Final = Ready(select(AppointmentKind.id, AppointmentKind.name, AppointmentKind.look))
_FAMILIES: Final = Ready(select(Household.id, Household.family_name).where(among_listed(Household.id)))
_MISSED: Final = Ready(
    select(Appointment.household_id, Appointment.starts_at).where(
        among_listed(Appointment.household_id), Appointment.state == NO_SHOW, Appointment.removed_at.is_(None)
    )
)
_PERSONS: Final = Ready(
    select(AppointmentPerson.appointment_id, func.count(AppointmentPerson.person_id.distinct()))
    .where(among_listed(AppointmentPerson.appointment_id), AppointmentPerson.removed_at.is_(None))
    .group_by(AppointmentPerson.appointment_id)
)


class Names:
    """What places, desks, kinds, interpreters and some families are called, those taken out too."""

    def __init__(self, work: Work, households: Iterable[UUID] = ()) -> None:
        work.session.flush()
        places = _PLACES.rows(work.session)
        self.places: dict[UUID | None, str] = {id_: short or name for id_, short, name in places}
        self.seats: dict[UUID | None, str] = dict(_SEATS.rows(work.session))
        self.interpreters: dict[UUID | None, str] = dict(_INTERPRETERS.rows(work.session))
        kinds = _KINDS.rows(work.session)
        self.kinds: dict[UUID | None, tuple[str, str]] = {id_: (name, look) for id_, name, look in kinds}
        self._families = _family_titles(work, list(households))

    def title(self, household: UUID | None, name: str | None) -> str:
        """The family's name, or the one that was typed; empty where there is neither."""
        return self._families.get(household, "") or name or ""


def _family_titles(work: Work, households: Sequence[UUID]) -> dict[UUID | None, str]:
    """Most families have a name; only of the others the whole file is read to find what to call them."""
    found: dict[UUID | None, str] = {}
    nameless = []
    for id_, name in _FAMILIES.rows(work.session, among=listed(households)):
        if name:
            found[id_] = name
        else:
            nameless.append(id_)
    found.update(
        (file.household.id, family_name(file) or family_title(file)) for file in families.load_many(work, nameless)
    )
    return found


def _missed(work: Work, households: Iterable[UUID]) -> Mapping[UUID | None, Sequence[datetime]]:
    """When these families did not come."""
    found: defaultdict[UUID | None, list[datetime]] = defaultdict(list)
    for household, at in _MISSED.rows(work.session, among=listed(households)):
        found[household].append(at)
    return found


def _persons(work: Work, appointments: Sequence[UUID]) -> dict[UUID, int]:
    return dict(_PERSONS.rows(work.session, among=listed(appointments)))
