"""How much of a foreign file of offers is read at most."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20_000_000
"""Of the file; a thousand offers take about four million as JSON."""
MOST_UNPACKED: Final = 80_000_000
"""Of all tables of a package."""
MOST_OFFERS: Final = 5_000
MOST_TEXT: Final = 100_000
"""Characters of one offer in our own form."""
