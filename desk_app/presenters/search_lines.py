"""How what the search box found reads, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from desk_app.casework import placements
from desk_app.casework.families import FamilyRow
from desk_app.casework.search import Found, Hit, Marks
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.code_lists import code_list
from desk_app.domain.intake_line import IntakeLine
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.when import weekday


class What(StrEnum):
    """What choosing a line does."""

    FAMILY = "family"
    PERSON = "person"
    EDIT = "edit"
    """Goes on with the answers of a family."""
    BEGIN = "begin"
    """Begins an intake with what was typed."""
    COMMAND = "command"
    BOOK = "book"
    """Makes an appointment, for a family or for a name that was typed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command of the window that the box offers: ``id`` and key are those of the window's table."""

    id: str
    title: str
    keys: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the box. Marks are places in ``title`` and ``found``, see ``casework.search``."""

    what: What
    title: str
    marks: Marks = ()
    detail: str = ""
    found: str = ""
    """What was found beside the title; stands between title and detail."""
    found_marks: Marks = ()
    end: str = ""
    """Quiet words at the right."""
    keys: str = ""
    household: UUID | None = None
    person: UUID | None = None
    request: str = ""
    """State of the child's request, for the sign before the line."""
    command: str = ""
    entry: IntakeLine | None = None
    """What a new file would begin with."""
    typed: str = ""
    """The name an appointment without a file is for."""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.found, self.detail, self.end) if part)

    def same_as(self, other: Line) -> bool:
        """Whether choosing either does the same."""
        return (self.what, self.household, self.person, self.command) == (
            other.what, other.household, other.person, other.command
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def booking_lines(groups: tuple[Group, ...], typed: str) -> tuple[Line, ...]:
    """The lines that make an appointment: one for each family found, and one for the name as it is typed."""
    families = {line.household: line for group in reversed(groups) for line in reversed(group.lines) if line.household}
    found = [
        Line(What.BOOK, _("Termin: {name}").format(name=line.title), detail=line.detail, household=line.household)
        for line in reversed(families.values())
    ]
    return (*found, Line(What.BOOK, _("Termin ohne Akte: „{name}“").format(name=typed), typed=typed))


def beginning_line(entry: IntakeLine, typed: str, keys: str = "") -> Line:
    """The line that begins an intake, with what would be taken over."""
    title = _("Neue Aufnahme „{typed}“").format(typed=typed if len(typed) <= 30 else f"{typed[:29]}…")
    return Line(What.BEGIN, title, detail=entry.show(), keys=keys or _("Strg+N"), entry=entry)


def hit_groups(found: Found) -> tuple[Group, ...]:
    """The groups that have anything in them."""
    groups = (
        (N_("Familien"), found.families),
        (N_("Kinder"), found.children),
        (N_("Klingt ähnlich"), found.sounds_alike),
    )
    return tuple(Group(_(title), tuple(_hit_line(hit) for hit in hits)) for title, hits in groups if hits)


def _hit_line(hit: Hit) -> Line:
    return _family_line(hit) if hit.person is None else _person_line(hit)


def _family_line(hit: Hit) -> Line:
    title, marks = family_words(hit.title, hit.marks)
    return Line(
        What.FAMILY, title, marks, _family_detail(hit.persons, hit.district, hit.file_number),
        hit.found, hit.found_marks, end=" · ".join(filter(None, (_open_points(hit), _coming(hit)))),
        household=hit.household,
    )  # fmt: skip


def _person_line(hit: Hit) -> Line:
    title = hit.title or _("noch ohne Namen")
    # the mark keeps the comma behind a name that is written from the right
    age = f"\u200e, {hit.age.show()}" if hit.age is not None else ""
    grade = _("Klasse {grade}").format(grade=int(hit.grade)) if hit.grade.isdecimal() else ""
    born = _("geb. {date}").format(date=hit.birth) if hit.birth and hit.found != hit.birth else ""
    detail = " · ".join(part for part in (grade, born) if part)
    state = code_list("request_states").label(hit.request) if hit.request != placements.WITHDRAWN else ""
    end = _open_points(hit) or state
    return Line(
        What.PERSON, title + age, hit.marks, detail, hit.found, hit.found_marks, end=end,
        household=hit.household, person=hit.person, request=hit.request,
    )  # fmt: skip


def _open_points(hit: Hit) -> str:
    points = hit.open_points or 0
    return ngettext("{n} offener Punkt", "{n} offene Punkte", points).format(n=points) if points else ""


def _coming(hit: Hit) -> str:
    """ "Termin Fr, 27.11., 9:00"."""
    if hit.appointment is None:
        return ""
    day = local_day(hit.appointment)
    return _("Termin {when}").format(when=f"{weekday(day)}, {day:%d.%m.}, {show_time(hit.appointment)}")


def recent_line(row: FamilyRow) -> Line:
    """A family that was worked on lately."""
    title, _marks = family_words(row.name, ())
    return Line(
        What.FAMILY, title, detail=_family_detail(row.adults + row.children, "", row.file_number), household=row.id
    )


def family_words(name: str, marks: Marks) -> tuple[str, Marks]:
    """ "Familie Haddad", with the marks of the bare name moved along."""
    if not name:
        return _("noch ohne Namen"), ()
    title = _("Familie {name}").format(name=name)
    start = title.index(name)
    return title, tuple((first + start, last + start) for first, last in marks)


def _family_detail(persons: int, district: str, file_number: str) -> str:
    people = ngettext("{n} Person", "{n} Personen", persons).format(n=persons) if persons else ""
    file = _("Akte {number}").format(number=file_number) if file_number else ""
    return " · ".join(part for part in (people, code_list("districts").label(district), file) if part)
