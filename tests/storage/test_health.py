"""A store that is not sound is found out, and the date of the last check is kept."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
from random_saves import content_of, flip, save_one
from specimen_store import Specimen

from desk_app.storage import checks, health, vault
from desk_app.storage import engine as engines

MORNING = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)


def checked(opened: vault.Vault) -> health.Health:
    found = health.full(opened, MORNING)
    assert found is not None
    return found


def test_a_sound_store_is_called_sound(opened: vault.Vault) -> None:
    save_one(opened, 1, random.Random(1))
    assert health.quick(opened, MORNING).sound
    found = checked(opened)
    assert found.sound
    assert [finding.part for finding in found.findings] == list(health.Part)
    assert health.last(opened.folder) == found


def test_an_altered_page_is_found_although_the_working_connection_still_has_the_old_one(opened: vault.Vault) -> None:
    for number in range(10):
        save_one(opened, number, random.Random(number))
    path = opened.folder / engines.NAME
    assert health.quick(opened, MORNING).sound
    flip(path, path.stat().st_size - 2000)
    found = checked(opened)
    assert not found.sound
    assert any("Journal wiederhergestellt" in finding.words for finding in found.findings)


def test_a_reference_to_nothing_is_found(opened: vault.Vault) -> None:
    connection = engines.driver_connection(opened.engine)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO sending_item VALUES ('a', 'b', 'c', 'd', NULL)")
    connection.execute("PRAGMA foreign_keys = ON")
    assert [finding.sound for finding in checked(opened).findings] == [True, True, False]


def test_saving_goes_on_while_the_store_is_checked(opened: vault.Vault) -> None:
    with opened.beside() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM counter").fetchone()
        save_one(opened, 1, random.Random(1))
    save_one(opened, 2, random.Random(1))
    assert checked(opened).sound


def test_the_signatures_are_read_while_saves_go_on_and_leave_the_file_as_it_is(
    opened: vault.Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = opened.folder / engines.NAME
    genuine, files = checks.ciphertext, []

    def ciphertext(connection: object) -> bool:
        saver = threading.Thread(target=save_one, args=(opened, 1, random.Random(1)))
        files.append(path.read_bytes())
        saver.start()
        saver.join()
        files.append(path.read_bytes())
        return genuine(connection)

    monkeypatch.setattr(checks, "ciphertext", ciphertext)
    assert checked(opened).sound
    assert len(files) == 2
    assert files[0] == files[1] != path.read_bytes(), "what was saved meanwhile came into the file afterwards"


def test_a_check_that_is_broken_off_says_nothing_and_keeps_nothing(opened: vault.Vault) -> None:
    assert health.full(opened, MORNING, stop=lambda: True) is None
    assert health.last(opened.folder) is None
    assert checked(opened).sound


def test_what_only_the_daily_check_finds_is_mended_when_the_store_is_opened_anew(store: Specimen) -> None:
    """A page that no table uses any more: the short check of an orderly start does not read it."""
    chance = random.Random(1)
    with store.unlock() as opened:
        connection = engines.driver_connection(opened.engine)
        connection.execute("CREATE TABLE gone (words TEXT)")
        connection.executemany("INSERT INTO gone VALUES (?)", [("x" * 3000,)] * 20)
        connection.execute("DROP TABLE gone")
        for number in range(3):
            save_one(opened, number, chance)
        held = content_of(opened)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    path = store.folder / engines.NAME
    flip(path, (pages - 3) * 4096 + 700)
    with store.unlock() as opened:
        assert opened.notices == ()
        assert [each.part for each in checked(opened).findings if not each.sound] == [health.Part.CIPHERTEXT]
    with store.unlock() as opened:
        assert "wiederhergestellt" in " ".join(opened.notices)
        assert content_of(opened) == held
        assert health.last(store.folder) is None
        assert checked(opened).sound


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
