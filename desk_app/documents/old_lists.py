"""Reads a desk's old lists (.xlsx, .xls, .ods, .xlsb, .csv) without trusting them: in a process of its own.

What that process says (`documents.reading_process`) is checked here once more.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from desk_app.documents.old_lists_limits import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS
from desk_app.documents.reading_process import Progress, ReadingProcess, own_command
from desk_app.domain.errors import StrangeTable
from desk_app.domain.list_reading_sheet import Book, Cell, Merged, Sheet, SheetRow
from desk_app.i18n import N_, _

COMMAND: Final = "--read-list"
"""The hidden command; `__main__` knows it as well."""

_REFUSED: Final = {
    "too_large": N_(
        "Diese Liste ist viel größer als erwartet. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige Datei ist, oder teilen Sie sie auf."
    ),
    "password": N_(
        "Diese Arbeitsmappe ist mit einem Kennwort geschützt. Es wurde nichts übernommen. "
        "Bitte speichern Sie sie in Excel ohne Kennwort und holen Sie sie dann noch einmal."
    ),
    "empty": N_("In dieser Datei steht nichts. Es wurde nichts übernommen. Bitte prüfen Sie, ob es die richtige ist."),
    "strange": N_(
        "Diese Datei lässt sich nicht als Liste lesen. Es wurde nichts übernommen. "
        "Bitte prüfen Sie, ob es die richtige ist, oder speichern Sie sie in Excel noch einmal als .xlsx."
    ),
}


class Reader:
    """Reads one list. Its process may be started before anybody knows which, since that takes longer than reading."""

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        """``command`` stands for the reading process in tests."""
        self._command = command or own_command(COMMAND)
        self._process: ReadingProcess | None = None

    def prepare(self) -> None:
        """Start the process, which holds nothing and waits for a file. Raises StrangeTable."""
        if self._process is not None and not self._process.alive:
            self.end()
        if self._process is None:
            self._process = ReadingProcess(self._command, _refusal)

    def read(self, content: bytes, progress: Progress | None = None) -> Book:
        """What these bytes are as a table. Raises StrangeTable, and whatever ``progress`` raises."""
        self.prepare()
        assert self._process is not None
        try:
            book = _gathered(self._process.lines(content, progress), progress)
        finally:
            self.end()
        return replace(book, sha256=hashlib.sha256(content).hexdigest())

    def end(self) -> None:
        """End the process if there is one; the next file gets another."""
        process, self._process = self._process, None
        if process is not None:
            process.end()


def read(path: Path, progress: Progress | None = None, command: tuple[str, ...] = ()) -> Book:
    """All sheets of a workbook, or the one table of a text file; the content decides what it is, not the name.

    Raises StrangeTable when it cannot be read, and whatever ``progress`` raises. ``command`` stands for the reading
    process in tests.
    """
    return read_content(content_of(path), progress, command)


def read_content(content: bytes, progress: Progress | None = None, command: tuple[str, ...] = ()) -> Book:
    """The same for bytes that were read already, such as a workbook that was unlocked in memory."""
    return Reader(command).read(content, progress)


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not larger than any list. Raises StrangeTable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("too_large")
        return path.read_bytes()
    except OSError as error:
        raise StrangeTable(
            _(
                "Die Datei lässt sich nicht öffnen. Es wurde nichts übernommen. "
                "Bitte prüfen Sie, ob sie noch da ist und in keinem anderen Programm bearbeitet wird."
            )
        ) from error


def _refusal(reason: str) -> StrangeTable:
    return StrangeTable(_(_REFUSED.get(reason, _REFUSED["strange"])))


@dataclass
class _Half:
    """A sheet that is still being read."""

    name: str
    hidden: bool
    merged: tuple[Merged, ...]
    rows: list[SheetRow] = field(default_factory=list)

    @property
    def whole(self) -> Sheet:
        return Sheet(self.name, tuple(self.rows), self.merged, self.hidden)


def _gathered(lines: Iterator[dict[str, Any]], progress: Progress | None) -> Book:
    sheets: list[_Half] = []
    from_1904, expected, done = False, 0, 0
    known = _Known()
    try:
        for line in lines:
            from_1904 |= line.get("from_1904") is True
            if "sheet" in line:
                merged = tuple(Merged(*(int(end) for end in ends)) for ends in line["merged"])
                sheets.append(_Half(str(line["sheet"]), line["hidden"] is True, merged))
                expected += int(line["rows"])
            elif "lines" in line:
                sheets[-1].rows.extend(_row(number, cells, known) for number, cells in line["lines"])
                done += len(line["lines"])
                if progress is not None:
                    progress(done, max(expected, done))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        raise _refusal("strange") from None
    return Book(tuple(half.whole for half in sheets if half.rows), "", from_1904)


def _row(number: Any, cells: Any, known: _Known) -> SheetRow:
    if not isinstance(number, int) or not 1 <= number <= MOST_ROWS or len(cells) > MOST_COLUMNS:
        raise ValueError(number)
    return SheetRow(number, tuple([known[said] if type(said) in _USUAL else _other(said) for said in cells]))


_USUAL: Final = frozenset({str, float, type(None)})


class _Known(dict[Any, Cell]):
    """Usual cells by what JSON said; each is looked at once, and the same words are kept once."""

    def __missing__(self, said: str | float | None) -> Cell:
        cell: Cell = said
        if isinstance(said, str) and not 0 < len(said) <= MOST_CELL:
            cell = None
        elif isinstance(said, float) and not math.isfinite(said):
            raise ValueError(said)
        self[said] = cell
        return cell


def _other(said: Any) -> Cell:
    """Any other cell from what JSON said."""
    if isinstance(said, bool):
        return said
    if isinstance(said, int) and math.isfinite(said):
        return float(said)
    if isinstance(said, list) and len(said) == 2 and said[0] == "d":
        return date.fromisoformat(said[1])
    raise ValueError(type(said))
