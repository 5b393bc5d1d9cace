"""People who interpret: what they speak, when they can come, for whom they must not, and how much they are booked.

Who comes by arrangement has no times. Those who stop are taken out of every choice and stay where they were booked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import deeds
from desk_app.casework.appointment_lines import Names, midnight
from desk_app.casework.appointment_setup import TOUCHED
from desk_app.casework.desk import Work
from desk_app.casework.wording import label
from desk_app.domain.errors import RecordGone
from desk_app.domain.opening_hours import When
from desk_app.domain.visit_states import DONE, FREES
from desk_app.i18n import _
from desk_app.storage import tables
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, InterpreterBlock, InterpreterLanguage, InterpreterTime

_WHEN: Final = tuple(item.name for item in fields(When))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language by its key, and the dialect in words where it matters."""

    language: str
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A family somebody must not interpret for; ``title`` is what the family is called, ``words`` says why."""

    household: UUID
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who interprets. Nothing has to be known; ``minutes_per_month`` is what was agreed, ``None``: nothing.

    ``sex`` and ``kind`` are keys of the lists "sex" and "interpreter_kinds". Without ``times``: by arrangement.
    """

    id: UUID
    name: str = ""
    sex: str = ""
    kind: str = ""
    phone: str = ""
    email: str = ""
    minutes_per_month: int | None = None
    note: str = ""
    languages: tuple[Spoken, ...] = ()
    times: tuple[When, ...] = ()
    retired: bool = False


_PLAIN: Final = ("name", "sex", "kind", "phone", "email", "minutes_per_month", "note")


@dataclass(frozen=True, slots=True)
class Load:
    """Minutes of one month: ``booked`` are all that stand, ``kept`` those of them whose talk took place."""

    booked: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class InterpreterLine:
    """One of the list: who, for whom not, and this month's minutes."""

    person: Interpreter
    blocks: tuple[Block, ...]
    load: Load


def of_all(work: Work, *, retired: bool = False) -> tuple[InterpreterLine, ...]:
    """All by name, with the minutes of this month; those who stopped only with ``retired``, and last."""
    table = tables.Interpreter
    query = select(table).order_by(table.removed_at.is_not(None), table.name, table.id)
    if not retired:
        query = query.where(table.removed_at.is_(None))
    rows = list(work.session.scalars(query))
    people = _people(work, rows)
    blocks, loads = blocks_of(work, [row.id for row in rows]), loads_of(work, work.today)
    return tuple(
        InterpreterLine(person, tuple(blocks.get(person.id, ())), loads.get(person.id, Load())) for person in people
    )


def get(work: Work, interpreter: UUID) -> Interpreter:
    """Raises ``RecordGone`` where nobody has that id."""
    return _people(work, [_row(work, interpreter)])[0]


def speaking(work: Work, language: str) -> tuple[Interpreter, ...]:
    """Everybody who still interprets and speaks a language, by name."""
    table = tables.Interpreter
    spoken = select(InterpreterLanguage.interpreter_id).where(
        InterpreterLanguage.language == language, InterpreterLanguage.removed_at.is_(None)
    )
    query = select(table).where(table.id.in_(spoken), table.removed_at.is_(None)).order_by(table.name, table.id)
    return _people(work, list(work.session.scalars(query)))


def keep(work: Work, person: Interpreter) -> None:
    """Add somebody, or have the one of that id be as given; nothing is required."""
    table = tables.Interpreter
    row = work.session.get(table, person.id)
    values = {key: getattr(person, key) or None for key in _PLAIN} | {"name": person.name.strip()}
    with deeds.recorded(work, "interpreter.kept", _("Dolmetschen: {name} geändert").format(name=_title(person))):
        if row is None:
            row = table(id=person.id, **values, **work.made)
            work.session.add(row)
            changed = [key for key, value in values.items() if value]
        else:
            changed = [key for key, value in values.items() if getattr(row, key) != value]
            for key in changed:
                setattr(row, key, values[key])
        work.session.flush()
        spoken = [{"language": each.language, "dialect": each.dialect or None} for each in person.languages]
        times = [{key: getattr(each, key) for key in _WHEN} for each in person.times]
        changed += ["languages"] if _replace(work, InterpreterLanguage, person.id, spoken) else []
        changed += ["times"] if _replace(work, InterpreterTime, person.id, times) else []
        if changed:
            work.touch(row)
            work.session.flush()
            work.note("interpreter.kept", "interpreter", person.id, changed, touched=TOUCHED)


def retire(work: Work, interpreter: UUID) -> UUID:
    """Somebody stops interpreting here; what they are booked for stands. The id of the deed, to be taken back."""
    row = _row(work, interpreter)
    words = _("Dolmetschen: {name} hört auf").format(name=row.name or _("jemand ohne Namen"))
    with deeds.recorded(work, "interpreter.retired", words) as deed:
        row.removed_at = work.now
        work.touch(row)
        work.session.flush()
        work.note("interpreter.retired", "interpreter", row.id, touched=TOUCHED)
    return deed.id


def restore(work: Work, interpreter: UUID) -> UUID:
    """Somebody interprets here again; the id of the deed."""
    row = _row(work, interpreter)
    words = _("Dolmetschen: {name} ist wieder dabei").format(name=row.name or _("jemand ohne Namen"))
    with deeds.recorded(work, "interpreter.restored", words) as deed:
        row.removed_at = None
        work.touch(row)
        work.session.flush()
        work.note("interpreter.restored", "interpreter", row.id, touched=TOUCHED)
    return deed.id


def block(work: Work, interpreter: UUID, household: UUID, words: str = "") -> None:
    """Set down that somebody must not interpret for a family and why, or change why."""
    name = _row(work, interpreter).name
    row = next(iter(_blocks(work, interpreter, household)), None)
    said = _("Dolmetschen: {name} nicht für diese Familie").format(name=name)
    with deeds.recorded(work, "interpreter.blocked", said, household):
        if row is None:
            row = InterpreterBlock(id=uuid4(), interpreter_id=interpreter, household_id=household, **work.made)
            work.session.add(row)
        row.words = words.strip() or None
        work.touch(row)
        work.session.flush()
        work.note("interpreter.blocked", "interpreter", interpreter, ["household_id", "words"], touched=TOUCHED)


def unblock(work: Work, interpreter: UUID, household: UUID) -> None:
    """Somebody may interpret for a family again. Raises ``RecordGone`` where that was not barred."""
    rows = _blocks(work, interpreter, household)
    if not rows:
        raise RecordGone
    said = _("Dolmetschen: {name} wieder für diese Familie").format(name=_row(work, interpreter).name)
    with deeds.recorded(work, "interpreter.blocked", said, household):
        for row in rows:
            row.removed_at = work.now
            work.touch(row)
        work.session.flush()
        work.note("interpreter.blocked", "interpreter", interpreter, ["household_id"], touched=TOUCHED)


def blocks_of(work: Work, interpreters: Iterable[UUID]) -> Mapping[UUID, Sequence[Block]]:
    """For whom some of them must not interpret, by family name."""
    query = select(InterpreterBlock).where(
        among(InterpreterBlock.interpreter_id, interpreters), InterpreterBlock.removed_at.is_(None)
    )
    rows = list(work.session.scalars(query))
    names = Names(work, {row.household_id for row in rows})
    found: defaultdict[UUID, list[Block]] = defaultdict(list)
    for row in rows:
        title = names.title(row.household_id, None)
        found[row.interpreter_id].append(Block(row.household_id, title, row.words or ""))
    return {id_: sorted(blocks, key=lambda block: block.title) for id_, blocks in found.items()}


def loads_of(work: Work, day: date) -> Mapping[UUID, Load]:
    """The minutes of everybody in the month of a day. A talk counts as long as it was, else as long as it is booked."""
    begin = midnight(day.replace(day=1))
    end = midnight((day.replace(day=1) + timedelta(days=32)).replace(day=1))
    query = select(
        Appointment.interpreter_id, Appointment.starts_at, Appointment.ends_at, Appointment.started_at,
        Appointment.finished_at, Appointment.state,
    ).where(
        Appointment.interpreter_id.is_not(None), Appointment.removed_at.is_(None), Appointment.state.not_in(FREES),
        Appointment.starts_at >= begin, Appointment.starts_at < end,
    )  # fmt: skip
    booked: defaultdict[UUID | None, int] = defaultdict(int)
    kept: defaultdict[UUID | None, int] = defaultdict(int)
    for id_, start, until, began, finished, state in work.session.execute(query):
        booked[id_] += _minutes(start, until)
        if state == DONE:
            kept[id_] += _minutes(began, finished) if began and finished else _minutes(start, until)
    return {id_: Load(booked[id_], kept[id_]) for id_ in booked if id_ is not None}


def _minutes(start: datetime, until: datetime) -> int:
    return max(0, int((until - start).total_seconds()) // 60)


def _row(work: Work, interpreter: UUID) -> tables.Interpreter:
    row = work.session.get(tables.Interpreter, interpreter)
    if row is None:
        raise RecordGone
    return row


def _people(work: Work, rows: Sequence[tables.Interpreter]) -> tuple[Interpreter, ...]:
    ids = [row.id for row in rows]
    spoken: defaultdict[UUID, list[Spoken]] = defaultdict(list)
    for language in _of(work, InterpreterLanguage, ids):
        spoken[language.interpreter_id].append(Spoken(language.language, language.dialect or ""))
    times: defaultdict[UUID, list[When]] = defaultdict(list)
    for time in _of(work, InterpreterTime, ids):
        times[time.interpreter_id].append(When(**{key: getattr(time, key) for key in _WHEN}))
    return tuple(
        Interpreter(
            row.id,
            **{key: getattr(row, key) or "" for key in _PLAIN if key != "minutes_per_month"},
            minutes_per_month=row.minutes_per_month,
            languages=tuple(sorted(spoken[row.id], key=lambda each: (label("languages", each.language), each.dialect))),
            times=tuple(sorted(times[row.id], key=lambda rule: (rule.weekdays & -rule.weekdays, rule.opens))),
            retired=row.removed_at is not None,
        )
        for row in rows
    )


def _of(work: Work, table: Any, interpreters: Iterable[UUID]) -> list[Any]:
    query = select(table).where(among(table.interpreter_id, interpreters), table.removed_at.is_(None))
    return list(work.session.scalars(query.order_by(table.created_at, table.id)))


def _replace(work: Work, table: Any, interpreter: UUID, wanted: Sequence[Mapping[str, Any]]) -> bool:
    """Have the rows of somebody be these; whether any was not yet."""
    there = _of(work, table, [interpreter])
    left = [dict(values) for values in wanted]
    changed = False
    for row in there:
        same = next((values for values in left if all(getattr(row, key) == said for key, said in values.items())), None)
        if same is not None:
            left.remove(same)
            continue
        row.removed_at, changed = work.now, True
        work.touch(row)
    for values in left:
        work.session.add(table(id=uuid4(), **{"interpreter_id": interpreter, **values, **work.made}))
    work.session.flush()
    return changed or bool(left)


def _blocks(work: Work, interpreter: UUID, household: UUID) -> list[InterpreterBlock]:
    """Of families that were merged there may be several."""
    query = select(InterpreterBlock).where(
        InterpreterBlock.interpreter_id == interpreter,
        InterpreterBlock.household_id == household,
        InterpreterBlock.removed_at.is_(None),
    )
    return list(work.session.scalars(query.order_by(InterpreterBlock.created_at)))


def _title(person: Interpreter) -> str:
    return person.name.strip() or _("jemand ohne Namen")
