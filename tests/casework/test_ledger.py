"""The ledger: what was told about whom, what changed since, sending only that again, and asking to strike."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from sending import answer_rows, file_of, opened, pdf_text, set_value
from sqlalchemy import select

from desk_app.casework import (
    deeds,
    exports,
    families,
    intake,
    ledger,
    placement_deeds,
    placement_list,
    placements,
    request_sheets,
    retraction,
    school_files,
    schools,
    shipments,
    told,
)
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.shipments import Parcel
from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import NothingToSend
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.school_pupil import SCHOOL
from desk_app.storage.tables import SendingItem, Shipment

DAY = "2026-11-26"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Stick"
    place.mkdir()
    return place


def stored(desk: Desk, family_name: str = "Haddad", **child: Any) -> StoredFamily:
    return desk.do(lambda work: store_family(work, family_name, **child))[0]


def send(desk: Desk, folder: Path, *requests: UUID, **wishes: Any) -> Exported:
    wanted = Wanted(requests, folder, **{"cover": False, **wishes})
    return desk.do(lambda work: exports.export_requests(work, wanted))[0]


def resend(desk: Desk, folder: Path, *requests: UUID, **wishes: Any) -> Exported:
    wanted = Wanted(requests, folder, **{"cover": False, **wishes})
    return desk.do(lambda work: exports.resend_changes(work, wanted))[0]


def changed(desk: Desk, family: StoredFamily) -> list[tuple[str, str, str]]:
    found = desk.do(lambda work: ledger.changed_since_sent(work, family.request))[0]
    return [(each.label, each.before, each.now) for each in found]


def due(desk: Desk) -> tuple[UUID, ...]:
    return desk.do(ledger.changes_due)[0]


def state(desk: Desk, family: StoredFamily) -> str:
    return desk.do(lambda work: families.load(work, family.household))[0].state_of(family.request)


def person(desk: Desk, family: StoredFamily, key: str, value: Any) -> None:
    set_value(desk, RecordKind.PERSON, family.child, key, value)


# --- what changed


def test_the_differing_fields_are_named_with_what_was_told_and_what_holds_now(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    assert changed(desk, family) == []
    send(desk, folder, family.request)
    assert (changed(desk, family), due(desk)) == ([], ())
    person(desk, family, "german_level", "A2")
    set_value(desk, RecordKind.HOUSEHOLD, family.household, "phone", None)
    set_value(desk, RecordKind.REQUEST, family.request, "remark_authority", "Rechnet sicher.")
    assert changed(desk, family) == [
        ("Deutsch", "A0, keine", "A2"), ("Einschätzung der Beratung", "", "Rechnet sicher."),
        ("Telefon", "0208 000000", ""),
    ]  # fmt: skip
    assert due(desk) == (family.request,)
    person(desk, family, "german_level", "none")
    set_value(desk, RecordKind.HOUSEHOLD, family.household, "phone", "0208 000000")
    set_value(desk, RecordKind.REQUEST, family.request, "remark_authority", None)
    assert (changed(desk, family), due(desk)) == ([], ())


def test_days_birthdays_and_school_years_that_go_by_are_no_change(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    sister = {"role": "child", "given_name": "Lina", "birth_date": DateSpan.of_day(date(2022, 3, 1))}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=sister))
    (shipment,) = send(desk, folder, family.request).shipments
    assert "Lina, 4" in pdf_text(file_of(shipment, "-01-01.pdf"), shipment.passphrase)
    clock.advance(days=260)  # over both birthdays and the first of August
    assert (changed(desk, family), due(desk)) == ([], ())
    person(desk, family, "last_grade", "7")
    assert changed(desk, family) == [("Letzte Klasse", "6", "7")]


def test_only_what_the_office_has_can_be_out_of_date(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    set_value(desk, RecordKind.HOUSEHOLD, family.household, "phone", "0208 77")
    assert changed(desk, family) == []  # the list tells no phone number
    send(desk, folder, family.request, xlsx=False)
    set_value(desk, RecordKind.HOUSEHOLD, family.household, "phone", "0208 88")
    send(desk, folder, family.request, pdf=False)
    assert changed(desk, family) == [("Telefon", "0208 77", "0208 88")]  # its PDF still says otherwise


def test_what_was_sent_by_an_earlier_version_is_not_guessed_at(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.SENT))
    person(desk, family, "german_level", "A2")
    assert (changed(desk, family), due(desk)) == ([], ())


def test_the_list_of_requests_knows_which_changed(desk: Desk, folder: Path) -> None:
    first, second = stored(desk), stored(desk, "Sesay")
    send(desk, folder, first.request, second.request, pdf=False)
    person(desk, second, "german_level", "B1")
    rows = desk.do(placement_list.listing)[0]
    assert {row.request: row.changed for row in rows} == {first.request: False, second.request: True}


def test_an_ended_request_is_not_due_again(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    person(desk, family, "german_level", "B1")
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.CLOSED))
    assert due(desk) == ()


def test_every_field_that_can_be_told_has_a_german_name(desk: Desk) -> None:
    family = stored(desk, name_native_script="كريم", sibling_school="000000", strengths="Zeichnen")
    desk.do(lambda work: intake.add(work, RecordKind.WISH, UUID(int=7), family.household, person=family.child,
                                    values={"school": "000000"}))  # fmt: skip
    file, _ = desk.do(lambda work: families.load(work, family.household))
    child = ChildView(file, family.child, date(2026, 11, 26))
    keys = {*told.of_sheet(child, {}), *told.of_list(child)}
    assert len(keys) > 25
    assert all(told.label_of(key) != key for key in keys)
    assert all(fact.key for fact in request_sheets.facts(child, {}))


# --- sending changes again


def test_only_what_changed_leaves_again_and_says_what(desk: Desk, folder: Path, clock: Any) -> None:
    first, second = stored(desk), stored(desk, "Sesay")
    send(desk, folder, first.request, second.request)
    clock.advance(days=3)
    person(desk, second, "german_level", "B1")
    set_value(desk, RecordKind.HOUSEHOLD, second.household, "phone", "0208 77")
    done = resend(desk, folder, cover=True)
    (shipment,) = done.shipments
    assert (done.sent, shipment.number) == (1, "2026-11-29-01")
    (row,) = answer_rows(opened(file_of(shipment, ".xlsx"), shipment.passphrase))
    assert (row["family_name"], row["changed"], row["german"]) == ("Sesay", "Deutsch, Telefon", "B1")
    assert f"Änderung zur Sendung {DAY}-01 vom 26.11.2026: Deutsch, Telefon" in pdf_text(
        file_of(shipment, "-01-01.pdf"), shipment.passphrase
    )
    letter = pdf_text(file_of(shipment, "-Anschreiben.pdf"), shipment.passphrase)
    assert "Änderungen zu Schulplatzanfragen" in letter
    assert not any(name in letter for name in ("Sesay", "Karim", "Haddad"))
    assert due(desk) == ()
    with pytest.raises(NothingToSend):
        resend(desk, folder)


def test_what_did_not_change_stays_and_is_said(desk: Desk, folder: Path) -> None:
    first, second = stored(desk), stored(desk, "Sesay")
    send(desk, folder, first.request, second.request, pdf=False)
    person(desk, second, "german_level", "B1")
    done = resend(desk, folder, first.request, second.request, pdf=False)
    assert [item.reason for item in done.left_out] == [
        "SP-2026-0001: Seit der letzten Sendung hat sich nichts geändert."
    ]
    assert done.sent == 1


def test_a_list_of_new_requests_has_no_column_for_changes(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    (shipment,) = send(desk, folder, family.request, pdf=False).shipments
    assert "changed" not in answer_rows(opened(shipment.files[0], shipment.passphrase))[0]


def test_nothing_more_is_told_of_a_closed_request_even_where_it_is_asked_for(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    person(desk, family, "german_level", "B1")
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.CLOSED))
    with pytest.raises(NothingToSend, match="Die Anfrage ist abgeschlossen"):
        resend(desk, folder, family.request, pdf=False)


def test_a_change_keeps_what_the_office_decided_and_answers_its_question(desk: Desk, folder: Path) -> None:
    asked, assigned = stored(desk), stored(desk, "Sesay")
    send(desk, folder, asked.request, assigned.request, pdf=False)
    desk.do(lambda work: placement_deeds.step(work, [asked.request], placements.QUERY))
    desk.do(lambda work: placement_deeds.step(work, [assigned.request], placements.ASSIGNED))
    for family in (asked, assigned):
        person(desk, family, "german_level", "B1")
    resend(desk, folder, pdf=False)
    assert (state(desk, asked), state(desk, assigned)) == (placements.SENT, placements.ASSIGNED)
    assert due(desk) == ()


# --- who has to be told


def test_after_a_correction_everybody_who_knows_otherwise_is_named_with_the_day(
    desk: Desk, folder: Path, clock: Any
) -> None:
    family = stored(desk)
    assert desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0] == ()
    send(desk, folder, family.request, pdf=False)
    clock.advance(days=2)
    set_value(desk, RecordKind.REQUEST, family.request, "office", "bezirksregierung")
    send(desk, folder, family.request, pdf=False)
    clock.advance(days=1)
    person(desk, family, "family_name", "Hadad")
    receipts = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert [(each.label, each.on, each.must_be_told) for each in receipts] == [
        ("Bezirksregierung", date(2026, 11, 28), True), ("Schulamt", date(2026, 11, 26), True)
    ]  # fmt: skip
    assert [(diff.label, diff.before, diff.now) for diff in receipts[0].differences] == [
        ("Nachname", "Haddad", "Hadad")
    ]
    desk.do(lambda work: retraction.retract(work, Wanted([], folder)))
    (upper, lower) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert (upper.must_be_told, lower.must_be_told, lower.retracted_on) == (True, False, date(2026, 11, 29))


# --- asking to strike


def strike(desk: Desk, folder: Path, *requests: UUID) -> Exported:
    return desk.do(lambda work: retraction.retract(work, Wanted(requests, folder)))[0]


def to_strike(desk: Desk) -> list[tuple[str, str, str]]:
    return [(each.number, each.office, each.reason) for each in desk.do(retraction.due)[0]]


def test_what_is_over_is_struck_by_number_and_reason_alone(desk: Desk, folder: Path) -> None:
    over, going, unsent = stored(desk), stored(desk, "Sesay"), stored(desk, "Kaya")
    send(desk, folder, over.request, going.request)
    for family in (over, unsent):
        person(desk, family, "place_wanted", False)
    assert to_strike(desk) == [("SP-2026-0001", "schulamt", "Es wird kein Schulplatz mehr gesucht.")]
    done = strike(desk, folder)
    (shipment,) = done.shipments
    assert [path.name for path in shipment.files] == [
        f"Sendung-{DAY}-02-Streichung.xlsx", f"Sendung-{DAY}-02-Streichung.pdf"
    ]  # fmt: skip
    text = pdf_text(file_of(shipment, ".pdf"), shipment.passphrase)
    book = opened(file_of(shipment, ".xlsx"), shipment.passphrase)
    cells = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value)
    for part in ("Bitte streichen", "SP-2026-0001", f"{DAY}-01", "Es wird kein Schulplatz mehr gesucht."):
        assert part in text
        assert part in cells
    assert not any(part in text + cells for part in ("Haddad", "Karim", "2013", "SP-2026-0002", "SP-2026-0003"))
    assert state(desk, over) == placements.WITHDRAWN
    assert to_strike(desk) == []
    with pytest.raises(NothingToSend):
        strike(desk, folder)


@pytest.mark.parametrize("ended", ["withdrawn", "moved_away"])
def test_a_request_ended_by_hand_is_struck_once(desk: Desk, folder: Path, ended: str) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    desk.do(lambda work: placement_deeds.step(work, [family.request], ended))
    assert [number for number, _office, _reason in to_strike(desk)] == ["SP-2026-0001"]
    strike(desk, folder, family.request)
    assert (to_strike(desk), state(desk, family)) == ([], ended)


def test_a_withdrawn_consent_and_a_child_taken_out_are_struck_as_well(desk: Desk, folder: Path) -> None:
    silent, gone = stored(desk), stored(desk, "Sesay")
    send(desk, folder, silent.request, gone.request, pdf=False)
    file, _ = desk.do(lambda work: families.load(work, silent.household))
    (consent,) = file.records[RecordKind.CONSENT]
    set_value(desk, RecordKind.CONSENT, consent.id, "withdrawn_on", date(2026, 11, 26))
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, gone.child)))
    assert to_strike(desk) == [
        ("SP-2026-0001", "schulamt", "Die Einwilligung zur Weitergabe besteht nicht mehr."),
        ("SP-2026-0002", "schulamt", "Die Anfrage gibt es nicht mehr."),
    ]
    strike(desk, folder)
    assert to_strike(desk) == []


def test_a_consent_that_ends_on_a_later_day_is_struck_from_that_day_on(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    (consent,) = file.records[RecordKind.CONSENT]
    set_value(desk, RecordKind.CONSENT, consent.id, "withdrawn_on", date(2026, 11, 28))
    assert to_strike(desk) == []
    clock.advance(days=2)
    assert [number for number, _office, _reason in to_strike(desk)] == ["SP-2026-0001"]


def test_the_former_office_strikes_what_another_one_decides_now(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    set_value(desk, RecordKind.REQUEST, family.request, "office", "bezirksregierung")
    assert to_strike(desk) == [("SP-2026-0001", "schulamt", "Zuständig ist jetzt: Bezirksregierung.")]
    assert due(desk) == (family.request,)
    (shipment,) = resend(desk, folder, pdf=False).shipments
    assert shipment.recipient == "bezirksregierung"
    (row,) = answer_rows(opened(shipment.files[0], shipment.passphrase))
    assert row["changed"] == "neu bei Ihnen"
    strike(desk, folder)
    assert (to_strike(desk), state(desk, family), due(desk)) == ([], placements.SENT, ())


def test_what_is_sent_again_after_striking_can_be_struck_again(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    for _round in range(2):
        send(desk, folder, family.request, pdf=False)
        person(desk, family, "place_wanted", False)
        assert len(to_strike(desk)) == 1
        strike(desk, folder)
        assert to_strike(desk) == []
        person(desk, family, "place_wanted", True)
        clock.advance(minutes=5)
    purposes, _ = desk.do(lambda work: list(work.session.scalars(select(Shipment.purpose).order_by(Shipment.number))))
    assert purposes == ["requests", "retraction", "requests", "retraction"]


def test_the_ledger_keeps_what_a_retraction_said(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    person(desk, family, "place_wanted", False)
    strike(desk, folder)
    contents = desk.do(lambda work: list(work.session.scalars(select(SendingItem.content))))[0]
    assert contents.count({"number": "SP-2026-0001", "reason": "Es wird kein Schulplatz mehr gesucht."}) == 2


def test_a_school_that_got_its_set_has_to_hear_of_a_correction_as_well(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    number = desk.do(schools.listing)[0][0].school.number
    facts = StepFacts(school=number)
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, facts))
    consent = {"recipient": SCHOOL, "given_on": date(2026, 11, 20)}
    desk.do(lambda work: intake.add(work, RecordKind.CONSENT, uuid4(), family.household, values=consent))

    def hand_over(work: Work) -> None:
        made = school_files.school_set(work, number, [family.request])
        parcel = Parcel(work, shipments.begin(work, number, school_files.PURPOSE), folder)
        table = next(content for name, content in made.files if name.endswith(".xlsx"))
        parcel.put("", "xlsx", lambda stream: stream.write(table), made.told, made.fields)

    desk.do(hand_over)
    clock.advance(days=14)
    (receipt,) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert (receipt.recipient, receipt.must_be_told) == (number, False)
    assert receipt.label == desk.do(schools.names)[0][number]
    person(desk, family, "given_name", "Kareem")
    (receipt,) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert [(diff.before, diff.now) for diff in receipt.differences] == [("Karim", "Kareem")]
    assert all(diff.label != diff.key for diff in receipt.differences)
    assert due(desk) == ()  # no office was told anything


def test_what_was_struck_and_goes_on_after_all_has_to_be_told_again(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    step = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WITHDRAWN))[0]
    strike(desk, folder)
    assert due(desk) == ()
    assert [row.changed for row in desk.do(lambda work: placement_list.listing(work, resting=True))[0]] == [False]
    desk.do(lambda work: deeds.undo(work, step))
    assert due(desk) == (family.request,)
    clock.advance(minutes=1)
    (shipment,) = resend(desk, folder, pdf=False, cover=True).shipments
    assert answer_rows(opened(file_of(shipment, ".xlsx"), shipment.passphrase))[0]["changed"] == "neu bei Ihnen"
    letter = pdf_text(file_of(shipment, "-Anschreiben.pdf"), shipment.passphrase)
    assert "1 Anfrage ist neu bei Ihnen" in letter
    assert "schon vorliegt" not in letter
    assert due(desk) == ()


def test_a_school_that_has_another_name_now_is_told_at_once(desk: Desk, folder: Path) -> None:
    family, other = stored(desk), stored(desk, "Sesay")
    school = desk.do(schools.listing)[0][0].school
    person(desk, family, "sibling_school", school.number)
    send(desk, folder, family.request, other.request)
    assert due(desk) == ()
    desk.do(lambda work: schools.save(work, replace(school, name="Schule mit neuem Namen")))
    assert due(desk) == (family.request,)
