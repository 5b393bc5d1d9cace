"""School duty, stage and class that follow from a birth date in North Rhine-Westphalia: always a proposal.

The numbers come from resources/code_lists/school_rules.json. How they are read:

- Duty begins on 1 August of the year in which the sixth year of life is complete by the beginning of 30 September
  (§ 35 SchulG NRW): born on 30 September is in time, born on 1 October is not.
- Class by age is the current school year minus the one in which duty began, plus 1 (a rule of thumb, at most 10).
- Classes 1 to 4 are primary, then lower secondary. Upper secondary begins with the 16th birthday or after ten school
  years (§ 37), whichever comes first: supervision hands 16-year-olds to the Bezirksregierung even in the middle of
  their tenth year; the reason then says when the ten years end, since staff may see it differently.
- Duty ends with the school year in which the 18th year of life is *completed* (§ 38 (3)), so the last child of a
  school year is the one born on 1 August: complete on the evening of 31 July (§ 188 (2) BGB).

A birth date known only as an interval gives every stage and class that some day in it would give.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from desk_app.domain.dates import DateSpan, Precision, add_months, age_on, birthday, show_day
from desk_app.domain.rules import Rules, load_rules
from desk_app.i18n import N_, _


class SchoolStage(StrEnum):
    """Stages in the order in which a child passes them."""

    TOO_YOUNG = "too_young"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    BEYOND = "beyond"


class Office(StrEnum):
    """Who assigns the place."""

    SCHULAMT = "schulamt"
    BEZIRKSREGIERUNG = "bezirksregierung"


STAGE_TITLES = {
    SchoolStage.TOO_YOUNG: N_("noch nicht schulpflichtig"),
    SchoolStage.PRIMARY: N_("Primarstufe"),
    SchoolStage.LOWER_SECONDARY: N_("Sekundarstufe I"),
    SchoolStage.UPPER_SECONDARY: N_("Sekundarstufe II"),
    SchoolStage.BEYOND: N_("nicht mehr schulpflichtig"),
}
OFFICE_TITLES = {
    Office.SCHULAMT: N_("Schulamt"),
    Office.BEZIRKSREGIERUNG: N_("Bezirksregierung"),
}
_ORDER = tuple(SchoolStage)


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """The numbers that hold on one day."""

    duty_age: int
    cutoff_month: int
    cutoff_day: int
    year_month: int
    """The school year begins on the first of this month."""
    full_time_years: int
    duty_end_age: int
    primary_grades: int
    highest_grade: int
    upper_secondary_age: int
    tip_notice_days: int
    first_support_months: int
    literacy_months: int

    @classmethod
    def on(cls, day: date, rules: Rules | None = None) -> SchoolRules:
        """What holds on `day`, from `rules` or else from the shipped file."""
        return _shipped_rules(day) if rules is None else cls.of(rules, day)

    @classmethod
    def of(cls, table: Rules, day: date) -> SchoolRules:
        """What holds on `day` by `table`."""
        return cls(
            duty_age=table.value("duty_age", day),
            cutoff_month=table.value("duty_cutoff_month", day),
            cutoff_day=table.value("duty_cutoff_day", day),
            year_month=table.value("school_year_month", day),
            full_time_years=table.value("full_time_years", day),
            duty_end_age=table.value("duty_end_age", day),
            primary_grades=table.value("primary_grades", day),
            highest_grade=table.value("highest_grade", day),
            upper_secondary_age=table.value("upper_secondary_age", day),
            tip_notice_days=table.value("tip_notice_days", day),
            first_support_months=table.value("first_support_months", day),
            literacy_months=table.value("literacy_months", day),
        )

    def year_of(self, day: date) -> int:
        """The calendar year in which the school year of `day` began: 2026 for both August 2026 and July 2027."""
        return day.year if day.month >= self.year_month else day.year - 1

    def year_begins(self, year: int) -> date:
        """First day of the school year `year`."""
        return date(year, self.year_month, 1)

    def year_ends(self, year: int) -> date:
        """Last day of the school year that began in `year`."""
        return self.year_begins(year + 1) - timedelta(days=1)

    def duty_from(self, birth: date) -> date:
        """First day of school duty (§ 35)."""
        reached = birthday(birth, self.duty_age)
        in_time = (reached.month, reached.day) <= (self.cutoff_month, self.cutoff_day)
        return self.year_begins(reached.year if in_time else reached.year + 1)

    def full_time_until(self, birth: date) -> date:
        """Last day of the ten school years (§ 37)."""
        return self.year_ends(self.duty_from(birth).year + self.full_time_years - 1)

    def duty_until(self, birth: date) -> date:
        """Last day of school duty without training (§ 38)."""
        completed = birthday(birth, self.duty_end_age) - timedelta(days=1)
        return self.year_ends(self.year_of(completed))

    def grade_by_age(self, birth: date, day: date) -> int:
        """Class by age, from 1 up to the highest; below 1 before duty begins."""
        return min(self.year_of(day) - self.duty_from(birth).year + 1, self.highest_grade)

    def stage(self, birth: date, day: date) -> SchoolStage:
        """The stage on `day` of a child born on `birth`."""
        if day < self.duty_from(birth):
            return SchoolStage.TOO_YOUNG
        if day > self.duty_until(birth):
            return SchoolStage.BEYOND
        if age_on(birth, day) >= self.upper_secondary_age or day > self.full_time_until(birth):
            return SchoolStage.UPPER_SECONDARY
        if self.grade_by_age(birth, day) > self.primary_grades:
            return SchoolStage.LOWER_SECONDARY
        return SchoolStage.PRIMARY


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is possible on one day."""

    on: date
    stages: tuple[SchoolStage, ...]
    grades: tuple[int, ...]
    """Classes by age, lowest first; empty when no stage has any."""

    @property
    def offices(self) -> tuple[Office, ...]:
        return competent_office(self.stages)

    def say(self) -> str:
        """"Klasse 8", "Klasse 3 bis 5", "Klasse 10 oder Sekundarstufe II", "noch nicht schulpflichtig"."""
        words = []
        if SchoolStage.TOO_YOUNG in self.stages:
            words.append(_(STAGE_TITLES[SchoolStage.TOO_YOUNG]))
        if {SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY} & set(self.stages):
            low, high = self.grades[0], self.grades[-1]
            text = _("Klasse {low}") if low == high else _("Klasse {low} bis {high}")
            words.append(text.format(low=low, high=high))
        words += [_(STAGE_TITLES[stage]) for stage in _ORDER[3:] if stage in self.stages]
        return _(" oder ").join(words)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What follows from a birth date on one day, and when that changes."""

    now: Outlook
    tips: tuple[Outlook, ...]
    """Changes of class or stage to come, up to the end of the next school year, soonest first."""
    offices: tuple[Office, ...]
    """Who is competent now or, where it tips soon, then: with two of them a person decides."""
    duty_from: date | None
    duty_until: date | None
    """First and last day of school duty; None where the birth date leaves it open."""
    reason: str
    """The proposal in one to four German sentences."""

    @property
    def stages(self) -> tuple[SchoolStage, ...]:
        return self.now.stages

    @property
    def grades(self) -> tuple[int, ...]:
        return self.now.grades

    @property
    def tips_on(self) -> date | None:
        """The first day on which class or stage changes."""
        return self.tips[0].on if self.tips else None

    @property
    def office_tips_on(self) -> date | None:
        """The first day on which another office becomes competent."""
        return next((tip.on for tip in self.tips if tip.offices != self.now.offices), None)

    @property
    def certain(self) -> bool:
        """One stage, one office and at most one class: nothing to decide."""
        return len(self.stages) == 1 and len(self.grades) <= 1 and len(self.offices) == 1


@cache
def school_rules_file() -> Rules:
    """The shipped rules with their sources."""
    return load_rules("school_rules.json")


@lru_cache(maxsize=100)
def _shipped_rules(day: date) -> SchoolRules:
    return SchoolRules.of(school_rules_file(), day)


def competent_office(stages: tuple[SchoolStage, ...]) -> tuple[Office, ...]:
    """The Schulamt up to lower secondary, the Bezirksregierung from 16; both where the stages say both."""
    young = any(stage in _ORDER[:3] for stage in stages)
    old = any(stage in _ORDER[3:] for stage in stages)
    return (Office.SCHULAMT,) * young + (Office.BEZIRKSREGIERUNG,) * old


@lru_cache(maxsize=1024)
def propose(birth: DateSpan, today: date, rules: SchoolRules | None = None) -> Proposal:
    """Stage, class, duty and office for a child, by the rules that hold today. Unknown birth: everything is open."""
    rules = rules or SchoolRules.on(today)
    if birth.earliest is None or birth.latest is None:
        everything = Outlook(today, _ORDER, tuple(range(1, rules.highest_grade + 1)))
        reason = _("Ohne Geburtsdatum lässt sich keine Stufe vorschlagen.")
        return Proposal(everything, (), everything.offices, None, None, reason)
    oldest, youngest = birth.earliest, birth.latest
    now = _outlook(oldest, youngest, today, rules)
    tips = _tips(now, oldest, youngest, rules)
    soon = today + timedelta(days=rules.tip_notice_days)
    near_stages = tuple(stage for outlook in (now, *tips) if outlook.on <= soon for stage in outlook.stages)
    duty_from = {rules.duty_from(oldest), rules.duty_from(youngest)}
    duty_until = {rules.duty_until(oldest), rules.duty_until(youngest)}
    return Proposal(
        now,
        tips,
        competent_office(near_stages),
        duty_from.pop() if len(duty_from) == 1 else None,
        duty_until.pop() if len(duty_until) == 1 else None,
        " ".join(_sentences(birth, now, tips, rules)),
    )


def first_support_end(start: date, earlier_months: int = 0, rules: SchoolRules | None = None) -> date | None:
    """Last day of first support that begins on `start`, earlier months of it in Germany counted (BASS 13-63 Nr. 3).

    None when those months have used it up.
    """
    months = (rules or SchoolRules.on(start)).first_support_months - earlier_months
    return add_months(start, months) - timedelta(days=1) if months > 0 else None


def _outlook(oldest: date, youngest: date, day: date, rules: SchoolRules) -> Outlook:
    first, last = _ORDER.index(rules.stage(youngest, day)), _ORDER.index(rules.stage(oldest, day))
    stages = _ORDER[first : last + 1]
    if not set(stages) & set(_ORDER[1:4]):
        return Outlook(day, stages, ())
    low, high = rules.grade_by_age(youngest, day), rules.grade_by_age(oldest, day)
    return Outlook(day, stages, tuple(range(max(low, 1), high + 1)))


def _tips(now: Outlook, oldest: date, youngest: date, rules: SchoolRules) -> tuple[Outlook, ...]:
    year = rules.year_of(now.on)
    days = {rules.year_begins(year + 1), rules.year_begins(year + 2)}
    days |= {birthday(birth, rules.upper_secondary_age) for birth in (oldest, youngest)}
    tips: list[Outlook] = []
    for day in sorted(day for day in days if now.on < day <= rules.year_begins(year + 2)):
        outlook = _outlook(oldest, youngest, day, rules)
        before = tips[-1] if tips else now
        if (outlook.stages, outlook.grades) != (before.stages, before.grades):
            tips.append(outlook)
    return tuple(tips)


def _sentences(birth: DateSpan, now: Outlook, tips: tuple[Outlook, ...], rules: SchoolRules) -> list[str]:
    assert birth.earliest is not None
    assert birth.latest is not None
    sentences = [_("Nach Alter {outlook}.").format(outlook=now.say())]
    if turn := _turn(birth, now.on, rules):
        sentences.append(turn)
    if now.stages == (SchoolStage.UPPER_SECONDARY,) and (end := rules.full_time_until(birth.latest)) >= now.on:
        sentences.append(_("Die zehn Schuljahre enden erst am {day}.").format(day=show_day(end)))
    if now.stages == (SchoolStage.TOO_YOUNG,) and not tips:
        begin = rules.duty_from(birth.earliest)
        sentences.append(_("Schulpflichtig frühestens ab {day}.").format(day=show_day(begin)))
    new_stages = [tip for tip in tips if tip.stages != now.stages]
    next_tips = dict.fromkeys([*tips[:1], *new_stages[:1]])
    return sentences + [_("Ab {day} {outlook}.").format(day=show_day(tip.on), outlook=tip.say()) for tip in next_tips]


def _turn(birth: DateSpan, day: date, rules: SchoolRules) -> str:
    """The birthday at which an interval known to month or year divides: "Geboren bis 30.09.2016 Klasse 4, …"."""
    if birth.precision not in (Precision.MONTH, Precision.YEAR) or birth.earliest is None or birth.latest is None:
        return ""
    earliest, days = birth.earliest, (birth.latest - birth.earliest).days
    turns = bisect(range(days + 1), False, key=lambda n: not _same(earliest, earliest + timedelta(days=n), day, rules))
    if turns > days:
        return ""
    first_young = earliest + timedelta(days=turns)
    last_old = first_young - timedelta(days=1)
    if not _same(first_young, birth.latest, day, rules):
        return ""
    return _("Geboren bis {old} {old_outlook}, ab {young} {young_outlook}.").format(
        old=show_day(last_old),
        old_outlook=_outlook(last_old, last_old, day, rules).say(),
        young=show_day(first_young),
        young_outlook=_outlook(first_young, first_young, day, rules).say(),
    )


def _same(older: date, younger: date, day: date, rules: SchoolRules) -> bool:
    outlook = _outlook(older, younger, day, rules)
    return len(outlook.stages) == 1 and len(outlook.grades) <= 1
