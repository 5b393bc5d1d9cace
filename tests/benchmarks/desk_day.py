"""A day at the real window, replayed: 120 deeds, how long each keeps the window from answering, and the memory since.

The store is that of an office some weeks after its start. A deed counts from the key press until the store has
answered; the longest time the window answered nobody meanwhile is what a person feels.
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
from pathlib import Path
from uuid import UUID

HERE = Path(__file__).parent
FAMILIES = 40


@dataclass(frozen=True)
class Day:
    """Milliseconds by deed, as (what, longest stop), and megabytes in use after so many deeds."""

    stops: list[tuple[str, float]]
    memory: list[tuple[int, float]]


def replayed(place: Path, deeds: int) -> Day:
    """A fresh process does a day of 120 deeds, then answers until so many deeds are done."""
    done = subprocess.run(
        [sys.executable, __file__, str(place), str(deeds)], env=os.environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    return Day([(what, stop) for what, stop in found["stops"]], [(count, size) for count, size in found["memory"]])


def resident() -> float:
    """Megabytes in use; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
    import builders
    from journeys.keyboard import Keyboard
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from desk_app import settings
    from desk_app.domain.clock import system_clock
    from desk_app.gui.app import calm_the_collector, make_application
    from desk_app.gui.shell import Shell

    place, deeds = Path(sys.argv[1]), int(sys.argv[2])
    made = builders.a_shut_store(place, system_clock)
    desk = made.open_at(place, system_clock)
    families = [desk.do(lambda work, name=name: builders.store_family(work, name))[0].household for name in _names()]
    desk.vault.close()
    _app, appearance = make_application(settings.Settings(theme="light"))
    shell = Shell(place, appearance, system_clock)
    shell.begin()
    shell.show()
    shell.activateWindow()
    calm_the_collector()
    keys = Keyboard(shell)
    keys.wait(lambda: shell.ahead.done, "everything loaded")
    keys.type(builders.PASSPHRASE)
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: shell.desk_window is not None, "the desk")
    worker = shell.desk_window.worker  # type: ignore[union-attr]  # waited for
    stops: list[tuple[str, float]] = []

    def act(what: str, deed: Callable[[], object]) -> None:
        begun = time.perf_counter()
        deed()
        longest = time.perf_counter() - begun
        until = time.perf_counter() + 0.03
        while worker.working or time.perf_counter() < until:
            turn = time.perf_counter()
            QApplication.processEvents()
            longest = max(longest, time.perf_counter() - turn)
            time.sleep(0.001)
        stops.append((what, longest * 1000))

    person = _Person(shell, keys, families, act)
    person.first_looks()
    stops.clear()  # each page is made once, when it is first looked at
    while len(stops) < 120:
        person.go_on()
    memory = [(len(stops), resident())]
    counted = len(stops)
    while counted < deeds:
        person.answer()
        counted += 1
        if counted % 250 == 0:
            memory.append((counted, resident()))
    print(json.dumps({"stops": stops[:120], "memory": memory}), flush=True)
    shell.end()
    os._exit(0)


def _names() -> list[str]:
    dice = random.Random(8)
    parts = ("ha", "da", "mo", "ra", "li", "na", "ko", "ber", "sa", "ti", "el", "ju", "wen", "or")
    return ["".join(dice.choice(parts) for _part in range(3)).title() for _family in range(FAMILIES)]


class _Person:
    """Somebody at the desk, who does one thing after the other."""

    def __init__(
        self, shell: object, keys: object, families: list[UUID], act: Callable[[str, Callable[[], object]], None]
    ) -> None:
        self._window = shell.desk_window  # type: ignore[attr-defined]  # a shell; its modules are only imported inside
        self._keys, self._act, self._families = keys, act, families
        self._dice = random.Random(9)
        self._turns, self._answers = 0, 0
        self._deeds = (self.search, self.look, self.intake, self.answer, self.answer, self.answer, self.turn_page)

    def first_looks(self) -> None:
        for place in ("families", "placements", "appointments", "options", "today"):
            self._act(place, lambda place=place: self._window.go(place))
        for deed in self._deeds:
            deed()

    def go_on(self) -> None:
        self._deeds[self._turns % len(self._deeds)]()
        self._turns += 1

    def search(self) -> None:
        self._act("search opened", self._window.search)
        for letter in self._dice.choice(_names())[:4]:
            self._act("letter searched", lambda letter=letter: self._keys.type(letter))  # type: ignore[attr-defined]
        from PySide6.QtCore import Qt

        self._act("search closed", lambda: self._keys.press(Qt.Key.Key_Escape))  # type: ignore[attr-defined]

    def look(self) -> None:
        self._act("file opened", lambda: self._window.open_family(self._dice.choice(self._families)))

    def intake(self) -> None:
        self._act("intake opened", lambda: self._window.open_intake(self._dice.choice(self._families)))

    def answer(self) -> None:
        """One answer changed in the intake that is open, as leaving its field does."""
        from desk_app.domain.fields import Section

        page = self._window.stack.currentWidget()
        if not hasattr(page, "sections"):
            self.intake()
            page = self._window.stack.currentWidget()
        file = page.presenter.file
        field = page.sections[Section.FAMILY].reveal(file.household.ref.kind, "phone", None)
        self._answers += 1

        def typed() -> None:
            field.control.setText(f"0208 {self._answers:06}")
            field.commit()

        self._act("answer kept", typed)

    def turn_page(self) -> None:
        place = self._dice.choice(("families", "placements", "today", "appointments"))
        self._act(f"page {place}", lambda: self._window.go(place))


if __name__ == "__main__":
    main()
