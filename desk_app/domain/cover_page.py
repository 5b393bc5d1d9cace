"""What a letter to an office says that goes with files: counts and numbers, never a child's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.request_sheet import Fact


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under headings. ``widths`` are shares of the width of the text, one for each column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    total: bool = False
    """Whether the last row sums up the others."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: heading, paragraphs and a table, each of which may be missing."""

    heading: str = ""
    texts: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class CoverPage:
    """One letter. ``number`` is of the shipment; ``created_at`` also dates the file. ``note`` is what the page is,
    where it is no letter that goes with files."""

    number: str
    title: str
    subtitle: str
    centre_name: str
    centre_place: str
    sender: str
    recipient: tuple[str, ...]
    info: tuple[Fact, ...]
    parts: tuple[Part, ...]
    created_at: datetime
    demo: bool = False
    note: str = ""
