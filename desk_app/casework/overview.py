"""What the window's edge shows: who sits here, which intakes are under way, how many requests are open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import families, placements, users
from desk_app.casework.desk import Work
from desk_app.domain import completeness
from desk_app.domain.child import ChildView, full_name
from desk_app.domain.records import FamilyFile
from desk_app.i18n import _


@dataclass(frozen=True, slots=True)
class IntakeUnderWay:
    """An unfinished intake and how many of its questions are answered."""

    household: UUID
    title: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Overview:
    person: str
    intakes: tuple[IntakeUnderWay, ...]
    open_requests: int


def read(work: Work) -> Overview:
    """Everything for the rail in one go."""
    rows = families.open_intakes(work)
    files = families.load_many(work, [row.id for row in rows])
    counts = placements.state_counts(work)
    return Overview(
        person=users.name(work),
        intakes=tuple(_under_way(file, work) for file in files),
        open_requests=counts[placements.DRAFT] + counts[placements.COMPLETE],
    )


def title_of(file: FamilyFile) -> str:
    """ "Familie Haddad", else the name of a person; empty for a file that is still blank."""
    family_name = file.household.text("family_name")
    if family_name:
        return _("Familie {name}").format(name=family_name)
    return next((name for person in file.persons if (name := full_name(person))), "")


def _under_way(file: FamilyFile, work: Work) -> IntakeUnderWay:
    children = [ChildView(file, child.id, work.today) for child in file.children]
    asked = completeness.of_family(children)
    return IntakeUnderWay(file.household.id, title_of(file), sum(question.answered for question in asked), len(asked))
