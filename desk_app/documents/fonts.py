"""The cuts of Noto Sans that print on paper, and how they get into a PDF.

ReportLab's own fonts are addressed by letter and cannot place a mark or join Arabic. Here a font is addressed by
sign: HarfBuzz chooses and places the glyphs (`documents.shaping`), and this module embeds exactly those, as a
Type 0 font with one two-byte code for each sign (ISO 32000-1, 9.7 and 9.10.3). A sign is a letter with its marks,
and it knows the letters it stands for: in Noto Sans Arabic ba, ta and ya share one dotless body, so a code per
glyph could not be read back.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import uharfbuzz as hb
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desk_app import assets
from desk_app.documents.composites import Composite, Part, add_composites

EM = 1000
"""Units per em that glyph widths and offsets are given in: those of PDF text space."""

_DROPPED_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "MVAR", "OS/2", "STAT", "cmap", "gasp", "name", "post")
_SYMBOLIC = 4

rl_config.useA85 = 0  # plain binary streams: a fifth smaller and faster than the printable ones


class Weight(StrEnum):
    """The two cuts used; the value is the cut's name in the font files."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"


class Sign(NamedTuple):
    """What one code of a document draws: glyphs in their places, the letters they are, the step to the next."""

    parts: tuple[Part, ...]
    letters: str
    width: int


class Face:
    """One font file, read once per process: which letters it has, its widths, and parts of it for embedding."""

    def __init__(self, name: str) -> None:
        self.name = name
        face = hb.Face(hb.Blob.from_file_path(assets.font(f"{name}.ttf")))
        self.shaper = hb.Font(face)
        self.shaper.scale = (EM, EM)
        self._letters: frozenset[int] = frozenset(face.unicodes)
        self._subsettable = hb.subset_preprocess(face)
        self._advances: dict[int, int] = {}

    def __contains__(self, letter: str) -> bool:
        return ord(letter) in self._letters

    def advance(self, glyph: int) -> int:
        """Width of a glyph as the font file gives it, before kerning, in 1/1000 em."""
        if glyph not in self._advances:
            self._advances[glyph] = self.shaper.get_glyph_h_advance(glyph)
        return self._advances[glyph]

    def subset(self, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
        """A font file with only `glyphs`, and the place of each of them in it."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag.encode("ascii"), "big") for tag in _DROPPED_TABLES
        )
        plan = hb.SubsetPlan(self._subsettable, wanted)
        return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items())

    @property
    def descriptor(self) -> dict[str, object]:
        """The measures a PDF reader wants of every font, in 1/1000 em."""
        extents = self.shaper.get_font_extents("ltr")
        cap_height = self.shaper.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
        return {
            "Ascent": extents.ascender,
            "Descent": extents.descender,
            "CapHeight": cap_height,
            "FontBBox": pdfdoc.PDFArray([-EM, extents.descender, 3 * EM, extents.ascender]),
            "Flags": _SYMBOLIC,
            "ItalicAngle": 0,
            "StemV": 120 if self.name.endswith(Weight.SEMIBOLD) else 80,
        }


@cache
def faces(weight: Weight) -> tuple[Face, ...]:
    """The faces of a weight in the order they are asked for a letter: Latin, Greek and Cyrillic first, then Arabic."""
    return Face(f"NotoSans-{weight}"), Face(f"NotoSansArabic-{weight}")


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
        program, places = self._program()
        name = pdfdoc.PDFName(f"{_subset_tag(self._codes)}+{self.face.name}")
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": name,
                "FontFile2": doc.Reference(_stream(program, Length1=len(program))),
                **self.face.descriptor,
            }
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": doc.Reference(descriptor),
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([sign.width for sign in self._codes])]),
                "CIDToGIDMap": doc.Reference(_stream(b"".join(place.to_bytes(2, "big") for place in (0, *places)))),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
                "ToUnicode": doc.Reference(_stream(_way_back(self._codes))),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.resource] = doc.Reference(font)

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


def _stream(content: bytes, **entries: int) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content, [pdfdoc.PDFZCompress])


def _subset_tag(codes: dict[Sign, str]) -> str:
    """Six capitals that differ for different subsets (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(sorted(codes)).encode()).digest()
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
