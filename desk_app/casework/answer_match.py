"""Whose answer a row of a returned list is, and whether it still says what was sent.

A row counts for a child only where everything in it agrees: the id, the number, the check code of its shipment, and
the name with the birth date. Whoever sorts a few columns of a list alone would else give children the places of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from desk_app.casework import answer_columns, request_list, told
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import event_of
from desk_app.domain.answer_sheet import Form, FormRow
from desk_app.domain.check_codes import agrees, tidy
from desk_app.domain.dates import parse_day, show_day
from desk_app.domain.records import RequestEvent
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import (
    Deed,
    Household,
    Person,
    PlacementEvent,
    PlacementRequest,
    Sending,
    SendingItem,
    Shipment,
)

READ_IN, SETTLED = "answers.read_in", "answer.settled"
"""Deeds in which an office's list was taken over, as against what somebody decided here."""

FORM: Final = Form(
    headings={column.title: column.key for column in request_list.COLUMNS},
    answers=frozenset(answer_columns.ANSWERS),
    marks=frozenset({answer_columns.NUMBER, answer_columns.CODE, answer_columns.REQUEST}),
    number=answer_columns.NUMBER,
)
WHOSE: Final = ("family_name", "given_name", "born")
"""Columns by which a person knows the child. Two of them changed make another child of it."""


class Problem(StrEnum):
    """Why only a person can place a row."""

    UNKNOWN = "unknown"
    MISMATCH = "mismatch"
    NO_CODE = "no_code"
    WRONG_CODE = "wrong_code"
    NOT_SENT = "not_sent"
    GONE = "gone"
    OTHER_CHILD = "other_child"
    TWICE = "twice"
    UNREADABLE = "unreadable"

    @property
    def words(self) -> str:
        return _(_WORDS[self])


_WORDS: Final = {
    Problem.UNKNOWN: N_("Zu dieser Zeile gibt es hier keine Anfrage."),
    Problem.MISMATCH: N_("Nummer und Kennung gehören zu zwei verschiedenen Anfragen."),
    Problem.NO_CODE: N_("Der Prüfcode fehlt."),
    Problem.WRONG_CODE: N_("Der Prüfcode passt nicht zur Anfrage."),
    Problem.NOT_SENT: N_("Diese Anfrage wurde nicht gesendet."),
    Problem.GONE: N_("Diese Anfrage wurde inzwischen herausgenommen."),
    Problem.OTHER_CHILD: N_("Name und Geburtsdatum gehören zu einem anderen Kind."),
    Problem.TWICE: N_("Das Kind steht mehrmals in der Liste, mit verschiedenen Rückmeldungen."),
    Problem.UNREADABLE: N_("Die Rückmeldung lässt sich nicht sicher lesen."),
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A cell that was not for answers and says something else than was sent; it is told and never written."""

    key: str
    label: str
    listed: str
    sent: str
    address: str

    @property
    def words(self) -> str:
        """ "Geboren in der Liste: 02.06.2013, gesendet: 02.06.2012 (Anfragen!F12)"."""
        nothing = _("nichts")
        return _("{label} in der Liste: {listed}, gesendet: {sent} ({cell})").format(
            label=self.label, listed=self.listed or nothing, sent=self.sent or nothing, cell=self.address
        )


@dataclass(frozen=True, slots=True)
class Out:
    """A shipment in which a request was told, and what its list said; ``content`` is empty for one without a list."""

    id: UUID
    number: str
    at: datetime
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that counts; ``from_list`` says whether it was taken over from a returned list."""

    event: RequestEvent
    shipment: UUID | None
    from_list: bool


@dataclass
class Asked:
    """A request as far as answers need it."""

    id: UUID
    number: str
    household: UUID
    child: UUID
    name: str
    gone: bool
    was: set[UUID] = field(default_factory=set)
    """The child, and entries of it that were merged into it: codes were made for these."""
    out: list[Out] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def shipment_of(self, code: str, number: str = "") -> Out | None:
        """The newest shipment with this check code, or the one named."""
        for out in reversed(self.out):
            codes = (agrees(self.number, out.number, child, code) for child in self.was)
            if number in ("", out.number) and any(codes):
                return out
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and whose it is. With a ``problem`` a person has to say so; ``asked`` is then who it seems to be."""

    row: FormRow
    asked: Asked | None = None
    out: Out | None = None
    problem: Problem | None = None
    foreign: tuple[Foreign, ...] = ()


def place(work: Work, rows: Sequence[FormRow]) -> list[Placed]:
    """Whose rows these are."""
    numbers = {row.text(answer_columns.NUMBER).upper() for row in rows}
    ids = {id_ for row in rows if (id_ := _id(row)) is not None}
    asked = load(work, ids, numbers)
    by_number = {each.number: each for each in asked.values()}
    return [_placed(row, asked, by_number) for row in rows]


def load(work: Work, ids: Iterable[UUID], numbers: Iterable[str] = ()) -> dict[UUID, Asked]:
    """Requests by id or number, with all that was told and decided about them."""
    query = (
        select(PlacementRequest, Person, Household.removed_at)
        .join(Person, Person.id == PlacementRequest.person_id)
        .join(Household, Household.id == PlacementRequest.household_id)
        .where(or_(among(PlacementRequest.id, ids), PlacementRequest.number.in_(list(numbers))))
    )
    found = {
        row.id: Asked(
            row.id,
            row.number,
            row.household_id,
            child.id,
            " ".join(part for part in (child.given_name, child.family_name) if part),
            gone=any(day is not None for day in (row.removed_at, child.removed_at, family_removed_at)),
            was={child.id},
        )
        for row, child, family_removed_at in work.session.execute(query)
    }
    _add_merged(work, found.values())
    _add_shipments(work, found)
    _add_steps(work, found)
    return found


def _placed(row: FormRow, asked: Mapping[UUID, Asked], by_number: Mapping[str, Asked]) -> Placed:
    id_, number = _id(row), row.text(answer_columns.NUMBER).upper()
    by_id = asked.get(id_) if id_ is not None else None
    meant = by_id or by_number.get(number)
    if row.cell(answer_columns.REQUEST) is not None and by_id is None:
        return Placed(row, meant, problem=Problem.MISMATCH if meant else Problem.UNKNOWN)
    if meant is None:
        return Placed(row, problem=Problem.UNKNOWN)
    if number and meant.number != number:
        return Placed(row, meant, problem=Problem.MISMATCH)
    if meant.gone or not meant.out:
        return Placed(row, meant, problem=Problem.GONE if meant.gone else Problem.NOT_SENT)
    code = tidy(row.text(answer_columns.CODE))
    out = meant.shipment_of(code, row.text(answer_columns.SHIPMENT)) if code else None
    if out is None:
        return Placed(row, meant, problem=Problem.WRONG_CODE if code else Problem.NO_CODE)
    foreign = _foreign(row, out.content)
    other = sum(each.key in WHOSE for each in foreign) >= 2
    return Placed(row, meant, out, Problem.OTHER_CHILD if other else None, foreign)


def _id(row: FormRow) -> UUID | None:
    try:
        return UUID(row.text(answer_columns.REQUEST))
    except ValueError:
        return None


def _foreign(row: FormRow, content: Mapping[str, str]) -> tuple[Foreign, ...]:
    """The cells that are not as they were sent. Columns that are gone, or were not sent then, say nothing."""
    if not content:
        return ()
    return tuple(
        Foreign(key, told.label_of(key), row.text(key), _plain(content.get(key, "")), row.address(key))
        for key in request_list.field_keys()
        if key in row.columns and not _same(row.text(key), _plain(content.get(key, "")))
    )


def _same(listed: str, sent: str) -> bool:
    if listed == sent or listed.casefold() == sent.casefold():
        return True
    try:  # a day may have been written otherwise
        return bool(listed and sent) and show_day(parse_day(listed, _ANY_DAY)) == sent
    except ValueError:
        return False


_ANY_DAY: Final = date(2026, 1, 1)
"""Days of lists have their year; the reader of days asks for one all the same."""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _add_merged(work: Work, asked: Iterable[Asked]) -> None:
    by_child: dict[UUID, list[Asked]] = defaultdict(list)
    for each in asked:
        by_child[each.child].append(each)
    new = by_child
    while new:  # who was merged may be whom another was merged into before
        query = select(Person.id, Person.merged_into).where(among(Person.merged_into, new))
        found = {was: new[now] for was, now in work.session.execute(query) if now is not None}
        new = {was: mine for was, mine in found.items() if any(was not in each.was for each in mine)}
        for was, mine in new.items():
            for each in mine:
                each.was.add(was)


def _add_shipments(work: Work, asked: Mapping[UUID, Asked]) -> None:
    query = (
        select(SendingItem.request_id, Sending.kind, SendingItem.content, Shipment.id, Shipment.number, Shipment.at)
        .join(Sending, Sending.id == SendingItem.sending_id)
        .join(Shipment, Shipment.id == Sending.shipment_id)
        .where(among(SendingItem.request_id, asked), Shipment.purpose.in_((told.REQUESTS, told.CHANGES)))
        .order_by(Shipment.at, Shipment.number)
    )
    found: dict[tuple[UUID, UUID], Out] = {}
    for request, kind, content, id_, number, at in work.session.execute(query):
        known = found.get((request, id_))
        listed = content or {} if kind == "xlsx" else known.content if known else {}
        found[request, id_] = Out(id_, number, at, listed)
    for (request, _shipment), out in found.items():
        asked[request].out.append(out)


def _add_steps(work: Work, asked: Mapping[UUID, Asked]) -> None:
    query = (
        select(PlacementEvent, Deed.kind)
        .outerjoin(Deed, Deed.id == PlacementEvent.deed_id)
        .where(among(PlacementEvent.request_id, asked), PlacementEvent.voided_at.is_(None))
        .order_by(PlacementEvent.request_id, PlacementEvent.sequence)
    )
    for row, kind in work.session.execute(query):
        step = Step(event_of(row), row.shipment_id, kind in (READ_IN, SETTLED))
        asked[row.request_id].steps.append(step)
