"""Letters on paper in every language, read back from the finished PDF."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import segno
from specimen_letters import ANSWERS, PAPERS, a_letter, a_slip

from desk_app.documents.drawing import LEFT, RIGHT
from desk_app.documents.letters import Printed, write_letter
from desk_app.domain.letter_page import Entry, LetterPage
from desk_app.domain.letters import GERMAN, LANGUAGES, NO_TEXT, RIGHT_TO_LEFT, Pair, Slip, texts

EVERY_PAPER = tuple(key.removesuffix(".name") for key in texts("papers") if key.endswith(".name"))
TEN_ANSWERS = tuple(texts("answers"))[:10]


def printed(page: LetterPage) -> tuple[str, Printed]:
    """The text of the one page, line ends as spaces, and what was reported."""
    content, result = pdf(page)
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split()), result


def pdf(page: LetterPage) -> tuple[bytes, Printed]:
    buffer = BytesIO()
    result = write_letter(page, buffer)
    return buffer.getvalue(), result


def edges(page: LetterPage, words: str) -> tuple[float, float]:
    """Where a piece of text begins and ends across the page, in points."""
    content, _result = pdf(page)
    with pypdfium2.PdfDocument(content) as document:
        sheet = document[0].get_textpage()
        start, length = sheet.search(words).get_next()
        boxes = [sheet.get_charbox(start + place) for place in range(length)]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_stands_on_one_page_with_the_german_in_reading_order(language: str) -> None:
    page = a_letter(language)
    text, result = printed(page)
    assert result == Printed((), frozenset())
    for number, entry in enumerate((entry for block in page.blocks for entry in block.entries), 1):
        german = f"{entry.name.german}: {entry.words.german}" if entry.words.german else entry.name.german
        assert german in text or language == GERMAN
        if language != GERMAN:
            assert f"{number}. {german}" in text, "the same number stands before the German"
    assert all(entry.name.german in text for block in page.blocks for entry in block.entries)
    assert page.strong.german in text
    assert text.count("03.12.2026") == len(PAPERS) + 1 + (language != GERMAN), "in the frame, and for each paper"


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each not in (*RIGHT_TO_LEFT, GERMAN)])
def test_every_text_of_the_familys_language_is_on_the_page(language: str) -> None:
    page = a_letter(language)
    text, _result = printed(page)
    names = [entry.name.other for block in page.blocks for entry in block.entries]
    for wanted in (page.title.other, page.strong.other, *names):
        assert wanted in text, wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_papers_and_ten_answers_find_room(language: str) -> None:
    page = a_letter(language, EVERY_PAPER, TEN_ANSWERS)
    text, result = printed(page)
    assert result == Printed((), frozenset())
    assert all(entry.name.german in text for block in page.blocks for entry in block.entries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_finds_no_room_is_reported_and_the_page_says_that_there_is_more(language: str) -> None:
    page = a_letter(language, EVERY_PAPER, tuple(texts("answers")) * 2)
    text, result = printed(page)
    assert result.left_out
    assert set(result.left_out) <= {texts("answers")[key].words[GERMAN] for key in texts("answers")}
    assert page.more.german in text
    assert page.help.german in text


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_right_to_left_paragraphs_end_at_the_right_and_german_begins_at_the_left(language: str) -> None:
    page = replace(a_letter(language), title=Pair("Titelzeile", "آآآآ ممم"), closing=(Pair("Unten", "آآآآ ننن"),))
    assert edges(page, "آآآآ ممم")[1] == pytest.approx(RIGHT, abs=2)
    assert edges(page, "آآآآ ننن")[1] == pytest.approx(RIGHT, abs=2)
    assert edges(page, "Titelzeile")[0] == pytest.approx(LEFT, abs=2)
    assert edges(page, "Unten")[0] == pytest.approx(LEFT, abs=2)


def test_left_to_right_paragraphs_begin_at_the_left() -> None:
    page = replace(a_letter("uk"), title=Pair("Deutsch", "Щось"))
    assert edges(page, "Щось")[0] == pytest.approx(LEFT, abs=2)


@pytest.mark.parametrize("language", [*sorted(RIGHT_TO_LEFT), "en"])
@pytest.mark.parametrize("phone", ["+49 208 000-45 61", "0208/000 45 61", "0208 000-45 61"])
def test_digits_keep_their_order_in_every_language(language: str, phone: str) -> None:
    page = a_letter(language)
    contact = tuple(replace(way, value=phone) if "208" in way.value else way for way in page.contact)
    blocks = (replace(page.blocks[0], entries=(Entry(page.title, Pair(phone, phone), "03.12.2026"),)),)
    page = replace(page, contact=contact, blocks=blocks)
    content, _result = pdf(page)
    with pypdfium2.PdfDocument(content) as document:
        sheet = document[0].get_textpage()
        places = []
        search = sheet.search(phone)
        while found := search.get_next():
            places.append([sheet.get_charbox(found[0] + place) for place in range(found[1])])
    assert len(places) >= 2
    for boxes in places:
        lefts = [box[0] for box, letter in zip(boxes, phone, strict=True) if letter != " "]
        assert lefts == sorted(lefts), "each stands to the right of the one before"


@pytest.mark.parametrize(("reviewed", "language"), [(True, "ar"), (False, "ar"), (True, "de")])
def test_an_unread_translation_says_so(reviewed: bool, language: str) -> None:
    text, _result = printed(replace(a_letter(language), reviewed=reviewed))
    assert ("Übersetzung noch nicht geprüft" in text) is not reviewed


def test_a_text_without_translation_is_printed_in_german() -> None:
    page = a_letter("ar")
    entries = (*page.blocks[0].entries[:1], Entry(Pair("Schuhgröße"), NO_TEXT, "03.12.2026"))
    text, _result = printed(replace(page, blocks=(replace(page.blocks[0], entries=entries),)))
    assert "Schuhgröße" in text


def test_a_letter_with_little_to_say_is_set_larger() -> None:
    def height(page: LetterPage) -> float:
        content, _result = pdf(page)
        with pypdfium2.PdfDocument(content) as document:
            sheet = document[0].get_textpage()
            start, _length = sheet.search("Passport or ID").get_next()
            box = sheet.get_charbox(start)
        return box[3] - box[1]

    assert height(a_letter("en", PAPERS[:2], ())) > 1.2 * height(a_letter("en", PAPERS, ANSWERS))


def test_letters_without_a_font_are_reported() -> None:
    _text, result = printed(replace(a_letter("en"), recipient=("漢字",)))
    assert result.missing == frozenset("漢字")


def test_the_file_names_nobody() -> None:
    content, _result = pdf(a_letter("ar"))
    with pypdfium2.PdfDocument(content) as document:
        said = " ".join(document.get_metadata_dict().values())
    assert "Haddad" not in said
    assert "SP-2026-0147" in said


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf(a_letter("fa"))[0] == pdf(a_letter("fa"))[0]


def test_the_languages_are_named_in_the_head() -> None:
    assert "Persisch/Dari und Deutsch" in printed(a_letter("fa"))[0]


# --- slips


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slip", Slip)
def test_a_slip_stands_on_one_page_without_an_address_field(slip: Slip, language: str) -> None:
    page = a_slip(slip, language, cards=3)
    text, result = printed(page)
    assert result == Printed((), frozenset())
    assert slip.label in text
    assert "Lindenhof" not in text
    assert all(card.title in text for card in page.cards)


@pytest.mark.parametrize("language", [GERMAN, "ar"])
def test_the_code_beside_an_offer_is_read_by_a_telephone_as_a_contact(language: str) -> None:
    page = a_slip(Slip.OFFERS, language, cards=1)
    content, _result = pdf(page)
    with pypdfium2.PdfDocument(content) as document:
        image = document[0].render(scale=4).to_pil().convert("L")
    grey = image.tobytes()

    def dark(x: int, y: int) -> bool:
        return grey[y * image.width + x] < 100

    expected = segno.make_qr(page.cards[0].contact, error="m").matrix
    left = round((LEFT if language == "ar" else RIGHT - 66) * 4)
    each = 66 * 4 / len(expected)
    corner = range(left + 2, left + round(7 * each) - 2)  # seven dark cells begin the first row
    top = next(y for y in range(image.height) if all(dark(x, y) for x in corner))
    read = [[dark(round(left + (x + 0.5) * each), round(top + (y + 0.5) * each)) for x in range(len(expected))]
            for y in range(len(expected))]  # fmt: skip
    assert read == [[bool(cell) for cell in row] for row in expected]
    assert page.cards[0].contact.startswith("MECARD:N:Frau Ilgin;TEL:0208 000")
    assert "http" not in page.cards[0].contact


def test_the_days_of_the_week_run_as_the_family_reads() -> None:
    for language, first, last in (("uk", "понеділок", "неділя"), (GERMAN, "Mo", "So")):
        page = a_slip(Slip.OFFERS, language, cards=1)
        assert edges(page, first)[0] < edges(page, last)[0]
    content, _result = pdf(a_slip(Slip.OFFERS, "ar", cards=1))
    with pypdfium2.PdfDocument(content) as document:
        sheet = document[0].get_textpage()
        days = [sheet.search(day, match_case=True, match_whole_word=True).get_next()[0] for day in ("Mo", "Mi", "So")]
        lefts = [sheet.get_charbox(place)[0] for place in days]
    assert lefts == sorted(lefts, reverse=True)
