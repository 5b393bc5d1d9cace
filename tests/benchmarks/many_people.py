"""A store of very many persons: search and duplicate check, the fullest family, its list, encryption, growth."""

from __future__ import annotations

import gc
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import builders
import family_list  # tests/benchmarks/family_list.py
import name_variants as names
import search as labelled  # tests/benchmarks/search.py
from fullest import FullestFiles
from measure import Table, gathered, interleaved, timed
from name_variants import Invented
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from desk_app.casework import duplicates, families, search, search_index
from desk_app.casework.audit import Trail
from desk_app.casework.desk import Desk, Work
from desk_app.domain.matching import PersonFacts
from desk_app.gui.families.list_page import FamiliesPage
from desk_app.gui.search.palette import Palette
from desk_app.gui.worker import Worker
from desk_app.presenters.runner import InlineRunner
from desk_app.presenters.search import Mode
from desk_app.storage import engine as engines

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
CACHE = "PRAGMA cache_size = -65536"
TYPED = 20
"""Names that are typed letter by letter."""
PACE = 200
"""Milliseconds from the list to the next letter."""


class ManyPeople:
    """A store of ``count`` persons, everybody findable, and one family with all a file can hold."""

    def __init__(self, folder: Path, count: int, made: builders.ShutStore) -> None:
        shutil.copytree(made.folder, folder)
        self.dice = random.Random(4)
        self.desk: Desk = made.open_at(folder, lambda: NOW)
        self.people: list[tuple[Invented, UUID]] = []
        labelled.fill(self.desk, self.dice, count, self.people)
        self.fullest = FullestFiles(self.desk)
        self.desk.do(lambda work: search_index.catch_up(work.session))
        self.runner = InlineRunner(self.desk.do)

    def beginnings(self, how_many: int = TYPED) -> Iterator[str]:
        """What stands in the box after each letter of names as another office would write them."""
        for _number in range(how_many):
            made, _key = self.dice.choice(self.people)
            habit = self.dice.choice(names.habits(made.culture))
            typed = f"{names.write(self.dice, made.given, made.culture, habit)} {made.spelt[1]}"
            yield from (typed[:end] for end in range(1, min(len(typed), 14) + 1))

    def find(self, part: str) -> float:
        return timed(lambda: self.desk.do(lambda work: search.find(work, part)))

    def checks(self, how_many: int) -> Iterator[list[float]]:
        """Milliseconds of the check after each answer about somebody: given name, family name, birth date, sex."""
        for number in range(how_many):
            made, _key = self.dice.choice(self.people)
            facts = labelled.variant(self.dice, made, labelled.KINDS[number % len(labelled.KINDS)])
            known = [PersonFacts(facts.given_name), PersonFacts(facts.given_name, facts.family_name),
                     replace(facts, sex=""), facts]  # fmt: skip
            yield [self.check(each) for each in dict.fromkeys(known)]

    def check(self, facts: PersonFacts) -> float:
        return timed(lambda: self.desk.do(lambda work: duplicates.check(work, facts)))

    def check_at_once(self, number: int) -> float:
        """The same of somebody all of whom is new to it."""
        made, _key = self.dice.choice(self.people)
        return self.check(labelled.variant(self.dice, made, labelled.KINDS[number % len(labelled.KINDS)]))


class WithoutKey:
    """The same store in a file without a key, read by the same program over the same build of the library."""

    def __init__(self, people: ManyPeople, path: Path) -> None:
        driver = engines.driver_connection(people.desk.vault.engine)
        driver.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        driver.execute("SELECT sqlcipher_export('plain')").fetchall()
        driver.execute("DETACH DATABASE plain")
        self._people = people

        def connect() -> Any:
            connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
            connection.execute(CACHE)
            return connection

        self._engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=StaticPool)

        @event.listens_for(self._engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def do(self, deed: Any) -> float:
        return self._done(self._engine, deed)

    def do_encrypted(self, deed: Any) -> float:
        return self._done(self._people.desk.vault.engine, deed)

    def _done(self, engine: Engine, deed: Any) -> float:
        desk = self._people.desk

        def once() -> None:
            with Session(engine, expire_on_commit=False) as session:
                deed(Work(session, desk.user, NOW, Trail(session), desk.vault))
                session.commit()  # as every deed ends; taken back, its statements would be prepared anew

        return timed(once)


def print_rows(table: Table, place: Path, made: builders.ShutStore, count: int) -> None:
    few, many = (ManyPeople(place / f"{size}", size, made) for size in (count // 10, count))
    gc.collect()
    gc.freeze()  # those who were invented are no part of the program, whose own objects are soon gone through
    shown = f"{count:,} persons"
    palette_row(table, many, f"search per key press, {shown}, to the painted list")
    checks = gathered([took for answers in many.checks(100) for took in answers])
    table.row(f"duplicate check after each answer, {shown}", checks, "–", "p95 ≤ 10 ms",
              lambda ours, _ratio: ours.p95 <= 10)  # fmt: skip
    at_once = gathered([many.check_at_once(number) for number in range(300)])
    table.row("the same of somebody whose answers are all new", at_once, "–", "p95 ≤ 10 ms",
              lambda ours, _ratio: ours.p95 <= 10)  # fmt: skip
    opened = gathered([many.fullest.open() for _round in range(60)][10:])
    table.row("the fullest family file opened and painted", opened, "–", "p95 ≤ 50 ms",
              lambda ours, _ratio: ours.p95 <= 50)  # fmt: skip
    encryption_rows(table, many, place / "plain.db")
    list_rows(table, many, place, made, count)
    for work, ours, others in (
        ("search per key press", many.find, few.find),
        ("the fullest file opened", lambda _part: many.fullest.open(), lambda _part: few.fullest.open()),
    ):
        growth_row(table, work, ours, others, list(many.beginnings()), count)
    for people in (few, many):
        people.fullest.close()
        people.desk.vault.close()


def palette_row(table: Table, people: ManyPeople, work: str) -> None:
    """From the letter to the list painted over a page, by the thread that does deeds.

    The next letter follows as somebody types who is not fast: the open points were counted and the box fits again.
    """
    people.find("a")  # the memory of the search is read behind the first page
    window = QWidget()
    page = FamiliesPage(people.runner, people.desk.clock)
    QVBoxLayout(window).addWidget(page)
    window.resize(1366, 768)
    worker = Worker(people.desk.do)
    palette = Palette(window, worker, people.desk.clock)
    window.show()
    palette.show_in(Mode.SEARCH)
    worker.wait()

    def press(part: str) -> None:
        palette.line.setText(part)
        while not palette.presenter.up_to_date:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()

    def typed(part: str) -> float:
        took = timed(lambda: press(part))
        until_next = QEventLoop()
        QTimer.singleShot(PACE, until_next.quit)
        until_next.exec()
        return took

    found = gathered([typed(part) for part in people.beginnings()])
    table.row(work, found, "–", "p95 ≤ 16 ms", lambda ours, _ratio: ours.p95 <= 16)
    palette.close_dialog()
    window.hide()
    worker.stop()


def encryption_rows(table: Table, people: ManyPeople, path: Path) -> None:
    plain = WithoutKey(people, path)
    parts = [part for part in people.beginnings(12) for _both in range(2)]
    some = [row.id for row in people.desk.do(lambda work: families.recent(work, 200))[0]]
    for what, deeds in (
        ("search", [lambda work, part=part: search.find(work, part) for part in parts]),
        ("ten family files read", [lambda work, at=at // 2: families.load_many(work, some[at : at + 10])
                                   for at in range(300)]),
    ):  # fmt: skip
        turns = iter(deeds)
        ours = {"ours": plain.do_encrypted, "plain": plain.do}
        contestants = {name: lambda do=do, turns=turns: do(next(turns)) for name, do in ours.items()}
        found = interleaved(contestants, len(deeds) // 2 - 1)  # type: ignore[arg-type]  # defaults bind the loop's names
        table.row(f"{what}, encrypted / the same without key", found["ours"], found["plain"], "≤ 1.2",
                  lambda _ours, ratio: ratio <= 1.2)  # fmt: skip


def list_rows(table: Table, people: ManyPeople, place: Path, made: builders.ShutStore, count: int) -> None:
    family_list.print_rows(table, place, made, count)
    page = FamiliesPage(people.runner, people.desk.clock)
    page.resize(1174, 768)
    page.show()
    QApplication.processEvents()
    everybody = page.presenter.everybody
    parts = iter("abdehiklmnorstuy")

    def searched() -> None:
        page.presenter.search(f"{next(parts)}a")
        page.grab()

    found = gathered([timed(searched) for _round in range(12)])
    table.row(f"list of {everybody:,} findable families searched by two letters, painted", found, "–", "≤ 50 ms",
              lambda ours, _ratio: ours.median <= 50)  # fmt: skip
    page.hide()


def growth_row(table: Table, work: str, ours: Any, others: Any, parts: list[str], count: int) -> None:
    turns = iter([part for part in parts for _both in range(2)] * 2)
    found = interleaved({"many": lambda: ours(next(turns)), "few": lambda: others(next(turns))}, len(parts) - 1)
    table.row(f"{work}: {count:,} persons / {count // 10:,}", found["many"], found["few"], "≤ 1.3",
              lambda _ours, ratio: ratio <= 1.3)  # fmt: skip
