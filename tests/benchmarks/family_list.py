"""The list of very many families: sorted and narrowed to the painted list, scrolled beside a bare table of Qt.

QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/family_list.py [families]
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import builders  # noqa: E402
from measure import Result, Table, gathered, interleaved, timed  # noqa: E402
from PySide6.QtGui import QStandardItem, QStandardItemModel  # noqa: E402
from PySide6.QtWidgets import QApplication, QTableView  # noqa: E402

from desk_app.casework import family_order  # noqa: E402
from desk_app.casework.desk import Desk, Work  # noqa: E402
from desk_app.domain.lists import Narrowing  # noqa: E402
from desk_app.domain.names import search_form  # noqa: E402
from desk_app.gui.app import make_application  # noqa: E402
from desk_app.gui.families.list_page import FamiliesPage  # noqa: E402
from desk_app.gui.worker import Worker  # noqa: E402
from desk_app.presenters.family_columns import CONDITIONS, GREATEST_FIRST  # noqa: E402
from desk_app.presenters.runner import InlineRunner  # noqa: E402
from desk_app.settings import Settings  # noqa: E402
from desk_app.storage import engine as engines  # noqa: E402
from desk_app.storage.many_rows import put_in  # noqa: E402
from desk_app.storage.tables import Household, Language, Note, Person  # noqa: E402

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
NAMES = (
    "Haddad",
    "Şahin",
    "Kovač",
    "Popescu",
    "Tesfay",
    "Örnek",
    "Çelik",
    "Al Khatib",
    "Zeman",
    "الأحمد",
    "Бондаренко",
)
GIVEN = ("Karim", "Rana", "Zofia", "Olena", "Sami", "Layla")
SIZE = (1174, 768)
AT_ONCE = 2_000


def print_rows(table: Table, place: Path, made: builders.ShutStore, count: int) -> None:
    """The lines of the table for a store of ``count`` families, made in ``place``."""
    shutil.copytree(made.folder, place / "families")
    desk = made.open_at(place / "families", lambda: NOW)
    fill(desk, random.Random(7), count)
    desk.do(family_order.catch_up)
    sorting_rows(table, desk)
    scrolling_rows(table, desk)
    desk.vault.close()


def fill(desk: Desk, dice: random.Random, count: int) -> None:
    """Families of one to three, with a language and a contact; the journal is spared a store that is thrown away."""
    driver = engines.driver_connection(desk.vault.engine)
    for (name,) in driver.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'").fetchall():
        driver.execute(f'DROP TRIGGER temp."{name}"')
    for first in range(0, count, AT_ONCE):
        desk.do(lambda work, first=first: _fill(work, dice, range(first, min(first + AT_ONCE, count))))


def _fill(work: Work, dice: random.Random, numbers: range) -> None:
    families, persons, languages, notes = [], [], [], []
    for number in numbers:
        at = NOW - timedelta(minutes=dice.randrange(500_000))
        made = {"created_at": at, "created_by": work.user, "changed_at": at, "changed_by": work.user, "version": 1}
        home, name = UUID(int=dice.getrandbits(128)), "-".join(dice.sample(NAMES, dice.choice((1, 1, 2))))
        known = {
            "file_number": f"2026-{number + 1:06}", "family_name": name, "search_form": search_form(name),
            "intake_open": dice.random() < 0.1, "counsellor": dice.choice((None, str(work.user))),
            "moved_away_on": date(2026, 5, 5) if dice.random() < 0.05 else None,
        }  # fmt: skip
        families.append({"id": home, **known, **made})
        for place, given in enumerate(dice.sample(GIVEN, dice.randint(1, 3))):
            person = {"position": place, "role": "child" if place else "mother", "given_name": given, "search_form": ""}
            persons.append({"id": UUID(int=dice.getrandbits(128)), "household_id": home, **person, **made})
        language = {"language": dice.choice(("ar", "uk", "tr", "fa")), "family_language": True}
        languages.append({"id": UUID(int=dice.getrandbits(128)), "household_id": home, **language, **made})
        note = {"at": NOW - timedelta(days=dice.randrange(300)), "kind": "call", "words": "Anruf"}
        notes.append({"id": UUID(int=dice.getrandbits(128)), "household_id": home, **note, **made})
    for kind, rows in ((Household, families), (Person, persons), (Language, languages), (Note, notes)):
        put_in(work.session, kind.__table__, rows)


def sorting_rows(table: Table, desk: Desk) -> None:
    """To the painted page; what the worker does in the program is done in between here."""
    page = _opened(FamiliesPage(InlineRunner(desk.do), desk.clock))
    shown = f"list of {len(page.presenter.shown_rows):,} families"

    def painted(*deeds: Callable[[], object]) -> Iterator[float]:
        for deed in deeds:
            yield timed(lambda deed=deed: (deed(), page.grab()))

    def row(work: str, took: Iterator[float]) -> None:
        found: Result = gathered(list(took))
        table.row(work, found, "–", "≤ 50 ms", lambda ours, _ratio: ours.median <= 50)

    row(f"{shown} read anew", painted(*[page.presenter.refresh] * 12))
    orders = [*GREATEST_FIRST, *GREATEST_FIRST] * 2
    row(f"{shown} sorted by each of its columns", painted(*[lambda o=o: page.presenter.sort(o) for o in orders]))
    narrowed = [Narrowing(conditions=frozenset({condition.key}), order="name") for condition in CONDITIONS]
    row(f"{shown} filtered by each condition", painted(*[lambda n=n: page.presenter.narrow(n) for n in narrowed * 2]))
    page.hide()


def scrolling_rows(table: Table, desk: Desk) -> None:
    """One frame beside the same rows in a table of Qt's own; rows come by the worker meanwhile, as in the program."""
    worker = Worker(desk.do)
    page = FamiliesPage(worker, desk.clock)
    _opened(page, worker)
    bare = _bare(page)
    bar = page.rows.verticalScrollBar()

    def frame(view: QTableView) -> float:
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 700)
        took = timed(view.viewport().repaint)
        worker.wait()
        return took

    def anywhere() -> float:
        def rows_there() -> None:
            bar.setValue((bar.value() * 7 + 1_234_567) % bar.maximum())
            page.rows.viewport().repaint()
            worker.wait()
            page.rows.viewport().repaint()

        return timed(rows_there)

    found = interleaved({"ours": lambda: frame(page.rows), "bare": lambda: frame(bare)}, 120)
    table.row("one frame of it, scrolled by a page / the same rows in a bare QTableView", found["ours"], found["bare"],
              "≤ 10 ms", lambda ours, _ratio: ours.median <= 10)  # fmt: skip
    jumped = gathered([anywhere() for _round in range(40)])
    table.row("rows anywhere in it, from the pulled scroll bar to their names", jumped, "–", "≤ 50 ms",
              lambda ours, _ratio: ours.median <= 50)  # fmt: skip
    page.hide()
    bare.hide()
    worker.stop()


def _opened(page: FamiliesPage, worker: Worker | None = None) -> FamiliesPage:
    page.resize(*SIZE)
    page.show()
    for _turn in range(2):
        QApplication.processEvents()
        if worker is not None:
            worker.wait()
    return page


def _bare(page: FamiliesPage) -> QTableView:
    """As many rows, each with the texts of one that is shown, for Qt's own delegate to paint."""
    rows, columns = len(page.presenter.shown_rows), len(page.bar.arranger.shown)
    texts = [[str(page.rows.table.index(row, place).data()) for place in range(columns)] for row in range(16)]
    model = QStandardItemModel(rows, columns)
    for row in range(min(rows, 4_000)):
        for place in range(columns):
            model.setItem(row, place, QStandardItem(texts[row % 16][place]))
    view = QTableView()
    view.setModel(model)
    view.setShowGrid(False)
    view.setFont(page.rows.font())
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(page.rows.rowHeight(0))
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    for place in range(columns):
        view.setColumnWidth(place, page.rows.columnWidth(place))
    view.resize(page.rows.size())
    view.show()
    QApplication.processEvents()
    return view


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["TRITTSTEIN_CONFIG"] = str(place / "settings")
        _application, _appearance = make_application(Settings(theme="light"))
        made = builders.a_shut_store(place / "made", lambda: NOW)
        print_rows(Table(), place, made, count)


if __name__ == "__main__":
    main()
