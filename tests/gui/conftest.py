"""What every test of the window gets: the look of the program, light at 100 %."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import builders
import pytest
from conftest import SettableClock
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app import bootstrap, settings
from desk_app.gui import theme as look
from desk_app.gui.app import make_application
from desk_app.gui.shell import Shell
from desk_app.gui.theme import Appearance, Theme
from desk_app.storage.sealing import FLOOR


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["trittstein", *look.QT_ARGUMENTS]


@pytest.fixture(scope="session")
def _appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light")


@pytest.fixture
def appearance(_appearance: Appearance) -> Iterator[Appearance]:
    """The look of the application, light at 100 %; whatever a test sets is set back."""
    yield _appearance
    _appearance.set_mode("light")
    _appearance.set_scale(1.0)


@pytest.fixture(autouse=True)
def _light(_appearance: Appearance) -> Theme:
    return Theme.current()


@pytest.fixture
def open_shell(
    qtbot: QtBot, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Shell]]:
    """Starts the program on a folder."""
    create = bootstrap.create
    monkeypatch.setattr(bootstrap, "create", lambda *words, **more: create(*words, **{"kdf": FLOOR, **more}))
    opened: list[Shell] = []

    def start(folder: Path) -> Shell:
        _app, appearance = make_application(settings.Settings(theme="light"))
        shell = Shell(folder, appearance, clock)
        shell.begin()
        with qtbot.waitActive(shell):
            shell.show()
            shell.activateWindow()
        opened.append(shell)
        return shell

    yield start
    for shell in opened:
        shell.end()
        shell.close()
        shell.deleteLater()


@pytest.fixture
def store(shut_store: builders.ShutStore, tmp_path: Path) -> Path:
    """The folder of a closed store to open."""
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    return folder
