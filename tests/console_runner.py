"""Runs commands of the console in tests, with a window that paints one dot."""

from pathlib import Path

import pytest

from desk_app.casework.desk import Desk
from desk_app.cli.main import main


class Console:
    """Runs a command and keeps what it answered and said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.painted: list[dict[str, object]] = []

    def __call__(self, *words: object) -> tuple[int, str, str]:
        """Exit status, output, error output."""
        status = main([str(word) for word in words], self._paint)
        said = self._capsys.readouterr()
        return status, said.out, said.err

    def _paint(self, desk: Desk, folder: Path, **look: object) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        picture = folder / "01-sperrbildschirm.png"
        picture.write_bytes(b"dot")
        self.painted.append({"folder": folder, "user": desk.user, **look})
        desk.vault.close()
        return [picture]
