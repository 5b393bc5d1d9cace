"""Entering the day sheet that was written by hand: one row as printed below the other, each kept when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.casework.day_sheet_entry import LATE, Entry
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.families.undo_banner import UndoBar
from desk_app.gui.painting import box, painting, text, width_of
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, modified
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import FieldLabel
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.text_fields import NumberField, TextField
from desk_app.i18n import _
from desk_app.presenters.day_sheet_entry import MARKS, SheetEntryPresenter, SheetRow, SheetShown

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEADINGS: Final = 5


class MarkField(QWidget):
    """kam, später, kam nicht, abgesagt: K, S, N, A choose, ← → go on, the same once more takes it away."""

    marked = Signal()

    def __init__(self, row: SheetRow) -> None:
        super().__init__()
        self.mark = row.came
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spoken = row.spoken
        self._tell()
        self.refit()

    def refit(self) -> None:
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        width = sum(self._width(words) for _mark, words, _key in MARKS)
        return QSize(width + 6, Theme.current().size("control"))

    @staticmethod
    def _width(words: str) -> int:
        return round(width_of(_(words), Theme.current().font("small", strong=True))) + Theme.current().px(16)

    def choose(self, mark: str) -> None:
        """Mark it so; the same mark again takes it away."""
        self.mark = "" if mark == self.mark else mark
        self._tell()
        self.update()
        self.marked.emit()

    def _tell(self) -> None:
        word = next((_(words) for mark, words, _key in MARKS if mark == self.mark), _("noch nichts"))
        self.setAccessibleName(f"{self._spoken}: {word}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marks = [mark for mark, _words, _key in MARKS]
        letter = next((mark for mark, _words, key in MARKS if event.text().upper() == key), "")
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if modified(event):
            super().keyPressEvent(event)
        elif letter:
            self.choose(letter)
        elif step is not None:
            place = marks.index(self.mark) + step if self.mark else 0
            if 0 <= place < len(marks) and marks[place] != self.mark:
                self.choose(marks[place])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = 3.0
        for mark, words, _key in MARKS:
            x += self._width(words)
            if event.position().x() < x:
                self.choose(mark)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        x = 3.0
        with painting(self) as painter:
            box(painter, self.rect(), 7, "neutral_tint")
            for mark, words, key in MARKS:
                area = QRectF(x, 3, self._width(words), self.height() - 6)
                chosen = mark == self.mark
                if chosen:
                    box(painter, area, 5, "surface", "line_strong")
                ink = "bad" if chosen and key == "N" else "text" if chosen else "text2"
                font = theme.font("small", strong=chosen)
                text(painter, area, _(words), font, ink, Qt.AlignmentFlag.AlignCenter)
                x += area.width()


class SheetLine(QObject):
    """The fields of one row. Eingabe leads to the same field of the next row."""

    next_asked = Signal(int, int)
    """A field, counted from the left, of a row so many further on is to have the keyboard."""

    def __init__(self, row: SheetRow, kinds: Sequence[tuple[UUID, str]], presenter: SheetEntryPresenter) -> None:
        super().__init__()
        self.row = row
        self._presenter = presenter
        self.mark = MarkField(row)
        self.late = NumberField()
        self.topic = ChoiceField()
        self.topic.set_choices([(str(key), words) for key, words in kinds])
        self.next = TextField()
        self.next.set_placeholder(_("3.12. 10:30"))
        self.error = Label("", "small", "bad", wrap=True)
        self.error.hide()
        for field in (self.late, self.topic, self.next):
            for label in field.findChildren(FieldLabel):
                label.hide()  # the head of the column says it
        self.late.control.setAccessibleName(_("{row}: Minuten zu spät").format(row=row.spoken))
        self.topic.control.setAccessibleName(_("{row}: Thema").format(row=row.spoken))
        self.next.control.setAccessibleName(_("{row}: Nächster Termin").format(row=row.spoken))
        self.late.set_value(row.late)
        self.topic.set_value(str(row.kind) if row.kind else None)
        self._kept = self._values()
        self._agreed = False
        """Whether the next date was made, which is not made again."""
        self.controls: tuple[QWidget, ...] = (self.mark, self.late.control, self.topic.control, self.next.control)
        self.mark.marked.connect(self._show_late)
        self._show_late()
        for control in self.controls:
            control.installEventFilter(self)

    def _show_late(self) -> None:
        self.late.setEnabled(self.mark.mark == LATE)

    def _values(self) -> tuple[str, str, str, str]:
        return self.mark.mark, self.late.text(), self.topic.text(), self.next.text()

    def commit(self) -> None:
        """Hand over what is not kept yet."""
        if self._values() == self._kept:
            return
        self.error.hide()
        if not (self.late.commit() and self.topic.commit()):
            return
        try:
            next_at = self._presenter.read_next(self.next.text(), self.row)
        except ValueError as error:
            self.show_error(str(error))
            return
        self._kept = self._values()
        next_at = None if self._agreed else next_at
        minutes, kind = self.late.value(), self.topic.value()
        self._presenter.keep(
            Entry(
                self.row.visit, self.mark.mark, int(minutes) if minutes and self.mark.mark == LATE else None,
                UUID(kind) if kind else None, next_at,
            )
        )  # fmt: skip
        if next_at is not None:
            self._agreed = True
            self.next.set_read_only(True)

    def show_error(self, words: str) -> None:
        """Say below the row what is not kept, and keep it for another try."""
        self._kept = ("", "", "", "")
        self._agreed = False
        self.next.set_read_only(False)
        self.error.setText(words)
        self.error.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.controls:
            place = self.controls.index(watched)
            if event.key() in _ENTER and not modified(event):
                self.next_asked.emit(place, 1)
                return True
            if place == 0 and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.next_asked.emit(place, 1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)


class _Rows(ScrollArea):
    """As high as its rows where the window has the room."""

    def sizeHint(self) -> QSize:
        content = self.widget()
        return QSize(0, content.sizeHint().height() if content is not None else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), Theme.current().px(120)))


class SheetDialog(Scrim):
    """Every row is kept when it is left, all of them when the dialog closes."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock) -> None:
        super().__init__(window, 1020, from_top=0.06)
        self.presenter = SheetEntryPresenter(self, runner, clock)
        self._title = ElidedLabel("", "title")
        self._words = Label("", "small", "text2")
        self.day = DateField(label=_("Tag"))
        self.day.set_reading(lambda words: parse_day(words, self.presenter.today), show_day)
        self.day.committed.connect(self._turn_to)
        self._scroll = _Rows()
        self._grid = QGridLayout()
        self._scroll.column.addLayout(self._grid)
        self._scroll.column.addStretch(1)
        self.lines: list[SheetLine] = []
        self.undo_bar = UndoBar(runner)
        self.undo_bar.way_back_asked.connect(lambda _deed: self.presenter.read(self.presenter.day))
        self.done = Button(_("Fertig"), "primary", keys="Esc")
        self._leaving = False
        self._build()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _build(self) -> None:
        self.body.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._words)
        head.addLayout(names, 1)
        self.day.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.day.setFixedWidth(Theme.current().px(150))
        head.addWidget(self.day)
        self.body.addLayout(head)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.undo_bar)
        row = QHBoxLayout()
        keys = _("K kam · S später · N kam nicht · A abgesagt · Eingabe: nächste Zeile · Tab: nächstes Feld")
        row.addWidget(Label(keys, "caption", "text3", wrap=True), 1)
        row.addWidget(self.done)
        self.body.addLayout(row)
        self.done.clicked.connect(self.dismiss)

    def begin(self, day: date | None = None) -> None:
        """Show the sheet of a day; ``None`` for the last one."""
        self.open(self.done)
        self.presenter.read(day)

    def _turn_to(self, day: date | None) -> None:
        if day is not None and day != self.presenter.day:
            self._commit_all()
            self.presenter.read(day)

    def _commit_all(self) -> None:
        for line in self.lines:
            line.commit()

    # --- what the presenter shows

    def show_sheet(self, shown: SheetShown) -> None:
        self._title.setText(shown.title)
        self.panel.setAccessibleName(shown.title)
        self._words.setText(shown.words)
        self.day.set_value(shown.day)
        self._clear()
        headings = (_("Zeit"), _("Wer"), _("Kam"), _("Min. zu spät"), _("Thema"), _("Nächster Termin"))
        for place, words in enumerate(headings if shown.rows else ()):
            heading = Label(words, "caption", "text2", strong=True)
            self._grid.addWidget(heading, 0, place)
            heading.show()
        for number, row in enumerate(shown.rows):
            self._add(number, SheetLine(row, shown.kinds, self.presenter))
        for place, stretch in enumerate((0, 3, 0, 0, 2, 2)):
            self._grid.setColumnStretch(place, stretch)
        self._scroll.updateGeometry()
        self._fit()
        first = next((line for line in self.lines if not line.mark.mark), self.lines[0] if self.lines else None)
        (first.mark if first else self.day).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, number: int, line: SheetLine) -> None:
        time = Label(line.row.time, "body", "text2")
        time.setToolTip(line.row.desk)
        who = ElidedLabel(f"{line.row.title}" + (f" · {line.row.desk}" if line.row.desk else ""), "body")
        who.setMinimumWidth(Theme.current().px(150))
        line.late.setFixedWidth(Theme.current().px(70))
        at = 1 + 2 * number
        for place, widget in enumerate((time, who, line.mark, line.late, line.topic, line.next)):
            self._grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignVCenter)
            widget.show()  # one that is not shown yet has no height
        self._grid.addWidget(line.error, at + 1, 1, 1, _HEADINGS)
        line.next_asked.connect(lambda place, step, here=number: self._go(here + step, place))
        line.setParent(self)
        self.lines.append(line)

    def _clear(self) -> None:
        self.lines = []
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _go(self, row: int, place: int) -> None:
        if 0 <= row < len(self.lines):
            self.lines[row].controls[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif row >= len(self.lines):
            self.done.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard went from one row to another: keep the one that was left."""
        left, entered = self._line_of(old), self._line_of(new)
        if left is not None and left is not entered:
            left.commit()

    def _line_of(self, widget: QWidget | None) -> SheetLine | None:
        if widget is None:
            return None
        found = (line for line in self.lines if any(c is widget or c.isAncestorOf(widget) for c in line.controls))
        return next(found, None)

    def show_kept(self, visit: UUID, way_back: UUID) -> None:
        title = next((line.row.title for line in self.lines if line.row.visit == visit), "")
        self.undo_bar.tell_done(_("Nachgetragen: {name}.").format(name=title), way_back)

    def show_refused(self, visit: UUID, message: str) -> None:
        for line in self.lines:
            if line.row.visit == visit:
                line.show_error(message)
        self._fit()

    def show_failed(self, message: str) -> None:
        self.undo_bar.show_failed(message)

    def dismiss(self) -> None:
        """Keep what is typed; a row that cannot be kept stays in sight with its reason."""
        self._commit_all()
        if any(not line.error.isHidden() for line in self.lines) and not self._leaving:
            self._leaving = True  # the second time it is left all the same
            return
        application = QApplication.instance()
        if isinstance(application, QApplication) and not self.isHidden():
            application.focusChanged.disconnect(self._follow)
        super().dismiss()
