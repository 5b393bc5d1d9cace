"""Bringing requests into another state: which states are offered, what each asks for, and having it done.

Nothing is required but the state itself; what would be useful and is not told yet is said as a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import placement_deeds, placements, school_choice
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.school_choice import Choice
from desk_app.domain.errors import WorldError
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.placement_states import name_words, state_word
from desk_app.presenters.runner import Runner

_NAMED: Final = 3
_PROPOSED, _REASONS = 3, 3


class Part(StrEnum):
    """What may be told with a step; the values are fields of ``StepFacts``."""

    SCHOOL = "school"
    CLASS = "class_name"
    STARTS = "starts_on"
    SUPPORT = "support"
    CODE = "reason_code"
    REASON = "reason"
    DAY = "happened_on"


@dataclass(frozen=True)
class Move:
    """One state to choose. Texts are marked ``N_``; ``labels`` name the parts asked for, ``wished`` are told as hint.

    ``follows`` says in a sentence what comes of it.
    """

    state: str
    word: str
    labels: dict[Part, str]
    wished: tuple[Part, ...] = ()
    follows: str = ""


_DAY, _SCHOOL, _CLASS = N_("Mitgeteilt am"), N_("Schule"), N_("Klasse")
MOVES: Final = (
    Move(
        placements.ASSIGNED,
        N_("zugewiesen"),
        {Part.SCHOOL: _SCHOOL, Part.CLASS: _CLASS, Part.STARTS: N_("Erster Schultag"), Part.SUPPORT: N_("Förderung"),
         Part.DAY: _DAY},
        (Part.SCHOOL, Part.STARTS),
    ),
    Move(
        placements.QUERY,
        N_("Rückfrage"),
        {Part.CODE: N_("Grund"), Part.REASON: N_("Was will die Fachberatung wissen?"), Part.DAY: N_("Gefragt am")},
        (Part.REASON,),
        N_("Die Frage steht in der Liste als nächster Schritt."),
    ),
    Move(
        placements.SENT,
        N_("Rückfrage beantwortet"),
        {Part.REASON: N_("Was wurde geantwortet?"), Part.DAY: N_("Beantwortet am")},
        (),
        N_("Die Anfrage liegt wieder bei der Fachberatung und steht als „übermittelt“ in der Liste."),
    ),
    Move(
        placements.WAITING_LIST,
        N_("Warteliste"),
        {Part.SCHOOL: _SCHOOL, Part.REASON: N_("Bemerkung"), Part.DAY: _DAY},
    ),
    Move(
        placements.ADMITTED,
        N_("aufgenommen"),
        {Part.SCHOOL: _SCHOOL, Part.CLASS: _CLASS, Part.STARTS: N_("In der Schule seit")},
        (Part.STARTS,),
        N_("Das Kind ist in der Schule: Das Warten ist zu Ende."),
    ),
    Move(
        placements.DECLINED,
        N_("abgelehnt"),
        {Part.REASON: N_("Grund"), Part.SCHOOL: N_("Welche Schule?"), Part.DAY: _DAY},
        (Part.REASON,),
        N_("Das Kind wartet weiter, die Anfrage kann noch einmal gesendet werden."),
    ),
    Move(
        placements.WITHDRAWN,
        N_("zurückgezogen"),
        {Part.REASON: N_("Warum?"), Part.DAY: N_("Zurückgezogen am")},
        (),
        N_("Die Anfrage ruht, bis jemand daran weiterarbeitet."),
    ),
    Move(placements.CLOSED, N_("abgeschlossen"), {Part.REASON: N_("Bemerkung"), Part.DAY: N_("Abgeschlossen am")}),
    Move(
        placements.DRAFT,
        N_("weiter bearbeiten"),
        {Part.REASON: N_("Bemerkung")},
        (),
        N_("Die Anfrage wird wieder „Entwurf“ oder „vollständig“, je nachdem, was noch fehlt."),
    ),
)  # fmt: skip

_BEGUN: Final = frozenset({placements.DRAFT, placements.COMPLETE})
_GOING_ON: Final = frozenset({placements.SENT, placements.DRAFT})
"""Moves that make no sense for what was never sent."""

_NEXT: Final = {
    placements.QUERY: placements.SENT,
    placements.DECLINED: placements.DRAFT,
    placements.WITHDRAWN: placements.DRAFT,
    placements.MOVED_AWAY: placements.DRAFT,
    placements.ADMITTED: placements.CLOSED,
    placements.CLOSED: placements.DRAFT,
}
"""What usually comes next; for everything else a place."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A step as far as it is filled in."""

    state: str
    school: str = ""
    class_name: str = ""
    starts_on: date | None = None
    support: str = ""
    reason_code: str = ""
    reason: str = ""
    happened_on: date | None = None

    def facts(self, move: Move) -> StepFacts:
        """What is told with the step: only what its state asks for."""
        told = {part.value: getattr(self, part) for part in move.labels}
        if move.state == placements.ADMITTED:
            # on the day the child began it was admitted, whenever that is entered
            told["happened_on"] = self.starts_on
        return StepFacts(**told)


def moves_for(rows: Sequence[PlacementRow]) -> tuple[Move, ...]:
    """The states that can be chosen for these requests."""
    begun = all(row.state in _BEGUN for row in rows)
    return tuple(move for move in MOVES if not (begun and move.state in _GOING_ON))


def begin(rows: Sequence[PlacementRow], today: date) -> Draft:
    """What usually comes next for these requests, with what all of them have in common already filled in."""
    states = {row.state for row in rows}
    state = _usual(rows) if len(states) == 1 else placements.ASSIGNED
    known = [(row.school, row.class_name, row.starts_on) for row in rows]
    school, class_name, starts_on = known[0] if known and len(set(known)) == 1 else ("", "", None)
    return Draft(state, school, class_name, starts_on, happened_on=today)


def _usual(rows: Sequence[PlacementRow]) -> str:
    state = rows[0].state
    if state == placements.ASSIGNED:
        # a first school day that nobody knows yet is what is told next
        return placements.ADMITTED if all(row.starts_on for row in rows) else placements.ASSIGNED
    return _NEXT.get(state, placements.ASSIGNED)


def move_of(state: str) -> Move:
    """The move into a state. ``KeyError`` where nobody can choose it."""
    found = next((move for move in MOVES if move.state == state), None)
    if found is None:
        raise KeyError(state)
    return found


def hint(draft: Draft) -> str:
    """What would be useful and is not told yet, and what comes of the step; empty for neither."""
    move = move_of(draft.state)
    open_ones = [_(move.labels[part]) for part in move.wished if not getattr(draft, part)]
    if move.state == placements.QUERY and draft.reason_code:
        open_ones = []
    told = _("Noch nicht eingetragen: {parts}. Das geht auch später.").format(parts=", ".join(open_ones))
    return " ".join(part for part in (_(move.follows) if move.follows else "", told if open_ones else "") if part)


def about(rows: Sequence[PlacementRow]) -> str:
    """Whom the step is about: "Karim Haddad, SP-2026-0147, jetzt übermittelt", or how many and the first of them."""
    if len(rows) == 1:
        row = rows[0]
        return _("{name}, {number}, jetzt {state}").format(
            name=name_words(row), number=row.number, state=state_word(row.state)
        )
    names = ", ".join(name_words(row) for row in rows[:_NAMED])
    more = len(rows) - _NAMED
    if more > 0:
        return ngettext("{names} und {n} weitere", "{names} und {n} weitere", more).format(names=names, n=more)
    return names


@dataclass(frozen=True, slots=True)
class Proposal:
    """A school that may suit, with why: the nearest things first. A person decides."""

    number: str
    name: str
    why: str


def _proposals(choice: Choice) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(each.school.number, each.school.name, ", ".join(reason.words for reason in each.reasons[:_REASONS]))
        for each in choice.candidates[:_PROPOSED]
    )


class StepsView(Protocol):
    def show_stepped(self, words: str, deed: UUID) -> None:
        """The step is done; ``deed`` is the way back."""
        ...

    def show_step_failed(self, message: str) -> None: ...


class PlacementSteps:
    """Has steps done. A dialog that was left keeps what was typed for the same requests until the program ends."""

    def __init__(self, view: StepsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._left: dict[frozenset[UUID], tuple[tuple[str, ...], Draft]] = {}
        self._proposed: Draft | None = None

    def begin(self, rows: Sequence[PlacementRow], today: date) -> Draft:
        """What to show first for these requests."""
        self._proposed = begin(rows, today)
        _numbers, draft = self._left.get(_key(rows), ((), self._proposed))
        return draft

    def leave(self, rows: Sequence[PlacementRow], draft: Draft) -> None:
        """Keep what was typed; what says no more than was proposed is no loss."""
        self._left.pop(_key(rows), None)
        if draft != self._proposed:
            self._left[_key(rows)] = tuple(row.number for row in rows), draft

    def lost(self) -> str:
        """What was typed, is not entered and ends with the program, by the numbers of its requests; empty for nothing.

        The lock screen says it, so no name is in it.
        """
        numbers = sorted({number for each, _draft in self._left.values() for number in each})
        if not numbers:
            return ""
        names, more = ", ".join(numbers[:_NAMED]), len(numbers) - _NAMED
        if more > 0:
            names = ngettext("{names} und {n} weitere", "{names} und {n} weitere", more).format(names=names, n=more)
        words = _("Nicht gespeichert: der begonnene Stand von {numbers}, weil er noch nicht eingetragen war.")
        return words.format(numbers=names)

    def propose(self, row: PlacementRow, done: Callable[[tuple[Proposal, ...]], None]) -> None:
        """The schools that suit this child best; nothing comes where they cannot be worked out."""
        self._runner.run(
            lambda work: school_choice.propose(work, row.request),
            lambda choice: done(_proposals(choice)),
            lambda _error: None,
        )

    def take(self, rows: Sequence[PlacementRow], draft: Draft) -> None:
        """Bring the requests into the state, as one deed that can be taken back."""
        move = move_of(draft.state)
        facts, requests = draft.facts(move), [row.request for row in rows]

        def done(deed: UUID) -> None:
            self._left.pop(_key(rows), None)
            self._view.show_stepped(told(rows, draft.state), deed)

        self._runner.run(
            lambda work: placement_deeds.step(work, requests, draft.state, facts),
            done,
            self._failed,
        )

    def _failed(self, error: WorldError) -> None:
        self._view.show_step_failed(error.message)


def told(rows: Sequence[PlacementRow], state: str) -> str:
    """What was done, as the page says it."""
    word = _(move_of(state).word)
    if len(rows) == 1:
        return _("{name}: {state}").format(name=name_words(rows[0]), state=word)
    return ngettext("{n} Anfrage: {state}", "{n} Anfragen: {state}", len(rows)).format(n=len(rows), state=word)


def _key(rows: Sequence[PlacementRow]) -> frozenset[UUID]:
    return frozenset(row.request for row in rows)
