"""A small disk that is really full, or really read-only: every writer says so, and what was confirmed is there."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from builders import PASSPHRASE, ShutStore, StoredFamily, store_family
from random_saves import content_of
from sqlalchemy import select

from desk_app import bootstrap, settings
from desk_app.casework import exports, intake
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk
from desk_app.domain.errors import DiskFull, TargetNotWritable, WorldError
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage import backup, engine, health, reserve, restore, row_images, sealing, vault
from desk_app.storage.tables import Household

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
OTHER = "vier Elche tanzen im Regen Samba"


def _mounted(place: Path, *options: str) -> bool:
    command = ["mount", *options, "trittstein-test", str(place)]
    return sys.platform == "linux" and not subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not _mounted(place, "-t", "tmpfs", "-o", "size=4m"):
        pytest.skip("mounting a small disk needs Linux and the right to do it")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def on_disk(shut_store: ShutStore, disk: Path) -> Path:
    folder = disk / "store"
    shutil.copytree(shut_store.folder, folder)
    return folder


def fill_up(disk: Path) -> Path:
    """Take all the room there is."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


def take_in(desk: Desk, name: str) -> StoredFamily:
    return desk.do(partial(store_family, family_name=name))[0]


def names(desk: Desk) -> set[str | None]:
    return set(desk.do(lambda work: work.session.scalars(select(Household.family_name)).all())[0])


def said(refusal: pytest.ExceptionInfo[WorldError]) -> str:
    """The sentence for the user, which must be one in German without the words of the machine."""
    words = str(refusal.value)
    assert words.endswith(".")
    assert not {"errno", "sqlite", "space left", "read-only"} & set(words.lower().split()), words
    return words


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_on_a_full_disk_every_writer_says_so_and_nothing_confirmed_is_lost(
    shut_store: ShutStore, on_disk: Path, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = bootstrap.unlock(on_disk, shut_store.user, PASSPHRASE)
    family = take_in(desk, "Erste")
    assert reserve.make(on_disk, size=600_000, leave_free=0)
    fill_up(disk)
    kept = {"Erste"}
    for number in range(200):
        if not reserve.is_there(on_disk):
            break
        take_in(desk, f"Mit Reserve {number}")
        kept.add(f"Mit Reserve {number}")
    assert not reserve.is_there(on_disk), "the reserve was never needed: the test shows nothing"
    ballast = fill_up(disk)
    with pytest.raises(DiskFull, match="voll") as refusal:  # noqa: PT012 - how much still fits is not known
        for number in range(200):
            take_in(desk, f"Zum Schluss {number}")
            kept.add(f"Zum Schluss {number}")
    said(refusal)
    fill_up(disk)
    assert names(desk) == kept, "reading goes on"
    for writer in full_disk_writers(desk, family, on_disk, disk, tmp_path):
        with pytest.raises(DiskFull) as refusal:
            writer()
        assert "voll" in said(refusal)
    with pytest.raises(OSError, match="No space"):
        settings.save(settings.Settings(theme="dark"), disk / "settings")
    monkeypatch.setenv("TRITTSTEIN_CONFIG", str(disk / "settings"))
    assert BackupKeeper(desk).round().at is None, "a backup without room is no backup, and nobody is stopped by that"
    found = health.full(desk.vault, NOW)
    assert found is not None
    assert found.sound
    ballast.unlink()
    take_in(desk, "Danach")
    assert names(desk) == kept | {"Danach"}, "the same connection goes on once there is room"
    held = content_of(desk.vault)
    desk.close()
    for lost in ((), (engine.NAME,)):
        for name in lost:
            (on_disk / name).unlink()
        with vault.unlock(on_disk, shut_store.user, PASSPHRASE) as opened:
            found_again = content_of(opened).tables
        # a file rebuilt from the journal has an empty search until the program works it out again
        anew = row_images.DERIVED if lost else frozenset[str]()
        assert {name: table for name, table in found_again.items() if name not in anew} == {
            name: table for name, table in held.tables.items() if name not in anew
        }


def full_disk_writers(
    desk: Desk, family: StoredFamily, folder: Path, disk: Path, elsewhere: Path
) -> list[Callable[[], object]]:
    shelf, out = disk / "Sicherungen", disk / "Fachberatung"
    shelf.mkdir()
    out.mkdir()
    good = elsewhere / "gut"
    good.mkdir()
    made = backup.make(desk.vault, good, NOW)
    wanted = exports.Wanted((family.request,), out)
    child = Ref(RecordKind.PERSON, family.child)
    return [
        lambda: desk.do(partial(intake.set_value, ref=child, key="strengths", value="Zeichnen " * 4000)),
        lambda: desk.do(partial(exports.export_requests, wanted=wanted)),
        lambda: backup.make(desk.vault, shelf, NOW),
        lambda: desk.vault.add_user("Jonas Adeyemi", OTHER),
        lambda: desk.vault.change_passphrase(PASSPHRASE, OTHER),
        lambda: desk.vault.new_recovery_code(),
        lambda: restore.restore(disk / "zweiter", made.place, desk.user, PASSPHRASE, NOW),
        lambda: vault.create(disk / "neu", centre_name="KI", user_name="Meryem", passphrase=OTHER, kdf=sealing.FLOOR),
    ]


@pytest.mark.parametrize("left", ["closed in order", "left by a crash"])
def test_on_a_read_only_disk_every_writer_says_so_and_nothing_is_changed(
    shut_store: ShutStore, on_disk: Path, disk: Path, desk: Desk, tmp_path: Path, left: str
) -> None:
    for name in ("Sicherungen", "Fachberatung", "settings"):
        (disk / name).mkdir()
    opened = bootstrap.unlock(on_disk, shut_store.user, PASSPHRASE)
    take_in(opened, "Erste")
    made = backup.make(opened.vault, disk / "Sicherungen", NOW)
    if left == "left by a crash":
        with mock.patch.object(engine, "checkpoint"):
            take_in(opened, "Zweite")
            shutil.copytree(on_disk, tmp_path / "crashed")
    opened.close()
    if left == "left by a crash":
        shutil.rmtree(on_disk)
        shutil.move(tmp_path / "crashed", on_disk)
        assert (on_disk / f"{engine.NAME}-wal").stat().st_size > 0
    assert _mounted(disk, "-o", "remount,ro")
    before = fingerprint(disk)
    family = take_in(desk, "Hier")
    wanted = exports.Wanted((family.request,), disk / "Fachberatung")
    writers: list[Callable[[], object]] = [
        lambda: bootstrap.unlock(on_disk, shut_store.user, PASSPHRASE),
        lambda: vault.create(disk / "neu", centre_name="KI", user_name="Meryem", passphrase=OTHER, kdf=sealing.FLOOR),
        lambda: restore.restore(on_disk, made.place, shut_store.user, PASSPHRASE, NOW),
        lambda: desk.do(partial(exports.export_requests, wanted=wanted)),
        lambda: backup.make(desk.vault, disk / "Sicherungen", NOW),
        lambda: BackupKeeper(desk).choose(disk / "Fachberatung"),
    ]
    for writer in writers:
        with pytest.raises(TargetNotWritable) as refusal:
            writer()
        said(refusal)
    with pytest.raises(OSError, match="Read-only"):
        settings.save(settings.Settings(), disk / "settings")
    assert fingerprint(disk) == before
    brought = restore.restore(tmp_path / "neu", made.place, shut_store.user, PASSPHRASE, NOW)
    assert brought.rows > 0, "a backup on a read-only stick is still one"
    assert fingerprint(disk) == before
