"""What appointments need: places, their desks and rooms, kinds of appointment, and when all this is open.

A store that has none of it yet is read as if it had what most centres begin with; the first deed about appointments
keeps that. Hours that change are ended and others begun, so that what was in force stays known; nothing that is
booked ever goes with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import exists, select

from desk_app.casework import appointment_beginning, deeds
from desk_app.casework.appointment_parts import DESK, INTERNAL, ROOM, Closure, Kind, Opening, Place, Seat, Setup
from desk_app.casework.desk import Work
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.i18n import N_, _
from desk_app.storage import tables

__all__ = [
    "DESK",
    "INTERNAL",
    "KEPT",
    "REMOVED",
    "ROOM",
    "TOUCHED",
    "Closure",
    "Kind",
    "LastPlace",
    "Opening",
    "Place",
    "Seat",
    "Setup",
    "keep",
    "keep_opening",
    "read",
    "remove",
    "settle",
]

KEPT: Final = "appointment_setup.kept"
REMOVED: Final = "appointment_setup.removed"
TOUCHED: Final = "appointments"
"""The part of the desk that deeds about appointments touch."""


class LastPlace(WorldError):
    """Without any place nobody could be booked or wait."""

    default = N_(
        "Das ist der einzige Ort. Es wurde nichts geändert. Legen Sie erst den anderen an oder ändern Sie diesen."
    )


@dataclass(frozen=True)
class _Kept:
    """How a value is kept: in which table, and under which column where that has another name."""

    table: type[Any]
    columns: Mapping[str, str] = field(default_factory=dict)

    def values(self, row: Any) -> dict[str, Any]:
        """By column; what is empty is not told."""
        known = {item.name: getattr(row, item.name) for item in fields(row) if item.name != "id"}
        return {self.columns.get(key, key): None if value == "" else value for key, value in known.items()}

    def read(self, kind: type, row: Any) -> Any:
        known = {item.name: getattr(row, self.columns.get(item.name, item.name)) for item in fields(kind)}
        return kind(**{key: value for key, value in known.items() if value is not None or key == "id"})


_KEPT: Final[Mapping[type, _Kept]] = {
    Place: _Kept(tables.Place),
    Seat: _Kept(tables.Seat, {"place": "place_id", "user": "user_id"}),
    Kind: _Kept(tables.AppointmentKind, {"before": "before_minutes", "after": "after_minutes"}),
    Opening: _Kept(tables.Opening, {"place": "place_id", "seat": "seat_id"}),
    Closure: _Kept(tables.Closure, {"place": "place_id", "seat": "seat_id", "first": "first_on", "last": "last_on"}),
}


def read(work: Work) -> Setup:
    """The set-up, or what a centre begins with where nobody has set up anything."""
    if not _is_set_up(work):
        return appointment_beginning.setup(work)
    places = tuple(sorted(_all(work, Place), key=lambda row: (row.position, row.name)))
    order = {row.id: number for number, row in enumerate(places)}
    seats = sorted(
        (row for row in _all(work, Seat) if row.place in order),
        key=lambda row: (order[row.place], row.position, row.name),
    )
    openings = (row for row in _all(work, Opening) if row.place in order)
    return Setup(
        places,
        tuple(seats),
        tuple(sorted(_all(work, Kind), key=lambda row: (row.position, row.name))),
        tuple(sorted(openings, key=lambda row: (order[row.place], row.weekdays & -row.weekdays, row.opens))),
        tuple(sorted(_all(work, Closure), key=lambda row: (row.first, row.last))),
    )


def settle(work: Work) -> Setup:
    """The set-up, kept first where nobody has set up anything: before whatever points at it is written."""
    setup = read(work)
    if not _is_set_up(work):
        begun: tuple[Any, ...] = (*setup.places, *setup.seats, *setup.kinds, *setup.openings)
        for row in begun:
            kept = _KEPT[type(row)]
            work.session.add(kept.table(id=row.id, **_storable(kept, row), **work.made))
            work.session.flush()
        work.note(KEPT, "place", setup.places[0].id, touched=TOUCHED)
    return setup


def keep(work: Work, row: Place | Seat | Kind | Closure) -> None:
    """Add a place, desk, room, kind or closure, or change the one of that id."""
    settle(work)
    _keep(work, row)


def keep_opening(work: Work, opening: Opening, since: date | None = None) -> UUID:
    """Add hours, or have others hold from a day on (``None``: today): those that held until then are ended.

    The id of the hours that hold now. Hours that had not begun by that day are changed as they stand.
    """
    settle(work)
    day = since or work.today
    row = work.session.get(tables.Opening, opening.id)
    old: Opening | None = None if row is None else _KEPT[Opening].read(Opening, row)
    if old is None and (opening.every_weeks or 1) > 1 and opening.valid_from is None:
        opening = replace(opening, valid_from=day)  # weeks are counted from somewhere
    if old is None or old == opening or _is_new(work, old, day) or _only_ends(old, opening):
        _keep(work, opening)
        return opening.id
    with deeds.recorded(work, KEPT, _words(opening)):
        _keep(work, replace(old, valid_to=day - timedelta(days=1)))
        follows = replace(opening, id=uuid4(), valid_from=_first_day(old, opening, day))
        _keep(work, follows)
    return follows.id


def remove(work: Work, row: Place | Seat | Kind | Closure | Opening) -> None:
    """Take one out. What is booked there stays; hours that were in force are ended with yesterday instead.

    Raises ``RecordGone``, and ``LastPlace`` for the only place: whoever comes has to wait somewhere.
    """
    setup = settle(work)
    if isinstance(row, Place) and [place.id for place in setup.places] == [row.id]:
        raise LastPlace
    if isinstance(row, Opening) and not _is_new(work, row, work.today):
        _keep(work, replace(row, valid_to=work.today - timedelta(days=1)))
        return
    kept = work.session.get(_KEPT[type(row)].table, row.id)
    if kept is None:
        raise RecordGone
    with deeds.recorded(work, REMOVED, _("{what} herausgenommen").format(what=_name(row))):
        kept.removed_at = work.now
        work.touch(kept)
        work.session.flush()
        work.note(REMOVED, _table(row), row.id, touched=TOUCHED)


def _is_counted_week(rule: Opening, day: date) -> bool:
    """Whether the week of a day is one of those ``every_weeks`` counts."""
    if not rule.every_weeks or rule.every_weeks == 1 or rule.valid_from is None:
        return True
    return (_monday(day) - _monday(rule.valid_from)).days // 7 % rule.every_weeks == 0


def _is_new(work: Work, opening: Opening, day: date) -> bool:
    """Whether hours were never in force before a day, or were only entered today."""
    return opening.valid_from is not None and opening.valid_from >= min(day, work.today)


def _only_ends(old: Opening, new: Opening) -> bool:
    """Whether nothing but the last day or the words differ: then the hours themselves go on."""
    return replace(old, valid_to=new.valid_to, words=new.words) == new


def _first_day(old: Opening, new: Opening, day: date) -> date:
    """From when new hours hold; weeks that are counted go on being the same ones."""
    if not new.every_weeks or new.every_weeks != old.every_weeks:
        return day
    while not _is_counted_week(old, day):
        day = _monday(day) + timedelta(weeks=1)
    return day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_set_up(work: Work) -> bool:
    return bool(work.session.scalar(select(exists(select(tables.Place.id)))))


def _all(work: Work, kind: type) -> Iterator[Any]:
    kept = _KEPT[kind]
    table = kept.table.__table__.c
    # columns rather than rows of the session: this is read with every search for a free time
    columns = [table[kept.columns.get(item.name, item.name)] for item in fields(kind)]
    for row in work.session.execute(select(*columns).where(table.removed_at.is_(None))).all():
        yield kept.read(kind, row)


def _keep(work: Work, row: Any) -> None:
    kept = _KEPT[type(row)]
    values = _storable(kept, row)
    there: Any = work.session.get(kept.table, row.id)
    if there is None:
        changed: Iterable[str] = [key for key, value in values.items() if value is not None]
    else:
        changed = [key for key, value in values.items() if getattr(there, key) != value]
        if not changed and there.removed_at is None:
            return
    with deeds.recorded(work, KEPT, _words(row)):
        if there is None:
            work.session.add(kept.table(id=row.id, **values, **work.made))
        else:
            for key in changed:
                setattr(there, key, values[key])
            there.removed_at = None
            work.touch(there)
        work.session.flush()
        work.note(KEPT, _table(row), row.id, changed, touched=TOUCHED)


def _storable(kept: _Kept, row: Any) -> dict[str, Any]:
    """What the row has by column, with the text that has to be there even while it is empty."""
    values = kept.values(row)
    return {key: "" if key == "name" and value is None else value for key, value in values.items()}


def _table(row: Any) -> str:
    return str(_KEPT[type(row)].table.__tablename__)


def _words(row: Any) -> str:
    return _("{what} für Termine geändert").format(what=_name(row))


def _name(row: Any) -> str:
    if isinstance(row, Opening):
        return _("Öffnungszeiten")
    if isinstance(row, Closure):
        return row.words or _("Schließzeit")
    return str(row.name) or _("Eintrag ohne Namen")
