"""Bringing in a desk's old lists: read, compare with the store, and take over in one deed that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import audit, bring_in_match, deeds, families
from desk_app.casework.bring_in_plan import FamilyPlan, Preview, State, against
from desk_app.casework.bring_in_protocol import Became, Fate, left_fate
from desk_app.casework.bring_in_write import Writer
from desk_app.casework.desk import Work
from desk_app.documents import old_lists, reading_process
from desk_app.domain.clock import local_day
from desk_app.domain.dates import Precision, show_day
from desk_app.domain.list_reading import ListFamily, Reading
from desk_app.domain.list_reading_sheet import Book
from desk_app.domain.names import loose_form
from desk_app.domain.records import FamilyFile
from desk_app.i18n import _, ngettext
from desk_app.storage import journal
from desk_app.storage.tables import AuditEntry

Progress = Callable[[int, int], None]
"""Told how many families are done and how many there are; raises a WorldError to stop, and nothing is kept then."""

DEED = "list.read_in"
_BATCH = 400


class Choice(StrEnum):
    """What somebody decided about a family of the list."""

    NEW = "new"
    SAME = "same"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Decision:
    """``household`` is whom SAME means; ``taken`` are the keys of conflicts in which the list's answer holds."""

    choice: Choice
    household: UUID | None = None
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was taken over. ``deed`` takes it back; None where nothing was to do."""

    new: int
    changed: int
    persons: int
    left: int
    words: str
    deed: UUID | None
    became: Mapping[int, Became]
    """What became of each family, by its place in the list."""


Reader = old_lists.Reader
"""Reads one file; it can be prepared while somebody is still choosing which."""


def read(path: Path, progress: reading_process.Progress | None = None, reader: Reader | None = None) -> Book:
    """The sheets of a file. Raises StrangeTable, and whatever ``progress`` raises."""
    reader = reader or Reader()
    try:
        return reader.read(old_lists.content_of(path), progress)
    finally:
        reader.end()


def preview(work: Work, reading: Reading, book: Book, progress: Progress | None = None) -> Preview:
    """What bringing the list in would do, family by family. Nothing is written."""
    work.require(DEED)
    known = bring_in_match.register(work)
    twins = _twins(reading.families)
    matches = [known.match(family) for family in reading.families]
    files = _files(work, [match.household for match in matches if match.household is not None])
    plans = []
    for place, (family, match) in enumerate(zip(reading.families, matches, strict=True)):
        if progress is not None and place % _BATCH == 0:
            progress(place, len(matches))
        file = files.get(match.household) if match.household is not None else None
        plans.append(
            FamilyPlan(
                place,
                family,
                file.household.id if file is not None else None,
                file.household.text("file_number") if file is not None else "",
                match.possible,
                against(file, family) if file is not None else None,
                twins.get(place, ""),
            )
        )
    return Preview(tuple(plans), book.sha256, book.row_count, _brought_in_before(work, book.sha256))


def compare(work: Work, plan: FamilyPlan, household: UUID) -> FamilyPlan:
    """The plan for a family once somebody said which household it is."""
    file = families.load(work, household)
    number = file.household.text("file_number")
    return FamilyPlan(plan.place, plan.family, household, number, (), against(file, plan.family), plan.twin)


def preset(plan: FamilyPlan) -> Decision | None:
    """What is done with a family unless somebody decides; None where somebody has to."""
    if plan.twin or plan.state is State.SAME:
        return Decision(Choice.LEAVE)
    if plan.household is not None:
        return Decision(Choice.SAME, plan.household)
    return None if plan.possible else Decision(Choice.NEW)


def take_over(
    work: Work,
    found: Preview,
    decisions: Mapping[int, Decision],
    *,
    wanted: bool = False,
    told: tuple[Progress, Progress] | None = None,
) -> Outcome:
    """Take the families over as decided; those nobody decided about stay out.

    ``wanted`` says whether the children of new files still look for a school place. Existing answers are only
    exchanged where a decision says so. Everything is one deed, which can be taken back. ``told`` first how much is
    written, then how much of it is kept; either can stop it, until the very commit.
    """
    decided = [(plan, decisions.get(plan.place) or preset(plan)) for plan in found.plans]
    new = [plan for plan, decision in decided if decision is not None and decision.choice is Choice.NEW]
    same = [(plan, decision) for plan, decision in decided
            if decision is not None and decision.choice is Choice.SAME and decision.household is not None]  # fmt: skip
    left = len(decided) - len(new) - len(same)
    became = {plan.place: left_fate(plan, decided=decision is not None) for plan, decision in decided}
    progress, keeping = told or (None, None)
    source = _("Aus einer alten Liste geholt am {day} ({{cell}})").format(day=show_day(work.today))
    with deeds.recorded(work, DEED, "") as deed:
        writer = Writer(work, source, wanted=wanted)
        total, done = len(new) + len(same), 0
        for batch in _batches(new):
            _tell(progress, done, total)
            numbers = writer.add([plan.family for plan in batch])
            became |= {plan.place: Became(Fate.NEW, file) for plan, file in zip(batch, numbers, strict=True)}
            done += len(batch)
        changed = 0
        files = _files(work, [decision.household for _plan, decision in same if decision.household is not None])
        for plan, decision in same:
            _tell(progress, done, total)
            assert decision.household is not None
            file = files[decision.household]
            compared = against(file, plan.family)
            became[plan.place] = Became(Fate.SAME, file.household.text("file_number"))
            if compared.adds or compared.shown:
                writer.fill(file, plan.family, compared, decision.taken)
                became[plan.place] = replace(became[plan.place], fate=Fate.ADDED)
                changed += 1
            done += 1
        writer.finish()
        if keeping is not None:
            _tell_while_kept(work, deed, keeping, total)
        persons = sum(len(plan.family.persons) for plan in new)
        deed.words = _result_words(len(new), persons, changed)
    work.note(DEED, "list", None, audit.of_file(found.sha256, found.rows))
    line = deeds.newest(work)
    kept = deed.id if line is not None and line.id == deed.id else None
    return Outcome(len(new), changed, persons, left, deed.words, kept, became)


def _files(work: Work, households: Iterable[UUID]) -> dict[UUID, FamilyFile]:
    return {file.household.id: file for file in families.load_many(work, list(dict.fromkeys(households)))}


def _batches(plans: Sequence[FamilyPlan]) -> Iterable[Sequence[FamilyPlan]]:
    return (plans[first : first + _BATCH] for first in range(0, len(plans), _BATCH))


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _tell_while_kept(work: Work, deed: deeds.Recorded, keeping: Progress, total: int) -> None:
    """The first half is what taking back needs, the second the journal, which is written within the commit."""
    info = work.session.connection().info
    deed.told = lambda kept: keeping(min(kept, total) // 2, total)
    info[journal.TOLD] = lambda done: keeping(int(total * (1 + done) / 2), total)
    work.if_lost.append(lambda: info.pop(journal.TOLD, None))


def _result_words(new: int, persons: int, changed: int) -> str:
    """ "Alte Liste: 37 Familien mit 112 Personen neu, 4 ergänzt"."""
    made = ngettext("{n} Familie", "{n} Familien", new).format(n=new)
    people = ngettext("{n} Person", "{n} Personen", persons).format(n=persons)
    return _("Alte Liste: {made} mit {people} neu, {changed} ergänzt").format(made=made, people=people, changed=changed)


def _twins(listed: Sequence[ListFamily]) -> dict[int, str]:
    """Families with a child that stands in the list before, by place: the same names and the same birth date."""
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    twins: dict[int, str] = {}
    for place, family in enumerate(listed):
        for person in family.persons:
            if person.birth is None or person.birth.precision is not Precision.DAY or not person.name:
                continue
            key = (loose_form(person.name), person.birth.to_text())
            before = seen.setdefault(key, (place, family.cell))
            if before[0] != place:
                twins.setdefault(place, before[1])
    return twins


def _brought_in_before(work: Work, sha256: str) -> str:
    query = select(AuditEntry.at, AuditEntry.fields).where(AuditEntry.deed == DEED).order_by(AuditEntry.sequence.desc())
    for at, fields in work.session.execute(query):
        if f"sha256:{sha256}" in fields:
            return show_day(local_day(at))
    return ""
