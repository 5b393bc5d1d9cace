"""A day that bundles families for one interpreter: three proposals with why, and one deed that does all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desk_app.casework.interpreter_days import BundleDay, Move
from desk_app.gui import icons
from desk_app.gui.choice_row import ChoiceRow
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters.interpreting import BundlePresenter, call_words, day_detail, day_title, move_words

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


class _DayRow(ChoiceRow):
    def __init__(self, day: BundleDay) -> None:
        super().__init__(day_title(day), day_detail(day))
        self.day = day

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        icons.paint(painter, "calendar-clock", centre, round(size * 0.6), "text2")


class BundleDialog(StepDialog):
    """Nothing is moved until the deed is pressed; then it says whom to tell. Emits ``done``.

    ``interpreter`` is whom to begin with, ``None`` for the first of the list.
    """

    done = Signal()

    def __init__(self, window: QWidget, runner: Runner, interpreter: UUID | None = None) -> None:
        words = _(
            "Trittstein legt offene Termine der nächsten vier Wochen auf einen Tag hintereinander, damit jemand nur "
            "einmal kommen muss. Es ist ein Vorschlag; erst der Knopf verschiebt."
        )
        super().__init__(window, _("Tag zum Dolmetschen bündeln"), "", _("So verschieben und anfragen"))
        self.intro = Label(words, "body", "text2", wrap=True)
        self._width = 680
        self._wanted = interpreter
        self.presenter = BundlePresenter(self, runner)
        self.who = ChoiceField(label=_("Wer dolmetscht"))
        self.who.committed.connect(self._propose)
        self.rows: list[_DayRow] = []
        self._group = QButtonGroup(self)
        self._days, self._moves = QVBoxLayout(), QVBoxLayout()
        self._days.setSpacing(2)
        self._moves.setSpacing(2)
        self.told = Label("", "body", "text2", wrap=True)
        self.body.addWidget(self.intro)
        self.body.addWidget(self.who)
        self.body.addWidget(self.told)
        self.body.addLayout(self._days)
        self.body.addLayout(self._moves)
        self.deed.setEnabled(False)
        self.finish()

    def begin(self) -> None:
        """Open it and read who interprets."""
        self.open(self.who)
        self.presenter.load()

    # --- what the presenter shows

    def show_interpreters(self, entries: Sequence[tuple[str, str]]) -> None:
        self.who.set_choices(entries)
        keys = [key for key, _name in entries]
        if not keys:
            self._say(_("Es ist noch niemand eingetragen. Einstellungen, Dolmetschen: dort geht das."))
            return
        chosen = str(self._wanted) if str(self._wanted) in keys else keys[0]
        self.who.set_value(chosen)
        self._propose(chosen)

    def show_days(self, days: tuple[BundleDay, ...]) -> None:
        nothing = _(
            "Für diese Person gibt es in den nächsten vier Wochen nichts zu bündeln. Dazu braucht es mindestens zwei "
            "Familien an verschiedenen Tagen, für die noch niemand angefragt ist."
        )
        self._say("" if days else nothing)
        _clear(self._days)
        self.rows = [_DayRow(day) for day in days]
        for row in self.rows:
            self._group.addButton(row)
            _put(self._days, row)
            row.installEventFilter(self)
            row.toggled.connect(lambda on, row=row: self._show_moves(row.day) if on else None)
        self.deed.setEnabled(bool(days))
        _clear(self._moves)
        if self.rows:
            self.rows[0].setChecked(True)
        self._fit()

    def show_done(self, words: str, told: tuple[Move, ...]) -> None:
        """What was done, and whom to call; it stays open until it is read."""
        _clear(self._days)
        _clear(self._moves)
        self.rows = []
        for widget in (self.intro, self.who, self.deed):
            widget.hide()
        self._say(words)
        for move in told:
            _put(self._moves, Label(call_words(move), "body", "text", wrap=True))
        self.cancel.setText(_("Schließen"))
        self.cancel.updateGeometry()
        self.cancel.setFocus()
        self._fit()
        self.done.emit()

    # --- how

    def _propose(self, key: object) -> None:
        if key:
            self.presenter.propose(UUID(str(key)))

    def _show_moves(self, day: BundleDay) -> None:
        _clear(self._moves)
        for move in day.moves:
            _put(self._moves, Label(move_words(move), "small", "text2", wrap=True))
        self._fit()

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _ask(self) -> None:
        chosen = next((row for row in self.rows if row.isChecked()), None)
        if chosen is not None:
            self.presenter.take(chosen.day)


def _put(column: QVBoxLayout, widget: QWidget) -> None:
    """Below the others, seen at once, so that the dialog knows how high it has to be."""
    column.addWidget(widget)
    widget.show()


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
