"""`check`: a sound store, and one that is not."""

from pathlib import Path

from builders import ShutStore
from console_runner import Console
from sqlalchemy import text

from desk_app.cli import console
from desk_app.domain.clock import system_clock


def test_a_sound_store_is_said_to_be_sound(run: Console, store: Path) -> None:
    status, out, err = run("check", "--store", store)
    assert (status, err) == (console.FINE, "")
    assert out.splitlines()[0] == "Der Datenbestand lässt sich öffnen."
    assert out.splitlines()[-1] == "Alles in Ordnung."
    assert "Achtung" not in out


def test_an_altered_audit_is_said_and_ends_with_its_own_status(
    run: Console, store: Path, shut_store: ShutStore
) -> None:
    desk = shut_store.open_at(store, system_clock)
    with desk.vault.session() as session:
        session.execute(text("UPDATE audit SET deed = 'x' WHERE sequence = 3"))
    desk.vault.close()
    status, out, _err = run("check", "--store", store)
    assert status == console.INCOMPLETE
    assert "Achtung: Die Nachvollziehbarkeit ist ab Eintrag 3 unterbrochen." in out
    assert "Alles in Ordnung" not in out
