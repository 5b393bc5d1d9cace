"""Consents as rows, one for each recipient: a withdrawal is a date, and a new consent after it is a new record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.domain.child import ChildView
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.schooling import children_of, title_of


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The newest word of the family (or of one child) about one recipient."""

    recipient: str
    label: str
    child: UUID | None
    child_name: str
    record: Record | None
    earlier: tuple[Record, ...]
    in_force: bool
    words: str

    @property
    def withdrawn(self) -> bool:
        return self.record is not None and self.record.day("withdrawn_on") is not None


def consent_rows(file: FamilyFile, choices: Choices) -> tuple[ConsentRow, ...]:
    """One row for each recipient, and below it one for each child for whom it was set apart."""
    rows: list[ConsentRow] = []
    for recipient, label in choices.choices("consent_recipients"):
        rows.append(_consent_row(file, choices, recipient, label, None))
        apart = [child for child in children_of(file, choices.today) if _consents(file, recipient, child.id)]
        rows += [_consent_row(file, choices, recipient, label, child) for child in apart]
    return tuple(rows)


def new_consent(file: FamilyFile, recipient: str, today: date) -> dict[str, Value]:
    """A consent given today, in the language of the conversation and interpreted as it is."""
    household = file.household
    interpreter = household.text("interpreter_kind")
    return {
        "recipient": recipient,
        "given_on": today,
        "language": household.get("conversation_language"),
        "interpreted": interpreter != "none" if interpreter else None,
    }


def what_follows(row: ConsentRow) -> str:
    """In plain words what a withdrawal means; empty while there is none."""
    if not row.withdrawn:
        return ""
    return _(
        "Ab diesem Tag geht nichts mehr an: {recipient}. Was schon übermittelt wurde, bleibt dort, bis die Stelle es "
        "löscht; bitte dort Bescheid geben. Eine neue Einwilligung wird eine neue Zeile."
    ).format(recipient=row.label)


def _consents(file: FamilyFile, recipient: str, person: UUID | None) -> list[Record]:
    rows = [row for row in file.all(RecordKind.CONSENT, person) if row.text("recipient") == recipient]
    return sorted(rows, key=lambda row: (row.day("given_on") or date.min, row.created_at))


def _consent_row(file: FamilyFile, choices: Choices, recipient: str, label: str, child: ChildView | None) -> ConsentRow:
    person = child.id if child else None
    found = _consents(file, recipient, person)
    newest, earlier = (found[-1], found[:-1]) if found else (None, [])
    today = choices.today
    given, withdrawn = (newest.day("given_on"), newest.day("withdrawn_on")) if newest else (None, None)
    in_force = given is not None and given <= today and (withdrawn is None or withdrawn > today)
    name = title_of(child).partition(",")[0] if child else ""
    words = _said(newest, choices, apart=child is not None)
    return ConsentRow(recipient, label, person, name, newest, tuple(earlier), in_force, words)


def _said(record: Record | None, choices: Choices, *, apart: bool) -> str:
    if record is None:
        return _("nicht gefragt")
    given, withdrawn = record.day("given_on"), record.day("withdrawn_on")
    if withdrawn is not None:
        return _("widerrufen am {day}").format(day=show_day(withdrawn))
    if given is None:
        return _("keine Einwilligung") if apart else _("nicht gefragt")
    parts = [show_day(given), choices.label("consent_forms", record.get("form"))]
    parts.append(choices.label("languages", record.get("language")))
    if record.flag("interpreted"):
        parts.append(_("mit Dolmetschen"))
    return ", ".join(part for part in parts if part)


def earlier_words(rows: Sequence[Record]) -> str:
    """Consents that a later one followed: "17.02.2026, widerrufen am 01.06.2026"."""
    said = []
    for row in rows:
        given, withdrawn = row.day("given_on"), row.day("withdrawn_on")
        if given is not None:
            end = _(", widerrufen am {day}").format(day=show_day(withdrawn)) if withdrawn else ""
            said.append(f"{show_day(given)}{end}")
    return "; ".join(said)
