"""A clock that is wrong, set back, or strikes one hour twice changes no order, no number and no deadline."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import builders
import pytest
from conftest import SettableClock
from sqlalchemy import select

from desk_app import bootstrap
from desk_app.casework import audit, centre, families, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain.clock import berlin
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage.tables import AuditEntry


def begin(desk: Desk) -> str:
    file, _ = desk.do(lambda work: intake.start(work, uuid4()))
    return file.household.text("file_number")


def states(desk: Desk, family: builders.StoredFamily) -> list[str]:
    file, _ = desk.do(lambda work: families.load(work, family.household))
    return [event.state for event in file.events]


def answer(desk: Desk, family: builders.StoredFamily, key: str, value: str | None) -> None:
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), key, value))


def test_the_year_of_a_file_number_turns_at_midnight_in_germany(desk: Desk, clock: SettableClock) -> None:
    clock.set(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    assert begin(desk) == "2026-0001"
    clock.advance(minutes=1)
    assert begin(desk) == "2027-0001"


def test_no_file_number_is_given_twice_by_a_clock_set_back(desk: Desk, clock: SettableClock) -> None:
    numbers = []
    for moment in (
        datetime(2026, 12, 31, 12),
        datetime(2027, 1, 1, 12),
        datetime(2026, 12, 31, 13),
        datetime(1970, 1, 1),
    ):
        clock.set(moment.replace(tzinfo=UTC))
        numbers += [begin(desk), begin(desk)]
    assert len(set(numbers)) == len(numbers)
    assert numbers[4:] == ["2026-0003", "2026-0004", "1970-0001", "1970-0002"]


@pytest.mark.parametrize("shift", [timedelta(hours=-11), timedelta(days=365)], ids=["back", "a year on"])
def test_what_came_last_counts_as_last_whatever_the_clock_says(
    desk: Desk, clock: SettableClock, shift: timedelta
) -> None:
    family, _ = desk.do(builders.store_family)
    clock.advance(minutes=5)
    answer(desk, family, "german_level", None)
    clock.now += shift
    answer(desk, family, "german_level", "a1")
    assert states(desk, family)[-2:] == ["draft", "complete"]
    entries, _ = desk.do(lambda work: list(work.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.sequence))))
    assert [deed for deed in entries if deed.startswith("request.")][-2:] == ["request.draft", "request.complete"]
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None


def test_in_the_hour_that_comes_twice_the_order_stays(desk: Desk, clock: SettableClock) -> None:
    family, _ = desk.do(builders.store_family)
    first = datetime(2027, 10, 31, 2, 50, tzinfo=berlin())
    clock.set(first)
    answer(desk, family, "german_level", None)
    clock.set(first.replace(hour=2, minute=10, fold=1))
    assert clock() - first.astimezone(UTC) == timedelta(minutes=20)
    answer(desk, family, "german_level", "a1")
    assert states(desk, family)[-2:] == ["draft", "complete"]


def test_who_moves_on_a_leap_day_lived_there_until_the_day_before(desk: Desk, clock: SettableClock) -> None:
    family, _ = desk.do(builders.store_family)
    clock.set(datetime(2028, 2, 29, 10, tzinfo=UTC))

    def move(work: Work) -> None:
        home = families.load(work, family.household).all(RecordKind.ADDRESS)[0]
        intake.set_value(work, home.ref, "street", "Musterweg")

    desk.do(move)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    assert file.all(RecordKind.ADDRESS)[0].day("valid_from") == date(2028, 2, 29)
    assert file.history[0].day("valid_to") == date(2028, 2, 28)


def test_a_file_closed_on_a_leap_day_has_a_day_of_deletion(desk: Desk, clock: SettableClock) -> None:
    clock.set(datetime(2028, 2, 29, 10, tzinfo=UTC))
    years = desk.do(centre.load)[0].retention_years
    assert desk.do(centre.deletion_day)[0] == date(2028 + years, 12, 31)


def test_a_file_closed_in_the_last_minutes_of_the_year_counts_from_that_year(desk: Desk, clock: SettableClock) -> None:
    clock.set(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    before, _ = desk.do(centre.deletion_day)
    clock.advance(minutes=2)
    assert desk.do(centre.deletion_day)[0].year == before.year + 1


@pytest.mark.parametrize(("hours", "told"), [(-1, False), (-11, True), (24, False), (-24 * 365 * 50, True)])
def test_a_clock_behind_the_work_already_done_is_told_when_the_store_opens(
    shut_store: builders.ShutStore, tmp_path: Path, clock: SettableClock, hours: int, told: bool
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    clock.advance(hours=hours)
    desk = bootstrap.unlock(folder, shut_store.user, builders.PASSPHRASE, clock=clock)
    try:
        assert any("Uhr dieses PCs" in words for words in desk.notices) == told
    finally:
        desk.close()
