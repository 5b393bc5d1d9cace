"""Making a store, opening it, and refusing to without leaving a trace."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from specimen_store import CARLAS, JONAS, Specimen
from sqlalchemy import text
from sqlcipher3 import dbapi2

from desk_app.domain.errors import (
    PassphraseTooWeak,
    StorePlaceRefused,
    VaultBusy,
    VaultDamaged,
    VaultExists,
    VaultMissing,
    VaultTooNew,
    WorldError,
    WrongPassphrase,
)
from desk_app.storage import engine, identity, journal_file, keyfile, sealing, vault
from desk_app.storage.vault import StoreState

Fingerprint = Callable[[], dict[str, str]]


def test_a_new_store_opens_for_its_first_user(tmp_path: Path) -> None:
    folder = tmp_path / "Trittstein" / "Daten"
    made = vault.create(folder, centre_name="KI", user_name=" Meryem ", passphrase=CARLAS, kdf=sealing.FLOOR)
    made.vault.close()
    assert [user.name for user in vault.list_users(folder)] == ["Meryem"]
    with vault.unlock(folder, made.user_id, CARLAS) as opened:
        assert opened.user_id == made.user_id
    assert sorted(path.name for path in folder.iterdir()) == [
        "trittstein.db",
        "trittstein.journal",
        "trittstein.keys",
        "trittstein.keys.bak",
        "trittstein.lock",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in the user's folder, not in the mode")
def test_nobody_else_on_the_machine_may_read_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    made = vault.create(folder, centre_name="KI", user_name="Meryem", passphrase=CARLAS, kdf=sealing.FLOOR)
    with made.vault:
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert set(modes.values()) <= {0o700, 0o600}, modes


@pytest.mark.parametrize("trace", ["trittstein.db", "trittstein.db-wal", "trittstein.keys", "trittstein.keys.bak"])
def test_no_store_is_made_over_the_traces_of_one(tmp_path: Path, trace: str) -> None:
    (tmp_path / trace).write_bytes(b"")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(VaultExists):
        vault.create(tmp_path, centre_name="KI", user_name="Meryem", passphrase=CARLAS, kdf=sealing.FLOOR)
    assert sorted(tmp_path.iterdir()) == before


def test_a_weak_passphrase_makes_no_store_and_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with pytest.raises(PassphraseTooWeak, match="14 Zeichen"):
        vault.create(folder, centre_name="KI", user_name="Meryem", passphrase="geheim", kdf=sealing.FLOOR)
    assert not folder.exists()


def test_a_cloud_folder_gets_no_store(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Stadt" / "store"
    with pytest.raises(StorePlaceRefused, match="OneDrive"):
        vault.create(folder, centre_name="KI", user_name="Meryem", passphrase=CARLAS, kdf=sealing.FLOOR)
    assert not folder.parent.exists()


def test_making_a_store_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfile, "write_whole", full)
    folder = tmp_path / "store"
    with pytest.raises(WorldError, match="voll"):
        vault.create(folder, centre_name="KI", user_name="Meryem", passphrase=CARLAS, kdf=sealing.FLOOR)
    assert not folder.exists()


def test_the_start_page_knows_what_lies_in_a_folder(store: Specimen, tmp_path: Path) -> None:
    assert vault.status(tmp_path / "nowhere") is StoreState.MISSING
    assert vault.status(store.folder) is StoreState.READY
    with store.unlock():
        assert vault.status(store.folder) is StoreState.BUSY
    (store.folder / engine.NAME).unlink()
    assert vault.status(store.folder) is StoreState.READY, "the journal makes up for it"
    (store.folder / journal_file.NAME).unlink()
    assert vault.status(store.folder) is StoreState.INCOMPLETE


def test_the_lock_screen_lists_who_was_here_when(store: Specimen) -> None:
    morning = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    vault.unlock(store.folder, store.jonas, JONAS, clock=lambda: morning).close()
    users = {user.name: user for user in vault.list_users(store.folder)}
    assert list(users) == ["Carla Brandt", "Jonas Adeyemi"]
    assert users["Jonas Adeyemi"].last_unlock == morning


def test_the_same_store_opens_only_once(opened: vault.Vault) -> None:
    with pytest.raises(VaultBusy):
        vault.unlock(opened.folder, opened.user_id, CARLAS)


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    salt = bytes(sealing.SALT_BYTES)
    composed, decomposed = "W\u00fcrmer", "Wu\u0308rmer"
    assert sealing.stretch(composed, salt, sealing.FLOOR) == sealing.stretch(decomposed, salt, sealing.FLOOR)


# what may be wrong with a store, and what is said -----------------------------------------------------------


def _nothing(_folder: Path) -> None:
    pass


def _both_key_files(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        for name in (keyfile.NAME, keyfile.COPY_NAME):
            change(folder / name)

    return changed


def _and_no_journal(change: Callable[[Path], None]) -> Callable[[Path], None]:
    """With the journal a damaged database would be made anew; see test_recovery.py."""

    def changed(folder: Path) -> None:
        change(folder)
        (folder / journal_file.NAME).unlink()

    return changed


def _without_database(folder: Path) -> None:
    (folder / engine.NAME).unlink()


def _empty_database(folder: Path) -> None:
    (folder / engine.NAME).write_bytes(b"")


def _plain_database(folder: Path) -> None:
    _without_database(folder)
    plain = dbapi2.connect(str(folder / engine.NAME))
    plain.execute("CREATE TABLE person (name TEXT)")
    plain.commit()
    plain.close()


def _cut_database(folder: Path) -> None:
    path = folder / engine.NAME
    path.write_bytes(path.read_bytes()[:6000])


def _flipped_database(folder: Path) -> None:
    path = folder / engine.NAME
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


def _flipped_with_log_left_over(folder: Path) -> None:
    _flipped_database(folder)
    (folder / "trittstein.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(5000))


def _later_key_file(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))


@pytest.mark.parametrize(
    ("wrong", "passphrase", "expected"),
    [
        pytest.param(_nothing, JONAS, WrongPassphrase, id="somebody else's passphrase"),
        pytest.param(_nothing, "", WrongPassphrase, id="no passphrase"),
        pytest.param(_both_key_files(Path.unlink), CARLAS, VaultDamaged, id="no key file"),
        pytest.param(_both_key_files(lambda p: p.write_bytes(b"")), CARLAS, VaultDamaged, id="empty key file"),
        pytest.param(
            _both_key_files(lambda p: p.write_bytes(p.read_bytes()[:900])), CARLAS, VaultDamaged, id="half a key file"
        ),
        pytest.param(_both_key_files(_later_key_file), CARLAS, VaultTooNew, id="key file of a later version"),
        pytest.param(_and_no_journal(_without_database), CARLAS, VaultMissing, id="no database"),
        pytest.param(_and_no_journal(_empty_database), CARLAS, VaultDamaged, id="empty database"),
        pytest.param(_and_no_journal(_plain_database), CARLAS, VaultDamaged, id="database that is not encrypted"),
        pytest.param(_and_no_journal(_cut_database), CARLAS, VaultDamaged, id="cut database"),
        pytest.param(_and_no_journal(_flipped_database), CARLAS, VaultDamaged, id="one bit flipped"),
        pytest.param(
            _and_no_journal(_flipped_with_log_left_over), CARLAS, VaultDamaged, id="one bit flipped, after a crash"
        ),
        pytest.param(shutil.rmtree, CARLAS, VaultMissing, id="no folder"),
    ],
)
def test_a_store_that_does_not_open_stays_as_it_is(
    store: Specimen,
    fingerprint: Fingerprint,
    wrong: Callable[[Path], None],
    passphrase: str,
    expected: type[WorldError],
) -> None:
    wrong(store.folder)
    before = fingerprint()
    with pytest.raises(expected) as refusal:
        vault.unlock(store.folder, store.carla, passphrase)
    assert type(refusal.value) is expected
    assert fingerprint() == before
    assert "beschädigt" not in str(refusal.value)


def test_an_empty_database_is_called_empty(store: Specimen) -> None:
    _and_no_journal(_empty_database)(store.folder)
    with pytest.raises(VaultDamaged, match="ist leer"):
        store.unlock()


def test_another_stores_database_is_refused(store: Specimen, foreign: Specimen, fingerprint: Fingerprint) -> None:
    shutil.copy(foreign.folder / engine.NAME, store.folder)
    (store.folder / journal_file.NAME).unlink()
    before = fingerprint()
    with pytest.raises(VaultDamaged, match="passen nicht zusammen"):
        store.unlock()
    assert fingerprint() == before


def test_another_stores_key_file_is_refused(store: Specimen, foreign: Specimen, fingerprint: Fingerprint) -> None:
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        shutil.copy(foreign.folder / name, store.folder)
    before = fingerprint()
    with pytest.raises(VaultDamaged, match="passen nicht zusammen"):
        vault.unlock(store.folder, foreign.carla, CARLAS)
    assert fingerprint() == before


def test_a_store_of_a_later_version_is_refused(store: Specimen, fingerprint: Fingerprint) -> None:
    with store.unlock() as opened, opened.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = fingerprint()
    with pytest.raises(VaultTooNew, match="neueren Version"):
        store.unlock()
    assert fingerprint() == before


@pytest.mark.parametrize(
    "change",
    ["PRAGMA application_id = 0", "UPDATE store_identity SET store = '{}'", "UPDATE store_identity SET generation = 7"],
)
def test_a_database_that_names_another_store_is_refused(store: Specimen, fingerprint: Fingerprint, change: str) -> None:
    with store.unlock() as opened:
        engine.driver_connection(opened.engine).execute(change.replace("{}", str(uuid4())))
    before = fingerprint()
    with pytest.raises(VaultDamaged, match="passen nicht zusammen"):
        store.unlock()
    assert fingerprint() == before


@pytest.mark.parametrize("name", [keyfile.NAME, keyfile.COPY_NAME])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_either_copy_of_the_key_file_will_do_and_is_mended(
    store: Specimen, name: str, damage: Callable[[Path], None]
) -> None:
    damage(store.folder / name)
    store.unlock().close()
    assert (store.folder / keyfile.NAME).read_bytes() == (store.folder / keyfile.COPY_NAME).read_bytes()
    assert len(keyfile.read_all(store.folder)) == 1


def test_a_log_left_by_a_crash_is_worked_off(store: Specimen, tmp_path: Path) -> None:
    opened = store.unlock()
    with opened.engine.begin() as connection:  # past `session`, so the log is not carried over
        connection.execute(text("INSERT INTO counter (series, year, last) VALUES ('SP', 2026, 7)"))
    crashed = tmp_path / "crashed"
    shutil.copytree(store.folder, crashed)
    opened.close()
    assert (crashed / "trittstein.db-wal").stat().st_size > 0
    with vault.unlock(crashed, store.carla, CARLAS) as after, after.session() as session:
        assert session.execute(text("SELECT last FROM counter")).scalar() == 7


def test_a_disk_too_full_to_look_first_keeps_nobody_out(
    store: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    opened = store.unlock()
    with opened.engine.begin() as connection:
        connection.execute(text("INSERT INTO counter (series, year, last) VALUES ('SP', 2026, 7)"))
    crashed = tmp_path / "crashed"
    shutil.copytree(store.folder, crashed)
    opened.close()
    monkeypatch.setattr(engine.shutil, "copyfile", full)
    monkeypatch.setattr(keyfile, "write_whole", full)
    with vault.unlock(crashed, store.carla, CARLAS) as after, after.session() as session:
        assert session.execute(text("SELECT last FROM counter")).scalar() == 7


def test_a_log_left_by_a_crash_is_not_worked_off_for_a_store_that_is_refused(store: Specimen, tmp_path: Path) -> None:
    opened = store.unlock()
    with opened.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    crashed = tmp_path / "crashed"
    shutil.copytree(store.folder, crashed, ignore=shutil.ignore_patterns("*-shm"))
    opened.close()
    before = {path.name: path.read_bytes() for path in crashed.iterdir()}
    with pytest.raises(VaultTooNew):
        vault.unlock(crashed, store.carla, CARLAS)
    assert {path.name: path.read_bytes() for path in crashed.iterdir()} == before


def test_a_page_torn_while_the_log_was_carried_over_is_healed_by_it(store: Specimen, tmp_path: Path) -> None:
    opened = store.unlock()
    with opened.engine.begin() as connection:
        connection.execute(text("CREATE TABLE touches_the_first_page (way TEXT PRIMARY KEY)"))
    crashed = tmp_path / "crashed"
    shutil.copytree(store.folder, crashed)
    opened.close()
    _flipped_database(crashed)
    with vault.unlock(crashed, store.carla, CARLAS) as after:
        assert engine.driver_connection(after.engine).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_database_is_marked_as_ours(opened: vault.Vault) -> None:
    assert identity.read(engine.driver_connection(opened.engine)) == (opened.store_id, 1)
