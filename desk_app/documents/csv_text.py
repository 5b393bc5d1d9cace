"""Text tables as other programs leave them: which characters the bytes mean, and which sign parts the cells."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter

from desk_app.domain.errors import StrangeTable

_DELIMITERS = ";,\t|"
_SEP = re.compile("sep=(.)", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x80-\x9f\ufffd]")
_ONE_BYTE = ("cp1252", "iso8859-15", "cp850")
"""Windows, Unix before UTF-8, and DOS, from which the oldest lists come."""
_GERMAN = frozenset("äöüÄÖÜßéèçğşıİŞ")
_NO_LETTERS = re.compile("[\x80-\x9f─-▟¤¦¨´¸¼½¾±¶÷×®¬]")
"""What a wrong reading is full of: control characters, frames of DOS, signs that names and addresses never hold."""
_LOOKED_AT = 200_000  # bytes; enough letters to tell encodings apart


def decode(content: bytes) -> str:
    """The text of the bytes, by their mark or by which reading gives the most sensible letters.

    Raises StrangeTable for what is no text at all.
    """
    text = _by_mark(content)
    if text is None:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode(max(_ONE_BYTE, key=lambda name: _sense(content, name)), "replace")
    if _NOT_TEXT.search(text):
        raise StrangeTable
    return text


def records(text: str) -> list[list[str]]:
    """The records of a text table, whichever sign parts its cells.

    Raises StrangeTable where quotation marks never close.
    """
    first_line, _newline, rest = text.partition("\n")
    announced = _SEP.fullmatch(first_line.strip())
    if announced:  # Excel's own way of naming the delimiter
        tables = [[[], *_parted(rest, announced[1])]]
    else:
        tables = [_parted(text, delimiter) for delimiter in _DELIMITERS]
    best = max(tables, key=_plausibility)
    if text.strip() and _plausibility(best)[0] == 0 and [] in tables:
        raise StrangeTable  # not a table of one column
    return best


def _by_mark(content: bytes) -> str | None:
    try:
        if content.startswith(BOM_UTF8):
            return content.decode("utf-8-sig")
        if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return content.decode("utf-16")
        sample = content[:2000]
        if sample.count(0) > len(sample) // 4:  # UTF-16 whose mark got lost: every other byte is zero
            return content.decode("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be")
    except UnicodeDecodeError:
        raise StrangeTable from None
    return None


def _sense(content: bytes, encoding: str) -> int:
    text = content[:_LOOKED_AT].decode(encoding, "replace")
    letters = sum(2 if char in _GERMAN else 1 for char in text if char.isalpha() and not char.isascii())
    return letters - 3 * len(_NO_LETTERS.findall(text)) - 3 * text.count("\ufffd")


def _parted(text: str, delimiter: str) -> list[list[str]]:
    """The records of `text`; none if it is not written with this delimiter."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def _plausibility(table: list[list[str]]) -> tuple[int, int]:
    """How many of the first records have the same number of cells, and how many cells that is."""
    widths = Counter(len(record) for record in table[:50] if len(record) > 1)
    width, count = max(widths.items(), key=lambda entry: entry[1], default=(len(table) and 1, 0))
    return count, width
