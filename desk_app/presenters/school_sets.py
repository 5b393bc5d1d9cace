"""Sets for schools: which are due, and what each would and would not tell, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import school_sending
from desk_app.casework.desk import Work
from desk_app.casework.placements import ADMITTED, ASSIGNED
from desk_app.casework.school_files import SchoolSet, sets_due
from desk_app.casework.school_sending import SetDue
from desk_app.domain.errors import WorldError
from desk_app.domain.schild import LossKind
from desk_app.domain.school_columns import Form
from desk_app.i18n import _, ngettext
from desk_app.presenters.runner import Runner

PLACED = frozenset({ASSIGNED, ADMITTED})
"""States in which a child has a school that may get a set."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One school: how many children its files would hold, what they cannot say, and who stays out of them and why."""

    number: str
    name: str
    requests: tuple[UUID, ...]
    children: int
    losses: tuple[str, ...]
    left_open: int
    """So many fields stay empty because nobody knows them for certain."""
    left_out: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.name} ({self.number})" if self.name != self.number else self.number

    @property
    def count_words(self) -> str:
        return ngettext("{n} Kind", "{n} Kinder", self.children).format(n=self.children)


class SchoolSetsView(Protocol):
    def show_due(self, schools: int, children: int) -> None:
        """How many schools wait for a set, and with how many children."""
        ...

    def show_sets(self, lines: Sequence[SetLine]) -> None: ...

    def show_sets_failed(self, message: str) -> None: ...


class SchoolSetsPresenter:
    """Counts the sets that are due, and works out what would be in them when somebody asks."""

    def __init__(self, view: SchoolSetsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner

    def load(self) -> None:
        """Count again."""
        self._runner.run(sets_due, self._counted, self._failed)

    def ask(self, requests: Sequence[UUID] = ()) -> None:
        """Work out the sets of these requests, sent before or not; of all that are due where none is named."""
        self._runner.run(lambda work: _lines(work, requests), self._view.show_sets, self._failed)

    def _counted(self, due: dict[str, tuple[UUID, ...]]) -> None:
        self._view.show_due(len(due), sum(map(len, due.values())))

    def _failed(self, error: WorldError) -> None:
        self._view.show_sets_failed(error.message)


def _lines(work: Work, requests: Sequence[UUID]) -> tuple[SetLine, ...]:
    found = school_sending.of_requests(work, requests) if requests else school_sending.due(work)
    return tuple(map(_line, found))


def _line(item: SetDue) -> SetLine:
    def who(number: str) -> str:
        return item.names.get(number) or number

    losses = item.made.losses
    told = (f"{who(loss.number)}, {loss.column}: {loss.says}" for loss in losses if loss.kind is not LossKind.OPEN)
    return SetLine(
        number=item.number,
        name=item.name,
        requests=item.requests,
        children=item.children,
        losses=tuple(dict.fromkeys(told)),
        left_open=len({(loss.number, loss.column) for loss in losses if loss.kind is LossKind.OPEN}),
        left_out=tuple(_left_out(item.made, who)),
    )


def _left_out(made: SchoolSet, who: Callable[[str], str]) -> Iterator[str]:
    """Who is in no form at all, then who is in some of them only."""
    forms: dict[tuple[str, str], list[Form]] = {}
    for left_out in made.left_out:
        if left_out.request in made.requests and left_out.form is not None:
            forms.setdefault((left_out.number, left_out.reason), []).append(left_out.form)
    whole = {left_out.number: left_out.reason for left_out in made.left_out if left_out.request not in made.requests}
    for number, reason in whole.items():
        yield _("{name}: {reason}").format(name=who(number), reason=reason)
    for (number, reason), missing in forms.items():
        where = _("nicht in SVWS-Import") if missing == [Form.SVWS] else _("nicht in SchILD")
        yield _("{name}, {where}: {reason}").format(name=who(number), where=where, reason=reason)
