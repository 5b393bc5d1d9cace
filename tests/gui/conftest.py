"""What every test of the window gets: the look of the program, light at 100 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.gui import theme as look
from desk_app.gui.theme import Appearance, Theme


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
