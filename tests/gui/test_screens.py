"""Pictures of the pages, painted by the real windows."""

import shutil
from pathlib import Path

from builders import ShutStore, store_family
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desk_app.domain.clock import system_clock
from desk_app.gui.screens import paint

PAGES = [
    "einrichtung",
    "sperrbildschirm",
    "heute",
    "familien",
    "termine",
    "angebote",
    "schulplaetze",
    "einstellungen",
    "akte",
    "aufnahme",
]


def painted(store: ShutStore, tmp_path: Path, size: tuple[int, int], theme: str, scale: float) -> list[Path]:
    shutil.copytree(store.folder, tmp_path / "store")
    desk = store.open_at(tmp_path / "store", system_clock)
    desk.do(store_family)
    return paint(desk, tmp_path / "bilder", size=size, theme=theme, scale=scale)


def test_every_page_is_there_in_the_size_asked_for(
    shut_store: ShutStore, tmp_path: Path, qtbot: QtBot, own_settings: Path
) -> None:
    pictures = painted(shut_store, tmp_path, (1366, 768), "dark", 1.0)
    assert [path.stem.partition("-")[2] for path in pictures] == PAGES
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768)
        corner = image.pixelColor(1, 767)
        assert corner.lightness() < 80, path.name
    assert not (own_settings / "settings.toml").exists(), "a picture must not change which store opens next"
