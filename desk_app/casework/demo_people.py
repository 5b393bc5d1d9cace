"""Invented people as they answer at the desk: what an adult, a child and a household of a demo store say.

A child gets every answer its stage asks for; the families in ``demo_families`` change what makes them worth seeing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desk_app.domain.dates import DateSpan, add_months
from desk_app.domain.demo_names import Name, Origin
from desk_app.domain.records import RecordKind, Value
from desk_app.domain.school_history import show_school_year
from desk_app.domain.schooling import SchoolRules, SchoolStage, propose

Values = Mapping[str, Value]
Row = tuple[RecordKind, Values]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person: own answers, own records, the assessment for the office, and who of the adults has custody.

    ``guardians`` are places among the family's persons, named only where custody is apart from the family.
    """

    values: Values
    rows: tuple[Row, ...] = ()
    remark: str = ""
    guardians: tuple[int, ...] = ()

    def saying(self, **values: Value) -> DemoPerson:
        return replace(self, values={**self.values, **values})

    def having(self, *rows: Row) -> DemoPerson:
        return replace(self, rows=(*self.rows, *rows))


@dataclass(frozen=True, slots=True)
class DemoFamily:
    """A family as taken in on ``day``; ``sent_on`` is when its complete requests went out, if they did before today."""

    day: date
    name: str
    household: Values
    home: Values
    persons: tuple[DemoPerson, ...]
    rows: tuple[Row, ...] = ()
    finished: bool = True
    sent_on: date | None = None
    at_once: bool = False
    """Taken over in one go instead of answer by answer: for the many that only fill a large store."""


def adult(origin: Origin, role: str, given: Name, family: Name, **values: Value) -> DemoPerson:
    """A parent with custody."""
    known: dict[str, Value] = {
        "role": role,
        "given_name": given.latin,
        "family_name": family.latin,
        "name_native_script": _native(origin, given, family),
        "nationality_1": origin.nationality,
        "own_language": origin.language,
        "has_custody": True,
    }
    return DemoPerson({**known, **values})


def child(
    origin: Origin, given: Name, family: Name, sex: str, born: DateSpan, day: date, town: str, **values: Value
) -> DemoPerson:
    """A child born on or around ``born`` that answers on ``day`` all it is asked at its age."""
    known: dict[str, Value] = {
        "role": "child",
        "given_name": given.latin,
        "family_name": family.latin,
        "name_native_script": _native(origin, given, family),
        "birth_date": born,
        "birth_date_source": "passport",
        "sex": sex,
        "nationality_1": origin.nationality,
        "birth_place": town,
        "birth_country": origin.nationality,
        "german_level": "none",
        "german_level_source": "conversation",
        "measles_proof": "yes",
        "school_medical": "ordered",
    }
    stages = propose(born, day).stages
    rows = [*_papers(stages)]
    if SchoolStage.TOO_YOUNG in stages:
        known["kindergarten_years"] = "1"
    else:
        known |= _at_school(origin, born, day)
        rows += _school_years(origin, town, born, day)
    return DemoPerson({**known, **values}, tuple(rows))


def born_before(day: date, years: int, months: int = 0, days: int = 9) -> DateSpan:
    """The birth date of somebody who is that old on ``day``."""
    return DateSpan.of_day(add_months(day, -(12 * years + months)) - timedelta(days=days))


def arrival(origin: Origin, day: date, waited: int, number: int, **values: Value) -> Values:
    """What a household says that came to Germany a while ago and to the city ``waited`` days before ``day``."""
    in_city = day - timedelta(days=waited)
    known: dict[str, Value] = {
        "reported_by": "family",
        "conversation_mode": "on_site",
        "contact_way": "call",
        "phone": f"0170 000{number:04d}",
        "interpreter_kind": "sprint",
        "interpreter_language": origin.language,
        "conversation_language": origin.language,
        "entry_date": DateSpan.of_day(in_city - timedelta(days=49)),
        "arrival_in_city": in_city,
        "registered_since": in_city + timedelta(days=1),
        "country_of_origin": origin.nationality,
    }
    return {**known, **values}


def home(street: str, number: str, postal_code: str, district: str, **values: Value) -> Values:
    return {
        "street": street,
        "house_number": number,
        "postal_code": postal_code,
        "city": "Mülheim an der Ruhr",
        "district": district,
        **values,
    }


def shared_rows(origin: Origin, day: date) -> tuple[Row, ...]:
    """Family languages, papers of the family and consent for the school supervision."""
    languages = [origin.language, *([origin.second] if origin.second else [])]
    spoken: list[Row] = [(RecordKind.LANGUAGE, {"language": key, "family_language": True}) for key in languages]
    given: Values = {
        "recipient": "school_authority",
        "given_on": day,
        "form": "written",
        "language": origin.language,
        "interpreted": True,
    }
    return (*spoken, _seen("registration_certificate", "original"), (RecordKind.CONSENT, given))


def _native(origin: Origin, given: Name, family: Name) -> str | None:
    if not (given.native or family.native):
        return None
    return " ".join(part for part in (given.native, family.native) if part)


def _seen(document: str, state: str) -> Row:
    return (RecordKind.DOCUMENT, {"document": document, "state": state})


def _papers(stages: tuple[SchoolStage, ...]) -> list[Row]:
    rows = [_seen("passport_child", "copy"), _seen("measles", "original")]
    return rows if SchoolStage.TOO_YOUNG in stages else [*rows, _seen("school_report", "copy")]


def _at_school(origin: Origin, born: DateSpan, day: date) -> dict[str, Value]:
    stages = propose(born, day).stages
    older = SchoolStage.UPPER_SECONDARY in stages
    known: dict[str, Value] = {
        "literacy": "both" if _attended(born, day) > 1 else "origin_script",
        "script": origin.script,
        "years_of_schooling": float(_attended(born, day)),
        "last_grade": str(_attended(born, day) or "") or None,
        "prior_german_school": False,
        "compulsory_done": False,
        "strengths": "Mathematik, Zeichnen",
        "support_type": "A17" if older else "SG",
    }
    if SchoolStage.PRIMARY not in stages:
        known |= {"reports_available": "original", "recommended_form": "30" if older else "15"}
    if older:
        known["highest_certificate"] = "foreign"
    return known


def _attended(born: DateSpan, day: date) -> int:
    """School years so far: from the seventh year of life on, the last one missed on the way here."""
    assert born.earliest is not None
    return max(0, SchoolRules.on(day).grade_by_age(born.earliest, day) - 2)


def _school_years(origin: Origin, town: str, born: DateSpan, day: date) -> list[Row]:
    now, attended = SchoolRules.on(day).year_of(day), _attended(born, day)
    rows: list[Row] = []
    if attended:
        known: dict[str, Value] = {
            "school_year": show_school_year(now - 1 - attended),
            "until_year": show_school_year(now - 2),
            "attended": True,
            "country": origin.nationality,
            "school": f"Schule Nr. {attended + 4}, {town}",
            "grade": f"1–{attended}" if attended > 1 else "1",
        }
        rows.append((RecordKind.SCHOOL_YEAR, known))
    missed: dict[str, Value] = {
        "school_year": show_school_year(now - 1),
        "attended": False,
        "remark": "unterwegs nach Deutschland",
    }
    return [*rows, (RecordKind.SCHOOL_YEAR, missed)]
