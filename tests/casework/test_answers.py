"""Returned lists against a real store: what they may look like, what is taken over, what waits, and the way back."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from builders import ShutStore
from conftest import SettableClock
from openpyxl import Workbook, load_workbook
from returning import ASSIGNED, Returned, a_sent_list
from sending import second_person
from sqlalchemy import select

from desk_app.casework import answer_columns, answer_review, answers, deeds, families, intake, merging, placement_deeds
from desk_app.casework.answer_match import Problem
from desk_app.casework.answer_rows import AnswerPreview, AnswerRow, Group
from desk_app.casework.desk import Desk
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.answers import Answer
from desk_app.domain.check_codes import check_code
from desk_app.domain.errors import AnswerNotPlaced, NotAllowed, StrangeTable, WrongFilePassphrase
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.roles import Role
from desk_app.storage.tables import PlacementEvent, PlacementRequest, Shipment


def look(desk: Desk, path: Path, passphrase: str = "") -> AnswerPreview:
    return desk.do(lambda work: answers.preview(work, answers.read(work, path, passphrase)))[0]


def take(desk: Desk, found: AnswerPreview, chosen: frozenset[int] | None = None) -> answers.Taken:
    return desk.do(lambda work: answers.take(work, found, found.preset if chosen is None else chosen))[0]


def groups(found: AnswerPreview) -> dict[str, str]:
    return {row.number[-4:]: row.group.value for row in found.rows}


def only(found: AnswerPreview, group: Group) -> AnswerRow:
    (row,) = found.of(group)
    return row


def steps(desk: Desk, request: UUID) -> list[PlacementEvent]:
    query = select(PlacementEvent).where(PlacementEvent.request_id == request, PlacementEvent.voided_at.is_(None))
    return desk.do(lambda work: list(work.session.scalars(query.order_by(PlacementEvent.sequence))))[0]


@pytest.fixture(scope="module")
def made(shut_store: ShutStore, tmp_path_factory: pytest.TempPathFactory) -> Returned:
    """Four children sent to the Schulamt in one list, the store closed; to be copied, since sending takes a while."""
    folder = tmp_path_factory.mktemp("sent")
    shutil.copytree(shut_store.folder, folder / "store")
    desk = shut_store.open_at(folder / "store", SettableClock())
    returned = a_sent_list(desk, folder)
    desk.vault.close()
    return returned


@pytest.fixture
def desk(made: Returned, shut_store: ShutStore, tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    shutil.copytree(made.path.with_name("store"), tmp_path / "store")
    desk = shut_store.open_at(tmp_path / "store", clock)
    yield desk
    desk.vault.close()


@pytest.fixture
def sent(desk: Desk, made: Returned, tmp_path: Path) -> Returned:
    """The list as it comes back to the desk of this test."""
    return made.come_back_to(desk, tmp_path)


# --- what is read and written


def test_answers_are_previewed_written_as_one_deed_and_taken_back(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    sent.fill(2, answer_state="Rückfrage", answer_reason="Unterlage fehlt", answer_remark="Zeugnis?")
    found = look(desk, sent.save())
    assert groups(found) == {"0001": "new", "0002": "new", "0003": "open", "0004": "open"}
    row = found.rows[0]
    assert (row.name, row.words) == (
        "Karim Abel", "zugewiesen: Musterschule, Klasse 5b, ab 01.12.2026, Deutschförderklasse"
    )  # fmt: skip
    assert row.ours.startswith("übermittelt")
    assert [each.state for each in steps(desk, sent.families[0].request)][-1] == "sent"

    done = take(desk, found)
    assert (done.words, done.written, done.unclear) == ("Rückmeldung zur Sendung 2026-11-26-01: 2 übernommen", 2, 0)
    last = steps(desk, sent.families[0].request)[-1]
    assert (last.state, last.school, last.class_name, last.starts_on, last.support, last.deed_id) == (
        "assigned", "990001", "5b", date(2026, 12, 1), "SG", done.deed
    )  # fmt: skip
    shipment = desk.do(lambda work: work.session.scalars(select(Shipment.id)).one())[0]
    assert last.shipment_id == shipment
    asked = steps(desk, sent.families[1].request)[-1]
    assert (asked.state, asked.reason_code, asked.reason) == ("query", "missing_document", "Zeugnis?")

    assert done.deed is not None
    desk.do(lambda work: deeds.undo(work, done.deed))
    assert [steps(desk, family.request)[-1].state for family in sent.families] == ["sent"] * 4


def test_the_same_list_again_changes_nothing_and_says_so(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    path = sent.save()
    take(desk, look(desk, path))
    again = look(desk, path)
    assert groups(again)["0001"] == "same"
    assert again.before == "26.11.2026"
    assert take(desk, again).deed is None


def test_a_later_list_of_the_same_shipment_changes_the_answer(desk: Desk, sent: Returned) -> None:
    sent.fill(1, answer_state="Warteliste")
    take(desk, look(desk, sent.save()))
    sent.fill(1, **ASSIGNED)
    found = look(desk, sent.save())
    assert groups(found)["0001"] == "changed"
    take(desk, found)
    assert steps(desk, sent.families[0].request)[-1].state == "assigned"


def test_what_was_decided_here_later_is_only_overwritten_when_somebody_ticks_it(desk: Desk, sent: Returned) -> None:
    request = sent.families[0].request
    decided = StepFacts(school="990003")
    desk.do(lambda work: placement_deeds.step(work, [request], "assigned", decided))
    sent.fill(1, **ASSIGNED)
    found = look(desk, sent.save())
    row = only(found, Group.CONFLICT)
    assert row.ours == "zugewiesen: Luisenschule (seit 26.11.2026)"
    assert take(desk, found).written == 0
    assert steps(desk, request)[-1].school == "990003"
    take(desk, found, frozenset({row.place}))
    assert steps(desk, request)[-1].school == "990001"


def test_an_answered_question_stays_answered_but_what_came_of_it_is_new(desk: Desk, sent: Returned) -> None:
    request = sent.families[0].request
    sent.fill(1, answer_state="Rückfrage", answer_remark="Zeugnis?")
    path = sent.save()
    take(desk, look(desk, path))
    desk.do(lambda work: placement_deeds.step(work, [request], "sent"))
    assert groups(look(desk, path))["0001"] == "same"
    sent.fill(1, **{**ASSIGNED, "answer_remark": None})
    assert groups(look(desk, sent.save()))["0001"] == "new"


def test_a_step_taken_between_look_and_take_is_not_run_over(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    found = look(desk, sent.save())
    desk.do(lambda work: placement_deeds.step(work, [sent.families[0].request], "withdrawn"))
    done = take(desk, found)
    assert (done.written, done.stale, done.deed) == (0, 1, None)
    assert steps(desk, sent.families[0].request)[-1].state == "withdrawn"


def test_a_child_that_was_taken_out_gets_no_answer(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    path, child = sent.save(), Ref(RecordKind.PERSON, sent.families[0].child)
    found = look(desk, path)
    desk.do(lambda work: intake.remove(work, child))
    done = take(desk, found)
    assert (done.written, done.stale) == (0, 1)
    assert only(look(desk, path), Group.UNCLEAR).problem is Problem.GONE
    with pytest.raises(AnswerNotPlaced):
        desk.do(lambda work: answers.by_number(work, "1"))


def test_a_child_that_was_merged_twice_is_known_by_the_code_it_was_sent_with(desk: Desk, sent: Returned) -> None:
    first, *others = (family.child for family in sent.families[:3])
    request = sent.families[0].request
    sent.fill(1, **ASSIGNED)
    path, drop = sent.save(), first
    for keep in others:
        choice = merging.Choices(request=request)
        desk.do(lambda work, keep=keep, drop=drop, choice=choice: merging.merge(work, keep, drop, choice))
        drop = keep
    row = next(row for row in look(desk, path).rows if row.request == request)
    assert (row.problem, row.group) == (None, Group.NEW)


def test_a_school_alone_means_assigned_and_days_come_in_every_form(desk: Desk, sent: Returned) -> None:
    sent.fill(1, school="luisenschule", starts_on="1.12.2026")
    sent.fill(2, school=990002, starts_on=46357)
    sent.fill(3, school="Gesammtschule Beispielstatt", starts_on="01.12.")
    sent.fill(4, answer_state="Zugew.", school="Musterschule (990001)", class_name=5)
    found = look(desk, sent.save())
    assert groups(found) == dict.fromkeys(("0001", "0002", "0003", "0004"), "new")
    told = [(row.answer.state, row.answer.school, row.answer.starts_on) for row in found.rows if row.answer]
    day = date(2026, 12, 1)
    assert told == [("assigned", "990003", day), ("assigned", "990002", day), ("assigned", "990002", day),
                    ("assigned", "990001", None)]  # fmt: skip
    assert found.rows[3].answer == Answer("assigned", "990001", "5")
    assert "„Gesammtschule Beispielstatt“ ist als Gesamtschule Beispielstadt gelesen." in found.rows[2].looks[0]


UNREADABLE: list[tuple[dict[str, Any], str]] = [
    ({"school": "Schule am Nordpol"}, "steht nicht im Schulverzeichnis"),
    ({"school": "Luisenschule (990001)"}, "gehört zu Musterschule"),
    ({"answer_state": "mal sehen"}, "kein Ergebnis"),
    ({"answer_state": "zugewiesen", "starts_on": "bald"}, "„bald“"),
    ({"answer_state": "zugewiesen", "starts_on": date(2062, 12, 1)}, "liegt zu weit weg"),
    ({"answer_state": "zugewiesen", "answer_support": "Turnen"}, "steht nicht in der Liste"),
    ({"answer_remark": "Mutter anrufen"}, "Das Ergebnis fehlt."),
    ({"answer_reason": "verzogen", "school": "Luisenschule"}, "Das Ergebnis fehlt."),
]


def test_what_cannot_be_read_for_sure_waits_for_a_person(desk: Desk, sent: Returned) -> None:
    for cells, said in UNREADABLE:
        sent.again()
        sent.fill(1, **cells)
        found = look(desk, sent.save())
        row = only(found, Group.UNCLEAR)
        assert (row.problem, said in " ".join(row.looks)) == (Problem.UNREADABLE, True), row.looks
        assert take(desk, found).unclear == 1
        waiting = desk.do(answer_review.review)[0]
        assert any(each.number == "SP-2026-0001" and said in " ".join(each.reasons) for each in waiting)
    assert len(waiting) == len(UNREADABLE)
    assert steps(desk, sent.families[0].request)[-1].state == "sent"


# --- whose row it is


DISAGREEING: list[tuple[dict[str, Any], Problem]] = [
    ({"code": "XXXX"}, Problem.WRONG_CODE),
    ({"code": None}, Problem.NO_CODE),
    ({"number": "SP-2026-0002"}, Problem.MISMATCH),
    ({"request_id": "unleserlich"}, Problem.MISMATCH),
    ({"shipment": "2026-11-25-01"}, Problem.WRONG_CODE),
    ({"family_name": "Andere", "given_name": "Anders"}, Problem.OTHER_CHILD),
    ({"number": "SP-2026-0999", "request_id": None}, Problem.UNKNOWN),
]


def test_a_row_in_which_not_everything_agrees_is_not_written(desk: Desk, sent: Returned) -> None:
    for change, problem in DISAGREEING:
        sent.again()
        sent.fill(1, **ASSIGNED)
        sent.fill(1, **change)
        found = look(desk, sent.save())
        assert only(found, Group.UNCLEAR).problem is problem, change
        assert take(desk, found, frozenset(range(4))).written == 0
    assert {steps(desk, family.request)[-1].state for family in sent.families} == {"sent"}


def test_a_few_columns_sorted_alone_give_no_child_the_place_of_another(desk: Desk, sent: Returned) -> None:
    for child in range(1, 5):
        sent.fill(child, **ASSIGNED)
    rows = range(sent.first_row, sent.first_row + 4)
    moved = [[sent.sheet.cell(row, column).value for column in range(1, 19)] for row in rows]
    for row, values in zip(rows, reversed(moved), strict=True):
        for column, value in enumerate(values, 1):
            sent.sheet.cell(row, column).value = value
    assert {row.group for row in look(desk, sent.save()).rows} == {Group.UNCLEAR}


def test_lost_hidden_columns_leave_number_and_code(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    sent.sheet.delete_cols(sent.keys[answer_columns.REQUEST], 2)
    found = look(desk, sent.save())
    assert groups(found)["0001"] == "new"


def test_foreign_cells_are_reported_and_never_written(desk: Desk, sent: Returned) -> None:
    sent.fill(1, born=date(2012, 6, 2), district="Speldorf", **ASSIGNED)
    found = look(desk, sent.save())
    row = found.rows[0]
    assert row.group is Group.NEW
    words = [each.words for each in row.foreign]
    assert words[0].startswith("Geboren in der Liste: 02.06.2012, gesendet: 02.06.2013 (Anfragen!")
    assert words[1].startswith("Stadtteil in der Liste: Speldorf, gesendet: ")
    assert [each for other in found.rows[1:] for each in other.foreign] == []
    take(desk, found)
    file = desk.do(lambda work: families.load(work, sent.families[0].household))[0]
    born = next(person.get("birth_date") for person in file.persons if person.id == sent.families[0].child)
    assert getattr(born, "earliest", None) == date(2013, 6, 2)


def test_the_same_child_twice_is_told_and_only_taken_when_both_rows_agree(desk: Desk, sent: Returned) -> None:
    seconds: list[dict[str, Any]] = [{}, ASSIGNED, {"answer_state": "Warteliste"}]
    for second in seconds:
        sent.again()
        sent.fill(1, **ASSIGNED)
        row, target = sent.row_of(1), sent.sheet.max_row + 1
        for column in range(1, sent.sheet.max_column + 1):
            sent.sheet.cell(target, column).value = sent.sheet.cell(row, column).value
        for key in answer_columns.ANSWERS:
            sent.sheet.cell(target, sent.keys[key]).value = second.get(key)
        found = look(desk, sent.save())
        assert found.notes[0].startswith("SP-2026-0001 steht mehrmals in der Liste: Anfragen!")
        if second.get("answer_state") == "Warteliste":
            assert [row.problem for row in found.of(Group.UNCLEAR)] == [Problem.TWICE] * 2
        else:
            assert (groups(found)["0001"], len(found.rows)) == ("new", 4)


# --- what may happen to a list


def shuffled(sent: Returned) -> None:
    rows = range(sent.first_row, sent.sheet.max_row + 1)
    values = [[sent.sheet.cell(row, column).value for column in range(1, sent.sheet.max_column + 1)] for row in rows]
    for row, cells in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(cells, 1):
            sent.sheet.cell(row, column).value = value


def widened(sent: Returned) -> None:
    sent.sheet.insert_cols(3)
    sent.sheet.cell(sent.first_row, 3).value = "eigene Notiz"
    sent.sheet.insert_cols(sent.keys["school"])


def lengthened(sent: Returned) -> None:
    sent.sheet.insert_rows(sent.first_row + 1)
    sent.sheet.cell(sent.first_row + 1, 4).value = "Ab hier: Innenstadt"
    sent.sheet.insert_rows(1, 3)


def renamed(sent: Returned) -> None:
    sent.sheet.title = "Mülheim KW 48"
    sent.book.move_sheet(sent.sheet, 2)


def without_keys(sent: Returned) -> None:
    place = next(row[0].row for row in sent.sheet.iter_rows() if any(c.value == answer_columns.REQUEST for c in row))
    sent.sheet.delete_rows(place)


def filtered(sent: Returned) -> None:
    sent.sheet.auto_filter.add_filter_column(1, ["SP-2026-0001"])
    for row in range(sent.first_row + 1, sent.sheet.max_row + 1):
        sent.sheet.row_dimensions[row].hidden = True


def alone(sent: Returned) -> None:
    """Copied into a new workbook: visible text and hidden columns, nothing else."""
    copied = Workbook()
    for row in sent.sheet.iter_rows(values_only=True):
        copied.active.append(row)
    sent.book = copied


CHANGES: list[Callable[[Returned], None]] = [shuffled, widened, lengthened, renamed, without_keys, filtered, alone]


def test_whatever_happens_to_the_list_the_answers_stay_with_their_children(desk: Desk, sent: Returned) -> None:
    for change in CHANGES:
        sent.again()
        sent.fill(1, **ASSIGNED)
        sent.fill(3, answer_state="Warteliste")
        change(sent)
        found = look(desk, sent.save())
        assert {row.name: row.group.value for row in found.rows} == {
            "Karim Abel": "new", "Lina Brandt": "open", "Mina Celik": "new", "Nuri Demir": "open"
        }, change  # fmt: skip
        assert [each for row in found.rows for each in row.foreign] == [], change
        assert sorted(row.answer.state for row in found.rows if row.answer) == ["assigned", "waiting_list"]


def test_rows_that_are_about_no_child_are_told(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    lengthened(sent)
    (note,) = look(desk, sent.save()).notes
    assert note == f"1 Zeile gehört zu keinem Kind und wurde nicht gelesen: Anfragen!{sent.first_row + 1}"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_lists_saved_by_libreoffice_come_back_whole(desk: Desk, sent: Returned, tmp_path: Path) -> None:
    sent.fill(1, **ASSIGNED)
    sent.fill(2, answer_state="Rückfrage", answer_remark="=1+1 fehlt?")
    shuffled(sent)
    plain = sent.save("hin.xlsx")
    for ending in ("xlsx", "ods", "xls"):
        out = tmp_path / ending
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", ending,
             "--outdir", str(out), str(plain)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        found = look(desk, out / f"hin.{ending}")
        assert {row.number[-4:]: row.group.value for row in found.rows} == {
            "0001": "new", "0002": "new", "0003": "open", "0004": "open"
        }, ending  # fmt: skip
        assert [each.words for row in found.rows for each in row.foreign] == [], ending
        row = next(row for row in found.rows if row.number.endswith("1"))
        assert row.answer == Answer("assigned", "990001", "5b", date(2026, 12, 1), "SG"), ending


# --- locked and strange files


def test_a_locked_list_opens_with_what_its_shipment_was_sent_with(desk: Desk, sent: Returned) -> None:
    sent.fill(1, **ASSIGNED)
    named = sent.save(f"zurück {sent.path.name}", sent.passphrase)
    renamed_file = sent.save("Mülheim.xlsx", sent.passphrase)
    other = sent.save("anders.xlsx", "ganz anders")
    assert groups(look(desk, named))["0001"] == groups(look(desk, renamed_file))["0001"] == "new"
    with pytest.raises(WrongFilePassphrase) as refused:
        look(desk, other)
    assert "Bitte geben Sie die Passphrase der Sendung ein." in refused.value.message
    assert groups(look(desk, other, "ganz anders"))["0001"] == "new"


def test_strange_files_are_refused_with_one_sentence(desk: Desk, tmp_path: Path) -> None:
    plain = Workbook()
    plain.active.append(["Name", "Alter"])
    plain.save(tmp_path / "andere.xlsx")
    bomb = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    (tmp_path / "text.xlsx").write_bytes(b"\x00\x01\x02 nichts")
    (tmp_path / "container.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (tmp_path / "halb.xlsx").write_bytes((tmp_path / "andere.xlsx").read_bytes()[:700])
    for path in sorted(tmp_path.glob("*.xlsx")):
        with pytest.raises(StrangeTable) as refused:
            look(desk, path)
        assert "Es wurde nichts übernommen." in refused.value.message, path.name


def test_formulas_macros_and_links_are_neither_run_nor_followed(desk: Desk, sent: Returned, tmp_path: Path) -> None:
    sent.fill(1, answer_state='=HYPERLINK("http://beispiel.invalid","zugewiesen")')
    sent.fill(2, **ASSIGNED)
    path = sent.save()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    found = look(desk, path)
    assert groups(found)["0002"] == "new"
    assert groups(found)["0001"] == "open"  # nothing had worked the formula out


def test_a_list_longer_than_any_that_left_is_refused_before_all_of_it_is_read(desk: Desk, tmp_path: Path) -> None:
    for rows in (3_001, 7_000):
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Anfragen")
        sheet.append(["Anfrage", "Prüfcode", "Ergebnis"])
        for number in range(rows):
            sheet.append([f"SP-2026-{number:04d}", "ABCE", "zugewiesen"])
        book.save(tmp_path / "lang.xlsx")
        with pytest.raises(StrangeTable, match="mehr als 3000 Zeilen"):
            look(desk, tmp_path / "lang.xlsx")


def test_a_list_of_a_later_program_is_refused(desk: Desk, sent: Returned) -> None:
    sent.book[answer_columns.CHOICES_SHEET]["A2"] = "trittstein.answers.2"
    with pytest.raises(StrangeTable, match="neueren Fassung"):
        look(desk, sent.save())


def test_reception_may_not_read_answers_in(desk: Desk, sent: Returned) -> None:
    person, _words = second_person(desk, "Empfang Eins", Role.RECEPTION)
    path = sent.save()
    with pytest.raises(NotAllowed):
        look(replace(desk, user=person), path)


# --- told by telephone


def test_a_typed_answer_needs_number_and_code_to_agree(desk: Desk, sent: Returned) -> None:
    first, second = sent.families[:2]
    code = check_code("SP-2026-0001", "2026-11-26-01", first.child)
    meant = desk.do(lambda work: answers.look_up(work, "1", code.lower()))[0]
    assert (meant.name, meant.shipment_number) == ("Karim Abel", "2026-11-26-01")
    answer = Answer("assigned", "990003")
    deed = desk.do(lambda work: answers.typed(work, "2026-1", f"{code[:2]} {code[2:]}", answer))[0]
    assert (steps(desk, first.request)[-1].school, steps(desk, first.request)[-1].deed_id) == ("990003", deed)
    for number, wrong in (("SP-2026-0002", code), ("SP-2026-0001", "AAAA"), ("99", code), ("", "")):
        with pytest.raises(AnswerNotPlaced):
            desk.do(lambda work, number=number, wrong=wrong: answers.typed(work, number, wrong, answer))
    assert steps(desk, second.request)[-1].state == "sent"


# --- what waits for a person


def test_a_waiting_row_is_given_to_a_request_or_thrown_away_and_comes_back_with_undo(
    desk: Desk, sent: Returned
) -> None:
    sent.fill(1, code="XXXX", **ASSIGNED)
    sent.fill(2, school="Schule am Nordpol")
    taken = take(desk, look(desk, sent.save()))
    assert taken.words == "Rückmeldung zur Sendung 2026-11-26-01: 0 übernommen, 2 zu klären"
    first, second = desk.do(answer_review.review)[0]
    assert first.suggestion == "SP-2026-0001 Karim Abel"
    request = sent.families[0].request
    given = desk.do(lambda work: answer_review.settle(work, first.id, request))[0]
    assert steps(desk, request)[-1].school == "990001"
    with pytest.raises(ValueError, match="Nordpol"):
        desk.do(lambda work: answer_review.settle(work, second.id, second.request))
    thrown = desk.do(lambda work: answer_review.settle(work, second.id, None))[0]
    assert desk.do(answer_review.review)[0] == ()
    desk.do(lambda work: deeds.undo(work, thrown))
    assert [row.id for row in desk.do(answer_review.review)[0]] == [second.id]
    desk.do(lambda work: deeds.undo(work, given))
    assert [row.id for row in desk.do(answer_review.review)[0]] == [first.id, second.id]
    assert steps(desk, request)[-1].state == "sent"
    assert taken.deed is not None
    desk.do(lambda work: deeds.undo(work, taken.deed))
    assert desk.do(answer_review.review)[0] == ()


def test_the_same_unclear_row_waits_once(desk: Desk, sent: Returned) -> None:
    sent.fill(1, code="XXXX", **ASSIGNED)
    take(desk, look(desk, sent.save()))
    assert take(desk, look(desk, sent.save())).deed is None
    assert len(desk.do(answer_review.review)[0]) == 1


def test_numbers_of_the_store_stay_as_they_were(desk: Desk, sent: Returned) -> None:
    sent.fill(1, number="SP-2026-0777", **ASSIGNED)
    take(desk, look(desk, sent.save()))
    numbers = desk.do(lambda work: list(work.session.scalars(select(PlacementRequest.number))))[0]
    assert sorted(numbers) == [f"SP-2026-{number:04d}" for number in range(1, 5)]
    assert load_workbook(sent.save()).worksheets
