"""The dialog for a letter to a family: which one, in which language, by which day, and how it will look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.clock import local_day
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.folders import FolderTools
from desk_app.gui.page_view import PageView
from desk_app.gui.printing import choose_printer, image_of, put_on_paper
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.confirm_dialog import ConfirmDialog
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.letters import Letter, LettersPresenter, Offer, Shown, languages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner

_WIDTH, _LEFT, _TALL = 1000, 300, 600
_SETTLE = 120
"""Milliseconds after a change until the page is drawn."""
_WARNING = N_("Dieses PDF wird nicht verschlüsselt: Wer an diesen Ordner kommt, kann den Brief lesen.")
_EVERYBODY = "all"

AskPrinter = Callable[[QWidget], "QPrinter | None"]


class LetterDialog(Scrim):
    """Nothing is written down until the letter is printed or saved."""

    done = Signal(str)
    """What was done, as a sentence."""

    def __init__(self, window: QWidget, runner: Runner, clock: Clock, ask_printer: AskPrinter = choose_printer) -> None:
        super().__init__(window, _WIDTH)
        self._clock = clock
        self._ask_printer = ask_printer
        self.folders = FolderTools()
        self.presenter = LettersPresenter(self, runner)
        self.confirm: ConfirmDialog | None = None
        self._children: tuple[UUID, ...] = ()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._look)
        self._make()
        self._build()
        self._connect()

    def _make(self) -> None:
        self.letters = {letter: FilterChip(letter.label) for letter in Letter}
        self._group = QButtonGroup(self)
        for chip in self.letters.values():
            self._group.addButton(chip)
        self.child = ChoiceField(label=_("Für wen"))
        self.language = ChoiceField(label=_("Sprache über dem Deutschen"))
        self.day = DateField(label=_("Bitte bringen bis"))
        self.day.set_reading(lambda words: parse_day(words, self._today()), show_day)
        self.notes = Label("", "small", "text2", wrap=True)
        self.failure, self.told = Banner("", "bad"), Banner("", "ok")
        self.view = PageView()
        self.nothing = Label("", "body", "text2", wrap=True)
        self.print_button = Button(_("Drucken"), "primary", "printer")
        self.save_button = Button(_("Als PDF speichern …"), "secondary", "file-text")
        self.cancel = Button(_("Schließen"), "secondary", keys="Esc")
        for widget in (self.failure, self.told, self.nothing):
            widget.hide()

    def _build(self) -> None:
        title = _("Brief an die Familie")
        self.panel.setAccessibleName(title)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(Label(title, "title", wrap=True))
        chips = FlowLayout(gap=6)
        for chip in self.letters.values():
            chips.addWidget(chip)
        left.addLayout(chips)
        for widget in (self.child, self.language, self.day, self.notes, self.failure, self.told):
            left.addWidget(widget)
        left.addStretch(1)
        for button in (self.print_button, self.save_button, self.cancel):
            left.addWidget(button)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollArea()
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

    def _size(self) -> None:
        theme, window = Theme.current(), self.parentWidget()
        assert window is not None
        self._side.setFixedWidth(theme.px(_LEFT))
        self._scroll.setFixedHeight(max(theme.px(280), min(theme.px(_TALL), window.height() - 100)))

    def _connect(self) -> None:
        for letter, chip in self.letters.items():
            chip.clicked.connect(lambda _on, chosen=letter: self._choose(letter=chosen))
        self.child.committed.connect(self._choose_child)
        self.language.committed.connect(lambda key: self._choose(language=key) if key else None)
        self.day.committed.connect(lambda day: self._choose(bring_by=day) if day else None)
        self.view.resized.connect(self._settle.start)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.cancel.clicked.connect(self.dismiss)

    def refit(self) -> None:
        self._size()
        super().refit()

    def _today(self) -> date:
        return local_day(self._clock())

    # --- what is chosen

    def begin(self, household: UUID, letter: Letter = Letter.MISSING, child: UUID | None = None) -> None:
        """Open for a family; ``child`` is chosen where one is named."""
        self._ready(ready=False)
        self.open(self.cancel)
        self.presenter.begin(household, letter, child)

    def show_offer(self, offer: Offer) -> None:
        wanted = self.presenter.wanted
        assert wanted is not None
        self._children = tuple(key for key, _name in offer.children)
        everybody = (_EVERYBODY, _("alle Kinder"))
        self.child.set_choices([everybody, *((str(key), name) for key, name in offer.children)])
        self.child.setVisible(len(offer.children) > 1)
        self.language.set_choices(languages(offer))
        self.child.set_value(str(wanted.child) if wanted.child else _EVERYBODY)
        self.language.set_value(wanted.language)
        self.day.set_value(wanted.bring_by)
        self._letter_shown()
        self._fit()
        self.letters[wanted.letter].setFocus()
        self._settle.start()

    def _letter_shown(self) -> None:
        wanted = self.presenter.wanted
        assert wanted is not None
        self.letters[wanted.letter].setChecked(True)
        self.day.setVisible(wanted.letter is Letter.MISSING)
        if wanted.letter is not Letter.MISSING and wanted.child is None:
            # these letters are about one child; the family sees whose on the page
            first = next(iter(self._children), None)
            self.presenter.choose_child(first)
            self.child.set_value(str(first) if first else _EVERYBODY)

    def _choose(self, **chosen: object) -> None:
        self.presenter.choose(**chosen)  # type: ignore[arg-type]  # one of the presenter's own keywords
        self._changed()

    def _choose_child(self, key: str | None) -> None:
        self.presenter.choose_child(UUID(key) if key and key != _EVERYBODY else None)
        self._changed()

    def _changed(self) -> None:
        self.told.hide()
        self.failure.hide()
        self._letter_shown()
        self._settle.start()

    # --- how it looks

    def _look(self) -> None:
        if not self.isHidden():
            self.presenter.look(self.view.pixels())

    def show_letter(self, shown: Shown) -> None:
        name = _("Vorschau: {letter}").format(letter=shown.wanted.letter.label)
        self.view.show_image(image_of(shown.picture), name)
        self.view.show()
        self.nothing.hide()
        self.notes.setText("\n".join(shown.notes))
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

    def print(self) -> None:
        """Ask for a printer and put the letter on paper."""
        if not self._settled():
            return
        printer = self._ask_printer(self)
        if printer is not None:
            self.presenter.print(lambda pages: put_on_paper(printer, pages, "Brief"))

    def save(self) -> None:
        """Ask for a folder, say that the file is unprotected, and write it."""
        folder = self.folders.choose(self.window(), None) if self._settled() else None
        if folder is not None:
            self._ask_to_save(folder)

    def _settled(self) -> bool:
        """Hand on what is still being typed: what leaves is what is shown."""
        return all(field.commit() for field in (self.child, self.language, self.day))

    def _ask_to_save(self, folder: Path) -> None:
        window = self.parentWidget()
        assert window is not None
        confirm = self.confirm = ConfirmDialog(window, folder, _("Brief als PDF"), [_(_WARNING)])
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
