"""The facts that the rules of offers may be about, and how they are spoken of.

Facts that an intake knows anyway, and a few that are asked in the talk for one search and then forgotten; which is
which stands in ``offer_questions``. Residence status is neither: for the offers that depend on it is asked only
whether somebody may work and whether asylum is recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desk_app.i18n import N_

YES: Final = "yes"
NO: Final = "no"


class FactKind(StrEnum):
    """What values a fact has, and so which operators a rule may use."""

    YES_NO = "yes_no"
    CODE = "code"
    """A key of a code list; only "is" and "not"."""
    TEXT = "text"
    """Compared without case and marks; only "is" and "not"."""
    LEVEL = "level"
    """A key of a list that goes upwards."""
    AGE = "age"
    """Whole years of life on the day, from a birth date that may be an interval."""
    COUNT = "count"
    DAY = "day"
    """A day that may be an interval; rules name days (ISO 8601), or months with "newer_than"."""


OPERATORS: Final[Mapping[FactKind, tuple[str, ...]]] = {
    FactKind.YES_NO: ("is",),
    FactKind.CODE: ("is", "not"),
    FactKind.TEXT: ("is", "not"),
    FactKind.LEVEL: ("is", "not", "at_least", "at_most", "between"),
    FactKind.AGE: ("at_least", "at_most", "between"),
    FactKind.COUNT: ("is", "at_least", "at_most", "between"),
    FactKind.DAY: ("at_least", "at_most", "between", "newer_than"),
}
"""Keys of the list ``offer_operators`` that a kind of fact understands."""


@dataclass(frozen=True, slots=True)
class FactField:
    """A fact and how it is spoken of.

    ``yes`` and ``no`` are half sentences after "weil"; for all but yes/no facts ``yes`` has a place for ``{found}``.
    ``only`` and ``only_not`` say whom a rule lets in; for all but yes/no facts ``{wanted}`` stands for the rule's
    values.
    """

    label: str
    kind: FactKind
    yes: str
    only: str
    no: str = ""
    only_not: str = ""
    codes: str = ""


def _yes_no(label: str, yes: str, no: str, only: str, only_not: str) -> FactField:
    return FactField(label, FactKind.YES_NO, yes, only, no, only_not)


FIELDS: Final[Mapping[str, FactField]] = {
    "anyone": _yes_no(
        N_("für alle offen"), N_("es für alle offen ist"), "", N_("für alle offen"), N_("für niemanden offen")
    ),
    "migrated": _yes_no(
        N_("Zuzug aus dem Ausland"),
        N_("die Familie zugewandert ist"),
        N_("die Familie nicht zugewandert ist"),
        N_("nur für zugewanderte Familien"),
        N_("nicht für zugewanderte Familien"),
    ),
    "school_duty": _yes_no(
        N_("schulpflichtiges Kind"),
        N_("ein Kind schulpflichtig ist"),
        N_("kein Kind schulpflichtig ist"),
        N_("nur für Familien mit einem schulpflichtigen Kind"),
        N_("nur für Familien ohne schulpflichtiges Kind"),
    ),
    "place_wanted": _yes_no(
        N_("Schulplatz gesucht"),
        N_("ein Schulplatz gesucht wird"),
        N_("kein Schulplatz gesucht wird"),
        N_("nur wenn ein Schulplatz gesucht wird"),
        N_("nur wenn kein Schulplatz gesucht wird"),
    ),
    "unaccompanied": _yes_no(
        N_("unbegleitet"),
        N_("ein Kind unbegleitet ist"),
        N_("kein Kind unbegleitet ist"),
        N_("nur für unbegleitete Kinder und Jugendliche"),
        N_("nicht für unbegleitete Kinder und Jugendliche"),
    ),
    "children": FactField(
        N_("Zahl der Kinder"), FactKind.COUNT, N_("die Familie {found} hat"), N_("nur bei so vielen Kindern: {wanted}")
    ),
    "age": FactField(
        N_("Alter"), FactKind.AGE, N_("jemand {found} alt ist"), N_("nur im Alter {wanted}")
    ),
    "child_age": FactField(
        N_("Alter der Kinder"), FactKind.AGE, N_("ein Kind {found} alt ist"), N_("nur für Kinder im Alter {wanted}")
    ),
    "adult_age": FactField(
        N_("Alter der Erwachsenen"),
        FactKind.AGE,
        N_("eine erwachsene Person {found} alt ist"),
        N_("nur für Erwachsene im Alter {wanted}"),
    ),
    "adult_sex": FactField(
        N_("Geschlecht der Erwachsenen"),
        FactKind.CODE,
        N_("eine erwachsene Person als „{found}“ eingetragen ist"),
        N_("nur für Erwachsene, Geschlecht {wanted}"),
        codes="sex",
    ),
    "adult_german": FactField(
        N_("Deutsch der Erwachsenen"),
        FactKind.LEVEL,
        N_("der Stand in Deutsch bei Erwachsenen „{found}“ ist"),
        N_("nur für Erwachsene mit Deutsch {wanted}"),
        codes="cefr",
    ),
    "child_german": FactField(
        N_("Deutsch der Kinder"),
        FactKind.LEVEL,
        N_("der Stand in Deutsch bei einem Kind „{found}“ ist"),
        N_("nur für Kinder mit Deutsch {wanted}"),
        codes="cefr",
    ),
    "child_literacy": FactField(
        N_("Alphabetisierung der Kinder"),
        FactKind.CODE,
        N_("ein Kind „{found}“ ist"),
        N_("nur für Kinder, alphabetisiert {wanted}"),
        codes="literacy",
    ),
    "adult_literacy": FactField(
        N_("Alphabetisierung der Erwachsenen"),
        FactKind.CODE,
        N_("Erwachsene „{found}“ sind"),
        N_("nur für Erwachsene, alphabetisiert {wanted}"),
        codes="literacy",
    ),
    "school_stage": FactField(
        N_("Schulstufe"),
        FactKind.CODE,
        N_("ein Kind in der Stufe „{found}“ ist"),
        N_("nur für die Schulstufe {wanted}"),
        codes="school_stages",
    ),
    "language": FactField(
        N_("Sprache der Familie"),
        FactKind.CODE,
        N_("die Familie {found} spricht"),
        N_("nur für Familien mit der Sprache {wanted}"),
        codes="languages",
    ),
    "origin": FactField(
        N_("Hergekommen aus"),
        FactKind.CODE,
        N_("als Herkunft „{found}“ eingetragen ist"),
        N_("nur bei Herkunft {wanted}"),
        codes="countries",
    ),
    "nationality": FactField(
        N_("Staatsangehörigkeit"),
        FactKind.CODE,
        N_("jemand die Staatsangehörigkeit „{found}“ hat"),
        N_("nur bei Staatsangehörigkeit {wanted}"),
        codes="nationalities",
    ),
    "city": FactField(
        N_("Wohnort"), FactKind.TEXT, N_("der Wohnort {found} ist"), N_("nur beim Wohnort {wanted}")
    ),
    "district": FactField(
        N_("Stadtteil"),
        FactKind.CODE,
        N_("die Familie in {found} wohnt"),
        N_("nur im Stadtteil {wanted}"),
        codes="districts",
    ),
    "entry": FactField(
        N_("Einreise nach Deutschland"),
        FactKind.DAY,
        N_("als Einreise „{found}“ eingetragen ist"),
        N_("nur bei Einreise {wanted}"),
    ),
    "city_since": FactField(
        N_("In Mülheim seit"),
        FactKind.DAY,
        N_("die Familie seit {found} in Mülheim ist"),
        N_("nur bei Zuzug nach Mülheim {wanted}"),
    ),
    "several_needs": _yes_no(
        N_("mehrere Themen zugleich"),
        N_("mehrere Themen zugleich anstehen"),
        N_("nur ein Thema ansteht"),
        N_("nur wenn mehrere Themen zugleich anstehen"),
        N_("nur wenn nicht mehrere Themen zugleich anstehen"),
    ),
    "in_need": _yes_no(
        N_("finanzielle Notlage"),
        N_("die Familie in einer Notlage ist"),
        N_("die Familie nicht in einer Notlage ist"),
        N_("nur für Menschen in einer Notlage"),
        N_("nicht für Menschen in einer Notlage"),
    ),
    "benefits": _yes_no(
        N_("Leistungsbezug"),
        N_("die Familie Leistungen bezieht"),
        N_("die Familie keine Leistungen bezieht"),
        N_("nur mit Leistungsbezug"),
        N_("nur ohne Leistungsbezug"),
    ),
    "child_care_needed": _yes_no(
        N_("Betreuungsbedarf"),
        N_("Betreuung für ein Kind gebraucht wird"),
        N_("keine Betreuung für ein Kind gebraucht wird"),
        N_("nur wenn Betreuung für ein Kind gebraucht wird"),
        N_("nur wenn keine Betreuung für ein Kind gebraucht wird"),
    ),
    "work_ban": _yes_no(
        N_("Beschäftigungsverbot"),
        N_("ein Beschäftigungsverbot besteht"),
        N_("kein Beschäftigungsverbot besteht"),
        N_("nur bei Beschäftigungsverbot"),
        N_("nicht bei Beschäftigungsverbot"),
    ),
    "asylum_recognised": _yes_no(
        N_("Asyl anerkannt"),
        N_("das Asyl anerkannt ist"),
        N_("das Asyl (noch) nicht anerkannt ist"),
        N_("nur wenn das Asyl anerkannt ist"),
        N_("nur solange das Asyl nicht anerkannt ist"),
    ),
    "agency_client": _yes_no(
        N_("Betreuung durch die Agentur für Arbeit"),
        N_("die Agentur für Arbeit zuständig ist"),
        N_("die Agentur für Arbeit nicht zuständig ist"),
        N_("nur wenn die Agentur für Arbeit zuständig ist"),
        N_("nicht, wenn die Agentur für Arbeit zuständig ist"),
    ),
    "based_here": _yes_no(
        N_("Sitz in Mülheim"),
        N_("der Sitz in Mülheim ist"),
        N_("der Sitz nicht in Mülheim ist"),
        N_("nur mit Sitz in Mülheim"),
        N_("nur mit Sitz außerhalb von Mülheim"),
    ),
}  # fmt: skip
"""The facts by the key that ``OfferRule.field`` names."""
