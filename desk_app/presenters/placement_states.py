"""The states of a placement request as the page shows them: word, note in the pipeline, next step, look of the wait.

What a later step of the work adds to the states is one more line in `PIPELINE`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk_app.casework import placements
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.centre import Centre
from desk_app.domain.dates import show_day
from desk_app.i18n import N_, _, ngettext

Urgency = Literal["", "amber", "red", "over"]
"""How a wait looks: still short, needs somebody, too long, or over because the child is at school."""


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Days of waiting from which a child's line turns amber and red."""

    amber: int = 28
    red: int = 42

    @classmethod
    def of(cls, centre: Centre) -> WaitLimits:
        return cls(centre.amber_after, centre.red_after)


@dataclass(frozen=True)
class PipelineState:
    """One state of the pipeline. ``note`` says something about all its rows, ``next_step`` about one."""

    key: str
    word: str
    note: Callable[[Sequence[PlacementRow], date], str]
    next_step: Callable[[PlacementRow, date], str]
    waiting: bool = True


def _missing_words(row: PlacementRow, today: date) -> str:
    return ngettext("{n} Angabe fehlt", "{n} Angaben fehlen", row.blocking).format(n=row.blocking)


def _sent_words(row: PlacementRow, today: date) -> str:
    days = (today - row.state_since).days
    if days < 1:
        return _("heute übermittelt")
    return _("gestern übermittelt") if days == 1 else _("seit {n} Tagen übermittelt").format(n=days)


def _mean_days(rows: Sequence[PlacementRow], today: date) -> str:
    if not rows:
        return ""
    days = round(sum((today - row.state_since).days for row in rows) / len(rows))
    return ngettext("im Mittel {n} Tag", "im Mittel {n} Tage", days).format(n=days)


def _to_admit(rows: Sequence[PlacementRow], today: date) -> str:
    open_ones = sum(row.starts_on is None for row in rows)
    return ngettext("Termin offen: {n}", "Termin offen: {n}", open_ones).format(n=open_ones) if open_ones else ""


def _assigned_words(row: PlacementRow, today: date) -> str:
    return _("Aufnahme {day}").format(day=show_day(row.starts_on)) if row.starts_on else _("Aufnahmetermin offen")


def _this_month(rows: Sequence[PlacementRow], today: date) -> str:
    count = sum((row.state_since.year, row.state_since.month) == (today.year, today.month) for row in rows)
    return ngettext("{n} diesen Monat", "{n} diesen Monat", count).format(n=count)


def _admitted_words(row: PlacementRow, today: date) -> str:
    return _("in der Schule seit {day}").format(day=show_day(row.starts_on or row.state_since))


PIPELINE = (
    PipelineState(placements.DRAFT, N_("Entwurf"), lambda rows, today: _("fehlt noch etwas"), _missing_words),
    PipelineState(
        placements.COMPLETE,
        N_("vollständig"),
        lambda rows, today: _("bereit"),
        lambda row, today: _("bereit zum Senden"),
    ),
    PipelineState(placements.SENT, N_("übermittelt"), _mean_days, _sent_words),
    PipelineState(
        placements.QUERY,
        N_("Rückfrage"),
        lambda rows, today: _("antworten"),
        lambda row, today: row.reason or _("Rückfrage klären"),
    ),
    PipelineState(placements.WAITING_LIST, N_("Warteliste"), _mean_days, lambda row, today: _("auf der Warteliste")),
    PipelineState(placements.ASSIGNED, N_("zugewiesen"), _to_admit, _assigned_words, waiting=False),
    PipelineState(placements.ADMITTED, N_("aufgenommen"), _this_month, _admitted_words, waiting=False),
    PipelineState(placements.DECLINED, N_("abgelehnt"), _mean_days, lambda row, today: _("neu beraten")),
    PipelineState(
        placements.CLOSED,
        N_("abgeschlossen"),
        lambda rows, today: _("dieses Jahr"),
        lambda row, today: "",
        waiting=False,
    ),
)

_BY_KEY = {state.key: state for state in PIPELINE}
_ORDER = {state.key: place for place, state in enumerate(PIPELINE)}


def state_of(row: PlacementRow) -> PipelineState:
    """The state of a row. A state the pipeline does not know is our bug: ``KeyError``."""
    return _BY_KEY[row.state]


def order_of(row: PlacementRow) -> int:
    """The place of the row's state in the pipeline, from 0."""
    return _ORDER[row.state]


def urgency(row: PlacementRow, limits: WaitLimits) -> Urgency:
    """How the row's wait looks."""
    if not state_of(row).waiting:
        return "over"
    if row.waiting_days >= limits.red:
        return "red"
    return "amber" if row.waiting_days >= limits.amber else ""


def days_words(row: PlacementRow) -> str:
    """ "57 Tage"."""
    return ngettext("{n} Tag", "{n} Tage", row.waiting_days).format(n=row.waiting_days)


def answers_words(row: PlacementRow) -> str:
    """ "28 von 36", or that nothing is missing."""
    if row.answered >= row.asked:
        return _("vollständig")
    return _("{done} von {total}").format(done=row.answered, total=row.asked)


def name_words(row: PlacementRow) -> str:
    """The child's name, the one in its own script, or words for a child nobody has named yet."""
    return row.name or row.native_name or _("noch ohne Namen")


def row_words(row: PlacementRow, selected: bool) -> str:
    """The whole line as assistive technology reads it: "Karim Haddad, 13, Klasse 8, vollständig, 57 Tage"."""
    grade = _("Klasse {grade}").format(grade=row.grade) if row.grade else ""
    chosen = _("ausgewählt") if selected else ""
    words = (name_words(row), row.age, grade, _(state_of(row).word), days_words(row), chosen)
    return ", ".join(word for word in words if word)
