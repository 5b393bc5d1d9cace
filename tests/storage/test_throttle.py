"""The wait after a wrong secret: how long, for whom, across restarts and with the clock set to anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import SettableClock  # the one of all tests
from specimen_store import CARLAS, Specimen

from desk_app import bootstrap, settings
from desk_app.domain.errors import RecoveryCodeMistyped, TooSoon, WrongPassphrase
from desk_app.storage import throttle
from desk_app.storage.throttle import CODE, Throttle

Fingerprint = Callable[[], dict[str, str]]


def fail(door: Throttle, who: object, error: type[WrongPassphrase] = WrongPassphrase) -> None:
    with pytest.raises(error), door.attempt(str(who)):
        raise error


@pytest.fixture
def door(store: Specimen, clock: SettableClock) -> Throttle:
    return Throttle(store.folder, clock)


def test_each_wrong_try_waits_twice_as_long_up_to_a_minute(
    door: Throttle, store: Specimen, clock: SettableClock
) -> None:
    waits = []
    for _try in range(9):
        fail(door, store.carla)
        waits.append(door.seconds_left(store.carla))
        clock.advance(seconds=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert door.seconds_left(store.carla) == 0


def test_too_soon_says_how_long_and_tries_nothing(store: Specimen, clock: SettableClock) -> None:
    for _try in range(4):
        with pytest.raises(WrongPassphrase):
            bootstrap.unlock(store.folder, store.carla, "Rate mal mit Rosenthal 9", clock=clock)
        clock.advance(seconds=8)
    clock.advance(seconds=-5)
    with pytest.raises(TooSoon, match="in 5 Sekunden") as told:
        bootstrap.unlock(store.folder, store.carla, CARLAS, clock=clock)
    assert told.value.seconds == 5
    clock.advance(seconds=5)
    bootstrap.unlock(store.folder, store.carla, CARLAS, clock=clock).close()


def test_it_survives_a_restart_and_is_each_users_own(door: Throttle, store: Specimen, clock: SettableClock) -> None:
    fail(door, store.carla)
    again = Throttle(store.folder, clock)
    assert again.seconds_left(store.carla) == 1
    assert again.seconds_left(store.jonas) == 0


def test_a_backup_of_the_store_shares_its_wait(
    door: Throttle, store: Specimen, clock: SettableClock, tmp_path: Path
) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "trittstein.keys").write_bytes((store.folder / "trittstein.keys").read_bytes())
    fail(door, store.carla)
    assert Throttle(tmp_path / "copy", clock).seconds_left(store.carla) == 1


def test_one_damaged_copy_of_the_keys_frees_nobody(door: Throttle, store: Specimen, clock: SettableClock) -> None:
    fail(door, store.carla)
    (store.folder / "trittstein.keys").write_bytes(b"damaged")
    assert Throttle(store.folder, clock).seconds_left(store.carla) == 1


def test_a_clock_set_back_waits_at_most_a_minute(door: Throttle, store: Specimen, clock: SettableClock) -> None:
    for _try in range(7):
        clock.advance(seconds=60)
        fail(door, store.carla)
    clock.advance(hours=-11)
    assert door.seconds_left(store.carla) == 60
    clock.advance(seconds=45)
    assert door.seconds_left(store.carla) == 15
    clock.advance(seconds=15)
    assert door.seconds_left(store.carla) == 0


def test_a_clock_set_a_year_on_frees_one_try_only(door: Throttle, store: Specimen, clock: SettableClock) -> None:
    for _try in range(7):
        clock.advance(seconds=60)
        fail(door, store.carla)
    clock.advance(days=365)
    fail(door, store.carla)
    assert door.seconds_left(store.carla) == 60
    clock.advance(days=-365)
    assert door.seconds_left(store.carla) == 60


def test_a_code_with_a_typing_error_costs_nothing(door: Throttle) -> None:
    fail(door, CODE, RecoveryCodeMistyped)
    assert door.seconds_left(CODE) == 0
    fail(door, CODE)
    assert door.seconds_left(CODE) == 1


def test_a_wrong_code_counts_for_whoever_it_was_tried(store: Specimen, clock: SettableClock) -> None:
    others = "AAAAA" + store.recovery_code[5:]
    with pytest.raises(RecoveryCodeMistyped):
        bootstrap.recover(store.folder, store.carla, others, "Brunnen Kiesel Nadel 12", clock=clock)
    from desk_app.storage.recovery_code import new_recovery_code

    with pytest.raises(WrongPassphrase):
        bootstrap.recover(store.folder, store.carla, new_recovery_code(), "Brunnen Kiesel Nadel 12", clock=clock)
    with pytest.raises(TooSoon):
        bootstrap.recover(store.folder, store.jonas, store.recovery_code, "Brunnen Kiesel Nadel 12", clock=clock)


def test_success_clears_the_wait_and_wrong_tries_leave_the_store_alone(
    store: Specimen, clock: SettableClock, fingerprint: Fingerprint
) -> None:
    before = fingerprint()
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(store.folder, store.carla, "Rate mal mit Rosenthal 9", clock=clock)
    assert fingerprint() == before
    clock.advance(seconds=1)
    bootstrap.unlock(store.folder, store.carla, CARLAS, clock=clock).close()
    assert Throttle(store.folder, clock).tries(store.carla).count == 0


def test_what_is_kept_names_nobody(door: Throttle, store: Specimen) -> None:
    fail(door, store.carla)
    (kept,) = settings.folder().glob("versuche-*.json")
    words = kept.read_text(encoding="utf-8")
    assert "Carla" not in words
    assert set(json.loads(words)) == {str(store.carla)}


@pytest.mark.parametrize("content", ["", "[]", '{"x": 1}', '{"x": {"count": 3, "times": [], "waiting_since": null}}'])
def test_a_note_that_is_not_understood_keeps_nobody_out(door: Throttle, store: Specimen, content: str) -> None:
    fail(door, store.carla)
    (kept,) = settings.folder().glob("versuche-*.json")
    kept.write_text(content, encoding="utf-8")
    assert door.seconds_left(store.carla) == 0
    fail(door, store.carla)
    assert door.seconds_left(store.carla) == 1


def test_thousands_of_tries_stay_a_small_file(
    door: Throttle, store: Specimen, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "_TIMES_KEPT", 5)
    for _try in range(12):
        fail(door, store.carla)
        clock.advance(seconds=60)
    tries = door.tries(store.carla)
    assert (tries.count, len(tries.times)) == (12, 5)
    assert tries.times[-1] == clock() - timedelta(seconds=60)
