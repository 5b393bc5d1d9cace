"""The lines of the list of requests as the database holds them: thousands are read at once.

Problem. Each key that is made by the mapped type costs as much as the rest of its row.
Choice. Keys are read as the text this database keeps them as, and all lines as one JSON array.
"""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from desk_app.storage.tables import PlacementLine

_LINES: Final[Any] = PlacementLine.__table__


def all_lines(session: Session) -> list[tuple[UUID, UUID, list[Any]]]:
    """Request, household and the values of its line, for every request that has one."""
    request_id, household_id = (type_coerce(each, String) for each in (_LINES.c.request_id, _LINES.c.household_id))
    rows = session.connection().execute(select(request_id, household_id, _LINES.c.line)).all()
    lines = json.loads(f"[{','.join(line for _request, _household, line in rows)}]")
    return [
        (UUID(int=int(request, 16)), UUID(int=int(household, 16)), line)
        for (request, household, _text), line in zip(rows, lines, strict=True)
    ]
