"""The request of the row the keyboard is on: how it stands, what it lacks, and how it would look on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.casework.placement_list import WAITING, PlacementRow
from desk_app.casework.preview import RequestPreview
from desk_app.domain.errors import WorldError
from desk_app.gui.page_view import PageView
from desk_app.gui.placements.missing_list import MissingList
from desk_app.gui.placements.page_bar import PageBar
from desk_app.gui.placements.story_view import ChangesView, SpecialView, StandingView, StoryView
from desk_app.gui.printing import image_of
from desk_app.gui.widgets.buttons import IconButton
from desk_app.gui.widgets.cards import PADDING, Card
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.i18n import _
from desk_app.presenters.placement_changes import change_lines
from desk_app.presenters.placement_states import name_words
from desk_app.presenters.placement_story import standing, story
from desk_app.presenters.placements import PlacementsPresenter

SETTLE = 120
"""Milliseconds the keyboard rests on a row before its paper is drawn."""
_MARGIN = 14


class PreviewPane(Card):
    """Follows the keyboard. What it shows stays together: a name never stands above somebody else's paper."""

    print_asked = Signal()
    file_asked = Signal()
    state_asked = Signal()
    size_asked = Signal()
    """The preview is wanted in place of the table, or beside it again."""
    question_chosen = Signal(object)

    def __init__(self, presenter: PlacementsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(_("Vorschau"), ruled=True, padded=False, parent=parent)
        self._presenter = presenter
        self._wanted: PlacementRow | None = None
        self._page = 0
        self._asked = 0
        self.shown: RequestPreview | None = None
        self.printer = IconButton("printer", _("Vorschau drucken (Strg+P)"), "compact")
        self.file = IconButton("arrow-up-right", _("Akte öffnen (Eingabe in der Liste)"), "compact")
        self.size_button = IconButton("maximize-2", "", "compact")
        self.head.add_action(self.printer)
        self.head.add_action(self.file)
        self.standing, self.special, self.story = StandingView(), SpecialView(), StoryView()
        self.changes = ChangesView()
        self.page = PageView()
        self.missing = MissingList()
        self.message = Label("", "small", "text2", wrap=True)
        self.pages = PageBar(self.size_button)
        self._settle = QTimer(self, singleShot=True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._ask)
        self._build()
        self._connect()
        self.set_large(False)
        self._show_nothing()

    def _build(self) -> None:
        self._scroll = ScrollArea()
        # a bar that comes and goes would make the paper another width, and have it drawn twice
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        column = self._scroll.column
        column.setContentsMargins(0, _MARGIN, 0, _MARGIN)
        column.setSpacing(12)
        self.message.setContentsMargins(PADDING, 0, PADDING, 0)
        column.addWidget(self.message)
        column.addWidget(self.standing)
        column.addWidget(self.changes)
        column.addWidget(self.missing)
        column.addWidget(self.special)
        around = QHBoxLayout()
        around.setContentsMargins(_MARGIN - 1, 0, _MARGIN - 1, 0)
        around.addStretch(1)
        around.addWidget(self.page, 100)
        around.addStretch(1)
        column.addLayout(around)
        column.addWidget(self.story)
        column.addStretch(1)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.pages)

    def _connect(self) -> None:
        self.size_button.clicked.connect(self.size_asked)
        self.page.pressed.connect(self.size_asked)
        self.printer.clicked.connect(self.print_asked)
        self.file.clicked.connect(self.file_asked)
        self.standing.state_asked.connect(self.state_asked)
        self.missing.chosen.connect(self.question_chosen)
        self.pages.turned.connect(self._turn)
        self.page.resized.connect(self._settle.start)

    @property
    def wanted(self) -> PlacementRow | None:
        """The row whose request is shown, or will be in a moment."""
        return self._wanted

    def follow(self, row: PlacementRow | None) -> None:
        """Show the request of this row soon, or nothing."""
        if row is None:
            self._wanted = None
            self._settle.stop()
            self._show_nothing()
            return
        if self._wanted is None or row.request != self._wanted.request:
            self._page = 0
        self._wanted = row
        self.page.show()
        self._settle.start()

    def set_large(self, large: bool) -> None:
        """Say whether the pane stands in place of the table."""
        self.size_button.set_symbol("minimize-2" if large else "maximize-2")
        self.size_button.set_name(_("Zurück zur Liste (Esc)") if large else _("Vorschau groß zeigen"))

    def stop(self) -> None:
        """Draw nothing more until a row is followed again."""
        self._settle.stop()

    def _turn(self, by: int) -> None:
        self._page += by
        self._ask()

    def _ask(self) -> None:
        if self._wanted is None or not self.isVisible():
            return
        self._asked += 1
        asked = self._asked
        row = self._wanted

        def done(found: RequestPreview) -> None:
            if asked == self._asked and self._wanted is not None:
                self._show(found, row)

        def failed(error: WorldError) -> None:
            if asked == self._asked:
                self._show_nothing(error.message)

        self._presenter.preview(row.request, self._page, self.page.pixels(), done, failed)

    def _show(self, found: RequestPreview, row: PlacementRow) -> None:
        if self.shown is None or self.shown.request != found.request:
            self._scroll.verticalScrollBar().setValue(0)
        self.shown = found
        self._page = found.number
        self.head.set_title(name_words(row))
        self.head.set_count(found.request_number)
        self.message.hide()
        self._tell_story(found, _missing_title(row, found))
        self.pages.show_page(found.number, found.pages)
        words = _("Vorschau der Anfrage {number}, Seite {page} von {pages}")
        words = words.format(number=found.request_number, page=found.number + 1, pages=found.pages)
        self.page.show_image(image_of(found.picture), words)
        self._show_actions()

    def _show_nothing(self, message: str = "") -> None:
        self.shown = None
        self.page.hide()
        self.head.set_title(_("Vorschau"))
        self.head.set_count("")
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self._tell_story(None)
        self.pages.show_page(0, 0)
        self.page.show_image(QImage(), _("Keine Vorschau"))
        self._show_actions()

    def _tell_story(self, found: RequestPreview | None, missing: str = "") -> None:
        today, steps = self._presenter.today, found.steps if found else ()
        self.standing.show_standing(standing(steps, today))
        self.changes.show_changes(change_lines(found.changes, found.to_tell) if found else ())
        self.missing.show_questions(found.open_questions if found else (), missing)
        # who has a place already needs no advice about finding one
        waits = bool(steps) and steps[0].state in WAITING
        self.special.show_cases(found.special if found and waits else ())
        self.story.show_story(*story(steps, today, found.papers if found else ()))

    def _show_actions(self) -> None:
        ready = self.shown is not None and not self.shown.open_questions
        self.printer.setEnabled(ready)
        self.printer.set_name(
            _("Vorschau drucken (Strg+P)") if ready else _("Gedruckt wird erst, wenn die Anfrage vollständig ist")
        )
        self.file.setEnabled(self.shown is not None)


def _missing_title(row: PlacementRow, found: RequestPreview) -> str:
    if not found.open_questions:
        return ""
    if row.state == "draft":
        return _("Es fehlt noch:")
    return _("Für ein neues Senden fehlt jetzt:")
