"""Who has a store open, as somebody else who wants to open it is told."""

from __future__ import annotations

from typing import NamedTuple


class Holder(NamedTuple):
    """``name`` is the user's as in the list of the lock screen; ``since`` an instant in ISO 8601, UTC."""

    name: str
    since: str
    machine: str
    here: bool
    """On the machine that asks."""
    same_session: bool
    """By the same person of the same system: another window, most likely behind this one."""
    own: bool = False
    """By this very process."""
