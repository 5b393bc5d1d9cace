"""The dialog of a long deed: what is being done, how far it is, how long it takes, what cancelling does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.painting import CENTRE_RIGHT, box, dashed_ring, painting, ring, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.signs import ProgressLine
from desk_app.i18n import _, ngettext


@dataclass(frozen=True)
class Step:
    """A named part of the deed; `total` 0 means that it cannot be counted."""

    name: str
    done: int = 0
    total: int = 0
    state: str = "waiting"
    """waiting, running or done"""

    @property
    def counts(self) -> str:
        if not self.total or self.state == "waiting":
            return ""
        return _("{done} von {total}").format(done=self.done, total=self.total)


def remaining_words(seconds: float | None) -> str:
    """A promise in words: "noch etwa 20 Sekunden". Empty while nothing is known."""
    if seconds is None:
        return ""
    if seconds < 8:
        return _("gleich fertig")
    if seconds < 90:
        rounded = max(10, round(seconds / 10) * 10)
        return _("noch etwa {n} Sekunden").format(n=rounded)
    minutes = round(seconds / 60)
    return ngettext("noch etwa {n} Minute", "noch etwa {n} Minuten", minutes).format(n=minutes)


class StepLine(QLabel):
    """One step: sign, name, counts."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_step(step)

    def set_step(self, step: Step) -> None:
        self._step = step
        words = {"waiting": _("noch nicht begonnen"), "running": _("läuft"), "done": _("erledigt")}[step.state]
        self.setText(step.name)
        self.setAccessibleName(", ".join(part for part in (step.name, step.counts, words) if part))
        self.update()

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, step = Theme.current(), self._step
        size = theme.px(17)
        centre = QPointF(size / 2, self.height() / 2)
        with painting(self) as painter:
            if step.state == "done":
                icons.paint(painter, "circle-check", centre, size, "ok")
            elif step.state == "running":
                ring(painter, centre, size, step.done / step.total if step.total else 0.25)
            else:
                dashed_ring(painter, centre, size, "text3")
            running = step.state == "running"
            ink = "text3" if step.state == "waiting" else "text"
            area = QRectF(self.rect()).adjusted(theme.px(27), 0, 0, 0)
            text(painter, area, step.name, theme.font("body", strong=running), ink)
            text(painter, area, step.counts, theme.font("small"), "text2", CENTRE_RIGHT)


class TargetLine(QLabel):
    """Where the files go, on inset ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def refit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.current().px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        with painting(self) as painter:
            box(painter, self.rect(), 6, "inset", "line")
            size = theme.px(16)
            icons.paint(painter, "folder", QPointF(13 + size / 2, self.height() / 2), size, "text2")
            area = QRectF(self.rect()).adjusted(theme.px(38), 0, -12, 0)
            text(painter, area, self.text(), theme.font("small"), "text2")


class ProgressDialog(Scrim):
    """Covers the window while a deed runs. `cancelled` is emitted once, by the button or Esc."""

    cancelled = Signal()

    def __init__(self, window: QWidget, title: str, what: str, target: str, cancel_means: str) -> None:
        super().__init__(window)
        self._what = what
        self._title = Label(title, "title", wrap=True)
        self._remaining = Label(what, "body", "text2")
        self._bar = ProgressLine(8)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self._lines: list[StepLine] = []
        self._target = TargetLine(self.panel)
        self._target.setText(target)
        self._target.setVisible(bool(target))
        self.cancel_button = Button(_("Abbrechen"), "secondary", keys="Esc")
        self.cancel_button.clicked.connect(self.dismiss)
        self._means = Label(cancel_means, "small", "text2", wrap=True)
        self.panel.setAccessibleName(title)
        self._build()

    def _build(self) -> None:
        self.body.setSpacing(0)
        self.body.addWidget(self._title)
        self.body.addWidget(self._remaining)
        self.body.addSpacing(16)
        self.body.addWidget(self._bar)
        self.body.addSpacing(16)
        self.body.addLayout(self._steps)
        self.body.addSpacing(14)
        self.body.addWidget(self._target)
        self.body.addSpacing(16)
        row = QHBoxLayout()
        row.addWidget(self._means, 1)
        row.addWidget(self.cancel_button)
        self.body.addLayout(row)

    def show_steps(self, steps: Sequence[Step], seconds_left: float | None = None) -> None:
        """Show how far everything is; `seconds_left` None while nobody can know."""
        while len(self._lines) < len(steps):
            line = StepLine(steps[len(self._lines)])
            self._lines.append(line)
            self._steps.addWidget(line)
        for line, step in zip(self._lines, steps, strict=True):
            line.set_step(step)
        self._remaining.setText(" · ".join(part for part in (self._what, remaining_words(seconds_left)) if part))
        counted = [step for step in steps if step.total]
        self._bar.setMaximum(max(sum(step.total for step in counted), 1))
        self._bar.setValue(sum(step.total if step.state == "done" else step.done for step in counted))
        self._bar.setAccessibleName(self._remaining.text())
        self.refit()

    def dismiss(self) -> None:
        """Ask for the end once; the dialog stays until the deed has really stopped."""
        if self.cancel_button.isEnabled():
            self.cancel_button.setEnabled(False)
            self._means.setText(_("Wird abgebrochen …"))
            self.cancelled.emit()
