"""Follow-ups that come, move and go with the facts, and what people did to them stays."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import builders
import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock

from desk_app.casework import (
    deeds,
    families,
    follow_ups,
    households,
    intake,
    notes,
    placement_deeds,
    placement_lines,
    placement_list,
    timeline,
    users,
)
from desk_app.casework.desk import Desk, Work
from desk_app.casework.follow_ups import Draft, FollowUpLine, Scope
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, FollowUp


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def catch_up(desk: Desk) -> None:
    desk.do(lambda work: placement_lines.catch_up(work))


def household(family: StoredFamily) -> Ref:
    return Ref(RecordKind.HOUSEHOLD, family.household)


def by_rule(desk: Desk) -> dict[str, FollowUpLine]:
    catch_up(desk)
    return {line.rule: line for line in desk.do(lambda work: follow_ups.listing(work, Scope.ALL))[0] if line.rule}


def step(desk: Desk, family: StoredFamily, state: str, **facts: object) -> UUID:
    told = StepFacts(**facts)  # type: ignore[arg-type]  # each test names its own
    return desk.do(lambda work: placement_deeds.step(work, [family.request], state, told))[0]


def entries(desk: Desk, deed: str) -> int:
    return desk.do(lambda work: sum(1 for row in work.session.query(AuditEntry) if row.deed == deed))[0]


def taken_back_for(desk: Desk, rule: str) -> list[str | None]:
    def read(work: Work) -> list[str | None]:
        rows = work.session.query(FollowUp).filter(FollowUp.rule == rule, FollowUp.removed_at.is_not(None))
        return [row.withdrawn for row in rows]

    return desk.do(read)[0]


def test_a_place_brings_the_questions_after_two_and_eight_weeks(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    found = by_rule(desk)
    assert found["feedback"].due_on == date(2026, 12, 15)
    assert found["feedback"].about == "Karim Haddad"
    assert found["feedback"].why == "Schulbeginn am 01.12.2026"
    assert found["feedback"].request == family.request
    assert "feedback_later" not in found, "nine weeks off it would only hide what is near"


def test_what_is_far_off_comes_when_it_is_near(desk: Desk, family: StoredFamily, clock: SettableClock) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    by_rule(desk)
    clock.advance(days=6)
    assert by_rule(desk)["feedback_later"].due_on == date(2027, 1, 26)


def test_they_are_there_without_anybody_opening_the_list_of_requests(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    desk.do(lambda work: placement_lines.catch_up_with(work, family.household))
    assert [line.rule for line in desk.do(lambda work: follow_ups.of_family(work, family.household))[0]] == [
        "query_unanswered"
    ]


def test_working_them_out_again_changes_nothing(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    first = by_rule(desk)
    before = entries(desk, "follow_up.added"), entries(desk, "follow_up.changed")
    desk.do(lambda work: intake.set_value(work, household(family), "phone", "0208 000001"))
    assert by_rule(desk) == first
    assert (entries(desk, "follow_up.added"), entries(desk, "follow_up.changed")) == before


def test_one_moves_with_its_day(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    before = by_rule(desk)["feedback"]
    step(desk, family, "assigned", starts_on=date(2026, 12, 8))
    after = by_rule(desk)["feedback"]
    assert (after.id, after.due_on, after.why) == (before.id, date(2026, 12, 22), "Schulbeginn am 08.12.2026")


def test_one_is_withdrawn_with_the_reason_and_the_course_tells_it(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    by_rule(desk)
    step(desk, family, "admitted")
    assert "feedback" not in by_rule(desk)
    assert taken_back_for(desk, "feedback") == ["Stand der Anfrage: aufgenommen."]
    told = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    (entry,) = (entry for entry in told if entry.what is timeline.Happening.FOLLOW_UP)
    assert entry.title == "Wiedervorlage zurückgezogen: Karim"
    assert entry.words == "Hat das Kind angefangen? – Stand der Anfrage: aufgenommen."


def test_taking_the_step_back_brings_the_same_one_again(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    before = by_rule(desk)["feedback"]
    deed = step(desk, family, "admitted")
    by_rule(desk)
    desk.do(lambda work: deeds.undo(work, deed))
    assert by_rule(desk)["feedback"] == before
    assert taken_back_for(desk, "feedback") == []


def ticked(work: Work, line: FollowUpLine) -> None:
    follow_ups.set_done(work, [line.id])


def taken_out(work: Work, line: FollowUpLine) -> None:
    follow_ups.remove(work, line.id)


@pytest.mark.parametrize("seen_to", [ticked, taken_out])
def test_one_that_was_seen_to_does_not_come_back_for_the_same_reason(
    desk: Desk, family: StoredFamily, seen_to: Callable[[Work, FollowUpLine], None]
) -> None:
    step(desk, family, "query")
    line = by_rule(desk)["query_unanswered"]
    desk.do(lambda work: seen_to(work, line))
    desk.do(lambda work: intake.set_value(work, household(family), "phone", "0208 000001"))
    assert "query_unanswered" not in by_rule(desk)


def test_a_new_reason_makes_a_new_one(desk: Desk, family: StoredFamily, clock: SettableClock) -> None:
    step(desk, family, "query")
    line = by_rule(desk)["query_unanswered"]
    desk.do(lambda work: follow_ups.set_done(work, [line.id]))
    clock.advance(days=3)
    step(desk, family, "query")
    again = by_rule(desk)["query_unanswered"]
    assert again.id != line.id
    assert again.due_on == line.due_on + timedelta(days=3)


def test_what_somebody_changed_is_neither_overwritten_nor_withdrawn(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "assigned", starts_on=date(2026, 12, 1))
    line = by_rule(desk)["feedback"]
    mine = Draft(line.id, family.household, "Frau Adler anrufen", date(2026, 12, 3), person=family.child)
    desk.do(lambda work: follow_ups.keep(work, mine))
    step(desk, family, "assigned", starts_on=date(2026, 12, 8))
    kept = by_rule(desk)["feedback"]
    assert (kept.words, kept.due_on) == ("Frau Adler anrufen", date(2026, 12, 3))
    step(desk, family, "admitted")
    assert by_rule(desk)["feedback"].words == "Frau Adler anrufen"


def test_opening_one_without_changing_it_leaves_it_to_its_rule(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    line = by_rule(desk)["query_unanswered"]
    same = Draft(line.id, family.household, line.words, line.due_on, line.remind_on, line.assigned_to, line.person)
    desk.do(lambda work: follow_ups.keep(work, same))
    step(desk, family, "waiting_list")
    assert "query_unanswered" not in by_rule(desk)


def test_no_news_comes_on_its_day_once_a_family_and_goes_with_a_call(
    desk: Desk, family: StoredFamily, clock: SettableClock
) -> None:
    values = {**builders.a_complete_child(), "given_name": "Lina", "birth_date": DateSpan.of_day(date(2014, 6, 2))}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=values))
    heard = placement_list.listing
    last = desk.do(heard)[0][0].last_sign
    assert last is not None
    clock.advance(days=41 - (date(2026, 11, 26) - last).days)
    assert "no_news" not in by_rule(desk)
    clock.advance(days=1)
    catch_up(desk)
    found = [line for line in desk.do(lambda work: follow_ups.listing(work, Scope.ALL))[0] if line.rule == "no_news"]
    assert [line.about for line in found] == [""], "one for both children, about the family"
    call(desk, family, clock())
    assert "no_news" not in by_rule(desk)
    assert taken_back_for(desk, "no_news") == [f"Letztes Lebenszeichen am {clock().date():%d.%m.%Y}."]
    assert {row.last_sign for row in desk.do(heard)[0]} == {clock().date()}


def call(desk: Desk, family: StoredFamily, at: datetime, kind: str = "call") -> UUID:
    draft = notes.Draft(uuid4(), family.household, "Sie warten noch", kind, at)
    desk.do(lambda work: notes.keep(work, draft))
    return draft.id


@pytest.mark.parametrize("kind", ["letter", "school", "internal"])
def test_what_the_family_did_not_say_is_no_sign_of_life(
    desk: Desk, family: StoredFamily, clock: SettableClock, kind: str
) -> None:
    before = desk.do(placement_list.listing)[0][0].last_sign
    clock.advance(days=5)
    call(desk, family, clock(), kind)
    assert desk.do(placement_list.listing)[0][0].last_sign == before


def test_that_phone_and_address_still_hold_is_a_sign_of_life(
    desk: Desk, family: StoredFamily, clock: SettableClock
) -> None:
    clock.advance(days=5)
    desk.do(lambda work: households.confirm(work, family.household))
    assert desk.do(placement_list.listing)[0][0].last_sign == clock().date()


def test_a_visit_that_was_corrected_to_another_day_counts_on_that_day(
    desk: Desk, family: StoredFamily, clock: SettableClock
) -> None:
    clock.advance(days=9)
    wrong = call(desk, family, clock())
    right = notes.Draft(uuid4(), family.household, "War gestern", "call", clock() - timedelta(days=1), corrects=wrong)
    desk.do(lambda work: notes.keep(work, right))
    assert desk.do(placement_list.listing)[0][0].last_sign == clock().date() - timedelta(days=1)


def test_they_are_for_the_counsellor_where_there_is_one(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    assert by_rule(desk)["query_unanswered"].assigned_to == desk.user, "who took the family in"
    for counsellor in (None, str(uuid4())):
        desk.do(lambda work, new=counsellor: intake.set_value(work, household(family), "counsellor", new))
        assert by_rule(desk)["query_unanswered"].assigned_to is None


def test_they_are_for_everybody_once_the_counsellor_is_gone(desk: Desk, family: StoredFamily) -> None:
    colleague = uuid4()
    desk.do(lambda work: users.add(work, colleague, "Kemal Muster", Role.COUNSEL))
    desk.do(lambda work: intake.set_value(work, household(family), "counsellor", str(colleague)))
    step(desk, family, "sent")
    assert by_rule(desk)["sent_unanswered"].assigned_to == colleague
    desk.do(lambda work: users.remove(work, colleague))
    assert by_rule(desk)["sent_unanswered"].assigned_to is None


def test_nothing_is_due_for_a_family_that_moved_away(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    by_rule(desk)
    desk.do(lambda work: households.move_away(work, family.household, date(2026, 11, 26)))
    assert not by_rule(desk)


def test_the_audit_says_that_a_rule_did_it(desk: Desk, family: StoredFamily) -> None:
    step(desk, family, "query")
    by_rule(desk)

    def newest(work: Work) -> AuditEntry:
        rows = work.session.query(AuditEntry).filter(AuditEntry.deed == "follow_up.added")
        return rows.order_by(AuditEntry.sequence.desc()).first()

    assert desk.do(lambda work: newest(work).fields)[0] == ["rule"]
