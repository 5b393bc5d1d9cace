"""What the desk needs is loaded while somebody types a passphrase, so that no page is loaded while it is waited for.

All below the window is loaded on a thread of its own. Then the window's modules follow on the window's thread, a few
hundredths of a second at a time: the binding to Qt makes its classes when they are first named, and comes to harm when
two threads name them at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desk_app import bootstrap
from desk_app.domain.clock import Clock

if TYPE_CHECKING:
    from desk_app.gui.day_pages import TodayAhead

_SLICE: Final = 0.008
"""Seconds at a time on the window's thread, and a module more."""
_PAUSE_MS: Final = 15


class LoadAhead(QObject):
    """Begun once; can be stopped between two modules. Builds the first page as well, as a child of ``parent``."""

    went_on = Signal()
    """Some more is there, at last all of it."""

    def __init__(self, parent: QWidget, clock: Clock) -> None:
        super().__init__(parent)
        self._window, self._clock = parent, clock
        self._first_page: TodayAhead | None = None
        self._taken = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._load_below, name="load ahead", daemon=True)
        self._rest = self._parts()
        self._slices = QTimer(self)
        self._slices.setInterval(_PAUSE_MS)
        self._slices.timeout.connect(self._load_some)

    def begin(self) -> None:
        if self._thread.ident is None and not self._stopped.is_set():
            self._thread.start()
            self._slices.start()

    @property
    def done(self) -> bool:
        """Whether nothing is left to load."""
        return self._thread.ident is not None and not self._slices.isActive()

    def stop(self) -> None:
        """End it, with what is being loaded at the moment."""
        self._stopped.set()
        self._slices.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def take_first_page(self) -> TodayAhead | None:
        """Where it is built by now; it will not be built any more. For the one desk that comes next."""
        self._taken = True
        taken, self._first_page = self._first_page, None
        return taken

    def _load_below(self) -> None:
        bootstrap.warm_up()
        for name in (*_modules("desk_app.presenters"), "desk_app.casework.door"):
            if self._stopped.is_set():
                return
            import_module(name)

    def _load_some(self) -> None:
        if self._thread.is_alive():
            return
        until = time.perf_counter() + _SLICE
        for _part in self._rest:
            if time.perf_counter() > until:
                self.went_on.emit()
                return
        self._slices.stop()
        self.went_on.emit()

    def _parts(self) -> Iterator[None]:
        """Do one part after the other: the classes of Qt, which the binding would else make all at once where it meets
        an object it does not know, then the first page, then the modules of the others."""
        for module in (QtCore, QtGui, QtWidgets):
            for name in dir(module):
                getattr(module, name)
                yield
        for name in _modules(f"{__package__}.widgets") + _modules(f"{__package__}.today"):
            import_module(name)
            yield
        if not self._taken:
            from desk_app.gui.day_pages import TodayAhead

            self._first_page = TodayAhead(self._clock, self._window)
        yield
        for name in _modules(__package__):
            import_module(name)
            yield


def _modules(package: str) -> list[str]:
    """The modules of a package, those of packages inside it first: they import the fewest others."""
    import pkgutil  # not before the lock screen is painted

    found = list(pkgutil.iter_modules(import_module(package).__path__, f"{package}."))
    inner = [module for each in found if each.ispkg for module in _modules(each.name)]
    return [*inner, *(each.name for each in found if not each.ispkg)]
