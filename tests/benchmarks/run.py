"""Measures the program against the raw limit of each piece of work, both in this run, and prints a table.

    .venv/bin/python tests/benchmarks/run.py
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHONPATH"] = str(HERE.parent.parent)

import builders  # noqa: E402
import lock_screen  # noqa: E402  # after the path
from measure import interleaved, ratio  # noqa: E402
from papers import Papers  # noqa: E402
from saving import Saving  # noqa: E402

from desk_app.domain.clock import system_clock  # noqa: E402


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, n = {rounds} (+1)\n")
    print("| work | ours | raw limit | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        store = builders.a_shut_store(Path(place) / "store", system_clock)
        line(
            "lock screen painted / bare PySide6 window",
            lambda: lock_screen.lock_screen(store.folder),
            lock_screen.bare_window,
            rounds,
        )
        desk = store.open_at(store.folder, system_clock)
        saving = Saving(desk, Path(place) / "raw")
        line("one answer kept durably / 32 KiB written and synced", saving.save_one_answer, saving.write_and_sync, 100)
        saving.close()
        desk.vault.close()
        papers = Papers()
        line("500 requests as Excel list / bare openpyxl, same cells", papers.excel, papers.bare_excel, rounds)
        line("500 single PDFs / bare canvas, same texts unshaped", papers.pdf, papers.bare_pdf, rounds)


def line(work: str, ours: Callable[[], float], limit: Callable[[], float], rounds: int) -> None:
    found = interleaved({"ours": ours, "limit": limit}, rounds)
    mine, theirs = found["ours"], found["limit"]
    print(f"| {work} | {mine.show()}, p95 {mine.p95:.1f} | {theirs.show()} | {ratio(mine, theirs):.2f} |", flush=True)


if __name__ == "__main__":
    main()
