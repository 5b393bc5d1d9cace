"""Who can open the store, who no longer can, and what happens to a key file that was tampered with."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from specimen_store import CARLAS, JONAS, Specimen

from desk_app.domain.errors import PassphraseTooWeak, RecoveryCodeMistyped, VaultDamaged, VaultTooNew, WrongPassphrase
from desk_app.storage import engine, keyfile, recovery_code, sealing, vault
from desk_app.storage.slots import RingKey, Slot, SlotKind

GENUINE: dict[UUID, bytes] = {}
"""The key file of the specimen before the first change."""

NEW = "sechs Otter lesen heimlich Comics"


def test_every_user_opens_the_store_with_their_own_passphrase(store: Specimen) -> None:
    for user, passphrase in ((store.carla, CARLAS), (store.jonas, JONAS)):
        with vault.unlock(store.folder, user, passphrase) as opened:
            assert opened.user_id == user


def test_a_changed_passphrase_replaces_the_old_one(store: Specimen) -> None:
    with store.unlock() as opened:
        with pytest.raises(WrongPassphrase):
            opened.change_passphrase(JONAS, NEW)
        opened.change_passphrase(CARLAS, NEW)
    with pytest.raises(WrongPassphrase):
        store.unlock()
    vault.unlock(store.folder, store.carla, NEW).close()


def test_a_forgotten_passphrase_is_set_anew_by_a_colleague(store: Specimen) -> None:
    with store.unlock() as opened:
        opened.set_passphrase(store.jonas, NEW)
    vault.unlock(store.folder, store.jonas, NEW).close()


def test_a_weak_new_passphrase_is_refused(opened: vault.Vault) -> None:
    with pytest.raises(PassphraseTooWeak, match="Namen"):
        opened.set_passphrase(opened.user_id, "Carla Brandt 2026")
    with pytest.raises(PassphraseTooWeak):
        opened.add_user("Petra", "geheim")


def test_a_removed_user_opens_nothing_even_with_an_old_key_file(store: Specimen, tmp_path: Path) -> None:
    old_keys = (store.folder / keyfile.NAME).read_bytes()
    with store.unlock() as opened:
        old_database = (store.folder / engine.NAME).read_bytes()
        opened.remove_user(store.jonas)
        with opened.session() as session:
            assert session.connection().exec_driver_sql("SELECT generation FROM store_identity").scalar() == 2
    assert [user.name for user in vault.list_users(store.folder)] == ["Carla Brandt"]
    with pytest.raises(WrongPassphrase):
        vault.unlock(store.folder, store.jonas, JONAS)
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        shutil.copyfile(store.folder / name, tmp_path / name)
        (store.folder / name).write_bytes(old_keys)
    with pytest.raises(VaultDamaged, match="passen nicht zusammen"):
        vault.unlock(store.folder, store.jonas, JONAS)
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        shutil.copyfile(tmp_path / name, store.folder / name)
    store.unlock().close()
    assert old_database[16:4096] != (store.folder / engine.NAME).read_bytes()[16:4096]


def test_nobody_locks_themselves_out(opened: vault.Vault) -> None:
    with pytest.raises(ValueError, match="themselves"):
        opened.remove_user(opened.user_id)


def test_a_power_cut_while_keys_are_exchanged_leaves_one_that_works(
    store: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = engine.exchange_key
    before, after = tmp_path / "before", tmp_path / "after"

    def watched(on: Any, data_key: bytes) -> None:
        shutil.copytree(store.folder, before)
        exchange(on, data_key)
        shutil.copytree(store.folder, after)

    monkeypatch.setattr(engine, "exchange_key", watched)
    with store.unlock() as opened:
        opened.remove_user(store.jonas)
    with pytest.raises(VaultDamaged):
        vault.unlock(after, store.jonas, JONAS)
    for folder, users in ((before, 2), (after, 1)):
        vault.unlock(folder, store.carla, CARLAS).close()
        assert len(keyfile.read_all(folder)[0].rings) == 1
        assert len(vault.list_users(folder)) == users
        vault.unlock(folder, store.carla, CARLAS).close()


def test_an_exchange_that_fails_leaves_the_store_usable(store: Specimen, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_engine: object, _key: bytes) -> None:
        raise OSError(28, "No space left on device")

    with store.unlock() as opened:
        monkeypatch.setattr(engine, "exchange_key", full)
        with pytest.raises(Exception, match="voll"):
            opened.remove_user(store.jonas)
        monkeypatch.undo()
        with opened.session() as session:
            assert session.connection().exec_driver_sql("SELECT generation FROM store_identity").scalar() == 1
    vault.unlock(store.folder, store.jonas, JONAS).close()


# the recovery code ------------------------------------------------------------------------------------------


def test_the_printed_code_opens_once_and_is_replaced(store: Specimen) -> None:
    typed = store.recovery_code.lower().replace("-", " ")
    recovered = vault.unlock_with_recovery(store.folder, store.carla, typed, NEW)
    recovered.vault.close()
    vault.unlock(store.folder, store.carla, NEW).close()
    with pytest.raises(WrongPassphrase, match="schon ersetzt"):
        vault.unlock_with_recovery(store.folder, store.carla, store.recovery_code, NEW)
    again = vault.unlock_with_recovery(store.folder, store.jonas, recovered.recovery_code, NEW)
    again.vault.close()


def test_another_stores_code_opens_nothing(
    store: Specimen, foreign: Specimen, fingerprint: Callable[[], dict[str, str]]
) -> None:
    before = fingerprint()
    with pytest.raises(WrongPassphrase, match="gehört nicht"):
        vault.unlock_with_recovery(store.folder, store.carla, foreign.recovery_code, NEW)
    assert fingerprint() == before


def test_the_printed_code_survives_the_removal_of_a_user(store: Specimen) -> None:
    with store.unlock() as opened:
        opened.remove_user(store.jonas)
    vault.unlock_with_recovery(store.folder, store.carla, store.recovery_code, NEW).vault.close()


def test_every_mistyped_character_and_every_swap_of_neighbours_is_noticed() -> None:
    code = recovery_code.new_recovery_code()
    letters = code.replace("-", "")
    assert recovery_code.understood(code) == letters[:32]
    for at, letter in enumerate(letters):
        for wrong in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
            if wrong != letter:
                with pytest.raises(RecoveryCodeMistyped):
                    recovery_code.understood(letters[:at] + wrong + letters[at + 1 :])
    for at in range(32):
        if letters[at] != letters[at + 1]:
            with pytest.raises(RecoveryCodeMistyped):
                recovery_code.understood(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])


@pytest.mark.parametrize("typed", ["", "ABCD", "Ä" * 33, "A" * 32, "A" * 34, "1" * 10_000])
def test_what_cannot_be_a_code_is_a_typing_error(typed: str) -> None:
    with pytest.raises(RecoveryCodeMistyped):
        recovery_code.understood(typed)


def test_zero_and_one_are_read_as_the_letters_they_look_like() -> None:
    letters = "OI" * 15 + "BB"
    assert recovery_code.understood(recovery_code.shown(letters).replace("O", "0").replace("I", "1")) == letters


# a key file that was tampered with --------------------------------------------------------------------------


def _tampered(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        values = json.loads((folder / name).read_text())
        change(values["rings"][0]["slots"])
        (folder / name).write_text(json.dumps(values))


def _exchanged(slots: list[dict[str, Any]]) -> None:
    carla, jonas = (next(slot for slot in slots if slot["name"].startswith(name)) for name in ("Carla", "Jonas"))
    carla["id"], jonas["id"] = jonas["id"], carla["id"]


def _weakened(slots: list[dict[str, Any]]) -> None:
    for slot in slots:
        slot["kdf"]["iterations"] += 1


def _made_a_recovery_slot(slots: list[dict[str, Any]]) -> None:
    for slot in slots:
        slot["kind"] = "user" if slot["kind"] == "recovery" else "recovery"


@pytest.mark.parametrize("change", [_exchanged, _weakened])
def test_a_slot_that_was_moved_or_altered_does_not_open(
    store: Specimen, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    _tampered(store.folder, change)
    with pytest.raises(WrongPassphrase):
        store.unlock()
    with pytest.raises(WrongPassphrase):
        vault.unlock(store.folder, store.carla, JONAS)


def test_a_user_made_into_a_recovery_slot_does_not_open(store: Specimen) -> None:
    _tampered(store.folder, _made_a_recovery_slot)
    with pytest.raises(WrongPassphrase):
        vault.unlock_with_recovery(store.folder, _recovery_id(store), store.recovery_code, NEW)


def _recovery_id(store: Specimen) -> Any:
    slot = next(slot for slot in keyfile.read_all(store.folder)[0].newest.slots if slot.name == "")
    return slot.id


def test_a_slot_from_another_store_does_not_open(store: Specimen, foreign: Specimen) -> None:
    theirs = json.loads((foreign.folder / keyfile.NAME).read_text())["rings"][0]["slots"]

    _tampered(store.folder, lambda slots: slots.extend(theirs))
    with pytest.raises(WrongPassphrase):
        vault.unlock(store.folder, foreign.carla, CARLAS)


def _stranger_in_jonas_place(slots: list[dict[str, Any]]) -> None:
    jonas = next(slot for slot in slots if slot["name"].startswith("Jonas"))
    key = RingKey(uuid4(), 1, bytes(32))
    stranger = Slot.make(uuid4(), SlotKind.USER, jonas["name"], NEW, sealing.FLOOR, key)
    jonas.update(public_key=stranger.to_json()["public_key"], private_key=stranger.to_json()["private_key"])


@pytest.mark.parametrize("change", [_stranger_in_jonas_place, list.pop], ids=["exchanged", "taken out"])
def test_a_key_slipped_in_for_a_colleague_is_found_out(
    store: Specimen, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    _tampered(store.folder, change)
    with pytest.raises(VaultDamaged, match="außerhalb von Trittstein verändert"):
        store.unlock()


@pytest.mark.parametrize(
    "kdf",
    [
        {"memory_kib": 4 * 1024**3, "iterations": 3, "lanes": 4},
        {"memory_kib": 65_536, "iterations": 10**9, "lanes": 4},
        {"memory_kib": 1_024, "iterations": 1, "lanes": 1},
        {"memory_kib": 65_536, "iterations": 3},
        {"memory_kib": 65_536, "iterations": 3, "lanes": 0},
    ],
)
def test_costs_outside_the_agreed_range_are_refused_before_anything_is_allocated(
    store: Specimen, kdf: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(*_anything: object) -> bytes:
        raise AssertionError("a key was derived")

    _tampered(store.folder, lambda slots: [slot.update(kdf=kdf) for slot in slots] and None)
    monkeypatch.setattr(sealing, "stretch", reached)
    with pytest.raises(VaultDamaged, match="Schlüsseldatei"):
        store.unlock()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b'{"format": "1"}', b'{"format": 1e999}', b"[" * 100_000, b"\xff\xfe", b" " * 2_000_000],
    ids=lambda content: f"{content[:12]!r}",
)
def test_any_bytes_for_a_key_file_are_answered_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / keyfile.NAME).write_bytes(content)
    with pytest.raises(VaultDamaged, match="Schlüsseldatei"):
        keyfile.read_all(tmp_path)


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_key_file_changed_anywhere_is_read_or_refused(store: Specimen, data: st.DataObject) -> None:
    content = bytearray(GENUINE.setdefault(store.carla, (store.folder / keyfile.NAME).read_bytes()))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        (store.folder / name).write_bytes(content)
    with contextlib.suppress(VaultDamaged, VaultTooNew):
        assert keyfile.read_all(store.folder)[0].newest.slots


def test_a_key_is_never_shown_by_its_holder() -> None:
    key = RingKey(uuid4(), 1, b"\x01" * 32)
    assert "01" * 8 not in repr(key).replace(str(key.store), "")
    assert "data_key" not in repr(key)


def test_a_machine_is_measured_within_the_agreed_range(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sealing.calibrate().memory_kib >= sealing.FLOOR.memory_kib
    monkeypatch.setattr(sealing.process, "free_memory", lambda: 0)
    assert sealing.calibrate().memory_kib == sealing.FLOOR.memory_kib
