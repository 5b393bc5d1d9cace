"""Sets on their way to schools: locked, whole or not at all, entered word for word, and told when they go wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
import schild_reader
from builders import StoredFamily
from sending import A_SCHOOL as SCHOOL
from sending import ANOTHER_SCHOOL as OTHER
from sending import pdf_text, place, placed, second_person
from sqlalchemy import select

from desk_app.casework import audit_log, deeds, ledger, placement_deeds, placements, school_sending, shipments
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.school_files import school_set
from desk_app.domain.errors import DiskFull, NotAllowed, NothingToSend, SecondPersonNeeded, TargetGone
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, Sending, SendingItem, Shipment, User

NAME = "Gemeinschaftsgrundschule Am Sunderplatz"
LOCKED = ("SchILD-UTF-8", "SchILD-ANSI", "SVWS-Import")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Stick"
    place.mkdir()
    return place


def send(desk: Desk, folder: Path, sets: dict[str, list[UUID]] | None = None, **wishes: Any) -> Exported:
    def deed(work: Work) -> Exported:
        wanted = sets or {item.number: item.requests for item in school_sending.due(work)}
        return school_sending.send(work, wanted, Wanted((), folder, **wishes))

    return desk.do(deed)[0]


def twins(work: Work, *names: str) -> list[StoredFamily]:
    """Children of the same name and day in two families."""
    return [placed(work, "Haddad", given_name=name) for name in names]


def inside(path: Path, passphrase: str) -> dict[str, bytes]:
    """The files in a locked PDF, as a reader of its own finds them."""
    with pypdfium2.PdfDocument(path, password=passphrase) as document:
        found = [document.get_attachment(place) for place in range(document.count_attachments())]
        return {each.get_name(): bytes(each.get_data()) for each in found}


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def kept(desk: Desk, table: type[Any]) -> list[Any]:
    return desk.do(lambda work: list(work.session.scalars(select(table))))[0]


def test_each_school_gets_a_locked_set_in_a_folder_of_its_own(desk: Desk, folder: Path) -> None:
    first = desk.do(lambda work: placed(work, "Şahinoğlu", given_name="Ayşe"))[0]
    second = desk.do(lambda work: placed(work, "Öztürk"))[0]
    desk.do(lambda work: place(work, second.request, OTHER))
    done = send(desk, folder)
    assert done.sent == 2
    assert [(each.number, each.recipient) for each in done.shipments] == [
        ("2026-11-26-01", SCHOOL),
        ("2026-11-26-02", OTHER),
    ]
    assert done.shipments[0].label == NAME
    assert everything(folder) == [
        "Schule_103780_2026-11-26",
        *sorted(f"Schule_103780_2026-11-26/Sendung-2026-11-26-01-{form}.pdf" for form in LOCKED),
        "Schule_103809_2026-11-26",
        *sorted(f"Schule_103809_2026-11-26/Sendung-2026-11-26-02-{form}.pdf" for form in LOCKED),
    ]
    assert not desk.do(school_sending.due)[0]
    assert len({each.passphrase for each in done.shipments}) == 2
    for path in done.files:
        content = path.read_bytes()
        assert not [word for word in ("Şahinoğlu", "Ayşe", "SchuelerBasis") if word.encode() in content]
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path)
    assert first.request != second.request


def test_the_school_reads_the_files_out_of_the_pdf_as_they_were_made(desk: Desk, folder: Path) -> None:
    family = desk.do(lambda work: placed(work, "Nguyễn", given_name="Thị Ánh", sex="w"))[0]
    made = desk.do(lambda work: school_set(work, SCHOOL, [family.request]))[0]
    (shipment,) = send(desk, folder).shipments
    assert shipment.passphrase
    texts = {path: content for path, content in made.files if "/" not in path}
    for path, sub in zip(shipment.files, ("UTF-8", "ANSI", "SVWS-Import"), strict=True):
        own = {each.partition("/")[2]: content for each, content in made.files if each.startswith(f"{sub}/")}
        assert inside(path, shipment.passphrase).keys() == {**own, **texts}.keys()
        if sub != "SVWS-Import":  # a workbook says when it was made
            assert inside(path, shipment.passphrase) == {**own, **texts}
        words = pdf_text(path, shipment.passphrase)
        assert "Daten von 1 Kind" in words
        assert NAME in words
        assert "Nguyễn" not in words
    dat = {name: content for name, content in inside(shipment.files[0], shipment.passphrase).items() if "dat" in name}
    assert schild_reader.who(schild_reader.read_set(dat)["SchuelerBasisdaten"][0])[0] == "Nguyễn"


def test_the_ledger_keeps_word_for_word_what_a_school_was_told(desk: Desk, folder: Path) -> None:
    family = desk.do(lambda work: placed(work, "Sesay"))[0]
    made = desk.do(lambda work: school_set(work, SCHOOL, [family.request]))[0]
    send(desk, folder)
    (shipment,) = kept(desk, Shipment)
    assert (shipment.purpose, shipment.recipient) == ("school", SCHOOL)
    sendings, items = kept(desk, Sending), kept(desk, SendingItem)
    assert {(each.kind, each.shipment_id) for each in sendings} == {("school", shipment.id)}
    assert len(sendings) == len(items) == 3
    assert all(item.content == dict(made.told[family.request]) for item in items)
    assert [each.deed for each in kept(desk, AuditEntry)].count("export.written") == 3
    (line,) = desk.do(shipments.shipments)[0]
    assert (line.office, line.purpose, line.requests) == (NAME, "Daten für die Schule", 1)
    told = " ".join(line.what for line in desk.do(audit_log.read)[0].lines)
    assert f"Daten für die Schule an: {NAME}" in told
    (receipt,) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert (receipt.label, receipt.must_be_told) == (NAME, False)


def test_who_is_in_one_form_only_is_entered_with_that_form_alone(desk: Desk, folder: Path) -> None:
    first = desk.do(placed)[0]
    second = desk.do(lambda work: placed(work, "Kaya", sex="d"))[0]  # SchILD knows m and w
    send(desk, folder)
    names = {each.id: each.file_name for each in kept(desk, Sending)}
    told = {(names[item.sending_id][22:], item.request_id) for item in kept(desk, SendingItem)}
    assert {form for form, request in told if request == second.request} == {"SVWS-Import.pdf"}
    assert len([form for form, request in told if request == first.request]) == 3


def test_twins_that_no_school_program_can_tell_apart_stay_here_and_are_named(desk: Desk, folder: Path) -> None:
    first, second = desk.do(lambda work: twins(work, "Karim", "Karim"))[0]
    third = desk.do(lambda work: placed(work, "Sesay"))[0]
    (item,) = desk.do(school_sending.due)[0]
    assert (item.name, item.children) == (NAME, 1)
    assert set(item.requests) == {first.request, second.request, third.request}
    done = send(desk, folder)
    assert {each.request for each in done.left_out} == {first.request, second.request}
    assert all("denselben Namen" in each.reason for each in done.left_out)
    assert {each.request_id for each in kept(desk, SendingItem)} == {third.request}
    (again,) = desk.do(school_sending.due)[0]
    assert set(again.requests) == {first.request, second.request}, "they are still due"
    with pytest.raises(NothingToSend):
        send(desk, folder)


def test_plain_files_leave_only_when_a_second_person_agreed(desk: Desk, folder: Path) -> None:
    family = desk.do(placed)[0]
    with pytest.raises(SecondPersonNeeded):
        send(desk, folder, encrypted=False)
    assert everything(folder) == []
    made = desk.do(lambda work: school_set(work, SCHOOL, [family.request]))[0]
    (shipment,) = send(desk, folder, encrypted=False, second_person=second_person(desk)).shipments
    assert shipment.passphrase is None
    root = folder / made.folder
    for path, content in made.files:
        if not path.endswith(".xlsx"):
            assert (root / path).read_bytes() == content
    assert {each.file_name for each in kept(desk, Sending)} == {path for path, _content in made.files}
    told = {each.file_name: each.fields for each in kept(desk, Sending)}
    assert told["Verlustbericht.txt"] == []
    assert "birth_date" in told["UTF-8/SchuelerBasisdaten.dat"]
    assert "shipment.unprotected" in [each.deed for each in kept(desk, AuditEntry)]


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_disk_that_fills_up_on_the_way_leaves_no_file_and_no_folder(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, encrypted: bool
) -> None:
    desk.do(placed)
    second = desk.do(lambda work: placed(work, "Öztürk"))[0]
    desk.do(lambda work: place(work, second.request, OTHER))
    (folder / "was_anderes.txt").write_text("bleibt")
    agreed = None if encrypted else second_person(desk)
    calls, keep = [], os.fsync

    def full(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().is_relative_to(folder):
            calls.append(handle)
            if len(calls) > 7:  # the first school's set, or a good part of it, has arrived
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        keep(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        send(desk, folder, encrypted=encrypted, second_person=agreed)
    assert len(calls) > 7
    assert everything(folder) == ["was_anderes.txt"]
    assert (kept(desk, Shipment), kept(desk, Sending), kept(desk, SendingItem)) == ([], [], [])
    assert len(desk.do(school_sending.due)[0]) == 2


def test_sent_twice_a_day_the_second_set_lies_beside_the_first(desk: Desk, folder: Path) -> None:
    family = desk.do(placed)[0]
    send(desk, folder)
    sets = {
        item.number: item.requests for item in desk.do(lambda w: school_sending.of_requests(w, [family.request]))[0]
    }
    assert sets == {SCHOOL: (family.request,)}
    send(desk, folder, sets)
    assert [path.name for path in sorted(folder.iterdir())] == [
        "Schule_103780_2026-11-26",
        "Schule_103780_2026-11-26-2",
    ]


def test_who_has_no_place_goes_to_no_school(desk: Desk, folder: Path) -> None:
    family = desk.do(placed)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WAITING_LIST))
    assert desk.do(lambda work: school_sending.of_requests(work, [family.request]))[0] == ()
    with pytest.raises(NothingToSend):
        send(desk, folder, {SCHOOL: [family.request]})
    assert everything(folder) == []


def test_a_school_whose_child_goes_elsewhere_now_has_to_be_told(desk: Desk, folder: Path, clock: Any) -> None:
    family = desk.do(lambda work: placed(work, "Kaya"))[0]
    send(desk, folder)
    clock.advance(days=1)
    facts = StepFacts(reason="zurückgenommen")
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WAITING_LIST, facts))[0]
    (receipt,) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert (receipt.recipient, receipt.label, receipt.must_be_told) == (SCHOOL, NAME, True)
    desk.do(lambda work: deeds.undo(work, deed))
    (receipt,) = desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0]
    assert not receipt.must_be_told, "the place is there again, as it was told"


def test_a_folder_that_is_gone_and_a_role_that_may_not_are_said(desk: Desk, folder: Path) -> None:
    desk.do(placed)
    with pytest.raises(TargetGone):
        send(desk, folder / "weg")

    def by_reception(work: Work) -> None:
        user = work.session.get(User, work.user)
        assert user is not None
        user.role = Role.RECEPTION
        work.session.flush()
        school_sending.send(work, {}, Wanted((), folder))

    with pytest.raises(NotAllowed):
        desk.do(by_reception)
    assert everything(folder) == []
