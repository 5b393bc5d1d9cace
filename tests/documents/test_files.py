"""A file arrives whole or not at all; the world's objections become one German message."""

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from desk_app.documents import files
from desk_app.documents.files import free_name, sha256_of, write_whole
from desk_app.domain.errors import DiskFull, ExportCancelled, TargetGone, TargetNotWritable, WorldError

OLD = b"an older list"


def liste(stream: BinaryIO) -> None:
    stream.write(b"half a list and ")
    stream.write(b"the other half")


def failing(error: BaseException) -> Callable[[BinaryIO], None]:
    def writer(stream: BinaryIO) -> None:
        stream.write(b"half a list and ")
        stream.flush()
        raise error

    return writer


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "Schulplatzanfragen_2026-11-17.xlsx"
    path.write_bytes(OLD)
    return path


def assert_only_the_older_file_is_there(target: Path) -> None:
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.read_bytes() == OLD


def test_the_file_is_there_with_its_fingerprint(target: Path) -> None:
    written = write_whole(target, liste)
    assert target.read_bytes() == b"half a list and the other half"
    assert written.path == target
    assert written.size == target.stat().st_size
    assert written.sha256 == sha256_of(target) == hashlib.sha256(target.read_bytes()).hexdigest()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no mode bits")
def test_nobody_else_can_read_it_at_any_time(target: Path) -> None:
    modes: list[int] = []

    def look(stream: BinaryIO) -> None:
        liste(stream)
        modes.extend(path.stat().st_mode for path in target.parent.iterdir() if path != target)

    before = os.umask(0)
    try:
        write_whole(target, look)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(mode) for mode in [*modes, target.stat().st_mode]] == [0o600, 0o600]


def test_it_is_looked_at_before_it_replaces_the_older_one(target: Path) -> None:
    seen: list[tuple[bytes, bytes]] = []
    write_whole(target, liste, lambda path: seen.append((path.read_bytes(), target.read_bytes())))
    assert seen == [(b"half a list and the other half", OLD)]


def test_a_file_that_fails_its_check_never_arrives(target: Path) -> None:
    def refuse(path: Path) -> None:
        raise ValueError(path.name)

    with pytest.raises(ValueError, match="part"):
        write_whole(target, liste, refuse)
    assert_only_the_older_file_is_there(target)


def test_an_empty_file_never_arrives(target: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        write_whole(target, lambda stream: None)
    assert_only_the_older_file_is_there(target)


@pytest.mark.parametrize("error", [ExportCancelled(), RuntimeError("a bug"), KeyboardInterrupt()])
def test_stopping_half_way_leaves_nothing(target: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        write_whole(target, failing(error))
    assert_only_the_older_file_is_there(target)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, TargetNotWritable),
        (errno.EIO, TargetGone),
        (errno.ENODEV, TargetGone),
    ],
)
def test_trouble_while_writing_is_told_and_leaves_nothing(target: Path, number: int, kind: type[WorldError]) -> None:
    with pytest.raises(kind) as told:
        write_whole(target, failing(OSError(number, os.strerror(number))))
    assert str(told.value).count(".") == 3
    assert_only_the_older_file_is_there(target)


def test_a_disk_that_says_so_only_when_asked_to_keep_it(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int) -> None:  # as network drives do
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull):
        write_whole(target, liste)
    assert_only_the_older_file_is_there(target)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_disk_that_is_really_full() -> None:
    with pytest.raises(DiskFull):
        files._fill(os.open("/dev/full", os.O_RDWR), liste)


def test_what_the_writer_could_not_find_is_a_bug_and_not_the_folder(target: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(target, lambda stream: (target.parent / "font.ttf").read_bytes())
    assert_only_the_older_file_is_there(target)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(TargetGone):
        write_whole(tmp_path / "stick" / "list.xlsx", liste)
    (tmp_path / "file").touch()
    with pytest.raises(TargetGone):
        write_whole(tmp_path / "file" / "list.xlsx", liste)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs rights that can be missing")
def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(TargetNotWritable):
            write_whole(tmp_path / "list.xlsx", liste)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that refuses even the administrator")
def test_a_folder_that_refuses_everybody() -> None:
    with pytest.raises((TargetNotWritable, TargetGone)):
        write_whole(Path("/proc/self/list.xlsx"), liste)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(TargetNotWritable, match="Dateiname"):
        write_whole(tmp_path / ("a" * 300), liste)
    assert not list(tmp_path.iterdir())
    with pytest.raises(TargetNotWritable, match="Dateiname"):
        free_name(tmp_path, "a" * 300, ".xlsx")


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").mkdir()
    with pytest.raises(TargetNotWritable, match="schon ein Ordner"):
        write_whole(tmp_path / "list.xlsx", liste)
    assert [path.name for path in tmp_path.iterdir()] == ["list.xlsx"]


def test_a_file_open_in_another_program(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:  # as Windows does
        raise PermissionError(errno.EACCES, "in use", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetNotWritable, match="geöffnet"):
        write_whole(target, liste)
    assert_only_the_older_file_is_there(target)


def test_the_next_free_name_is_numbered(tmp_path: Path) -> None:
    names = []
    for _turn in range(3):
        path = free_name(tmp_path, "Liste_2026-11-17", ".xlsx")
        path.touch()
        names.append(path.name)
    assert names == ["Liste_2026-11-17.xlsx", "Liste_2026-11-17-2.xlsx", "Liste_2026-11-17-3.xlsx"]


def test_a_link_to_nowhere_is_not_a_free_name(tmp_path: Path) -> None:
    (tmp_path / "Liste.xlsx").symlink_to(tmp_path / "nowhere")
    assert free_name(tmp_path, "Liste", ".xlsx").name == "Liste-2.xlsx"
