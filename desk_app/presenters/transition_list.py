"""All changes of school that are advised on, and the children nobody advises yet, as a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from desk_app.casework import schools, transitions, wording
from desk_app.casework.desk import Work
from desk_app.casework.transitions import Overview, TransitionLine
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Kind, Narrowing, Trail
from desk_app.domain.transitions import next_school_year, this_school_year
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.runner import Runner

COMING, DUE, CHANGED, EVERYTHING = "coming", "due", "changed", "everything"
LISTS: Final = (
    (COMING, N_("Zum nächsten Schuljahr")),
    (DUE, N_("Noch ohne Beratung")),
    (CHANGED, N_("In diesem Schuljahr gewechselt")),
    (EVERYTHING, N_("Alle")),
)
"""What can be shown: key and name, in order."""

COLUMNS: Final = (
    Column("name", N_("Kind"), Kind.STRONG, 20),
    Column("grade", N_("Klasse"), Kind.CODE, 6),
    Column("kind", N_("Übergang"), width=26),
    Column("talked_on", N_("Gespräch"), Kind.DATE, 11),
    Column("recommended_form", N_("Unsere Empfehlung"), width=17),
    Column("school_recommends", N_("Empfehlung der Schule"), width=17),
    Column("outcome", N_("Ergebnis"), width=26),
    Column("school_year", N_("Schuljahr"), Kind.CODE, 9, extra=True),
    Column("file_number", N_("Aktenzeichen"), Kind.CODE, 13, extra=True),
    Column("from_school", N_("Bisherige Schule"), width=26, extra=True),
    Column("wished_school", N_("Wunschschule"), width=26, extra=True),
    Column("outcome_school", N_("Neue Schule"), width=26, extra=True),
    Column("outcome_on", N_("Ergebnis am"), Kind.DATE, 11, extra=True),
    Column("recommendation", N_("Empfehlung in Worten"), width=40, extra=True),
)
SPEC: Final = ListSpec("transitions", N_("Schullaufbahnberatung"), COLUMNS, filtered=False)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One child's change of school in words. ``due`` is without a record."""

    household: UUID
    child: UUID
    due: bool
    name: str
    grade: str
    kind: str
    school_year: str
    talked_on: date | None
    recommended_form: str
    school_recommends: str
    outcome: str
    file_number: str
    from_school: str
    wished_school: str
    outcome_school: str
    outcome_on: date | None
    recommendation: str

    @property
    def spoken(self) -> str:
        """The whole row as it is read aloud."""
        grade = _("Klasse {grade}").format(grade=self.grade) if self.grade else ""
        parts = (self.name, grade, self.kind, self.recommended_form, self.outcome)
        return ", ".join(part for part in parts if part)


class TransitionListView(Protocol):
    def show_rows(self) -> None: ...

    def show_failed(self, message: str) -> None: ...


class TransitionListPresenter:
    """Reads everything once and shows the list that was chosen."""

    def __init__(self, view: TransitionListView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._found = Overview()
        self._schools: Mapping[str, str] = {}
        self.shown = COMING
        self.shown_rows: tuple[ListRow, ...] = ()

    @property
    def narrowing(self) -> Narrowing:
        """Which list is shown, in words: this list has views of its own instead of filters."""
        return Narrowing(_(dict(LISTS)[self.shown]))

    def narrow(self, narrowing: Narrowing) -> None:
        """Nothing: the views are chosen by their chips."""

    @property
    def everybody(self) -> int:
        return len(self.shown_rows)

    @property
    def due(self) -> int:
        """How many children are in a class from which one changes, without anybody advising them."""
        return len(self._found.due)

    def trail(self, household: UUID) -> Trail | None:
        """The families of the rows shown, to go on from one to the next."""
        return Trail.at([row.household for row in self.shown_rows], household)

    def refresh(self) -> None:
        """Read everything again."""

        def read(work: Work) -> tuple[Overview, Mapping[str, str]]:
            return transitions.overview(work), schools.names(work)

        def arrived(found: tuple[Overview, Mapping[str, str]]) -> None:
            self._found, self._schools = found
            self.show(self.shown)

        self._runner.run(read, arrived, self._failed)

    def show(self, shown: str) -> None:
        """Show one of ``LISTS``."""
        self.shown = shown
        self.shown_rows = tuple(_row(line, self._schools) for line in self._chosen())
        self._view.show_rows()

    def _chosen(self) -> tuple[TransitionLine, ...]:
        if self.shown == DUE:
            return self._found.due
        lines = sorted(self._found.records, key=lambda line: (line.text("kind"), line.name))
        if self.shown == EVERYTHING:
            return tuple(lines)
        today = local_day(self._clock())
        year = next_school_year(today) if self.shown == COMING else this_school_year(today)
        return tuple(line for line in lines if line.text("school_year") == year)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _row(line: TransitionLine, known: Mapping[str, str]) -> ListRow:
    def school(key: str) -> str:
        return known.get(line.text(key), line.text(key))

    outcome = wording.label("transition_outcomes", line.text("outcome"))
    return ListRow(
        household=line.household,
        child=line.child,
        due=line.id is None,
        name=line.name,
        grade=str(line.grade or ""),
        kind=wording.label("transition_kinds", line.text("kind")),
        school_year=line.text("school_year"),
        talked_on=line.day("talked_on"),
        recommended_form=wording.label("school_forms", line.text("recommended_form")),
        school_recommends=wording.label("school_forms", line.text("school_recommends")),
        outcome=outcome or (_("noch ohne Beratung") if line.id is None else _("offen")),
        file_number=line.file_number,
        from_school=school("from_school"),
        wished_school=school("wished_school"),
        outcome_school=school("outcome_school"),
        outcome_on=line.day("outcome_on"),
        recommendation=line.text("recommendation"),
    )
