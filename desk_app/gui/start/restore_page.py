"""Bringing a backup back before anybody sits down: which one, what it costs, whose passphrase of then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.choice_row import HEIGHT, ChoiceRow
from desk_app.gui.start.failure_banner import FailureBanner
from desk_app.gui.start.shore_panel import ShorePanel
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.passphrase_field import PassphraseField
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.signs import ProgressLine
from desk_app.i18n import _
from desk_app.presenters.restore import Found, RestorePresenter

ChooseFolder = Callable[[QWidget, Path], Path | None]
_ROWS_SHOWN = 3.5
_LOOK = 150
"""Milliseconds between two looks at how far it is."""


class _BackupRow(ChoiceRow):
    def __init__(self, found: Found) -> None:
        super().__init__(found.title, found.detail)
        self.setToolTip(found.detail)

    def _paint_sign(self, painter: QPainter, centre: QPointF, size: float) -> None:
        icons.paint(painter, "hard-drive", centre, round(size * 0.6), "accent" if self.isChecked() else "text2")


class RestorePage(ShorePanel):
    """Emits ``back``."""

    back = Signal()

    def __init__(self, choose_folder: ChooseFolder | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Aus einer Sicherung zurückholen"),
            _(
                "Der Datenbestand kommt auf den Stand der gewählten Sicherung. Der jetzige wird dabei nicht gelöscht: "
                "Er wird im selben Ordner unter „quarantaene-“ und dem heutigen Datum aufgehoben."
            ),
            parent,
        )
        self._choose_folder = choose_folder or _ask_folder
        self._presenter: RestorePresenter | None = None
        self._found: Sequence[Found] = ()
        self._rows: list[_BackupRow] = []
        self._group = QButtonGroup(self)
        self._failure = FailureBanner()
        self._list = ScrollArea()
        self._list.column.setSpacing(2)
        self._list.setAccessibleName(_("Sicherungen"))
        self._loss = Banner("", "warn")
        self.person = ChoiceField(label=_("Wessen Passphrase?"))
        self.passphrase = PassphraseField(_("Passphrase von damals"))
        self._progress = ProgressLine()
        self._stage = Label("", "small", "text2")
        self._restore = Button(_("Zurückholen"), "primary", keys=_("Eingabe"), height="large")
        self._other = Button(_("In einem anderen Ordner suchen"), "link")
        self._back = Button(_("Zurück"), "link")
        self._tick = QTimer(self, interval=_LOOK)
        self._build()
        self._connect()
        self._show_choice()

    def _build(self) -> None:
        actions = QHBoxLayout()
        actions.addWidget(self._restore)
        actions.addWidget(self._other)
        actions.addStretch(1)
        actions.addWidget(self._back)
        for widget in (
            self._failure, self._list, self._loss, self.person, self.passphrase, self._progress, self._stage,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.column.addSpacing(6)
        self.column.addLayout(actions)
        for widget in (self._progress, self._stage):
            widget.hide()

    def _connect(self) -> None:
        self._failure.changed.connect(lambda: self._fit())
        self.person.committed.connect(lambda _person: self._show_wait_of_person())
        self.passphrase.entered.connect(self._ask)
        self._restore.clicked.connect(self._ask)
        self._other.clicked.connect(self._pick)
        self._back.clicked.connect(self.back)
        self._tick.timeout.connect(self._show_progress)

    def bind(self, presenter: RestorePresenter) -> None:
        self._presenter = presenter

    def begin(self) -> None:
        """Look for backups in the places that are remembered."""
        if self._presenter is not None:
            self._presenter.begin()

    # --- what the presenter shows

    def show_backups(self, found: Sequence[Found]) -> None:
        self._found = found
        for row in self._rows:
            self._group.removeButton(row)
            self._list.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_BackupRow(each) for each in found]
        for place, row in enumerate(self._rows):
            self._group.addButton(row)
            self._list.column.insertWidget(place, row)
            row.toggled.connect(self._show_choice)
        self._rows[0].setChecked(True)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, busy: bool) -> None:
        for widget in (self._restore, self._other, self._back, self._list, self.person, self.passphrase):
            widget.setEnabled(not busy)
        self._progress.setVisible(busy and bool(self._found))
        self._stage.setVisible(busy and bool(self._found))
        if busy:
            self._failure.tell("")
            self._show_progress()
            self._tick.start()
        else:
            self._tick.stop()
        self._fit()

    def show_failed(self, message: str) -> None:
        self._failure.tell(message)
        self._to_top()
        (self.passphrase if self._found else self._other).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wait(self, seconds: int) -> None:
        """So long the next try has to wait; counted down here."""
        self._failure.wait(seconds)

    # --- what the user does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._back.isEnabled():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> int:
        return next((place for place, row in enumerate(self._rows) if row.isChecked()), -1)

    def _show_choice(self) -> None:
        """What the chosen backup costs and who can open it; without backups there is nothing to choose."""
        place = self._chosen()
        for widget in (self._list, self._loss, self.person, self.passphrase, self._restore):
            widget.setVisible(place >= 0)
        if place >= 0:
            found = self._found[place]
            self._loss.set_words(found.loss)
            before = self.person.value()
            self.person.set_choices(found.people)
            keys = [key for key, _name in found.people]
            self.person.set_value(before if before in keys else next(iter(keys), None))
            self._show_wait_of_person()
        self._fit()

    def _show_wait_of_person(self) -> None:
        """Each person's own wrong tries count."""
        person, place = self.person.value(), self._chosen()
        if self._presenter is not None and person and place >= 0:
            self._presenter.choose(place, person)

    def _ask(self) -> None:
        if self._presenter is None or not self._restore.isEnabled():
            return
        person, place = self.person.value(), self._chosen()
        self.person.set_error("" if person else _("Hier fehlt noch, wer die Sicherung öffnet"))
        self.passphrase.set_error("" if self.passphrase.text() else _("Hier fehlt noch die Passphrase"))
        self._fit()
        if person and place >= 0 and self.passphrase.text() and not self._failure.is_too_soon():
            self._presenter.bring_back(place, person, self.passphrase.text())

    def _pick(self) -> None:
        chosen = self._choose_folder(self, Path.home())
        if chosen is not None and self._presenter is not None:
            self._presenter.look_in(chosen)

    def _show_progress(self) -> None:
        if self._presenter is not None:
            done, total, words = self._presenter.progress()
            self._progress.setRange(0, total)
            self._progress.setValue(done)
            self._stage.setText(words)

    def _fit(self) -> None:
        if hasattr(self, "_list"):
            rows = max(min(len(self._rows), _ROWS_SHOWN), 1)  # half a row more tells that the list goes on
            self._list.setFixedHeight(round((Theme.current().px(HEIGHT) + 2) * rows))
        super()._fit()

    def _to_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)


def _ask_folder(parent: QWidget, start: Path) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, _("Ordner mit Sicherungen"), str(start))
    return Path(chosen) if chosen else None
