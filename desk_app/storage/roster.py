"""Who may sit down at a store, read quickly and without any key: only for painting the lock screen at once.

Nothing rests on it: what it says is unsigned. ``vault.list_users`` reads the same file with every check.
``names`` leaves the modules of UUIDs and of times alone, whose loading takes several milliseconds.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

FILE = "trittstein.keys"

_NOT_UNDERSTOOD = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError)


class UserEntry(NamedTuple):
    """A user as the lock screen lists them. ``last_unlock`` is in UTC."""

    id: UUID
    name: str
    last_unlock: datetime | None


def names(folder: Path) -> tuple[tuple[str, str], ...]:
    """Key and name of the users, all that the first paint needs; else like ``read``."""
    try:
        return tuple((str(slot["id"]), str(slot["name"])) for slot in _slots(folder))
    except _NOT_UNDERSTOOD:
        return ()


def read(folder: Path) -> tuple[UserEntry, ...]:
    """The users in the order they were added; empty where there is nothing to read or it is not understood."""
    try:
        return tuple(_entry(slot) for slot in _slots(folder))
    except _NOT_UNDERSTOOD:
        return ()


def store(folder: Path) -> str | None:
    """Id of the store, of either copy; None where there is nothing to read or it is not understood."""
    from uuid import UUID

    for name in (FILE, f"{FILE}.bak"):
        with contextlib.suppress(*_NOT_UNDERSTOOD):
            return str(UUID(json.loads((folder / name).read_bytes())["store"]))
    return None


def _slots(folder: Path) -> list[dict[str, str | None]]:
    slots = json.loads((folder / FILE).read_bytes())["rings"][-1]["slots"]
    return [slot for slot in slots if slot["kind"] == "user"]


def _entry(slot: dict[str, str | None]) -> UserEntry:
    from datetime import datetime
    from uuid import UUID

    last = slot["last_unlock"]
    return UserEntry(UUID(slot["id"]), str(slot["name"]), datetime.fromisoformat(last) if last else None)
