"""An appointment somebody began to make and did not enter: kept for its author until it is entered or dropped.

The desk may be locked in the middle of a phone call; what was typed lies in the store by then and is there again
afterwards. There is at most one for each user.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from desk_app.casework.desk import Work
from desk_app.storage.tables import CentreSetting

DRAFTED: Final = "appointment.drafted"
_DRAFTS: Final = UUID("3c1c9a52-6f0e-5a3c-9c0d-0a7a0a6b6f55")


def keep(work: Work, draft: Mapping[str, Any]) -> None:
    """Keep what is typed, as plain JSON; empty takes away what was kept."""
    row = work.session.get(CentreSetting, _id(work))
    value = dict(draft)
    if not value:
        if row is not None:
            work.session.delete(row)
            work.note(DRAFTED, "draft", _id(work), touched="")
        return
    if row is None:
        key = f"booking:{work.user}"
        work.session.add(CentreSetting(id=_id(work), key=key, value=value, **work.made))
    elif row.value == value:
        return
    else:
        row.value = value
        work.touch(row)
    work.session.flush()
    work.note(DRAFTED, "draft", _id(work), touched="")


def read(work: Work) -> Mapping[str, Any]:
    """What was kept; empty where nothing was."""
    row = work.session.get(CentreSetting, _id(work))
    value = row.value if row is not None else None
    return value if isinstance(value, dict) else {}


def _id(work: Work) -> UUID:
    return uuid5(_DRAFTS, str(work.user))
