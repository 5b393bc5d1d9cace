"""A slip on its way to a family: how it would look, on the printer, as a file, and once more as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

from desk_app.casework import families, handouts, slip_pages
from desk_app.casework.desk import Work
from desk_app.casework.handouts import Handed
from desk_app.documents import letters as paper
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.preview import PagePicture, render_page
from desk_app.domain import letters as texts
from desk_app.domain import page_record
from desk_app.domain.errors import RecordGone
from desk_app.domain.letter_page import LetterPage
from desk_app.domain.letters import GERMAN, Choice, Slip, language_label
from desk_app.domain.records import RecordKind
from desk_app.i18n import _
from desk_app.storage.tables import Appointment, Handout

_PRINT_WIDTH = 2480
"""Pixels across a sheet of A4 at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which slip: of an appointment, of some offers in their order, or of the referrals that share a code.

    ``household`` is ``None`` where there is no file: then nothing can be kept. An empty ``language`` takes the one
    proposed. ``handout`` is a slip that was given before: it comes again as it was, whatever else stands here.
    """

    slip: Slip
    subjects: tuple[UUID, ...] = ()
    household: UUID | None = None
    language: str = ""
    handout: UUID | None = None
    id: UUID = field(default_factory=uuid4)
    """Of what is kept: printed and then saved it is still one slip."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A slip as pixels, the language it is in, and what somebody should know before handing it over."""

    wanted: Wanted
    picture: PagePicture
    language: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file that was written."""

    path: Path
    notes: tuple[str, ...]


def begin(work: Work, wanted: Wanted) -> tuple[Wanted, tuple[Choice, ...]]:
    """The slip with the family it is for, and the languages that suit that, the best first. Raises ``RecordGone``."""
    if wanted.handout is not None:
        wanted = replace(wanted, household=handouts.read(work, wanted.handout).household)
    elif wanted.household is None and wanted.slip is Slip.APPOINTMENT:
        row = work.session.get(Appointment, next(iter(wanted.subjects), UUID(int=0)))
        wanted = replace(wanted, household=row.household_id if row is not None else None)
    household = wanted.household
    return wanted, texts.languages_for(families.load(work, household)) if household else ()


def page_of(work: Work, wanted: Wanted) -> LetterPage:
    """What the slip says. Raises ``NothingToSend`` and ``RecordGone``."""
    if wanted.handout is not None:
        try:
            return page_record.from_json(handouts.read(work, wanted.handout).content)
        except ValueError as fault:
            raise RecordGone from fault
    if wanted.slip is Slip.OFFERS:
        return slip_pages.offers_page(work, wanted.subjects, wanted.household, wanted.language)
    if wanted.slip is Slip.REFERRAL and wanted.household is not None:
        return slip_pages.referral_page(work, wanted.subjects, wanted.household, wanted.language)
    return slip_pages.appointment_page(work, next(iter(wanted.subjects), UUID(int=0)), wanted.language)


def look(work: Work, wanted: Wanted, width: int) -> Shown:
    """The slip ``width`` pixels wide; nothing is written down. Raises ``NothingToSend`` and ``RecordGone``."""
    page = page_of(work, wanted)
    pdf, notes = _made(page)
    return Shown(wanted, render_page(pdf, 0, width), page.language, notes)


def to_print(work: Work, wanted: Wanted) -> PagePicture:
    """The slip at 300 dots per inch, as a deed: what a family takes along is kept in its file."""
    page = page_of(work, wanted)
    _keep(work, wanted, page)
    return render_page(_made(page)[0], 0, _PRINT_WIDTH)


def save(work: Work, wanted: Wanted, folder: Path) -> Saved:
    """Write the slip as a PDF into ``folder``, as the same deed; its name names nobody.

    Raises ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is left and nothing is set down.
    """
    page = page_of(work, wanted)
    pdf, notes = _made(page)
    _keep(work, wanted, page)
    file = write_whole(free_name(folder, _stem(page), ".pdf"), lambda stream: stream.write(pdf))
    work.if_lost.append(lambda: file.path.unlink(missing_ok=True))
    return Saved(file.path, notes)


def _keep(work: Work, wanted: Wanted, page: LetterPage) -> None:
    """In the family's file the first time; that it went out again, or without a file, is in the audit alone."""
    told = [f"handout:{page.letter}"]
    if wanted.handout is None and wanted.household is not None and work.session.get(Handout, wanted.id) is None:
        content = page_record.to_json(page)
        handouts.keep(
            work, Handed(wanted.id, wanted.household, page.letter, _title(page), content, _beside_german(page))
        )
    elif wanted.household is not None:
        work.note("slip.written", RecordKind.HOUSEHOLD, wanted.household, told, touched="")
    elif wanted.slip is Slip.APPOINTMENT:
        work.note("slip.written", "appointment", next(iter(wanted.subjects), None), told, touched="")
    else:
        work.note("slip.written", "list", None, told, touched="")


def _title(page: LetterPage) -> str:
    """What tells one slip from the next in the list of a family's."""
    return ", ".join(card.title for card in page.cards) or page.strong.german or page.title.german


def _beside_german(page: LetterPage) -> str:
    return "" if page.language == GERMAN else page.language


def _stem(page: LetterPage) -> str:
    number = "" if page.letter is Slip.OFFERS else f"_{page.number}"
    return f"{page.letter.label}{number}_{page.created_at.date().isoformat()}"


def _made(page: LetterPage) -> tuple[bytes, tuple[str, ...]]:
    buffer = BytesIO()
    printed = paper.write_letter(page, buffer)
    return buffer.getvalue(), tuple(_notes(page, printed))


def _notes(page: LetterPage, printed: paper.Printed) -> Iterator[str]:
    if not page.reviewed:
        words = _("{language}: Diese Übersetzung hat noch niemand geprüft, der die Sprache gut kann.")
        yield words.format(language=language_label(page.language))
    if page.cards and page.language != GERMAN:
        yield _("Was die Angebote über sich selbst sagen, steht nur auf Deutsch da.")
    if printed.left_out:
        yield _("Auf der Seite war kein Platz mehr für: {names}.").format(names=", ".join(printed.left_out))
    if printed.missing:
        yield _("Einige Zeichen kennt die Druckschrift nicht.")
