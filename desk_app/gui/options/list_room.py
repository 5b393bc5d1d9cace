"""The room of a list of Einstellungen beside its editor."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme


def share_room(card: QWidget, side: QWidget, width: int, rows: RowView, steps: Iterable[tuple[int, set[str]]]) -> None:
    """Give the editor ``side`` its ``width``, and hide columns for which the rest is too narrow.

    Of each step the columns are hidden below so many pixels at 100 %.
    """
    theme = Theme.current()
    side.setFixedWidth(theme.px(width))
    taken = 0 if side.isHidden() else theme.px(width) + 16
    room = (card.width() - taken) / theme.scale
    rows.hide_columns({key for least, keys in steps if room < least for key in keys})
