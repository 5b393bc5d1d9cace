"""What of an old list is somebody's, whatever its columns are called."""

from __future__ import annotations

from datetime import date

from desk_app.domain.covering import covering
from desk_app.domain.list_reading_layout import guess
from desk_app.domain.list_reading_personal import personal_of
from desk_app.domain.list_reading_sheet import Cell, Sheet, SheetRow

ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Name", "Vorname", "Geb.", "Straße", "Telefon", "Sprache", "Betreuung"),
    ("Kröger", "Wilhelmine", date(2016, 5, 5), "Quittenallee 7", "0177 5558888", "Persisch", "Ottilie"),
    ("Kröger", "Zacharias", "7.8.2017", "Quittenallee 7", "0177 5558888", "Persisch", "Ottilie"),
)


def test_names_streets_numbers_and_birthdays_are_covered_and_the_rest_stays_readable() -> None:
    sheet = Sheet("Liste", tuple(SheetRow(number, cells) for number, cells in enumerate(ROWS, 1)))
    cover = covering(personal_of(sheet, guess(sheet, date(2026, 11, 26))))
    assert cover("Wilhelmine Kröger, 05.05.2016") == "W. K., •••"
    assert cover("Zacharias, 07.08.2017, Quittenallee 7") == "Z., •••, •••"
    assert cover("0177 5558888") == "•••"
    assert cover("Ottilie") == "O."
    assert cover("Name, Vorname, Persisch, 26.11.2026") == "Name, Vorname, Persisch, 26.11.2026"
