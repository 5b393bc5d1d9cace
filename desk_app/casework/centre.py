"""The centre's own settings, kept in the store because they belong to the centre and not to a PC."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework.desk import Work
from desk_app.domain.centre import Centre
from desk_app.storage.ready import Ready
from desk_app.storage.tables import CentreSetting

_KEY = "centre"
_VALUE: Final = Ready(select(CentreSetting.value).where(CentreSetting.key == _KEY))
_ID = UUID("7f6f1c5e-6a1b-5c0e-8d3a-0f6b5b2f0a01")


def load(work: Work) -> Centre:
    work.session.flush()
    found = _VALUE.first(work.session)
    return Centre.from_json(found[0]) if found else Centre()


def save(work: Work, centre: Centre) -> None:
    row = work.session.get(CentreSetting, _ID)
    before = row.value if row else {}
    value = centre.to_json()
    if value == before:
        return
    if row is None:
        work.session.add(CentreSetting(id=_ID, key=_KEY, value=value, **work.made))
    else:
        row.value = value
        work.touch(row)
    changed = [key for key in value if before.get(key) != value[key]]
    work.note("centre.saved", "centre", _ID, changed, touched="centre")


def deletion_day(work: Work) -> date:
    """When a file closed today comes up for deletion: the end of the year, some years on.

    The period is the centre's setting; VO-DV I § 9 counts from the end of the calendar year, which is taken over.
    """
    return date(work.today.year + load(work).retention_years, 12, 31)
