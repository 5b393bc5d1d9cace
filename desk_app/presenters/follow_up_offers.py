"""What a follow-up that a rule made offers to do at once: say how it went, or go where it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from desk_app.casework import placements, referral_asks
from desk_app.casework.follow_ups import FollowUpLine
from desk_app.domain.completeness import Question
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _


class Act(StrEnum):
    """What is done when an offer is taken."""

    BEGUN = "begun"
    NOT_BEGUN = "not_begun"
    ANSWER = "answer"
    REQUEST = "request"
    OUTCOME = "outcome"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Offer:
    """One button. ``refusal`` is why the one at the desk may not; ``question`` where ``Act.ANSWER`` leads."""

    act: Act
    words: str
    refusal: str = ""
    question: Question | None = None


_ANSWERED_AT: Final[Mapping[str, tuple[RecordKind, str]]] = {
    "measles": (RecordKind.PERSON, "measles_proof"),
    "school_medical": (RecordKind.PERSON, "school_medical"),
    "support_end": (RecordKind.PERSON, "follow_up_end"),
    "term_start": (RecordKind.PERSON, "support_type"),
    "planned_move": (RecordKind.HOUSEHOLD, "planned_move_on"),
}
_WITH_THE_OFFICE: Final = frozenset({"sent_unanswered", "query_unanswered"})
_FEEDBACK: Final = frozenset({"feedback", "feedback_later"})


def offers(line: FollowUpLine, file: FamilyFile, refusal: str) -> tuple[Offer, ...]:
    """The buttons of one follow-up. ``refusal`` is why the one at the desk may not decide about requests."""
    if line.rule in _ANSWERED_AT:
        return (Offer(Act.ANSWER, _("Zur Angabe"), question=_question(line)),)
    if line.rule in _WITH_THE_OFFICE:
        return (Offer(Act.REQUEST, _("Zur Anfrage")),)
    if line.rule in _FEEDBACK and line.request and file.state_of(line.request) == placements.ASSIGNED:
        begun = Offer(Act.BEGUN, _("hat angefangen"), refusal)
        return begun, Offer(Act.NOT_BEGUN, _("nicht angefangen"))
    if line.rule == referral_asks.RULE:
        return (Offer(Act.OUTCOME, _("Ergebnis")),)
    return (Offer(Act.NOTE, _("Notiz")),) if line.rule else ()


def _question(line: FollowUpLine) -> Question:
    kind, key = _ANSWERED_AT[line.rule]
    field = field_of(kind, key)
    return Question(
        line.person or UUID(int=0), kind, key, _(field.label), field.section, field.level, False, line.why, line.person
    )
