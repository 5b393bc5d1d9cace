"""What belongs to the people in the store, so that the window can cover it. Reads few columns, of everybody."""

from __future__ import annotations

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.covering import Personal
from desk_app.domain.dates import Precision
from desk_app.storage.tables.households import Address, Household, Person, PersonName, SetApart

_NAMES = (
    Household.family_name, Household.contact_name, Household.emergency_name, Household.interpreter_name,
    Person.given_name, Person.family_name, Person.all_given_names, Person.birth_name, Person.name_native_script,
    PersonName.name, Address.mailbox_name,
)  # fmt: skip
_STREETS = (Address.street, Person.own_address)
_PHONES = (Household.phone, Household.contact_phone, Household.emergency_phone, Person.own_phone, SetApart.phone)


def read(work: Work) -> Personal:
    """Everything the window covers; also of people who were taken out, since the past still names them."""

    def values(columns: tuple[object, ...]) -> list[str]:
        found: list[str] = []
        for column in columns:
            found += work.session.scalars(select(column).where(column.is_not(None)).distinct())  # type: ignore[call-overload, attr-defined]  # columns of several classes
        return found

    spans = work.session.scalars(select(Person.birth_date).where(Person.birth_date.is_not(None)).distinct())
    days = [span.earliest for span in spans if span is not None and span.precision is Precision.DAY and span.earliest]
    return Personal.of(values(_NAMES), values(_STREETS), values(_PHONES), days)
