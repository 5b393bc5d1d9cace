"""The course of a request in seven arrows: which states stand in which, how many requests, and a note about them.

What rarely happens has no arrow of its own: who is on a waiting list waits for an answer like what was sent, and who
was declined needs somebody like what came back with a query. The note names them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk_app.casework import placements
from desk_app.casework.placement_list import PlacementRow
from desk_app.i18n import N_, _, ngettext

Note = Callable[[Sequence[PlacementRow], date], str]


@dataclass(frozen=True)
class Arrow:
    """One arrow. ``word`` is marked ``N_``; ``note`` says something about its rows; ``urgent`` when they need us."""

    key: str
    word: str
    states: frozenset[str]
    note: Note
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PipelineCount:
    """One arrow with how many requests stand in it."""

    arrow: Arrow
    count: int
    note: str


def _mean_days(rows: Sequence[PlacementRow], today: date) -> str:
    listed = sum(row.state == placements.WAITING_LIST for row in rows)
    if listed:
        return _("Warteliste: {n}").format(n=listed)
    if not rows:
        return ""
    days = round(sum((today - row.state_since).days for row in rows) / len(rows))
    return ngettext("Ø {n} Tag", "Ø {n} Tage", days).format(n=days)


def _to_answer(rows: Sequence[PlacementRow], today: date) -> str:
    declined = sum(row.state == placements.DECLINED for row in rows)
    if declined:
        return _("{n} abgelehnt").format(n=declined)
    return _("antworten") if rows else ""


def _to_admit(rows: Sequence[PlacementRow], today: date) -> str:
    late = sum(row.starts_on is not None and row.starts_on < today for row in rows)
    if late:
        return _("nachfragen: {n}").format(n=late)
    open_ones = sum(row.starts_on is None for row in rows)
    return _("Termin offen: {n}").format(n=open_ones) if open_ones else ""


def _this_month(rows: Sequence[PlacementRow], today: date) -> str:
    count = sum((row.state_since.year, row.state_since.month) == (today.year, today.month) for row in rows)
    return _("{n} diesen Monat").format(n=count) if count < len(rows) else _("diesen Monat") if rows else ""


def _this_year(rows: Sequence[PlacementRow], today: date) -> str:
    count = sum(row.state_since.year == today.year for row in rows)
    return _("{n} dieses Jahr").format(n=count) if count < len(rows) else _("dieses Jahr") if rows else ""


ARROWS: Final = (
    Arrow(
        placements.DRAFT, N_("Entwurf"), frozenset({placements.DRAFT}),
        lambda rows, today: _("fehlt noch etwas") if rows else "",
    ),
    Arrow(
        placements.COMPLETE, N_("vollständig"), frozenset({placements.COMPLETE}),
        lambda rows, today: _("bereit") if rows else "",
    ),
    Arrow(placements.SENT, N_("übermittelt"), frozenset({placements.SENT, placements.WAITING_LIST}), _mean_days),
    Arrow(
        placements.QUERY, N_("Rückfrage"), frozenset({placements.QUERY, placements.DECLINED}), _to_answer, urgent=True
    ),
    Arrow(placements.ASSIGNED, N_("zugewiesen"), frozenset({placements.ASSIGNED}), _to_admit),
    Arrow(placements.ADMITTED, N_("aufgenommen"), frozenset({placements.ADMITTED}), _this_month),
    Arrow(placements.CLOSED, N_("abgeschlossen"), frozenset({placements.CLOSED}), _this_year),
)  # fmt: skip

_STATES_OF: Final = {arrow.key: arrow.states for arrow in ARROWS}


def states_of(key: str) -> frozenset[str]:
    """The states that stand in an arrow. ``KeyError`` for an arrow there is not."""
    return _STATES_OF[key]


def arrow_of(states: frozenset[str]) -> str:
    """The key of the arrow that stands for exactly these states; empty where none does."""
    return next((arrow.key for arrow in ARROWS if arrow.states == states), "")


def counts(rows: Sequence[PlacementRow], today: date) -> tuple[PipelineCount, ...]:
    """All arrows with their counts."""
    standing: dict[str, list[PlacementRow]] = {}
    for row in rows:
        standing.setdefault(row.state, []).append(row)
    found = []
    for arrow in ARROWS:
        own = [row for state in sorted(arrow.states) for row in standing.get(state, ())]
        found.append(PipelineCount(arrow, len(own), arrow.note(own, today)))
    return tuple(found)
