"""Passphrase forgotten: open the store with the printed code, which wrong tries make wait as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desk_app.domain.clock import Clock
from desk_app.domain.errors import TooSoon, WorldError
from desk_app.presenters.runner import Runner
from desk_app.presenters.unlock import words_of

Opened = TypeVar("Opened")
Opened_co = TypeVar("Opened_co", covariant=True)


class RecoveryView(Protocol):
    def show_busy(self, busy: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_wait(self, seconds: int) -> None: ...


class Door(Protocol[Opened_co]):
    """The store as seen from outside."""

    def recover(self, user: UUID, code: str, new_passphrase: str) -> Opened_co: ...

    def code_seconds_left(self) -> int: ...


class RecoveryPresenter(Generic[Opened]):
    """``recovered`` gets the open desk and the new code."""

    def __init__(
        self,
        view: RecoveryView,
        runner: Runner,
        door: Door[Opened],
        user: UUID,
        recovered: Callable[[Opened], None],
        clock: Clock,
    ) -> None:
        self._view = view
        self._runner = runner
        self._door = door
        self._user = user
        self._recovered = recovered
        self._clock = clock

    def begin(self) -> None:
        """Whoever comes back to the page waits on."""
        self._view.show_wait(self._door.code_seconds_left())

    def recover(self, code: str, new_passphrase: str) -> None:
        self._view.show_busy(True)
        self._runner.run(
            lambda _work: self._door.recover(self._user, code, new_passphrase), self._recovered, self._failed
        )

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(False)
        if isinstance(error, TooSoon):
            self._view.show_wait(error.seconds)
        else:
            self._view.show_failed(words_of(error, self._clock()))
            self._view.show_wait(self._door.code_seconds_left())
