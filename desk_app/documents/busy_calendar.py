"""Reads when somebody is busy from their own calendar (.ics) without trusting it: in a process of its own.

Of a file only instants come back; what that process says is checked here once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from desk_app.documents import busy_calendar_child
from desk_app.documents.busy_calendar_limits import MOST_BYTES, MOST_SPANS
from desk_app.documents.reading_process import STRANGE, Progress, ReadingProcess, own_command
from desk_app.domain.calendars import BusySpan
from desk_app.domain.errors import StrangeTable
from desk_app.i18n import N_, _

COMMAND: Final = "--read-calendar"
"""The hidden command; `__main__` knows it as well."""

_REFUSED: Final = {
    "too_large": N_(
        "Dieser Kalender ist viel größer als erwartet. Es wurde nichts übernommen. "
        "Bitte geben Sie in Ihrem Kalender nur die nächsten Monate aus."
    ),
    "empty": N_("In dieser Datei steht nichts. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige ist."),
    "strange": N_(
        "Diese Datei lässt sich nicht als Kalender lesen. Es wurde nichts übernommen. "
        "Bitte geben Sie den Kalender noch einmal als .ics-Datei aus."
    ),
    "gone": N_(
        "Die Datei lässt sich nicht öffnen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob sie noch da ist und in keinem anderen Programm bearbeitet wird."
    ),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """What was read: the busy times in order, and how many entries had no time that could be understood."""

    spans: tuple[BusySpan, ...]
    unclear: int


fingerprint = busy_calendar_child.fingerprint
"""What stands for the UID of an entry."""


def read(
    path: Path, first: date, last: date, progress: Progress | None = None, command: tuple[str, ...] = ()
) -> Calendar:
    """The busy times from ``first`` to ``last``, both included.

    Raises StrangeTable when the file cannot be read as a calendar, and whatever ``progress`` raises. ``command``
    stands for the reading process in tests.
    """
    words = command or own_command(COMMAND, first.isoformat(), last.isoformat())
    content = _content_of(path)
    reader = ReadingProcess(words, _refusal)
    try:
        return _gathered(reader.lines(content, progress))
    finally:
        reader.end()


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("too_large")
        return path.read_bytes()
    except OSError as error:
        raise _refusal("gone") from error


def _refusal(reason: str) -> StrangeTable:
    return StrangeTable(_(_REFUSED.get(reason, _REFUSED[STRANGE])))


def _gathered(lines: Iterator[dict[str, Any]]) -> Calendar:
    spans: list[BusySpan] = []
    unclear = 0
    try:
        for line in lines:
            spans.extend(_span(*said) for said in line.get("busy", ()))
            unclear += int(line.get("unclear", 0))
            if len(spans) > MOST_SPANS:
                raise _refusal("too_large")
    except (TypeError, ValueError, OverflowError):
        raise _refusal(STRANGE) from None
    return Calendar(tuple(spans), unclear)


def _span(uid: object, start: str, end: str) -> BusySpan:
    if not isinstance(uid, str) or not 0 < len(uid) <= 64:
        raise ValueError(uid)
    instants = [datetime.fromisoformat(words) for words in (start, end)]
    if any(moment.tzinfo is None for moment in instants) or instants[0] >= instants[1]:
        raise ValueError(start)
    return BusySpan(uid, *(moment.astimezone(UTC) for moment in instants))
