"""The fonts of the program: Noto Sans and Noto Sans Arabic, 400 and 600, as static files.

Static, because Qt registers only the default instance of a variable font. Noto Sans sets figures in equal
widths by default, so numbers stand in columns without a font feature.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from desk_app import assets

_FILES = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-SemiBold.ttf")


def register() -> None:
    """Make the fonts known to Qt, once per application. A missing file is a fault of the build."""
    families()


@cache
def families() -> tuple[str, ...]:
    """Families to ask for, Latin first: then Arabic text falls back to its own font, never to a chance one."""
    found: list[str] = []
    for name in _FILES:
        identity = QFontDatabase.addApplicationFont(str(assets.font(name)))
        if identity < 0:
            raise FileNotFoundError(f"font {name} is missing: run packaging/build_fonts.py")
        # the file of a further weight also names itself as a family of old programs
        if "Regular" in name:
            found.append(QFontDatabase.applicationFontFamilies(identity)[0])
    return tuple(found)


def arabic_first(font: QFont) -> QFont:
    """The same font for a line written in Arabic: its own metrics keep the letters in the middle of an input."""
    turned = QFont(font)
    turned.setFamilies(list(reversed(families())))
    return turned


def ui_font(pixels: int, weight: int) -> QFont:
    """A font of the program in `pixels`; `weight` is 400 or 600."""
    font = QFont(list(families())) if QGuiApplication.instance() is not None else QFont()
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    return font
