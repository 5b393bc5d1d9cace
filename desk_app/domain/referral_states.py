"""What may become of a referral, by the keys of the list ``referral_outcomes``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

ADDRESSED, REFERRED, CONTACT = "addressed", "referred", "contact"
TAKES_PART, WAITING_LIST, DECLINED, NO_REPLY = "takes_part", "waiting_list", "declined", "no_reply"
ACCEPTED: Final = "accepted"
"""What was chosen before there was contact and taking part; kept where it stands."""

OPEN: Final = frozenset({ADDRESSED, REFERRED, CONTACT, WAITING_LIST})
"""States after which one still asks what became of it."""

OUT_WITH_A_SLIP: Final = frozenset({REFERRED, CONTACT, WAITING_LIST})
"""States in which the slip the family took along has not come back with its answer."""

ASK_AFTER_DAYS: Final = 14
"""The house's usual time until one asks, where the offer has none of its own."""
WAITING_LIST_DAYS: Final = 42
"""A waiting list moves slowly; the house's own number."""


def asks_again(state: str, told_on: date, days: int | None) -> date | None:
    """When to ask what became of it, told ``told_on`` of a state; ``None`` once that is known."""
    if state not in OPEN:
        return None
    usual = WAITING_LIST_DAYS if state == WAITING_LIST else ASK_AFTER_DAYS
    return told_on + timedelta(days=max(days or 0, usual) if state == WAITING_LIST else days or usual)
