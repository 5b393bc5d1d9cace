"""The page "Mögliche Dubletten": who may be there twice and why, to be looked at pair by pair. Nothing is automatic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk_app.gui import icons
from desk_app.gui.families.crumb import lead_to_families
from desk_app.gui.families.row_card import ButtonRow, RowCard
from desk_app.gui.header import MARGIN, Header
from desk_app.gui.lists.out_bar import OutBar
from desk_app.gui.painting import hairline, painting, text
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import PADDING
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.i18n import _, ngettext
from desk_app.presenters.pairs import SHOWN, SPEC, PairLine, PairsPresenter

if TYPE_CHECKING:
    from desk_app.domain.clock import Clock
    from desk_app.presenters.runner import Runner


class PairRow(ButtonRow):
    """Two persons and the ways on: compare them, or tell them apart."""

    HEIGHT = 74
    compare_asked = Signal()
    apart_asked = Signal()

    def __init__(self, line: PairLine) -> None:
        self.apart = Button(_("Andere Person"), "ghost", height="compact")
        self.compare = Button(_("Vergleichen"), "secondary", height="compact")
        super().__init__(self.apart, self.compare)
        self.line = line
        self.setAccessibleName(line.spoken)
        self.setToolTip("\n".join(f"{name}, {about}" for name, about in zip(line.names, line.about, strict=True)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.apart.setAccessibleName(_("Andere Person: {pair}").format(pair=line.spoken))
        self.apart.clicked.connect(self.apart_asked)
        self.compare.setAccessibleName(_("Vergleichen: {pair}").format(pair=line.spoken))
        self.compare.clicked.connect(self.compare_asked)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        height = theme.px(20)
        room = self.apart.x() - 2 * PADDING
        half = (room - theme.px(16)) / 2
        with painting(self) as painter:
            for side, (name, about) in enumerate(zip(self.line.names, self.line.about, strict=True)):
                left = PADDING + side * (half + theme.px(16))
                text(painter, QRectF(left, theme.px(8), half, height), name, theme.font("body", strong=True), "text")
                text(painter, QRectF(left, theme.px(28), half, height), about, theme.font("small"), "text2")
            self._paint_reasons(painter, QRectF(PADDING, theme.px(48), room, height))
            hairline(painter, PADDING, self.width() - PADDING, self.height() - 1)

    def _paint_reasons(self, painter: QPainter, area: QRectF) -> None:
        theme = Theme.current()
        size = theme.px(14)
        for speaks_for, words in self.line.reasons:
            if area.width() < theme.px(60):
                return
            ink = "ok" if speaks_for else "text3"
            centre = QPointF(area.left() + size / 2, area.center().y())
            icons.paint(painter, "check" if speaks_for else "x", centre, size, ink)
            used = text(painter, area.adjusted(size + 5, 0, 0, 0), words, theme.font("small"), "text2")
            area.adjust(size + 5 + used + 14, 0, 0, 0)


class DuplicatesPage(QWidget):
    """Shows at once what was found before; ``crowded`` is whether the search has to stand back, see the presenter."""

    back = Signal()
    compare_asked = Signal(object, object)
    """The two persons to put side by side."""

    def __init__(
        self,
        runner: Runner,
        clock: Clock,
        parent: QWidget | None = None,
        refusal: str = "",
        crowded: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._presenter = PairsPresenter(self, runner, crowded)
        self.bar = OutBar(SPEC, self._presenter, runner, clock, refusal=refusal)
        self.bar.add_keys(self)
        self._last: PairLine | None = None
        self.header = Header(_("Mögliche Dubletten"))
        lead_to_families(self.header, self.back)
        self._failure = Banner("", "bad")
        self._failure.hide()
        again = Button(_("Doch wieder"), "secondary", "undo-2", height="compact")
        again.clicked.connect(self.undo)
        self.told = Banner("", "ok", again)
        self.told.hide()
        self._looking = Label(_("Alle Personen werden verglichen …"), "body", "text2")
        self._card = RowCard[PairRow](_("Paare, das wahrscheinlichste zuerst"))
        words = _("Wer zweimal aufgenommen wurde, erscheint hier. Entscheiden können nur Sie: Nichts wird von selbst "
                  "zusammengeführt.")  # fmt: skip
        self._nothing = EmptyState(_("Keine Dubletten gefunden"), words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, 2, MARGIN, 0)
        body.setSpacing(14)
        for widget in (self.bar, self._failure, self.told, self._looking):
            body.addWidget(widget)
        body.addWidget(self._card, 1)
        body.addWidget(self._nothing, 1)
        column.addLayout(body, 1)
        self._nothing.hide()
        self.bar.hide()

    @property
    def rows(self) -> list[PairRow]:
        return self._card.rows

    # --- what the page can do

    def undo(self) -> None:
        """Strg+Z: the pair that was told apart last may be one person after all."""
        if self._last is not None:
            self.told.hide()
            self._presenter.reconsider(self._last)
            self._last = None

    def regions(self) -> list[QWidget]:
        """What F6 steps through."""
        return [self.header, self.bar, self._card]

    def print_page(self) -> None:
        """Strg+P: the pairs on paper."""
        self.bar.print_list()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.told.hide()
        self._presenter.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.rest()

    # --- what the presenter shows

    def show_pairs(self, lines: Sequence[PairLine], count: int, *, looking: bool) -> None:
        self._failure.hide()
        self._looking.setVisible(looking and not lines)
        shown = lines[:SHOWN]
        if [row.line for row in self.rows] != list(shown):
            place = max(0, self._card.place_of(self.focusWidget()))
            self._card.show_rows([self._row(line) for line in shown])
            if self.rows and self.isVisible():
                self._card.go_to(min(place, len(self.rows) - 1), Qt.FocusReason.OtherFocusReason)
        self._card.setVisible(bool(lines))
        self.bar.setVisible(bool(lines))
        self._nothing.setVisible(not lines and not looking)
        self.header.set_subtitle(_count_words(len(shown), count, looking=looking) if lines else "")

    def show_apart(self, line: PairLine) -> None:
        self._last = line
        words = _("Gemerkt: {one} und {other} sind zwei Personen.")
        self.told.set_words(words.format(one=line.names[0], other=line.names[1]))
        self.told.show()

    def show_failed(self, message: str) -> None:
        self._looking.hide()
        self._failure.set_words(message)
        self._failure.show()

    def _row(self, line: PairLine) -> PairRow:
        row = PairRow(line)
        row.compare_asked.connect(lambda: self._compare(line))
        row.apart_asked.connect(lambda: self._presenter.dismiss(line))
        return row

    def _compare(self, line: PairLine) -> None:
        self.compare_asked.emit(line.first, line.second)


def _count_words(shown: int, count: int, *, looking: bool) -> str:
    words = ngettext("{n} Paar", "{n} Paare", count).format(n=f"{count:,}".replace(",", "."))
    if shown < count:
        words += " · " + _("die ersten {n}").format(n=shown)
    return words + " · " + _("wird noch verglichen …") if looking else words
