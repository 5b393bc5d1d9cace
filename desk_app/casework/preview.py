"""A request as it would look on paper, for the preview in the window and for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import exports, families, ledger, request_sheets, request_steps, schools, users
from desk_app.casework.desk import Work
from desk_app.casework.ledger import Receipt
from desk_app.casework.request_steps import PaperLine, StepLine
from desk_app.casework.told import WITH_AN_OFFICE, Difference
from desk_app.documents.preview import PagePicture, page_count, render_page
from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.completeness import Question
from desk_app.domain.errors import NothingToSend, RecordGone
from desk_app.domain.records import RecordKind
from desk_app.domain.schooling import Office
from desk_app.domain.special_cases import SpecialCase, special_cases
from desk_app.storage.tables import PlacementRequest

__all__ = ["PagePicture", "RequestPreview", "page", "pages_to_print"]

_PRINT_WIDTH = 2480
"""Pixels across a sheet of A4 at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class RequestPreview:
    """One page of a request as pixels, whose it is, and what still keeps it from being sent.

    ``number`` counts pages from 0; ``steps`` are how it came to its state, ``papers`` what else left about
    it, the newest first. ``changes`` is what the office it lies with was told otherwise.
    """

    request: UUID
    household: UUID
    child: UUID
    name: str
    request_number: str
    number: int
    pages: int
    picture: PagePicture
    open_questions: tuple[Question, ...]
    steps: tuple[StepLine, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    special: tuple[SpecialCase, ...] = ()
    changes: tuple[Difference, ...] = ()
    to_tell: tuple[Receipt, ...] = ()
    """Offices and schools that hold something else than what is right now."""


def page(work: Work, request: UUID, number: int, width: int) -> RequestPreview:
    """Page ``number`` of a request, complete or not, ``width`` pixels wide; the last page where it has fewer.

    A protected address is not in it, since the same paper would be sent. Raises ``RecordGone`` when the request or
    its family was taken out meanwhile.
    """
    child = _child(work, request)
    pdf = exports.preview(work, request)
    pages = page_count(pdf)
    number = min(number, pages - 1)
    people, school_names = {str(key): name for key, name in users.names(work).items()}, schools.names(work)
    return RequestPreview(
        request=request,
        household=child.file.household.id,
        child=child.id,
        name=child.name,
        request_number=child.request.text("number") if child.request else "",
        number=number,
        pages=pages,
        picture=render_page(pdf, number, width),
        open_questions=completeness.blocking(child),
        steps=request_steps.steps(child, people, school_names),
        papers=request_steps.papers(work, request, people, school_names),
        special=special_cases(child, work.today),
        changes=_changes(work, child, request),
        to_tell=_to_tell(work, child, request),
    )


def _changes(work: Work, child: ChildView, request: UUID) -> tuple[Difference, ...]:
    """In what the office has to be told anew; one that has nothing to do with the request any more needs nothing."""
    held = child.file.state_of(request) in WITH_AN_OFFICE
    return ledger.changed_since_sent(work, request) if held else ()


def _to_tell(work: Work, child: ChildView, request: UUID) -> tuple[Receipt, ...]:
    """Who holds something else than what is right; an office only as long as the request lies with one."""
    held = child.file.state_of(request) in WITH_AN_OFFICE
    receipts = [each for each in ledger.recipients_to_tell(work, request) if each.must_be_told]
    return tuple(each for each in receipts if held or each.recipient not in set(Office))


def pages_to_print(work: Work, request: UUID) -> tuple[PagePicture, ...]:
    """All pages at 300 dots per inch, with an audit entry, because paper leaves the program like a file.

    Raises ``NothingToSend`` with the reason when the request could not be sent either, and ``RecordGone``.
    """
    child = _child(work, request)
    for refused in exports.refusals(work, [request]):
        raise NothingToSend(refused.reason)
    pdf = exports.preview(work, request)
    told = request_sheets.field_keys(child)
    work.note("request.printed", RecordKind.REQUEST, request, told, touched="placements")
    return tuple(render_page(pdf, number, _PRINT_WIDTH) for number in range(page_count(pdf)))


def _child(work: Work, request: UUID) -> ChildView:
    row = work.session.get(PlacementRequest, request)
    if row is None or row.removed_at is not None or row.person_id is None:
        raise RecordGone
    file = families.load(work, row.household_id)
    if all(person.id != row.person_id for person in file.children):
        raise RecordGone
    return ChildView(file, row.person_id, work.today)
