"""What lies below the header of the intake: the index, the sections in one column, the assistance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.gui.intake.assistance import AssistancePanel
from desk_app.gui.intake.section_index import SectionIndex
from desk_app.gui.intake.section_stack import BELOW, SectionStack
from desk_app.gui.intake.tab_order import TabOrder
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.messages import ErrorSummary, Fault
from desk_app.gui.widgets.scroll import FOCUS_MARGIN, ScrollArea
from desk_app.i18n import _, ngettext

NARROWEST_FORM = 592
"""Pixels at 100 % text scale that the form keeps; below, the assistance goes under it."""

_WIDE_FROM, _WIDE_ASSISTANCE = 1500, 424
_MOST_LINKS = 8


class PageBody(QWidget):
    """Three columns where there is room; in narrow windows and large text the assistance follows the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded: bool | None = False
        self.index = SectionIndex(self)
        self.form_area = ScrollArea(self)
        self.summary = ErrorSummary(self.form_area.ground)
        self.aside = ScrollArea(self)
        self.assistance = AssistancePanel(self.aside.ground)
        self.aside.column.setContentsMargins(18, 6, 22, 24)
        self.aside.column.addWidget(self.assistance)
        self.aside.column.addStretch()
        self._order = TabOrder(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.index)
        row.addWidget(self.form_area, 1)
        row.addWidget(self.aside)
        column = self.form_area.column
        column.setContentsMargins(9, 6, 14, BELOW)
        column.setSpacing(14)
        column.addWidget(self.summary)

    def add_sections(self, sections: SectionStack) -> None:
        """Fill the column of the form."""
        self.form_area.column.addLayout(sections.column)
        self.form_area.column.addStretch()

    def order_tabs(self) -> None:
        """Make the tab order the reading order, after something was added or opened."""
        self._order.refresh()

    def regions(self) -> list[QWidget]:
        """Index, form and, where it stands beside the form, assistance."""
        return [self.index, self.form_area, *([] if self.aside.isHidden() else [self.aside])]

    def focus_on(self, target: QWidget) -> None:
        """Put the focus on a field or another control, clear of the edges of the form."""
        self.order_tabs()
        control = target.control if isinstance(target, Field) else target
        # what was just opened has its place only after the layout ran
        self.form_area.column.activate()
        control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.form_area.ensureWidgetVisible(control, FOCUS_MARGIN, FOCUS_MARGIN + 24)

    def scroll_to(self, card: QWidget) -> None:
        """Bring the top of a section to the top of the form."""
        content = self.form_area.widget()
        if content is not None:
            self.form_area.verticalScrollBar().setValue(max(card.mapTo(content, QPoint(0, 0)).y() - 6, 0))

    def top_of(self, cards: Sequence[QWidget]) -> int:
        """Which of the sections the top of the form shows."""
        edge = self.form_area.verticalScrollBar().value() + Theme.current().px(60)
        return next((place for place, card in enumerate(cards) if card.geometry().bottom() > edge), 0)

    def show_summary(self, points: Sequence[Fault], *, saved: bool) -> None:
        """Say what is open, with a link to each of the first points, and take the focus."""
        count = len(points)
        title = ngettext("Bitte eine Angabe prüfen", "Bitte {n} Angaben prüfen", count).format(n=count)
        words = [
            _("Alles ist gespeichert.") if saved else "",
            _("„Aufnahme abschließen“ noch einmal drücken schließt sie auch so ab."),
            _("Hier stehen die ersten {n} von {all}; die nächsten folgen, wenn diese erledigt sind.").format(
                n=_MOST_LINKS, all=count
            )
            if count > _MOST_LINKS
            else "",
        ]
        self.summary.show_faults(title, " ".join(word for word in words if word), points[:_MOST_LINKS])
        self.form_area.verticalScrollBar().setValue(0)

    def refit(self) -> None:
        self._folded = None
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the assistance where there is room for it."""
        theme = Theme.current()
        wide = self.width() / theme.scale >= _WIDE_FROM
        aside = theme.px(_WIDE_ASSISTANCE) if wide else theme.size("assist")
        self.aside.setFixedWidth(aside)
        folded = self.width() - theme.size("index") - aside < theme.px(NARROWEST_FORM)
        if folded == self._folded:
            return
        self._folded = folded
        target = self.form_area if folded else self.aside
        for area in (self.form_area, self.aside):
            area.column.removeWidget(self.assistance)
        # before the stretch at the end
        target.column.insertWidget(target.column.count() - 1, self.assistance)
        self.aside.setVisible(not folded)
        self.assistance.show()
        self.order_tabs()
