"""The intake: header, section index, one page of eight sections, assistance."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.domain.clock import Clock, local
from desk_app.domain.completeness import Question
from desk_app.domain.fields import SECTION_TITLES, Section
from desk_app.domain.records import FamilyFile
from desk_app.gui.header import Header
from desk_app.gui.intake.assistance import AssistancePanel
from desk_app.gui.intake.disclosure import open_around
from desk_app.gui.intake.page_keys import PageKeys, control, plain
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.intake.section_index import SectionIndex
from desk_app.gui.intake.sections import SECTIONS
from desk_app.gui.intake.tab_order import TabOrder
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.messages import Banner, ErrorSummary, Fault
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _, ngettext
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.intake_overview import Overview, overview, question_words
from desk_app.presenters.runner import Runner

NARROWEST_FORM = 592
"""Pixels at 100 % text scale that the form keeps; below, the assistance goes under it."""

_WIDE_FROM, _WIDE_ASSISTANCE = 1500, 424
_MOST_LINKS = 8
_SAVING_SHOWN_AFTER = 300
"""Milliseconds; what is saved sooner needs no word (design sheet, section 8)."""


class IntakePage(QWidget):
    """One open intake. It can be closed at any time: call ``commit_pending`` first."""

    finished = Signal()
    """The intake was closed for good, and the store knows it."""
    later = Signal()
    titleChanged = Signal(str)
    progressChanged = Signal(float)

    def __init__(
        self, runner: Runner, clock: Clock, choices: Choices | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices or Choices(clock)
        self._last: QWidget | None = None
        self.presenter = IntakePresenter(self, runner, clock)
        self._overview: Overview | None = None
        self._faulty: dict[Section, int] = {}
        self._current = Section.FAMILY
        self.assistance = AssistancePanel()
        self.assistance.jump.connect(self.jump_to)
        self._folded: bool | None = None
        self._saving = QTimer(self, singleShot=True, interval=_SAVING_SHOWN_AFTER)
        self.header = self._make_header()
        self._saving.timeout.connect(self.header.save_state.show_saving)
        self._unsaved = Banner("", "bad")
        self._unsaved.hide()
        self.index = SectionIndex()
        self.index.jumped.connect(self.go_to)
        self.summary = ErrorSummary()
        self.form_area = ScrollArea()
        self.sections: dict[Section, IntakeSection] = {
            kind.section: kind(self.presenter, self._choices) for kind in SECTIONS
        }
        self._aside = ScrollArea()
        self._build()
        self._order = TabOrder(self)
        PageKeys(
            self,
            {
                control(Qt.Key.Key_Down): lambda: self._step(1),
                control(Qt.Key.Key_Up): lambda: self._step(-1),
                control(Qt.Key.Key_Return): self.finish,
                control(Qt.Key.Key_Enter): self.finish,
                plain(Qt.Key.Key_Insert): self._add_row,
            },
            self.presenter.undo,
        )
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.form_area.verticalScrollBar().valueChanged.connect(self._scrolled)
        if choices is None:
            self._choices.load(runner, self._show_again)

    # --- what others ask of the page

    def open(self, file: FamilyFile) -> None:
        """Show a file that was just begun or read; nothing of it is read again."""
        self.presenter.show(file)

    def show_file(self, file: FamilyFile) -> None:
        """Show the file after a change. Fields being typed in keep their text, the focus stays."""
        for section in self.sections.values():
            section.show_file(file, self._choices.today)
        self.assistance.show_file(file, self._choices.today)
        self._refresh()
        self._order.refresh()

    def commit_pending(self) -> None:
        """Hand over the field being typed: before closing, locking or leaving the page."""
        commit_all(self)

    def jump_to(self, question: Question) -> None:
        """Open what hides a question and put the focus on it."""
        section = self.sections.get(question.section)
        if section is not None:
            self._focus(section.reveal(question.kind, question.key, question.person) or section.first_control())

    def go_to(self, section: Section) -> None:
        """Scroll to a section and put the focus on its first field."""
        card = self.sections[section]
        top = card.mapTo(self.form_area.widget() or self.form_area, QPoint(0, 0)).y()
        self._focus(card.first_control())
        self.form_area.verticalScrollBar().setValue(max(top - 6, 0))
        self._show_current(section)

    def progress(self) -> float:
        """How much of what the requests need is there, 0 to 1."""
        return self._overview.progress.share if self._overview is not None else 0.0

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
        return [self.header, self.index, self.form_area, *([self._aside] if not self._aside.isHidden() else [])]

    def finish(self) -> None:
        """Close the intake. What is still open is shown once; asking again closes all the same."""
        self.commit_pending()
        open_points = self._open_points()
        if open_points and self.summary.isHidden():
            self._show_summary(open_points)
        else:
            self.presenter.finish(self.finished.emit)

    # --- what the presenter says

    def show_saving(self) -> None:
        if not self._saving.isActive():
            self._saving.start()

    def show_saved(self, at: datetime) -> None:
        self._saving.stop()
        self._unsaved.hide()
        self.header.save_state.show_saved(f"{local(at):%H:%M}")

    def show_unsaved(self, message: str) -> None:
        self._saving.stop()
        self.header.save_state.show_failed(_("alles steht noch hier"))
        self._unsaved.set_words(message)
        self._unsaved.show()

    # --- building

    def _make_header(self) -> Header:
        header = Header(_("Neue Aufnahme"))
        header.add_chip(Chip(_("Aufnahme"), "accent"))
        header.save_state.again.connect(self.presenter.retry)
        later = Button(_("Später weiter"), "secondary")
        later.clicked.connect(self._leave)
        self.finish_button = Button(_("Aufnahme abschließen"), "primary")
        self.finish_button.setToolTip(_("Strg+Eingabe"))
        self.finish_button.clicked.connect(self.finish)
        header.add_action(later)
        header.add_action(self.finish_button)
        return header

    def _build(self) -> None:
        column = self.form_area.column
        column.setContentsMargins(9, 6, 14, 24)
        column.setSpacing(14)
        column.addWidget(self.summary)
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch()
        self._aside.column.setContentsMargins(18, 6, 22, 24)
        self._aside.column.addStretch()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.index)
        body.addWidget(self.form_area, 1)
        body.addWidget(self._aside)
        banner = QHBoxLayout()
        banner.setContentsMargins(24, 0, 24, 0)
        banner.addWidget(self._unsaved)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addLayout(banner)
        page.addLayout(body, 1)

    def refit(self) -> None:
        self._folded = None
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back finds the field that was left; a new page begins with its first."""
        super().focusInEvent(event)
        last = self._last if self._last is not None and isValid(self._last) and self._last.isVisible() else None
        self._focus(last or self.sections[self._current].first_control())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Assistance at the right, or below the form in narrow windows and large text."""
        theme = Theme.current()
        wide = self.width() / theme.scale >= _WIDE_FROM
        aside = theme.px(_WIDE_ASSISTANCE) if wide else theme.size("assist")
        self._aside.setFixedWidth(aside)
        folded = self.width() - theme.size("index") - aside < theme.px(NARROWEST_FORM)
        if folded == self._folded:
            return
        self._folded = folded
        target = self.form_area if folded else self._aside
        # before the stretch at the end
        target.column.insertWidget(target.column.count() - 1, self.assistance)
        self._aside.setVisible(not folded)
        self.assistance.show()
        self._order.refresh()

    # --- what follows from a change

    def _show_again(self) -> None:
        if self._overview is not None:
            self.show_file(self.presenter.file)

    def _refresh(self) -> None:
        """Counts, signs, title: everything that sums the file up."""
        before = self._overview
        now = self._overview = overview(self.presenter.file, self._choices.today)
        self._faulty = {section: len(card.faults()) for section, card in self.sections.items()}
        self.header.set_title(now.title)
        self.header.set_subtitle(now.file_number)
        self.index.show_overview(now, self._faulty, self._current)
        for section, card in self.sections.items():
            counts = now.sections[section]
            card.show_counts(counts.done, counts.total, self._faulty[section])
        if before is None or before.title != now.title:
            self.titleChanged.emit(now.title)
        if before is None or before.progress != now.progress:
            self.progressChanged.emit(now.progress.share)

    def _open_points(self) -> list[Fault]:
        """What to check, in the order of the page: texts that are wrong, then what blocks sending."""
        points: list[Fault] = []
        missing = self._overview.missing if self._overview is not None else ()
        for section, card in self.sections.items():
            name = _(SECTION_TITLES[section])
            for field in card.faults():
                words = f"{field.get_label()}: {field.error()}"
                points.append(Fault(words, name, partial(self._focus, field)))
            for question in missing:
                if question.section is section:
                    words = question_words(self.presenter.file, question)
                    points.append(Fault(words, name, partial(self.jump_to, question)))
        return points

    def _show_summary(self, points: list[Fault]) -> None:
        count = len(points)
        title = ngettext("Bitte eine Angabe prüfen", "Bitte {n} Angaben prüfen", count).format(n=count)
        words = _("Alles ist gespeichert. „Aufnahme abschließen“ noch einmal drücken schließt sie auch so ab.")
        if self.presenter.unsaved:
            words = _("Noch einmal „Aufnahme abschließen“ schließt die Aufnahme auch so ab.")
        if count > _MOST_LINKS:
            first = _("Hier stehen die ersten {n}, die übrigen zeigt das Verzeichnis links.").format(n=_MOST_LINKS)
            words = f"{words} {first}"
        self.summary.show_faults(title, words, points[:_MOST_LINKS])
        self.form_area.verticalScrollBar().setValue(0)

    # --- moving

    def _leave(self) -> None:
        self.commit_pending()
        self.later.emit()

    def _focus(self, widget: QWidget | None) -> None:
        if widget is None:
            return
        open_around(widget)
        self._order.refresh()
        target = widget.control if isinstance(widget, Field) else widget
        # what was just opened has its place only after the layout ran
        self.form_area.column.activate()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.form_area.ensureWidgetVisible(target, 16, 40)

    def _step(self, step: int) -> None:
        order = list(self.sections)
        place = order.index(self._current) + step
        if 0 <= place < len(order):
            self.go_to(order[place])

    def _add_row(self) -> None:
        self.sections[self._current].add_row()

    def _section_of(self, widget: QWidget | None) -> Section | None:
        found = (section for section, card in self.sections.items() if widget is not None and card.isAncestorOf(widget))
        return next(found, None)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        section = self._section_of(new)
        if section is not None:
            self._last = new
            self._show_current(section)
        if self._overview is not None and self.isVisible():
            faulty = {known: len(card.faults()) for known, card in self.sections.items()}
            if faulty != self._faulty:
                self._refresh()

    def _scrolled(self, value: int) -> None:
        """The section at the top is the current one while the focus is out of sight."""
        focus = self.window().focusWidget()
        if self._section_of(focus) is not None and focus is not None and not focus.visibleRegion().isEmpty():
            return
        for section, card in self.sections.items():
            if card.geometry().bottom() > value + Theme.current().px(60):
                self._show_current(section)
                return

    def _show_current(self, section: Section) -> None:
        if section is not self._current and self._overview is not None:
            self._current = section
            self.index.show_overview(self._overview, self._faulty, section)
