"""Letters to families as files and deeds: what is missing, where a request stands, at which school a child begins.

Building a page (``letter_pages``) is for looking at it and leaves no trace; the deeds here are for paper and files
that leave: each has its entry in the audit, and "Es fehlt noch" sets what to look at again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Final
from uuid import UUID, uuid5

from desk_app.casework import deeds, letter_pages
from desk_app.casework.desk import Work
from desk_app.casework.letter_pages import Addressed
from desk_app.documents import letters as paper
from desk_app.domain.letter_page import LetterPage
from desk_app.domain.letters import Letter, language_label
from desk_app.domain.records import RecordKind
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import FollowUp

WRITTEN: Final = "letter.written"
_DAYS_TO_BRING: Final = 7
_NAMED: Final = 3
"""So many papers are named in what to look at again."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter as the bytes of a PDF. ``stem`` is a file name without the family's; ``notes`` are German sentences
    on what somebody should know before handing it over, such as that its translation was never checked."""

    page: LetterPage
    pdf: bytes
    stem: str
    notes: tuple[str, ...]


def day_to_bring(today: date) -> date:
    """The day to propose: in a week, or the Monday after where that is a weekend."""
    day = today + timedelta(days=_DAYS_TO_BRING)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def letter_bytes(page: LetterPage) -> LetterFile:
    """The page as a PDF."""
    buffer = BytesIO()
    printed = paper.write_letter(page, buffer)
    stem = f"Brief_{page.number}_{page.created_at.date().isoformat()}"
    return LetterFile(page, buffer.getvalue(), stem, tuple(_notes(page, printed)))


def missing_letter(work: Work, subject: UUID, bring_by: date, language: str = "") -> LetterFile:
    """Write "Es fehlt noch" for a household or a child and set what to look at again on that day, in one deed.

    There is one thing to look at for each family and letter: written again, it moves to the new day. Raises
    ``NothingToSend`` where nothing is missing, and ``RecordGone``.
    """
    page = letter_pages.missing_page(work, subject, bring_by, language)
    to = letter_pages.of_subject(work, subject)
    household = to.file.household.id
    with deeds.recorded(work, WRITTEN, _("Brief „Es fehlt noch“ geschrieben"), household):
        child = to.children[0].id if len(to.children) == 1 else None
        _look_again(work, household, child, bring_by, _words(page))
        _enter(work, RecordKind.HOUSEHOLD, household, to, page)
    return letter_bytes(page)


def status_letter(work: Work, request: UUID, language: str = "") -> LetterFile:
    """Write down for the family where a request stands. Raises ``RecordGone``."""
    page = letter_pages.status_page(work, request, language)
    _enter(work, RecordKind.REQUEST, request, letter_pages.of_request(work, request), page)
    return letter_bytes(page)


def assignment_letter(work: Work, request: UUID, language: str = "") -> LetterFile:
    """Tell the family at which school the child begins. Raises ``NothingToSend`` without a school, ``RecordGone``."""
    page = letter_pages.assignment_page(work, request, language)
    _enter(work, RecordKind.REQUEST, request, letter_pages.of_request(work, request), page)
    return letter_bytes(page)


def _enter(work: Work, kind: RecordKind, subject: UUID, to: Addressed, page: LetterPage) -> None:
    work.note("letter.written", kind, subject, letter_pages.told(to, page), touched="")


def _look_again(work: Work, household: UUID, child: UUID | None, due_on: date, words: str) -> None:
    """One that is open is moved; one that was ticked or taken out stays as it is, and a new one begins."""
    values = {"words": words, "due_on": due_on, "person_id": child}
    for number in count(1):
        id_ = uuid5(household, f"{WRITTEN} {Letter.MISSING} {number}")
        row = work.session.get(FollowUp, id_)
        if row is None:
            work.session.add(FollowUp(id=id_, household_id=household, **values, **work.made))
            work.session.flush()
            work.note("follow_up.added", RecordKind.FOLLOW_UP, id_, [key for key, value in values.items() if value])
            return
        if row.done_at is None and row.removed_at is None:
            changed = [key for key, value in values.items() if getattr(row, key) != value]
            for key in changed:
                setattr(row, key, values[key])
            if changed:
                work.touch(row)
                work.session.flush()
                work.note("follow_up.changed", RecordKind.FOLLOW_UP, id_, changed)
            return


def _words(page: LetterPage) -> str:
    """ "Brief „Es fehlt noch“: Meldebescheinigung, Letztes Schulzeugnis und 2 weitere"."""
    names = [entry.name.german for block in page.blocks for entry in block.entries]
    said = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    if more > 0:
        said = ngettext("{names} und {n} weitere Angabe", "{names} und {n} weitere", more).format(names=said, n=more)
    return _("Brief „Es fehlt noch“: {names}").format(names=said)


def _notes(page: LetterPage, printed: paper.Printed) -> Iterable[str]:
    if not page.reviewed:
        words = _("{language}: Diese Übersetzung hat noch niemand geprüft, der die Sprache gut kann.")
        yield words.format(language=language_label(page.language))
    if printed.left_out:
        words = _("Auf der Seite war kein Platz mehr für: {names}.")
        yield words.format(names=", ".join(printed.left_out))
    if printed.missing:
        yield _("Einige Zeichen kennt die Druckschrift nicht.")
