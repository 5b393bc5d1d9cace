"""`check`: a sound store, and one that is not."""

from pathlib import Path

from builders import ShutStore
from console_runner import Console
from sqlalchemy import text

from desk_app.casework.health import Area
from desk_app.cli import check, console
from desk_app.domain.clock import system_clock
from desk_app.storage import engine
from desk_app.storage.vault import Vault


def alter_the_audit(vault: Vault) -> None:
    """As another tool would, past what keeps entries as they are."""
    connection = engine.driver_connection(vault.engine)
    connection.execute("DROP TRIGGER temp.audit_no_update")
    with vault.session() as session:  # with the journal, which would mend it otherwise
        session.execute(text("UPDATE audit SET deed = 'x' WHERE sequence = 3"))


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
    alter_the_audit(desk.vault)
    desk.vault.close()
    status, out, _err = run("check", "--store", store)
    assert status == check.STATUS[Area.AUDIT] == 4
    assert "Achtung: Die Nachvollziehbarkeit ist ab Eintrag 3 unterbrochen." in out
    assert "Alles in Ordnung" not in out


def test_the_worst_of_several_findings_decides(run: Console, store: Path, shut_store: ShutStore) -> None:
    desk = shut_store.open_at(store, system_clock)
    alter_the_audit(desk.vault)
    connection = engine.driver_connection(desk.vault.engine)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO sending_item VALUES ('a', 'b', 'c', 'd', NULL)")
    desk.vault.close()
    status, out, _err = run("check", "--store", store)
    assert status == check.STATUS[Area.DATABASE] == 3
    assert "Achtung: Einträge verweisen ins Leere." in out
    assert "Achtung: Die Nachvollziehbarkeit" in out


def test_a_store_that_does_not_open_has_a_status_of_its_own(run: Console, tmp_path: Path) -> None:
    assert run("check", "--store", tmp_path / "nichts")[0] == console.FAILED not in check.STATUS.values()
