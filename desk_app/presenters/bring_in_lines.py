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


@dataclass(frozen=True)
class PlanLine:
    """``paragraphs`` say everything about the family: a heading and its lines."""

    place: int
    state: State
    name: str
    people: str
    cell: str
    decision: str
    decided: bool
    look: int
    """How many things there are to look at."""
    possible: tuple[Possible, ...]
    conflicts: tuple[Conflict, ...]
    taken: frozenset[str]
    is_same: bool
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def looks(self) -> str:
        return ngettext("{n} Hinweis", "{n} Hinweise", self.look).format(n=self.look) if self.look else ""

    @property
    def spoken(self) -> str:
        parts = (self.name, self.state.label, self.people, self.decision, self.looks, self.cell)
        return ", ".join(part for part in parts if part)


def line_of(plan: FamilyPlan, decision: Decision | None, own: Decision | None) -> PlanLine:
    """The line of a family. ``own`` is what somebody decided, ``decision`` that or what is done by itself."""
    family = plan.family
    conflicts = plan.against.shown if plan.against else ()
    return PlanLine(
        place=plan.place,
        state=plan.state,
        name=family.name or _("ohne Namen"),
        people=ngettext("{n} Person", "{n} Personen", len(family.persons)).format(n=len(family.persons)),
        cell=family.cell,
        decision=_decision_words(plan, decision),
        decided=own is not None,
        look=len(family.problems) + bool(plan.twin),
        possible=plan.possible,
        conflicts=conflicts,
        taken=decision.taken if decision else frozenset(),
        is_same=decision is not None and decision.choice is Choice.SAME,
        paragraphs=tuple(_paragraphs(plan)),
    )


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
