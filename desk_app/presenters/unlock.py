"""Sitting down: greet, ask who and for the passphrase, open the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desk_app.domain.clock import Clock, local, show_time
from desk_app.domain.errors import TooSoon, VaultBusy, VaultDamaged, VaultMissing, WorldError, WrongPassphrase
from desk_app.domain.holder import Holder
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import MONTHS, day_and_time

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

    def show_trouble(self, words: str) -> None: ...

    def show_wait(self, seconds: int) -> None: ...

    def show_elsewhere(self, words: str) -> None: ...

    def show_busy(self, busy: bool) -> None: ...


class Door(Protocol):
    """The store as seen from outside."""

    def unlock(self, user: UUID, passphrase: str) -> Desk: ...

    def seconds_left(self, user: UUID) -> int: ...

    def holder(self) -> Holder | None: ...


class UnlockPresenter:
    """``unlock`` opens the store (it takes about a second, on purpose) and runs on ``runner``.

    ``broken`` hears why a store cannot be opened although nothing was wrong with the passphrase.
    """

    def __init__(
        self,
        view: UnlockView,
        runner: Runner,
        door: Door,
        opened: Callable[[Desk], None],
        broken: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self._view = view
        self._runner = runner
        self._door = door
        self._opened = opened
        self._broken = broken
        self._clock = clock
        self._asked: UUID | None = None

    def show(self, users: Sequence[tuple[UUID, str, datetime | None]]) -> None:
        """List the users, the one who sat here last preselected."""
        now = local(self._clock())
        self._view.show_greeting(greeting(now), long_day(now))
        seats = [Seat(str(user), name, last_seen(last, now)) for user, name, last in users]
        newest = max(users, key=lambda user: user[2].timestamp() if user[2] else 0.0, default=None)
        self._view.show_seats(seats, str(newest[0]) if newest else "")
        self.look()

    def look(self) -> None:
        """See whether somebody has the store open."""
        holder = self._door.holder()
        self._view.show_elsewhere(held_by(holder, self._clock()) if holder else "")

    def choose(self, key: str) -> None:
        """Somebody else wants to sit down: their own wrong tries count."""
        self._view.show_wait(self._door.seconds_left(UUID(key)))

    def unlock(self, key: str, passphrase: str) -> None:
        self._view.show_busy(True)
        self._asked = UUID(key)
        self._runner.run(lambda _work: self._door.unlock(UUID(key), passphrase), self._done, self._failed)

    def _done(self, desk: Desk) -> None:
        self._view.show_busy(False)
        self._opened(desk)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(False)
        match error:
            case TooSoon():
                self._view.show_wait(error.seconds)
            case WrongPassphrase():
                self._view.show_wrong(error.message)
                self._view.show_wait(self._door.seconds_left(self._asked) if self._asked else 0)
            case VaultBusy():
                self._view.show_elsewhere(words_of(error, self._clock()))
            case VaultDamaged() | VaultMissing():
                self._broken(error.message)
            case _:
                self._view.show_trouble(error.message)


def words_of(error: WorldError, now: datetime) -> str:
    """The error's message; where a store is open elsewhere and it is known by whom, with the name."""
    holder = error.holder if isinstance(error, VaultBusy) else None
    return held_by(holder, now) if holder else error.message


def held_by(holder: Holder, now: datetime) -> str:
    """ "Diesen Datenbestand hat Carla Brandt seit heute 10:31 am Rechner „Tresen-2“ geöffnet. …"."""
    if holder.same_session:
        words = _(
            "Trittstein ist schon in einem anderen Fenster offen: {name}, seit {when}. Es wurde nichts geändert. "
            "Bitte wechseln Sie dorthin."
        )
    elif holder.here:
        words = _(
            "{name} hat diesen Datenbestand in einer anderen Anmeldung an diesem PC geöffnet, seit {when}. "
            "Es wurde nichts geändert. Bitte sprechen Sie sich ab."
        )
    else:
        words = _(
            "{name} hat diesen Datenbestand am Rechner „{machine}“ geöffnet, seit {when}. "
            "Es wurde nichts geändert. Bitte sprechen Sie sich ab."
        )
    when = day_and_time(datetime.fromisoformat(holder.since), now)
    return words.format(name=holder.name, when=when, machine=holder.machine)


class Failed(Protocol):
    """Failed tries: how many, and when the latest of them were."""

    @property
    def count(self) -> int: ...

    @property
    def times(self) -> Sequence[datetime]: ...


def failed_tries(passphrases: Failed, codes: Failed, now: datetime) -> str:
    """ "Seit Ihrer letzten Anmeldung gab es 3 Versuche mit falscher Passphrase, zuletzt gestern 18:12. …"."""
    kinds = []
    if passphrases.count:
        words = ngettext(
            "{count} Versuch mit falscher Passphrase", "{count} Versuche mit falscher Passphrase", passphrases.count
        )
        kinds.append(words.format(count=passphrases.count))
    if codes.count:
        words = ngettext(
            "{count} Versuch mit falschem Wiederherstellungscode",
            "{count} Versuche mit falschem Wiederherstellungscode",
            codes.count,
        )
        kinds.append(words.format(count=codes.count))
    last = max((*passphrases.times, *codes.times))
    told = _("Seit Ihrer letzten Anmeldung gab es {tries}, zuletzt {when}.")
    said = told.format(tries=_(" und ").join(kinds), when=_moment(last, now))
    return f"{said} {_('Waren Sie das nicht selbst, sagen Sie bitte Ihrer Leitung Bescheid.')}"


def _moment(moment: datetime, now: datetime) -> str:
    """With the time of day, however long ago it was: somebody may remember who was at the desk."""
    words = day_and_time(moment, now)
    time = show_time(moment)
    return words if words.endswith(time) else _("{day} um {time}").format(day=words, time=time)


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
