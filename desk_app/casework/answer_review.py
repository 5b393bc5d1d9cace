"""Answers that nobody but a person can place: the rows that wait, and what somebody decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import answer_columns, answer_match, answer_rows, deeds
from desk_app.casework.answer_match import SETTLED, Problem
from desk_app.casework.answer_rows import AnswerRow, basis_of, cells_of
from desk_app.casework.desk import Work
from desk_app.domain import answers
from desk_app.domain.answers import Answer, AnswerRead
from desk_app.domain.errors import RecordGone
from desk_app.i18n import _
from desk_app.storage.tables import AnswerReview, Deed

_DEED: Final = "deed"
"""Which deed put a row here: when that is taken back, the row is gone with it."""
_DONE: Final = "settled_by"
"""Which deed settled it: when that is taken back, the row waits again."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits. ``request`` is the one it seems to be about, ``read`` what could be read of its answer."""

    id: UUID
    at: datetime
    problem: Problem
    number: str
    name: str
    born: str
    cell: str
    shipment: str
    words: str
    read: AnswerRead
    request: UUID | None
    suggestion: str
    """The request it seems to be about, in words."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it waits, in sentences."""
        said = (each.words for each in (*self.read.doubts, *self.read.remarks))
        return (self.problem.words, *said) if self.problem is not Problem.UNREADABLE else tuple(said)


def review(work: Work) -> tuple[Waiting, ...]:
    """The rows that wait for somebody, the oldest first."""
    rows = _waiting(work)
    basis = basis_of(work)
    asked = answer_match.load(work, [row.request_id for row in rows if row.request_id is not None])
    lines = []
    for row in rows:
        texts = row.row
        read = answers.read(cells_of(texts), basis)
        meant = asked.get(row.request_id) if row.request_id is not None else None
        lines.append(
            Waiting(
                id=row.id,
                at=row.at,
                problem=Problem(row.problem),
                number=texts.get(answer_columns.NUMBER, ""),
                name=" ".join(filter(None, (texts.get("given_name"), texts.get("family_name")))),
                born=texts.get("born", ""),
                cell=row.place,
                shipment=texts.get(answer_columns.SHIPMENT, ""),
                words=answer_rows.as_written(texts),
                read=read,
                request=meant.id if meant and not meant.gone else None,
                suggestion=f"{meant.number} {meant.name}" if meant and not meant.gone else "",
            )
        )
    return tuple(lines)


def count(work: Work) -> int:
    """How many rows wait."""
    return len(_waiting(work))


def settle(work: Work, review_id: UUID, request: UUID | None, answer: Answer | None = None) -> UUID:
    """Decide about a row: its answer is that of ``request``, or is thrown away; the id of the deed.

    ``answer`` is what somebody made of it, None for what the row says. Raises ``RecordGone`` for a row or a request
    that is gone, ``ValueError`` where the row does not say enough, ``NotAllowed``.
    """
    row = next((each for each in _waiting(work) if each.id == review_id), None)
    if row is None:
        raise RecordGone
    number = row.row.get(answer_columns.NUMBER, "")
    household = shipment = None
    words = _("Unklare Rückmeldung {number} verworfen").format(number=number)
    if request is not None:
        asked = answer_match.load(work, [request]).get(request)
        if asked is None or asked.gone:
            raise RecordGone
        household = asked.household
        read = answers.read(cells_of(row.row), basis_of(work))
        if answer is None and read.doubts:
            raise ValueError(read.doubts[0].words)
        answer = answer or read.answer
        told = row.row.get(answer_columns.SHIPMENT, "")
        shipment = next((out.id for out in reversed(asked.out) if told in ("", out.number)), None)
        words = _("Unklare Rückmeldung zugeordnet: {number}").format(number=asked.number)
    with deeds.recorded(work, SETTLED, words, household) as deed:
        if request is not None and answer is not None:
            answer_rows.put(work, request, answer, shipment, deed.id)
        row.settled_at, row.settled_by = work.now, work.user
        row.row = {**row.row, _DONE: str(deed.id)}
        deed.has_steps = True
        work.session.flush()
    work.note("answer.settled", "answer", None, touched="placements")
    return deed.id


def add(work: Work, rows: Iterable[AnswerRow], deed: UUID) -> int:
    """Put rows here that were not here before, within a deed; how many."""
    known = {_said(each.row) for each in _standing(work)}
    added = 0
    for row in rows:
        texts = dict(row.texts or {})
        if row.problem is None or _said(texts) in known:
            continue
        known.add(_said(texts))
        added += 1
        work.session.add(
            AnswerReview(
                id=uuid4(),
                at=work.now,
                by=work.user,
                request_id=row.request,
                problem=row.problem,
                place=row.cell,
                row={**texts, _DEED: str(deed)},
            )
        )
    work.session.flush()
    return added


def _waiting(work: Work) -> list[AnswerReview]:
    """Rows that nothing that stands has settled."""
    undone = _undone(work)
    return [row for row in _standing(work) if row.settled_at is None or row.row.get(_DONE) in undone]


def _standing(work: Work) -> list[AnswerReview]:
    """Rows whose deed was not taken back."""
    undone = _undone(work)
    rows = sorted(work.session.scalars(select(AnswerReview)), key=lambda row: (row.at, _line_of(row.place)))
    return [row for row in rows if row.row.get(_DEED) not in undone]


def _line_of(place: str) -> int:
    """17 for "Anfragen!V17"."""
    return int("".join(filter(str.isdecimal, place.rpartition("!")[2])) or 0)


def _undone(work: Work) -> set[str]:
    return {str(id_) for id_ in work.session.scalars(select(Deed.id).where(Deed.undone_by.is_not(None)))}


def _said(texts: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((key, text) for key, text in texts.items() if key not in (_DEED, _DONE))
