"""The paper sheets of the desks: a day to write on, in the order in which it is entered afterwards, and a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Final
from uuid import UUID

from desk_app.casework import appointment_lines, appointment_setup, centre, day_sheet_entry
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.desk import Work
from desk_app.documents.day_sheet import fitting_blank, write_day_sheet
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.preview import PagePicture, page_count, render_page
from desk_app.domain.clock import local, local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.day_sheet_page import DaySheetPage, SheetLine, SheetPart
from desk_app.domain.opening_words import WEEKDAYS
from desk_app.domain.visit_states import ENDS, MOVED, label
from desk_app.i18n import N_, _, ngettext

_PRINT_WIDTH = 2480
"""Pixels across a sheet of A4 at 300 dots per inch."""
_INTERPRETING: Final = {
    "open": N_("Dolmetschen offen"), "asked": N_("Dolmetschen angefragt"), "confirmed": N_("Dolmetschen zugesagt"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which days, both included: one day is a sheet to write on, several are a list.

    ``names``: families by their names, else by the codes of the appointments. ``seat`` is one desk, ``None`` all.
    """

    first: date
    last: date
    names: bool = True
    seat: UUID | None = None

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Shown:
    """The first sheet as pixels, and how many there are."""

    wanted: Wanted
    picture: PagePicture
    pages: int
    notes: tuple[str, ...] = ()


def page(work: Work, wanted: Wanted) -> DaySheetPage:
    """What the sheets say."""
    own = centre.load(work)
    title = _("Tagesblatt {day}") if wanted.is_day else _("Woche {first} bis {last}")
    day = f"{_(WEEKDAYS[wanted.first.weekday()])}, {show_day(wanted.first)}"
    kind = "Tagesblatt" if wanted.is_day else "Wochenliste"
    return DaySheetPage(
        title=title.format(day=day, first=show_day(wanted.first), last=show_day(wanted.last)),
        centre_name=own.name,
        parts=tuple(_desks(work, wanted) if wanted.is_day else _days(work, wanted)),
        to_write_on=wanted.is_day,
        stem=f"{kind}_{wanted.first.isoformat()}",
        created_at=local(work.now),
        demo=own.demo,
    )


def look(work: Work, wanted: Wanted, width: int) -> Shown:
    """The first sheet ``width`` pixels wide; nothing is set down."""
    pdf = _pdf(page(work, wanted))
    pages = page_count(pdf)
    said = ngettext("{n} Seite", "{n} Seiten, die Vorschau zeigt die erste.", pages).format(n=pages)
    return Shown(wanted, render_page(pdf, 0, width), pages, (said,))


def to_print(work: Work, wanted: Wanted) -> tuple[PagePicture, ...]:
    """All sheets at 300 dots per inch, as a deed."""
    pdf = _written(work, wanted)[1]
    return tuple(render_page(pdf, number, _PRINT_WIDTH) for number in range(page_count(pdf)))


def save(work: Work, wanted: Wanted, folder: Path) -> Path:
    """Write the sheets as a PDF into a folder, as a deed; the name of the file names nobody.

    Raises ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is left.
    """
    made, pdf = _written(work, wanted)
    file = write_whole(free_name(folder, made.stem, ".pdf"), lambda stream: stream.write(pdf))
    work.if_lost.append(lambda: file.path.unlink(missing_ok=True))
    return file.path


def _written(work: Work, wanted: Wanted) -> tuple[DaySheetPage, bytes]:
    made = page(work, wanted)
    rows = sum(len(part.lines) for part in made.parts)
    work.note("day_sheet.printed", "list", None, [f"rows:{rows}"], touched="")
    return made, _pdf(made)


def _pdf(made: DaySheetPage) -> bytes:
    buffer = BytesIO()
    write_day_sheet(made, buffer)
    return buffer.getvalue()


def _desks(work: Work, wanted: Wanted) -> Iterator[SheetPart]:
    """A part for each desk, those without appointments too: whoever comes without one is written down there.

    Numbers go through all desks, so that they are those of the grid in which the sheet is entered.
    """
    numbered = list(enumerate(day_sheet_entry.read(work, wanted.first), 1))
    seen = set()
    for seat, group in groupby(numbered, key=lambda each: each[1].seat):
        lines = list(group)
        seen.add(seat)
        if wanted.seat in (None, seat):
            first = lines[0][1]
            heading = " · ".join(filter(None, (first.place_name, first.seat_name or _("ohne Platz"))))
            yield _part(heading, [_line(line, wanted, str(number)) for number, line in lines])
    setup = appointment_setup.read(work)
    for desk in setup.desks():
        place = setup.place(desk.place)
        if desk.id not in seen and wanted.seat in (None, desk.id):
            yield _part(" · ".join(filter(None, (place.label if place else "", desk.name))), [])


def _part(heading: str, lines: Sequence[SheetLine]) -> SheetPart:
    return SheetPart(heading, tuple(lines), fitting_blank(lines))


def _days(work: Work, wanted: Wanted) -> Iterator[SheetPart]:
    lines = [
        line
        for line in appointment_lines.of_days(work, wanted.first, wanted.last)
        if line.state != MOVED and wanted.seat in (None, line.seat) and local_day(line.start) >= wanted.first
    ]
    for day, group in groupby(lines, key=lambda line: local_day(line.start)):
        rows = tuple(_line(line, wanted, str(number)) for number, line in enumerate(group, 1))
        yield SheetPart(f"{_(WEEKDAYS[day.weekday()])}, {show_day(day)}", rows)


def _line(line: AppointmentLine, wanted: Wanted, number: str) -> SheetLine:
    who = line.title if wanted.names else line.code
    interpreter = line.interpreter_name or (_(_INTERPRETING[line.interpreting]) if line.interpreting else "")
    topic = line.kind_name if wanted.is_day else " · ".join(filter(None, (line.kind_name, line.seat_name)))
    time = show_time(line.start) if wanted.is_day else f"{show_time(line.start)}–{show_time(line.end)}"
    spoken = " ".join(filter(None, (line.language_name, f"({line.dialect})" if line.dialect else "")))
    said = label(line.state) if line.state in ENDS else ""
    return SheetLine(number, time, who or _("ohne Namen"), topic, spoken, interpreter, said)
