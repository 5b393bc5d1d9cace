"""Letters that go with files: everything is printed, tables go on over pages, and the file says nothing by itself."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from desk_app.documents.cover_letter import Printed, write_cover
from desk_app.domain.cover_page import CoverPage, Part, Table
from desk_app.domain.request_sheet import Fact

ROWS = tuple((f"{number:03d}", f"SP-2026-{number:04d}", "Grund") for number in range(1, 121))
PAGE = CoverPage(
    number="Sendung-2026-11-26-03",
    title="Schulplatzanfragen",
    subtitle="Sendung 2026-11-26-03",
    centre_name="Kommunales Integrationszentrum",
    centre_place="Stadt Mülheim an der Ruhr",
    sender="Musterplatz 1",
    recipient=("Fachberatung Integration", "Musterstraße 12"),
    info=(Fact("Sendung", "2026-11-26-03"),),
    parts=(
        Part(texts=("Guten Tag,", "anbei erhalten Sie Anfragen. " * 12)),
        Part("Zusammenfassung", table=Table(("Nr.", "Anfrage", "Warum"), ROWS, (0.2, 0.3, 0.5))),
        Part("Nicht dabei", ("Zwei Anfragen.",)),
    ),
    created_at=datetime(2026, 11, 26, 10, 42),
    demo=True,
)


def printed(page: CoverPage) -> tuple[list[str], Printed]:
    buffer = BytesIO()
    result = write_cover(page, buffer)
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        texts = [" ".join(each.get_textpage().get_text_range().split()) for each in document]
    return texts, result


def test_every_row_is_printed_once_and_every_page_says_where_it_belongs() -> None:
    pages, result = printed(PAGE)
    assert (len(pages), result.pages, result.missing) == (3, 3, frozenset())
    together = " ".join(pages)
    assert all(together.count(number) == 1 for _place, number, _reason in ROWS)
    for number, text in enumerate(pages, 1):
        assert "Sendung 2026-11-26-03" in text
        assert f"Seite {number} von 3" in text
    assert "Fachberatung Integration Musterstraße 12" in pages[0]
    assert together.count("anbei erhalten Sie Anfragen.") == 12
    assert "Musterdaten, alle Personen erfunden" in pages[0]


@pytest.mark.parametrize("rows", range(24, 34))
def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(rows: int) -> None:
    table = Table(("Nr.", "Anfrage", "Warum"), ROWS[:rows], (0.2, 0.3, 0.5))
    parts = (Part("Erstens", table=table), Part("Zweitens", ("Dahinter steht etwas.",)))
    pages, _result = printed(replace(PAGE, parts=parts))
    assert [text for text in pages if "Zweitens" in text] == [text for text in pages if "Dahinter" in text]


@pytest.mark.parametrize("rows", range(22, 34))
def test_what_leads_to_a_table_stands_on_the_page_of_its_first_row(rows: int) -> None:
    before = Table(("Nr.", "Anfrage", "Warum"), ROWS[:rows], (0.2, 0.3, 0.5))
    after = Table(("Grund", "Anfragen"), (("Einwilligung fehlt", "1"),), (0.7, 0.3))
    parts = (Part("Erstens", table=before), Part("Zweitens", ("Nicht dabei waren:",), after))
    pages, _result = printed(replace(PAGE, parts=parts))
    (page,) = [text for text in pages if "Zweitens" in text]
    assert "Nicht dabei waren:" in page
    assert "Einwilligung fehlt" in page


@pytest.mark.parametrize("text", ["=1+1", "<b>x</b>", "</para>", '<img src="x">', "A & B", "(\\)"])
def test_hostile_text_is_printed_as_it_stands(text: str) -> None:
    parts = (Part(text, (text,), Table((text,), ((text,),), (1.0,))),)
    (page,), _result = printed(replace(PAGE, title=text, recipient=(text,), parts=parts))
    assert page.count(text) == 6


def test_the_file_is_named_after_the_shipment_and_nobody_else() -> None:
    buffer = BytesIO()
    write_cover(PAGE, buffer)
    with pikepdf.open(buffer) as pdf:
        assert (pdf.docinfo["/Title"], pdf.docinfo["/Author"]) == ("Sendung-2026-11-26-03", "Trittstein")
    again = BytesIO()
    write_cover(PAGE, again)
    assert again.getvalue() == buffer.getvalue()
