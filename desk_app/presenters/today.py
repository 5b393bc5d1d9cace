"""The page "Heute" as behaviour: the day as it was read, how it is at this minute, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

from desk_app.casework import appointments, deeds, earlier_wishes, follow_ups, today, visits
from desk_app.casework.appointment_free import FreeSlot
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.desk import Changes, Work
from desk_app.casework.today import Today
from desk_app.casework.visits import StepNotPossible, WalkIn
from desk_app.domain.clock import Clock, local, local_day
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.domain.holidays import nrw
from desk_app.domain.visit_states import (
    ARRIVED,
    CALLED,
    CANCELLED_FAMILY,
    CANCELLED_US,
    COMES_BACK,
    CONFIRMED,
    ENDS,
    FREES,
    IN_TALK,
    PLANNED,
)
from desk_app.i18n import _, ngettext
from desk_app.presenters import today_lists
from desk_app.presenters.appointment_words import day_words, week_number
from desk_app.presenters.family_meant import FamilyFound, families_meant
from desk_app.presenters.runner import Runner
from desk_app.presenters.today_lanes import Shown, lanes, seat_of
from desk_app.presenters.today_rows import Foot, RequestRow, SlotRow, TaskRow, WaitRow
from desk_app.presenters.visit_menu import VisitMenu, menu

T = TypeVar("T")

CONCERNS = frozenset({"appointments", "households", "placements", "users", "centre"})
"""What a deed may touch that makes the page old."""
_TO_COME = frozenset({PLANNED, CONFIRMED, ARRIVED, CALLED, COMES_BACK})


@dataclass(frozen=True, slots=True)
class DayShown:
    """The page at one minute. ``now`` is the minute of the day on the desk's clock."""

    title: str
    week: str
    count: int
    words: str
    shown: Shown
    now: int
    waiting: tuple[WaitRow, ...]
    next_wait: str
    tasks: tuple[TaskRow, ...]
    due: int
    requests: tuple[RequestRow, ...]
    incomplete: int
    slots: tuple[SlotRow, ...]
    languages: tuple[SlotRow, ...]
    foot: Foot
    chances: int
    """For how many of the ``wishes`` to come earlier a time fell free."""
    wishes: int


class TodayView(Protocol):
    def show_day(self, day: DayShown) -> None: ...

    def show_done(self, words: str, way_back: UUID) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def open_intake(self, household: UUID) -> None: ...


class TodayPresenter:
    """Keeps the day last read; ``tick`` shows it anew when a minute went by, and reads it again on another day."""

    def __init__(self, view: TodayView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._today: Today | None = None
        self._with_free = False
        self.mine = False
        """Whether only the desk of the one who sits here is shown."""

    @property
    def today(self) -> Today | None:
        """The day as it was read; ``None`` before."""
        return self._today

    # --- reading

    def refresh(self) -> None:
        """Read the day again."""
        with_free = self._with_free

        def arrived(found: Today) -> None:
            self._today = found
            self._show()

        self._runner.run(lambda work: today.read(work, with_free=with_free), arrived, self._failed)

    def show_free(self, *, wanted: bool) -> None:
        """Whether there is room for the next free times."""
        if wanted != self._with_free:
            self._with_free = wanted
            if wanted and self._today is not None:
                self.refresh()

    def show_mine(self, *, mine: bool) -> None:
        self.mine = mine
        self._show()

    def tick(self) -> None:
        """A minute went by."""
        if self._today is not None and local_day(self._clock()) != self._today.day:
            self.refresh()
        else:
            self._show()

    def _show(self) -> None:
        if self._today is not None:
            self._view.show_day(_shown(self._today, self._clock(), mine=self.mine))

    def menu(self, visit: UUID) -> VisitMenu | None:
        """What can be done with a visit; ``None`` for one that is not of this day any more."""
        line = self._line(visit)
        return menu(line, self._clock()) if line is not None else None

    def next_wait(self) -> str:
        """How long somebody waits who comes now; empty while nobody can tell."""
        return today_lists.next_wait(self._today, self._clock()) if self._today is not None else ""

    def kinds(self) -> tuple[tuple[UUID, str], ...]:
        """What a visit may be about."""
        kinds = self._today.setup.kinds if self._today is not None else ()
        return tuple((kind.id, kind.name) for kind in kinds if kind.look != INTERNAL)

    def places(self) -> tuple[tuple[UUID, str], ...]:
        """Where somebody may wait, one's own place first."""
        if self._today is None:
            return ()
        own = self._place()
        return tuple((place.id, place.label) for place in sorted(self._today.setup.places, key=lambda p: p.id != own))

    def _place(self) -> UUID | None:
        assert self._today is not None
        seat = self._today.setup.seat(seat_of(self._today, self._today.user))
        return seat.place if seat is not None else None

    def _line(self, visit: UUID) -> AppointmentLine | None:
        return next((line for line in self._today.lines if line.id == visit), None) if self._today else None

    # --- what is done

    def add(self, draft: WalkIn) -> None:
        """Put somebody on the waiting list."""
        self._do(lambda work: visits.walk_in(work, draft))

    def step(self, visit: UUID, state: str) -> None:
        """Bring a visit into a state; a talk begins at one's own desk where none is known."""
        if state == CALLED:
            self._do(lambda work: visits.call(work, visit))
        elif state in (CANCELLED_FAMILY, CANCELLED_US):
            by: appointments.By = "family" if state == CANCELLED_FAMILY else "us"
            self._do(lambda work: appointments.cancel(work, visit, by))
        else:
            line = self._line(visit)
            own = state == IN_TALK and line is not None and line.seat is None and self._today is not None
            seat = seat_of(self._today, self._today.user) if own and self._today is not None else None
            self._do(lambda work: visits.step(work, visit, state, seat=seat))

    def call_next(self) -> None:
        """Do what the first button of the waiting list says."""
        rows = today_lists.waiting(self._today, self._clock()) if self._today is not None else ()
        first = next((row for row in rows if row.state), None)
        if first is not None:
            self.step(first.visit, first.state)

    def set_topic(self, visit: UUID, kind: UUID | None) -> None:
        self._do(lambda work: visits.set_topic(work, visit, kind))

    def set_priority(self, visit: UUID, priority: int | None, reason: str) -> None:
        self._do(lambda work: visits.set_priority(work, visit, priority, reason))

    def link(self, visit: UUID, household: UUID) -> None:
        """Say which family is visiting."""
        self._do(lambda work: visits.link(work, visit, household))

    def take_in(self, visit: UUID) -> None:
        """Begin a file for whoever is visiting, and show its form."""
        household = uuid4()
        self._runner.run(
            lambda work: visits.take_in(work, visit, household),
            lambda _done: self._view.open_intake(household),
            self._failed,
        )

    def find_slots(self, visit: UUID, shown: Callable[[tuple[SlotRow, ...]], None]) -> None:
        """The next times for somebody who will not wait today."""
        line = self._line(visit)
        if line is None:
            return
        language = line.language if line.interpreting else ""

        def look(work: Work) -> tuple[FreeSlot, ...]:
            return appointments.free(
                work, line.kind, work.today, language=language, household=line.household, limit=4, per_day=2
            )

        day = local_day(self._clock())

        def arrived(found: tuple[FreeSlot, ...]) -> None:
            shown(tuple(SlotRow(slot, today_lists.slot_words(slot, day)) for slot in found))

        self._runner.run(look, arrived, self._failed)

    def give_date(self, visit: UUID, slot: FreeSlot) -> None:
        """Let somebody who waits come at another time instead."""
        self._do(lambda work: appointments.move(work, visit, slot.start, seat=slot.seat, place=slot.place))

    def wish_of(self, line: AppointmentLine, done: Callable[[earlier_wishes.Wish], None]) -> None:
        """What was noted of coming earlier than to an appointment, else a new wish for it."""
        self._runner.run(lambda work: earlier_wishes.of_appointment(work, line), done, self._failed)

    def keep_wish(self, wish: earlier_wishes.Wish) -> None:
        """Somebody would come earlier, should a time fall free."""
        self._do(lambda work: earlier_wishes.keep(work, wish))

    def tick_follow_up(self, follow_up: Hashable) -> None:
        """One thing is looked at."""
        assert isinstance(follow_up, UUID)
        self._do(lambda work: follow_ups.set_done(work, [follow_up]))

    def keep_follow_up(self, draft: follow_ups.Draft) -> None:
        self._do(lambda work: follow_ups.keep(work, draft))

    def find_families(self, words: str, shown: Callable[[str, tuple[FamilyFound, ...]], None]) -> None:
        """Families that may be meant, as the search finds them everywhere."""
        self._runner.run(lambda work: families_meant(work, words), lambda found: shown(words, found), self._failed)

    def _do(self, deed: Callable[[Work], object]) -> None:
        def done(line: deeds.DeedLine | None) -> None:
            if line is not None:
                self._view.show_done(f"{line.words.rstrip('.')}.", line.id)

        self._runner.run(lambda work: deeds.done_by(work, deed), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)
        if isinstance(error, StepNotPossible | RecordGone):
            self.refresh()


def concerns(changes: Changes) -> bool:
    """Whether a change makes the page old."""
    return bool(changes & CONCERNS)


def minute_now(now: datetime) -> int:
    """The minute of the day on the desk's clock."""
    there = local(now)
    return there.hour * 60 + there.minute


def _shown(found: Today, now: datetime, *, mine: bool) -> DayShown:
    visible = [
        line for line in found.lines if line.state not in FREES and line.look != INTERNAL and not line.walk_in
    ]  # fmt: skip
    left = sum(line.state in _TO_COME for line in visible)
    interpreted = sum(bool(line.interpreting) and line.state not in ENDS for line in visible)
    shown = lanes(found, now, mine=mine)
    holiday = nrw().public_holiday(found.day) or ("" if shown.is_open else _("heute geschlossen"))
    words = [holiday] if holiday else []
    words += [ngettext("{n} noch offen", "{n} noch offen", left).format(n=left)] if visible else []
    words += [_("{n} mit Dolmetschen").format(n=interpreted)] if interpreted else []
    words = words or [_("heute ist nichts vereinbart")]
    return DayShown(
        title=day_words(found.day), week=week_number(found.day), count=len(visible), words=" · ".join(words),
        shown=shown, now=minute_now(now), waiting=today_lists.waiting(found, now),
        next_wait=today_lists.next_wait(found, now), tasks=today_lists.tasks(found), due=found.due,
        requests=today_lists.requests(found), incomplete=found.incomplete, slots=today_lists.slots(found),
        languages=today_lists.languages(found), foot=today_lists.foot(found, now),
        chances=len({wish.id for chance in found.chances for wish in chance.wishes}), wishes=found.wishes,
    )  # fmt: skip
