"""A school year opened in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain import school_history
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.gui.forms.school_year import Ui_SchoolYearForm
from desk_app.gui.intake.binding import FormBinding
from desk_app.gui.painting import hairline, painting, shade
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter


class YearEditor(QWidget):
    """A school year opened in place: its six questions, and whether there was no school at all."""

    closed = Signal()

    def __init__(self, presenter: IntakePresenter, choices: Choices, ref: Ref, parent: QWidget) -> None:
        super().__init__(parent)
        self.ref = ref
        self._presenter = presenter
        self.form = Ui_SchoolYearForm()
        content = QWidget(self)
        self.form.setupUi(content)
        self.none = TickField(self, _("kein Schulbesuch"))
        self.none.committed.connect(self._set_attended)
        self.done = Button(_("Zuklappen"), "ghost", "chevron-up", _("Esc"), "compact", parent=self)
        self.done.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 10, PADDING, 11)
        column.setSpacing(6)
        column.addWidget(content)
        foot = QHBoxLayout()
        foot.addWidget(self.none, 1, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.done, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)
        self.binding = FormBinding(
            presenter, choices, RecordKind.SCHOOL_YEAR, self.form.main.fields(), lambda file: file.find(ref)
        )
        for key in ("school_year", "until_year"):
            self._field(key).set_reading(_normal)

    def finish(self) -> bool:
        """Finish editing; False when a text cannot be read, which then stays as typed."""
        readable = [field.commit() for field in self.form.main.fields()]
        return all(readable)

    def _field(self, key: str) -> Field:
        found = self.binding.field(key)
        assert found is not None
        return found

    def show_file(self, file: FamilyFile) -> None:
        self.binding.show(file)
        record = file.find(self.ref)
        attended = record is None or record.flag("attended") is not False
        self.none.offer_value(not attended)
        self._field("school").setVisible(attended)
        self._field("grade").setVisible(attended)

    def first_open(self) -> Field:
        """The first question without an answer."""
        attended = ("school_year", "country", "school", "grade", "remark")
        order = ("school_year", "remark") if self.none.value() else attended
        fields = [self._field(key) for key in order]
        return next((field for field in fields if field.value() is None), fields[0])

    def _set_attended(self, none: object) -> None:
        self._presenter.edit(self.ref, "attended", none is not True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), shade("hover"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), shade("accent"))
            hairline(painter, 0, self.width(), self.height() - 1)


def _normal(words: str) -> str:
    return school_history.show_school_year(school_history.read_school_year(words))
