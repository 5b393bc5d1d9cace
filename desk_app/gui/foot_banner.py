"""What went wrong, at the foot of the window, over whatever page is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _

_GAP, _LOWEST = 24, 44


class FootBanner(Banner):
    """Stays until somebody has read it or something else is to be said."""

    def __init__(self, window: QWidget) -> None:
        understood = Button(_("Verstanden"), "link")
        super().__init__("", "bad", understood, window)
        understood.clicked.connect(self.hide)
        self.hide()

    def tell(self, words: str, left: int) -> None:
        """Show a sentence, right of ``left`` pixels."""
        self.set_words(words)
        self.show()
        self.raise_()
        self.fit(left)

    def fit(self, left: int) -> None:
        """Keep to the foot of the window after it changed its size."""
        window = self.parentWidget()
        assert window is not None
        height = max(self.sizeHint().height(), _LOWEST)
        self.setGeometry(left + _GAP, window.height() - height - 16, window.width() - left - 2 * _GAP, height)
