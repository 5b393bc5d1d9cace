"""From a follow-up that asks what became of a referral to that referral."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from desk_app.casework import referral_asks, referral_lines
from desk_app.casework.desk import Work
from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain.errors import RecordGone
from desk_app.storage.tables import FollowUp, Referral


def asked_about(work: Work, follow_up: UUID) -> tuple[ReferralLine, ...]:
    """The referrals of the slip that a follow-up asks about, none where it asks about something else.

    Raises ``RecordGone`` where there is no such follow-up.
    """
    made = work.session.get(FollowUp, follow_up)
    if made is None:
        raise RecordGone
    query = select(Referral).where(Referral.household_id == made.household_id, Referral.removed_at.is_(None))
    ids = {row.id for row in work.session.scalars(query) if referral_asks.is_about(work, made, row)}
    lines = referral_lines.of_family(work, made.household_id)
    codes = {line.code for line in lines if line.id in ids and line.code}
    return tuple(line for line in lines if line.id in ids or line.code in codes)
