"""The fonts: two real weights, figures in equal widths, Arabic in a font of its own."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont

from desk_app.gui import fonts
from desk_app.gui.theme import Theme


def test_the_program_writes_in_its_own_fonts() -> None:
    assert fonts.families() == ("Noto Sans", "Noto Sans Arabic")
    assert QFontInfo(Theme.current().font("body")).family() == "Noto Sans"


def test_strong_is_a_weight_of_its_own() -> None:
    plain, strong = Theme.current().font("body"), Theme.current().font("body", strong=True)
    assert QFontInfo(strong).weight() == 600
    assert QFontMetricsF(strong).horizontalAdvance("Haddad") > QFontMetricsF(plain).horizontalAdvance("Haddad")


def test_figures_are_equally_wide() -> None:
    metrics = QFontMetricsF(Theme.current().font("small"))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_hard_letters_have_a_glyph() -> None:
    raw = QRawFont.fromFont(Theme.current().font("body"))
    assert [letter for letter in "ǄĐøşțŻễкїβ" if not raw.supportsCharacter(ord(letter))] == []
