from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

import pytest
from builders import store_family

from desk_app.casework.desk import Desk, Work
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import DiskFull, WorldError
from desk_app.presenters.runner import InlineRunner
from desk_app.presenters.search import Mode, SearchPresenter
from desk_app.presenters.search_lines import Group, Line, Offer, What

T = TypeVar("T")
OFFERS = (Offer("families", "Familien", "Strg+2"), Offer("lock", "Sperren", "Strg+L"))


class SlowStore:
    """Answers one question each time ``answer`` is called."""

    def __init__(self, desk: Desk) -> None:
        self._inline = InlineRunner(desk.do)
        self.waiting: deque[Callable[[], None]] = deque()
        self.asked = 0

    def run(self, deed: Callable[[Work], T], done: Callable[[T], None], failed: Callable[[WorldError], None]) -> None:
        self.asked += 1
        self.waiting.append(lambda: self._inline.run(deed, done, failed))

    def answer(self) -> None:
        self.waiting.popleft()()


class FullDisk:
    def run(self, deed: object, done: object, failed: Callable[[WorldError], None]) -> None:
        failed(DiskFull())


class View:
    def __init__(self) -> None:
        self.groups: tuple[Group, ...] = ()
        self.chosen = -1
        self.notice = ""
        self.failure = ""
        self.gone: list[Line] = []

    def show_groups(self, groups: tuple[Group, ...], chosen: int, notice: str) -> None:
        self.groups, self.chosen, self.notice = groups, chosen, notice

    def show_failed(self, message: str) -> None:
        self.failure = message

    def await_hits(self) -> None:
        pass

    def await_pause(self) -> None:
        pass

    def go(self, line: Line) -> None:
        self.gone.append(line)

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def current(self) -> Line:
        return self.lines[self.chosen]

    def group(self, title: str) -> list[str]:
        return [line.title for group in self.groups if group.title == title for line in group.lines]


@pytest.fixture
def store(desk: Desk, clock) -> Desk:  # type: ignore[no-untyped-def]  # the settable clock
    for family, given, born in (
        ("Kovalenko", "Maksym", date(2011, 5, 3)),
        ("Kowalczyk", "Zofia", date(2014, 2, 1)),
        ("Коваленко", "Олена", date(2013, 7, 7)),
        ("حداد", "لينا", date(2015, 4, 3)),
    ):
        desk.do(partial(store_family, family_name=family, given_name=given, birth_date=DateSpan.of_day(born)))
        clock.advance(minutes=1)
    return desk


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def box(store: Desk, view: View, clock) -> SearchPresenter:  # type: ignore[no-untyped-def]  # the settable clock
    presenter = SearchPresenter(view, InlineRunner(store.do), clock, OFFERS)
    presenter.open(Mode.SEARCH)
    return presenter


def test_an_empty_box_offers_the_families_worked_on_last(box: SearchPresenter, view: View) -> None:
    assert view.group("Zuletzt geändert") == [
        "Familie حداد", "Familie Коваленко", "Familie Kowalczyk", "Familie Kovalenko",
    ]  # fmt: skip


def test_three_letters_find_families_and_children_of_any_script_with_the_letters_marked(
    box: SearchPresenter, view: View
) -> None:
    box.type("kov")
    assert view.group("Familien") == ["Familie Kovalenko", "Familie Коваленко"]
    assert [title.replace("\u200e", "") for title in view.group("Kinder")] == [
        "Maksym Kovalenko, 15", "Олена Коваленко, 13",
    ]  # fmt: skip
    assert "Familie Kowalczyk" in view.group("Klingt ähnlich")
    found = view.lines[0]
    assert [found.title[first:last] for first, last in found.marks] == ["Kov"]
    assert view.group("Befehle") == [
        "Angaben ändern: Familie Kovalenko", "Termin: Familie Kovalenko", "Neue Aufnahme „kov“"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "hit"), [("حداد", "Familie حداد"), ("haddad", "Familie حداد"), ("коваленко", "Familie Коваленко")]
)
def test_a_family_is_found_in_its_own_script_and_across_scripts(
    box: SearchPresenter, view: View, typed: str, hit: str
) -> None:
    box.type(typed)
    assert hit in [line.title for line in view.lines if line.what is What.FAMILY]


def test_a_birth_date_finds_the_child(box: SearchPresenter, view: View) -> None:
    box.type("3.4.15")
    assert view.current.title.replace("\u200e", "") == "لينا حداد, 11"
    box.enter()
    assert (view.gone[0].what, view.gone[0].person is not None) == (What.PERSON, True)


def test_commands_answer_to_their_names_and_alone_behind_a_bracket(box: SearchPresenter, view: View) -> None:
    box.type("sperr")
    assert view.group("Befehle") == ["Sperren", "Neue Aufnahme „sperr“"]
    box.type(">")
    assert [line.title for line in view.lines] == ["Familien", "Sperren"]
    box.type("> fam")
    box.enter()
    assert [line.command for line in view.gone] == ["families"]
    box.type(">xyz")
    assert view.lines == []
    assert "zeigt alle" in view.notice


def test_a_command_does_not_wait_for_a_search_that_still_runs(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    box = SearchPresenter(view, SlowStore(store), clock, OFFERS)
    box.open(Mode.SEARCH)
    box.type(">sperr")
    assert [line.title for line in view.lines] == ["Sperren"]
    box.enter()
    assert [line.command for line in view.gone] == ["lock"]


def test_nothing_found_says_what_to_do_and_offers_an_intake(box: SearchPresenter, view: View) -> None:
    box.type("Nguyễn Anh 1.2.16")
    assert view.notice.startswith("Nichts gefunden")
    box.enter()
    entry = view.gone[0].entry
    assert entry is not None
    assert (entry.family_name, entry.given_name) == ("Nguyễn", "Anh")


def test_a_slow_store_shows_the_newest_text_only_and_keeps_old_hits_until_then(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    slow = SlowStore(store)
    box = SearchPresenter(view, slow, clock, OFFERS)
    box.open(Mode.SEARCH)
    slow.answer()
    before = view.group("Zuletzt geändert")
    for text in ("k", "ko", "kow", "kowa"):
        box.type(text)
        assert view.group("Zuletzt geändert") == before
    assert len(slow.waiting) == 1
    slow.answer()
    assert view.group("Familien") == []
    slow.answer()
    assert view.group("Familien") == ["Familie Kowalczyk"]
    assert not slow.waiting  # the open points are for whoever rests
    box.count_open()
    slow.answer()
    assert view.group("Familien") == ["Familie Kowalczyk"]
    box.count_open()
    assert not slow.waiting
    assert slow.asked == 4


def test_hits_that_take_long_leave_the_old_ones_with_the_lines_of_the_new_text(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    slow = SlowStore(store)
    box = SearchPresenter(view, slow, clock, OFFERS)
    box.open(Mode.SEARCH)
    slow.answer()
    box.type("kowa")
    assert view.group("Befehle") == []
    box.show_typed()
    assert view.group("Befehle")[-1] == "Neue Aufnahme „kowa“"
    assert "Familie Kowalczyk" in view.group("Zuletzt geändert")
    slow.answer()
    assert view.group("Familien") == ["Familie Kowalczyk"]


def test_a_line_chosen_before_the_hits_are_there_belongs_to_the_text(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    slow = SlowStore(store)
    box = SearchPresenter(view, slow, clock, OFFERS)
    box.open(Mode.SEARCH)
    slow.answer()
    box.type("Nowak")
    box.move(-1)
    assert view.current.title == "Neue Aufnahme „Nowak“"
    box.enter()
    assert [line.what for line in view.gone] == [What.BEGIN]
    assert view.gone[0].entry is not None
    assert view.gone[0].entry.family_name == "Nowak"


def test_eingabe_typed_ahead_waits_for_the_hits_of_its_own_text(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    slow = SlowStore(store)
    box = SearchPresenter(view, slow, clock, OFFERS)
    box.open(Mode.SEARCH)
    slow.answer()
    box.type("kowalczyk")
    box.enter()
    assert view.gone == []
    slow.answer()
    assert [line.title for line in view.gone] == ["Familie Kowalczyk"]


def test_typing_on_takes_back_an_eingabe_that_still_waits(store: Desk, view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    slow = SlowStore(store)
    box = SearchPresenter(view, slow, clock, OFFERS)
    box.open(Mode.SEARCH)
    slow.answer()
    box.type("kow")
    box.enter()
    box.type("kowx")
    while slow.waiting:
        slow.answer()
    assert view.gone == []


def test_arrows_go_around_and_the_choice_stays_on_its_line(box: SearchPresenter, view: View) -> None:
    box.type("kov")
    box.move(-1)
    assert view.current.what is What.BEGIN
    box.move(1)
    box.move(1)
    assert view.current.title == "Familie Коваленко"
    assert "Angaben ändern: Familie Коваленко" in view.group("Befehle")
    box.to_actions()
    assert view.current.title == "Angaben ändern: Familie Коваленко"
    box.enter()
    assert view.gone[0].what is What.EDIT
    assert view.gone[0].household == view.lines[1].household
    box.to_actions()
    assert view.current.title == "Familie Коваленко"


def test_an_intake_first_shows_who_is_known_and_takes_the_typed_parts_over(box: SearchPresenter, view: View) -> None:
    box.open(Mode.INTAKE)
    assert [line.title for line in view.lines] == ["Leere Aufnahme beginnen"]
    box.enter()
    assert view.gone[-1].entry is not None
    assert view.gone[-1].entry.show() == ""
    box.type("Kowalczyk Ada 3.4.15 0176 0000000")
    assert view.group("Neu anlegen") == [
        "Familie Kowalczyk · Ada, geb. 03.04.2015 · 0176 0000000",
        "Andersherum: Familie Ada · Kowalczyk, geb. 03.04.2015 · 0176 0000000",
    ]
    box.begin()
    assert view.gone[-1].entry is not None
    assert view.gone[-1].entry.family_name == "Kowalczyk"
    box.type("Kowalczyk, Ada")
    assert view.group("Neu anlegen") == ["Familie Kowalczyk · Ada"]


def test_a_store_that_fails_is_said_and_the_text_stays(view: View, clock) -> None:  # type: ignore[no-untyped-def]  # the settable clock
    box = SearchPresenter(view, FullDisk(), clock, OFFERS)
    box.open(Mode.SEARCH)
    box.type("kov")
    assert view.failure
    assert box.text == "kov"
    assert "Neue Aufnahme „kov“" in [line.title for line in view.lines]
