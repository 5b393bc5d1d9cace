"""Places, their desks and rooms, kinds of appointment, opening hours and closed days, as they are set up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from desk_app.domain import opening_hours
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import Hours

DESK: Final = "desk"
ROOM: Final = "room"
INTERNAL: Final = "internal"
"""The look of what is no visit, such as a meeting of the team."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where counselling happens. ``kind``: ``centre``, or ``outreach`` for a community centre on its days."""

    id: UUID
    name: str
    short: str = ""
    kind: str = "centre"
    street: str = ""
    postal_code: str = ""
    city: str = ""
    stop: str = ""
    note: str = ""
    position: int = 0

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Seat:
    """A desk or a room of a place; ``user`` is who usually sits there."""

    id: UUID
    place: UUID
    name: str
    kind: str = DESK
    user: UUID | None = None
    laptop: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """What an appointment is about. ``before`` and ``after`` are minutes in which the desk is busy around the talk."""

    id: UUID
    name: str
    look: str
    minutes: int
    before: int = 0
    after: int = 0
    bring: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """When a place, or one desk of it, is open for appointments or (``walk_in``) for whoever comes.

    ``opens`` and ``closes`` are minutes of the day, ``weekdays`` bits from Monday on. ``every_weeks`` counts from the
    Monday of the week of ``valid_from``, ``week_of_month`` is 1 to 4 or 5 for the last, ``valid_to`` the last day.
    ``seats`` is how many desks are open, ``None`` for all.
    """

    id: UUID
    place: UUID
    weekdays: int
    opens: int
    closes: int
    seat: UUID | None = None
    walk_in: bool = False
    seats: int | None = None
    words: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    every_weeks: int | None = None
    week_of_month: int | None = None
    school_holidays: str = ""
    despite_holiday: bool = False

    def has_ended(self, today: date) -> bool:
        return self.valid_to is not None and self.valid_to < today


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, or hours of days, when a place or one desk is shut; neither set means everywhere."""

    id: UUID
    first: date
    last: date
    place: UUID | None = None
    seat: UUID | None = None
    opens: int | None = None
    closes: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Setup:
    """All of it as it stands, hours that have ended included, each list in the order to show it."""

    places: tuple[Place, ...] = ()
    seats: tuple[Seat, ...] = ()
    kinds: tuple[Kind, ...] = ()
    openings: tuple[Opening, ...] = ()
    closures: tuple[Closure, ...] = ()

    def place(self, id_: UUID | None) -> Place | None:
        return next((row for row in self.places if row.id == id_), None)

    def seat(self, id_: UUID | None) -> Seat | None:
        return next((row for row in self.seats if row.id == id_), None)

    def kind(self, id_: UUID | None) -> Kind | None:
        return next((row for row in self.kinds if row.id == id_), None)

    @property
    def internal(self) -> tuple[UUID, ...]:
        """The kinds that are no visit."""
        return tuple(row.id for row in self.kinds if row.look == INTERNAL)

    def desks(self, place: UUID | None = None) -> tuple[Seat, ...]:
        """The desks of one place or of all, in order of the places."""
        return tuple(row for row in self.seats if row.kind == DESK and place in (None, row.place))

    def hours(self, place: UUID, seat: UUID | None, on: Iterable[date], *, walk_in: bool = False) -> Hours:
        """When a desk, or with no ``seat`` its place, is open on some days."""
        return opening_hours.hours(self.openings, self.closures, place, seat, on, nrw(), walk_in=walk_in)

    def rooms(self, place: UUID | None = None) -> tuple[Seat, ...]:
        return tuple(row for row in self.seats if row.kind != DESK and place in (None, row.place))
