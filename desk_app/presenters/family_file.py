"""The file of one family as it reads: who belongs to it, what happened, what is open, how it can be reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from desk_app.casework import families, merging, placements, timeline
from desk_app.casework.desk import Work
from desk_app.casework.timeline import Entry
from desk_app.casework.wording import family_title
from desk_app.domain import completeness
from desk_app.domain.child import ChildView, full_name
from desk_app.domain.clock import Clock
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.family_facts import Fact, family_facts
from desk_app.presenters.family_open import OpenItem, open_items
from desk_app.presenters.runner import Runner
from desk_app.presenters.schooling import call_name, children_of


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the family. ``state`` is that of the request, empty where there is none to show."""

    id: UUID
    name: str
    native_name: str
    words: str
    is_child: bool
    state: str = ""
    request: UUID | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.native_name, self.words) if part)


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
        def arrived(found: tuple[FamilyFile, tuple[Entry, ...]]) -> None:
            if household == self.household:
                sheet = file_sheet(*found, self._choices)
                self.household = sheet.household
                words = _("Die gesuchte Akte wurde mit dieser zusammengeführt, Akte {number}.")
                went_into = "" if sheet.household == household else words.format(number=sheet.file_number)
                self._view.show_sheet(replace(sheet, went_into=went_into))

        def failed(error: WorldError) -> None:
            if household == self.household:
                self._view.show_failed(error.message)

        self._runner.run(lambda work: _look_into(work, household, opening=opening), arrived, failed)


def _look_into(work: Work, household: UUID, *, opening: bool) -> tuple[FamilyFile, tuple[Entry, ...]]:
    file = families.load(work, merging.successor(work, household) or household)
    if opening:
        families.note_opened(work, file.household.id)
    return file, timeline.entries(work, file)


def file_sheet(file: FamilyFile, entries: tuple[Entry, ...], choices: Choices) -> FileSheet:
    """What the page says about a family today."""
    children = children_of(file, choices.today)
    lines = {child.id: _child_line(child, place) for place, child in enumerate(children)}
    lines |= {adult.id: _adult_line(adult, choices) for adult in file.adults}
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


def _adult_line(adult: Record, choices: Choices) -> PersonLine:
    birth = adult.span("birth_date")
    ages = birth.age_on(choices.today) if birth is not None and birth.known else None
    name = full_name(adult) or _("noch ohne Namen")
    custody = _("sorgeberechtigt") if adult.flag("has_custody") else ""
    words = ", ".join(part for part in (code_list("roles").label(adult.text("role")), custody) if part)
    name = f"{name}, {ages.show()}" if ages else name
    return PersonLine(adult.id, name, adult.text("name_native_script"), words, is_child=False)


def _child_line(child: ChildView, place: int) -> PersonLine:
    ages = child.birth_date.age_on(child.today) if child.birth_date is not None and child.birth_date.known else None
    family_name = child.file.household.text("family_name")
    own = child.person.text("family_name")
    # a child that is called otherwise than the family keeps its whole name
    apart = own and own != family_name and child.person.text("given_name")
    name = child.name if apart else call_name(child.person, place)
    request = child.request
    state = child.file.state_of(request.id) if request is not None and child.wants_place else ""
    return PersonLine(
        id=child.id,
        name=f"{name}, {ages.show()}" if ages else name,
        native_name=child.person.text("name_native_script"),
        words=_next_step(child, state),
        is_child=True,
        state=state,
        request=request.id if request is not None and state else None,
    )


def _next_step(child: ChildView, state: str) -> str:
    """ "Entwurf, 1 Angabe fehlt"."""
    if state == placements.SENT and child.request is not None:
        day = placements.state_since(child, child.request)
        return _("übermittelt am {day}").format(day=show_day(day)) if day < child.today else _("heute übermittelt")
    if state == placements.COMPLETE:
        return _("vollständig, kann gesendet werden")
    if state:
        missing = len(completeness.blocking(child))
        return ngettext("Entwurf, {n} Angabe fehlt", "Entwurf, {n} Angaben fehlen", missing).format(n=missing)
    if child.person.flag("place_wanted") is False:
        return _("kein Schulplatz gesucht")
    return child.proposal.now.say() if child.proposal is not None else _("Geburtsdatum fehlt noch")
