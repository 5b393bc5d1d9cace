"""Moving what belongs to one person or family to the one that stands for it, and what is there twice afterwards.

Which tables and columns that is follows from the references of the schema, so a table made later moves as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import placements, referral_asks, standing
from desk_app.casework.deed_images import image_of, tracked
from desk_app.casework.desk import Work
from desk_app.casework.search_forms import keep_search_form
from desk_app.storage.tables import (
    Address,
    Consent,
    Document,
    FollowUp,
    Guardian,
    Household,
    Language,
    Person,
    PersonName,
    PlacementRequest,
    Referral,
    ReferralStep,
    SchoolWish,
    SetApart,
)

_ONE_FOR_EACH: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Language: ("language",),
    PersonName: ("name",),
    Document: ("document",),
    SchoolWish: ("school",),
    Guardian: ("guardian",),
    SetApart: (),
}
"""Of these a person or family has one row for each value of the columns."""

_BELONGING: Final = frozenset({"household_id", "person_id", "merged_into", "removed_at", "position"})


def references_to(owner: type[Any]) -> Iterator[tuple[type[Any], Any]]:
    """Every column by which a row can belong to a person (or to a family), with the class of the row."""
    for table in tracked():
        mapped: Any = table
        for column in mapped.__table__.columns:
            if any(key.column.table is owner.__table__ for key in column.foreign_keys):
                yield table, column


def move(work: Work, keep: Any, drop: Any) -> None:
    """Whatever points at ``drop`` points at ``keep`` from now on, what was taken out before too."""
    owner = type(keep)
    for table, column in list(references_to(owner)):
        if owner is Household and getattr(table, "person_id", None) is not None:
            of_family = table.person_id.is_(None)
            rows = work.session.scalars(select(table).where(column == drop.id, of_family))
        else:
            rows = work.session.scalars(select(table).where(column == drop.id))
        for row in list(rows):
            setattr(row, column.key, keep.id)
            work.touch(row)
    work.session.flush()
    if owner is Household:
        _persons_follow(work, keep)
    else:
        for table in standing.owned():
            for row in work.session.scalars(select(table).where(table.person_id == keep.id)):
                row.household_id = keep.household_id
    work.session.flush()


def _persons_follow(work: Work, keep: Household) -> None:
    persons = select(Person.id).where(Person.household_id == keep.id)
    for table in standing.owned():
        for row in work.session.scalars(select(table).where(table.person_id.in_(persons))):
            if row.household_id != keep.id:
                row.household_id = keep.id
                work.touch(row)


def unite(work: Work, household: UUID, person: UUID | None) -> None:
    """Let one row stand for those that say the same about a person (``None``: about the family as a whole)."""
    for table in standing.owned():
        if table is PlacementRequest:
            continue
        rows = [row for row in standing.rows_of(work, table, [person] if person else [], [household])
                if row.removed_at is None and row.person_id == person and not _on_its_own(row)]  # fmt: skip
        if table is Consent:
            _carry_withdrawals(work, rows)
        for alike in _groups(table, rows):
            _unite(work, alike)
    work.session.flush()


def _on_its_own(row: Any) -> bool:
    """Whether it belongs to one slip that is out, with its steps and the follow-up that asks about it."""
    if isinstance(row, FollowUp):
        return row.rule == referral_asks.RULE
    return isinstance(row, ReferralStep) or (isinstance(row, Referral) and row.offer_id is not None)


def _groups(table: type[Any], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows that are there twice, each group from the one changed last."""
    by = _ONE_FOR_EACH.get(table)
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.changed_at, row.id.int), reverse=True):
        if by is None:
            said = {key: value for key, value in image_of(row).items() if key not in _BELONGING}
            key = tuple(str(value) for value in said.values())
            if not any(value is not None for value in said.values()):
                continue
        else:
            key = tuple(getattr(row, name) for name in by)
            if by and None in key:
                continue
        groups.setdefault(key, []).append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def _unite(work: Work, alike: list[Any]) -> None:
    """The row changed last stands for the others and takes over what it does not say itself."""
    stands, *others = alike
    for row in others:
        for key in image_of(row):
            if key not in _BELONGING and getattr(stands, key) is None and getattr(row, key) is not None:
                setattr(stands, key, getattr(row, key))
                work.touch(stands)
        keep_search_form(stands)
        standing.rest(work, row, stands)


def _carry_withdrawals(work: Work, consents: Iterable[Consent]) -> None:
    """A withdrawal holds for whatever the same person had agreed to before it (Art. 7(3) GDPR).

    One for a single offer is about that offer alone.
    """
    rows = list(consents)
    for withdrawn in rows:
        for row in rows:
            if (
                row.recipient == withdrawn.recipient
                and withdrawn.offer_id in (None, row.offer_id)
                and row.withdrawn_on is None
                and withdrawn.withdrawn_on is not None
                and row.given_on is not None
                and row.given_on <= withdrawn.withdrawn_on
            ):
                row.withdrawn_on = withdrawn.withdrawn_on
                work.touch(row)


def one_home(work: Work, household: UUID, person: UUID | None, holds: UUID | None) -> None:
    """Of several homes of today only one stays open: ``holds`` where it is one of them, else the one changed last."""
    query = select(Address).where(
        Address.household_id == household, Address.removed_at.is_(None), Address.valid_to.is_(None)
    )
    homes = [row for row in work.session.scalars(query) if row.person_id == person]
    filled = [row for row in homes if row.street or row.city or row.postal_code]
    chosen = next((row for row in homes if row.id == holds), None)
    stays = chosen or max(filled or homes, key=lambda row: row.changed_at, default=None)
    for row in homes:
        if row is stays or stays is None:
            continue
        if row in filled:
            row.valid_to = work.today
            work.touch(row)
        else:
            standing.rest(work, row, stays)
    work.session.flush()


def one_request(work: Work, person: UUID, goes_on: UUID | None) -> None:
    """Of several requests of a child one goes on: ``goes_on`` where it is one of them, else the furthest on its way.

    Of those that are equally far it is the one begun first.
    """
    query = select(PlacementRequest).where(PlacementRequest.person_id == person, PlacementRequest.removed_at.is_(None))
    requests = list(work.session.scalars(query.order_by(PlacementRequest.created_at, PlacementRequest.number)))
    if len(requests) > 1:
        furthest = min(requests, key=lambda row: placements.GOES_ON.index(placements.state_of(work, row.id)))
        stays = next((row for row in requests if row.id == goes_on), furthest)
        for row in requests:
            if row is not stays:
                standing.rest(work, row, stays)
    work.session.flush()
