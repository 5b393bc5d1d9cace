"""The system sleeps, locks or changes its user: heard on a real message bus, and in messages of Windows."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import wait
from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui import session_watch as watches
from desk_app.gui.session_watch import SessionWatch, WindowsWatch

OURS, OTHERS = "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/_32"
PROPERTIES = "org.freedesktop.DBus.Properties"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={}</listen><policy context="default">
<allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


class Logind(QDBusVirtualObject):
    """Answers as logind does: a descriptor that delays the sleep, and the path of our session."""

    def __init__(self) -> None:
        super().__init__()
        self.delay, self._end = os.pipe()
        self.asked: list[list[Any]] = []

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked.append(message.arguments())
        delays = message.member() == "Inhibit"
        answer = QDBusUnixFileDescriptor(self._end) if delays else QDBusObjectPath(OURS)
        return bool(connection.send(message.createReply(answer)))


class Bus(QObject):
    """A bus of its own with logind and a screen saver on it, and what was heard of them."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.names = ("speaker", "listener")
        self.speaker = QDBusConnection.connectToBus(address, self.names[0])
        for name in (watches.LOGIN, "org.gnome.ScreenSaver"):
            assert self.speaker.registerService(name)
        self.logind = Logind()
        under = QDBusConnection.VirtualObjectRegisterOption.SubPath
        assert self.speaker.registerVirtualObject(watches.LOGIN_PATH, self.logind, under)
        self.watch = SessionWatch()
        self.heard = 0
        self.watch.covered.connect(self._note)
        listener = QDBusConnection.connectToBus(address, self.names[1])
        self.watch.listen_to_system(listener)
        self.watch.listen_to_desktop(listener)
        listener.connect(watches.LOGIN, "/test", "org.gnome.Test", "Ended", self, "1end()")  # type: ignore[call-overload]  # a slot by name
        wait(lambda: len(self.logind.asked) == 2)
        self.settle()

    def _note(self) -> None:
        self.heard += 1

    def say(self, path: str, interface: str, name: str, *words: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(words))
        assert self.speaker.send(signal)

    def settle(self) -> None:
        """A bus keeps the order: when our last word is heard, so is all before it."""
        self.ended = False
        self.say("/test", "org.gnome.Test", "Ended")
        wait(lambda: self.ended)

    @Slot()
    def end(self) -> None:
        self.ended = True


@pytest.fixture(scope="module")
def bus(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon on this machine")
    place = tmp_path_factory.mktemp("bus", numbered=True)
    config = place / "bus.conf"
    config.write_text(BUS.format(place), encoding="utf-8")
    words = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout
        made = Bus(daemon.stdout.readline().strip())
        yield made
        for name in made.names:
            QDBusConnection.disconnectFromBus(name)
        daemon.kill()


COVERING = {
    "sleep": (watches.LOGIN_PATH, watches.MANAGER, "PrepareForSleep", True),
    "our session is locked": (OURS, watches.SESSION, "Lock"),
    "another user comes to the front": (
        OURS,
        PROPERTIES,
        "PropertiesChanged",
        watches.SESSION,
        {"Active": False},
        ["State"],
    ),
    "the screen saver": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
}
HARMLESS = {
    "waking up": (watches.LOGIN_PATH, watches.MANAGER, "PrepareForSleep", False),
    "a session of others": (OTHERS, watches.SESSION, "Lock"),
    "coming back": (OURS, PROPERTIES, "PropertiesChanged", watches.SESSION, {"Active": True}, ["State"]),
    "the screen is back": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False),
}


@pytest.mark.parametrize("what", COVERING)
def test_what_covers_the_screen_is_heard(bus: Bus, what: str) -> None:
    before = bus.heard
    bus.say(*COVERING[what])
    bus.settle()
    assert bus.heard == before + 1


@pytest.mark.parametrize("what", HARMLESS)
def test_what_uncovers_it_or_is_not_ours_locks_nothing(bus: Bus, what: str) -> None:
    before = bus.heard
    bus.say(*HARMLESS[what])
    bus.settle()
    assert bus.heard == before


def test_the_machine_waits_with_its_sleep_until_the_desk_is_saved(bus: Bus) -> None:
    assert ["sleep", "Trittstein", "Save and lock", "delay"] in bus.logind.asked
    assert bus.watch._delay.isValid()


def test_without_a_bus_nothing_happens(qapp: QApplication, tmp_path: Path) -> None:
    nowhere = QDBusConnection.connectToBus(f"unix:path={tmp_path / 'none'}", "nowhere")
    watch = SessionWatch()
    watch.listen_to_system(nowhere)
    watch.listen_to_desktop(nowhere)


@pytest.mark.parametrize(
    ("message", "word", "covers"),
    [
        (0x0218, 0x4, True),  # about to sleep
        (0x0218, 0x7, False),  # awake again
        (0x02B1, 0x7, True),  # locked
        (0x02B1, 0x8, False),  # unlocked
        (0x02B1, 0x2, True),  # another user
        (0x0200, 0x7, False),  # a mouse
    ],
)
def test_windows_tells_by_message(qtbot: QtBot, message: int, word: int, covers: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = WindowsWatch(window)
    heard: list[bool] = []
    watch.covered.connect(lambda: heard.append(True))
    told = watches._Message(None, message, word)
    assert watch._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told)) == (False, 0)
    assert heard == [True] * covers
    application = QApplication.instance()
    assert application is not None
    application.removeNativeEventFilter(watch._filter)
