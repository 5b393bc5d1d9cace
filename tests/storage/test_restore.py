"""A backup comes back whole or not at all, and the store of before is kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from specimen_store import CARLAS, JONAS, Specimen, make_specimen
from sqlalchemy import text

from desk_app.domain.errors import (
    DiskFull,
    StoreError,
    StorePlaceRefused,
    VaultBusy,
    VaultTooNew,
    WorldError,
    WrongPassphrase,
)
from desk_app.storage import backup, backup_set, engine, keyfile, restore, vault
from desk_app.storage.backup_set import BackupEntry
from desk_app.storage.restore import BackupDamaged
from desk_app.storage.tables import Counter

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
Fingerprint = Callable[[], dict[str, str]]


def _fill(opened: vault.Vault, series: str, count: int) -> None:
    with opened.session() as session:
        session.add_all(Counter(series=series, year=year, last=year) for year in range(count))


def _counts(opened: vault.Vault) -> dict[str, int]:
    with opened.session() as session:
        return dict(session.execute(text("SELECT series, count(*) FROM counter GROUP BY series")).all())  # type: ignore[arg-type]  # rows of two


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    place = tmp_path / "Sicherungen"
    place.mkdir()
    return place


@pytest.fixture
def made(store: Specimen, shelf: Path) -> BackupEntry:
    """A backup of 500 rows; the store itself has 900 and is closed."""
    with store.unlock() as opened:
        _fill(opened, "vorher", 500)
        kept = backup.make(opened, shelf, NOW)
        _fill(opened, "nachher", 400)
    return kept


def _restore(store: Specimen, made: BackupEntry) -> restore.Restored:
    return restore.restore(store.folder, made.place, store.carla, CARLAS, NOW + timedelta(hours=1))


def test_the_store_is_back_where_the_backup_was_and_the_one_of_before_is_kept_whole(
    store: Specimen, made: BackupEntry, fingerprint: Fingerprint
) -> None:
    before = fingerprint()
    done = _restore(store, made)
    assert done.made_at == NOW
    assert done.quarantine
    assert done.quarantine.name == "quarantaene-2026-11-26T1142"
    with store.unlock() as opened:
        assert _counts(opened) == {"vorher": 500}
    kept = {name: value for name, value in before.items() if name != "trittstein.lock"}
    after = fingerprint()
    assert {name: after[f"{done.quarantine.name}/{name}"] for name in kept} == kept
    with vault.unlock(done.quarantine, store.carla, CARLAS) as former:
        assert _counts(former) == {"vorher": 500, "nachher": 400}


def test_everybody_of_the_backup_opens_it_again(store: Specimen, made: BackupEntry) -> None:
    assert [user.name for user in restore.users_of(made.place)] == ["Carla Brandt", "Jonas Adeyemi"]
    restore.restore(store.folder, made.place, store.jonas, JONAS, NOW)
    with vault.unlock(store.folder, store.jonas, JONAS) as opened:
        assert _counts(opened) == {"vorher": 500}


@pytest.mark.parametrize("with_database", [True, False])
def test_a_stale_write_ahead_log_never_undoes_the_restore(
    store: Specimen, shelf: Path, tmp_path: Path, with_database: bool
) -> None:
    """900 rows came back where 500 had been restored, when a backup was copied over a database with its log."""
    with store.unlock() as opened:
        _fill(opened, "vorher", 500)
        made = backup.make(opened, shelf, NOW)
        with opened.engine.begin() as connection:
            connection.execute(text("INSERT INTO counter SELECT 'nachher', year, 0 FROM counter WHERE year < 400"))
        crashed = tmp_path / "crashed"
        shutil.copytree(store.folder, crashed)
    for path in store.folder.glob("trittstein*"):
        path.unlink()
    for path in crashed.glob("trittstein*"):
        shutil.copyfile(path, store.folder / path.name)
    assert (store.folder / "trittstein.db-wal").stat().st_size > 0
    if not with_database:
        (store.folder / "trittstein.db").unlink()
    done = _restore(store, made)
    assert not (store.folder / "trittstein.db-wal").exists()
    with store.unlock() as opened:
        assert _counts(opened) == {"vorher": 500}
    assert done.quarantine
    assert (done.quarantine / "trittstein.db-wal").stat().st_size > 0


def test_the_whole_set_leaves_and_nothing_else(store: Specimen, made: BackupEntry) -> None:
    ours = ("trittstein.db-journal", "trittstein.journal", "trittstein-vor-0001.db")
    for name in (*ours, "trittstein.reserve", "Brief.txt"):
        (store.folder / name).write_bytes(b"etwas")
    quarantine = _restore(store, made).quarantine
    assert quarantine
    assert {path.name for path in quarantine.iterdir()} >= {*ours, "trittstein.db", "trittstein.keys"}
    left = {path.name for path in store.folder.iterdir()}
    assert left >= {"trittstein.db", "trittstein.keys", "trittstein.keys.bak", "Brief.txt", quarantine.name}
    assert "trittstein.reserve" in left  # room kept free holds nothing and would only fill the quarantine
    assert not left & (set(ours) - {"trittstein.journal"})
    assert (store.folder / "trittstein.journal").read_bytes() != b"etwas"


def test_a_new_pc_gets_its_store_from_the_stick(store: Specimen, made: BackupEntry, tmp_path: Path) -> None:
    folder = tmp_path / "neu" / "store"
    done = restore.restore(folder, made.place, store.carla, CARLAS, NOW)
    assert done.quarantine is None
    with vault.unlock(folder, store.carla, CARLAS) as opened:
        assert _counts(opened) == {"vorher": 500}


def test_a_destroyed_store_comes_back(store: Specimen, made: BackupEntry) -> None:
    for name in ("trittstein.db", "trittstein.keys", "trittstein.keys.bak"):
        (store.folder / name).write_bytes(b"")
    _restore(store, made)
    with store.unlock() as opened:
        assert _counts(opened) == {"vorher": 500}


def test_twice_in_one_minute_keeps_two_quarantines(store: Specimen, made: BackupEntry) -> None:
    first, second = _restore(store, made).quarantine, _restore(store, made).quarantine
    assert first
    assert second
    assert second.name == f"{first.name}-2"


def test_an_older_state_brought_back_on_purpose_is_no_surprise(store: Specimen, made: BackupEntry) -> None:
    _restore(store, made)
    with store.unlock() as opened:
        assert opened.notices == ()


def test_the_database_leaves_first_and_the_keys_arrive_last(
    store: Specimen, made: BackupEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped anywhere in between, no database opens without its write-ahead log, and none without its own keys."""
    genuine, moved = Path.rename, list[str]()

    def noted(path: Path, target: Path) -> Path:
        if path.name.startswith("trittstein"):
            moved.append(path.name)
        return genuine(path, target)

    (store.folder / "trittstein.db-wal").write_bytes(b"")
    monkeypatch.setattr(Path, "rename", noted)
    _restore(store, made)
    keys = ["trittstein.keys", "trittstein.keys.bak"]
    leaving, arriving = moved[:-4], moved[-4:]
    assert leaving[0] == arriving[0] == "trittstein.db"
    assert sorted(leaving[-2:]) == sorted(arriving[2:]) == keys
    assert arriving[-1] == "trittstein.keys"


# refused -----------------------------------------------------------------------------------------------------------


def _refused(
    store: Specimen, made: BackupEntry, fingerprint: Fingerprint, expected: type[WorldError], match: str
) -> None:
    before = fingerprint()
    with pytest.raises(expected, match=match):
        _restore(store, made)
    assert fingerprint() == before


def test_an_open_store_is_not_touched(store: Specimen, made: BackupEntry, fingerprint: Fingerprint) -> None:
    with store.unlock():
        _refused(store, made, fingerprint, VaultBusy, "schon geöffnet")


def test_a_wrong_passphrase_changes_nothing(store: Specimen, made: BackupEntry, fingerprint: Fingerprint) -> None:
    before = fingerprint()
    with pytest.raises(WrongPassphrase):
        restore.restore(store.folder, made.place, store.carla, JONAS, NOW)
    assert fingerprint() == before


def test_who_came_later_is_told_so(store: Specimen, made: BackupEntry) -> None:
    with store.unlock() as opened:
        later = opened.add_user("Mira Neu", JONAS)
    with pytest.raises(StoreError, match="noch keinen Zugang"):
        restore.restore(store.folder, made.place, later, JONAS, NOW)


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _say_more(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"sequence": 0', '"sequence": 9'), "utf-8")


@pytest.mark.parametrize(
    ("part", "harm"),
    [
        ("trittstein.db", _flip),
        ("trittstein.db", lambda path: path.write_bytes(b"")),
        ("trittstein.db", Path.unlink),
        ("trittstein.db", lambda path: path.write_bytes(path.read_bytes() + bytes(4096))),
        ("trittstein.keys.bak", Path.unlink),
        ("sicherung.json", _say_more),
    ],
)
def test_a_damaged_backup_is_refused_and_the_store_stays(
    store: Specimen, made: BackupEntry, fingerprint: Fingerprint, part: str, harm: Callable[[Path], object]
) -> None:
    harm(made.place / part)
    _refused(store, made, fingerprint, BackupDamaged, "beschädigt oder wurde verändert")


def test_a_copy_exchanged_with_its_sums_put_right_is_refused(
    store: Specimen, made: BackupEntry, foreign: Specimen, fingerprint: Fingerprint
) -> None:
    shutil.copyfile(foreign.folder / "trittstein.db", made.place / "trittstein.db")
    said, _signature = backup_set.manifest(made.place)
    database = made.place / "trittstein.db"
    values = (made.place / "sicherung.json").read_text("utf-8")
    values = values.replace(f'"size": {said.size}', f'"size": {database.stat().st_size}')
    (made.place / "sicherung.json").write_text(values, "utf-8")
    _refused(store, made, fingerprint, BackupDamaged, "verändert")


def test_a_sound_copy_of_another_moment_in_its_place_is_refused(
    store: Specimen, made: BackupEntry, shelf: Path, fingerprint: Fingerprint
) -> None:
    with store.unlock() as opened:
        later = backup.make(opened, shelf, NOW + timedelta(minutes=30))
        with opened.session() as session:
            session.execute(text("UPDATE counter SET last = last + 1 WHERE year = 7"))
        latest = backup.make(opened, shelf, NOW + timedelta(minutes=60))
    assert later.size == latest.size
    shutil.copyfile(later.place / "trittstein.db", latest.place / "trittstein.db")
    _refused(store, latest, fingerprint, BackupDamaged, "verändert")


def test_a_folder_that_is_no_backup_is_said(store: Specimen, tmp_path: Path, fingerprint: Fingerprint) -> None:
    before = fingerprint()
    for strange in (tmp_path, tmp_path / "fehlt", store.folder):
        with pytest.raises(StoreError, match="keine vollständige Sicherung"):
            restore.restore(store.folder, strange, store.carla, CARLAS, NOW)
    assert fingerprint() == before


def test_another_centres_backup_does_not_take_this_stores_place(
    store: Specimen, tmp_path: Path, fingerprint: Fingerprint
) -> None:
    (tmp_path / "shelf").mkdir()
    other = make_specimen(tmp_path / "other")
    with other.unlock() as opened:
        made = backup.make(opened, tmp_path / "shelf", NOW)
    before = fingerprint()
    with pytest.raises(StoreError, match="anderen Datenbestand"):
        restore.restore(store.folder, made.place, other.carla, CARLAS, NOW)
    assert fingerprint() == before


def test_a_backup_of_a_later_version_is_refused(
    store: Specimen, shelf: Path, fingerprint: Fingerprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_standing", lambda _connection: ("9999", 0))
    with store.unlock() as opened:
        made = backup.make(opened, shelf, NOW)
    _refused(store, made, fingerprint, VaultTooNew, "neueren Version")


def test_a_share_gets_no_store(store: Specimen, made: BackupEntry, tmp_path: Path) -> None:
    with pytest.raises(StorePlaceRefused):
        restore.restore(tmp_path / "OneDrive - Stadt" / "store", made.place, store.carla, CARLAS, NOW)
    assert not (tmp_path / "OneDrive - Stadt").exists()


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """No file may grow beyond so many bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("limit", [0, 100_000])
def test_on_a_full_disk_the_store_stays_as_it_is(
    store: Specimen, made: BackupEntry, fingerprint: Fingerprint, small_files: Callable[[int], None], limit: int
) -> None:
    small_files(limit)
    _refused(store, made, fingerprint, DiskFull, "voll")


def test_an_error_while_exchanging_the_files_puts_the_old_ones_back(
    store: Specimen, made: BackupEntry, fingerprint: Fingerprint, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine, renames = Path.rename, 0

    def failing(path: Path, target: Path) -> Path:
        nonlocal renames
        if path.name == keyfile.NAME and path.parent.name.startswith(".trittstein"):
            raise PermissionError(13, "as Windows says it while a scanner reads the file")
        renames += 1
        return genuine(path, target)

    before = fingerprint()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(WorldError):
            _restore(store, made)
    assert renames > 3
    assert fingerprint() == before
    with store.unlock() as opened:
        assert _counts(opened) == {"vorher": 500, "nachher": 400}


# killed ------------------------------------------------------------------------------------------------------------

RESTORER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from desk_app.storage import restore

left = int(sys.argv[4])
genuine = Path.rename
def dying(path, target):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return genuine(path, target)
Path.rename = dying
restore.restore(Path(sys.argv[1]), Path(sys.argv[2]), UUID(sys.argv[3]), sys.stdin.read(), datetime.now(UTC))
"""


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 5])
def test_killed_between_two_files_nothing_half_opens_and_the_second_try_succeeds(
    store: Specimen, made: BackupEntry, after: int
) -> None:
    command = [sys.executable, "-c", RESTORER, str(store.folder), str(made.place), str(store.carla), str(after)]
    died = subprocess.run(command, input=CARLAS, text=True, cwd=Path(__file__).parents[2], check=False)
    assert died.returncode == 9
    try:
        with store.unlock() as opened:
            assert _counts(opened) in ({"vorher": 500}, {"vorher": 500, "nachher": 400})
    except WorldError:
        pass
    _restore(store, made)
    with store.unlock() as opened:
        assert _counts(opened) == {"vorher": 500}
    assert not list(store.folder.glob(".trittstein*"))
    everything = [*store.folder.glob("quarantaene-*/trittstein.db")]
    assert everything, "the database of before is still somewhere"


# rehearsed ---------------------------------------------------------------------------------------------------------


def test_a_rehearsal_leaves_the_store_alone_and_notes_its_date(store: Specimen, shelf: Path) -> None:
    with store.unlock() as opened:
        _fill(opened, "vorher", 500)
        made = backup.make(opened, shelf, NOW)
        before = {path: path.stat().st_mtime_ns for path in store.folder.iterdir()}
        restore.rehearse(made, opened.key, store.folder, NOW + timedelta(days=1))
        assert {path: path.stat().st_mtime_ns for path in store.folder.iterdir()} == before
        assert _counts(opened) == {"vorher": 500}
    assert [each.drill_date for each in backup_set.list_backups(shelf)] == [NOW + timedelta(days=1)]


@pytest.mark.parametrize("part", ["trittstein.db", "trittstein.keys", "sicherung.json"])
def test_a_rehearsal_finds_what_went_bad_on_the_stick(store: Specimen, shelf: Path, part: str) -> None:
    with store.unlock() as opened:
        made = backup.make(opened, shelf, NOW)
        (made.place / "trittstein.keys.bak").unlink()
        _flip(made.place / part)
        with pytest.raises(BackupDamaged):
            restore.rehearse(made, opened.key, store.folder, NOW)
    assert not list(store.folder.glob(".trittstein*"))
    assert [each.drill_date for each in backup_set.list_backups(shelf)] in ([], [None])


def test_a_rehearsal_opens_the_backup_with_both_readers(
    store: Specimen, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_here: list[Path] = []
    genuine = engine.open_engine
    with store.unlock() as opened:
        made = backup.make(opened, shelf, NOW)

        def noted(path: Path, key: bytes) -> object:
            opened_here.append(path)
            return genuine(path, key)

        monkeypatch.setattr(engine, "open_engine", noted)
        restore.rehearse(made, opened.key, store.folder, NOW)
    assert [path.parent.parent for path in opened_here] == [store.folder]
