"""A letter on its way out: what can be written to a family, how it would look, on the printer, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desk_app.casework import families, letter_pages, letters
from desk_app.casework.desk import Work
from desk_app.casework.letter_pages import Addressed
from desk_app.casework.letters import LetterFile
from desk_app.casework.shipments import FAMILY, LETTER, Parcel, begin
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.preview import PagePicture, render_page
from desk_app.domain import letters as texts
from desk_app.domain.child import full_name
from desk_app.domain.errors import NothingToSend
from desk_app.domain.letter_page import LetterPage
from desk_app.domain.letters import Choice, Letter
from desk_app.i18n import _

_PRINT_WIDTH = 2480
"""Pixels across a sheet of A4 at 300 dots per inch."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letter. ``child`` is ``None`` for all children, which only "Es fehlt noch" can be about.

    An empty ``language`` takes the one proposed for the family.
    """

    letter: Letter
    household: UUID
    child: UUID | None
    bring_by: date
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen for a family: its children, the languages that suit it, and a day."""

    household: UUID
    children: tuple[tuple[UUID, str], ...]
    languages: tuple[Choice, ...]
    bring_by: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as pixels, and what somebody should know before handing it over."""

    wanted: Wanted
    picture: PagePicture
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file that was written."""

    path: Path
    notes: tuple[str, ...]


def offer(work: Work, household: UUID) -> Offer:
    """What can be written to a family. Raises ``RecordGone``."""
    file = families.load(work, household)
    children = tuple(
        (row.id, full_name(row) or _("Kind ohne Namen")) for row in file.children if not row.flag("deceased")
    )
    return Offer(household, children, texts.languages_for(file), letters.day_to_bring(work.today))


def look(work: Work, wanted: Wanted, width: int) -> Shown:
    """The letter ``width`` pixels wide; nothing is written down. Raises ``NothingToSend`` and ``RecordGone``."""
    made = letters.letter_bytes(_page(work, wanted))
    return Shown(wanted, render_page(made.pdf, 0, width), made.notes)


def to_print(work: Work, wanted: Wanted) -> PagePicture:
    """The letter at 300 dots per inch, as a deed: paper leaves like a file."""
    return render_page(_write(work, wanted).pdf, 0, _PRINT_WIDTH)


def save(work: Work, wanted: Wanted, folder: Path) -> Saved:
    """Write the letter as a PDF into ``folder``, as a deed, and enter it in the ledger as a shipment to the family.

    Raises ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is left and nothing is set down.
    """
    made = _write(work, wanted)
    about = _about(work, wanted)
    contents = dict.fromkeys(_requests(about), _content(made.page))
    parcel = Parcel(work, begin(work, FAMILY, LETTER, own_paper=True), folder)
    # nothing may fail between the file and its entry: only what is entered is taken away again
    file = write_whole(free_name(folder, made.stem, ".pdf"), lambda stream: stream.write(made.pdf))
    parcel.enter(file, "letter", contents, letter_pages.told(about, made.page), noted=False)
    work.touched.add("placements")
    return Saved(file.path, made.notes)


def _write(work: Work, wanted: Wanted) -> LetterFile:
    if wanted.letter is Letter.MISSING:
        return letters.missing_letter(work, wanted.child or wanted.household, wanted.bring_by, wanted.language)
    write: Callable[[Work, UUID, str], LetterFile] = (
        letters.status_letter if wanted.letter is Letter.STATUS else letters.assignment_letter
    )
    return write(work, _request(work, wanted), wanted.language)


def _about(work: Work, wanted: Wanted) -> Addressed:
    if wanted.letter is Letter.MISSING:
        return letter_pages.of_subject(work, wanted.child or wanted.household)
    return letter_pages.of_request(work, _request(work, wanted))


def _requests(about: Addressed) -> Iterator[UUID]:
    return (child.request.id for child in about.children if child.request is not None)


def _content(page: LetterPage) -> dict[str, str]:
    """What the letter says in German, for the ledger; the other language says the same."""
    entries = [
        ": ".join(filter(None, (entry.name.german, entry.words.german, entry.day)))
        for block in page.blocks
        for entry in block.entries
    ]
    texts = [*page.intro, page.strong, *page.closing]
    return {
        "letter": page.title.german,
        "language": page.language,
        "recipient": ", ".join(page.recipient),
        "text": "\n".join(filter(None, (*(pair.german for pair in texts), *entries))),
    }


def _page(work: Work, wanted: Wanted) -> LetterPage:
    if wanted.letter is Letter.MISSING:
        subject = wanted.child or wanted.household
        return letter_pages.missing_page(work, subject, wanted.bring_by, wanted.language)
    build = letter_pages.status_page if wanted.letter is Letter.STATUS else letter_pages.assignment_page
    return build(work, _request(work, wanted), wanted.language)


def _request(work: Work, wanted: Wanted) -> UUID:
    """The request of the child, or of the first child that has one. Raises ``NothingToSend`` where there is none."""
    file = families.load(work, wanted.household)
    children = [row.id for row in file.children if wanted.child in (None, row.id)]
    request = next(filter(None, map(file.request_of, children)), None)
    if request is None:
        raise NothingToSend(_("Für dieses Kind gibt es keine Schulplatzanfrage. Es wurde kein Brief gemacht."))
    return request.id
