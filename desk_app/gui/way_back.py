"""The pages somebody came by."""

from __future__ import annotations

from collections import deque
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

_MOST: Final = 50
"""Pages one can go back by; nobody remembers more, and a day has hundreds."""


class WayBack:
    """Newest last. A page that leaves the stack is let go at once, or everything it holds would stay with it."""

    def __init__(self, stack: QStackedWidget) -> None:
        self._stack = stack
        self._pages: deque[QWidget] = deque(maxlen=_MOST)
        stack.widgetRemoved.connect(lambda _place: self._let_go())

    def went(self, page: QWidget) -> None:
        """Somebody looks at a page now."""
        if not self._pages or self._pages[-1] is not page:
            self._pages.append(page)

    def back(self) -> QWidget | None:
        """The page before the one that is looked at, which is forgotten; none where there was no other."""
        if len(self._pages) < 2:
            return None
        self._pages.pop()
        return self._pages.pop()

    def _let_go(self) -> None:
        here = [page for page in self._pages if isValid(page) and self._stack.indexOf(page) >= 0]
        self._pages.clear()
        for page in here:
            self.went(page)
