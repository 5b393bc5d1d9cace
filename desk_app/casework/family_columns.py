"""What the list of families can tell in more columns, read for many families at once and only where it is shown.

No file is read whole: each fact is one query over the rows it needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from desk_app.casework import notes, placement_lines, signs, users
from desk_app.casework.desk import Work
from desk_app.domain.child import PROTECTIONS
from desk_app.domain.clock import local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.placement_deadlines import WAITING
from desk_app.storage.many_rows import among
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
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for key in sorted(set(wanted) & set(_READ)):
        for household, value in _READ[key](work, households).items():
            found[household][key] = value
    return {household: replace(NOTHING_KNOWN, **values) for household, values in found.items()}


def _districts(work: Work, households: Sequence[UUID]) -> Found:
    labels = code_list("districts")
    query = select(Address.household_id, Address.person_id, Address.district, Address.protection)
    query = query.where(among(Address.household_id, households), Address.removed_at.is_(None))
    query = query.where(Address.valid_to.is_(None))
    found: dict[UUID, str] = {}
    hidden: set[UUID] = set()
    for household, person, district, protection in work.session.execute(query.order_by(Address.created_at)):
        if protection in PROTECTIONS:
            hidden.add(household)
        elif person is None and district:
            found.setdefault(household, labels.label(district))
    return {household: district for household, district in found.items() if household not in hidden}


def _languages(work: Work, households: Sequence[UUID]) -> Found:
    return _language_names(work, households, Language.family_language.is_(True) | Language.person_id.is_(None))


def _phone_languages(work: Work, households: Sequence[UUID]) -> Found:
    return _language_names(work, households, Language.by_phone.is_(True))


def _language_names(work: Work, households: Sequence[UUID], which: Any) -> Found:
    labels = code_list("languages")
    query = select(Language.household_id, Language.language).where(
        among(Language.household_id, households), Language.removed_at.is_(None), which
    )
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for household, language in work.session.execute(query.order_by(Language.created_at, Language.id)):
        if language:
            found[household][labels.label(language)] = None
    return {household: ", ".join(names) for household, names in found.items()}


def _last_contacts(work: Work, households: Sequence[UUID]) -> Found:
    noted = select(Note.household_id, func.max(Note.at)).where(
        among(Note.household_id, households),
        Note.removed_at.is_(None),
        Note.kind != notes.INTERNAL,
        Note.at <= work.now,
    )
    found: dict[UUID, date] = {
        household: local_day(at) for household, at in work.session.execute(noted.group_by(Note.household_id))
    }
    known = select(Household.id, Household.first_contact_on, Household.appointment_at, Household.created_at)
    known = known.where(among(Household.id, households), Household.removed_at.is_(None))
    for household, first, appointment, created in work.session.execute(known):
        days = [found.get(household), first or local_day(created)]
        if appointment is not None and appointment <= work.now:
            days.append(local_day(appointment))
        found[household] = max(day for day in days if day is not None)
    return found


def _last_signs(work: Work, households: Sequence[UUID]) -> Found:
    """From the lines of their requests or, of families without one, from notes, first contact and appointment."""
    found = signs.beside_files(work, households)
    known = select(
        Household.id, Household.first_contact_on, Household.appointment_at, Household.appointment_status,
        Household.created_at,
    )  # fmt: skip
    known = known.where(among(Household.id, households), Household.removed_at.is_(None))
    for household, first, at, state, created in work.session.execute(known):
        kept = local_day(at) if at is not None and state == "kept" else None
        days = [day for day in (found.get(household), first, kept, local_day(created)) if day is not None]
        found[household] = max((day for day in days if day <= work.today), default=work.today)
    for household, line in placement_lines.kept_of(work, households):
        found[household] = date.fromisoformat(line.last_sign)
    return found


def _waiting(work: Work, households: Sequence[UUID]) -> Found:
    lines = placement_lines.kept_of(work, households)
    return {household: True for household, line in lines if line.state in WAITING}


def _follow_ups(work: Work, households: Sequence[UUID]) -> Found:
    query = select(FollowUp.household_id, func.count()).where(
        among(FollowUp.household_id, households), FollowUp.removed_at.is_(None), FollowUp.done_at.is_(None)
    )
    return dict(work.session.execute(query.group_by(FollowUp.household_id)).all())


def _states(work: Work, households: Sequence[UUID]) -> Found:
    requests = select(PlacementRequest.id).where(among(PlacementRequest.household_id, households))
    newest = (
        select(PlacementEvent.request_id, func.max(PlacementEvent.sequence).label("newest"))
        .where(PlacementEvent.request_id.in_(requests), PlacementEvent.voided_at.is_(None))
        .group_by(PlacementEvent.request_id)
        .subquery()
    )
    query = (
        select(PlacementRequest.household_id, PlacementEvent.state)
        .join(PlacementEvent, PlacementEvent.request_id == PlacementRequest.id)
        .join(newest, (newest.c.request_id == PlacementEvent.request_id) & (newest.c.newest == PlacementEvent.sequence))
        .where(among(PlacementRequest.household_id, households), PlacementRequest.removed_at.is_(None))
    )
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for household, state in work.session.execute(query):
        found[household][state] += 1
    return {household: tuple(sorted(states.items())) for household, states in found.items()}


def _counsellors(work: Work, households: Sequence[UUID]) -> Found:
    staff = {str(user): name for user, name in users.names(work).items()}
    query = select(Household.id, Household.counsellor).where(
        among(Household.id, households), Household.removed_at.is_(None), Household.counsellor.is_not(None)
    )
    return {household: staff.get(user or "", "") for household, user in work.session.execute(query)}


def _begun(work: Work, households: Sequence[UUID]) -> Found:
    query = select(Household.id, Household.created_at).where(among(Household.id, households))
    return {household: local_day(at) for household, at in work.session.execute(query)}


def _moved_away(work: Work, households: Sequence[UUID]) -> Found:
    query = select(Household.id, Household.moved_away_on)
    query = query.where(among(Household.id, households), Household.moved_away_on.is_not(None))
    return dict(work.session.execute(query).all())


_READ: Final[Mapping[str, Callable[[Work, Sequence[UUID]], Found]]] = {
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
