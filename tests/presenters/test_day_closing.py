"""Closing a day: what is said of a step, and what Strg+Z takes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from builders import TODAY
from the_day import Day

from desk_app.casework.desk import Desk
from desk_app.domain.visit_states import DONE, IN_TALK, PLANNED
from desk_app.presenters.day_closing import ClosingShown, DayClosingPresenter
from desk_app.presenters.runner import InlineRunner


class View:
    def __init__(self) -> None:
        self.said: list[str] = []

    def show_closing(self, shown: ClosingShown) -> None:
        self.shown = shown

    def show_done(self, words: str, way_back: UUID) -> None:
        self.said.append(words)

    def show_failed(self, message: str) -> None:
        raise AssertionError(message)


@pytest.fixture
def day(desk: Desk, clock: Any) -> Day:
    return Day(desk, clock).at(10)


def test_only_what_was_done_here_is_told_and_taken_back(day: Day) -> None:
    talks, later = day.book("Haddad", 9), day.book("Osei", 15)
    day.step(talks, IN_TALK)
    view = View()
    closing = DayClosingPresenter(view, InlineRunner(day.desk.do), day.clock, TODAY)
    closing.undo()
    assert (day.state(talks), day.state(later)) == (IN_TALK, PLANNED)
    closing.settle_all()
    closing.settle_all()
    assert view.said == ["Tagesabschluss: alle übrigen Besuche."], "the second time nothing was left to do"
    assert (day.state(talks), day.state(later)) == (DONE, PLANNED)
    closing.undo()
    closing.undo()
    assert day.state(talks) == IN_TALK
