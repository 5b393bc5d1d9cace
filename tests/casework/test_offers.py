"""The directory of offers as staff change it: nothing is lost, everything says since when and from whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from offer_samples import COURSE, FURNITURE, HOUSE, THEATRE, WELFARE, an_offer, store_offers

from desk_app.casework import deeds, offer_directory, offer_versions, offers
from desk_app.casework.desk import Desk
from desk_app.casework.offer_directory import Directory, Listed
from desk_app.domain.errors import RecordGone
from desk_app.domain.offers import ENDED, PAUSED, FactSource, Offer, OfferContact, Venue

TODAY = date(2026, 11, 26)


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.do(store_offers)
    return desk


def directory(desk: Desk) -> Directory:
    return desk.do(offer_directory.read)[0]


def listed(desk: Desk, offer: Offer) -> Listed:
    return directory(desk).listed[offer.id]


def keep(desk: Desk, offer: Offer) -> UUID:
    return desk.do(lambda work: offers.keep(work, offer))[0]


def undo(desk: Desk, deed: UUID) -> UUID:
    return desk.do(lambda work: deeds.undo(work, deed))[0].way_back


def history(desk: Desk, offer: Offer) -> list[tuple[int, str]]:
    versions = desk.do(lambda work: offer_versions.history(work, offer.id))[0]
    return [(version.number, version.words) for version in versions]


def with_phone(offer: Offer, phone: str) -> Offer:
    return replace(offer, contacts=(replace(offer.contacts[0], phone=phone),))


def test_the_directory_is_read_as_it_was_kept(full: Desk) -> None:
    found = directory(full)
    assert [each.offer for each in found.offers] == [FURNITURE, replace(THEATRE, sources=found.offers[1].offer.sources),
                                                     COURSE]  # fmt: skip
    assert found.organisation_of(COURSE) == WELFARE
    assert found.venues_of(COURSE) == (HOUSE,)


def test_what_is_typed_in_without_a_source_is_the_desks_and_of_today(full: Desk) -> None:
    assert listed(full, THEATRE).offer.sources == (FactSource("", "vom KI eingetragen", TODAY),)


def test_a_change_is_kept_with_words_its_source_and_what_stood_before(full: Desk, clock: Any) -> None:
    clock.advance(days=1)
    keep(full, with_phone(COURSE, "0208 000-99"))
    assert history(full, COURSE) == [(2, "Telefon geändert"), (1, "angelegt")]
    (change,) = full.do(lambda work: offer_versions.of_fact(work, COURSE.id, "phones"))[0]
    assert change.line == "Telefon geändert von Carla Brandt am 27.11.2026, vorher: 0208 000-11"
    now = listed(full, COURSE)
    assert now.offer.source_of("contacts") == FactSource("contacts", "vom KI eingetragen", date(2026, 11, 27))
    assert now.offer.source_of("times") == COURSE.sources[0]


def test_a_source_that_comes_with_the_fact_is_kept(full: Desk) -> None:
    told = FactSource("brief", "Anruf bei Frau Driesen", TODAY)
    keep(full, replace(COURSE, brief="Deutsch bis A1", sources=(*COURSE.sources, told)))
    assert listed(full, COURSE).offer.source_of("brief") == told


def test_no_change_makes_no_version_and_no_step(full: Desk) -> None:
    steps = full.do(deeds.recent)[0]
    keep(full, COURSE)
    assert history(full, COURSE) == [(1, "angelegt")]
    assert full.do(deeds.recent)[0] == steps


def test_every_change_can_be_taken_back_with_its_version(full: Desk) -> None:
    deed = keep(full, with_phone(COURSE, "0208 000-99"))
    again = undo(full, deed)
    assert listed(full, COURSE).offer == COURSE
    assert history(full, COURSE) == [(1, "angelegt")]
    undo(full, again)
    assert listed(full, COURSE).offer.contacts[0].phone == "0208 000-99"
    assert len(history(full, COURSE)) == 2


def test_an_earlier_state_comes_back_as_a_new_one(full: Desk) -> None:
    keep(full, with_phone(COURSE, "0208 000-99"))
    full.do(lambda work: offers.bring_back(work, COURSE.id, 1))
    assert listed(full, COURSE).offer.contacts == COURSE.contacts
    assert [number for number, _words in history(full, COURSE)] == [3, 2, 1]
    with pytest.raises(RecordGone):
        full.do(lambda work: offers.bring_back(work, COURSE.id, 9))


def test_what_a_newer_version_wrote_stays(full: Desk) -> None:
    keep(full, replace(COURSE, more={"noise": "loud"}))
    keep(full, with_phone(listed(full, COURSE).offer, "0208 000-99"))
    assert listed(full, COURSE).offer.more == {"noise": "loud"}


# --- confirmed


def test_one_key_says_that_it_still_holds(full: Desk, clock: Any) -> None:
    assert listed(full, COURSE).as_of == date(2026, 3, 2)
    clock.advance(days=2)
    deed = full.do(lambda work: offers.confirm(work, COURSE.id))[0]
    now = listed(full, COURSE)
    assert (now.as_of, now.confirmed_by) == (date(2026, 11, 28), "Carla Brandt")
    assert now.fact_as_of("times") == date(2026, 11, 28)
    assert history(full, COURSE)[0] == (2, "stimmt noch")
    undo(full, deed)
    assert listed(full, COURSE).as_of == date(2026, 3, 2)


def test_one_fact_that_was_learnt_does_not_make_the_others_fresh(full: Desk) -> None:
    before = listed(full, COURSE).as_of
    keep(full, replace(COURSE, brief="Deutsch bis A2"))
    now = listed(full, COURSE)
    assert (now.as_of, now.fact_as_of("brief"), now.fact_as_of("times")) == (before, TODAY, before)
    full.do(lambda work: offers.confirm(work, COURSE.id))
    assert listed(full, COURSE).as_of == TODAY


def test_a_single_fact_can_be_confirmed(full: Desk) -> None:
    full.do(lambda work: offers.confirm(work, COURSE.id, ["times"]))
    now = listed(full, COURSE)
    assert now.confirmed_on is None
    assert (now.fact_as_of("times"), now.fact_as_of("contacts")) == (TODAY, date(2026, 3, 2))
    assert now.offer.source_of("times") == FactSource("times", "Beschreibung des Angebots", TODAY)
    assert history(full, COURSE)[0] == (2, "stimmt noch: Zeiten")


# --- proposed, paused, ended, taken out


def test_a_new_offer_somebody_heard_of_waits_until_it_is_taken_over(full: Desk) -> None:
    choir = an_offer("Chor", topics=("culture",))
    full.do(lambda work: offers.propose(work, choir))
    assert [each.offer.title for each in directory(full).proposals] == ["Chor"]
    deed = full.do(lambda work: offers.accept(work, choir.id))[0]
    assert listed(full, choir).offer.status == "active"
    assert directory(full).proposals == ()
    undo(full, deed)
    assert listed(full, choir).offer.status == "proposal"


def test_a_proposed_change_is_taken_over_fact_by_fact(full: Desk) -> None:
    keep(full, with_phone(COURSE, "0208 000-99"))
    heard = replace(with_phone(COURSE, "0208 000-77"), id=uuid4(), brief="Deutsch bis A2",
                    sources=(FactSource("", "Faltblatt", date(2026, 11, 20)),))  # fmt: skip
    full.do(lambda work: offers.propose(work, heard, COURSE.id))
    assert [each.replaces for each in directory(full).proposals] == [COURSE.id]
    assert heard.id not in [each.offer.id for each in directory(full).offers]
    deed = full.do(lambda work: offers.accept(work, heard.id, ["brief"]))[0]
    now = listed(full, COURSE).offer
    assert (now.brief, now.contacts[0].phone, now.status) == ("Deutsch bis A2", "0208 000-99", "active")
    assert now.source_of("brief") == FactSource("brief", "Faltblatt", date(2026, 11, 20))
    assert directory(full).proposals == ()
    undo(full, deed)
    assert listed(full, COURSE).offer.brief == COURSE.brief
    assert len(directory(full).proposals) == 1
    full.do(lambda work: offers.accept(work, heard.id))
    assert listed(full, COURSE).offer.contacts[0].phone == "0208 000-77"
    assert "replaces" not in listed(full, COURSE).offer.more


def test_taking_over_a_proposal_leaves_what_was_learnt_since(full: Desk) -> None:
    heard = replace(COURSE, id=uuid4(), brief="Deutsch bis A2")
    full.do(lambda work: offers.propose(work, heard, COURSE.id))
    keep(full, with_phone(COURSE, "0208 000-99"))
    full.do(lambda work: offers.accept(work, heard.id))
    now = listed(full, COURSE).offer
    assert (now.brief, now.contacts[0].phone) == ("Deutsch bis A2", "0208 000-99")


def test_no_to_a_proposal_leaves_the_offer_as_it_is(full: Desk) -> None:
    heard = replace(COURSE, id=uuid4(), title="Sprachkurs A2")
    full.do(lambda work: offers.propose(work, heard, COURSE.id))
    full.do(lambda work: offers.decline(work, heard.id))
    assert directory(full).proposals == ()
    assert listed(full, COURSE).offer.title == "Sprachkurs A1"


@pytest.mark.parametrize(
    ("status", "words"), [(PAUSED, "pausiert: Lehrkraft krank"), (ENDED, "beendet: Lehrkraft krank")]
)
def test_what_pauses_or_ends_stays_in_the_directory_and_goes_on_again(full: Desk, status: str, words: str) -> None:
    full.do(lambda work: offers.set_status(work, COURSE.id, status, "Lehrkraft krank"))
    assert listed(full, COURSE).offer.status == status
    assert history(full, COURSE)[0] == (2, words)
    full.do(lambda work: offers.set_status(work, COURSE.id, "active"))
    assert listed(full, COURSE).offer.on_offer(TODAY)


def test_what_should_never_have_been_in_can_be_taken_out_and_comes_back(full: Desk) -> None:
    full.do(lambda work: offers.remove(work, COURSE.id))
    assert COURSE.id not in directory(full).listed
    with pytest.raises(RecordGone):
        keep(full, COURSE)
    with pytest.raises(RecordGone):
        full.do(lambda work: offers.confirm(work, COURSE.id))
    full.do(lambda work: offers.restore(work, COURSE.id))
    assert listed(full, COURSE).offer == COURSE


# --- the memory


def test_the_memory_follows_everything_that_is_written(full: Desk) -> None:
    first = directory(full)
    assert directory(full) is first
    keep(full, replace(COURSE, title="Sprachkurs A2"))
    assert [each.offer.title for each in directory(full).offers][-1] == "Sprachkurs A2"
    assert directory(full).listed[FURNITURE.id] is first.listed[FURNITURE.id]
    moved = Venue(HOUSE.id, "Haus der Stadtgeschichte")
    full.do(lambda work: offers.keep_venue(work, moved))
    assert directory(full).venues_of(COURSE) == (moved,)
    assert COURSE.id in directory(full).index.find("stadtgeschichte").scores


def test_what_was_not_kept_is_not_remembered(full: Desk) -> None:
    first = directory(full)

    def fail(work: Any) -> None:
        offers.keep(work, replace(COURSE, title="Sprachkurs A2"))
        assert offer_directory.read(work).listed[COURSE.id].offer.title == "Sprachkurs A2"
        raise RecordGone

    with pytest.raises(RecordGone):
        full.do(fail)
    assert listed(full, COURSE).offer.title == "Sprachkurs A1"
    assert directory(full).offers == first.offers


def test_an_organisation_keeps_what_was_typed(full: Desk) -> None:
    caritas = replace(WELFARE, phone="0208 000-30", web="caritas.example")
    deed = full.do(lambda work: offers.keep_organisation(work, caritas))[0]
    assert directory(full).organisation_of(COURSE) == caritas
    undo(full, deed)
    assert directory(full).organisation_of(COURSE) == WELFARE


def test_a_contact_who_left_is_told_in_the_history(full: Desk) -> None:
    keep(full, replace(COURSE, contacts=(OfferContact("Frau Driesen", "Lehrkraft", "0208 000-11"),)))
    assert history(full, COURSE)[0] == (2, "Kontakt geändert")
