"""What each state of a request says: its next step, where it stands in the course, and what can be narrowed by it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import builders
import pytest
from conftest import SettableClock

from desk_app.casework import placements
from desk_app.casework.placement_list import PlacementRow
from desk_app.presenters import placement_pipeline
from desk_app.presenters.placement_columns import RESTING
from desk_app.presenters.placement_states import STATES, WaitLimits, state_of, urgency
from desk_app.presenters.placements import PlacementsPresenter, Read
from desk_app.presenters.runner import InlineRunner

TODAY = builders.TODAY


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_row(state: str, name: str = "Karim Haddad", **values: object) -> PlacementRow:
    known: dict[str, object] = {
        "request": uuid4(), "child": uuid4(), "household": uuid4(), "number": "SP-2026-0147", "name": name,
        "native_name": "", "age": "13", "grade": "8", "district": "Styrum", "state": state, "answered": 36,
        "asked": 36, "missing": 0, "blocking": 0, "waiting_days": 30, "since": ago(30), "state_since": ago(9),
    }  # fmt: skip
    return PlacementRow(**{**known, **values})  # type: ignore[arg-type]  # a test names its fields


class Silent:
    def show_rows(self) -> None: ...

    def show_load_failed(self, message: str) -> None: ...


SCHOOLS = {"103780": "GS Musterweg", "189111": "Gesamtschule Beispiel"}


def presenting(clock: SettableClock, *rows: PlacementRow, user: str = "") -> PlacementsPresenter:
    presenter = PlacementsPresenter(Silent(), InlineRunner(lambda deed: (None, frozenset())), clock, WaitLimits(28, 42))  # type: ignore[arg-type]  # nothing is read
    presenter._arrived(Read(rows, user, SCHOOLS))
    return presenter


# --- next steps


@pytest.mark.parametrize(
    ("row", "words", "urgent"),
    [
        (a_row("sent", state_since=ago(13)), "seit 13 Tagen übermittelt", False),
        (a_row("sent", state_since=ago(14)), "nachfragen, seit 14 Tagen", True),
        (a_row("sent", changed=True), "Änderung melden", True),
        (a_row("waiting_list", changed=True), "Änderung melden", True),
        (a_row("query", reason="Jahrgang klären", reason_code="age"), "Jahrgang klären", True),
        (a_row("query", reason_code="missing_document"), "Unterlage fehlt", True),
        (a_row("query"), "Rückfrage klären", True),
        (a_row("waiting_list", state_since=ago(0)), "Warteliste seit heute", False),
        (a_row("waiting_list", state_since=ago(1)), "Warteliste seit 1 Tag", False),
        (a_row("assigned"), "Aufnahmetermin offen", False),
        (a_row("assigned", starts_on=date(2026, 11, 30)), "Aufnahme Mo, 30.11.", False),
        (a_row("assigned", starts_on=TODAY), "Aufnahme heute", False),
        (a_row("assigned", starts_on=ago(1)), "hat das Kind angefangen?", True),
        (a_row("admitted", starts_on=date(2026, 11, 2)), "in der Schule seit 02.11.", False),
        (a_row("admitted", starts_on=date(2025, 8, 27)), "in der Schule seit 27.08.2025", False),
        (a_row("declined", reason="keine Kapazität"), "neu beraten: keine Kapazität", True),
        (a_row("withdrawn", reason="geht nach Essen"), "geht nach Essen", False),
        (a_row("closed"), "", False),
    ],
)
def test_each_state_says_what_comes_next(row: PlacementRow, words: str, urgent: bool) -> None:
    step = state_of(row).next_step(row, TODAY)
    assert (step.words, step.urgent) == (words, urgent)


def test_every_state_there_is_can_be_shown() -> None:
    assert {state.key for state in STATES} == set(placements.STATES)
    for state in STATES:
        state.next_step(a_row(state.key), TODAY)


def test_a_wait_goes_on_until_there_is_a_place() -> None:
    limits = WaitLimits(28, 42)
    looks = {state.key: urgency(a_row(state.key), limits) for state in STATES}
    assert {key for key, look in looks.items() if look == "amber"} == {
        "draft", "complete", "sent", "query", "waiting_list", "declined",
    }  # fmt: skip
    assert looks["assigned"] == looks["closed"] == "over"


# --- the course


def test_what_is_rare_stands_in_the_arrow_beside_it_and_is_named() -> None:
    rows = [a_row("sent"), a_row("waiting_list"), a_row("query"), a_row("declined"), a_row("declined")]
    counts = {each.arrow.key: (each.count, each.note) for each in placement_pipeline.counts(rows, TODAY)}
    assert counts["sent"] == (2, "Warteliste: 1")
    assert counts["query"] == (3, "2 abgelehnt")
    assert counts["draft"] == (0, "")


def test_notes_tell_what_needs_somebody() -> None:
    rows = [
        a_row("assigned", starts_on=ago(2)),
        a_row("assigned"),
        a_row("admitted", state_since=ago(2)),
        a_row("admitted", state_since=ago(60)),
        a_row("closed", state_since=ago(2)),
    ]
    counts = {each.arrow.key: each.note for each in placement_pipeline.counts(rows, TODAY)}
    assert (counts["assigned"], counts["admitted"], counts["closed"]) == (
        "nachfragen: 1", "1 diesen Monat", "dieses Jahr",
    )  # fmt: skip
    assert placement_pipeline.counts(rows[1:2], TODAY)[4].note == "Termin offen: 1"


def test_only_withdrawn_and_moved_away_stand_in_no_arrow() -> None:
    standing = frozenset[str]().union(*(arrow.states for arrow in placement_pipeline.ARROWS))
    assert set(placements.STATES) - standing == {"withdrawn", "moved_away"}


# --- what rests, and what is offered to narrow by


def test_what_rests_is_hidden_until_it_is_asked_for(clock: SettableClock) -> None:
    rows = [a_row(state.key, state.word) for state in STATES]
    presenter = presenting(clock, *rows)
    assert {row.state for row in presenter.rows} == set(placements.STATES) - RESTING
    assert presenter.resting == len(RESTING)
    assert presenter.open_count == 6
    presenter.filter_text("verzogen")
    assert (presenter.rows, presenter.resting) == ((), 1)
    presenter.show_resting()
    assert [row.state for row in presenter.rows] == ["moved_away"]
    presenter.narrow(type(presenter.narrowing)())
    presenter.filter_state("closed")
    assert [row.state for row in presenter.rows] == ["closed"]
    assert presenter.state_filter == "closed"


def keys(presenter: PlacementsPresenter, *chosen: str) -> set[str]:
    presenter.narrow(type(presenter.narrowing)(conditions=frozenset(chosen)))
    return {row.number for row in presenter.rows}


def test_the_list_narrows_by_wait_answer_stage_school_and_counsellor(clock: SettableClock) -> None:
    presenter = presenting(
        clock,
        a_row("sent", number="A", waiting_days=28, state_since=ago(14), stage="primary", grade="3", counsellor="me"),
        a_row("waiting_list", number="B", waiting_days=42, state_since=ago(28), stage="lower_secondary", grade="8"),
        a_row("assigned", number="C", waiting_days=90, school="103780", stage="lower_secondary", grade="7"),
        a_row("complete", number="D", waiting_days=3, stage="upper_secondary", grade=""),
        user="me",
    )
    assert keys(presenter, "amber") == {"A", "B"}
    assert keys(presenter, "red") == {"B"}
    assert keys(presenter, "unanswered_14") == {"A", "B"}
    assert keys(presenter, "unanswered_28") == {"B"}
    assert keys(presenter, "mine") == {"A"}
    assert keys(presenter, "changed") == set()
    assert keys(presenter, "stage:primary", "stage:5-7") == {"A", "C"}
    assert keys(presenter, "stage:8-10") == {"B"}
    assert keys(presenter, "stage:upper") == {"D"}
    assert keys(presenter, "school:103780") == {"C"}
    titles = {condition.key: condition.title for condition in presenter.spec.conditions}
    assert titles["school:103780"] == "GS Musterweg"
    assert (titles["amber"], titles["red"]) == ("gelb: ab 28 Tagen", "rot: ab 42 Tagen")
    presenter.set_limits(WaitLimits(5, 90))
    assert keys(presenter, "amber") == {"A", "B"}
    assert keys(presenter, "red") == set()


def test_a_kept_filter_by_a_school_that_nobody_goes_to_any_more_still_narrows(clock: SettableClock) -> None:
    presenter = presenting(clock, a_row("assigned", school="103780"))
    assert keys(presenter, "school:189111") == set()


def test_a_school_is_found_by_its_name_and_sorts_by_it(clock: SettableClock) -> None:
    rows = (
        a_row("assigned", "Eins", school="103780"),
        a_row("assigned", "Zwei", school="189111"),
        a_row("draft", "Drei"),
    )
    presenter = presenting(clock, *rows)
    presenter.sort_by("school")
    assert [row.name for row in presenter.rows] == ["Zwei", "Eins", "Drei"]
    presenter.filter_text("musterweg")
    assert [row.name for row in presenter.rows] == ["Eins"]


def test_what_has_a_place_is_not_sent_once_more(clock: SettableClock) -> None:
    presenter = presenting(clock, a_row("complete"), a_row("admitted"), a_row("draft", blocking=2))
    presenter.select(presenter.rows)
    chosen = presenter.selection
    assert (chosen.count, chosen.placed, chosen.incomplete, chosen.ready) == (3, 1, 1, 1)
