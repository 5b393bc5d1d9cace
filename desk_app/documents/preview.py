"""A page of a PDF as pixels, for the preview in the window."""

from __future__ import annotations

from typing import NamedTuple

import pypdfium2


class PagePicture(NamedTuple):
    """Rendered pixels: rows from the top, four bytes (red, green, blue, alpha) per pixel, no padding."""

    width: int
    height: int
    rgba: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the document has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def render_page(pdf: bytes, page: int, width: int) -> PagePicture:
    """Page number `page` (from 0) of `pdf`, `width` pixels wide, on white.

    Raises IndexError if there is no such page. PDFium works in one thread only: always call from the same one.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        sheet = document[page]
        # a hair less than asked for, because PDFium rounds the width up
        scale = (width - 0.01) / sheet.get_width()
        bitmap = sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA)
        return PagePicture(bitmap.width, bitmap.height, bytes(bitmap.buffer))
