"""What was closed is cleared away once nobody does anything."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from helpers import wait
from pytestqt.qtbot import QtBot

from desk_app.gui import tidy
from desk_app.gui.tidy import Tidy
from desk_app.gui.worker import Worker, without_desk


class Closed:
    """Names itself, as a page and its fields name one another."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def worker(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """Nothing else looks for what nobody needs meanwhile."""
    gc.disable()
    monkeypatch.setattr(tidy, "MANY", gc.get_threshold()[0] * gc.get_threshold()[1])
    worker = Worker(without_desk)
    yield worker
    worker.stop()
    gc.enable()


def something_closed(generation: int) -> weakref.ref[Closed]:
    """It has been there for long, so that the collector would come to it last; so much was made since."""
    closed = Closed()
    gc.collect()
    gc.collect(generation)
    return weakref.ref(closed)


def test_what_was_closed_goes_in_a_quiet_moment(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "QUIET", 0)
    Tidy(worker)
    closed = something_closed(0)
    worker.run(lambda _work: None, lambda _nothing: None, lambda _error: None)
    assert closed() is not None
    wait(lambda: closed() is None, "nothing left of it")


def test_where_no_moment_is_quiet_it_goes_once_there_is_much(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidy, "QUIET", 3_600_000)
    Tidy(worker)
    closed = something_closed(1)
    worker.run(lambda _work: None, lambda _nothing: None, lambda _error: None)
    assert closed() is not None
    wait(lambda: closed() is None, "nothing left of it")
