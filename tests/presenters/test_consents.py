"""Consents: given with one key, withdrawn with a date, never overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from siblings import Siblings, presenter_of, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.child import SCHOOL_AUTHORITY, ChildView
from desk_app.domain.records import RecordKind
from desk_app.presenters import consents
from desk_app.presenters.choices import Choices
from desk_app.presenters.consents import ConsentRow

TODAY = date(2026, 11, 26)


class ConsentDesk:
    """The consents of the siblings, as a person at the desk changes them."""

    def __init__(self, family: Siblings) -> None:
        self.family = family
        self.choices = Choices(family.desk.clock)
        self.presenter = presenter_of(family)

    def row(self, recipient: str = SCHOOL_AUTHORITY, child: UUID | None = None) -> ConsentRow:
        rows = consents.consent_rows(self.presenter.file, self.choices)
        return next(row for row in rows if (row.recipient, row.child) == (recipient, child))

    def give(self, child: UUID | None = None) -> None:
        consents.give_today(self.presenter, self.choices, self.row(child=child))

    def withdraw(self, day: date = TODAY) -> None:
        record = self.row().record
        assert record is not None
        self.presenter.edit(record.ref, "withdrawn_on", day)

    def holds_for(self, child: UUID) -> bool:
        return ChildView(self.family.file, child, TODAY).consent(SCHOOL_AUTHORITY) is not None


@pytest.fixture
def at_desk(desk: Desk) -> ConsentDesk:
    return ConsentDesk(store_siblings(desk))


def test_a_consent_given_today_knows_language_and_interpreting_already(at_desk: ConsentDesk) -> None:
    at_desk.give()
    assert at_desk.family.rows(RecordKind.CONSENT) == [
        {"recipient": SCHOOL_AUTHORITY, "given_on": TODAY, "language": "ar", "interpreted": True}
    ]
    assert at_desk.row().words == "26.11.2026, Form offen, Arabisch, mit Dolmetschen"
    assert all(at_desk.holds_for(child) for child in (at_desk.family.lina, at_desk.family.karim))


def test_without_interpreting_the_consent_says_so(at_desk: ConsentDesk) -> None:
    at_desk.presenter.edit(at_desk.presenter.file.household.ref, "interpreter_kind", "none")
    at_desk.give()
    assert at_desk.family.rows(RecordKind.CONSENT)[0]["interpreted"] is False


def test_a_withdrawal_is_a_date_and_a_new_consent_a_new_record(at_desk: ConsentDesk, clock: Any) -> None:
    at_desk.give()
    at_desk.withdraw()
    assert not at_desk.holds_for(at_desk.family.lina)
    assert at_desk.row().words == "widerrufen am 26.11.2026"
    assert "Schulaufsicht" in consents.what_follows(at_desk.row())

    clock.advance(minutes=1)
    at_desk.give()
    rows = at_desk.family.rows(RecordKind.CONSENT)
    assert [row.get("withdrawn_on") for row in rows] == [TODAY, None]
    assert at_desk.holds_for(at_desk.family.lina)
    assert consents.earlier_words(at_desk.row().earlier) == "26.11.2026, widerrufen am 26.11.2026"


def test_giving_twice_changes_nothing(at_desk: ConsentDesk) -> None:
    at_desk.give()
    at_desk.give()
    assert len(at_desk.family.rows(RecordKind.CONSENT)) == 1


def test_only_a_tick_of_today_can_be_taken_back(at_desk: ConsentDesk) -> None:
    at_desk.give()
    assert consents.take_back(at_desk.presenter, at_desk.choices, at_desk.row())
    assert at_desk.family.rows(RecordKind.CONSENT) == []

    at_desk.give()
    record = at_desk.row().record
    assert record is not None
    yesterday = Choices(lambda: at_desk.family.desk.clock() + timedelta(days=1))
    assert not consents.take_back(at_desk.presenter, yesterday, at_desk.row())
    assert len(at_desk.family.rows(RecordKind.CONSENT)) == 1


def test_one_child_can_be_set_apart_and_join_again(at_desk: ConsentDesk) -> None:
    at_desk.give()
    consents.set_apart(at_desk.presenter, at_desk.row(), at_desk.family.karim)
    assert not at_desk.holds_for(at_desk.family.karim)
    assert at_desk.holds_for(at_desk.family.lina)
    apart = at_desk.row(child=at_desk.family.karim)
    assert (apart.child_name, apart.words) == ("Karim", "keine Einwilligung")

    assert consents.may_join_again(apart)
    consents.join_again(at_desk.presenter, apart)
    assert at_desk.holds_for(at_desk.family.karim)


def test_a_consent_once_given_for_one_child_cannot_vanish(at_desk: ConsentDesk) -> None:
    consents.set_apart(at_desk.presenter, at_desk.row(), at_desk.family.karim)
    at_desk.give(at_desk.family.karim)
    assert not consents.may_join_again(at_desk.row(child=at_desk.family.karim))
    assert at_desk.holds_for(at_desk.family.karim)
    assert not at_desk.holds_for(at_desk.family.lina)


def test_a_letter_says_the_form(at_desk: ConsentDesk) -> None:
    assert consents.form_for_letter(at_desk.choices, "m") == "oral"
    assert consents.form_for_letter(at_desk.choices, "S") == "written"
    assert consents.form_for_letter(at_desk.choices, "q") is None
