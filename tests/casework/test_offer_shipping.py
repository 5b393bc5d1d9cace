"""The offers that come with the program: there from the first look on, and never put over what staff changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from desk_app.casework import deeds, offer_directory, offer_shipping, offer_versions, offers, users
from desk_app.casework.desk import Desk
from desk_app.casework.offer_directory import Directory
from desk_app.domain.offer_seed import Seed, shipped
from desk_app.domain.offers import PROPOSAL, Offer
from desk_app.domain.roles import Role
from desk_app.presenters.offer_lists import proposal_rows
from desk_app.storage.tables import AuditEntry

SEED = shipped()
FIRST = SEED.offers[0]


def later(**changed: str) -> Seed:
    """A later edition, of which the first offer says something else."""
    return replace(SEED, offers=(replace(FIRST, **changed), *SEED.offers[1:]))


def ship(desk: Desk, seed: Seed = SEED) -> int:
    return desk.do(lambda work: offer_shipping.ship(work, seed))[0]


def directory(desk: Desk) -> Directory:
    return desk.do(offer_directory.read)[0]


def proposals_about(desk: Desk, offer: Offer) -> list[Offer]:
    return [each.offer for each in directory(desk).proposals if each.replaces == offer.id]


def test_the_first_look_finds_the_ten_and_what_is_only_proposed(desk: Desk) -> None:
    desk.do(offer_shipping.ensure)
    found = directory(desk)
    assert Counter(each.offer.status for each in found.offers) == {"active": 10, "proposal": 22}
    assert {each.offer for each in found.offers} == set(SEED.offers)
    assert all(found.organisation_of(each.offer) for each in found.offers if each.offer.organisation)
    assert all(each.as_of is not None for each in found.offers)


def test_it_happens_once_and_is_nobodys_step(desk: Desk) -> None:
    assert ship(desk) == len(SEED.offers)
    written = desk.do(lambda work: work.session.scalars(select(AuditEntry.sequence)).all())[0]
    assert ship(desk) == 0
    desk.do(offer_shipping.ensure)
    assert desk.do(lambda work: work.session.scalars(select(AuditEntry.sequence)).all())[0] == written
    assert [line.words for line in desk.do(deeds.recent)[0] if "Angebot" in line.words] == []


def test_whoever_looks_first_need_not_be_allowed_to_change_the_directory(desk: Desk) -> None:
    colleague = uuid4()
    desk.do(lambda work: users.add(work, colleague, "Jonas Adeyemi", Role.RECEPTION))
    ship(Desk(desk.vault, colleague, desk.clock))
    assert len(directory(desk).offers) == len(SEED.offers)


@pytest.mark.parametrize("deed", ["change", "end", "remove"])
def test_what_staff_did_stays_when_the_same_edition_comes_again(desk: Desk, deed: str) -> None:
    ship(desk)
    if deed == "change":
        desk.do(lambda work: offers.keep(work, replace(FIRST, brief="Wir wissen es besser")))
    elif deed == "end":
        desk.do(lambda work: offers.set_status(work, FIRST.id, "ended"))
    else:
        desk.do(lambda work: offers.remove(work, FIRST.id))
    before = directory(desk).listed
    assert ship(desk) == 0
    assert directory(desk).listed == before


def test_a_later_edition_is_put_beside_as_a_proposal_once(desk: Desk) -> None:
    ship(desk)
    desk.do(lambda work: offers.keep(work, replace(FIRST, brief="Wir wissen es besser")))
    assert ship(desk, later(text="Neuer Text")) == 1
    assert directory(desk).listed[FIRST.id].offer.brief == "Wir wissen es besser"
    (proposal,) = proposals_about(desk, FIRST)
    assert proposal.text == "Neuer Text"
    assert ship(desk, later(text="Neuer Text")) == 0
    desk.do(lambda work: offers.decline(work, proposal.id))
    assert ship(desk, later(text="Neuer Text")) == 0
    assert proposals_about(desk, FIRST) == []
    ship(desk, later(text="Noch neuerer Text"))
    assert [each.text for each in proposals_about(desk, FIRST)] == ["Noch neuerer Text"]


def test_taking_over_what_is_new_in_an_edition_leaves_what_staff_changed(desk: Desk) -> None:
    ship(desk)
    desk.do(lambda work: offers.keep(work, replace(FIRST, brief="Wir wissen es besser")))
    ship(desk, later(text="Neuer Text"))
    (proposal,) = proposals_about(desk, FIRST)
    desk.do(lambda work: offers.keep(work, replace(directory(desk).listed[FIRST.id].offer, goal="Ziel")))
    (row,) = [row for row in proposal_rows(directory(desk)) if row.id == proposal.id]
    assert row.detail == "Beschreibung: Neuer Text"
    desk.do(lambda work: offers.accept(work, proposal.id))
    now = directory(desk).listed[FIRST.id].offer
    assert (now.brief, now.text, now.goal) == ("Wir wissen es besser", "Neuer Text", "Ziel")
    assert ship(desk, later(text=FIRST.text)) == 1
    (back,) = proposals_about(desk, FIRST)
    desk.do(lambda work: offers.accept(work, back.id))
    assert directory(desk).listed[FIRST.id].offer.text == FIRST.text


def test_an_edition_that_says_what_staff_found_out_asks_nothing(desk: Desk) -> None:
    ship(desk)
    desk.do(lambda work: offers.keep(work, replace(FIRST, text="Neuer Text", goal="Ziel")))
    assert ship(desk, later(text="Neuer Text")) == 0


def test_what_was_taken_out_is_not_proposed_again(desk: Desk) -> None:
    ship(desk)
    desk.do(lambda work: offers.remove(work, FIRST.id))
    assert ship(desk, later(text="Neuer Text")) == 0
    assert FIRST.id not in directory(desk).listed


def test_a_proposal_that_is_taken_over_is_not_made_again(desk: Desk) -> None:
    ship(desk)
    ship(desk, later(text="Neuer Text"))
    (proposal,) = proposals_about(desk, FIRST)
    desk.do(lambda work: offers.accept(work, proposal.id))
    assert directory(desk).listed[FIRST.id].offer.text == "Neuer Text"
    assert ship(desk, later(text="Neuer Text")) == 0




def test_a_later_edition_of_a_proposal_nobody_looked_at_takes_its_place(desk: Desk) -> None:
    ship(desk)
    proposed = next(offer for offer in SEED.offers if offer.status == PROPOSAL)
    touched = next(offer for offer in SEED.offers if offer.status == PROPOSAL and offer.id != proposed.id)
    desk.do(lambda work: offers.keep(work, replace(touched, goal="Ziel")))
    count = len(directory(desk).proposals)
    for words in ("Neuer Text", "Noch neuerer Text"):
        newer = [replace(each, text=words) if each in (proposed, touched) else each for each in SEED.offers]
        assert ship(desk, replace(SEED, offers=tuple(newer))) == 2
        assert directory(desk).listed[proposed.id].offer.text == words
        assert proposals_about(desk, proposed) == []
        assert directory(desk).listed[touched.id].offer.text == touched.text
    assert len(directory(desk).proposals) == count + len(proposals_about(desk, touched))
    assert len(desk.do(lambda work: offer_versions.history(work, proposed.id))[0]) == 1
