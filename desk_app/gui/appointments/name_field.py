"""Who an appointment is for: a name that is typed, or a family that is found by it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import Suggestions
from desk_app.gui.widgets.info_line import InfoLine
from desk_app.gui.widgets.labels import ElidedLabel
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.booking_draft import FamilyFacts, Found

_WITHOUT = ""
"""The key of the last line: take the name as it is typed."""


class NameField(QWidget):
    """Below the name it says which family is meant, with a way out of that, and what one should know of it."""

    typed = Signal(str)
    chosen = Signal(object)
    """The household that is meant."""
    unlinked = Signal()
    """It is nobody whose file is here."""

    def __init__(self) -> None:
        super().__init__()
        self.field = TextField(label=_("Familie oder Name"))
        self.field.set_placeholder(_("z. B. Haddad, Telefon oder Aktenzeichen"))
        self.field.typed.connect(lambda: self.typed.emit(self.field.text()))
        self._suggestions = Suggestions(self.field.control, self._take)
        self._family = ElidedLabel("", "small", "text2")
        self._loose = Button(_("ohne Akte"), "link", height="mini")
        self._loose.clicked.connect(self.unlinked)
        self.notice = InfoLine("", "warn")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._family)
        row.addWidget(self._loose)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self.notice)
        self.setFocusProxy(self.field)
        self.show_family("", None, None)

    def show_family(self, typed: str, family: FamilyFacts | None, appointment: UUID | None) -> None:
        """What is typed, and the family it stands for."""
        if typed != self.field.text():
            control = self.field.control
            assert isinstance(control, QLineEdit)
            untouched = control.hasSelectedText() or not control.text()
            self.field.set_value(typed)
            if untouched:  # what is typed now stands in its place
                control.selectAll()
        words = ""
        if family is not None:
            same = typed.strip() == family.title
            words = family.detail if same else f"{family.title} · {family.detail}"
        self._family.setText(words)
        self._family.setVisible(bool(words))
        self._loose.setVisible(family is not None)
        notice = family.notice(appointment) if family is not None and appointment is not None else ""
        self.notice.say(notice, "warn")
        self.field.control.setAccessibleDescription(", ".join(part for part in (words, notice) if part))

    def show_found(self, found: Sequence[Found], typed: str) -> None:
        """Families that may be meant, and the name as it is typed; nothing where there is none."""
        if not found or not self.field.control.hasFocus():
            self._suggestions.close()
            return
        keys = [*(str(each.household) for each in found), _WITHOUT]
        self._suggestions.offer(keys, [*(each.words for each in found), _("„{name}“ ohne Akte").format(name=typed)])

    @property
    def asks(self) -> bool:
        """Whether the families to choose from are shown."""
        return self._suggestions.is_open

    def close_list(self) -> None:
        self._suggestions.close()

    def _take(self, key: str, _by_keyboard: bool) -> None:
        if key == _WITHOUT:
            self.unlinked.emit()
        else:
            self.chosen.emit(UUID(key))
