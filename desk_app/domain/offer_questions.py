"""The questions that bring to light what is missing to judge an offer, and the answers given in the talk.

Some answers belong into the intake and are kept there. The others are asked for one search: whether somebody may
work, is in need, and what the intake has no place for, such as the German of adults. ``Spoken`` holds them while the
family is there, and cannot be written anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Never, final

from desk_app.domain.records import RecordKind
from desk_app.i18n import N_


@dataclass(frozen=True, slots=True)
class Question:
    """How to ask for what is missing.

    ``open`` says in a list what is missing. ``kept`` is where the intake keeps the answer; without it the answer holds
    for this search and is kept nowhere. ``codes`` is the list an answer is chosen from, "" where it is yes or no.
    ``in_talk`` is False where only the intake can take the answer, such as a birth date.
    """

    text: str
    open: str
    kept: tuple[RecordKind, str] | None = None
    codes: str = ""
    in_talk: bool = True
    leads_on: bool = False
    """A "yes" only leads to the next question."""


_HOUSEHOLD, _PERSON, _ADDRESS = RecordKind.HOUSEHOLD, RecordKind.PERSON, RecordKind.ADDRESS

QUESTIONS: Final[Mapping[str, Question]] = {
    "migrated": Question(
        N_("Ist die Familie aus dem Ausland zugezogen?"),
        N_("nicht bekannt, ob die Familie zugewandert ist"),
        (_HOUSEHOLD, "entry_date"),
    ),
    "has_children": Question(
        N_("Gibt es Kinder in der Familie?"), N_("nicht bekannt, ob es Kinder gibt"), leads_on=True
    ),
    "has_adults": Question(
        N_("Wer sind die Erwachsenen?"), N_("die Erwachsenen sind nicht eingetragen"), (_PERSON, "role"), in_talk=False
    ),
    "child_birth": Question(
        N_("Wann sind die Kinder geboren?"),
        N_("Geburtsdatum eines Kindes fehlt oder ist zu ungenau"),
        (_PERSON, "birth_date"),
        in_talk=False,
    ),
    "adult_birth": Question(
        N_("Wann sind die Erwachsenen geboren?"),
        N_("Geburtsdatum einer erwachsenen Person fehlt oder ist zu ungenau"),
        (_PERSON, "birth_date"),
        in_talk=False,
    ),
    "place_wanted": Question(
        N_("Wird für ein Kind ein Schulplatz gesucht?"),
        N_("nicht bekannt, ob ein Schulplatz gesucht wird"),
        (_PERSON, "place_wanted"),
    ),
    "unaccompanied": Question(
        N_("Ist ein Kind ohne Eltern hier?"), N_("nicht bekannt, ob ein Kind unbegleitet ist"),
        (_PERSON, "unaccompanied"),
    ),
    "adult_sex": Question(
        N_("Welches Geschlecht haben die Erwachsenen?"), N_("Geschlecht der Erwachsenen fehlt"), (_PERSON, "sex"), "sex"
    ),
    "adult_german": Question(
        N_("Wie viel Deutsch sprechen die Erwachsenen?"),
        N_("Deutsch der Erwachsenen ist nicht bekannt"),
        codes="cefr",
    ),
    "child_german": Question(
        N_("Wie viel Deutsch sprechen die Kinder?"),
        N_("Deutsch der Kinder ist nicht bekannt"),
        (_PERSON, "german_level"),
        "cefr",
    ),
    "child_literacy": Question(
        N_("Können die Kinder lesen und schreiben?"),
        N_("nicht bekannt, ob die Kinder alphabetisiert sind"),
        (_PERSON, "literacy"),
        "literacy",
    ),
    "adult_literacy": Question(
        N_("Können die Erwachsenen lesen und schreiben?"),
        N_("nicht bekannt, ob die Erwachsenen alphabetisiert sind"),
        codes="literacy",
    ),
    "language": Question(
        N_("Welche Sprachen spricht die Familie?"),
        N_("Sprache der Familie fehlt"),
        (RecordKind.LANGUAGE, "language"),
        "languages",
    ),
    "origin": Question(
        N_("Aus welchem Land ist die Familie hergekommen?"),
        N_("„Hergekommen aus“ ist noch nicht eingetragen"),
        (_HOUSEHOLD, "country_of_origin"),
        "countries",
    ),
    "nationality": Question(
        N_("Welche Staatsangehörigkeiten gibt es in der Familie?"),
        N_("Staatsangehörigkeit fehlt"),
        (_PERSON, "nationality_1"),
        "nationalities",
    ),
    "city": Question(N_("In welcher Stadt wohnt die Familie?"), N_("Wohnort fehlt"), (_ADDRESS, "city"), in_talk=False),
    "district": Question(
        N_("In welchem Stadtteil wohnt die Familie?"), N_("Stadtteil fehlt"), (_ADDRESS, "district"), "districts"
    ),
    "entry": Question(
        N_("Wann ist die Familie nach Deutschland gekommen?"),
        N_("Einreise fehlt oder ist zu ungenau"),
        (_HOUSEHOLD, "entry_date"),
        in_talk=False,
    ),
    "city_since": Question(
        N_("Seit wann ist die Familie in Mülheim?"),
        N_("„In Mülheim seit“ ist noch nicht eingetragen"),
        (_HOUSEHOLD, "arrival_in_city"),
        in_talk=False,
    ),
    "several_needs": Question(
        N_("Braucht die Familie bei mehreren Themen zugleich Hilfe, etwa Wohnen, Gesundheit und Geld?"),
        N_("nicht bekannt, ob mehrere Themen zugleich anstehen"),
    ),
    "in_need": Question(N_("Ist die Familie in einer finanziellen Notlage?"), N_("Notlage ist nicht erfragt")),
    "benefits": Question(
        N_("Bezieht die Familie Leistungen vom Jobcenter oder Sozialamt?"), N_("Leistungsbezug ist nicht erfragt")
    ),
    "child_care_needed": Question(
        N_("Wird Betreuung für ein Kind gebraucht?"), N_("Betreuungsbedarf ist nicht erfragt")
    ),
    "work_ban": Question(
        N_("Besteht ein Beschäftigungsverbot?"), N_("Beschäftigungsverbot ist nicht erfragt")
    ),
    "asylum_recognised": Question(
        N_("Ist das Asyl schon anerkannt?"), N_("nicht erfragt, ob das Asyl anerkannt ist")
    ),
    "agency_client": Question(
        N_("Ist die Agentur für Arbeit schon zuständig?"), N_("nicht erfragt, ob die Agentur für Arbeit zuständig ist")
    ),
    "based_here": Question(N_("Hat die Organisation ihren Sitz in Mülheim?"), N_("Sitz in Mülheim ist nicht erfragt")),
}  # fmt: skip
"""The questions by the key that ``Fact.missing`` and ``Verdict.missing`` name."""

_OTHERWISE: Final = {
    "age": "child_birth",
    "child_age": "child_birth",
    "adult_age": "adult_birth",
    "school_duty": "child_birth",
    "school_stage": "child_birth",
    "children": "has_children",
}


def question_for(fact: str) -> str:
    """The key of the question that brings a fact to light, if nothing more special is known to be missing."""
    return _OTHERWISE.get(fact, fact)


@final
class Spoken:
    """Answers given in the talk, by the key of their question: True, False, or a key of the question's list.

    They hold for this search. This is no record and no mapping, shows nothing of itself, and can be neither pickled
    nor copied into one: what is asked about asylum, work or need is kept nowhere (Art. 5(1)(c) GDPR).
    """

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[str, bool | str] = {}

    def saying(self, question: str, answer: bool | str) -> Spoken:
        """With one more answer. KeyError for a question not asked in the talk, ValueError if this is no answer."""
        asked = QUESTIONS[question]
        if not asked.in_talk:
            raise KeyError(question)
        if isinstance(answer, bool) is bool(asked.codes):
            raise ValueError(question)
        more = Spoken()
        more._answers = {**self._answers, question: answer}
        return more

    def without(self, question: str) -> Spoken:
        """With one answer taken back."""
        fewer = Spoken()
        fewer._answers = {key: answer for key, answer in self._answers.items() if key != question}
        return fewer

    def answer(self, question: str) -> bool | str | None:
        """What was said, ``None`` where nothing was."""
        return self._answers.get(question)

    @property
    def answered(self) -> frozenset[str]:
        """The questions that were answered."""
        return frozenset(self._answers)

    def __repr__(self) -> str:
        return f"<{len(self._answers)} spoken answers>"

    def __reduce__(self) -> Never:
        raise TypeError("answers of a talk are not kept")
