"""Pictures of every page of the program, painted by the real windows over an open store."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import UUID

from PySide6.QtCore import QEvent, QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.casework import families
from desk_app.casework.desk import Desk, Work
from desk_app.domain.errors import TargetNotWritable
from desk_app.gui.app import make_application
from desk_app.gui.day_pages import APPOINTMENTS, TODAY
from desk_app.gui.desk_pages import FAMILIES, OPTIONS, PLACEMENTS
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.offer_pages import OFFERS
from desk_app.gui.shell import Shell
from desk_app.settings import Settings

_SETTLED = 0.7
"""Seconds to let a page read, lay itself out and finish its movements."""


def paint(desk: Desk, folder: Path, *, size: tuple[int, int], theme: str, scale: float) -> list[Path]:
    """Write a PNG of every page into ``folder`` and say which. The store is unchanged, and closed afterwards.

    ``size`` is the window's in pixels, ``scale`` the size of its texts. Works without a screen.
    Raises ``TargetNotWritable``.
    """
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetNotWritable from error
    before = qInstallMessageHandler(_pass_on)
    painter = _Painter(folder, size, Settings(theme=theme, text_scale=round(scale * 100)))
    try:
        painter.before_unlocking(desk.vault.folder)
        painter.desk(desk)
    finally:
        painter.end()
        qInstallMessageHandler(before)
    return painter.pictures


def _makes_fields(window: QWidget) -> bool:
    """Whether a form in sight is not whole yet; a slow machine takes longer over it than over settling."""
    return any(page.isVisible() and not page.whole for page in window.findChildren(IntakePage))


def _pass_on(_kind: QtMsgType, _place: QMessageLogContext, words: str) -> None:
    """Without a screen Qt remarks on every window that nobody can drag it larger."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(f"{words}\n")


class _Painter:
    def __init__(self, folder: Path, size: tuple[int, int], look: Settings) -> None:
        self._folder = folder
        self._size = size
        self._app, self._appearance = make_application(look)
        self.pictures: list[Path] = []

    def before_unlocking(self, store: Path) -> None:
        """Set-up and lock screen. Neither opens, creates or remembers a store."""
        with tempfile.TemporaryDirectory() as nothing:
            for name, place in (("einrichtung", Path(nothing) / "neu"), ("sperrbildschirm", store)):
                shell = Shell(place, self._appearance)
                shell.begin()
                with self._shown(shell):
                    self._take(shell, name)
                    shell.end()

    def desk(self, desk: Desk) -> None:
        """The rail with every page that can stand beside it."""
        window = DeskWindow(desk, self._appearance)
        with self._shown(window):
            window.start()
            family, under_way = desk.do(_worth_showing)[0]
            steps: dict[str, Callable[[], object]] = {
                "heute": lambda: window.go(TODAY),
                "familien": lambda: window.go(FAMILIES),
                "termine": lambda: window.go(APPOINTMENTS),
                "angebote": lambda: window.go(OFFERS),
                "schulplaetze": lambda: window.go(PLACEMENTS),
                "einstellungen": lambda: window.go(OPTIONS),
            }
            if family is not None:
                steps |= {"akte": lambda: window.open_family(family)}
            if under_way is not None:
                steps |= {"aufnahme": lambda: window.open_intake(under_way)}
            for name, step in steps.items():
                window.worker.wait()
                step()
                self._take(window, name)
            window.close_desk()

    def end(self) -> None:
        """A look that stayed alive would put itself in place of the next one."""
        _delete(self._appearance)

    def _take(self, window: QWidget, name: str) -> None:
        self._settle(window)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        if not window.grab().save(str(path)):
            raise TargetNotWritable
        self.pictures.append(path)

    def _settle(self, window: QWidget) -> None:
        until = monotonic() + _SETTLED
        while monotonic() < until or _makes_fields(window):
            self._app.processEvents()

    @contextmanager
    def _shown(self, window: QWidget) -> Iterator[None]:
        window.resize(*self._size)
        window.show()
        try:
            yield
        finally:
            window.hide()
            _delete(window)


def _delete(thing: QObject) -> None:
    thing.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _worth_showing(work: Work) -> tuple[UUID | None, UUID | None]:
    """The family with the most people, and the open intake with the most."""
    rows = sorted(families.listing(work), key=lambda row: row.adults + row.children, reverse=True)
    return next((row.id for row in rows), None), next((row.id for row in rows if row.intake_open), None)
