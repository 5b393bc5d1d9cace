"""The question that settles most offers, as the page asks it, and the answers given so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from desk_app.domain.code_lists import code_list
from desk_app.domain.completeness import Question as IntakeQuestion
from desk_app.domain.eligibility import NextQuestion
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.offer_questions import QUESTIONS, Question, Spoken
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _, ngettext

Answer = bool | str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question worth asking.

    ``choices`` are answers with their words; without any the intake keeps the answer, at ``place``.
    """

    key: str
    lead: str
    text: str
    choices: tuple[tuple[Answer, str], ...] = ()
    place: IntakeQuestion | None = None

    @property
    def spoken(self) -> str:
        return f"{self.lead} {self.text}"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of this talk: it is kept nowhere."""

    key: str
    words: str


def ask(questions: Sequence[NextQuestion], file: FamilyFile | None, skipped: Collection[str] = ()) -> Asked | None:
    """The first of the questions worth asking that nobody skipped; ``None`` where no answer would help."""
    for found in questions:
        if found.key in skipped:
            continue
        question = QUESTIONS[found.key]
        place = place_of(question, found.key, file)
        choices = _choices(question) if place is None and question.in_talk else ()
        if choices or place is not None:
            return Asked(found.key, _lead(found.settles, found.touches), _(question.text), choices, place)
    return None


def answered(spoken: Spoken) -> tuple[Answered, ...]:
    """What was said in this talk, in the order of the questions."""
    found = []
    for key in (key for key in QUESTIONS if key in spoken.answered):
        answer = spoken.answer(key)
        question = QUESTIONS[key]
        words = code_list(question.codes).label(str(answer)) if question.codes else _("ja") if answer else _("nein")
        found.append(Answered(key, f"{_(question.text)} {words}"))
    return tuple(found)


def place_of(question: Question, key: str, file: FamilyFile | None) -> IntakeQuestion | None:
    """Where the intake keeps the answer; ``None`` where it keeps none."""
    if question.kept is None or file is None:
        return None
    kind, name = question.kept
    known = field_of(kind, name)
    person = _person(key, file) if kind is RecordKind.PERSON else None
    return IntakeQuestion(
        person or UUID(int=0), kind, name, _(known.label), known.section, known.level, answered=False, person=person
    )


def _person(key: str, file: FamilyFile) -> UUID | None:
    """Somebody about whom it can be answered."""
    grown_up = key.startswith("adult") or key in ("has_adults", "nationality")
    people = [*file.living_adults, *file.children] if grown_up else [*file.children, *file.living_adults]
    return people[0].id if people else None


def _choices(question: Question) -> tuple[tuple[Answer, str], ...]:
    if not question.codes:
        return (True, _("ja")), (False, _("nein"))
    return tuple((code.key, code.label) for code in code_list(question.codes).entries)


def _lead(settles: int, touches: int) -> str:
    if settles:
        words = ngettext("Eine Antwort klärt {n} Angebot:", "Eine Antwort klärt {n} Angebote:", settles)
        return words.format(n=settles)
    return ngettext("Hilft bei {n} Angebot weiter:", "Hilft bei {n} Angeboten weiter:", touches).format(n=touches)
