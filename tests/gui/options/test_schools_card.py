"""The directory of schools in a real window: languages taught, and the list of house coordinates."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from conftest import SettableClock
from helpers import press_here, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import address_points, schools
from desk_app.casework.desk import Desk
from desk_app.domain.address_points import House, house_of
from desk_app.gui.folders import FolderTools
from desk_app.gui.options.schools_card import SchoolsCard
from desk_app.gui.worker import Worker
from desk_app.presenters.lists import Form

LINE = "N;DENW0000000001;A;05;1;17;000;0000;00190;{number};;32357194.250;5699345.750;Sunderweg;45472;Mülheim;;\r\n"


@pytest.fixture
def card(desk: Desk, clock: SettableClock, qtbot: QtBot) -> Iterator[SchoolsCard]:
    worker = Worker(desk.do)
    card = SchoolsCard(worker, clock)
    worker.setParent(card)
    card.resize(1126, 700)
    qtbot.addWidget(card)
    card.show()
    card.activateWindow()
    card.load()
    worker.wait()
    yield card
    worker.stop()


def settle(card: SchoolsCard) -> None:
    """The deed, and the directory that is read again because of it."""
    worker = card.findChild(Worker)
    assert isinstance(worker, Worker)
    worker.wait()
    worker.wait()


def test_the_languages_of_heritage_lessons_are_added_by_keyboard(card: SchoolsCard, desk: Desk) -> None:
    card.rows.setFocus()
    number = card.rows.current_row().number
    press_here(Qt.Key.Key_Return)
    field = card.editor.form.heritage
    assert field.isVisible()
    field.open_input()
    type_text(field.control, "Türkisch")
    press_here(Qt.Key.Key_Return)
    settle(card)
    listed = {each.school.number: each.school for each in desk.do(schools.listing)[0]}
    assert listed[number].heritage == "tr"
    assert card.rows.current_row().heritage == "Türkisch"
    assert [chip.text() for chip in field.chips()] == ["Türkisch"]


def test_the_list_of_houses_is_read_in_and_counted(card: SchoolsCard, desk: Desk, tmp_path: Path) -> None:
    assert card.houses.text().startswith("Entfernungen kennt Trittstein erst")
    path = tmp_path / "hk.txt"
    path.write_text("".join(LINE.format(number=number) for number in (1, 2, 3)), encoding="utf-8")
    card.choose_houses = lambda _parent: path
    card.read_houses_button.click()
    settle(card)
    assert card.result.words.text() == "3 Häuser übernommen."
    assert card.houses.text() == "Von 3 Häusern sind die Koordinaten bekannt."
    card.choose_houses = lambda _parent: None
    card.read_houses_button.click()
    assert desk.do(address_points.kept)[0] == 3


def test_a_long_reading_shows_how_far_it_is_and_can_be_stopped(
    card: SchoolsCard, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_points, "_AT_ONCE", 200)
    path = tmp_path / "hk.txt"
    path.write_text("".join(LINE.format(number=number) for number in range(1, 200)), encoding="utf-8")
    card.choose_houses = lambda _parent: path

    def slowly(cells: list[str]) -> House | None:
        time.sleep(0.02)
        return house_of(cells)

    monkeypatch.setattr(address_points, "house_of", slowly)
    card.read_houses_button.click()
    deadline = time.monotonic() + 30
    while card.progress.dialog is None and time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.005)
    dialog = card.progress.dialog
    assert dialog is not None
    assert dialog.cancel_button.hasFocus()
    press_here(Qt.Key.Key_Escape)
    settle(card)
    assert card.progress.dialog is None
    assert card.result.words.text() == "Das Holen der Liste wurde abgebrochen. Es wurde nichts übernommen."
    assert desk.do(address_points.kept)[0] == 0


def test_who_may_not_change_the_schools_is_told_why(card: SchoolsCard) -> None:
    asked: list[object] = []
    card.choose_houses = asked.append
    card.refuse("Das darf nur die Beratung.")
    assert not card.read_houses_button.isEnabled()
    assert card.read_houses_button.toolTip() == "Das darf nur die Beratung."
    card.read_houses()
    assert card.result.words.text() == "Das darf nur die Beratung."
    assert not asked


def test_the_directory_goes_out_as_a_workbook_with_the_columns_shown(
    card: SchoolsCard, desk: Desk, tmp_path: Path
) -> None:
    shown = [column.heading_line for column in card.rows.table.columns]
    card.bar.folders = FolderTools(lambda _parent, _start: tmp_path)
    card.bar.export(Form.XLSX)
    assert card.bar.dialog is not None
    card.bar.dialog.confirmed.emit()
    settle(card)
    (path,) = tmp_path.glob("Schulverzeichnis_*.xlsx")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert shown in [[cell for cell in row if cell is not None] for row in rows]
    names = [school.school.name for school in desk.do(schools.listing)[0]]
    assert set(names) <= {cell for row in rows for cell in row}
