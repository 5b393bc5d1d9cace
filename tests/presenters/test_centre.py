from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from builders import CENTRE

from desk_app.casework import centre
from desk_app.casework.desk import Desk
from desk_app.domain.centre import Centre
from desk_app.domain.errors import DiskFull
from desk_app.presenters.centre import CentrePresenter, answer_of, limits_notice, reading_of_setting, with_answer
from desk_app.presenters.runner import InlineRunner


class View:
    shown: Centre | None = None
    saved: datetime | None = None
    unsaved = ""

    def show_centre(self, settings: Centre) -> None:
        self.shown = settings

    def show_saving(self) -> None:
        self.saved = None

    def show_saved(self, at: datetime) -> None:
        self.saved = at

    def show_unsaved(self, message: str) -> None:
        self.unsaved = message


class FullDisk:
    """Fails until there is room again."""

    def __init__(self, desk: Desk) -> None:
        self.full = True
        self.inline = InlineRunner(desk.do)

    def run(self, deed: Any, done: Any, failed: Any) -> None:
        if self.full:
            failed(DiskFull())
        else:
            self.inline.run(deed, done, failed)


def stored(desk: Desk) -> Centre:
    return desk.do(centre.load)[0]


def test_each_answer_is_kept_at_once_and_alone(desk: Desk, clock) -> None:
    view = View()
    presenter = CentrePresenter(view, InlineRunner(desk.do), clock)
    presenter.load()
    presenter.edit("phone", "0208 123")
    presenter.edit("school_authority.street", "Neue Straße 5")
    presenter.edit("amber_after", 21)
    expected = replace(
        CENTRE, phone="0208 123", amber_after=21,
        school_authority=replace(CENTRE.school_authority, street="Neue Straße 5"),
    )  # fmt: skip
    assert stored(desk) == expected == view.shown
    assert view.saved == clock()


def test_what_could_not_be_kept_is_kept_with_the_next_answer_or_when_asked(desk: Desk, clock) -> None:
    view, runner = View(), FullDisk(desk)
    presenter = CentrePresenter(view, runner, clock)
    presenter.edit("phone", "0208 1")
    presenter.edit("phone", "0208 2")
    presenter.edit("email", "neu@stadt.example")
    assert view.unsaved == str(DiskFull())
    runner.full = False
    presenter.retry()
    assert (stored(desk).phone, stored(desk).email) == ("0208 2", "neu@stadt.example")


def test_an_emptied_text_is_empty_and_an_emptied_number_the_usual_one() -> None:
    assert with_answer(CENTRE, "phone", None).phone == ""
    assert answer_of(with_answer(CENTRE, "phone", None), "phone") is None
    assert with_answer(replace(CENTRE, red_after=99), "red_after", None).red_after == 42


@pytest.mark.parametrize("words", ["", "0", "400", "zwei", "1,5", "²"])
def test_a_limit_is_a_whole_number_of_days_within_a_year(words: str) -> None:
    with pytest.raises(ValueError, match="Eine ganze Zahl von 1 bis 365"):
        reading_of_setting("amber_after").parse(words)
    assert reading_of_setting("amber_after").parse("28") == 28


def test_limits_in_the_wrong_order_are_pointed_out() -> None:
    assert limits_notice(CENTRE) == ""
    assert "nie etwas gelb" in limits_notice(replace(CENTRE, amber_after=42))


def test_an_address_without_a_provider_is_kept_and_said_to_be_wrong() -> None:
    reading = reading_of_setting("email")
    assert reading.fault is not None
    assert reading.fault(reading.parse("ki@")) != ""
    assert reading.fault("ki@stadt.example") == ""
