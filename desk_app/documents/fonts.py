"""The cuts of Noto Sans that print on paper: their letters, widths, and parts of them for embedding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

import uharfbuzz as hb

from desk_app import assets
from desk_app.documents.composites import Part

EM = 1000
"""Units per em that glyph widths and offsets are given in: those of PDF text space."""

_DROPPED_TABLES = ("BASE", "GDEF", "GPOS", "GSUB", "MVAR", "OS/2", "STAT", "cmap", "gasp", "name", "post")


class Weight(StrEnum):
    """The two cuts used; the value is the cut's name in the font files."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"


@dataclass(frozen=True, eq=False)
class Sign:
    """A letter with its marks as it is drawn: glyphs in their places, the letters it stands for, its width.

    There is one object for each (see `Face.sign`), so that signs are told apart without comparing them.
    """

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
        self._signs: dict[tuple[tuple[Part, ...], str, int], Sign] = {}

    def __contains__(self, letter: str) -> bool:
        return ord(letter) in self._letters

    def advance(self, glyph: int) -> int:
        """Width of a glyph as the font file gives it, before kerning, in 1/1000 em."""
        if glyph not in self._advances:
            self._advances[glyph] = self.shaper.get_glyph_h_advance(glyph)
        return self._advances[glyph]

    def sign(self, parts: tuple[Part, ...], letters: str, width: int) -> Sign:
        """The sign of these parts, the same object each time."""
        return self._signs.setdefault((parts, letters, width), Sign(parts, letters, width))

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

    @cached_property
    def measures(self) -> str:
        """What a PDF reader wants to know of every font (ISO 32000-1, table 122), in 1/1000 em."""
        extents = self.shaper.get_font_extents("ltr")
        cap_height = self.shaper.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
        return (
            f"/Flags 4 /ItalicAngle 0 /Ascent {extents.ascender} /Descent {extents.descender}"
            f" /CapHeight {cap_height} /StemV {120 if self.name.endswith(Weight.SEMIBOLD) else 80}"
            f" /FontBBox [{-EM} {extents.descender} {3 * EM} {extents.ascender}]"
        )


@cache
def faces(weight: Weight) -> tuple[Face, ...]:
    """The faces of a weight in the order they are asked for a letter: Latin, Greek and Cyrillic first, then Arabic."""
    return Face(f"NotoSans-{weight}"), Face(f"NotoSansArabic-{weight}")
