"""How far an intake is: what the section index, the rail and the title say about a family file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` answers that the requests need."""

    done: int
    total: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.done >= self.total

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Overview:
    """The intake at one glance. ``missing`` holds what blocks sending, in the order of the page."""

    title: str
    file_number: str
    progress: Progress
    sections: Mapping[Section, Progress]
    missing: tuple[Question, ...]


def overview(file: FamilyFile, today: date) -> Overview:
    """Counts each question about the family once; while no child is entered, those that any child would raise.

    Children for whom no place is looked for raise none, unless nobody else is there.
    """
    children = [ChildView(file, child.id, today) for child in file.children]
    looking = [child for child in children if child.wants_place or not child.stages]
    asked = completeness.of_family(looking or children)
    if not children:
        imagined = _with_a_child(file)
        asked = completeness.questions(ChildView(imagined, _NOBODY, today))
    counts = {section: _count(asked, section) for section in Section}
    counts[Section.NOTE] = Progress(*(1, 1) if file.household.text("internal_note") else (0, 0))
    done = sum(item.answered for item in asked)
    blocking = tuple(item for item in asked if item.blocking) if file.children else ()
    return Overview(title_of(file), file.household.text("file_number"), Progress(done, len(asked)), counts, blocking)


def progress_of_child(file: FamilyFile, child: UUID, section: Section, today: date) -> Progress:
    """How far one section is for one child."""
    return _count(completeness.questions(ChildView(file, child, today)), section)


def question_words(file: FamilyFile, question: Question) -> str:
    """ "Lina: Masernschutz fehlt"; without a name for what is asked about the whole family."""
    named = next((row for row in file.persons if row.id == question.person), None)
    name = named.text("given_name") or named.text("family_name") if named is not None else ""
    words = _("{question} fehlt").format(question=question.label)
    return f"{name}: {words}" if name else words


def title_of(file: FamilyFile) -> str:
    """ "Familie Haddad", after the first person where the family has no name yet, else "Neue Aufnahme"."""
    named = (file.household.text("family_name"), *(row.text("family_name") for row in (*file.adults, *file.children)))
    name = next((name for name in named if name), "")
    return _("Familie {name}").format(name=name) if name else _("Neue Aufnahme")


def _count(asked: tuple[Question, ...], section: Section) -> Progress:
    answers = [item.answered for item in asked if item.section is section]
    return Progress(sum(answers), len(answers))


def _with_a_child(file: FamilyFile) -> FamilyFile:
    """The file as if a child were entered about whom nothing is known yet."""
    at = file.household.created_at
    return file.with_record(Record(RecordKind.PERSON, _NOBODY, file.household.id, None, {"role": "child"}, at, at))
