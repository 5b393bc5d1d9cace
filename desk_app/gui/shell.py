"""The one window of the program and what fills it: set-up, lock screen, recovery, or the desk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from desk_app import bootstrap, settings
from desk_app.domain.clock import Clock, system_clock
from desk_app.gui.focus_ring import FocusRing
from desk_app.gui.load_ahead import LoadAhead
from desk_app.gui.lock_window import LockUser, LockWindow
from desk_app.gui.opening_thread import OpeningThread
from desk_app.gui.state_line import StateLine
from desk_app.gui.theme import Appearance
from desk_app.i18n import _

if TYPE_CHECKING:
    from desk_app.casework.desk import Desk
    from desk_app.domain.centre import Centre
    from desk_app.gui.locking import Locking, Surroundings
    from desk_app.gui.main_window import DeskWindow
    from desk_app.gui.start.setup_page import ChooseFolder
    from desk_app.presenters.unlock import Seat, UnlockPresenter

SIZE = (1366, 768)


class Shell(QMainWindow):
    """Begins with whatever the folder of the store calls for. Locking ends the process where ``around`` allows it."""

    painted = Signal()
    """Once, when the window is there to be seen."""

    def __init__(
        self,
        folder: Path,
        appearance: Appearance,
        clock: Clock = system_clock,
        around: Callable[[], Surroundings] | None = None,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.appearance = appearance
        self.clock = clock
        self.choose_folder: ChooseFolder | None = None
        self.opening, self.ahead = OpeningThread(self), LoadAhead(self, clock)
        self._around = around
        self._locking: Locking | None = None
        self.desk_window: DeskWindow | None = None
        self._ring = FocusRing(self)
        self.resize(*SIZE)
        self.setMinimumSize(900, 600)

    # --- what fills the window

    def begin(self, news: str = "") -> None:
        """Lock screen where a store lies, set-up where nothing lies. ``news`` is told on the lock screen."""
        names = bootstrap.known_names(self.folder)
        if names:
            self._show_lock(names, news=news)
        else:
            self._show_what_lies_there()

    def _show_lock(
        self, names: Sequence[tuple[str, str]], entries: Sequence[bootstrap.UserEntry] | None = None, news: str = ""
    ) -> None:
        """The lock screen with keys and `names`. What unlocking needs is loaded behind it, once it is painted;
        `entries` too, where they are not known yet."""
        lock = LockWindow(_("Trittstein · Strg+L sperrt"), self)
        lock.show_states([StateLine("hard-drive", _("Offline, nur auf diesem PC"))])
        lock.show_users([LockUser(key, name) for key, name in names])
        lock.show_news(news)
        greet = cache(lambda: self._greet(lock, entries or bootstrap.known_users(self.folder)))

        def greet_if_here() -> None:
            if self.centralWidget() is lock:
                lock.show_news(self.opening.take_news() or news)
                greet()

        lock.first_painted.connect(lambda: self.opening.once_free(greet_if_here))
        # may come before the first paint, from somebody who types blindly
        lock.unlock_asked.connect(lambda key, words: greet().unlock(key, words))
        lock.forgotten.connect(lambda key: self.show_recovery(key, entries or bootstrap.known_users(self.folder)))
        lock.restore_asked.connect(self.show_restore)
        self._fill(lock, _("Trittstein – gesperrt"))

    def _greet(self, lock: LockWindow, users: Sequence[bootstrap.UserEntry]) -> UnlockPresenter:
        from desk_app.presenters.unlock import UnlockPresenter

        presenter = UnlockPresenter(
            _LockView(lock),
            self.opening.worker(),
            bootstrap.Door(self.folder, self.clock),
            self.show_desk,
            self._show_stopped,
            self.clock,
        )
        if users:
            presenter.show([(user.id, user.name, user.last_unlock) for user in users])
            presenter.choose(lock.chosen())
            lock.seat_chosen.connect(lambda key: presenter.choose(key))
            lock.look_asked.connect(lambda: presenter.look())
        else:
            self._show_what_lies_there()
        # not before the greeting is painted: the two would take turns
        QTimer.singleShot(0, self.ahead.begin)
        return presenter

    def _show_what_lies_there(self) -> None:
        """No users could be read: nothing lies there, or a store that is not whole. The latter is never overwritten."""
        from desk_app.domain.errors import WorldError

        try:
            if bootstrap.state(self.folder) == "missing":
                self.show_setup()
                return
            users = bootstrap.user_entries(self.folder)
            self._show_lock([(str(user.id), user.name) for user in users], users)
        except WorldError as error:
            self._show_stopped(error.message)

    def show_setup(self) -> None:
        from desk_app.gui.start.setup_page import SetupPage, ask_folder
        from desk_app.presenters.setup import SetupPresenter

        def create(folder: Path, centre: Centre, user: str, passphrase: str) -> tuple[Desk, str]:
            made = bootstrap.create(folder, centre, user, passphrase, clock=self.clock)
            self.folder = folder
            return made.desk, made.recovery_code

        page = SetupPage(self.choose_folder or ask_folder)
        presenter = SetupPresenter(page, self.opening.worker(), create, self.show_desk, self.folder)
        page.bind(presenter)
        page.open_other.connect(self.open_store)
        page.code_shown.connect(lambda code: self._show_code(code, presenter.begin))
        self._fill(page, "Trittstein")
        page.centre.setFocus()

    def open_store(self, folder: Path) -> None:
        """Go on with another folder."""
        self.folder = folder
        self.begin()

    def show_recovery(self, key: str, users: Sequence[bootstrap.UserEntry]) -> None:
        from uuid import UUID

        from desk_app.domain.passphrase import weaknesses
        from desk_app.gui.start.recovery_page import RecoveryPage
        from desk_app.presenters.recovery import RecoveryPresenter

        user = UUID(key)
        name = next((entry.name for entry in users if entry.id == user), "")
        page = RecoveryPage(name, lambda words: weaknesses(words, (name,)))

        def recovered(found: bootstrap.NewDesk) -> None:
            self._show_code(found.recovery_code, lambda: self.show_desk(found.desk))

        door = bootstrap.Door(self.folder, self.clock)
        presenter = RecoveryPresenter(page, self.opening.worker(), door, user, recovered, self.clock)
        page.asked.connect(lambda code, words: presenter.recover(code, words))
        presenter.begin()
        page.back.connect(self.begin)
        self._fill(page, _("Trittstein – gesperrt"))
        page.code.setFocus()

    def show_restore(self) -> None:
        """Bring a backup back while the store is shut; it ends at the lock screen."""
        from desk_app.gui.start.restore_page import RestorePage
        from desk_app.presenters.restore import RestorePresenter

        page = RestorePage(self.choose_folder)
        door, worker = bootstrap.Door(self.folder, self.clock), self.opening.worker()
        page.bind(RestorePresenter(page, worker, door, self.begin, self.clock))
        page.back.connect(self.begin)
        self._fill(page, _("Trittstein – gesperrt"))
        page.begin()

    def show_desk(self, desk: Desk) -> None:
        """The store is open: fill the window with the desk."""
        if desk.must_choose_passphrase:
            self._ask_own_passphrase(desk)
            return
        from desk_app.gui.main_window import DeskWindow

        self.opening.stop()
        _remember_store(self.folder)
        self.desk_window = window = DeskWindow(desk, self.appearance, self.ahead.take_first_page())
        window.lock_asked.connect(self.lock)
        window.title_changed.connect(self.setWindowTitle)
        self._fill(window, "Trittstein")
        window.start()
        self._lock_when_left(lambda: window.worker.working)
        if desk.notices:
            window.foot.tell(" ".join(desk.notices), window.rail.width())

    def lock(self) -> None:
        """Save what is being typed, close the store and ask for a passphrase again. Only an open desk can be locked."""
        if self._locking is not None:
            self._locking.lock()

    def end(self) -> None:
        """Before the program ends: nothing typed is lost, the store is closed."""
        self._close_desk()
        self.opening.stop()
        self.ahead.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._close_desk()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the first content be painted; nothing of the window itself shows beside it."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False

    # --- how

    def _show_code(self, code: str, go_on: Callable[[], None]) -> None:
        from desk_app.gui.start.code_page import CodePage

        page = CodePage(code)
        page.put_away.connect(go_on)
        self._fill(page, "Trittstein")

    def _ask_own_passphrase(self, desk: Desk) -> None:
        from desk_app.gui.start.own_passphrase_page import OwnPassphrasePage

        worker = self.opening.worker()
        page = OwnPassphrasePage(desk, worker, self.show_desk)
        page.back.connect(self._close_desk)
        page.back.connect(self.begin)
        page.lock_key.activated.connect(self.lock)
        self._fill(page, "Trittstein")
        self._lock_when_left(lambda: worker.working)

    def _lock_when_left(self, busy: Callable[[], bool]) -> None:
        """The store is open from here on."""
        from desk_app.gui.locking import Locking

        if self._locking is None:
            self._locking = Locking(self, self._close_desk, self.begin, self._around and self._around())
        self._locking.desk_opened(self.folder, busy)

    def _show_stopped(self, message: str) -> None:
        from desk_app.gui.start.stopped_page import StoppedPage

        page = StoppedPage(_held(self.folder, self.clock) or message)
        page.again.connect(self.begin)
        page.restore_asked.connect(self.show_restore)
        page.open_other.connect(self.open_store)
        self._fill(page, "Trittstein")

    def _close_desk(self) -> str:
        """What could not be kept, empty for nothing."""
        lost = ""
        if hasattr(self.centralWidget(), "give_up"):
            self.opening.stop()  # a passphrase that is being exchanged is exchanged first, which may open the desk
        if self._locking is not None:
            self._locking.desk_closed()
        if (give_up := getattr(self.centralWidget(), "give_up", None)) is not None:
            give_up()
        if self.desk_window is not None:
            lost, self.desk_window = self.desk_window.close_desk(), None
        return lost

    def _fill(self, content: QWidget, title: str) -> None:
        before = self.centralWidget()
        self.setCentralWidget(content)
        if before is not None:
            before.deleteLater()
        else:
            content.installEventFilter(self)
        self.setWindowTitle(title)
        self._ring.raise_()
        content.setFocus()


class _LockView:
    """Lets the presenter speak of seats where the lock screen speaks of users."""

    def __init__(self, lock: LockWindow) -> None:
        self._lock = lock

    def show_seats(self, seats: Sequence[Seat], chosen: str) -> None:
        typed = self._lock.passphrase.text()
        self._lock.show_users([LockUser(seat.key, seat.name, seat.remark) for seat in seats], chosen)
        self._lock.passphrase.edit.setText(typed)

    def show_greeting(self, greeting: str, day: str) -> None:
        self._lock.show_greeting(greeting, day)

    def show_wrong(self, words: str) -> None:
        self._lock.show_wrong(words)

    def show_trouble(self, words: str) -> None:
        self._lock.show_trouble(words)

    def show_wait(self, seconds: int) -> None:
        self._lock.show_wait(seconds)

    def show_elsewhere(self, words: str) -> None:
        self._lock.show_elsewhere(words)

    def show_busy(self, busy: bool) -> None:
        self._lock.show_busy(busy)


def _held(folder: Path, clock: Clock) -> str:
    """Who is at work on the store; meanwhile nothing can be said of what lies there. Empty where nobody is."""
    from desk_app.presenters.unlock import held_by

    holder = bootstrap.Door(folder, clock).holder()
    return held_by(holder, clock()) if holder else ""


def _remember_store(folder: Path) -> None:
    """Open the same store next time. Only a convenience, so a full disk must not stop anybody here."""
    mine = settings.load()
    if mine.last_store != folder:
        with contextlib.suppress(OSError):
            settings.save(mine._replace(last_store=folder))
