"""The list of persons who may be there twice, worked off one pair after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import duplicates
from desk_app.casework.duplicates import Pair, Side
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import WorldError
from desk_app.domain.match_reasons import Verdict
from desk_app.i18n import _
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two persons who may be one, as the list shows them. ``about`` is birth date, district and file of each."""

    first: UUID
    second: UUID
    names: tuple[str, str]
    about: tuple[str, str]
    reasons: tuple[tuple[bool, str], ...]
    likely: bool

    @property
    def spoken(self) -> str:
        """The whole line as it is read aloud."""
        one, other = (f"{name}, {about}" for name, about in zip(self.names, self.about, strict=True))
        words = _("{one}; vielleicht dieselbe Person: {other}").format(one=one, other=other)
        return "; ".join((words, *(reason for _for_it, reason in self.reasons)))


class PairsView(Protocol):
    def show_looking(self) -> None: ...

    def show_pairs(self, lines: tuple[PairLine, ...]) -> None: ...

    def show_apart(self, line: PairLine) -> None: ...

    def show_failed(self, message: str) -> None: ...


class PairsPresenter:
    """Looks through everybody when asked; what is decided meanwhile leaves the list at once."""

    def __init__(self, view: PairsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._lines: tuple[PairLine, ...] = ()
        self._looking = False

    def look(self) -> None:
        """Look through everybody; takes seconds in a large store, so not twice at a time."""
        if not self._looking:
            self._looking = True
            self._view.show_looking()
            self._runner.run(lambda work: duplicates.pairs(work), self._arrived, self._failed)

    def dismiss(self, line: PairLine) -> None:
        """They are two persons: remember it."""

        def done(_nothing: None) -> None:
            self._lines = tuple(each for each in self._lines if each != line)
            self._view.show_pairs(self._lines)
            self._view.show_apart(line)

        self._runner.run(lambda work: duplicates.dismiss(work, line.first, line.second), done, self._failed)

    def reconsider(self, line: PairLine) -> None:
        """It may be one person after all: the pair is back at the top."""

        def done(_nothing: None) -> None:
            self._lines = (line, *(each for each in self._lines if each != line))
            self._view.show_pairs(self._lines)

        self._runner.run(lambda work: duplicates.take_back(work, line.first, line.second), done, self._failed)

    def _arrived(self, found: tuple[Pair, ...]) -> None:
        self._looking = False
        self._lines = tuple(_line(pair) for pair in found)
        self._view.show_pairs(self._lines)

    def _failed(self, error: WorldError) -> None:
        self._looking = False
        self._view.show_failed(error.message)


def _line(pair: Pair) -> PairLine:
    sides = pair.first, pair.second
    return PairLine(
        pair.first.person,
        pair.second.person,
        (pair.first.name or _("noch ohne Namen"), pair.second.name or _("noch ohne Namen")),
        (_about(sides[0]), _about(sides[1])),
        tuple((reason.speaks_for, reason.show()) for reason in pair.comparison.reasons),
        pair.comparison.verdict is Verdict.LIKELY,
    )


def _about(side: Side) -> str:
    """ "geb. 12.03.1992 · Eppinghofen · Akte 2026-0017"."""
    born = _("geb. {day}").format(day=side.birth.show()) if side.birth is not None and side.birth.known else ""
    district = code_list("districts").label(side.district) if side.district else ""
    return " · ".join(part for part in (born, district, _("Akte {number}").format(number=side.file_number)) if part)
