"""The command line as a whole: German help, one sentence for every misfortune, a passphrase that is never in it."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from builders import PASSPHRASE
from console_runner import Console

from desk_app.cli import console
from desk_app.cli.main import parser
from desk_app.storage.lockfile import StoreLock

ROOT = Path(__file__).parents[2]


def test_help_is_german(run: Console) -> None:
    status, out, _err = run("--help")
    assert status == 0
    for word in ("Aufruf:", "Befehle", "Optionen", "demo", "screens", "export", "check"):
        assert word in out
    assert not any(word in out for word in ("usage", "options:", "positional", "show this help"))


@pytest.mark.parametrize("words", [("demo",), ("screens",), ("export",), ("export", "requests"),
                                   ("export", "schools"), ("check",)])  # fmt: skip
def test_every_verb_explains_itself_in_german(run: Console, words: tuple[str, ...]) -> None:
    status, out, _err = run(*words, "--help")
    assert (status, out.splitlines()[0][:7]) == (0, "Aufruf:")
    assert not any(word in out for word in ("usage", "options:", "positional arguments"))


@pytest.mark.parametrize(
    "words",
    [
        ("fliegen",),
        ("check",),
        ("screens", "x", "--store", "y", "--size", "breit"),
        ("screens", "x", "--store", "y", "--scale", "9"),
        ("screens", "x", "--store", "y", "--theme", "rosa"),
        ("demo", "x", "--families", "0"),
        ("demo", "x", "--families", "viele"),
        ("check", "--store", "y", "--passphrase", "geheim"),
    ],
)
def test_what_it_does_not_understand_it_says_and_does_nothing(run: Console, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (console.FAILED, "")
    assert "nicht verstanden" in err


def test_no_option_takes_a_passphrase() -> None:
    assert "passphrase" not in parser().format_usage().lower()


@pytest.mark.parametrize("words", [("check",), ("export", "requests", "--to", "."), ("screens", "bilder")])
def test_a_folder_without_a_store_is_one_sentence(run: Console, tmp_path: Path, words: tuple[str, ...]) -> None:
    status, out, err = run(*words, "--store", tmp_path)
    assert (status, out) == (console.FAILED, "")
    assert err.startswith("An diesem Ort liegt kein Datenbestand.")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_is_one_sentence(run: Console, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", "etwas ganz anderes")
    status, out, err = run("check", "--store", store)
    assert (status, out) == (console.FAILED, "")
    assert err.startswith("Die Passphrase passt nicht.")


def test_without_a_terminal_the_missing_passphrase_is_said(
    run: Console, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRITTSTEIN_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", StringIO())
    status, _out, err = run("check", "--store", store)
    assert (status, "TRITTSTEIN_PASSPHRASE" in err) == (console.FAILED, True)


def test_at_a_terminal_the_passphrase_is_asked_for(run: Console, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRITTSTEIN_PASSPHRASE")
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", answer)
    status, out, _err = run("check", "--store", store)
    assert (status, asked) == (console.FINE, ["Passphrase von Carla Brandt: "])
    assert PASSPHRASE not in out


def test_the_user_can_be_named(run: Console, store: Path) -> None:
    assert run("check", "--store", store, "--user", "Carla Brandt")[0] == console.FINE
    status, _out, err = run("check", "--store", store, "--user", "Erik")
    assert status == console.FAILED
    assert err.strip() == "Hier gibt es niemanden mit dem Namen „Erik“. Bekannt sind: Carla Brandt."


def test_a_store_that_is_open_elsewhere_is_left_alone(run: Console, store: Path) -> None:
    lock = StoreLock(store)
    try:
        status, _out, err = run("check", "--store", store)
    finally:
        lock.release()
    assert (status, "schon geöffnet" in err) == (console.FAILED, True)


def test_the_command_itself_ends_with_the_same_words(store: Path) -> None:
    env = {**os.environ, "TRITTSTEIN_PASSPHRASE": "etwas ganz anderes", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "desk_app", "check", "--store", str(store)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Die Passphrase passt nicht.")
    assert "Traceback" not in done.stderr
