"""An old list of 10,000 rows: read up to the preview, taken over, taken back; time, processor time and memory.

    .venv/bin/python tests/benchmarks/old_lists.py [ROWS] [ROUNDS]

Every round has a store of its own. Bare calamine reads the same workbook in the same run. The preview is that of the
page's presenter: what the file dialog was opened for is ready when the file is chosen, the columns are shown, somebody
goes on at once, the beginning of the list is shown, and then all of it, compared with the store. The processor's time
is that of the process and its children, whatever else the machine does. Everybody is invented.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ["PYTHONPATH"] = str(HERE.parent.parent)

import builders  # noqa: E402  # after the path
from measure import Result  # noqa: E402
from openpyxl import Workbook  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from desk_app.casework import bring_in, deeds, search_index  # noqa: E402
from desk_app.casework.bring_in_plan import Preview  # noqa: E402
from desk_app.casework.desk import Desk, Work  # noqa: E402
from desk_app.domain.list_reading import Reading, read_list  # noqa: E402
from desk_app.domain.list_reading_layout import Layout, guess  # noqa: E402
from desk_app.domain.list_reading_sheet import Book, Sheet  # noqa: E402
from desk_app.presenters.bring_in import BringInPresenter  # noqa: E402
from desk_app.presenters.bring_in_lines import PlanLine  # noqa: E402
from desk_app.presenters.import_job import ImportJob  # noqa: E402
from desk_app.presenters.runner import InlineRunner  # noqa: E402

TODAY = builders.NOW.date()
HEAD = ("Nr.", "Name", "Vorname", "Geb.", "m/w", "Staatsang.", "Straße", "PLZ", "Ort", "Telefon", "Mutter", "Einreise",
        "Klasse", "Sprache", "Bemerkung")  # fmt: skip
PIECE = 100
CHOOSING = 0.5
"""Seconds a file dialog stays open, at the very least."""
SCREENFUL = 30
"""Families the page shows at once."""
PARTS = ("ha", "da", "mo", "ra", "li", "na", "ko", "ber", "sa", "ti", "el", "ju", "wen", "or")


def write_list(path: Path, rows: int) -> None:
    """A list as desks keep them: one row for each child, the family said again in each."""
    chance = random.Random(1)  # the same list every time

    def name() -> str:
        return "".join(chance.choice(PARTS) for _part in range(3)).title()

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append(HEAD)
    number = 0
    while number < rows:
        family = name() + name().lower()
        home = (f"{name()}weg {chance.randint(1, 200)}", 45476, "Mülheim", f"0176 {chance.randint(10**6, 10**7)}")
        mother = f"{family}, {name()}"
        for _child in range(min(chance.randint(1, 5), rows - number)):
            number += 1
            birth = date(2008, 1, 1) + timedelta(days=chance.randint(0, 4000))
            land, tongue = chance.choice((("syrisch", "Arabisch"), ("Ukraine", "Ukrainisch"), ("AFG", "Dari")))
            sheet.append([number, family, name(), birth, chance.choice("mw"), land, *home, mother, "03.08.2023",
                          chance.choice("357"), tongue, chance.choice(("", "ruhig"))])  # fmt: skip
    book.save(path)


class Shown:
    """A page that notes when the presenter had something to show; what is wrong with the list is our fault here."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.columns = False

    def show_busy(self, job: ImportJob | None) -> None: ...

    def show_mapping(self, sheet: Sheet, layout: Layout, notice: str) -> None:
        self.columns = True

    def show_preview(self, lines: tuple[PlanLine, ...], notice: str) -> None:
        for line in lines[:SCREENFUL]:
            assert line.spoken
        assert lines[0].paragraphs
        self.at.append(time.perf_counter())

    def show_result(self, words: str, *, can_undo: bool) -> None: ...

    def show_said(self, words: str, notes: Sequence[str]) -> None: ...

    def show_failed(self, message: str) -> None:
        raise AssertionError(message)


def up_to_preview(desk: Desk, path: Path) -> tuple[float, float]:
    """Milliseconds from the chosen file to the beginning of the preview, and to the preview of the whole list."""
    shown = Shown()
    presenter = BringInPresenter(shown, InlineRunner(desk.do), lambda: builders.NOW)
    presenter.expect()
    time.sleep(CHOOSING)
    begun = time.perf_counter()
    presenter.open(path)
    presenter.look()
    assert shown.columns
    presenter.close()
    return (shown.at[0] - begun) * 1000, (shown.at[-1] - begun) * 1000


class Round:
    """One store from empty to empty again, with the seconds of each step and the memory it took at most."""

    def __init__(self, path: Path, store: builders.ShutStore) -> None:
        self.took: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        before = resident()
        self._timed("bare calamine", lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
        desk = store.open_at(store.folder, lambda: builders.NOW)
        self.preview = up_to_preview(desk, path)
        begun, working = time.perf_counter(), worked()
        book: Book = self._timed("the file read in a process of its own", lambda: bring_in.read(path))
        reading: Reading = self._timed(
            "columns guessed, values understood", lambda: read_list(book.sheets[0], guess(book.sheets[0], TODAY), TODAY)
        )
        found: Preview = self._timed(
            "compared with the store", lambda: desk.do(lambda work: bring_in.preview(work, reading, book))[0]
        )
        self._total("step by step up to the preview", begun, working)
        outcome = self._timed("taken over", lambda: desk.do(lambda work: bring_in.take_over(work, found, {}))[0])
        self._total("all of it", begun, working)
        self.rows, self.families, self.persons = found.rows, outcome.new, outcome.persons
        self.memory, self.before = peak(), before
        self._timed("taken back", lambda: desk.do(lambda work: deeds.undo(work, outcome.deed))[0])
        undone = desk.do(deeds.recent)[0][0].way_back
        self._timed("done again", lambda: desk.do(lambda work: deeds.undo(work, undone)))
        self._timed("made findable, behind the open desk", lambda: make_findable(desk))
        desk.close()

    def _timed(self, what: str, step: Callable[[], object]) -> object:
        begun, working = time.perf_counter(), worked()
        result = step()
        self._total(what, begun, working)
        return result

    def _total(self, what: str, begun: float, working: float) -> None:
        self.took[what], self.worked[what] = time.perf_counter() - begun, worked() - working


def make_findable(desk: Desk) -> None:
    """As the window does it: piece by piece, each a save of its own."""

    def piece(work: Work) -> int:
        return search_index.catch_up(work.session, PIECE)

    while desk.do(piece)[0] == PIECE:
        pass


def worked() -> float:
    """Seconds the processor has worked for this process and the children it waited for."""
    return sum(os.times()[:4])


def resident() -> float:
    """Megabytes of memory this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    """Megabytes of memory this process held at most since the round began (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    made: list[Round] = []
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        path = Path(place) / "alt.xlsx"
        written = multiprocessing.get_context("spawn").Process(target=write_list, args=(path, rows))
        written.start()  # elsewhere, so that its memory does not count
        written.join()
        gc.freeze()
        gc.set_threshold(5_000, 20, 50)  # as in the window, without loading one
        for number in range(rounds):
            store = builders.a_shut_store(Path(place) / f"store{number}", lambda: builders.NOW)
            made.append(Round(path, store))
    last = made[-1]
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{last.rows} rows, {last.families} families, {last.persons} persons, n = {rounds}\n")
    print("| step | time | processor |\n|---|---|---|")
    for place, what in enumerate(("from the chosen file to the beginning of the preview", "… to the whole preview")):
        print(f"| {what} | {Result(tuple(each.preview[place] for each in made)).show()} | – |")
    for step in last.took:
        wall, processor = ([each.took[step] * 1000 for each in made], [each.worked[step] * 1000 for each in made])
        print(f"| {step} | {Result(tuple(wall)).show()} | {Result(tuple(processor)).show()} |")
    most = max(made, key=lambda each: each.memory)
    own = most.memory - most.before
    print(f"| memory at most until it is taken over | {most.memory:.0f} MB, {own:.0f} MB of it for the list; "
          f"{peak():.0f} MB with all that follows | – |")  # fmt: skip


if __name__ == "__main__":
    main()
