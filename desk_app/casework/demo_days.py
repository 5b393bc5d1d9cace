"""The books of a demo store: a community centre, people who interpret, weeks of appointments, and who waits today."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Final
from uuid import UUID, uuid5

from desk_app.casework import (
    appointment_setup,
    appointments,
    interpreters,
    offer_directory,
    offer_shipping,
    referrals,
    visits,
)
from desk_app.casework.appointment_setup import Kind, Opening, Place, Seat
from desk_app.casework.appointments import Booking, FreeSlot
from desk_app.casework.desk import Desk, Work
from desk_app.casework.interpreters import Interpreter, Spoken
from desk_app.casework.visits import WalkIn
from desk_app.domain.clock import berlin, local, local_day
from desk_app.domain.offers import ACTIVE
from desk_app.domain.visit_states import ARRIVED, CONFIRMED, DONE, IN_TALK, NO_SHOW

_DAYS: Final = UUID("0c6f5a7d-53a5-5c1b-8c63-2f6c7e0f1a44")
_PAST, _AHEAD = 14, 12
_PER_DAY: Final = 7
_TUESDAY_AND_THURSDAY: Final = 0b1010
_NINE_THIRTY, _TWELVE_THIRTY = 570, 750
_INTERPRETERS: Final = (
    ("Samira Muster", "w", "sprint", ("ar", "kmr")),
    ("Oksana Beispiel", "w", "sprint", ("uk", "ru")),
    ("Dan Mustermann", "m", "volunteer", ("ro",)),
    ("Reza Beispiel", "m", "volunteer", ("fa", "prs")),
)
_WAITING: Final = (("Frau Probe", True), ("Herr Vorlage", False), ("", False))


@dataclass(frozen=True)
class _Cast:
    """What the days are made with: chance that comes out the same each time, and the families by id."""

    chance: random.Random
    families: Sequence[UUID]
    languages: dict[UUID, str]


def fill(desk: Desk, families: Sequence[tuple[UUID, str]], seed: int) -> None:
    """Fill the books around today for these families, each with the language one speaks with it ("" for German)."""
    if not families:
        return
    cast = _Cast(random.Random(seed), [key for key, _language in families], dict(families))  # noqa: S311 - no secret
    desk.do(_settle)
    today, _changes = desk.do(lambda work: work.today)
    for offset in range(-_PAST, _AHEAD + 1):
        day = today + timedelta(days=offset)
        made = _at(desk, day - timedelta(days=3)).do(partial(_book_day, cast=cast, day=day))[0]
        steps = [each for number, booked in enumerate(made) for each in _life(cast, number, *booked)]
        _at(desk, day, time(18)).do(partial(_live, steps=sorted(steps)))
    _let_wait(desk)
    _refer(desk, cast)


def _at(desk: Desk, day: date, moment: time = time(9)) -> Desk:
    return _when(desk, datetime.combine(day, moment, berlin()).astimezone(UTC))


def _when(desk: Desk, moment: datetime) -> Desk:
    """The desk at that moment, or now where that is still to come."""
    return replace(desk, clock=lambda: min(moment, desk.clock()))


def _settle(work: Work) -> None:
    """A community centre with its own days beside what every centre begins with, and who interprets."""
    setup = appointment_setup.settle(work)
    place = Place(uuid5(_DAYS, "place"), "Stadtteilhaus Musterviertel", "Stadtteilhaus", "outreach", position=1)
    seat = Seat(uuid5(_DAYS, "seat"), place.id, "Platz 4", laptop=True, position=1)
    appointment_setup.keep(work, place)
    appointment_setup.keep(work, seat)
    hours = Opening(uuid5(_DAYS, "hours"), place.id, _TUESDAY_AND_THURSDAY, _NINE_THIRTY, _TWELVE_THIRTY)
    appointment_setup.keep_opening(work, hours, work.today - timedelta(days=_PAST))
    appointment_setup.keep(work, replace(setup.desks()[0], user=work.user))
    for name, sex, kind, spoken in _INTERPRETERS:
        languages = tuple(map(Spoken, spoken))
        interpreters.keep(work, Interpreter(uuid5(_DAYS, name), name, sex, kind, languages=languages))


def _book_day(work: Work, cast: _Cast, day: date) -> list[tuple[UUID, datetime, int]]:
    """Some appointments of one day; their ids, beginnings and minutes."""
    setup = appointment_setup.read(work)
    kinds = [kind for kind in setup.kinds if kind.look != appointment_setup.INTERNAL]
    booked = []
    guests = cast.chance.sample(cast.families, min(_PER_DAY, len(cast.families)))
    for number, household in enumerate(guests):
        kind = cast.chance.choice(kinds)
        free = appointments.free(work, kind.id, day, 1, limit=40)
        if not free:
            break
        slot = cast.chance.choice(free[: 4 + number * 3])
        booking = _booking(work, cast, kind, household, slot, uuid5(_DAYS, f"{day}/{number}"))
        booked.append((appointments.book(work, booking), slot.start, kind.minutes))
    return booked


def _booking(work: Work, cast: _Cast, kind: Kind, household: UUID, slot: FreeSlot, key: UUID) -> Booking:
    language = cast.languages[household]
    booking = Booking(key, slot.start, household, kind=kind.id, place=slot.place, seat=slot.seat, language=language)
    if not language:
        return booking
    day = local_day(slot.start)
    there = appointments.free(work, kind.id, day, 1, language=language, seats=[slot.seat], limit=40, step=5)
    who = next((each.interpreters for each in there if each.start == slot.start), ())
    if not who or cast.chance.random() < 0.2:
        return replace(booking, interpreting="open")
    return replace(booking, interpreting="confirmed", interpreter=who[0])


def _life(cast: _Cast, number: int, visit: UUID, start: datetime, minutes: int) -> list[tuple[datetime, UUID, str]]:
    """What becomes of an appointment: one in eight does not come, the others run a little early or late."""
    confirmed = [(start - timedelta(days=1), visit, CONFIRMED)] if cast.chance.random() < 0.6 else []
    if (local(start).day + number) % 8 == 0:
        return [*confirmed, (start + timedelta(minutes=20), visit, NO_SHOW)]
    come = start - timedelta(minutes=cast.chance.randint(0, 12))
    end = start + timedelta(minutes=minutes + cast.chance.randint(-10, 10))
    return [*confirmed, (come, visit, ARRIVED), (start + timedelta(minutes=1), visit, IN_TALK), (end, visit, DONE)]


def _live(work: Work, steps: Sequence[tuple[datetime, UUID, str]]) -> None:
    """Take the steps whose time has come, each at its time."""
    until = work.now
    for moment, visit, state in steps:
        if moment <= until or state == CONFIRMED:
            work.now = min(moment, until)
            visits.step(work, visit, state)


def _let_wait(desk: Desk) -> None:
    """Who came without an appointment within the last half hour."""
    now = desk.clock()
    for number, (name, interpreting) in enumerate(_WAITING):
        since = now - timedelta(minutes=24 - 9 * number)
        if local_day(since) == local_day(now):
            draft = WalkIn(uuid5(_DAYS, f"waits {number}"), name=name, interpreting=interpreting)
            _when(desk, since).do(partial(visits.walk_in, draft=draft))


def _refer(desk: Desk, cast: _Cast) -> None:
    """Send a third of the families to one of the offers; of some it is known what came of it."""
    desk.do(offer_shipping.ensure)
    directory, _changes = desk.do(offer_directory.read)
    offers = [each.offer for each in directory.offers if each.offer.status == ACTIVE]
    outcomes = ("takes_part", "waiting_list", "no_reply", "")
    for number, household in enumerate(islice(cast.families, 0, None, 3)):
        if not offers:
            return
        offer = offers[number % len(offers)]
        draft = referrals.Draft(uuid5(household, "referral"), household, offer.id, agreed=True)
        made, _changes = desk.do(partial(referrals.refer, draft=draft))
        outcome = outcomes[number % len(outcomes)]
        if outcome:
            desk.do(partial(referrals.step, referrals=made.referrals, outcome=outcome))
