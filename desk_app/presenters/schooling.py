"""How the school biography and the wish for a place read: tabs, proposals with their reasons, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework import placements
from desk_app.domain import completeness, school_history
from desk_app.domain.child import ChildView, twin_number
from desk_app.domain.dates import show_day
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.domain.schooling import OFFICE_TITLES, STAGE_TITLES, Office, SchoolStage, first_support_end
from desk_app.i18n import _, ngettext

MOST_WISHES = 3
"""Field list, row 93: up to three wished schools."""

_NOT_YET = (SchoolStage.TOO_YOUNG,)
_AFTER_SCHOOL = frozenset({"support_start", "support_end", "follow_up_end"})


@dataclass(frozen=True, slots=True)
class ChildTab:
    """One child in the row of tabs. ``total`` is 0 where there is nothing to count."""

    child: UUID
    title: str
    remark: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class YearLine:
    """One row of the table of school years, or a gap in it (``record`` is None)."""

    record: Record | None
    years: str
    country: str
    school: str
    grade: str
    remark: str
    attended: bool
    gap: school_history.Years | None = None

    @property
    def spoken(self) -> str:
        """The row as it is read aloud: "2024/25, Türkei, İlkokulu Şahinbey, Klasse 2"."""
        grade = _("Klasse {grade}").format(grade=self.grade) if self.grade.isdecimal() else self.grade
        parts = (self.years or _("Schuljahr offen"), self.country, self.school, grade, self.remark)
        return ", ".join(part for part in parts if part and part != "–")


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """Who is competent; with more than one ``offices`` a person decides."""

    offices: tuple[Office, ...]
    words: str

    @property
    def open(self) -> bool:
        return len(self.offices) > 1


def call_name(person: Record, place: int = 0) -> str:
    """The given name as written, else the family name, else "Kind 2"."""
    return person.text("given_name") or person.text("family_name") or _("Kind {n}").format(n=place + 1)


def told_apart(file: FamilyFile, person: Record, name: str) -> str:
    """ "Ali (2)" where two of the family are called just the same, so that nobody mixes them up."""
    number = twin_number(file, person)
    return _("{name} ({n})").format(name=name, n=number) if number else name


def children_of(file: FamilyFile, today: date) -> tuple[ChildView, ...]:
    return tuple(ChildView(file, child.id, today) for child in file.children)


def title_of(child: ChildView) -> str:
    """ "Karim, 13"; without an age where none is known."""
    place = [row.id for row in child.file.children].index(child.id)
    ages = child.birth_date.age_on(child.today) if child.birth_date else None
    name = told_apart(child.file, child.person, call_name(child.person, place))
    return f"{name}, {ages.show()}" if ages else name


def child_tab(child: ChildView, section: Section = Section.SCHOOL) -> ChildTab:
    """The child with what its request still lacks in one section."""
    if section is Section.SCHOOL and child.stages == _NOT_YET:
        return ChildTab(child.id, title_of(child), _("noch keine Schule"), 0, 0)
    asked = [item for item in completeness.questions(child) if item.section is section]
    missing = sum(not item.answered for item in asked)
    remark = ngettext("{n} fehlt", "{n} fehlen", missing).format(n=missing) if missing else ""
    return ChildTab(child.id, title_of(child), remark, len(asked) - missing, len(asked))


# --- school years


def year_lines(rows: Sequence[Record], today: date, countries: dict[str, str]) -> tuple[YearLine, ...]:
    """The table of a child's school years with the gaps in their places; ``countries`` gives labels by key."""
    lines = [_year_line(row, countries) for row in rows]
    for gap in school_history.gaps(rows, today):
        words = _("nichts eingetragen")
        lines.append(YearLine(None, _short(gap), "", words, "", "", attended=False, gap=gap))
    return tuple(sorted(lines, key=lambda line: line.years or "9"))


def _year_line(row: Record, countries: dict[str, str]) -> YearLine:
    span = school_history.years_of(row)
    years = _short(span) if span else row.text("school_year")
    country = countries.get(row.text("country"), row.text("country"))
    if row.flag("attended") is False:
        return YearLine(row, years, country or "–", _("kein Schulbesuch"), "", row.text("remark"), attended=False)
    return YearLine(row, years, country, row.text("school"), row.text("grade"), row.text("remark"), attended=True)


def _short(span: school_history.Years) -> str:
    first = school_history.show_school_year(span.first)
    return first if span.first == span.last else f"{first}–{school_history.show_school_year(span.last)[2:]}"


def new_year(child: ChildView) -> dict[str, Value]:
    """What a new row begins with: the next school year, and the country of the last one at school."""
    rows = child.school_years
    following = school_history.next_school_year(rows, child.today)
    countries = [row.text("country") for row in rows if row.text("country")]
    return {"school_year": following or None, "country": countries[-1] if countries else None, "attended": True}


def gap_year(gap: school_history.Years) -> dict[str, Value]:
    """A row that says: no school in these years."""
    until = school_history.show_school_year(gap.last) if gap.last != gap.first else None
    return {"school_year": school_history.show_school_year(gap.first), "until_year": until, "attended": False}


def copies_for(rows: Sequence[Record]) -> tuple[Record, ...]:
    """School years as a sibling may have had them: the same years and places; the class is each child's own."""
    return tuple(row.with_value("grade", None) for row in rows)


def siblings_to_copy_to(child: ChildView) -> tuple[ChildView, ...]:
    """Siblings without school years of their own who are old enough to have been at school."""
    others = (other for other in children_of(child.file, child.today) if other.id != child.id)
    return tuple(other for other in others if not other.school_years and other.stages != _NOT_YET)


def years_summary(child: ChildView) -> str:
    """The sentence below the table: what the years add up to, and the class by age. Empty without any years."""
    if not child.school_years:
        return ""
    proposal = child.proposal
    parts = [school_history.summary(child.school_years, child.today)]
    if proposal is not None and proposal.grades:
        parts.append(_("Nach Alter: {outlook}").format(outlook=proposal.now.say()))
    return " ".join(part for part in parts if part)


def proposed_years(child: ChildView) -> int | None:
    """Years of schooling as the rows add up; None where nothing is written down or the answer says the same."""
    found = school_history.history(child.school_years, child.today)
    known = child.person.get("years_of_schooling")
    if not (found.attended or found.never) or known == found.attended:
        return None
    return found.attended


# --- the place


def asks(child: ChildView, key: str) -> bool:
    """Whether a question is put to this child: by its stage, by other answers, or since it is answered."""
    if child.person.get(key) is not None:
        return True
    person = child.person
    if key in ("prior_german_school_name", "prior_german_school_since"):
        return person.flag("prior_german_school") is True
    if key == "preference_reason":
        return bool(child.file.all(RecordKind.WISH, child.id))
    if key == "stage_reason":
        return stage_overruled(child)
    if key == "grade_reason":
        return grade_overruled(child)
    if key in _AFTER_SCHOOL and not child.wants_place:
        return False
    return completeness.asks(child, key)


def school_keys() -> tuple[str, ...]:
    """The questions of the section that are put to each child, in the order of the catalogue."""
    return tuple(key for key, field in fields_of(RecordKind.PERSON).items() if field.section is Section.SCHOOL)


def stage_overruled(child: ChildView) -> bool:
    """Whether a person chose a stage that the birth date does not give."""
    chosen, proposal = child.text("school_stage"), child.proposal
    return bool(chosen) and proposal is not None and chosen not in proposal.stages


def grade_overruled(child: ChildView) -> bool:
    chosen, proposal = child.text("proposed_grade"), child.proposal
    if not chosen or proposal is None:
        return False
    return not chosen.isdecimal() or int(chosen) not in proposal.grades


def proposed_stage(child: ChildView) -> str:
    """The stage by age in words: "Sekundarstufe I", "Primarstufe oder Sekundarstufe I"; empty while unknown."""
    proposal = child.proposal
    return _(" oder ").join(_(STAGE_TITLES[stage]) for stage in proposal.stages) if proposal else ""


def proposed_grade(child: ChildView) -> str:
    """ "Klasse 8", "Klasse 3 bis 5"; empty where age gives none, as in upper secondary."""
    proposal = child.proposal
    if proposal is None or completeness.GRADED.isdisjoint(proposal.stages):
        return ""
    low, high = proposal.grades[0], proposal.grades[-1]
    text = _("Klasse {low}") if low == high else _("Klasse {low} bis {high}")
    return text.format(low=low, high=high)


def proposal_reason(child: ChildView) -> str:
    """Why this stage and class are proposed, and when that changes."""
    proposal = child.proposal
    return proposal.reason if proposal else _("Sobald ein Geburtsdatum bekannt ist, steht hier ein Vorschlag.")


def office_line(child: ChildView) -> OfficeLine:
    """Who is competent for the child, in words; with the day where another office takes over soon."""
    offices = placements.offices(child)
    names = _(" oder ").join(_(OFFICE_TITLES[office]) for office in offices)
    tips_on = child.proposal.office_tips_on if child.proposal else None
    if len(offices) > 1 and tips_on is not None:
        day = show_day(tips_on)
        return OfficeLine(offices, _("{offices}: wechselt am {day}. Bitte festlegen").format(offices=names, day=day))
    if len(offices) > 1:
        return OfficeLine(offices, _("{offices}: bitte festlegen").format(offices=names))
    return OfficeLine(offices, _("Zuständig: {office}").format(office=names) if names else "")


def wishes(child: ChildView) -> tuple[Record, ...]:
    """The wished schools in the order in which they were named."""
    return child.file.all(RecordKind.WISH, child.id)[:MOST_WISHES]


def proposed_support_end(child: ChildView) -> date | None:
    """The end of first support, as a rule two years (BASS 13-63 Nr. 3); None before it began or once answered."""
    start = child.person.day("support_start")
    if start is None or child.person.get("support_end") is not None:
        return None
    return first_support_end(start)
