"""Filling a store with invented families through the deeds the window uses, each at the time it would have happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from desk_app.casework import demo_days, exports, intake
from desk_app.casework.demo_families import families
from desk_app.casework.demo_people import DemoFamily
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.intake import NewRecord
from desk_app.documents.files import write_whole
from desk_app.domain.centre import Centre, Office
from desk_app.domain.clock import berlin
from desk_app.domain.records import RecordKind, Ref

CENTRE = Centre(
    name="Kommunales Integrationszentrum",
    city="Stadt Mülheim an der Ruhr",
    street="Musterplatz 1",
    place="45466 Mülheim an der Ruhr",
    phone="0208 000-4561",
    email="ki@stadt.example",
    school_authority=Office(
        "Fachberatung Integration", "Untere Schulaufsicht", "Musterstraße 12", "45468 Mülheim an der Ruhr"
    ),
    district_government=Office("Bezirksregierung Musterstadt", "Dezernat 45", "Beispielufer 1", "40474 Musterstadt"),
    demo=True,
)
USER = "Carla Beispiel"
PASSPHRASE = "Musterdaten sind erfunden"  # noqa: S105 - no secret
"""Printed with every demo store; it must not protect anything else."""

_NOTE = "musterdaten.json"
_DEMO = UUID("5d0f3c1a-2a3e-5c61-9d0b-6b1f0f0e7a11")
_GUESTS = 60
"""Families that have appointments; those of a large store only fill it."""
_TAKEN_IN, _SENT, _ANSWERED = time(9, 30), time(15, 0), timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a demo store was filled with; ``earlier`` are the sendings of days gone by, ``now`` the one of today."""

    families: int
    children: int
    earlier: int
    now: Exported | None


@dataclass(frozen=True, slots=True)
class Made:
    """What a demo was asked for and what came of it, as noted in its folder."""

    families: int
    seed: int
    children: int
    sent: int


def noted_in(folder: Path) -> Made | None:
    """What the demo in ``folder`` is; ``None`` where there is none."""
    try:
        known = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return Made(**{item.name: int(known[item.name]) for item in fields(Made)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_in(folder: Path, made: Made) -> None:
    """Note what the demo is. Raises ``DiskFull`` or another ``WorldError``."""
    content = json.dumps(asdict(made), indent=1).encode()
    write_whole(folder / _NOTE, lambda stream: stream.write(content))


def fill(
    desk: Desk, papers: Path, count: int, seed: int, told: Callable[[int, int], None] = lambda done, total: None
) -> Filled:
    """Take ``count`` families in, send what was sent in the meantime, and today what is complete from earlier days.

    The lists and PDFs of all sendings go into the folder ``papers``. ``told`` hears how many families are done.
    """
    today, _ = desk.do(lambda work: work.today)
    cast = families(today, count, seed)
    guests: list[tuple[UUID, str]] = []
    waiting: list[tuple[date, list[UUID]]] = []
    earlier, requests = 0, list[UUID]()
    for number, family in enumerate(cast):
        earlier += _send_until(desk, papers, waiting, family.day)
        household = uuid5(_DEMO, f"{seed}/{number}")
        children, _ = _at(desk, family.day, _TAKEN_IN).do(partial(_take_in, household=household, family=family))
        if family.day < today:
            guests.append((household, str(family.household.get("interpreter_language") or "")))
            requests += [uuid5(child, "request") for child in children]
        if family.sent_on is not None:
            waiting.append((family.sent_on, children))
        told(number + 1, len(cast))
    earlier += _send_until(desk, papers, waiting, date.max)
    complete, _ = desk.do(partial(exports.complete_ones, requests=requests))
    sent = desk.do(lambda work: exports.export_requests(work, Wanted(complete, papers)))[0] if complete else None
    demo_days.fill(desk, guests[:_GUESTS], seed)
    born = sum(person.values["role"] == "child" for family in cast for person in family.persons)
    return Filled(len(cast), born, earlier, sent)


def _at(desk: Desk, day: date, hour: time) -> Desk:
    """The desk as it was at that hour, or now where that is still to come."""
    moment = datetime.combine(day, hour, berlin()).astimezone(UTC)
    return replace(desk, clock=lambda: min(moment, desk.clock()))


def _send_until(desk: Desk, papers: Path, waiting: list[tuple[date, list[UUID]]], day: date) -> int:
    """Send what is due before ``day``, one sending for each day; how many requests went out."""
    sent = 0
    for due in sorted({at for at, _ in waiting if at < day}):
        children = [child for at, found in waiting if at == due for child in found]
        sent += _at(desk, due, _SENT).do(partial(_send, children=children, papers=papers))[0]
    waiting[:] = [item for item in waiting if item[0] >= day]
    return sent


def _send(work: Work, children: list[UUID], papers: Path) -> int:
    """Send the complete requests of these children; how many there were."""
    ready = exports.complete_ones(work, [uuid5(child, "request") for child in children])
    return exports.export_requests(work, Wanted(ready, papers)).sent if ready else 0


def _take_in(work: Work, household: UUID, family: DemoFamily) -> list[UUID]:
    """One family in one transaction, in which time passes from answer to answer; the ids of its children."""
    home = intake.start(work, household, family_name=family.name).all(RecordKind.ADDRESS)[0].ref
    answers = {Ref(RecordKind.HOUSEHOLD, household): family.household, home: family.home}
    ids = [uuid5(household, f"person/{number}") for number in range(len(family.persons))]
    records = _records(work, household, family, ids)
    if family.at_once:
        intake.take_over(work, household, answers, records)
    else:
        for ref, key, value in [(ref, *answer) for ref, values in answers.items() for answer in values.items()]:
            intake.set_value(_later(work), ref, key, value)
        for record in records:
            intake.add(work, record.kind, record.id, household, person=record.person, values=record.values)
    for id_, person in zip(ids, family.persons, strict=True):
        if person.remark:
            intake.set_value(work, Ref(RecordKind.REQUEST, uuid5(id_, "request")), "remark_authority", person.remark)
    if family.finished:
        intake.finish(work, household)
    return [id_ for id_, person in zip(ids, family.persons, strict=True) if person.values["role"] == "child"]


def _records(work: Work, household: UUID, family: DemoFamily, ids: Sequence[UUID]) -> Iterator[NewRecord]:
    """The records of a family in the order of the conversation, each a little later than the one before."""
    for number, (kind, values) in enumerate(family.rows):
        _later(work)
        yield NewRecord(kind, uuid5(household, f"row/{number}"), values)
    for id_, person in zip(ids, family.persons, strict=True):
        _later(work)
        yield NewRecord(
            RecordKind.PERSON, id_, {key: value for key, value in person.values.items() if value is not None}
        )
        for number, (kind, values) in enumerate(person.rows):
            _later(work)
            yield NewRecord(kind, uuid5(id_, f"row/{number}"), values, id_)
        for place in person.guardians:
            yield NewRecord(RecordKind.GUARDIAN, uuid5(id_, f"guardian/{place}"), {"guardian": ids[place]}, id_)


def _later(work: Work) -> Work:
    work.now += _ANSWERED
    return work
