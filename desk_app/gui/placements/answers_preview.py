"""What would become of a returned list: the rows, and beside them everything about the current one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.answer_rows import WRITABLE, AnswerRow, Group
from desk_app.domain.lists import Align, Column, Kind
from desk_app.gui.row_table import Cell, RowTable
from desk_app.gui.row_view import RowView
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.answers import AnswersPresenter

_SIDE = 380
_TOLD = 4
_COLUMNS = (
    Column("name", N_("Kind"), Kind.STRONG, 18),
    Column("group", N_("Stand"), width=13),
    Column("words", N_("Rückmeldung"), width=29),
    Column("looks", N_("Hinweise"), width=10),
    Column("cell", N_("Zelle"), Kind.CODE, 6, align=Align.RIGHT),
)
_TONES = {
    Group.NEW: "ok",
    Group.CHANGED: "accent_text",
    Group.CONFLICT: "warn",
    Group.UNCLEAR: "bad",
    Group.SAME: "text3",
    Group.OPEN: "text3",
}


class AnswersPreview(QWidget):
    """Filter, rows with ticks, the row beside them, and the button that writes."""

    def __init__(self, presenter: AnswersPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._showing = False
        self.notice = Banner("", "warn")
        self.filters: dict[Group | None, FilterChip] = {}
        self.table = RowTable(_COLUMNS, _looks(), key=lambda row: row.place, words=_spoken)
        self.rows = RowView(self.table, _("Zeilen der Rückmeldung"))
        self.table.setParent(self.rows)
        self.detail = AnswerDetail()
        self.take = Button("", "primary", "download", _("Strg+Eingabe"))
        self.other = Button(_("Andere Datei"), "secondary", "folder", _("Strg+O"))
        self._rest = Label("", "small", "text2")
        self._build()
        self.rows.moved.connect(self.detail.show_row)
        self.table.ticked.connect(self._choose)
        self.take.clicked.connect(lambda: presenter.take())

    def _build(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for group in (None, *Group):
            chip = FilterChip("")
            chip.clicked.connect(_filter(self._presenter, group))
            self.filters[group] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        card = Card(padded=False)
        card.setAccessibleName(self.rows.accessibleName())
        card.body.setContentsMargins(0, 0, 0, 6)
        card.body.addWidget(self.rows)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self.detail)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self._rest)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.notice)
        column.addLayout(chips)
        column.addLayout(row, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.rows)

    def show_rows(self, rows: tuple[AnswerRow, ...], notice: str) -> None:
        """Show these rows; the keyboard stays on its row."""
        current = self.rows.current_row()
        told = notice.split("\n")
        self.notice.set_words("\n".join(told[:_TOLD]) + ("\n…" if len(told) > _TOLD else ""))
        self.notice.setToolTip(notice)
        self.notice.setVisible(bool(notice))
        for group, chip in self.filters.items():
            count = self._presenter.count(group)
            chip.setText(f"{group.label if group is not None else _('alle')} {count}")
            chip.setChecked(self._presenter.filter is group)
            chip.setVisible(count > 0 or group is None)
            chip.refit()
        chosen = self._presenter.chosen
        self._showing = True
        self.table.set_rows(rows)
        self.table.tick_all([at for at, row in enumerate(rows) if row.place in chosen])
        self._showing = False
        places = [row.place for row in rows]
        self.rows.go_to(places.index(current.place) if current is not None and current.place in places else 0)
        self.detail.show_row(self.rows.current_row())
        self._show_take()

    def _choose(self) -> None:
        """Ticks say what is taken over; on rows with nothing to take over none stays."""
        if self._showing:
            return
        rows = self.table.rows
        vain = [at for at, row in enumerate(rows) if self.table.is_ticked(at) and row.group not in WRITABLE]
        if vain:
            self._showing = True
            self.table.tick_all(vain, on=False)
            self._showing = False
        self._presenter.choose([row.place for row in rows], [row.place for row in self.table.ticked_rows()])
        self._show_take()

    def _show_take(self) -> None:
        self.take.setText(self._presenter.take_words)
        self.take.setEnabled(self._presenter.can_take)
        self._rest.setText(self._presenter.rest_words)


class AnswerDetail(Card):
    """Everything about one row: what it answers, what we have, what needs a look, which foreign cells differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._scroll = ScrollArea()
        self._content: QWidget | None = None
        self.body.addWidget(self._scroll, 1)
        self.refit()

    def refit(self) -> None:
        self.setFixedWidth(Theme.current().px(_SIDE))

    def show_row(self, row: AnswerRow | None) -> None:
        if self._content is not None:
            self._scroll.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.set_title((row.name or row.number or _("ohne Namen")) if row else _("Keine Zeile gewählt"))
        for title, lines in _paragraphs(row) if row else ():
            column.addWidget(Label(title, "body", "text", strong=True, wrap=True))
            for line in lines:
                column.addWidget(Label(line, "small", "text2", wrap=True))
            column.addSpacing(6)
        column.addStretch(1)
        self._scroll.column.addWidget(self._content)


def _paragraphs(row: AnswerRow) -> list[tuple[str, tuple[str, ...]]]:
    sent = _("{number}, Sendung {shipment}").format(number=row.number, shipment=row.shipment_number)
    whose = sent if row.shipment_number else row.number
    found: list[tuple[str, tuple[str, ...]]] = [(row.group.label.capitalize(), (whose, _(_MEANING[row.group])))]
    if row.words:
        found.append((_("In der Liste"), (row.words,)))
    if row.ours:
        found.append((_("Bei uns"), (row.ours,)))
    if row.looks:
        found.append((_("Bitte ansehen"), row.looks))
    if row.foreign:
        words = tuple(each.words for each in row.foreign)
        found.append((_("Anders als gesendet, wird nicht übernommen"), words))
    return found


_MEANING = {
    Group.NEW: N_("Wird übernommen, wenn angekreuzt."),
    Group.CHANGED: N_("Ersetzt die frühere Rückmeldung, wenn angekreuzt."),
    Group.CONFLICT: N_("Hier wurde später anders entschieden. Nur wenn Sie ankreuzen, gilt die Liste."),
    Group.UNCLEAR: N_("Wird nicht übernommen, sondern zum Klären vorgemerkt."),
    Group.SAME: N_("Ist schon so eingetragen."),
    Group.OPEN: N_("Die Liste enthält dazu keine Rückmeldung."),
}


def _filter(presenter: AnswersPresenter, group: Group | None) -> Callable[[], None]:
    return lambda: presenter.show_only(group)


def _count(row: AnswerRow) -> str:
    count = len(row.looks) + len(row.foreign)
    return ngettext("{n} Hinweis", "{n} Hinweise", count).format(n=count) if count else ""


def _spoken(row: AnswerRow) -> str:
    return ", ".join(part for part in (row.name or row.number, row.group.label, row.words, _count(row)) if part)


def _looks() -> dict[str, Callable[[AnswerRow], Cell]]:
    return {
        "name": lambda row: Cell(row.name or row.number, tone="text", strong=True),
        "group": lambda row: Cell(row.group.label, tone=_TONES[row.group]),
        "words": lambda row: Cell(row.words, tone="text2"),
        "looks": lambda row: Cell(_count(row), tone="warn"),
        "cell": lambda row: Cell(row.cell.rpartition("!")[2], tone="text3"),
    }
