"""What the desk needs is loaded while somebody types a passphrase, so that no page is loaded while it is waited for.

All below the window is loaded on a thread of its own. Then the window's modules follow on the window's thread, a few
hundredths of a second at a time: the binding to Qt makes its classes when they are first named, and comes to harm when
two threads name them at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from desk_app import bootstrap

_SLICE: Final = 0.008
"""Seconds at a time on the window's thread, and a module more."""
_PAUSE_MS: Final = 15
_HOLIDAYS: Final = "holidays.countries.germany"
"""Brings those of all countries along."""


class LoadAhead(QObject):
    """Begun once; can be stopped between two modules. ``build_first`` is called when the first page is loaded."""

    def __init__(self, parent: QObject, build_first: Callable[[], None]) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._load_below, name="load ahead", daemon=True)
        self._rest = _window_parts(build_first)
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

    def _load_below(self) -> None:
        bootstrap.warm_up()
        for name in (*_modules("desk_app.presenters"), "desk_app.casework.door", _HOLIDAYS):
            if self._stopped.is_set():
                return
            import_module(name)

    def _load_some(self) -> None:
        if self._thread.is_alive():
            return
        until = time.perf_counter() + _SLICE
        for _part in self._rest:
            if time.perf_counter() > until:
                return
        self._slices.stop()


def _modules(package: str) -> list[str]:
    """The modules of a package, those of packages inside it first: they import the fewest others."""
    import pkgutil  # not before the lock screen is painted

    found = list(pkgutil.iter_modules(import_module(package).__path__, f"{package}."))
    inner = [module for each in found if each.ispkg for module in _modules(each.name)]
    return [*inner, *(each.name for each in found if not each.ispkg)]


def _window_parts(build_first: Callable[[], None]) -> Iterator[None]:
    """Load one part after the other: the classes of Qt, which the binding would else make all at once where it meets
    an object it does not know, then the modules of the first page and of the others."""
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield
    for name in _modules(f"{__package__}.widgets") + _modules(f"{__package__}.today"):
        import_module(name)
        yield
    build_first()
    yield
    for name in _modules(__package__):
        import_module(name)
        yield
