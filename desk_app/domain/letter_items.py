"""What the letter "Es fehlt noch" asks a family for: the papers and answers their children's requests still lack.

Only what a family can bring or tell is asked for. What the centre works out or decides itself, such as the grade,
never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.code_lists import code_list
from desk_app.domain.completeness import Question
from desk_app.domain.letters import GERMAN, Text, texts
from desk_app.domain.records import RecordKind

CONSENT: Final = "consent"
"""The signature, asked for like a paper."""

OWN_WORK: Final = frozenset(
    {"file_number", "first_contact_on", "reported_by", "appointment_at", "appointment_status", "counsellor",
     "birth_date_source", "german_level_source", "school_stage", "proposed_grade", "compulsory_done",
     "recommended_form", "support_type", "school_medical"}
)  # fmt: skip
"""Questions the centre answers; a letter never asks a family for them."""

_PAPER_OF: Final = {
    "measles_proof": "measles",
    "reports_available": "school_report",
    "allocated": "allocation_notice",
    "allocated_on": "allocation_notice",
}
"""Questions that a paper answers."""

_ASKED_AS: Final = {
    **dict.fromkeys(("family_name", "given_name"), "name"),
    **dict.fromkeys(("street", "house_number", "postal_code", "city", "district"), "address"),
    "registered_since": "arrival_in_city",
    "birth_country": "birth_place",
    "guardian_kind": "guardian",
    "interpreter_kind": "conversation_language",
    "prior_german_school_since": "prior_german_school_name",
}
"""Questions that one line of the letter asks together."""

_UNPROVEN: Final = frozenset({"no", "open"})
_PERSONAL: Final = frozenset({"passport_child", "birth_certificate", "school_report", "measles"})
"""Papers that each child has one of, wherever the file says that they lack."""


class Way(StrEnum):
    """How the family answers."""

    BRING = "bring"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing. ``children`` are those it is about, none where it is about the family.

    ``due_on`` is the day agreed for a paper, where one was. ``label`` is its German name in the program, for what
    the letters have no text for.
    """

    way: Way
    key: str
    label: str
    children: tuple[UUID, ...] = ()
    due_on: date | None = None

    @property
    def name(self) -> Text:
        """What it is called in a letter; the German name alone where nobody has written a text yet."""
        found = texts("papers").get(f"{self.key}.name") if self.way is Way.BRING else texts("answers").get(self.key)
        return found or Text({GERMAN: self.label.replace("{", "{{").replace("}", "}}")}, frozenset())

    @property
    def explained(self) -> Text | None:
        """What to bring exactly."""
        return texts("papers").get(f"{self.key}.bring") if self.way is Way.BRING else None


def lacking(children: Iterable[ChildView]) -> tuple[Lack, ...]:
    """What the requests of these children lack, papers first in the order of their list, what blocks before the rest.

    The same for several children is one line.
    """
    found: dict[tuple[Way, str], Lack] = {}
    for child in children:
        for lack in (*_papers(child), *_answers(child)):
            known = found.get((lack.way, lack.key), lack)
            together = () if not (known.children and lack.children) else (*known.children, *lack.children)
            due = max(filter(None, (known.due_on, lack.due_on)), default=None)
            found[lack.way, lack.key] = Lack(lack.way, lack.key, known.label, tuple(dict.fromkeys(together)), due)
    order = [code.key for code in code_list("document_kinds").entries]
    papers = [lack for lack in found.values() if lack.way is Way.BRING]
    papers.sort(key=lambda lack: order.index(lack.key) if lack.key in order else len(order))
    return (*papers, *(lack for lack in found.values() if lack.way is Way.TELL))


def _papers(child: ChildView) -> Iterator[Lack]:
    kinds = code_list("document_kinds")
    lacks: dict[str, date | None] = {}
    for kind, row in child.documents.items():
        if row.text("state") == "missing":
            lacks[kind] = row.day("due_on")
    if child.measles in _UNPROVEN:
        lacks.setdefault("measles")
    for question in completeness.missing(child):
        if question.kind is RecordKind.CONSENT:
            lacks.setdefault(CONSENT)
        elif question.key in _PAPER_OF:
            lacks.setdefault(_PAPER_OF[question.key])
    for kind, due_on in lacks.items():
        own = kind in _PERSONAL or any(row.person for row in (child.documents.get(kind),) if row)
        label = kinds.label(kind) if kind != CONSENT else ""
        yield Lack(Way.BRING, kind, label, (child.id,) if own else (), due_on)


def _answers(child: ChildView) -> Iterator[Lack]:
    for question in completeness.missing(child):
        if question.kind is RecordKind.CONSENT or question.key in OWN_WORK or question.key in _PAPER_OF:
            continue
        personal = question.person == child.id
        yield Lack(Way.TELL, asked_as(question), question.label, (child.id,) if personal else ())


def asked_as(question: Question) -> str:
    """The key of the line that asks for the answer, in resources/letters/answers.toml."""
    if question.kind is RecordKind.LANGUAGE and question.person is not None:
        return "other_languages"
    if question.key == "family_name" and question.person != question.child:
        return "guardian"
    return _ASKED_AS.get(question.key, question.key)
