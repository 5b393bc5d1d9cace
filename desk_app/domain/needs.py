"""How much a placement request needs each answer, and why, stage by stage.

The level is the field list's (1 blocks sending, 2 should be there); where a stage asks more, it stands here: primary
asks about kindergarten and the all-day place, upper secondary about work experience and how much first support is
left. Nothing here ever stops saving.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from desk_app.domain.fields import SCHOOL_AGE, Field
from desk_app.domain.records import RecordKind
from desk_app.domain.schooling import SchoolStage
from desk_app.i18n import N_

_HOUSEHOLD, _PERSON, _ADDRESS = RecordKind.HOUSEHOLD, RecordKind.PERSON, RecordKind.ADDRESS
_PRIMARY, _LOWER, _UPPER = SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY


@dataclass(frozen=True, slots=True)
class Need:
    """A level of the field list (1 to 3), and a German half sentence beginning with "weil"."""

    level: int
    why: str


_OFFICIAL = N_("weil es amtlich gefragt wird")
_NEAR = N_("weil der Wohnort entscheidet")
_NAME = N_("weil die Schule das Kind so anlegt; ein einteiliger geht auch: „Nur ein Name“")

WHY: Final[Mapping[tuple[RecordKind, str], str]] = {
    (_HOUSEHOLD, "first_contact_on"): N_("weil ab hier die Wartezeit zählt"),
    (_HOUSEHOLD, "reported_by"): N_("weil diese Stelle auf Nachricht wartet"),
    (_HOUSEHOLD, "appointment_at"): N_("weil zählt, von wann die Angaben sind"),
    (_HOUSEHOLD, "appointment_status"): N_("weil sonst niemand merkt, wenn jemand nicht kam"),
    (_HOUSEHOLD, "counsellor"): N_("weil Rückfragen dorthin gehen"),
    (_HOUSEHOLD, "interpreter_kind"): N_("weil der nächste Termin danach geplant wird"),
    (_HOUSEHOLD, "conversation_language"): N_("weil Briefe und Termine danach geplant werden"),
    (_HOUSEHOLD, "phone"): N_("weil jemand erreichbar sein muss; E-Mail oder Kontaktperson geht auch"),
    (_HOUSEHOLD, "guardian_kind"): N_("weil jemand unterschreiben muss"),
    (_HOUSEHOLD, "entry_date"): N_("weil davon die Erstförderung abhängt; Monat oder Jahr genügt"),
    (_HOUSEHOLD, "arrival_in_city"): N_("weil Zuständigkeit und Wartezeit daran hängen"),
    (_HOUSEHOLD, "registered_since"): N_("weil die Stadt mit der Anmeldung zuständig ist"),
    (_HOUSEHOLD, "country_of_origin"): N_("weil die Auswertung danach zählt"),
    (_HOUSEHOLD, "allocated"): N_("weil die Schulpflicht im Asylverfahren mit der Zuweisung beginnt"),
    (_HOUSEHOLD, "allocated_on"): N_("weil die Schulpflicht mit diesem Tag beginnt"),
    (_HOUSEHOLD, "previous_city"): N_("weil dort vielleicht schon ein Platz vergeben ist"),
    (_ADDRESS, "street"): _NEAR,
    (_ADDRESS, "house_number"): _NEAR,
    (_ADDRESS, "postal_code"): _NEAR,
    (_ADDRESS, "city"): _NEAR,
    (_ADDRESS, "district"): N_("weil nahe Schulen zuerst gefragt werden"),
    (_PERSON, "family_name"): _NAME,
    (_PERSON, "given_name"): _NAME,
    (_PERSON, "birth_date"): N_("weil die Klasse davon abhängt; ein ungefähres Alter wie „ca. 9“ reicht"),
    (_PERSON, "birth_date_source"): N_("weil man sehen soll, wie sicher das Datum ist"),
    (_PERSON, "sex"): _OFFICIAL,
    (_PERSON, "nationality_1"): _OFFICIAL,
    (_PERSON, "birth_place"): N_("weil die Schule beim Anlegen danach fragt"),
    (_PERSON, "birth_country"): _OFFICIAL,
    (_PERSON, "german_level"): N_("weil die Förderung davon abhängt; eine Einschätzung genügt"),
    (_PERSON, "german_level_source"): N_("weil eine Einschätzung kein Test ist"),
    (_PERSON, "literacy"): N_("weil davon abhängt, ob zuerst eine Alphabetisierungsgruppe kommt"),
    (_PERSON, "years_of_schooling"): N_("weil sich die Klasse danach richtet; 0 und halbe gehen auch"),
    (_PERSON, "last_grade"): N_("weil die neue Klasse daran anknüpft"),
    (_PERSON, "prior_german_school"): N_("weil Schulzeit in Deutschland von der Erstförderung abgeht"),
    (_PERSON, "prior_german_school_since"): N_("weil diese Zeit von der Erstförderung abgeht; Monat oder Jahr genügt"),
    (_PERSON, "prior_german_school_name"): N_("weil die neue Schule dort nachfragen kann"),
    (_PERSON, "kindergarten_years"): _OFFICIAL,
    (_PERSON, "work_experience"): N_("weil das Berufskolleg daran anknüpft; „keine“ ist auch eine Antwort"),
    (_PERSON, "highest_certificate"): N_("weil der weitere Weg davon abhängt"),
    (_PERSON, "reports_available"): N_("weil die Schule danach Klasse und Kurse wählt"),
    (_PERSON, "school_stage"): N_("weil davon abhängt, wer über den Platz entscheidet"),
    (_PERSON, "proposed_grade"): N_("weil der Platz in einer bestimmten Klasse gesucht wird"),
    (_PERSON, "recommended_form"): N_("weil die Fachberatung Ihre Einschätzung kennen soll"),
    (_PERSON, "support_type"): N_("weil danach die passende Gruppe gesucht wird"),
    (_PERSON, "all_day_needed"): N_("weil nicht jede Grundschule noch einen Platz in der OGS hat"),
    (_PERSON, "sibling_school"): N_("weil Geschwister möglichst an dieselbe Schule kommen"),
    (_PERSON, "measles_proof"): N_("weil die Schule danach fragen muss; „noch offen“ ist auch eine Antwort"),
    (_PERSON, "school_medical"): N_("weil sie vor der Aufnahme dran ist"),
    (RecordKind.LANGUAGE, "language"): N_("weil Fremdsprachen angerechnet werden; sonst „unbekannt“ wählen"),
    (RecordKind.SCHOOL_YEAR, "school_year"): N_("weil die Schule daran anknüpft; ungefähre Jahre genügen"),
    (RecordKind.CONSENT, "given_on"): N_("weil sonst nichts gesendet wird"),
}

LEVEL_AT: Final[Mapping[tuple[RecordKind, str], Mapping[SchoolStage, int]]] = {
    (_PERSON, "kindergarten_years"): {_PRIMARY: 2},
    (_PERSON, "all_day_needed"): {_PRIMARY: 2},
    (_PERSON, "work_experience"): {_UPPER: 2},
    (_PERSON, "prior_german_school_name"): dict.fromkeys(SCHOOL_AGE, 2),
    (_PERSON, "prior_german_school_since"): {_PRIMARY: 2, _LOWER: 2, _UPPER: 1},
}
"""Where a stage asks more than the field list says."""

WHY_AT: Final[Mapping[tuple[RecordKind, str, SchoolStage], str]] = {
    (_PERSON, "literacy", _UPPER): N_("weil das Berufskolleg nach lateinischer Schrift fragt"),
    (_PERSON, "prior_german_school_since", _UPPER): N_(
        "weil das Berufskolleg wissen muss, wie viele Monate Erstförderung bleiben; Monat oder Jahr genügt"
    ),
    (_PERSON, "recommended_form", _UPPER): N_("weil die Bezirksregierung Ihre Einschätzung kennen soll"),
}
"""Where one stage has a reason of its own."""


def need_of(field: Field, stages: Iterable[SchoolStage]) -> Need:
    """The strictest need of any of the stages a child may be in; with none known, those of school age."""
    return _need(field.kind, field.key, field.level, tuple(stages))


@cache
def _need(kind: RecordKind, field: str, usual: int, stages: tuple[SchoolStage, ...]) -> Need:
    key = kind, field
    possible = frozenset(stages) or SCHOOL_AGE
    by_stage = LEVEL_AT.get(key, {})
    level = min(usual, *(by_stage.get(stage, usual) for stage in possible))
    why = WHY.get(key, "")
    if len(possible) == 1:
        (stage,) = possible
        why = WHY_AT.get((*key, stage), why)
    return Need(level, why)
