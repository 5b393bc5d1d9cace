"""A save is in the journal before it is confirmed, and one that was not kept does not come back from there."""

from __future__ import annotations

import base64
import errno
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from random_saves import content_of, numbers, save_one
from specimen_store import CARLAS, Specimen
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desk_app.domain.errors import DiskFull, VaultDamaged
from desk_app.storage import engine as engines
from desk_app.storage import failures, journal, journal_file, reserve, row_images, save_mark, vault
from desk_app.storage.tables import Counter, Household

ROOT = Path(__file__).parents[2]
JOURNAL = journal_file.NAME


def _adds(number: int) -> Callable[[Session], None]:
    return lambda session: session.add(Counter(series="save", year=number, last=0))


def _has(number: int) -> Callable[[Session], bool]:
    return lambda session: session.get(Counter, ("save", number)) is not None


def add(opened: vault.Vault, number: int) -> None:
    opened.save(_adds(number), landed=_has(number))


def as_after_a_crash(store: Specimen, tmp_path: Path) -> Specimen:
    """The store's files as they lie there now, elsewhere."""
    shutil.copytree(store.folder, tmp_path / "crashed")
    return Specimen(tmp_path / "crashed", store.carla, store.jonas, store.recovery_code)


def in_journal(opened: vault.Vault) -> int:
    return journal_file.read(opened.folder / JOURNAL, opened.key).mark.counter


# what is written --------------------------------------------------------------------------------------------


def test_every_way_of_writing_is_written_down(store: Specimen) -> None:
    """Mapped classes, plain statements, cascades, replaced rows, and engines used past ``session``."""
    with store.unlock() as opened:
        add(opened, 1)
        with opened.session() as session:
            session.execute(text("INSERT OR REPLACE INTO counter (series, year, last) VALUES ('save', 1, 7)"))
        with opened.engine.begin() as connection:
            connection.execute(text("INSERT INTO counter VALUES ('save', 2, 0)"))
        with opened.engine.begin() as connection:
            connection.execute(text("UPDATE counter SET year = 3 WHERE year = 2"))
        with opened.session() as session:
            session.execute(text("DELETE FROM counter WHERE year = 1"))
        assert in_journal(opened) == 5
        assert numbers(opened) == [3]
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert numbers(opened) == [3]


def test_a_row_pushed_out_by_another_is_written_down_as_gone(store: Specimen) -> None:
    insert = "INSERT OR REPLACE INTO centre_setting VALUES ('same', '1', :at, :by, :at, :by, NULL, 1, :id)"
    with store.unlock() as opened:
        for _twice in range(2):
            with opened.session() as session:
                values = {"at": "2026-11-26 09:42:00.000000", "by": uuid4().hex, "id": uuid4().hex}
                session.execute(text(insert), values)
        held = content_of(opened)
        assert held.tables["centre_setting"].rows == 1
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_only_the_audit_whose_rows_never_change_has_the_number_of_the_row_for_its_key(opened: vault.Vault) -> None:
    """Such a key can be changed under the name ``rowid`` as well, which the triggers would not notice."""
    connection = engines.driver_connection(opened.engine)
    found = set()
    for table in row_images.tables(connection):
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        if [column[2] for column in columns if column[5]] == ["INTEGER"]:
            found.add(table)
    assert found == {"audit"}


def test_looking_is_not_written_down(opened: vault.Vault) -> None:
    before = opened._journal.size
    with opened.session() as session:
        session.scalars(select(Household)).all()
    assert opened._journal.size == before


def test_images_come_back_as_they_were() -> None:
    images = [
        row_images.Images(
            "t", ("a", "b"), ("a", "b", "c"), ((1, "ü", b"\0\xff"), (2, "", None), (3, "x", 0.1)), ((4, "y"),)
        )
    ]
    assert row_images.unpacked(row_images.packed(images)) == images


def test_a_frame_left_out_exchanged_or_taken_from_elsewhere_ends_the_journal(store: Specimen, tmp_path: Path) -> None:
    path = store.folder / JOURNAL
    with store.unlock() as opened:
        for number in range(5):
            add(opened, number)
        data = path.read_bytes()
        key = opened.key
        frames = list(journal_file.saves(path, key))
        parts = [data[frame.at : frame.end] for frame in frames]
        for order in ((0, 2, 3, 4), (0, 2, 1, 3, 4), (0, 1, 1, 2, 3, 4)):
            copy = tmp_path / "altered"
            copy.write_bytes(data[: frames[0].at] + b"".join(parts[n] for n in order) + bytes(500))
            read = journal_file.read(copy, key)
            assert read.mark.counter <= 2
            assert read.damage


# errors and kills between the steps -------------------------------------------------------------------------


def _commit_fails(opened: vault.Vault, *, happens: bool, times: int) -> None:
    dialect = opened.engine.dialect
    genuine = dialect.do_commit
    left = times

    def commit(connection: object) -> None:
        nonlocal left
        if left:
            left -= 1
            if happens:
                genuine(connection)
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = failures.IOERR
            raise error
        genuine(connection)

    dialect.do_commit = commit  # type: ignore[method-assign]  # the injected fault


def test_a_save_reported_as_not_kept_does_not_come_back(store: Specimen, tmp_path: Path) -> None:
    with store.unlock() as opened:
        add(opened, 1)
        _commit_fails(opened, happens=False, times=2)
        with pytest.raises(failures.SaveUncertain):
            add(opened, 2)
        with as_after_a_crash(store, tmp_path).unlock() as after:
            assert numbers(after) == [1]
            assert after.notices == ()
        add(opened, 3)
        assert in_journal(opened) == 2


def test_a_save_that_happened_in_spite_of_an_error_stays_in_the_journal(store: Specimen, tmp_path: Path) -> None:
    with store.unlock() as opened:
        _commit_fails(opened, happens=True, times=1)
        add(opened, 1)
        add(opened, 2)
        assert in_journal(opened) == 2
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert numbers(opened) == [1, 2]


def test_what_could_not_be_settled_at_once_is_settled_before_the_next_save(
    store: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.unlock() as opened:
        with monkeypatch.context() as unsettled:
            unsettled.setattr(vault.Vault, "_settle", lambda _self: None)
            _commit_fails(opened, happens=False, times=2)
            with pytest.raises(failures.SaveUncertain):
                add(opened, 1)
        add(opened, 2)
        assert in_journal(opened) == 1
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert numbers(opened) == [2]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_journal_that_cannot_be_written_keeps_nothing(
    store: Specimen, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fails(_handle: int) -> None:
        raise OSError(number, "injected")

    with store.unlock() as opened:
        add(opened, 1)
        with monkeypatch.context() as fault:
            fault.setattr(journal, "sync", fails)
            with pytest.raises(DiskFull if number == errno.ENOSPC else VaultDamaged):
                add(opened, 2)
        assert numbers(opened) == [1]
        add(opened, 3)
        assert in_journal(opened) == 2
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert numbers(opened) == [1, 3]


def test_a_database_exchanged_while_open_stops_saving_instead_of_parting_from_the_journal(opened: vault.Vault) -> None:
    add(opened, 1)
    save_mark.write(engines.driver_connection(opened.engine), save_mark.Mark(77, bytes(32)))
    with pytest.raises(VaultDamaged, match="öffnen Sie es neu"):
        add(opened, 2)
    assert numbers(opened) == [1]


KILLED = """
import os, random, signal, sys
from pathlib import Path
from uuid import UUID
sys.path.insert(0, "tests")
from desk_app.storage import engine as engines, journal, vault
from random_saves import save_one

def die(*_anything):
    os.kill(os.getpid(), signal.SIGKILL)

def torn(self, at, data):
    os.lseek(self._handle, at, os.SEEK_SET)
    os.write(self._handle, data[: len(data) // 2])
    die()

def then_die(deed):
    def done(*words):
        deed(*words)
        die()
    return done

folder, user, passphrase, step = Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3], sys.argv[4]
opened = vault.unlock(folder, user, passphrase)
chance = random.Random(8)
for number in range(3):
    save_one(opened, number, chance)
    print(number, flush=True)
dialect = opened.engine.dialect
if step == "before the journal": journal.Journal._append = die
if step == "in the frame": journal.Journal._write = torn
if step == "before the commit": dialect.do_commit = die
if step == "after the commit": dialect.do_commit = then_die(dialect.do_commit)
if step == "after carrying over": engines.checkpoint = then_die(engines.checkpoint)
save_one(opened, 3, chance)
"""

STEPS = {
    "before the journal": False,
    "in the frame": False,
    "before the commit": True,
    "after the commit": True,
    "after carrying over": True,
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("database", ["kept", "destroyed"])
def test_killed_at_any_step_the_confirmed_saves_are_there(store: Specimen, step: str, database: str) -> None:
    command = [sys.executable, "-c", KILLED, str(store.folder), str(store.carla), CARLAS, step]
    child = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert child.returncode == -9, child.stderr
    assert child.stdout.split() == ["0", "1", "2"]
    if database == "destroyed":
        (store.folder / engines.NAME).unlink()
    for _again in range(2):
        with store.unlock() as opened:
            assert numbers(opened) == [0, 1, 2, *([3] if STEPS[step] else [])]
            held = content_of(opened)
            save_one(opened, 100 + _again, random.Random(1))
            save_one_away(opened, 100 + _again)
    with store.unlock() as opened:
        assert opened.notices == ()
        assert content_of(opened).tables["household"].rows >= held.tables["household"].rows


def save_one_away(opened: vault.Vault, number: int) -> None:
    with opened.session() as session:
        session.delete(session.get_one(Counter, ("save", number)))


# a full disk ------------------------------------------------------------------------------------------------

FULL = """
import random, resource, signal, sys
from pathlib import Path
from uuid import UUID
sys.path.insert(0, "tests")
from desk_app.domain.errors import WorldError
from desk_app.storage import vault
from random_saves import numbers, save_one

opened = vault.unlock(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
chance, confirmed, refused = random.Random(8), [], 0
for number in range(400):
    try:
        save_one(opened, number, chance)
        confirmed.append(number)
    except WorldError as error:
        refused += 1
        said = str(error)
        if refused == 3:
            break
assert numbers(opened) == confirmed, (numbers(opened), confirmed)
print(len(confirmed), refused, said)
opened.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
@pytest.mark.parametrize("limit", [262_144 + 100_000, 450_000])
def test_on_a_full_disk_every_confirmed_save_is_kept_and_the_rest_refused(store: Specimen, limit: int) -> None:
    command = [sys.executable, "-c", FULL, str(store.folder), str(store.carla), CARLAS, str(limit)]
    child = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert child.returncode == 0, child.stderr
    confirmed, refused, said = child.stdout.split(maxsplit=2)
    assert int(refused) == 3
    assert "gespeichert war" in said
    with store.unlock() as opened:
        assert len(numbers(opened)) == int(confirmed)
        held = content_of(opened)
    (store.folder / engines.NAME).unlink()
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_the_reserve_is_given_up_so_that_the_save_can_be_finished(
    store: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_until_given_up(handle: int) -> None:
        if reserve.is_there(store.folder):
            raise OSError(errno.ENOSPC, "injected")

    assert reserve.make(store.folder, size=3_000_000, leave_free=0)
    monkeypatch.setattr(journal, "sync", full_until_given_up)
    with store.unlock() as opened:
        add(opened, 1)
        assert numbers(opened) == [1]
    assert not reserve.is_there(store.folder)


def test_the_reserve_takes_real_room_and_none_where_there_is_little(store: Specimen) -> None:
    assert not reserve.make(store.folder, size=1000, leave_free=1 << 60)
    assert not reserve.is_there(store.folder)
    assert reserve.make(store.folder, size=3_000_000, leave_free=0)
    found = (store.folder / reserve.NAME).stat()
    assert found.st_size == 3_000_000
    assert getattr(found, "st_blocks", 5860) * 512 >= 3_000_000
    assert reserve.release(store.folder)
    assert not reserve.release(store.folder)


# nothing readable -------------------------------------------------------------------------------------------

MARKERS = ("Zebrahild Quastenflosser", "Öznur Çiğdem-Ağaoğlu")


def test_nothing_personal_is_readable_in_journal_base_quarantine_and_note(store: Specimen, tmp_path: Path) -> None:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    stamp = {"created_at": at, "created_by": store.carla, "changed_at": at, "changed_by": store.carla}
    with store.unlock() as opened:
        for number, marker in enumerate(MARKERS * 3):
            with opened.session() as session:
                session.add(Household(id=uuid4(), file_number=f"F{number}", family_name=marker, **stamp))
        seen = _everything_in(tmp_path)
        opened.remove_user(store.jonas)
        add(opened, 1)
    (store.folder / engines.NAME).write_bytes(bytes(9000))
    with store.unlock() as opened:
        assert opened.notices
        seen += _everything_in(tmp_path)
    assert {"trittstein.basis-6.db", "machine-settings"} <= {path.name for path in tmp_path.rglob("*")}
    assert [form for marker in MARKERS for form in _readable_forms(marker) if form in seen] == []


def _readable_forms(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        plain = marker.encode(encoding, errors="ignore")
        yield plain
        yield from (base64.b64encode(plain[skip:])[2:-4] for skip in range(3))


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
