"""What stands beside the paper: how the request stands, what is special about it, and how it came to that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.special_cases import SpecialCase
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.labels import ElidedLabel, Label
from desk_app.gui.widgets.signs import REQUEST_SIGNS, StateIcon
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_story import Standing, StoryLine


class _Lines(QWidget):
    """A column whose content is put anew each time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, 0, PADDING, 0)
        self.column.setSpacing(2)
        self.lines: list[QWidget] = []
        self.hide()

    def _put(self, lines: Sequence[QWidget]) -> None:
        for line in self.lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = list(lines)
        for line in self.lines:
            self.column.addWidget(line)
        self.setVisible(bool(lines))


class StandingView(QWidget):
    """State, since when, the facts of it, and the button that brings the request into another state."""

    state_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sign = StateIcon(REQUEST_SIGNS["draft"])
        self.word = Label("", "body", strong=True)
        self.since = ElidedLabel("", "small", "text2")
        self.since.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.change = Button(_("Ändern"), "secondary", height="compact")
        self.change.setAccessibleName(_("Stand ändern"))
        self.change.clicked.connect(self.state_asked)
        self.facts: list[tuple[Label, Label]] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sign)
        head.addWidget(self.word)
        head.addWidget(self.since, 1)
        head.addWidget(self.change)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 0, PADDING - 4, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._grid)
        self.hide()

    def show_standing(self, standing: Standing | None) -> None:
        """Show it, or nothing."""
        self.setVisible(standing is not None)
        for pair in self.facts:
            for label in pair:
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.facts = []
        if standing is None:
            return
        self.sign.set_sign(REQUEST_SIGNS[standing.state])
        self.word.setText(standing.word)
        self.since.setText(standing.since)
        for row, (name, value) in enumerate(standing.facts):
            pair = Label(name, "small", "text3"), _wrapping(value)
            self._grid.addWidget(pair[0], row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[1], row, 1)
            self.facts.append(pair)


class ChangesView(_Lines):
    """In what the file says something else than was sent last."""

    def __init__(self) -> None:
        super().__init__(_("Geändert seit der letzten Meldung"))

    def show_changes(self, lines: Sequence[str]) -> None:
        """Show these instead, each with what was told and what holds now."""
        head = [Label(self.accessibleName(), "small", strong=True)] if lines else []
        self._put([*head, *(_wrapping(line) for line in lines)])


class SpecialView(_Lines):
    """What is special about this child's placement, each with its why; the source is in the tooltip."""

    def __init__(self) -> None:
        super().__init__(_("Besonderheiten"))

    def show_cases(self, cases: Sequence[SpecialCase]) -> None:
        """Show these instead."""
        lines: list[QWidget] = []
        for case in cases:
            title, why = (
                Label(case.title, "small", strong=True, wrap=True),
                Label(case.why, "small", "text2", wrap=True),
            )
            why.setContentsMargins(0, 0, 0, 6)
            for label in (title, why):
                label.setToolTip(_source(case))
                lines.append(label)
        self._put(lines)


def _source(case: SpecialCase) -> str:
    words = _("Quelle: {source}") if case.verified else _("Quelle: {source} (noch nicht geprüft)")
    return words.format(source=case.source) if case.source else ""


class StoryView(_Lines):
    """The newest steps of the request."""

    def __init__(self) -> None:
        super().__init__(_("Verlauf der Anfrage"))

    def show_story(self, lines: Sequence[StoryLine], older: int) -> None:
        """Show these steps; ``older`` more are in the file of the family."""
        shown: list[QWidget] = [Label(_("Verlauf"), "small", "text3")] if lines else []
        shown += [_StoryRow(line) for line in lines]
        if older:
            words = ngettext("{n} älterer Schritt in der Akte", "{n} ältere Schritte in der Akte", older)
            shown.append(Label(words.format(n=older), "small", "text3"))
        self._put(shown)


class _StoryRow(QWidget):
    def __init__(self, line: StoryLine) -> None:
        super().__init__()
        self.setAccessibleName(line.spoken)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        sign = StateIcon(REQUEST_SIGNS[line.state], 14)
        day, word = Label(line.day, "small", "text3"), Label(line.word, "small", "text2", wrap=True)
        for column, widget in enumerate((sign, day, word, Label(line.by, "small", "text3"))):
            grid.addWidget(widget, 0, column, Qt.AlignmentFlag.AlignTop)
        if line.told:
            # the name of a school needs the whole breadth, or it would push the pane out of the window
            grid.addWidget(_wrapping(line.told), 1, 2, 1, 2)


def _wrapping(words: str) -> Label:
    """Text that takes the breadth there is and asks for none."""
    label = Label(words, "small", "text2", wrap=True)
    label.setMinimumWidth(1)
    return label
