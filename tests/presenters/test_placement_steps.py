"""Which states are offered, what is filled in already, what is said to be missing, and what a step tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import builders
import pytest

from desk_app.casework.desk import Desk
from desk_app.casework.placement_list import PlacementRow
from desk_app.presenters.placement_steps import (
    MOVES,
    Draft,
    Part,
    PlacementSteps,
    about,
    begin,
    hint,
    move_of,
    moves_for,
    told,
)
from desk_app.presenters.runner import InlineRunner

TODAY = builders.TODAY


def a_row(state: str, **values: object) -> PlacementRow:
    known: dict[str, object] = {
        "request": uuid4(), "child": uuid4(), "household": uuid4(), "number": "SP-2026-0147", "name": "Karim Haddad",
        "native_name": "", "age": "13", "grade": "8", "district": "Styrum", "state": state, "answered": 36,
        "asked": 36, "missing": 0, "blocking": 0, "waiting_days": 30, "since": TODAY, "state_since": TODAY,
    }  # fmt: skip
    return PlacementRow(**{**known, **values})  # type: ignore[arg-type]  # a test names its fields


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (a_row("complete"), "assigned"),
        (a_row("sent"), "assigned"),
        (a_row("query"), "sent"),
        (a_row("assigned"), "assigned"),
        (a_row("assigned", starts_on=TODAY), "admitted"),
        (a_row("admitted"), "closed"),
        (a_row("declined"), "draft"),
        (a_row("closed"), "draft"),
    ],
)
def test_what_usually_comes_next_is_chosen_first(row: PlacementRow, state: str) -> None:
    assert begin([row], TODAY).state == state
    assert state in {move.state for move in moves_for([row])}


def test_what_was_never_sent_cannot_be_answered_or_gone_on_with() -> None:
    assert {"sent", "draft"}.isdisjoint(move.state for move in moves_for([a_row("draft"), a_row("complete")]))
    assert len(moves_for([a_row("draft"), a_row("query")])) == len(MOVES)


def test_what_all_have_in_common_is_filled_in() -> None:
    one = a_row("assigned", school="103780", class_name="3a", starts_on=TODAY)
    first = begin([one], TODAY)
    assert (first.school, first.class_name, first.starts_on, first.happened_on) == ("103780", "3a", TODAY, TODAY)
    both = begin([one, a_row("assigned", school="189111")], TODAY)
    assert (both.school, both.class_name, both.starts_on) == ("", "", None)
    assert begin([one, a_row("sent")], TODAY).state == "assigned"


def test_what_is_not_told_yet_is_a_hint_and_no_more() -> None:
    assert hint(Draft("assigned")) == "Noch nicht eingetragen: Schule, Erster Schultag. Das geht auch später."
    assert hint(Draft("assigned", school="103780", starts_on=TODAY)) == ""
    assert "Noch nicht" not in hint(Draft("query", reason_code="age"))
    assert hint(Draft("withdrawn")) == "Die Anfrage ruht, bis jemand daran weiterarbeitet."


def test_a_step_tells_only_what_its_state_asks_for() -> None:
    draft = Draft("declined", "103780", "3a", TODAY, "SG", "age", "kein Platz", TODAY)
    facts = draft.facts(move_of("declined"))
    assert (facts.school, facts.reason, facts.happened_on) == ("103780", "kein Platz", TODAY)
    assert (facts.class_name, facts.starts_on, facts.support, facts.reason_code) == ("", None, "", "")
    begun = Draft("admitted", starts_on=date(2026, 11, 23), happened_on=TODAY).facts(move_of("admitted"))
    assert begun.happened_on == date(2026, 11, 23)


def test_every_part_has_a_name_where_it_is_asked_for() -> None:
    for move in MOVES:
        assert move.labels, move.state
        assert set(move.wished) <= set(move.labels)
    assert {part for move in MOVES for part in move.labels} == set(Part)


def test_one_is_named_with_its_state_and_many_are_counted() -> None:
    row = a_row("sent")
    assert about([row]) == "Karim Haddad, SP-2026-0147, jetzt übermittelt"
    assert about([row] * 5) == "Karim Haddad, Karim Haddad, Karim Haddad und 2 weitere"
    assert told([row], "assigned") == "Karim Haddad: zugewiesen"
    assert told([row, row], "declined") == "2 Anfragen: abgelehnt"


class Told:
    def __init__(self) -> None:
        self.words, self.trouble = "", ""

    def show_stepped(self, words: str, deed: object) -> None:
        self.words = words

    def show_step_failed(self, message: str) -> None:
        self.trouble = message


def test_what_was_left_is_there_again_until_it_is_done(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    row = a_row("complete", request=family.request)
    view = Told()
    steps = PlacementSteps(view, InlineRunner(desk.do))
    steps.leave([row], Draft("query", reason="Jahrgang?"))
    assert steps.begin([row], TODAY).reason == "Jahrgang?"
    steps.take([row], steps.begin([row], TODAY))
    assert view.words == "Karim Haddad: Rückfrage"
    assert steps.begin([row], TODAY).reason == ""


def test_why_a_step_did_not_work_is_said(desk: Desk) -> None:
    view = Told()
    PlacementSteps(view, InlineRunner(desk.do)).take([a_row("sent")], Draft("assigned"))
    assert view.trouble
    assert not view.words


def test_what_was_typed_and_not_entered_is_told_by_number_and_what_was_only_proposed_is_not(desk: Desk) -> None:
    steps, rows = PlacementSteps(Told(), InlineRunner(desk.do)), [a_row("sent")]
    steps.leave(rows, steps.begin(rows, TODAY))
    assert steps.lost() == ""
    steps.leave(rows, replace(steps.begin(rows, TODAY), reason="Jahrgang 8 ist voll"))
    assert steps.lost().startswith("Nicht gespeichert: der begonnene Stand von SP-2026-0147")
    assert "Haddad" not in steps.lost()
