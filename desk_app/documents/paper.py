"""A PDF page whose fonts are addressed by sign.

ReportLab's own fonts are addressed by letter and cannot place a mark or join Arabic. Here HarfBuzz has chosen and
placed the glyphs (`documents.shaping`), and exactly those are embedded, as a Type 0 font with one two-byte code for
each sign (ISO 32000-1, 9.7 and 9.10.3). A sign knows the letters it stands for: in Noto Sans Arabic ba, ta and ya
share one dotless body, so a code per glyph could not be read back.
"""

from __future__ import annotations

import hashlib
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents.composites import Composite, Part, add_composites
from desk_app.documents.fonts import Face, Sign

rl_config.useA85 = 0  # plain binary streams: a fifth smaller and faster than printable ones


class EmbeddedFace:
    """One face inside one document: gives out codes while pages are drawn, adds the font objects at the end."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[Sign, str] = {}

    def code(self, sign: Sign) -> str:
        """The four hexadecimal digits that draw `sign`, given out at its first use."""
        found = self._codes.get(sign)
        if found is None:
            found = self._codes[sign] = f"{len(self._codes) + 1:04X}"
        return found

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - called by ReportLab when the document is closed
        """Add the font with its program, widths and way back to letters to the document."""

        def add(part: str, content: str | PDFStream) -> str:
            reference: bytes = doc.Reference(content, f"{self.resource} {part}").format(doc)
            return reference.decode("ascii")

        program, places = self._program()
        name = f"/BaseFont /{_subset_tag(self._codes)}+{self.face.name}"
        descriptor = add(
            "descriptor",
            f"<< /Type /FontDescriptor {name.replace('BaseFont', 'FontName')} {self.face.measures}"
            f" /FontFile2 {add('program', _stream(program))} >>",
        )
        places_of_codes = b"".join(place.to_bytes(2, "big") for place in (0, *places))
        widths = " ".join(str(sign.width) for sign in self._codes)
        descendant = add(
            "descendant",
            f"<< /Type /Font /Subtype /CIDFontType2 {name} /FontDescriptor {descriptor}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /W [1 [{widths}]] /CIDToGIDMap {add('places', _stream(places_of_codes))} >>",
        )
        doc.idToObject["BasicFonts"].dict[self.resource] = add(
            "font",
            f"<< /Type /Font /Subtype /Type0 {name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant}] /ToUnicode {add('letters', _stream(_way_back(self._codes)))} >>",
        )

    def _program(self) -> tuple[bytes, list[int]]:
        """The font file of this document, and for each code the place of its glyph in it."""
        program, moved = self.face.subset({part.glyph for sign in self._codes for part in sign.parts})
        places = []
        composites: list[Composite] = []
        first_new = max(moved.values()) + 1
        for sign in self._codes:
            first = sign.parts[0]
            if len(sign.parts) == 1 and first.x == first.y == 0:
                places.append(moved[first.glyph])
            else:
                places.append(first_new + len(composites))
                parts = [Part(moved[glyph], x, y) for glyph, x, y in sign.parts]
                composites.append(Composite(parts, sign.width))
        return add_composites(program, composites), places


class Paper(Canvas):  # type: ignore[misc]  # ReportLab carries no types
    """A ReportLab canvas whose text comes from `documents.text` alone; nothing but our fonts ends up in the file."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"  # without ReportLab's Helvetica, which would not be embedded

    def embed(self, face: Face) -> EmbeddedFace:
        """`face` for use in this document, the same object each time."""
        for embedded in self._doc.delayedFonts:
            if embedded.face is face:
                return embedded  # type: ignore[no-any-return]  # ReportLab carries no types
        embedded = EmbeddedFace(face, f"T{len(self._doc.delayedFonts) + 1}")
        self._doc.delayedFonts.append(embedded)
        return embedded


def _stream(content: bytes) -> PDFStream:
    stream = PDFStream(content=content, filters=[PDFZCompress])
    stream.dictionary["Length1"] = len(content)
    return stream


def _subset_tag(codes: dict[Sign, str]) -> str:
    """Six capitals that differ for different subsets (ISO 32000-1, 9.6.4)."""
    used = "".join(f"{sign.parts}{sign.letters}" for sign in codes)
    digest = hashlib.sha256(used.encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _way_back(codes: dict[Sign, str]) -> bytes:
    """The ToUnicode map: from the codes of a font back to letters."""
    pairs = [f"<{code}> <{sign.letters.encode('utf-16-be').hex().upper()}>" for sign, code in codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{maps}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
