"""The log of sendings in a real window: what left, its passphrase once more, and what has to be told again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from helpers import press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sending import opened, set_value

from desk_app.casework import exports, placement_deeds, placements
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Wanted
from desk_app.domain.records import RecordKind
from desk_app.gui.folders import FolderTools
from desk_app.gui.placements.export_dialogs import ResultDialog
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.placements.sendings_dialog import SendingsDialog
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.labels import ElidedLabel
from desk_app.gui.worker import Worker


class Window(QWidget):
    def __init__(self, desk: Desk, target: Path) -> None:
        super().__init__()
        self.worker = Worker(desk.do, self)
        folders = FolderTools(lambda _parent, _start: target, lambda _folder: None)
        self.page = PlacementsPage(self.worker, desk.clock, builders.CENTRE, folders=folders)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.resize(1174, 768)


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> builders.StoredFamily:
    """A family whose request left before."""
    family = desk.do(builders.store_family)[0]
    folder = tmp_path / "früher"
    folder.mkdir()
    desk.do(lambda work: exports.export_requests(work, Wanted([family.request], folder, pdf=False, cover=False)))
    return family


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, sent: builders.StoredFamily, tmp_path: Path) -> Iterator[Window]:
    target = tmp_path / "jetzt"
    target.mkdir()
    window = Window(desk, target)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.worker.wait()
    yield window
    window.hide()
    window.worker.stop()


def log_of(window: Window) -> SendingsDialog:
    press(window.page.sendings, Qt.Key.Key_Space)
    window.worker.wait()
    dialog = window.page.sendings.dialog
    assert dialog is not None
    return dialog


def finish(window: Window) -> ResultDialog:
    confirm = window.page.export.dialog
    assert isinstance(confirm, ConfirmDialog)
    press(confirm.save, Qt.Key.Key_Space)
    window.worker.wait()
    result = window.page.export.dialog
    assert isinstance(result, ResultDialog)
    return result


def test_what_left_is_listed_and_its_passphrase_shown_once_more(window: Window, tmp_path: Path) -> None:
    dialog = log_of(window)
    (row,) = dialog.rows.values()
    assert "2026-11-26-01 an Schulamt: Anfragen, heute 10:42, 1 Kind, 1 Datei, C. Brandt" in row.accessibleName()
    assert dialog.changes.isHidden()
    assert dialog.strike.isHidden()
    for words in row.findChildren(ElidedLabel):
        assert words.geometry().left() == 0, "titles stand one below the other"
        assert words.width() >= words.sizeHint().width(), "nothing is cut off while there is room"
    press(row.show_button, Qt.Key.Key_Space)
    window.worker.wait()
    assert row.secret is not None
    (table,) = (tmp_path / "früher").glob("*.xlsx")
    assert opened(table, row.secret.text()).worksheets
    press(dialog.close_button, Qt.Key.Key_Escape)
    assert window.page.sendings.dialog is None


def test_what_changed_is_sent_again_from_the_log(
    window: Window, desk: Desk, sent: builders.StoredFamily, tmp_path: Path
) -> None:
    set_value(desk, RecordKind.PERSON, sent.child, "german_level", "a1")
    dialog = log_of(window)
    assert dialog.changes.text() == "1 Änderung melden"
    press(dialog.changes, Qt.Key.Key_Space)
    result = finish(window)
    assert result.secrets
    assert result.panel.accessibleName() == "1 Änderung gemeldet"
    assert list((tmp_path / "jetzt").glob("*.xlsx"))
    press(result.done, Qt.Key.Key_Space)
    assert log_of(window).changes.isHidden()


def changes_shown(window: Window, qtbot: QtBot) -> list[str]:
    """What the pane says has changed, once it shows the request as it is now."""
    pane = window.page.pane
    pane.follow(window.page.presenter.rows[0])
    qtbot.waitUntil(lambda: not pane._settle.isActive())
    window.worker.wait()
    assert pane.shown is not None
    return [label.text() for label in pane.changes.findChildren(QLabel) if label.isVisible()]


def test_the_pane_names_what_the_office_was_told_and_what_holds_now(
    window: Window, desk: Desk, sent: builders.StoredFamily, qtbot: QtBot
) -> None:
    assert changes_shown(window, qtbot) == []
    set_value(desk, RecordKind.PERSON, sent.child, "german_level", "A2")
    assert changes_shown(window, qtbot) == [
        "Geändert seit der letzten Meldung",
        "Deutsch: A0 → A2",
        "Das wissen noch nicht: Schulamt (zuletzt 26.11.2026)",
    ]
    desk.do(lambda work: placement_deeds.step(work, [sent.request], placements.WITHDRAWN))
    assert changes_shown(window, qtbot) == [], "nobody has to be told of it any more"


def test_what_was_withdrawn_is_struck_from_the_log(
    window: Window, desk: Desk, sent: builders.StoredFamily, tmp_path: Path
) -> None:
    desk.do(lambda work: placement_deeds.step(work, [sent.request], placements.WITHDRAWN))
    dialog = log_of(window)
    assert dialog.strike.text() == "1 Streichung senden"
    press(dialog.strike, Qt.Key.Key_Space)
    assert finish(window).panel.accessibleName() == "1 Streichung gesendet"
    assert list((tmp_path / "jetzt").iterdir())


def test_who_may_not_send_sees_the_log_but_no_passphrase(window: Window) -> None:
    window.page.sendings.refusal = "Übermitteln darf nur die Beratung."
    dialog = log_of(window)
    (row,) = dialog.rows.values()
    press(row.show_button, Qt.Key.Key_Space)
    window.worker.wait()
    assert row.secret is None
    assert dialog.failure.isVisible()
