"""How the people of a household read in one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk_app.domain.child import ChildView, full_name
from desk_app.domain.records import FamilyFile, Record
from desk_app.domain.schooling import SchoolStage
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.choices import Choices

Tone = Literal["neutral", "accent", "teal"]

_CHILD_WORDS = {"m": N_("Sohn"), "w": N_("Tochter")}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a row says. ``chip`` is empty where nothing is to be said."""

    name: str
    role: str
    birth_date: str
    age: str
    nationality: str
    chip: str
    tone: Tone
    child: bool

    @property
    def spoken(self) -> str:
        """The row as it is read aloud: "Karim Haddad, Sohn, 13 Jahre, Syrien, Schulplatz"."""
        age = _("{age} Jahre").format(age=self.age) if self.age else ""
        return ", ".join(part for part in (self.name, self.role, age, self.nationality, self.chip) if part)


def person_line(file: FamilyFile, person: Record, today: date, choices: Choices) -> PersonLine:
    """The row of one person. The chip of a child says what is looked for, that of an adult who has custody."""
    is_child = person.get("role") == "child"
    birth = person.span("birth_date")
    age = birth.age_on(today) if birth is not None else None
    chip, tone = _chip(ChildView(file, person.id, today)) if is_child else _custody(person)
    word = _(_CHILD_WORDS.get(person.text("sex"), N_("Kind")))
    return PersonLine(
        name=full_name(person),
        role=word if is_child else choices.label("roles", person.get("role")),
        birth_date=birth.show() if birth is not None else "",
        age=age.show() if age is not None else "",
        nationality=choices.label("nationalities", person.get("nationality_1")),
        chip=chip,
        tone=tone,
        child=is_child,
    )


def household_words(adults: int, children: int) -> str:
    """ "2 Erwachsene, 3 Kinder"; empty while nobody is there."""
    parts = []
    if adults:
        parts.append(ngettext("{n} erwachsene Person", "{n} Erwachsene", adults).format(n=adults))
    if children:
        parts.append(ngettext("{n} Kind", "{n} Kinder", children).format(n=children))
    return ", ".join(parts)


def _chip(child: ChildView) -> tuple[str, Tone]:
    if child.wants_place:
        return _("Schulplatz"), "accent"
    return (_("Kita"), "teal") if child.stages == (SchoolStage.TOO_YOUNG,) else ("", "neutral")


def _custody(person: Record) -> tuple[str, Tone]:
    return (_("Sorgerecht") if person.flag("has_custody") else "", "neutral")
