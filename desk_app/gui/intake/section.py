"""One section of the intake: a card that shows the file and hands every answer to the presenter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk_app.domain.fields import SECTION_TITLES, Section
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.gui.intake.tab_order import reading_order
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.signs import section_words
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter

_NEARLY = 3
"""So few missing answers are worth a word; more are the normal state of a form that was just begun."""


class IntakeSection(Card):
    """Base of the eight cards. Fill ``self.body``; put what belongs to the whole card into ``self.head``.

    The page calls ``show_file`` after every change, ``reveal`` to jump to a question, ``add_row`` on Einfg while the
    focus is in the section, and ``show_counts`` with what the request still needs. It also puts the tab order right
    after every change, so parts may be built and shown in any order.
    """

    section: Section

    def __init__(
        self,
        presenter: IntakePresenter,
        choices: Choices,
        parent: QWidget | None = None,
        *,
        padded: bool = True,
        ruled: bool = False,
    ) -> None:
        super().__init__(_(SECTION_TITLES[self.section]), padded=padded, ruled=ruled, parent=parent)
        self.presenter = presenter
        self.choices = choices
        self._state = Chip("")
        self._state.hide()
        self.head.add_action(self._state)

    def show_file(self, file: FamilyFile, today: date) -> None:
        """Show ``file``. Takes no focus, never overwrites a field being typed in, costs little when nothing changed."""
        raise NotImplementedError

    def begin(self, file: FamilyFile, today: date) -> Iterator[None]:
        """Show a file for the first time, some milliseconds at a time; the card is not seen before the end."""
        self.show_file(file, today)
        yield

    def reveal(self, kind: RecordKind, key: str, person: UUID | None) -> QWidget | None:
        """Open what has to be opened for a question and give back the widget to focus; ``None`` if it is not here."""
        raise NotImplementedError

    def add_row(self) -> bool:
        """Add a row to the list of the section (Einfg); False where it has none."""
        return False

    def first_control(self) -> QWidget | None:
        """Where the focus goes when the section is jumped to: its first field or row that is shown."""
        stops = (widget for widget in reading_order(self) if widget.isVisibleTo(self) and widget.isEnabled())
        return next(stops, None)

    def show_counts(self, done: int, total: int, faulty: int) -> None:
        """Say at the right of the head that the section is complete, nearly complete, or has something to check."""
        missing = total - done
        if faulty:
            self._state.set_state(section_words(done, total, faulty), "bad", "circle-alert")
        elif total and not missing:
            self._state.set_state(_("vollständig"), "ok", "check")
        elif missing <= _NEARLY:
            words = ngettext("{n} Angabe fehlt", "{n} Angaben fehlen", missing).format(n=missing)
            self._state.set_state(words, "warn", "circle-dot")
        self._state.setVisible(bool(faulty or (done and missing <= _NEARLY)))

    def faults(self) -> list[Field]:
        """Fields whose text cannot be read or is wrong, in the order of the page."""
        return [field for field in self.findChildren(Field) if field.error() and not field.isHidden()]
