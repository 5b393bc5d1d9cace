"""Pages a family was given, out of its course."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk_app.gui.families.timeline_view import TimelineView

if TYPE_CHECKING:
    from desk_app.presenters.runner import Runner


def show_on_request(timeline: TimelineView, page: QWidget, runner: Runner) -> None:
    """Let Eingabe on a page that was handed out show it again as it was, to be printed once more."""

    def show(kind: str, handout: UUID) -> None:
        from desk_app.gui.papers.slip_dialog import show_again

        show_again(page.window(), runner, kind, handout)

    timeline.page_asked.connect(show)
