"""The log of sendings: what left when for whom, its passphrase once more, and what offices still have to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.secret_sheet import SecretText
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button, IconButton
from desk_app.gui.widgets.cards import Divider
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_export import Errand, OutForms
from desk_app.presenters.placement_sending import Sendings, SendingsPresenter, SentLine

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.gui.placements.export_flow import ExportFlow
    from desk_app.presenters.runner import Runner

_HEIGHT = 380
_MOST = 200


class SendingsDialog(Scrim):
    """``errand_asked`` comes with what is to be sent now, and for how many requests."""

    errand_asked = Signal(object, int)

    def __init__(self, window: QWidget, runner: Runner, clock: Clock, refusal: str = "") -> None:
        super().__init__(window, 720)
        self.panel.setAccessibleName(_("Sendungen"))
        self._refusal = refusal
        self._sendings = Sendings()
        self.presenter = SendingsPresenter(self, runner, clock)
        self.rows: dict[UUID, SentRow] = {}
        self.changes = Button("", "primary", "send")
        self.strike = Button("", "secondary", "send")
        self.failure = Banner("", "bad")
        self.empty = Label(_("Noch nichts gesendet."), "body", "text3")
        self._list = ScrollArea()
        self._list.column.setSpacing(0)
        self._list.column.addStretch(1)
        self.close_button = Button(_("Schließen"), "secondary", keys="Esc")
        self.close_button.clicked.connect(self.dismiss)
        self.changes.clicked.connect(lambda: self._ask(Errand.CHANGES, self._sendings.changes))
        self.strike.clicked.connect(lambda: self._ask(Errand.RETRACTION, self._sendings.retractions))
        self._build()

    def _build(self) -> None:
        column = self.body
        column.setSpacing(10)
        column.addWidget(Label(_("Sendungen"), "title"))
        column.addWidget(self.failure)
        due = QHBoxLayout()
        due.setSpacing(8)
        due.addWidget(self.changes)
        due.addWidget(self.strike)
        due.addStretch(1)
        column.addLayout(due)
        column.addWidget(self.empty)
        column.addWidget(self._list)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        for widget in (self.failure, self.changes, self.strike, self.empty):
            widget.hide()
        self._list.setFixedHeight(Theme.current().px(_HEIGHT))

    def ask(self) -> None:
        """Open and read."""
        self.open(self.close_button)
        self.presenter.load()

    def _ask(self, errand: Errand, count: int) -> None:
        if self._refusal:
            self.show_failed(self._refusal)
            return
        self.close_dialog()
        self.errand_asked.emit(errand, count)
        self.dismissed.emit()

    # --- what the presenter shows

    def show_sendings(self, sendings: Sendings) -> None:
        """Show the log."""
        self._sendings = sendings
        words = ngettext("{n} Änderung melden", "{n} Änderungen melden", sendings.changes)
        self.changes.setText(words.format(n=sendings.changes))
        words = ngettext("{n} Streichung senden", "{n} Streichungen senden", sendings.retractions)
        self.strike.setText(words.format(n=sendings.retractions))
        self.changes.setVisible(sendings.changes > 0)
        self.strike.setVisible(sendings.retractions > 0)
        self.empty.setVisible(not sendings.lines)
        self._list.setVisible(bool(sendings.lines))
        for place, line in enumerate(sendings.lines[:_MOST]):
            row = SentRow(line, self._look_up)
            self.rows[line.id] = row
            self._list.column.insertWidget(place, row)
        self.refit()

    def _look_up(self, sending: UUID) -> None:
        if self._refusal:
            self.show_failed(self._refusal)
        else:
            self.presenter.look_up(sending)

    def show_passphrase(self, sending: UUID, passphrase: str) -> None:
        self.rows[sending].show_passphrase(passphrase)

    def show_failed(self, message: str) -> None:
        self.failure.set_words(message)
        self.failure.show()
        self.refit()


class SendingsButton(IconButton):
    """Opens the log of sendings; what is to be sent from there goes the way of every export."""

    def __init__(self, page: QWidget, runner: Runner, clock: Clock, export: ExportFlow) -> None:
        super().__init__("send", _("Sendungen: was wann an wen ging"), "compact")
        self._page, self._runner, self._clock, self._export = page, runner, clock, export
        self.refusal = ""
        self.dialog: SendingsDialog | None = None
        self.clicked.connect(self._open)

    def _open(self) -> None:
        if self.dialog is not None:
            return
        dialog = self.dialog = SendingsDialog(self._page.window(), self._runner, self._clock, self.refusal)
        dialog.errand_asked.connect(lambda errand, count: self._export.start(OutForms(), errand, count))
        dialog.dismissed.connect(self._closed)
        dialog.ask()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


class SentRow(QWidget):
    """One sending; its passphrase is shown when somebody asks for it."""

    def __init__(self, line: SentLine, look_up: Callable[[UUID], None]) -> None:
        super().__init__()
        self.setAccessibleName(f"{line.title}, {line.told}")
        self.show_button = Button(_("Passphrase"), "ghost", "eye", height="compact")
        self.show_button.setAccessibleName(_("Passphrase von {title} zeigen").format(title=line.title))
        self.show_button.setVisible(line.encrypted)
        self.show_button.clicked.connect(lambda: look_up(line.id))
        words = QVBoxLayout()
        words.setSpacing(0)
        # each as long as it is: without an alignment the shorter one would cut the longer one
        words.addWidget(ElidedLabel(line.title, "body", strong=True), 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(ElidedLabel(line.told, "small", "text2"), 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words)
        head.addStretch(1)
        head.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 12, 0)
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self.secret: SecretText | None = None
        self._rule = Divider(0, 0)
        self.column.addWidget(self._rule)

    def show_passphrase(self, passphrase: str) -> None:
        """Show it below, marked for copying."""
        if self.secret is None:
            self.secret = SecretText(passphrase, _("Passphrase"))
            self.column.insertWidget(1, self.secret)
            self.show_button.hide()
            self.secret.selectAll()
            self.secret.setFocus()
