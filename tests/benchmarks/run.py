"""Measures the program against the raw limit or a peer of each piece of work, both in this run, and prints a table.

    .venv/bin/python tests/benchmarks/run.py [PARTS …] [--rounds N] [--persons N] [--deeds N]

Without PARTS all of them, one after the other: start, saving, papers, workbook, day, people, offers, appointments,
calendar_page. ``--deeds 10000`` looks for a leak as well. KeePassXC and Typst (``pip install typst``) take part where
they are installed, and the lock screen is painted on an X server where there is Xvfb.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONPATH"] = str(HERE.parent.parent)

import builders  # noqa: E402
import desk_day  # noqa: E402
import lock_screen  # noqa: E402  # after the path
import unlocking  # noqa: E402
from measure import Result, Table, gathered, interleaved, timed  # noqa: E402

from desk_app.domain.clock import system_clock  # noqa: E402

BESIDE = ("appointments", "calendar_page")
"""Commands of their own that print such a table; each needs a process of its own."""


def start(table: Table, place: Path, options: argparse.Namespace) -> None:
    store = builders.a_shut_store(place / "start", system_clock)
    lock_screen.compile_modules()
    with lock_screen.contestants(store.folder, place) as taking_turns:
        found = interleaved(taking_turns, options.rounds)
    work = f"lock screen painted {lock_screen.WHERE} /"
    _against(table, f"{work} bare PySide6 window", found["ours"], found["bare"], 1.3)
    if "keepassxc" in found:
        _against(table, f"{work} KeePassXC mapped, not painted yet", found["ours"], found["keepassxc"], 1)
    took = [unlocking.measured(store.folder, builders.PASSPHRASE, place) for _round in range(options.rounds + 1)][1:]
    table.row("from Entsperren to the first page, key derivation apart", gathered([each[0] for each in took]), "–",
              "≤ 500 ms", lambda ours, _ratio: ours.median <= 500)  # fmt: skip
    table.row("… longest time the window answers nobody, and in the second after", gathered([each[1] for each in took]),
              "–", "≤ 50 ms", lambda ours, _ratio: ours.median <= 50)  # fmt: skip


def saving(table: Table, place: Path, _options: argparse.Namespace) -> None:
    from saving import Saving

    store = builders.a_shut_store(place / "saving", system_clock)
    desk = store.open_at(store.folder, system_clock)
    saved = Saving(desk, place / "raw")
    contestants = {"ours": saved.save_one_answer, "raw": saved.write_and_sync, "bare": saved.save_the_rows}
    found = interleaved(contestants, 200)
    table.row("one answer kept durably / its five syncs", found["ours"], found["raw"], "p95 ≤ 30 ms and ≤ 2",
              lambda ours, ratio: ours.p95 <= 30 and ratio <= 2)  # fmt: skip
    table.row("… / its rows put by the driver alone, same syncs", found["ours"], found["bare"])
    table.row("… those rows by the driver alone / the five syncs", found["bare"], found["raw"])
    saved.close()
    desk.vault.close()


def papers(table: Table, _place: Path, options: argparse.Namespace) -> None:
    from papers import Papers, typst_pdf

    made, rounds = Papers(), max(options.rounds // 2, 2)
    found = interleaved({"ours": made.excel, "bare": made.bare_excel}, rounds)
    _against(table, "500 requests as Excel list / bare openpyxl, same cells", found["ours"], found["bare"], 1.5)
    contestants: dict[str, Callable[[], float]] = {"ours": made.pdf, "bare": made.bare_pdf}
    if typst_pdf is not None:
        contestants["typst"] = lambda: made.typst(typst_pdf)
    found = interleaved(contestants, rounds)
    _against(table, "500 single PDFs, shaped / bare canvas, same texts unshaped", found["ours"], found["bare"], 2.0)
    if "typst" in found:
        _against(table, "500 single PDFs / Typst, same texts", found["ours"], found["typst"], 1.0)


def workbook(table: Table, place: Path, options: argparse.Namespace) -> None:
    from old_lists import up_to_preview, write_list
    from python_calamine import CalamineWorkbook

    from desk_app.gui.app import calm_the_collector

    path = place / "list.xlsx"
    write_list(path, 10_000)
    store = builders.a_shut_store(place / "workbook", system_clock)
    desk = store.open_at(store.folder, lambda: builders.NOW)
    lock_screen.compile_modules()
    calm_the_collector()
    wholes: list[float] = []

    def ours() -> float:
        beginning, whole = up_to_preview(desk, path)
        wholes.append(whole)
        return beginning

    def bare() -> float:
        return timed(lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())

    found = interleaved({"ours": ours, "bare": bare}, max(options.rounds // 2, 2))
    _against(table, "workbook of 10,000 rows up to the beginning of its preview / bare calamine",
             found["ours"], found["bare"], 2.0)  # fmt: skip
    table.row("… up to the preview of the whole, compared with the store", gathered(wholes[1:]), found["bare"])
    desk.vault.close()


def day(table: Table, place: Path, options: argparse.Namespace) -> None:
    found = desk_day.replayed(place / "day", options.deeds)
    table.row(f"{len(found.stops)} deeds of a day, the window's thread held up by each",
              gathered([stop.clock for stop in found.stops]), _longest(found.stops), "none over 100 ms",
              lambda ours, _ratio: ours.most <= 100)  # fmt: skip
    then = next((size for count, size in found.memory if count >= 1000), found.memory[-1][1])
    table.row("memory after 1,000 deeds", gathered([then], "MB"), "–", "≤ 250 MB",
              lambda ours, _ratio: ours.most <= 250)  # fmt: skip
    first, last = found.memory[len(found.memory) // 4], found.memory[-1]
    growth = (last[1] - first[1]) / max(last[0] - first[0], 1) * 1000
    table.row(f"growth over {last[0] - first[0]:,} of them", gathered([growth], "MB per 1,000 deeds"), "–", "flat",
              lambda ours, _ratio: ours.most <= 0.5)  # fmt: skip


def people(table: Table, place: Path, options: argparse.Namespace) -> None:
    from many_people import print_rows

    from desk_app.gui.app import make_application
    from desk_app.settings import Settings

    application, _appearance = make_application(Settings(theme="light"))
    assert application is not None
    print_rows(table, place, builders.a_shut_store(place / "people", system_clock), options.persons)


def offers(table: Table, _place: Path, _options: argparse.Namespace) -> None:
    from offers import print_rows

    print_rows(table)


def beside(name: str) -> Callable[[Table, Path, argparse.Namespace], None]:
    """What another command of this folder prints, as lines of the table."""

    def lines(_table: Table, _place: Path, _options: argparse.Namespace) -> None:
        path = str(HERE / f"{name}.py")
        done = subprocess.run([sys.executable, path], env=os.environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        for line in done.stdout.splitlines():
            if line.startswith("| ") and not line.startswith("| work"):
                print(line, flush=True)

    return lines


PARTS: dict[str, Callable[[Table, Path, argparse.Namespace], None]] = {
    "start": start, "saving": saving, "papers": papers, "workbook": workbook, "day": day, "people": people,
    "offers": offers,
    **{name: beside(name) for name in BESIDE},
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds; half as many for what takes seconds")
    parser.add_argument("--persons", type=int, default=100_000, help="in the store of very many")
    parser.add_argument("--deeds", type=int, default=1_000, help="until memory is looked at last")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, "
          f"n = {options.rounds} (+1)\n")  # fmt: skip
    table = Table()
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        for name, part in PARTS.items():
            if not options.parts or name in options.parts:
                part(table, Path(place), options)


def _against(table: Table, work: str, ours: Result, other: Result, most: float) -> None:
    table.row(work, ours, other, f"≤ {most:g}", lambda _ours, ratio: ratio <= most)


def _longest(stops: list[desk_day.Stop]) -> str:
    """The kinds of deeds that took longest, with the part of it that the window's thread worked."""
    worst: dict[str, desk_day.Stop] = {}
    for stop in sorted(stops, key=lambda stop: -stop.clock):
        worst.setdefault(stop.what, stop)
    told = [f"{what} {stop.clock:.0f} ms, worked {stop.worked:.0f}" for what, stop in list(worst.items())[:3]]
    return "longest: " + "; ".join(told)


if __name__ == "__main__":
    main()
