"""Colours, sizes and type of the program, from resources/styles/tokens.json.

Fusion, one complete palette and one style sheet for the whole application carry the look of Qt's own widgets;
everything we paint asks `Theme.current()` at paint time, so that light, dark and text scale switch live.
A widget whose size or font depends on the theme has a method `refit()`, called after each switch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from string import Template
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desk_app import assets
from desk_app.gui import fonts

Mode = Literal["system", "light", "dark"]

SMALLEST_SCALE = 0.9
LARGEST_SCALE = 1.5

_LENGTH = re.compile(r"@(\d+)")

_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "inset",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "plum",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line_strong",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "line_strong",
}

_GROUNDS = ("window", "canvas", "surface", "raised", "inset", "hover", "press", "neutral_tint")


@cache
def tokens() -> dict[str, Any]:
    """The token file, read once."""
    loaded: dict[str, Any] = json.loads(assets.read_text("styles", "tokens.json"))
    return loaded


class Theme:
    """What every painted widget asks: colours by role, lengths in scaled pixels, fonts by role."""

    _current: Theme | None = None

    def __init__(self, dark: bool = False, scale: float = 1.0, system_palette: QPalette | None = None) -> None:
        self.dark = dark
        self.scale = min(max(scale, SMALLEST_SCALE), LARGEST_SCALE)
        self.high_contrast = system_palette is not None
        self._name = "dark" if dark else "light"
        self._colours = {name: QColor(code) for name, code in tokens()["color"][self._name].items()}
        if system_palette is not None:
            self._colours = {name: _system_colour(name, system_palette) for name in self._colours}
        self._fonts: dict[tuple[str, bool], QFont] = {}

    @classmethod
    def current(cls) -> Theme:
        """The theme in use; a light one at 100 % before any was applied."""
        if cls._current is None:
            cls._current = cls()
        return cls._current

    @classmethod
    def use(cls, theme: Theme) -> None:
        """Make `theme` the one in use; whoever calls this also repaints."""
        cls._current = theme

    def colour(self, role: str) -> QColor:
        """The colour of a role of the design sheet, such as "text2". An unknown role is our bug: KeyError."""
        return self._colours[role]

    def chart(self, series: int) -> QColor:
        """The colour of the `series`-th series (0-based) of a chart."""
        codes = tokens()["chart"][self._name]
        return QColor(codes[series % len(codes)])

    def px(self, length: float) -> int:
        """A length of the design sheet in pixels at the text scale in use. Hairlines and radii do not scale."""
        return round(length * self.scale)

    def size(self, name: str) -> int:
        """A named height or width of the design sheet, scaled."""
        return self.px(tokens()["size"][name])

    def font(self, role: str, strong: bool = False) -> QFont:
        """The font of a type role ("caption", "small", "body", "section", "title", "display"); `strong` is 600."""
        found = self._fonts.get((role, strong))
        if found is None:
            px, _, weight = tokens()["type"][role]
            found = fonts.ui_font(self.px(px), 600 if strong else weight)
            self._fonts[role, strong] = found
        return QFont(found)

    def line(self, role: str) -> int:
        """The line height of a type role in scaled pixels."""
        return self.px(tokens()["type"][role][1])

    @property
    def shadow(self) -> float:
        """Opacity of the shadow below a popover."""
        return float(tokens()["shadow"][self._name])

    @property
    def scrim(self) -> float:
        """Opacity of the black veil behind a dialog."""
        return float(tokens()["scrim"][self._name])

    def palette(self) -> QPalette:
        """The complete palette for Fusion."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette

    def style_sheet(self) -> str:
        """The one style sheet; empty in high contrast, where the system's own look holds."""
        if self.high_contrast:
            return ""
        sheet = Template(assets.read_text("styles", "desk.qss"))
        coloured = sheet.substitute({name: colour.name() for name, colour in self._colours.items()})
        return _LENGTH.sub(lambda found: f"{self.px(int(found[1]))}px", coloured)


def _system_colour(name: str, palette: QPalette) -> QColor:
    """The nearest role of a high-contrast palette: everything is ground, text, highlight or disabled."""
    if name in ("accent", "accent_hover", "accent_press", "selected", "selected_strong", "focus"):
        return palette.color(QPalette.ColorRole.Highlight)
    if name == "on_accent":
        return palette.color(QPalette.ColorRole.HighlightedText)
    if name == "disabled":
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    ground = name in _GROUNDS or name.endswith("_tint")
    return palette.color(QPalette.ColorRole.Base if ground else QPalette.ColorRole.Text)


QT_ARGUMENTS = ("-style", "fusion")
"""Arguments for QApplication. `setStyle` would do the same but hands back a style object, whose type alone costs
the start about ten milliseconds."""


class Appearance(QObject):
    """Keeps the application in the chosen theme, and in step with the system while the mode is "system".

    The application must have been made with `QT_ARGUMENTS`.
    """

    def __init__(self, app: QApplication, mode: Mode = "system", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._scale = scale
        self._applying = False
        fonts.register()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._apply()

    def set_mode(self, mode: Mode) -> None:
        """Fix light or dark, or follow the system again."""
        self._mode = mode
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Text scale, 0.9 to 1.5."""
        self._scale = scale
        self._apply()

    def _follow_system(self) -> None:
        if not self._applying:
            self._apply()

    def _apply(self) -> None:
        self._applying = True
        try:
            hints = QGuiApplication.styleHints()
            schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
            wanted = schemes.get(self._mode, Qt.ColorScheme.Unknown)
            hints.setColorScheme(wanted)
            dark = (hints.colorScheme() if self._mode == "system" else wanted) == Qt.ColorScheme.Dark
            contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
            system_palette = self._app.style().standardPalette() if contrast else None
            self._show(Theme(dark, self._scale, system_palette))
        finally:
            self._applying = False

    def _show(self, theme: Theme) -> None:
        Theme.use(theme)
        self._app.setPalette(self._app.style().standardPalette() if theme.high_contrast else theme.palette())
        self._app.setFont(theme.font("body"))
        sheet = theme.style_sheet()
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)
        for widget in self._app.allWidgets():
            refit: Callable[[], None] | None = getattr(widget, "refit", None)
            if refit is not None:
                refit()
            widget.update()
