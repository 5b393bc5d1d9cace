"""Sending a family to an offer: the slip and its code, consent for who runs it, what became of it, asking again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from sqlalchemy import select

from desk_app.casework import (
    deeds,
    families,
    follow_ups,
    intake,
    offers,
    placement_lines,
    referral_lines,
    referrals,
    timeline,
)
from desk_app.casework.desk import Desk, Work
from desk_app.casework.happenings import Happening
from desk_app.casework.referral_lines import ReferralLine
from desk_app.casework.referrals import Draft, Made
from desk_app.domain.child import ChildView
from desk_app.domain.errors import RecordGone, SlipCodeMistyped, SlipUnknown
from desk_app.domain.offers import Offer as OfferFacts
from desk_app.domain.records import RecordKind, Ref
from desk_app.presenters.choices import Choices
from desk_app.presenters.consents import consent_rows
from desk_app.storage.tables import Consent, FollowUp, Offer

COURSE = OfferFacts(uuid4(), "Sprachkurs A1")
SLOW = OfferFacts(uuid4(), "Familienfreunde", follow_up_days=30)


def store_offers(work: Work) -> None:
    for offer in (COURSE, SLOW):
        row = Offer(id=offer.id, title=offer.title, status="active", content=offer.to_content(), **work.made)
        work.session.add(row)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(store_offers)
    return desk.do(store_family)[0]


def refer(desk: Desk, family: StoredFamily, offer: OfferFacts = COURSE, **asked: Any) -> Made:
    draft = replace(Draft(uuid4(), family.household, offer.id), **asked)
    return desk.do(lambda work: referrals.refer(work, draft))[0]


def of_family(desk: Desk, family: StoredFamily) -> tuple[ReferralLine, ...]:
    return desk.do(lambda work: referral_lines.of_family(work, family.household))[0]


def asked(desk: Desk, family: StoredFamily) -> list[tuple[str, date]]:
    lines = desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    return [(line.words, line.due_on) for line in lines if line.rule == "referral"]


def step(desk: Desk, made: Made, outcome: str, **told: Any) -> UUID:
    return desk.do(lambda work: referrals.step(work, made.referrals, outcome, **told))[0]


def undo(desk: Desk, deed: UUID) -> UUID:
    return desk.do(lambda work: deeds.undo(work, deed))[0].way_back


def test_a_referral_has_a_code_a_state_and_a_day_on_which_to_ask(desk: Desk, family: StoredFamily) -> None:
    made = refer(desk, family)
    (line,) = of_family(desk, family)
    assert (line.title, line.label, line.referred_on) == ("Sprachkurs A1", "vermittelt", TODAY)
    assert line.code == made.code
    assert [(each.label, each.happened_on, each.by) for each in line.steps] == [("vermittelt", TODAY, "Carla Brandt")]
    assert asked(desk, family) == [("Was wurde aus: Sprachkurs A1?", TODAY + timedelta(days=14))]


def test_when_to_ask_is_the_offers_own_matter(desk: Desk, family: StoredFamily) -> None:
    refer(desk, family, SLOW)
    assert [day for _words, day in asked(desk, family)] == [TODAY + timedelta(days=30)]
    refer(desk, family, SLOW, asks_again_on=TODAY + timedelta(days=3))
    assert asked(desk, family)[0][1] == TODAY + timedelta(days=3)


def test_a_line_says_after_how_many_days_its_offer_has_one_ask_again(desk: Desk, family: StoredFamily) -> None:
    refer(desk, family)
    refer(desk, family, SLOW)
    assert {line.title: line.ask_after for line in of_family(desk, family)} == {"Sprachkurs A1": None,
                                                                                "Familienfreunde": 30}  # fmt: skip


def test_asking_for_the_same_referral_twice_makes_one(desk: Desk, family: StoredFamily) -> None:
    draft = Draft(uuid4(), family.household, COURSE.id)
    first = desk.do(lambda work: referrals.refer(work, draft))[0]
    again = desk.do(lambda work: referrals.refer(work, draft))[0]
    assert (first.code, first.referrals) == (again.code, again.referrals)
    assert len(of_family(desk, family)) == len(asked(desk, family)) == 1


def test_one_slip_may_be_for_several_of_the_family(desk: Desk, family: StoredFamily) -> None:
    made = refer(desk, family, persons=(family.mother, family.child))
    lines = of_family(desk, family)
    assert {line.about for line in lines} == {"Rana Haddad", "Karim Haddad"}
    assert {line.code for line in lines} == {made.code}
    typed = made.code.lower().replace("-", " ")
    found = desk.do(lambda work: referral_lines.by_code(work, typed))[0]
    assert {line.id for line in found} == set(made.referrals)
    step(desk, made, "takes_part")
    assert {line.label for line in of_family(desk, family)} == {"nimmt teil"}


def test_a_slip_of_the_finger_is_told_from_a_foreign_slip(desk: Desk, family: StoredFamily) -> None:
    code = refer(desk, family).code
    for place, letter in enumerate(code):
        if letter != "-":
            wrong = code[:place] + ("A" if letter != "A" else "B") + code[place + 1 :]
            with pytest.raises(SlipCodeMistyped):
                desk.do(lambda work, wrong=wrong: referral_lines.by_code(work, wrong))
    foreign = refer(desk, family)
    desk.do(lambda work: referrals.withdraw(work, foreign.referrals))
    with pytest.raises(SlipUnknown):
        desk.do(lambda work: referral_lines.by_code(work, foreign.code))


def test_nobody_gets_a_code_that_another_slip_has(
    desk: Desk, family: StoredFamily, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referrals, "slip_code", lambda _slip, attempt=0: f"AAA-AA{'ABC'[attempt]}")
    assert [refer(desk, family).code for _each in range(3)] == ["AAA-AAA", "AAA-AAB", "AAA-AAC"]


# --- what became of it


def test_the_outcome_ends_the_asking_and_is_told_with_its_day(desk: Desk, family: StoredFamily, clock: Any) -> None:
    made = refer(desk, family)
    clock.advance(days=9)
    step(desk, made, "takes_part", words="seit Dienstag")
    (line,) = of_family(desk, family)
    assert [(each.label, each.words) for each in line.steps] == [("vermittelt", ""), ("nimmt teil", "seit Dienstag")]
    assert line.asks_again_on is None
    assert asked(desk, family) == []
    withdrawn = desk.do(lambda work: work.session.scalars(select(FollowUp.withdrawn)).all())[0]
    assert withdrawn == ["Ergebnis: nimmt teil."]


@pytest.mark.parametrize(("outcome", "days"), [("contact", 14), ("waiting_list", 42)])
def test_while_it_is_open_one_asks_again_later(
    desk: Desk, family: StoredFamily, clock: Any, outcome: str, days: int
) -> None:
    made = refer(desk, family)
    clock.advance(days=10)
    step(desk, made, outcome)
    assert [day for _words, day in asked(desk, family)] == [TODAY + timedelta(days=10 + days)]


def test_a_step_told_late_does_not_stand_for_what_came_after_it(desk: Desk, family: StoredFamily, clock: Any) -> None:
    made = refer(desk, family)
    clock.advance(days=20)
    step(desk, made, "takes_part")
    step(desk, made, "contact", happened_on=TODAY + timedelta(days=4))
    (line,) = of_family(desk, family)
    assert [each.label for each in line.steps] == ["vermittelt", "Kontakt", "nimmt teil"]
    assert line.label == "nimmt teil"
    assert asked(desk, family) == []


def test_what_somebody_ticked_is_not_asked_again_until_there_is_news(
    desk: Desk, family: StoredFamily, clock: Any
) -> None:
    made = refer(desk, family)
    (line,) = desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    desk.do(lambda work: follow_ups.set_done(work, [line.id]))
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.REFERRAL, made.referrals[0]), "outcome", "referred"))
    assert asked(desk, family) == []
    clock.advance(days=15)
    step(desk, made, "waiting_list")
    assert len(asked(desk, family)) == 1


def test_the_rules_of_placements_leave_it_alone(desk: Desk, family: StoredFamily) -> None:
    refer(desk, family)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "given_name", "Kerim"))
    desk.do(lambda work: placement_lines.catch_up(work))
    assert len(asked(desk, family)) == 1


def test_the_outcome_chosen_in_the_intake_ends_the_asking_as_well(desk: Desk, family: StoredFamily) -> None:
    made = refer(desk, family)
    ref = Ref(RecordKind.REFERRAL, made.referrals[0])
    desk.do(lambda work: intake.set_value(work, ref, "outcome", "declined"))
    assert asked(desk, family) == []
    desk.do(lambda work: intake.set_value(work, ref, "outcome", "contact"))
    assert len(asked(desk, family)) == 1
    desk.do(lambda work: intake.remove(work, ref))
    assert asked(desk, family) == []


def test_a_referral_only_named_in_the_intake_is_listed_and_asks_nothing(desk: Desk, family: StoredFamily) -> None:
    values = {"offer": "Hausaufgabenhilfe", "referred_on": TODAY, "outcome": "accepted"}
    desk.do(lambda work: intake.add(work, RecordKind.REFERRAL, uuid4(), family.household, values=values))
    (line,) = of_family(desk, family)
    assert (line.title, line.label, line.offer, line.code) == ("Hausaufgabenhilfe", "angenommen", None, "")
    assert asked(desk, family) == []


def test_from_the_follow_up_one_comes_to_the_referral_it_asks_about(
    desk: Desk, family: StoredFamily, clock: Any
) -> None:
    refer(desk, family, SLOW)
    made = refer(desk, family)
    clock.advance(days=14)
    step(desk, made, "contact")
    (line, _later) = desk.do(lambda work: follow_ups.of_family(work, family.household))[0]
    asked_about = desk.do(lambda work: referral_lines.asked_by(work, line.id))[0]
    assert asked_about is not None
    assert asked_about.title in line.words
    assert desk.do(lambda work: referral_lines.asked_by(work, uuid4()))[0] is None
    desk.do(lambda work: referrals.withdraw(work, [asked_about.id]))
    assert desk.do(lambda work: referral_lines.asked_by(work, line.id))[0] is None


# --- taking back


def test_each_of_it_can_be_taken_back_and_done_again(desk: Desk, family: StoredFamily, clock: Any) -> None:
    made = refer(desk, family, agreed=True)
    again = undo(desk, made.deed)
    assert of_family(desk, family) == ()
    assert asked(desk, family) == []
    assert not _consents(desk)
    undo(desk, again)
    assert [line.code for line in of_family(desk, family)] == [made.code]
    clock.advance(days=1)
    told = step(desk, made, "declined")
    undo(desk, told)
    (line,) = of_family(desk, family)
    assert (line.label, [each.label for each in line.steps]) == ("vermittelt", ["vermittelt"])
    assert len(asked(desk, family)) == 1


def test_a_referral_made_by_mistake_goes_with_its_follow_up(desk: Desk, family: StoredFamily) -> None:
    made = refer(desk, family)
    desk.do(lambda work: referrals.withdraw(work, made.referrals))
    assert of_family(desk, family) == ()
    assert asked(desk, family) == []
    desk.do(lambda work: referrals.restore(work, made.referrals))
    assert len(of_family(desk, family)) == len(asked(desk, family)) == 1


def test_nobody_is_sent_to_what_is_gone(desk: Desk, family: StoredFamily) -> None:
    other = desk.do(lambda work: store_family(work, "Serban"))[0]
    with pytest.raises(RecordGone):
        refer(desk, family, OfferFacts(uuid4(), "Chor"))
    with pytest.raises(RecordGone):
        refer(desk, family, household=uuid4())
    with pytest.raises(RecordGone):
        refer(desk, family, persons=(other.mother,))
    desk.do(lambda work: offers.remove(work, COURSE.id))
    with pytest.raises(RecordGone):
        refer(desk, family)
    assert of_family(desk, family) == ()


# --- consent for that recipient


def _consents(desk: Desk) -> list[Consent]:
    query = select(Consent).where(Consent.recipient == "offer_provider", Consent.removed_at.is_(None))
    return list(desk.do(lambda work: work.session.scalars(query).all())[0])


def test_consent_is_for_that_offer_alone_and_says_how_it_was_explained(desk: Desk, family: StoredFamily) -> None:
    refer(desk, family, agreed=True)
    refer(desk, family, SLOW)
    assert {line.title: line.agreed for line in of_family(desk, family)} == {
        "Sprachkurs A1": True, "Familienfreunde": False,
    }  # fmt: skip
    (consent,) = _consents(desk)
    assert (consent.form, consent.language, consent.interpreted, consent.given_on) == ("oral", "ar", True, TODAY)
    refer(desk, family, agreed=True)
    assert len(_consents(desk)) == 1


def test_consent_taken_back_ends_it_from_that_day(desk: Desk, family: StoredFamily, clock: Any) -> None:
    made = refer(desk, family, agreed=True)
    clock.advance(days=2)
    deed = desk.do(lambda work: referrals.withdraw_consent(work, made.referrals[0]))[0]
    assert [line.agreed for line in of_family(desk, family)] == [False]
    undo(desk, deed)
    assert [line.agreed for line in of_family(desk, family)] == [True]


def test_consent_taken_back_holds_for_everybody_on_the_slip(desk: Desk, family: StoredFamily) -> None:
    made = refer(desk, family, persons=(family.mother, family.child), agreed=True)
    desk.do(lambda work: referrals.withdraw_consent(work, made.referrals[0]))
    assert [line.agreed for line in of_family(desk, family)] == [False, False]


def test_consent_for_several_needs_each_of_them(desk: Desk, family: StoredFamily) -> None:
    def agreed(*persons: UUID) -> bool:
        return desk.do(lambda work: referral_lines.all_agreed(work, family.household, persons, COURSE.id))[0]

    refer(desk, family, persons=(family.mother,), agreed=True)
    assert agreed(family.mother)
    assert not agreed(family.mother, family.child)
    assert not agreed()
    refer(desk, family, agreed=True)
    assert agreed(family.mother, family.child)
    made = refer(desk, family, persons=(family.child,))
    values = {"recipient": "offer_provider", "given_on": TODAY, "withdrawn_on": TODAY}
    consent: dict[str, Any] = {"person": family.child, "values": values}
    desk.do(lambda work: intake.add(work, RecordKind.CONSENT, uuid4(), family.household, **consent))
    assert made.code
    assert not agreed(family.mother, family.child)


def test_one_offer_can_be_taken_out_of_what_was_agreed_for_all(desk: Desk, family: StoredFamily) -> None:
    values = {"recipient": "offer_provider", "given_on": TODAY, "form": "oral"}
    desk.do(lambda work: intake.add(work, RecordKind.CONSENT, uuid4(), family.household, values=values))
    made = refer(desk, family)
    refer(desk, family, SLOW)
    deed = desk.do(lambda work: referrals.withdraw_consent(work, made.referrals[0]))[0]
    agreed = {line.title: line.agreed for line in of_family(desk, family)}
    assert agreed == {"Sprachkurs A1": False, "Familienfreunde": True}
    undo(desk, deed)
    assert {line.agreed for line in of_family(desk, family)} == {True}
    desk.do(lambda work: referrals.withdraw_consent(work, made.referrals[0]))
    refer(desk, family, agreed=True)
    assert {line.agreed for line in of_family(desk, family)} == {True}


def test_consent_for_one_offer_opens_no_other_door(desk: Desk, family: StoredFamily) -> None:
    refer(desk, family, agreed=True)
    file = desk.do(lambda work: families.load(work, family.household))[0]
    assert ChildView(file, family.child, TODAY).consent("offer_provider") is None
    rows = {row.recipient: row.words for row in consent_rows(file, Choices(desk.clock))}
    assert rows["offer_provider"] == "nicht gefragt"


# --- over all families


def test_slips_without_an_answer_are_listed_after_two_weeks(desk: Desk, family: StoredFamily, clock: Any) -> None:
    old = refer(desk, family)
    clock.advance(days=13)
    refer(desk, family, SLOW)

    def codes() -> list[tuple[str, int]]:
        return [(line.code, line.days) for line in desk.do(referral_lines.open_slips)[0]]

    assert codes() == []
    clock.advance(days=2)
    assert codes() == [(old.code, 15)]
    step(desk, old, "contact")
    assert codes() == []
    clock.advance(days=14)
    assert {code for code, _days in codes()} == {line.code for line in of_family(desk, family)}
    step(desk, old, "no_reply")
    assert [code for code, _days in codes()] != [old.code]
    assert len(codes()) == 1


def test_beside_an_offer_stand_numbers_and_no_names(desk: Desk, family: StoredFamily, clock: Any) -> None:
    step(desk, refer(desk, family), "takes_part")
    refer(desk, family)
    clock.advance(days=3)
    other = desk.do(lambda work: store_family(work, "Serban"))[0]
    step(desk, refer(desk, other), "takes_part")
    counted = desk.do(referral_lines.uses)[0]
    assert counted[COURSE.id].referrals == 3
    assert counted[COURSE.id].outcomes == {"takes_part": 2, "referred": 1}
    assert counted[COURSE.id].latest == TODAY + timedelta(days=3)
    assert SLOW.id not in counted
    since = desk.do(lambda work: referral_lines.uses(work, TODAY + timedelta(days=1)))[0]
    assert since[COURSE.id].outcomes == {"takes_part": 1}
    assert not [word for word in ("Haddad", "Serban", "Rana") if word in repr(counted)]


def test_the_timeline_tells_every_step_and_whom_the_family_agreed_on(
    desk: Desk, family: StoredFamily, clock: Any
) -> None:
    made = refer(desk, family, persons=(family.mother,), agreed=True)
    clock.advance(days=9)
    step(desk, made, "takes_part", words="seit Dienstag", happened_on=TODAY + timedelta(days=5))
    entries = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    of_offers = [entry for entry in entries if entry.what in (Happening.REFERRAL, Happening.CONSENT)]
    told = [(entry.day, entry.title, entry.words) for entry in of_offers]
    assert told[0] == (TODAY + timedelta(days=5), "Vermittlung „Sprachkurs A1“: nimmt teil", "Rana, seit Dienstag")
    assert (TODAY, "Vermittelt: Sprachkurs A1", "Rana") in told
    how = "Träger von „Sprachkurs A1“: mündlich, hier vermerkt, erklärt auf Arabisch, mit Dolmetschen"
    assert (TODAY, "Einwilligung gegeben", how) in told
