"""The fullest family file, opened as the window does it: chosen, read by the worker, entered in the audit, painted.

    tests/benchmarks/fullest.py [FAMILIES] [ROUNDS]

measures it in a store of so many other families. Each time it is another family, so that nothing on the page stays.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import builders  # noqa: E402
from measure import gathered  # noqa: E402
from PySide6.QtCore import QEvent, QEventLoop, QObject  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desk_app.casework import families, follow_ups, intake, notes  # noqa: E402
from desk_app.casework.desk import Desk, Work  # noqa: E402
from desk_app.domain.field_catalogue import fields_of  # noqa: E402
from desk_app.domain.fields import Field, FieldType  # noqa: E402
from desk_app.domain.records import RecordKind, Value  # noqa: E402
from desk_app.gui.families.file_page import FamilyFilePage  # noqa: E402
from desk_app.gui.worker import Worker  # noqa: E402

FILES = 5
"""So many of them take turns."""
ROOM = 1174, 768
"""What a window of 1366 × 768 leaves for the page."""
_TEN = range(10)


class FullestFiles:
    """Some families with all a file can hold, and the page that shows one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.households = [desk.do(lambda work, number=number: the_fullest(work, number))[0] for number in range(FILES)]
        self._turns = cycle(self.households)
        self._page: FamilyFilePage | None = None
        self._worker: Worker | None = None

    def read(self) -> None:
        """The file alone, as after each answer."""
        household = next(self._turns)
        self._desk.do(lambda work: families.load(work, household))

    def open(self) -> float:
        """Milliseconds from choosing the next family to its painted file, the entry that somebody looked included."""
        return self.measured(time.perf_counter)

    def measured(self, clock: Callable[[], float]) -> float:
        """The same by another clock, such as the time of the processor."""
        page = self._page or self._show()
        painted = _Painted(page)
        begun = clock()
        page.open(next(self._turns))
        while not painted.done:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = (clock() - begun) * 1000
        painted.deleteLater()
        QApplication.processEvents()
        return took

    def close(self) -> None:
        if self._page is not None and self._worker is not None:
            self._page.hide()
            self._worker.stop()

    def _show(self) -> FamilyFilePage:
        self._worker = Worker(self._desk.do)
        self._page = page = FamilyFilePage(self._worker, self._desk.clock)
        page.resize(*ROOM)
        page.show()
        QApplication.processEvents()
        return page


class _Painted(QObject):
    """Waits until the course of the next family is painted, which comes last."""

    def __init__(self, page: FamilyFilePage) -> None:
        super().__init__(page)
        self._shown = self.done = False
        page.deeds.family_shown.connect(self._note_shown)
        page.timeline.viewport().installEventFilter(self)

    def _note_shown(self, _household: object) -> None:
        self._shown = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._shown and event.type() == QEvent.Type.Paint:
            self.done = True
        return super().eventFilter(watched, event)


def the_fullest(work: Work, number: int = 0) -> UUID:
    """Two parents and six children, every question answered; ten school years, papers, languages and consents for each
    child, twenty notes and five things to look at again: a course of about 150 entries.
    """
    name = f"Vollständig-{'ABCDEFGH'[number]}"
    household = builders.store_family(work, name).household
    father = {"role": "father", "given_name": "Yousef", "family_name": name, "has_custody": True}
    intake.add(work, RecordKind.PERSON, uuid4(), household, values=father)
    for place in range(5):
        child = uuid4()
        known = {**builders.a_complete_child(), "given_name": f"Kind {number}{place}", "family_name": name}
        intake.add(work, RecordKind.PERSON, child, household, values=known)
        for kind in (RecordKind.SCHOOL_YEAR, RecordKind.DOCUMENT, RecordKind.LANGUAGE, RecordKind.CONSENT):
            values = {key: _any(field) for key, field in fields_of(kind).items()}
            rows = [intake.NewRecord(kind, uuid4(), _plain(values, kind, each, work.now), child) for each in _TEN]
            intake.take_over(work, household, {}, rows)
    words = f"Angerufen ({number}): Die Mutter wartet noch auf die Meldebescheinigung und meldet sich dann selbst."
    for each in range(20):
        notes.keep(work, notes.Draft(uuid4(), household, words * (1 + each % 3), "call", _before(work.now, 3 * each)))
    for each in range(5):
        due = (work.now + timedelta(days=each)).date()
        follow_ups.keep(work, follow_ups.Draft(uuid4(), household, f"Nach den Zeugnissen fragen ({each})", due))
    return household


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _any(field: Field) -> Value:
    return "Ein längerer Text über das, was war" if field.type in (FieldType.TEXT, FieldType.LONG) else None


def _plain(values: dict[str, Value], kind: RecordKind, number: int, now: datetime) -> dict[str, Value]:
    day = _before(now, 7 * number).date()
    own: dict[RecordKind, dict[str, Value]] = {
        RecordKind.SCHOOL_YEAR: {"school_year": f"20{10 + number}/{11 + number}", "attended": True, "country": "475"},
        RecordKind.DOCUMENT: {"document": "passport_child", "state": "original", "seen_on": day},
        RecordKind.LANGUAGE: {"language": "ar", "family_language": True},
        RecordKind.CONSENT: {"recipient": "school", "given_on": day},
    }
    return {**values, **own[kind]}


def main() -> None:
    from desk_app.domain.clock import system_clock
    from desk_app.gui.app import calm_the_collector, make_application
    from desk_app.settings import Settings

    others, rounds = (int(given) for given in (sys.argv[1:] + ["500", "40"][len(sys.argv) - 1 :])[:2])
    application, _appearance = make_application(Settings(theme="light"))
    assert application is not None
    with tempfile.TemporaryDirectory() as place:
        made = builders.a_shut_store(Path(place) / "store", system_clock)
        desk = made.open_at(made.folder, system_clock)
        for number in range(others):
            desk.do(lambda work, number=number: builders.store_family(work, f"Familie {number}"))
        files = FullestFiles(desk)
        calm_the_collector()
        for words, clock in (("by the clock", time.perf_counter), ("of the processor", time.process_time)):
            found = gathered([files.measured(clock) for _round in range(rounds + FILES)][FILES:])
            print(f"the fullest family file opened and painted, {words}: {found.show()}, p95 {found.p95:.1f}")
        files.close()
        desk.vault.close()


if __name__ == "__main__":
    main()
