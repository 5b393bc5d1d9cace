"""Which requests are shown, in which order, what is chosen, and how an export tells how far it is."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import builders
import pytest
from conftest import SettableClock

from desk_app.casework.desk import Desk
from desk_app.casework.exports import Exported
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.centre import Centre
from desk_app.domain.errors import ExportCancelled, WorldError
from desk_app.presenters.placement_export import ExportJob, OutForms
from desk_app.presenters.placement_states import (
    WaitLimits,
    answers_words,
    days_words,
    name_words,
    row_words,
    state_of,
    urgency,
)
from desk_app.presenters.placements import PlacementsPresenter, Read, concerns
from desk_app.presenters.runner import InlineRunner

TODAY = builders.TODAY


def a_row(name: str = "Karim Haddad", **values: object) -> PlacementRow:
    known: dict[str, object] = {
        "request": uuid4(), "child": uuid4(), "household": uuid4(), "number": "SP-2026-0147", "name": name,
        "native_name": "", "age": "13", "grade": "8", "district": "Styrum", "state": "complete", "answered": 36,
        "asked": 36, "missing": 0, "blocking": 0, "waiting_days": 57, "since": date(2026, 9, 30), "state_since": TODAY,
    }  # fmt: skip
    return PlacementRow(**{**known, **values})  # type: ignore[arg-type]  # a test names its fields


class ShownRows:
    """A page that remembers what it was told."""

    def __init__(self) -> None:
        self.times = 0
        self.trouble = ""

    def show_rows(self) -> None:
        self.times += 1

    def show_load_failed(self, message: str) -> None:
        self.trouble = message


@pytest.fixture
def presenter(desk: Desk, clock: SettableClock) -> PlacementsPresenter:
    return PlacementsPresenter(ShownRows(), InlineRunner(desk.do), clock)


def filled(presenter: PlacementsPresenter, *rows: PlacementRow) -> PlacementsPresenter:
    presenter._arrived(Read(rows))
    return presenter


def names(presenter: PlacementsPresenter) -> list[str]:
    return [row.name for row in presenter.rows]


SOME = (
    a_row("Karim Haddad", waiting_days=57, grade="8", district="Styrum"),
    a_row("Ștefan Ionescu", waiting_days=33, grade="10", district="", state="draft", blocking=3, answered=20),
    a_row("Aylin Şahin", waiting_days=35, grade="2", district="Dümpten", state="sent", number="SP-2026-0009",
          sent_on=TODAY),
    a_row("", waiting_days=12, grade="", native_name="نور الهدى", state="draft", blocking=5, answered=10),
)


# --- order and filter


def test_the_longest_wait_stands_first(presenter: PlacementsPresenter) -> None:
    assert names(filled(presenter, *SOME)) == ["Karim Haddad", "Aylin Şahin", "Ștefan Ionescu", ""]


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("name", "Aylin Şahin", ""),
        ("grade", "Aylin Şahin", ""),
        ("district", "Aylin Şahin", "Ștefan Ionescu"),
        ("state", "Ștefan Ionescu", "Aylin Şahin"),
        ("answers", "", "Aylin Şahin"),
        ("next_step", "Ștefan Ionescu", "Aylin Şahin"),
    ],
)
def test_each_column_sorts_by_what_it_means(presenter: PlacementsPresenter, column: str, first: str, last: str) -> None:
    filled(presenter, *SOME).sort_by(column)
    assert (names(presenter)[0], names(presenter)[-1]) == (first, last)
    presenter.sort_by(column)
    assert presenter.sorting == (column, True)
    # turned around, rows of equal rank keep the longest wait first
    assert presenter.rows[0].name != first


def test_a_filter_finds_names_without_their_marks_numbers_and_names_in_their_own_script(
    presenter: PlacementsPresenter,
) -> None:
    filled(presenter, *SOME)
    for typed, found in (
        ("stefan", ["Ștefan Ionescu"]),
        ("sahin ayl", ["Aylin Şahin"]),
        ("0009", ["Aylin Şahin"]),
        ("نور", [""]),
    ):
        presenter.filter_text(typed)
        assert names(presenter) == found
    presenter.filter_text("niemand")
    assert names(presenter) == []
    assert presenter.any_rows
    assert presenter.filtered


def test_a_state_filters_and_lets_go_again(presenter: PlacementsPresenter) -> None:
    filled(presenter, *SOME).filter_state("draft")
    assert {row.state for row in presenter.rows} == {"draft"}
    assert [count.count for count in presenter.pipeline()] == [2, 1, 1, 0, 0, 0, 0]
    presenter.filter_state("draft")
    assert len(presenter.rows) == 4


# --- words


def test_a_line_says_how_it_waits_and_what_comes_next() -> None:
    limits = WaitLimits.of(Centre(amber_after=10, red_after=20))
    assert [urgency(a_row(waiting_days=days), limits) for days in (9, 10, 19, 20)] == ["", "amber", "amber", "red"]
    steps = [
        a_row(state="draft", blocking=1),
        a_row(state="draft", blocking=2),
        a_row(),
        *(a_row(state="sent", state_since=date(2026, 11, day)) for day in (26, 25, 17)),
    ]
    assert [state_of(row).next_step(row, TODAY).words for row in steps] == [
        "1 Angabe fehlt",
        "2 Angaben fehlen",
        "bereit zum Senden",
        "heute übermittelt",
        "gestern übermittelt",
        "seit 9 Tagen übermittelt",
    ]
    assert (days_words(a_row(waiting_days=1)), days_words(a_row())) == ("1 Tag", "57 Tage")
    assert (answers_words(a_row(answered=28)), answers_words(a_row())) == ("28 von 36", "vollständig")


def test_a_line_is_read_as_one_sentence() -> None:
    assert row_words(a_row(), selected=True) == "Karim Haddad, 13, Klasse 8, vollständig, 57 Tage, ausgewählt"
    bare = a_row("", age="", grade="", state="draft")
    assert row_words(bare, selected=False) == "noch ohne Namen, Entwurf, 57 Tage"
    assert name_words(SOME[3]) == "نور الهدى"


def test_the_mean_wait_of_what_was_sent_is_told(presenter: PlacementsPresenter) -> None:
    rows = [a_row(state="sent", state_since=date(2026, 11, day)) for day in (26, 22)]
    assert filled(presenter, *rows).pipeline()[2].note == "Ø 2 Tage"


# --- selection


def test_what_a_filter_hides_stays_chosen(presenter: PlacementsPresenter) -> None:
    filled(presenter, *SOME).select([SOME[0], SOME[1]])
    presenter.filter_text("sahin")
    presenter.select([SOME[2]])
    chosen = presenter.selection
    assert (chosen.count, chosen.hidden, chosen.incomplete, chosen.ready, chosen.sent_before) == (3, 2, 1, 2, 1)
    presenter.select([])
    assert presenter.selection.count == 2


def test_a_choice_survives_reading_again_and_forgets_what_is_gone(presenter: PlacementsPresenter) -> None:
    filled(presenter, *SOME).select(SOME)
    filled(presenter, *SOME[:2])
    assert presenter.selection.count == 2


def test_only_what_touches_requests_makes_the_rows_old() -> None:
    assert concerns(frozenset({"placements"}))
    assert concerns(frozenset({"households", "users"}))
    assert not concerns(frozenset({"users", "lists"}))


# --- with a real store


def test_a_family_appears_with_its_request_and_can_be_sent(
    desk: Desk, presenter: PlacementsPresenter, tmp_path: Path
) -> None:
    family, _ = desk.do(builders.store_family)
    presenter.load()
    (row,) = presenter.rows
    assert (row.name, row.state, row.request) == ("Karim Haddad", "complete", family.request)
    presenter.select(presenter.rows)
    made: list[Exported] = []
    job = ExportJob(1, OutForms(xlsx=False, cover=False))
    presenter.export(job, tmp_path, made.append, pytest.fail)
    assert [path.suffix for path in made[0].files] == [".pdf"]
    assert [(step.state, step.done, step.total) for step in job.progress().steps] == [("done", 1, 1), ("done", 1, 1)]
    presenter.load()
    assert presenter.rows[0].state == "sent"
    assert presenter.rows[0].state_since == TODAY
    assert presenter.selection.count == 0, "what left is no longer chosen"
    presenter.select(presenter.rows)
    assert presenter.selection.sent_before == 1


def test_a_store_that_cannot_be_read_is_told(clock: SettableClock) -> None:
    def broken(deed: object) -> tuple[object, frozenset[str]]:
        raise WorldError("Das ging nicht.")

    page = ShownRows()
    PlacementsPresenter(page, InlineRunner(broken), clock).load()  # type: ignore[arg-type]  # it never gets to run a deed
    assert page.trouble == "Das ging nicht."


# --- an export on its way


def test_an_export_counts_its_steps_and_estimates_the_rest_by_its_pace() -> None:
    time = [0.0]
    job = ExportJob(10, now=lambda: time[0])
    assert [step.state for step in job.progress().steps] == ["running", "waiting", "waiting"]
    job.told("xlsx", 10, 10)
    for done in range(6):
        job.told("pdf", done, 10)
        time[0] += 2
    now = job.progress()
    assert [(step.name, step.done, step.total, step.state) for step in now.steps] == [
        ("Angaben prüfen", 10, 10, "done"),
        ("Excel-Liste schreiben", 10, 10, "done"),
        ("PDF erstellen", 5, 10, "running"),
    ]
    assert now.seconds_left == 10


def test_nobody_promises_a_time_before_a_pace_is_known() -> None:
    job = ExportJob(10, now=lambda: 0.0)
    job.told("pdf", 1, 10)
    assert job.progress().seconds_left is None


def test_a_cancelled_export_stops_at_its_next_report() -> None:
    job = ExportJob(1)
    job.cancel()
    with pytest.raises(ExportCancelled):
        job.told("pdf", 0, 1)
