"""F1: every key, grouped, in one quiet panel."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk_app.gui.actions import COMMANDS, SHOWN_ONLY, shown_keys
from desk_app.gui.widgets.buttons import Button, KeyCap
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _


class KeyList(Scrim):
    """Closes with Esc or its button."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=620)
        self.panel.setAccessibleName(_("Tasten"))
        self.dismissed.connect(self.deleteLater)
        head = QHBoxLayout()
        head.addWidget(Label(_("Tasten"), "title"))
        head.addStretch(1)
        close = Button(_("Schließen"), "secondary", keys=_("Esc"))
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        self.body.addLayout(head)
        area = ScrollArea()
        area.setMinimumHeight(420)
        self.body.addWidget(area)
        lines = [(_(command.group), shown_keys(command.keys), _(command.title)) for command in COMMANDS]
        lines += [(_(group), _(keys), _(words)) for group, keys, words in SHOWN_ONLY]
        for group, rows in groupby(lines, key=lambda line: line[0]):
            area.column.addWidget(Label(group, "section"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(6)
            for place, (_group, keys, words) in enumerate(rows):
                grid.addWidget(Label(words, "small", "text2"), place, 0)
                caps = QHBoxLayout()
                caps.addWidget(KeyCap(keys))
                caps.addStretch(1)
                grid.addLayout(caps, place, 1)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            area.column.addLayout(grid)
            area.column.addSpacing(10)
        area.column.addStretch(1)
