"""Papers on their way out: what is chosen, how it looks, and the two ways out. What is asked for last is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from desk_app.casework import day_sheet, slip_output
from desk_app.casework.desk import Work
from desk_app.casework.preview import PagePicture
from desk_app.domain.errors import WorldError
from desk_app.domain.letters import Choice, Slip
from desk_app.i18n import _
from desk_app.presenters.runner import Runner

__all__ = ["Choice", "Look", "Paper", "PaperPresenter", "PaperView", "Slip"]


@dataclass(frozen=True, slots=True)
class Look:
    """The first page of a paper as pixels, and what somebody should know before it goes out.

    ``language`` is the one it is in, "" for papers that have none beside German.
    """

    picture: PagePicture
    notes: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can go out: how it looks at a width in pixels, its pages for the printer, and its file."""

    look: Callable[[Work, int], Look]
    pages: Callable[[Work], Sequence[PagePicture]]
    save: Callable[[Work, Path], Path]


def slip(wanted: slip_output.Wanted) -> Paper:
    """A slip for a family."""

    def look(work: Work, width: int) -> Look:
        shown = slip_output.look(work, wanted, width)
        return Look(shown.picture, shown.notes, shown.language)

    return Paper(
        look,
        lambda work: (slip_output.to_print(work, wanted),),
        lambda work, folder: slip_output.save(work, wanted, folder).path,
    )


def sheets(wanted: day_sheet.Wanted) -> Paper:
    """The sheets of the desks."""

    def look(work: Work, width: int) -> Look:
        shown = day_sheet.look(work, wanted, width)
        return Look(shown.picture, shown.notes)

    return Paper(look, partial(day_sheet.to_print, wanted=wanted), lambda work, to: day_sheet.save(work, wanted, to))


class PaperView(Protocol):
    def show_paper(self, look: Look) -> None: ...

    def show_none(self, message: str) -> None:
        """There is no such paper, and why."""
        ...

    def show_done(self, words: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class PaperPresenter:
    """One paper, changed until it is printed or saved."""

    def __init__(self, view: PaperView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._asked = 0
        self.paper: Paper | None = None

    def begin(
        self, wanted: slip_output.Wanted, shown: Callable[[slip_output.Wanted, tuple[Choice, ...]], None]
    ) -> None:
        """The family a slip is for, and the languages that suit it."""
        self._runner.run(lambda work: slip_output.begin(work, wanted), lambda found: shown(*found), self._failed)

    def look(self, width: int) -> None:
        """Show what is chosen, ``width`` pixels wide."""
        paper = self.paper
        if paper is None:
            return
        self._asked += 1
        asked = self._asked

        def arrived(look: Look) -> None:
            if asked == self._asked:
                self._view.show_paper(look)

        def failed(error: WorldError) -> None:
            if asked == self._asked:
                self._view.show_none(error.message)

        self._runner.run(lambda work: paper.look(work, width), arrived, failed)

    def print(self, put: Callable[[Sequence[PagePicture]], None]) -> None:
        """Write the paper down as gone out and hand its pages to ``put``."""
        paper = self.paper
        if paper is None:
            return

        def done(pages: Sequence[PagePicture]) -> None:
            put(pages)
            self._view.show_done(_("Gedruckt."))

        self._runner.run(paper.pages, done, self._failed)

    def save(self, folder: Path) -> None:
        """Write the paper as a file into ``folder``."""
        paper = self.paper
        if paper is None:
            return

        def done(path: Path) -> None:
            self._view.show_done(_("{file} gespeichert.").format(file=path.name))

        self._runner.run(lambda work: paper.save(work, folder), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)
