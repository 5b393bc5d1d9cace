"""The other end of `documents.reading_process`: what every process does that takes a foreign file apart.

It holds itself to its limits, says that it is ready, and then one JSON object per line; the last says that it is done,
or why the file is refused. Whatever a crafted file does to the libraries ends there as well.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from desk_app.documents.old_lists_limits import hold_memory

STRANGE: Final = "strange"
TOO_LARGE: Final = "too_large"
EMPTY: Final = "empty"

Tell = Callable[[dict[str, Any]], None]
"""Says one line. ``allow`` in it is how many seconds may pass until the next."""


class RefusedError(Exception):
    """The file is not read; its words are the reason as the line ``{"refused": …}`` says it."""


def serve(source: BinaryIO, target: BinaryIO, most: int, read: Callable[[bytes, Tell], None]) -> int:
    """Have ``read`` tell what is in ``source``, at most so many bytes; the exit status, 0 also for a refused file."""

    def tell(line: dict[str, Any]) -> None:
        target.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
        target.flush()

    hold_memory()
    tell({"ready": True})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = source.read(most + 1)
            if len(content) > most:
                raise RefusedError(TOO_LARGE)
            read(content, tell)
    except RefusedError as refused:
        tell({"refused": str(refused)})
    except MemoryError:
        tell({"refused": TOO_LARGE})
    except BaseException:  # noqa: BLE001 - a crafted file can break the libraries in any way it likes, panics included
        tell({"refused": STRANGE})
    else:
        tell({"done": True})
    return 0
