"""Follow-ups that ask what became of a referral: made with it, moved by its steps, withdrawn once that is known.

As with the deadlines of placements, what somebody ticked, changed or took out is neither touched nor made again; a
later day on which to ask makes the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Final
from uuid import UUID, uuid5

from desk_app.casework import users
from desk_app.casework.audit_words import BY_RULE
from desk_app.casework.desk import Work
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.records import RecordKind
from desk_app.domain.referral_states import OPEN, REFERRED
from desk_app.i18n import _
from desk_app.storage.tables import FollowUp, Household, Referral

RULE: Final = "referral"


def settle(work: Work, row: Referral) -> None:
    """Have exactly one open follow-up for a referral to an offer of the directory while its outcome is not known."""
    rows = list(_of(work, row))
    open_ones = [each for each in rows if each.removed_at is None and each.done_at is None and not each.taken_over]
    wanted = row.asks_again_on if _is_open(row) else None
    if wanted is None:
        for each in open_ones:
            _withdraw(work, each, _why_over(row))
        return
    same = next((each for each in rows if each.worked_out == wanted), None)
    if same is not None and same.withdrawn is not None:
        _bring_back(work, same)
    elif same is None and open_ones:
        _move(work, open_ones.pop(), row, wanted)
    elif same is None:
        _add(work, row, wanted, len(rows))
    for each in open_ones:
        if each is not same:
            _withdraw(work, each, _("Der Tag zum Nachfragen hat sich geändert."))


def is_about(work: Work, follow_up: FollowUp, row: Referral) -> bool:
    """Whether a follow-up was made for this referral."""
    return any(each.id == follow_up.id for each in _of(work, row))


def _is_open(row: Referral) -> bool:
    return row.offer_id is not None and row.removed_at is None and (row.outcome or "") in OPEN


def _of(work: Work, row: Referral) -> Iterator[FollowUp]:
    """Those made for a referral so far, in their order: their ids follow from its own."""
    for number in count():
        found = work.session.get(FollowUp, _id(row, number))
        if found is None:
            return
        yield found


def _id(row: Referral, number: int) -> UUID:
    return uuid5(row.id, f"asks/{number}")


def _add(work: Work, row: Referral, due: date, number: int) -> None:
    counsellor = getattr(work.session.get(Household, row.household_id), "counsellor", None) or ""
    staff = {str(user): user for user, each in users.rows(work).items() if each.removed_at is None}
    made = FollowUp(
        id=_id(row, number), household_id=row.household_id, person_id=row.person_id, rule=RULE, due_on=due,
        worked_out=due, words=_("Was wurde aus: {offer}?").format(offer=row.offer or _("Angebot")), why=_why(row),
        assigned_to=staff.get(counsellor), **work.made,
    )  # fmt: skip
    work.session.add(made)
    _enter(work, "follow_up.added", made)


def _move(work: Work, made: FollowUp, row: Referral, due: date) -> None:
    made.due_on = made.worked_out = due
    made.why = _why(row)
    work.touch(made)
    work.session.flush()
    work.note("follow_up.changed", RecordKind.FOLLOW_UP, made.id, [BY_RULE, "due_on"])


def _withdraw(work: Work, made: FollowUp, why: str) -> None:
    made.removed_at, made.withdrawn = work.now, why
    work.touch(made)
    _enter(work, "follow_up.removed", made)


def _bring_back(work: Work, made: FollowUp) -> None:
    made.removed_at = made.withdrawn = None
    work.touch(made)
    _enter(work, "follow_up.restored", made)


def _enter(work: Work, deed: str, made: FollowUp) -> None:
    work.session.flush()
    work.note(deed, RecordKind.FOLLOW_UP, made.id, [BY_RULE])


def _why(row: Referral) -> str:
    """ "vermittelt am 26.11.2026, Warteliste"."""
    made = _("vermittelt am {day}").format(day=show_day(row.referred_on)) if row.referred_on else ""
    since = code_list("referral_outcomes").label(row.outcome) if row.outcome != REFERRED else ""
    return ", ".join(part for part in (made, since) if part)


def _why_over(row: Referral) -> str:
    if row.removed_at is not None:
        return _("Die Vermittlung wurde zurückgenommen.")
    return _("Ergebnis: {outcome}.").format(outcome=code_list("referral_outcomes").label(row.outcome))
