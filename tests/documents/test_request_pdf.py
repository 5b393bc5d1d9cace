"""One placement request on paper, read back from the finished PDF."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from specimen_sheet import KARIM

from desk_app.documents.request_pdf import Printed, write_request, write_requests
from desk_app.domain.request_sheet import Fact, RequestSheet, SchoolRow, SeenDocument

ROW = SchoolRow("2019/20", "Republik Moldau", "Grundschule an der langen Straße, Chișinău", "1–3", "teils ausgefallen")


def printed(sheet: RequestSheet) -> tuple[list[str], Printed]:
    """The text of each page, line ends as spaces, and what was reported."""
    buffer = BytesIO()
    result = write_request(sheet, buffer)
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) == result.pages
    return pages, result


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        printed = (field.name for field in fields(value) if field.name != "key")
        return [text for name in printed for text in texts_of(getattr(value, name))]
    return []


def test_everything_on_the_sheet_is_on_one_page() -> None:
    (page,), result = printed(KARIM)
    lacking = [text for text in texts_of(replace(KARIM, assessment="")) if text not in page and text != "abroad"]
    assert [text for text in lacking if text != "gap"] == []
    assert all(word in page for word in KARIM.assessment.split())
    assert "Erstellt mit Trittstein am 17.11.2026, 11:18 Uhr · Musterdaten, alle Personen erfunden" in page
    assert "Seite 1 von 1" in page
    assert result == Printed(1, (), frozenset())


def test_demo_note_is_only_on_demo_paper() -> None:
    (page,), _ = printed(replace(KARIM, demo=False))
    assert "erfunden" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"schools": (ROW,) * 9},
        {"schools": (ROW,) * 200},
        {"assessment": "Die Familie wünscht einen kurzen Weg. " * 40},
        {"assessment": "W" * 10_000},
        {"family": (*KARIM.family, Fact("Anschrift", "a" * 10_000))},
        {"documents": (SeenDocument("Zeugnis", "Kopie", True),) * 60},
        {"learning": (Fact("Sprachen", "Arabisch, Kurdisch, Türkisch, Englisch und etwas Deutsch"),) * 20},
        {"child_name": "Maria Magdalena " * 12},
        {"child_name": "W" * 500, "native_name": "م" * 300, "birth": "x " * 500},
        {"recipient": ("Zeile",) * 30, "info": (Fact("a", "b" * 500),) * 30},
        {"facts": (Fact("Ein sehr langer Name einer Angabe", "ein sehr langer Wert " * 9),) * 9},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_two_pages_at_most_and_the_answer_box_on_the_first(changes: dict[str, Any]) -> None:
    pages, _ = printed(replace(KARIM, **changes))
    assert len(pages) <= 2
    assert KARIM.answer.title in pages[0]
    assert all(KARIM.answer.title not in page for page in pages[1:])
    assert [f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )


def test_a_little_too_much_is_set_closer_before_a_second_page_is_begun() -> None:
    pages, _ = printed(replace(KARIM, documents=(*KARIM.documents, *KARIM.documents[:2])))
    assert len(pages) == 1


def test_what_does_not_fit_goes_on_under_its_heading_on_page_two() -> None:
    rows = tuple(replace(ROW, grade=str(number)) for number in range(100, 120))
    pages, result = printed(replace(KARIM, schools=rows))
    assert "weiter auf Seite 2" in pages[0]
    assert "Schulbiografie Fortsetzung" in pages[1]
    assert "Schulplatzanfrage SP-2026-0147 Karim Haddad" in pages[1]
    assert [str(number) in "".join(pages) for number in range(100, 120)] == [True] * 20
    assert result.shortened == ()


def test_what_does_not_fit_on_two_pages_is_said_to_be_shortened() -> None:
    for changes in ({"assessment": "Wort " * 3000}, {"family": (Fact("Anschrift", "Weg " * 500),)}):
        pages, result = printed(replace(KARIM, **changes))
        assert "Gekürzt: Nicht alle Angaben fanden Platz." in pages[-1]
        assert result.shortened == ("SP-2026-0147",)


def test_running_text_loses_no_word_at_the_page_break() -> None:
    words = [f"w{number}" for number in range(400)]
    pages, result = printed(replace(KARIM, assessment=" ".join(words)))
    assert len(pages) == 2
    assert [word for word in " ".join(pages).split() if word in set(words)] == words
    assert result.shortened == ()


def test_a_long_name_is_never_cut() -> None:
    name = "Maria Magdalena Theodora Alexandrowna von Hohenstein-Wasserburg"
    pages, _ = printed(replace(KARIM, child_name=name, native_name="Мария Магдалина"))
    assert only_letters(name) in only_letters(pages[0]), "a break at the hyphen is read in several ways"
    assert "Мария Магдалина" in pages[0]


def only_letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def test_name_in_arabic_is_read_back() -> None:
    (page,), _ = printed(KARIM)
    assert "كريم" in page


def test_empty_sheet_is_still_a_request() -> None:
    empty = {field.name: () if isinstance(getattr(KARIM, field.name), tuple) else "" for field in fields(KARIM)}
    del empty["answer"], empty["created_at"], empty["demo"]
    (page,), _ = printed(replace(KARIM, **empty))
    assert "Schulplatzanfrage" in page
    assert page.count("keine Angaben") == 2
    assert KARIM.answer.title in page


HOSTILE = ["=1+1", "@SUM(1)", "<b>x</b>", "</para>", '<img src="x">', "A & B", "%PDF-1.7", "(\\)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands_in_every_place(text: str) -> None:
    def poison(value: Any) -> Any:
        if isinstance(value, str) and not hasattr(value, "value"):
            return text
        if isinstance(value, tuple):
            return tuple(map(poison, value))
        if hasattr(value, "__dataclass_fields__"):
            return replace(value, **{field.name: poison(getattr(value, field.name)) for field in fields(value)})
        return value

    page = " ".join(printed(poison(KARIM))[0])
    places = len([old for old in texts_of(KARIM) if old not in ("abroad", "gap")])
    assert page.count(text) >= places - 12, "narrow places may cut it"
    assert "&amp;" not in page


def test_letters_without_a_font_are_reported() -> None:
    _, result = printed(replace(KARIM, child_name="Selam ሰላም"))
    assert result.missing == set("ሰላም")


def test_metadata_say_the_number_and_no_name() -> None:
    buffer = BytesIO()
    write_request(KARIM, buffer)
    with pikepdf.open(buffer) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        assert info["/Title"] == "SP-2026-0147"
        assert info["/Author"] == "Trittstein"
        assert info["/CreationDate"] == "D:20261117111800"
        assert str(pdf.Root.Lang) == "de-DE"
        assert not [value for value in info.values() if "Karim" in value or "Haddad" in value]
    assert b"Karim" not in buffer.getvalue()


def test_the_same_sheet_gives_the_same_bytes() -> None:
    def written(sheet: RequestSheet) -> bytes:
        buffer = BytesIO()
        write_request(sheet, buffer)
        return buffer.getvalue()

    first = written(KARIM)
    written(replace(KARIM, child_name="Jemand anders, 5"))
    assert written(KARIM) == first
    assert written(replace(KARIM, created_at=KARIM.created_at + timedelta(minutes=1))) != first


def test_only_embedded_fonts_are_used() -> None:
    buffer = BytesIO()
    write_request(KARIM, buffer)
    with pikepdf.open(buffer) as pdf:
        fonts = pdf.pages[0].Resources.Font.as_dict().values()
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert {str(font.BaseFont)[8:] for font in fonts} == {
            "NotoSans-Regular",
            "NotoSans-SemiBold",
            "NotoSansArabic-Regular",
        }


def test_several_requests_go_into_one_file_each_with_its_own_page_numbers(tmp_path: Path) -> None:
    target = tmp_path / "Schulplatzanfragen.pdf"
    long = replace(KARIM, number="SP-2026-0148", assessment="Wort " * 3000)
    result = write_requests([KARIM, long, replace(KARIM, number="SP-2026-0149")], target)
    assert result == Printed(4, ("SP-2026-0148",), frozenset())
    with pypdfium2.PdfDocument(target) as document:
        ends = [page.get_textpage().get_text_range() for page in document]
    assert [("Seite 1 von 1" in e, "Seite 1 von 2" in e, "Seite 2 von 2" in e) for e in ends] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (True, False, False),
    ]
    with pytest.raises(ValueError, match="no request"):
        write_requests([], target)


def test_marks_for_folding_and_punching_stand_where_din_5008_wants_them() -> None:
    buffer = BytesIO()
    write_request(replace(KARIM, created_at=datetime(2026, 1, 1, 8, 0)), buffer)
    with pikepdf.open(buffer) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1").splitlines()
    # each mark is a level line that begins 4 mm from the left edge
    starts = [line.split(" m ")[0].split()[-2:] for line in content if " w 11.339 " in line]
    assert [round(297 - float(y) / 72 * 25.4, 1) for _x, y in starts] == [87.0, 148.5, 192.0]
