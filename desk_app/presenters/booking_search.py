"""Who is meant by a name that is typed: one search at a time, the newest text wins."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.errors import WorldError
from desk_app.presenters.booking_draft import Found, find
from desk_app.presenters.runner import Runner


class NameSearch:
    """``arrived`` hears what was found for the text as it stands by then."""

    def __init__(
        self, runner: Runner, arrived: Callable[[tuple[Found, ...]], None], failed: Callable[[WorldError], None]
    ) -> None:
        self._runner = runner
        self._arrived = arrived
        self._failed = failed
        self._typed = self._known = ""
        self._running = False
        self._hits: tuple[Found, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Whether the answer for what is typed has still to come."""
        return self._running or self._typed != self._known

    @property
    def found(self) -> tuple[Found, ...]:
        """Who may be meant by what is typed, nobody while that is being looked up."""
        return () if self.is_busy else self._hits

    def know(self, typed: str) -> None:
        """It is settled who is meant: nothing is looked up until something else is typed."""
        self._typed = self._known = typed.strip()
        self._hits = ()

    def type(self, typed: str) -> None:
        """Look up what is typed now."""
        self._typed = typed.strip()
        self._next()

    def _next(self) -> None:
        typed = self._typed
        if self._running or typed == self._known:
            return
        if not typed:
            self.know("")
            self._arrived(())
            return
        self._running = True
        self._runner.run(lambda work: find(work, typed), lambda found: self._come(typed, found), self._lost)

    def _come(self, typed: str, found: tuple[Found, ...]) -> None:
        self._running = False
        if typed == self._typed:
            self._known, self._hits = typed, found
            self._arrived(found)
        else:
            self._next()

    def _lost(self, error: WorldError) -> None:
        self._running = False
        self._known = self._typed
        self._hits = ()
        self._failed(error)
