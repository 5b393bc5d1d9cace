"""What the centre says about itself: letterhead, the offices it writes to, limits. Kept after each field."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.centre import Centre
from desk_app.domain.clock import show_time
from desk_app.gui.forms.centre_form import Ui_CentreForm
from desk_app.gui.header import SaveState
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.centre import CentrePresenter, answer_of, limits_notice, reading_of_setting

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


WIDEST = 960
"""Width of a form at 100 %."""


class CentreCards(ScrollArea):
    """Four cards, one below the other."""

    failed = Signal(str)

    def __init__(self, runner: Runner, clock: Clock, save_state: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = CentrePresenter(self, runner, clock)
        self._save_state = save_state
        save_state.again.connect(self._presenter.retry)
        self._drawing = QWidget(self)
        self._drawing.hide()
        self.form = Ui_CentreForm()
        self.form.setupUi(self._drawing)
        self.set_widest(WIDEST)
        self.column.setSpacing(14)
        self._refusal = Banner("", "accent")
        self._refusal.hide()
        self.column.addWidget(self._refusal)
        self._add(
            _("Briefkopf"),
            _("Steht oben auf jeder Schulplatzanfrage und in der Kopfzeile der Excel-Liste."),
            self.form.letterhead,
        )
        self._add(
            _("Schulamt"),
            _("Anschriftfeld der Anfragen für Grundschule und Sekundarstufe I."),
            self.form.school_authority_grid,
        )
        self._add(
            _("Bezirksregierung"),
            _("Anschriftfeld der Anfragen ab 16 Jahren (Sekundarstufe II)."),
            self.form.district_government_grid,
        )
        self._add(_("Fristen"), "", self.form.limits)
        self.column.addStretch(1)
        self._fields = {field.get_key(): field for field in self.findChildren(Field)}
        for key, field in self._fields.items():
            self._bind(key, field)

    def refuse(self, words: str) -> None:
        """Let everything be read and nothing changed, and say why; empty where it may be changed."""
        self._refusal.set_words(words)
        self._refusal.setVisible(bool(words))
        for field in self._fields.values():
            field.set_read_only(bool(words))

    def _add(self, title: str, words: str, grid: QWidget) -> None:
        card = Card(title)
        if words:
            hint = Label(words, "small", "text3", wrap=True)
            card.body.addWidget(hint)
            card.body.addSpacing(10)
        card.body.addWidget(grid)
        self.column.addWidget(card)

    def _bind(self, key: str, field: Field) -> None:
        reading = reading_of_setting(key)
        field.set_reading(reading.parse, reading.show, reading.notice)

        def keep(value: str | int | None) -> None:
            fault = reading.fault(str(value)) if reading.fault is not None and value is not None else ""
            field.set_error(fault)
            self._presenter.edit(key, value)

        field.committed.connect(keep)

    def load(self) -> None:
        """Read what holds now."""
        self._presenter.load()

    # --- what the presenter shows

    def show_centre(self, settings: Centre) -> None:
        for key, field in self._fields.items():
            field.offer_value(answer_of(settings, key))
        self.form.red_after.set_notice(limits_notice(settings))

    def show_saving(self) -> None:
        self._save_state.show_saving()

    def show_saved(self, at: datetime) -> None:
        self._save_state.show_saved(show_time(at))

    def show_unsaved(self, message: str) -> None:
        self._save_state.show_failed(_("noch nicht gesichert"))
        self.failed.emit(message)
