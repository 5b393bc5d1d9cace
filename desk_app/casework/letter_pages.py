"""Putting together what a letter to a family says, in German and in a language the family reads.

Only the family's own facts, no more than the letter is about (Art. 5(1)(c) GDPR): no residence status, nothing about
health beyond the paper that is asked for, and never an address that is protected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import centre, families, placements, users, wording
from desk_app.casework.desk import Work
from desk_app.domain import completeness, letter_items
from desk_app.domain.child import ChildView, is_protected
from desk_app.domain.clock import local
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend, RecordGone
from desk_app.domain.letter_items import Lack, Way
from desk_app.domain.letter_page import Block, Contact, Entry, LetterPage
from desk_app.domain.letters import NO_TEXT, RIGHT_TO_LEFT, Letter, Pair, Wording, language_for, same, texts
from desk_app.domain.placement_steps import PLACED, place_told
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.domain.request_sheet import Fact
from desk_app.i18n import _
from desk_app.storage.tables import Person, PlacementRequest, School

_FOR_THE_SCHOOL: Final = ("passport_child", "registration_certificate", "measles", "school_report", "custody")
"""What a school asks to see when it admits a child (VO-DV I; measles: § 20 (9) IfSG)."""


@dataclass(frozen=True)
class Addressed:
    """Whom a letter is for: a family, and the children it is about."""

    file: FamilyFile
    children: tuple[ChildView, ...]

    @property
    def protected(self) -> bool:
        """Whether no address may be printed: a sibling's can give the others away."""
        return any(map(is_protected, self.file.records.get(RecordKind.ADDRESS, ())))


def of_subject(work: Work, subject: UUID) -> Addressed:
    """A household with every child a place is looked for, or one child of it. Raises ``RecordGone``."""
    person = work.session.get(Person, subject)
    if person is not None:
        return _of_child(work, person.household_id, person.id)
    file = families.load(work, subject)
    children = [ChildView(file, child.id, work.today) for child in file.children]
    return Addressed(file, tuple(completeness.looking(children)))


def of_request(work: Work, request: UUID) -> Addressed:
    """The child of a placement request. Raises ``RecordGone``."""
    row = work.session.get(PlacementRequest, request)
    if row is None or row.removed_at is not None or row.person_id is None:
        raise RecordGone
    return _of_child(work, row.household_id, row.person_id)


def _of_child(work: Work, household: UUID, child: UUID) -> Addressed:
    file = families.load(work, household)
    if all(row.id != child for row in file.children):
        raise RecordGone
    return Addressed(file, (ChildView(file, child, work.today),))


def missing_page(work: Work, subject: UUID, bring_by: date, language: str = "") -> LetterPage:
    """ "Es fehlt noch" for a household or a child. Raises ``NothingToSend`` where nothing is missing."""
    to = of_subject(work, subject)
    lacks = letter_items.lacking(to.children)
    if not lacks:
        raise NothingToSend(
            _("Es fehlt nichts, was die Familie bringen oder sagen könnte. Es wurde kein Brief gemacht.")
        )
    say = Wording(language or language_for(to.file).language)
    bring = tuple(_paper(say, lack, to, bring_by) for lack in lacks if lack.way is Way.BRING)
    tell = tuple(Entry(_named(say, lack, to)) for lack in lacks if lack.way is Way.TELL)
    blocks = (
        Block(bring, say.pair("missing", "bring")) if bring else None,
        Block(tell, say.pair("missing", "tell"), narrow=True) if tell else None,
    )
    return _page(
        work,
        to,
        say,
        letter=Letter.MISSING,
        intro=(_about(say, to) + say.pair("missing", "intro"),),
        strong=say.pair("missing", "by_day", day=bring_by),
        blocks=tuple(block for block in blocks if block is not None),
        closing=(say.pair("missing", "anyway"),),
        more=say.pair("missing", "more"),
    )


def _paper(say: Wording, lack: Lack, to: Addressed, bring_by: date) -> Entry:
    words = say.of(lack.explained) if lack.explained is not None else NO_TEXT
    # a later day agreed for a paper that takes its time still holds
    day = max(bring_by, lack.due_on) if lack.due_on else bring_by
    return Entry(_named(say, lack, to), words, show_day(day))


def _named(say: Wording, lack: Lack, to: Addressed) -> Pair:
    """What is missing, with whose it is where the letter is about several children."""
    name = say.of(lack.name)
    if len(to.children) < 2 or not lack.children or len(lack.children) == len(to.children):
        return name
    whose = (child.person.text("given_name") or child.name for child in to.children if child.id in lack.children)
    names = f"({', '.join(filter(None, whose))})"
    return name + Pair(names, names if name.other else "") if names != "()" else name


def status_page(work: Work, request: UUID, language: str = "") -> LetterPage:
    """Where a request stands, since when, what comes next, and whom to call. Raises ``RecordGone``."""
    to = of_request(work, request)
    row = _request_of(to)
    say = Wording(language or language_for(to.file).language)
    state = to.file.state_of(row.id)
    known = state if f"{state}.where" in texts("status") else "draft"
    reached = ", ".join(filter(None, (users.name(work), centre.load(work).phone)))
    entries = (
        Entry(say.pair("status", "where"), say.pair("status", f"{known}.where")),
        Entry(
            say.pair("status", "since"),
            say.pair("status", "since_day", day=placements.state_since(to.children[0], row)),
        ),
        Entry(say.pair("status", "next"), say.pair("status", f"{known}.next")),
        Entry(say.pair("status", "call"), Pair(reached, reached)),
    )
    return _page(
        work,
        to,
        say,
        letter=Letter.STATUS,
        intro=(_about(say, to),),
        blocks=(Block(tuple(entry for entry in entries if entry.words.german)),),
        closing=(say.pair("status", "change"),),
    )


def assignment_page(work: Work, request: UUID, language: str = "") -> LetterPage:
    """At which school a child has a place, and what its family has to know.

    Raises ``NothingToSend`` where no school was told yet, and ``RecordGone``.
    """
    to = of_request(work, request)
    row = _request_of(to)
    place = place_told((event for event in reversed(to.file.events) if event.request == row.id), PLACED)
    school = work.session.scalar(select(School).where(School.number == place.school))
    if school is None:
        raise NothingToSend(
            _("Für diese Anfrage ist noch keine Schule eingetragen. Es wurde kein Brief gemacht. "
              "Bitte tragen Sie zuerst die Zuweisung ein.")
        )  # fmt: skip
    say = Wording(language or language_for(to.file).language)
    street, city = school.street, " ".join(filter(None, (school.postal_code, school.city)))
    class_name, starts_on = place.class_name, place.starts_on
    start = say.pair("assignment", "start_day", day=starts_on) if starts_on else say.pair("assignment", "start_open")
    entries = (
        Entry(say.pair("assignment", "school"), same(school.name)),
        Entry(say.pair("assignment", "school_address"), same(", ".join(filter(None, (street, city))))),
        Entry(
            say.pair("assignment", "class"), same(class_name) if class_name else say.pair("assignment", "class_open")
        ),
        Entry(say.pair("assignment", "start"), start),
        Entry(say.pair("assignment", "bring"), _papers_for_the_school(say)),
    )
    return _page(
        work,
        to,
        say,
        letter=Letter.ASSIGNMENT,
        intro=(_about(say, to) + say.pair("assignment", "intro"),),
        blocks=(Block(tuple(entry for entry in entries if entry.words.german)),),
        closing=(say.pair("assignment", "come_along"), say.pair("assignment", "every_day")),
    )


def _papers_for_the_school(say: Wording) -> Pair:
    names = [say.pair("papers", f"{paper}.name") for paper in _FOR_THE_SCHOOL]
    pairs = (say.pair("assignment", "this_letter"), *names)
    comma = "، " if say.language in RIGHT_TO_LEFT else ", "
    return Pair(", ".join(pair.german for pair in pairs), comma.join(filter(None, (pair.other for pair in pairs))))


def _about(say: Wording, to: Addressed) -> Pair:
    names = ", ".join(filter(None, (child.name for child in to.children)))
    return say.pair("common", "about", names=names) if names else NO_TEXT


def _request_of(to: Addressed) -> Record:
    request = to.children[0].request
    if request is None:
        raise RecordGone
    return request


def _page(work: Work, to: Addressed, say: Wording, letter: Letter, **parts: Any) -> LetterPage:
    """The page with what every letter has: sender, recipient, title and how to reach the centre."""
    own, author = centre.load(work), users.name(work)
    requests = [child.request.text("number") for child in to.children if child.request is not None]
    numbers = ", ".join(requests)
    stamp = local(work.now)
    info = ((_("Anfrage"), numbers), (_("Datum"), show_day(stamp.date())), (_("Auskunft"), author))
    reach = (("contact", author), ("phone", own.phone), ("email", own.email), ("address", own.street))
    return LetterPage(
        letter=letter,
        language=say.language,
        number=next(iter(requests), to.file.household.text("file_number")),
        centre_name=own.name,
        centre_place=own.city,
        sender=" · ".join(filter(None, (own.name, own.street, own.place))),
        recipient=_recipient(to),
        info=tuple(Fact(label, value) for label, value in info if value),
        title=say.pair(letter, "title"),
        contact=tuple(Contact(say.pair("common", key), value) for key, value in reach if value),
        help=say.pair("common", "questions"),
        reviewed=say.reviewed,
        created_at=stamp,
        demo=own.demo,
        **parts,
    )


def _recipient(to: Addressed) -> tuple[str, ...]:
    """Name and address; the name alone where the address is protected, not known, or the family left it."""
    adults = to.children[0].guardians if to.children else ()
    adults = adults or to.file.living_adults
    name = wording.names(adults) or next((row.text("organisation") for row in adults), "")
    address = _address(to)
    if address is None or not address.text("street"):
        return (name or wording.family_title(to.file),)
    letterbox = address.text("mailbox_name")
    street = " ".join(filter(None, (address.text("street"), address.text("house_number"))))
    place = " ".join(filter(None, (address.text("postal_code"), address.text("city"))))
    lines = (name or wording.family_title(to.file), f"c/o {letterbox}" if letterbox else "", street, place)
    return tuple(filter(None, lines))


def _address(to: Addressed) -> Record | None:
    if to.protected or to.file.has_moved_away:
        return None
    if len(to.children) == 1:
        return to.children[0].address
    return next(iter(to.file.all(RecordKind.ADDRESS)), None)


def told(to: Addressed, page: LetterPage) -> Sequence[str]:
    """The fields a letter tells, for the audit and the ledger."""
    address = ("street", "house_number", "postal_code", "city") if len(page.recipient) > 1 else ()
    return (f"letter:{page.letter}", "given_name", "family_name", *address)
