"""Several answers in one field, as chips: languages from a list, or names as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Property, QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import RemovableChip
from desk_app.gui.widgets.choice_field import Choices, Search, Suggestions
from desk_app.gui.widgets.field import Field, is_plain_enter
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.line_edit import LineEdit
from desk_app.i18n import _


class TagField(Field):
    """Values are tuples: of keys where `set_choices` was called, else of texts. Empty is None."""

    def _make_control(self) -> QWidget:
        self._tags: list[str] = []
        self._choices: Choices | None = None
        self._suggestions: Suggestions | None = None
        self._chips: list[RemovableChip] = []
        ground = QWidget(self)
        self._flow = FlowLayout(ground)
        self._edit = LineEdit(ground)
        self._edit.hide()
        self._edit.textEdited.connect(self._edited)
        self._edit.installEventFilter(self)
        self._add = Button(_("Hinzufügen"), "link", "plus", height="compact", parent=ground)
        self._add.clicked.connect(self.open_input)
        self._flow.addWidget(self._edit)
        self._flow.addWidget(self._add)
        ground.setFocusProxy(self._add)
        self.refit()
        return ground

    def refit(self) -> None:
        self._edit.setFixedWidth(Theme.current().px(200))

    def get_add_text(self) -> str:
        return self._add.text()

    def set_add_text(self, words: str) -> None:
        """What the button says: "Sprache"."""
        self._add.setText(words)
        self._add.updateGeometry()
        self._name_control()

    add_text = Property(str, get_add_text, set_add_text)

    def set_choices(self, entries: Sequence[tuple[str, str]], search: Search | None = None) -> None:
        """Only these entries (key, label) can be added."""
        self._choices = Choices(entries, search)
        if not self._dirty:
            self._put(self._value)

    @property
    def control(self) -> QWidget:
        """The input while it is open, else the button that opens it."""
        return self._edit if self._edit.isVisible() else self._add

    def _name_control(self) -> None:
        super()._name_control()
        self._edit.setAccessibleName(self.get_label())
        self._add.setAccessibleName(f"{self.get_label()}: {self._add.text()}")

    def chips(self) -> list[RemovableChip]:
        return list(self._chips)

    def open_input(self) -> None:
        """Open the input for one more answer."""
        self._edit.show()
        self._add.hide()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_input(self) -> None:
        self._edit.clear()
        self._edit.hide()
        self._add.show()

    def _text(self) -> str:
        return self._edit.text()

    def _put(self, value: Any) -> None:
        self._tags = list(value or ())
        self._edit.clear()
        if self._suggestions is not None:
            self._suggestions.close()
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(place, tag) for place, tag in enumerate(self._tags)]
        self._flow.invalidate()

    def _chip(self, place: int, tag: str) -> RemovableChip:
        words = self._choices.labels.get(tag, tag) if self._choices else tag
        chip = RemovableChip(words, self._control_ground())
        chip.removed.connect(lambda: self._remove(tag))
        self._flow.insert_widget(place, chip)
        chip.show()
        QWidget.setTabOrder(chip, self._edit)
        return chip

    def _control_ground(self) -> QWidget:
        ground = self._edit.parentWidget()
        assert ground is not None
        return ground

    def _read(self) -> Any:
        words = self._edit.text().strip()
        tags = list(self._tags)
        if words:
            tag = self._tag_for(words)
            tags += [tag] if tag not in tags else []
        return tuple(tags) or None

    def _tag_for(self, words: str) -> str:
        if self._choices is None:
            return str(self._parse(words))
        key = self._choices.exact(words)
        hits = self._choices.find(words)
        if key is None and len(hits) != 1:
            raise ValueError(_("Bitte einen Eintrag aus der Liste wählen"))
        return key or hits[0]

    def _edited(self, words: str) -> None:
        self._note_typed()
        if self._choices is None:
            return
        keys = [key for key in self._choices.find(words) if key not in self._tags] if words.strip() else []
        if self._suggestions is None:
            self._suggestions = Suggestions(self._edit, self._taken)
        self._suggestions.offer(keys, [self._choices.labels[key] for key in keys])

    def _taken(self, key: str, by_keyboard: bool) -> None:
        if self._choices is not None:
            self._edit.setText(self._choices.labels[key])
        self._dirty = True
        self.commit()

    def _hand_on(self) -> None:
        # an answer counts once it is accepted: half a word is no language
        return

    def _remove(self, tag: str) -> None:
        self._tags.remove(tag)
        self._note_typed()
        self.commit()
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._edit.clear()
                self._close_input()
                self._add.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if is_plain_enter(event) and self._edit.text().strip():
                self.commit()  # stays open for the next answer
                return True
        elif watched is self._edit and isinstance(event, QFocusEvent) and event.lostFocus():
            # an answer that cannot be read keeps the input open, with the reason below
            if event.reason() != Qt.FocusReason.PopupFocusReason and self.commit():
                self._close_input()
            return False
        return super().eventFilter(watched, event)

    def set_read_only(self, locked: bool) -> None:
        self._add.setVisible(not locked)
        for chip in self._chips:
            chip.setEnabled(not locked)
