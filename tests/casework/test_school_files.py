"""The set for a receiving school: who is in it, for whom it is due, and that the school can read it."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID, uuid4

import builders
import pytest
import schild_reader
from builders import StoredFamily
from conftest import SettableClock
from openpyxl import load_workbook
from sending import A_SCHOOL as SCHOOL
from sending import ANOTHER_SCHOOL as OTHER
from sending import place, placed

from desk_app.casework import deeds, families, intake, placement_deeds, placements
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.school_files import PURPOSE, SchoolSet, school_set, sets_due
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage.tables import Sending, SendingItem, Shipment


def the_set(desk: Desk, *requests: UUID, school: str = SCHOOL) -> SchoolSet:
    return desk.do(lambda work: school_set(work, school, requests))[0]


def read(made: SchoolSet, folder: str) -> dict[str, list[schild_reader.Row]]:
    start = f"{folder}/"
    files = {name.removeprefix(start): content for name, content in made.files if name.startswith(start)}
    return schild_reader.read_set(files)


def text(made: SchoolSet, name: str) -> str:
    return dict(made.files)[name].decode("utf-8-sig").replace("\r\n", "\n")


def send(work: Work, school: str, requests: list[UUID], purpose: str = PURPOSE) -> None:
    shipment, sending = uuid4(), uuid4()
    work.session.add(
        Shipment(id=shipment, number=str(shipment)[:30], at=work.now, by=work.user, recipient=school, purpose=purpose)
    )
    work.session.flush()
    work.session.add(
        Sending(id=sending, at=work.now, by=work.user, recipient=school, kind="dat", file_name="x", sha256="0" * 64,
                size=1, fields=[], shipment_id=shipment)
    )  # fmt: skip
    work.session.flush()
    work.session.add_all(
        SendingItem(id=uuid4(), sending_id=sending, request_id=request, content_sha256="0" * 64) for request in requests
    )
    work.session.flush()


def test_a_school_gets_both_encodings_the_tables_the_advice_and_the_report(desk: Desk) -> None:
    family = desk.do(lambda work: placed(work, "Şahinoğlu", given_name="Ayşe", proposed_grade="07"))[0]
    made = the_set(desk, family.request)
    dat = [f"{name}.dat" for name in schild_reader.NAMES]
    svws = ["SVWS_Stammdaten.xlsx", "SVWS_Schulbesuch.xlsx", "SVWS_Erzieher.xlsx"]
    assert [name for name, _content in made.files] == [
        *(f"UTF-8/{name}" for name in dat),
        *(f"ANSI/{name}" for name in dat),
        *(f"SVWS-Import/{name}" for name in svws),
        "Hinweise_zum_Import.txt",
        "Verlustbericht.txt",
    ]
    assert made.folder == "Schule_103780_2026-11-26"
    assert made.requests == (family.request,)
    assert not made.left_out


def test_a_child_comes_back_from_the_files_as_it_went_in(desk: Desk) -> None:
    family = desk.do(lambda work: placed(work, "Nguyễn", given_name="Thị Ánh", sex="w", proposed_grade="07"))[0]
    made = the_set(desk, family.request)
    for folder, name in (("UTF-8", ("Nguyễn", "Thị Ánh")), ("ANSI", ("Nguyen", "Thi Ánh"))):
        rows = read(made, folder)
        (basic,) = rows["SchuelerBasisdaten"]
        assert schild_reader.who(basic) == (*name, "02.06.2013")
        assert (basic["Geschlecht 4"], basic["Jahrgang 21"], basic["Aufnahmedatum 13"]) == ("w", "07", "01.12.2026")
        assert (basic["PLZ 6"], basic["Straße 8"], basic["1. Staatsang. 10"]) == ("45476", "Lindenhof 12", "475")
        assert rows["SchuelerZusatzdaten"][0]["Externe ID-Nr 11"] == "SP-2026-0001"
        assert rows["SchuelerErzieher"][0]["Vorname 1.Person 8"] == "Rana"
        assert rows["SchuelerTelefonnummern"][0]["Art 5"] == "Familie"
    table = load_workbook(io.BytesIO(dict(made.files)["SVWS-Import/SVWS_Stammdaten.xlsx"])).active
    assert [cell.value for cell in table[2]][:2] == ["Nguyễn", "Thị Ánh"]
    assert "„ễ“ (U+1EC5) wurde zu „e“." in text(made, "Verlustbericht.txt")
    assert made.told[family.request]["guardians.1.given_name_1"] == "Rana"


def test_without_consent_for_the_school_nothing_of_a_child_leaves(desk: Desk) -> None:
    first = desk.do(placed)[0]
    second = desk.do(lambda work: placed(work, "Öztürk", consent=False))[0]
    made = the_set(desk, first.request, second.request)
    assert made.requests == (first.request,)
    assert [(item.request, item.form) for item in made.left_out] == [(second.request, None)]
    assert "Einwilligung" in made.left_out[0].reason
    everything = b"".join(content for name, content in made.files if not name.endswith(".xlsx")).decode("latin-1")
    assert made.left_out[0].number not in everything


def test_a_withdrawn_consent_is_none(desk: Desk) -> None:
    def withdrawn(work: Work) -> StoredFamily:
        family = placed(work, consent=False)
        values = {"recipient": "school", "given_on": date(2026, 11, 17), "withdrawn_on": date(2026, 11, 20)}
        intake.add(work, RecordKind.CONSENT, uuid4(), family.household, values=values)
        return family

    made = the_set(desk, desk.do(withdrawn)[0].request)
    assert not made.files
    assert not made.requests
    assert len(made.left_out) == 1


def test_only_children_of_this_school_are_in_its_set(desk: Desk) -> None:
    here = desk.do(placed)[0]
    moved, sent = desk.do(lambda work: placed(work, "Öztürk"))[0], desk.do(lambda work: placed(work, "Bondar"))[0]
    desk.do(lambda work: place(work, moved.request, OTHER))
    desk.do(lambda work: placement_deeds.step(work, [sent.request], placements.WAITING_LIST))
    made = the_set(desk, here.request, moved.request, sent.request, uuid4())
    assert made.requests == (here.request,)
    assert {item.request for item in made.left_out} == {moved.request, sent.request}
    assert the_set(desk, moved.request, school=OTHER).requests == (moved.request,)


def test_an_admitted_child_keeps_what_the_assignment_told(desk: Desk) -> None:
    family = desk.do(placed)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ADMITTED, StepFacts(class_name="7b")))
    made = the_set(desk, family.request)
    assert made.told[family.request]["admitted_on"] == "01.12.2026"
    assert made.told[family.request]["class_name"] == "7b"


def test_what_another_school_was_told_does_not_count_here(desk: Desk) -> None:
    family = desk.do(placed)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, StepFacts(school=OTHER)))
    assert "admitted_on" not in the_set(desk, family.request, school=OTHER).told[family.request]


def test_a_child_that_schild_cannot_hold_is_in_the_tables_and_named(desk: Desk) -> None:
    family = desk.do(lambda work: placed(work, sex="d"))[0]
    made = the_set(desk, family.request)
    assert made.requests == (family.request,)
    assert [name for name, _content in made.files if name.endswith(".dat")] == []
    assert "SP-2026-0001 (SchILD UTF-8, SchILD ANSI)" in text(made, "Verlustbericht.txt")
    assert "Schulwechsel-Import" not in text(made, "Hinweise_zum_Import.txt")


def test_a_child_that_nobody_can_hold_makes_no_files_but_reasons(desk: Desk) -> None:
    family = desk.do(lambda work: placed(work, birth_date=DateSpan.of_year(2013)))[0]
    made = the_set(desk, family.request)
    assert (made.files, made.requests, made.losses) == ((), (), ())
    assert {item.request for item in made.left_out} == {family.request}


def test_a_protected_address_is_in_no_file(desk: Desk) -> None:
    def hidden(work: Work) -> StoredFamily:
        family = placed(work)
        home = families.load(work, family.household).all(RecordKind.ADDRESS)[0].ref
        intake.set_value(work, home, "protection", "shelter")
        return family

    made = the_set(desk, desk.do(hidden)[0].request)
    for folder in ("UTF-8", "ANSI"):
        rows = read(made, folder)
        assert rows["SchuelerTelefonnummern"] == []
        cells = " ".join(cell for each in rows.values() for row in each for cell in row.values())
        assert not [word for word in ("Lindenhof", "45476", "Mülheim", "0208") if word in cells]
    for name, content in made.files:
        if name.endswith(".xlsx"):
            cells = " ".join(str(cell.value) for row in load_workbook(io.BytesIO(content)).active for cell in row)
            assert "Lindenhof" not in cells
            assert "0208" not in cells
    assert "geschützt" in text(made, "Verlustbericht.txt")
    assert not {"street", "phone", "own_phone"} & set(made.fields)


def test_file_names_and_texts_name_no_child(desk: Desk) -> None:
    family = desk.do(lambda work: placed(work, "Şahinoğlu", given_name="Ayşe"))[0]
    made = the_set(desk, family.request)
    words = " ".join([made.folder, *(name for name, _content in made.files)])
    words += text(made, "Verlustbericht.txt") + text(made, "Hinweise_zum_Import.txt")
    assert "ahinoğlu" not in words
    assert "Ayşe" not in words
    assert "Gemeinschaftsgrundschule Am Sunderplatz" in text(made, "Hinweise_zum_Import.txt")


def test_a_set_is_due_from_the_assignment_until_it_is_made(desk: Desk, clock: SettableClock) -> None:
    assert desk.do(sets_due)[0] == {}
    first = desk.do(placed)[0]
    second = desk.do(lambda work: placed(work, "Öztürk"))[0]
    desk.do(lambda work: place(work, second.request, OTHER))
    assert desk.do(sets_due)[0] == {SCHOOL: (first.request,), OTHER: (second.request,)}
    clock.advance(minutes=5)
    desk.do(lambda work: send(work, SCHOOL, [first.request], "letter"))
    assert SCHOOL in desk.do(sets_due)[0], "a letter is no set"
    desk.do(lambda work: send(work, SCHOOL, [first.request]))
    assert desk.do(sets_due)[0] == {OTHER: (second.request,)}
    clock.advance(minutes=5)
    desk.do(lambda work: place(work, first.request))
    assert desk.do(sets_due)[0] == {OTHER: (second.request,)}, "told once more, still the same school"
    desk.do(lambda work: place(work, first.request, OTHER))
    assert set(desk.do(sets_due)[0][OTHER]) == {first.request, second.request}


@pytest.mark.parametrize("state", [placements.ADMITTED, placements.DECLINED, placements.WITHDRAWN])
def test_no_set_is_due_for_a_child_that_went_on(desk: Desk, state: str) -> None:
    family = desk.do(placed)[0]
    desk.do(lambda work: placement_deeds.step(work, [family.request], state))
    assert desk.do(sets_due)[0] == {}


def test_an_assignment_taken_back_is_no_assignment(desk: Desk) -> None:
    family = desk.do(lambda work: builders.store_family(work))[0]
    facts = StepFacts(school=SCHOOL)
    deed = desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, facts))[0]
    assert desk.do(sets_due)[0] == {SCHOOL: (family.request,)}
    desk.do(lambda work: deeds.undo(work, deed))
    assert desk.do(sets_due)[0] == {}


def test_a_child_taken_out_of_the_file_is_named_by_its_number(desk: Desk) -> None:
    family = desk.do(placed)[0]
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, family.child)))
    made = the_set(desk, family.request)
    assert not made.files
    assert [item.number for item in made.left_out] == ["SP-2026-0001"]
    assert desk.do(sets_due)[0] == {}
