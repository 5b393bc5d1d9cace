"""Sending out in tests: a second person who agrees to unlocked files, and reading back what left."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import builders
import pypdfium2
from openpyxl import Workbook, load_workbook

from desk_app.casework import answer_columns, intake, placement_deeds, placements, users
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import ShipmentResult
from desk_app.casework.placement_events import StepFacts
from desk_app.documents.protecting import open_xlsx
from desk_app.domain.records import RecordKind, Ref, Value
from desk_app.domain.roles import Role

SECOND = "Tulpe Kante Ofenrohr 31"
"""Of the person who agrees to unlocked files."""
A_SCHOOL, ANOTHER_SCHOOL = "103780", "103809"
"""Numbers of schools that come with the program."""


def second_person(desk: Desk, name: str = "Zweite Person", role: Role = Role.COUNSEL) -> tuple[UUID, str]:
    """Somebody else at the desk with a passphrase of their own; made once."""
    known = [slot.id for slot in desk.vault.people if slot.name == name]
    if known:
        return known[0], SECOND
    person = desk.vault.add_user(name, SECOND)
    desk.do(lambda work: users.add(work, person, name, role))
    return person, SECOND


def place(work: Work, request: UUID, school: str = A_SCHOOL, state: str = placements.ASSIGNED) -> None:
    placement_deeds.step(work, [request], state, StepFacts(school=school, starts_on=date(2026, 12, 1)))


def placed(work: Work, name: str = "Haddad", *, consent: bool = True, **child: Value) -> builders.StoredFamily:
    """A family whose child has a place, and which agreed that the school may know of it."""
    family = builders.store_family(work, name, **child)
    if consent:
        values: dict[str, Value] = {"recipient": "school", "given_on": date(2026, 11, 17)}
        intake.add(work, RecordKind.CONSENT, uuid4(), family.household, values=values)
    place(work, family.request)
    return family


def set_value(desk: Desk, kind: RecordKind, record: UUID, key: str, value: Value) -> None:
    desk.do(lambda work: intake.set_value(work, Ref(kind, record), key, value))


def pdf_text(pdf: Path | bytes, passphrase: str | None = None) -> str:
    """The words of all pages with single spaces between."""
    with pypdfium2.PdfDocument(pdf, password=passphrase) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def opened(path: Path, passphrase: str | None = None) -> Workbook:
    return load_workbook(io.BytesIO(open_xlsx(path.read_bytes(), passphrase or "")))


def answer_rows(book: Workbook) -> list[dict[str, Any]]:
    """The rows of the form by the keys of its columns."""
    rows = list(book[answer_columns.SHEET].iter_rows(values_only=True))
    keys = next(place for place, row in enumerate(rows) if answer_columns.REQUEST in row)
    return [dict(zip(rows[keys], row, strict=True)) for row in rows[keys + 2 :]]


def file_of(shipment: ShipmentResult, ending: str) -> Path:
    (found,) = (path for path in shipment.files if path.name.endswith(ending))
    return found
