"""Two persons, or two families, beside each other: the same? Then one is made of them, and apart again at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.casework.deeds import Undone
from desk_app.gui.families.compare_rows import CompareHead, CompareRows
from desk_app.gui.families.crumb import Crumb
from desk_app.gui.families.undo_banner import UndoBanner
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.chips import Chip
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.i18n import _, ngettext
from desk_app.presenters.merging import ComparePresenter, Done, Sheet

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class ComparePage(QWidget):
    """Shows one pair at a time; ``open`` shows another."""

    back = Signal()
    family_chosen = Signal(object)
    """The household to look at after a merge."""

    def __init__(self, runner: Runner, clock: Clock, refused: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = ComparePresenter(self, runner, clock)
        self._refused = refused
        self._done: Done | None = None
        self._result: EmptyState | None = None
        self._opening = False
        self.header = Header(_("Vergleichen"))
        crumb = Crumb(_("Zurück"))
        crumb.clicked.connect(self.back)
        self.header.put_first(crumb)
        self._failure = Banner("", "bad")
        self._failure.hide()
        self.told = UndoBanner()
        self.told.way_back_asked.connect(self._presenter.take_back)
        self.rows = CompareRows()
        self.head = CompareHead(self.rows)
        self.rows.chosen.connect(self._presenter.choose)
        self._reasons = QWidget()
        self._reasons.setAccessibleName(_("Was dafür spricht und was dagegen"))
        self._chips = FlowLayout(self._reasons)
        self._card = Card(padded=False)
        self._card.setAccessibleName(_("Angaben nebeneinander"))
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.head)
        self._card.body.addWidget(self.rows, 1)
        self._foot = self._build_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        for widget in (self._failure, self.told, self._reasons):
            body.addWidget(widget)
        body.addWidget(self._card, 1)
        body.addWidget(self._foot)
        self._body = body
        column.addLayout(body, 1)

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        foot.setAccessibleName(_("Entscheiden"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._moving = Label("", "small", "text2", wrap=True)
        self.merge_button = Button(_("Zusammenführen"), "primary", "", _("Strg+Eingabe"))
        self.merge_button.clicked.connect(self.primary)
        self.cancel = Button(_("Abbrechen"), "secondary")
        self.cancel.clicked.connect(self.back)
        row.addWidget(self._moving, 1)
        self.apart_button = Button(_("Andere Person"), "secondary")
        self.apart_button.setToolTip(_("Merkt sich, dass es zwei verschiedene Personen sind"))
        self.apart_button.clicked.connect(self._presenter.dismiss)
        row.addWidget(self.cancel)
        row.addWidget(self.apart_button)
        row.addWidget(self.merge_button)
        return foot

    # --- what the page can do

    def open(self, one: UUID, other: UUID) -> None:
        """Put two persons, or two families, beside each other."""
        self._failure.hide()
        self.told.hide()
        self._show_done(None)
        self._opening = True
        self._presenter.open(one, other)

    def primary(self) -> None:
        """Strg+Eingabe: make them one; afterwards to the file."""
        if self._done is not None:
            self.family_chosen.emit(self._done.household)
        elif self.merge_button.isEnabled():
            self._presenter.merge()

    def undo(self) -> None:
        """Strg+Z: take the merge back that was just made."""
        if self._done is not None:
            self._presenter.take_back(self._done.way_back)

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self._card, self._foot]

    def refuse(self, reason: str) -> None:
        """Say why the role may not merge; looking is everybody's."""
        self._refused = reason

    # --- what the presenter shows

    def show_sheet(self, sheet: Sheet) -> None:
        self._failure.hide()
        self._show_done(None)
        self.header.set_title(_("Zwei Akten vergleichen") if sheet.families else _("Eine Person oder zwei?"))
        self.header.set_subtitle(_choices(sheet.to_choose))
        self.head.show_titles(sheet.titles, sheet.subtitles)
        self.rows.show_lines(sheet.lines)
        self._show_reasons(sheet.reasons)
        self.apart_button.setVisible(not sheet.families)
        self._moving.setText(self._refused or sheet.moving)
        self.merge_button.setEnabled(not self._refused)
        self.merge_button.setToolTip(self._refused)
        if self._opening:
            self._opening = False
            self._focus_first()

    def show_done(self, done: Done) -> None:
        self._failure.hide()
        self.told.tell_done(f"{done.words}.", done.way_back)
        self._show_done(done)

    def show_taken_back(self, undone: Undone) -> None:
        self.told.tell_undone(undone)
        self._opening = True

    def show_apart(self) -> None:
        """They were told apart; the way back stays open here."""
        self._failure.hide()
        self.told.hide()
        onwards = Button(_("Weiter"), "primary")
        onwards.clicked.connect(self.back)
        again = Button(_("Doch vergleichen"), "secondary", "undo-2")
        again.clicked.connect(self._reconsider)
        words = _("Das ist gemerkt: Dieses Paar wird nicht mehr vorgeschlagen.")
        self._show_result(EmptyState(_("Zwei verschiedene Personen"), words, onwards, again))

    def _reconsider(self) -> None:
        self._opening = True
        self._presenter.reconsider()

    def _show_reasons(self, reasons: Sequence[tuple[bool, str]]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        for speaks_for, words in reasons:
            chip = Chip(words, "ok" if speaks_for else "neutral", "check" if speaks_for else "x")
            chip.setAccessibleName(words if speaks_for else _("dagegen: {reason}").format(reason=words))
            self._chips.addWidget(chip)
        self._reasons.setVisible(bool(reasons))

    def show_failed(self, message: str) -> None:
        self._failure.set_words(message)
        self._failure.show()

    def _show_done(self, done: Done | None) -> None:
        """What was made of the two and where to go from here; ``None`` for the two beside each other."""
        self._done = done
        self._show_result(self._result_of(done) if done is not None else None)
        if done is not None:
            self.header.set_subtitle("")

    def _show_result(self, result: EmptyState | None) -> None:
        """What came of the two instead of the two."""
        for widget in (self._card, self._foot):
            widget.setVisible(result is None)
        if result is not None:
            self._reasons.hide()
        if self._result is not None:
            self._body.removeWidget(self._result)
            self._result.hide()
            self._result.deleteLater()
            self._result = None
        if result is not None:
            self._result = result
            self._body.addWidget(self._result, 1)
            first = self._result.findChild(Button)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _result_of(self, done: Done) -> EmptyState:
        to_file = Button(_("Zur Akte"), "primary", "", _("Strg+Eingabe"))
        to_file.clicked.connect(self.primary)
        words = _("Nichts ging verloren, und es lässt sich jederzeit zurücknehmen, auch Monate später.")
        families = None
        if done.next_pair is not None:
            words += " " + _("Die beiden Familien haben noch zwei Akten.")
            families = Button(_("Auch die Akten vergleichen"), "secondary")
            families.clicked.connect(self.open_families)
        return EmptyState(_("Zusammengeführt"), words, to_file, families)

    def open_families(self) -> None:
        """Go on with the two families of the two who were one person."""
        if self._done is not None and self._done.next_pair is not None:
            self.open(*self._done.next_pair)

    def _focus_first(self) -> None:
        (self.rows.first() or self.merge_button).setFocus(Qt.FocusReason.OtherFocusReason)


def _choices(number: int) -> str:
    if not number:
        return _("nichts widerspricht sich")
    return ngettext("{n} Angabe zu wählen", "{n} Angaben zu wählen", number).format(n=number)
