"""What staff do with any list: keep a filter under a name, take what is shown out as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import audit
from desk_app.casework.desk import Work
from desk_app.documents import list_pdf
from desk_app.documents.files import WrittenFile, free_name, write_whole
from desk_app.documents.preview import PagePicture, page_count, render_page
from desk_app.domain.errors import NothingToSend, RecordGone, TargetGone
from desk_app.domain.lists import Listing, Narrowing
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import SavedFilter

_PRINT_WIDTH = 2339
"""Pixels along a sheet of A4 across at 200 dots per inch, enough for a table."""


class Form(StrEnum):
    XLSX = "xlsx"
    PDF = "pdf"


# --- filters under a name


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter somebody gave a name."""

    id: UUID
    name: str
    narrowing: Narrowing


def kept(work: Work, listing: str) -> tuple[Kept, ...]:
    """The user's own filters of a list, in the order they were made."""
    query = select(SavedFilter).where(
        SavedFilter.created_by == work.user, SavedFilter.listing == listing, SavedFilter.removed_at.is_(None)
    )
    rows = work.session.scalars(query.order_by(SavedFilter.created_at, SavedFilter.id))
    return tuple(Kept(row.id, row.name, Narrowing.from_json(row.content)) for row in rows)


def keep(work: Work, filter_id: UUID, listing: str, name: str, narrowing: Narrowing) -> None:
    """Keep a filter under a name; the user's own one of that name on that list becomes this."""
    name = " ".join(name.split())
    same = next((each.id for each in kept(work, listing) if each.name.casefold() == name.casefold()), filter_id)
    row = work.session.get(SavedFilter, same)
    if row is None:
        row = SavedFilter(id=same, listing=listing, name=name, content=narrowing.to_json(), **work.made)
        work.session.add(row)
    else:
        row.name, row.content = name, narrowing.to_json()
        work.touch(row)
    work.session.flush()
    work.note("filter.kept", "filter", row.id, touched="lists")


def rename(work: Work, filter_id: UUID, name: str) -> None:
    """Give a filter another name. Raises ``RecordGone``."""
    row = _own(work, filter_id)
    row.name = " ".join(name.split())
    work.touch(row)
    work.session.flush()
    work.note("filter.kept", "filter", row.id, touched="lists")


def remove(work: Work, filter_id: UUID) -> None:
    """Take a filter away; ``restore`` brings it back. Raises ``RecordGone``."""
    row = _own(work, filter_id)
    row.removed_at = work.now
    work.touch(row)
    work.session.flush()
    work.note("filter.removed", "filter", row.id, touched="lists")


def restore(work: Work, filter_id: UUID) -> None:
    """Bring a filter back. Raises ``RecordGone``."""
    row = _own(work, filter_id)
    row.removed_at = None
    work.touch(row)
    work.session.flush()
    work.note("filter.restored", "filter", row.id, touched="lists")


def _own(work: Work, filter_id: UUID) -> SavedFilter:
    row = work.session.get(SavedFilter, filter_id)
    if row is None or row.created_by != work.user:
        raise RecordGone
    return row


# --- out of the program


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many rows it holds, and what could not be written as it is (never a name)."""

    path: Path
    rows: int
    notes: tuple[str, ...]


def export(work: Work, table: Listing, folder: Path, form: Form) -> Exported:
    """Write a list into ``folder`` and enter that in the audit: which list, its columns, its fingerprint.

    Raises ``NotAllowed``, ``NothingToSend``, ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is
    left.
    """
    work.require("list.exported")
    if not folder.is_dir():
        raise TargetGone
    _ask_for_rows(table)
    notes: list[str] = []

    def fill(stream: BinaryIO) -> None:
        if form is Form.XLSX:
            from desk_app.documents import xlsx  # large, and only wanted here

            notes.extend(xlsx.write(table, stream, answers=False))
        else:
            notes.extend(_notes(list_pdf.write(table, stream, work.now)))

    file = write_whole(free_name(folder, table.file_stem, f".{form}"), fill)
    work.if_lost.append(lambda: _take_back(file))
    work.note("list.exported", "list", None, (*_told(table), *audit.of_file(file.sha256, len(table.rows))), touched="")
    return Exported(file.path, len(table.rows), tuple(notes))


def to_print(work: Work, table: Listing) -> tuple[bytes, int]:
    """The list as a PDF for ``printed_page`` and its number of pages, with an audit entry: paper leaves like a file.

    Raises ``NotAllowed`` or ``NothingToSend``.
    """
    work.require("list.printed")
    _ask_for_rows(table)
    buffer = BytesIO()
    list_pdf.write(table, buffer, work.now)
    work.note("list.printed", "list", None, (*_told(table), f"rows:{len(table.rows)}"), touched="")
    pdf = buffer.getvalue()
    return pdf, page_count(pdf)


def printed_page(pdf: bytes, number: int) -> PagePicture:
    """Page ``number`` (from 0) for the printer; one at a time, since all of a long list would fill the memory."""
    return render_page(pdf, number, _PRINT_WIDTH)


def _ask_for_rows(table: Listing) -> None:
    if not table.rows:
        raise NothingToSend(_("Die Liste ist leer. Es entstand keine Datei."))


def _told(table: Listing) -> Sequence[str]:
    """Which list it is and which columns it tells; not its title, since the name of a filter may name somebody."""
    return (table.file_stem.partition("_")[0], *(column.heading_line for column in table.columns))


def _notes(printed: list_pdf.Printed) -> list[str]:
    found = []
    if printed.shortened:
        words = ngettext(
            "{n} sehr langer Text ist im PDF gekürzt.", "{n} sehr lange Texte sind im PDF gekürzt.", printed.shortened
        )
        found.append(words.format(n=printed.shortened))
    if printed.missing:
        found.append(_("Einige Zeichen kennt die Druckschrift nicht."))
    return found


def _take_back(file: WrittenFile) -> None:
    file.path.unlink(missing_ok=True)
