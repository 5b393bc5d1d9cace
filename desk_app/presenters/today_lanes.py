"""The lanes of the time line out of what was read: one for each desk that is at work today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL, Place, Seat
from desk_app.casework.today import Today
from desk_app.domain import visit_states
from desk_app.domain.slots import Span
from desk_app.domain.visit_states import ARRIVED, CALLED, CANCELLED_FAMILY, CANCELLED_US, DONE, MOVED, NO_SHOW, TALKING
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.appointment_sheet import Minutes, hours_around
from desk_app.presenters.appointment_words import bare_title, between, minute_of, spoken
from desk_app.presenters.today_blocks import Block, Lane, stacked
from desk_app.presenters.when import short_author

GONE: Final = frozenset({CANCELLED_FAMILY, CANCELLED_US, MOVED})
"""States in which an appointment is not shown on its day."""
_USUAL: Final = (8 * 60, 16 * 60)
_SHORT: Final = {
    ARRIVED: N_("wartet"),
    CALLED: N_("aufgerufen"),
    visit_states.INTERRUPTED: N_("unterbrochen"),
    visit_states.COMES_BACK: N_("kommt wieder"),
    NO_SHOW: N_("nicht da"),
}
"""What stands in a block in place of what it is about, where the state says more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The lanes with the minutes the axis shows."""

    lanes: tuple[Lane, ...]
    span: Minutes
    is_open: bool = True
    """Whether any desk opens on that day."""


def lanes(today: Today, now: datetime, *, mine: bool = False) -> Shown:
    """The lanes as they are at a moment; ``mine`` only those of the one at the desk, where they have any."""
    seats = _seats(today)
    own = [seat for seat in seats if seat.user == today.user]
    hours = {seat.id: _minutes(today, _open(today, seat)) for seat in seats}
    every = [span for spans in hours.values() for span in spans]
    around = (min(span[0] for span in every), max(span[1] for span in every)) if every else None
    found = [_lane(today, seat, now, hours[seat.id], around) for seat in (own if mine and own else seats)]
    if nowhere := _nowhere(today, now, seats):
        found.append(Lane(None, _("Ohne Platz"), blocks=stacked(nowhere)))
    shown = [(block.start, block.end) for lane in found for block in lane.blocks]
    return Shown(tuple(found), hours_around(shown, around or _USUAL), bool(every))


def _seats(today: Today) -> list[Seat]:
    """The desks of the day: those of places that are open on it, and those something is booked at."""
    used = {line.seat for line in today.lines if line.state not in GONE}
    used_places = {line.place for line in today.lines if line.seat is None and line.look == INTERNAL}

    def at_work(seat: Seat) -> bool:
        place = today.setup.place(seat.place)
        always = place is None or place.kind != "outreach"
        return always or seat.id in used or seat.place in used_places or bool(_open(today, seat))

    return [seat for seat in today.setup.desks() if at_work(seat)]


def _open(today: Today, seat: Seat) -> Sequence[Span]:
    booked = today.setup.hours(seat.place, seat.id, [today.day]).all
    return booked or today.setup.hours(seat.place, seat.id, [today.day], walk_in=True).all


def _lane(today: Today, seat: Seat, now: datetime, hours: list[Minutes], around: Minutes | None) -> Lane:
    place = today.setup.place(seat.place)
    blocks = [
        _block(today, line, now)
        for line in today.lines
        if line.state not in GONE and (line.seat == seat.id or _keeps_all(line, seat))
    ]
    person = short_author(today.staff.get(seat.user, "")) if seat.user else ""
    second = " · ".join(part for part in (person, _("Laptop") if seat.laptop else "") if part)
    return Lane(
        seat.id, _title(today, seat, place), second, seat.user == today.user, seat.laptop,
        _shut(hours, around), stacked(blocks),
    )  # fmt: skip


def _title(today: Today, seat: Seat, place: Place | None) -> str:
    """The desk; away from the centre the place says more, and both where it has several desks."""
    if place is None or (place.kind != "outreach" and place == today.setup.places[0]):
        return seat.name
    alone = len(today.setup.desks(place.id)) == 1
    return place.label if alone else f"{place.label}, {seat.name}"


def _keeps_all(line: AppointmentLine, seat: Seat) -> bool:
    """Whether something internal without a desk of its own keeps all desks of the place."""
    return line.seat is None and line.look == INTERNAL and line.place == seat.place


def _nowhere(today: Today, now: datetime, seats: Sequence[Seat]) -> list[Block]:
    """Appointments at no desk, and talks with walk-ins of which nobody said where they are."""
    known = {seat.id for seat in seats}
    return [
        _block(today, line, now)
        for line in today.lines
        if line.seat not in known and line.state not in GONE and line.look != INTERNAL
        and (not line.walk_in or line.state in TALKING)
    ]  # fmt: skip


def _block(today: Today, line: AppointmentLine, now: datetime) -> Block:
    end = line.end
    if line.state in TALKING:
        end = max(end, now)
    elif line.walk_in and line.finished_at is not None:
        end = line.finished_at
    start, until = minute_of(line.start, today.day), minute_of(end, today.day)
    second = _(_SHORT[line.state]) if line.state in _SHORT else line.kind_name
    if line.look == INTERNAL:
        second = _internal(today, line)
    more = line.language_name if line.interpreting and line.state not in _SHORT else ""
    return Block(
        line.id, start, max(until, start + 5), name_of(line), second, line.look or "follow", line.state, more,
        line.interpreting, spoken(line, between(start, until)),
    )  # fmt: skip


def name_of(line: AppointmentLine) -> str:
    """The name alone; of somebody who gave none the number on their slip."""
    if line.number and not line.title:
        return _("Nummer {n}").format(n=line.number)
    return bare_title(line)


def _minutes(today: Today, spans: Sequence[Span]) -> list[Minutes]:
    return [(minute_of(span.start, today.day), minute_of(span.end, today.day)) for span in spans]


def _internal(today: Today, line: AppointmentLine) -> str:
    """Away from the centre how many talks there were so far, else that it is internal."""
    place = today.setup.place(line.place)
    if place is None or place.kind != "outreach":
        return _("intern")
    talks = sum(each.state == DONE for each in today.lines if each.place == place.id and each.look != INTERNAL)
    words = ngettext("bisher {n} Gespräch", "bisher {n} Gespräche", talks).format(n=talks)
    return " · ".join(part for part in (place.name, words) if part)


def _shut(hours: Sequence[Minutes], around: Minutes | None) -> tuple[Minutes, ...]:
    """When the desk is shut between the first and the last hour of all desks; all day where none opens."""
    if around is None:
        return ((0, 24 * 60),)
    found = []
    at = around[0]
    for begin, end in sorted(hours):
        if begin > at:
            found.append((at, begin))
        at = max(at, end)
    if at < around[1]:
        found.append((at, around[1]))
    return tuple(found)


def seat_of(today: Today, user: UUID) -> UUID | None:
    """The desk of somebody; ``None`` for none."""
    return next((seat.id for seat in today.setup.desks() if seat.user == user), None)
