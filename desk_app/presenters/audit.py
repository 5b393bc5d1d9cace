"""The log as the Leitung reads it: pages that follow one another, filters, whether the chain holds, taking it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import audit_log
from desk_app.casework.audit import Followed
from desk_app.casework.audit_log import Exported, Line, Page, Wanted
from desk_app.casework.audit_words import Group
from desk_app.casework.lists import Form
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import NotAllowed, WorldError
from desk_app.domain.lists import Column, Kind
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.lists import ListSpec, ListView, print_pages
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time

__all__ = ["AuditPresenter", "AuditView", "ChainState", "Group", "Line", "Wanted"]

_CHECKED_AT_ONCE = 5_000
"""Entries followed in one deed, so that what is typed meanwhile is not kept waiting."""

SPEC: Final = ListSpec(
    "audit",
    N_("Protokoll"),
    (
        Column("sequence", N_("Wann"), Kind.CODE, 16),
        Column("who", N_("Person"), Kind.STRONG, 18),
        Column("file_number", N_("Akte"), Kind.CODE, 10),
        Column("what", N_("Was"), width=62),
        Column("fields", N_("Angaben"), width=40, extra=True),
        Column("group", N_("Art"), width=18),
    ),
    filtered=False,
)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether every entry is there and as it was written, in one sentence; ``tone`` is neutral, ok or bad."""

    tone: str
    words: str


class AuditView(Protocol):
    def show_people(self, people: tuple[tuple[UUID, str], ...]) -> None: ...

    def show_lines(self, lines: tuple[Line, ...]) -> None: ...

    def add_lines(self, lines: tuple[Line, ...]) -> None: ...

    def show_chain(self, state: ChainState) -> None: ...

    def show_exported(self, words: str, notes: tuple[str, ...]) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_refused(self, reason: str) -> None: ...


class AuditPresenter:
    """Looking into the log is entered in it once each time it is opened; filtering and reading on are not."""

    def __init__(self, view: AuditView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._read_from: int | None = None
        self._more = False
        self._asked = 0
        self._opened = 0
        self.wanted = Wanted()

    @property
    def today(self) -> date:
        return local_day(self._clock())

    @property
    def narrowed(self) -> bool:
        """Whether something is filtered out."""
        return self.wanted != Wanted()

    def open(self) -> None:
        """Somebody opens the log: read it from the newest entry and follow the chain."""
        self._opened += 1
        self._view.show_chain(ChainState("neutral", _("Die Einträge werden geprüft …")))
        opened = self._opened

        def let_in(people: tuple[tuple[UUID, str], ...]) -> None:
            if opened == self._opened:
                self._view.show_people(people)
                self.narrow(self.wanted)
                self._follow(Followed(), opened)

        self._runner.run(audit_log.open_log, let_in, self._failed)

    def close(self) -> None:
        """Nobody looks any more: stop following the chain."""
        self._opened += 1

    def narrow(self, wanted: Wanted) -> None:
        """Show only these entries."""
        self.wanted = wanted
        self._read_from = None
        self._read(self._view.show_lines)

    def go_on(self) -> None:
        """Add the next page of older entries, if there is one and none is on its way."""
        if self._more:
            self._more = False
            self._read(self._view.add_lines)

    def export(self, folder: Path, form: Form) -> None:
        """Take out what is filtered, more than is read so far, with everything an entry tells."""
        wanted = self.wanted
        self._runner.run(
            lambda work: audit_log.export(work, wanted, folder, form),
            lambda done: self._view.show_exported(_exported_words(done), done.notes),
            lambda error: self._view.show_failed(error.message),
        )

    def print(self, view: ListView) -> None:
        """Put what is filtered on paper."""
        wanted = self.wanted
        print_pages(self._runner, view, lambda work: audit_log.to_print(work, wanted))

    def _read(self, show: Callable[[tuple[Line, ...]], None]) -> None:
        wanted, before = self.wanted, self._read_from
        self._asked += 1
        asked = self._asked

        def arrived(page: Page) -> None:
            if asked != self._asked:
                return
            self._more = page.more
            if page.lines:
                self._read_from = page.lines[-1].sequence
            show(page.lines)

        self._runner.run(lambda work: audit_log.read(work, wanted, before), arrived, self._failed)

    def _follow(self, so_far: Followed, opened: int) -> None:
        def arrived(reached: Followed) -> None:
            if opened != self._opened:
                return
            self._view.show_chain(self._chain_state(reached))
            if not reached.at_end:
                self._follow(reached, opened)

        self._runner.run(lambda work: audit_log.check(work, so_far, _CHECKED_AT_ONCE), arrived, self._failed)

    def _chain_state(self, reached: Followed) -> ChainState:
        number = _number(reached.sequence)
        if not reached.at_end:
            return ChainState("neutral", _("Die Einträge werden geprüft … {n}").format(n=number))
        if reached.broken_at is not None:
            words = _(
                "Ab Eintrag {place} stimmt das Protokoll nicht: Dort wurde etwas verändert oder entfernt. "
                "Bitte ändern Sie nichts und sprechen Sie mit Ihrer Technik."
            )
            return ChainState("bad", words.format(place=_number(reached.broken_at)))
        count = ngettext("{n} Eintrag", "{n} Einträge", reached.sequence).format(n=number)
        now = self._clock()
        words = _("Lückenlos: {count}, geprüft {moment}").format(count=count, moment=day_and_time(now, now))
        return ChainState("ok", words)

    def _failed(self, error: WorldError) -> None:
        if isinstance(error, NotAllowed):
            self._view.show_refused(error.message)
        else:
            self._view.show_failed(error.message)


def _exported_words(done: Exported) -> str:
    words = ngettext(
        "{n} Eintrag steht jetzt in „{name}“, nicht verschlüsselt. Bitte löschen Sie die Datei, wenn sie erledigt ist.",
        "{n} Einträge stehen jetzt in „{name}“, nicht verschlüsselt. Bitte löschen Sie die Datei, wenn sie "
        "erledigt ist.",
        done.entries,
    ).format(n=_number(done.entries), name=done.path.name)
    if done.shortened:
        words += " " + _("Ältere Einträge sind nicht dabei; bitte wählen Sie dafür einen Zeitraum.")
    return words


def _number(count: int) -> str:
    """ "1.234"."""
    return f"{count:,}".replace(",", ".")
