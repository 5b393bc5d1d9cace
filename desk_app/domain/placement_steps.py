"""Which of the dated steps of a request tell about the place its child has or waits for, and what they tell together.

Each step may tell a part: the office assigns a school, the school tells the class, somebody tells the first day. A
step that names no school goes on about the same one; one about another school is an older matter. What was told later
stands before what was told earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final, Generic, Protocol, TypeVar

PLACED: Final = frozenset({"assigned", "admitted", "closed"})
"""States in which a child has its place."""
DECIDED: Final = PLACED | {"waiting_list"}
"""States in which what an office decided holds."""


class PlaceStep(Protocol):
    """What a step tells about a place; empty for what it does not tell."""

    @property
    def state(self) -> str: ...
    @property
    def school(self) -> str: ...
    @property
    def class_name(self) -> str: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def support(self) -> str: ...


S = TypeVar("S", bound=PlaceStep)


@dataclass(frozen=True, slots=True)
class Place(Generic[S]):
    """What is known of a child's place. ``steps`` are those that tell it, the newest first; none for no place."""

    school: str
    class_name: str
    starts_on: date | None
    support: str
    steps: Sequence[S]


def place_told(newest_first: Iterable[S], states: AbstractSet[str] = DECIDED) -> Place[S]:
    """The place that holds after all steps of one request; only a run of steps in ``states`` tells it."""
    steps: list[S] = []
    school = ""
    for step in reversed(list(takewhile(lambda step: step.state in states, newest_first))):
        if school and step.school not in ("", school):
            steps = []
        school = step.school or school
        steps.insert(0, step)
    return Place(
        school=school,
        class_name=next((step.class_name for step in steps if step.class_name), ""),
        starts_on=next((step.starts_on for step in steps if step.starts_on), None),
        support=next((step.support for step in steps if step.support), ""),
        steps=steps,
    )
