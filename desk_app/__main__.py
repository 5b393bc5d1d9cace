"""`python -m desk_app` and the console command `trittstein`: the window without a verb, a command with one."""

import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run the program and answer its exit status. `--store DIR` without a verb opens the window on that store.

    Window and commands are imported only when used: a command does not wait for Qt.
    """
    words = sys.argv[1:] if argv is None else argv
    match words:
        case [] | ["--store", _]:
            from desk_app.gui.app import run

            return run(Path(words[1]) if words else None)
        case _:
            from desk_app.cli.main import main as command

            return command(words)


if __name__ == "__main__":
    sys.exit(main())
