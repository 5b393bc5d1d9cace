"""Who may sit down at a store, read quickly and without any key: only for painting the lock screen at once.

Nothing rests on it: what it says is unsigned. ``vault.list_users`` reads the same file with every check.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

FILE = "trittstein.keys"


@dataclass(frozen=True, slots=True)
class UserEntry:
    """A user as the lock screen lists them. ``last_unlock`` is in UTC."""

    id: UUID
    name: str
    last_unlock: datetime | None


def read(folder: Path) -> tuple[UserEntry, ...]:
    """The users in the order they were added; empty where there is nothing to read or it is not understood."""
    try:
        slots = json.loads((folder / FILE).read_bytes())["rings"][-1]["slots"]
        return tuple(_entry(slot) for slot in slots if slot["kind"] == "user")
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return ()


def _entry(slot: dict[str, str | None]) -> UserEntry:
    last = slot["last_unlock"]
    return UserEntry(UUID(slot["id"]), str(slot["name"]), datetime.fromisoformat(last) if last else None)
