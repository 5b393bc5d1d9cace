"""What a centre begins with for its appointments, until somebody sets up its own."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from desk_app.casework import centre
from desk_app.casework.appointment_parts import INTERNAL, Kind, Opening, Place, Seat, Setup
from desk_app.casework.desk import Work
from desk_app.i18n import N_, _

_NAMES: Final = UUID("5b0f3a6e-2f0d-5a0b-8f4e-1c4f0f7c2a10")
_DESKS: Final = 3
_HALF_PAST_EIGHT, _HALF_PAST_TWELVE, _ONE, _FOUR = 510, 750, 780, 960
_MONDAY_TO_THURSDAY, _FRIDAY = 0b1111, 0b10000
_BRING: Final = N_("Pässe oder Ausweise, Geburtsurkunden, Meldebescheinigung, Impfbücher, Zeugnisse")
_KINDS: Final = (
    ("intake", N_("Aufnahme"), 60, _BRING),
    ("school", N_("Schule"), 45, ""),
    ("offer", N_("Angebot"), 45, ""),
    ("follow", N_("Folgetermin"), 45, ""),
    (INTERNAL, N_("Intern"), 60, ""),
)
_HOURS: Final = (
    (_MONDAY_TO_THURSDAY, _HALF_PAST_EIGHT, _HALF_PAST_TWELVE),
    (_MONDAY_TO_THURSDAY, _ONE, _FOUR),
    (_FRIDAY, _HALF_PAST_EIGHT, _HALF_PAST_TWELVE),
)


def setup(work: Work) -> Setup:
    """The centre with three desks, five kinds and the hours of an office; the same ids each time."""
    known = centre.load(work)
    code, _blank, city = known.place.partition(" ")
    if not code.isdecimal():
        code, city = "", known.place
    name = known.name or _("Kommunales Integrationszentrum")
    place = Place(uuid5(_NAMES, "place"), name, street=known.street, postal_code=code, city=city)
    seats = tuple(
        Seat(uuid5(_NAMES, f"desk {number}"), place.id, _("Platz {n}").format(n=number), position=number)
        for number in range(1, _DESKS + 1)
    )
    kinds = tuple(
        Kind(uuid5(_NAMES, look), _(name), look, minutes, bring=_(bring) if bring else "", position=number)
        for number, (look, name, minutes, bring) in enumerate(_KINDS, 1)
    )
    openings = tuple(
        Opening(uuid5(_NAMES, f"hours {number}"), place.id, days, opens, closes)
        for number, (days, opens, closes) in enumerate(_HOURS)
    )
    return Setup((place,), seats, kinds, openings)
