"""Shipments: what lies in them, that they are locked, who may agree that they are not, and the log."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from builders import PASSPHRASE, StoredFamily, store_family
from openpyxl import load_workbook
from sending import SECOND, answer_rows, file_of, opened, pdf_text, second_person, set_value
from sqlalchemy import select

from desk_app.casework import audit_log, exports, families, placement_deeds, placements, shipments, users
from desk_app.casework import second_person as agreeing
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Exported, Wanted
from desk_app.documents import protecting
from desk_app.documents.protecting import open_xlsx
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import (
    NotAllowed,
    NotProtected,
    RecordGone,
    SecondPersonNeeded,
    TooSoon,
    WrongFilePassphrase,
    WrongPassphrase,
)
from desk_app.domain.passphrase import telephone_words
from desk_app.domain.records import RecordKind
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, Sending, SendingItem, Shipment

DAY = "2026-11-26"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Stick"
    place.mkdir()
    return place


def stored(desk: Desk, family_name: str = "Haddad", **child: Any) -> StoredFamily:
    return desk.do(lambda work: store_family(work, family_name, **child))[0]


def send(desk: Desk, folder: Path, *requests: UUID, **wishes: Any) -> Exported:
    return desk.do(lambda work: exports.export_requests(work, Wanted(requests, folder, **wishes)))[0]


def deeds(desk: Desk) -> list[str]:
    return desk.do(lambda work: list(work.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.sequence))))[0]


def kept(desk: Desk) -> list[Shipment]:
    return desk.do(lambda work: list(work.session.scalars(select(Shipment).order_by(Shipment.number))))[0]


def test_one_action_makes_list_papers_and_letter_all_locked_with_six_words_told_once(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    (shipment,) = send(desk, folder, family.request).shipments
    assert (shipment.number, shipment.recipient, shipment.label) == (f"{DAY}-01", "schulamt", "Schulamt")
    assert sorted(path.name for path in shipment.files) == sorted(path.name for path in folder.iterdir()) == [
        f"Sendung-{DAY}-01-01.pdf", f"Sendung-{DAY}-01-Anschreiben.pdf", f"Sendung-{DAY}-01.xlsx"
    ]  # fmt: skip
    words = shipment.passphrase
    assert words is not None
    assert (len(words.split()), set(words.split()) <= set(telephone_words())) == (6, True)
    for path in shipment.files:
        content = path.read_bytes()
        assert b"Haddad" not in content
        if path.suffix == ".pdf":
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(path)
            with pikepdf.open(path, password=words) as pdf:
                assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        else:
            with pytest.raises(WrongFilePassphrase):
                open_xlsx(content, words[:-1])
    assert answer_rows(opened(file_of(shipment, ".xlsx"), words))[0]["family_name"] == "Haddad"
    assert "Karim Haddad" in pdf_text(file_of(shipment, "-01-01.pdf"), words)
    assert words not in repr(shipment)
    assert [row.passphrase for row in kept(desk)] == [words]


def test_a_file_that_does_not_hold_when_opened_again_leaves_nothing_behind(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = stored(desk)
    monkeypatch.setattr(protecting, "protect_pdf", lambda plain, _words: plain)  # a library that fails silently
    with pytest.raises(NotProtected):
        send(desk, folder, family.request)
    assert (list(folder.iterdir()), kept(desk)) == ([], [])


def test_the_list_stands_in_the_groups_of_the_office_and_papers_follow_its_numbers(desk: Desk, folder: Path) -> None:
    births = {"Abel": date(2012, 6, 2), "Zander": date(2018, 3, 4), "Mertens": date(2015, 5, 6)}
    made = {name: stored(desk, name, birth_date=DateSpan.of_day(birth)) for name, birth in births.items()}
    (shipment,) = send(desk, folder, *(family.request for family in made.values())).shipments
    book = opened(file_of(shipment, ".xlsx"), shipment.passphrase)
    rows = answer_rows(book)
    assert [(row["place"], row["band"], row["family_name"]) for row in rows] == [
        ("01", "GS", "Zander"), ("02", "5–7", "Mertens"), ("03", "8–10", "Abel")
    ]  # fmt: skip
    for row in rows:
        text = pdf_text(file_of(shipment, f"-01-{row['place']}.pdf"), shipment.passphrase)
        assert row["number"] in text
        assert f"{DAY}-01, Nr. {row['place']}" in text
        assert row["code"] in text
    counts = [[cell.value for cell in row] for row in book["Übersicht"].iter_rows(min_row=5)]
    assert counts == [["GS", "Grundschule", 1], ["5–7", "Klasse 5 bis 7", 1], ["8–10", "Klasse 8 bis 10", 1],
                      ["BK", "Berufskolleg", 0], [None, "zusammen", 3]]  # fmt: skip


def test_all_papers_in_one_file_where_that_is_wanted(desk: Desk, folder: Path) -> None:
    first, second = stored(desk), stored(desk, "Sesay")
    (shipment,) = send(desk, folder, first.request, second.request, xlsx=False, one_pdf=True).shipments
    assert [path.name for path in shipment.files] == [
        f"Sendung-{DAY}-01-Anfragen.pdf", f"Sendung-{DAY}-01-Anschreiben.pdf"
    ]  # fmt: skip
    text = pdf_text(shipment.files[0], shipment.passphrase)
    assert text.index("SP-2026-0001") < text.index("SP-2026-0002")
    items, _ = desk.do(lambda work: list(work.session.scalars(select(SendingItem))))
    assert {item.request_id for item in items} == {first.request, second.request}


def test_the_letter_says_what_is_inclosed_how_many_and_how_to_answer_but_names_no_child(
    desk: Desk, folder: Path
) -> None:
    family, lacking = stored(desk), stored(desk, "Sesay", sex=None)
    done = send(desk, folder, family.request, lacking.request)
    (shipment,) = done.shipments
    letter = pdf_text(file_of(shipment, "-Anschreiben.pdf"), shipment.passphrase)
    for part in ("Fachberatung Integration", "Untere Schulaufsicht", f"Sendung {DAY}-01", "1 Schulplatzanfrage",
                 "8–10 Klasse 8 bis 10 1", "zusammen 1", f"Sendung-{DAY}-01.xlsx", f"Sendung-{DAY}-01-01.pdf",
                 "So antworten Sie", "Prüfcode", "0208 000-45 61", "Carla Brandt", "SP-2026-0001",
                 "Angaben fehlen noch 1"):  # fmt: skip
        assert part in letter
    assert not any(name in letter for name in ("Haddad", "Karim", "Sesay", "SP-2026-0002"))
    (cover,) = desk.do(lambda work: list(work.session.scalars(select(Sending).where(Sending.kind == "cover"))))[0]
    assert (cover.recipient, cover.shipment_id, cover.fields) == ("schulamt", kept(desk)[0].id, [])


def test_each_office_has_a_shipment_and_a_passphrase_of_its_own(desk: Desk, folder: Path) -> None:
    young = stored(desk)
    old = stored(desk, "Sesay", birth_date=DateSpan.of_day(date(2009, 12, 30)), highest_certificate="foreign")
    done = send(desk, folder, young.request, old.request, pdf=False, cover=False)
    assert [(each.number, each.recipient) for each in done.shipments] == [
        (f"{DAY}-01", "schulamt"), (f"{DAY}-02", "bezirksregierung")
    ]  # fmt: skip
    first, second = (each.passphrase for each in done.shipments)
    assert first != second
    file, _ = desk.do(lambda work: families.load(work, young.household))
    assert file.state_of(young.request) == placements.SENT


def test_numbers_go_on_over_the_day_and_begin_again_the_next(desk: Desk, folder: Path, clock: Any) -> None:
    family = stored(desk)
    for _round in range(2):
        send(desk, folder, family.request, pdf=False, cover=False)
    clock.advance(days=1)
    send(desk, folder, family.request, pdf=False, cover=False)
    assert [row.number for row in kept(desk)] == [f"{DAY}-01", f"{DAY}-02", "2026-11-27-01"]


def test_a_day_may_have_more_than_a_hundred_shipments(desk: Desk) -> None:
    many = desk.do(lambda work: [shipments.begin(work, "schulamt", "requests").number for _each in range(101)])[0]
    assert many[-3:] == ["2026-11-26-99", "2026-11-26-100", "2026-11-26-101"]


def test_sending_once_more_does_not_take_back_that_a_child_waits_for_its_place(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False, cover=False)
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WAITING_LIST))
    send(desk, folder, family.request, pdf=False, cover=False)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    assert file.state_of(family.request) == placements.WAITING_LIST


# --- unlocked only with a second person


def test_unlocked_files_leave_only_after_the_yes_of_a_second_person(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    with pytest.raises(SecondPersonNeeded):
        send(desk, folder, family.request, encrypted=False)
    assert (list(folder.iterdir()), kept(desk)) == ([], [])
    person = second_person(desk)
    (shipment,) = send(desk, folder, family.request, encrypted=False, second_person=person, cover=False).shipments
    assert shipment.passphrase is None
    assert load_workbook(file_of(shipment, ".xlsx"))
    assert [(row.passphrase, row.second_person) for row in kept(desk)] == [(None, person[0])]
    assert "shipment.unprotected" in deeds(desk)
    assert SECOND not in repr(Wanted([], folder, second_person=person))


def test_the_second_person_is_somebody_else_who_may_send_with_a_passphrase_only_they_know(
    desk: Desk, folder: Path
) -> None:
    family = stored(desk)
    reception = second_person(desk, "Empfang Eins", Role.RECEPTION)
    once = desk.vault.add_user("Neue Person", SECOND, one_time=True)
    desk.do(lambda work: users.add(work, once, "Neue Person", Role.COUNSEL))
    gone = second_person(desk, "Frühere Person")
    desk.do(lambda work: users.remove(work, gone[0]))
    for given in ((desk.user, PASSPHRASE), reception, (once, SECOND), gone, (uuid4(), SECOND)):
        with pytest.raises(SecondPersonNeeded):
            send(desk, folder, family.request, encrypted=False, second_person=given)
    able = second_person(desk)
    assert desk.do(lambda work: agreeing.candidates(work, exports.DEED))[0] == ((able[0], "Zweite Person"),)
    assert (list(folder.iterdir()), kept(desk)) == ([], [])


def test_guessing_the_second_passphrase_is_slowed_down_as_at_the_lock_screen(
    desk: Desk, folder: Path, clock: Any
) -> None:
    family = stored(desk)
    person, _right = second_person(desk)
    with pytest.raises(WrongPassphrase):
        send(desk, folder, family.request, encrypted=False, second_person=(person, "Falsche Worte ganz 12"))
    with pytest.raises(TooSoon):
        send(desk, folder, family.request, encrypted=False, second_person=(person, SECOND))
    clock.advance(seconds=2)
    send(desk, folder, family.request, encrypted=False, second_person=(person, SECOND), cover=False, pdf=False)


# --- the log


def test_the_log_has_every_shipment_and_shows_a_passphrase_again_only_with_a_trace(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    (first,) = send(desk, folder, family.request, pdf=False, cover=False).shipments
    send(desk, folder, family.request, pdf=False, cover=False, encrypted=False, second_person=second_person(desk))
    plain, locked = desk.do(shipments.shipments)[0]
    assert (locked.number, locked.office, locked.purpose, locked.by) == (
        f"{DAY}-01", "Schulamt", "Anfragen", "Carla Brandt"
    )  # fmt: skip
    assert (locked.requests, locked.files, locked.encrypted) == (1, (f"Sendung-{DAY}-01.xlsx",), True)
    assert (plain.encrypted, plain.second_person) == (False, "Zweite Person")
    assert first.passphrase not in repr(locked)
    before = len(deeds(desk))
    assert desk.do(lambda work: shipments.show_passphrase(work, locked.id))[0] == first.passphrase
    assert deeds(desk)[before:] == ["shipment.passphrase_shown"]
    assert desk.do(lambda work: shipments.show_passphrase(work, plain.id))[0] == ""
    with pytest.raises(RecordGone):
        desk.do(lambda work: shipments.show_passphrase(work, uuid4()))


def test_reception_may_not_look_at_passphrases(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False, cover=False)
    person, _words = second_person(desk, "Empfang Eins", Role.RECEPTION)
    with pytest.raises(NotAllowed):
        replace(desk, user=person).do(lambda work: shipments.show_passphrase(work, kept(desk)[0].id))


def test_the_audit_names_the_shipment(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False)
    (line,) = desk.do(shipments.shipments)[0]
    desk.do(lambda work: shipments.show_passphrase(work, line.id))
    words = [line.what for line in desk.do(audit_log.read)[0].lines]
    assert f"Sendung {DAY}-01: Passphrase noch einmal angesehen" in words
    assert "Anschreiben an: Schulamt als Datei ausgegeben" in words


def test_what_is_set_later_is_in_the_ledger_of_the_next_shipment_only(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request, pdf=False, cover=False)
    set_value(desk, RecordKind.PERSON, family.child, "german_level", "A2")
    send(desk, folder, family.request, pdf=False, cover=False)
    query = select(SendingItem.content).join(Sending, Sending.id == SendingItem.sending_id).join(
        Shipment, Shipment.id == Sending.shipment_id
    ).order_by(Shipment.number)  # fmt: skip
    contents = desk.do(lambda work: list(work.session.scalars(query)))[0]
    assert [content["german"] for content in contents if content] == ["A0", "A2"]
