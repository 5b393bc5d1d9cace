"""What the columns of a sender's lists mean, remembered by their headings."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from desk_app.casework.desk import Work
from desk_app.domain.list_reading_layout import Grouping, Layout
from desk_app.domain.list_reading_targets import TARGETS
from desk_app.storage.tables import ImportProfile

_PROFILES = UUID("5b0b5d55-4f43-5c6a-9a53-2d7b1f0f6a11")


def recalled(work: Work, layout: Layout) -> tuple[Layout, bool]:
    """The layout as somebody corrected it for a list with the same headings, and whether there was one."""
    row = work.session.get(ImportProfile, _key(layout)) if layout.heading_rows else None
    if row is None or len(row.targets) != len(layout.columns) or any(target not in TARGETS for target in row.targets):
        return layout, False
    columns = tuple(
        replace(column, target=target, sure=True) for column, target in zip(layout.columns, row.targets, strict=True)
    )
    return replace(layout, columns=columns, grouping=Grouping(row.grouping)), True


def keep(work: Work, layout: Layout) -> None:
    """Remember what the columns of this list mean; a list without headings teaches nothing."""
    if not layout.heading_rows:
        return
    targets = [column.target for column in layout.columns]
    row = work.session.get(ImportProfile, _key(layout))
    if row is None:
        row = ImportProfile(id=_key(layout), headings=layout.fingerprint, targets=[], grouping="", used_at=work.now)
        work.session.add(row)
    row.targets, row.grouping, row.used_at = targets, layout.grouping.value, work.now
    work.session.flush()


def _key(layout: Layout) -> UUID:
    return uuid5(_PROFILES, layout.fingerprint)
