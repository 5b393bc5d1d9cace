"""What is remembered of the backups of a store: when, how far, what went wrong. Dates, places and codes only.

It lies beside the first shelf, readable without a passphrase, since an unlocked store is not always at hand where
it is needed and nothing in it is about people.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from desk_app.storage import backup_set, failures, keyfile

FILE: Final = "stand.json"
_LARGEST_BYTES: Final = 100_000


class Place(StrEnum):
    """Where backups go: on the PC itself, and somewhere that survives the PC."""

    HERE = "here"
    AWAY = "away"


class Failure(StrEnum):
    """Why the last attempt failed, in the words of the audit."""

    FULL = "full"
    GONE = "gone"
    READ_ONLY = "read_only"
    UNSOUND = "unsound"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Target:
    """One place of backups. ``sequence`` is the last audit entry that the newest backup there holds."""

    shelf: Path
    made_at: datetime | None = None
    sequence: int = 0
    tried_at: datetime | None = None
    failure: Failure | None = None
    drilled_at: datetime | None = None
    drill_failed: bool = False
    same_device: bool = False
    """Whether a dead disk would take store and backup along."""


@dataclass(frozen=True, slots=True)
class State:
    """Both places; ``away`` is missing until somebody has chosen it."""

    targets: dict[Place, Target] = field(default_factory=dict)

    def without_target(self, place: Place) -> State:
        return State({known: target for known, target in self.targets.items() if known is not place})

    def with_target(self, place: Place, target: Target) -> State:
        return State({**self.targets, place: target})


def load(folder: Path) -> State:
    """What is remembered for the store in ``folder``. Never fails: what cannot be read is forgotten, except that what
    lies in the first shelf is seen anew."""
    shelf = folder / backup_set.SHELF
    path = shelf / FILE
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ValueError("not ours")
        listed = json.loads(path.read_bytes())
        found = {Place(name): _target(values) for name, values in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found = {}
    # the store may have been moved since
    here = replace(found[Place.HERE], shelf=shelf) if Place.HERE in found else _seen_anew(shelf)
    return State({**found, Place.HERE: here})


def save(folder: Path, state: State) -> None:
    """Durably. Raises a ``WorldError``."""
    shelf = folder / backup_set.SHELF
    text = json.dumps({place: _plain(target) for place, target in state.targets.items()}, indent=1)
    with failures.told():
        keyfile.make_folder(shelf)
        keyfile.write_whole(shelf / FILE, text.encode())


def _seen_anew(shelf: Path) -> Target:
    newest = next((each for each in backup_set.list_backups(shelf) if each.verified), None)
    if newest is None:
        return Target(shelf)
    return Target(shelf, newest.made_at, newest.sequence, drilled_at=newest.drill_date)


def _plain(target: Target) -> dict[str, Any]:
    moments = {name: getattr(target, name) for name in ("made_at", "tried_at", "drilled_at")}
    written = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return {**asdict(target), "shelf": str(target.shelf), **written}


def _target(values: dict[str, Any]) -> Target:
    return Target(
        shelf=Path(values["shelf"]),
        made_at=_moment(values["made_at"]),
        sequence=int(values["sequence"]),
        tried_at=_moment(values["tried_at"]),
        failure=Failure(values["failure"]) if values["failure"] else None,
        drilled_at=_moment(values["drilled_at"]),
        drill_failed=bool(values["drill_failed"]),
        same_device=bool(values["same_device"]),
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment
