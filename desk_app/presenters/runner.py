"""How presenters have deeds done without knowing threads: hand over a deed and two ways to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from desk_app.domain.errors import WorldError

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes, Work

T = TypeVar("T")


class Perform(Protocol):
    """Does one deed in one transaction and says what it touched: `Desk.do`."""

    def __call__(self, deed: Callable[[Work], T]) -> tuple[T, Changes]: ...


class Runner(Protocol):
    """Does deeds one after the other, each in one transaction."""

    def run(
        self,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Do `deed`, then call `done` with its result, or `failed` with an error of the world.

        Any other exception is a bug and reaches neither.
        """
        ...


class LaterRunner:
    """Stands for a runner there is not yet, in what is built before the store is open; ``runner`` takes its place."""

    def __init__(self) -> None:
        self.runner: Runner | None = None

    def run(
        self,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        if self.runner is None:
            raise RuntimeError("a deed was handed over before the store was open")
        self.runner.run(deed, done, failed)


class InlineRunner:
    """Does deeds at once on the caller's thread: for the command line and tests.

    `changed` hears what a deed touched, after `done`.
    """

    def __init__(self, perform: Perform, changed: Callable[[Changes], None] = lambda _changes: None) -> None:
        self._perform = perform
        self._changed = changed

    def run(
        self,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        try:
            result, changes = self._perform(deed)
        except WorldError as error:
            failed(error)
            return
        done(result)
        if changes:
            self._changed(changes)
