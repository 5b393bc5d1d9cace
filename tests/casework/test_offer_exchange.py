"""Offers out to partners and in from them: what a file would change is shown, taken over as one deed, taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from offer_exchanging import a_place, collection, written
from offer_samples import COURSE, FURNITURE, HOUSE, THEATRE, WELFARE, store_offers

from desk_app.casework import deeds, offer_directory, offer_exchange, offers
from desk_app.casework.desk import Desk
from desk_app.casework.offer_directory import Directory
from desk_app.casework.offer_exchange import ReadIn
from desk_app.casework.offer_exchange_match import Plan, State
from desk_app.domain.errors import ImportStopped, NothingToSend, StrangeTable, TargetGone
from desk_app.domain.offer_exchange import Arrived, FileKind
from desk_app.domain.offers import FactSource, FurtherId, Offer, OfferContact, Organisation, Venue

TODAY = date(2026, 11, 26)


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.do(store_offers)
    return desk


def directory(desk: Desk) -> Directory:
    return desk.do(offer_directory.read)[0]


def kept(desk: Desk, offer: Offer) -> Offer:
    return directory(desk).listed[offer.id].offer


def arrived(desk: Desk, content: bytes | Any, folder: Path) -> Arrived:
    path = folder / "Angebote.dat"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return desk.do(lambda work: offer_exchange.read(work, path))[0]


def plans(desk: Desk, found: Arrived, *apart: int) -> tuple[Plan, ...]:
    return desk.do(lambda work: offer_exchange.preview(work, found, apart))[0]


def take(desk: Desk, found: Arrived, *apart: int, chosen: set[int] | None = None) -> ReadIn:
    places = {plan.place for plan in plans(desk, found, *apart) if plan.preset} if chosen is None else chosen
    return desk.do(lambda work: offer_exchange.take_over(work, found, places, apart))[0]


def exported(desk: Desk, kind: FileKind, folder: Path) -> Path:
    return desk.do(lambda work: offer_exchange.export(work, kind, folder))[0].path


KINDS = (FileKind.HSDS_JSON, FileKind.HSDS_TABLES, FileKind.XLSX)


# --- out and in again


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_unchanged(full: Desk, kind: FileKind, tmp_path: Path) -> None:
    path = exported(full, kind, tmp_path)
    found = arrived(full, path.read_bytes(), tmp_path)
    assert found.kind is kind
    assert [(plan.state, plan.changes) for plan in plans(full, found)] == [(State.SAME, ())] * 3
    done = take(full, found)
    assert (done.new, done.changed, done.deed) == (0, 0, None)


@pytest.mark.parametrize("kind", KINDS)
def test_another_centre_takes_it_over_with_sources_and_can_take_it_back(
    desk: Desk, kind: FileKind, tmp_path: Path
) -> None:
    content = written(collection((COURSE, FURNITURE), HOUSE, WELFARE), kind)
    found = arrived(desk, content, tmp_path)
    assert {plan.state for plan in plans(desk, found)} == {State.NEW}
    done = take(desk, found)
    assert done.words == f"{kind.label} eingelesen: 2 Angebote neu, 0 geändert"
    source = FactSource("", f"Beschreibung des Angebots (aus {kind.label})", date(2026, 3, 2))
    assert kept(desk, COURSE) == replace(COURSE, sources=(source,))
    assert directory(desk).organisations == {WELFARE.id: WELFARE}
    assert directory(desk).venues == {HOUSE.id: HOUSE}
    assert done.deed is not None
    desk.do(lambda work: deeds.undo(work, done.deed))
    assert not directory(desk).listed
    assert not directory(desk).organisations


def test_proposals_stay_in_the_house_and_an_empty_directory_makes_no_file(desk: Desk, tmp_path: Path) -> None:
    desk.do(lambda work: offers.propose(work, THEATRE))
    with pytest.raises(NothingToSend):
        exported(desk, FileKind.HSDS_JSON, tmp_path)
    with pytest.raises(TargetGone):
        exported(desk, FileKind.HSDS_JSON, tmp_path / "weg")
    assert not list(tmp_path.glob("Angebote*"))


def test_nobody_of_the_house_is_named_in_a_file(full: Desk, tmp_path: Path) -> None:
    full.do(lambda work: offers.confirm(work, COURSE.id))
    text = exported(full, FileKind.HSDS_JSON, tmp_path).read_text()
    assert '"assured_date": "2026-11-26"' in text
    assert "Carla" not in text


# --- what a file changes


def test_a_change_is_shown_old_and_new_and_says_where_it_comes_from(full: Desk, tmp_path: Path) -> None:
    changed = replace(COURSE, contacts=(replace(COURSE.contacts[0], phone="0208 000-99"),), goal="B1")
    found = arrived(full, written(collection((changed, FURNITURE), HOUSE, WELFARE), FileKind.XLSX), tmp_path)
    first, second = plans(full, found)
    assert [(each.label, each.before, each.after) for each in first.changes] == [
        ("Ziel", "", "B1"), ("Telefon", "0208 000-11", "0208 000-99")]  # fmt: skip
    assert (first.state, second.state) == (State.CHANGED, State.SAME)
    done = take(full, found)
    after = kept(full, COURSE)
    assert (after.goal, after.contacts) == ("B1", changed.contacts)
    assert after.source_of("goal") == FactSource(
        "goal", "Beschreibung des Angebots (aus Excel-Liste)", date(2026, 3, 2))  # fmt: skip
    assert after.source_of("title") == COURSE.sources[0]
    assert done.deed is not None
    full.do(lambda work: deeds.undo(work, done.deed))
    assert kept(full, COURSE) == COURSE


def test_only_what_is_chosen_is_taken_over(full: Desk, tmp_path: Path) -> None:
    found = arrived(full, written(collection(
        (replace(COURSE, goal="B1"), replace(FURNITURE, goal="Möbel")), HOUSE, WELFARE), FileKind.HSDS_JSON),
        tmp_path)  # fmt: skip
    take(full, found, chosen={1})
    assert (kept(full, COURSE).goal, kept(full, FURNITURE).goal) == ("", "Möbel")


def test_a_file_that_says_nothing_about_a_fact_leaves_it(full: Desk, tmp_path: Path) -> None:
    theirs = {"id": str(COURSE.id), "name": "Sprachkurs A1", "status": "active", "email": "kurs@haus.example"}
    take(full, arrived(full, [theirs], tmp_path))
    after = kept(full, COURSE)
    assert after.email == "kurs@haus.example"
    assert replace(after, email="", sources=COURSE.sources) == COURSE
    assert after.source_of("email") == FactSource("email", "HSDS-JSON", TODAY)


def test_what_was_changed_here_meanwhile_stays(full: Desk, tmp_path: Path) -> None:
    theirs = {"id": str(COURSE.id), "name": "Sprachkurs A1", "status": "active", "email": "kurs@haus.example"}
    found = arrived(full, [theirs], tmp_path)
    full.do(lambda work: offers.keep(work, replace(COURSE, goal="B1")))
    take(full, found, chosen={0})
    assert (kept(full, COURSE).goal, kept(full, COURSE).email) == ("B1", "kurs@haus.example")


def test_a_venue_that_moved_is_told_and_changed(full: Desk, tmp_path: Path) -> None:
    moved = replace(HOUSE, street="Am Klöttschen 3")
    found = arrived(full, written(collection((COURSE,), moved, WELFARE), FileKind.HSDS_TABLES), tmp_path)
    (plan,) = plans(full, found)
    assert [(each.label, each.after) for each in plan.changes] == [("Ort", "Haus am Klöttschen: neue Angaben")]
    take(full, found)
    assert directory(full).venues[HOUSE.id] == moved


# --- the same offer under another name or id


def test_the_same_title_and_organisation_are_taken_to_be_the_same(full: Desk, tmp_path: Path) -> None:
    theirs = [{"id": "4711", "name": "Sprachkurs A1", "status": "active", "email": "kurs@haus.example",
               "organization": {"id": "9", "name": "caritas-sozialdienste", "description": ""}}]  # fmt: skip
    found = arrived(full, theirs, tmp_path)
    (plan,) = plans(full, found)
    assert (plan.alike, plan.state, plan.offer.id) == (True, State.CHANGED, COURSE.id)
    assert plan.organisations == ()
    take(full, found)
    assert kept(full, COURSE).further_ids == (FurtherId("hsds", "4711"),)
    renamed = arrived(full, [{**theirs[0], "name": "Kurs für den Anfang"}], tmp_path)
    (again,) = plans(full, renamed)
    assert (again.alike, again.state, again.offer.id) == (False, State.CHANGED, COURSE.id)


def test_somebody_can_say_that_it_is_another_one(full: Desk, tmp_path: Path) -> None:
    other = replace(COURSE, id=uuid4())
    found = arrived(full, written(collection((other,), HOUSE, WELFARE), FileKind.HSDS_JSON), tmp_path)
    assert plans(full, found)[0].alike
    assert plans(full, found, 0)[0].state is State.NEW
    done = take(full, found, 0)
    assert (done.new, done.changed) == (1, 0)
    assert {COURSE.id, other.id} <= set(directory(full).listed)


def test_an_offer_known_by_title_is_known_by_its_id_next_time(full: Desk, tmp_path: Path) -> None:
    other = replace(COURSE, id=uuid4(), goal="A1")
    take(full, arrived(full, written(collection((other,), HOUSE, WELFARE), FileKind.HSDS_JSON), tmp_path))
    renamed = replace(other, title="Ganz anders")
    found = arrived(full, written(collection((renamed,), HOUSE, WELFARE), FileKind.HSDS_JSON), tmp_path)
    assert [(plan.alike, plan.offer.id) for plan in plans(full, found)] == [(False, COURSE.id)]


def test_known_organisations_and_venues_are_used_and_only_filled_up(full: Desk, tmp_path: Path) -> None:
    club = Organisation(uuid4(), "Caritas-Sozialdienste", phone="0208 999", web="https://caritas.example")
    house = Venue(uuid4(), "Haus am Klöttschen", stop="Klöttschen")
    chor = Offer(uuid4(), "Chor", organisation=club.id, places=(replace(COURSE.places[0], place=house.id),))
    take(full, arrived(full, written(collection((chor,), club, house), FileKind.HSDS_JSON), tmp_path))
    after = kept(full, chor)
    assert (after.organisation, after.places[0].place) == (WELFARE.id, HOUSE.id)
    assert directory(full).organisations[WELFARE.id] == replace(WELFARE, web="https://caritas.example")
    assert directory(full).venues[HOUSE.id] == replace(HOUSE, stop="Klöttschen")
    assert len(directory(full).venues) == 1


def test_organisations_come_with_those_above_them(desk: Desk, tmp_path: Path) -> None:
    branch = Organisation(uuid4(), "Ortsverband", parent=WELFARE.id)
    chor = Offer(uuid4(), "Chor", organisation=branch.id)
    take(desk, arrived(desk, written(collection((chor,), branch, WELFARE), FileKind.HSDS_TABLES), tmp_path))
    assert directory(desk).organisations == {WELFARE.id: WELFARE, branch.id: branch}


def test_what_was_taken_out_here_comes_back_only_where_somebody_says_so(full: Desk, tmp_path: Path) -> None:
    full.do(lambda work: offers.remove(work, COURSE.id))
    found = arrived(full, written(collection((COURSE,), HOUSE, WELFARE), FileKind.HSDS_JSON), tmp_path)
    (plan,) = plans(full, found)
    assert (plan.state, plan.preset) == (State.REMOVED, False)
    take(full, found)
    assert COURSE.id not in directory(full).listed
    take(full, found, chosen={0})
    assert kept(full, COURSE).title == COURSE.title


# --- Integreat


def test_a_place_of_integreat_is_taken_over_and_known_again(desk: Desk, tmp_path: Path) -> None:
    take(desk, arrived(desk, [a_place()], tmp_path))
    (listed,) = directory(desk).offers
    assert listed.offer.source_of("times") == FactSource("", "Integreat", date(2026, 10, 5))
    assert directory(desk).venues_of(listed.offer)[0].street == "Uferweg 3"
    contacts = [{"name": "Herr Beispiel", "phone_number": "0208 000-42"}]
    (plan,) = plans(desk, arrived(desk, [a_place(title="Treff am Fluss", contacts=contacts)], tmp_path))
    assert plan.offer.id == listed.offer.id
    assert plan.offer.contacts == (OfferContact("Herr Beispiel", phone="0208 000-42"),)
    assert [each.label for each in plan.changes][:1] == ["Titel"]


# --- the world, roles, the audit


def test_a_file_that_is_none_says_so_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    for content, words in (
        (b"", "In dieser Datei steht nichts."),
        (b"{kaputt", "Diese Datei lässt sich nicht lesen."),
        (b'{"type": "FeatureCollection"}', "In dieser Datei sind keine Angebote zu finden."),
        (b"Name;Ort\nChor;Fluss\n", "In dieser Datei sind keine Angebote zu finden."),
    ):
        with pytest.raises(StrangeTable) as told:
            arrived(desk, content, tmp_path)
        assert told.value.message.startswith(words)


def test_taking_over_can_be_stopped_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    found = arrived(desk, written(collection((COURSE, FURNITURE), HOUSE, WELFARE), FileKind.HSDS_JSON), tmp_path)

    def stop(done: int, total: int) -> None:
        assert total == 2
        if done:
            raise ImportStopped

    with pytest.raises(ImportStopped):
        desk.do(lambda work: offer_exchange.take_over(work, found, {0, 1}, told=stop))
    assert not directory(desk).listed
