"""A day at the real window, replayed: 120 deeds, how long each keeps the window from answering, and the memory since.

The store is that of an office some weeks after its start, made by another process. A deed counts from the key press
until the store has answered; the longest time the window answered nobody meanwhile is what a person feels. The first
look at each page is a deed of the day like any other. After the day the same mix goes on until so many deeds are done.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

HERE = Path(__file__).parent
FAMILIES = 40
DAY = 120
BOOKED = 3
"""Working days with appointments, from today on."""
_PATHS = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]


@dataclass(frozen=True)
class Stop:
    """The longest stop of one deed in milliseconds: by the clock, and what the window's thread worked in it."""

    what: str
    clock: float
    worked: float


@dataclass(frozen=True)
class Day:
    """The deeds of a day, and megabytes in use after so many deeds."""

    stops: list[Stop]
    memory: list[tuple[int, float]]


def replayed(place: Path, deeds: int) -> Day:
    """A fresh process does a day of 120 deeds, then goes on until so many deeds are done."""
    families, passphrase = _make_store(place)
    asked = json.dumps({"store": str(place), "deeds": deeds, "families": families, "passphrase": passphrase})
    done = subprocess.run(
        [sys.executable, __file__, asked], env=os.environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    return Day([Stop(*stop) for stop in found["stops"]], [(count, size) for count, size in found["memory"]])


def resident() -> float:
    """Megabytes in use, libraries shared with other programs included; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _make_store(place: Path) -> tuple[list[str], str]:
    """The families of a store with some appointments a day, and what opens it."""
    import builders

    from desk_app.casework import appointment_setup, appointments
    from desk_app.casework.appointments import Booking
    from desk_app.domain.clock import local_day, system_clock
    from desk_app.domain.opening_hours import instant

    desk = builders.a_shut_store(place, system_clock).open_at(place, system_clock)
    families = [desk.do(lambda work, name=name: builders.store_family(work, name))[0].household for name in _names()]
    desks = desk.do(appointment_setup.settle)[0].desks()
    today = local_day(system_clock())
    days = [day for day in (today + timedelta(days=number) for number in range(7)) if day.weekday() < 5][:BOOKED]
    times = [(day, seat.id, minute) for day in days for seat in desks for minute in range(480, 960, 60)]
    for number, (day, seat, minute) in enumerate(times):
        household = families[number % FAMILIES]
        booking = Booking(uuid4(), instant(day, minute), household=household, seat=seat, overbooked="Messung")
        desk.do(lambda work, booking=booking: appointments.book(work, booking))
    desk.vault.close()
    return [str(family) for family in families], builders.PASSPHRASE


def _names() -> list[str]:
    dice = random.Random(8)
    parts = ("ha", "da", "mo", "ra", "li", "na", "ko", "ber", "sa", "ti", "el", "ju", "wen", "or")
    return ["".join(dice.choice(parts) for _part in range(3)).title() for _family in range(FAMILIES)]


class _Watch:
    """Does deeds and sees how long each kept the window's thread."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self.stops: list[Stop] = []
        self.patience = 0.03
        """Seconds each deed is watched at least, for what the window does a moment later."""

    def act(self, what: str, deed: Callable[[], object]) -> None:
        turns = [_turn(deed)]
        until = time.perf_counter() + self.patience
        while self._window.worker.working or time.perf_counter() < until:
            turns.append(_turn(_one_turn))
            time.sleep(0.001)
        self.stops.append(Stop(what, max(clock for clock, _work in turns), max(work for _clock, work in turns)))


def _turn(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of work by this thread."""
    clock, worked = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.thread_time() - worked) * 1000


def _one_turn() -> None:
    """What one turn of the program's loop does. What is to be deleted is deleted by that loop only, not by this."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class _Person:
    """Somebody at the desk, who does one thing after the other."""

    def __init__(self, window: Any, keys: Any, families: list[UUID], act: Callable[..., None]) -> None:
        self._window, self._keys, self._families, self._act = window, keys, families, act
        self._dice = random.Random(9)
        self._rounds, self._answers = 0, 0
        self._places = ("families", "appointments", "placements", "today", "offers", "options")
        self._deeds = (self.search, self.look, self.intake, self.answer, self.answer, self.answer, self.turn_page)

    def go_on(self) -> None:
        """One round: somebody is looked for and opened, answers are entered, then another page is looked at."""
        for deed in self._deeds:
            deed()
        self._rounds += 1

    def search(self) -> None:
        from PySide6.QtCore import Qt

        self._act("search opened", self._window.search)
        for letter in self._dice.choice(_names())[:4]:
            self._act("letter searched", lambda letter=letter: self._keys.type(letter))
        self._act("search closed", lambda: self._keys.press(Qt.Key.Key_Escape))

    def look(self) -> None:
        self._act("file opened", lambda: self._window.open_family(self._dice.choice(self._families)))

    def intake(self) -> None:
        self._act("intake opened", lambda: self._window.open_intake(self._dice.choice(self._families)))

    def answer(self) -> None:
        """One answer typed into the intake that is open, and kept as its field is left with Eingabe."""
        from PySide6.QtCore import Qt

        from desk_app.domain.fields import Section

        page = self._window.stack.currentWidget()
        kind = page.presenter.file.household.ref.kind
        field = page.sections[Section.FAMILY].reveal(kind, "phone", None)
        self._answers += 1
        field.control.setFocus()
        field.control.selectAll()
        self._keys.type(f"0208 {self._answers:06}")
        self._act("answer kept", lambda: self._keys.press(Qt.Key.Key_Return))

    def turn_page(self) -> None:
        """Each page in its turn, so that each has a first look and further ones."""
        place = self._places[self._rounds % len(self._places)]
        first = " first" if self._rounds < len(self._places) else ""
        self._act(f"page {place}{first}", lambda: self._window.go(place))


def main() -> None:
    sys.path[:0] = _PATHS
    from journeys.keyboard import Keyboard
    from PySide6.QtCore import Qt

    from desk_app import settings
    from desk_app.gui.app import calm_the_collector, make_application
    from desk_app.gui.shell import Shell

    asked = json.loads(sys.argv[1])
    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(Path(asked["store"]), appearance)
    shell.ahead.went_on.connect(calm_the_collector)
    shell.begin()
    shell.show()
    shell.activateWindow()
    calm_the_collector()
    keys = Keyboard(shell)
    keys.wait(lambda: shell.ahead.done, "everything loaded")
    keys.type(asked["passphrase"])
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: shell.desk_window is not None, "the desk")
    watch = _Watch(shell.desk_window)
    person = _Person(shell.desk_window, keys, [UUID(family) for family in asked["families"]], watch.act)
    memory: list[tuple[int, float]] = []
    while len(watch.stops) < asked["deeds"] or len(watch.stops) < DAY:
        person.go_on()
        if len(watch.stops) >= DAY:
            watch.patience = 0.005
            memory.append((len(watch.stops), resident()))
    print(json.dumps({"stops": [(stop.what, stop.clock, stop.worked) for stop in watch.stops[:DAY]], "memory": memory}))
    sys.stdout.flush()
    shell.end()
    os._exit(0)


if __name__ == "__main__":
    main()
