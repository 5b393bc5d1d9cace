"""Consents as rows, one for each recipient: a withdrawal is a date, and a new consent after it is a new record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.domain.child import ChildView, in_force
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind, Value
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
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


def newest(file: FamilyFile, recipient: str, person: UUID | None) -> Record | None:
    """The newest word of the family, or of one child, about one recipient."""
    found = _consents(file, recipient, person)
    return found[-1] if found else None


def form_for_letter(choices: Choices, letter: str) -> str | None:
    """The form whose word begins with ``letter``: M mündlich, S schriftlich."""
    found = (key for key, label in choices.choices("consent_forms") if label.casefold().startswith(letter.casefold()))
    return next(found, None)


def give_today(presenter: IntakePresenter, choices: Choices, row: ConsentRow) -> None:
    """Consent given today: a row without a day gets it; after a withdrawal it is a new record."""
    today = choices.today
    if row.record is not None and row.record.day("given_on") is None:
        presenter.edit(row.record.ref, "given_on", today)
    elif row.record is None or row.withdrawn:
        presenter.add(RecordKind.CONSENT, row.child, new_consent(presenter.file, row.recipient, today))


def take_back(presenter: IntakePresenter, choices: Choices, row: ConsentRow) -> bool:
    """Undo a tick made by mistake: only a consent written down today; an older one is withdrawn with a date."""
    record = row.record
    if record is None or row.withdrawn or local_day(record.created_at) != choices.today:
        return False
    presenter.remove(record.ref)
    return True


def set_apart(presenter: IntakePresenter, row: ConsentRow, child: UUID) -> None:
    """From now on this child has its own answer; until it is given there is none."""
    presenter.add(RecordKind.CONSENT, child, {"recipient": row.recipient})


def join_again(presenter: IntakePresenter, row: ConsentRow) -> None:
    """The family's answer holds for this child again. Only an answer that was never given can go without a trace."""
    for record in (*row.earlier, row.record):
        if record is not None and record.day("given_on") is None:
            presenter.remove(record.ref)


def may_join_again(row: ConsentRow) -> bool:
    records = [record for record in (*row.earlier, row.record) if record is not None]
    return row.child is not None and all(record.day("given_on") is None for record in records)


def children_to_set_apart(file: FamilyFile, choices: Choices, recipient: str) -> tuple[ChildView, ...]:
    """The children for whom the family's answer holds; empty where there is only one child."""
    children = children_of(file, choices.today)
    if len(children) < 2:
        return ()
    return tuple(child for child in children if not _consents(file, recipient, child.id))


def what_follows(row: ConsentRow) -> str:
    """In plain words what a withdrawal means; empty while there is none."""
    if not row.withdrawn:
        return ""
    return _(
        "Ab diesem Tag geht nichts mehr an: {recipient}. Was schon übermittelt wurde, bleibt dort, bis die Stelle es "
        "löscht; bitte dort Bescheid geben. Eine neue Einwilligung wird eine neue Zeile."
    ).format(recipient=row.label)


def _consents(file: FamilyFile, recipient: str, person: UUID | None) -> list[Record]:
    # a consent on one offer belongs to the referral to it
    about_all = [row for row in file.all(RecordKind.CONSENT, person) if row.get("offer_id") is None]
    rows = [row for row in about_all if row.text("recipient") == recipient]
    return sorted(rows, key=lambda row: (row.day("given_on") or date.min, row.created_at))


def _consent_row(file: FamilyFile, choices: Choices, recipient: str, label: str, child: ChildView | None) -> ConsentRow:
    person = child.id if child else None
    found = _consents(file, recipient, person)
    newest, earlier = (found[-1], found[:-1]) if found else (None, [])
    holds = newest is not None and in_force(newest, choices.today)
    name = title_of(child).partition(",")[0] if child else ""
    words = _said(newest, choices, apart=child is not None)
    return ConsentRow(recipient, label, person, name, newest, tuple(earlier), holds, words)


def _said(record: Record | None, choices: Choices, *, apart: bool) -> str:
    if record is None:
        return _("nicht gefragt")
    given, withdrawn = record.day("given_on"), record.day("withdrawn_on")
    if withdrawn is not None:
        return _("widerrufen am {day}").format(day=show_day(withdrawn))
    if given is None:
        return _("keine Einwilligung") if apart else _("nicht gefragt")
    parts = [show_day(given), choices.label("consent_forms", record.get("form")) or _("Form offen")]
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
