"""One child of a family file, with what holds for it: its own answers, what is set apart, what the family shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from desk_app.domain.dates import DateSpan
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.domain.schooling import Proposal, SchoolStage, propose

SCHOOL_AUTHORITY = "school_authority"
"""The consent recipient that stands for both offices of the school supervision."""

SEEN = frozenset({"original", "copy"})
"""States of a paper that somebody has looked at."""

PROTECTIONS = frozenset({"shelter", "blocked"})


@dataclass(frozen=True)
class ChildView:
    """What is known about one child on ``today``."""

    file: FamilyFile
    id: UUID
    today: date

    @cached_property
    def person(self) -> Record:
        return self.file.person(self.id)

    def value(self, key: str) -> Value:
        """The child's own answer, else what is set apart for it, else the family's."""
        if key in fields_of(RecordKind.PERSON):
            return self.person.get(key)
        for apart in self.file.all(RecordKind.APART, self.id):
            if apart.get(key) is not None:
                return apart.get(key)
        return self.file.household.get(key)

    def text(self, key: str) -> str:
        value = self.value(key)
        return "" if value is None else str(value)

    def span(self, key: str) -> DateSpan | None:
        value = self.value(key)
        return value if isinstance(value, DateSpan) else None

    @property
    def birth_date(self) -> DateSpan | None:
        return self.person.span("birth_date")

    @property
    def name(self) -> str:
        """Given and family name as written; one-part names stay one part."""
        return full_name(self.person)

    @cached_property
    def address(self) -> Record | None:
        """Where the child lives: its own address if it has one, else the family's."""
        own = self.file.all(RecordKind.ADDRESS, self.id)
        return next(iter(own or self.file.all(RecordKind.ADDRESS)), None)

    @cached_property
    def protected(self) -> bool:
        """True where the address must never leave the program (shelter, blocked by § 51 BMG).

        The family's protection holds for a child with an address of its own as well: where a sibling lives can give
        the others away.
        """
        addresses = self.file.records.get(RecordKind.ADDRESS, ())
        relevant = [row for row in addresses if row.person in (None, self.id)]
        return any(map(is_protected, relevant))

    @cached_property
    def guardians(self) -> tuple[Record, ...]:
        """The living adults with custody: those named for this child, else all marked as having custody."""
        named = {row.get("guardian") for row in self.file.all(RecordKind.GUARDIAN, self.id)}
        if named:
            return tuple(adult for adult in self.file.living_adults if adult.id in named)
        return tuple(adult for adult in self.file.living_adults if adult.flag("has_custody"))

    @property
    def guardian_kind(self) -> str:
        """The kind of custody as answered, else as it follows from the adults with custody."""
        answered = self.text("guardian_kind")
        if answered:
            return answered
        roles = sorted({row.text("role") for row in self.guardians})
        derived = {
            ("father", "mother"): "parents",
            ("mother",): "mother",
            ("father",): "father",
            ("guardian",): "guardian",
            ("foster",): "foster",
            ("youth_office",): "youth_office",
        }
        return derived.get(tuple(roles), "")

    @property
    def family_languages(self) -> tuple[Record, ...]:
        """The family languages: the child's own if it has any, else the family's."""
        own = [row for row in self.file.all(RecordKind.LANGUAGE, self.id) if row.flag("family_language")]
        shared = [row for row in self.file.all(RecordKind.LANGUAGE) if row.flag("family_language")]
        return tuple(own or shared)

    @property
    def other_languages(self) -> tuple[Record, ...]:
        return tuple(row for row in self.file.all(RecordKind.LANGUAGE, self.id) if not row.flag("family_language"))

    @property
    def school_years(self) -> tuple[Record, ...]:
        rows = self.file.all(RecordKind.SCHOOL_YEAR, self.id)
        return tuple(sorted(rows, key=lambda row: (row.text("school_year") or "9", row.created_at)))

    @cached_property
    def documents(self) -> dict[str, Record]:
        """The papers by kind; what holds for the family is overruled by the child's own row."""
        rows = (*self.file.all(RecordKind.DOCUMENT), *self.file.all(RecordKind.DOCUMENT, self.id))
        return {row.text("document"): row for row in rows}

    @property
    def measles(self) -> str:
        """Whether measles protection is proven: as answered, else as it follows from the paper seen (IfSG § 20)."""
        answered = self.text("measles_proof")
        paper = self.documents.get("measles")
        seen = paper.text("state") if paper else ""
        return answered or {"original": "yes", "copy": "yes", "missing": "open"}.get(seen, "")

    def consent(self, recipient: str) -> Record | None:
        """The consent in force today for ``recipient``: the child's own answer before the family's.

        One that holds for a single offer alone says nothing here.
        """
        for scope in (self.id, None):
            of_scope = [row for row in self.file.all(RecordKind.CONSENT, scope) if row.get("offer_id") is None]
            rows = [row for row in of_scope if row.get("recipient") == recipient]
            if rows:
                newest = max(rows, key=lambda row: (row.day("given_on") or date.min, row.created_at))
                return newest if in_force(newest, self.today) else None
        return None

    @property
    def request(self) -> Record | None:
        return self.file.request_of(self.id)

    @property
    def deceased(self) -> bool:
        return self.person.flag("deceased") is True

    @cached_property
    def proposal(self) -> Proposal | None:
        """What stage and grade follow from the birth date; ``None`` while nothing is known of it."""
        birth = self.birth_date
        return propose(birth, self.today) if birth is not None and birth.known else None

    @cached_property
    def stages(self) -> tuple[SchoolStage, ...]:
        """The stage a person chose, else the possible ones by age; empty while nothing is known."""
        chosen = self.text("school_stage")
        if chosen:
            return (SchoolStage(chosen),)
        proposal = self.proposal
        return proposal.stages if proposal else ()

    @property
    def wants_place(self) -> bool:
        """Whether a school place is looked for: as answered, else when the child may be of school age."""
        if self.deceased:
            return False
        answered = self.person.flag("place_wanted")
        if answered is not None:
            return answered
        return any(stage not in (SchoolStage.TOO_YOUNG, SchoolStage.BEYOND) for stage in self.stages)


def twin_number(file: FamilyFile, person: Record) -> int:
    """The place of somebody among the family's persons who are called just the same, by birth; 0 for an only one."""
    name = full_name(person).casefold()
    same = [row for row in file.persons if name and full_name(row).casefold() == name]
    if len(same) < 2:
        return 0
    births = {row.id: row.span("birth_date") for row in same}

    def order(row: Record) -> date:
        birth = births[row.id]
        return (birth.earliest if birth is not None else None) or date.max

    # sorted is stable, so that twins keep the order in which they stand in the file
    return [row.id for row in sorted(same, key=order)].index(person.id) + 1


def full_name(person: Record) -> str:
    """The name as written, given name first; empty where none is known."""
    return " ".join(part for part in (person.text("given_name"), person.text("family_name")) if part)


def is_protected(address: Record) -> bool:
    """Whether an address must stay in the program: a shelter, or blocked by § 51 BMG."""
    return address.text("protection") in PROTECTIONS


def in_force(consent: Record, today: date) -> bool:
    """Whether a consent was given by ``today`` and not withdrawn by then."""
    given, withdrawn = consent.day("given_on"), consent.day("withdrawn_on")
    return given is not None and given <= today and (withdrawn is None or withdrawn > today)
