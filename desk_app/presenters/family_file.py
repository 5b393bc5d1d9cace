"""The file of one family as it reads: who belongs to it, what happened, what is open, how it can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from desk_app.casework import (
    families,
    follow_ups,
    households,
    merging,
    schools,
    signs,
    timeline,
    transitions,
    users,
)
from desk_app.casework.desk import Work
from desk_app.casework.follow_ups import FollowUpLine
from desk_app.casework.timeline import Entry
from desk_app.casework.transitions import Overview
from desk_app.casework.wording import family_title
from desk_app.domain import roles
from desk_app.domain.clock import Clock
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.placement_rules import number
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.family_facts import Fact, family_facts
from desk_app.presenters.family_open import OpenItem, open_items
from desk_app.presenters.family_people import PersonLine, adult_line, child_line, short_name
from desk_app.presenters.family_talk import Talk, talks
from desk_app.presenters.family_transitions import TransitionSheet, transition_sheet
from desk_app.presenters.follow_up_offers import offers
from desk_app.presenters.follow_up_rows import FollowUpRow, follow_up_row
from desk_app.presenters.runner import Runner
from desk_app.presenters.schooling import children_of


@dataclass(frozen=True)
class FileSheet:
    """Everything the page shows."""

    household: UUID
    title: str
    file_number: str
    languages: tuple[str, ...]
    intake_open: bool
    people: tuple[PersonLine, ...]
    entries: tuple[Entry, ...]
    open_items: tuple[OpenItem, ...]
    facts: tuple[Fact, ...]
    follow_ups: tuple[FollowUpRow, ...] = ()
    talks: tuple[Talk, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()
    """Who works here: id and name."""
    names: tuple[tuple[str, str], ...] = ()
    """The persons of the family: id and name, as notes name them."""
    to_confirm: str = ""
    """Asks whether phone and address still hold; empty where they were confirmed lately."""
    moved_away: str = ""
    """"Verzogen nach Essen am 20.11.2026"; empty for a family that is here."""
    refusal: str = ""
    """Why the one at the desk may not end the file or give a child away; empty where they may."""
    transitions: TransitionSheet = field(default_factory=TransitionSheet)
    went_into: str = ""
    """Said where the file that was asked for went into this one by a merge."""


class FamilyFileView(Protocol):
    def show_sheet(self, sheet: FileSheet) -> None: ...

    def show_failed(self, message: str) -> None: ...


class FamilyFilePresenter:
    """Reads one family. Looking into a file is entered in the audit once each time it is opened."""

    def __init__(self, view: FamilyFileView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._choices = Choices(clock)
        self.household: UUID | None = None

    def open(self, household: UUID) -> None:
        """Show another family."""
        self.household = household
        self._read(household, opening=True)

    def refresh(self) -> None:
        """Read the family again."""
        if self.household is not None:
            self._read(self.household, opening=False)

    def _read(self, household: UUID, *, opening: bool) -> None:
        def arrived(found: Found) -> None:
            if household == self.household:
                sheet = full_sheet(found, self._choices)
                self.household = sheet.household
                words = _("Die gesuchte Akte wurde mit dieser zusammengeführt, Akte {number}.")
                went_into = "" if sheet.household == household else words.format(number=sheet.file_number)
                self._view.show_sheet(replace(sheet, went_into=went_into))

        def failed(error: WorldError) -> None:
            if household == self.household:
                self._view.show_failed(error.message)

        self._runner.run(lambda work: _look_into(work, household, opening=opening), arrived, failed)


@dataclass(frozen=True)
class Found:
    """What is read of one family."""

    file: FamilyFile
    entries: tuple[Entry, ...]
    follow_ups: tuple[FollowUpLine, ...]
    to_confirm: date | None
    refusal: str
    staff: tuple[tuple[str, str], ...]
    step_refusal: str = ""
    """Why the one at the desk may not decide about requests; empty where they may."""
    last_sign: date | None = None
    advised: Overview = field(default_factory=Overview)
    schools: Mapping[str, str] = field(default_factory=dict)
    advice_refusal: str = ""


def _look_into(work: Work, household: UUID, *, opening: bool) -> Found:
    household = merging.successor(work, household) or household
    advised = transitions.of_family(work, household)  # first: it brings up to date what follows from the file
    file = families.load(work, household)
    if opening:
        families.note_opened(work, file.household.id)
    return Found(
        file,
        timeline.entries(work, file, advised),
        follow_ups.of_family(work, file.household.id),
        households.to_confirm(work, file),
        roles.reason(work.role, "family.moved_away"),
        tuple((str(key), name) for key, name in users.present(work).items()),
        roles.reason(work.role, "request.stepped"),
        signs.of_files(work, [file])[file.household.id],
        advised,
        schools.names(work),
        roles.reason(work.role, "transition.added"),
    )


def full_sheet(found: Found, choices: Choices) -> FileSheet:
    """What the page says, with what stands beside the answers."""
    file = found.file
    names = {person.id: short_name(file, person) for person in file.persons}
    sheet = file_sheet(file, found.entries, choices)
    return replace(
        sheet,
        follow_ups=tuple(
            follow_up_row(line, names, choices.today, offers(line, file, found.step_refusal))
            for line in found.follow_ups
        ),
        talks=talks(file),
        staff=found.staff,
        names=tuple((str(key), name) for key, name in names.items()),
        to_confirm=_confirm_words(found.to_confirm),
        moved_away=moved_away_words(file),
        refusal=found.refusal,
        transitions=transition_sheet(found.advised, names, found.schools, found.advice_refusal),
        facts=_with_sign(sheet.facts, found.last_sign, choices.today),
    )


def _with_sign(facts: tuple[Fact, ...], heard: date | None, today: date) -> tuple[Fact, ...]:
    """The facts with the last sign of life right behind the phone, which is how one gets the next."""
    if heard is None:
        return facts
    days = (today - heard).days
    ago = ngettext("vor {n} Tag", "vor {n} Tagen", days).format(n=days) if days else _("heute")
    tone = "warn" if days >= number("no_news_days", today) else "text"
    sign = Fact(_("Letztes Lebenszeichen"), f"{show_day(heard)}, {ago}", tone)
    return (*facts[:1], sign, *facts[1:])


def moved_away_words(file: FamilyFile) -> str:
    """ "Verzogen nach Essen am 20.11.2026"; empty for a family that is here."""
    day, town = file.household.day("moved_away_on"), file.household.text("moved_away_to")
    if day is None:
        return ""
    words = _("Verzogen nach {town} am {day}") if town else _("Verzogen am {day}")
    return words.format(town=town, day=show_day(day))


def _confirm_words(last: date | None) -> str:
    if last is None:
        return ""
    return _("Stimmen Telefon und Anschrift noch? Zuletzt bestätigt am {day}.").format(day=show_day(last))


def file_sheet(file: FamilyFile, entries: tuple[Entry, ...], choices: Choices) -> FileSheet:
    """What the page says about a family today."""
    children = children_of(file, choices.today)
    lines = {child.id: child_line(child, place) for place, child in enumerate(children)}
    lines |= {adult.id: adult_line(file, adult, choices) for adult in file.adults}
    order = (*file.adults, *file.children)
    languages = code_list("languages")
    spoken = dict.fromkeys(row.text("language") for row in file.all(RecordKind.LANGUAGE) if row.flag("family_language"))
    return FileSheet(
        household=file.household.id,
        title=family_title(file),
        file_number=file.household.text("file_number"),
        languages=tuple(languages.label(key) for key in spoken if key),
        intake_open=file.household.get("intake_open") is True,
        people=tuple(lines[person.id] for person in order),
        entries=entries,
        open_items=open_items(file, children),
        facts=family_facts(file, choices),
    )
