"""Tables shipped in resources/code_lists/: `;`-separated UTF-8 with `# source:` and `# as_of:` above the header."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date

from desk_app import assets


@dataclass(frozen=True, slots=True)
class ResourceTable:
    """The rows of one file by column, and what its notes say about it."""

    title: str
    source: str
    as_of: date
    """The "Stand" of the facts, not of the file."""
    rows: tuple[dict[str, str], ...]


def read_resource_table(name: str) -> ResourceTable:
    """Reads resources/code_lists/`name`. A file without source or date raises KeyError: it must not ship."""
    lines = assets.read_text("code_lists", name).splitlines()
    notes = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    # strict: a row with too many columns is a mistake in the file, not something to drop in silence
    rows = csv.DictReader([line for line in lines if not line.startswith("# ")], delimiter=";", strict=True)
    table = tuple(dict(row) for row in rows)
    if any(None in row or None in row.values() for row in table):
        raise ValueError(f"{name}: a row has not as many columns as the header")
    return ResourceTable(notes["title"], notes["source"], date.fromisoformat(notes["as_of"]), table)
