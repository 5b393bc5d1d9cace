"""The states of a visit, from the appointment to its end, and which may follow which.

Who enters yesterday's day sheet goes straight from an appointment to its end, so ends can be reached from everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desk_app.i18n import N_, _

PLANNED: Final = "planned"
CONFIRMED: Final = "confirmed"
ARRIVED: Final = "arrived"
CALLED: Final = "called"
IN_TALK: Final = "in_talk"
INTERRUPTED: Final = "interrupted"
COMES_BACK: Final = "comes_back"
DONE: Final = "done"
NO_SHOW: Final = "no_show"
CANCELLED_FAMILY: Final = "cancelled_family"
CANCELLED_US: Final = "cancelled_us"
MOVED: Final = "moved"

LABELS: Final[Mapping[str, str]] = {
    PLANNED: N_("vorgemerkt"),
    CONFIRMED: N_("bestätigt"),
    ARRIVED: N_("eingetroffen"),
    CALLED: N_("aufgerufen"),
    IN_TALK: N_("im Gespräch"),
    INTERRUPTED: N_("unterbrochen"),
    COMES_BACK: N_("kommt wieder"),
    DONE: N_("erledigt"),
    NO_SHOW: N_("nicht erschienen"),
    CANCELLED_FAMILY: N_("abgesagt (Familie)"),
    CANCELLED_US: N_("abgesagt (von uns)"),
    MOVED: N_("verschoben"),
}
"""Every state in the order of a visit."""

_CANCELLED: Final = frozenset({CANCELLED_FAMILY, CANCELLED_US})
FREES: Final = _CANCELLED | {MOVED, NO_SHOW}
"""The desk and the interpreter are free again."""
ENDS: Final = FREES | {DONE}
"""Nothing more is expected; every other state is open at the end of the day."""
OPEN: Final = frozenset(LABELS) - ENDS
WAITING: Final = frozenset({ARRIVED, CALLED})
"""The family is in the waiting room."""
TALKING: Final = frozenset({IN_TALK, INTERRUPTED})
"""A desk is at work with the family."""
EXPECTED: Final = frozenset({PLANNED, CONFIRMED})
"""The family has yet to come."""

_BEFORE: Final = frozenset({ARRIVED, CALLED, IN_TALK, DONE, NO_SHOW, MOVED}) | _CANCELLED
NEXT: Final[Mapping[str, frozenset[str]]] = {
    PLANNED: _BEFORE | {CONFIRMED},
    CONFIRMED: _BEFORE | {PLANNED},
    ARRIVED: frozenset({CALLED, IN_TALK, COMES_BACK, DONE, NO_SHOW, MOVED}) | _CANCELLED,
    CALLED: frozenset({ARRIVED, CALLED, IN_TALK, COMES_BACK, DONE, NO_SHOW, MOVED}) | _CANCELLED,
    IN_TALK: frozenset({INTERRUPTED, COMES_BACK, DONE}),
    INTERRUPTED: frozenset({IN_TALK, COMES_BACK, DONE}),
    COMES_BACK: frozenset({ARRIVED, CALLED, IN_TALK, DONE, NO_SHOW, MOVED}) | _CANCELLED,
    DONE: frozenset({IN_TALK, COMES_BACK, NO_SHOW}),
    NO_SHOW: frozenset({PLANNED, ARRIVED, CALLED, IN_TALK, DONE, MOVED}) | _CANCELLED,
    CANCELLED_FAMILY: frozenset({PLANNED, ARRIVED, CANCELLED_US}),
    CANCELLED_US: frozenset({PLANNED, ARRIVED, CANCELLED_FAMILY}),
    MOVED: frozenset(),
}
"""What may follow. Out of a state in `FREES` the slot may be somebody else's by now."""


def may_follow(state: str, following: str) -> bool:
    """Whether a visit may go from one state into another; unknown states lead nowhere."""
    return following in NEXT.get(state, frozenset())


def label(state: str) -> str:
    """What to show for a state; the code itself where a later version wrote one that is not known."""
    return _(LABELS.get(state, state))
