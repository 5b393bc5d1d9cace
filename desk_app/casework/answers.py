"""Back in: what offices answered, from a returned list or told by telephone. First a preview, then one deed.

Only the columns for answers are ever written. Whatever cannot be placed beyond doubt waits on the review list
(``answer_review``) until somebody says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import (
    answer_columns,
    answer_files,
    answer_match,
    answer_review,
    answer_rows,
    audit,
    deeds,
    placement_deeds,
    schools,
)
from desk_app.casework.answer_match import FORM, READ_IN, Asked, Out, Problem
from desk_app.casework.answer_rows import WRITABLE, AnswerPreview, Group
from desk_app.casework.desk import Work
from desk_app.documents.reading_process import Progress
from desk_app.domain import answer_sheet, check_codes
from desk_app.domain.answer_sheet import FormRow
from desk_app.domain.answers import Answer
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.domain.errors import AnswerNotPlaced, StrangeTable
from desk_app.domain.list_reading_sheet import Book
from desk_app.i18n import N_, _, ngettext
from desk_app.storage.tables import AuditEntry

_NO_FORM: Final = N_(
    "In dieser Datei ist keine Liste mit Rückmeldungen. Es wurde nichts übernommen. "
    "Bitte wählen Sie die Excel-Liste, die das Amt zurückgeschickt hat."
)
_MOST_ROWS: Final = 3_000
"""A list that comes back is as long as one that left; a desk has fewer open requests than this."""
_TOO_MANY: Final = N_(
    "Diese Liste hat mehr als {n} Zeilen. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige Datei ist."
)
_NAMED: Final = 5
_NEWER: Final = N_(
    "Diese Liste kommt von einer neueren Fassung von Trittstein. Es wurde nichts übernommen. "
    "Bitte lesen Sie sie dort ein, oder aktualisieren Sie das Programm."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over. ``deed`` takes it back; None where nothing was to do. ``stale`` rows changed meanwhile."""

    words: str
    written: int
    unclear: int
    stale: int
    deed: UUID | None


def read(work: Work, path: Path, passphrase: str = "", progress: Progress | None = None) -> Book:
    """The sheets of a returned file. Raises as ``answer_files.read`` does."""
    work.require(READ_IN)

    def told(done: int, total: int) -> None:
        if done > 2 * _MOST_ROWS:  # choices and summaries of several lists have rows as well
            raise StrangeTable(_(_TOO_MANY).format(n=_MOST_ROWS))
        if progress is not None:
            progress(done, total)

    return answer_files.read(work, path, passphrase, told)


def preview(work: Work, book: Book) -> AnswerPreview:
    """What is in a returned list; nothing is written. Raises ``StrangeTable`` for a workbook without the form."""
    work.require(READ_IN)
    marker = answer_sheet.marker_of(book, _(answer_columns.CHOICES_SHEET))
    if marker not in ("", answer_columns.MARKER):
        raise StrangeTable(_(_NEWER))
    found = answer_sheet.find(book, FORM)
    if found is None:
        raise StrangeTable(_(_NO_FORM))
    if len(found.rows) > _MOST_ROWS:
        raise StrangeTable(_(_TOO_MANY).format(n=_MOST_ROWS))
    basis = answer_rows.basis_of(work, from_1904=book.from_1904)
    placed = answer_match.place(work, found.rows)
    rows = [answer_rows.row_of(number, each, basis) for number, each in enumerate(placed)]
    rows, notes = answer_rows.without_twins(rows)
    if found.others:
        notes.append(_unread(found.others))
    shipments = sorted({row.shipment_number for row in rows if row.shipment_number})
    return AnswerPreview(tuple(rows), book.sha256, tuple(shipments), tuple(notes), _read_before(work, book.sha256))


def take(work: Work, found: AnswerPreview, chosen: Collection[int]) -> Taken:
    """Write the chosen rows and put the unclear ones on the review list, all in one deed that can be taken back.

    What changed here since the preview is left out and counted as stale.
    """
    wanted = [row for row in found.rows if row.place in chosen and row.group in WRITABLE]
    unclear = found.of(Group.UNCLEAR)
    newest = {
        request: asked.steps[-1].event.id if asked.steps else None
        for request, asked in answer_match.load(work, [row.request for row in wanted if row.request]).items()
        if not asked.gone
    }
    written = [row for row in wanted if row.request in newest and newest[row.request] == row.newest]
    with deeds.recorded(work, READ_IN, "") as deed:
        for row in written:
            assert row.request is not None
            assert row.answer is not None
            answer_rows.put(work, row.request, row.answer, row.shipment, deed.id)
        added = answer_review.add(work, unclear, deed.id)
        deed.has_steps = bool(written or added)
        deed.words = _taken_words(found, len(written), added)
    work.note("answers.read_in", "list", None, audit.of_file(found.sha256, len(found.rows)), touched="placements")
    kept = deed.id if written or added else None
    return Taken(deed.words, len(written), added, len(wanted) - len(written), kept)


# --- told by telephone


@dataclass(frozen=True, slots=True)
class Meant:
    """The request that a number and its check code mean, and the shipment the code is of."""

    request: UUID
    household: UUID
    number: str
    name: str
    shipment: UUID
    shipment_number: str
    ours: str


def look_up(work: Work, number: str, code: str) -> Meant:
    """The request that is answered by telephone. Raises ``AnswerNotPlaced`` unless number and code agree."""
    asked = _asked(work, number)
    out = asked.shipment_of(check_codes.tidy(code))
    if out is None:
        raise AnswerNotPlaced
    return _meant(work, asked, out)


def by_number(work: Work, number: str) -> Meant:
    """The request with this number, in its last shipment. Raises ``AnswerNotPlaced`` for one that was never sent."""
    asked = _asked(work, number)
    if not asked.out:
        raise AnswerNotPlaced(Problem.NOT_SENT.words)
    return _meant(work, asked, asked.out[-1])


def typed(work: Work, number: str, code: str, answer: Answer, on: date | None = None) -> UUID:
    """Enter an answer told by telephone on a day; the id of the deed. Raises as ``look_up`` does, ``NotAllowed``."""
    meant = look_up(work, number, code)
    facts = replace(answer_rows.facts(answer), shipment=meant.shipment, happened_on=on)
    return placement_deeds.step(work, [meant.request], answer.state, facts)


# --- how


def _asked(work: Work, number: str) -> Asked:
    full = _full_number(number, work.today.year)
    found = [each for each in answer_match.load(work, (), [full]).values() if not each.gone]
    if not found:
        words = _(
            "Eine Anfrage {number} gibt es hier nicht. Es wurde nichts eingetragen. Bitte vergleichen Sie die Nummer."
        )
        raise AnswerNotPlaced(words.format(number=full or number.strip()))
    return found[0]


def _meant(work: Work, asked: Asked, out: Out) -> Meant:
    ours = answer_rows.ours(asked, schools.names(work))
    return Meant(asked.id, asked.household, asked.number, asked.name, out.id, out.number, ours)


def _unread(rows: Sequence[FormRow]) -> str:
    """Which rows are about no child, the first of them by name."""
    words = ngettext(
        "{n} Zeile gehört zu keinem Kind und wurde nicht gelesen: {cells}",
        "{n} Zeilen gehören zu keinem Kind und wurden nicht gelesen: {cells}",
        len(rows),
    )
    cells = ", ".join(row.address("") for row in rows[:_NAMED])
    return words.format(n=len(rows), cells=cells + (" …" if len(rows) > _NAMED else ""))


def _taken_words(found: AnswerPreview, written: int, unclear: int) -> str:
    """ "Rückmeldung zur Sendung 2026-11-26-03: 37 übernommen, 2 unklar"."""
    count = len(found.shipments)
    about = ngettext("Rückmeldung zur Sendung {numbers}", "Rückmeldung zu den Sendungen {numbers}", count)
    about = about.format(numbers=", ".join(found.shipments)) if count else _("Rückmeldung")
    taken = _("{n} übernommen").format(n=written)
    return f"{about}: " + ", ".join([taken, *([_("{n} zu klären").format(n=unclear)] if unclear else [])])


def _read_before(work: Work, sha256: str) -> str:
    query = select(AuditEntry.at, AuditEntry.fields).where(AuditEntry.deed == READ_IN)
    days = [at for at, fields in work.session.execute(query) if f"sha256:{sha256}" in fields]
    return show_day(local_day(max(days))) if days else ""


def _full_number(typed_number: str, year: int) -> str:
    """ "147" and "2026-147" as SP-2026-0147; without a year this one is meant."""
    pieces = re.findall(r"\d+", typed_number)
    if not pieces or len(pieces) > 2:
        return ""
    return f"SP-{pieces[0] if len(pieces) == 2 else year}-{int(pieces[-1]):04d}"
