"""The list of persons who may be there twice, worked off one pair after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import duplicates
from desk_app.casework.desk import Work
from desk_app.casework.duplicates import Pair, Side
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Kind, Narrowing
from desk_app.domain.match_reasons import Verdict
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.runner import Runner

SHOWN: Final = 200
"""So many pairs are shown at a time; the next come up as these are settled."""


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


COLUMNS: Final = (
    Column("likely", N_("Einschätzung"), width=16),
    Column("name", N_("Person"), Kind.STRONG, 26),
    Column("about", N_("Geburtsdatum, Stadtteil, Akte"), width=36),
    Column("other_name", N_("vielleicht dieselbe"), Kind.STRONG, 26),
    Column("other_about", N_("Geburtsdatum, Stadtteil, Akte"), width=36),
    Column("reasons", N_("Was dafür und dagegen spricht"), width=50),
)


def _reasons(line: PairLine) -> str:
    return ", ".join(words if for_it else _("aber {reason}").format(reason=words) for for_it, words in line.reasons)


SPEC: Final = ListSpec(
    "duplicates",
    N_("Mögliche Dubletten"),
    COLUMNS,
    values={
        "likely": lambda line: _("wahrscheinlich") if line.likely else _("möglich"),
        "name": lambda line: line.names[0],
        "about": lambda line: line.about[0],
        "other_name": lambda line: line.names[1],
        "other_about": lambda line: line.about[1],
        "reasons": _reasons,
    },
    filtered=False,
)


class PairsView(Protocol):
    def show_pairs(self, lines: tuple[PairLine, ...], count: int, *, looking: bool) -> None:
        """``count`` is of all pairs, also of those behind ``lines``; ``looking`` is whether more may be found yet."""
        ...

    def show_apart(self, line: PairLine) -> None: ...

    def show_failed(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Known:
    pairs: tuple[Pair, ...]
    count: int
    up_to_date: bool


class _MakeWay(Exception):
    """Somebody else's deed waits."""


class PairsPresenter:
    """Shows at once what was found before, then looks at those changed since, piece by piece.

    ``crowded`` says whether another deed waits; the search through everybody then stands back and begins anew.
    """

    def __init__(self, view: PairsView, runner: Runner, crowded: Callable[[], bool] = lambda: False) -> None:
        self._view = view
        self._runner = runner
        self._crowded = crowded
        self._going = self._looking = False
        self.shown_rows: tuple[PairLine, ...] = ()
        self.everybody = 0

    # --- as a list that can be taken out

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing()

    def narrow(self, narrowing: Narrowing) -> None:
        """Nothing: there are only the pairs."""

    # --- what is shown

    def look(self) -> None:
        """Somebody looks at the list."""
        self._going = True
        if not self._looking:
            self._looking = True
            self._runner.run(_known, self._arrived, self._failed)

    def rest(self) -> None:
        """Nobody looks any more: what is left waits for the next time."""
        self._going = False

    def dismiss(self, line: PairLine) -> None:
        """They are two persons: remember it."""

        def done(_nothing: None) -> None:
            left = tuple(each for each in self.shown_rows if each != line)
            self._show(left, self.everybody - (len(self.shown_rows) - len(left)))
            self._view.show_apart(line)
            if len(left) < min(SHOWN, self.everybody):
                self.look()

        self._runner.run(lambda work: duplicates.dismiss(work, line.first, line.second), done, self._failed)

    def reconsider(self, line: PairLine) -> None:
        """It may be one person after all: the pair is back at the top."""

        def done(_nothing: None) -> None:
            others = tuple(each for each in self.shown_rows if each != line)
            self._show((line, *others), self.everybody + 1 - (len(self.shown_rows) - len(others)))

        self._runner.run(lambda work: duplicates.take_back(work, line.first, line.second), done, self._failed)

    def _arrived(self, found: _Known) -> None:
        self._looking = not found.up_to_date and self._going
        self._show(tuple(_line(pair) for pair in found.pairs), found.count)
        if self._looking:
            self._go_on()

    def _show(self, lines: tuple[PairLine, ...], count: int) -> None:
        self.shown_rows, self.everybody = lines, count
        self._view.show_pairs(lines, count, looking=self._looking)

    def _go_on(self) -> None:
        def tell(_done: int, _every: int) -> None:
            if self._crowded():
                raise _MakeWay

        def piece(work: Work) -> bool:
            try:
                return duplicates.look_on(work, tell=tell)
            except _MakeWay:
                return False

        self._runner.run(piece, self._went, self._failed)

    def _went(self, everybody: bool) -> None:
        if everybody:
            self._runner.run(_known, self._arrived, self._failed)
        elif self._going:
            self._go_on()
        else:
            self._looking = False

    def _failed(self, error: WorldError) -> None:
        self._looking = False
        self._view.show_failed(error.message)


def _known(work: Work) -> _Known:
    return _Known(duplicates.known_pairs(work), duplicates.count_pairs(work), duplicates.up_to_date(work))


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
