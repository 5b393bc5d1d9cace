"""Where an appointment still fits: desk and, where a language is wanted, somebody who interprets it.

The books are read for a week and then for all days that are left, since most searches end in the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from desk_app.casework import appointment_setup
from desk_app.casework.appointment_lines import LONGEST, midnight
from desk_app.casework.appointment_setup import Seat, Setup
from desk_app.casework.desk import Work
from desk_app.domain import slots
from desk_app.domain.clock import local_day
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import Hours, When, days, rule_spans
from desk_app.domain.slots import Crowd, DeskTime, InterpreterTime, InterpreterWish, Need, Span, subtract
from desk_app.domain.visit_states import FREES
from desk_app.storage import tables
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, BusyTime, Interpreter, InterpreterBlock, InterpreterLanguage

_WEEK: Final = 7
_BOOKED: Final[Any] = Appointment.__table__.c
_AWAY: Final[Any] = BusyTime.__table__.c
_MINUTES: Final = 45
_QUARTER: Final = 15


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A time that can be booked; ``interpreters`` are those who could come, the best first."""

    start: datetime
    end: datetime
    place: UUID
    place_name: str
    seat: UUID
    seat_name: str
    interpreters: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, beside the days."""

    kind: UUID | None = None
    minutes: int | None = None
    language: str = ""
    dialect: str = ""
    sex: str = ""
    interpreter: UUID | None = None
    household: UUID | None = None
    place: UUID | None = None
    seats: tuple[UUID, ...] | None = None


class Books:
    """What searches read, kept for several of them within one deed in which nothing is booked."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.setup = appointment_setup.read(work)
        self._people: dict[tuple[object, ...], list[_Person]] = {}
        self._taken: dict[tuple[date, date], TakenTimes] = {}
        self._people_taken: dict[tuple[date, date, tuple[UUID, ...]], defaultdict[UUID | None, list[Span]]] = {}

    def people(self, wanted: Wanted) -> list[_Person]:
        """Who may interpret as wanted."""
        key = (wanted.language, wanted.dialect, wanted.sex, wanted.interpreter, wanted.household)
        if key not in self._people:
            self._people[key] = _people(self._work, wanted)
        return self._people[key]

    def taken(self, on: Sequence[date]) -> TakenTimes:
        """What is taken of desks, rooms and places on days that follow each other."""
        for (first, last), known in self._taken.items():
            if first <= on[0] and on[-1] <= last:
                return known
        found = self._taken[on[0], on[-1]] = taken_on(self._work, self.setup, on, ())
        return found

    def people_taken(self, on: Sequence[date], people: Iterable[UUID]) -> defaultdict[UUID | None, list[Span]]:
        """When some who interpret are taken on days that follow each other."""
        key = on[0], on[-1], tuple(sorted(people))
        if key not in self._people_taken:
            self._people_taken[key] = people_taken_on(self._work, on, key[-1])
        return self._people_taken[key]


def free(
    work: Work,
    kind: UUID | None,
    first: date,
    days: int = 28,
    *,
    language: str = "",
    sex: str = "",
    dialect: str = "",
    place: UUID | None = None,
    seats: Sequence[UUID] | None = None,
    limit: int = 20,
    per_day: int | None = None,
    step: int = _QUARTER,
    minutes: int | None = None,
    household: UUID | None = None,
    interpreter: UUID | None = None,
    books: Books | None = None,
) -> tuple[FreeSlot, ...]:
    """The first times from now on that are free, the earliest first and then in the order of desks.

    ``language`` looks for one for which somebody who interprets it, and may for the family ``household``, is free too;
    ``step`` is minutes between the starts that are offered, ``per_day`` how many of one day; ``books`` is what other
    searches of the deed have read.
    """
    wanted = Wanted(kind, minutes, language, dialect, sex, interpreter, household, place,
                    None if seats is None else tuple(seats))  # fmt: skip
    found: list[FreeSlot] = []
    of_day: Counter[date] = Counter()
    for slot in _search(work, wanted, max(first, work.today), first + timedelta(days=days), step, books or Books(work)):
        day = local_day(slot.start)
        if per_day is not None and of_day[day] >= per_day:
            continue
        of_day[day] += 1
        found.append(slot)
        if len(found) >= limit:
            break
    return tuple(found)


def _search(work: Work, wanted: Wanted, first: date, end: date, step: int, books: Books) -> Iterator[FreeSlot]:
    setup = books.setup
    people = books.people(wanted) if wanted.language else None
    if people is not None and not people:
        return
    desks = [seat for seat in setup.desks(wanted.place) if wanted.seats is None or seat.id in wanted.seats]
    names = {seat.id: seat.name for seat in desks}
    places = {place.id: place.label for place in setup.places}
    kind = setup.kind(wanted.kind)
    need = Need(wanted.minutes or (kind.minutes if kind else _MINUTES), kind.before if kind else 0,
                kind.after if kind else 0)  # fmt: skip
    for on in _stretches(first, end):
        there = None
        if people is not None:
            busy = books.people_taken(on, [one.interpreter for one in people])
            there = [one.within(on, busy) for one in people]
            on = _days_with_time(there, need, on)  # the desks of other days need not be read
            if not on:
                continue
        times = _desk_times(setup, desks, on, books.taken(on))
        for slot in slots.find_free(times, need, interpreters=there, not_before=work.now, step=step):
            yield FreeSlot(
                slot.start, slot.end, slot.place, places[slot.place], slot.seat, names[slot.seat], slot.interpreters
            )


def _days_with_time(people: Sequence[InterpreterTime], need: Need, on: Sequence[date]) -> tuple[date, ...]:
    """From the first to the last day on which one of them has time for the talk."""
    if any(one.open is None for one in people):
        return tuple(on)
    spans = [span for one in people for span in subtract(one.open or (), one.busy) if span.minutes >= need.minutes]
    if not spans:
        return ()
    first, last = local_day(min(span.start for span in spans)), local_day(max(span.end for span in spans))
    return tuple(day for day in on if first <= day <= last)


def _stretches(first: date, end: date) -> Iterator[tuple[date, ...]]:
    """The days to search, a week first."""
    week = min(first + timedelta(days=_WEEK), end)
    for begin, until in ((first, week), (week, end)):
        if begin < until:
            yield days(begin, (until - begin).days)


@dataclass
class TakenTimes:
    """What is taken within some days, by desk or room, by place as a whole, and by interpreter."""

    of_seat: defaultdict[UUID | None, list[Span]] = field(default_factory=lambda: defaultdict(list))
    of_place: defaultdict[UUID | None, list[Span]] = field(default_factory=lambda: defaultdict(list))
    talks: defaultdict[UUID | None, list[Span]] = field(default_factory=lambda: defaultdict(list))
    of_person: defaultdict[UUID | None, list[Span]] = field(default_factory=lambda: defaultdict(list))


def taken_on(work: Work, setup: Setup, on: Sequence[date], people: Iterable[UUID]) -> TakenTimes:
    """What is booked or marked as taken in calendars on these days, which follow each other.

    Each question reads no more than its columns: turning keys and instants into values is what takes the time.
    """
    begin, end = midnight(on[0]), midnight(on[-1] + timedelta(days=1))
    found, standing, away = TakenTimes(), _standing(begin, end), _away(begin, end)
    busy, talk = (_BOOKED.busy_from, _BOOKED.busy_until), (_BOOKED.starts_at, _BOOKED.ends_at)

    def put(into: defaultdict[UUID | None, list[Span]], whose: Any, times: Sequence[Any], where: Sequence[Any]) -> None:
        for key, start, until in work.session.execute(select(whose, *times).where(*where)).all():
            into[key].append(Span(start, until))

    put(found.of_seat, _BOOKED.seat_id, busy, (*standing, _BOOKED.seat_id.is_not(None)))
    rare = or_(_BOOKED.room_id.is_not(None), _BOOKED.seat_id.is_(None) & _BOOKED.kind_id.in_(setup.internal))
    for seat, room, place, start, until in work.session.execute(
        select(_BOOKED.seat_id, _BOOKED.room_id, _BOOKED.place_id, *busy).where(*standing, rare)
    ):
        if room is not None:
            found.of_seat[room].append(Span(start, until))
        if seat is None:
            found.of_place[place].append(Span(start, until))
    if any(opening.seats is not None for opening in setup.openings):
        put(found.talks, _BOOKED.place_id, talk, (*standing, _BOOKED.seat_id.is_not(None)))
    put(found.of_seat, _AWAY.seat_id, (_AWAY.starts_at, _AWAY.ends_at), (*away, _AWAY.seat_id.is_not(None)))
    found.of_person = people_taken_on(work, on, people)
    return found


def people_taken_on(work: Work, on: Sequence[date], people: Iterable[UUID]) -> defaultdict[UUID | None, list[Span]]:
    """When some who interpret talk or are away on days that follow each other."""
    begin, end = midnight(on[0]), midnight(on[-1] + timedelta(days=1))
    wanted, found = list(people), defaultdict[UUID | None, list[Span]](list)
    if not wanted:
        return found
    talks = select(_BOOKED.interpreter_id, _BOOKED.starts_at, _BOOKED.ends_at).where(
        among(_BOOKED.interpreter_id, wanted), *_standing(begin, end)
    )
    away = select(_AWAY.interpreter_id, _AWAY.starts_at, _AWAY.ends_at).where(
        among(_AWAY.interpreter_id, wanted), *_away(begin, end)
    )
    for query in (talks, away):
        for who, start, until in work.session.execute(query):
            found[who].append(Span(start, until))
    return found


def _standing(begin: datetime, end: datetime) -> tuple[Any, ...]:
    """The appointments between two instants that keep their time."""
    return (
        _BOOKED.removed_at.is_(None), _BOOKED.state.not_in(FREES),
        _BOOKED.busy_from > begin - LONGEST, _BOOKED.busy_from < end,
    )  # fmt: skip


def _away(begin: datetime, end: datetime) -> tuple[Any, ...]:
    return _AWAY.removed_at.is_(None), _AWAY.starts_at < end, _AWAY.ends_at > begin


def desk_time(setup: Setup, seat: Seat, on: Sequence[date], taken: TakenTimes) -> DeskTime:
    """When a desk can be booked and when it is taken, within days whose times are known."""
    return _within(seat, setup.hours(seat.place, seat.id, on), taken)


def _desk_times(setup: Setup, desks: Iterable[Seat], on: Sequence[date], taken: TakenTimes) -> list[DeskTime]:
    """The same of some desks; those without hours of their own have those of their place, which are asked once."""
    own = {row.seat for row in setup.openings} | {row.seat for row in setup.closures}
    known: dict[tuple[UUID, UUID | None], Hours] = {}
    found = []
    for seat in desks:
        key = seat.place, seat.id if seat.id in own else None
        if key not in known:
            known[key] = setup.hours(*key, on)
        found.append(_within(seat, known[key], taken))
    return found


def _within(seat: Seat, hours: Hours, taken: TakenTimes) -> DeskTime:
    is_open = hours.bookable(Crowd(taken.talks[seat.place])) if hours.limited else hours.open
    return DeskTime(seat.place, seat.id, is_open, [*taken.of_seat[seat.id], *taken.of_place[seat.place]])


@dataclass(frozen=True)
class _Person:
    """Somebody who could interpret, with the rules of when."""

    time: InterpreterTime
    rules: tuple[When, ...]

    @property
    def interpreter(self) -> UUID:
        return self.time.interpreter

    def within(self, on: Sequence[date], busy: defaultdict[UUID | None, list[Span]]) -> InterpreterTime:
        there = rule_spans(self.rules, on, nrw()) if self.rules else None
        return replace(self.time, open=there, busy=busy[self.interpreter])


def _people(work: Work, wanted: Wanted) -> list[_Person]:
    """Who may interpret as wanted, the best first."""
    rows = work.session.execute(
        select(InterpreterLanguage.interpreter_id, InterpreterLanguage.dialect, Interpreter.sex)
        .join(Interpreter, Interpreter.id == InterpreterLanguage.interpreter_id)
        .where(
            InterpreterLanguage.language == wanted.language,
            InterpreterLanguage.removed_at.is_(None),
            Interpreter.removed_at.is_(None),
        )
        .order_by(Interpreter.name)
    ).all()
    spoken: dict[UUID, list[tuple[str, str]]] = {}
    for id_, dialect, _sex in rows:
        spoken.setdefault(id_, []).append((wanted.language, dialect or ""))
    sexes = {id_: sex or "" for id_, _dialect, sex in rows}
    blocked = _blocked(work, wanted.household)
    times = [
        InterpreterTime(id_, languages, sexes[id_], frozenset({wanted.household} if id_ in blocked else ()))  # type: ignore[arg-type]  # only a family blocks
        for id_, languages in spoken.items()
    ]
    wish = InterpreterWish(wanted.language, wanted.dialect, wanted.sex, wanted.household, wanted.interpreter)
    rules = _rules(work, spoken)
    return [_Person(one, tuple(rules[one.interpreter])) for one in slots.suitable(times, wish)]


def _blocked(work: Work, household: UUID | None) -> frozenset[UUID]:
    if household is None:
        return frozenset()
    query = select(InterpreterBlock.interpreter_id).where(
        InterpreterBlock.household_id == household, InterpreterBlock.removed_at.is_(None)
    )
    return frozenset(work.session.scalars(query))


def _rules(work: Work, people: Iterable[UUID]) -> defaultdict[UUID, list[When]]:
    found: defaultdict[UUID, list[When]] = defaultdict(list)
    times: Any = tables.InterpreterTime
    query = select(times).where(among(times.interpreter_id, people), times.removed_at.is_(None))
    for row in work.session.scalars(query):
        found[row.interpreter_id].append(
            When(row.weekdays, row.opens, row.closes, row.valid_from, row.valid_to, row.every_weeks,
                 row.week_of_month, row.school_holidays, row.despite_holiday)
        )  # fmt: skip
    return found
