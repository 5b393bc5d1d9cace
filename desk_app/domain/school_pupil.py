"""What a receiving school may be told about one child, in the keys and words of the school programs.

Nothing is guessed: a value that is not known for certain stays empty and is named, so that the school fills it in.
Health, religion, residence and free texts written for somebody else are not told at all. A protected address takes
every way of contact with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from desk_app.domain.child import SEEN, ChildView
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import Precision, show_day
from desk_app.domain.placement_deadlines import day_of
from desk_app.domain.records import Record
from desk_app.domain.resource_csv import read_resource_table
from desk_app.domain.rules import Rules, load_rules
from desk_app.domain.schild import Loss, LossKind, Pupil
from desk_app.domain.school_columns import Form
from desk_app.domain.school_contact import address_values, guardian_rows, phone_rows
from desk_app.domain.school_history import at_school, years_of
from desk_app.domain.schooling import SchoolRules, SchoolStage
from desk_app.i18n import N_, _

SCHOOL = "school"
"""The consent recipient for the school that takes the child in."""

_GERMANY = "000"
_NO_NATIONALITY = frozenset({"", "998", "999"})
"""Not asked, not clear, not told: none of them says that somebody is not German."""
_FROM_ABROAD = "AS"
_YES_NO = {True: "J", False: "N"}
_TOLD_SEX = frozenset({"m", "w"})
_COLLEGES = frozenset({"30", "88"})
_COURSES = frozenset({"A17", "A18"})
_CLASS_KINDS = frozenset({"SG", "DF", "RK"})
_BEFORE_TEN_YEARS = frozenset({SchoolStage.TOO_YOUNG, SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY})
_NOT_ONE_DAY = N_("Das Geburtsdatum ist nicht auf den Tag bekannt.")
_NO_SEX = N_("Das Geschlecht ist nicht angegeben. Diese Fassung verlangt m oder w.")
_OTHER_SEX = N_("Als Geschlecht lässt diese Fassung nur m oder w zu.")


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the office decided: the school, and as far as it said, from when, in which class, with what support."""

    school: str
    """Number of the school."""
    school_form: str = ""
    """Key of `school_forms`, empty for a school that is not in the directory."""
    starts_on: date | None = None
    class_name: str = ""
    support: str = ""
    """Key of `support_types`."""


def describe(child: ChildView, assignment: Assignment) -> Pupil:
    """All that may be told of ``child``. Raises ``ValueError`` for a child without a request."""
    if child.request is None:
        raise ValueError("the child has no placement request")
    return _Description(child, assignment, child.request).pupil()


class _Description:
    def __init__(self, child: ChildView, assignment: Assignment, request: Record) -> None:
        self._child = child
        self._person = child.person
        self._assignment = assignment
        self._request = request
        self._number = request.text("number")
        self._losses: list[Loss] = []

    def pupil(self) -> Pupil:
        values = {**self._identity(), **self._address(), **self._person_values(), **self._school_values()}
        values |= {**self._last_school(), **self._arrival()}
        guardians, losses = guardian_rows(self._child)
        return Pupil(
            request=self._request.id,
            number=self._number,
            values=values,
            guardians=guardians,
            phones=phone_rows(self._child),
            losses=(*self._losses, *losses),
            refused=self._refused(),
        )

    def _refused(self) -> Mapping[Form, str]:
        lacking = []
        if not self._person.text("given_name") or not self._person.text("family_name"):
            lacking.append(_("Die Schule braucht Vornamen und Nachnamen, bekannt ist nur ein Name."))
        if not self._birth():
            lacking.append(_(_NOT_ONE_DAY))
        told = self._person.text("sex")
        sex = "" if told in _TOLD_SEX else _(_NO_SEX if told in ("", "x") else _OTHER_SEX)
        reasons = {form: " ".join((*lacking, sex)).strip() for form in (Form.UTF_8, Form.ANSI)}
        return {form: reason for form, reason in {**reasons, Form.SVWS: " ".join(lacking)}.items() if reason}

    def _identity(self) -> dict[str, str]:
        names = ("family_name", "given_name", "all_given_names", "birth_name", "name_affix", "birth_place", "sex")
        return {
            **{key: self._person.text(key) for key in names},
            "birth_date": self._birth(),
            "number": self._number,
        }

    def _birth(self) -> str:
        birth = self._child.birth_date
        exact = birth is not None and birth.precision is Precision.DAY
        return show_day(birth.earliest) if exact and birth is not None and birth.earliest is not None else ""

    def _address(self) -> dict[str, str]:
        if self._child.protected:
            says = _("Anschrift, Telefon und E-Mail sind geschützt. Bitte fragen Sie in der Beratung nach.")
            self._lose(LossKind.BLANK, _("Anschrift und Kontakt"), says)
            return {}
        told = {key: self._child.text(key) for key in ("phone", "email")}
        address = self._child.address
        if address is None:
            return told
        if bool(address.text("postal_code")) != bool(address.text("city")):
            says = _("PLZ und Ort nimmt die Schule nur zusammen an, bekannt ist nur eines davon. Beides bleibt leer.")
            self._lose(LossKind.BLANK, _("PLZ, Ort"), says)
        return {**told, **address_values(address)}

    def _person_values(self) -> dict[str, str]:
        person = self._person
        return {
            "repatriate": _yes_no(person.flag("repatriate")),
            "nationality_1": person.text("nationality_1"),
            "nationality_2": person.text("nationality_2"),
            "birth_country": person.text("birth_country"),
            "language": self._language(),
            "kindergarten": person.text("kindergarten_years"),
            "support_end": _day(person.day("support_end")),
            "follow_up_end": _day(person.day("follow_up_end")),
            "registered_on": self._registered_on(),
            **self._measles(),
        }

    def _language(self) -> str:
        keys = [row.text("language") for row in self._child.family_languages if row.text("language")]
        if not keys:
            return ""
        code = code_list("languages").get(keys[0])
        official = code.extra["official"] if code else ""
        label = code_list("languages").label(keys[0])
        if code and official != code.key:
            says = _("{language} hat keinen eigenen amtlichen Schlüssel, geschrieben ist „{key}“.")
            self._lose(LossKind.LETTER, _("Verkehrssprache"), says.format(language=label, key=official))
        if len(keys) > 1:
            others = ", ".join(map(code_list("languages").label, keys[1:]))
            says = _("Platz ist für eine Sprache, geschrieben ist {language}. Die Familie spricht auch: {others}.")
            self._lose(LossKind.CUT, _("Verkehrssprache"), says.format(language=label, others=others))
        return official

    def _measles(self) -> dict[str, str]:
        """Told only where it is certain: the answer and the paper do not contradict each other (IfSG § 20)."""
        answer, paper = self._child.measles, self._child.documents.get("measles")
        seen = paper.text("state") if paper else ""
        if answer == "yes" and (not seen or seen in SEEN):
            return {"measles": "J", "measles_words": "ja"}
        if answer == "no" and seen not in SEEN:
            return {"measles": "N", "measles_words": "nein"}
        if answer or seen:
            says = _("Der Nachweis ist noch offen. Die Schule muss ihn sich vorlegen lassen.")
            self._lose(LossKind.OPEN, _("Masern-Impfnachweis"), says)
        return {}

    def _registered_on(self) -> str:
        """The day the request first went to the office that assigned the place."""
        events = [event for event in self._child.file.events if event.request == self._request.id]
        return next((show_day(day_of(event)) for event in events if event.state == "sent"), "")

    def _school_values(self) -> dict[str, str]:
        told, starts = self._assignment, self._assignment.starts_on
        college = told.school_form in _COLLEGES
        if told.class_name:
            says = _(
                "Laut Zuweisung {name}. In den SchILD-Dateien bleibt die Klasse leer, weil die Schule sie vergibt."
            )
            self._lose(LossKind.OPEN, _("Klasse"), says.format(name=told.class_name))
        return {
            "compulsory_done": self._compulsory_done(),
            "admitted_on": _day(starts),
            **(_school_year(starts) if starts else {}),
            "grade": self._grade(),
            "class_name": told.class_name,
            "course": told.support if college and told.support in _COURSES else "",
            "class_kind": told.support if told.school_form and not college and told.support in _CLASS_KINDS else "",
        }

    def _grade(self) -> str:
        grade = self._person.text("proposed_grade")
        if grade.isdecimal() and len(grade) == 2:
            return grade
        if self._assignment.school_form not in _COLLEGES:
            says = _("Die Klassenstufe hat niemand festgelegt. Bitte tragen Sie sie ein.")
            self._lose(LossKind.OPEN, _("Jahrgang"), says)
        return ""

    def _compulsory_done(self) -> str:
        """As answered; else N where age leaves no doubt. SchILD takes no empty field, so N as the rule stands in."""
        answered = self._person.flag("compulsory_done")
        if answered is None and not (self._child.stages and set(self._child.stages) <= _BEFORE_TEN_YEARS):
            says = _(
                "Ob die Schulpflicht erfüllt ist, wurde nicht gefragt. SchILD verlangt einen Wert: N, bitte prüfen."
            )
            self._lose(LossKind.OPEN, _("Schulpflicht erf."), says)
        return _YES_NO[bool(answered)]

    def _last_school(self) -> dict[str, str]:
        number = self._person.text("last_school_no")
        known = number if re.fullmatch(r"[0-9]{6}", number) else self._school_abroad()
        if not known:
            says = _("Welche Schule das Kind zuletzt besucht hat, wissen wir nicht sicher.")
            self._lose(LossKind.OPEN, _("LS Schulnr."), says)
        grade = self._person.text("last_grade").strip()
        if grade and not re.fullmatch(r"0?[1-9]|1[0-3]", grade):
            says = _("Die letzte Klasse heißt in unserer Akte anders als ein Jahrgang hier.")
            self._lose(LossKind.OPEN, _("LS Jahrgang"), says)
            grade = ""
        return {"last_school": known, "last_grade": grade and grade.zfill(2)}

    def _school_abroad(self) -> str:
        """The number that stands for schools of the country where the child was last at school, never Germany."""
        if self._person.flag("prior_german_school") is not False:
            return ""
        attended = [
            (years.last, row) for row in self._child.school_years if at_school(row) and (years := years_of(row))
        ]
        country = max(attended, key=lambda pair: pair[0])[1].text("country") if attended else ""
        if not country or country == _GERMANY:
            return ""
        return _numbers_abroad().get(country) or _numbers_abroad()[""]

    def _arrival(self) -> dict[str, str]:
        entry = self._child.span("entry_date")
        first, last = (entry.earliest, entry.latest) if entry else (None, None)
        year = str(first.year) if first and last and first.year == last.year else ""
        if first and not year:
            says = _("Das Jahr der Einreise wissen wir nicht sicher.")
            self._lose(LossKind.OPEN, _("Zuzugsjahr"), says)
        foreign = all(self._person.text(key) != _GERMANY for key in ("nationality_1", "nationality_2"))
        known = self._person.text("nationality_1") not in _NO_NATIONALITY
        new = first is not None and first > _last_statistics(self._child.today)
        if foreign and known and new and self._person.flag("prior_german_school") is False:
            return {"entry_year": year, "origin": _FROM_ABROAD}
        says = _("Ob AS gilt, wissen wir nicht sicher: ausländisch und seit der letzten Statistik eingereist.")
        self._lose(LossKind.OPEN, _("Herkunft"), says)
        return {"entry_year": year}

    def _lose(self, kind: LossKind, column: str, says: str) -> None:
        self._losses.append(Loss(self._number, kind, column, says))


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else _YES_NO[answer]


def _day(day: date | None) -> str:
    return show_day(day) if day else ""


def _school_year(starts_on: date) -> dict[str, str]:
    rules = SchoolRules.on(starts_on)
    first_month = _rules().value("second_half_month", starts_on)
    second = first_month <= starts_on.month < rules.year_month
    return {"school_year": str(rules.year_of(starts_on)), "half_year": "2" if second else "1"}


def _last_statistics(today: date) -> date:
    """The newest day of the official school statistics up to ``today``."""
    month, day = (_rules().value(f"statistics_{part}", today) for part in ("month", "day"))
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


@cache
def _rules() -> Rules:
    return load_rules("schild_rules.json")


@cache
def _numbers_abroad() -> dict[str, str]:
    """Numbers of the school statistics by country, "" for all others."""
    return {row["country"]: row["school_number"] for row in read_resource_table("schild_last_schools.csv").rows}
