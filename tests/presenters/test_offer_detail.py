"""One offer in detail: what is known, from where, how old it is, and counts without names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from offer_samples import COURSE, FURNITURE, WELFARE, store_offers

from desk_app.casework import offer_directory, offer_freshness, offer_match, offers, referrals
from desk_app.casework.desk import Desk
from desk_app.casework.referrals import Draft
from desk_app.domain.offers import FactSource, Offer
from desk_app.presenters.offer_detail import Sheet, phone_of, sheet_of
from desk_app.presenters.offer_lists import proposal_rows, stale_rows

TODAY = date(2026, 11, 26)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(store_offers)
    return desk.do(store_family)[0]


def sheet(desk: Desk, offer: Offer = COURSE) -> Sheet:
    pool = desk.do(offer_match.prepare)[0]
    return sheet_of(pool, pool.known[offer.id], TODAY)


def test_facts_say_where_they_come_from_and_what_is_missing(desk: Desk, family: StoredFamily) -> None:
    found = sheet(desk)
    facts = {line.key: line for line in found.facts}
    assert facts["times"].text == "Di, Do 14:00–16:00"
    assert facts["times"].source == "Beschreibung des Angebots · Stand 02.03.2026"
    assert facts["times"].old
    assert not facts["registration"].known
    assert facts["registration"].field == "registration"
    assert "papers" not in facts, "what nobody asks for every day is not listed as missing"
    assert found.as_of == "Stand 02.03.2026 – 8 Monate alt"
    assert found.stale
    assert found.call == "Bitte anrufen, bevor Sie vermitteln."
    assert found.phone == "Frau Ilgin, 0208 000-11"


def test_one_key_makes_it_fresh_again(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: offers.confirm(work, COURSE.id))
    found = sheet(desk)
    assert not found.stale
    assert found.call == ""
    assert found.confirmed_by == "Carla Brandt"
    assert not any(line.old for line in found.facts)


def test_a_newer_source_of_one_fact_is_not_faded(desk: Desk, family: StoredFamily) -> None:
    fresh = replace(COURSE, sources=(*COURSE.sources, FactSource("times", "Telefonat", date(2026, 11, 2))))
    desk.do(lambda work: offers.keep(work, fresh))
    facts = {line.key: line for line in sheet(desk).facts}
    assert not facts["times"].old
    assert facts["contacts"].old


def test_without_a_contact_the_one_who_runs_it_is_called(desk: Desk, family: StoredFamily) -> None:
    directory = desk.do(offer_directory.read)[0]
    listed = directory.listed[FURNITURE.id]
    assert phone_of(directory, listed) == f"Caritas, {WELFARE.phone}"
    assert phone_of(directory, replace(listed, offer=replace(FURNITURE, organisation=None))) == ""


def test_past_referrals_are_counts_without_names(desk: Desk, family: StoredFamily, clock: SettableClock) -> None:
    made = desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, COURSE.id)))[0]
    desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, COURSE.id)))
    desk.do(lambda work: referrals.step(work, made.referrals, "takes_part"))
    found = sheet(desk)
    assert found.uses == (("2-mal", "zuletzt am 26.11.2026"), ("1", "nimmt teil"), ("1", "Rückmeldung offen"))
    assert "Haddad" not in repr(found)


def test_the_most_used_of_the_stale_ones_is_phoned_first(desk: Desk, family: StoredFamily) -> None:
    older = replace(FURNITURE, sources=(FactSource("", "Faltblatt", date(2024, 1, 1)),))
    desk.do(lambda work: offers.keep(work, older))
    titles = [row.title for row in stale_rows(desk.do(offer_freshness.to_phone)[0])]
    assert titles == ["Aktion Lichtblicke", "Sprachkurs A1"], "the oldest first, and none that is fresh"
    desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, COURSE.id)))
    rows = stale_rows(desk.do(offer_freshness.to_phone)[0])
    assert rows[0].title == "Sprachkurs A1"
    assert rows[0].detail == "Frau Ilgin, 0208 000-11; Caritas, 0208 000-20 · 1-mal vermittelt"


def test_a_proposed_change_says_what_would_be_another(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: offers.propose(work, replace(COURSE, id=uuid4(), goal="A2"), COURSE.id))
    [row] = proposal_rows(desk.do(offer_directory.read)[0])
    assert (row.end, row.detail) == ("Änderung", "Ziel: A2")
