"""The fonts inside the finished file: what is embedded, and that the page draws the marks where they were placed."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from desk_app.documents.fonts import Weight
from desk_app.documents.paper import Paper
from desk_app.documents.shaping import shape
from desk_app.documents.text import Style, Typesetter

Fonts = Callable[[str], dict[str, pikepdf.Object]]


def printed(text: str) -> pikepdf.Pdf:
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=(500, 40))
    Typesetter(paper).draw(20, 15, text, Style(9))
    paper.save()
    return pikepdf.open(buffer)


@pytest.fixture
def fonts() -> Iterator[Fonts]:
    """The fonts by name in a file that prints a text; the files stay open until the test is over."""
    with ExitStack() as files:

        def of(text: str) -> dict[str, pikepdf.Object]:
            pdf = files.enter_context(printed(text))
            return {str(font.BaseFont)[8:]: font for font in pdf.pages[0].Resources.Font.as_dict().values()}

        yield of


def program(font: pikepdf.Object) -> TTFont:
    return TTFont(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))


def drawn_parts(font: pikepdf.Object, code: int) -> list[tuple[int, int]]:
    places = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    file = program(font)
    glyph = file["glyf"][file.getGlyphName(int.from_bytes(places[2 * code : 2 * code + 2], "big"))]
    return [(part.x, part.y) for part in glyph.components]


@pytest.mark.parametrize("text", ["R\u0325\u0304", "M\u0302", "S\u031b\u0304", "K\u035f", "o\u0304\u030d", "ي", "پ"])
def test_page_draws_marks_where_shaping_put_them(fonts: Fonts, text: str) -> None:
    (step,) = shape(text, Weight.REGULAR).runs[0].steps
    assert len(step.sign.parts) > 1
    (font,) = fonts(text).values()
    assert drawn_parts(font, 1) == [(part.x, part.y) for part in step.sign.parts]


def test_composites_make_a_sound_font(fonts: Fonts) -> None:
    (font,) = fonts("R\u0325\u0304 M\u0302 abc").values()
    file = program(font)
    assert file["maxp"].numGlyphs == len(file.getGlyphOrder()) == len(file["hmtx"].metrics)
    for name in file.getGlyphOrder():
        glyph = file["glyf"][name]
        box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) if glyph.numberOfContours else None
        glyph.recalcBounds(file["glyf"])
        assert box is None or box == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    places = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    names = [file.getGlyphName(int.from_bytes(places[start : start + 2], "big")) for start in range(2, len(places), 2)]
    assert [file["hmtx"][name][0] for name in names] == [int(width) for width in font.DescendantFonts[0].W[1]]


def test_only_our_fonts_are_in_the_file_and_each_is_embedded(fonts: Fonts) -> None:
    found = fonts("Karim كريم")
    assert set(found) == {"NotoSans-Regular", "NotoSansArabic-Regular"}
    assert all(program(font)["maxp"].numGlyphs < 20 for font in found.values())


def test_a_file_holds_no_letters_of_the_file_made_before(fonts: Fonts) -> None:
    printed("Quyxz")
    (font,) = fonts("Anna").values()
    letters = re.findall("^<[0-9A-F]{4}> <([0-9A-F]{4})>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
    assert letters == ["FFFF", *(f"{ord(letter):04X}" for letter in "Ana")]
    assert program(font)["maxp"].numGlyphs == 4


def test_file_says_the_widths_of_the_font_and_the_page_kerns(fonts: Fonts) -> None:
    (font,) = fonts("AV").values()
    widths = [int(width) for width in font.DescendantFonts[0].W[1]]
    steps = [step for run in shape("AV", Weight.REGULAR).runs for step in run.steps]
    assert widths == [step.sign.width for step in steps]
    with printed("AV") as pdf:
        assert f">{steps[1].back}<".encode() in pdf.pages[0].Contents.read_bytes(), "kerning is on the page"
