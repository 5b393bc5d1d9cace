"""The people of a family as their cards read: who they are, and how far a child's request is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import placements
from desk_app.domain import completeness
from desk_app.domain.child import ChildView, full_name
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.placement_states import state_word
from desk_app.presenters.schooling import call_name, told_apart


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
    deceased: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.native_name, self.words) if part)


def adult_line(file: FamilyFile, adult: Record, choices: Choices) -> PersonLine:
    birth = adult.span("birth_date")
    ages = birth.age_on(choices.today) if birth is not None and birth.known else None
    name = told_apart(file, adult, full_name(adult) or adult.text("organisation") or _("noch ohne Namen"))
    role = code_list("roles").label(adult.text("role"))
    if adult.flag("deceased"):
        words = ", ".join(part for part in (role, deceased_words(adult)) if part)
        return PersonLine(adult.id, name, adult.text("name_native_script"), words, is_child=False, deceased=True)
    elsewhere = _("wohnt woanders") if adult.text("own_address") else ""
    words = ", ".join(part for part in (role, _custody(file, adult), elsewhere) if part)
    name = f"{name}, {ages.show()}" if ages else name
    return PersonLine(adult.id, name, adult.text("name_native_script"), words, is_child=False)


def _custody(file: FamilyFile, adult: Record) -> str:
    """ "sorgeberechtigt", or for whom where that is said for single children."""
    if adult.flag("has_custody"):
        return _("sorgeberechtigt")
    named = [row.person for row in file.records.get(RecordKind.GUARDIAN, ()) if row.get("guardian") == adult.id]
    children = [short_name(file, child) for child in file.children if child.id in named]
    return _("sorgeberechtigt für {names}").format(names=_(" und ").join(children)) if children else ""


def deceased_words(person: Record) -> str:
    """ "verstorben", with the day as far as it is known."""
    span = person.span("deceased_on")
    return _("verstorben ({when})").format(when=span.show()) if span is not None and span.known else _("verstorben")


def child_line(child: ChildView, place: int) -> PersonLine:
    ages = child.birth_date.age_on(child.today) if child.birth_date is not None and child.birth_date.known else None
    family_name = child.file.household.text("family_name")
    own = child.person.text("family_name")
    # a child that is called otherwise than the family keeps its whole name
    apart = own and own != family_name and child.person.text("given_name")
    name = told_apart(child.file, child.person, child.name if apart else call_name(child.person, place))
    if child.deceased:
        words = deceased_words(child.person)
        return PersonLine(child.id, name, child.person.text("name_native_script"), words, is_child=True, deceased=True)
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
    """ "Entwurf, 1 Angabe fehlt", "zugewiesen seit 09.11.2026"."""
    if state == placements.SENT and child.request is not None:
        day = placements.state_since(child, child.request)
        return _("übermittelt am {day}").format(day=show_day(day)) if day < child.today else _("heute übermittelt")
    if state == placements.COMPLETE:
        return _("bereit zum Senden")
    if state == placements.MOVED_AWAY:
        return _("verzogen")
    if state not in ("", placements.DRAFT) and child.request is not None:
        since = show_day(placements.state_since(child, child.request))
        return _("{state} seit {day}").format(state=state_word(state), day=since)
    if state:
        missing = len(completeness.blocking(child))
        if not missing:
            return state_word(state)
        return ngettext("Entwurf, {n} Angabe fehlt", "Entwurf, {n} Angaben fehlen", missing).format(n=missing)
    if child.person.flag("place_wanted") is False:
        return _("kein Schulplatz gesucht")
    return child.proposal.now.say() if child.proposal is not None else _("Geburtsdatum fehlt noch")


def short_name(file: FamilyFile, person: Record) -> str:
    return told_apart(file, person, person.text("given_name") or full_name(person) or _("ohne Namen"))
