"""A process of this program's own that reads a foreign file: it gets the bytes, and may die of what it reads.

That process is this program once more with a hidden command. It gets the bytes, never a path, and none of the
environment but what an operating system needs; what it says is one JSON object per line. When it dies, takes too long
or too much memory, the file is refused with one sentence and nothing has happened here.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final

from desk_app.documents.old_lists_limits import MOST_SECONDS
from desk_app.domain.errors import StrangeTable

Progress = Callable[[int, int], None]
"""Told how much is read and how much there may be; raises a WorldError to stop."""

Refuse = Callable[[str], StrangeTable]
"""The error to raise for a reason such as ``too_large``; ``strange`` where the process did not give one."""

STRANGE: Final = "strange"

_START_WITHIN = 20.0  # seconds; a virus scanner may look at every library first
_SILENT_AT_MOST = 2.0
_LONGEST_LINE = 64 * 1024 * 1024
_AT_ONCE = 1 << 16
"""Bytes a pipe holds: so many are taken out of it in one go."""
_LOOK_EVERY = 0.1
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
_NEEDED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE")


def own_command(*words: str) -> tuple[str, ...]:
    """This program once more, with hidden words behind it."""
    if getattr(sys, "frozen", False):
        return (sys.executable, *words)
    return (sys.executable, "-s", "-m", "desk_app", *words)


def _environment() -> dict[str, str]:
    """What an operating system needs; a passphrase may stand in the rest."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    if getattr(sys, "frozen", False):
        return {**kept, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    return {**kept, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}


class ReadingProcess:
    """The process, which waits until it is fed, with one thread that feeds it and one that hears it.

    It ends by itself when this program does.
    """

    def __init__(self, command: tuple[str, ...], refuse: Refuse) -> None:
        self._refuse = refuse
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the program itself
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                bufsize=_AT_ONCE,
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise self._refuse(STRANGE) from error
        self._said: SimpleQueue[bytes] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def lines(self, content: bytes, progress: Progress | None) -> Iterator[dict[str, Any]]:
        """What the process says of a file, line by line. Raises StrangeTable when it falls silent before it is done."""
        self._threads = [threading.Thread(target=self._feed, args=(content,)), threading.Thread(target=self._hear)]
        for thread in self._threads:
            thread.start()
        allowed, since, end = _START_WITHIN, monotonic(), monotonic() + _START_WITHIN + MOST_SECONDS
        while True:
            try:
                raw = self._said.get(timeout=_LOOK_EVERY)
            except Empty:
                if monotonic() - since > allowed or monotonic() > end:
                    raise self._refuse(STRANGE) from None
                if progress is not None:
                    progress(0, 0)
                continue
            line = self._parsed(raw)
            extra = line.get("allow", 0)
            allowed = _SILENT_AT_MOST + (min(extra, MOST_SECONDS) if isinstance(extra, int) else 0)
            since = monotonic()
            yield line
            if line.get("done"):
                return

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for thread in self._threads:
            thread.join()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _feed(self, content: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it may end before it has read all
            self._process.stdin.write(content)
            self._process.stdin.close()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(_LONGEST_LINE):
            self._said.put(line)
        self._said.put(b"")

    def _parsed(self, raw: bytes) -> dict[str, Any]:
        """One line; the end of the output before it was done is a refusal as well."""
        try:
            line = json.loads(raw)
        except ValueError:
            raise self._refuse(STRANGE) from None
        if not isinstance(line, dict):
            raise self._refuse(STRANGE)
        if "refused" in line:
            raise self._refuse(str(line["refused"]))
        return line
