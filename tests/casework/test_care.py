"""The open store is looked after by itself: room on the disk, the daily check, what must not stay."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import builders
import pytest
from sqlalchemy import select

from desk_app.casework.care import Caretaker, Part
from desk_app.casework.desk import Desk
from desk_app.storage import checks, health, reserve
from desk_app.storage.tables import AuditEntry

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


@pytest.fixture
def caretaker(desk: Desk) -> Caretaker:
    return Caretaker(desk)


@pytest.fixture(autouse=True)
def small_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = reserve.make
    monkeypatch.setattr(reserve, "make", lambda folder: genuine(folder, size=1000, leave_free=0))


def _told(desk: Desk) -> list[list[str]]:
    entries = select(AuditEntry.fields).where(AuditEntry.deed == "store.told").order_by(AuditEntry.sequence)
    return list(desk.do(lambda work: list(work.session.scalars(entries)))[0])


def _expired(desk: Desk) -> int:
    entries = select(AuditEntry).where(AuditEntry.deed == "backup.expired")
    return len(desk.do(lambda work: list(work.session.scalars(entries)))[0])


# the reserve and the disk ------------------------------------------------------------------------------------------


def test_the_reserve_is_laid_once_the_rush_of_opening_is_over(desk: Desk, caretaker: Caretaker, clock: Any) -> None:
    caretaker.round()
    assert not reserve.is_there(desk.vault.folder)
    clock.advance(minutes=2)
    standing = caretaker.round()
    assert standing.room is not None
    assert standing.room.reserve
    assert _told(desk) == [], "nothing is amiss"


def _with_room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    genuine = health.space
    words = "knapp" if free < health.WARN_BELOW_BYTES else ""
    monkeypatch.setattr(health, "space", lambda folder: genuine(folder) and health.Space(free, words))


def test_a_full_disk_is_told_once_and_so_is_its_end_whoever_opens_the_desk_meanwhile(
    desk: Desk, caretaker: Caretaker, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(minutes=2)
    caretaker.round()
    _with_room(monkeypatch, 400_000_000)
    assert caretaker.round().room.low  # type: ignore[union-attr]  # the system says how much
    assert _told(desk) == [["Auf der Festplatte wird der Platz knapp."]]
    monkeypatch.setattr(reserve, "make", reserve.is_there)
    reserve.release(desk.vault.folder)
    caretaker.round()
    again = Caretaker(desk)
    again.round()
    assert len(_told(desk)) == 2
    assert "Die Festplatte war voll; die Platzreserve wurde freigegeben." in _told(desk)[-1]
    (desk.vault.folder / reserve.NAME).write_bytes(b"x")
    _with_room(monkeypatch, 80_000_000_000)
    again.round()
    again.round()
    assert _told(desk)[2:] == [["Platz und Datenbank sind wieder in Ordnung."]]


def test_what_the_store_had_to_say_calls_for_no_backup(
    desk: Desk, caretaker: Caretaker, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caretaker.round()
    count = len(caretaker.overview().entries)
    _with_room(monkeypatch, 400_000_000)
    clock.advance(minutes=40)
    caretaker.round()
    assert len(_told(desk)) == 1
    assert len(caretaker.overview().entries) == count


# the daily check ---------------------------------------------------------------------------------------------------


def test_the_store_is_looked_through_once_a_day_and_not_right_after_opening(
    desk: Desk, caretaker: Caretaker, clock: Any
) -> None:
    assert caretaker.round().health is None
    clock.advance(minutes=2)
    found = caretaker.round().health
    assert found is not None
    assert (found.sound, found.at) == (True, NOW + timedelta(minutes=2))
    clock.advance(hours=8)
    assert caretaker.round().health == found
    clock.advance(hours=16)
    assert caretaker.round().health != found


def test_what_is_unsound_is_told_once_and_mended_by_opening_anew(
    desk: Desk, caretaker: Caretaker, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    with monkeypatch.context() as patch:
        patch.setattr(checks, "ciphertext", lambda _connection: bool(asked.append(1)))
        for _minute in range(5):
            clock.advance(minutes=1)
            standing = caretaker.round()
        assert len(asked) == 1, "only a new start mends it, so asking again each minute is of no use"
        assert [each.part for each in standing.unsound] == [Part.CIPHERTEXT]
        assert caretaker.check().unsound, "somebody may ask all the same"
    ((sentence,),) = _told(desk)
    assert sentence == standing.unsound[0].words
    again = Caretaker(desk)
    assert again.round().unsound, "known from the last time"
    clock.advance(minutes=2)
    assert again.round().unsound == ()
    assert _told(desk)[1:] == [["Platz und Datenbank sind wieder in Ordnung."]]


def test_closing_does_not_wait_for_a_check(desk: Desk, caretaker: Caretaker, clock: Any) -> None:
    clock.advance(minutes=2)
    caretaker.hurry()
    assert caretaker.round().health is None
    assert caretaker.round(closing=True).unsound == ()


# what must not stay ------------------------------------------------------------------------------------------------


def _day(path: Path, *, folder: bool) -> Path:
    if folder:
        path.mkdir(parents=True)
        (path / "trittstein.db").write_bytes(b"x")
    else:
        path.write_bytes(b"x")
    return path


def _weekly(desk: Desk, caretaker: Caretaker, clock: Any, weeks: int) -> None:
    """The desk is used on one day in each week."""
    for _week in range(weeks):
        clock.advance(days=7)
        desk.do(builders.store_family)
        caretaker.round()


def test_what_lies_in_quarantine_goes_when_backups_of_that_age_go(
    desk: Desk, caretaker: Caretaker, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = desk.vault.folder
    caretaker.round()
    shelf = folder / "Sicherungen"
    aside = [
        _day(folder / "quarantaene-2026-11-26", folder=True),
        _day(folder / "quarantaene-2026-11-26T1042-2", folder=True),
        _day(shelf / "beschaedigt-sicherung-2026-11-26T1042", folder=True),
        _day(folder / "trittstein-vor-0001.db", folder=False),
        _day(folder / ".trittstein-neu-abc", folder=True),
    ]
    for path in aside[3:]:
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    later = _day(folder / "quarantaene-2027-03-01", folder=True)
    ours = _day(folder / "quarantaene-von-mir", folder=True)
    clock.advance(weeks=39)
    _weekly(desk, caretaker, clock, 1)
    assert all(path.exists() for path in aside), "forty weeks to the day"
    assert _expired(desk) == 0
    _weekly(desk, caretaker, clock, 2)
    assert [path.name for path in aside if path.exists()] == []
    assert later.exists()
    assert ours.exists(), "its name says no day"
    assert _expired(desk) == 1
    assert caretaker.overview().quarantines == 2


def test_a_clock_that_is_ahead_empties_no_quarantine(desk: Desk, caretaker: Caretaker, clock: Any) -> None:
    kept = _day(desk.vault.folder / "quarantaene-2026-11-26", folder=True)
    _weekly(desk, caretaker, clock, 1)
    clock.advance(days=900)
    desk.do(builders.store_family)
    caretaker.round()
    assert kept.exists()


def test_without_a_backup_of_an_earlier_day_nothing_goes(desk: Desk, caretaker: Caretaker, clock: Any) -> None:
    kept = _day(desk.vault.folder / "quarantaene-2020-01-01", folder=True)
    clock.advance(minutes=2)
    caretaker.round()
    assert kept.exists()


def test_bad_backups_of_another_store_on_the_same_stick_stay(
    desk: Desk, caretaker: Caretaker, clock: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    caretaker.choose(stick)
    theirs = _day(stick / "Sicherungen" / "beschaedigt-sicherung-2020-01-01T0800", folder=True)
    _weekly(desk, caretaker, clock, 2)
    assert theirs.exists()
