"""Writes files whole or not at all, and tells what the world had against it.

A file is made under a passing name beside its target, read back and only then put in its place: a full
disk, a pulled stick or a cancelled export leaves neither half a file nor a damaged older one.
"""

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desk_app.domain.errors import DiskFull, TargetGone, TargetNotWritable, WorldError
from desk_app.i18n import _

_FULL = {errno.ENOSPC, errno.EDQUOT}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN}
_BAD_NAME = {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}


@dataclass(frozen=True)
class WrittenFile:
    """A file that has safely arrived: `sha256` in hexadecimal digits and `size` in bytes, as read back."""

    path: Path
    sha256: str
    size: int


def write_whole(
    target: Path, writer: Callable[[BinaryIO], object], check: Callable[[Path], object] | None = None
) -> WrittenFile:
    """Let `writer` fill a file, have `check` look at it (raising if it is not good), then put it at `target`.

    An existing file at `target` is replaced only at the very end. The file is readable by its owner alone
    from the first byte on. Raises DiskFull, TargetGone or TargetNotWritable; whatever `writer` or `check`
    raise passes through. No failure leaves anything new in the folder.
    """
    with _telling_the_world():
        handle, name = tempfile.mkstemp(prefix=".trittstein-", suffix=".part", dir=target.parent)
    passing = Path(name)
    try:
        _fill(handle, writer)
        with _telling_the_world():
            if check is not None:
                check(passing)
            written = WrittenFile(target, sha256_of(passing), passing.stat().st_size)
        if not written.size:
            raise ValueError("the writer left the file empty")
        _put(passing, target)
    finally:
        with contextlib.suppress(OSError):
            passing.unlink(missing_ok=True)
    _keep_folder(target.parent)
    return written


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """The first of "stem.xlsx", "stem-2.xlsx", "stem-3.xlsx" … that is still free in `folder`."""
    with _telling_the_world():
        number = 1
        path = folder / f"{stem}{suffix}"
        while path.exists() or path.is_symlink():
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
    return path


def new_folder(parent: Path, name: str) -> Path:
    """Make the first of "name", "name-2", "name-3" … that is still free in `parent`, for its owner alone.

    Raises what `write_whole` raises.
    """
    path = free_name(parent, name, "")
    with _telling_the_world():
        path.mkdir(mode=0o700)
    return path


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fill(handle: int, writer: Callable[[BinaryIO], object]) -> None:
    try:
        with os.fdopen(handle, "w+b") as stream:
            writer(stream)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        if error.filename is not None:  # not our stream: the writer failed to open something of its own
            raise
        raise _in_words(error) from error


def _put(passing: Path, target: Path) -> None:
    try:
        passing.replace(target)
    except IsADirectoryError as error:
        raise TargetNotWritable(
            _(
                "Unter diesem Namen liegt schon ein Ordner. Es wurde nichts geändert. "
                "Bitte wählen Sie einen anderen Dateinamen."
            )
        ) from error
    except PermissionError as error:  # Windows refuses to replace a file that a program holds open
        raise TargetNotWritable(
            _(
                "Die vorhandene Datei ist noch in einem anderen Programm geöffnet oder schreibgeschützt. "
                "Sie wurde nicht geändert. Bitte schließen Sie sie dort und versuchen Sie es noch einmal."
            )
        ) from error
    except OSError as error:
        raise _in_words(error) from error


def _keep_folder(folder: Path) -> None:
    """Make the new name survive a power cut, on systems where folders can be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _telling_the_world() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _in_words(error) from error


def _in_words(error: OSError) -> WorldError:
    if error.errno in _FULL:
        return DiskFull()
    if error.errno in _GONE:
        return TargetGone()
    if error.errno in _BAD_NAME:
        return TargetNotWritable(
            _(
                "Dieser Dateiname ist hier zu lang oder enthält unerlaubte Zeichen. Es wurde nichts geändert. "
                "Bitte wählen Sie einen kürzeren Namen oder einen anderen Ordner."
            )
        )
    return TargetNotWritable()
