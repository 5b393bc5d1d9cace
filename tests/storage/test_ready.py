"""Statements put together once give what the session itself would give."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desk_app.domain.dates import DateSpan
from desk_app.storage import vault
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Counter, Household, Person

AT = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


def a_person(session: Session) -> Person:
    made = {"created_at": AT, "created_by": uuid4(), "changed_at": AT, "changed_by": uuid4()}
    home = Household(id=uuid4(), file_number="2026-0001", intake_open=True, search_form="", **made)
    born = DateSpan.of_day(date(2015, 2, 3))
    person = Person(id=uuid4(), household_id=home.id, role="child", birth_date=born, single_name=True, **made)
    session.add(home)
    session.flush()
    session.add(person)
    session.flush()
    return person


def test_every_column_comes_back_as_the_session_has_it(opened: vault.Vault) -> None:
    columns = list(Person.__table__.columns)
    ready = Ready(select(*columns).where(Person.id == bindparam("id")))
    with opened.session() as session:
        person = a_person(session)
        found = ready.first(session, id=person.id)
        session.expire(person)
        assert found == tuple(getattr(person, column.key) for column in columns)
        assert ready.first(session, id=uuid4()) is None


def test_rows_are_put_in_changed_and_taken_out_within_the_transaction(opened: vault.Vault) -> None:
    put = Ready(insert(Counter))
    raise_ = Ready(
        update(Counter).where(Counter.series == "ready", Counter.year == bindparam("of")).values(last=bindparam("to"))
    )
    drop = Ready(delete(Counter).where(Counter.series == "ready", Counter.year == bindparam("of")))
    there = Ready(select(Counter.year, Counter.last).where(Counter.series == "ready").order_by(Counter.year))
    with opened.session() as session:
        put.each(session, ({"series": "ready", "year": year, "last": 0} for year in (1, 2, 3)))
        raise_.rows(session, of=2, to=7)
        drop.rows(session, of=3)
        assert there.rows(session) == [(1, 0), (2, 7)]


def test_what_was_put_in_goes_with_its_transaction(opened: vault.Vault) -> None:
    put = Ready(insert(Counter))

    def twice(session: Session) -> None:
        for _again in range(2):
            put.rows(session, series="ready", year=1, last=0)

    with pytest.raises(dbapi2.IntegrityError):
        opened.save(twice, landed=lambda _session: False)
    with opened.session() as session:
        assert session.get(Counter, ("ready", 1)) is None
