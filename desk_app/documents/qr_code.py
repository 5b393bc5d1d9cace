"""QR codes (ISO/IEC 18004) with a contact in them: a telephone reads them without any network."""

from __future__ import annotations

from collections.abc import Iterator

QUIET = 4
"""Modules of white that have to stay around the code."""


def contact_card(name: str, phone: str, email: str = "") -> str:
    """A contact as telephones take it up (MECARD); "" where there is neither number nor address."""
    from segno.helpers import make_mecard_data

    if not (phone or email):
        return ""
    return make_mecard_data(name, phone=phone or None, email=email or None)


def dark_cells(text: str, left: float, low: float, size: float) -> Iterator[tuple[float, float, float, float]]:
    """The dark parts of the code of a text as rectangles (left, lower edge, width, height) in a square, row by row.

    The white around it is not in the square.
    """
    import segno

    rows = segno.make_qr(text, error="m").matrix
    each = size / len(rows)
    for number, row in enumerate(rows):
        start = None
        for place, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                yield left + start * each, low + size - (number + 1) * each, (place - start) * each, each
                start = None
