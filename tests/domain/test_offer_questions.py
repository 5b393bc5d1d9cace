"""Answers of a talk: heard, taken back, and never kept."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest

from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import Audience
from desk_app.domain.offer_facts import no_family
from desk_app.domain.offer_questions import QUESTIONS, Spoken
from desk_app.domain.plain_content import Content


def test_an_answer_is_heard_and_taken_back() -> None:
    spoken = Spoken().saying("work_ban", False).saying("adult_german", "A1")
    assert (spoken.answer("work_ban"), spoken.answer("adult_german"), spoken.answer("in_need")) == (False, "A1", None)
    assert spoken.saying("work_ban", True).answer("work_ban") is True
    assert spoken.without("work_ban").answered == {"adult_german"}
    assert spoken.answered == {"work_ban", "adult_german"}


@pytest.mark.parametrize(
    ("question", "answer", "error"),
    [("residence", True, KeyError), ("child_birth", "2015", KeyError), ("work_ban", "maybe", ValueError),
     ("adult_german", True, ValueError)],
)  # fmt: skip
def test_only_answers_to_questions_are_heard(question: str, answer: bool | str, error: type[Exception]) -> None:
    with pytest.raises(error, match=question):
        Spoken().saying(question, answer)


def test_what_is_said_about_asylum_work_or_need_cannot_be_written_anywhere() -> None:
    spoken = Spoken().saying("asylum_recognised", True).saying("in_need", True)
    for write in (pickle.dumps, copy.deepcopy, copy.copy):
        with pytest.raises(TypeError, match="not kept"):
            write(spoken)
    with pytest.raises(TypeError):
        json.dumps(spoken)
    for told in (str(spoken), repr(spoken)):
        assert told == "<2 spoken answers>"
    assert not isinstance(spoken, Content)
    with pytest.raises(TypeError):
        vars(spoken)


def test_facts_that_know_the_answers_cannot_be_written_either() -> None:
    facts = no_family(date(2026, 11, 26), Spoken().saying("in_need", True))
    with pytest.raises(TypeError, match="not kept"):
        pickle.dumps(facts)
    assert "in_need" not in repr(facts)


def test_what_the_intake_keeps_is_one_of_its_fields_for_whom_it_is_about() -> None:
    for key, question in QUESTIONS.items():
        if question.kept is not None:
            field = field_of(*question.kept)
            assert field.codes == question.codes or not question.in_talk or not question.codes
            assert field.audience is not (Audience.CHILDREN if key.startswith("adult") else Audience.ADULTS)


def test_what_is_sensitive_has_no_place_in_the_intake() -> None:
    asked_only = {key for key, question in QUESTIONS.items() if question.kept is None}
    assert {"work_ban", "asylum_recognised", "agency_client", "in_need", "benefits"} <= asked_only
