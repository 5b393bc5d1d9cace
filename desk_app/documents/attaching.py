"""Files inside a PDF, for what has no lock of its own: behind the lock of the PDF their names are hidden as well."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf


def attach(pdf: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The PDF with the files inside (ISO 32000-2, 7.11.4), shown by name as soon as it is opened.

    Names are without folders: readers save each file where they are told. Nothing says when a file was made.
    """
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for name, content in files:
            document.attachments[name] = pikepdf.AttachedFileSpec(
                document, content, filename=name, mime_type="application/octet-stream"
            )
        del document.Root.AF  # the files belong to no part of the page
        document.Root.PageMode = pikepdf.Name.UseAttachments
        document.save(out, compress_streams=False, deterministic_id=True)
    return out.getvalue()
