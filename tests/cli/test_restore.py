"""`restore`: a store brought back, and every reason not to."""

import os
from pathlib import Path

import pytest
from builders import ShutStore, store_family
from console_runner import Console

from desk_app.casework import users
from desk_app.casework.backups import BackupKeeper
from desk_app.cli import console
from desk_app.domain.clock import system_clock
from desk_app.domain.roles import Role
from desk_app.storage import throttle


@pytest.fixture
def backup(store: Path, shut_store: ShutStore) -> Path:
    """A backup, after which another family came."""
    desk = shut_store.open_at(store, system_clock)
    BackupKeeper(desk).back_up_now()
    desk.do(lambda work: store_family(work, "Später"))
    (made,) = BackupKeeper(desk).entries()
    desk.vault.close()
    return made.place


def test_a_backup_comes_back_and_the_store_of_before_is_kept(run: Console, store: Path, backup: Path) -> None:
    status, out, err = run("restore", "--store", store, "--from", backup)
    assert (status, err) == (console.FINE, "")
    said = out.splitlines()
    assert said[0].startswith("Sicherung vom ")
    assert said[1].startswith("Zurückgeholt und verglichen: ")
    assert said[2] == "Der bisherige Datenbestand ist aufgehoben:"
    assert (Path(said[3].strip()) / "trittstein.db").is_file()
    assert run("check", "--store", store)[0] == console.FINE


def test_whoever_has_a_key_to_the_backup_may_bring_it_back(
    run: Console, store: Path, shut_store: ShutStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "vier Elche tanzen im Regen Samba"
    desk = shut_store.open_at(store, system_clock)
    jonas = desk.vault.add_user("Jonas Adeyemi", words)
    desk.do(lambda work: users.add(work, jonas, "Jonas Adeyemi", Role.RECEPTION))
    BackupKeeper(desk).back_up_now()
    (made,) = BackupKeeper(desk).entries()
    desk.vault.close()
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", words)
    status, _out, err = run("restore", "--store", store, "--from", made.place, "--user", "Jonas Adeyemi")
    assert (status, err) == (console.FINE, "")


def test_guessing_at_a_backup_is_slowed_down_like_guessing_at_the_store(
    run: Console, store: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = os.environ["TRITTSTEIN_PASSPHRASE"]
    monkeypatch.setattr(throttle, "wait_after", lambda failures: 3600 if failures else 0)
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", "eine ganz andere als diese")
    assert run("restore", "--store", store, "--from", backup)[0] == console.FAILED
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", right)
    status, _out, err = run("check", "--store", store)
    assert status == console.FAILED
    assert "noch einmal" in err
    assert "Sekunden" in err


def test_of_a_whole_folder_the_newest_is_taken(run: Console, store: Path, backup: Path, tmp_path: Path) -> None:
    status, out, _err = run("restore", "--store", tmp_path / "neu", "--from", backup.parent, "--user", "Carla Brandt")
    assert status == console.FINE
    assert "aufgehoben" not in out
    assert run("check", "--store", tmp_path / "neu")[0] == console.FINE


def test_what_is_no_backup_is_said(run: Console, store: Path, tmp_path: Path) -> None:
    status, _out, err = run("restore", "--store", store, "--from", tmp_path / "fehlt")
    assert status == console.FAILED
    assert "keine vollständige Sicherung" in err


def test_an_unknown_name_is_said_with_the_known_ones(run: Console, store: Path, backup: Path) -> None:
    status, _out, err = run("restore", "--store", store, "--from", backup, "--user", "Niemand")
    assert status == console.FAILED
    assert "Bekannt sind: Carla Brandt." in err


def test_a_wrong_passphrase_is_said(run: Console, store: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", "eine ganz andere als diese")
    status, _out, err = run("restore", "--store", store, "--from", backup)
    assert status == console.FAILED
    assert "Die Passphrase passt nicht" in err
    assert not list(store.glob("quarantaene-*"))


def test_an_open_store_is_left_alone(run: Console, store: Path, backup: Path, shut_store: ShutStore) -> None:
    desk = shut_store.open_at(store, system_clock)
    status, _out, err = run("restore", "--store", store, "--from", backup)
    desk.vault.close()
    assert status == console.FAILED
    assert "schon geöffnet" in err
