"""One family of an old list as a line of the preview and as the text beside it."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.casework.bring_in import Choice, Decision
from desk_app.casework.bring_in_match import Possible
from desk_app.casework.bring_in_plan import Conflict, FamilyPlan, State, show, values_of
from desk_app.domain.code_lists import code_list
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.records import RecordKind
from desk_app.i18n import N_, _, ngettext

_CHOICES = {
    Choice.NEW: N_("als neue Familie"),
    Choice.SAME: N_("zu Akte {number}"),
    Choice.LEAVE: N_("bleibt draußen"),
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A family as the table shows it; what stands beside it is only put into words for the current one.

    ``decision`` is what is done with it and ``decided`` whether somebody said so; not ``compared``, it is only known
    what the list says.
    """

    plan: FamilyPlan
    done: Decision | None
    decided: bool
    compared: bool = True

    @property
    def place(self) -> int:
        return self.plan.place

    @property
    def state(self) -> State | None:
        return self.plan.state if self.compared else None

    @property
    def state_words(self) -> str:
        return self.plan.state.label if self.compared else ""

    @property
    def name(self) -> str:
        return self.plan.family.name or _("ohne Namen")

    @property
    def people(self) -> str:
        count = len(self.plan.family.persons)
        return ngettext("{n} Person", "{n} Personen", count).format(n=count)

    @property
    def cell(self) -> str:
        return self.plan.family.cell

    @property
    def decision(self) -> str:
        return _decision_words(self.plan, self.done) if self.compared else _("wird verglichen")

    @property
    def possible(self) -> tuple[Possible, ...]:
        return self.plan.possible

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.plan.against.shown if self.plan.against else ()

    @property
    def taken(self) -> frozenset[str]:
        """Keys of the conflicts in which the list's answer holds."""
        return self.done.taken if self.done else frozenset()

    @property
    def is_same(self) -> bool:
        return self.done is not None and self.done.choice is Choice.SAME

    @property
    def looks(self) -> str:
        """How many things there are to look at."""
        count = len(self.plan.family.problems) + bool(self.plan.twin)
        return ngettext("{n} Hinweis", "{n} Hinweise", count).format(n=count) if count else ""

    @property
    def spoken(self) -> str:
        parts = (self.name, self.state_words, self.people, self.decision, self.looks, self.cell)
        return ", ".join(part for part in parts if part)

    @property
    def paragraphs(self) -> list[tuple[str, tuple[str, ...]]]:
        """Everything about the family: headings and their lines."""
        return _paragraphs(self.plan)


def possible_words(one: Possible) -> str:
    """ "Lina Haddad, geb. 03.04.2015, Akte 2026-0012: gleicher Name, gleiches Geburtsdatum"."""
    born = _("geb. {date}").format(date=one.birth.show()) if one.birth else ""
    who = ", ".join(part for part in (one.name, born, _("Akte {number}").format(number=one.file_number)) if part)
    return f"{who}: {', '.join(reason.show() for reason in one.reasons)}"


def conflict_words(one: Conflict) -> str:
    """ "Lina Haddad, Telefon: bei uns 0208 1, in der Liste 0208 2 (Liste!D4)"."""
    words = _("{whose}, {label}: bei uns {ours}, in der Liste {theirs} ({cell})")
    return words.format(whose=one.whose, label=one.label, ours=one.ours, theirs=one.theirs, cell=one.cell)


def _decision_words(plan: FamilyPlan, decision: Decision | None) -> str:
    if decision is None:
        return _("bitte entscheiden")
    if plan.state is State.SAME and decision.choice is Choice.LEAVE:
        return _("schon so eingetragen")
    return _(_CHOICES[decision.choice]).format(number=plan.file_number)


def _paragraphs(plan: FamilyPlan) -> list[tuple[str, tuple[str, ...]]]:
    family = plan.family
    found: list[tuple[str, tuple[str, ...]]] = []
    problems = [problem.show() for problem in family.problems]
    if plan.twin:
        problems.insert(0, _("Ein Kind steht schon in {cell}.").format(cell=plan.twin))
    if problems:
        found.append((_("Bitte ansehen"), tuple(problems)))
    for person in family.persons:
        role = code_list("roles").label(person.role) if person.role else _("erwachsene Person")
        lines = [
            _line(RecordKind.PERSON, key, value.value, value.cell)
            for key, value in values_of(person).items()
            if key not in ("given_name", "family_name", "role")
        ]
        lines += [_line(RecordKind.LANGUAGE, "language", value.value, value.cell) for value in person.languages]
        found.append((f"{person.name} ({role})", tuple(lines)))
    common = [_line(RecordKind.HOUSEHOLD, key, value.value, value.cell) for key, value in family.household.items()]
    common += [_line(RecordKind.ADDRESS, key, value.value, value.cell) for key, value in family.address.items()]
    common += [_line(RecordKind.LANGUAGE, "language", value.value, value.cell) for value in family.languages]
    if common:
        found.append((_("Familie"), tuple(common)))
    if family.notes:
        found.append((_("In die Notiz"), tuple(family.notes)))
    return found


def _line(kind: RecordKind, key: str, value: object, cell: str) -> str:
    return f"{_(field_of(kind, key).label)}: {show(kind, key, value)}  ·  {cell}"  # type: ignore[arg-type]  # a value of the catalogue
