"""Who interprets an appointment: everybody who speaks the language with why or why not, asked with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.casework.interpreter_asking import Candidate
from desk_app.gui import icons
from desk_app.gui.choice_row import ChoiceRow
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.interpreting import Asking, AskingPresenter

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner

_SHOWN = 5
"""So many people are seen at once; the others are scrolled to."""


class _CandidateRow(ChoiceRow):
    def __init__(self, candidate: Candidate) -> None:
        contact = " · ".join(part for part in (candidate.name or _("ohne Namen"), candidate.phone) if part)
        super().__init__(contact, ", ".join(candidate.against or candidate.pro))
        self.candidate = candidate
        self.setEnabled(not candidate.barred)

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        symbol, tone = ("languages", "text2") if self.candidate.fits else ("user-x", "disabled")
        icons.paint(painter, symbol, centre, round(size * 0.6), tone)


class InterpretingDialog(StepDialog):
    """Begins with the best one chosen: Eingabe asks them. Emits ``settled`` once somebody was asked or promised."""

    settled = Signal()

    def __init__(self, window: QWidget, runner: Runner, appointment: UUID) -> None:
        super().__init__(window, _("Wer dolmetscht?"), "", _("Anfragen"))
        self._width = 620
        self.presenter = AskingPresenter(self, runner, appointment)
        self.about, self.state = Label("", "body", "text2", wrap=True), Label("", "body", "text", wrap=True)
        self.nobody = Banner("", "warn")
        self.nobody.hide()
        self.rows: list[_CandidateRow] = []
        self._asked = False
        self._group = QButtonGroup(self)
        self._list = ScrollArea()
        self._list.setAccessibleName(_("Wer die Sprache spricht"))
        self._column: QVBoxLayout = self._list.column
        self._column.setSpacing(2)
        for widget in (self.about, self.state, self.nobody, self._list):
            self.body.addWidget(widget)
        self.promised = Button(_("Hat zugesagt"), "secondary", "circle-check")
        self.promised.clicked.connect(self._promise)
        self.refused = Button(_("Kann nicht"), "ghost", "user-x")
        self.refused.clicked.connect(self.presenter.decline)
        self.finish(self.promised, self.refused)

    def begin(self) -> None:
        """Open it and read who could."""
        self.open(self.cancel)
        self.presenter.load()

    def show_asking(self, asking: Asking) -> None:
        asked = asking.line.interpreter is not None
        self.about.setText(asking.about)
        self.state.setText(asking.state)
        self.nobody.set_words(asking.nobody)
        self.nobody.setVisible(bool(asking.nobody) and not asked)
        self._show_rows([each for each in asking.candidates if each.id != asking.line.interpreter])
        self._asked = asked
        self.promised.setVisible(asking.line.interpreting != "confirmed")
        self.refused.setVisible(asked)
        self._fit_buttons()
        first = self.promised if asked and self.promised.isVisible() else self._chosen()
        (first or next((row for row in self.rows if row.isEnabled()), self.cancel)).setFocus()
        self._fit()

    def show_settled(self) -> None:
        self.close_dialog()
        self.settled.emit()

    def _show_rows(self, candidates: list[Candidate]) -> None:
        for row in self.rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [_CandidateRow(each) for each in candidates]
        for row in self.rows:
            self._group.addButton(row)
            self._column.addWidget(row)
            row.installEventFilter(self)
            row.toggled.connect(self._fit_buttons)
            row.show()
        best = next((row for row in self.rows if row.candidate.fits), None)
        if best is not None:
            best.setChecked(True)
        height = min(len(self.rows), _SHOWN) * (Theme.current().px(52) + 2)
        self._list.setFixedHeight(height)
        self._list.setVisible(bool(self.rows))

    def _fit_buttons(self) -> None:
        chosen = self._chosen() is not None
        self.deed.setEnabled(chosen)
        self.promised.setEnabled(self._asked or chosen)

    def _chosen(self) -> _CandidateRow | None:
        return next((row for row in self.rows if row.isChecked()), None)

    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.presenter.ask(chosen.candidate.id)

    def _promise(self) -> None:
        """Whoever was asked said yes; where nobody was, the one who is chosen."""
        chosen = self._chosen()
        if self._asked or chosen is None:
            self.presenter.confirm()
        else:
            self.presenter.confirm(chosen.candidate.id)
