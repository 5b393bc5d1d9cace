"""Offers for tests: all invented, but for what the shipped ones are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from builders import TODAY, StoredFamily

from desk_app.casework import deeds, handouts, intake, offer_gaps, offer_shipping, offers, referrals
from desk_app.casework.desk import Work
from desk_app.casework.handouts import Handed
from desk_app.casework.offer_gaps import Gap
from desk_app.casework.referrals import Draft
from desk_app.domain.offers import (
    FactSource,
    Offer,
    OfferContact,
    OfferCost,
    OfferLanguage,
    OfferPlace,
    OfferTime,
    Organisation,
    Venue,
)
from desk_app.domain.records import RecordKind

_ALL = UUID("2a1d6f9e-58a4-4c5d-9f43-1f8c8a1b6d01")
TUESDAY, THURSDAY = 1 << 1, 1 << 3


def known_as(name: str) -> UUID:
    return uuid5(_ALL, name)


HOUSE = Venue(known_as("house"), "Haus am Klöttschen", street="Am Klöttschen 1", postal_code="45468",
              city="Mülheim an der Ruhr", district="altstadt_2")  # fmt: skip
WELFARE = Organisation(known_as("welfare"), "Caritas-Sozialdienste", "Caritas", phone="0208 000-20")
COURSE = Offer(
    known_as("course"),
    "Sprachkurs A1",
    organisation=WELFARE.id,
    brief="Deutsch von Anfang an, mit freiwilligen Lehrkräften",
    audiences=("family",),
    topics=("german_course",),
    cost=OfferCost("free"),
    places=(OfferPlace(HOUSE.id, "Raum 2"),),
    times=(OfferTime(TUESDAY | THURSDAY, 14 * 60, 16 * 60),),
    contacts=(OfferContact("Frau Ilgin", "Lehrkraft", "0208 000-11"),),
    languages=(OfferLanguage("ar"),),
    child_care=True,
    sources=(FactSource("", "Beschreibung des Angebots", date(2026, 3, 2)),),
)
FURNITURE = Offer(
    known_as("furniture"),
    "Aktion Lichtblicke",
    organisation=WELFARE.id,
    brief="Hilfe in Not aus Spenden, etwa für Umzug oder Einrichtung",
    audiences=("family",),
    topics=("emergency_aid", "furnishing"),
    sources=(FactSource("", "Beschreibung des Angebots", date(2026, 10, 5)),),
)
THEATRE = Offer(
    known_as("theatre"), "Collective Ma'louba", brief="Bühne für Künstlerinnen und Künstler aus vielen Ländern",
    audiences=("artist",), topics=("theatre",), cost=OfferCost("text", "Eintritt"),
)  # fmt: skip


def store_offers(work: Work, *others: Offer) -> None:
    """A small directory, with ``others`` besides."""
    offers.keep_organisation(work, WELFARE)
    offers.keep_venue(work, HOUSE)
    for offer in (COURSE, FURNITURE, THEATRE, *others):
        offers.keep(work, offer)


def an_offer(title: str, **values: Any) -> Offer:
    return Offer(known_as(title), title, **values)


def walk_offers(walk: Any, family: StoredFamily) -> None:
    """Every deed about offers and referrals, one by one, through ``walk.do``."""
    walk.do(offer_shipping.ensure)
    walk.do(lambda work: offers.keep_organisation(work, WELFARE))
    walk.do(lambda work: offers.keep_organisation(work, replace(WELFARE, phone="0208 000-30")))
    walk.do(lambda work: offers.keep_venue(work, HOUSE))
    walk.do(lambda work: offers.keep(work, COURSE))
    walk.do(lambda work: offers.keep(work, replace(COURSE, goal="A1")))
    walk.do(lambda work: offers.confirm(work, COURSE.id))
    walk.do(lambda work: offers.confirm(work, COURSE.id, ["times"]))
    walk.do(lambda work: offers.set_status(work, COURSE.id, "paused"))
    walk.do(lambda work: offers.set_status(work, COURSE.id, "active"))
    walk.do(lambda work: offers.bring_back(work, COURSE.id, 1))
    for number, answer in enumerate((offers.accept, offers.decline, offers.accept)):
        heard = replace(COURSE, id=uuid4(), brief=f"Faltblatt {number}")
        walk.do(lambda work, heard=heard, n=number: offers.propose(work, heard, COURSE.id if n < 2 else None))
        walk.do(lambda work, heard=heard, answer=answer: answer(work, heard.id))
    walk.do(lambda work: offers.remove(work, COURSE.id))
    walk.do(lambda work: offers.restore(work, COURSE.id))
    draft = Draft(uuid4(), family.household, COURSE.id, (family.mother,), agreed=True)
    made = walk.do(lambda work: referrals.refer(work, draft))
    walk.do(lambda work: referrals.step(work, made.referrals, "waiting_list"))
    walk.do(lambda work: referrals.step(work, made.referrals, "contact"))
    walk.do(lambda work: referrals.withdraw(work, made.referrals))
    walk.do(lambda work: referrals.restore(work, made.referrals))
    again = walk.do(lambda work: referrals.step(work, made.referrals, "takes_part"))
    walk.do(lambda work: deeds.undo(work, again))
    walk.do(lambda work: referrals.withdraw_consent(work, made.referrals[0]))
    values = {"recipient": "offer_provider", "given_on": TODAY}
    walk.do(lambda work: intake.add(work, RecordKind.CONSENT, uuid4(), family.household, values=values))
    for_all = walk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, COURSE.id)))
    walk.do(lambda work: referrals.withdraw_consent(work, for_all.referrals[0]))
    page = Handed(uuid4(), family.household, handouts.OFFERS, "Merkzettel", {"offers": ["Sprachkurs A1"]})
    walk.do(lambda work: handouts.keep(work, page))
    gap = Gap(uuid4(), "Chor", topic="culture", sought_on=TODAY)
    walk.do(lambda work: offer_gaps.note_gap(work, gap))
    walk.do(lambda work: offer_gaps.remove(work, gap.id))
