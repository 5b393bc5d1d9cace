"""One visit beside where it was pressed: what is known, what comes next, what it is about, and where else to go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRect, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.visit_states import EXPECTED
from desk_app.gui.today.family_field import FamilyField, Find
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import Chip, FilterChip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.overlays import Popover
from desk_app.i18n import _
from desk_app.presenters.today_rows import SlotRow
from desk_app.presenters.visit_menu import VisitMenu


class VisitPopover(Popover):
    """Built anew each time it opens; Esc closes it and gives the focus back."""

    stepped = Signal(str)
    topic_chosen = Signal(object)
    family_asked = Signal()
    intake_asked = Signal()
    linked = Signal(object)
    appointment_asked = Signal()
    slots_asked = Signal()
    slot_chosen = Signal(object)
    wish_asked = Signal()
    slip_asked = Signal()

    def __init__(self, window: QWidget, menu: VisitMenu, kinds: Sequence[tuple[UUID, str]], find: Find) -> None:
        super().__init__(window)
        self.menu = menu
        self.over = False
        """Whether it was closed: what was asked for it may come later."""
        self._anchor = QRect()
        self.body.setSpacing(7)
        self.body.addWidget(ElidedLabel(menu.title, "section"))
        for words in menu.facts:
            self.body.addWidget(Label(words, "small", "text2", wrap=True))
        if menu.warning:
            self.body.addWidget(Chip(menu.warning, "warn", "user-x"))
        self.steps: list[Button] = []
        self._add_steps()
        self._slots = QVBoxLayout()
        self._slots.setSpacing(6)
        if menu.takes_topic:
            self._add_topics(kinds)
        self.who = FamilyField(_("Zu welcher Familie gehört der Besuch?"), find)
        self.who.chosen.connect(self._link)
        self.who.grown.connect(self._fit)
        self.who.setVisible(False)
        self.body.addWidget(self.who)
        self.body.addLayout(self._slots)
        self._add_ways()
        self.closed.connect(self.deleteLater)

    def open_at(self, anchor: QRect) -> None:
        self._anchor = anchor
        super().open_at(anchor)
        first = next((button for button in self.steps if button.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def adjustSize(self) -> None:
        """As high as its lines of buttons need at its width, which Qt would take from their width in one line."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _add_steps(self) -> None:
        row = FlowLayout(gap=8)
        for place, choice in enumerate(self.menu.choices):
            button = Button(choice.words, "primary" if place == 0 and not choice.refusal else "secondary")
            button.setEnabled(not choice.refusal)
            button.setToolTip(choice.refusal)
            button.clicked.connect(lambda _checked=False, state=choice.state: self._step(state))
            row.addWidget(button)
            self.steps.append(button)
        self.body.addLayout(row)
        for choice in self.menu.choices:
            if choice.refusal:
                self.body.addWidget(Label(choice.refusal, "small", "text3", wrap=True))

    def _add_topics(self, kinds: Sequence[tuple[UUID, str]]) -> None:
        self.body.addWidget(Label(_("Worum geht es?"), "small", "text2"))
        row = FlowLayout(gap=6)
        for key, words in kinds:
            chip = FilterChip(words)
            chip.setChecked(key == self.menu.line.kind)
            chip.clicked.connect(lambda _checked=False, key=key: self._choose_topic(key))
            row.addWidget(chip)
        self.body.addLayout(row)

    def _add_ways(self) -> None:
        line = self.menu.line
        row = FlowLayout(gap=14)
        if line.household is not None:
            self._way(row, _("Akte öffnen"), self.family_asked)
        else:
            self._way(row, _("Aufnahme beginnen"), self.intake_asked)
            link = Button(_("Familie zuordnen"), "link", height="mini")
            link.clicked.connect(self._show_who)
            row.addWidget(link)
        if line.walk_in and self.menu.choices:
            slots = Button(_("Termin geben"), "link", height="mini")
            slots.clicked.connect(self.slots_asked)
            row.addWidget(slots)
        if not line.walk_in and line.state in EXPECTED:
            self._way(row, _("Möchte früher kommen"), self.wish_asked)
            self._way(row, _("Terminzettel drucken"), self.slip_asked)
        if not line.walk_in:
            self._way(row, _("In Termine öffnen"), self.appointment_asked)
        self.body.addLayout(row)

    def _way(self, row: FlowLayout, words: str, signal: SignalInstance) -> None:
        button = Button(words, "link", height="mini")
        button.clicked.connect(self.close_popover)
        button.clicked.connect(lambda _checked=False: signal.emit())
        row.addWidget(button)

    def show_slots(self, slots: Sequence[SlotRow]) -> None:
        """Times that are free, to choose one."""
        if not slots:
            self._slots.addWidget(Label(_("In den nächsten vier Wochen ist nichts frei."), "small", "text2", wrap=True))
        for slot in slots:
            button = Button(slot.words, "secondary", "calendar-plus", height="compact")
            button.clicked.connect(lambda _checked=False, slot=slot.slot: self._choose_slot(slot))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            self._slots.addLayout(line)
            button.show()
        self._fit()
        self._slots_first()

    def _slots_first(self) -> None:
        for place in range(self._slots.count()):
            item = self._slots.itemAt(place)
            line = item.layout() if item is not None else None
            entry = line.itemAt(0) if line is not None else None
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _show_who(self) -> None:
        self.who.show()
        self._fit()
        self.who.setFocus()

    def _fit(self) -> None:
        """Find room for what came to it."""
        here, came_from = QApplication.focusWidget(), self._came_from
        super().open_at(self._anchor)
        self._came_from = came_from
        if here is not None and self.isAncestorOf(here):
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, state: str) -> None:
        self.close_popover()
        self.stepped.emit(state)

    def _choose_topic(self, key: UUID) -> None:
        self.close_popover()
        self.topic_chosen.emit(key if key != self.menu.line.kind else None)

    def _link(self, household: UUID | None) -> None:
        if household is not None:
            self.close_popover()
            self.linked.emit(household)

    def _choose_slot(self, slot: object) -> None:
        self.close_popover()
        self.slot_chosen.emit(slot)

    def close_popover(self) -> None:
        self.over = True
        self.who.stop()
        super().close_popover()
