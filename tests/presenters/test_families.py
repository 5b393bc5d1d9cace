from collections.abc import Callable
from datetime import date
from typing import Any

from builders import store_family

from desk_app.casework import intake
from desk_app.casework.desk import Desk
from desk_app.domain.errors import DiskFull
from desk_app.presenters.families import FamiliesPresenter, FamilyLine
from desk_app.presenters.runner import InlineRunner


class View:
    def __init__(self) -> None:
        self.lines: tuple[FamilyLine, ...] = ()
        self.search = ""
        self.everybody = 0
        self.failure = ""

    def show_families(self, lines: tuple[FamilyLine, ...], search: str, everybody: int) -> None:
        self.lines, self.search, self.everybody = lines, search, everybody

    def show_read(self) -> None: ...

    def show_failed(self, message: str) -> None:
        self.failure = message

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.lines]


def three_families(desk: Desk, clock: Any) -> None:
    for name in ("Çelik", "Örnek", "Haddad"):
        desk.do(lambda work, name=name: store_family(work, name))
        clock.advance(minutes=5)


def test_the_list_begins_with_what_was_changed_last_and_can_be_sorted(desk: Desk, clock) -> None:
    three_families(desk, clock)
    view = View()
    presenter = FamiliesPresenter(view, InlineRunner(desk.do), clock)
    presenter.refresh()
    assert view.names == ["Haddad", "Örnek", "Çelik"]
    presenter.sort("name")
    assert view.names == ["Çelik", "Haddad", "Örnek"]
    presenter.sort("name")
    assert view.names == ["Örnek", "Haddad", "Çelik"]
    presenter.sort("file_number")
    assert [line.file_number for line in view.lines] == ["2026-0003", "2026-0002", "2026-0001"]


def test_whoever_stands_at_the_top_sees_the_top_of_another_order_and_anybody_else_keeps_their_family(
    desk: Desk, clock
) -> None:
    three_families(desk, clock)
    view = View()
    presenter = FamiliesPresenter(view, InlineRunner(desk.do), clock)
    presenter.refresh()
    presenter.current, presenter.place = view.lines[0].id, 0
    presenter.sort("file_number")
    presenter.sort("file_number")
    assert (view.names[0], view.lines.place) == ("Çelik", 0)
    presenter.current, presenter.place = view.lines[1].id, 1
    presenter.sort("name")
    assert (view.names, view.lines.place) == (["Çelik", "Haddad", "Örnek"], 2)


def test_a_search_takes_any_spelling_any_name_and_the_file_number(desk: Desk, clock) -> None:
    three_families(desk, clock)
    view = View()
    presenter = FamiliesPresenter(view, InlineRunner(desk.do), clock)
    for words, names in (
        ("celik", ["Çelik"]),
        ("ÖRNEK rana", ["Örnek"]),
        ("karim", ["Haddad", "Örnek", "Çelik"]),
        ("2026-0003", ["Haddad"]),
        ("Niemand", []),
    ):
        presenter.search(words)
        assert (words, sorted(view.names)) == (words, sorted(names))
        assert view.everybody == 3


def test_a_row_says_who_belongs_to_the_family_and_whether_it_is_being_taken_in(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    view = View()
    presenter = FamiliesPresenter(view, InlineRunner(desk.do), clock)
    presenter.refresh()
    assert view.lines[0].spoken == (
        "Haddad, Akte 2026-0001, 1 erwachsene Person, 1 Kind, in Aufnahme, zuletzt geändert heute 10:42"
    )
    desk.do(lambda work: intake.finish(work, family.household))
    presenter.refresh()
    assert "in Aufnahme" not in view.lines[0].spoken
    assert view.lines[0].changed_at.date() == date(2026, 11, 26)


class SlowRunner:
    """Keeps deeds until they are let go, as the worker does while the vault is busy."""

    def __init__(self, desk: Desk) -> None:
        self.inline = InlineRunner(desk.do)
        self.waiting: list[tuple[Any, Any, Any]] = []

    def run(self, deed: Any, done: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        self.waiting.append((deed, done, failed))

    def let_go(self) -> None:
        self.inline.run(*self.waiting.pop(0))


def test_while_a_search_is_on_its_way_only_the_newest_of_the_next_ones_is_read(desk: Desk, clock) -> None:
    three_families(desk, clock)
    view, runner = View(), SlowRunner(desk)
    presenter = FamiliesPresenter(view, runner, clock)
    for words in ("h", "ha", "had", "örnek"):
        presenter.search(words)
    assert len(runner.waiting) == 1
    runner.let_go()
    assert view.lines == (), "an outdated answer is not shown"
    runner.let_go()
    assert view.names == ["Örnek"]
    assert not runner.waiting


def test_a_failure_is_said_and_the_next_refresh_starts_anew(desk: Desk, clock) -> None:
    view, runner = View(), SlowRunner(desk)
    presenter = FamiliesPresenter(view, runner, clock)
    presenter.refresh()
    runner.waiting.pop()[2](DiskFull())
    assert view.failure == str(DiskFull())
    presenter.refresh()
    assert len(runner.waiting) == 1


def test_a_search_puts_the_best_first_with_its_letters_marked_until_somebody_sorts(desk: Desk, clock) -> None:
    desk.do(lambda work: store_family(work, "Kowalczyk", given_name="Zofia"))
    clock.advance(minutes=5)
    desk.do(lambda work: store_family(work, "Коваленко", given_name="Олена"))
    view = View()
    presenter = FamiliesPresenter(view, InlineRunner(desk.do), clock)
    presenter.refresh()
    presenter.search("kowal")
    assert view.names == ["Kowalczyk", "Коваленко"]
    assert presenter.shown_order[0] == ""
    first = view.lines[0]
    assert [first.name[start:end] for start, end in first.marks] == ["Kowal"]
    presenter.sort("changed")
    presenter.search("kowa")
    assert presenter.shown_order[0] == ""
    presenter.search("zofia")
    assert view.lines[0].found == "Zofia Kowalczyk"
