"""`python -m desk_app` and the console command `trittstein`: the window without a verb, a command with one."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.casework.desk import Desk


def main(argv: list[str] | None = None) -> int:
    """Run the program and answer its exit status. `--store DIR` without a verb opens the window on that store.

    Window and commands are imported only when used: a command does not wait for Qt.
    """
    words = sys.argv[1:] if argv is None else argv
    match words:
        case [] | ["--store", _]:
            # the collector would search all that the modules of Qt make again and again; `run` lets it begin
            gc.disable()
            from desk_app.gui.app import run

            return run(Path(words[1]) if words else None)
        case ["--read-list"]:
            from desk_app.casework.bring_in_child import run as read_list

            return read_list()
        case ["--read-calendar", first, last]:
            from desk_app.casework.calendar_child import run as read_calendar

            return read_calendar(first, last)
        case ["--read-offers", today]:
            from desk_app.casework.offer_files_child import run as read_offers

            return read_offers(today)
        case _:
            from desk_app.cli.main import main as command

            return command(words, _paint)


def _paint(desk: "Desk", folder: Path, *, size: tuple[int, int], theme: str, scale: float) -> list[Path]:
    from desk_app.gui.screens import paint

    return paint(desk, folder, size=size, theme=theme, scale=scale)


if __name__ == "__main__":
    sys.exit(main())
