"""`export requests` and `export schools`: files, what was left out, and an exit status that says which."""

from pathlib import Path

import pytest
from builders import ShutStore
from console_runner import Console
from sending import placed

from desk_app.cli import console
from desk_app.domain.clock import system_clock


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "Ausgang"
    place.mkdir()
    return place


def test_complete_requests_go_out_and_the_others_are_named_with_the_reason(
    run: Console, store: Path, target: Path
) -> None:
    status, out, err = run("export", "requests", "--store", store, "--to", target)
    assert (status, err) == (console.INCOMPLETE, "")
    assert "1 Anfrage ist übermittelt:" in out
    assert all(str(path) in out for path in target.iterdir())
    assert "-0002: Es fehlt noch: Geschlecht." in out
    assert sorted(path.name.rpartition("-")[2] for path in target.iterdir()) == ["01.pdf", "01.xlsx", "Anschreiben.pdf"]
    assert "Passphrase, bitte nur am Telefon nennen: " in out


@pytest.mark.parametrize(("words", "kinds"), [(["--xlsx"], {".xlsx"}), (["--pdf"], {".pdf"}),
                                              (["--xlsx", "--pdf"], {".xlsx", ".pdf"})])  # fmt: skip
def test_one_kind_can_be_asked_for(run: Console, store: Path, target: Path, words: list[str], kinds: set[str]) -> None:
    run("export", "requests", "--store", store, "--to", target, *words)
    letters = set(target.glob("*-Anschreiben.pdf"))
    assert len(letters) == 1
    assert {path.suffix for path in set(target.iterdir()) - letters} == kinds


def test_a_second_time_there_is_nothing_new(run: Console, store: Path, target: Path) -> None:
    run("export", "requests", "--store", store, "--to", target)
    before = sorted(target.iterdir())
    status, out, _err = run("export", "requests", "--store", store, "--to", target)
    assert status == console.INCOMPLETE
    assert "Es gibt keine vollständige Anfrage" in out
    assert sorted(target.iterdir()) == before


def test_a_folder_that_is_not_there_is_one_sentence_and_nothing_is_sent(
    run: Console, store: Path, target: Path
) -> None:
    status, out, err = run("export", "requests", "--store", store, "--to", target / "weg")
    assert (status, out) == (console.FAILED, "")
    assert err.startswith("Der Zielordner ist nicht mehr da.")
    status, out, _err = run("export", "requests", "--store", store, "--to", target)
    assert "1 Anfrage ist übermittelt:" in out


def test_what_is_said_names_no_child(run: Console, store: Path, target: Path) -> None:
    _status, out, err = run("export", "requests", "--store", store, "--to", target)
    assert not any(name in out + err for name in ("Haddad", "Sesay", "Karim"))


def test_schools_that_wait_get_the_data_of_their_children_once(
    run: Console, store: Path, target: Path, shut_store: ShutStore
) -> None:
    status, out, _err = run("export", "schools", "--store", store, "--to", target)
    assert (status, out.strip()) == (console.FINE, "Zurzeit wartet keine Schule auf Daten. Es entstand keine Datei.")
    desk = shut_store.open_at(store, system_clock)
    desk.do(lambda work: placed(work, "Kaya"))
    desk.do(lambda work: placed(work, "Öztürk", consent=False))
    desk.vault.close()
    status, out, err = run("export", "schools", "--store", store, "--to", target)
    assert (status, err) == (console.INCOMPLETE, "")
    assert "Daten von 1 Kind sind geschrieben:" in out
    assert "-0004: Die Einwilligung zur Weitergabe an die Schule fehlt." in out
    assert "Passphrase, bitte nur am Telefon nennen: " in out
    assert not any(name in out for name in ("Kaya", "Öztürk"))
    files = sorted(target.rglob("*.pdf"))
    assert len(files) == 3
    assert all(str(path) in out for path in files)
    status, _out, err = run("export", "schools", "--store", store, "--to", target)
    assert status == console.FAILED
    assert "Für keine Schule kann ein Kind in die Dateien" in err
    assert sorted(target.rglob("*.pdf")) == files
