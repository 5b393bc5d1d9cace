"""How much of a foreign calendar is read at most."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 10_000_000
"""Of the file; a calendar of ten years with attachments left out has about two million."""
MOST_ENTRIES: Final = 50_000
MOST_SPANS: Final = 20_000
"""Times within the months that are looked at."""
