"""Slips that families take along: what stands on them, what does not, and that they come again as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from offer_samples import COURSE, FURNITURE, known_as, store_offers
from pypdf import PdfReader
from sqlalchemy import select
from the_day import Day

from desk_app.casework import appointment_setup, appointments, centre, handouts, offers, referrals, slip_output
from desk_app.casework.desk import Desk
from desk_app.casework.referrals import Draft
from desk_app.casework.slip_output import Saved, Wanted
from desk_app.domain.errors import NothingToSend, RecordGone, TargetGone
from desk_app.domain.letters import Slip
from desk_app.storage.tables import AuditEntry


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def day(desk: Desk, clock: Any) -> Day:
    return Day(desk, clock)


def save(desk: Desk, wanted: Wanted, folder: Path) -> Saved:
    return desk.do(lambda work: slip_output.save(work, wanted, folder))[0]


def text(saved: Saved) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(saved.path).pages).split())


def audit(desk: Desk) -> list[tuple[str, list[str]]]:
    query = select(AuditEntry.deed, AuditEntry.fields).order_by(AuditEntry.sequence)
    return desk.do(lambda work: [(deed, list(fields)) for deed, fields in work.session.execute(query)])[0]


def given(desk: Desk, family: StoredFamily) -> list[tuple[str, str, str]]:
    lines = desk.do(lambda work: handouts.of_family(work, family.household))[0]
    return [(line.kind, line.title, line.language) for line in lines]


# --- the slip of an appointment


def test_the_slip_says_when_where_how_long_what_for_and_what_to_bring(
    desk: Desk, day: Day, family: StoredFamily, tmp_path: Path
) -> None:
    place = day.setup.places[0]
    desk.do(lambda work: appointment_setup.keep(work, replace(place, stop="Rathausmarkt")))
    booked = day.book("", 14, 30, look="intake", household=family.household, language="ar", interpreting="confirmed")
    said = text(save(desk, Wanted(Slip.APPOINTMENT, (booked,), family.household, "uk"), tmp_path))
    for expected in (
        "Donnerstag, 26.11.2026, 14:30 Uhr", "четвер, 26.11.2026, 14:30", "Musterplatz 1", "Rathausmarkt", "Platz 1",
        "Ungefähr 60 Minuten.", "Aufnahme", "Перша розмова", "Pass oder Ausweis des Kindes", "Meldebescheinigung",
        "У нас є людина, яка вам перекладатиме.", "Зупинка", "Familie Haddad",
        "Übersetzung noch nicht geprüft", day.line(booked).code,
    ):  # fmt: skip
        assert expected in said, expected


def test_the_slip_names_no_child_and_no_address_of_the_family(
    desk: Desk, day: Day, family: StoredFamily, tmp_path: Path
) -> None:
    booked = day.book("", 14, look="school", household=family.household, words="Asthma besprechen")
    saved = save(desk, Wanted(Slip.APPOINTMENT, (booked,), family.household, "de"), tmp_path)
    said = text(saved) + repr(PdfReader(saved.path).metadata) + saved.path.name
    for never in ("Karim", "Lindenhof", "Asthma", "0208 000000"):
        assert never not in said
    assert "Haddad" not in repr(PdfReader(saved.path).metadata) + saved.path.name


@pytest.mark.parametrize("language", ["ar", "fa", "uk"])
def test_the_number_to_call_off_reads_the_same_in_every_language(
    desk: Desk, day: Day, family: StoredFamily, tmp_path: Path, language: str
) -> None:
    booked = day.book("", 14, household=family.household)
    said = text(save(desk, Wanted(Slip.APPOINTMENT, (booked,), family.household, language), tmp_path))
    own = desk.do(centre.load)[0].phone
    assert said.count(own) == 3, "beside the question, in its German line, and among the ways to reach the centre"


def test_without_a_file_the_typed_name_stands_there_and_the_audit_alone_tells(
    desk: Desk, day: Day, tmp_path: Path
) -> None:
    booked = day.book("Frau Petrenko", 11, language="uk")
    saved = save(desk, Wanted(Slip.APPOINTMENT, (booked,)), tmp_path)
    assert "Frau Petrenko" in text(saved)
    assert "Ваша зустріч" in text(saved), "in the language of the talk"
    assert audit(desk)[-1] == ("slip.written", ["handout:appointment"])


def test_what_was_called_off_gets_no_slip(desk: Desk, day: Day, tmp_path: Path) -> None:
    booked = day.book("Frau Petrenko", 11)
    desk.do(lambda work: appointments.cancel(work, booked, by="family", reason=""))
    with pytest.raises(NothingToSend, match="gilt nicht mehr"):
        save(desk, Wanted(Slip.APPOINTMENT, (booked,)), tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []


# --- several offers


def test_the_sheet_of_offers_has_their_week_place_phone_and_own_german_words(
    desk: Desk, family: StoredFamily, tmp_path: Path
) -> None:
    desk.do(store_offers)
    saved = save(desk, Wanted(Slip.OFFERS, (COURSE.id, FURNITURE.id), family.household, "uk"), tmp_path)
    said = text(saved)
    for expected in (
        "Sprachkurs A1", "Aktion Lichtblicke", "Deutsch von Anfang an", "14–16", "вівторок", "Haus am Klöttschen",
        "Raum 2", "0208 000-11", "Frau Ilgin", "безкоштовно", "kostenlos", "Was ein Angebot über sich selbst sagt",
    ):  # fmt: skip
        assert expected in said, expected
    assert said.index("Sprachkurs A1") < said.index("Aktion Lichtblicke"), "in the order in which they were chosen"
    assert any("nur auf Deutsch" in note for note in saved.notes)
    assert given(desk, family) == [("offers", "Sprachkurs A1, Aktion Lichtblicke", "uk")]


def test_a_slip_comes_again_as_it_was_though_the_offer_has_changed(
    desk: Desk, family: StoredFamily, tmp_path: Path
) -> None:
    desk.do(store_offers)
    first = save(desk, Wanted(Slip.OFFERS, (COURSE.id,), family.household, "ar"), tmp_path)
    desk.do(lambda work: offers.keep(work, replace(COURSE, title="Ganz anders")))
    (line,) = desk.do(lambda work: handouts.of_family(work, family.household))[0]
    again = save(desk, Wanted(Slip.OFFERS, household=family.household, handout=line.id), tmp_path)
    assert again.path.read_bytes() == first.path.read_bytes()
    assert again.path != first.path
    assert len(given(desk, family)) == 1, "it is not kept a second time"
    assert audit(desk)[-1] == ("slip.written", ["handout:offers"])


def test_printed_and_saved_is_one_slip(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    desk.do(store_offers)
    wanted = Wanted(Slip.OFFERS, (COURSE.id,), family.household, "de")
    picture = desk.do(lambda work: slip_output.to_print(work, wanted))[0]
    assert picture.width == 2480
    save(desk, wanted, tmp_path)
    assert len(given(desk, family)) == 1
    assert [deed for deed, _fields in audit(desk)].count("handout.kept") == 1


def test_offers_for_nobody_named_are_kept_nowhere(desk: Desk, tmp_path: Path) -> None:
    desk.do(store_offers)
    saved = save(desk, Wanted(Slip.OFFERS, (COURSE.id,), language="en"), tmp_path)
    assert "Offers for you" in text(saved)
    assert saved.path.name == "Merkzettel_2026-11-26.pdf"
    assert audit(desk)[-1] == ("slip.written", ["handout:offers"])


def test_ten_offers_are_left_out_only_with_a_word(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    many = [replace(COURSE, id=known_as(str(number)), title=f"Kurs {number}") for number in range(12)]
    desk.do(lambda work: store_offers(work, *many))
    saved = save(desk, Wanted(Slip.OFFERS, tuple(each.id for each in many), family.household, "ar"), tmp_path)
    said = text(saved)
    assert "Kurs 4" in said, "five with all there is to know have room"
    left_out = [each.title for each in many if each.title + " " not in said + " "]
    told = next(note for note in saved.notes if "kein Platz" in note)
    assert left_out
    assert all(title in told for title in left_out)
    assert "Nicht alle Angebote hatten hier Platz" in said


def test_nothing_is_kept_where_the_folder_is_gone(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    desk.do(store_offers)
    with pytest.raises(TargetGone):
        save(desk, Wanted(Slip.OFFERS, (COURSE.id,), family.household), tmp_path / "weg")
    assert given(desk, family) == []


# --- the slip of a referral


@pytest.fixture
def referred(desk: Desk, family: StoredFamily) -> tuple[str, tuple[UUID, ...]]:
    desk.do(store_offers)
    draft = Draft(uuid4(), family.household, COURSE.id, (family.child,))
    made = desk.do(lambda work: referrals.refer(work, draft))[0]
    return made.code, made.referrals


def test_the_part_to_tear_off_has_the_code_and_boxes_and_nobody_s_name(
    desk: Desk, family: StoredFamily, referred: tuple[str, tuple[UUID, ...]], tmp_path: Path
) -> None:
    code, rows = referred
    saved = save(desk, Wanted(Slip.REFERRAL, rows, family.household, "ar"), tmp_path)
    said = text(saved)
    upper, torn_off = said.split("Bitte hier abtrennen")
    for expected in (code, "Sprachkurs A1", "war da", "nimmt teil", "Warteliste", "passt nicht", "kam nicht",
                     "Musterplatz 1", "Bitte zurück an"):  # fmt: skip
        assert expected in torn_off, expected
    for never in ("Haddad", "Karim", "Rana", "Lindenhof"):
        assert never not in torn_off
        assert never not in saved.path.name + repr(PdfReader(saved.path).metadata)
    assert "Karim" not in upper
    assert "Haus am Klöttschen" in upper
    assert given(desk, family) == [("slip", "Sprachkurs A1", "ar")]


def test_a_referral_that_was_taken_back_gets_no_slip(
    desk: Desk, family: StoredFamily, referred: tuple[str, tuple[UUID, ...]], tmp_path: Path
) -> None:
    desk.do(lambda work: referrals.withdraw(work, referred[1]))
    with pytest.raises(RecordGone):
        save(desk, Wanted(Slip.REFERRAL, referred[1], family.household), tmp_path)


def test_an_offer_that_makes_a_pause_says_so_on_paper(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    desk.do(store_offers)
    desk.do(lambda work: offers.set_status(work, COURSE.id, "paused"))
    desk.do(lambda work: offers.set_status(work, FURNITURE.id, "paused"))
    for offer in (COURSE, FURNITURE):
        said = text(save(desk, Wanted(Slip.OFFERS, (offer.id,), family.household, "de"), tmp_path))
        assert "pausiert" in said.casefold(), offer.title
