"""The dialog for a paper: what can be chosen at the left, how it looks at the right, printed or saved below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.gui.folders import FolderTools
from desk_app.gui.page_view import PageView
from desk_app.gui.printing import choose_printer, image_of, put_on_paper
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.paper_out import Look, PaperPresenter

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.presenters.runner import Runner

_WIDTH, _LEFT, _TALL = 960, 290, 600
_SETTLE = 120
"""Milliseconds after a change until the page is drawn."""
_WARNING = N_("Dieses PDF wird nicht verschlüsselt: Wer an diesen Ordner kommt, kann es lesen.")

AskPrinter = Callable[[QWidget], "QPrinter | None"]


class PaperDialog(Scrim):
    """Nothing is written down until the paper is printed or saved. ``name`` is what it is called in a print queue."""

    done = Signal(str)
    """What was done, as a sentence."""

    def __init__(
        self, window: QWidget, runner: Runner, title: str, name: str, ask_printer: AskPrinter = choose_printer
    ) -> None:
        super().__init__(window, _WIDTH)
        self._name = name
        self._ask_printer = ask_printer
        self.folders = FolderTools()
        self.presenter = PaperPresenter(self, runner)
        self.confirm: ConfirmDialog | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._look)
        self.notes = Label("", "small", "text2", wrap=True)
        self.failure, self.told = Banner("", "bad"), Banner("", "ok")
        self.view = PageView()
        self.nothing = Label("", "body", "text2", wrap=True)
        self.print_button = Button(_("Drucken"), "primary", "printer")
        self.save_button = Button(_("Als PDF speichern …"), "secondary", "file-text")
        self.cancel = Button(_("Schließen"), "secondary", keys="Esc")
        for widget in (self.failure, self.told, self.nothing):
            widget.hide()
        self.choices = QVBoxLayout()
        """Where what can be chosen goes."""
        self.choices.setSpacing(12)
        self._build(title)
        self.view.resized.connect(self._settle.start)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.dismiss)
        self.dismissed.connect(self._settle.stop)

    def _build(self, title: str) -> None:
        self.panel.setAccessibleName(title)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(Label(title, "title", wrap=True))
        left.addLayout(self.choices)
        for widget in (self.notes, self.failure, self.told):
            left.addWidget(widget)
        left.addStretch(1)
        for button in (self.print_button, self.save_button, self.cancel):
            left.addWidget(button)
        left.setContentsMargins(0, 0, 0, 0)
        side = QWidget()
        side.setLayout(left)
        scroll = ScrollArea()
        scroll.setAccessibleName(_("Vorschau"))
        scroll.column.addWidget(self.nothing)
        scroll.column.addWidget(self.view)
        scroll.column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(side)
        row.addWidget(scroll, 1)
        self.body.addLayout(row)
        self._side, self._scroll = side, scroll
        self._size()
        self._ready(ready=False)

    def _size(self) -> None:
        theme, window = Theme.current(), self.parentWidget()
        assert window is not None
        self._side.setFixedWidth(theme.px(_LEFT))
        self._scroll.setFixedHeight(max(theme.px(280), min(theme.px(_TALL), window.height() - 100)))

    def refit(self) -> None:
        self._size()
        super().refit()

    # --- how it looks

    def _changed(self) -> None:
        """Something else was chosen: what was said before is over, and the page is drawn anew."""
        self.told.hide()
        self.failure.hide()
        self._settle.start()

    def _look(self) -> None:
        if not self.isHidden():
            self.presenter.look(self.view.pixels())

    def show_paper(self, look: Look) -> None:
        self.view.show_image(image_of(look.picture), _("Vorschau: {paper}").format(paper=self._name))
        self.view.show()
        self.nothing.hide()
        self.notes.setText("\n".join(look.notes))
        self._ready(ready=True)

    def show_none(self, message: str) -> None:
        self.view.show_image(QImage(), _("Keine Vorschau"))
        self.view.hide()
        self.nothing.setText(message)
        self.nothing.show()
        self.notes.setText("")
        self._ready(ready=False)

    def _ready(self, *, ready: bool) -> None:
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    # --- the ways out

    def _settled(self) -> bool:
        """Hand on what is still being typed: what leaves is what is shown."""
        return True

    def print(self) -> None:
        """Ask for a printer and put the paper on it."""
        if not self._settled():
            return
        printer = self._ask_printer(self)
        if printer is not None:
            self.presenter.print(lambda pages: put_on_paper(printer, pages, self._name))

    def save(self) -> None:
        """Ask for a folder, say that the file is unprotected, and write it."""
        folder = self.folders.choose(self.window(), None) if self._settled() else None
        if folder is not None:
            self._ask_to_save(folder)

    def _ask_to_save(self, folder: Path) -> None:
        window = self.parentWidget()
        assert window is not None
        words = _("{paper} als PDF").format(paper=self._name)
        confirm = self.confirm = ConfirmDialog(window, folder, words, [_(_WARNING)])
        confirm.confirmed.connect(lambda: self.presenter.save(folder))
        confirm.other_folder.connect(self.save)
        confirm.ask()

    def show_done(self, words: str) -> None:
        self.told.set_words(words)
        self.told.show()
        self._fit()
        self.done.emit(words)

    def show_failed(self, message: str) -> None:
        self.failure.set_words(message)
        self.failure.show()
        self._fit()
