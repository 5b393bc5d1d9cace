"""The texts of the letters to families, in German and ten other languages, and which of them a family can read.

They are files in resources/letters/, one for each letter or slip and three that these share. Every text says in which
languages somebody at home in the language has read it (``reviewed``); the others print with a line that says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from desk_app import assets
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import N_, _

GERMAN: Final = "de"
LANGUAGES: Final = ("de", "en", "uk", "ru", "ar", "fa", "tr", "kmr", "ro", "bg", "fr")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa"})

_SERVED_BY: Final = {"prs": "fa", "haz": "fa", "ku": "kmr"}
"""Languages of the code list whose speakers read a letter of another key; Sorani is written otherwise and is not."""

_LANGUAGE_NAMES: Final = {
    "de": N_("Deutsch"),
    "en": N_("Englisch"),
    "uk": N_("Ukrainisch"),
    "ru": N_("Russisch"),
    "ar": N_("Arabisch"),
    "fa": N_("Persisch/Dari"),
    "tr": N_("Türkisch"),
    "kmr": N_("Kurdisch (Kurmandschi)"),
    "ro": N_("Rumänisch"),
    "bg": N_("Bulgarisch"),
    "fr": N_("Französisch"),
}


class Letter(StrEnum):
    """The letters there are; the value is the name of the file with its texts."""

    MISSING = "missing"
    STATUS = "status"
    ASSIGNMENT = "assignment"

    @property
    def label(self) -> str:
        return _(_LETTER_NAMES[self])


class Slip(StrEnum):
    """Papers that are handed over at the desk; the value is the name of the file with their texts."""

    APPOINTMENT = "appointment"
    OFFERS = "offers"
    REFERRAL = "slip"

    @property
    def label(self) -> str:
        return _(_SLIP_NAMES[self])


_SLIP_NAMES: Final = {
    Slip.APPOINTMENT: N_("Terminzettel"),
    Slip.OFFERS: N_("Merkzettel"),
    Slip.REFERRAL: N_("Vermittlungszettel"),
}

_LETTER_NAMES: Final = {
    Letter.MISSING: N_("Es fehlt noch"),
    Letter.STATUS: N_("Stand der Anfrage"),
    Letter.ASSIGNMENT: N_("Schulplatz"),
}


_PAPERS_CALLED: Final = {
    "pässe oder ausweise": ("passport_child", "passport_guardians"),
    "pass oder ausweis": ("passport_child", "passport_guardians"),
    "pässe": ("passport_child", "passport_guardians"),
    "geburtsurkunden": ("birth_certificate",),
    "geburtsurkunde": ("birth_certificate",),
    "impfbücher": ("measles",),
    "impfbuch": ("measles",),
    "impfpass": ("measles",),
    "zeugnisse": ("school_report",),
    "zeugnis": ("school_report",),
}
"""How papers are called in short, in small letters, and which of papers.toml that means."""


def language_label(language: str) -> str:
    """The German name of a language of the letters."""
    return _(_LANGUAGE_NAMES[language])


@dataclass(frozen=True)
class Text:
    """One text in several languages, with places such as ``{day}`` to fill in."""

    words: Mapping[str, str]
    reviewed: frozenset[str]

    def fill(self, language: str, **values: str) -> str:
        """The text with its places filled; empty where it is not there in that language."""
        return self.words.get(language, "").format(**values)


@cache
def texts(name: str) -> dict[str, Text]:
    """The texts of resources/letters/``name``.toml by key, such as ``title`` or ``measles.bring``."""
    return dict(_texts(tomllib.loads(assets.read_text("letters", f"{name}.toml"))))


def _texts(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Text]]:
    for key, value in table.items():
        if GERMAN in value:
            words = {language: value[language] for language in LANGUAGES if language in value}
            yield above + key, Text(words, frozenset(value["reviewed"]))
        else:
            yield from _texts(value, f"{above}{key}.")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same in German and in the family's language; ``other`` is empty where only German is printed."""

    german: str
    other: str = ""

    def __add__(self, more: Pair) -> Pair:
        """Both as one paragraph."""
        return Pair(*(" ".join(filter(None, both)) for both in zip(self.lines, more.lines, strict=True)))

    @property
    def lines(self) -> tuple[str, str]:
        return self.german, self.other


NO_TEXT: Final = Pair("")


def same(value: str) -> Pair:
    """What reads the same in every language, such as the name of a school."""
    return Pair(value, value)


class Wording:
    """Texts in German and one other language; notes whether every translation it gave has been read by somebody."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.reviewed = True

    def pair(self, name: str, key: str, **values: str | date | Pair) -> Pair:
        """A text of a file in both languages.

        A day fills ``{day}`` and ``{weekday}``. Raises ``KeyError`` for a text there is none of.
        """
        return self.of(texts(name)[key], **values)

    def of(self, text: Text, **values: str | date | Pair) -> Pair:
        german = text.fill(GERMAN, **self._filled(GERMAN, values))
        if self.language == GERMAN or self.language not in text.words:
            return Pair(german)
        self.reviewed = self.reviewed and self.language in text.reviewed
        return Pair(german, text.fill(self.language, **self._filled(self.language, values)))

    def papers(self, words: str) -> tuple[Pair, ...]:
        """Papers somebody wrote down in German, one after the other; translated where the letters know the paper."""
        named = (each.strip() for each in re.split(r"[,;\n]", words))
        return tuple(pair for each in named if each for pair in self._paper(each))

    def _paper(self, words: str) -> Iterator[Pair]:
        known = texts("papers")
        plain = words.casefold()
        keys = _PAPERS_CALLED.get(plain) or [
            key.partition(".")[0] for key, text in known.items() if text.fill(GERMAN).casefold() == plain
        ]
        for key in keys:
            yield self.of(known[f"{key}.name"])
        if not keys:
            yield same(words)

    def _filled(self, language: str, values: Mapping[str, str | date | Pair]) -> dict[str, str]:
        filled: dict[str, str] = {}
        for key, value in values.items():
            if isinstance(value, date):
                weekday = texts("common")[f"weekday.{value.weekday()}"]
                filled |= {key: show_day(value), "weekday": weekday.fill(language) or weekday.fill(GERMAN)}
            elif isinstance(value, Pair):
                filled[key] = value.german if language == GERMAN else value.other or value.german
            else:
                filled[key] = value
        return filled


@dataclass(frozen=True, slots=True)
class Choice:
    """A language a letter can have for a family. ``read`` says that somebody told us they read it."""

    language: str
    read: bool


def languages_for(file: FamilyFile) -> tuple[Choice, ...]:
    """The languages of the letters that suit a family, the best first; empty where German alone is left.

    What an adult reads comes first, then the language of the conversations, then what is spoken at home. German
    stands in every letter anyway, so it is proposed only where it is what they read.
    """
    read, spoken = _served(_read(file)), _served(_spoken(file))
    read.sort(key=lambda language: language == GERMAN)
    others = (language for language in spoken if language not in (*read, GERMAN))
    return (*(Choice(language, read=True) for language in read), *(Choice(language, read=False) for language in others))


def language_for(file: FamilyFile) -> Choice:
    """The language to propose for a family, German where no other suits."""
    return next(iter(languages_for(file)), Choice(GERMAN, read=False))


def _read(file: FamilyFile) -> Iterator[str]:
    """What somebody reads, those with custody first, and of that first what they also speak."""
    for adult in sorted(file.living_adults, key=lambda row: not row.flag("has_custody")):
        rows = [row for row in file.all(RecordKind.LANGUAGE, adult.id) if row.flag("reads")]
        yield from (row.text("language") for row in sorted(rows, key=lambda row: not row.flag("by_phone")))


def _spoken(file: FamilyFile) -> Iterator[str]:
    yield file.household.text("conversation_language")
    yield file.household.text("interpreter_language")
    yield from (row.text("language") for row in file.all(RecordKind.LANGUAGE) if row.flag("family_language"))
    yield from (adult.text("own_language") for adult in file.living_adults)


def served(language: str) -> str:
    """The language of the letters for one of the code list, "" where there is none."""
    known = _SERVED_BY.get(language, language)
    return known if known in LANGUAGES else ""


def _served(languages: Iterator[str]) -> list[str]:
    """The languages of the letters for these of the code list, each once."""
    return [language for language in dict.fromkeys(map(served, languages)) if language]
