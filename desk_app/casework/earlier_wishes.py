"""Families who would like an earlier date: kept until one falls free, offered then, booked, or out of date.

What has fallen free is never kept: it is read from the appointments that were called off, moved or missed and whose
time nobody else took since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import appointment_setup, appointments, deeds, notes
from desk_app.casework.appointment_free import Books, FreeSlot
from desk_app.casework.appointment_lines import AppointmentLine, Names
from desk_app.casework.appointment_rows import Booking
from desk_app.casework.appointment_setup import INTERNAL, TOUCHED
from desk_app.casework.desk import Work
from desk_app.casework.wording import label
from desk_app.domain.clock import local, local_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.names import clean_name
from desk_app.domain.visit_states import FREES
from desk_app.i18n import _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, EarlierWish, Household

KEPT: Final = "wish.kept"
REMOVED: Final = "wish.removed"
STEPPED: Final = "wish.stepped"

WAITING: Final = "waiting"
OFFERED: Final = "offered"
BOOKED: Final = "booked"
EXPIRED: Final = "expired"

_AHEAD: Final = timedelta(days=28)
_FIELDS: Final = {
    "household": "household_id", "appointment": "appointment_id", "name": "name", "phone": "phone", "kind": "kind_id",
    "language": "language", "interpreting": "interpreting", "weekdays": "weekdays", "opens": "opens",
    "closes": "closes", "not_before": "not_before", "until": "until_on", "words": "words",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish as a form has it. ``appointment`` is the later date they hold, ``None`` for none yet.

    They can come on ``weekdays`` (bits, Monday the lowest; ``None``: all), from minute ``opens`` of the day until
    ``closes``, not before and until a day, both included.
    """

    id: UUID
    household: UUID | None = None
    appointment: UUID | None = None
    name: str = ""
    phone: str = ""
    kind: UUID | None = None
    language: str = ""
    interpreting: bool = False
    weekdays: int | None = None
    opens: int | None = None
    closes: int | None = None
    not_before: date | None = None
    until: date | None = None
    words: str = ""

    def comes_on(self, day: date) -> bool:
        """Whether they can come on a day at all."""
        if self.weekdays is not None and not self.weekdays >> day.weekday() & 1:
            return False
        return (self.not_before is None or day >= self.not_before) and (self.until is None or day <= self.until)

    def comes_within(self, start: datetime, end: datetime) -> bool:
        """Whether they can come at all while something is free, however long it takes."""
        begin, over = local(start), local(end)
        last = 1440 if over.date() > begin.date() else over.hour * 60 + over.minute
        early = self.closes is not None and self.closes <= begin.hour * 60 + begin.minute
        late = self.opens is not None and self.opens >= last
        return self.comes_on(begin.date()) and not early and not late

    def suits(self, start: datetime, end: datetime) -> bool:
        """Whether they can come from one instant to another."""
        begin, over = local(start), local(end)
        day = begin.date()
        minute = begin.hour * 60 + begin.minute
        last = over.hour * 60 + over.minute + (over.date() - day).days * 1440
        if (self.opens is not None and minute < self.opens) or (self.closes is not None and last > self.closes):
            return False
        return self.comes_on(day)


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish as lists show it. ``held`` is when the later date is, ``offered`` what they were told of."""

    wish: Wish
    state: str
    title: str
    kind_name: str
    language_name: str
    since: datetime
    held: datetime | None = None
    offered: datetime | None = None
    offered_seat: UUID | None = None

    @property
    def id(self) -> UUID:
        return self.wish.id


@dataclass(frozen=True, slots=True)
class Chance:
    """A time that fell free, and who would like it: the longest wait first."""

    slot: FreeSlot
    wishes: tuple[WishLine, ...]


def keep(work: Work, wish: Wish) -> None:
    """Add a wish, or change the one of that id. What the later appointment knows need not be said again."""
    row = work.session.get(EarlierWish, wish.id)
    values = _values(_with_appointment(work, wish))
    if row is None:
        changed = [key for key, value in values.items() if value is not None]
    else:
        changed = [key for key, value in values.items() if getattr(row, key) != value]
        if not changed and row.removed_at is None:
            return
    appointment_setup.settle(work)
    with deeds.recorded(work, KEPT, _("Wunsch nach einem früheren Termin"), values["household_id"]):
        if row is None:
            work.session.add(EarlierWish(id=wish.id, state=WAITING, **values, **work.made))
        else:
            for key in changed:
                setattr(row, key, values[key])
            row.removed_at = None
            work.touch(row)
        work.session.flush()
        work.note(KEPT, "earlier_wish", wish.id, changed, touched=TOUCHED)


def remove(work: Work, wish: UUID) -> UUID:
    """Take one out; the deed, to be taken back."""
    row = _get(work, wish)
    with deeds.recorded(work, REMOVED, _("Wunsch nach einem früheren Termin entfernt"), row.household_id) as deed:
        row.removed_at = work.now
        work.touch(row)
        work.session.flush()
        work.note(REMOVED, "earlier_wish", wish, touched=TOUCHED)
    return deed.id


def listing(work: Work, states: Iterable[str] = (WAITING, OFFERED)) -> tuple[WishLine, ...]:
    """The wishes in these states, the oldest first; one whose time is over or whose family moved away is expired."""
    wanted = set(states)
    query = select(EarlierWish).where(EarlierWish.removed_at.is_(None)).order_by(EarlierWish.created_at)
    rows = list(work.session.scalars(query.where(EarlierWish.state.in_({*wanted, WAITING, OFFERED}))))
    families = {row.household_id for row in rows if row.household_id is not None}
    names, held, away = Names(work, families), _held(work, rows), _moved_away(work, families)
    lines = (_line(work, row, names, held, gone=row.household_id in away) for row in rows)
    return tuple(line for line in lines if line.state in wanted)


def of_appointment(work: Work, line: AppointmentLine) -> Wish:
    """What was noted of coming earlier than to an appointment, else a new wish for it."""
    noted = (each.wish for each in listing(work) if each.wish.appointment == line.id)
    fresh = Wish(
        uuid4(), appointment=line.id, kind=line.kind, language=line.language, interpreting=bool(line.interpreting)
    )
    return next(noted, fresh)


def chances(work: Work) -> tuple[Chance, ...]:
    """What fell free within four weeks and somebody would like, by language, interpreter, day, hours and kind.

    For each the first time that suits them; of several who would like the same one the longest wait stands first.
    """
    wishes = [line for line in listing(work) if line.state == WAITING]
    freed = _fallen_free(work) if wishes else []
    found: dict[tuple[UUID, datetime], Chance] = {}
    known, books = _Known(), Books(work)
    for line in wishes:
        slots = (_first_suitable(work, line, known, books, *free) for free in freed)
        slot = next(filter(None, slots), None)
        if slot is not None:
            before = found.get((slot.seat, slot.start)) or Chance(slot, ())
            found[slot.seat, slot.start] = replace(before, wishes=(*before.wishes, line))
    return tuple(sorted(found.values(), key=lambda chance: (chance.slot.start, chance.slot.seat_name)))


def offer(work: Work, wish: UUID, slot: FreeSlot) -> UUID:
    """Note that somebody was told of a time; the deed, to be taken back."""
    values = {"offered_at": work.now, "offered_seat": slot.seat, "offered_start": slot.start}
    return _step(work, wish, OFFERED, _("Früherer Termin angeboten"), values)


def decline(work: Work, wish: UUID) -> UUID:
    """They cannot come then and go on waiting; the deed, to be taken back."""
    values = {"offered_at": None, "offered_seat": None, "offered_start": None}
    return _step(work, wish, WAITING, _("Früherer Termin abgelehnt, wartet weiter"), values)


def accept(work: Work, wish: UUID) -> UUID:
    """They come at the time they were offered: their later appointment is moved there, or one is made; which.

    Raises ``SlotTaken`` where somebody else took it meanwhile, ``RecordGone`` where nothing was offered.
    """
    row = _get(work, wish)
    if row.offered_start is None:
        raise RecordGone
    with deeds.recorded(work, STEPPED, _("Früherer Termin zugesagt"), row.household_id):
        later = work.session.get(Appointment, row.appointment_id) if row.appointment_id else None
        if later is not None and later.removed_at is None and later.state not in FREES:
            place = _place_of(work, row.offered_seat)
            new = appointments.move(work, later.id, row.offered_start, seat=row.offered_seat, place=place)
        else:
            new = appointments.book(work, _booking(row))
        _set_state(work, row, BOOKED, {"appointment_id": new})
    return new


# --- what fits

_Known = dict[tuple[UUID, date, UUID | None, str, UUID | None], tuple[FreeSlot, ...]]
"""Free times that were looked for, by desk, day, kind, language and, where somebody interprets, family."""


def _fallen_free(work: Work) -> list[tuple[UUID, datetime, datetime]]:
    """Desk, start and end of what was called off, moved or missed and is still to come."""
    internal = {kind.id for kind in appointment_setup.read(work).kinds if kind.look == INTERNAL}
    query = select(
        Appointment.seat_id, Appointment.busy_from, Appointment.busy_until, Appointment.kind_id
    ).where(
        Appointment.state.in_(FREES), Appointment.removed_at.is_(None), Appointment.seat_id.is_not(None),
        Appointment.busy_until > work.now, Appointment.starts_at < work.now + _AHEAD,
    )  # fmt: skip
    found = {
        (seat, start, end)
        for seat, start, end, kind in work.session.execute(query)
        if seat is not None and kind not in internal
    }
    return sorted(found, key=lambda each: (each[1], str(each[0])))


def _first_suitable(
    work: Work, line: WishLine, known: _Known, books: Books, seat: UUID, start: datetime, end: datetime
) -> FreeSlot | None:
    """The first time within what fell free that is free still and at which they, and an interpreter, can come."""
    wish, day = line.wish, local_day(start)
    if (line.held is not None and line.held <= start) or not wish.comes_within(start, end):
        return None
    language = wish.language if wish.interpreting else ""
    key = (seat, day, wish.kind, language, wish.household if language else None)
    if key not in known:
        known[key] = appointments.free(
            work,
            wish.kind,
            day,
            1,
            language=language,
            seats=[seat],
            household=key[-1],
            limit=200,
            step=5,
            books=books,
        )
    inside = (slot for slot in known[key] if start <= slot.start < end)
    return next((slot for slot in inside if wish.suits(slot.start, slot.end)), None)


def _place_of(work: Work, seat: UUID | None) -> UUID | None:
    known = appointment_setup.read(work).seat(seat)
    return known.place if known else None


def _booking(row: EarlierWish) -> Booking:
    assert row.offered_start is not None
    return Booking(
        id=uuid4(), start=row.offered_start, household=row.household_id, name=row.name or "", phone=row.phone or "",
        kind=row.kind_id, seat=row.offered_seat, language=row.language or "",
        interpreting="open" if row.interpreting else "", words=row.words or "",
    )  # fmt: skip


# --- rows


def _step(work: Work, wish: UUID, state: str, words: str, values: dict[str, Any]) -> UUID:
    row = _get(work, wish)
    with deeds.recorded(work, STEPPED, words, row.household_id) as deed:
        _set_state(work, row, state, values)
    return deed.id


def _set_state(work: Work, row: EarlierWish, state: str, values: dict[str, Any]) -> None:
    for key, value in (("state", state), *values.items()):
        setattr(row, key, value)
    work.touch(row)
    work.session.flush()
    work.note(STEPPED, "earlier_wish", row.id, ["state", *values], touched=TOUCHED)


def _get(work: Work, wish: UUID) -> EarlierWish:
    row = work.session.get(EarlierWish, wish)
    if row is None or row.removed_at is not None:
        raise RecordGone
    return row


def _with_appointment(work: Work, wish: Wish) -> Wish:
    later = work.session.get(Appointment, wish.appointment) if wish.appointment else None
    if later is None:
        return wish
    return replace(
        wish,
        household=wish.household or later.household_id,
        name=wish.name or later.name or "",
        phone=wish.phone or later.phone or "",
        kind=wish.kind or later.kind_id,
        language=wish.language or later.language or "",
        interpreting=wish.interpreting or bool(later.interpreting),
    )


def _values(wish: Wish) -> dict[str, Any]:
    known = {column: getattr(wish, key) for key, column in _FIELDS.items()}
    known["name"] = clean_name(wish.name).text
    known["words"] = notes.clean_text(wish.words)
    known["interpreting"] = wish.interpreting or None
    return {column: None if value == "" else value for column, value in known.items()}


def _held(work: Work, rows: Iterable[EarlierWish]) -> dict[UUID, Appointment]:
    wanted = [row.appointment_id for row in rows if row.appointment_id is not None]
    found = work.session.scalars(select(Appointment).where(Appointment.id.in_(wanted)))
    return {row.id: row for row in found if row.removed_at is None and row.state not in FREES}


def _moved_away(work: Work, families: Iterable[UUID]) -> frozenset[UUID]:
    query = select(Household.id).where(among(Household.id, families), Household.moved_away_on.is_not(None))
    return frozenset(work.session.scalars(query))


def _line(work: Work, row: EarlierWish, names: Names, held: dict[UUID, Appointment], *, gone: bool) -> WishLine:
    known = {key: getattr(row, column) for key, column in _FIELDS.items()}
    wish = Wish(id=row.id, **{key: value for key, value in known.items() if value is not None})
    later = held.get(row.appointment_id) if row.appointment_id else None
    return WishLine(
        wish=wish, state=_state(work, row, later, gone=gone), title=names.title(row.household_id, row.name),
        kind_name=names.kinds.get(row.kind_id, ("", ""))[0], language_name=label("languages", row.language or ""),
        since=row.created_at, held=later.starts_at if later else None, offered=row.offered_start,
        offered_seat=row.offered_seat,
    )  # fmt: skip


def _state(work: Work, row: EarlierWish, later: Appointment | None, *, gone: bool) -> str:
    """Expired once their last day, or the date they hold, is over; an offer whose time is over is as if not made.

    Both follow from the day it is and are never written down.
    """
    if row.state not in (WAITING, OFFERED):
        return row.state
    if gone or (row.until_on is not None and row.until_on < work.today) or (later and later.starts_at <= work.now):
        return EXPIRED
    over = row.state == OFFERED and row.offered_start is not None and row.offered_start <= work.now
    return WAITING if over else row.state
