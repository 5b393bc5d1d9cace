"""The waiting list for earlier dates as behaviour: what fell free and for whom, and how each of them answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from desk_app.casework import appointment_setup, deeds, earlier_wishes
from desk_app.casework.appointment_free import FreeSlot
from desk_app.casework.appointment_setup import INTERNAL, Setup
from desk_app.casework.desk import Work
from desk_app.casework.earlier_wishes import OFFERED, Chance, Wish, WishLine
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.family_meant import FamilyFound, families_meant
from desk_app.presenters.runner import Runner
from desk_app.presenters.today_lists import slot_words
from desk_app.presenters.when import weekday


@dataclass(frozen=True, slots=True)
class WishRow:
    """Somebody who would come earlier. ``slot`` is what may be offered; ``offered`` says that they were told of it."""

    wish: UUID
    title: str
    second: str
    chance: str
    slot: FreeSlot | None
    offered: bool
    spoken: str
    line: WishLine


class WishesView(Protocol):
    def show_wishes(self, rows: tuple[WishRow, ...]) -> None: ...

    def show_done(self, words: str, way_back: UUID) -> None: ...

    def show_failed(self, message: str) -> None: ...


class EarlierWishesPresenter:
    """First those for whom a time fell free or who were told of one, then the others."""

    def __init__(self, view: WishesView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self.kinds: tuple[tuple[UUID, str], ...] = ()
        """What an appointment may be about."""

    def refresh(self) -> None:
        """Read the list."""

        def read(work: Work) -> tuple[tuple[WishRow, ...], Setup]:
            setup = appointment_setup.read(work)
            seats = {seat.id: seat.name for seat in setup.seats}
            return _rows(earlier_wishes.listing(work), earlier_wishes.chances(work), seats, work.today), setup

        def arrived(found: tuple[tuple[WishRow, ...], Setup]) -> None:
            self.kinds = tuple((kind.id, kind.name) for kind in found[1].kinds if kind.look != INTERNAL)
            self._view.show_wishes(found[0])

        self._runner.run(read, arrived, self._failed)

    def keep(self, wish: Wish) -> None:
        """Add one, or change one."""
        self._do(lambda work: earlier_wishes.keep(work, wish))

    def find_families(self, words: str, shown: Callable[[str, tuple[FamilyFound, ...]], None]) -> None:
        """Families that may be meant."""
        self._runner.run(lambda work: families_meant(work, words), lambda found: shown(words, found), self._failed)

    def offer(self, row: WishRow) -> None:
        """They are told of the time."""
        slot = row.slot
        if slot is not None:
            self._do(lambda work: earlier_wishes.offer(work, row.wish, slot))

    def accept(self, row: WishRow) -> None:
        """They come then. Whoever was not noted as told of it was told just now."""
        slot = row.slot

        def accept(work: Work) -> None:
            if not row.offered and slot is not None:
                earlier_wishes.offer(work, row.wish, slot)
            earlier_wishes.accept(work, row.wish)

        self._do(accept)

    def decline(self, row: WishRow) -> None:
        """They cannot come then and go on waiting."""
        self._do(lambda work: earlier_wishes.decline(work, row.wish))

    def remove(self, row: WishRow) -> None:
        """They do not wait any more."""
        self._do(lambda work: earlier_wishes.remove(work, row.wish))

    def _do(self, deed: Callable[[Work], object]) -> None:
        def done(line: deeds.DeedLine | None) -> None:
            if line is not None:
                self._view.show_done(f"{line.words.rstrip('.')}.", line.id)
            self.refresh()

        self._runner.run(lambda work: deeds.done_by(work, deed), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)
        self.refresh()


def _rows(
    wishes: tuple[WishLine, ...], chances: tuple[Chance, ...], seats: dict[UUID, str], today: date
) -> tuple[WishRow, ...]:
    first: dict[UUID, FreeSlot] = {}
    for chance in chances:
        for line in chance.wishes:
            first.setdefault(line.id, chance.slot)
    rows = [_row(line, first.get(line.id), seats, today) for line in wishes]
    return tuple(sorted(rows, key=lambda row: not row.chance))


def _row(line: WishLine, slot: FreeSlot | None, seats: dict[UUID, str], today: date) -> WishRow:
    held = _("Termin {when}").format(when=_moment(line.held)) if line.held else _("noch kein Termin")
    since = _("wartet seit {day}").format(day=_day(local_day(line.since)))
    second = " · ".join(part for part in (line.kind_name, line.language_name, held, since, line.wish.phone) if part)
    offered = line.state == OFFERED and line.offered is not None
    chance = ""
    if line.state == OFFERED and line.offered is not None:
        seat = seats.get(line.offered_seat, "") if line.offered_seat else ""
        when = " · ".join(part for part in (_moment(line.offered), seat) if part)
        chance = _("angeboten: {when}").format(when=when)
    elif slot is not None:
        chance = _("frei: {when}").format(when=slot_words(slot, today))
    title = line.title or _("ohne Namen")
    spoken = ", ".join(part for part in (title, second, chance) if part)
    return WishRow(line.id, title, second, chance, slot, offered, spoken, line)


def _moment(instant: datetime) -> str:
    return f"{_day(local_day(instant))} {show_time(instant)}"


def _day(day: date) -> str:
    return f"{weekday(day)}, {day.day}.{day.month}."
