"""What follows from the families is brought up to date in the background, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from builders import store_family
from helpers import wait
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import follow_ups, placement_deeds, placements
from desk_app.casework.desk import Desk
from desk_app.casework.follow_ups import Scope
from desk_app.gui import keep_current
from desk_app.gui.keep_current import KeepCurrent
from desk_app.gui.worker import Worker

NAMES = ("Kovalenko", "Haddad", "Serban")


@pytest.fixture
def worker(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """Over three families of which each has a question to answer, and nobody looked since."""
    monkeypatch.setattr(keep_current, "QUIET", 0)
    monkeypatch.setattr(keep_current, "PIECE", 1)
    for name in NAMES:
        family = desk.do(partial(store_family, family_name=name))[0]
        desk.do(lambda work, of=family: placement_deeds.step(work, [of.request], placements.QUERY))
    worker = Worker(desk.do)
    yield worker
    worker.stop()


def due(desk: Desk) -> int:
    return len(desk.do(lambda work: follow_ups.listing(work, Scope.ALL))[0])


def test_follow_ups_come_without_anybody_looking(worker: Worker, desk: Desk) -> None:
    assert due(desk) == 0
    KeepCurrent(worker)
    wait(lambda: due(desk) == len(NAMES))


def test_and_again_after_a_change(worker: Worker, desk: Desk) -> None:
    KeepCurrent(worker)
    wait(lambda: due(desk) == len(NAMES))
    family = desk.do(store_family)[0]
    worker.run(
        lambda work: placement_deeds.step(work, [family.request], placements.QUERY), lambda _done: None, pytest.fail
    )
    wait(lambda: due(desk) == len(NAMES) + 1)


def test_it_stops_with_the_desk(worker: Worker, desk: Desk) -> None:
    KeepCurrent(worker)
    worker.stop()
    QApplication.processEvents()
    assert due(desk) == 0
