"""A fresh process takes over the window when the program locks, so that nothing of the old one's memory stays.

Python cannot wipe what it once read, and copies of names and keys lie about in Qt and SQLite as well; the end of
the process is the only wiping that is sure. Successor and predecessor share two pipes, the successor's standard
input and output: over one it says that it is painted, the other closes by itself when the predecessor is gone.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import subprocess

PAINTED_WITHIN = 2.0
"""Seconds the old process stays for the new one to be painted, and with it what was in its memory."""
GONE_WITHIN = 20.0
"""Seconds the new process waits for the old one to close the store; then it says who still has it open."""

_SUCCEEDS = "TRITTSTEIN_SUCCEEDS"
_READY = b"painted"

_log = logging.getLogger(__name__)


class Successor:
    """The process that takes over from this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, store: Path, geometry: bytes) -> bool:
        """Start it on the same store with a window of the same ``geometry``; False when it cannot be started."""
        import subprocess  # not before the first lock screen is painted

        # the store may be another than the one this process was started with
        frozen = bool(getattr(sys, "frozen", False))
        program = [sys.executable] if frozen else [sys.executable, "-m", "desk_app"]
        env = dict(os.environ) | {_SUCCEEDS: b64encode(geometry).decode()}
        if frozen:
            env["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # else a program packed into one file unpacks only once
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the program itself
                [*program, "--store", str(store.absolute())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=env,
                start_new_session=True,  # closing the terminal it came from must not end it
            )
        except OSError as error:
            _log.error("no fresh process: %s", type(error).__name__)
            return False
        _let_come_forward()
        return True

    def tell(self, news: str) -> None:
        """Let its lock screen say this. No personal data: it goes through a pipe."""
        assert self._process is not None
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(news.encode())
            self._process.stdin.flush()

    def take_over(self) -> None:
        """End this process once the successor is painted. Comes back only when the successor ended instead.

        Nothing is unwound: a dialog of the system or a thread of a library that does not end could else keep all
        that was read in memory. Call it when the store is closed and everything is written.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        told: list[bytes] = []
        pipe = self._process.stdout.fileno()
        listener = threading.Thread(target=lambda: told.append(os.read(pipe, len(_READY))), daemon=True)
        listener.start()
        listener.join(PAINTED_WITHIN)
        if told == [b""]:
            _log.error("the fresh process ended with status %s", self._process.wait())
            return
        end_now()


def end_now() -> NoReturn:
    """Leave at once, with nothing left to be written."""
    logging.shutdown()
    os._exit(0)


def _let_come_forward() -> None:
    """Windows lets only the program in front say who may come to the front next: whoever does so (-1)."""
    if sys.platform == "win32":
        import ctypes

        getattr(ctypes, "windll").user32.AllowSetForegroundWindow(-1)  # noqa: B009 - exists on Windows only


class Predecessor:
    """The process this one took over from."""

    def __init__(self, geometry: bytes) -> None:
        self.geometry = geometry
        self._told = b""
        self._end = threading.Thread(target=self._read_to_the_end, name="predecessor", daemon=True)
        self._end.start()

    def tell_painted(self) -> None:
        """Let it end."""
        with contextlib.suppress(OSError):
            os.write(1, _READY)
        # the pipe breaks with the predecessor
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)

    def wait_until_gone(self) -> str:
        """Until it has closed the store, ``GONE_WITHIN`` at most; what it had to tell. Not for the window's thread."""
        self._end.join(GONE_WITHIN)
        return self._told.decode(errors="replace")

    def _read_to_the_end(self) -> None:
        with contextlib.suppress(OSError):
            while more := os.read(0, 4096):
                self._told += more


def predecessor() -> Predecessor | None:
    """Whom this process took over from; ``None`` when somebody started it. Answers once."""
    geometry = os.environ.pop(_SUCCEEDS, None)
    return None if geometry is None else Predecessor(b64decode(geometry))
