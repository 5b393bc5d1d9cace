"""Deeds that can be taken back, also months later: what each changed, the list of them, and taking one back.

Taking back goes field by field. What somebody changed afterwards stays and is told; where that was another deed of
the list, this one's share is taken out of it, so that taking back both in any order leads to where it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, func, or_, select

from desk_app.casework import deed_images, users
from desk_app.casework.deed_images import BOOKKEEPING, TABLES, Recording
from desk_app.casework.desk import Work
from desk_app.casework.taking_back import TakingBack
from desk_app.domain.errors import RecordGone
from desk_app.i18n import _, ngettext
from desk_app.storage.many_rows import put_in
from desk_app.storage.tables import RECORD_TABLES, Appointment, Deed, DeedRow, Tracked

UNDONE: Final = "deed.undone"
PUT_BACK: Final = "deed.put_back"
"""The entries about rows that a deed, taken back or done again, put as they were."""
_ROWS: Final[Any] = DeedRow.__table__
_AT_ONCE: Final = 500
_KINDS: Final = {table.__table__.name: kind for kind, table in RECORD_TABLES.items()}  # type: ignore[attr-defined]  # all are mapped
"""What the audit calls the rows of a table."""


@dataclass
class Recorded:
    """A deed while it is done. ``words`` may be set until its end, once what it did is known: "Import: 37 geändert"."""

    id: UUID
    words: str
    household: UUID | None = None
    caught: Recording | None = None
    told: Callable[[int], None] | None = None
    """Told how many changes are kept so far; may raise to stop."""
    has_steps: bool = False
    """Whether steps of requests belong to it, which are not among the rows."""


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One deed as the list shows it. ``way_back`` is what to pass to ``undo`` next: the deed, or what took it back."""

    id: UUID
    at: datetime
    by: str
    kind: str
    words: str
    rows: int
    undone: bool
    mine: bool
    household: UUID | None
    way_back: UUID


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. ``way_back`` takes this back again; ``kept`` is told in ``told`` as one sentence.

    ``appointments`` are those it put back; ``doubled`` is set by ``double_booked.undo`` where somebody else has the
    time of one by now.
    """

    words: str
    kept: int
    way_back: UUID
    told: str
    appointments: tuple[UUID, ...] = ()
    doubled: bool = False


@contextmanager
def recorded(work: Work, kind: str, words: str, household: UUID | None = None) -> Iterator[Recorded]:
    """Keep what is written inside so that it can be taken back. A deed inside another one is part of that.

    ``kind`` is the name of the deed in the audit and in the table of roles: who may do it may take it back. Raises
    ``NotAllowed`` as ``Work.require`` does. A deed that changed nothing is not kept.
    """
    work.require(kind)
    deed = Recorded(uuid4(), words, household)
    with deed_images.recording(work.session) as (caught, new):
        deed.caught = caught
        yield deed
        if new:
            _keep(work, kind, deed, caught)
            if deed.has_steps and work.session.get(Deed, deed.id) is None:
                _add(work, kind, deed)


def recent(work: Work, limit: int = 100, household: UUID | None = None) -> tuple[DeedLine, ...]:
    """The newest deeds first, those of one family where it is named."""
    query = select(Deed).where(Deed.undoes.is_(None))
    if household is not None:
        about = select(DeedRow.deed_id).where(DeedRow.household_id == household)
        query = query.where(or_(Deed.household_id == household, Deed.id.in_(about)))
    found = list(work.session.scalars(query.order_by(Deed.sequence.desc()).limit(limit)))
    counted = select(DeedRow.deed_id, func.count()).where(DeedRow.deed_id.in_([deed.id for deed in found]))
    rows = dict(work.session.execute(counted.group_by(DeedRow.deed_id)).all())
    names = users.names(work)
    return tuple(
        DeedLine(
            deed.id,
            deed.at,
            names.get(deed.by, ""),
            deed.kind,
            deed.words,
            rows.get(deed.id, 0),
            deed.undone_by is not None,
            deed.by == work.user,
            deed.household_id,
            deed.undone_by or deed.id,
        )
        for deed in found
    )


def newest(work: Work, household: UUID | None = None) -> DeedLine | None:
    """The newest deed of this user that stands, of one family where it is named."""
    lines = recent(work, household=household)
    return next((line for line in lines if line.mine and not line.undone), None)


def done_by(work: Work, deed: Callable[[Work], object]) -> DeedLine | None:
    """Do something; the deed to take back afterwards, ``None`` where it changed nothing."""
    before = _last(work)
    deed(work)
    return newest(work) if _last(work) != before else None


def undo(work: Work, deed_id: UUID) -> Undone:
    """Take a deed back, or take back that it was taken back.

    Raises ``RecordGone`` where it was taken back meanwhile, ``NotAllowed`` where the user may not do such a deed.
    """
    deed = work.session.get(Deed, deed_id)
    if deed is None or deed.undone_by is not None:
        raise RecordGone
    meant = deed if deed.undoes is None else work.session.get_one(Deed, deed.undoes)
    work.require(meant.kind)
    return _redo(work, deed, meant) if deed is not meant else _take_back(work, deed)


def _take_back(work: Work, deed: Deed) -> Undone:
    taking = TakingBack(work, deed)
    with recorded(work, UNDONE, deed.words, deed.household_id) as undoing:
        assert undoing.caught is not None
        taking.run(undoing.caught, undoing.id)
        enter(work, PUT_BACK, undoing.caught)
    # a deed whose every change was overwritten is taken back as well: there is just nothing to it
    if work.session.get(Deed, undoing.id) is None:
        _add(work, UNDONE, undoing)
    work.session.get_one(Deed, undoing.id).undoes = deed.id
    work.session.flush()
    deed.undone_by = undoing.id
    work.note("deed.undone", "deed", deed.id)
    work.touched |= {"placements", "appointments"}
    told = _told(_("Zurückgenommen: {words}."), deed.words, taking.kept)
    return Undone(deed.words, taking.kept, undoing.id, told, _appointments(undoing.caught))


def _redo(work: Work, undoing: Deed, deed: Deed) -> Undone:
    """The deed stands again; what had taken it back leaves no trace but in the audit."""
    taking = TakingBack(work, undoing, again=True)
    with deed_images.recording(work.session) as (caught, _new):
        taking.run(caught, deed.id)
        enter(work, PUT_BACK, caught)
    deed.undone_by = None
    work.session.flush()
    work.session.execute(delete(_ROWS).where(_ROWS.c.deed_id == undoing.id))
    work.session.delete(undoing)
    work.session.flush()
    work.note("deed.redone", "deed", deed.id)
    work.touched |= {"placements", "appointments"}
    told = _told(_("Wieder getan: {words}."), deed.words, taking.kept)
    return Undone(deed.words, taking.kept, deed.id, told, _appointments(caught))


def enter(work: Work, deed: str, caught: Recording, aside: frozenset[UUID] = frozenset()) -> None:
    """An entry in the audit for each row that was changed so far, those of ``aside`` left out."""
    for change in caught.changes(one_by_one=True):
        table = TABLES[change.table]
        if change.row in aside or not issubclass(table, Tracked):
            continue
        said = change.after or change.before or {}
        fields = [key for key, value in said.items() if change.before is not None or value is not None]
        work.note(deed, _KINDS.get(change.table, change.table), change.row, set(fields) - BOOKKEEPING)


def _told(frame: str, words: str, kept: int) -> str:
    said = frame.format(words=words.rstrip("."))
    if not kept:
        return said
    stays = ngettext(
        "{n} Angabe wurde später geändert und bleibt.", "{n} Angaben wurden später geändert und bleiben.", kept
    )
    return f"{said} {stays.format(n=kept)}"


def _appointments(caught: Recording) -> tuple[UUID, ...]:
    return tuple(row for table, row in caught.first if table == Appointment.__tablename__)


def _keep(work: Work, kind: str, deed: Recorded, caught: Recording) -> None:
    place = 0
    running = caught.changes()
    while changes := list(islice(running, _AT_ONCE)):
        if not place:
            _add(work, kind, deed)
        rows = [
            {
                "id": uuid4(),
                "deed_id": deed.id,
                "place": number,
                "table_name": change.table,
                "row_id": change.row,
                "household_id": change.household,
                "before": change.before,
                "after": change.after,
            }
            for number, change in enumerate(changes, place)
        ]
        put_in(work.session, _ROWS, rows)
        place += len(rows)
        if deed.told is not None:
            deed.told(place)


def _last(work: Work) -> int:
    return work.session.scalar(select(func.max(Deed.sequence))) or 0


def _add(work: Work, kind: str, deed: Recorded) -> None:
    work.session.add(
        Deed(
            id=deed.id,
            sequence=_last(work) + 1,
            at=work.now,
            by=work.user,
            kind=kind,
            words=deed.words,
            household_id=deed.household,
        )
    )
    work.session.flush()
