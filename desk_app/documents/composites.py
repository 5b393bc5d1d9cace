"""Add composite glyphs to a TrueType program: a letter and its marks become one glyph.

Why: a PDF reader turns codes back into letters one glyph at a time. A mark drawn on its own is read as a stray
letter, a word of its own or not at all, and differently by every reader. One glyph per visible cluster is read back
whole by all of them, and the place of the mark is part of the font instead of the page.

Tables as in the OpenType specification 1.9, chapters glyf, loca, hmtx, hhea, maxp and head.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_ARGS_ARE_WORDS, _ARGS_ARE_XY, _MORE_COMPONENTS = 0x0001, 0x0002, 0x0020
_OVERLAP_COMPOUND = 0x0400


class Part(NamedTuple):
    """A glyph of the font and how far it is moved, in font units."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    """A new glyph made of others."""

    parts: Sequence[Part]
    advance: int


def add_composites(program: bytes, composites: Sequence[Composite]) -> bytes:
    """The font `program` with `composites` behind its last glyph, in their order."""
    if not composites:
        return program
    tables = _tables(program)
    glyphs = _glyphs(tables)
    metrics = _metrics(tables, len(glyphs))
    for composite in composites:
        box = _box(glyphs, composite.parts)
        glyphs.append(_record(composite.parts, box))
        metrics.append((composite.advance, box[0]))
    _put_glyphs(tables, glyphs)
    tables["hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in metrics)
    tables["hhea"] = tables["hhea"][:34] + struct.pack(">H", len(metrics))
    tables["maxp"] = _limits(tables["maxp"], len(glyphs), max(len(composite.parts) for composite in composites))
    return _program(program[:4], tables)


def _tables(program: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    tables = {}
    for number in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
        tables[tag.decode("ascii")] = program[offset : offset + length]
    return tables


def _glyphs(tables: dict[str, bytes]) -> list[bytes]:
    (long_offsets,) = struct.unpack_from(">h", tables["head"], 50)
    loca = tables["loca"]
    offsets = (
        struct.unpack(f">{len(loca) // 4}L", loca)
        if long_offsets
        else [2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca)]
    )
    return [tables["glyf"][start:end] for start, end in pairwise(offsets)]


def _metrics(tables: dict[str, bytes], glyph_count: int) -> list[tuple[int, int]]:
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    metrics = [(advance, bearing) for advance, bearing in struct.iter_unpack(">Hh", tables["hmtx"][: 4 * full])]
    bearings = struct.unpack(f">{glyph_count - full}h", tables["hmtx"][4 * full :])
    return metrics + [(metrics[-1][0], bearing) for bearing in bearings]


def _box(glyphs: list[bytes], parts: Sequence[Part]) -> tuple[int, int, int, int]:
    boxes = []
    for part in parts:
        if glyphs[part.glyph]:
            left, low, right, high = struct.unpack_from(">4h", glyphs[part.glyph], 2)
            boxes.append((left + part.x, low + part.y, right + part.x, high + part.y))
    if not boxes:
        return 0, 0, 0, 0
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def _record(parts: Sequence[Part], box: tuple[int, int, int, int]) -> bytes:
    flags = _ARGS_ARE_WORDS | _ARGS_ARE_XY
    record = struct.pack(">h4h", -1, *box)
    for number, part in enumerate(parts, start=1):
        more = _MORE_COMPONENTS if number < len(parts) else 0
        overlap = _OVERLAP_COMPOUND if number == 1 else 0
        record += struct.pack(">HHhh", flags | more | overlap, *part)
    return record


def _put_glyphs(tables: dict[str, bytes], glyphs: list[bytes]) -> None:
    padded = [glyph + bytes(-len(glyph) % 4) for glyph in glyphs]
    offsets = [0]
    for glyph in padded:
        offsets.append(offsets[-1] + len(glyph))
    tables["glyf"] = b"".join(padded)
    tables["loca"] = struct.pack(f">{len(offsets)}L", *offsets)
    tables["head"] = tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:]


def _limits(maxp: bytes, glyph_count: int, most_parts: int) -> bytes:
    """`maxp` with room for the new glyphs: up to one level deeper and as many points as their parts together."""
    values = list(struct.unpack(">L14H", maxp))
    values[1] = glyph_count
    values[4] = min(0xFFFF, max(values[2], values[4]) * most_parts)  # maxCompositePoints
    values[5] = min(0xFFFF, max(values[3], values[5]) * most_parts)  # maxCompositeContours
    values[13] = max(values[13], most_parts)  # maxComponentElements
    values[14] += 1  # maxComponentDepth
    return struct.pack(">L14H", *values)


def _program(version: bytes, tables: dict[str, bytes]) -> bytes:
    tables["head"] = tables["head"][:8] + bytes(4) + tables["head"][12:]  # checkSumAdjustment is not read in a PDF
    power = 1 << (len(tables).bit_length() - 1)
    header = version + struct.pack(">4H", len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    directory, body = b"", b""
    start = len(header) + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        directory += struct.pack(">4sLLL", tag.encode("ascii"), _checksum(padded), start + len(body), len(table))
        body += padded
    return header + directory + body


def _checksum(padded: bytes) -> int:
    words = array("I", padded)
    words.byteswap()
    return sum(words) & 0xFFFFFFFF
