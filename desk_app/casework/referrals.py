"""Sending a family to an offer (Vermittlung), what becomes of it, and taking it back. Reading is ``referral_lines``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from desk_app.casework import deeds, notes, referral_asks
from desk_app.casework.desk import Work
from desk_app.casework.referral_lines import PROVIDER, agreed_on
from desk_app.domain.check_codes import slip_code
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import RecordGone
from desk_app.domain.offers import Offer as OfferFacts
from desk_app.domain.records import RecordKind
from desk_app.domain.referral_states import ADDRESSED, REFERRED, asks_again
from desk_app.i18n import _
from desk_app.storage.tables import Consent, Household, Offer, Person, Referral, ReferralStep

_MADE: Final = ("offer", "offer_id", "referred_on", "outcome", "code", "asks_again_on")


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral as it is asked for; ``id`` makes a repeated attempt find the first one.

    Without ``persons`` it is for the family as a whole. ``state`` is ``addressed`` where one only spoke of the offer.
    ``agreed``: the family agreed today that facts are passed on to who runs it (``form`` as in ``consent_forms``);
    without that the slip goes with the family, and nothing else leaves. ``asks_again_on`` is worked out where not set.
    """

    id: UUID
    household: UUID
    offer: UUID
    persons: tuple[UUID, ...] = ()
    state: str = REFERRED
    agreed: bool = False
    form: str = "oral"
    asks_again_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What a referral came to: the code for the slip, the rows (one for each person), and the deed to take it back."""

    code: str
    referrals: tuple[UUID, ...]
    deed: UUID


def refer(work: Work, draft: Draft) -> Made:
    """Send a family to an offer: one code for the slip, a day on which to ask what became of it.

    Raises ``RecordGone`` where the offer, the family or one of the persons was taken out.
    """
    offer = work.session.get(Offer, draft.offer)
    household = work.session.get(Household, draft.household)
    if offer is None or offer.removed_at is not None or household is None or household.removed_at is not None:
        raise RecordGone
    whom: Sequence[UUID | None] = draft.persons or (None,)
    for each in draft.persons:
        _require_person(work, each, draft.household)
    words = _("Vermittelt: {offer}") if draft.state != ADDRESSED else _("Angesprochen: {offer}")
    with deeds.recorded(work, "referral.made", words.format(offer=offer.title), draft.household) as deed:
        rows = [_add(work, draft, offer, person) for person in whom]
        if draft.agreed:
            for person in whom:
                _agree(work, draft, household, person)
    return Made(rows[0].code or "", tuple(row.id for row in rows), deed.id)


def step(
    work: Work, referrals: Iterable[UUID], outcome: str, *, happened_on: date | None = None, words: str = "",
    asks_again_on: date | None = None,
) -> UUID:  # fmt: skip
    """Set down what became of referrals of one slip; the id of the deed. ``outcome`` is a key of ``referral_outcomes``.

    The newest step by its day is what stands; where it leaves the outcome open, one asks again, on ``asks_again_on``
    or when the offer says. Raises ``RecordGone``.
    """
    rows = [_get(work, referral) for referral in referrals]
    label = code_list("referral_outcomes").label(outcome)
    told = _("Vermittlung „{offer}“: {outcome}").format(offer=rows[0].offer or _("Angebot"), outcome=label)
    household = rows[0].household_id if len({row.household_id for row in rows}) == 1 else None
    with deeds.recorded(work, "referral.stepped", told, household) as deed:
        for row in rows:
            entered = _step(work, row, outcome, happened_on or work.today, words)
            work.note("referral.stepped", RecordKind.REFERRAL, row.id, ["outcome"])
            _stand(work, row, entered, asks_again_on)
    return deed.id


def withdraw(work: Work, referrals: Iterable[UUID]) -> UUID:
    """Take referrals back that were made by mistake; the id of the deed. Raises ``RecordGone``."""
    return _set_removed(work, [_get(work, referral) for referral in referrals], removed=True)


def restore(work: Work, referrals: Iterable[UUID]) -> UUID:
    """Bring them back; the id of the deed. Raises ``RecordGone``."""
    return _set_removed(work, [_get(work, referral, even_removed=True) for referral in referrals], removed=False)


def withdraw_consent(work: Work, referral: UUID) -> UUID:
    """From today on nothing more is passed on to who runs the offer (Art. 7(3) GDPR); the id of the deed.

    It holds for everybody on the same slip. Where the family agreed to providers of offers in general, that stands for
    all others. Raises ``RecordGone``.
    """
    row = _get(work, referral)
    words = _("Einwilligung widerrufen: {offer}").format(offer=row.offer or _("Angebot"))
    with deeds.recorded(work, "intake.changed", words, row.household_id) as deed:
        for each in _of_slip(work, row):
            _withdraw_consent(work, each)
    return deed.id


def _of_slip(work: Work, row: Referral) -> Sequence[Referral]:
    query = select(Referral).where(Referral.code == row.code, Referral.household_id == row.household_id)
    return list(work.session.scalars(query.where(Referral.removed_at.is_(None)))) if row.code else [row]


def _withdraw_consent(work: Work, row: Referral) -> None:
    query = select(Consent).where(Consent.household_id == row.household_id, Consent.recipient == PROVIDER)
    query = query.where(Consent.offer_id == row.offer_id, Consent.removed_at.is_(None), Consent.withdrawn_on.is_(None))
    for consent in list(work.session.scalars(query)):
        if consent.person_id in (None, row.person_id):
            consent.withdrawn_on = work.today
            work.touch(consent)
            work.session.flush()
            work.note("intake.changed", RecordKind.CONSENT, consent.id, ["withdrawn_on"])
    if row.offer_id is not None and agreed_on(work, row.household_id, row.person_id, row.offer_id):
        _except(work, row)


def _add(work: Work, draft: Draft, offer: Offer, person: UUID | None) -> Referral:
    id_ = uuid5(draft.id, str(person)) if person else draft.id
    known = work.session.get(Referral, id_)
    if known is not None:
        return known
    days = OfferFacts.from_content(offer.content).follow_up_days
    row = Referral(
        id=id_, household_id=draft.household, person_id=person, offer=offer.title, offer_id=offer.id,
        referred_on=work.today, outcome=draft.state, code=_code(work, draft.id),
        asks_again_on=draft.asks_again_on or asks_again(draft.state, work.today, days), **work.made,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.note("referral.made", RecordKind.REFERRAL, row.id, [key for key in _MADE if getattr(row, key) is not None])
    _step(work, row, draft.state, work.today, draft.words)
    referral_asks.settle(work, row)
    return row


def _code(work: Work, slip: UUID) -> str:
    """The code of a slip: the first of its own that no other slip has, of those taken back either."""
    return next(code for attempt in count() if _is_free(work, slip, code := slip_code(slip, attempt)))


def _is_free(work: Work, slip: UUID, code: str) -> bool:
    others = work.session.execute(select(Referral.id, Referral.person_id).where(Referral.code == code))
    return all(slip == id_ or (person is not None and id_ == uuid5(slip, str(person))) for id_, person in others)


def _agree(work: Work, draft: Draft, household: Household, person: UUID | None) -> None:
    if agreed_on(work, draft.household, person, draft.offer):
        return
    kind = household.interpreter_kind
    values = {
        "recipient": PROVIDER, "given_on": work.today, "form": draft.form or None,
        "language": household.conversation_language, "interpreted": kind != "none" if kind else None,
    }  # fmt: skip
    id_ = uuid5(uuid5(draft.id, str(person)), "consent")
    work.session.add(Consent(
        id=id_, household_id=draft.household, person_id=person, offer_id=draft.offer, **values, **work.made
    ))  # fmt: skip
    work.session.flush()
    known = [key for key, value in values.items() if value is not None]
    work.note("intake.added", RecordKind.CONSENT, id_, [*known, "offer_id"])


def _except(work: Work, row: Referral) -> None:
    """Take one offer out of what was agreed for all of them."""
    id_ = uuid4()
    work.session.add(Consent(
        id=id_, household_id=row.household_id, person_id=row.person_id, offer_id=row.offer_id, recipient=PROVIDER,
        withdrawn_on=work.today, **work.made,
    ))  # fmt: skip
    work.session.flush()
    work.note("intake.added", RecordKind.CONSENT, id_, ["recipient", "withdrawn_on", "offer_id"])


def _step(work: Work, row: Referral, outcome: str, day: date, words: str) -> ReferralStep:
    entered = ReferralStep(
        id=uuid4(), household_id=row.household_id, person_id=row.person_id, referral_id=row.id, happened_on=day,
        outcome=outcome, words=notes.clean_text(words) or None, **work.made,
    )  # fmt: skip
    work.session.add(entered)
    work.session.flush()
    return entered


def _stand(work: Work, row: Referral, entered: ReferralStep, asks_again_on: date | None) -> None:
    """Let the newest step of a referral be its outcome, and ask again when that says so."""
    query = select(ReferralStep).where(ReferralStep.referral_id == row.id, ReferralStep.removed_at.is_(None))
    newest = max(work.session.scalars(query), key=lambda each: (each.happened_on, each is entered, each.created_at))
    offer = work.session.get(Offer, row.offer_id) if row.offer_id else None
    days = OfferFacts.from_content(offer.content).follow_up_days if offer is not None else None
    row.outcome = newest.outcome
    row.asks_again_on = asks_again_on or asks_again(newest.outcome, newest.happened_on, days)
    work.touch(row)
    work.session.flush()
    referral_asks.settle(work, row)


def _set_removed(work: Work, rows: Sequence[Referral], *, removed: bool) -> UUID:
    kind = "referral.withdrawn" if removed else "referral.restored"
    words = _("Vermittlung zurückgenommen: {offer}") if removed else _("Vermittlung zurückgeholt: {offer}")
    with deeds.recorded(work, kind, words.format(offer=rows[0].offer or _("Angebot")), rows[0].household_id) as deed:
        for row in rows:
            row.removed_at = work.now if removed else None
            work.touch(row)
            work.session.flush()
            work.note("referral.withdrawn" if removed else "referral.restored", RecordKind.REFERRAL, row.id)
            referral_asks.settle(work, row)
    return deed.id


def _require_person(work: Work, person: UUID, household: UUID) -> None:
    row = work.session.get(Person, person)
    if row is None or row.removed_at is not None or row.household_id != household:
        raise RecordGone


def _get(work: Work, referral: UUID, *, even_removed: bool = False) -> Referral:
    row = work.session.get(Referral, referral)
    if row is None or (row.removed_at is not None and not even_removed):
        raise RecordGone
    return row
