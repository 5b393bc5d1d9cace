"""One process per store: a lock of the operating system on a file in the folder, and a note of who holds it.

The lock ends with the process, however it ends, so a crash never leaves a store "in use". The note is a file of its
own, written once the store is open, and locked for as long as it is true: what a crash left behind is not locked and
is never told as fact. Windows shuts locked bytes off from readers, so there the lock lies far behind the text.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Final

from desk_app.domain.errors import VaultBusy
from desk_app.domain.holder import Holder

NAME: Final = "trittstein.lock"
NOTE: Final = "trittstein.lock.wer"

_FAR_BEHIND: Final = 1 << 20
_LARGEST_BYTES: Final = 4096


class StoreLock:
    """Holds the store in ``folder`` from construction until ``release``. Raises ``VaultBusy`` or ``OSError``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._note: int | None = None
        self._made_here = not self._path.exists()
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as held:
            os.close(self._handle)
            raise VaultBusy(holder=holder(folder)) from held

    def sign(self, name: str, since: str) -> None:
        """Let others know who has the store open. Only a courtesy: a full disk must not keep anybody out."""
        with contextlib.suppress(OSError):
            self._note = os.open(self._path.with_name(NOTE), os.O_RDWR | os.O_CREAT, 0o600)
            _lock(self._note)
            os.ftruncate(self._note, 0)
            here = {"machine": _machine(), "session": _session(), "process": os.getpid()}
            os.write(self._note, json.dumps({"name": name, "since": since, **here}).encode())

    def release(self, *, traceless: bool = False) -> None:
        """Let others in. ``traceless`` takes away a lock file that was not there before."""
        if self._note is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._note, 0)
            os.close(self._note)
            # while the store is still ours, so that it is nobody else's note
            with contextlib.suppress(OSError):
                self._path.with_name(NOTE).unlink()
            self._note = None
        os.close(self._handle)
        if traceless and self._made_here:
            with contextlib.suppress(OSError):
                self._path.unlink()


def is_held(folder: Path) -> bool:
    """Whether some process, this one included, has the store in ``folder`` open. Leaves no trace."""
    return _is_locked(folder / NAME)


def holder(folder: Path) -> Holder | None:
    """Who has the store in ``folder`` open; None if nobody has, or it is not known. Leaves no trace.

    It is not known for the moment in which somebody's passphrase is being checked.
    """
    path = folder / NOTE
    if not _is_locked(path):
        return None
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST_BYTES))
        machine = str(said["machine"])
        return Holder(
            name=str(said["name"]),
            since=str(said["since"]),
            machine=machine,
            here=machine == _machine(),
            same_session=said["session"] == _session(),
            own=said["process"] == os.getpid(),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_locked(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _try(handle)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _machine() -> str:
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _session() -> str:
    """Tells one log-in at the system from another without naming anybody."""
    import getpass
    import hashlib

    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = ""
    place = os.environ.get("SESSIONNAME") or os.environ.get("XDG_SESSION_ID") or ""
    return hashlib.sha256(f"{_machine()}\0{account}\0{place}".encode()).hexdigest()[:16]


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR_BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

    _try = _lock  # there are no shared locks here: two who look at the same instant may each take the other for it
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _try(handle: int) -> None:
        """Like ``_lock``, but two who only look do not get into each other's way."""
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
