"""The intake as behaviour: one step back per field, nothing lost or turned round when saving fails."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from intake_desk import DeskRunner

from desk_app.casework import families, intake
from desk_app.casework.desk import Desk
from desk_app.domain.errors import DiskFull, RecordGone
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.presenters.intake import IntakePresenter


class Watcher:
    """Remembers what a page would show."""

    def __init__(self) -> None:
        self.files: list[FamilyFile] = []
        self.says: list[str] = []

    def show_file(self, file: FamilyFile) -> None:
        self.files.append(file)

    def show_saving(self) -> None:
        self.says.append("saving")

    def show_saved(self, at: datetime) -> None:
        self.says.append(f"saved {at:%H:%M}")

    def show_unsaved(self, message: str) -> None:
        self.says.append(message)


class Seat:
    """A presenter at a real desk, with a family just begun."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.runner = DeskRunner(desk)
        self.view = Watcher()
        self.presenter = IntakePresenter(self.view, self.runner, desk.clock)
        file, _ = desk.do(lambda work: intake.start(work, uuid4(), family_name="Haddad"))
        self.household = file.household.ref
        self.presenter.show(file)

    def stored(self) -> FamilyFile:
        return self.desk.do(lambda work: families.load(work, self.household.id))[0]

    def answer(self, key: str) -> object:
        return self.stored().household.get(key)


@pytest.fixture
def seat(desk: Desk) -> Seat:
    return Seat(desk)


def test_an_answer_is_shown_before_the_store_has_it(seat: Seat) -> None:
    seat.runner.slow = True
    seat.presenter.edit(seat.household, "reachable", "abends")
    assert seat.presenter.file.household.get("reachable") == "abends"
    assert seat.answer("reachable") is None
    seat.runner.deliver()
    assert seat.answer("reachable") == "abends"
    assert seat.view.says[-1] == "saved 09:42"


def test_a_pause_while_typing_makes_no_step_of_its_own(seat: Seat) -> None:
    for typed in ("0176", "0176 123", "0176 123456"):
        seat.presenter.edit(seat.household, "phone", typed)
    seat.presenter.undo()
    assert seat.answer("phone") is None
    assert not seat.presenter.can_undo


def test_undo_goes_back_step_by_step(seat: Seat) -> None:
    seat.presenter.edit(seat.household, "phone", "0176 123456")
    seat.presenter.edit(seat.household, "reachable", "abends")
    seat.presenter.undo()
    assert (seat.answer("phone"), seat.answer("reachable")) == ("0176 123456", None)
    seat.presenter.undo()
    assert seat.answer("phone") is None


def test_what_failed_is_saved_in_order_with_the_next_answer(seat: Seat) -> None:
    seat.runner.trouble = DiskFull()
    child = seat.presenter.add_person("child")
    seat.presenter.edit(child, "given_name", "Karim")
    assert seat.presenter.unsaved
    assert seat.view.says[-1] == DiskFull().message
    seat.runner.trouble = None
    seat.presenter.edit(seat.household, "phone", "0176 123456")
    assert [row.text("given_name") for row in seat.stored().children] == ["Karim"]
    assert seat.answer("phone") == "0176 123456"
    assert not seat.presenter.unsaved


def test_a_later_answer_is_never_overwritten_by_an_older_one_that_failed(seat: Seat) -> None:
    seat.runner.trouble = DiskFull()
    seat.presenter.edit(seat.household, "phone", "0176 1")
    seat.runner.trouble = None
    seat.presenter.edit(seat.household, "phone", "0176 2")
    seat.presenter.retry()
    assert seat.answer("phone") == "0176 2"


def test_an_older_answer_that_fails_after_the_newer_was_given_is_let_go(seat: Seat) -> None:
    seat.runner.slow = True
    seat.presenter.edit(seat.household, "phone", "0176 1")
    seat.presenter.edit(seat.household, "phone", "0176 2")
    seat.runner.trouble = DiskFull()
    seat.runner.deliver(1)
    seat.runner.trouble = None
    seat.runner.deliver()
    seat.presenter.retry()
    seat.runner.deliver()
    assert seat.answer("phone") == "0176 2"
    assert not seat.presenter.unsaved


def test_undo_of_an_answer_that_failed_leaves_nothing_to_try_again(seat: Seat) -> None:
    seat.runner.trouble = DiskFull()
    seat.presenter.edit(seat.household, "phone", "0176 1")
    seat.runner.trouble = None
    seat.presenter.undo()
    assert seat.answer("phone") is None
    assert seat.presenter.file.household.get("phone") is None
    assert not seat.presenter.unsaved


def test_a_record_that_is_gone_is_said_and_not_tried_for_ever(seat: Seat) -> None:
    seat.runner.trouble = RecordGone()
    seat.presenter.edit(seat.household, "phone", "0176 1")
    assert seat.view.says[-1] == RecordGone().message
    assert not seat.presenter.unsaved


def test_the_newest_removal_is_known_until_something_else_is_done(seat: Seat) -> None:
    child = seat.presenter.add_person("child")
    seat.presenter.remove(child)
    assert seat.presenter.newest_removed == child
    seat.presenter.edit(seat.household, "phone", "0176 1")
    assert seat.presenter.newest_removed is None
    seat.presenter.restore(child)
    assert [row.id for row in seat.stored().children] == [child.id]


def test_rows_are_copied_to_a_sibling(seat: Seat) -> None:
    first, second = seat.presenter.add_person("child"), seat.presenter.add_person("child")
    year = seat.presenter.add(RecordKind.SCHOOL_YEAR, first.id, {"school_year": "2024/25", "attended": True})
    record = seat.presenter.file.find(year)
    assert isinstance(record, Record)
    seat.presenter.copy_to((record,), second.id)
    assert [row.text("school_year") for row in seat.stored().all(RecordKind.SCHOOL_YEAR, second.id)] == ["2024/25"]


def test_an_answer_from_the_store_that_says_the_same_is_not_shown_again(seat: Seat) -> None:
    seat.runner.slow = True
    seat.presenter.edit(seat.household, "phone", "0176 1")
    shown = len(seat.view.files)
    seat.runner.deliver()
    assert len(seat.view.files) == shown


def test_an_answer_that_the_store_cleaned_is_shown_as_kept(seat: Seat) -> None:
    seat.presenter.edit(seat.household, "reachable", "mor\u2028gens")
    assert seat.view.files[-1].household.get("reachable") == "mor gens"


def test_editing_somebody_who_is_not_there_does_nothing(seat: Seat) -> None:
    seat.presenter.edit(Ref(RecordKind.PERSON, uuid4()), "given_name", "Niemand")
    assert seat.view.says == []


def test_finishing_tells_when_the_store_knows_it(seat: Seat) -> None:
    heard: list[str] = []
    seat.runner.slow = True
    seat.presenter.finish(lambda: heard.append("finished"))
    assert heard == []
    seat.runner.deliver()
    assert heard == ["finished"]
