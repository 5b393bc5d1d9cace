"""What somebody typed to find a family, taken apart so that it need not be typed again for a new one.

Staff write the family name first, as lists do: "Haddad Lina 3.4.15 0176 000000". A comma says so for sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desk_app.domain.contact import tidy
from desk_app.domain.dates import DateSpan, parse_date_span
from desk_app.domain.names import clean_name
from desk_app.i18n import _

OF_AGE: Final = 18
"""§ 2 BGB."""

_FEWEST_DIGITS = 5
_MONTHS = "jan|feb|mär|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez"
_BIRTH = re.compile(
    rf"""(?<!\S)(?:\*\s*|geb(?:oren|\.)?\s*(?:am\s+)?)?(?P<date>
        \d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}     # 3.4.15
        | \d{{4}}-\d{{1,2}}-\d{{1,2}}                   # 2015-04-03
        | \d{{1,2}}\.?\s(?:{_MONTHS})\w*\.?\s\d{{4}}    # 3. April 2015
        | \d{{1,2}}[./]\d{{4}}                          # 04.2015
        | xx\.(?:xx|\d{{1,2}})\.\d{{4}}
        | (?:ca|circa|etwa|ungefähr)\.?\s?\d{{1,4}}(?:\s?(?:jahre?|j\.?))?
        | \d{{1,2}}\s?(?:jahre?|j\.?)
        | (?:19|20)\d\d
    )(?:\s+alt)?[,;]?(?!\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_BIRTH = re.compile(r"(?<!\S)(?<!\d )(?P<date>\d{6}|\d{8})[,;]?(?=\s+[+0(]|\s+\D|$)")
"""030415, where no further digits make it a part of a phone number."""
_PHONE = re.compile(r"(?<!\S)(?:tel(?:efon|\.)?:?\s*)?(?P<phone>[+(]?[+0][\d ()/.–-]*\d)[,;]?(?!\S)", re.IGNORECASE)
_PARTICLES = frozenset({"abu", "al", "ben", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn",
                        "la", "le", "ould", "ter", "umm", "van", "von", "zu"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """The parts of one line; "" and None for what was not typed."""

    family_name: str = ""
    given_name: str = ""
    birth: DateSpan | None = None
    phone: str = ""
    rest: str = ""
    """What fits nowhere, such as a file number."""

    @property
    def names_somebody(self) -> bool:
        """Whether one person is meant, not only a family."""
        return bool(self.given_name) or self.birth is not None

    def role(self, today: date) -> str | None:
        """The role that follows from the age: "child" for whoever cannot be of age yet; an adult may be anybody."""
        ages = self.birth.age_on(today) if self.birth is not None else None
        return "child" if ages is not None and ages.high < OF_AGE else None

    def swapped(self) -> IntakeLine:
        """The other way to read two names; the line itself where there are not two."""
        if not self.given_name or not self.family_name:
            return self
        return replace(self, family_name=self.given_name, given_name=self.family_name)

    def show(self) -> str:
        """What would be taken over: "Familie Haddad · Lina, geb. 03.04.2015 · 0176 000000"; "" for nothing."""
        family = _("Familie {name}").format(name=self.family_name) if self.family_name else ""
        born = _("geb. {date}").format(date=self.birth.show()) if self.birth is not None else ""
        person = ", ".join(part for part in (self.given_name, born) if part)
        return " · ".join(part for part in (family, person, self.phone) if part)


def read_intake_line(text: str, today: date) -> IntakeLine:
    """Take a line apart. Whatever is not a birth date, a phone number or a name goes to ``rest``; never raises."""
    left = " ".join(text.split())
    birth, left = _birth(_BIRTH, left, today)
    if birth is None:
        birth, left = _birth(_BARE_BIRTH, left, today)
    phone, left = _phone(left)
    family, given, rest = _names(left)
    return IntakeLine(family, given, birth, phone, rest)


def _birth(pattern: re.Pattern[str], text: str, today: date) -> tuple[DateSpan | None, str]:
    for found in pattern.finditer(text):
        try:
            span = parse_date_span(found["date"], today)
        except ValueError:
            continue
        if span.known:
            return span, _without(text, found)
    return None, text


def _phone(text: str) -> tuple[str, str]:
    for found in _PHONE.finditer(text):
        if sum(char.isdecimal() for char in found["phone"]) >= _FEWEST_DIGITS:
            return tidy(found["phone"]), _without(text, found)
    return "", text


def _without(text: str, found: re.Match[str]) -> str:
    # the gap keeps a number before and one after from becoming one
    return f"{text[: found.start()]} , {text[found.end() :]}" if text[: found.start()].strip() else text[found.end() :]


def _names(text: str) -> tuple[str, str, str]:
    """Family name, given name, and what is no name."""
    parts = [[word for word in part.split() if word] for part in re.split("[,;]", text)]
    names = [[word for word in part if _is_name(word)] for part in parts]
    rest = " ".join(word for part in parts for word in part if not _is_name(word))
    names = [part for part in names if part]
    if not names:
        return "", "", rest
    if len(names) > 1:
        family, given = names[0], [word for part in names[1:] for word in part]
    else:
        split = _end_of_family_name(names[0])
        family, given = names[0][:split], names[0][split:]
    return _written(family), _written(given), rest


def _end_of_family_name(words: list[str]) -> int:
    """One word, with the particles before it."""
    place = 0
    while place < len(words) - 1 and words[place].lower() in _PARTICLES:
        place += 1
    return place + 1


def _is_name(word: str) -> bool:
    return any(char.isalpha() for char in word) and not any(char.isdecimal() for char in word)


def _written(words: list[str]) -> str:
    """The name as it is kept; searching is typed in small letters, names begin with a capital one."""
    return clean_name(" ".join(_capital(word) for word in words)).text


def _capital(word: str) -> str:
    if word != word.lower() or word in _PARTICLES:
        return word
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
