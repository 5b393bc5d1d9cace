"""A store that is not sound is found out, and the date of the last check is kept."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from random_saves import flip, save_one
from specimen_store import Specimen

from desk_app.storage import engine as engines
from desk_app.storage import health, vault

MORNING = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)


def test_a_sound_store_is_called_sound(opened: vault.Vault) -> None:
    save_one(opened, 1, random.Random(1))
    assert health.quick(opened, MORNING).sound
    found = health.full(opened, MORNING)
    assert found.sound
    assert len(found.findings) == 3
    assert health.last(opened.folder) == found


def test_an_altered_page_is_found_although_the_working_connection_still_has_the_old_one(opened: vault.Vault) -> None:
    for number in range(10):
        save_one(opened, number, random.Random(number))
    path = opened.folder / engines.NAME
    assert health.quick(opened, MORNING).sound
    flip(path, path.stat().st_size - 2000)
    found = health.full(opened, MORNING)
    assert not found.sound
    assert any("Journal wiederhergestellt" in finding.words for finding in found.findings)


def test_a_reference_to_nothing_is_found(opened: vault.Vault) -> None:
    connection = engines.driver_connection(opened.engine)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO sending_item VALUES ('a', 'b', 'c', 'd')")
    connection.execute("PRAGMA foreign_keys = ON")
    assert [finding.sound for finding in health.full(opened, MORNING).findings] == [True, True, False]


def test_saving_goes_on_while_the_store_is_checked(opened: vault.Vault) -> None:
    with opened.beside() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM counter").fetchone()
        save_one(opened, 1, random.Random(1))
    save_one(opened, 2, random.Random(1))
    assert health.full(opened, MORNING).sound


def test_a_check_is_due_once_a_day(store: Specimen) -> None:
    assert health.is_due(store.folder, MORNING)
    with store.unlock() as opened:
        health.full(opened, MORNING)
    assert not health.is_due(store.folder, MORNING + timedelta(hours=8))
    assert health.is_due(store.folder, MORNING + timedelta(days=1))
    assert health.is_due(store.folder, MORNING - timedelta(days=1)), "the clock was put back"
    (store.folder / health.NAME).write_text("[]")
    assert health.is_due(store.folder, MORNING)


@pytest.mark.parametrize(("warn_below", "warned"), [(0, False), (1 << 60, True)])
def test_little_room_is_said(store: Specimen, warn_below: int, warned: bool) -> None:
    found = health.space(store.folder, warn_below=warn_below)
    assert found.free > 0
    assert ("MB frei" in found.words) is warned
