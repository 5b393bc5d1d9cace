"""The Excel list of offers: what partners see, what they may change, and what is read of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from offer_exchanging import ANY, collection, collections, read_here, written
from offer_samples import COURSE, FURNITURE, HOUSE, THURSDAY, TUESDAY, WELFARE, an_offer
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desk_app.documents import offers_xlsx, reading_child
from desk_app.documents.offers_xlsx_cells import PARSE
from desk_app.domain.offer_exchange import ALL_FACTS, Arrived, Came, Collection, FileKind
from desk_app.domain.offers import (
    PAUSED,
    Offer,
    OfferContact,
    OfferCost,
    OfferLanguage,
    OfferPaper,
    OfferRule,
    OfferTime,
)

FULL = replace(
    COURSE, rules=(OfferRule("age", "at_least", ("6",)),), contacts=(*COURSE.contacts, OfferContact("Frau Driesen")),
    papers=(OfferPaper("Ausweis", required=True), OfferPaper("Zeugnis", required=False)), goal="=A1",
)  # fmt: skip
DIRECTORY = collection((FULL, FURNITURE), HOUSE, WELFARE)


@pytest.fixture(autouse=True)
def _memory_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_child, "hold_memory", lambda: None)


class Sheet:
    """The list as somebody has it open in Excel; columns by their headings."""

    def __init__(self, found: Collection = DIRECTORY) -> None:
        self.book = load_workbook(io.BytesIO(written(found, FileKind.XLSX)))
        self.sheet: Worksheet = self.book.worksheets[0]
        self.keys = next(row for row in self.sheet.iter_rows() if row[1].value == "title")
        self.first = self.keys[0].row + 2

    def cell(self, key: str, row: int = 0) -> Any:
        column = next(cell.column for cell in self.keys if cell.value == key)
        return self.sheet.cell(self.first + row, column)

    def type(self, key: str, value: Any, row: int = 0) -> None:
        self.cell(key, row).value = value

    def read(self) -> Arrived:
        target = io.BytesIO()
        self.book.save(target)
        return read_here(target.getvalue())

    def first_read(self) -> Came:
        return self.read().offers[0]


@given(collections())
@ANY
def test_nothing_is_lost(found: Collection) -> None:
    arrived = read_here(written(found, FileKind.XLSX))
    assert not arrived.left_out
    assert [came.offer for came in arrived.offers] == [given_.offer for given_ in found.offers]
    assert all(came.said == ALL_FACTS and not came.remarks for came in arrived.offers)
    assert all(found.venues[id_] == venue for id_, venue in arrived.venues.items())
    assert all(found.organisations[id_] == each for id_, each in arrived.organisations.items())


def test_every_column_that_may_be_changed_is_read() -> None:
    assert set(PARSE) == {key for key, field in offers_xlsx.FIELDS.items() if not field.fixed}


def test_a_long_offer_takes_several_cells_and_loses_nothing() -> None:
    long = "so viel steht da  und noch mehr " * 900
    offer = replace(FULL, text=long.strip(), eligibility=long.strip())
    assert Sheet(collection([offer])).cell("content_2").value
    arrived = read_here(written(collection([offer]), FileKind.XLSX))
    assert [came.offer for came in arrived.offers] == [offer]


# --- what partners see


def test_the_list_speaks_german_and_offers_choices() -> None:
    sheet = Sheet()
    row = {heading.value: cell.value for heading, cell in zip(
        sheet.sheet[sheet.first - 1], sheet.sheet[sheet.first], strict=True)}  # fmt: skip
    assert row["Titel"] == "Sprachkurs A1"
    assert row["Träger"] == "Caritas-Sozialdienste"
    assert row["Zeiten"] == "Di, Do 14:00–16:00"
    assert row["Ort"] == "Haus am Klöttschen"
    assert row["Weitere Kontakte"] == "Frau Driesen"
    assert row["Mitzubringen"] == "Ausweis; Zeugnis (nicht zwingend)"
    rules = {
        next(iter(rule.sqref.ranges)).min_col: rule.formula1
        for rule in sheet.sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert rules[sheet.cell("status").column] == '"aktiv,pausiert,beendet,Vorschlag"'
    assert rules[sheet.cell("registration").column] == '"ohne Anmeldung,mit Termin,mit Formular,Vermittlung durch uns"'


def test_no_text_is_a_formula_and_only_the_program_sees_the_last_column() -> None:
    sheet = Sheet()
    assert sheet.cell("goal").data_type == "s"
    assert (sheet.cell("goal").value, sheet.cell("goal").quotePrefix) == ("=A1", True)
    assert sheet.sheet.column_dimensions[sheet.cell("content").column_letter].hidden
    assert sheet.cell("id").protection.locked
    assert not sheet.cell("title").protection.locked
    assert not sheet.cell("title", 20).protection.locked


# --- what they change

CHANGES: list[tuple[str, Any, Callable[[Offer], Offer]]] = [
    ("title", "Kurs A1", lambda o: replace(o, title="Kurs A1")),
    ("status", "pausiert", lambda o: replace(o, status=PAUSED)),
    ("brief", None, lambda o: replace(o, brief="")),
    ("topics", "Deutschkurs; Theater", lambda o: replace(o, topics=("german_course", "theatre"))),
    ("mode", "vor Ort und online", lambda o: replace(o, mode="hybrid")),
    ("audiences", "Familien, Ehrenamtliche", lambda o: replace(o, audiences=("family", "volunteer"))),
    ("youngest", 16, lambda o: replace(o, youngest=16)),
    ("languages", "Ukrainisch; Dari", lambda o: replace(o, languages=(OfferLanguage("uk"), OfferLanguage("prs")))),
    ("interpreted", "Ukrainisch", lambda o: replace(o, languages=(*o.languages, OfferLanguage("uk", "interpreter")))),
    ("child_care", "nein", lambda o: replace(o, child_care=False)),
    ("times", "Mi 9-12; Do 14:00–16:00", lambda o: replace(
        o, times=(OfferTime(1 << 2, 540, 720), OfferTime(THURSDAY, 840, 960)))),
    ("times", None, lambda o: replace(o, times=())),
    ("valid_to", date(2027, 3, 31), lambda o: replace(o, valid_to=date(2027, 3, 31))),
    ("valid_to", "31.3.2027", lambda o: replace(o, valid_to=date(2027, 3, 31))),
    ("phone", "0208 000-77", lambda o: replace(
        o, contacts=(replace(o.contacts[0], phone="0208 000-77"), o.contacts[1]))),
    ("room", "Aula", lambda o: replace(o, places=(replace(o.places[0], room="Aula"),))),
    ("registration", "mit Formular", lambda o: replace(o, registration=replace(o.registration, way="form"))),
    ("papers", "Ausweis (nicht zwingend); Foto", lambda o: replace(
        o, papers=(OfferPaper("Ausweis", required=False), OfferPaper("Foto")))),
    ("cost", "fester Betrag", lambda o: replace(o, cost=OfferCost("amount"))),
    ("amount", 12.5, lambda o: replace(o, cost=OfferCost("free", cents=1250))),
    ("free", 3, lambda o: replace(o, capacity=replace(o.capacity, free=3))),
    ("waiting_list", "ja", lambda o: replace(o, capacity=replace(o.capacity, waiting_list=True))),
    ("alert_until", "24.12.2026", lambda o: replace(o, alert_until=date(2026, 12, 24))),
]  # fmt: skip


@pytest.mark.parametrize(("key", "typed", "expected"), CHANGES)
def test_a_changed_cell_changes_that_fact_alone(key: str, typed: Any, expected: Callable[[Offer], Offer]) -> None:
    sheet = Sheet()
    sheet.type(key, typed)
    came = sheet.first_read()
    assert came.offer == expected(FULL)
    assert came.remarks == ()


def test_another_organisation_and_another_venue_are_new_records() -> None:
    sheet = Sheet()
    sheet.type("organisation", "Verein am Fluss")
    sheet.type("place", "Haus am Fluss")
    sheet.type("street", "Uferweg 3")
    arrived = sheet.read()
    offer = arrived.offers[0].offer
    assert offer.organisation is not None
    assert arrived.organisations[offer.organisation].name == "Verein am Fluss"
    venue = arrived.venues[offer.places[0].place]
    assert (venue.name, venue.street, venue.city) == ("Haus am Fluss", "Uferweg 3", "Mülheim an der Ruhr")
    assert offer.places[0].room == "Raum 2"


def test_an_address_that_changed_is_that_of_the_same_venue() -> None:
    sheet = Sheet()
    sheet.type("street", "Am Klöttschen 3")
    assert sheet.read().venues[HOUSE.id] == replace(HOUSE, street="Am Klöttschen 3")


def test_what_is_not_understood_is_told_and_nothing_is_lost() -> None:
    sheet = Sheet()
    sheet.type("times", "wenn die Sonne scheint")
    sheet.type("status", "vielleicht")
    sheet.type("languages", "Klingonisch")
    came = sheet.first_read()
    assert (came.offer.times, came.offer.times_words, came.offer.status) == ((), "wenn die Sonne scheint", "active")
    assert came.remarks == (
        "Stand: „vielleicht“ ist nicht zu verstehen und bleibt weg.",
        "Sprachen dort: „Klingonisch“ ist nicht zu verstehen und bleibt weg.",
        "Zeiten: „wenn die Sonne scheint“ ist nicht zu verstehen und steht bei den Zeiten in Worten.",
    )


# --- new rows, and rows that lost something


def test_a_new_row_is_a_new_offer_and_the_same_one_next_time() -> None:
    sheet = Sheet()
    sheet.type("title", "Chor", row=2)
    sheet.type("times", "Di 18-20", row=2)
    first, second = sheet.read().offers[2], sheet.read().offers[2]
    assert first.offer == Offer(first.offer.id, "Chor", times=(OfferTime(TUESDAY, 1080, 1200),))
    assert first.offer.id == second.offer.id
    assert first.said == {"title", "times"}


def test_a_cell_that_says_what_a_heading_says_is_no_heading() -> None:
    sheet = Sheet()
    sheet.type("times_words", "Titel")
    sheet.type("title", "Titel")
    assert sheet.first_read().offer == replace(FULL, title="Titel", times_words="Titel")


def test_a_row_without_title_and_one_twice_are_left_out() -> None:
    sheet = Sheet()
    sheet.type("phone", "0208 000", row=3)
    for key in ("id", "title", "content"):
        sheet.type(key, sheet.cell(key).value, row=4)
    arrived = sheet.read()
    assert len(arrived.offers) == 2
    assert [each.words for each in arrived.left_out] == [
        "Es steht kein Titel dabei.", "Dasselbe Angebot steht weiter oben schon einmal."]  # fmt: skip


def test_a_row_that_lost_its_hidden_cell_tells_what_its_cells_tell() -> None:
    sheet = Sheet()
    sheet.type("content", '{"offer": "kaputt"')
    came = sheet.first_read()
    assert came.offer.id == FULL.id
    assert came.offer.times == COURSE.times
    assert came.offer.rules == ()
    assert "rules" not in came.said


def test_a_list_of_their_own_with_our_headings_is_read() -> None:
    book = Workbook()
    book.active.append(["Unsere Angebote"])
    book.active.append(["Titel", "Telefon", "Kosten", "Unbekanntes"])
    book.active.append(["Chor", "0208 000", "kostenlos", "x"])
    target = io.BytesIO()
    book.save(target)
    (came,) = read_here(target.getvalue()).offers
    assert came.offer == replace(an_offer("Chor"), id=came.offer.id, contacts=(OfferContact(phone="0208 000"),),
                                 cost=OfferCost("free"))  # fmt: skip
