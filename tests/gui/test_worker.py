"""The one worker: deeds in order, answers on the window's thread, bugs told and survived."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.domain.errors import DiskFull, WorldError
from desk_app.gui.worker import Worker
from desk_app.presenters.runner import InlineRunner


def perform(deed: Callable[[Any], Any]) -> tuple[Any, frozenset[str]]:
    """What a desk does, without a store: a deed gets a list and says with it what it touched."""
    touched: list[str] = []
    return deed(touched), frozenset(touched)


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker(perform)
    yield worker
    worker.stop()


def nobody(_value: object) -> None:
    raise AssertionError("this way of going on was not expected")


def test_deeds_are_done_in_order_on_another_thread(worker: Worker) -> None:
    threads: list[threading.Thread] = []
    answers: list[int] = []

    def deed(number: int) -> int:
        threads.append(threading.current_thread())
        return number

    for number in range(20):
        worker.run(lambda _work, number=number: deed(number), answers.append, nobody)
    worker.wait()
    assert answers == list(range(20))
    assert threading.main_thread() not in threads
    assert len(set(threads)) == 1


def test_deeds_handed_over_before_it_begins_are_done_then(qapp: QApplication, qtbot: Any) -> None:
    worker = Worker(perform, begun=False)
    answers: list[str] = []
    worker.run(lambda _work: "read", answers.append, nobody)
    qapp.processEvents()
    assert not worker.begun
    assert worker.working
    worker.begin()
    worker.begin()
    qtbot.waitUntil(lambda: answers == ["read"])
    worker.stop()


@pytest.mark.parametrize("end", [Worker.wait, Worker.stop])
def test_whoever_waits_for_deeds_has_it_begin(end: Callable[[Worker], None], qapp: QApplication) -> None:
    worker = Worker(perform, begun=False)
    answers: list[str] = []
    worker.run(lambda _work: "kept", answers.append, nobody)
    end(worker)
    assert answers == ["kept"]
    worker.stop()


def test_answers_come_on_the_thread_of_the_window(worker: Worker, qtbot: Any) -> None:
    heard: list[threading.Thread] = []
    worker.run(lambda _work: None, lambda _value: heard.append(threading.current_thread()), nobody)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [threading.main_thread()]


def test_what_was_touched_is_told_after_the_answer(worker: Worker) -> None:
    told: list[object] = []
    worker.changed.connect(told.append)
    worker.run(lambda work: work.append("households"), lambda _value: told.append("done"), nobody)
    worker.run(lambda _work: 1, told.append, nobody)
    worker.wait()
    assert told == ["done", frozenset({"households"}), 1]


def test_an_error_of_the_world_goes_to_its_own_way(worker: Worker) -> None:
    def fill_the_disk(_work: object) -> None:
        raise DiskFull

    told: list[str] = []
    worker.run(fill_the_disk, nobody, lambda error: told.append(str(error)))
    worker.wait()
    assert told == [str(DiskFull())]


def test_a_bug_is_reported_and_the_next_deed_runs(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    reports: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reports.append(kind))
    answers: list[str] = []
    worker.run(lambda _work: 1 // 0, nobody, nobody)
    worker.run(lambda _work: "weiter", answers.append, nobody)
    worker.wait()
    assert (reports, answers) == ([ZeroDivisionError], ["weiter"])


def test_stopping_finishes_what_was_handed_over(qapp: QApplication) -> None:
    worker = Worker(perform)
    answers: list[int] = []
    for number in range(5):
        worker.run(lambda _work, number=number: number, answers.append, nobody)
    worker.stop()
    worker.stop()
    assert answers == [0, 1, 2, 3, 4]
    with pytest.raises(RuntimeError):
        worker.run(lambda _work: 0, answers.append, nobody)


def test_the_inline_runner_keeps_the_same_promises() -> None:
    told: list[object] = []
    runner = InlineRunner(perform, told.append)
    runner.run(lambda work: work.append("users"), lambda _value: told.append("done"), nobody)
    assert told == ["done", frozenset({"users"})]

    def refuse(_work: object) -> None:
        raise WorldError("voll")

    runner.run(refuse, nobody, lambda error: told.append(error.message))
    assert told[-1] == "voll"
    with pytest.raises(ZeroDivisionError):
        runner.run(lambda _work: 1 // 0, nobody, nobody)
