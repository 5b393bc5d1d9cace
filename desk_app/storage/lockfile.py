"""One process per store: a lock of the operating system on a file in the folder.

The lock ends with the process, however it ends, so a crash never leaves a store "in use".
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from desk_app.domain.errors import VaultBusy

NAME: Final = "trittstein.lock"


class StoreLock:
    """Holds the store in ``folder`` from construction until ``release``. Raises ``VaultBusy`` or ``OSError``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._made_here = not self._path.exists()
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as held:
            os.close(self._handle)
            raise VaultBusy from held

    def release(self, *, traceless: bool = False) -> None:
        """Let others in. ``traceless`` takes away a lock file that was not there before."""
        os.close(self._handle)
        if traceless and self._made_here:
            with contextlib.suppress(OSError):
                self._path.unlink()


def is_held(folder: Path) -> bool:
    """Whether some process, this one included, has the store in ``folder`` open. Leaves no trace."""
    if not (folder / NAME).is_file():
        return False
    try:
        StoreLock(folder).release()
    except VaultBusy:
        return True
    except OSError:
        return False
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
