"""What is open in the file of a family, most urgent first, and where each thing is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework import placements
from desk_app.domain.child import ChildView
from desk_app.domain.code_lists import code_list
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.presenters.missing import missing_groups
from desk_app.presenters.schooling import call_name, told_apart

_SHOWN_OF_A_GROUP = 3
"""Questions shown for each child; the rest is one line, so that a file just begun stays calm."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open thing. Either ``question`` is answered in the intake, or ``request`` is sent from the list."""

    title: str
    about: str
    due: str = ""
    late: bool = False
    question: Question | None = None
    request: UUID | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.about, self.due) if part)


def open_items(file: FamilyFile, children: Sequence[ChildView]) -> tuple[OpenItem, ...]:
    """Papers that are late, then requests ready to go, then what requests still lack, then papers to come.

    Nothing for a family that moved away: nobody has to do anything for it.
    """
    if file.has_moved_away:
        return ()
    papers = sorted(_papers(file, children), key=lambda pair: pair[0])
    late = [item for _due, item in papers if item.late]
    to_come = [item for _due, item in papers if not item.late]
    return (*late, *_ready(children), *_missing(children), *to_come)


def _ready(children: Sequence[ChildView]) -> Iterator[OpenItem]:
    for place, child in enumerate(children):
        request = child.request
        if request is not None and child.file.state_of(request.id) == placements.COMPLETE:
            name = told_apart(child.file, child.person, call_name(child.person, place))
            yield OpenItem(_("Schulplatzanfrage senden"), name, request=request.id)


def _missing(children: Sequence[ChildView]) -> Iterator[OpenItem]:
    for group in missing_groups([child for child in children if not _sent(child)]):
        for question in group.blocking[:_SHOWN_OF_A_GROUP]:
            yield OpenItem(question.label, _about(group.title, question.reason), question=question)
        rest = group.blocking[_SHOWN_OF_A_GROUP:]
        if rest:
            words = ngettext("{n} weitere Angabe", "{n} weitere Angaben", len(rest)).format(n=len(rest))
            yield OpenItem(words, group.title, question=rest[0])


def _papers(file: FamilyFile, children: Sequence[ChildView]) -> Iterator[tuple[date, OpenItem]]:
    if not children:
        return
    today = children[0].today
    called = {child.id: call_name(child.person, place) for place, child in enumerate(children)}
    names = {child.id: told_apart(file, child.person, called[child.id]) for child in children}
    for row in file.records.get(RecordKind.DOCUMENT, ()):
        if row.text("state") == "missing":
            due = row.day("due_on")
            title = _("{paper} nachreichen").format(paper=code_list("document_kinds").label(row.text("document")))
            late = due is not None and due < today
            about = names.get(row.person, "") if row.person else _("Für alle")
            item = OpenItem(title, about, _due_words(due, today), late, _question(row, children, title))
            yield due or date.max, item


def _question(row: Record, children: Sequence[ChildView], label: str) -> Question:
    child = row.person or children[0].id
    return Question(child, RecordKind.DOCUMENT, "document", label, Section.DOCUMENTS, 2, False, "", row.person)


def _due_words(due: date | None, today: date) -> str:
    """ "bis 30.11.", "bis heute", "seit 2 Tagen"."""
    if due is None:
        return ""
    days = (today - due).days
    if days > 0:
        return ngettext("seit {n} Tag", "seit {n} Tagen", days).format(n=days)
    if days == 0:
        return _("bis heute")
    return _("bis {day}").format(day=f"{due:%d.%m.}" if due.year == today.year else f"{due:%d.%m.}{due.year}")


def _sent(child: ChildView) -> bool:
    return child.request is not None and child.file.state_of(child.request.id) == placements.SENT


def _about(title: str, reason: str) -> str:
    return f"{title} · {reason}" if reason else title
