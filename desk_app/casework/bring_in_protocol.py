"""What became of each row of an old list, as a list of its own to keep or to send back to where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desk_app.casework.bring_in_plan import FamilyPlan, State
from desk_app.domain.clock import local, local_day
from desk_app.domain.dates import show_day
from desk_app.domain.list_reading import ListPerson, Reading
from desk_app.domain.lists import Column, Kind, Listing
from desk_app.i18n import N_, _


class Fate(StrEnum):
    """What became of a family of the list."""

    NEW = "new"
    ADDED = "added"
    SAME = "same"
    LEFT = "left"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        return _(_FATES[self])


_FATES: Final = {
    Fate.NEW: N_("neu angelegt"),
    Fate.ADDED: N_("ergänzt"),
    Fate.SAME: N_("war schon so eingetragen"),
    Fate.LEFT: N_("ausgelassen"),
    Fate.UNDECIDED: N_("nicht entschieden, blieb draußen"),
}

COLUMNS: Final = (
    Column("cell", N_("Zelle"), Kind.CODE, 14),
    Column("family", N_("Familie"), Kind.STRONG, 20),
    Column("people", N_("Personen in dieser Zeile"), width=34),
    Column("fate", N_("Was daraus wurde"), width=24),
    Column("file_number", N_("Akte"), Kind.CODE, 11),
    Column("remarks", N_("Hinweise"), width=60),
)
_ROW: Final = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a family and in which file it stands, "" for none."""

    fate: Fate
    file_number: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One row of the old list; ``cell`` is the first one that says something."""

    cell: str
    family: str
    people: str
    fate: str
    file_number: str
    remarks: str


def listing(
    plans: Sequence[FamilyPlan], reading: Reading, became: Mapping[int, Became], words: str, at: datetime
) -> Listing:
    """The protocol of a list that was taken over; ``words`` sum it up."""
    rows = [row for plan in plans for row in _rows(plan, became.get(plan.place, Became(Fate.UNDECIDED)))]
    rows += [ProtocolRow(each.cell, "", "", _("nicht übernommen"), "", each.words) for each in reading.left_out]
    rows.sort(key=lambda row: _place(row.cell))
    stamp = _("Übernommen am {day}").format(day=show_day(local_day(at)))
    return Listing(
        title=_("Protokoll einer alten Liste"),
        columns=COLUMNS,
        rows=rows,
        context=(f"{stamp} · {words}", _("Vertraulich: nur weitergeben, wo es nötig ist.")),
        file_stem=f"Protokoll-alte-Liste_{local(at):%Y-%m-%d}",
    )


def left_fate(plan: FamilyPlan, *, decided: bool) -> Became:
    """What became of a family that was not taken over."""
    if plan.state is State.SAME:
        return Became(Fate.SAME, plan.file_number)
    return Became(Fate.LEFT if decided else Fate.UNDECIDED)


def _rows(plan: FamilyPlan, became: Became) -> Iterator[ProtocolRow]:
    family = plan.family
    people: dict[int, list[ListPerson]] = {_place(family.cell)[1]: []}
    for person in family.persons:
        row = min((_place(found.cell)[1] for found in person.values.values()), default=_place(family.cell)[1])
        people.setdefault(row, []).append(person)
    remarks: dict[int, list[str]] = {}
    for problem in family.problems:
        remarks.setdefault(_place(problem.cell)[1], []).append(problem.show())
    if plan.twin:
        remarks.setdefault(min(people), []).append(_("Ein Kind steht schon in {cell}.").format(cell=plan.twin))
    for number in sorted(people.keys() | remarks.keys()):
        yield ProtocolRow(
            _ROW.sub(str(number), family.cell),
            family.name,
            ", ".join(person.name for person in people.get(number, ())),
            became.fate.label,
            became.file_number,
            "\n".join(remarks.get(number, ())),
        )


def _place(cell: str) -> tuple[str, int]:
    """Sheet and row of a cell, to sort by."""
    row = _ROW.search(cell)
    return cell.rpartition("!")[0], int(row[0]) if row else 0
