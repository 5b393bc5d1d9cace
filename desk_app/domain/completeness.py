"""What a child's placement request still lacks, why, and where to answer it.

Nothing here ever stops saving; only sending asks for level 1. Levels and conditions follow the centre's field list
(column "erforderlich wann") and the child's stage, see ``needs``; a protected address never counts as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain
from typing import Final
from uuid import UUID

from desk_app.domain.child import SCHOOL_AUTHORITY, ChildView
from desk_app.domain.dates import show_day
from desk_app.domain.field_catalogue import field_of, fields_of
from desk_app.domain.fields import FROM_LOWER_SECONDARY, SCHOOL_AGE, Audience, Field, Section
from desk_app.domain.needs import need_of
from desk_app.domain.placement_rules import number
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.domain.schooling import OFFICE_TITLES, STAGE_TITLES, Proposal, SchoolStage
from desk_app.i18n import _

BLOCKING = 1
_USEFUL = 2
_ORDER: Final = {section: place for place, section in enumerate(Section)}
GRADED = frozenset({SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY})
_NOBODY = UUID(int=0)
_SHELTERS = frozenset({"reception", "shared_housing"})
"""Kinds of housing that speak for an asylum procedure."""

_ONLY_SOMETIMES = frozenset(
    {"interpreter_name", "interpreter_language", "school_medical_on", "unaccompanied", "single_name", "delete_on",
     "support_start", "support_end"}
)  # fmt: skip
"""Level 2 under a condition that only the conversation knows; never counted as missing."""

_OWN_RULE = frozenset(
    {"file_number", "family_name", "given_name", "birth_date", "school_stage", "proposed_grade", "compulsory_done",
     "guardian_kind", "phone", "measles_proof", "reports_available", "highest_certificate", "allocated",
     "allocated_on", "previous_city", "prior_german_school_since", "prior_german_school_name", "sibling_school"}
)  # fmt: skip
"""Keys with a rule of their own below; "Schulpflicht erfüllt" is "nein" unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the request needs to know. ``person`` is who it is about, ``None`` for the whole family.

    ``reason`` is a German half sentence that says why it is asked; ``kind``, ``key``, ``person`` and ``section`` say
    where to answer it.
    """

    child: UUID
    kind: RecordKind
    key: str
    label: str
    section: Section
    level: int
    answered: bool
    reason: str = ""
    person: UUID | None = None

    @property
    def blocking(self) -> bool:
        return self.level == BLOCKING and not self.answered


def questions(child: ChildView) -> tuple[Question, ...]:
    """Everything asked for the child's request, in the order of the sections."""
    return tuple(sorted(chain.from_iterable(rule(child) for rule in _RULES), key=lambda item: _ORDER[item.section]))


def missing(child: ChildView) -> tuple[Question, ...]:
    """What is not answered yet; what blocks sending comes first."""
    return tuple(sorted((item for item in questions(child) if not item.answered), key=lambda item: item.level))


def blocking(child: ChildView) -> tuple[Question, ...]:
    return tuple(item for item in questions(child) if item.blocking)


def is_complete(child: ChildView) -> bool:
    """Whether nothing blocks sending. After every answer this is asked, so it looks no further than the first gap."""
    others = chain.from_iterable(rule(child) for rule in _RULES if rule is not _plain)
    return not any(item.blocking for item in chain(others, _plain(child, BLOCKING)))


def of_family(children: Iterable[ChildView]) -> tuple[Question, ...]:
    """The questions of all children, those about the whole family once."""
    seen: dict[tuple[object, ...], Question] = {}
    for item in chain.from_iterable(questions(child) for child in children):
        seen.setdefault((item.kind, item.key, item.person), item)
    return tuple(seen.values())


def looking(children: Iterable[ChildView]) -> list[ChildView]:
    """The children for whom a place is looked for, or of whom too little is known to say."""
    return [child for child in children if child.wants_place or not (child.stages or child.deceased)]


def of_intake(file: FamilyFile, today: date) -> tuple[Question, ...]:
    """The questions of a whole file; while no child is entered, those that any child would raise.

    Children for whom no place is looked for raise none, unless nobody else is there.
    """
    children = [ChildView(file, child.id, today) for child in file.children]
    if not children:
        return questions(ChildView(_with_a_child(file), _NOBODY, today))
    return of_family(looking(children) or children)


def _with_a_child(file: FamilyFile) -> FamilyFile:
    """The file as if a child were entered about whom nothing is known yet."""
    at = file.household.created_at
    return file.with_record(Record(RecordKind.PERSON, _NOBODY, file.household.id, None, {"role": "child"}, at, at))


def _ask(
    child: ChildView,
    field: Field,
    answered: bool,
    *,
    reason: str = "",
    label: str = "",
    person: UUID | None = None,
) -> Question:
    need = need_of(field, child.stages)
    return Question(
        child.id,
        field.kind,
        field.key,
        label or _(field.label),
        field.section,
        need.level,
        answered,
        reason or (_(need.why) if need.why else ""),
        person,
    )


def asked_at(child: ChildView, stages: frozenset[SchoolStage]) -> bool:
    """A question counts when any stage the child may be in asks it; with no birth date, school age is assumed."""
    possible = frozenset(child.stages) or SCHOOL_AGE
    return bool(possible & stages)


def asks(child: ChildView, key: str) -> bool:
    """Whether a question about a person is put to the child at all: by its stage, for some by its age as well."""
    if key == "highest_certificate":
        return asked_at(child, FROM_LOWER_SECONDARY) and _old_enough_for_a_certificate(child)
    return asked_at(child, field_of(RecordKind.PERSON, key).stages)


def _old_enough_for_a_certificate(child: ChildView) -> bool:
    if SchoolStage.UPPER_SECONDARY in (frozenset(child.stages) or SCHOOL_AGE):
        return True
    ages = child.birth_date.age_on(child.today) if child.birth_date else None
    return ages is None or ages.high >= number("certificate_from_age", child.today)


@cache
def _plain_fields(kind: RecordKind) -> tuple[Field, ...]:
    """The fields of one kind of record that count for a child by their level and stages alone."""
    special = _ONLY_SOMETIMES | _OWN_RULE
    fields = (field for field in fields_of(kind).values() if field.key not in special)
    return tuple(field for field in fields if field.audience is not Audience.ADULTS)


def _plain(child: ChildView, least: int = _USEFUL) -> Iterator[Question]:
    for kind, person in ((RecordKind.HOUSEHOLD, None), (RecordKind.PERSON, child.id)):
        for field in _plain_fields(kind):
            if asked_at(child, field.stages) and need_of(field, child.stages).level <= least:
                yield _plain_question(child, kind, field.key, person)


def _plain_question(child: ChildView, kind: RecordKind, key: str, person: UUID | None) -> Question:
    return _ask(child, field_of(kind, key), child.value(key) not in (None, ""), person=person)


def _names(child: ChildView) -> Iterator[Question]:
    person = child.person
    one_part = person.flag("single_name") is True and bool(person.text("given_name") or person.text("family_name"))
    for key in ("family_name", "given_name"):
        yield _ask(child, field_of(RecordKind.PERSON, key), bool(person.text(key)) or one_part, person=child.id)


def _birth_date(child: ChildView) -> Iterator[Question]:
    birth = child.birth_date
    known = birth is not None and birth.known
    yield _ask(child, field_of(RecordKind.PERSON, "birth_date"), known, person=child.id)


def _stage_and_grade(child: ChildView) -> Iterator[Question]:
    proposal = child.proposal
    if proposal is None and not child.text("school_stage"):
        return
    office_chosen = child.request is not None and bool(child.request.text("office"))
    certain = proposal is not None and len(proposal.stages) == 1
    offices_clear = office_chosen or (proposal is not None and len(proposal.offices) == 1)
    settled = bool(child.text("school_stage")) or (certain and offices_clear)
    reason = "" if settled or proposal is None else _open_stage(proposal)
    yield _ask(child, field_of(RecordKind.PERSON, "school_stage"), settled, reason=reason, person=child.id)
    if not asked_at(child, GRADED):
        return
    grades = proposal.grades if proposal else ()
    settled = bool(child.text("proposed_grade")) or len(grades) == 1
    either = _(" oder ").join(str(grade) for grade in grades)
    reason = _("weil Klasse {either} möglich ist; bitte festlegen").format(either=either) if len(grades) > 1 else ""
    yield _ask(child, field_of(RecordKind.PERSON, "proposed_grade"), settled, reason=reason, person=child.id)


def _open_stage(proposal: Proposal) -> str:
    """Why a person has to decide: the birth date allows two stages, or the competent office changes soon."""
    if len(proposal.stages) > 1:
        either = _(" oder ").join(_(STAGE_TITLES[stage]) for stage in proposal.stages)
        return _("weil beides möglich ist: {either}; bitte festlegen").format(either=either)
    day = proposal.office_tips_on
    offices = _(" oder ").join(_(OFFICE_TITLES[office]) for office in proposal.offices)
    words = _("weil die Zuständigkeit am {day} wechselt: {offices}; bitte festlegen")
    return words.format(offices=offices, day=show_day(day) if day else "")


def _guardians(child: ChildView) -> Iterator[Question]:
    kind = child.guardian_kind
    yield _ask(child, field_of(RecordKind.HOUSEHOLD, "guardian_kind"), bool(kind))
    if kind == "self":
        return
    named = any(row.text("family_name") or row.text("given_name") for row in child.guardians)
    adult = next(iter(child.guardians or child.file.living_adults), None)
    yield _ask(
        child,
        field_of(RecordKind.PERSON, "family_name"),
        named,
        reason=_("weil diese Person unterschreibt"),
        label=_("Name einer sorgeberechtigten Person"),
        person=adult.id if adult else None,
    )


def _address(child: ChildView) -> Iterator[Question]:
    address = child.address
    for key in ("street", "house_number", "postal_code", "city", "district"):
        known = address is not None and bool(address.text(key))
        person = address.person if address is not None else None
        yield _ask(child, field_of(RecordKind.ADDRESS, key), child.protected or known, person=person)


def _reachable(child: ChildView) -> Iterator[Question]:
    ways = [child.text(key) for key in ("phone", "email", "contact_phone")]
    ways += [row.text(key) for row in child.file.living_adults for key in ("own_phone", "own_email")]
    yield _ask(child, field_of(RecordKind.HOUSEHOLD, "phone"), any(ways))


def _languages(child: ChildView) -> Iterator[Question]:
    language = field_of(RecordKind.LANGUAGE, "language")
    known = any(row.text("language") for row in child.family_languages)
    reason = _("weil es amtlich gefragt wird")
    yield _ask(child, language, known, reason=reason, label=_("Familiensprache"))
    if asked_at(child, FROM_LOWER_SECONDARY):
        known = any(row.text("language") for row in child.other_languages) or _never_at_school(child)
        yield replace(_ask(child, language, known, label=_("Weitere Sprachen"), person=child.id), level=_USEFUL)


def _school_history(child: ChildView) -> Iterator[Question]:
    """School years and certificate, from lower secondary on; a child that never went to school has neither."""
    if asked_at(child, FROM_LOWER_SECONDARY):
        years = field_of(RecordKind.SCHOOL_YEAR, "school_year")
        known = any(row.text("school_year") for row in child.school_years) or _never_at_school(child)
        yield _ask(child, years, known, label=_("Schulbesuch nach Jahren"), person=child.id)
    if asks(child, "highest_certificate"):
        yield _plain_question(child, RecordKind.PERSON, "highest_certificate", child.id)


def _never_at_school(child: ChildView) -> bool:
    return child.value("years_of_schooling") == 0


def _german_school(child: ChildView) -> Iterator[Question]:
    """Where and since when a child was at school in Germany already: it uses up first support."""
    if child.person.flag("prior_german_school") is not True:
        return
    for key in ("prior_german_school_since", "prior_german_school_name"):
        if asked_at(child, field_of(RecordKind.PERSON, key).stages):
            yield _plain_question(child, RecordKind.PERSON, key, child.id)
    entry, arrival = child.span("entry_date"), child.value("arrival_in_city")
    always_here = entry is not None and entry.earliest is not None and entry.earliest == arrival
    if not always_here:
        yield _plain_question(child, RecordKind.HOUSEHOLD, "previous_city", None)


def _allocation(child: ChildView) -> Iterator[Question]:
    """Asked only where something speaks for an asylum procedure, whose duty begins with allocation (§ 34 (6))."""
    if maybe_asylum(child):
        yield _plain_question(child, RecordKind.HOUSEHOLD, "allocated", None)
        if child.value("allocated") is True:
            yield _plain_question(child, RecordKind.HOUSEHOLD, "allocated_on", None)


def maybe_asylum(child: ChildView) -> bool:
    """Whether housing, papers or an answer speak for an asylum procedure; "nein" to allocation proves none.

    The residence status is never asked.
    """
    notice = child.documents.get("allocation_notice")
    paper = notice.text("state") if notice is not None else ""
    housing = child.address.text("housing_type") if child.address is not None else ""
    return child.value("allocated") is True or housing in _SHELTERS or paper not in ("", "not_needed")


def _siblings(child: ChildView) -> Iterator[Question]:
    """Which school a sibling goes to, where one of school age needs no place."""
    others = (ChildView(child.file, row.id, child.today) for row in child.file.children if row.id != child.id)
    at_school = [
        other for other in others if other.person.flag("place_wanted") is False and SCHOOL_AGE & set(other.stages)
    ]
    if any(not other.deceased for other in at_school) and asked_at(child, SCHOOL_AGE):
        yield _plain_question(child, RecordKind.PERSON, "sibling_school", child.id)


def _papers(child: ChildView) -> Iterator[Question]:
    seen = child.documents
    measles = field_of(RecordKind.PERSON, "measles_proof")
    yield _ask(child, measles, bool(child.measles), person=child.id)
    reports = field_of(RecordKind.PERSON, "reports_available")
    if asked_at(child, reports.stages):
        known = bool(child.text("reports_available")) or bool(seen.get("school_report"))
        yield _ask(child, reports, known, person=child.id)


def _consent(child: ChildView) -> Iterator[Question]:
    field = field_of(RecordKind.CONSENT, "given_on")
    known = child.consent(SCHOOL_AUTHORITY) is not None
    yield _ask(child, field, known, label=_("Einwilligung für die Schulaufsicht"))


_RULES: tuple[Callable[[ChildView], Iterator[Question]], ...] = (
    _names,
    _birth_date,
    _guardians,
    _address,
    _reachable,
    _languages,
    _stage_and_grade,
    _german_school,
    _allocation,
    _school_history,
    _siblings,
    _plain,
    _papers,
    _consent,
)
