"""Deadlines that come and go with the facts of a placement, and the last sign of life of a family."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from builders import NOW, TODAY, Family

from desk_app.domain.dates import DateSpan
from desk_app.domain.placement_deadlines import (
    SIGNS_OF_LIFE,
    Deadline,
    day_of,
    days_waiting,
    deadlines,
    last_sign_of_life,
    standing,
)
from desk_app.domain.records import Record, RecordKind, RequestEvent, Value

SIXTEEN = DateSpan.of_day(date(2009, 6, 15))
REQUEST = uuid4()


def step(
    state: str, day: date, *, starts_on: date | None = None, school: str = "", request: UUID = REQUEST
) -> RequestEvent:
    return RequestEvent(uuid4(), request, state, NOW, "Carla", happened_on=day, starts_on=starts_on, school=school)


def due(
    *events: RequestEvent, today: date = TODAY, family: Family | None = None, **child: Value
) -> dict[str, Deadline]:
    family = family or Family()
    row = family.child(**child)
    return {item.rule: item for item in deadlines(family.view(row, today), events, today)}


SENT = step("sent", date(2026, 11, 10))
ASSIGNED = step("assigned", date(2026, 11, 20))


def test_what_was_sent_is_asked_after_in_a_fortnight() -> None:
    found = due(SENT)["sent_unanswered"]
    assert (found.due_on, found.words) == (date(2026, 11, 24), "Bei der Schulaufsicht nachfragen")
    assert found.why == "übermittelt am 10.11.2026, noch keine Antwort"
    again = due(SENT, step("sent", date(2026, 11, 18)))["sent_unanswered"]
    assert again.due_on == date(2026, 12, 2)


def test_an_answer_ends_the_asking() -> None:
    assert "sent_unanswered" not in due(SENT, step("waiting_list", date(2026, 11, 12)))
    assert "sent_unanswered" not in due(SENT, ASSIGNED)


def test_a_query_is_answered_within_a_week() -> None:
    assert due(SENT, step("query", date(2026, 11, 20)))["query_unanswered"].due_on == date(2026, 11, 27)
    assert "query_unanswered" not in due(step("query", date(2026, 11, 20)), step("sent", date(2026, 11, 21)))


def test_two_and_eight_weeks_after_assignment_somebody_asks() -> None:
    found = due(SENT, ASSIGNED)
    assert (found["feedback"].due_on, found["feedback"].words) == (date(2026, 12, 4), "Hat das Kind angefangen?")
    assert found["feedback_later"].due_on == date(2027, 1, 15)
    assert found["feedback"].why == "zugewiesen am 20.11.2026"


def test_the_weeks_count_from_the_first_day_at_school_where_that_is_later() -> None:
    later = due(step("assigned", date(2026, 11, 20), starts_on=date(2026, 12, 1)))
    assert (later["feedback"].due_on, later["feedback_later"].due_on) == (date(2026, 12, 15), date(2027, 1, 26))
    assert later["feedback"].why == "Schulbeginn am 01.12.2026"
    earlier = due(step("assigned", date(2026, 11, 20), starts_on=date(2026, 11, 2)))
    assert earlier["feedback"].due_on == date(2026, 12, 4)


def test_once_admitted_only_the_later_question_stays() -> None:
    found = due(SENT, step("assigned", date(2026, 11, 2), starts_on=date(2026, 11, 9)), step("admitted", TODAY))
    assert "feedback" not in found
    assert found["feedback_later"].due_on == date(2027, 1, 4)
    told_late = due(step("admitted", date(2026, 11, 20)))
    assert told_late["feedback_later"].due_on == date(2027, 1, 15)


def test_another_assignment_starts_anew() -> None:
    found = due(step("assigned", date(2026, 9, 1), starts_on=date(2026, 9, 7)), SENT, ASSIGNED)
    assert found["feedback"].due_on == date(2026, 12, 4)
    first = step("assigned", date(2026, 11, 1), starts_on=date(2027, 1, 11), school="103780")
    elsewhere = due(first, step("assigned", date(2026, 11, 20), school="189111"))
    assert (elsewhere["feedback"].due_on, elsewhere["feedback"].why) == (date(2026, 12, 4), "zugewiesen am 20.11.2026")


@pytest.mark.parametrize(
    ("child", "end"),
    [
        ({}, date(2028, 11, 30)),
        ({"support_start": date(2026, 11, 23)}, date(2028, 11, 22)),
        ({"support_end": date(2027, 7, 31)}, date(2027, 7, 31)),
        ({"prior_german_school": True, "prior_german_school_since": DateSpan.of_month(2025, 9)}, date(2027, 8, 31)),
    ],
)
def test_the_end_of_first_support_is_told_eight_weeks_before(child: dict[str, Value], end: date) -> None:
    found = due(step("assigned", date(2026, 11, 20), starts_on=date(2026, 12, 1)), **child)["support_end"]
    assert (found.due_on, found.remind_on) == (end, end - timedelta(weeks=8))
    assert found.words == "Anschlussförderung klären"


def test_no_end_is_guessed_and_a_settled_one_is_not_asked_again() -> None:
    assert "support_end" not in due(ASSIGNED, prior_german_school=True)
    assert "support_end" not in due(ASSIGNED, follow_up_end=date(2029, 7, 31))
    assert "support_end" not in due(SENT, support_end=date(2027, 7, 31))


def test_an_open_measles_proof_is_asked_for_after_the_start() -> None:
    assert due(ASSIGNED, measles_proof="open")["measles"].due_on == date(2026, 12, 18)
    assert due(ASSIGNED, measles_proof=None)["measles"].due_on == date(2026, 12, 18)
    assert "measles" not in due(ASSIGNED)
    assert "measles" not in due(SENT, measles_proof="open")


def test_the_school_medical_is_asked_after_on_its_day_or_once_the_request_is_out() -> None:
    appointed = due(step("draft", TODAY), school_medical="appointment", school_medical_on=date(2026, 12, 3))
    assert appointed["school_medical"].due_on == date(2026, 12, 3)
    assert due(SENT)["school_medical"].due_on == date(2026, 12, 8)
    assert "school_medical" not in due(step("complete", TODAY))
    assert "school_medical" not in due(SENT, school_medical="done", school_medical_on=date(2026, 12, 3))


def test_those_of_sixteen_who_wait_have_the_next_start_before_them() -> None:
    found = due(SENT, birth_date=SIXTEEN)["term_start"]
    assert (found.due_on, found.remind_on) == (date(2027, 2, 1), date(2027, 1, 4))
    assert "„Fit für mehr“" in found.why
    assert due(SENT, birth_date=SIXTEEN, support_type="A17")["term_start"].due_on == date(2027, 8, 1)
    assert "term_start" not in due(SENT)
    assert "term_start" not in due(ASSIGNED, birth_date=SIXTEEN)


def test_a_start_that_went_by_gives_way_to_the_next() -> None:
    assert due(SENT, today=date(2027, 2, 2), birth_date=SIXTEEN)["term_start"].due_on == date(2027, 5, 1)


def test_a_planned_move_is_asked_about() -> None:
    found = due(SENT, family=Family(planned_move_on=DateSpan.of_month(2027, 1)))["planned_move"]
    assert (found.due_on, found.remind_on) == (date(2027, 1, 1), date(2026, 12, 18))
    assert "planned_move" not in due(SENT, family=Family(planned_move_on=DateSpan.unknown()))


def test_without_a_sign_of_life_somebody_gets_in_touch() -> None:
    family = Family(first_contact_on=date(2026, 9, 1), appointment_at=None).without(RecordKind.CONSENT)
    child = family.child()
    today = date(2027, 1, 20)
    (found,) = [item for item in deadlines(family.view(child, today), (SENT,), today) if item.rule == "no_news"]
    assert (found.due_on, found.why) == (date(2027, 1, 7), "letztes Lebenszeichen am 26.11.2026")
    heard = deadlines(family.view(child, today), (SENT,), today, last_sign=date(2027, 1, 11))
    assert {item.rule: item.due_on for item in heard}["no_news"] == date(2027, 2, 22)
    assert "no_news" not in due(ASSIGNED)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "moved_away", "closed"])
def test_nothing_is_due_once_a_request_ended(state: str) -> None:
    assert due(SENT, step(state, TODAY), family=Family(planned_move_on=DateSpan.of_day(TODAY))) == {}


def test_nothing_is_due_for_who_has_no_request_or_died() -> None:
    assert due() == {}
    assert due(SENT, deceased=True) == {}


def test_what_is_due_first_comes_first() -> None:
    family = Family()
    child = family.child(birth_date=SIXTEEN, measles_proof="open")
    found = deadlines(family.view(child), (SENT, ASSIGNED), TODAY)
    assert [item.due_on for item in found] == sorted(item.due_on for item in found)
    assert len({item.rule for item in found}) == len(found)
    assert all(item.words and item.why for item in found)


# --- what the events say


def test_a_day_told_goes_before_the_day_of_entry() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert day_of(RequestEvent(uuid4(), REQUEST, "sent", late, "Carla")) == date(2026, 11, 27)
    assert day_of(step("sent", date(2026, 11, 10))) == date(2026, 11, 10)


def test_the_standing_remembers_the_first_sending_and_the_last_place() -> None:
    found = standing([SENT, step("sent", date(2026, 11, 15)), ASSIGNED, step("admitted", date(2026, 11, 25))])
    assert (found.state, found.sent_on, found.placed_on) == ("admitted", date(2026, 11, 10), date(2026, 11, 20))
    assert standing([]).state == "draft"


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([], 66),
        ([SENT], 66),
        ([SENT, ASSIGNED], 60),
        ([SENT, ASSIGNED, step("admitted", date(2026, 11, 25))], 60),
        ([SENT, ASSIGNED, step("closed", TODAY)], 60),
        ([SENT, step("withdrawn", date(2026, 11, 12))], 52),
        ([step("assigned", date(2026, 12, 5))], 66),
        ([step("assigned", date(2026, 9, 1))], 0),
    ],
)
def test_the_wait_ends_with_the_place(events: list[RequestEvent], days: int) -> None:
    assert days_waiting(date(2026, 9, 21), events, TODAY) == days


# --- signs of life


def heard_of(family: Family, *others: date, today: date = date(2027, 1, 20)) -> date:
    return last_sign_of_life(family.file, today, others)


def silent(**household: Value) -> Family:
    family = Family(**{"first_contact_on": None, "appointment_at": None, **household}).without(RecordKind.CONSENT)
    family.household = Record(
        RecordKind.HOUSEHOLD, family.household.id, family.household.id, None, family.household.values,
        datetime(2026, 1, 5, 9, tzinfo=UTC), NOW,
    )  # fmt: skip
    return family


def test_a_file_was_heard_of_when_it_was_begun() -> None:
    assert heard_of(silent()) == date(2026, 1, 5)


def test_contact_papers_and_consents_are_signs_of_life() -> None:
    assert heard_of(silent(first_contact_on=date(2026, 2, 1))) == date(2026, 2, 1)
    papers = silent()
    papers.add(RecordKind.DOCUMENT, document="measles", state="original", seen_on=date(2026, 3, 1))
    assert heard_of(papers) == date(2026, 3, 1)
    papers.add(RecordKind.CONSENT, recipient="school_authority", given_on=date(2026, 4, 1))
    assert heard_of(papers) == date(2026, 4, 1)


def test_only_a_kept_appointment_counts() -> None:
    at = datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert heard_of(silent(appointment_at=at, appointment_status="kept")) == date(2026, 5, 4)
    assert heard_of(silent(appointment_at=at, appointment_status="missed")) == date(2026, 1, 5)


def test_notes_and_confirmations_come_from_outside_and_never_from_the_future() -> None:
    assert heard_of(silent(), date(2026, 6, 1), date(2027, 3, 1)) == date(2026, 6, 1)
    assert "letter" not in SIGNS_OF_LIFE


def test_what_the_desk_does_itself_is_no_sign_of_life() -> None:
    family = silent()
    events = (step("admitted", date(2026, 7, 1)), step("closed", date(2026, 8, 1)), SENT)
    file = family.file
    moved = type(file)(file.household, file.records, events)
    assert last_sign_of_life(moved, date(2027, 1, 20)) == date(2026, 7, 1)
