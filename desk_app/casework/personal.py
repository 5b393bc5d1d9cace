"""What belongs to the people in the store, so that the window can cover it. Reads few columns, of everybody."""

from __future__ import annotations

from sqlalchemy import func, select

from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.desk import Work
from desk_app.domain.covering import Personal
from desk_app.domain.dates import Precision
from desk_app.storage.tables import Appointment, AppointmentKind, EarlierWish, Interpreter
from desk_app.storage.tables.households import Address, Household, Person, PersonName, SetApart

_NAMES = (
    Household.family_name, Household.contact_name, Household.emergency_name, Household.interpreter_name,
    Person.given_name, Person.family_name, Person.all_given_names, Person.birth_name, Person.name_native_script,
    PersonName.name, Address.mailbox_name, EarlierWish.name,
)  # fmt: skip
_STREETS = (Address.street, Person.own_address)
_PHONES = (
    Household.phone, Household.contact_phone, Household.emergency_phone, Person.own_phone, SetApart.phone,
    Appointment.phone, EarlierWish.phone, Interpreter.phone,
)  # fmt: skip


def read(work: Work) -> Personal:
    """Everything the window covers; also of people who were taken out, since the past still names them."""

    def values(columns: tuple[object, ...]) -> list[str]:
        found: list[str] = []
        for column in columns:
            found += work.session.scalars(select(column).where(column.is_not(None)).distinct())  # type: ignore[call-overload, attr-defined]  # columns of several classes
        return found

    spans = work.session.scalars(select(Person.birth_date).where(Person.birth_date.is_not(None)).distinct())
    days = [span.earliest for span in spans if span is not None and span.precision is Precision.DAY and span.earliest]
    names = [*values(_NAMES), *_visitors(work), *_interpreters(work)]
    return Personal.of(names, values(_STREETS), values(_PHONES), days)


def _visitors(work: Work) -> list[str]:
    """Names that were typed for visits; what an internal appointment is called names nobody."""
    query = (
        select(Appointment.name)
        .outerjoin(AppointmentKind, AppointmentKind.id == Appointment.kind_id)
        .where(Appointment.name.is_not(None), func.coalesce(AppointmentKind.look, "") != INTERNAL)
    )
    return [name for name in work.session.scalars(query.distinct()) if name]


def _interpreters(work: Work) -> list[str]:
    """Names of people who interpret; a service by phone or video is called what it does, which is no name."""
    query = select(Interpreter.name).where(func.coalesce(Interpreter.kind, "") != "remote")
    return [name for name in work.session.scalars(query.distinct()) if name]
