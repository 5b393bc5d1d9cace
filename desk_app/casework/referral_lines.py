"""Reading referrals: of a family, by the code on a slip, those without an answer, and how many of them per offer.

What is counted beside an offer are numbers alone: nothing here tells of which families.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from desk_app.casework import families, referral_asks, users
from desk_app.casework.desk import Work
from desk_app.casework.wording import family_title
from desk_app.domain.check_codes import typed_slip_code
from desk_app.domain.child import full_name
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import SlipCodeMistyped, SlipUnknown
from desk_app.domain.offers import Offer as OfferFacts
from desk_app.domain.records import FamilyFile
from desk_app.domain.referral_states import OUT_WITH_A_SLIP
from desk_app.storage.many_rows import among
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Consent, FollowUp, Household, Offer, Referral, ReferralStep

PROVIDER: Final = "offer_provider"
"""The consent recipient that stands for who runs an offer."""
LONG_OPEN_DAYS: Final = 14
"""After so many days without an answer a slip is on the list of those to ask about; the house's own number."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a referral on one day."""

    id: UUID
    happened_on: date
    outcome: str
    label: str
    entered_at: datetime
    words: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral as lists show it. ``offer`` is ``None`` for one that was only named, without the directory.

    ``ask_after`` is after how many days the offer has one ask again, ``None`` for the house's usual.

    ``about`` is whom of the family it is for, empty for all of them; ``code`` stands on the slip. ``agreed`` says
    whether facts may be passed on to the provider today. ``days`` counts from the newest step.
    """

    id: UUID
    household: UUID
    person: UUID | None
    offer: UUID | None
    title: str
    referred_on: date | None
    state: str
    label: str
    code: str = ""
    asks_again_on: date | None = None
    ask_after: int | None = None
    agreed: bool = False
    by: str = ""
    steps: tuple[Step, ...] = ()
    about: str = ""
    family: str = ""
    file_number: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Uses:
    """How often somebody was sent to an offer, each person of a slip counted, and what became of it by state."""

    referrals: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    latest: date | None = None


def of_family(work: Work, household: UUID) -> tuple[ReferralLine, ...]:
    """All referrals of a family, those only named in the intake as well, the newest first."""
    return _lines(work, _standing().where(Referral.household_id == household))


_OF_FAMILY: Final = Ready(
    select(Referral.id).where(Referral.household_id == bindparam("household"), Referral.removed_at.is_(None))
)
"""Most families have none, which is found out without their reading."""


def of_file(work: Work, file: FamilyFile) -> tuple[ReferralLine, ...]:
    """The same of a family whose file is known already, though perhaps from before its last referral."""
    work.session.flush()
    if not _OF_FAMILY.rows(work.session, household=file.household.id):
        return ()
    query = _standing().where(Referral.household_id == file.household.id)
    return _of_rows(work, list(work.session.scalars(query)), {file.household.id: file})


def by_code(work: Work, typed: str) -> tuple[ReferralLine, ...]:
    """The referrals on the slip with this code; more than one where it is for several of the family.

    Raises ``SlipCodeMistyped`` or ``SlipUnknown``.
    """
    code = typed_slip_code(typed)
    if not code:
        raise SlipCodeMistyped
    found = _lines(work, _standing().where(Referral.code == code))
    if not found:
        raise SlipUnknown
    return found


def asked_by(work: Work, follow_up: UUID) -> ReferralLine | None:
    """The referral that a follow-up of the rule ``referral_asks.RULE`` asks about; ``None`` where it is gone."""
    row = work.session.get(FollowUp, follow_up)
    if row is None or row.rule != referral_asks.RULE:
        return None
    query = _standing().where(Referral.household_id == row.household_id, Referral.offer_id.is_not(None))
    asked = [each.id for each in work.session.scalars(query) if referral_asks.is_about(work, row, each)]
    return next(iter(_lines(work, _standing().where(Referral.id.in_(asked)))), None)


def open_slips(work: Work, days: int = LONG_OPEN_DAYS) -> tuple[ReferralLine, ...]:
    """Those of all families that are out without an answer for so many days, the longest waiting first."""
    out = Referral.code.is_not(None), Referral.outcome.in_(OUT_WITH_A_SLIP)
    found = _lines(work, _standing().where(*out, Referral.referred_on <= work.today - timedelta(days=days)))
    return tuple(sorted((each for each in found if each.days >= days), key=lambda each: -each.days))


def uses(work: Work, since: date | None = None) -> dict[UUID, Uses]:
    """For each offer families were sent to: how often, with what outcome, and when last."""
    query = select(Referral.offer_id, Referral.outcome, func.count(), func.max(Referral.referred_on))
    query = query.where(Referral.offer_id.is_not(None), Referral.removed_at.is_(None))
    if since is not None:
        query = query.where(Referral.referred_on >= since)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    latest: dict[UUID, date] = {}
    for offer, outcome, number, day in work.session.execute(query.group_by(Referral.offer_id, Referral.outcome)):
        assert offer is not None
        found[offer][outcome or ""] = number
        if day is not None:
            latest[offer] = max(day, latest.get(offer, day))
    return {offer: Uses(sum(each.values()), each, latest.get(offer)) for offer, each in found.items()}


def agreed_on(work: Work, household: UUID, person: UUID | None, offer: UUID) -> bool:
    """Whether facts may be passed on to who runs the offer: agreed for it, or for providers of offers in general."""
    return _agreement(_consents(work, [household]), household, person, offer, work.today) is not None


def all_agreed(work: Work, household: UUID, persons: Iterable[UUID], offer: UUID) -> bool:
    """The same for each of these persons; for the family as a whole where none is named."""
    consents = _consents(work, [household])
    whose = tuple(persons) or (None,)
    return all(_agreement(consents, household, person, offer, work.today) is not None for person in whose)


def _standing() -> Select[Referral]:
    query = select(Referral).join(Household, Household.id == Referral.household_id)
    query = query.where(Referral.removed_at.is_(None), Household.removed_at.is_(None))
    return query.order_by(Referral.referred_on.desc(), Referral.created_at.desc(), Referral.id)


def _lines(work: Work, query: Select[Referral]) -> tuple[ReferralLine, ...]:
    rows = list(work.session.scalars(query))
    files = families.load_many(work, sorted({row.household_id for row in rows}))
    return _of_rows(work, rows, {file.household.id: file for file in files})


def _of_rows(work: Work, rows: Sequence[Referral], files: Mapping[UUID, FamilyFile]) -> tuple[ReferralLine, ...]:
    consents, staff = _consents(work, files), users.names(work)
    steps, days = _steps(work, rows, staff), _days(work, rows)
    lines = (
        _line(work, row, files[row.household_id], steps.get(row.id, ()), consents, staff)
        for row in rows
        if row.household_id in files
    )
    return tuple(replace(line, ask_after=days.get(line.offer)) for line in lines)


def _days(work: Work, rows: Iterable[Referral]) -> dict[UUID | None, int | None]:
    """After how many days one asks again, by offer."""
    wanted = {row.offer_id for row in rows if row.offer_id is not None}
    query = select(Offer.id, Offer.content).where(among(Offer.id, sorted(wanted)))
    found = work.session.execute(query) if wanted else ()
    return {id_: OfferFacts.from_content(content).follow_up_days for id_, content in found}


def _steps(work: Work, rows: Sequence[Referral], staff: Mapping[UUID, str]) -> dict[UUID, tuple[Step, ...]]:
    query = select(ReferralStep).where(among(ReferralStep.referral_id, [row.id for row in rows]))
    query = query.where(ReferralStep.removed_at.is_(None))
    found: dict[UUID, list[Step]] = defaultdict(list)
    for row in work.session.scalars(query.order_by(ReferralStep.happened_on, ReferralStep.created_at, ReferralStep.id)):
        label = code_list("referral_outcomes").label(row.outcome)
        by = staff.get(row.created_by, "")
        step = Step(row.id, row.happened_on, row.outcome, label, row.created_at, row.words or "", by)
        found[row.referral_id].append(step)
    return {referral: tuple(each) for referral, each in found.items()}


def _line(
    work: Work,
    row: Referral,
    file: FamilyFile,
    steps: tuple[Step, ...],
    consents: Sequence[Consent],
    staff: Mapping[UUID, str],
) -> ReferralLine:
    person = next((each for each in file.persons if each.id == row.person_id), None)
    newest = steps[-1].happened_on if steps else row.referred_on
    agreed = row.offer_id is not None and _agreement(
        consents, row.household_id, row.person_id, row.offer_id, work.today
    )
    return ReferralLine(
        id=row.id, household=row.household_id, person=row.person_id, offer=row.offer_id, title=row.offer or "",
        referred_on=row.referred_on, state=row.outcome or "",
        label=code_list("referral_outcomes").label(row.outcome), code=row.code or "", asks_again_on=row.asks_again_on,
        agreed=bool(agreed), by=staff.get(row.created_by, ""), steps=steps,
        about=full_name(person) if person else "", family=family_title(file),
        file_number=file.household.text("file_number"), days=max(0, (work.today - newest).days) if newest else 0,
    )  # fmt: skip


def _consents(work: Work, households: Iterable[UUID]) -> list[Consent]:
    query = select(Consent).where(among(Consent.household_id, list(households)), Consent.recipient == PROVIDER)
    return list(work.session.scalars(query.where(Consent.removed_at.is_(None)).order_by(Consent.created_at)))


def _agreement(
    consents: Sequence[Consent], household: UUID, person: UUID | None, offer: UUID, today: date
) -> Consent | None:
    """The consent that covers it today: the person's own word before the family's, on the offer before on any."""
    for whose in dict.fromkeys((person, None)):
        for about in (offer, None):
            rows = [row for row in consents
                    if (row.household_id, row.person_id, row.offer_id) == (household, whose, about)]  # fmt: skip
            if rows:
                newest = max(rows, key=lambda row: (row.given_on or date.min, row.created_at))
                holds = newest.given_on is not None and newest.given_on <= today
                return newest if holds and (newest.withdrawn_on is None or newest.withdrawn_on > today) else None
    return None
