"""When the desk backs up by itself, what it remembers, and how it says where it stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from desk_app.casework import backup_rules, backups
from desk_app.casework.backup_rules import Kind, Tone
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk
from desk_app.domain.errors import DiskFull, TargetGone, TargetNotWritable, VaultBusy, WrongPassphrase
from desk_app.storage import backup, backup_set, backup_state, vault
from desk_app.storage.backup_state import Failure, Place, State, Target
from desk_app.storage.tables import AuditEntry

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
"""A Thursday."""


@pytest.fixture
def keeper(desk: Desk) -> BackupKeeper:
    return BackupKeeper(desk)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def two_disks(monkeypatch: pytest.MonkeyPatch, stick: Path) -> None:
    """The stick is a device of its own, though here it is a folder."""
    genuine = Path.stat

    def stat(path: Path, **how: Any) -> Any:
        found = genuine(path, **how)
        return _OtherDevice(found) if path.is_relative_to(stick) else found

    monkeypatch.setattr(Path, "stat", stat)


class _OtherDevice:
    def __init__(self, genuine: Any) -> None:
        self._genuine = genuine

    def __getattr__(self, name: str) -> Any:
        return -1 if name == "st_dev" else getattr(self._genuine, name)


def _work(desk: Desk) -> None:
    desk.do(builders.store_family)


def _deeds(desk: Desk) -> list[str]:
    found, _touched = desk.do(
        lambda work: [
            f"{entry.deed} {','.join(entry.fields)}".strip()
            for entry in work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))
            if entry.deed.startswith("backup.")
        ]
    )
    return found


def _here(desk: Desk) -> list[backups.BackupEntry]:
    return backups.list_backups(desk.vault.folder)


# by itself ---------------------------------------------------------------------------------------------------------


def test_a_desk_backs_up_every_half_hour_in_which_something_changed(
    desk: Desk, keeper: BackupKeeper, clock: Any
) -> None:
    keeper.round()
    assert len(_here(desk)) == 1
    for minutes, changes, expected in ((29, True, 1), (1, False, 2), (60, False, 2), (0, True, 3), (5, True, 3)):
        clock.advance(minutes=minutes)
        if changes:
            _work(desk)
        keeper.round()
        assert len(_here(desk)) == expected, minutes
    assert all(each.verified for each in _here(desk))


def test_closing_backs_up_what_changed_since(desk: Desk, keeper: BackupKeeper, clock: Any) -> None:
    keeper.round()
    (first,) = _here(desk)
    clock.advance(minutes=1)
    keeper.round(closing=True)
    assert _here(desk)[0].made_at == NOW
    _work(desk)
    keeper.round(closing=True)
    assert _here(desk)[0].made_at == NOW + timedelta(minutes=1)
    assert _here(desk)[0].sequence > first.sequence


def test_each_backup_is_in_the_audit_and_is_no_change_itself(desk: Desk, keeper: BackupKeeper, clock: Any) -> None:
    keeper.round()
    clock.advance(minutes=40)
    keeper.round()
    assert _deeds(desk) == ["backup.made here", "backup.drilled here"]


def test_what_is_old_goes_by_itself(desk: Desk, keeper: BackupKeeper, clock: Any) -> None:
    for _number in range(4):
        _work(desk)
        keeper.back_up_now()
        clock.advance(minutes=1)
    clock.advance(days=2)
    _work(desk)
    keeper.round()
    assert len(_here(desk)) == 2


def test_one_that_somebody_took_away_is_made_anew(desk: Desk, keeper: BackupKeeper) -> None:
    keeper.round()
    shutil.rmtree(_here(desk)[0].place)
    keeper.round()
    assert len(_here(desk)) == 1
    shutil.rmtree(desk.vault.folder / "Sicherungen")
    keeper.round()
    assert len(_here(desk)) == 1


def test_the_store_is_rebuilt_from_the_last_backup_and_the_journal_since(
    desk: Desk, keeper: BackupKeeper, clock: Any
) -> None:
    """Also when thinning went by in between: the backup that the journal goes on from stays."""
    folder = desk.vault.folder
    for _number in range(3):
        _work(desk)
        keeper.back_up_now()
        clock.advance(minutes=1)
    _work(desk)
    expected = _entries(desk)
    desk.vault.close()
    (folder / "trittstein.db").unlink()
    back = Desk(vault.unlock(folder, desk.user, builders.PASSPHRASE, clock=clock), desk.user, clock)
    try:
        assert _entries(back) == expected
        assert "wiederhergestellt" in " ".join(back.vault.notices)
    finally:
        back.vault.close()


def test_where_the_journal_cannot_go_on_from_it_the_backup_of_before_stays(
    desk: Desk, keeper: BackupKeeper, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_anything: object) -> None:
        raise OSError(28, "as the system says it")

    keeper.round()
    _work(desk)
    clock.advance(minutes=1)
    monkeypatch.setattr(type(desk.vault), "rotate_journal", failing)
    keeper.back_up_now()
    assert len(_here(desk)) == 2


# somewhere else ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_disks")
def test_a_second_place_gets_its_own_and_all_is_fine(desk: Desk, keeper: BackupKeeper, stick: Path) -> None:
    assert keeper.round().kind is Kind.NO_SECOND_PLACE
    found = keeper.choose(stick)
    assert (found.kind, found.tone) == (Kind.FINE, Tone.FINE)
    assert [path.parent.parent for path in sorted(each.place for each in keeper.entries())] == sorted(
        [desk.vault.folder, stick]
    )
    assert "backup.made away" in _deeds(desk)


def test_on_the_same_disk_it_works_and_is_said(keeper: BackupKeeper, stick: Path) -> None:
    keeper.round()
    found = keeper.choose(stick)
    assert (found.kind, found.tone) == (Kind.SAME_DEVICE, Tone.DUE)
    assert len(keeper.entries()) == 2


@pytest.mark.usefixtures("two_disks")
def test_a_stick_left_at_home_is_told_once_and_caught_up_on(
    desk: Desk, keeper: BackupKeeper, stick: Path, clock: Any
) -> None:
    keeper.round()
    keeper.choose(stick)
    stick.rename(stick.with_name("weg"))
    for _number in range(3):
        clock.advance(minutes=31)
        _work(desk)
        found = keeper.round()
    assert (found.kind, found.place, found.failure, found.tone) == (Kind.FAILED, Place.AWAY, Failure.GONE, Tone.DUE)
    assert _deeds(desk).count("backup.failed away") == 1
    assert not stick.exists()
    stick.with_name("weg").rename(stick)
    clock.advance(minutes=11)
    assert keeper.round().kind is Kind.FINE


def test_a_place_that_is_none_is_refused_and_the_one_of_before_stays(
    desk: Desk, keeper: BackupKeeper, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.choose(stick)
    with pytest.raises(TargetGone):
        keeper.choose(stick / "fehlt")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", _refusing)
        with pytest.raises(TargetNotWritable):
            keeper.choose(desk.vault.folder)
    assert backup_state.load(desk.vault.folder).targets[Place.AWAY].shelf == stick / "Sicherungen"


def _refusing(*_anything: object, **_how: object) -> None:
    raise PermissionError(13, "as the system says it")


# what goes wrong ---------------------------------------------------------------------------------------------------


def test_a_failure_is_remembered_told_and_tried_again_after_a_pause(
    desk: Desk, keeper: BackupKeeper, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.round()
    tries: list[datetime] = []

    def full(_vault: object, _shelf: object, at: datetime) -> None:
        tries.append(at)
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(backup, "make", full)
        clock.advance(minutes=30)
        _work(desk)
        found = keeper.round()
        assert (found.kind, found.failure, found.tone) == (Kind.FAILED, Failure.FULL, Tone.DUE)
        assert found.at == NOW
        for _minute in range(10):
            clock.advance(minutes=1)
            keeper.round()
    assert len(tries) == 2
    clock.advance(minutes=10)
    assert keeper.round().kind is Kind.NO_SECOND_PLACE
    assert _deeds(desk).count("backup.failed here") == 1


def test_a_store_full_to_the_brim_does_not_stop_the_round(
    desk: Desk, keeper: BackupKeeper, stick: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise DiskFull

    keeper.choose(stick)
    _work(desk)
    clock.advance(minutes=31)
    with monkeypatch.context() as patch:
        patch.setattr(backup_state, "save", full)
        patch.setattr(Desk, "do", _all_but_notes(Desk.do))
        keeper.back_up_now()
    assert len(keeper.entries()) == 3


def _all_but_notes(genuine: Callable[..., Any]) -> Callable[..., Any]:
    def do(desk: Desk, deed: Any) -> Any:
        if "_note" in deed.__qualname__:
            raise DiskFull
        return genuine(desk, deed)

    return do


def test_bringing_back_is_rehearsed_each_week(desk: Desk, keeper: BackupKeeper, clock: Any) -> None:
    assert keeper.round().drilled_at == NOW
    assert _here(desk)[0].drill_date == NOW
    clock.advance(days=6)
    assert keeper.round().drilled_at == NOW
    clock.advance(days=1)
    assert keeper.round().drilled_at == NOW + timedelta(days=7)
    assert _deeds(desk).count("backup.drilled here") == 2


def test_a_backup_that_went_bad_is_found_set_aside_and_replaced(desk: Desk, keeper: BackupKeeper, clock: Any) -> None:
    keeper.round()
    database = _here(desk)[0].place / "trittstein.db"
    raw = bytearray(database.read_bytes())
    raw[-5000] ^= 1
    database.write_bytes(raw)
    clock.advance(days=7)
    found = keeper.round()
    assert (found.kind, found.tone, found.place) == (Kind.DRILL_FAILED, Tone.ALARM, Place.HERE)
    assert _here(desk) == []
    found = keeper.round()
    assert found.kind is Kind.NO_SECOND_PLACE
    assert _here(desk)[0].drill_date == NOW + timedelta(days=7)
    assert [path.name for path in (desk.vault.folder / "Sicherungen").glob("beschaedigt-*")] == [
        "beschaedigt-sicherung-2026-11-26T1042"
    ]


def test_after_a_colleague_left_the_old_backups_go_once_new_ones_are_there(
    desk: Desk, keeper: BackupKeeper, stick: Path, clock: Any
) -> None:
    keeper.round()
    keeper.choose(stick)
    colleague = desk.vault.add_user("Jonas Adeyemi", "vier Elche tanzen im Regen Samba")
    desk.vault.remove_user(colleague)
    clock.advance(minutes=31)
    assert keeper.expire_former_keys() == 2
    assert [each.generation for each in keeper.entries()] == [2, 2]
    assert _deeds(desk)[-3:] == ["backup.expired here", "backup.made away", "backup.expired away"]


@pytest.mark.usefixtures("two_disks")
def test_a_stick_that_was_away_loses_the_old_backups_when_it_is_back(
    desk: Desk, keeper: BackupKeeper, stick: Path, clock: Any
) -> None:
    keeper.round()
    keeper.choose(stick)
    stick.rename(stick.with_name("weg"))
    colleague = desk.vault.add_user("Jonas Adeyemi", "vier Elche tanzen im Regen Samba")
    desk.vault.remove_user(colleague)
    clock.advance(minutes=31)
    assert keeper.expire_former_keys() == 1
    stick.with_name("weg").rename(stick)
    assert [each.generation for each in keeper.entries()] == [2, 1]
    clock.advance(minutes=31)
    _work(desk)
    keeper.round()
    assert {each.generation for each in keeper.entries()} == {2}
    assert _deeds(desk).count("backup.expired away") == 1


def test_a_second_place_can_be_given_up_and_what_lies_there_stays(
    desk: Desk, keeper: BackupKeeper, stick: Path, clock: Any
) -> None:
    keeper.round()
    keeper.choose(stick)
    found = keeper.give_up_second_place()
    assert found.kind is Kind.NO_SECOND_PLACE
    assert len(backups.list_backups(stick)) == 1
    clock.advance(minutes=31)
    _work(desk)
    keeper.round()
    assert len(backups.list_backups(stick)) == 1
    assert _deeds(desk).count("backup.given_up away") == 1


# what is remembered ------------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)) | st.none()
targets = st.builds(
    Target,
    shelf=st.just(Path("/anderswo/Sicherungen")),
    made_at=moments,
    sequence=st.integers(0, 10**9),
    tried_at=moments,
    failure=st.sampled_from(Failure) | st.none(),
    drilled_at=moments,
    drill_failed=st.booleans(),
    same_device=st.booleans(),
)


@given(targets, targets)
def test_what_is_remembered_comes_back(tmp_path_factory: pytest.TempPathFactory, here: Target, away: Target) -> None:
    folder = tmp_path_factory.mktemp("store")
    here = Target(folder / "Sicherungen", here.made_at, here.sequence, here.tried_at, here.failure)
    state = State({Place.HERE: here, Place.AWAY: away})
    backup_state.save(folder, state)
    assert backup_state.load(folder) == state


@pytest.mark.parametrize("strange", ["", "[]", '{"here": 7}', '{"elsewhere": {}}', "\x00", "[" * 50_000])
def test_what_cannot_be_read_is_seen_anew(desk: Desk, keeper: BackupKeeper, strange: str) -> None:
    keeper.round()
    (desk.vault.folder / "Sicherungen" / "stand.json").write_text(strange, "utf-8")
    target = backup_state.load(desk.vault.folder).targets[Place.HERE]
    assert (target.made_at, target.drilled_at) == (NOW, NOW)
    keeper.round()
    assert len(_here(desk)) == 1


def test_nothing_about_people_is_remembered_in_the_open(desk: Desk, keeper: BackupKeeper, stick: Path) -> None:
    _work(desk)
    keeper.choose(stick)
    said = "".join(path.read_text("utf-8") for path in (desk.vault.folder / "Sicherungen").rglob("*.json"))
    assert not any(word in said for word in ("Haddad", "Karim", "Carla"))


# rules -------------------------------------------------------------------------------------------------------------


def _target(**facts: Any) -> Target:
    return Target(Path("x"), **{"made_at": NOW, **facts})


@pytest.mark.parametrize(
    ("target", "changed", "after", "expected"),
    [
        (_target(), None, 600, False),
        (_target(), NOW, 29, False),
        (_target(), NOW, 30, True),
        (_target(), NOW, -29, False),
        (_target(), NOW, -30, True),
        (_target(made_at=None), NOW, 0, True),
        (_target(made_at=None), None, 0, False),
        (_target(failure=Failure.GONE, tried_at=NOW), NOW, 9, False),
        (_target(failure=Failure.GONE, tried_at=NOW), NOW, 31, True),
        (_target(made_at=None, failure=Failure.GONE, tried_at=NOW), NOW, 10, True),
        (_target(made_at=None, failure=Failure.GONE, tried_at=NOW), NOW, -600, True),
    ],
)
def test_when_it_is_time(target: Target, changed: datetime | None, after: int, expected: bool) -> None:
    assert backup_rules.due(target, changed, NOW + timedelta(minutes=after)) is expected


FINE = State({Place.HERE: _target(drilled_at=NOW), Place.AWAY: _target(drilled_at=NOW)})


@pytest.mark.parametrize(
    ("here", "away", "changed", "days", "expected"),
    [
        ({}, {}, None, 60, (Kind.FINE, Tone.FINE)),
        ({}, {}, timedelta(minutes=44), 0, (Kind.FINE, Tone.FINE)),
        ({}, {}, timedelta(minutes=45), 0, (Kind.LATE, Tone.DUE)),
        ({}, {}, timedelta(0), 4, (Kind.LATE, Tone.DUE)),  # Thursday to Monday: two working days
        ({}, {}, timedelta(0), 5, (Kind.LATE, Tone.ALARM)),
        ({}, {"failure": Failure.GONE}, None, 0, (Kind.FAILED, Tone.DUE)),
        ({"failure": Failure.FULL}, {}, timedelta(0), 5, (Kind.FAILED, Tone.ALARM)),
        ({"drill_failed": True}, {}, None, 0, (Kind.DRILL_FAILED, Tone.DUE)),
        ({}, {"same_device": True}, None, 0, (Kind.SAME_DEVICE, Tone.DUE)),
        ({"drilled_at": NOW}, {}, None, 20, (Kind.FINE, Tone.FINE)),
        ({"drilled_at": NOW}, {}, None, 21, (Kind.DRILL_LATE, Tone.DUE)),
        ({"made_at": None}, {}, timedelta(0), 0, (Kind.LATE, Tone.DUE)),
        ({}, None, timedelta(0), 0, (Kind.NO_SECOND_PLACE, Tone.DUE)),
        ({}, None, timedelta(0), 5, (Kind.LATE, Tone.ALARM)),
    ],
)
def test_how_it_stands(
    here: dict[str, Any],
    away: dict[str, Any] | None,
    changed: timedelta | None,
    days: int,
    expected: tuple[Kind, Tone],
) -> None:
    now = NOW + timedelta(days=days)
    since = None if changed is None else now - changed if not days else NOW
    state = State({Place.HERE: _target(**here)})
    if away is not None:
        state = state.with_target(Place.AWAY, _target(**away))
    found = backup_rules.status(state, dict.fromkeys(Place, since), now)
    assert (found.kind, found.tone) == expected


def test_a_missing_second_place_turns_red_by_itself() -> None:
    found = backup_rules.status(FINE, {}, NOW)
    assert found.tone is Tone.FINE
    alone = State({Place.HERE: _target()})
    found = backup_rules.status(alone, {Place.HERE: None, Place.AWAY: NOW}, NOW + timedelta(days=5))
    assert (found.kind, found.tone, found.place) == (Kind.NO_SECOND_PLACE, Tone.ALARM, Place.AWAY)


# bringing back -----------------------------------------------------------------------------------------------------


def _entries(desk: Desk) -> int:
    found, _touched = desk.do(lambda work: len(list(work.session.scalars(select(AuditEntry)))))
    return found


def test_a_brought_back_store_says_so_and_backs_up_what_comes_after(
    desk: Desk, keeper: BackupKeeper, clock: Any, stick: Path
) -> None:
    keeper.choose(stick)
    keeper.round()
    chosen = _here(desk)[0]
    for _number in range(3):
        _work(desk)
    clock.advance(minutes=30)
    keeper.round()
    before = _entries(desk)
    folder = desk.vault.folder
    with pytest.raises(VaultBusy):
        backups.bring_back(folder, chosen.place, desk.user, builders.PASSPHRASE, clock=clock)
    desk.vault.close()
    with pytest.raises(WrongPassphrase):
        backups.bring_back(folder, chosen.place, desk.user, "etwas anderes als das", clock=clock)
    assert [user.name for user in backups.people(chosen.place)] == ["Carla Brandt"]
    done = backups.bring_back(folder, chosen.place, desk.user, builders.PASSPHRASE, clock=clock)
    assert done.made_at == NOW
    back = Desk(vault.unlock(folder, desk.user, builders.PASSPHRASE, clock=clock), desk.user, clock)
    try:
        assert _entries(back) < before
        assert _deeds(back)[-1] == "backup.restored"
        assert back.vault.notices == (), "what was done on purpose is no surprise"
        again = BackupKeeper(back)
        count = len(again.entries())
        clock.advance(minutes=31)
        again.round()
        assert len(again.entries()) == count, "bringing back is no change"
        _work(back)
        again.round()
        assert len(again.entries()) == count + 2
    finally:
        back.vault.close()


def test_the_folders_of_backups_are_no_trace_of_a_store(desk: Desk, keeper: BackupKeeper) -> None:
    keeper.round()
    assert backup_set.list_backups(desk.vault.folder / "Sicherungen") == _here(desk)
