"""Fields in columns: as many as fit, in reading order, without holes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QGridLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.field_grid import COLUMN_GAP, FieldGrid
from desk_app.gui.widgets.text_fields import TextField


def a_grid(qtbot: QtBot, count: int = 5) -> tuple[FieldGrid, list[TextField]]:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    fields = [TextField(label=f"Feld {number}") for number in range(count)]
    for field in fields:
        grid.add(field)
    return grid, fields


def shown_at(grid: FieldGrid, width: int) -> None:
    grid.resize(width, 400)
    grid.show()
    layout = grid.layout()
    assert layout is not None
    layout.activate()


def rows_of(fields: list[Field] | list[TextField]) -> list[list[str]]:
    """Labels as they stand on the page, row by row."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for field in fields:
        if not field.isHidden():
            rows.setdefault(field.y(), []).append((field.x(), field.get_label()))
    return [[label for _x, label in sorted(rows[y])] for y in sorted(rows)]


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (720, [["Feld 0", "Feld 1", "Feld 2"], ["Feld 3", "Feld 4"]]),
        (500, [["Feld 0", "Feld 1"], ["Feld 2", "Feld 3"], ["Feld 4"]]),
        (300, [["Feld 0"], ["Feld 1"], ["Feld 2"], ["Feld 3"], ["Feld 4"]]),
    ],
)
def test_columns_follow_the_width(qtbot: QtBot, width: int, rows: list[list[str]]) -> None:
    grid, fields = a_grid(qtbot)
    shown_at(grid, width)
    assert rows_of(fields) == rows


def test_columns_are_equally_wide(qtbot: QtBot) -> None:
    grid, fields = a_grid(qtbot, 3)
    shown_at(grid, 624)
    assert [field.width() for field in fields] == [200, 200, 200]
    assert fields[1].x() - fields[0].x() - fields[0].width() == COLUMN_GAP
    shown_at(grid, 320)
    assert [field.width() for field in fields] == [320, 320, 320]


def test_a_hidden_field_leaves_no_hole(qtbot: QtBot) -> None:
    grid, fields = a_grid(qtbot)
    shown_at(grid, 720)
    fields[1].hide()
    shown_at(grid, 720)
    assert rows_of(fields) == [["Feld 0", "Feld 2", "Feld 3"], ["Feld 4"]]
    fields[1].show()
    shown_at(grid, 720)
    assert rows_of(fields)[0] == ["Feld 0", "Feld 1", "Feld 2"]


def test_a_wide_field_takes_its_columns_where_they_are(qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    name, note = TextField(label="Name"), TextField(label="Notiz")
    grid.add(name)
    grid.add(note, span=3)
    shown_at(grid, 624)
    assert (note.x(), note.width()) == (0, 624)
    assert note.y() > name.y()
    shown_at(grid, 300)
    assert note.width() == 300


def test_text_scale_counts_as_width(qtbot: QtBot, appearance: Appearance) -> None:
    grid, fields = a_grid(qtbot, 3)
    shown_at(grid, 720)
    appearance.set_scale(1.5)
    shown_at(grid, 720)
    assert rows_of(fields) == [["Feld 0", "Feld 1"], ["Feld 2"]]


def test_a_grid_drawn_in_designer_is_taken_over_in_reading_order(qtbot: QtBot) -> None:
    grid = FieldGrid()
    qtbot.addWidget(grid)
    # as compiled forms do it: layout first, fields in any order, spans in the layout
    layout = QGridLayout(grid)
    fields = {label: TextField(grid, label) for label in ("drei", "eins", "zwei", "breit")}
    layout.addWidget(fields["drei"], 0, 2, 1, 1)
    layout.addWidget(fields["eins"], 0, 0, 1, 1)
    layout.addWidget(fields["zwei"], 0, 1, 1, 1)
    layout.addWidget(fields["breit"], 1, 0, 1, 2)
    shown_at(grid, 500)
    assert rows_of(grid.fields()) == [["eins", "zwei"], ["drei"], ["breit"]]
    assert fields["breit"].width() == 500


def test_a_message_makes_its_row_higher_and_keeps_inputs_in_line(qtbot: QtBot) -> None:
    grid, fields = a_grid(qtbot, 4)
    shown_at(grid, 720)
    before = fields[3].y()
    fields[1].set_error("Nach @ fehlt der Anbieter")
    shown_at(grid, 720)
    assert fields[3].y() > before
    tops = {field.control.mapTo(grid, QWidget().pos()).y() for field in fields[:3]}
    assert len(tops) == 1
