"""The card about changes of school in the file of a family: what was advised, and which child is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from desk_app.casework import wording
from desk_app.casework.transitions import Overview, TransitionLine
from desk_app.i18n import _


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """One line. ``due`` is for a child that is to be advised and has no record yet."""

    line: TransitionLine
    title: str
    about: str
    due: bool

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.about) if part)


@dataclass(frozen=True, slots=True)
class TransitionSheet:
    """``refusal`` is why the one at the desk may not advise; ``schools`` are number and name of those to choose."""

    rows: tuple[TransitionRow, ...] = ()
    refusal: str = ""
    schools: tuple[tuple[str, str], ...] = ()


def transition_sheet(
    found: Overview, names: Mapping[UUID, str], schools: Mapping[str, str], refusal: str
) -> TransitionSheet:
    """What the card says: children that are due first, then the records, the latest first."""
    due = (_due_row(line, names.get(line.child, line.name)) for line in found.due)
    kept = (_row(line, names.get(line.child, ""), schools) for line in found.records)
    return TransitionSheet((*due, *kept), refusal, tuple(schools.items()))


def _due_row(line: TransitionLine, name: str) -> TransitionRow:
    title = f"{name}: {wording.label('transition_kinds', line.text('kind'))}"
    return TransitionRow(line, title, _("Klasse {grade}, noch ohne Beratung").format(grade=line.grade), True)


def _row(line: TransitionLine, name: str, schools: Mapping[str, str]) -> TransitionRow:
    kind = wording.label("transition_kinds", line.text("kind")) or _("Schullaufbahnberatung")
    year = line.text("school_year")
    title = f"{name}: {kind}" if name else kind
    return TransitionRow(line, title, " · ".join(part for part in (year, _stands(line, schools)) if part), False)


def _stands(line: TransitionLine, schools: Mapping[str, str]) -> str:
    """How far it is: what came of it, else what is wished, else what was advised."""
    outcome = wording.label("transition_outcomes", line.text("outcome"))
    school = line.text("outcome_school") if outcome else line.text("wished_school")
    named = schools.get(school, school)
    if outcome:
        return ", ".join(part for part in (outcome, named) if part)
    if named:
        return _("Wunsch: {school}").format(school=named)
    form = wording.label("school_forms", line.text("recommended_form"))
    return _("Empfehlung: {form}").format(form=form) if form else _("Ergebnis offen")
