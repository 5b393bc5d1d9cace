"""A backup counts once another reader has seen in it what the store holds; anything else leaves no trace."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from specimen_store import CARLAS, JONAS, Specimen
from sqlalchemy import text
from sqlcipher3 import dbapi2

from desk_app.domain.errors import DiskFull, TargetGone, TargetNotWritable, VaultDamaged, WorldError
from desk_app.storage import backup, backup_set, content, engine, second_reader, vault
from desk_app.storage.backup import BackupUnsound
from desk_app.storage.tables import Counter

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
ALLOWED = timedelta(weeks=40)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    place = tmp_path / "Sicherungen"
    place.mkdir()
    return place


def _names(shelf: Path) -> list[str]:
    return sorted(path.name for path in shelf.iterdir())


def _fill(opened: vault.Vault, count: int, series: str = "Probe") -> None:
    with opened.session() as session:
        session.add_all(Counter(series=series, year=year, last=year) for year in range(count))


def _held(opened: vault.Vault) -> content.Content:
    with opened.engine.connect() as connection:
        return content.read(connection.exec_driver_sql)


# what two readers see ---------------------------------------------------------------------------------------------


def test_both_readers_see_the_same_in_every_kind_of_value(opened: vault.Vault, shelf: Path) -> None:
    odd = [
        None,
        0,
        -1,
        2**63 - 1,
        1.0,
        0.1,
        -1e300,
        float("inf"),
        "",
        "ü\U0001f600\x00ß",
        '"],["',
        "1",
        b"",
        b"\x00\xff",
    ]
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE odd (value, place TEXT, PRIMARY KEY (place)) WITHOUT ROWID")
        connection.exec_driver_sql("CREATE TABLE bare (value)")
        for number, value in enumerate(odd):
            connection.exec_driver_sql("INSERT INTO odd VALUES (?, ?)", (value, f"{number:02}"))
            connection.exec_driver_sql("INSERT INTO bare VALUES (?)", (value,))
    made = backup.make(opened, shelf, NOW)
    seen = second_reader.examine(made.place / engine.NAME, opened.key.data_key)
    assert seen == _held(opened)
    assert seen.tables["odd"].rows == len(odd)
    assert backup_set.manifest(made.place)[0].content == seen.digest


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE counter SET last = last + 1 WHERE year = 7",
        "UPDATE counter SET series = CAST(series AS BLOB) WHERE year = 7",
        "DELETE FROM counter WHERE year = 7",
        "INSERT INTO counter VALUES ('mehr', 1, 1)",
        "DROP INDEX ix_audit_deed",
        "CREATE TABLE mehr (etwas)",
    ],
)
def test_the_least_difference_shows(opened: vault.Vault, change: str) -> None:
    _fill(opened, 20)
    before = _held(opened).digest
    with opened.engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert _held(opened).digest != before


def test_the_second_reader_refuses_a_foreign_key_and_a_broken_index(opened: vault.Vault, shelf: Path) -> None:
    _fill(opened, 50)
    copy = backup.make(opened, shelf, NOW).place / engine.NAME
    with pytest.raises(second_reader.NotSound):
        second_reader.examine(copy, os.urandom(32))
    connection = engine._keyed(copy, opened.key.data_key, "mode=rw")
    connection.execute("CREATE INDEX other ON counter (last)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX other ON counter (series)' WHERE name = 'other'")
    connection.close()
    with pytest.raises(second_reader.NotSound, match="integrity_check"):
        second_reader.examine(copy, opened.key.data_key)


# a good one --------------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_store_under_a_neutral_name(store: Specimen, opened: vault.Vault, shelf: Path) -> None:
    _fill(opened, 100)
    made = backup.make(opened, shelf, NOW)
    assert made.place.name == "sicherung-2026-11-26T1042"
    assert _names(made.place) == ["sicherung.json", "trittstein.db", "trittstein.keys", "trittstein.keys.bak"]
    assert (made.verified, made.store, made.generation, made.made_at) == (True, opened.store_id, 1, NOW)
    assert backup_set.list_backups(shelf) == backup_set.list_backups(shelf.parent) == [made]
    names = json.loads((made.place / "sicherung.json").read_text("utf-8")).keys()
    assert not {"rows", "tables", "users"} & set(names)
    with vault.unlock(made.place, store.jonas, JONAS) as back, back.session() as session:
        assert session.execute(text("SELECT count(*) FROM counter")).scalar() == 100


def test_the_signature_shows_who_made_it(opened: vault.Vault, foreign: Specimen, shelf: Path) -> None:
    said, signature = backup_set.manifest(backup.make(opened, shelf, NOW).place)
    assert said.signature(opened.key) == signature
    with foreign.unlock() as other:
        assert said.signature(other.key) != signature


def test_two_in_one_minute_and_of_two_stores_keep_apart(
    opened: vault.Vault, foreign: Specimen, tmp_path: Path, shelf: Path
) -> None:
    backup.make(opened, shelf, NOW)
    backup.make(opened, shelf, NOW)
    shutil.copytree(foreign.folder, tmp_path / "other")
    with vault.unlock(tmp_path / "other", foreign.carla, CARLAS) as other:
        backup.make(other, shelf, NOW)
    stem = "sicherung-2026-11-26T1042"
    assert _names(shelf) == [stem, f"{stem}-2", f"{stem}-3"]
    assert backup_set.prune(shelf, opened.store_id, NOW, ALLOWED) == 1
    assert len({each.store for each in backup_set.list_backups(shelf)}) == 2


# saves go on -------------------------------------------------------------------------------------------------------


def test_what_is_saved_while_copying_is_in_the_backup_or_wholly_after_it(opened: vault.Vault, shelf: Path) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with opened.session() as session:
                session.add_all([Counter(series=series, year=number, last=0) for series in ("links", "rechts")])

    busy = threading.Thread(target=work)
    busy.start()
    try:
        made = [backup.make(opened, shelf, NOW + timedelta(minutes=minute)) for minute in range(4)]
    finally:
        stop.set()
        busy.join()
    for each in made:
        connection = engine._keyed(each.place / engine.NAME, opened.key.data_key, "mode=ro&immutable=1")
        pairs = connection.execute("SELECT year, count(*) FROM counter GROUP BY year").fetchall()
        connection.close()
        assert {count for _year, count in pairs} <= {2}


@pytest.mark.parametrize("busy_for", [1, 99])
def test_a_save_during_the_copy_means_copying_anew(
    opened: vault.Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch, busy_for: int
) -> None:
    genuine, copies = backup._copied, 0

    def disturbed(connection: Any, database: Path) -> bool:
        nonlocal copies
        copies += 1
        if copies > backup._TRIES:  # saves wait now
            assert not _can_save(opened)
            return genuine(connection, database)
        execute, before = connection.execute, backup._version(connection)
        assert before
        if copies > busy_for:
            return genuine(connection, database)

        def between(words: str) -> Any:
            if words == "BEGIN":
                _fill(opened, 10, series=f"mitten {copies}")
            return execute(words)

        class Disturbed:
            in_transaction = property(lambda _self: connection.in_transaction)

            def execute(self, words: str, values: Any = None) -> Any:
                return execute(words, values) if values else between(words)

        return genuine(Disturbed(), database)

    monkeypatch.setattr(backup, "_copied", disturbed)
    made = backup.make(opened, shelf, NOW)
    assert copies == min(busy_for, backup._TRIES) + 1
    assert second_reader.examine(made.place / engine.NAME, opened.key.data_key) == _held(opened)


def _can_save(opened: vault.Vault) -> bool:
    """Whether another thread gets its turn."""
    taken: list[bool] = []
    thread = threading.Thread(target=lambda: taken.append(opened._serial.acquire(blocking=False)))
    thread.start()
    thread.join()
    return taken == [True]


def test_closing_and_exchanging_keys_wait_for_a_backup_and_saving_does_not(opened: vault.Vault) -> None:
    with opened.beside() as connection:
        connection.execute("BEGIN")
        before = connection.execute("SELECT count(*) FROM counter").fetchone()
        saving = threading.Thread(target=_fill, args=(opened, 5))
        saving.start()
        saving.join()
        assert connection.execute("SELECT count(*) FROM counter").fetchone() == before
        closing = threading.Thread(target=opened.close)
        closing.start()
        closing.join(timeout=0.1)
        assert closing.is_alive()
    closing.join()


# none at all -------------------------------------------------------------------------------------------------------


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _lose_a_row(path: Path, opened: vault.Vault) -> None:
    connection = engine._keyed(path, opened.key.data_key, "mode=rw")
    connection.execute("DELETE FROM counter WHERE year = 7")
    connection.close()


@pytest.mark.parametrize("harm", ["flip", "row", "empty", "half", "gone", "foreign"])
def test_a_copy_harmed_before_the_check_is_discarded(
    opened: vault.Vault, foreign: Specimen, shelf: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    _fill(opened, 50)
    good = backup.make(opened, shelf, NOW)
    harms: dict[str, Callable[[Path], object]] = {
        "flip": _flip,
        "row": lambda path: _lose_a_row(path, opened),
        "empty": lambda path: path.write_bytes(b""),
        "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 8192 * 4096]),
        "gone": lambda path: path.unlink(),
        "foreign": lambda path: shutil.copyfile(foreign.folder / engine.NAME, path),
    }
    monkeypatch.setattr(backup_set, "make_durable", harms[harm])
    with pytest.raises(BackupUnsound, match="verworfen"):
        backup.make(opened, shelf, NOW + timedelta(minutes=30))
    assert backup_set.list_backups(shelf) == [good]
    assert _names(shelf) == [good.place.name]


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """No file may grow beyond so many bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("limit", [0, 4096, 100_000, 300_000])
def test_a_full_target_is_said_and_the_last_good_one_stays(
    opened: vault.Vault, shelf: Path, small_files: Callable[[int], None], limit: int
) -> None:
    _fill(opened, 2000)
    good = backup.make(opened, shelf, NOW)
    small_files(limit)
    with pytest.raises(DiskFull, match="Datenträger voll"):
        backup.make(opened, shelf, NOW + timedelta(minutes=30))
    assert _names(shelf) == [good.place.name]


def test_a_really_full_disk_is_said(opened: vault.Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1300k", "tmpfs", str(stick)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only with the right to mount")
    try:
        good = backup.make(opened, stick, NOW)
        with pytest.raises(DiskFull, match="Datenträger voll"):
            backup.make(opened, stick, NOW + timedelta(minutes=30))
        assert _names(stick) == [good.place.name]
        subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
        with pytest.raises(TargetNotWritable, match="darf nicht geschrieben werden"):
            backup.make(opened, stick, NOW + timedelta(minutes=30))
        assert backup_set.list_backups(stick) == [good]
    finally:
        subprocess.run(["umount", "-l", str(stick)], check=True)


@pytest.mark.parametrize(
    ("number", "expected"), [(28, DiskFull), (13, TargetNotWritable), (30, TargetNotWritable), (5, TargetGone)]
)
def test_what_the_medium_says_has_its_sentence(
    opened: vault.Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[WorldError]
) -> None:
    def failing(_path: Path) -> None:
        raise OSError(number, "as the system says it")

    monkeypatch.setattr(backup_set, "make_durable", failing)
    with pytest.raises(expected) as told:
        backup.make(opened, shelf, NOW)
    assert type(told.value) is expected
    assert "unverändert" in str(told.value)
    assert _names(shelf) == []


def test_a_stick_pulled_out_is_said_whatever_the_system_calls_it(
    opened: vault.Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_set, "make_durable", lambda _path: shutil.rmtree(shelf))
    with pytest.raises(TargetGone, match="nicht erreichbar"):
        backup.make(opened, shelf, NOW)
    with pytest.raises(TargetGone, match="nicht erreichbar"):
        backup.make(opened, shelf, NOW)
    assert not shelf.exists()


def test_a_store_that_cannot_be_read_is_not_blamed_on_the_target(
    opened: vault.Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_anything: object) -> None:
        error = dbapi2.DatabaseError("as SQLite says it")
        error.sqlite_errorcode = 11
        raise error

    monkeypatch.setattr(backup, "_copied", damaged)
    with pytest.raises(VaultDamaged, match="nicht vollständig lesen"):
        backup.make(opened, shelf, NOW)
    assert _names(shelf) == []


def test_our_own_bugs_stay_bugs_and_leave_nothing(
    opened: vault.Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_anything: object) -> None:
        raise LookupError

    monkeypatch.setattr(backup, "_standing", bug)
    with pytest.raises(LookupError):
        backup.make(opened, shelf, NOW)
    assert _names(shelf) == []


# killed ------------------------------------------------------------------------------------------------------------

MAKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from desk_app.storage import backup, vault

with vault.unlock(Path(sys.argv[1]), UUID(sys.argv[2]), sys.stdin.readline().rstrip("\\n")) as opened:
    print("open", flush=True)
    while True:
        backup.make(opened, Path(sys.argv[3]), datetime.now(UTC))
        print("made", flush=True)
"""


@pytest.mark.long
def test_killed_at_any_moment_only_proven_backups_have_their_name(store: Specimen, shelf: Path) -> None:
    with store.unlock() as opened:
        _fill(opened, 3000)
    command = [sys.executable, "-c", MAKER, str(store.folder), str(store.carla), str(shelf)]
    confirmed = 0
    for round_ in range(4):
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        assert child.stdin
        assert child.stdout
        with child:
            child.stdin.write(CARLAS + "\n")
            child.stdin.flush()
            assert child.stdout.readline() == "open\n"
            time.sleep(0.06 + 0.11 * round_)
            child.kill()
            confirmed += child.stdout.read().count("made\n")
    with store.unlock() as opened:
        whole = backup_set.list_backups(shelf)
        assert len(whole) >= confirmed
        for each in whole:
            assert second_reader.examine(each.place / engine.NAME, opened.key.data_key) == _held(opened)
            assert backup_set.manifest(each.place)[0].signature(opened.key) == backup_set.manifest(each.place)[1]
        backup.make(opened, shelf, NOW)
    assert all(name.startswith("sicherung-") for name in _names(shelf))


# the shelf ---------------------------------------------------------------------------------------------------------


def test_thinning_takes_only_whole_proven_backups(opened: vault.Vault, shelf: Path) -> None:
    made = [backup.make(opened, shelf, NOW + timedelta(minutes=minute)) for minute in range(4)]
    (made[0].place / engine.NAME).write_bytes(b"half")
    (made[1].place / backup_set.MANIFEST).write_text("{}", "utf-8")
    (shelf / "sicherung-von-hand").mkdir()
    later = NOW + timedelta(minutes=5)
    assert backup_set.prune(shelf, opened.store_id, later, ALLOWED, but=made[2].place) == 0
    assert backup_set.prune(shelf, opened.store_id, later, ALLOWED) == 1
    left = [made[0].place.name, made[1].place.name, made[3].place.name, "sicherung-von-hand"]
    assert _names(shelf) == sorted(left)
    assert [each.verified for each in backup_set.list_backups(shelf)] == [True, False]


@pytest.mark.parametrize(
    "content_", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "store": 7}', "\x00", "[" * 90_000, "x" * 200_000]
)
def test_a_strange_manifest_is_no_backup(opened: vault.Vault, shelf: Path, content_: str) -> None:
    place = backup.make(opened, shelf, NOW).place
    (place / backup_set.MANIFEST).write_text(content_, "utf-8")
    assert backup_set.list_backups(shelf) == []
    assert backup_set.list_backups(place) == []


def test_after_a_colleague_left_old_backups_can_be_let_go_once_a_new_one_is_there(
    store: Specimen, opened: vault.Vault, shelf: Path
) -> None:
    old = backup.make(opened, shelf, NOW)
    opened.remove_user(store.jonas)
    assert backup_set.expire_former_keys(shelf, opened.store_id, opened.key.generation) == 0
    new = backup.make(opened, shelf, NOW + timedelta(hours=1))
    assert (old.generation, new.generation) == (1, 2)
    with pytest.raises(second_reader.NotSound):
        second_reader.examine(old.place / engine.NAME, opened.key.data_key)
    assert backup_set.expire_former_keys(shelf, opened.store_id, opened.key.generation) == 1
    assert backup_set.list_backups(shelf) == [new]


# nothing readable --------------------------------------------------------------------------------------------------

MARKERS = ("Zebrahild Quastenflosser", "Öznur Çiğdem")


def test_nothing_personal_is_readable_in_a_backup_at_any_moment(
    opened: vault.Vault, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(temporary))
    for number, marker in enumerate(MARKERS):
        _fill(opened, 300, series=f"{marker} {number}")
    seen, genuine = b"", backup_set.make_durable

    def looked_at(path: Path) -> None:
        nonlocal seen
        seen += _everything_in(tmp_path)
        genuine(path)

    monkeypatch.setattr(backup_set, "make_durable", looked_at)
    backup.make(opened, shelf, NOW)
    seen += _everything_in(tmp_path)
    assert [form for marker in MARKERS for form in _readable_forms(marker) if form in seen] == []
    assert opened.key.data_key not in seen
    assert opened.key.data_key.hex().encode() not in seen


def _readable_forms(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        plain = marker.encode(encoding, errors="ignore")
        yield plain
        yield from (base64.b64encode(plain[skip:])[2:-4] for skip in range(3))


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
