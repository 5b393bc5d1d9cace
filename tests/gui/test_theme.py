"""The look: every promised contrast holds, light and dark switch live, the sheet is whole."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.gui.theme import Appearance, Theme, tokens


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), tokens()["contrast"])
def test_every_pair_can_be_read(ink: str, ground: str, least: float, dark: bool) -> None:
    theme = Theme(dark)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= least


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_chart_colours_stand_out_from_the_card(dark: bool) -> None:
    theme = Theme(dark)
    assert min(contrast(theme.chart(series), theme.colour("surface")) for series in range(5)) >= 3


def test_light_and_dark_have_the_same_roles() -> None:
    assert tokens()["color"]["light"].keys() == tokens()["color"]["dark"].keys()


def test_the_window_follows_a_switch_to_dark_and_back(appearance: Appearance, qapp: QApplication) -> None:
    appearance.set_mode("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#17191C")
    assert Theme.current().dark
    appearance.set_mode("light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#F9F8F5")


def test_text_scale_reaches_fonts_and_heights(appearance: Appearance, qapp: QApplication) -> None:
    appearance.set_scale(1.5)
    assert qapp.font().pixelSize() == 21
    assert Theme.current().size("control") == 48


@pytest.mark.parametrize(("asked", "given"), [(0.2, 0.9), (3.0, 1.5)])
def test_text_scale_stays_within_its_limits(asked: float, given: float) -> None:
    assert Theme(scale=asked).scale == given


def test_high_contrast_drops_the_sheet_and_takes_the_systems_colours() -> None:
    system = QPalette(QColor("#000000"))
    system.setColor(QPalette.ColorRole.Text, QColor("#FFFF00"))
    system.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    theme = Theme(system_palette=system)
    assert theme.style_sheet() == ""
    assert theme.colour("text2") == QColor("#FFFF00")
    assert theme.colour("warn") == QColor("#FFFF00")
    assert theme.colour("bad_tint") == QColor("#000000")


def test_the_sheet_names_every_colour_and_holds_no_font() -> None:
    sheet = Theme().style_sheet()
    assert "$" not in sheet
    assert not re.search(r"@\d", sheet)
    assert "font" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def test_placeholders_are_not_faded(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.ensurePolished()
    assert line.palette().color(QPalette.ColorRole.PlaceholderText) == Theme.current().colour("text3")
