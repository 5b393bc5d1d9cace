"""A long old list is looked at from its beginning on, while the rest of it is still being compared."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from builders import store_family

from desk_app.casework import families
from desk_app.casework.bring_in import Choice
from desk_app.casework.bring_in_plan import State
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import WorldError
from desk_app.domain.list_reading_layout import Layout
from desk_app.domain.list_reading_sheet import Sheet
from desk_app.presenters.bring_in import BringInPresenter
from desk_app.presenters.bring_in_lines import PlanLine
from desk_app.presenters.import_job import ImportJob

LONG = 500


class LaterRunner:
    """Does one deed each time `step` is called, as the desk's thread does them one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.waiting: deque[Callable[[], None]] = deque()
        self.between: Callable[[], None] = lambda: None
        """What happens in the window while a result is on its way to it."""

    def run(
        self, deed: Callable[[Work], Any], done: Callable[[Any], None], failed: Callable[[WorldError], None]
    ) -> None:
        def one() -> None:
            try:
                result = self._desk.do(deed)[0]
            except WorldError as error:
                failed(error)
            else:
                self.between()
                done(result)

        self.waiting.append(one)

    def step(self) -> None:
        self.waiting.popleft()()

    def all(self) -> None:
        while self.waiting:
            self.step()


class View:
    """Keeps what is shown."""

    def __init__(self) -> None:
        self.layout: Layout | None = None
        self.lines: tuple[PlanLine, ...] = ()
        self.shown = 0
        self.busy: ImportJob | None = None
        self.failed = ""
        self.result = ""

    def show_busy(self, job: ImportJob | None) -> None:
        self.busy = job

    def show_mapping(self, _sheet: Sheet, layout: Layout, _notice: str) -> None:
        self.layout = layout

    def show_preview(self, lines: tuple[PlanLine, ...], _notice: str) -> None:
        self.lines, self.shown = lines, self.shown + 1

    def show_result(self, words: str, *, can_undo: bool) -> None:
        self.result = words

    def show_said(self, words: str, notes: Sequence[str]) -> None: ...

    def show_failed(self, message: str) -> None:
        self.failed = message


class Page:
    """The presenter with what surrounds it, and one file of ``rows`` children that is open already."""

    def __init__(self, desk: Desk, clock: Any, path: Path, rows: int) -> None:
        self.view, self.runner = View(), LaterRunner(desk)
        self.presenter = BringInPresenter(self.view, self.runner, clock)
        lines = [f"Muster{number};Kind;1.1.2015;0176 {number:06}" for number in range(rows - 1)]
        # the second child of the first family stands at the end
        path.write_text("\n".join(["Name;Vorname;Geb.;Telefon", *lines, "Muster0;Zweites;2.2.2016;0176 000000"]))
        self.presenter.open(path)
        self.runner.all()


@pytest.fixture
def page(desk: Desk, clock: Any, tmp_path: Path) -> Page:
    return Page(desk, clock, tmp_path / "alt.csv", LONG)


def test_the_beginning_of_a_long_list_is_shown_before_it_is_compared(page: Page) -> None:
    page.presenter.look()
    page.runner.step()
    first = page.view.lines
    assert 50 < len(first) < LONG / 2
    assert [(line.name, line.state_words, line.decision) for line in first[:2]] == [
        ("Muster0", "", "wird verglichen"), ("Muster1", "", "wird verglichen"),
    ]  # fmt: skip
    assert first[0].paragraphs[0] == (
        "Kind Muster0 (Kind)", ("Geburtsdatum: 01.01.2015  ·  C2",),
    )  # fmt: skip
    assert page.presenter.comparing
    assert not page.presenter.can_take
    page.runner.step()
    assert not page.presenter.comparing
    assert [(line.place, line.name) for line in page.view.lines[: len(first)]] == [
        (line.place, line.name) for line in first
    ]
    assert len(page.view.lines) == page.presenter.count(State.NEW) == LONG - 1
    assert page.view.lines[0].people == "2 Personen"
    assert page.presenter.take_words == "Übernehmen (499 Familien, 500 Personen)"


def test_nothing_is_decided_or_taken_before_all_is_compared(page: Page, desk: Desk) -> None:
    page.presenter.look()
    page.runner.step()
    page.presenter.decide(0, Choice.LEAVE)
    assert page.presenter.take_words == "Übernehmen"
    page.runner.step()
    assert page.view.lines[0].decision == "als neue Familie"
    page.presenter.decide(0, Choice.LEAVE)
    assert page.view.lines[0].decision == "bleibt draußen"
    page.presenter.take_over()
    page.runner.all()
    assert len(desk.do(families.listing)[0]) == LONG - 2


def test_going_back_stops_the_comparing(page: Page) -> None:
    page.presenter.look()
    page.runner.step()
    page.presenter.back_to_mapping()
    page.runner.step()
    assert (page.view.shown, page.view.failed, page.presenter.comparing) == (1, "", False)


def test_going_back_at_once_or_at_the_last_moment_shows_nothing(page: Page) -> None:
    page.presenter.look()
    page.presenter.back_to_mapping()
    page.runner.all()
    assert page.view.shown == 0
    page.presenter.look()
    page.runner.step()
    page.runner.between = page.presenter.back_to_mapping
    page.runner.step()
    assert page.view.shown == 1
    assert page.presenter.take_words == "Übernehmen (0 Familien, 0 Personen)"


def test_a_second_look_counts_and_not_the_first(page: Page) -> None:
    page.presenter.look()
    page.runner.step()
    page.presenter.back_to_mapping()
    page.presenter.set_target(3, "family.note")
    page.presenter.look()
    page.runner.all()
    assert page.view.shown == 3
    assert page.view.lines[1].paragraphs[-1] == ("In die Notiz", ("Telefon: 0176 000001",))
    assert page.view.failed == ""


def test_another_file_ends_the_comparing(page: Page, tmp_path: Path) -> None:
    page.presenter.look()
    page.runner.step()
    other = tmp_path / "andere.csv"
    other.write_text("Name;Vorname\nKaya;Ela")
    page.presenter.open(other)
    page.runner.all()
    assert (page.view.shown, page.view.failed) == (1, "")
    page.presenter.look()
    page.runner.all()
    assert [line.name for line in page.view.lines] == ["Kaya"]


def test_a_short_list_is_shown_once_and_compared(desk: Desk, clock: Any, tmp_path: Path) -> None:
    desk.do(store_family)
    short = Page(desk, clock, tmp_path / "alt.csv", 3)
    short.presenter.look()
    short.runner.all()
    assert short.view.shown == 1
    assert {line.state for line in short.view.lines} == {State.NEW}


def test_what_reads_the_file_waits_for_it_and_ends_where_none_is_chosen(page: Page, tmp_path: Path) -> None:
    page.presenter.expect()
    page.runner.all()
    waiting = page.presenter._reader._process
    assert waiting is not None
    assert waiting.alive
    page.presenter.expect_nothing()
    page.runner.all()
    assert not waiting.alive

    page.presenter.expect()
    page.runner.all()
    waiting = page.presenter._reader._process
    page.presenter.open(tmp_path / "weg.csv")
    page.runner.all()
    assert "lässt sich nicht öffnen" in page.view.failed
    assert waiting is not None
    assert not waiting.alive
