"""What is special about a child's placement, in plain words: shown beside its request, never in the way of it.

The cases are those of the desks' practice and of the law behind it; numbers, sources and the time they hold for stand
in resources/code_lists/placement_rules.json and school_rules.json. A case whose rule no longer holds is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.completeness import Question
from desk_app.domain.dates import add_months, show_day
from desk_app.domain.fields import SCHOOL_AGE
from desk_app.domain.first_support import SupportLeft, support_left
from desk_app.domain.placement_rules import Course, in_force, next_start, number, running_class
from desk_app.domain.rules import Rule
from desk_app.domain.schooling import Office, SchoolRules, SchoolStage, school_rules_file
from desk_app.i18n import N_, _, ngettext

COURSE_TITLES = {
    Course.INTERNATIONAL_CLASS: N_("Internationale Förderklasse"),
    Course.FIT_FOR_MORE: N_("„Fit für mehr“"),
}


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """Something to know about one child's placement.

    ``source`` is a paragraph, decree or the practice it comes from; ``verified`` says whether it was found there.
    ``question`` is what to answer so that the case becomes clear, where there is such a question.
    """

    key: str
    title: str
    why: str
    source: str
    verified: bool
    blocking: bool = False
    question: Question | None = None


def special_cases(child: ChildView, today: date) -> tuple[SpecialCase, ...]:
    """What applies to a child for whom a place is looked for, in the order in which it matters."""
    if not child.wants_place:
        return ()
    return tuple(found for case in _CASES if (found := case(child, today)) is not None)


def _case(rule: Rule, title: str, why: str, *, question: Question | None = None, key: str = "") -> SpecialCase:
    return SpecialCase(key or rule.key, title, why, rule.source, rule.verified, question=question)


def _open_question(child: ChildView, key: str) -> Question | None:
    return next((item for item in completeness.missing(child) if item.key == key), None)


def _allocation(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("duty_with_allocation", today)
    if rule is None or not completeness.maybe_asylum(child):
        return None
    allocated, day = child.value("allocated"), child.value("allocated_on")
    later = isinstance(day, date) and day > today
    if allocated is True and not later:
        return None
    why = _("Im Asylverfahren beginnt die Schulpflicht mit der Zuweisung in die Stadt.")
    if allocated is None:
        return _case(rule, _("Zuweisung in die Stadt noch offen"), why, question=_open_question(child, "allocated"))
    if in_force("guest_pupils", today):
        why += " " + _("Bis dahin ist Gastbeschulung möglich, wo die Stadt es so hält.")
    if later and isinstance(day, date):
        return _case(rule, _("Zugewiesen erst zum {day}").format(day=show_day(day)), why)
    return _case(rule, _("Noch keiner Stadt zugewiesen"), why)


def _german_school(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("first_support_counts", today)
    if rule is None or child.person.flag("prior_german_school") is not True:
        return None
    left = support_left(child, today)
    if left is None:
        total = SchoolRules.on(today).first_support_months
        why = _("Diese Zeit geht von den {total} Monaten Erstförderung ab; seit wann, steht noch nicht da.")
        question = _open_question(child, "prior_german_school_since")
        title = _("Schon in Deutschland in der Schule")
        return _case(rule, title, why.format(total=total), question=question)
    if left.used_up:
        why = _("Gerechnet ohne Unterbrechung endete sie am {day}. Es bleibt die Anschlussförderung.")
        return _case(rule, _("Erstförderung ist aufgebraucht"), why.format(day=show_day(left.latest_end)))
    return _case(rule, _months_left(left), _until(left))


def _months_left(left: SupportLeft) -> str:
    if left.low == left.high:
        return _("Noch {n} von {total} Monaten Erstförderung").format(n=left.high, total=left.total)
    words = _("Noch {low} bis {high} von {total} Monaten Erstförderung")
    return words.format(low=left.low, high=left.high, total=left.total)


def _until(left: SupportLeft) -> str:
    if left.earliest_end == left.latest_end:
        return _("Gerechnet ohne Unterbrechung endet sie am {day}.").format(day=show_day(left.latest_end))
    words = _("Gerechnet ohne Unterbrechung endet sie zwischen {first} und {last}.")
    return words.format(first=show_day(left.earliest_end), last=show_day(left.latest_end))


def _long_here(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("long_in_germany_months", today)
    entry = child.span("entry_date")
    if rule is None or entry is None or entry.latest is None or add_months(entry.latest, rule.value) > today:
        return None
    title = ngettext(
        "Seit mehr als {n} Monat in Deutschland", "Seit mehr als {n} Monaten in Deutschland", rule.value
    ).format(n=rule.value)
    why = _(
        "Manche Städte bitten diese Familien, sich selbst an der Schule anzumelden. Die Fachberatung weiß, was gilt."
    )
    return _case(rule, title, why, key="long_in_germany")


def _literacy(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("literacy_group", today)
    if rule is None or not set(child.stages) & SCHOOL_AGE:
        return None
    grade = _grade(child)
    if grade is not None and grade < number("literacy_from_grade", today):
        return None
    reason = _why_literacy(child, grade, today)
    if not reason:
        return None
    months = school_rules_file().value("literacy_months", today)
    title = _("Alphabetisierungsgruppe möglich, bis zu {n} Monate").format(n=months)
    why = _("{reason} Die Gruppe geht der Erstförderung voraus und endet mit A1.").format(reason=reason)
    return _case(rule, title, why)


def _why_literacy(child: ChildView, grade: int | None, today: date) -> str:
    literacy = child.text("literacy")
    if literacy == "none":
        return _("Das Kind ist noch nicht alphabetisiert.")
    if literacy == "origin_script":
        return _("Das Kind schreibt noch nicht in lateinischer Schrift.")
    years = child.value("years_of_schooling")
    if grade is None or not isinstance(years, int | float):
        return ""
    little, gap = number("little_schooling_years", today), number("little_schooling_gap", today)
    if years > little or grade - 1 - years < gap:
        return ""
    return _("Das Kind war viel kürzer in der Schule, als es dem Alter entspricht.")


def _grade(child: ChildView) -> int | None:
    """The class a person chose, else the lowest that age gives."""
    chosen = child.text("proposed_grade")
    if chosen.isdecimal():
        return int(chosen)
    grades = child.proposal.grades if child.proposal else ()
    return grades[0] if grades else None


def _newcomer_course(child: ChildView, today: date) -> SpecialCase | None:
    if child.stages != (SchoolStage.UPPER_SECONDARY,):
        return None
    chosen = child.text("support_type")
    running = running_class(today)
    if running is not None and chosen != Course.FIT_FOR_MORE:
        title = _("Internationale Förderklasse läuft seit {day}").format(day=show_day(running.on))
        ffm = next_start(today, Course.FIT_FOR_MORE)
        why = _("Einsteigen geht meist noch; am {day} beginnt „Fit für mehr“.").format(day=show_day(ffm.on))
        return _case(running.rule, title, why, key="newcomer_course")
    start = next_start(today, chosen)
    title = _("{course} ab {day}").format(course=_(COURSE_TITLES[start.course]), day=show_day(start.on))
    before = next_start(today, Course.FIT_FOR_MORE)
    if start.course is Course.FIT_FOR_MORE:
        why = _("Während des Schuljahrs beginnt meist „Fit für mehr“, als Vorklasse am Berufskolleg.")
    elif before.on < start.on:
        why = _("Sie beginnt mit dem Schuljahr. Bis dahin ist „Fit für mehr“ möglich, ab {day}.")
        why = why.format(day=show_day(before.on))
    else:
        why = _("Sie beginnt mit dem Schuljahr.")
    return _case(start.rule, title, why, key="newcomer_course")


def _district_government(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("district_government", today)
    office = child.request.text("office") if child.request else ""
    if rule is None or child.stages != (SchoolStage.UPPER_SECONDARY,) or office == Office.SCHULAMT:
        return None
    why = _("Ab {age} Jahren vergibt sie den Platz, meist an einem Berufskolleg.")
    return _case(rule, _("Geht an die Bezirksregierung"), why.format(age=SchoolRules.on(today).upper_secondary_age))


def _nearest_primary(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("nearest_primary", today)
    if rule is None or child.stages != (SchoolStage.PRIMARY,):
        return None
    why = _("Solange dort Plätze frei sind, hat das Kind einen Anspruch darauf.")
    return _case(rule, _("Nächstgelegene Grundschule"), why)


def _entry_test(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("school_medical", today)
    grade = _grade(child)
    young = child.stages == (SchoolStage.TOO_YOUNG,) or (SchoolStage.PRIMARY in child.stages and grade == 1)
    if rule is None or not young or child.text("school_medical") in ("done", "not_needed"):
        return None
    why = _("Vor der ersten Klasse untersucht das Gesundheitsamt jedes Kind.")
    question = _open_question(child, "school_medical")
    return _case(rule, _("Schuleingangsuntersuchung"), why, question=question, key="entry_test")


def _measles(child: ChildView, today: date) -> SpecialCase | None:
    rule = in_force("measles_proof", today)
    if rule is None or child.measles not in ("no", "open") or not set(child.stages) <= SCHOOL_AGE or not child.stages:
        return None
    why = _("Schulpflichtige Kinder dürfen trotzdem kommen; die Schule gibt dem Gesundheitsamt Bescheid.")
    return _case(rule, _("Masernschutz noch nicht nachgewiesen"), why)


_CASES: tuple[Callable[[ChildView, date], SpecialCase | None], ...] = (
    _district_government,
    _newcomer_course,
    _nearest_primary,
    _allocation,
    _german_school,
    _long_here,
    _literacy,
    _entry_test,
    _measles,
)
