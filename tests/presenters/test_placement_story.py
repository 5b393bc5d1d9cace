"""How a request stands and how it came to that, as the preview tells it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import builders

from desk_app.casework.request_steps import PaperLine, StepLine
from desk_app.presenters.placement_story import SHOWN, standing, story

TODAY = builders.TODAY


def a_step(state: str, days_ago: int, **values: Any) -> StepLine:
    day = TODAY - timedelta(days=days_ago)
    return StepLine(state, day, values.pop("entered", day), values.pop("by", "Carla Brandt"), **values)


def test_a_place_is_told_as_last_heard_and_since_when() -> None:
    steps = [
        a_step("admitted", 1, starts_on=date(2026, 11, 25)),
        a_step("assigned", 9, school="GS Musterweg", class_name="3a", support="Regelklasse", by="Jonas Adeyemi"),
        a_step("sent", 20),
    ]
    found = standing(steps, TODAY)
    assert found is not None
    assert (found.word, found.since) == ("aufgenommen", "seit 1 Tag")
    assert found.facts == (
        ("Schule", "GS Musterweg, Klasse 3a"),
        ("Beginn", "Mi, 25.11."),
        ("Förderung", "Regelklasse"),
        ("Eingetragen", "C. Brandt, 25.11.2026"),
    )


def test_an_older_place_is_not_told_as_the_present_one() -> None:
    steps = [a_step("declined", 1, reason="kein Platz"), a_step("assigned", 9, school="GS Musterweg")]
    found = standing(steps, TODAY)
    assert found is not None
    assert [name for name, _value in found.facts] == ["Grund", "Eingetragen"]


def test_a_draft_has_no_facts_and_no_steps_no_standing() -> None:
    found = standing([a_step("draft", 0)], TODAY)
    assert found is not None
    assert (found.word, found.since, found.facts) == ("Entwurf", "seit heute", ())
    assert standing([], TODAY) is None


def test_a_wait_is_counted_from_the_first_step_of_its_state() -> None:
    found = standing([a_step("sent", 2), a_step("sent", 9), a_step("complete", 10)], TODAY)
    assert found is not None
    assert found.since == "seit 9 Tagen"


def test_the_story_tells_the_newest_steps_and_leaves_out_the_to_and_fro_of_answers() -> None:
    steps = [a_step("sent", 1), a_step("complete", 2), a_step("draft", 3), a_step("complete", 4), a_step("draft", 5)]
    lines, older = story(steps, TODAY)
    assert [line.word for line in lines] == ["übermittelt", "vollständig"]
    assert older == 0
    many = [a_step("query" if n % 2 else "sent", n) for n in range(SHOWN + 2)]
    lines, older = story(many, TODAY)
    assert (len(lines), older) == (SHOWN, 2)


def test_a_line_of_the_story_reads_as_a_sentence() -> None:
    step = a_step("assigned", 14, school="GS Musterweg", class_name="3a", starts_on=date(2026, 11, 30))
    (line,), _older = story([step], TODAY)
    assert line.spoken == "12.11., zugewiesen, GS Musterweg, Klasse 3a, ab Mo, 30.11., C. Brandt"
    (old,), _older = story([a_step("closed", 400)], TODAY)
    assert old.day == "22.10.2025"


def test_what_left_meanwhile_stands_among_the_steps_it_followed_from() -> None:
    steps = [a_step("admitted", 1), a_step("assigned", 9), a_step("sent", 20)]
    papers = [
        PaperLine(TODAY - timedelta(days=3), "Brief", "die Familie", "Carla Brandt"),
        PaperLine(TODAY - timedelta(days=9), "Daten für die Schule", "GS Musterweg", "Jonas Adeyemi"),
    ]
    lines, older = story(steps, TODAY, papers)
    assert [(line.word, line.told) for line in lines] == [
        ("aufgenommen", ""),
        ("Brief", "an die Familie"),
        ("Daten für die Schule", "an GS Musterweg"),
        ("zugewiesen", ""),
        ("übermittelt", ""),
    ]
    assert older == 0
    assert lines[2].spoken == "17.11., Daten für die Schule, an GS Musterweg, J. Adeyemi"
