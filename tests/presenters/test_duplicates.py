from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from builders import store_family

from desk_app.casework import intake
from desk_app.casework.desk import Desk
from desk_app.casework.search_card import facts_of
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import FamilyFile, RecordKind, Value
from desk_app.presenters.duplicates import Doubt, DuplicatesPresenter
from desk_app.presenters.runner import InlineRunner

BORN = DateSpan.of_day(date(2015, 4, 3))


class View:
    doubts: tuple[Doubt, ...] = ()
    apart: tuple[Doubt, ...] = ()

    def show_doubts(self, doubts: tuple[Doubt, ...], apart: tuple[Doubt, ...]) -> None:
        self.doubts, self.apart = doubts, apart


def take_in(desk: Desk, household: UUID, **values: Value) -> FamilyFile:
    desk.do(lambda work: intake.start(work, household))
    return desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), household, values=values))[0]


def test_the_same_child_under_another_spelling_is_told_with_reasons_and_no_number(desk: Desk) -> None:
    known, _ = desk.do(lambda work: store_family(work, "Haddad", given_name="Lina", birth_date=BORN))
    file = take_in(desk, uuid4(), role="child", given_name="لينا", family_name="حداد", birth_date=BORN)
    view = View()
    DuplicatesPresenter(view, InlineRunner(desk.do)).follow(file)
    doubt = view.doubts[0]
    assert (doubt.other, doubt.name, doubt.file_number) == (known.child, "Lina Haddad", "2026-0001")
    assert doubt.about == "geb. 03.04.2015 · Styrum"
    assert (True, "gleiches Geburtsdatum") in doubt.reasons
    assert doubt.whom == ""
    assert "%" not in doubt.spoken


def test_somebody_else_raises_no_doubt(desk: Desk) -> None:
    desk.do(lambda work: store_family(work, "Haddad", given_name="Lina", birth_date=BORN))
    file = take_in(desk, uuid4(), role="child", given_name="Oleksandr", family_name="Коваленко")
    view = View()
    DuplicatesPresenter(view, InlineRunner(desk.do)).follow(file)
    assert view.doubts == ()


def test_another_person_is_remembered_and_can_be_taken_back(desk: Desk) -> None:
    desk.do(lambda work: store_family(work, "Haddad", given_name="Lina", birth_date=BORN))
    file = take_in(desk, uuid4(), role="child", given_name="Lina", family_name="Hadad", birth_date=BORN)
    view = View()
    presenter = DuplicatesPresenter(view, InlineRunner(desk.do))
    presenter.follow(file)
    doubt = view.doubts[0]
    presenter.dismiss(doubt)
    assert (view.doubts, view.apart) == ((), (doubt,))
    other = View()
    DuplicatesPresenter(other, InlineRunner(desk.do)).follow(file)
    assert other.doubts == ()
    presenter.take_back(doubt)
    assert (view.doubts, view.apart) == ((doubt,), ())


def test_only_whoever_changed_is_looked_up_again(desk: Desk) -> None:
    household = uuid4()
    file = take_in(desk, household, role="child", given_name="Lina", family_name="Haddad", birth_date=BORN)
    looked_up: list[object] = []

    class Counting(InlineRunner):
        def run(self, deed, done, failed) -> None:  # type: ignore[no-untyped-def]  # as InlineRunner
            looked_up.append(deed)
            super().run(deed, done, failed)

    presenter = DuplicatesPresenter(View(), Counting(desk.do))
    presenter.follow(file)
    presenter.follow(file)
    assert len(looked_up) == 1
    person = file.persons[0]
    presenter.follow(file.with_record(person.with_value("given_name", "Lena")))
    assert len(looked_up) == 2
    presenter.follow(file.with_record(file.household.with_value("notes", "x")))
    assert len(looked_up) == 3  # back to Lina


def test_an_address_under_protection_is_not_compared(desk: Desk) -> None:

    file = take_in(desk, uuid4(), role="child", given_name="Lina", family_name="Haddad")
    home = file.all(RecordKind.ADDRESS)[0]
    shown = home.with_value("street", "Lindenhof")
    assert facts_of(file.with_record(shown), file.persons[0]).home == "Lindenhof"
    hidden = shown.with_value("protection", "shelter")
    assert facts_of(file.with_record(hidden), file.persons[0]).home == ""
