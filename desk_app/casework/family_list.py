"""The list of all families, sorted and narrowed by the store: how many there are, and any part of it by position.

Whatever is asked, the places must be up to date, see ``family_order.catch_up``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, overload
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, func, or_, select, tuple_, type_coerce

from desk_app.casework import placements
from desk_app.casework.desk import Work
from desk_app.domain.names import search_form
from desk_app.storage.many_rows import among
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

    @property
    def turned(self) -> bool:
        """Whether the greatest of the column comes first."""
        return self.descending != (self.order in _TURNED)


def _quiet(days: int) -> Callable[[date], ColumnElement[bool]]:
    return lambda today: and_(_ORDER.c.last_contact <= today - timedelta(days=days), _still_here(today))


def _unheard(days: int) -> Callable[[date], ColumnElement[bool]]:
    last_sign = _ORDER.c.last_sign
    return lambda today: and_(_ORDER.c.waits, last_sign <= today - timedelta(days=days), _still_here(today))


def _still_here(_today: date) -> ColumnElement[bool]:
    here: ColumnElement[bool] = _ORDER.c.moved_away == NEVER
    return here


def _with_request(state: str) -> Callable[[date], ColumnElement[bool]]:
    return lambda _today: _ORDER.c.states.contains(f",{state}=", autoescape=True)


HOLDS: Final[Mapping[str, Callable[[date], ColumnElement[bool]]]] = {
    **{f"quiet_{days}": _quiet(days) for days in (30, 90, 180)},
    **{f"unheard_{days}": _unheard(days) for days in (14, 28, 56)},
    **{state: _with_request(state) for state in (placements.DRAFT, placements.COMPLETE, placements.SENT)},
    "in_intake": lambda _today: _ORDER.c.intake_open.is_(True),
    "follow_ups": lambda _today: _ORDER.c.follow_ups > 0,
    "moved_away": lambda _today: _ORDER.c.moved_away > NEVER,
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


class Keys(Sequence[UUID]):
    """Very many keys, made from the text the store holds them as when somebody wants one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> UUID: ...

    @overload
    def __getitem__(self, place: slice) -> Keys: ...

    def __getitem__(self, place: int | slice) -> UUID | Keys:
        return Keys(self._texts[place]) if isinstance(place, slice) else UUID(self._texts[place])

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The position of a key. Raises ``ValueError`` where it is not among them."""
        return self._texts.index(value.hex, start, len(self) if stop is None else stop)


def keys(work: Work, asked: Asked) -> Sequence[UUID]:
    """All families of the list in its order."""
    if asked.order == BEST_FIRST:
        return part(work, asked)
    as_kept = _in_order(work, asked).with_only_columns(type_coerce(_ORDER.c.household_id, String))
    return Keys([text for (text,) in work.session.execute(as_kept)])


def place_of(work: Work, asked: Asked, household: UUID) -> int | None:
    """The position of a family; None where it is not in the list."""
    if asked.order == BEST_FIRST:
        found = part(work, asked)
        return found.index(household) if household in found else None
    there = select(_key(asked), _ORDER.c.id).where(_ORDER.c.household_id == household)
    own = work.session.execute(_narrowed(work, there, asked)).first()
    if own is None:
        return None
    before = select(func.count()).select_from(_ORDER).where(_beyond(asked, own, before=True))
    return work.session.scalar(_narrowed(work, before, asked)) or 0


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
    query = _in_order(work, asked).where(*named).limit(1)
    there = select(_key(asked), _ORDER.c.id).where(_ORDER.c.household_id == household)
    own = work.session.execute(there).first() if household is not None else None
    found = None
    if own is not None:
        beyond = _beyond(asked, own)
        from_here = or_(beyond, _ORDER.c.household_id == household) if itself else beyond
        found = work.session.scalar(query.where(from_here))
    found = found or work.session.scalar(query)
    return place_of(work, asked, found) if found is not None else None


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
    for group in asked.conditions:
        query = query.where(or_(*(HOLDS[key](work.today) for key in group)))
    return query


def _in_order(work: Work, asked: Asked) -> Select[Any]:
    key, number = _key(asked), _ORDER.c.id
    order = (key.desc(), number.desc()) if asked.turned else (key, number)
    return _narrowed(work, select(_ORDER.c.household_id), asked).order_by(*order)


def _beyond(asked: Asked, own: Any, *, before: bool = False) -> ColumnElement[bool]:
    """Whether a family stands behind the one with this key and number, or before it."""
    here = tuple_(_key(asked), _ORDER.c.id)
    beyond: ColumnElement[bool] = here < tuple_(*own) if asked.turned != before else here > tuple_(*own)
    return beyond


def _key(asked: Asked) -> Any:
    return _ORDER.c[_COLUMNS[asked.order]]
