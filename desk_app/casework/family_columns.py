"""What the list of families can tell in more columns, read for many families at once and only where it is shown.

No file is read whole: each fact is one query over the rows it needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select

from desk_app.casework import notes, placement_lines, signs, users
from desk_app.casework.desk import Work
from desk_app.domain.child import PROTECTIONS
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.placement_deadlines import WAITING
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import (
    Address,
    FollowUp,
    Household,
    Language,
    Note,
    PlacementEvent,
    PlacementRequest,
)


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """Facts about one family; what was not asked for is empty.

    ``district`` is empty where an address of the family is protected, as on everything that leaves. ``states`` counts
    the children's requests by state. ``last_contact`` is the newest note of a contact, appointment kept or first
    contact; ``last_sign`` when somebody of the family was heard of last, ``waits`` whether a child still has no place.
    """

    district: str = ""
    languages: str = ""
    phone_languages: str = ""
    last_contact: date | None = None
    last_sign: date | None = None
    waits: bool = False
    follow_ups: int = 0
    states: tuple[tuple[str, int], ...] = ()
    counsellor: str = ""
    begun: date | None = None
    moved_away: date | None = None


NOTHING_KNOWN: Final = FamilyFacts()

Found = Mapping[UUID, Any]


def facts(work: Work, wanted: Iterable[str], households: Sequence[UUID]) -> dict[UUID, FamilyFacts]:
    """The facts named in ``wanted`` (attributes of ``FamilyFacts``) of those of the families that have any of them.

    Those about requests are told as they were last worked out, see ``placement_lines.catch_up``.
    """
    work.session.flush()
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    these = listed(households)
    for key in sorted(set(wanted) & set(_READ)):
        for household, value in _READ[key](work, these).items():
            found[household][key] = value
    return {household: replace(NOTHING_KNOWN, **values) for household, values in found.items()}


def _districts(work: Work, households: str) -> Found:
    labels = code_list("districts")
    found: dict[UUID, str] = {}
    hidden: set[UUID] = set()
    for household, person, district, protection in _HOMES.rows(work.session, among=households):
        if protection in PROTECTIONS:
            hidden.add(household)
        elif person is None and district:
            found.setdefault(household, labels.label(district))
    return {household: district for household, district in found.items() if household not in hidden}


def _languages(work: Work, households: str) -> Found:
    return _language_names(_SPOKEN.rows(work.session, among=households))


def _phone_languages(work: Work, households: str) -> Found:
    return _language_names(_BY_PHONE.rows(work.session, among=households))


def _language_names(rows: Iterable[tuple[Any, ...]]) -> Found:
    labels = code_list("languages")
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for household, language in rows:
        if language:
            found[household][labels.label(language)] = None
    return {household: ", ".join(names) for household, names in found.items()}


def _last_contacts(work: Work, households: str) -> Found:
    noted = _NOTED.rows(work.session, among=households, now=work.now)
    found: dict[UUID, date] = {household: local_day(at) for household, at in noted}
    for head in _heads(work, households):
        days = [found.get(head.id), head.first_contact_on or local_day(head.created_at)]
        if head.appointment_at is not None and head.appointment_at <= work.now:
            days.append(local_day(head.appointment_at))
        found[head.id] = max(day for day in days if day is not None)
    return found


def _last_signs(work: Work, households: str) -> Found:
    """From the lines of their requests or, of families without one, from notes, first contact and appointment."""
    heads = _heads(work, households)
    found = signs.beside_files(work, [head.id for head in heads])
    for head in heads:
        at = head.appointment_at if head.appointment_status == "kept" else None
        told = (found.get(head.id), head.first_contact_on, local_day(at) if at else None, local_day(head.created_at))
        found[head.id] = max((day for day in told if day is not None and day <= work.today), default=work.today)
    for household, line in placement_lines.kept_of(work, [head.id for head in heads]):
        found[household] = date.fromisoformat(line.last_sign)
    return found


def _waiting(work: Work, households: str) -> Found:
    lines = placement_lines.kept_of(work, [head.id for head in _heads(work, households)])
    return {household: True for household, line in lines if line.state in WAITING}


def _follow_ups(work: Work, households: str) -> Found:
    return dict(_OPEN.rows(work.session, among=households))


def _states(work: Work, households: str) -> Found:
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for household, state in _STATES.rows(work.session, among=households):
        found[household][state] += 1
    return {household: tuple(sorted(states.items())) for household, states in found.items()}


def _counsellors(work: Work, households: str) -> Found:
    staff = {str(user): name for user, name in users.names(work).items()}
    return {head.id: staff.get(head.counsellor, "") for head in _heads(work, households) if head.counsellor is not None}


def _begun(work: Work, households: str) -> Found:
    return {head.id: local_day(head.created_at) for head in _heads(work, households)}


def _moved_away(work: Work, households: str) -> Found:
    return {head.id: head.moved_away_on for head in _heads(work, households) if head.moved_away_on is not None}


class _Head(NamedTuple):
    """What is told of a household itself."""

    id: UUID
    created_at: datetime
    first_contact_on: date | None
    appointment_at: datetime | None
    appointment_status: str | None
    counsellor: str | None
    moved_away_on: date | None


def _heads(work: Work, households: str) -> list[_Head]:
    return [_Head(*row) for row in _HEADS.rows(work.session, among=households)]


def _of_language(which: ColumnElement[bool]) -> Ready:
    query = select(Language.household_id, Language.language).where(
        among_listed(Language.household_id), Language.removed_at.is_(None), which
    )
    return Ready(query.order_by(Language.created_at, Language.id))


def _newest_states() -> Ready:
    requests = select(PlacementRequest.id).where(among_listed(PlacementRequest.household_id))
    newest = (
        select(PlacementEvent.request_id, func.max(PlacementEvent.sequence).label("newest"))
        .where(PlacementEvent.request_id.in_(requests), PlacementEvent.voided_at.is_(None))
        .group_by(PlacementEvent.request_id)
        .subquery()
    )
    return Ready(
        select(PlacementRequest.household_id, PlacementEvent.state)
        .join(PlacementEvent, PlacementEvent.request_id == PlacementRequest.id)
        .join(newest, (newest.c.request_id == PlacementEvent.request_id) & (newest.c.newest == PlacementEvent.sequence))
        .where(among_listed(PlacementRequest.household_id), PlacementRequest.removed_at.is_(None))
    )


_HEADS: Final = Ready(
    select(*(getattr(Household, name) for name in _Head._fields)).where(
        among_listed(Household.id), Household.removed_at.is_(None)
    )
)
_HOMES: Final = Ready(
    select(Address.household_id, Address.person_id, Address.district, Address.protection)
    .where(among_listed(Address.household_id), Address.removed_at.is_(None), Address.valid_to.is_(None))
    .order_by(Address.created_at)
)
_SPOKEN: Final = _of_language(Language.family_language.is_(True) | Language.person_id.is_(None))
_BY_PHONE: Final = _of_language(Language.by_phone.is_(True))
_NOTED: Final = Ready(
    select(Note.household_id, func.max(Note.at))
    .where(
        among_listed(Note.household_id),
        Note.removed_at.is_(None),
        Note.kind != notes.INTERNAL,
        Note.at <= bindparam("now", type_=Note.at.type),
    )
    .group_by(Note.household_id)
)
_OPEN: Final = Ready(
    select(FollowUp.household_id, func.count())
    .where(among_listed(FollowUp.household_id), FollowUp.removed_at.is_(None), FollowUp.done_at.is_(None))
    .group_by(FollowUp.household_id)
)
_STATES: Final = _newest_states()

_READ: Final[Mapping[str, Callable[[Work, str], Found]]] = {
    "district": _districts,
    "languages": _languages,
    "phone_languages": _phone_languages,
    "last_contact": _last_contacts,
    "last_sign": _last_signs,
    "waits": _waiting,
    "follow_ups": _follow_ups,
    "states": _states,
    "counsellor": _counsellors,
    "begun": _begun,
    "moved_away": _moved_away,
}

FACTS: Final = tuple(_READ)
"""All there are."""
