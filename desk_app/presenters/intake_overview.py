"""How far an intake is: what the section index, the rail and the title say about a family file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_app.casework.wording import family_title
from desk_app.domain import completeness
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile
from desk_app.i18n import _


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
    """How far the intake is on ``today``."""
    asked = completeness.of_intake(file, today)
    counts = {section: _count(asked, section) for section in Section}
    counts[Section.NOTE] = Progress(*(1, 1) if file.household.text("internal_note") else (0, 0))
    done = sum(item.answered for item in asked)
    blocking = tuple(item for item in asked if item.blocking) if file.children else ()
    number = file.household.text("file_number")
    return Overview(family_title(file), number, Progress(done, len(asked)), counts, blocking)


def question_words(file: FamilyFile, question: Question) -> str:
    """ "Lina: Masernschutz fehlt"; without a name for what is asked about the whole family."""
    named = next((row for row in file.persons if row.id == question.person), None)
    name = named.text("given_name") or named.text("family_name") if named is not None else ""
    words = _("{question} fehlt").format(question=question.label)
    return f"{name}: {words}" if name else words


def _count(asked: tuple[Question, ...], section: Section) -> Progress:
    answers = [item.answered for item in asked if item.section is section]
    return Progress(sum(answers), len(answers))
