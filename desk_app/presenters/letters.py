"""Writing a letter to a family: what is chosen, how it looks, and the two ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import UUID

from desk_app.casework import letter_output
from desk_app.casework.letter_output import Offer, Saved, Shown, Wanted
from desk_app.casework.placements import ADMITTED, ASSIGNED, DRAFT
from desk_app.casework.preview import PagePicture
from desk_app.domain.errors import WorldError
from desk_app.domain.letters import GERMAN, Letter
from desk_app.i18n import _
from desk_app.presenters import paper_words
from desk_app.presenters.runner import Runner

__all__ = ["Letter", "LettersPresenter", "LettersView", "Offer", "Shown"]


class LettersView(Protocol):
    def show_offer(self, offer: Offer) -> None:
        """What can be chosen."""
        ...

    def show_letter(self, shown: Shown) -> None: ...

    def show_none(self, message: str) -> None:
        """There is no such letter, and why."""
        ...

    def show_done(self, words: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class LettersPresenter:
    """One letter to one family, changed until it is printed or saved. What is asked for last is what is shown."""

    def __init__(self, view: LettersView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._asked = 0
        self.wanted: Wanted | None = None

    def begin(self, household: UUID, letter: Letter = Letter.MISSING, child: UUID | None = None) -> None:
        """Ask what can be written to a family; the proposal is chosen at once."""

        def arrived(offer: Offer) -> None:
            known = {key for key, _name in offer.children}
            language = offer.languages[0].language if offer.languages else GERMAN
            self.wanted = Wanted(letter, household, child if child in known else None, offer.bring_by, language)
            self._view.show_offer(offer)

        self._runner.run(lambda work: letter_output.offer(work, household), arrived, self._failed)

    def choose(
        self, *, letter: Letter | None = None, language: str | None = None, bring_by: date | None = None
    ) -> None:
        """Another letter, language or day."""
        if self.wanted is not None:
            self.wanted = replace(
                self.wanted,
                letter=letter or self.wanted.letter,
                language=language or self.wanted.language,
                bring_by=bring_by or self.wanted.bring_by,
            )

    def choose_child(self, child: UUID | None) -> None:
        """One child, or all of them."""
        if self.wanted is not None:
            self.wanted = replace(self.wanted, child=child)

    def look(self, width: int) -> None:
        """Show what is chosen, ``width`` pixels wide."""
        wanted = self.wanted
        if wanted is None:
            return
        self._asked += 1
        asked = self._asked

        def arrived(shown: Shown) -> None:
            if asked == self._asked:
                self._view.show_letter(shown)

        def failed(error: WorldError) -> None:
            if asked == self._asked:
                self._view.show_none(error.message)

        self._runner.run(lambda work: letter_output.look(work, wanted, width), arrived, failed)

    def print(self, put: Callable[[Sequence[PagePicture]], None]) -> None:
        """Write the letter and hand its page to ``put``."""
        wanted = self.wanted
        if wanted is None:
            return

        def done(picture: PagePicture) -> None:
            put([picture])
            self._view.show_done(self._told(_("Gedruckt."), wanted))

        self._runner.run(lambda work: letter_output.to_print(work, wanted), done, self._failed)

    def save(self, folder: Path) -> None:
        """Write the letter as a file into ``folder``."""
        wanted = self.wanted
        if wanted is None:
            return

        def done(saved: Saved) -> None:
            self._view.show_done(self._told(_("{file} gespeichert.").format(file=saved.path.name), wanted))

        self._runner.run(lambda work: letter_output.save(work, wanted, folder), done, self._failed)

    @staticmethod
    def _told(words: str, wanted: Wanted) -> str:
        if wanted.letter is not Letter.MISSING:
            return words
        return " ".join((words, _("Die Wiedervorlage steht.")))

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def fitting(state: str, *, missing: bool) -> Letter:
    """The letter that a family needs while a request is in a state; ``missing``: whether answers hold it up."""
    if state in (ASSIGNED, ADMITTED):
        return Letter.ASSIGNMENT
    return Letter.MISSING if state == DRAFT and missing else Letter.STATUS


def languages(offer: Offer) -> tuple[tuple[str, str], ...]:
    """All languages by key and name, those that suit the family first; what somebody reads says so."""
    return paper_words.languages(offer.languages)
