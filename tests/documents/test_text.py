"""Text on paper: set, wrapped, cut, and read back from the finished PDF."""

import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.documents.fonts import Weight
from desk_app.documents.paper import Paper
from desk_app.documents.shaping import Line, clean
from desk_app.documents.text import Align, Style, Typesetter, clip, fit, shrink, width, wrap

NINE = Style(9)

# The 149 letters of DIN 91379:2022-08 that are made of several code points, as letter:marks,marks …
DIN_91379_SEQUENCES = """
A:30B C:300,304,306,308,315,323,326,328+306 D:302 F:300,304 G:300 H:304,326,331 J:301,30C
K:300,302,304,307,315,31B,326,35F+48,35F+68 L:302,325,325+304,326 M:300,302,306,310 N:302,304,306,326
P:300,304,315,323 R:306,325,325+304 S:300,304,31B+304,331 T:300,304,308,315,31B U:307 Z:300,304,306,308,327
a:30B c:300,304,306,308,315,323,326,328+306 d:302 f:300,304 g:300 h:304,326 j:301
k:300,302,304,307,315,31B,326,35F+68 l:302,325,325+304,326 m:300,302,306,310 n:302,304,306,326
p:300,304,315,323 r:306,325,325+304 s:300,304,31B+304,331 t:300,304,315,31B u:307 z:300,304,306,308,327 Ç:306
Û:304 ç:306 û:304 ÿ:301 Č:315,323 č:315,323 ē:30D Ī:301 ī:301 ō:30D Ž:326,327 ž:326,327 Ḳ:304 ḳ:304 Ṣ:304
ṣ:304 Ṭ:304 ṭ:304 Ạ:308 ạ:308 Ọ:308 ọ:308 Ụ:304,308 ụ:304,308
"""
SEQUENCES = [
    letter + "".join(chr(int(mark, 16)) for mark in marks.split("+"))
    for letter, many in (entry.split(":") for entry in DIN_91379_SEQUENCES.split())
    for marks in many.split(",")
]


def printed(*texts: str, style: Style = NINE) -> tuple[bytes, Typesetter]:
    """A PDF with one page for each text."""
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=(500, 40), invariant=1)
    typesetter = Typesetter(paper)
    for text in texts:
        typesetter.draw(20, 15, text, style)
        paper.showPage()
    paper.save()
    return buffer.getvalue(), typesetter


def read_back(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_all_letters_with_marks_of_din_91379_come_back_as_they_went_in() -> None:
    assert len(set(SEQUENCES)) == 149
    pdf, typesetter = printed(*SEQUENCES)
    assert read_back(pdf) == SEQUENCES
    assert not typesetter.missing


@pytest.mark.parametrize(
    "text",
    [
        "R̥̄asa M̂ K͟han",
        "Đorđević Şahin Łukasz Müßig",
        "Nguyễn Bảo Ngọc",
        "Шевченко Оксана Ґалаґан",
        "Παπαδόπουλος Ελένη",
        "كريم حداد",
        "محمّد الأحمد",
        "شارع الملك فيصل، بناء 12",
        "پژمان ۱۲۳ می‌خواهم",
        "بيت تبن ينبت الله",
        "Karim / كريم, Jahrgang 9",
        "office fi ffi – „Schön“ …",
    ],
)
def test_names_of_many_scripts_are_read_back_in_reading_order(text: str) -> None:
    for weight in Weight:
        pdf, typesetter = printed(text, style=Style(11, weight))
        assert read_back(pdf) == [text]
        assert not typesetter.missing


@pytest.mark.office
@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Karim Haddad / كريم حداد", ["Karim Haddad", "كريم حداد"]),
        ("Vater: كريم حداد, der Ältere", ["Vater:", "كريم حداد", "der Ältere"]),
        ("شارع الملك 12", ["شارع الملك", "12"]),
        ("محمّد", ["محمّد"]),
        ("Nguyễn Ngọc R\u0325\u0304a K\u035fhan", ["Nguyễn Ngọc R\u0325\u0304a K\u035fhan"]),
    ],
)
def test_pdftotext_reads_mixed_lines(text: str, phrases: list[str], tmp_path: Path) -> None:
    pdf, _ = printed(text)
    (tmp_path / "a.pdf").write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-enc", "UTF-8", "a.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    line = clean(read.stdout.decode())  # without the marks of direction that pdftotext adds
    assert [phrase in line for phrase in phrases] == [True] * len(phrases)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", "<b>fett</b>", "</para>", '<img src="http://x.example/a.png">', "A & B &amp; C", "(\\)"]
)
def test_hostile_text_is_printed_as_it_stands(text: str) -> None:
    pdf, _ = printed(text)
    assert read_back(pdf) == [text]


def test_turning_the_reading_direction_is_not_possible_from_within_a_name() -> None:
    pdf, _ = printed("Anna\u202eidrib\u202c \u2067X\u2069\u200f")
    assert read_back(pdf) == ["Annaidrib X"]


def test_invisible_characters_go_and_line_ends_become_spaces() -> None:
    pdf, _ = printed("eins\r\nzwei\tdrei\x00\u200b\ufeff vier")
    assert read_back(pdf) == ["eins zwei drei vier"]


def test_letter_without_a_font_is_drawn_as_a_box_and_reported() -> None:
    pdf, typesetter = printed("Selam ሰላም")
    assert typesetter.missing == set("ሰላም")
    assert read_back(pdf) == ["Selam ሰላም"], "a reader still gets the letters"
    blank, _ = printed("Selam    ")
    with pypdfium2.PdfDocument(pdf) as boxes, pypdfium2.PdfDocument(blank) as nothing:
        assert bytes(boxes[0].render().buffer) != bytes(nothing[0].render().buffer)


def test_a_letter_keeps_thirty_marks_at_most() -> None:
    pdf, _ = printed("a" + "\u0301" * 10_000 + "b")
    assert read_back(pdf) == ["a" + "\u0301" * 30 + "b"]


def test_every_line_of_a_wrapped_text_fits_and_nothing_is_lost() -> None:
    text = "Karl-Ziegler-Schule oder Otto-Pankok-Schule, Von-Bock-Straße 81 " * 30
    block = wrap(text, NINE, 120, 1000)
    assert all(width(line, NINE) <= 120 for line in block.lines)
    assert "".join(letters_of(line) for line in block.lines).replace(" ", "") == text.replace(" ", "")
    assert not block.rest


def test_ten_thousand_letters_without_a_space_are_broken_anywhere() -> None:
    block = wrap("W" * 10_000, NINE, 200, 3)
    assert len(block.lines) == 3
    assert all(190 < width(line, NINE) <= 200 for line in block.lines)
    assert sum(len(letters_of(line)) for line in block.lines) + len(block.rest) == 10_000


def test_a_letter_is_not_parted_from_its_marks_when_a_word_is_broken() -> None:
    for line in wrap("R\u0325\u0304" * 300, NINE, 50, 100).lines:
        assert letters_of(line).replace("R\u0325\u0304", "") == ""


def test_clipped_text_ends_in_an_ellipsis_and_says_what_is_left() -> None:
    block = clip("Wort " * 200, NINE, 100, 3)
    assert len(block.lines) == 3
    assert letters_of(block.lines[-1]).endswith("…")
    assert width(block.lines[-1], NINE) <= 100
    assert block.rest.startswith("Wort")
    assert clip("kurz", NINE, 100, 3).rest == ""


def test_line_ends_of_a_text_are_kept_when_it_is_wrapped() -> None:
    assert [letters_of(line) for line in wrap("eins\n\nzwei\r\ndrei", NINE, 200, 9).lines] == [
        "eins",
        "",
        "zwei",
        "drei",
    ]


def test_a_german_paragraph_stays_left_to_right_in_a_line_that_begins_in_arabic() -> None:
    lines = wrap("Der Vater heißt im Pass\nكريم und wohnt hier.", NINE, 300, 9).lines
    assert [run.right_to_left for run in lines[1].runs] == [True, False]


def test_text_wider_than_its_room_is_cut_and_a_style_can_shrink_instead() -> None:
    long = "Anschlussförderung nach der Erstförderung"
    assert width(fit(long, NINE, 60), NINE) <= 60
    assert letters_of(fit(long, NINE, 60)).endswith("…")
    smaller = shrink(long, NINE, width(long, NINE) * 0.9, 5)
    assert width(long, smaller) == pytest.approx(width(long, NINE) * 0.9, rel=0.01)
    assert letters_of(fit(long, smaller, width(long, NINE) * 0.9)) == long
    assert shrink(long, NINE, 1, 5).size == 5


def test_right_aligned_text_ends_where_it_should() -> None:
    buffer = BytesIO()
    paper = Paper(buffer, pagesize=(300, 40))
    Typesetter(paper).draw(250, 20, "Vertraulich", NINE, align=Align.RIGHT)
    paper.save()
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        page = document[0].get_textpage()
        right = max(page.get_charbox(index, loose=True)[2] for index in range(page.count_chars()))
    assert right == pytest.approx(250, abs=0.2)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aÄ ر12(),-/\n\u0304\u202e\U0001f600ሰ", max_size=300), st.floats(12, 200))
def test_any_text_can_be_wrapped_without_loss(text: str, room: float) -> None:
    lines = wrap(text, NINE, room, 1000).lines
    kept = "".join(letters_of(line) for line in lines)
    assert sorted(kept.replace(" ", "")) == sorted(clean(text).replace(" ", "").replace("\n", ""))


def letters_of(line: Line) -> str:

    return "".join(
        step.sign.letters for run in line.runs for step in (reversed(run.steps) if run.right_to_left else run.steps)
    )
