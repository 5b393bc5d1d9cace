"""The thread that asks for the store while no desk is open; made when it is first needed, and given up with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from desk_app.gui.worker import Worker


class OpeningThread(QObject):
    """``after`` says what has to be over before anything is asked of the store: another process that closes it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.after: Callable[[], str] | None = None
        self._news = ""
        self._worker: Worker | None = None

    def worker(self) -> Worker:
        if self._worker is None:
            from desk_app.gui.worker import Worker, without_desk

            self._worker = Worker(without_desk, self)
            if (first := self.after) is not None:
                self.after = None
                self._worker.run(lambda _work: first(), self._note, lambda _error: None)
        return self._worker

    def _note(self, news: str) -> None:
        self._news = news

    def take_news(self) -> str:
        """What ``after`` had to tell, once."""
        news, self._news = self._news, ""
        return news

    def once_free(self, go_on: Callable[[], None]) -> None:
        """Go on when the store can be asked for: in the next moment, or when ``after`` is over."""
        if self.after is None:
            QTimer.singleShot(0, go_on)
        else:
            self.worker().run(lambda _work: None, lambda _nothing: go_on(), lambda _error: None)

    def stop(self) -> None:
        """Finish what was asked for and end the thread."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
