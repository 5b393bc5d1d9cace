"""What fills the page once there are requests: pipeline, a line to be told, table with export bar, preview."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk_app.gui.header import MARGIN
from desk_app.gui.placements.export_bar import ExportBar
from desk_app.gui.placements.export_flow import ExportFlow
from desk_app.gui.placements.pipeline import Pipeline
from desk_app.gui.placements.preview_pane import PreviewPane
from desk_app.gui.placements.table import PlacementTable
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.cards import Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner, EmptyState
from desk_app.i18n import _, ngettext
from desk_app.presenters.placements import PlacementsPresenter

GAP = 16
PANE_SHARE = 0.272
FOLD_BELOW = 1040
"""Width of the page, at a text scale of 100 %, below which the preview folds away behind a button."""
_ANY_WIDTH = 16_777_215  # what Qt takes for no limit


def nothing_yet(first: Button) -> EmptyState:
    """What stands on the page before there is any request; ``first`` is the way to one."""
    words = _(
        "Eine Anfrage entsteht aus einer Aufnahme: Sobald ein Kind schulpflichtig ist, übernimmt Trittstein "
        "die Angaben und zeigt, was noch fehlt."
    )
    return EmptyState(_("Noch keine Schulplatzanfragen"), words, first)


class PlacementsContent(QWidget):
    """Lays its parts out by the width it has; what they do is the page's matter."""

    unfiltered = Signal()
    """All requests are wanted again."""

    def __init__(self, presenter: PlacementsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.pipeline = Pipeline()
        self.table = PlacementTable(presenter)
        self.pane = PreviewPane(presenter)
        self.bar = ExportBar()
        self.banner: Banner | None = None
        self.folded = False
        """Whether the window is too narrow for table and preview side by side."""
        self.large = False
        """Whether the preview stands in place of the table."""
        self.card = Card(padded=False)
        self._column = QVBoxLayout(self)
        self._rows = QStackedLayout()
        self._build()
        self.table.ticks_changed.connect(self.show_selection)
        self.table.moved.connect(self.pane.follow)

    def _build(self) -> None:
        self._column.setContentsMargins(MARGIN, 0, MARGIN, 20)
        self._column.setSpacing(14)
        self._column.addWidget(self.pipeline)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addLayout(self._rows, 1)
        self.card.body.addWidget(self.bar)
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._build_no_match())
        body = QHBoxLayout()
        body.setSpacing(GAP)
        body.addWidget(self.card, 1)
        body.addWidget(self.pane)
        self._column.addLayout(body, 1)

    def add_bar(self, bar: QWidget) -> None:
        """Put the line of the list's filters and ways out above the table."""
        self._column.insertWidget(1, bar)

    def _build_no_match(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        column.addStretch(2)
        self.no_match = Label("", "body", "text2")
        self.show_resting = Button("", "secondary")
        self.show_resting.clicked.connect(self._presenter.show_resting)
        column.addWidget(self.no_match, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.show_resting, 0, Qt.AlignmentFlag.AlignHCenter)
        self.clear_filter = Button(_("Alle Anfragen zeigen"), "secondary")
        self.clear_filter.clicked.connect(self.unfiltered)
        column.addWidget(self.clear_filter, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return holder

    # --- rows

    def show_rows(self) -> None:
        """Show what the presenter has now."""
        self.pipeline.show_counts(self._presenter.pipeline(), self._presenter.state_filter)
        self.table.show_rows()
        self._rows.setCurrentIndex(0 if self._presenter.rows else 1)
        self._tell_no_match(self._presenter.resting)
        self.show_selection()
        self.follow()

    def _tell_no_match(self, resting: int) -> None:
        filtered = self._presenter.filtered
        words = _("Keine Anfrage passt zu diesem Filter") if filtered else _("Zurzeit gibt es hier nichts zu tun.")
        self.no_match.setText(words)
        more = ngettext("{n} ruhende zeigen", "{n} ruhende zeigen", resting).format(n=resting)
        self.show_resting.setText(more)
        self.show_resting.setVisible(resting > 0)
        self.clear_filter.setVisible(filtered)

    def show_selection(self) -> None:
        self.bar.show_selection(self._presenter.selection)

    def follow(self) -> None:
        """Have the preview show the row the keyboard is on."""
        self.pane.follow(self.table.current_row())

    # --- a line to be told

    def tell(self, words: str, tone: str) -> None:
        """Say something that can be waved away."""
        self.offer(words, tone, _("Ausblenden"), self.untell)

    def offer(self, words: str, tone: str, action: str, act: Callable[[], None]) -> None:
        """Say something with one thing to do about it."""
        self.untell()
        button = Button(action, "secondary", height="compact")
        button.clicked.connect(act)
        self.banner = Banner(words, tone, button)
        self._column.insertWidget(1, self.banner)

    def tell_of(self, export: ExportFlow) -> None:
        """Say how exports went that did not end well; those can be begun once more."""

        def again() -> None:
            self.untell()
            export.again()

        export.failed.connect(lambda words: self.offer(words, "bad", _("Noch einmal"), again))
        export.cancelled.connect(lambda words: self.tell(words, "accent"))
        export.locked.connect(lambda: self.bar.encrypted.setChecked(True))

    def untell(self) -> None:
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    # --- size

    def set_large(self, large: bool) -> None:
        """Show the preview in place of the table, large enough to read every word, or beside it again."""
        self.large = large
        self.pane.set_large(large)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Give the preview its share of ``width``, or fold it away, and the table the rest."""
        theme = Theme.current()
        self.folded = width / theme.scale < FOLD_BELOW
        share = max(round(width * PANE_SHARE), theme.px(300))
        self.pane.setMinimumWidth(0 if self.large else share)
        self.pane.setMaximumWidth(_ANY_WIDTH if self.large else share)
        self.card.setVisible(not self.large)
        self.pane.setVisible(self.large or not self.folded)
        self.table.fit(width - 2 * MARGIN - (0 if self.folded else share + GAP))
        self.follow()
