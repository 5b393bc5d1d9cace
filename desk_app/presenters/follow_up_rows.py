"""How something to look at again reads: what, whom it is about, and how long it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.follow_ups import FollowUpLine
from desk_app.domain.dates import show_day
from desk_app.i18n import _, ngettext
from desk_app.presenters.follow_up_offers import Offer
from desk_app.presenters.when import weekday

_NEAR = 7
_SOON = 14
"""Days before its day from which one that a rule made stands among the first."""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One line. ``late`` paints the days red; ``later`` ones that a rule made can wait below what is open now."""

    line: FollowUpLine
    title: str
    about: str
    due: str
    late: bool
    why: str = ""
    """ "von Trittstein: übermittelt am 12.11.2026, noch keine Antwort"; empty for what somebody wrote down."""
    offers: tuple[Offer, ...] = ()
    later: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.about, self.due, self.why) if part)


def follow_up_row(
    line: FollowUpLine, names: Mapping[UUID, str], today: date, offered: tuple[Offer, ...] = ()
) -> FollowUpRow:
    """The line as the file of the family shows it."""
    whom = names.get(line.person, "") if line.person else ""
    for_whom = _("für {name}").format(name=line.assignee) if line.assignee else ""
    about = " · ".join(part for part in (whom, line.why, for_whom) if part)
    later = bool(line.rule) and ((line.remind_on or line.due_on) - today).days > _SOON
    title, due = line.words.splitlines()[0], due_words(line.due_on, today)
    return FollowUpRow(line, title, about, due, line.due_on < today, why_words(line), offered, later)


def why_words(line: FollowUpLine) -> str:
    """Who made it and what it follows from; empty for what somebody wrote down."""
    if not line.rule:
        return ""
    return _("von Trittstein: {why}").format(why=line.why) if line.why else _("von Trittstein")


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
