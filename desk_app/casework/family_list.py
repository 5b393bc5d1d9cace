"""The list of all families, sorted and narrowed by the store: how many there are, and any part of it by position.

Whatever is asked, the places must be up to date, see ``family_order.catch_up``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true

from desk_app.casework import placements
from desk_app.casework.desk import Work
from desk_app.domain.names import search_form
from desk_app.storage.kept_keys import keys_as_kept
from desk_app.storage.many_rows import among
from desk_app.storage.no_index import unsorted
from desk_app.storage.tables import FamilyOrder
from desk_app.storage.tables.lists import NEVER

_ORDER: Final[Any] = FamilyOrder.__table__
_AFTER_ALL: Final = "\U0010ffff"

BEST_FIRST: Final = ""
"""The order in which ``Asked.among`` names them."""

_COLUMNS: Final[Mapping[str, str]] = {
    **{
        key: key
        for key in (
            "name", "file_number", "adults", "children", "district", "languages", "phone_languages", "last_contact",
            "last_sign", "follow_ups", "states", "counsellor", "begun", "moved_away",
        )
    },
    "people": "persons",
    "state": "intake_open",
    "changed": "changed_at",
    "quiet": "last_contact",
}  # fmt: skip
"""What the list can be sorted by, with the column for that."""
_TURNED: Final = frozenset({"quiet"})
"""The greatest stand where their column has the least."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the list is narrowed and sorted.

    Of each group of ``conditions`` (keys of ``HOLDS``) a family has to meet one; ``among`` names all that are to be
    looked at, if not everybody is. Families that are alike stand in the order they came, or the other way round.
    """

    conditions: tuple[tuple[str, ...], ...] = ()
    order: str = "changed"
    descending: bool = True
    among: tuple[UUID, ...] | None = None
    common: bool = False
    """Whether most meet the conditions, so that whoever goes along the order soon meets enough; else those who do are
    looked up and sorted. It changes nothing but the time that takes."""

    @property
    def turned(self) -> bool:
        """Whether the greatest of the column comes first."""
        return self.descending != (self.order in _TURNED)


Columns = Callable[[str], Any]


def _since(column: str, days: int) -> Callable[[Columns, date], ColumnElement[bool]]:
    return lambda columns, today: columns(column) <= today - timedelta(days=days)


def _with_request(state: str) -> Callable[[Columns, date], ColumnElement[bool]]:
    return lambda columns, _today: columns("states").contains(f",{state}=", autoescape=True)


HOLDS: Final[Mapping[str, Callable[[Columns, date], ColumnElement[bool]]]] = {
    **{f"quiet_{days}": _since("quiet_since", days) for days in (30, 90, 180)},
    **{f"unheard_{days}": _since("unheard_since", days) for days in (14, 28, 56)},
    **{state: _with_request(state) for state in (placements.DRAFT, placements.COMPLETE, placements.SENT)},
    "in_intake": lambda columns, _today: columns("intake_open").is_(True),
    "follow_ups": lambda columns, _today: columns("follow_ups") > 0,
    "moved_away": lambda columns, _today: columns("moved_away") > NEVER,
}
"""Each condition on the day it is asked."""


def count(work: Work, asked: Asked) -> int:
    """How many families there are."""
    return work.session.scalar(_narrowed(work, select(func.count()).select_from(_ORDER), asked)) or 0


def part(work: Work, asked: Asked, first: int = 0, most: int | None = None) -> tuple[UUID, ...]:
    """The families from position ``first`` on, at most so many."""
    if asked.order == BEST_FIRST:
        there = set(work.session.scalars(_narrowed(work, select(_ORDER.c.household_id), asked)))
        found = tuple(household for household in asked.among or () if household in there)
        return found[first:] if most is None else found[first : first + most]
    return tuple(work.session.scalars(_in_order(work, asked).limit(most).offset(first)))


def keys(work: Work, asked: Asked) -> Sequence[UUID]:
    """All families of the list in its order."""
    if asked.order == BEST_FIRST:
        return part(work, asked)
    return keys_as_kept(work.session, _in_order(work, asked))


def place_of(work: Work, asked: Asked, household: UUID) -> int | None:
    """The position of a family; None where it is not in the list."""
    if asked.order == BEST_FIRST:
        found = part(work, asked)
        return found.index(household) if household in found else None
    own = work.session.execute(_narrowed(work, _own(asked, household), asked)).first()
    if own is None:
        return None
    before = [_narrowed(work, select(func.count()).select_from(_ORDER), asked).where(alike)
              for alike in _behind(asked, own, turned=not asked.turned)]  # fmt: skip
    return sum(work.session.scalar(query) or 0 for query in before)


def next_named(work: Work, asked: Asked, letters: str, household: UUID | None, *, itself: bool) -> int | None:
    """The position of the next family whose name begins with ``letters``, from a family on, around the end if need be.

    ``itself`` counts that family in. None where no name begins so.
    """
    begin = search_form(letters)
    if not begin:
        return None
    name = _ORDER.c.name
    named = [name >= begin, name < begin + _AFTER_ALL]
    if asked.order == BEST_FIRST:
        return _next_of_few(work, asked, named, household, itself=itself)
    own = work.session.execute(_own(asked, household)).first() if household is not None else None
    ways = list(_behind(asked, own, turned=asked.turned)) if own is not None else []
    if itself and own is not None:
        ways.insert(0, _ORDER.c.household_id == household)
    for from_here in (*ways, true()):
        found = work.session.scalar(_in_order(work, asked).where(*named, from_here).limit(1))
        if found is not None:
            return place_of(work, asked, found)
    return None


def _next_of_few(
    work: Work, asked: Asked, named: Sequence[ColumnElement[bool]], household: UUID | None, *, itself: bool
) -> int | None:
    found = part(work, asked)
    begin = set(work.session.scalars(select(_ORDER.c.household_id).where(among(_ORDER.c.household_id, found), *named)))
    here = found.index(household) + (not itself) if household in found else 0
    places = (*range(here, len(found)), *range(here))
    return next((place for place in places if found[place] in begin), None)


def _narrowed(work: Work, query: Select[Any], asked: Asked) -> Select[Any]:
    if asked.among is not None:
        query = query.where(among(_ORDER.c.household_id, asked.among))
    columns = _without_index if asked.common else _ORDER.c.__getitem__
    for group in asked.conditions:
        query = query.where(or_(*(HOLDS[key](columns, work.today) for key in group)))
    return query


def _in_order(work: Work, asked: Asked) -> Select[Any]:
    key, number = _key(asked), _ORDER.c.id
    if not asked.common and (asked.conditions or asked.among is not None):
        key = _without_index(_COLUMNS[asked.order])
    order = (key.desc(), number.desc()) if asked.turned else (key, number)
    return _narrowed(work, select(_ORDER.c.household_id), asked).order_by(*order)


def _without_index(column: str) -> Any:
    return unsorted(_ORDER.c[column])


def _own(asked: Asked, household: UUID) -> Select[Any]:
    return select(_key(asked), _ORDER.c.id).where(_ORDER.c.household_id == household)


def _behind(asked: Asked, own: Any, *, turned: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which families stand behind the one with this key and number: those alike, and the others.

    To be asked one by one, since each is a range of an index and together they are none.
    """
    key, number = _key(asked), _ORDER.c.id
    there = literal(own[0], key.type)  # as such also "yes" is more than "no"
    alike = and_(key == there, number < own[1] if turned else number > own[1])
    return alike, key < there if turned else key > there


def _key(asked: Asked) -> Any:
    return _ORDER.c[_COLUMNS[asked.order]]
