"""A choice out of a code list: open it, or type a few letters and take the suggestion."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QListView, QWidget

from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.inputs import ComboBox, CoveredItems, CoveredWords
from desk_app.i18n import _

Search = Callable[[str], Sequence[str]]


def folded(words: str) -> str:
    """Text without case and accents, for finding "Türkei" by "turk"."""
    spread = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


class Choices:
    """Entries of a list by key, and how to find one by a few letters: beginnings of words first."""

    def __init__(self, entries: Sequence[tuple[str, str]], search: Search | None = None) -> None:
        self.entries = tuple(entries)
        self.labels = dict(entries)
        self.places = {key: place for place, (key, _label) in enumerate(entries)}
        self._search = search

    @cached_property
    def _folded(self) -> list[tuple[str, str]]:
        return [(folded(label), key) for key, label in self.entries]

    def find(self, words: str) -> list[str]:
        """Keys that fit `words`, best first."""
        if self._search is not None:
            return [key for key in self._search(words) if key in self.labels]
        wanted = folded(words.strip())
        hits = [(_rank(label, wanted), place) for place, (label, _key) in enumerate(self._folded) if wanted in label]
        return [self._folded[place][1] for _order, place in sorted(hits)]

    def exact(self, words: str) -> str | None:
        """The key whose label is `words`, whatever its case and accents."""
        wanted = folded(words.strip())
        return next((key for label, key in self._folded if label == wanted), None)


def _rank(label: str, wanted: str) -> int:
    if label.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in label or f"-{wanted}" in label or f"({wanted}" in label else 2


_PAGE_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)


class Suggestions(QObject):
    """The list that drops down below an input while typing. Eingabe or Tab takes the marked entry.

    `taken(key, by_keyboard)` is called when an entry was accepted.
    """

    def __init__(self, owner: QWidget, taken: Callable[[str, bool], None]) -> None:
        super().__init__(owner)
        self._taken = taken
        self._keys: list[str] = []
        self._model = CoveredWords(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(owner)
        self._popup = QListView()
        self._popup.setProperty("popup", True)
        self._popup.setUniformItemSizes(True)
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(CoveredItems(self._popup))
        self._popup.installEventFilter(self)
        self._popup.clicked.connect(lambda index: self._take(index.row(), by_keyboard=False))

    def offer(self, keys: list[str], labels: list[str]) -> None:
        """Show these entries, the first one marked; nothing where there is none."""
        self._keys = keys
        self._model.setStringList(labels)
        if keys:
            self._completer.complete()
            self._popup.setCurrentIndex(self._model.index(0))
        else:
            self.close()

    def close(self) -> None:
        self._popup.hide()

    @property
    def is_open(self) -> bool:
        return self._popup.isVisible()

    def labels(self) -> list[str]:
        """The entries on offer, as shown."""
        return list(self._model.stringList())

    def _take(self, row: int, by_keyboard: bool) -> None:
        self.close()
        if 0 <= row < len(self._keys):
            self._taken(self._keys[row], by_keyboard)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._take(self._popup.currentIndex().row(), by_keyboard=True)
                return True
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _PAGE_KEYS:
                # a key of the page takes the marked entry first and then does what it does everywhere
                self._take(self._popup.currentIndex().row(), by_keyboard=False)
                here = QApplication.focusWidget()
                return here is not None and QApplication.sendEvent(here, QKeyEvent(event))
        return super().eventFilter(watched, event)


class ChoiceField(Field):
    """One entry of a list; values are its key, None where nothing was chosen."""

    def _make_control(self) -> QWidget:
        self._choices = Choices(())
        self._suggestions: Suggestions | None = None
        self._box = ComboBox(self)
        self._box.editTextChanged.connect(self._edited)
        self._box.activated.connect(self._chosen)
        return self._box

    def set_choices(self, entries: Sequence[tuple[str, str]], search: Search | None = None) -> None:
        """Offer `entries` (key, label) in this order; `search` finds keys by text instead of the labels alone."""
        self._choices = Choices(entries, search)
        self._box.offer([label for _key, label in entries])
        if not self._dirty:
            self._put(self._value)

    def _text(self) -> str:
        return self._box.currentText()

    def _put(self, value: Any) -> None:
        # a key that the list no longer holds is still shown, rather than lost
        words = "" if value is None else self._choices.labels.get(value, str(value))
        self._box.show_entry(self._choices.places.get(value, -1), words)
        edit = self._box.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)
        if self._suggestions is not None:
            self._suggestions.close()

    def _read(self) -> Any:
        words = self._text().strip()
        if not words:
            return None
        if words == self._choices.labels.get(self._value, self._value):
            return self._value
        key = self._choices.exact(words)
        if key is None:
            hits = self._choices.find(words)
            key = hits[0] if len(hits) == 1 else None
        if key is None:
            raise ValueError(_("Bitte einen Eintrag aus der Liste wählen"))
        return key

    def _edited(self, words: str) -> None:
        self._note_typed()
        keys = self._choices.find(words) if words.strip() else []
        if self._suggestions is None:
            self._suggestions = Suggestions(self._box, self._taken)
        self._suggestions.offer(keys, [self._choices.labels[key] for key in keys])

    def suggestions(self) -> list[str]:
        """The labels on offer below the input while typing."""
        return self._suggestions.labels() if self._suggestions is not None and self._suggestions.is_open else []

    def _hand_on(self) -> None:
        # a half typed word may look like another entry: wait until the field is left or an entry is taken
        if self._choices.exact(self._text()) or not self._text().strip():
            super()._hand_on()

    def _taken(self, key: str, by_keyboard: bool) -> None:
        with QSignalBlocker(self._box):
            self._box.setEditText(self._choices.labels[key])
        self._dirty = True
        self.commit()
        if by_keyboard:
            self.go_on()

    def _chosen(self, row: int) -> None:
        """An entry of the whole list was chosen; its first row is the empty one."""
        with QSignalBlocker(self._box):
            self._box.setEditText(self._choices.entries[row - 1][1] if row > 0 else "")
        self._dirty = True
        self.typed.emit()
        self.commit()

    def set_read_only(self, locked: bool) -> None:
        edit = self._box.lineEdit()
        if edit is not None:
            edit.setReadOnly(locked)
        self._box.set_locked(locked)
