"""The states of a placement request as the page shows them: word, next step, look of the wait.

What comes next is said for every state in a few words; where somebody has to act now, the line stands out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from desk_app.casework import placements
from desk_app.casework.placement_list import WAITING, PlacementRow
from desk_app.domain.centre import Centre
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.when import weekday

Urgency = Literal["", "amber", "red", "over"]
"""How a wait looks: still short, needs somebody, too long, or over because the child has a place."""

ASK_AGAIN: Final = 14
"""Days without an answer after which to ask; a rule of this program."""
_FAR: Final = 180
"""Days from which a day needs its year to be understood."""


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Days of waiting from which a child's line turns amber and red."""

    amber: int = 28
    red: int = 42

    @classmethod
    def of(cls, centre: Centre) -> WaitLimits:
        return cls(centre.amber_after, centre.red_after)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next for one request; ``urgent`` when it is this desk's turn."""

    words: str
    urgent: bool = False


def _draft(row: PlacementRow, today: date) -> NextStep:
    if not row.blocking:
        return NextStep(_("bereit zum Senden"))
    return NextStep(ngettext("{n} Angabe fehlt", "{n} Angaben fehlen", row.blocking).format(n=row.blocking))


def _sent(row: PlacementRow, today: date) -> NextStep:
    if row.changed:
        return NextStep(_("Änderung melden"), urgent=True)
    days = (today - row.state_since).days
    if days >= ASK_AGAIN:
        return NextStep(_("nachfragen, seit {n} Tagen").format(n=days), urgent=True)
    if days < 1:
        return NextStep(_("heute übermittelt"))
    return NextStep(_("gestern übermittelt") if days == 1 else _("seit {n} Tagen übermittelt").format(n=days))


def _query(row: PlacementRow, today: date) -> NextStep:
    return NextStep(reason_words(row.reason_code, row.reason) or _("Rückfrage klären"), urgent=True)


def _waiting_list(row: PlacementRow, today: date) -> NextStep:
    if row.changed:
        return NextStep(_("Änderung melden"), urgent=True)
    days = max((today - row.state_since).days, 0)
    if not days:
        return NextStep(_("Warteliste seit heute"))
    return NextStep(ngettext("Warteliste seit {n} Tag", "Warteliste seit {n} Tagen", days).format(n=days))


def _assigned(row: PlacementRow, today: date) -> NextStep:
    if row.starts_on is None:
        return NextStep(_("Aufnahmetermin offen"))
    if row.starts_on < today:
        return NextStep(_("hat das Kind angefangen?"), urgent=True)
    if row.starts_on == today:
        return NextStep(_("Aufnahme heute"))
    return NextStep(_("Aufnahme {day}").format(day=near_day(row.starts_on, today)))


def _admitted(row: PlacementRow, today: date) -> NextStep:
    begun = row.starts_on or row.state_since
    if begun > today:
        return NextStep(_("in der Schule ab {day}").format(day=_plain_day(begun, today)))
    return NextStep(_("in der Schule seit {day}").format(day=_plain_day(begun, today)))


def _declined(row: PlacementRow, today: date) -> NextStep:
    reason = reason_words(row.reason_code, row.reason)
    return NextStep(_("neu beraten: {reason}").format(reason=reason) if reason else _("neu beraten"), urgent=True)


def _resting(row: PlacementRow, today: date) -> NextStep:
    return NextStep(reason_words(row.reason_code, row.reason))


@dataclass(frozen=True)
class PlacementState:
    """One state; ``next_step`` says for one row what comes next on the day given."""

    key: str
    word: str
    next_step: Callable[[PlacementRow, date], NextStep]

    @property
    def waiting(self) -> bool:
        """Whether the child has no place yet."""
        return self.key in WAITING


STATES: Final = (
    PlacementState(placements.DRAFT, N_("Entwurf"), _draft),
    PlacementState(placements.COMPLETE, N_("vollständig"), lambda row, today: NextStep(_("bereit zum Senden"))),
    PlacementState(placements.SENT, N_("übermittelt"), _sent),
    PlacementState(placements.QUERY, N_("Rückfrage"), _query),
    PlacementState(placements.WAITING_LIST, N_("Warteliste"), _waiting_list),
    PlacementState(placements.ASSIGNED, N_("zugewiesen"), _assigned),
    PlacementState(placements.ADMITTED, N_("aufgenommen"), _admitted),
    PlacementState(placements.DECLINED, N_("abgelehnt"), _declined),
    PlacementState(placements.WITHDRAWN, N_("zurückgezogen"), _resting),
    PlacementState(placements.MOVED_AWAY, N_("verzogen"), _resting),
    PlacementState(placements.CLOSED, N_("abgeschlossen"), _resting),
)

_BY_KEY = {state.key: state for state in STATES}
_ORDER = {state.key: place for place, state in enumerate(STATES)}


def state_of(row: PlacementRow) -> PlacementState:
    """The state of a row. A state that is none is our bug: ``KeyError``."""
    return _BY_KEY[row.state]


def state_word(key: str) -> str:
    """The word for a state by its key. ``KeyError`` as above."""
    return _(_BY_KEY[key].word)


def order_of(row: PlacementRow) -> int:
    """The place of the row's state in the course of a request, from 0."""
    return _ORDER[row.state]


def urgency(row: PlacementRow, limits: WaitLimits) -> Urgency:
    """How the row's wait looks."""
    if row.state not in WAITING:
        return "over"
    if row.waiting_days >= limits.red:
        return "red"
    return "amber" if row.waiting_days >= limits.amber else ""


def reason_words(code: str, words: str) -> str:
    """A reason as it was given: the words, else the entry of the list of reasons."""
    return words or (code_list("return_reasons").label(code) if code else "")


def near_day(day: date, today: date) -> str:
    """ "Mo, 23.11."; far away "23.11.2027"."""
    return show_day(day) if abs((day - today).days) > _FAR else f"{weekday(day)}, {day:%d.%m.}"


def _plain_day(day: date, today: date) -> str:
    return show_day(day) if abs((day - today).days) > _FAR else f"{day:%d.%m.}"


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
