"""A row that is kept while it is typed is one step, however often it was kept: Strg+Z takes all of it back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from desk_app.casework import deeds
from desk_app.casework.deed_images import image_of
from desk_app.casework.desk import Work
from desk_app.storage.tables import DeedRow, Tracked


def begin(work: Work, row: Tracked, kind: str, words: str, household: UUID) -> None:
    """Add a new row as a step of that kind, ``words`` as the list of steps says it."""
    with deeds.recorded(work, kind, words, household):
        work.session.add(row)
        work.session.flush()


def go_on(work: Work, row: Tracked) -> None:
    """The row was typed on: what it is now is what the step that began it made."""
    work.session.flush()
    made = select(DeedRow).where(DeedRow.row_id == row.id, DeedRow.before.is_(None))
    for image in work.session.scalars(made):
        image.after = image_of(row)
    work.session.flush()
