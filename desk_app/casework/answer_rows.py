"""What reading a returned list in would do, row by row: what is new, what differs, what is unclear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from desk_app.casework import answer_columns, answer_match, placement_deeds, placements, schools
from desk_app.casework.answer_match import Asked, Foreign, Out, Placed, Problem
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import StepFacts
from desk_app.domain import answers
from desk_app.domain.answers import Answer, Basis, Cells
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.domain.records import RequestEvent
from desk_app.i18n import N_, _
from desk_app.storage.tables import PlacementRequest

TEXTS: Final = {
    "state": answer_columns.STATE,
    "school": answer_columns.SCHOOL,
    "class_name": answer_columns.CLASS_NAME,
    "starts_on": answer_columns.STARTS_ON,
    "support": answer_columns.SUPPORT,
    "reason": answer_columns.REASON,
    "remark": answer_columns.REMARK,
}
"""The column of each field of ``Cells``."""

_KEPT: Final = (
    answer_columns.NUMBER, answer_columns.CODE, answer_columns.REQUEST, answer_columns.SHIPMENT, *answer_match.WHOSE,
    *answer_columns.ANSWERS,
)  # fmt: skip
"""What of a row goes to the review list."""


class Group(StrEnum):
    """What becomes of a row, in the order of the preview."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNCLEAR = "unclear"
    SAME = "same"
    OPEN = "open"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS: Final = {
    Group.NEW: N_("neu"),
    Group.CHANGED: N_("geändert"),
    Group.CONFLICT: N_("bei uns anders"),
    Group.UNCLEAR: N_("unklar"),
    Group.SAME: N_("unverändert"),
    Group.OPEN: N_("noch offen"),
}
WRITABLE: Final = frozenset({Group.NEW, Group.CHANGED, Group.CONFLICT})


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of the list: whose it is, what it answers, what we have, and everything worth a look, in sentences.

    ``newest`` is the step that was the last one when this was looked at; ``cell`` is where the answer stands.
    """

    place: int
    group: Group
    cell: str
    number: str
    name: str
    request: UUID | None = None
    household: UUID | None = None
    shipment: UUID | None = None
    shipment_number: str = ""
    answer: Answer | None = None
    words: str = ""
    ours: str = ""
    problem: Problem | None = None
    looks: tuple[str, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    newest: UUID | None = None
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """What reading a list in would do, row by row. ``before`` is the day on which this very file was read in."""

    rows: tuple[AnswerRow, ...]
    sha256: str
    shipments: tuple[str, ...]
    notes: tuple[str, ...] = ()
    before: str = ""

    def of(self, group: Group) -> tuple[AnswerRow, ...]:
        return tuple(row for row in self.rows if row.group is group)

    @property
    def preset(self) -> frozenset[int]:
        """The places of the rows that are taken over unless somebody decides otherwise."""
        return frozenset(row.place for row in self.rows if row.group in (Group.NEW, Group.CHANGED))


def basis_of(work: Work, *, from_1904: bool = False) -> Basis:
    """What reading answers depends on."""
    return Basis(work.today, answer_columns.STATES, placements.ASSIGNED, schools.names(work), from_1904)


def cells_of(texts: Mapping[str, str]) -> Cells:
    """The cells of an answer that waits on the review list."""
    return Cells(**{field: texts.get(key) or None for field, key in TEXTS.items()})


def row_of(place: int, placed: Placed, basis: Basis) -> AnswerRow:
    """What becomes of a row. An answer is only read where it is known whose it is."""
    sheet_row, asked, out = placed.row, placed.asked, placed.out
    cells = Cells(**{field: sheet_row.cell(key) for field, key in TEXTS.items()})
    texts = {key: text for key in _KEPT if (text := sheet_row.text(key))}
    row = AnswerRow(
        place=place,
        group=Group.OPEN if cells.empty else Group.UNCLEAR,
        cell=sheet_row.address(answer_columns.STATE),
        number=texts.get(answer_columns.NUMBER, ""),
        name=" ".join(filter(None, (texts.get("given_name"), texts.get("family_name")))),
        request=asked.id if asked else None,
        shipment_number=texts.get(answer_columns.SHIPMENT, ""),
        words=as_written(texts),
        problem=placed.problem,
        looks=(placed.problem.words,) if placed.problem else (),
        foreign=placed.foreign,
        texts=texts,
    )
    if placed.problem is not None or asked is None or out is None:
        return row
    row = replace(
        row,
        number=asked.number,
        name=asked.name,
        household=asked.household,
        shipment=out.id,
        shipment_number=out.number,
        ours=ours(asked, basis.schools),
        newest=asked.steps[-1].event.id if asked.steps else None,
    )
    if cells.empty:
        return row
    found = answers.read(cells, basis)
    looks = tuple(f"{each.words} ({sheet_row.address(TEXTS[each.key])})" for each in (*found.doubts, *found.remarks))
    if found.doubts:
        return replace(row, problem=Problem.UNREADABLE, looks=looks)
    group, words = _group(found.answer, asked, out), found.answer.words(basis.schools)
    return replace(row, group=group, answer=found.answer, words=words, looks=looks)


def _group(answer: Answer, asked: Asked, out: Out) -> Group:
    """How an answer to a shipment stands to what is known already."""
    left = [place for place, step in enumerate(asked.steps) if step.shipment == out.id and _is_sent(step.event)]
    later = asked.steps[left[-1] + 1 :] if left else [step for step in asked.steps if step.event.at > out.at]
    decided = [step for step in later if not _is_sent(step.event)]
    told = [step for step in decided if step.event.state in answer_columns.STATES]
    known = (*told[-1:], *asked.steps[-1:])
    if any(_covers(step.event, answer) for step in known):
        return Group.SAME
    if not decided:
        return Group.NEW
    last = decided[-1]
    newer = {each.id for each in asked.out if (each.at, each.number) > (out.at, out.number)}
    if _is_sent(asked.steps[-1].event) and last.from_list:
        return Group.NEW  # the question was answered, and here is what came of it
    return Group.CHANGED if last.from_list and last.shipment not in newer else Group.CONFLICT


def _is_sent(event: RequestEvent) -> bool:
    return event.state == placements.SENT


def _covers(event: RequestEvent, answer: Answer) -> bool:
    """Whether the step says all that the answer says."""
    known = answer_of(event)
    said = ((getattr(answer, key), getattr(known, key)) for key in Answer.__slots__)
    return answer.state == known.state and all(not new or new == old for new, old in said)


def answer_of(event: RequestEvent) -> Answer:
    """A step as the answer it may have come from."""
    return Answer(
        event.state, event.school, event.class_name, event.starts_on, event.support, event.reason_code, event.reason
    )


def ours(asked: Asked, names: Mapping[str, str]) -> str:
    """ "zugewiesen: Musterschule, ab 01.12.2026 (seit 26.11.2026)"."""
    if not asked.steps:
        return ""
    event = asked.steps[-1].event
    day = show_day(event.happened_on or local_day(event.at))
    return _("{state} (seit {day})").format(state=answer_of(event).words(names), day=day)


def as_written(texts: Mapping[str, str]) -> str:
    return ", ".join(texts[key] for key in answer_columns.ANSWERS if key in texts)


def without_twins(rows: Iterable[AnswerRow]) -> tuple[list[AnswerRow], list[str]]:
    """Children that stand there more than once: the same answer counts once, different ones are for a person."""
    kept = list(rows)
    by_request: dict[UUID, list[AnswerRow]] = defaultdict(list)
    for row in kept:
        if row.request is not None and row.problem in (None, Problem.UNREADABLE):
            by_request[row.request].append(row)
    notes = []
    for twins in by_request.values():
        if len(twins) == 1:
            continue
        cells = _(" und ").join(row.cell for row in twins)
        notes.append(_("{number} steht mehrmals in der Liste: {cells}.").format(number=twins[0].number, cells=cells))
        answered = [row for row in twins if row.group is not Group.OPEN] or twins[:1]
        differ = any(row.answer is None or row.answer != answered[0].answer for row in answered)
        if len(answered) > 1 and differ:
            for row in answered:
                said = (Problem.TWICE.words, *row.looks)
                kept[row.place] = replace(row, group=Group.UNCLEAR, problem=Problem.TWICE, answer=None, looks=said)
            answered_places = {row.place for row in answered}
        else:
            answered_places = {answered[0].place}
        dropped = {row.place for row in twins} - answered_places
        kept = [replace(row, place=-1) if row.place in dropped else row for row in kept]
    return [row for row in kept if row.place >= 0], notes


def put(work: Work, request: UUID, answer: Answer, shipment: UUID | None, deed: UUID) -> None:
    """The step that an answer is, within a deed that sets ``has_steps``."""
    row = work.session.get_one(PlacementRequest, request)
    placement_deeds.take(work, [row], answer.state, replace(facts(answer), shipment=shipment, deed=deed))


def facts(answer: Answer) -> StepFacts:
    return StepFacts(
        reason=answer.remark,
        school=answer.school,
        class_name=answer.class_name,
        starts_on=answer.starts_on,
        support=answer.support,
        reason_code=answer.reason_code,
    )
