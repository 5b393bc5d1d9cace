"""The time line of a day in lanes: what stands where, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desk_app.presenters.appointment_sheet import Minutes, side_by_side


@dataclass(frozen=True, slots=True)
class Block:
    """One visit in a lane. ``start`` and ``end`` are minutes of the day on the desk's clock.

    ``more`` is said behind ``second`` where there is room. Of several at the same time in one lane this is number
    ``part`` of ``parts``; ``spoken`` is read aloud.
    """

    key: UUID
    start: int
    end: int
    title: str
    second: str
    look: str
    state: str
    more: str = ""
    interpreting: str = ""
    spoken: str = ""
    part: int = 0
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Lane:
    """A desk. ``shut`` are the hours between the first and the last in which nobody is there."""

    key: UUID | None
    title: str
    second: str = ""
    mine: bool = False
    laptop: bool = False
    shut: tuple[Minutes, ...] = ()
    blocks: tuple[Block, ...] = ()


def stacked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of one lane by time, those that meet each with its part of the height."""
    ordered = sorted(blocks, key=lambda block: (block.start, -block.end, block.title))
    parts = side_by_side([(block.start, block.end) for block in ordered])
    return tuple(
        replace(block, part=part, parts=count) for block, (part, count) in zip(ordered, parts, strict=True)
    )  # fmt: skip
