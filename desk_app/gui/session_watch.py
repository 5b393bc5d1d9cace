"""Hears the system lock its screen, change its user or go to sleep.

Linux: logind says when the machine sleeps, when this session is to be locked and when another user's comes to the
front; the screen savers of the desktops say when they cover it. Windows tells a window that asks for it. Nothing
is lost where none of them is there: `idle` then notices afterwards that the machine slept.

macOS tells only programs written against its own frameworks. There the sleep is noticed at waking up, and a locked
screen not before the minutes without input are over.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher
    from PySide6.QtWidgets import QWidget


def watch(window: QWidget) -> SessionWatch | WindowsWatch | None:
    """Whatever can listen on this system; ``None`` where nothing can. Keep it as long as it is to listen."""
    if sys.platform == "win32":
        return WindowsWatch(window)
    if sys.platform == "linux":
        from PySide6.QtDBus import QDBusConnection

        heard = SessionWatch(window)
        heard.listen_to_system(QDBusConnection.systemBus())
        heard.listen_to_desktop(QDBusConnection.sessionBus())
        return heard
    return None


LOGIN = "org.freedesktop.login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
LOGIN_PATH = "/org/freedesktop/login1"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)


class SessionWatch(QObject):
    """Emits ``covered`` when the machine is about to sleep, or its screen is locked or given to somebody else.

    logind: https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
    """

    covered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delay: Any = None
        self._pending: list[QDBusPendingCallWatcher] = []

    def listen_to_system(self, bus: QDBusConnection) -> None:
        """Sleep, and what happens to our session. Does nothing without a bus."""
        if not bus.isConnected():
            return
        bus.connect(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", self, "1prepare_for_sleep(bool)")  # type: ignore[call-overload]  # a slot by name, as Qt writes it
        self._ask(bus, "Inhibit", ["sleep", "Trittstein", "Save and lock", "delay"], self._keep_delay)
        session = os.environ.get("XDG_SESSION_ID") or "auto"
        self._ask(bus, "GetSession", [session], lambda path: self._follow_session(bus, path.path()))

    def listen_to_desktop(self, bus: QDBusConnection) -> None:
        """The screen saver, by whichever name it goes here. Does nothing without a bus."""
        if bus.isConnected():
            for name in SCREEN_SAVERS:
                bus.connect(name, "", name, "ActiveChanged", self, "1screen_covered(bool)")  # type: ignore[call-overload]  # as above

    def _follow_session(self, bus: QDBusConnection, path: str) -> None:
        bus.connect(LOGIN, path, SESSION, "Lock", self, "1lock()")  # type: ignore[call-overload]  # as above
        properties = "org.freedesktop.DBus.Properties"
        bus.connect(LOGIN, path, properties, "PropertiesChanged", self, "1session_changed(QString,QVariantMap)")  # type: ignore[call-overload]  # as above

    def _keep_delay(self, descriptor: Any) -> None:
        """As long as this is open, logind lets us finish before the machine sleeps (five seconds at most)."""
        self._delay = descriptor

    def _ask(self, bus: QDBusConnection, what: str, words: list[str], answered: Any) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        question = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, what)
        question.setArguments(words)
        watcher = QDBusPendingCallWatcher(bus.asyncCall(question), self)

        def finished(done: QDBusPendingCallWatcher) -> None:
            answer = done.reply().arguments()
            # without logind nobody answers, and nothing is to be done about it
            if answer and not done.isError():
                answered(answer[0])
            self._pending.remove(watcher)

        self._pending.append(watcher)
        watcher.finished.connect(finished)

    @Slot(bool)
    def prepare_for_sleep(self, before: bool) -> None:
        if before:
            self.covered.emit()

    @Slot(bool)
    def screen_covered(self, active: bool) -> None:
        if active:
            self.covered.emit()

    @Slot()
    def lock(self) -> None:
        self.covered.emit()

    @Slot(str, "QVariantMap")
    def session_changed(self, _interface: str, values: dict[str, Any]) -> None:
        """Another user's session came to the front."""
        if values.get("Active") is False:
            self.covered.emit()


WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE = 0x02B1
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOCK = 0x2, 0x4, 0x7
_COVERING = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND),
    (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT),
    (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT),
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
}


class _Message(ctypes.Structure):
    """The beginning of MSG of the Windows API."""

    _fields_ = [("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("word", ctypes.c_size_t)]


class WindowsWatch(QObject):
    """The same for Windows: https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change"""

    covered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter = _Filter(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            sessions = getattr(ctypes, "windll").wtsapi32  # noqa: B009 - exists on Windows only
            sessions.WTSRegisterSessionNotification(ctypes.c_void_p(int(window.winId())), 0)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, watch: WindowsWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview[int], message: Any
    ) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            told = _Message.from_address(int(message))
            if (told.message, told.word) in _COVERING:
                self._watch.covered.emit()
        return False, 0
