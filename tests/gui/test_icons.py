"""Icons: there, in the colour asked for, sharp on fine screens, and a wrong name is a bug."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from PySide6.QtGui import QColor

from desk_app.gui import icons
from desk_app.gui.theme import Appearance, Theme


def inks(name: str, colour: str) -> set[str]:
    image = icons.pixmap(name, colour, 32).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in (image.pixelColor(x, y) for x, y in points) if pixel.alpha() == 255}


def test_an_icon_is_drawn_in_the_colour_asked_for() -> None:
    assert inks("plus", "accent") == {Theme.current().colour("accent").name()}


def test_an_icon_follows_the_theme(appearance: Appearance) -> None:
    light = inks("plus", "accent")
    appearance.set_mode("dark")
    assert inks("plus", "accent") == {QColor("#87B6F2").name()} != light


def test_a_wrong_name_is_a_bug() -> None:
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon", "text", 16)


def test_every_icon_of_the_package_is_read_as_the_standard_library_reads_it() -> None:
    archive = icons._archive()
    with ZipFile(BytesIO(archive)) as whole:
        wrong = [name for name in whole.namelist() if icons._member(archive, name) != whole.read(name)]
        assert len(whole.namelist()) > 1000
    assert wrong == []
