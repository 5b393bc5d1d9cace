"""`demo`: a folder with everything, whole or not at all, and the same again the second time."""

from pathlib import Path

import pytest
from console_runner import Console

from desk_app.casework import demo
from desk_app.cli import console
from desk_app.domain.errors import DiskFull

pytestmark = pytest.mark.usefixtures("quick_keys")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {"Datenbestand", "Bilder"} & set(path.parts)
    }


def test_store_papers_and_pictures_are_there_and_said_with_the_passphrase(run: Console, tmp_path: Path) -> None:
    folder = tmp_path / "tief" / "trittstein-demo"
    status, out, err = run("demo", folder, "--families", "1")
    assert (status, err) == (console.FINE, "")
    assert {path.name for path in folder.iterdir()} == {"Datenbestand", "Anfragen", "Bilder", "musterdaten.json"}
    assert len(list((folder / "Anfragen").glob("*.pdf"))) == 5  # three children and a letter to each office
    assert [painted["theme"] for painted in run.painted] == ["light", "dark"]
    for word in (demo.PASSPHRASE, demo.USER, "Alle Personen sind erfunden", str(folder / "Datenbestand")):
        assert word in out
    assert [path for path in folder.parent.iterdir() if path != folder] == []


def test_the_store_opens_with_the_passphrase_that_was_said(
    run: Console, a_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", demo.PASSPHRASE)
    status, out, _err = run("check", "--store", a_demo / "Datenbestand")
    assert (status, "Alles in Ordnung." in out) == (console.FINE, True)


def test_a_second_time_it_is_still_there_and_stays_as_it_is(run: Console, a_demo: Path) -> None:
    before = everything(a_demo)
    status, out, _err = run("demo", a_demo, "--families", "1")
    assert status == console.FINE
    assert "Der Musterbestand ist schon da" in out
    assert demo.PASSPHRASE in out
    assert everything(a_demo) == before


def test_an_empty_folder_will_do(run: Console, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    assert run("demo", tmp_path / "d", "--families", "1")[0] == console.FINE


def test_another_demo_is_not_overwritten(run: Console, a_demo: Path) -> None:
    before = everything(a_demo)
    status, _out, err = run("demo", a_demo, "--families", "1", "--seed", "5")
    assert (status, "--seed 1" in err) == (console.FAILED, True)
    assert everything(a_demo) == before


def test_a_folder_with_something_else_is_not_touched(run: Console, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("wichtig")
    status, out, err = run("demo", tmp_path)
    assert (status, out) == (console.FAILED, "")
    assert "liegt schon etwas anderes" in err
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_what_fails_half_way_leaves_nothing(run: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr(demo, "fill", full)
    status, _out, err = run("demo", tmp_path / "hier" / "d")
    assert (status, err.startswith("Der Datenträger ist voll.")) == (console.FAILED, True)
    assert list((tmp_path / "hier").iterdir()) == []
