"""A printed page as pixels."""

from io import BytesIO

import pytest
from specimen_sheet import KARIM

from desk_app.documents.preview import page_count, render_page
from desk_app.documents.request_pdf import write_requests


@pytest.fixture(scope="module")
def pdf() -> bytes:
    buffer = BytesIO()
    write_requests([KARIM, KARIM], buffer)
    return buffer.getvalue()


def test_page_is_as_wide_as_asked_for_and_keeps_its_shape(pdf: bytes) -> None:
    for width in (1, 300, 701, 1240):
        picture = render_page(pdf, 1, width)
        assert picture.width == width
        assert picture.height == pytest.approx(width * 297 / 210, abs=1.5)
        assert len(picture.rgba) == 4 * picture.width * picture.height


def test_paper_is_white_and_the_rule_of_a_section_is_blue(pdf: bytes) -> None:
    picture = render_page(pdf, 0, 1240)
    pixels = {picture.rgba[start : start + 4] for start in range(0, len(picture.rgba), 4)}
    assert picture.rgba[:4] == bytes([255, 255, 255, 255])
    assert any(abs(red - 0x19) + abs(green - 0x56) + abs(blue - 0x9D) < 12 for red, green, blue, _ in pixels)


def test_pages_are_counted_and_a_page_too_many_is_refused(pdf: bytes) -> None:
    assert page_count(pdf) == 2
    for page in (-1, 2):
        with pytest.raises(IndexError):
            render_page(pdf, page, 100)
