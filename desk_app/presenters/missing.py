"""What the requests of a family still lack, grouped the way the assistance panel shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.completeness import Question
from desk_app.i18n import _, ngettext
from desk_app.presenters.schooling import call_name, told_apart


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """The open questions about one child, or about the whole family. What blocks sending comes first."""

    title: str
    blocking: tuple[Question, ...]
    useful: tuple[Question, ...]

    @property
    def count(self) -> int:
        return len(self.blocking) + len(self.useful)


def missing_groups(children: Iterable[ChildView]) -> tuple[MissingGroup, ...]:
    """One group for the family, asked once for all children, then one for each child that still lacks something."""
    looking = completeness.looking(children)
    open_ones = [item for item in completeness.of_family(looking) if not item.answered]
    own = {child.id for child in looking}
    groups = [_group(_("Für alle"), [item for item in open_ones if item.person not in own])]
    for place, person in enumerate(looking[0].file.children if looking else ()):
        if person.id in own:
            title = told_apart(looking[0].file, person, call_name(person, place))
            groups.append(_group(title, [item for item in open_ones if item.person == person.id]))
    return tuple(group for group in groups if group.count)


def all_there(children: Iterable[ChildView]) -> str:
    """What is said once nothing is missing any more, of one request or of several."""
    count = len(completeness.looking(children))
    words = ngettext("Alles da – Anfrage ist vollständig", "Alles da – alle {n} Anfragen sind vollständig", count)
    return words.format(n=count)


def announcement(groups: Iterable[MissingGroup], children: Iterable[ChildView]) -> str:
    """What is said aloud when the list changed."""
    count = sum(group.count for group in groups)
    if not count:
        return all_there(children)
    return ngettext("{n} Angabe fehlt noch", "{n} Angaben fehlen noch", count).format(n=count)


def _group(title: str, items: list[Question]) -> MissingGroup:
    blocking = tuple(item for item in items if item.blocking)
    return MissingGroup(title, blocking, tuple(item for item in items if not item.blocking))
