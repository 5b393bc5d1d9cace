"""The papers of the children as a table: what each cell says, and what a key does to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.child import SEEN, ChildView
from desk_app.domain.dates import show_day
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.records import Record, RecordKind, Value
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices, Entries
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import children_of, title_of

MISSING = "missing"
GUARDIANS_PASSPORT = "passport_guardians"
"""The one paper that is the family's, not each child's."""

MEASLES = "measles"
"""The paper that answers for measles protection by itself; being exempt is the one answer without a paper."""

EXEMPT = "exempt"
MEDICAL = "school_medical"
"""A question about the child that has its row below the papers."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row: a kind of paper, or a question about the child (``is_paper`` false)."""

    key: str
    label: str
    is_paper: bool
    options: Entries
    for_family: bool = False


@dataclass(frozen=True, slots=True)
class PaperCell:
    """What one cell says."""

    state: str
    label: str
    note: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.label or _("offen"), self.note) if part)


class Papers:
    """The table of papers of one family; every change goes to the presenter at once."""

    def __init__(self, presenter: IntakePresenter, choices: Choices) -> None:
        self._presenter = presenter
        self._choices = choices
        states = choices.choices("document_states")
        kinds = choices.choices("document_kinds")
        papers = [
            PaperRow(key, label, True, self._options(key, states), key == GUARDIANS_PASSPORT) for key, label in kinds
        ]
        medical = _(field_of(RecordKind.PERSON, MEDICAL).label)
        self.rows: tuple[PaperRow, ...] = (*papers, PaperRow(MEDICAL, medical, False, choices.choices(MEDICAL)))

    def _options(self, kind: str, states: Entries) -> Entries:
        """Measles protection is never unnecessary, but a child may be exempt (IfSG § 20)."""
        if kind != MEASLES:
            return states
        exempt = (EXEMPT, self._choices.label(MEASLES, EXEMPT))
        return (*(entry for entry in states if entry[0] != "not_needed"), exempt)

    @property
    def children(self) -> tuple[ChildView, ...]:
        return children_of(self._presenter.file, self._choices.today)

    def headings(self) -> tuple[str, ...]:
        return tuple(title_of(child) for child in self.children)

    def missing(self) -> int:
        """How many papers are marked as missing."""
        return sum(row.text("state") == MISSING for row in self._presenter.file.records.get(RecordKind.DOCUMENT, ()))

    def cell(self, row: PaperRow, child: ChildView) -> PaperCell:
        labels = dict(row.options)
        if not row.is_paper:
            state = child.text(row.key)
            note = _dated(_("am {day}"), child.person.day("school_medical_on"))
            return PaperCell(state, labels.get(state, state), note)
        record = self.record(row, child)
        state = record.text("state") if record else ""
        if row.key == MEASLES and (answered := child.text("measles_proof")):
            return PaperCell(answered, self._choices.label(MEASLES, answered), _dates(record))
        return PaperCell(state, labels.get(state, state), _dates(record))

    def record(self, row: PaperRow, child: ChildView) -> Record | None:
        """The record behind a cell: the child's own before the family's."""
        return child.documents.get(row.key) if row.is_paper else child.person

    def set_state(self, row: PaperRow, child: ChildView, state: str | None) -> None:
        """Keep what one cell says; a paper seen is seen today, and a seen paper is not waited for any more."""
        if not row.is_paper:
            self._presenter.edit(child.person.ref, row.key, state)
            return
        record = self.record(row, child)
        if row.key == MEASLES:
            self._presenter.edit(child.person.ref, "measles_proof", EXEMPT if state == EXEMPT else None)
            state = None if state == EXEMPT else state
        if record is not None and state is None:
            self._presenter.remove(record.ref)
        elif record is not None:
            self._change(record, state)
        elif state is not None:
            seen = self._choices.today if state in SEEN else None
            values: dict[str, Value] = {"document": row.key, "state": state, "seen_on": seen}
            self._presenter.add(RecordKind.DOCUMENT, None if row.for_family else child.id, values)

    def _change(self, record: Record, state: str | None) -> None:
        self._presenter.edit(record.ref, "state", state)
        if state not in SEEN:
            self._presenter.edit(record.ref, "seen_on", None)
        elif record.get("seen_on") is None:
            self._presenter.edit(record.ref, "seen_on", self._choices.today)
        if state != MISSING:
            self._presenter.edit(record.ref, "due_on", None)

    def next_state(self, row: PaperRow, child: ChildView) -> str | None:
        """What the space bar makes of a cell: the next state, after the last one nothing again."""
        keys = [key for key, _label in row.options]
        state = self.cell(row, child).state
        following = keys.index(state) + 1 if state in keys else 0
        return keys[following] if following < len(keys) else None

    def state_for_letter(self, row: PaperRow, child: ChildView, letter: str) -> str | None:
        """The next state whose word begins with ``letter``; None where no word does."""
        keys = [key for key, label in row.options if label.casefold().startswith(letter.casefold())]
        if not keys:
            return None
        state = self.cell(row, child).state
        return keys[(keys.index(state) + 1) % len(keys)] if state in keys else keys[0]

    def date_key(self, row: PaperRow, child: ChildView) -> str:
        """Which date belongs to a cell as it stands; empty for none."""
        if not row.is_paper:
            return "school_medical_on" if child.text(row.key) else ""
        state = self.cell(row, child).state
        return "due_on" if state == MISSING else "seen_on" if state in SEEN else ""


def _dates(record: Record | None) -> str:
    if record is None:
        return ""
    if record.text("state") == MISSING:
        return _dated(_("bis {day}"), record.day("due_on"))
    return _dated(_("gesehen {day}"), record.day("seen_on"))


def _dated(words: str, day: date | None) -> str:
    return words.format(day=show_day(day)) if day else ""


def count_words(missing: int) -> str:
    return ngettext("{n} fehlt", "{n} fehlen", missing).format(n=missing) if missing else ""
