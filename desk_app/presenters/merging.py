"""Comparing two records and making them one: what is chosen stays on screen until somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import deeds, duplicates, merging, side_by_side, wording
from desk_app.casework.deeds import Undone
from desk_app.casework.desk import Work
from desk_app.casework.merging import Outcome
from desk_app.casework.placements import COMPLETE, DRAFT
from desk_app.casework.side_by_side import Row, SideBySide
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.domain.fields import Field, FieldType
from desk_app.domain.records import RecordKind, Value
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.readings import reading_of
from desk_app.presenters.runner import Runner

FIRST, SECOND, BOTH = 0, 1, 2

_REQUEST, _HOME, _PAIR = "request:", "home:", "pair:"
"""What the keys of lines begin with that are no field of the record itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question with both answers as they read. ``chosen`` is whose answer holds, ``BOTH`` where both stay."""

    key: str
    label: str
    first: str
    second: str
    chosen: int
    choosable: bool

    @property
    def same(self) -> bool:
        return self.first == self.second

    @property
    def spoken(self) -> str:
        """The whole line as it is read aloud."""
        if self.same:
            return _("{label}: beide {value}").format(label=self.label, value=self.first)
        nothing = _("nicht angegeben")
        if self.chosen == BOTH:
            return _("{label}: {first} und {second}, beides bleibt").format(
                label=self.label, first=self.first, second=self.second
            )
        holds, other = (self.first, self.second) if self.chosen == FIRST else (self.second, self.first)
        return _("{label}: {holds} gilt, nicht {other}").format(
            label=self.label, holds=holds or nothing, other=other or nothing
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two records beside each other. ``moving`` says what will happen, ``to_choose`` how many lines need a look."""

    families: bool
    titles: tuple[str, str]
    subtitles: tuple[str, str]
    reasons: tuple[tuple[bool, str], ...]
    """What speaks for one person (True) and against it, in words."""
    lines: tuple[Line, ...]
    moving: str
    to_choose: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, said in words, and how to take it back. ``next_pair`` are two families to be looked at next."""

    words: str
    way_back: UUID
    household: UUID
    next_pair: tuple[UUID, UUID] | None = None


class CompareView(Protocol):
    def show_sheet(self, sheet: Sheet) -> None: ...

    def show_done(self, done: Done) -> None: ...

    def show_taken_back(self, undone: Undone) -> None: ...

    def show_apart(self) -> None: ...

    def show_failed(self, message: str) -> None: ...


class ComparePresenter:
    """Holds the choices of one pair; nothing is written before ``merge``."""

    def __init__(self, view: CompareView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._found: SideBySide | None = None
        self._lines: tuple[Line, ...] = ()
        self._running = False
        self._done: Done | None = None
        self._merged_pair: tuple[UUID, UUID]
        self._choices = Choices(clock)
        self._choices.load(runner, self._labels_known)

    def open(self, one: UUID, other: UUID) -> None:
        """Put two persons, or two families, beside each other."""
        self._found = self._done = None
        self._runner.run(lambda work: _look_at(work, one, other), self._arrived, self._failed)

    def choose(self, key: str, side: int) -> None:
        """Let the answer of one side hold."""
        lines = (
            replace(line, chosen=side) if line.key == key and line.choosable else line for line in self._lines
        )  # fmt: skip
        self._lines = tuple(lines)
        self._show()

    def merge(self) -> None:
        """Make them one. A second press while the first is on its way does nothing."""
        found = self._found
        if found is None or self._running:
            return
        self._running = True
        chosen = _chosen(found, self._lines)
        self._runner.run(
            lambda work: merging.merge(work, found.first, found.second, chosen),
            lambda outcome: self._merged(found, outcome),
            self._failed,
        )

    def take_back(self, way_back: UUID) -> None:
        """Take the merge back that was just made, or take that back."""
        self._runner.run(lambda work: deeds.undo(work, way_back), self._taken_back, self._failed)

    def dismiss(self) -> None:
        """They are two persons: remember it, so that nobody is asked again."""
        found = self._found
        if found is not None and found.kind is RecordKind.PERSON:
            self._runner.run(
                lambda work: duplicates.dismiss(work, found.first, found.second),
                lambda _nothing: self._view.show_apart(),
                self._failed,
            )

    def reconsider(self) -> None:
        """It may be one person after all."""
        found = self._found
        if found is not None:
            self._runner.run(
                lambda work: duplicates.take_back(work, found.first, found.second),
                lambda _nothing: self._show(),
                self._failed,
            )

    def _taken_back(self, undone: Undone) -> None:
        """Apart again: both beside each other as before; one again: what was said then."""
        self._view.show_taken_back(undone)
        if self._done is None:
            return
        if undone.way_back == self._done.way_back:
            self._found = None
            self._view.show_done(self._done)
        else:
            self._runner.run(lambda work: _look_at(work, *self._merged_pair), self._arrived, self._failed)

    def _arrived(self, found: SideBySide) -> None:
        self._running = False
        self._found = found
        self._lines = _lines(found, self._choices)
        self._show()

    def _labels_known(self) -> None:
        if self._found is not None:
            fresh = {line.key: line for line in _lines(self._found, self._choices)}
            self._lines = tuple(replace(fresh[line.key], chosen=line.chosen) for line in self._lines)
            self._show()

    def _merged(self, found: SideBySide, outcome: Outcome) -> None:
        self._running = False
        self._found = None
        self._merged_pair = found.first, found.second
        pair = (outcome.household, outcome.other) if outcome.other is not None else None
        self._done = Done(outcome.words, outcome.deed, outcome.household, pair)
        self._view.show_done(self._done)

    def _failed(self, error: WorldError) -> None:
        self._running = False
        self._view.show_failed(error.message)

    def _show(self) -> None:
        found = self._found
        if found is not None:
            self._view.show_sheet(
                Sheet(
                    families=found.kind is RecordKind.HOUSEHOLD,
                    titles=found.titles,
                    subtitles=_subtitles(found),
                    reasons=tuple((reason.speaks_for, reason.show()) for reason in found.reasons),
                    lines=self._lines,
                    moving=moving_words(found.moves, families=found.kind is RecordKind.HOUSEHOLD),
                    to_choose=sum(line.choosable for line in self._lines),
                )
            )


def _look_at(work: Work, one: UUID, other: UUID) -> SideBySide:
    found = side_by_side.preview(work, one, other)
    for household in dict.fromkeys(found.households):
        work.note("family.opened", RecordKind.HOUSEHOLD, household, touched="")
    return found


def _subtitles(found: SideBySide) -> tuple[str, str]:
    words = _("Akte {number}")
    first, second = (words.format(number=number) for number in found.file_numbers)
    return _("{file}, bleibt").format(file=first), _("{file}, geht darin auf").format(file=second)


def _lines(found: SideBySide, choices: Choices) -> tuple[Line, ...]:
    """First what has to be decided beyond single answers, then the answers as ``side_by_side`` puts them in order."""
    return (*_beyond(found), *(_line(found, row, choices) for row in found.rows))


def _beyond(found: SideBySide) -> list[Line]:
    lines = []
    if found.requests:
        goes_on = found.requests[0]
        of = {request.of: request for request in found.requests}
        first, second = (_request_words(of[id_].number, of[id_].state) for id_ in (found.first, found.second))
        side = FIRST if goes_on.of == found.first else SECOND
        lines.append(Line(_REQUEST, _("Schulplatzanfrage, die weitergeht"), first, second, side, choosable=True))
    if found.homes:
        homes = {home.of: home.words for home in reversed(found.homes)}
        side = FIRST if found.homes[0].of == found.first else SECOND
        first, second = homes.get(found.first, ""), homes.get(found.second, "")
        if first and second:
            lines.append(Line(_HOME, _("Anschrift, die heute gilt"), first, second, side, choosable=True))
    for place, pair in enumerate(found.pairs):
        name = pair.first_name if pair.first_name == pair.second_name else f"{pair.first_name} / {pair.second_name}"
        one = _("eine Person: {name}").format(name=name)
        lines.append(Line(f"{_PAIR}{place}", _("Zweimal da?"), one, _("zwei Personen"), SECOND, choosable=True))
    return lines


def _request_words(number: str, state: str) -> str:
    return number if state in (DRAFT, COMPLETE) else f"{number}, {wording.label('request_states', state)}"


def _line(found: SideBySide, row: Row, choices: Choices) -> Line:
    side = BOTH if row.joined else FIRST if row.holds == found.first else SECOND
    first, second = (_shown(row.field, value, choices) for value in (row.first, row.second))
    return Line(row.field.key, _(row.field.label), first, second, side, row.to_choose)


def _shown(field: Field, value: Value, choices: Choices) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if field.codes:
        return choices.label(field.codes, value)
    if field.type in (FieldType.DAY, FieldType.SPAN, FieldType.INSTANT):
        return reading_of(field, lambda: choices.today).show(value)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _chosen(found: SideBySide, lines: tuple[Line, ...]) -> merging.Choices:
    sides = {line.key: line.chosen for line in lines}
    ids = (found.first, found.second)
    requests = {request.of: request.id for request in found.requests}
    homes = {home.of: home.id for home in reversed(found.homes)}
    return merging.Choices(
        fields={row.field.key: ids[sides[row.field.key] % 2] for row in found.rows},
        request=requests[ids[sides[_REQUEST]]] if _REQUEST in sides else None,
        home=homes[ids[sides[_HOME]]] if _HOME in sides else None,
        pairs=tuple(
            (pair.first, pair.second)
            for place, pair in enumerate(found.pairs)
            if sides[f"{_PAIR}{place}"] == FIRST
        ),
    )  # fmt: skip


def moving_words(moves: Mapping[str, int], *, families: bool) -> str:
    """ "3 Unterlagen, 1 Schulplatzanfrage ziehen um; nichts geht verloren; Sie können es jederzeit zurücknehmen." """
    known = [(table, moves[table]) for table in _COUNTED if table in moves]
    parts = [_count(table, number) for table, number in known if families or table != "person"]
    others = sum(moves.values()) - sum(number for _table, number in known)
    if others:
        parts.append(ngettext("{n} weiterer Eintrag", "{n} weitere Einträge", others).format(n=others))
    if not parts:
        return _("Nichts geht verloren; Sie können es jederzeit zurücknehmen.")
    one = len(parts) == 1 and sum(moves.values()) == 1
    words = (
        _("{what} zieht um; nichts geht verloren; Sie können es jederzeit zurücknehmen.")
        if one
        else _("{what} ziehen um; nichts geht verloren; Sie können es jederzeit zurücknehmen.")
    )
    return words.format(what=", ".join(parts))


def _count(table: str, number: int) -> str:
    words = {
        "person": lambda n: ngettext("{n} Person", "{n} Personen", n),
        "placement_request": lambda n: ngettext("{n} Schulplatzanfrage", "{n} Schulplatzanfragen", n),
        "document": lambda n: ngettext("{n} Unterlage", "{n} Unterlagen", n),
        "consent": lambda n: ngettext("{n} Einwilligung", "{n} Einwilligungen", n),
        "note": lambda n: ngettext("{n} Notiz", "{n} Notizen", n),
        "follow_up": lambda n: ngettext("{n} Wiedervorlage", "{n} Wiedervorlagen", n),
        "language": lambda n: ngettext("{n} Sprache", "{n} Sprachen", n),
        "school_year": lambda n: ngettext("{n} Schuljahr", "{n} Schuljahre", n),
        "school_wish": lambda n: ngettext("{n} Wunschschule", "{n} Wunschschulen", n),
        "referral": lambda n: ngettext("{n} Verweis", "{n} Verweise", n),
        "address": lambda n: ngettext("{n} Anschrift", "{n} Anschriften", n),
        "person_name": lambda n: ngettext("{n} andere Schreibweise", "{n} andere Schreibweisen", n),
    }
    return words[table](number).format(n=number)


_COUNTED: Final = (
    "person", "placement_request", "document", "consent", "note", "follow_up", "language", "school_year", "school_wish",
    "referral", "address", "person_name",
)  # fmt: skip
"""Tables that are named in the sentence, in its order; the others are counted together."""
