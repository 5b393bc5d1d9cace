"""Families that cannot be found yet become findable in the background, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from builders import store_family
from helpers import wait
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, func, select

from desk_app.casework import search
from desk_app.casework.desk import Desk
from desk_app.domain.name_keys import RULES
from desk_app.gui.search import keep_findable
from desk_app.gui.search.keep_findable import KeepFindable
from desk_app.gui.worker import Worker
from desk_app.storage.tables import SearchEntry, SearchSubject

NAMES = ("Kovalenko", "Haddad", "Serban")


@pytest.fixture
def worker(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """Over a store of three families nobody finds, of which one at a time is made findable, at once."""
    monkeypatch.setattr(keep_findable, "SOON", 0)
    monkeypatch.setattr(keep_findable, "PIECE", 1)
    for name in NAMES:
        desk.do(partial(store_family, family_name=name))
    lose_keys(desk)
    worker = Worker(desk.do)
    yield worker
    worker.stop()


def lose_keys(desk: Desk) -> None:
    for table in (SearchEntry, SearchSubject):
        desk.do(lambda work, table=table: work.session.execute(delete(table)))


def missing(desk: Desk) -> int:
    families = select(func.count()).where(SearchSubject.person_id.is_(None), SearchSubject.rules == RULES)
    return len(NAMES) - (desk.do(lambda work: work.session.scalar(families))[0] or 0)


def test_every_family_is_found_in_the_end(worker: Worker, desk: Desk) -> None:
    assert missing(desk) == len(NAMES)
    keeper = KeepFindable(worker)
    wait(lambda: not keeper._going)
    assert missing(desk) == 0
    assert all(desk.do(lambda work, name=name: search.find(work, name))[0].families for name in NAMES)


def test_what_a_deed_leaves_to_it_is_taken_up_when_told(worker: Worker, desk: Desk) -> None:
    keeper = KeepFindable(worker)
    wait(lambda: not keeper._going)
    lose_keys(desk)
    worker.changed.emit(frozenset({"households"}))
    worker.wait()
    assert missing(desk) == len(NAMES)
    worker.changed.emit(frozenset({"search"}))
    assert keeper._going
    wait(lambda: not keeper._going)
    assert missing(desk) == 0


def test_it_stops_with_the_desk(worker: Worker, desk: Desk) -> None:
    KeepFindable(worker)
    worker.stop()
    QApplication.processEvents()
    assert missing(desk) == len(NAMES)
