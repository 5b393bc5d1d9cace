"""The intake: header, section index, one page of eight sections, assistance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
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
from desk_app.gui.intake.rest import Rest
from desk_app.gui.intake.school_section import SchoolSection
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.intake.section_stack import Making, SectionStack
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

    schools_asked = Signal()
    """The settings of the schools are wanted."""
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
        self._overview: Overview | None = None
        self._faulty: dict[Section, int] = {}
        self._current = Section.FAMILY
        self._assisting = False
        self._beside: list[Callable[[], object]] = []
        self._runner = runner
        self.presenter = IntakePresenter(self, runner, clock)
        self.header = IntakeHeader(self)
        self.header.save_state.again.connect(self.presenter.retry)
        self.header.later_asked.connect(self._leave)
        self.header.finish_asked.connect(self.finish)
        self._saving = QTimer(self, singleShot=True, interval=_SAVING_SHOWN_AFTER)
        self._saving.timeout.connect(self.header.save_state.show_saving)
        self.body = PageBody(self)
        self.body.assistance.duplicates.watch(runner)
        self.sections = SectionStack(self.body.form_area, self._make, self._fill, self._placed)
        self.body.add_sections(self.sections)
        self._rest = Rest(self, self._make_rest)
        self._lay_out()
        self._listen()
        if choices is None:
            self._choices.load(runner, self._show_again)

    # --- what others ask of the page

    def open(self, file: FamilyFile) -> None:
        """Show a file that was just begun or read; nothing of it is read again."""
        self.presenter.show(file)
        self._rest.begin()

    @property
    def whole(self) -> bool:
        """Whether everything is there; what is missing follows while nobody waits for it."""
        return self._rest.done

    def follow_later(self, part: Callable[[], object]) -> None:
        """Have one more part made once the sections are there."""
        self._beside.append(part)

    def show_file(self, file: FamilyFile) -> None:
        """Show the file after a change. Fields being typed in keep their text, the focus stays."""
        for section in self.sections.made.values():
            section.show_file(file, self._choices.today)
        if self._assisting:
            self.body.assistance.show_file(file, self._choices.today)
        self._refresh()
        self.body.order_tabs()

    def commit_pending(self) -> None:
        """Hand over the field being typed: before closing, locking or leaving the page."""
        commit_all(self)

    def jump_to(self, question: Question) -> None:
        """Open what hides a question and put the focus on it."""
        section = self.sections[question.section]
        self.focus_on(section.reveal(question.kind, question.key, question.person) or section.first_control())

    def go_to(self, section: Section) -> None:
        """Scroll to a section and put the focus on its first field."""
        card = self.sections[section]
        self.focus_on(card.first_control())
        self.body.scroll_to(card)
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

    # --- building

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

    # --- making the page

    def _make_rest(self) -> Making:
        """Everything that is not there yet, where the eye is first."""
        yield from self.sections.making(self._current)
        if not self._assisting:
            self._assisting = True
            self.body.assistance.show_file(self.presenter.file, self._choices.today)
            yield
        yield from self.sections.rest(self._current)
        while self._beside:
            self._beside.pop(0)()
            yield

    def _make(self, kind: type[IntakeSection], ground: QWidget) -> IntakeSection:
        card = kind(self.presenter, self._choices, ground)
        if isinstance(card, SchoolSection):
            card.watch(self._runner)
            card.schools_asked.connect(self.schools_asked)
        return card

    def _fill(self, card: IntakeSection) -> Making:
        card.show_file(self.presenter.file, self._choices.today)
        yield

    def _placed(self, card: IntakeSection) -> None:
        if self._overview is not None and not card.faults():
            counts = self._overview.sections[card.section]
            card.show_counts(counts.done, counts.total, 0)
        elif self._overview is not None:
            self._refresh()
        self.body.order_tabs()

    # --- what follows from a change

    def _show_again(self) -> None:
        if self._overview is not None:
            self.show_file(self.presenter.file)

    def _refresh(self) -> None:
        """Counts, signs, title: everything that sums the file up."""
        before = self._overview
        now = self._overview = overview(self.presenter.file, self._choices.today)
        self._faulty = self._count_faults()
        self.header.set_title(now.title)
        self.header.set_subtitle(now.file_number)
        self.header.show_stage(is_open=self._is_open())
        self.body.index.show_overview(now, self._faulty, self._current)
        for section, card in self.sections.made.items():
            counts = now.sections[section]
            card.show_counts(counts.done, counts.total, self._faulty[section])
        if before is None or before.title != now.title:
            self.titleChanged.emit(now.title)
        if before is None or before.progress != now.progress:
            self.progressChanged.emit(now.progress.share)

    def _is_open(self) -> bool:
        return self.presenter.file.household.flag("intake_open") is not False

    def _count_faults(self) -> dict[Section, int]:
        return {section: len(card.faults()) for section, card in self.sections.made.items()}

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
        return self._section_of(QApplication.focusWidget()) or self._current

    def _section_of(self, widget: QWidget | None) -> Section | None:
        made = self.sections.made.items()
        return next((section for section, card in made if widget is not None and card.isAncestorOf(widget)), None)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        section = self._section_of(new)
        if section is not None:
            self._last = new
            self._show_current(section)
        # a text that cannot be read is found out when its field is left
        if self._overview is not None and self.isVisible() and self._count_faults() != self._faulty:
            self._refresh()

    def _scrolled(self) -> None:
        """The section at the top is the current one while the focus is out of sight."""
        focus = self.window().focusWidget()
        if focus is None or self._section_of(focus) is None or focus.visibleRegion().isEmpty():
            made = self.sections.made
            if made:
                self._show_current(list(made)[self.body.top_of(list(made.values()))])

    def _show_current(self, section: Section) -> None:
        if section is not self._current and self._overview is not None:
            self._current = section
            self.body.index.show_overview(self._overview, self._faulty, section)
