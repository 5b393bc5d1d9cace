"""Shipped tables say where they come from, or do not load."""

from pathlib import Path

import pytest

from desk_app import assets
from desk_app.domain.resource_csv import read_resource_table


def table(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    (folder / "code_lists").mkdir()
    (folder / "code_lists" / "list.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(assets, "root", lambda: folder)
    return "list.csv"


NOTES = "# title: Farben\n# source: ein Amt: Abteilung\n# as_of: 2025-09-05\n"


def test_rows_come_by_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = table(tmp_path, monkeypatch, NOTES + 'key;label\nr;"rot; hell"\n')
    found = read_resource_table(name)
    assert found.rows == ({"key": "r", "label": "rot; hell"},)
    assert (found.source, str(found.as_of)) == ("ein Amt: Abteilung", "2025-09-05")


@pytest.mark.parametrize("note", ["source", "as_of", "title"])
def test_a_table_without_a_note_does_not_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, note: str) -> None:
    text = "".join(line for line in NOTES.splitlines(keepends=True) if f"# {note}:" not in line)
    with pytest.raises(KeyError, match=note):
        read_resource_table(table(tmp_path, monkeypatch, text + "key;label\nr;rot\n"))


@pytest.mark.parametrize("row", ["r", "r;rot;zu viel"])
def test_a_row_of_another_width_does_not_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    with pytest.raises(ValueError, match="columns"):
        read_resource_table(table(tmp_path, monkeypatch, f"{NOTES}key;label\n{row}\n"))
