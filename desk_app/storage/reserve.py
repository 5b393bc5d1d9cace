"""Room kept free by a file of nothing, given up when the disk is full, so that staff can still finish and tidy up.

On a full disk even deleting needs room: the rows are first written to the log.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

NAME: Final = "trittstein.reserve"
RESERVE_BYTES: Final = 50_000_000
LEAVE_FREE_BYTES: Final = 600_000_000
"""The file is only made where so much is free; below 500 MB the program warns, and it must not cause that itself."""

_STEP: Final = 1 << 20


def make(folder: Path, *, size: int = RESERVE_BYTES, leave_free: int = LEAVE_FREE_BYTES) -> bool:
    """Lay the reserve beside the store in ``folder`` if it is missing and there is room; whether it is there now.

    Random bytes, since file systems that compress or leave holes would give zeros no room at all.
    """
    path = folder / NAME
    if is_there(folder):
        return True
    try:
        if shutil.disk_usage(folder).free < max(leave_free, size):
            return False
        with path.open("wb") as file:
            for start in range(0, size, _STEP):
                file.write(os.urandom(min(_STEP, size - start)))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        release(folder)
        return False
    return True


def is_there(folder: Path) -> bool:
    """Whether the reserve is still untouched."""
    return (folder / NAME).is_file()


def release(folder: Path) -> bool:
    """Give the room back; whether there was any to give."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()
        return True
    return False
