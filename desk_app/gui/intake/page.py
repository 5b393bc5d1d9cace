"""The intake: header, section index, one page of eight sections, assistance."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.domain.clock import Clock, show_time
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import FamilyFile
from desk_app.gui.intake.disclosure import open_around
from desk_app.gui.intake.open_points import open_points
from desk_app.gui.intake.page_body import PageBody
from desk_app.gui.intake.page_header import IntakeHeader
from desk_app.gui.intake.page_keys import PageKeys, control, plain
from desk_app.gui.intake.page_parts import PageParts
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.intake.siblings import same_question
from desk_app.gui.widgets.field import commit_all, field_of
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.intake_overview import Overview, overview
from desk_app.presenters.runner import Runner

_SAVING_SHOWN_AFTER = 300
"""Milliseconds; what is saved sooner needs no word (design sheet, section 8)."""


class IntakePage(QWidget):
    """One open intake. It can be closed at any time: call ``commit_pending`` first."""

    finished = Signal()
    """The intake was closed for good, and the store knows it."""
    later = Signal()

    def __init__(
        self, runner: Runner, clock: Clock, choices: Choices | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices or Choices(clock)
        self._last: QWidget | None = None
        self._overview: Overview | None = None
        self._faulty: dict[Section, int] = {}
        self._current = Section.FAMILY
        self._gave_way = False
        self.presenter = IntakePresenter(self, runner, clock)
        self.header = IntakeHeader(self)
        self.header.save_state.again.connect(self.presenter.retry)
        self.header.later_asked.connect(self._leave)
        self.header.finish_asked.connect(self.finish)
        self._saving = QTimer(self, singleShot=True, interval=_SAVING_SHOWN_AFTER)
        self._saving.timeout.connect(self.header.save_state.show_saving)
        self.body = PageBody(self)
        self.parts = PageParts(self, self.body, self.presenter, self._choices, runner, lambda: self._current)
        self.parts.placed.connect(self._placed)
        self.sections = self.parts.sections
        self._lay_out()
        self._listen()
        if choices is None:
            self._choices.load(runner, self._show_again)

    # --- what others ask of the page

    def open(self, file: FamilyFile) -> None:
        """Show a file that was just begun or read; nothing of it is read again."""
        self.presenter.show(file)
        self.parts.begin()

    @property
    def whole(self) -> bool:
        """Whether everything is there; what is missing follows while nobody waits for it."""
        return self.parts.whole

    def give_way(self) -> None:
        """Give up the sections of a page that is not seen, unless something typed stands only there.

        Whoever comes back finds them made anew, at the section that was left.
        """
        if self.parts.give_way():
            self._last, self._gave_way = None, True

    def show_file(self, file: FamilyFile) -> None:
        """Show the file after a change. Fields being typed in keep their text, the focus stays."""
        self.parts.show_file(file)
        self._refresh()
        self.body.order_tabs()

    def commit_pending(self) -> None:
        """Hand over the field being typed: before closing, locking or leaving the page."""
        commit_all(self)

    def jump_to(self, question: Question) -> None:
        """Open what hides a question and put the focus on it."""
        section = self.sections[question.section]
        self.focus_on(section.reveal(question.kind, question.key, question.person) or section.first_control())

    def go_to(self, section: Section | None = None) -> None:
        """Scroll to a section and put the focus on its first field; without one, to where the page was left."""
        card = self.sections[section or self._current]
        self.focus_on(card.first_control())
        self.body.scroll_to(card)
        self._show_current(card.section)

    def title(self) -> str:
        return self._overview.title if self._overview is not None else _("Neue Aufnahme")

    def primary(self) -> None:
        """Strg+Eingabe."""
        self.finish()

    def undo(self) -> None:
        """Strg+Z, where no input has something of its own to take back."""
        self.presenter.undo()

    def regions(self) -> list[QWidget]:
        """Where F6 leads to, in order."""
        return [self.header, *self.body.regions()]

    def finish(self) -> None:
        """Close the intake. What is still open is shown once; asking again closes all the same.

        One that was closed before is only left.
        """
        self.commit_pending()
        if not self._is_open():
            self.finished.emit()
            return
        points = open_points(self, self._overview)
        if points and self.body.summary.isHidden():
            self.body.show_summary(points, saved=not self.presenter.unsaved)
        else:
            self.presenter.finish(self.finished.emit)

    # --- what the presenter says

    def show_saving(self) -> None:
        if not self._saving.isActive():
            self._saving.start()

    def show_saved(self, at: datetime) -> None:
        self._saving.stop()
        self._unsaved.hide()
        self.header.save_state.show_saved(show_time(at))

    def show_unsaved(self, message: str) -> None:
        self._saving.stop()
        self.header.save_state.show_failed(_("alles steht noch hier"))
        self._unsaved.set_words(message)
        self._unsaved.show()

    def _lay_out(self) -> None:
        self._unsaved = Banner("", "bad", parent=self)
        self._unsaved.hide()
        banner = QHBoxLayout()
        banner.setContentsMargins(24, 0, 24, 0)
        banner.addWidget(self._unsaved)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addLayout(banner)
        page.addWidget(self.body, 1)

    def _listen(self) -> None:
        self.body.index.jumped.connect(self.go_to)
        self.body.assistance.jump.connect(self.jump_to)
        self.body.form_area.verticalScrollBar().valueChanged.connect(self._scrolled)
        PageKeys(
            self,
            {
                control(Qt.Key.Key_Down): lambda: self._step(1),
                control(Qt.Key.Key_Up): lambda: self._step(-1),
                control(Qt.Key.Key_PageDown): lambda: self._other_child(1),
                control(Qt.Key.Key_PageUp): lambda: self._other_child(-1),
                control(Qt.Key.Key_Return): self.finish,
                control(Qt.Key.Key_Enter): self.finish,
                plain(Qt.Key.Key_Insert): self._add_row,
            },
            self.undo,
        )
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back finds the field that was left; a new page begins with its first."""
        super().focusInEvent(event)
        last = self._last if self._last is not None and isValid(self._last) and self._last.isVisible() else None
        self.focus_on(last or self.sections[self._current].first_control())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._gave_way:
            self._gave_way = False
            self.body.scroll_to(self.sections[self._current])

    # --- what follows from a change

    def _placed(self, card: IntakeSection) -> None:
        if card.faults() or self._overview is None:
            self._refresh()
        else:
            counts = self._overview.sections[card.section]
            card.show_counts(counts.done, counts.total, 0)
        self.body.order_tabs()

    def _show_again(self) -> None:
        if self._overview is not None:
            self.show_file(self.presenter.file)

    def _refresh(self) -> None:
        """Counts, signs, title: everything that sums the file up."""
        now = self._overview = overview(self.presenter.file, self._choices.today)
        self._faulty = self.sections.faults()
        self.header.set_title(now.title)
        self.header.set_subtitle(now.file_number)
        self.header.show_stage(is_open=self._is_open())
        self.body.index.show_overview(now, self._faulty, self._current)
        for section, card in self.sections.made.items():
            counts = now.sections[section]
            card.show_counts(counts.done, counts.total, self._faulty.get(section, 0))

    def _is_open(self) -> bool:
        return self.presenter.file.household.flag("intake_open") is not False

    # --- moving

    def _leave(self) -> None:
        self.commit_pending()
        self.later.emit()

    def focus_on(self, widget: QWidget | None) -> None:
        """Open what hides a widget and put the focus on it."""
        if widget is not None:
            open_around(widget)
            self.body.focus_on(widget)

    def _other_child(self, step: int) -> None:
        """The same question for the next child of the section, so that siblings are asked one after the other."""
        asked = field_of(QApplication.focusWidget())
        self.commit_pending()
        self.focus_on(same_question(self.sections[self._here()], asked, step))

    def _step(self, step: int) -> None:
        order = list(self.sections)
        place = order.index(self._current) + step
        if 0 <= place < len(order):
            self.go_to(order[place])

    def _add_row(self) -> None:
        self.sections[self._here()].add_row()

    def _here(self) -> Section:
        """The section with the focus; scrolling alone moves the index, not the keys."""
        return self.sections.around(QApplication.focusWidget()) or self._current

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        section = self.sections.around(new)
        if section is not None:
            self._last = new
            self._show_current(section)
        # a text that cannot be read is found out when its field is left
        if self._overview is not None and self.isVisible() and self.sections.faults() != self._faulty:
            self._refresh()

    def _scrolled(self) -> None:
        """The section at the top is the current one while the focus is out of sight."""
        focus = self.window().focusWidget()
        if focus is None or self.sections.around(focus) is None or focus.visibleRegion().isEmpty():
            made = self.sections.made
            if made:
                self._show_current(list(made)[self.body.top_of(list(made.values()))])

    def _show_current(self, section: Section) -> None:
        if section is not self._current and self._overview is not None:
            self._current = section
            self.body.index.show_overview(self._overview, self._faulty, section)
