"""Who of a family can be phoned in which language, and what they read: one line, from which the letters follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import wording
from desk_app.domain.child import full_name
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.i18n import _


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of one adult. ``told`` says whether somebody asked, else only the own language is taken."""

    person: UUID
    name: str
    by_phone: tuple[str, ...]
    reads: tuple[str, ...]
    script: str
    told: bool


def talks(file: FamilyFile) -> tuple[Talk, ...]:
    """The living adults, those with custody first."""
    adults = sorted(file.living_adults, key=lambda adult: not adult.flag("has_custody"))
    return tuple(_talk(file, adult) for adult in adults)


def talk_line(file: FamilyFile) -> str:
    """ "Anruf: Olena auf Ukrainisch; Briefe: Ukrainisch; Schrift: kyrillisch"; empty while nothing is known."""
    calls = [
        _("{name} auf {languages}").format(name=talk.name, languages=_either(talk.by_phone))
        for talk in talks(file)
        if talk.by_phone
    ]
    letters = letter_languages(file)
    scripts = _scripts(talks(file))
    parts = (
        _("Anruf: {calls}").format(calls=", ".join(calls)) if calls else "",
        _("Briefe: {languages}").format(languages=_either(letters)) if letters else "",
        _("Schrift: {scripts}").format(scripts=scripts) if scripts else "",
    )
    return "; ".join(part for part in parts if part)


def letter_languages(file: FamilyFile) -> tuple[str, ...]:
    """The languages somebody of the family reads, in the order of the adults."""
    return tuple(dict.fromkeys(language for talk in talks(file) for language in talk.reads))


def _talk(file: FamilyFile, adult: Record) -> Talk:
    rows = [row for row in file.all(RecordKind.LANGUAGE, adult.id) if row.text("language")]
    told = [row for row in rows if row.flag("by_phone") or row.flag("reads")]
    by_phone = tuple(row.text("language") for row in told if row.flag("by_phone"))
    # of what somebody reads, what they also speak comes first: it is the language of the home
    read = [row.text("language") for row in told if row.flag("reads")]
    own = adult.text("own_language")
    name = adult.text("given_name") or full_name(adult) or wording.label("roles", adult.text("role"))
    return Talk(
        adult.id,
        name or _("ohne Namen"),
        by_phone if told else (own,) if own else (),
        tuple(sorted(read, key=lambda language: language not in by_phone)),
        adult.text("script"),
        bool(told),
    )


def _scripts(adults: Iterable[Talk]) -> str:
    """What all who were asked read, or who reads what: "Olena kyrillisch, Rana arabisch"."""
    known = [(talk.name, wording.label("scripts", talk.script)) for talk in adults if talk.script]
    scripts = dict.fromkeys(script for _name, script in known)
    return next(iter(scripts), "") if len(scripts) < 2 else ", ".join(f"{name} {script}" for name, script in known)


def _either(languages: Iterable[str]) -> str:
    """ "Ukrainisch oder Russisch"."""
    return _(" oder ").join(wording.label("languages", key) for key in languages)
