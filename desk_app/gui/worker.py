"""The one thread that does deeds, so that the window never waits for the vault.

Deeds run one after the other in the order given. Their results come back as closures in a queue; a signal
without payload only says that something lies there, so no Python object travels through Qt between threads.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from desk_app.domain.errors import WorldError
from desk_app.presenters.runner import Perform

if TYPE_CHECKING:
    from desk_app.casework.desk import Changes, Work

T = TypeVar("T")

_LAST_ROUNDS = 20
"""How often results may ask for more while the worker stops; a chain without end must not keep the desk open."""


class Worker(QObject):
    """A `Runner` on a thread of its own; `done` and `failed` are called on the thread that made the worker.

    A deed that ends in a bug goes to `sys.excepthook` there, and the next deed runs all the same.
    `changed` carries the set of what a deed touched, after its `done`.
    """

    changed = Signal(object)
    busy = Signal(bool)
    _news = Signal()

    def __init__(self, perform: Perform, parent: QObject | None = None, *, begun: bool = True) -> None:
        """Not ``begun``, it collects deeds until ``begin``, or until somebody waits for them."""
        super().__init__(parent)
        self._perform = perform
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._results: deque[Callable[[], None]] = deque()
        self._waiting = 0
        self._closing = self._stopped = False
        self._news.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="deeds", daemon=True)
        if begun:
            self.begin()

    def begin(self) -> None:
        """Do deeds from now on."""
        if not self.begun:
            self._thread.start()

    @property
    def begun(self) -> bool:
        return self._thread.ident is not None

    @property
    def working(self) -> bool:
        """Whether a deed is under way or waits for its turn."""
        return self._waiting > 0

    @property
    def crowded(self) -> bool:
        """Whether a deed waits behind the one under way; may be asked from within it."""
        return self._waiting > 1

    @property
    def stopped(self) -> bool:
        """Whether no further deed should be handed over: what asks for one piece after the other ends here."""
        return self._closing

    def run(
        self,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None],
    ) -> None:
        if self._stopped:
            raise RuntimeError("a deed was handed to a stopped worker")
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        self._jobs.put(lambda: self._results.append(self._outcome(deed, done, failed)))

    def stop(self) -> None:
        """Finish every deed already handed over, and what its result asks for, deliver it and end the thread."""
        if self._closing:
            return
        self._closing = True
        for _round in range(_LAST_ROUNDS):
            self.wait()
            if not self.working:
                break
        self._stopped = True
        self._jobs.put(None)
        self._thread.join()
        self._deliver()

    def wait(self) -> None:
        """Let every deed handed over so far finish and deliver its result. For closing and for tests."""
        self.begin()
        reached = threading.Event()
        self._jobs.put(reached.set)
        reached.wait()
        self._deliver()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            self._news.emit()

    def _outcome(
        self,
        deed: Callable[[Work], T],
        done: Callable[[T], None],
        failed: Callable[[WorldError], None],
    ) -> Callable[[], None]:
        try:
            result, changes = self._perform(deed)
        except WorldError as error:
            known = error
            return lambda: failed(known)
        except BaseException as error:  # noqa: BLE001 - whatever it was, the window's thread must hear of it
            bug = error
            return lambda: sys.excepthook(type(bug), bug, bug.__traceback__)
        return lambda: self._succeed(result, changes, done)

    def _succeed(self, result: T, changes: Changes, done: Callable[[T], None]) -> None:
        done(result)
        if changes:
            self.changed.emit(changes)

    def _deliver(self) -> None:
        while self._results:
            outcome = self._results.popleft()
            self._waiting -= 1
            if not self._waiting:
                self.busy.emit(False)
            outcome()


def without_desk(deed: Callable[[Work], T]) -> tuple[T, Changes]:
    """A `Perform` for what opens a desk or looks after one from outside: it needs no transaction and gets none."""
    return deed(cast("Work", None)), frozenset()
