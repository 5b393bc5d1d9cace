"""The desk locks: what is open goes, what is typed stays, and nothing of it remains in memory or clipboard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui import relaunch
from desk_app.gui.clipboard import SECRET, CopyGuard
from desk_app.gui.lock_notices import Cover, IdleNotice
from desk_app.gui.locking import Locking, Surroundings
from desk_app.gui.relaunch import Successor

sys.path.append(str(Path(__file__).parents[1] / "harness"))
import memory

MODE = QClipboard.Mode.Clipboard


class Process(Successor):
    """Stands for a successor; what it is asked is noted in the order of the deeds."""

    def __init__(self, deeds: list[str], *, starts: bool = True) -> None:
        super().__init__()
        self._deeds, self._starts = deeds, starts

    def start(self, store: Path, geometry: bytes) -> bool:
        self._deeds.append(f"start {store}")
        return self._starts

    def tell(self, news: str) -> None:
        self._deeds.append(f"tell {news!r}")

    def take_over(self) -> None:
        self._deeds.append("take over")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def make(window: QWidget) -> Iterator[Callable[[bool], tuple[Locking, list[str]]]]:
    """An open desk that can be locked, and the deeds in their order."""
    made: list[Locking] = []

    def locking(starts: bool) -> tuple[Locking, list[str]]:
        deeds: list[str] = []

        def close() -> str:
            covers = [each for each in window.findChildren(Cover) if each.isVisible()]
            deeds.append("close, covered" if covers else "close in sight of all")
            found.desk_closed()
            return "etwas fehlt"

        around = Surroundings(lambda: Process(deeds, starts=starts), lambda _window: None)
        found = Locking(window, close, lambda news: deeds.append(f"lock screen, {news}"), around)
        found.desk_opened(Path("store"), lambda: False)
        made.append(found)
        return found, deeds

    yield locking
    for found in made:
        found.desk_closed()


def test_the_window_is_covered_and_the_fresh_process_starts_while_the_store_is_closed(make) -> None:  # type: ignore[no-untyped-def]  # the fixture above
    locking, deeds = make(True)
    locking.lock()
    # a successor that took over would have ended the test
    assert deeds == ["start store", "close, covered", "tell 'etwas fehlt'", "take over", "lock screen, etwas fehlt"]
    locking.lock()
    assert len(deeds) == 5


def test_without_a_fresh_process_the_same_one_shows_the_lock_screen(make) -> None:  # type: ignore[no-untyped-def]  # as above
    locking, deeds = make(False)
    locking.lock()
    assert deeds == ["start store", "close, covered", "lock screen, etwas fehlt"]


@pytest.mark.parametrize("kind", [QDialog, QMessageBox])
def test_a_dialog_that_waits_for_an_answer_goes_first(make, kind: type[QDialog]) -> None:  # type: ignore[no-untyped-def]  # as above
    locking, deeds = make(False)
    dialog = kind()
    QTimer.singleShot(0, locking.lock)
    QTimer.singleShot(5000, dialog.reject)
    answer = dialog.exec()
    deeds.append(f"answered {int(answer == QDialog.DialogCode.Accepted)}")
    while "lock screen, etwas fehlt" not in deeds:
        QApplication.processEvents()
    assert deeds == ["answered 0", "start store", "close, covered", "lock screen, etwas fehlt"]
    dialog.deleteLater()


def test_a_fault_while_closing_does_not_leave_the_desk_open(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: noted.append(kind))
    deeds: list[str] = []

    def close() -> None:
        locking.desk_closed()
        raise KeyError

    locking = Locking(window, close, lambda news: deeds.append(f"lock screen, {news}"))
    locking.desk_opened(Path("store"), lambda: False)
    locking.lock()
    assert (noted, deeds) == ([KeyError], ["lock screen, "])


def test_the_warning_says_how_long_and_stands_above_everything(window: QWidget) -> None:
    notice = IdleNotice(window)
    above = QWidget(window)
    above.setGeometry(window.rect())
    above.show()
    notice.tell(30)
    assert notice.isVisible()
    assert window.childAt(notice.geometry().center()) in (above, notice, notice._label)
    assert window.children()[-1] is notice
    assert "30 Sekunden" in notice._label.text()
    notice.tell(1)
    assert "1 Sekunde." in notice._label.text()
    assert window.rect().contains(notice.geometry().center())


# --- what was copied


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


def test_what_is_copied_here_is_marked_as_secret_and_taken_back(clipboard: QClipboard, qtbot: QtBot) -> None:
    # the platform without a screen never says that the clipboard is ours
    guard = CopyGuard(clipboard, lambda mode: mode == MODE)
    line = QLineEdit("Haddad")
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()
    assert clipboard.text() == "Haddad"
    assert [kind for kind in SECRET if not clipboard.mimeData().hasFormat(kind)] == []
    guard.clear()
    assert clipboard.text() == ""
    guard.deleteLater()


def test_what_others_copied_is_left_alone(clipboard: QClipboard) -> None:
    guard = CopyGuard(clipboard, lambda _mode: False)
    clipboard.setText("aus einer E-Mail")
    guard.clear()
    assert clipboard.text() == "aus einer E-Mail"
    assert not clipboard.mimeData().hasFormat(next(iter(SECRET)))
    guard.deleteLater()


# --- the processes


def test_a_process_that_cannot_start_is_noted_and_nothing_ends(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    assert not Successor().start(tmp_path, b"")
    assert "no fresh process" in caplog.text


def test_a_fresh_process_that_dies_leaves_the_lock_screen_to_the_old_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "there is none")
    monkeypatch.setattr(relaunch, "PAINTED_WITHIN", 30)
    monkeypatch.setattr(relaunch, "end_now", lambda: pytest.fail("this process was the last one"))
    successor = Successor()
    assert successor.start(tmp_path, b"")
    successor.take_over()
    assert "ended with status" in caplog.text
    for pipe in (successor._process.stdin, successor._process.stdout):  # type: ignore[union-attr]  # it was started
        assert pipe is not None
        pipe.close()


def test_a_started_program_has_no_predecessor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRITTSTEIN_SUCCEEDS", raising=False)
    assert relaunch.predecessor() is None


searchable = pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="memory is searched by /proc")


@searchable
def test_nothing_of_a_family_or_a_key_is_left_in_memory_after_locking(tmp_path: Path) -> None:
    found = memory.lock_and_search(tmp_path)
    assert all(found.before.values()), f"the search is blind: {found.before}"
    assert found.old_is_gone
    assert dict(found.after) == dict.fromkeys(found.before, 0)


@searchable
@pytest.mark.long
def test_without_a_fresh_process_names_and_key_would_stay(tmp_path: Path) -> None:
    found = memory.lock_and_search(tmp_path, ends=False)
    assert all(found.after[what] for what in ("family", "child", "key"))
