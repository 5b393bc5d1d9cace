"""The one search box as behaviour: every key press searches, the newest text wins, what was typed is never lost.

The box has two modes: finding somebody or a command, and the first step of an intake, which looks first whether the
family is known and takes what was typed over into a new file.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, Protocol

from desk_app.casework import families, search
from desk_app.casework.desk import Work
from desk_app.casework.search import Found
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.intake_line import IntakeLine, read_intake_line
from desk_app.domain.names import loose_form
from desk_app.i18n import N_, _
from desk_app.presenters.runner import Runner
from desk_app.presenters.search_lines import (
    Group,
    Line,
    Offer,
    What,
    beginning_line,
    booking_lines,
    hit_groups,
    recent_line,
)

MOST_HITS: Final = 8
"""Lines of one group; whoever is not among them is found by typing on."""
MOST_RECENT: Final = 6
COMMANDS_ONLY: Final = ">"
_BOOKING: Final = N_("termin")
"""The word before a name that asks for an appointment: "Termin Haddad"."""
_HITS = frozenset({What.FAMILY, What.PERSON})


class Mode(StrEnum):
    SEARCH = "search"
    INTAKE = "intake"


class SearchView(Protocol):
    def show_groups(self, groups: tuple[Group, ...], chosen: int, notice: str) -> None:
        """``chosen`` counts the lines of all groups from 0, -1 for none. ``notice`` says why nothing was found."""
        ...

    def show_failed(self, message: str) -> None: ...

    def await_hits(self) -> None:
        """Old lines stay for a moment, so that a letter is not followed by two lists: ``show_typed`` ends it."""
        ...

    def await_pause(self) -> None:
        """Call ``count_open`` once nothing was typed for a while."""
        ...

    def go(self, line: Line) -> None:
        """Do what the line says."""
        ...


class SearchPresenter:
    """One search runs at a time; while it does, only the newest text waits. Old hits stay until new ones are there."""

    def __init__(self, view: SearchView, runner: Runner, clock: Clock, offers: Sequence[Offer]) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._offers = tuple((offer, loose_form(offer.title)) for offer in offers)
        self._mode = Mode.SEARCH
        self._text = ""
        self._known: tuple[str, tuple[Group, ...]] | None = None
        """The text whose hits are shown, and its groups."""
        self._searching = False
        self._chosen: Line | None = None
        """The line somebody moved to; None while the first one is taken."""
        self._about: Line | None = None
        """The hit somebody moved to last, which the actions are about."""
        self._go_on = False
        self._lines: tuple[Line, ...] = ()
        self._behind = False
        """Whether the lines shown are still those of the text before."""
        self._uncounted: tuple[str, Found] | None = None
        """Hits without their open points, and their text."""

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def text(self) -> str:
        return self._text

    @property
    def entry(self) -> IntakeLine:
        """What a new file would begin with."""
        return read_intake_line(self._text.removeprefix(COMMANDS_ONLY), local_day(self._clock()))

    @property
    def up_to_date(self) -> bool:
        """Whether the hits shown are those of the text typed."""
        return self._without_search or (self._known is not None and self._known[0] == self._wanted)

    def open(self, mode: Mode) -> None:
        """Begin: what was found before may have changed since."""
        self._mode = mode
        self._chosen = self._about = None
        self._known = None
        self._go_on = False
        self._show()
        self._search()

    def type(self, text: str) -> None:
        """Search for what stands in the box now."""
        if text == self._text:
            return
        self._text = text
        self._chosen = self._about = None
        self._go_on = False
        self._behind = True
        self._search()
        if self.up_to_date or not self._searching:
            self.show_typed()
        else:
            self._view.await_hits()

    def show_typed(self) -> None:
        """Show what the text alone says and the old hits, unless its own are there."""
        if self._behind:
            self._show()

    def move(self, step: int) -> None:
        """Choose another line, around the ends."""
        self._go_on = False
        self.show_typed()
        if self._lines:
            self.choose(self._lines[(self._place() + step) % len(self._lines)])

    def choose(self, line: Line) -> None:
        self._chosen = line
        if line.what in _HITS:
            self._about = line
        self._show()

    def to_actions(self) -> None:
        """Go to what can be done with the hit that is chosen, and back to it."""
        self.show_typed()
        here = self._current()
        if here is not None and here.what in _HITS:
            target = next((line for line in self._lines if line.what not in _HITS), here)
            self.choose(target)
        elif self._lines:
            self.choose(self._about or self._lines[0])

    def enter(self) -> None:
        """Do what the chosen line says. Typed ahead of the answer, it waits for the line that belongs to the text."""
        if self._chosen is None and not self.up_to_date:
            self._go_on = True
            return
        self._go_on = False
        line = self._current()
        if line is not None:
            self._view.go(line)

    def begin(self) -> None:
        """Begin an intake with what was typed, whatever was found."""
        self._view.go(Line(What.BEGIN, _("Neue Aufnahme"), entry=self.entry))

    # --- searching

    @property
    def _only_commands(self) -> bool:
        return self._mode is Mode.SEARCH and self._text.startswith(COMMANDS_ONLY)

    @property
    def _without_search(self) -> bool:
        return self._only_commands or (self._mode is Mode.INTAKE and not self._wanted)

    @property
    def _wanted(self) -> str:
        words = self._text.split()
        return " ".join(words[1:] if self._booking else words)

    @property
    def _booking(self) -> bool:
        """Whether an appointment is wanted for whoever is named."""
        words = self._text.split()
        return self._mode is Mode.SEARCH and len(words) > 1 and words[0].casefold() == _(_BOOKING).casefold()

    def _search(self) -> None:
        if self._searching or self.up_to_date:
            return
        self._searching = True
        wanted = self._wanted
        recent = self._mode is Mode.SEARCH
        self._runner.run(
            lambda work: _read(work, wanted, recent), lambda found: self._arrived(wanted, found), self._failed
        )

    def _arrived(self, wanted: str, found: Found | tuple[Group, ...]) -> None:
        self._searching = False
        if wanted != self._wanted:
            self._search()
            return
        if isinstance(found, Found):
            self._known = (wanted, hit_groups(found))
            self._uncounted = (wanted, found) if found != Found() else None
        else:
            self._known = (wanted, found)
        self._view.await_pause()
        self._show()
        if self._go_on:
            self.enter()

    def count_open(self) -> None:
        """Have the open points follow: reading whole families would keep whoever types on waiting."""
        if self._uncounted is None:
            return
        (wanted, found), self._uncounted = self._uncounted, None

        def counted(known: Found) -> None:
            if self._known is not None and self._known[0] == wanted == self._wanted and known != found:
                self._known = (wanted, hit_groups(known))
                self._show()

        if wanted == self._wanted:
            self._runner.run(lambda work: search.count_open(work, found), counted, lambda _error: None)

    def _failed(self, error: WorldError) -> None:
        self._searching = False
        self._go_on = False
        self.show_typed()
        self._view.show_failed(error.message)

    # --- showing

    def _show(self) -> None:
        self._behind = False
        groups = self._groups()
        self._lines = tuple(line for group in groups for line in group.lines)
        self._view.show_groups(groups, self._place(), self._notice())

    def _groups(self) -> tuple[Group, ...]:
        hits = () if self._without_search or self._known is None else self._known[1]
        if self._mode is Mode.INTAKE:
            return (*hits, Group(_("Neu anlegen"), self._beginnings()))
        if self._booking:
            return (Group(_("Nächste freie Zeit"), booking_lines(hits, self._wanted)),)
        lines = [*self._actions(hits), *self._commands()]
        if self._wanted and not self._only_commands:
            lines.append(beginning_line(self.entry, self._wanted))
        return (*hits, *([Group(_("Befehle"), tuple(lines))] if lines else []))

    def _actions(self, hits: tuple[Group, ...]) -> list[Line]:
        """What can be done with the family of the hit that is chosen, or of the first."""
        first = next((line for group in hits for line in group.lines), None)
        about = self._about or first
        if about is None or not self._wanted:
            return []
        title = _("Angaben ändern: {name}").format(name=about.title)
        booking = _("Termin: {name}").format(name=about.title)
        return [
            Line(What.EDIT, title, household=about.household, person=about.person, keys=_("Tab")),
            Line(What.BOOK, booking, household=about.household),
        ]

    def _commands(self) -> list[Line]:
        """All commands after ``>``, else those whose name holds every word typed."""
        words = loose_form(self._text.removeprefix(COMMANDS_ONLY)).split()
        if not words and not self._only_commands:
            return []
        return [
            Line(What.COMMAND, offer.title, keys=offer.keys, command=offer.id)
            for offer, title in self._offers
            if all(word in title for word in words)
        ]

    def _beginnings(self) -> tuple[Line, ...]:
        entry = self.entry
        if not self._wanted:
            return (Line(What.BEGIN, _("Leere Aufnahme beginnen"), keys=_("Eingabe"), entry=entry),)
        if not entry.show():
            return (beginning_line(entry, self._wanted, keys=_("Strg+Eingabe")),)
        first = Line(What.BEGIN, entry.show(), keys=_("Strg+Eingabe"), entry=entry)
        other = entry.swapped()
        if other is entry or "," in self._text:
            return (first,)
        return (first, Line(What.BEGIN, _("Andersherum: {words}").format(words=other.show()), entry=other))

    def _notice(self) -> str:
        if self._only_commands:
            return "" if self._lines else _("So heißt kein Befehl. „>“ allein zeigt alle.")
        if self._known is None or self._known != (self._wanted, ()) or not self._wanted:
            return ""
        return _("Nichts gefunden – auch nicht nach dem Klang. Ein Teil des Namens oder das Geburtsdatum genügt.")

    def _place(self) -> int:
        chosen = self._chosen
        if chosen is not None:
            exact = [place for place, line in enumerate(self._lines) if line == chosen]
            alike = [place for place, line in enumerate(self._lines) if line.same_as(chosen)]
            if exact or alike:
                return (exact or alike)[0]
        return 0 if self._lines else -1

    def _current(self) -> Line | None:
        place = self._place()
        return self._lines[place] if place >= 0 else None


# --- on the worker


def _read(work: Work, wanted: str, recent: bool) -> Found | tuple[Group, ...]:
    if wanted:
        return search.find(work, wanted, MOST_HITS)
    rows = families.recent(work, MOST_RECENT) if recent else ()
    return (Group(_("Zuletzt geändert"), tuple(recent_line(row) for row in rows)),) if rows else ()
