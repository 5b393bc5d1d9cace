"""What the window's edge shows: who sits here, which intakes are under way, how many requests are open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import appointment_setup, families, placement_list, placements, users
from desk_app.casework.desk import Work
from desk_app.casework.wording import family_title
from desk_app.domain import completeness
from desk_app.domain.records import FamilyFile


@dataclass(frozen=True, slots=True)
class IntakeUnderWay:
    """An unfinished intake and how many of its questions are answered."""

    household: UUID
    title: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``open_requests`` counts the children without a place, as the page of requests does.

    ``desk`` is where the person usually sits, empty where that is not known.
    """

    person: str
    intakes: tuple[IntakeUnderWay, ...]
    open_requests: int
    desk: str = ""


def read(work: Work) -> Overview:
    """Everything for the rail in one go."""
    rows = families.open_intakes(work)
    files = families.load_many(work, [row.id for row in rows])
    counts = placements.state_counts(work)
    return Overview(
        person=users.name(work),
        intakes=tuple(_under_way(file, work) for file in files),
        open_requests=sum(counts[state] for state in placement_list.WAITING),
        desk=next((seat.name for seat in appointment_setup.read(work).desks() if seat.user == work.user), ""),
    )


def _under_way(file: FamilyFile, work: Work) -> IntakeUnderWay:
    asked = completeness.of_intake(file, work.today)
    answered = sum(question.answered for question in asked)
    return IntakeUnderWay(file.household.id, family_title(file), answered, len(asked))
