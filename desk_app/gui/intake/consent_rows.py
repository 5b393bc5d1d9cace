"""One consent: a row that is ticked with one key, and what it opens to."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref
from desk_app.gui import icons
from desk_app.gui.forms.consent_form import Ui_ConsentForm
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.intake.disclosure import Foldable
from desk_app.gui.painting import box_tick, hairline, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING, PressRow
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.i18n import _
from desk_app.presenters import consents
from desk_app.presenters.choices import Choices
from desk_app.presenters.consents import ConsentRow
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.schooling import call_name


class ConsentLine(PressRow):
    """Leertaste ticks "today", M and S say the form, Eingabe opens."""

    ticked = Signal()
    form_chosen = Signal(str)

    def __init__(self, row: ConsentRow, parent: QWidget) -> None:
        super().__init__(row.label, "rowDense", parent)
        self.is_open = False
        self.show_row(row)

    def show_row(self, row: ConsentRow) -> None:
        self.row_shown = row
        who = f"{row.label}, {row.child_name}" if row.child_name else row.label
        self.setAccessibleName(f"{who}: {row.words}")
        self.setAccessibleDescription(_("Leertaste: heute eingewilligt, M mündlich, S schriftlich, Eingabe öffnet"))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        elif event.text().isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.form_chosen.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside and event.position().x() < self._name_left():
            self.setDown(False)
            self.ticked.emit()
        else:
            super().mouseReleaseEvent(event)

    def _name_left(self) -> float:
        return PADDING + self._indent() + Theme.current().px(28)

    def _indent(self) -> int:
        return Theme.current().px(28) if self.row_shown.child is not None else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, row = Theme.current(), self.row_shown
        with painting(self) as painter:
            self.paint_ground(painter)
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)
            side, middle = theme.px(18), (self.height() - 1) / 2
            place = QPointF(PADDING + self._indent() + side / 2, middle)
            if row.withdrawn:
                icons.paint(painter, "circle-slash", place, side, "warn")
            else:
                state = Qt.CheckState.Checked if row.in_force else Qt.CheckState.Unchecked
                box_tick(painter, place, side, state)
            left, end = self._name_left(), self.width() - PADDING - theme.px(20)
            font = theme.font("body", strong=row.in_force)
            name = row.child_name or row.label
            room = min(width_of(name, font) + 1, (end - left) * 0.62)
            text(painter, QRectF(left, 0, room, self.height() - 1), name, font, "text")
            ink = "warn" if row.withdrawn else "text2" if row.in_force else "text3"
            left += room + 12
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            rest = QRectF(left, 0, end - left - 6, self.height() - 1)
            text(painter, rest, row.words, theme.font("small"), ink, right)
            symbol = "chevron-up" if self.is_open else "chevron-down"
            icons.paint(painter, symbol, QPointF(self.width() - PADDING - theme.px(8), middle), theme.px(16), "text3")


class ConsentEditor(QWidget):
    """The five questions about one consent, what a withdrawal means, and how one child is set apart."""

    def __init__(self, presenter: IntakePresenter, choices: Choices, row: ConsentRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter, self._choices, self._row = presenter, choices, row
        self.form = Ui_ConsentForm()
        content = QWidget(self)
        self.form.setupUi(content)
        self.follows = InfoLine(parent=self)
        self.earlier = InfoLine(parent=self)
        self.again = Button(_("Heute neu eingewilligt"), "tint", "plus", height="compact", parent=self)
        self.apart = Button(_("Für ein Kind anders"), "ghost", "split", height="compact", parent=self)
        self.join = Button(_("Wieder wie für alle"), "ghost", "undo-2", height="compact", parent=self)
        self.again.clicked.connect(lambda: consents.give_today(presenter, choices, self._row))
        self.apart.clicked.connect(self._choose_child)
        self.join.clicked.connect(lambda: consents.join_again(presenter, self._row))
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING + 28, 8, PADDING, 12)
        column.setSpacing(8)
        for widget in (content, self.follows, self.earlier):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        for button in (self.again, self.apart, self.join):
            buttons.addWidget(button)
        buttons.addStretch()
        column.addLayout(buttons)
        fields = self.form.main.fields()
        self.binding = FormBinding(presenter, choices, RecordKind.CONSENT, fields, self._resolve, self._create)

    def show_row(self, row: ConsentRow, file: FamilyFile) -> None:
        self._row = row
        self.binding.show(file)
        self.follows.say(consents.what_follows(row), "warn")
        past = consents.earlier_words(row.earlier)
        self.earlier.say(_("Früher: {consents}").format(consents=past) if past else "")
        self.again.setVisible(row.withdrawn)
        apart = consents.children_to_set_apart(file, self._choices, row.recipient)
        self.apart.setVisible(row.child is None and bool(apart))
        self.join.setVisible(consents.may_join_again(row))

    def _resolve(self, file: FamilyFile) -> Record | None:
        return consents.newest(file, self._row.recipient, self._row.child)

    def _create(self) -> Ref:
        known = consents.new_consent(self._presenter.file, self._row.recipient, self._choices.today)
        return self._presenter.add(RecordKind.CONSENT, self._row.child, {**known, "given_on": None})

    def _choose_child(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for child in consents.children_to_set_apart(self._presenter.file, self._choices, self._row.recipient):
            menu.addAction(call_name(child.person), partial(self.set_apart, child.id))
        menu.popup(self.apart.mapToGlobal(QPoint(0, self.apart.height())))

    def set_apart(self, child: UUID) -> None:
        consents.set_apart(self._presenter, self._row, child)


class ConsentEntry(Foldable):
    """A row and, while it is open, its questions below."""

    def __init__(self, presenter: IntakePresenter, choices: Choices, row: ConsentRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter, self._choices = presenter, choices
        self.editor: ConsentEditor | None = None
        self.line = ConsentLine(row, self)
        self.line.clicked.connect(lambda: self.set_open(not self.is_open))
        self.line.ticked.connect(self._tick)
        self.line.form_chosen.connect(self._set_form)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line)

    @property
    def row(self) -> ConsentRow:
        return self.line.row_shown

    @property
    def is_open(self) -> bool:
        return self.editor is not None and not self.editor.isHidden()

    def set_open(self, is_open: bool) -> None:
        if is_open == self.is_open:
            return
        if self.editor is None:
            self.editor = ConsentEditor(self._presenter, self._choices, self.row, self)
            self._column.addWidget(self.editor)
        self.editor.setVisible(is_open)
        self.line.is_open = is_open
        self.show_row(self.row, self._presenter.file)
        if is_open:
            self.editor.form.given_on.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_row(self, row: ConsentRow, file: FamilyFile) -> None:
        self.line.show_row(row)
        if self.editor is not None and self.is_open:
            self.editor.show_row(row, file)

    def _tick(self) -> None:
        row = self.row
        if not row.in_force:
            consents.give_today(self._presenter, self._choices, row)
        elif not consents.take_back(self._presenter, self._choices, row):
            self.set_open(True)
            if self.editor is not None:
                self.editor.form.withdrawn_on.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_form(self, letter: str) -> None:
        form = consents.form_for_letter(self._choices, letter)
        if form is None:
            return
        if not self.row.in_force:
            consents.give_today(self._presenter, self._choices, self.row)
        record = self.row.record
        if record is not None:
            self._presenter.edit(record.ref, "form", form)
