"""Compiles ``preload.c``, runs a program under it, and reads what it noted."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "preload.c"
PATHS = (str(HERE.parent), str(HERE.parent.parent))

_HEAD = struct.Struct("<BxHHxxIQQ")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing done to the disk. ``deed`` is a letter; ``inode`` names the file, or the number of a mark ("M").

    C created, T cut to ``offset``, W written, S synced, X sync that failed and lost, R renamed, L linked, U unlinked,
    K folder made, M mark.
    """

    deed: str
    inode: int
    offset: int
    first: str
    second: str
    data: bytes


def why_not() -> str:
    """Why there can be no library to load before a program; empty if there can."""
    if sys.platform != "linux":
        return "needs Linux"
    return "" if shutil.which("cc") else "needs a C compiler (cc)"


def compiled(folder: Path) -> Path:
    """The library, made in ``folder``."""
    library = folder / "trust_preload.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return library


def run(library: Path, root: Path, trace: Path, code: str, *words: str, wait: float = 300) -> str:
    """Run Python ``code`` in a process whose deeds below ``root`` go to ``trace``; what it printed."""
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "TRUST_ROOT": str(root),
        "TRUST_TRACE": str(trace),
        "TRITTSTEIN_CONFIG": str(root / "config"),
        "PYTHONPATH": os.pathsep.join(PATHS),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=wait, check=False)
    if done.returncode != 0:
        raise AssertionError(f"the process under observation ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def notes(trace: Path) -> Iterator[Note]:
    """What was noted, in order."""
    data = trace.read_bytes()
    at = 0
    while at < len(data):
        deed, first, second, length, inode, offset = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        paths = data[at : at + first + second].decode()
        at += first + second
        yield Note(chr(deed), inode, offset, paths[:first], paths[first:], data[at : at + length])
        at += length
