"""The dialog for a slip that a family takes along: in which language, and how it will look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk_app.casework.slip_output import Wanted
from desk_app.gui.papers.dialog import AskPrinter, PaperDialog
from desk_app.gui.printing import choose_printer
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.labels import Label
from desk_app.i18n import _
from desk_app.presenters import paper_out, paper_words
from desk_app.presenters.paper_out import Look, Slip

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


class SlipDialog(PaperDialog):
    """Opened for one slip; the family's language is chosen at once."""

    def __init__(
        self, window: QWidget, runner: Runner, wanted: Wanted, ask_printer: AskPrinter = choose_printer
    ) -> None:
        name = wanted.slip.label
        super().__init__(window, runner, name, name, ask_printer)
        self._wanted = wanted
        self.language = ChoiceField(label=_("Sprache über dem Deutschen"))
        self.language.committed.connect(self._choose)
        self.choices.addWidget(self.language)
        self.kept = Label("", "small", "text3", wrap=True)
        self.choices.addWidget(self.kept)
        self.language.setVisible(wanted.handout is None)

    def begin(self) -> None:
        """Open with the language that suits the family."""
        self.open(self.cancel)
        self.presenter.begin(self._wanted, self._offer)

    def _offer(self, wanted: Wanted, suited: Sequence[paper_out.Choice]) -> None:
        kept = _("Was Sie drucken oder speichern, steht danach in der Akte.") if wanted.household else ""
        again = _("So wurde der Zettel mitgegeben. Er bleibt, wie er war.")
        self.kept.setText(again if wanted.handout else kept)
        self.kept.setVisible(bool(self.kept.text()))
        self.language.set_choices(paper_words.languages(suited))
        if self.language.isVisible():
            self.language.setFocus()
        self._take(wanted)

    def _choose(self, language: str | None) -> None:
        if language and language != self._wanted.language:
            self._take(replace(self._wanted, language=language))

    def _take(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.presenter.paper = paper_out.slip(wanted)
        self._changed()

    def show_paper(self, look: Look) -> None:
        if not self._wanted.language:
            self._wanted = replace(self._wanted, language=look.language)
            self.presenter.paper = paper_out.slip(self._wanted)
            self.language.set_value(look.language)
        super().show_paper(look)

    def _settled(self) -> bool:
        return self.language.commit()


def show_slip(
    window: QWidget, runner: Runner, slip: Slip, subjects: Sequence[UUID], household: UUID | None = None,
    told: Callable[[str], None] | None = None,
) -> SlipDialog:  # fmt: skip
    """Open the dialog for a slip; ``told`` is called with what was done."""
    dialog = SlipDialog(window, runner, Wanted(slip, tuple(subjects), household))
    if told is not None:
        dialog.done.connect(told)
    dialog.begin()
    return dialog


def show_again(window: QWidget, runner: Runner, kind: str, handout: UUID) -> SlipDialog:
    """Open the dialog for a slip that was given before, as it was."""
    dialog = SlipDialog(window, runner, Wanted(Slip(kind), handout=handout))
    dialog.begin()
    return dialog
