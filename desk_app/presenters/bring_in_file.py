"""The old list that is being looked at: what it says, what would become of it, and what somebody decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from desk_app.casework import bring_in, bring_in_protocol
from desk_app.casework.bring_in import Choice, Decision, Outcome
from desk_app.casework.bring_in_plan import FamilyPlan, Preview, State
from desk_app.domain.list_reading import Reading
from desk_app.domain.list_reading_layout import Layout
from desk_app.domain.list_reading_sheet import Book, Sheet
from desk_app.domain.lists import Listing
from desk_app.i18n import _, ngettext
from desk_app.presenters.bring_in_lines import PlanLine


@dataclass
class OpenList:
    """``reading`` without ``preview`` is the beginning of the list, as long as the rest is being compared."""

    book: Book
    sheet: int
    layout: Layout
    recalled: bool = False
    reading: Reading | None = None
    preview: Preview | None = None
    decisions: dict[int, Decision] = field(default_factory=dict)

    @property
    def open_sheet(self) -> Sheet:
        return self.book.sheets[self.sheet]

    @property
    def plans(self) -> tuple[FamilyPlan, ...]:
        """The families as compared with the store; none before that."""
        return self.preview.plans if self.preview else ()

    def show(self, reading: Reading | None, preview: Preview | None) -> None:
        """Look at this from now on; nothing is decided yet."""
        self.reading, self.preview, self.decisions = reading, preview, {}

    def decision(self, plan: FamilyPlan) -> Decision | None:
        """What is done with a family: what somebody decided, or what follows by itself."""
        return self.decisions.get(plan.place) or bring_in.preset(plan)

    def decide(self, plan: FamilyPlan, household: UUID) -> None:
        """Take a family for a household, as ``plan`` compares the two."""
        assert self.preview is not None
        plans = tuple(plan if each.place == plan.place else each for each in self.preview.plans)
        self.preview = replace(self.preview, plans=plans)
        self.decisions[plan.place] = Decision(Choice.SAME, household)

    @property
    def taken(self) -> list[FamilyPlan]:
        """The families that would be taken over."""
        return [plan for plan in self.plans if _takes(self.decision(plan))]

    @property
    def undecided(self) -> int:
        return sum(self.decision(plan) is None for plan in self.plans)

    def count(self, state: State | None) -> int:
        """Families of one state, of any for None; with those that cannot be read, the rows nobody can be made of."""
        found = len(self.plans) if state is None else sum(plan.state is state for plan in self.plans)
        if state is State.ERROR and self.reading:
            found += sum(not item.harmless for item in self.reading.left_out)
        return found

    def lines(self, state: State | None) -> tuple[PlanLine, ...]:
        """The families of one state, of any for None; those at the beginning while they are not compared yet."""
        if self.preview is None:
            families = self.reading.families if self.reading else ()
            return tuple(PlanLine(FamilyPlan(place, family), None, decided=False, compared=False)
                         for place, family in enumerate(families))  # fmt: skip
        return tuple(PlanLine(plan, self.decision(plan), decided=plan.place in self.decisions)
                     for plan in self.plans if state in (None, plan.state))  # fmt: skip

    def notice(self, state: State | None) -> str:
        """What is to be said above the families of one state."""
        before = self.preview.before if self.preview else ""
        said = [_("Diese Datei wurde schon geholt am {day}.").format(day=before)] if before else []
        left_out = self.reading.left_out if self.reading and state in (None, State.ERROR) else ()
        return "\n".join([*said, *(item.show() for item in left_out)])

    def protocol(self, outcome: Outcome, at: datetime) -> Listing:
        """What became of each row."""
        assert self.reading is not None
        return bring_in_protocol.listing(self.plans, self.reading, outcome.became, outcome.words, at)


def take_words(plans: Sequence[FamilyPlan]) -> str:
    """ "Übernehmen (37 Familien, 112 Personen)"."""
    people = sum(len(plan.family.persons) for plan in plans)
    families = ngettext("{n} Familie", "{n} Familien", len(plans)).format(n=len(plans))
    persons = ngettext("{n} Person", "{n} Personen", people).format(n=people)
    return _("Übernehmen ({families}, {persons})").format(families=families, persons=persons)


def outcome_words(outcome: Outcome) -> str:
    """What was done, and how much stays out."""
    words = f"{outcome.words}."
    if outcome.deed is None:
        words = _("Es war schon alles so eingetragen; geändert wurde nichts.")
    if outcome.left:
        stay = ngettext("{n} Familie blieb draußen.", "{n} Familien blieben draußen.", outcome.left)
        words = f"{words} {stay.format(n=outcome.left)}"
    return words


def _takes(decision: Decision | None) -> bool:
    return decision is not None and decision.choice is not Choice.LEAVE
