"""Times of day as they are typed at the desk."""

from __future__ import annotations

import re

from desk_app.i18n import _

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:uhr)?", re.IGNORECASE)
_HOUR, _DAY = 60, 24 * 60


def read_minute(words: str) -> int:
    """Minutes since midnight of "14", "8:30", "0830" or "14 Uhr". Raises ValueError with a German reason."""
    found = _TIME.fullmatch(words.strip())
    minute = int(found[1]) * _HOUR + int(found[2] or 0) if found is not None else _DAY + 1
    if minute > _DAY or (found is not None and int(found[2] or 0) >= _HOUR):
        raise ValueError(_("Eine Uhrzeit, zum Beispiel 14 oder 8:30"))
    return minute
