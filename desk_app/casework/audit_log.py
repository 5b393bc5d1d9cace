"""Reading the audit: page by page from the newest, filtered, in words; and taking it out as a list.

Who did something is named, because that is what the audit is for (§ 15 DSG NRW); whose record it was is said by file
number and place in the family, so the log can be read without reading a single file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from desk_app.casework import audit, audit_subjects, users
from desk_app.casework.audit_subjects import Subjects
from desk_app.casework.audit_words import DEEDS, Group, deed_of, field_labels, words_of
from desk_app.casework.desk import Work
from desk_app.casework.lists import Form
from desk_app.documents import list_pdf
from desk_app.documents.files import WrittenFile, free_name, write_whole
from desk_app.documents.preview import page_count
from desk_app.domain.clock import berlin, local, local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend, TargetGone
from desk_app.domain.lists import Column, Kind, Listing
from desk_app.i18n import N_, _, ngettext
from desk_app.storage.tables import AuditEntry
from desk_app.storage.types import UtcDateTime

PAGE: Final = 100
MOST_EXPORTED: Final = 10_000
"""Entries in one file, the newest first; a longer list takes one period at a time."""
MOST_ON_PAPER: Final = 1_000
"""Entries on paper or in a PDF, some forty pages of them."""

_BATCH: Final = 1_000

COLUMNS: Final = (
    Column("sequence", N_("Nr."), Kind.NUMBER, 7),
    Column("day", N_("Tag"), Kind.DATE, 11),
    Column("time", N_("Uhrzeit"), Kind.CODE, 8),
    Column("who", N_("Person"), Kind.STRONG, 15),
    Column("group", N_("Art"), Kind.TEXT, 13),
    Column("file_number", N_("Akte"), Kind.CODE, 10),
    Column("what", N_("Was"), Kind.TEXT, 34),
    Column("fields", N_("Angaben"), Kind.TEXT, 30),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to read. Days are days in Germany, both of them included; nothing chosen means all."""

    by: UUID | None = None
    groups: frozenset[Group] = frozenset()
    first_day: date | None = None
    last_day: date | None = None
    file_number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it reads. ``household`` is the family to go to, ``fields`` are all of them in words."""

    sequence: int
    at: datetime
    who: str
    group: str
    household: UUID | None
    file_number: str
    what: str
    fields: str

    @property
    def day(self) -> date:
        return local_day(self.at)

    @property
    def time(self) -> str:
        return show_time(self.at)

    @property
    def sentence(self) -> str:
        """ "Carla Beispiel hat in 2026-0012 Kind 2: Geburtsdatum geändert"."""
        if self.file_number:
            return _("{who} hat in {file} {what}").format(who=self.who, file=self.file_number, what=self.what)
        return _("{who} hat {what}").format(who=self.who, what=self.what)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, the newest first, and whether older ones follow."""

    lines: tuple[Line, ...]
    more: bool


def open_log(work: Work) -> tuple[tuple[UUID, str], ...]:
    """Note that the log is being read; everybody it may name, by name. Raises ``NotAllowed``."""
    work.note("audit.read", "audit", None, touched="audit")
    return tuple(users.names(work).items())


def read(work: Work, wanted: Wanted = Wanted(), before: int | None = None, most: int = PAGE) -> Page:
    """The newest entries with a smaller sequence than ``before``, at most ``most``. Raises ``NotAllowed``."""
    work.require("audit.read")
    query = select(AuditEntry).where(*_conditions(work, wanted)).order_by(AuditEntry.sequence.desc())
    if before is not None:
        query = query.where(AuditEntry.sequence < before)
    entries = list(work.session.scalars(query.limit(most + 1)))
    return Page(_lines(work, entries[:most]), more=len(entries) > most)


def check(work: Work, so_far: audit.Followed, most: int) -> audit.Followed:
    """Follow the chain on by at most ``most`` entries. Raises ``NotAllowed``."""
    work.require("audit.read")
    return audit.follow(work.session, so_far, most)


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many entries it holds, and whether older ones were left out."""

    path: Path
    entries: int
    shortened: bool
    notes: tuple[str, ...]


def export(work: Work, wanted: Wanted, folder: Path, form: Form = Form.XLSX) -> Exported:
    """Write the entries into ``folder`` and enter that in the audit, with the file's fingerprint.

    Raises ``NotAllowed``, ``NothingToSend``, ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is
    left.
    """
    work.require("audit.exported")
    if not folder.is_dir():
        raise TargetGone
    lines, more = _all(work, wanted, MOST_EXPORTED if form is Form.XLSX else MOST_ON_PAPER)
    table = listing(work, wanted, lines, more=more)
    notes: list[str] = []

    def fill(stream: BinaryIO) -> None:
        if form is Form.XLSX:
            from desk_app.documents import xlsx  # large, and only wanted here

            notes.extend(xlsx.write(table, stream, answers=False))
        else:
            list_pdf.write(table, stream, work.now)

    file = write_whole(free_name(folder, table.file_stem, f".{form}"), fill)
    work.if_lost.append(lambda: _take_back(file))
    work.note("audit.exported", "audit", None, audit.of_file(file.sha256, len(lines)), touched="audit")
    return Exported(file.path, len(lines), more, tuple(notes))


def to_print(work: Work, wanted: Wanted) -> tuple[bytes, int]:
    """The newest entries as a PDF for ``lists.printed_page`` and its number of pages, with an entry in the audit.

    Raises ``NotAllowed`` or ``NothingToSend``.
    """
    work.require("audit.printed")
    lines, more = _all(work, wanted, MOST_ON_PAPER)
    buffer = BytesIO()
    list_pdf.write(listing(work, wanted, lines, more=more), buffer, work.now)
    work.note("audit.printed", "audit", None, (f"rows:{len(lines)}",), touched="audit")
    pdf = buffer.getvalue()
    return pdf, page_count(pdf)


def listing(work: Work, wanted: Wanted, lines: Sequence[Line], *, more: bool) -> Listing:
    """The lines as a table to take out; its name and context carry no personal data of families."""
    count = ngettext("{n} Eintrag", "{n} Einträge", len(lines)).format(n=len(lines))
    stamp = _("Stand {day}, {time} Uhr").format(day=show_day(work.today), time=show_time(work.now))
    told = [stamp, count, *_chosen(work, wanted)]
    context = [" · ".join(told)]
    if more:
        context.append(_("Ältere Einträge stehen nicht in dieser Datei. Bitte einen Zeitraum wählen."))
    return Listing(
        title=_("Protokoll"),
        columns=COLUMNS,
        rows=lines,
        context=(*context, _("Vertraulich: nennt, wer wann woran gearbeitet hat.")),
        file_stem=f"Protokoll_{local(work.now):%Y-%m-%d}",
    )


def _chosen(work: Work, wanted: Wanted) -> list[str]:
    """What the list was narrowed down to."""
    found = []
    if wanted.first_day or wanted.last_day:
        first = show_day(wanted.first_day) if wanted.first_day else _("Beginn")
        last = show_day(wanted.last_day or work.today)
        found.append(_("{first} bis {last}").format(first=first, last=last))
    if wanted.by is not None:
        found.append(users.names(work).get(wanted.by, _("unbekannte Person")))
    if wanted.file_number:
        found.append(_("Akte {number}").format(number=wanted.file_number))
    if wanted.groups:
        found.append(", ".join(group.label for group in Group if group in wanted.groups))
    return found


def _all(work: Work, wanted: Wanted, most: int) -> tuple[list[Line], bool]:
    """The newest entries and whether there are older ones. Raises ``NothingToSend``."""
    lines: list[Line] = []
    before: int | None = None
    while len(lines) < most:
        page = read(work, wanted, before, min(_BATCH, most - len(lines)))
        lines += page.lines
        if not lines:
            raise NothingToSend(_("Zu dieser Auswahl gibt es keine Einträge. Es entstand keine Datei."))
        if not page.more:
            return lines, False
        before = lines[-1].sequence
    return lines, True


def _take_back(file: WrittenFile) -> None:
    file.path.unlink(missing_ok=True)


def _conditions(work: Work, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.by is not None:
        found.append(AuditEntry.by == wanted.by)
    if wanted.groups:
        found.append(AuditEntry.deed.in_([key for key, deed in DEEDS.items() if deed.group in wanted.groups]))
    found += _within(work, wanted)
    if wanted.file_number:
        found.append(AuditEntry.subject.in_(audit_subjects.of_family(work, wanted.file_number)))
    return found


def _within(work: Work, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The days as a range of sequences, which the list is read in order of; clocks may have gone back within it."""
    if wanted.first_day is None and wanted.last_day is None:
        return []
    ends = select(func.min(AuditEntry.sequence), func.max(AuditEntry.sequence)).where(*_at(wanted, AuditEntry.at))
    lowest, highest = work.session.execute(ends).one()
    # a column inside a function is not looked up in its index, whose order would have to be sorted again
    at = func.ifnull(AuditEntry.at, AuditEntry.at, type_=UtcDateTime())
    return [AuditEntry.sequence.between(lowest, highest), *_at(wanted, at)]


def _at(wanted: Wanted, at: Any) -> list[ColumnElement[bool]]:
    found = [at >= _begin(wanted.first_day)] if wanted.first_day else []
    return [*found, at < _begin(wanted.last_day + timedelta(days=1))] if wanted.last_day else found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), berlin())


def _lines(work: Work, entries: Sequence[AuditEntry]) -> tuple[Line, ...]:
    names, subjects = users.names(work), Subjects(work, entries)
    found = []
    for entry in entries:
        subject = subjects.of(entry)
        line = Line(
            sequence=entry.sequence,
            at=entry.at,
            who=names.get(entry.by, _("Unbekannte Person")),
            group=deed_of(entry).group.label,
            household=subject.household,
            file_number=subject.file_number,
            what=words_of(entry, subject.about),
            fields=", ".join(field_labels(entry)),
        )
        found.append(line)
    return tuple(found)
