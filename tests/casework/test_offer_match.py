"""What there is for a family: every offer with its verdict, searched as one types; what is only said is not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family
from offer_samples import COURSE, FURNITURE, THEATRE, an_offer, store_offers

from desk_app.casework import deeds, households, offer_freshness, offer_match, offers, referrals
from desk_app.casework.desk import Desk, Work
from desk_app.casework.offer_match import Found, Pool
from desk_app.casework.referrals import Draft
from desk_app.domain.eligibility import Fit
from desk_app.domain.offer_filters import By, Filters
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import OfferPlace, OfferRule, OfferTime, Venue
from desk_app.storage import content
from desk_app.storage.tables import AddressPoint

THURSDAY_15 = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
LICHTBLICKE = next(offer for offer in shipped().offers if offer.title.startswith("Aktion Lichtblicke"))
PAA = next(offer for offer in shipped().offers if "PAA" in offer.title)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(store_offers)
    return desk.do(store_family)[0]


def prepare(desk: Desk, household: UUID | None = None, spoken: Spoken | None = None, **more: Any) -> Pool:
    return desk.do(lambda work: offer_match.prepare(work, household, spoken, **more))[0]


def search(pool: Pool, query: str = "", now: datetime = THURSDAY_15, **filters: Any) -> Found:
    return offer_match.search(pool, query, Filters(**filters), now)


def titles(found: Found) -> list[str]:
    return [match.known.offer.title for match in found.matches]


def test_nothing_is_hidden_by_a_verdict_only_put_in_order(desk: Desk, family: StoredFamily) -> None:
    pool = prepare(desk, family.household)
    found = search(pool)
    assert len(found.matches) == len(pool.directory.offers) == 35
    order = [list(Fit).index(match.fit) for match in found.matches if match.fit]
    assert len(order) == 35
    assert order == sorted(order)
    assert "Collective Ma'louba" in {match.known.offer.title for match in found.of(Fit.NOT)}
    assert LICHTBLICKE.title not in {match.known.offer.title for match in found.of(Fit.FITS)}


def test_without_a_family_nobody_is_judged(desk: Desk, family: StoredFamily) -> None:
    pool = prepare(desk)
    assert {match.fit for match in search(pool).matches} == {None}
    assert pool.questions == ()
    assert search(pool).topics["german_course"] >= 2


def test_an_artist_is_judged_as_one(desk: Desk, family: StoredFamily) -> None:
    verdict = prepare(desk, audience="artist").known[COURSE.id].verdict
    assert verdict is not None
    assert verdict.line == "passt nicht: richtet sich an Familien"


def test_an_answer_of_the_talk_decides_and_is_kept_nowhere(desk: Desk, family: StoredFamily) -> None:
    pool = prepare(desk, family.household)
    before = pool.known[PAA.id].verdict
    assert before is not None
    assert before.fit is Fit.OPEN
    assert {each.key for each in pool.questions} >= set(before.missing)
    rows = desk.do(lambda work: content.read(work.session.connection().exec_driver_sql))[0]
    spoken = Spoken()
    for key in before.missing:
        spoken = spoken.saying(key, answer=key == "employment_ban")
    after = prepare(desk, family.household, spoken).known[PAA.id].verdict
    assert after is not None
    assert after.fit is not Fit.OPEN
    assert desk.do(lambda work: content.read(work.session.connection().exec_driver_sql))[0] == rows


def test_a_query_narrows_by_whatever_word(desk: Desk, family: StoredFamily) -> None:
    pool = prepare(desk, family.household)
    for typed in ("Deutsch lernen", "deutschkurs", "Sprachkurs", "sprachkur", "Sprahckurs", "KURS"):
        found = search(pool, typed)
        assert "Sprachkurs A1" in titles(found), typed
        assert THEATRE.title not in titles(found), typed
        assert found.others == len(pool.known) - len(found.matches)
    assert FURNITURE.title in titles(search(pool, "Möbel"))
    assert FURNITURE.title in titles(search(pool, "moebel"))
    assert titles(search(pool, "xyzzyquux")) == []


def test_filters_narrow_and_leave_in_what_nobody_noted(desk: Desk, family: StoredFamily) -> None:
    pool = prepare(desk, family.household)
    found = {match.known.offer.title: match.unknown for match in search(pool, free=True).matches}
    assert found["Sprachkurs A1"] == ()
    assert found["Aktion Lichtblicke"] == (By.FREE,)
    assert "Collective Ma'louba" not in found
    in_general = [match.unknown for match in search(prepare(desk), free=True).matches]
    assert in_general == sorted(in_general, key=bool)
    assert {(), (By.FREE,)} == set(in_general)
    on_tuesday = search(pool, "Sprachkurs A1", weekdays=1 << 1, opens=15 * 60)
    assert "Sprachkurs A1" in titles(on_tuesday)
    assert "Sprachkurs A1" not in titles(search(pool, weekdays=1 << 0))


@pytest.mark.parametrize(("moment", "open_"), [(datetime(2026, 11, 26, 14, 59, tzinfo=UTC), True),
                                               (datetime(2026, 11, 26, 15, 0, tzinfo=UTC), False),
                                               (datetime(2026, 11, 27, 14, 0, tzinfo=UTC), False)])  # fmt: skip
def test_open_now_is_by_the_clock_on_the_wall(
    desk: Desk, family: StoredFamily, moment: datetime, open_: bool
) -> None:
    assert ("Sprachkurs A1" in titles(search(prepare(desk), now=moment, open_now=True))) is open_


# --- beside the offer


def test_beside_it_stand_uses_and_what_the_family_itself_was_sent_to(desk: Desk, family: StoredFamily) -> None:
    made = desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, COURSE.id)))[0]
    known = prepare(desk, family.household).known[COURSE.id]
    assert known.uses.referrals == 1
    assert known.referral is not None
    assert known.referral.code == made.code
    other = desk.do(lambda work: store_family(work, "Serban"))[0]
    known = prepare(desk, other.household).known[COURSE.id]
    assert (known.uses.referrals, known.referral) == (1, None)
    desk.do(lambda work: deeds.undo(work, made.deed))
    assert prepare(desk, family.household).known[COURSE.id].referral is None


def test_distance_is_measured_where_both_houses_are_known_and_never_made_up(desk: Desk, family: StoredFamily) -> None:
    in_styrum = Venue(uuid4(), "Sozialbüro", street="Nirgendwo 7", district="styrum")
    near = an_offer("Sozialbüro Muster", places=(OfferPlace(in_styrum.id),))
    desk.do(lambda work: offers.keep_venue(work, in_styrum))
    desk.do(lambda work: offers.keep(work, near))
    pool = prepare(desk, family.household)
    assert pool.known[COURSE.id].near.words == ""
    assert pool.known[near.id].near.words == "im selben Ortsteil"

    def put_points(work: Work) -> None:
        for street, number, east in (("lindenhof", "12", 355_000), ("am klottschen", "1", 356_234)):
            key = street.replace(" ", "")
            work.session.add(AddressPoint(street=key, number=number, easting=east, northing=5_700_000))

    desk.do(put_points)
    pool = prepare(desk, family.household)
    assert pool.known[COURSE.id].near.words == "1,2 km Luftlinie"
    assert pool.known[near.id].near.metres is None
    desk.do(lambda work: households.move_away(work, family.household, TODAY, "Essen"))
    assert {known.near.words for known in prepare(desk, family.household).known.values()} == {""}


def test_what_nobody_confirmed_for_half_a_year_fades_and_is_phoned_by_use(
    desk: Desk, family: StoredFamily, clock: Any
) -> None:
    assert prepare(desk).known[COURSE.id].faded
    assert not prepare(desk).known[FURNITURE.id].faded
    clock.advance(days=150)
    for _each in range(2):
        desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, FURNITURE.id)))
    first, second = desk.do(lambda work: offer_freshness.to_phone(work, 2))[0]
    assert (first.listed.offer.title, second.listed.offer.title) == ("Aktion Lichtblicke", "Sprachkurs A1")
    assert second.phones == (("Frau Ilgin", "0208 000-11"), ("Caritas", "0208 000-20"))
    desk.do(lambda work: offers.confirm(work, FURNITURE.id))
    assert desk.do(offer_freshness.to_phone)[0][0].listed.offer.title != "Aktion Lichtblicke"


def test_a_change_of_the_directory_is_in_the_next_pool(desk: Desk, family: StoredFamily) -> None:
    prepare(desk, family.household)
    strict = replace(COURSE, rules=(OfferRule("origin", "is", ("166",)),), times=(OfferTime(1, 0, 1440),))
    desk.do(lambda work: offers.keep(work, strict))
    verdict = prepare(desk, family.household).known[COURSE.id].verdict
    assert verdict is not None
    assert verdict.fit is Fit.NOT
