"""What would become of an old list: the families, and beside them everything about the current one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.bring_in import Choice
from desk_app.casework.bring_in_plan import State
from desk_app.domain.lists import Align, Column, Kind
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _
from desk_app.presenters.bring_in import BringInPresenter
from desk_app.presenters.bring_in_lines import PlanLine, conflict_words, possible_words

_SIDE = 400
_TOLD = 6
_COLUMNS = (
    Column("name", N_("Familie"), Kind.STRONG, 22),
    Column("state", N_("Stand"), width=10),
    Column("people", N_("Personen"), width=11),
    Column("decision", N_("Was geschieht"), width=20),
    Column("looks", N_("Hinweise"), width=11),
    Column("cell", N_("Zelle"), Kind.CODE, 8, align=Align.RIGHT),
)
_TONES = {
    State.NEW: "ok",
    State.CHANGED: "accent_text",
    State.SAME: "text3",
    State.CONFLICT: "warn",
    State.ERROR: "bad",
}
_KEYS = {Qt.Key.Key_N: Choice.NEW, Qt.Key.Key_D: Choice.SAME, Qt.Key.Key_A: Choice.LEAVE}


class PlanRows(RowView):
    """N, D and A decide about the current family."""

    decided = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = _KEYS.get(Qt.Key(event.key()))
        if choice is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.decided.emit(choice)
        else:
            super().keyPressEvent(event)


class PreviewView(QWidget):
    """Filter, rows, the family beside them, and the button that writes."""

    back_asked = Signal()

    def __init__(self, presenter: BringInPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.notice = Banner("", "warn")
        self.filters: dict[State | None, FilterChip] = {}
        self._table = RowTable(_COLUMNS, _looks(), words=lambda line: str(line.spoken))
        self.rows = PlanRows(self._table, _("Familien der Liste"))
        self._table.setParent(self.rows)
        self.detail = Detail(presenter)
        self.take = Button("", "primary", "download", _("Strg+Eingabe"))
        self._waiting = Label("", "small", "warn")
        self._comparing = False
        self._build()
        self.rows.moved.connect(self.detail.show_line)
        self.rows.opened.connect(lambda _line: self.detail.enter())
        self.rows.decided.connect(self._decide)
        self.take.clicked.connect(lambda: presenter.take_over())

    def _build(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for state in (None, *State):
            chip = FilterChip("")
            chip.clicked.connect(_filter(self._presenter, state))
            self.filters[state] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        card = Card(padded=False)
        card.setAccessibleName(_("Familien der Liste"))
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addWidget(self.rows)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self.detail)
        back = Button(_("Zurück zu den Spalten"), "secondary")
        back.clicked.connect(self.back_asked)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._waiting)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addLayout(chips)
        column.addLayout(row, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.rows)

    def show_lines(self, lines: tuple[PlanLine, ...], notice: str) -> None:
        """Show these families; the keyboard stays on its family."""
        current = self.rows.current_row()
        told = notice.split("\n")
        words = "\n".join(told[:_TOLD]) + ("\n…" if len(told) > _TOLD else "")
        self.notice.set_words(words)
        self.notice.setToolTip(notice)
        self.notice.setVisible(bool(notice))
        self._show_filters()
        self._table.set_rows(lines)
        places = [line.place for line in lines]
        self.rows.go_to(places.index(current.place) if current is not None and current.place in places else 0)
        self.detail.show_line(self.rows.current_row())
        self.take.setText(self._presenter.take_words)
        self.take.setEnabled(self._presenter.can_take)
        self._tell_waiting()

    def _show_filters(self) -> None:
        """How many there are of each is known once all are compared."""
        comparing = self._presenter.comparing
        for state, chip in self.filters.items():
            name = state.label if state is not None else _("alle")
            chip.setText(name if comparing else f"{name} {self._presenter.count(state)}")
            chip.setChecked(self._presenter.filter is state)
            chip.setEnabled(not comparing)
            chip.refit()

    def _tell_waiting(self) -> None:
        """What there is to wait for or to decide before it can be taken over; the end of waiting is told as well."""
        waiting, undecided = self._comparing, self._presenter.undecided
        self._comparing = self._presenter.comparing
        words = _("{n} noch zu entscheiden, sie bleiben draußen").format(n=undecided) if undecided else ""
        if self._comparing:
            words = _("Hier steht erst der Anfang der Liste. Alle Zeilen werden noch verglichen …")
        self._waiting.set_look("small", "text2" if self._comparing else "warn")
        self._waiting.setText(words)
        if self._comparing or waiting:
            told = words if self._comparing else _("Alle Zeilen sind verglichen.")
            event = QAccessibleAnnouncementEvent(self.rows, told)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    def _decide(self, choice: Choice) -> None:
        line = self.rows.current_row()
        if line is not None:
            self._presenter.decide(line.place, choice)


class Detail(Card):
    """Everything about one family of the list: what to decide first, then what it says, with the cells."""

    def __init__(self, presenter: BringInPresenter, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._presenter = presenter
        self._scroll = ScrollArea()
        self._content: QWidget | None = None
        self._line: PlanLine | None = None
        self.body.addWidget(self._scroll, 1)
        self.choices: list[QWidget] = []
        self.refit()

    def refit(self) -> None:
        self.setFixedWidth(Theme.current().px(_SIDE))

    def enter(self) -> None:
        """Go to the first thing to decide."""
        if self.choices:
            self.choices[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_line(self, line: PlanLine | None) -> None:
        if line == self._line:
            return
        self._line = line
        if self._content is not None:
            self._scroll.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        self.choices = []
        self.set_title(line.name if line is not None else _("Keine Familie gewählt"))
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        if line is not None:
            if line.compared:
                self._add_decisions(column, line)
            for title, words in line.paragraphs:
                column.addWidget(Label(title, "body", "text", strong=True, wrap=True))
                for each in words:
                    column.addWidget(Label(each, "small", "text2", wrap=True))
                column.addSpacing(6)
        column.addStretch(1)
        self._scroll.column.addWidget(self._content)

    def _add_decisions(self, column: QVBoxLayout, line: PlanLine) -> None:
        for one in line.possible:
            column.addWidget(Label(possible_words(one), "small", "text", wrap=True))
            self._add_button(column, _("Ist dieselbe Familie"), "D", self._deciding(line, Choice.SAME, one.household))
        for conflict in line.conflicts:
            box = TickBox(_("Angabe der Liste übernehmen"))
            box.setAccessibleDescription(conflict_words(conflict))
            box.setChecked(conflict.key in line.taken)
            box.setEnabled(line.is_same)
            box.toggled.connect(self._taking(line.place, conflict.key))
            column.addWidget(Label(conflict_words(conflict), "small", "text", wrap=True))
            column.addWidget(box)
            self.choices.append(box)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._add_button(row, _("Neue Familie"), "N", self._deciding(line, Choice.NEW))
        self._add_button(row, _("Auslassen"), "A", self._deciding(line, Choice.LEAVE))
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)

    def _add_button(self, layout: QVBoxLayout | QHBoxLayout, words: str, key: str, act: Callable[[], None]) -> None:
        button = Button(words, "secondary", keys=key, height="compact")
        button.clicked.connect(act)
        self.choices.append(button)
        layout.addWidget(button)

    def _deciding(self, line: PlanLine, choice: Choice, household: object = None) -> Callable[[], None]:
        return lambda: self._presenter.decide(line.place, choice, household)  # type: ignore[arg-type]  # an id or None

    def _taking(self, place: int, key: str) -> Callable[[bool], None]:
        return lambda on: self._presenter.take_from_list(place, key, taken=on)


def _filter(presenter: BringInPresenter, state: State | None) -> Callable[[], None]:
    return lambda: presenter.show_only(state)


def _looks() -> dict[str, Callable[[PlanLine], Cell]]:
    return {
        "name": lambda line: Cell(line.name, tone="text", strong=True),
        "state": lambda line: Cell(line.state_words, tone=_TONES[line.state] if line.state else "text3"),
        "decision": lambda line: Cell(line.decision, tone="text" if line.decided else "text2"),
        "looks": lambda line: Cell(line.looks, tone="warn"),
        "cell": lambda line: Cell(line.cell.rpartition("!")[2], tone="text3"),
    }
