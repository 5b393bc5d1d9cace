"""Lists that come back in tests: as they were sent, with cells to fill or spoil. All people are invented."""

from __future__ import annotations

import io
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from builders import StoredFamily, store_family
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sending import opened

from desk_app.casework import answer_columns, exports, schools
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Wanted
from desk_app.documents.protecting import protect_xlsx
from desk_app.domain.schools import School

ASSIGNED = {"answer_state": "zugewiesen", "school": "Musterschule (990001)", "class_name": "5b",
            "starts_on": date(2026, 12, 1), "answer_support": "Deutschförderklasse"}  # fmt: skip


SCHOOLS = {"990001": "Musterschule", "990002": "Gesamtschule Beispielstadt", "990003": "Luisenschule"}
CHILDREN = {"Abel": "Karim", "Brandt": "Lina", "Celik": "Mina", "Demir": "Nuri"}


class Returned:
    """A list as it was sent, with cells to change by request number and key, and the file it becomes."""

    def __init__(self, desk: Desk, path: Path, passphrase: str | None, families: list[StoredFamily]) -> None:
        self.desk, self.path, self.passphrase, self.families = desk, path, passphrase, families
        self.book: Workbook = opened(path, passphrase)

    def come_back_to(self, desk: Desk, folder: Path) -> Returned:
        """The same list in another folder, for a desk over a copy of the store it was sent from."""
        return Returned(desk, Path(shutil.copy(self.path, folder)), self.passphrase, self.families)

    def again(self) -> None:
        """The list as it was sent."""
        self.book = opened(self.path, self.passphrase)

    @property
    def sheet(self) -> Worksheet:
        return self.book.worksheets[0]

    @property
    def keys(self) -> dict[str, int]:
        for row in self.sheet.iter_rows():
            if any(cell.value == answer_columns.REQUEST for cell in row):
                return {cell.value: cell.column for cell in row if cell.value}
        raise AssertionError

    @property
    def first_row(self) -> int:
        return next(row[0].row for row in self.sheet.iter_rows() if str(row[1].value).startswith("SP-"))

    def row_of(self, child: int) -> int:
        column = self.keys["number"]
        number = f"SP-2026-{child:04d}"
        return next(row for row in range(1, self.sheet.max_row + 1) if self.sheet.cell(row, column).value == number)

    def fill(self, child: int, **cells: Any) -> None:
        row = self.row_of(child)
        for key, value in cells.items():
            self.sheet.cell(row, self.keys[key]).value = value

    def save(self, name: str = "", passphrase: str | None = None) -> Path:
        target = self.path.with_name(name or f"zurück-{self.path.name}")
        out = io.BytesIO()
        self.book.save(out)
        target.write_bytes(protect_xlsx(out.getvalue(), passphrase) if passphrase else out.getvalue())
        return target


def a_sent_list(desk: Desk, folder: Path, children: dict[str, str] | None = None) -> Returned:
    """Children by family name, sent to the Schulamt in one list."""
    for number, name in SCHOOLS.items():
        desk.do(partial(schools.save, school=School(number, name)))
    names = (children or CHILDREN).items()
    made = [desk.do(partial(store_family, family_name=name, given_name=given))[0] for name, given in names]
    wanted = Wanted([family.request for family in made], folder, pdf=False, cover=False)
    (shipment,) = desk.do(lambda work: exports.export_requests(work, wanted))[0].shipments
    return Returned(desk, shipment.files[0], shipment.passphrase, made)
