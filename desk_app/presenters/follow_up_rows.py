"""How something to look at again reads: what, whom it is about, and how long it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.follow_ups import FollowUpLine
from desk_app.domain.dates import show_day
from desk_app.i18n import _, ngettext
from desk_app.presenters.when import weekday

_NEAR = 7


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One line. ``late`` paints the days red."""

    line: FollowUpLine
    title: str
    about: str
    due: str
    late: bool

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.about, self.due) if part)


def follow_up_row(line: FollowUpLine, names: Mapping[UUID, str], today: date) -> FollowUpRow:
    """The line as the file of the family shows it."""
    whom = names.get(line.person, "") if line.person else ""
    for_whom = _("für {name}").format(name=line.assignee) if line.assignee else ""
    about = " · ".join(part for part in (whom, for_whom) if part)
    return FollowUpRow(line, line.words.splitlines()[0], about, due_words(line.due_on, today), line.due_on < today)


def due_words(due: date, today: date) -> str:
    """ "seit 2 Tagen", "heute", "morgen", "Do, 3.12.", "14.01.2027"."""
    days = (due - today).days
    if days < 0:
        return ngettext("seit {n} Tag", "seit {n} Tagen", -days).format(n=-days)
    if days < 2:
        return _("morgen") if days else _("heute")
    if due.year != today.year and days > _NEAR:
        return show_day(due)
    return f"{weekday(due)}, {due.day}.{due.month}."
