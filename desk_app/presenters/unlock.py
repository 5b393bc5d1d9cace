"""Sitting down: greet, ask who and for the passphrase, open the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desk_app.domain.clock import Clock, local, show_time
from desk_app.domain.errors import WorldError
from desk_app.i18n import N_, _
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import MONTHS

if TYPE_CHECKING:
    from desk_app.casework.desk import Desk

_WEEKDAYS = (
    N_("Montag"),
    N_("Dienstag"),
    N_("Mittwoch"),
    N_("Donnerstag"),
    N_("Freitag"),
    N_("Samstag"),
    N_("Sonntag"),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who may sit down: key, name and when they last did."""

    key: str
    name: str
    remark: str


class UnlockView(Protocol):
    def show_seats(self, seats: Sequence[Seat], chosen: str) -> None: ...

    def show_greeting(self, greeting: str, day: str) -> None: ...

    def show_wrong(self, words: str) -> None: ...

    def show_busy(self, busy: bool) -> None: ...


class UnlockPresenter:
    """``unlock`` opens the store (it takes about a second, on purpose) and runs on ``runner``."""

    def __init__(
        self,
        view: UnlockView,
        runner: Runner,
        unlock: Callable[[UUID, str], Desk],
        opened: Callable[[Desk], None],
        clock: Clock,
    ) -> None:
        self._view = view
        self._runner = runner
        self._unlock = unlock
        self._opened = opened
        self._clock = clock

    def show(self, users: Sequence[tuple[UUID, str, datetime | None]]) -> None:
        """List the users, the one who sat here last preselected."""
        now = local(self._clock())
        self._view.show_greeting(greeting(now), long_day(now))
        seats = [Seat(str(user), name, last_seen(last, now)) for user, name, last in users]
        newest = max(users, key=lambda user: user[2].timestamp() if user[2] else 0.0, default=None)
        self._view.show_seats(seats, str(newest[0]) if newest else "")

    def unlock(self, key: str, passphrase: str) -> None:
        self._view.show_busy(True)
        self._runner.run(lambda _work: self._unlock(UUID(key), passphrase), self._done, self._failed)

    def _done(self, desk: Desk) -> None:
        self._view.show_busy(False)
        self._opened(desk)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(False)
        self._view.show_wrong(error.message)


def greeting(now: datetime) -> str:
    if now.hour < 11:
        return _("Guten Morgen")
    return _("Guten Tag") if now.hour < 18 else _("Guten Abend")


def long_day(now: datetime) -> str:
    """ "Dienstag, 17. November · 8:04"."""
    return _("{weekday}, {day}. {month} · {time}").format(
        weekday=_(_WEEKDAYS[now.weekday()]),
        day=now.day,
        month=_(MONTHS[now.month - 1]),
        time=show_time(now),
    )


def last_seen(last: datetime | None, now: datetime) -> str:
    """ "zuletzt heute 7:58", "zuletzt gestern", "zuletzt am 3.11."; empty for never."""
    if last is None:
        return ""
    then = local(last)
    days = (now.date() - then.date()).days
    if days <= 0:
        return _("zuletzt heute {time}").format(time=show_time(last))
    if days == 1:
        return _("zuletzt gestern")
    return _("zuletzt am {day}").format(day=_short(then.date(), now.date()))


def _short(day: date, today: date) -> str:
    return f"{day.day}.{day.month}." if day.year == today.year else f"{day.day}.{day.month}.{day.year}"
