"""The wait after a wrong passphrase or recovery code: 1, 2, 4 … 60 seconds, kept across restarts.

It is kept in the program's folder of this machine and not beside the store, in which a wrong passphrase changes
nothing; by ids and instants only. It slows down whoever sits at the keyboard. Who can take the files away is held up
by the cost of a guess alone, and who can delete this note or set the clock a year on gains one try each time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final
from uuid import UUID

from desk_app import settings
from desk_app.domain.errors import RecoveryCodeMistyped, TooSoon, WrongPassphrase
from desk_app.storage import roster

CODE: Final = "code"
"""Stands in place of a user's id for the recovery code, which is the store's and not one person's."""

LONGEST: Final = 60
"""Seconds."""

_TIMES_KEPT: Final = 100
_LARGEST_BYTES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries since the last success: how many, and when the latest hundred of them were."""

    count: int = 0
    times: tuple[datetime, ...] = ()
    waiting_since: datetime | None = None


class Throttle:
    """The tries at one store, which may be a backup of it: what opens one opens the other."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        store = roster.store(folder)
        self._path = settings.folder() / f"versuche-{store}.json" if store else None
        self._clock = clock

    def seconds_left(self, who: UUID | str) -> int:
        """How long the next try has to wait, from 0 to 60 seconds, whatever the clock was set to meanwhile."""
        found = self._load()
        tries = found.get(str(who), Tries())
        since, now = tries.waiting_since, self._clock()
        if since is None:
            return 0
        if now < since:  # the clock was set back: the wait begins anew instead of lasting for hours
            since = now
            self._save({**found, str(who): replace(tries, waiting_since=since)})
        over = since + timedelta(seconds=wait_after(tries.count))
        return max(0, ceil((over - now).total_seconds()))

    @contextlib.contextmanager
    def attempt(self, who: UUID | str) -> Iterator[None]:
        """Try a secret inside. Raises ``TooSoon`` before; counts a wrong one, which a code with a typing error is not:
        its check letter gives it away before anything is tried."""
        if left := self.seconds_left(who):
            raise TooSoon(left)
        try:
            yield
        except RecoveryCodeMistyped:
            raise
        except WrongPassphrase:
            self._fail(str(who))
            raise

    def tries(self, who: UUID | str) -> Tries:
        """What failed since the last success."""
        return self._load().get(str(who), Tries())

    def forget(self, *who: UUID | str) -> None:
        """The right secret was given: nobody has to wait any more."""
        gone = {str(each) for each in who}
        found = self._load()
        if gone & found.keys():
            self._save({key: tries for key, tries in found.items() if key not in gone})

    def _fail(self, who: str) -> None:
        now = self._clock()
        found = self._load()
        before = found.get(who, Tries())
        self._save({**found, who: Tries(before.count + 1, (*before.times, now)[-_TIMES_KEPT:], now)})

    def _load(self) -> dict[str, Tries]:
        """What cannot be read is forgotten: it must not keep anybody out."""
        if self._path is None:
            return {}
        try:
            if self._path.stat().st_size > _LARGEST_BYTES:
                return {}
            return {who: _understood(said) for who, said in json.loads(self._path.read_bytes()).items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}

    def _save(self, tries: dict[str, Tries]) -> None:
        """Without a writable folder of settings nothing is kept."""
        from desk_app.storage import keyfile

        if self._path is None:
            return
        text = json.dumps({who: _plain(each) for who, each in tries.items()}, indent=1)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            keyfile.write_whole(self._path, text.encode())


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    return min(LONGEST, 2 ** min(failures - 1, 10)) if failures > 0 else 0


def _plain(tries: Tries) -> dict[str, object]:
    since = tries.waiting_since.isoformat() if tries.waiting_since else None
    return {"count": tries.count, "times": [time.isoformat() for time in tries.times], "waiting_since": since}


def _understood(said: dict[str, object]) -> Tries:
    times, since = said["times"], said["waiting_since"]
    if not isinstance(times, list) or not times or not isinstance(said["count"], int):
        raise TypeError("not ours")
    return Tries(
        said["count"],
        tuple(_instant(time) for time in times),
        None if since is None else _instant(since),
    )


def _instant(text: object) -> datetime:
    return datetime.fromisoformat(str(text)).astimezone(UTC)
