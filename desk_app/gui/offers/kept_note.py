"""The note of a dialog outlives the dialog: Esc and the lock of the desk leave it for the next time."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _
from desk_app.presenters.offer_steps import OfferSteps


def keep_note(dialog: StepDialog, field: TextField, steps: OfferSteps, about: str) -> Callable[[], None]:
    """Have what is typed into ``field`` there again for ``about``; what this returns is called once it was entered."""
    offered = field.text()
    known = ""

    def arrived(words: str) -> None:
        nonlocal known
        if words and not field.text():
            known = words
            field.set_value(words)
            field.set_hint(_("Von vorhin, noch nicht eingetragen."))
            dialog.refit()

    def leave() -> None:
        field.commit()
        typed = "" if field.text() == offered else field.text()
        if typed != known:
            steps.keep_words(about, typed)

    def entered() -> None:
        if known:
            steps.keep_words(about, "")

    dialog.dismissed.connect(leave)
    steps.words_left(about, arrived)
    return entered
