"""The master data of a family as lines of label and value, for the staff who look into its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import wording
from desk_app.domain.child import full_name, is_protected
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.consents import consent_rows
from desk_app.presenters.family_talk import talk_line
from desk_app.presenters.schooling import call_name


@dataclass(frozen=True, slots=True)
class Fact:
    """``tone`` is a colour role; an empty ``value`` reads as "nicht angegeben"."""

    label: str
    value: str
    tone: str = "text"


def family_facts(file: FamilyFile, choices: Choices) -> tuple[Fact, ...]:
    """What the card says, in its order; lines nobody asks for are left out while nothing is known."""
    return (*_reach(file), *_homes(file), *_arrival(file), *_talk(file), *_consents(file, choices))


def _reach(file: FamilyFile) -> Iterator[Fact]:
    household = file.household
    yield Fact(_("Telefon"), household.text("phone"))
    for adult in file.living_adults:
        if adult.text("own_phone"):
            yield Fact(_("Telefon {name}").format(name=_called(adult)), adult.text("own_phone"))
        if adult.text("organisation") and full_name(adult):
            yield Fact(_("Stelle {name}").format(name=_called(adult)), adult.text("organisation"))
    talk = talk_line(file)
    if talk:
        yield Fact(_("Verständigung"), talk)
    contact = ", ".join(part for part in (household.text("contact_name"), household.text("contact_phone")) if part)
    for label, value in ((_("E-Mail"), household.text("email")), (_("Kontaktperson"), contact)):
        if value:
            yield Fact(label, value)


def _called(adult: Record) -> str:
    return adult.text("given_name") or full_name(adult) or wording.label("roles", adult.text("role"))


def _homes(file: FamilyFile) -> Iterator[Fact]:
    shared = file.all(RecordKind.ADDRESS)
    home = shared[0] if shared else None
    yield Fact(_("Anschrift"), _address(home) if home else "")
    yield from _shielded(home)
    for place, child in enumerate(file.children):
        for own in file.all(RecordKind.ADDRESS, child.id):
            yield Fact(_("Anschrift {name}").format(name=call_name(child, place)), _address(own))
            yield from _shielded(own)
    for adult in file.living_adults:
        if adult.text("own_address"):
            yield Fact(_("Anschrift {name}").format(name=_called(adult)), adult.text("own_address"))
    for past in file.history:
        if wording.full_address(past):
            yield Fact(_("Frühere Anschrift"), f"{_address(past)}\n{_period(file, past)}".rstrip(), "text2")
    housing = wording.label("housing_types", home.text("housing_type")) if home else ""
    if housing:
        yield Fact(_("Wohnform"), housing)


def _shielded(address: Record | None) -> Iterator[Fact]:
    if address is not None and is_protected(address):
        words = _("geschützt ({reason}), nur für Sie sichtbar: verlässt das Programm nicht")
        yield Fact(_("Schutz"), words.format(reason=wording.label("protection", address.text("protection"))), "warn")


def _address(address: Record) -> str:
    """ "Lindenhof 12, 45476 Mülheim an der Ruhr, Styrum", with the name on the mailbox where it is another one."""
    mailbox = address.text("mailbox_name")
    district = wording.label("districts", address.text("district"))
    parts = (_("c/o {name}").format(name=mailbox) if mailbox else "", wording.full_address(address), district)
    return ", ".join(part for part in parts if part)


def _period(file: FamilyFile, past: Record) -> str:
    """ "Karim, 03.08.2026 bis 20.11.2026"."""
    since, until = past.day("valid_from"), past.day("valid_to")
    end = show_day(until) if until else ""
    days = (
        _("{since} bis {until}").format(since=show_day(since), until=end) if since else _("bis {day}").format(day=end)
    )
    return ", ".join(part for part in (_name_of(file, past.person), days) if part)


def _name_of(file: FamilyFile, person: UUID | None) -> str:
    return next((call_name(row) for row in file.children if row.id == person), "")


def _arrival(file: FamilyFile) -> Iterator[Fact]:
    household = file.household
    entry, since = household.span("entry_date"), household.day("arrival_in_city")
    yield Fact(_("Einreise"), str(entry.show()) if entry is not None and entry.known else "")
    yield Fact(_("In Mülheim seit"), show_day(since) if since else "")
    moving = household.text("planned_move_to")
    if moving:
        when = household.span("planned_move_on")
        yield Fact(_("Umzug geplant"), f"{moving}, {when.show()}" if when is not None and when.known else moving)


def _talk(file: FamilyFile) -> Iterator[Fact]:
    household = file.household
    language = household.text("interpreter_language") or household.text("conversation_language")
    kind = wording.label("interpreter_kinds", household.text("interpreter_kind"))
    parts = (wording.label("languages", language), kind, household.text("interpreter_name"))
    yield Fact(_("Dolmetschen"), ", ".join(part for part in parts if part))


def _consents(file: FamilyFile, choices: Choices) -> Iterator[Fact]:
    rows = consent_rows(file, choices)
    given = dict.fromkeys(row.label for row in rows if row.in_force)
    ended = dict.fromkeys(row.label for row in rows if row.withdrawn and not row.in_force)
    yield Fact(_("Einwilligungen"), ", ".join(given), "ok")
    if ended:
        yield Fact(_("Widerrufen"), ", ".join(ended), "warn")
    check = file.household.day("delete_on")
    yield Fact(_("Löschprüfung"), show_day(check) if check else _("nach Abschluss der Aufnahme"), "text2")
