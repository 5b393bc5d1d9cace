"""Sending requests out: what leaves, what does not, what the ledger keeps, and what a failure leaves behind."""

import errno
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from builders import CENTRE, StoredFamily, store_family
from openpyxl import load_workbook
from sending import answer_rows, opened, pdf_text, second_person, set_value
from sqlalchemy import select

from desk_app.casework import exports, families, intake, placement_deeds, placements, request_list, schools
from desk_app.casework.desk import Desk, Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.domain.dates import DateSpan, parse_date_span
from desk_app.domain.errors import (
    DiskFull,
    ExportCancelled,
    NothingToSend,
    RecordGone,
    TargetGone,
    TargetNotWritable,
    WorldError,
)
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.fields import FieldType
from desk_app.domain.records import RecordKind, Ref, Value
from desk_app.storage.tables import RECORD_TABLES, PlacementEvent, Sending, SendingItem

DAY = "2026-11-26"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Stick"
    place.mkdir()
    return place


def stored(desk: Desk, family_name: str = "Haddad", **child: Value) -> StoredFamily:
    family, _ = desk.do(lambda work: store_family(work, family_name, **child))
    return family


def records(desk: Desk, family: StoredFamily, kind: RecordKind) -> list[UUID]:
    file, _ = desk.do(lambda work: families.load(work, family.household))
    return [row.id for row in file.records.get(kind, ())]


def send(desk: Desk, folder: Path, *requests: UUID, told: exports.Progress | None = None, **forms: bool) -> Exported:
    """Unlocked and without a letter, so that tests about what is in the files can read them at once."""
    wanted = Wanted(
        requests, folder, **{"cover": False, "encrypted": False, **forms}, second_person=second_person(desk)
    )
    done, _ = desk.do(lambda work: exports.export_requests(work, wanted, told))
    return done


def state(desk: Desk, family: StoredFamily) -> str:
    file, _ = desk.do(lambda work: families.load(work, family.household))
    return file.state_of(family.request)


def events(desk: Desk) -> int:
    return desk.do(lambda work: len(list(work.session.scalars(select(PlacementEvent)))))[0]


def sendings(desk: Desk) -> list[Sending]:
    return desk.do(lambda work: list(work.session.scalars(select(Sending).order_by(Sending.file_name))))[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def table(path: Path) -> list[dict[str, Any]]:
    """The rows of an unlocked list by the keys of its columns."""
    return answer_rows(opened(path))


def everything_in(folder: Path) -> str:
    """File names, the text of every PDF, and every part of every workbook."""
    found = names(folder)
    for path in folder.iterdir():
        if path.suffix == ".pdf":
            found.append(pdf_text(path))
        else:
            with zipfile.ZipFile(path) as archive:
                found += [archive.read(part).decode("utf-8", "replace") for part in archive.namelist()]
    return "\n".join(found)


# --- what leaves


def test_a_complete_request_leaves_as_list_and_pdf_and_is_marked_as_sent(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    done = send(desk, folder, family.request)
    assert names(folder) == [f"Sendung-{DAY}-01-01.pdf", f"Sendung-{DAY}-01.xlsx"]
    assert sorted(path.name for path in done.files) == names(folder)
    assert (done.sent, done.left_out, done.notes) == (1, (), ())
    assert state(desk, family) == placements.SENT


@pytest.mark.parametrize(("forms", "suffix"), [({"pdf": False}, ".xlsx"), ({"xlsx": False}, ".pdf")])
def test_one_form_alone_is_enough(desk: Desk, folder: Path, forms: dict[str, bool], suffix: str) -> None:
    send(desk, folder, stored(desk).request, **forms)
    assert [path.suffix for path in folder.iterdir()] == [suffix]


def test_without_any_form_nothing_is_marked(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    with pytest.raises(NothingToSend):
        send(desk, folder, family.request, xlsx=False, pdf=False)
    assert state(desk, family) == placements.COMPLETE


def test_file_names_name_nobody(desk: Desk, folder: Path) -> None:
    send(desk, folder, stored(desk).request)
    assert not any(part in " ".join(names(folder)) for part in ("Haddad", "Karim"))


def test_the_list_reads_back_as_it_was_typed(desk: Desk, folder: Path) -> None:
    exact = stored(desk, "Haddad")
    rough = stored(desk, "Šahîn", birth_date=parse_date_span("03.2014", date(2026, 11, 26)), german_level="A1+",
                   school_stage="lower_secondary", proposed_grade="07", given_name="Ünal-Đorđe")  # fmt: skip
    send(desk, folder, exact.request, rough.request)
    first, second = table(folder / f"Sendung-{DAY}-01.xlsx")
    assert (second["family_name"], second["given_name"], second["born"]) == ("Haddad", "Karim", datetime(2013, 6, 2))
    assert (second["age"], second["grade"], second["nationality"]) == (13, "8", "Syrien")
    assert (second["district"], second["arrived"], second["days"]) == ("Styrum", datetime(2026, 9, 21), 66)
    assert (second["family_languages"], second["german"], second["years"]) == ("Arabisch", "A0", "6 von 7")
    assert (second["last_grade"], second["measles"], second["school"]) == ("6", "ja", None)
    assert (first["family_name"], first["given_name"], first["born"]) == ("Šahîn", "Ünal-Đorđe", "03.2014")
    assert (first["grade"], first["german"]) == ("7", "A1+")


def test_the_pdf_reads_back_with_the_name_in_arabic(desk: Desk, folder: Path) -> None:
    family = stored(desk, name_native_script="كريم حداد")
    set_value(desk, RecordKind.REQUEST, family.request, "remark_authority", "Rechnet sicher, zeichnet gern.")
    send(desk, folder, family.request, xlsx=False)
    text = pdf_text(folder / f"Sendung-{DAY}-01-01.pdf")
    for part in ("Karim Haddad", "كريم", "حداد", "02.06.2013", "Aleppo, Syrien", "Rana Haddad", "SP-2026-0001",
                 "Lindenhof 12, 45476", "Rechnet sicher, zeichnet gern.", "Carla Brandt", CENTRE.phone):  # fmt: skip
        assert part in text


def test_each_office_gets_its_own_list(desk: Desk, folder: Path) -> None:
    younger = stored(desk)
    older = stored(desk, "Sesay", birth_date=DateSpan.of_day(date(2009, 12, 30)), highest_certificate="foreign")
    send(desk, folder, younger.request, older.request)
    lists = {path.name: [row["family_name"] for row in table(path)] for path in folder.glob("*.xlsx")}
    assert lists == {
        f"Sendung-{DAY}-01.xlsx": ["Haddad"],
        f"Sendung-{DAY}-02.xlsx": ["Sesay"],
    }
    assert "Dezernat 45" in pdf_text(folder / f"Sendung-{DAY}-02-01.pdf")
    assert "Dezernat 45" not in pdf_text(folder / f"Sendung-{DAY}-01-01.pdf")
    assert {row.recipient for row in sendings(desk)} == {"schulamt", "bezirksregierung"}


def test_a_request_named_twice_leaves_once(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    done = send(desk, folder, family.request, family.request)
    assert (done.sent, len(done.files)) == (1, 2)


def test_sending_again_the_same_day_keeps_the_older_files(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    send(desk, folder, family.request)
    assert names(folder) == sorted([*before, f"Sendung-{DAY}-02-01.pdf", f"Sendung-{DAY}-02.xlsx"])
    assert all((folder / name).read_bytes() == content for name, content in before.items())


def test_what_was_sent_stays_sent_when_the_file_changes_later(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request)
    set_value(desk, RecordKind.PERSON, family.child, "sex", None)
    assert state(desk, family) == placements.SENT


# --- what does not leave


def test_nothing_leaves_without_consent(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    (consent,) = records(desk, family, RecordKind.CONSENT)
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.CONSENT, consent)))
    with pytest.raises(NothingToSend) as told:
        send(desk, folder, family.request)
    assert str(told.value) == "SP-2026-0001: Die Einwilligung für die Schulaufsicht fehlt."
    assert (names(folder), sendings(desk), state(desk, family)) == ([], [], placements.DRAFT)


def test_consent_that_was_withdrawn_or_begins_tomorrow_is_none(desk: Desk, folder: Path) -> None:
    withdrawn, tomorrow = stored(desk), stored(desk, "Sesay")
    (consent,) = records(desk, withdrawn, RecordKind.CONSENT)
    set_value(desk, RecordKind.CONSENT, consent, "withdrawn_on", date(2026, 11, 26))
    (consent,) = records(desk, tomorrow, RecordKind.CONSENT)
    set_value(desk, RecordKind.CONSENT, consent, "given_on", date(2026, 11, 27))
    with pytest.raises(NothingToSend):
        send(desk, folder, withdrawn.request, tomorrow.request)
    assert names(folder) == []


def test_what_is_incomplete_is_left_out_and_said_why(desk: Desk, folder: Path) -> None:
    complete, lacking = stored(desk), stored(desk, "Sesay", sex=None, literacy=None)
    done = send(desk, folder, complete.request, lacking.request)
    assert [item.reason for item in done.left_out] == ["SP-2026-0002: Es fehlt noch: Geschlecht, Alphabetisiert."]
    assert "Sesay" not in everything_in(folder)
    assert (state(desk, complete), state(desk, lacking)) == (placements.SENT, placements.DRAFT)


def test_a_child_nobody_looks_for_a_place_for_is_left_out(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    set_value(desk, RecordKind.PERSON, family.child, "place_wanted", False)
    with pytest.raises(NothingToSend, match="kein Schulplatz gesucht"):
        send(desk, folder, family.request)
    assert state(desk, family) == placements.WITHDRAWN


def test_a_child_that_was_taken_out_is_left_out(desk: Desk, folder: Path) -> None:
    gone, here = stored(desk), stored(desk, "Sesay")
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, gone.child)))
    done = send(desk, folder, gone.request, here.request)
    assert [item.reason for item in done.left_out] == ["SP-2026-0001: Dieses Kind ist nicht mehr in der Akte."]
    with pytest.raises(RecordGone):
        desk.do(lambda work: exports.preview(work, gone.request))


def test_a_preview_shows_a_draft_and_enters_nothing(desk: Desk) -> None:
    family = stored(desk)
    (consent,) = records(desk, family, RecordKind.CONSENT)
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.CONSENT, consent)))
    pdf, touched = desk.do(lambda work: exports.preview(work, family.request))
    assert "Karim Haddad" in pdf_text(pdf)
    assert "Die Einwilligung der Sorgeberechtigten fehlt noch" in pdf_text(pdf)
    assert (touched, sendings(desk)) == (frozenset(), [])


@pytest.mark.parametrize("protection", ["shelter", "blocked"])
def test_a_protected_address_is_in_no_file_and_no_preview(desk: Desk, folder: Path, protection: str) -> None:
    family = stored(desk, strengths="hilft im Garten der verborgenengasse 99 a")
    (home,) = records(desk, family, RecordKind.ADDRESS)
    for key, value in {"street": "Verborgenengasse", "house_number": "99", "mailbox_name": "Klingelschild",
                       "district": "broich", "postal_code": "45479"}.items():  # fmt: skip
        set_value(desk, RecordKind.ADDRESS, home, key, value)
    set_value(desk, RecordKind.HOUSEHOLD, family.household, "phone", "0208 0009999")
    remark = "Wohnt Verborgenengasse 99 und kommt zu Fuß aus der VERBORGENENGASSE."
    set_value(desk, RecordKind.REQUEST, family.request, "remark_authority", remark)
    set_value(desk, RecordKind.PERSON, family.child, "sibling_school", "103834")
    wish = {"school": "103962"}
    desk.do(lambda work: intake.add(work, RecordKind.WISH, uuid4(), family.household, person=family.child, values=wish))
    set_value(desk, RecordKind.ADDRESS, home, "protection", protection)
    send(desk, folder, family.request)
    preview, _ = desk.do(lambda work: exports.preview(work, family.request))
    paper = pdf_text(preview)
    assert paper.count("über die Beratung") == 3, "telephone, the wish and the school of the siblings"
    assert not {"Oemberg", "Trooststr", "103834", "103962"} & set(re.findall(r"\w+", paper))
    told = (everything_in(folder) + paper).casefold()
    for name in desk.do(schools.names)[0].values():  # the list offers every school to choose from
        told = told.replace(name.casefold(), "")
    secrets = ("verborgenengasse", "klingelschild", "broich", "45479", "0009999", " 99 ")
    assert [part for part in secrets if part in told] == []
    assert "geschützt, wird nicht weitergegeben" in told
    assert "Wohnt [geschützt] und kommt zu Fuß".casefold() in told
    (pdf,) = (row for row in sendings(desk) if row.kind == "pdf")
    assert not {"street", "postal_code", "district", "phone"} & set(pdf.fields)


def test_a_siblings_protection_holds_for_a_child_living_elsewhere(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    (home,) = records(desk, family, RecordKind.ADDRESS)
    set_value(desk, RecordKind.ADDRESS, home, "protection", "shelter")
    own = {"street": "Nebenweg", "house_number": "3", "postal_code": "45468", "city": "Mülheim", "district": "mitte"}
    desk.do(
        lambda work: intake.add(work, RecordKind.ADDRESS, uuid4(), family.household, person=family.child, values=own)
    )
    send(desk, folder, family.request)
    told = everything_in(folder)
    assert not any(part in told for part in ("Nebenweg", "Lindenhof", "Styrum", ">Mitte<"))


def test_notes_and_file_numbers_stay_in_the_house(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    for key in ("internal_note", "emergency_name", "contact_name", "reachable"):
        set_value(desk, RecordKind.HOUSEHOLD, family.household, key, "Hausintern")
    send(desk, folder, family.request)
    told = everything_in(folder)
    assert "Hausintern" not in told
    assert re.search(r"(?<!SP-)2026-0001", told) is None


# --- the ledger


def test_the_ledger_says_who_when_to_whom_what_and_has_the_fingerprint_of_each_file(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    send(desk, folder, family.request)
    pdf, xlsx = sendings(desk)
    for row in (pdf, xlsx):
        content = (folder / row.file_name).read_bytes()
        assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert (row.at, row.by, row.recipient) == (desk.clock(), desk.user, "schulamt")
    assert (pdf.kind, xlsx.kind) == ("pdf", "xlsx")
    assert {"family_name", "birth_date", "street", "given_on"} <= set(pdf.fields)
    assert xlsx.fields == list(request_list.field_keys())
    assert {"family_name", "born", "measles"} <= set(xlsx.fields)
    assert not {"code", "request_id", "shipment", "school", "place"} & set(xlsx.fields)
    items, _ = desk.do(lambda work: list(work.session.scalars(select(SendingItem))))
    assert {(item.sending_id, item.request_id) for item in items} == {(row.id, family.request) for row in (pdf, xlsx)}
    told = {item.sending_id: item.content for item in items}
    assert told[xlsx.id] == {
        "number": "SP-2026-0001", "family_name": "Haddad", "given_name": "Karim", "born": "02.06.2013", "age": "13",
        "grade": "8", "nationality": "Syrien", "district": "Styrum", "family_languages": "Arabisch", "german": "A0",
        "years": "6 von 7", "last_grade": "6", "arrived": "21.09.2026", "days": "66", "measles": "ja",
    }  # fmt: skip
    assert told[pdf.id] is not None
    assert (told[pdf.id]["german"], told[pdf.id]["guardians"]) == ("A0, keine", "Rana Haddad")
    assert told[pdf.id]["address"] == "Lindenhof 12, 45476 Mülheim an der Ruhr"


def test_the_fingerprint_of_what_was_told_follows_the_facts_and_not_the_day(
    desk: Desk, folder: Path, clock: Any
) -> None:
    family = stored(desk)

    def last() -> str:
        send(desk, folder, family.request, pdf=False)
        items, _ = desk.do(lambda work: list(work.session.scalars(select(SendingItem).order_by(SendingItem.id))))
        known.append({item.id: item.content_sha256 for item in items})
        new = set(known[-1]) - set(known[-2])
        return known[-1][new.pop()]

    known: list[dict[UUID, str]] = [{}]
    first = last()
    clock.advance(minutes=5)
    assert last() == first
    set_value(desk, RecordKind.PERSON, family.child, "german_level", "A2")
    assert last() != first


def test_the_sending_is_in_the_audit_without_values(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    _, touched = desk.do(lambda work: exports.export_requests(work, Wanted([family.request], folder)))
    assert touched == {"placements"}


# --- when something is in the way


def test_a_folder_that_is_gone_is_said_and_nothing_is_marked(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    before = events(desk)
    folder.rmdir()
    with pytest.raises(TargetGone):
        send(desk, folder, family.request)
    assert (events(desk), sendings(desk), state(desk, family)) == (before, [], placements.COMPLETE)


def test_a_stick_pulled_half_way_is_said_and_nothing_is_marked(desk: Desk, folder: Path) -> None:
    family, other = stored(desk), stored(desk, "Sesay")

    def pull(step: str, done: int, total: int) -> None:
        if (step, done) == ("pdf", 1) and folder.exists():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    with pytest.raises(TargetGone):
        send(desk, folder, family.request, other.request, told=pull)
    assert (state(desk, family), sendings(desk)) == (placements.COMPLETE, [])


def test_a_read_only_folder_is_said_and_nothing_is_marked(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = stored(desk)
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # rights bind everybody but root

        def refuse(*_args: object, **_kwargs: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(TargetNotWritable):
        send(desk, folder, family.request)
    assert (names(folder), sendings(desk), state(desk, family)) == ([], [], placements.COMPLETE)


def test_a_disk_that_fills_up_at_the_second_file_leaves_no_file(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = stored(desk)
    second_person(desk)
    kept = os.fsync
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 2:  # the list and its folder arrived
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        kept(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        send(desk, folder, family.request)
    assert len(calls) > 2
    assert (names(folder), sendings(desk), state(desk, family)) == ([], [], placements.COMPLETE)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real medium of 40 KiB."""
    place = tmp_path / "tiny"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=40k", "trittstein-test", str(place)]
    if sys.platform != "linux" or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs Linux and the right to do it")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_medium_that_is_really_full_leaves_no_file(desk: Desk, tiny_disk: Path) -> None:
    requests = [stored(desk, f"Haddad {number}").request for number in range(3)]
    with pytest.raises(DiskFull):
        send(desk, tiny_disk, *requests)
    assert (names(tiny_disk), sendings(desk)) == ([], [])


@pytest.mark.parametrize(("step", "done"), [("xlsx", 1), ("pdf", 0), ("pdf", 1), ("pdf", 2)])
def test_cancelling_at_any_point_leaves_no_file_and_no_event(desk: Desk, folder: Path, step: str, done: int) -> None:
    requests = [stored(desk).request, stored(desk, "Sesay").request]
    before = events(desk)

    def stop(now: str, count: int, total: int) -> None:
        if (now, count) == (step, done):
            raise ExportCancelled

    with pytest.raises(ExportCancelled):
        send(desk, folder, *requests, told=stop)
    assert (names(folder), events(desk), sendings(desk)) == ([], before, [])


def test_files_go_away_again_when_the_ledger_cannot_be_kept(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = stored(desk)

    def refused(work: Work) -> None:
        exports.export_requests(work, Wanted([family.request], folder))
        assert len(names(folder)) == 3
        raise DiskFull

    with pytest.raises(DiskFull):
        desk.do(refused)
    assert (names(folder), sendings(desk), state(desk, family)) == ([], [], placements.COMPLETE)


@pytest.mark.parametrize("error", [TargetGone, TargetNotWritable, DiskFull, ExportCancelled, NothingToSend])
def test_each_refusal_is_told_in_german_sentences(error: type[WorldError]) -> None:
    words = str(error())
    assert words.endswith(".")
    assert words.count(".") <= 3
    assert "\n" not in words


# --- hostile text

HOSTILE = (
    "=1+1", "@SUM(1)", "+49 208", "-1", "<b>fett</b>", "</para>", '<img src="https://bild.example/x.png">', "A & B",
    "ab\u202egnirts", "W" * 10_000,
)  # fmt: skip
_TEXTS = {FieldType.TEXT, FieldType.LONG, FieldType.NAME}


def _poison(work: Work, family: StoredFamily, text: str) -> None:
    """Put ``text`` into every text of the file past all cleaning, as if an earlier version had let it in."""
    year: dict[str, Value] = {"school_year": "2019/20", "attended": True, "country": "475"}
    file = intake.add(work, RecordKind.SCHOOL_YEAR, uuid4(), family.household, person=family.child, values=year)
    for record in (file.household, *(row for rows in file.records.values() for row in rows)):
        row = work.session.get(RECORD_TABLES[record.kind], record.id)
        for key, field in fields_of(record.kind).items():
            if field.type in _TEXTS and key not in ("file_number", "number", "school_year", "until_year"):
                setattr(row, key, text)
    work.session.flush()


def test_hostile_text_in_every_field_stays_text_in_both_formats(desk: Desk, folder: Path) -> None:
    found = []
    for text in HOSTILE:
        family = stored(desk)
        desk.do(lambda work, family=family, text=text: _poison(work, family, text))
        found.append(family.request)
    done = send(desk, folder, *found)
    assert done.sent == len(HOSTILE)
    cells = {row["number"]: row for row in table(folder / f"Sendung-{DAY}-01.xlsx")}
    book = load_workbook(folder / f"Sendung-{DAY}-01.xlsx")
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    printed_of = {row["number"]: pdf_text(folder / f"Sendung-{DAY}-01-{row['place']}.pdf") for row in cells.values()}
    for number, text in enumerate(HOSTILE, 1):
        row = cells[f"SP-2026-{number:04d}"]
        assert {row["family_name"], row["given_name"], row["last_grade"]} == {text}
        printed = printed_of[f"SP-2026-{number:04d}"]
        assert printed.count("WWW" if text[0] == "W" else text.replace("\u202e", "")) >= 6
    picture = folder / f"Sendung-{DAY}-01-{cells['SP-2026-0007']['place']}.pdf"
    assert "bild.example" not in picture.read_bytes().decode("latin-1")
    assert any("gekürzt" in note for note in done.notes)


# --- many


def _many(work: Work, family: StoredFamily, count: int) -> list[UUID]:
    """The family again and again, row by row, since taking in hundreds would only test patience."""
    file = families.load(work, family.household)
    everything = [file.household, *(row for rows in file.records.values() for row in rows)]
    requests = []
    for number in range(1, count):
        space = uuid4()
        for record in everything:
            original = work.session.get(RECORD_TABLES[record.kind], record.id)
            assert original is not None
            columns = {column.key: getattr(original, column.key) for column in original.__table__.columns}
            for key, value in columns.items():
                if isinstance(value, UUID) and not key.endswith("_by"):
                    columns[key] = uuid5(space, str(value))
            columns.pop("version")
            if record.kind is RecordKind.REQUEST:
                columns["number"] = f"SP-2026-{number + 1:04d}"
                requests.append(columns["id"])
            if record.kind is RecordKind.HOUSEHOLD:
                columns["file_number"] = f"2026-{number + 1:04d}"
            work.session.add(RECORD_TABLES[record.kind](**columns))
            if record.kind in (RecordKind.HOUSEHOLD, RecordKind.PERSON):
                work.session.flush()
    work.session.flush()
    return requests


def _resident() -> int:
    """Bytes of memory in use."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.long
def test_many_requests_report_progress_and_do_not_pile_up_in_memory(desk: Desk, folder: Path) -> None:
    count = 300
    family = stored(desk)
    requests, _ = desk.do(lambda work: [family.request, *_many(work, family, count)])
    heard: list[tuple[str, int, int]] = []
    used: dict[tuple[str, int], int] = {}

    def told(step: str, done: int, total: int) -> None:
        heard.append((step, done, total))
        if Path("/proc/self/statm").exists():
            used[step, done] = _resident()

    done = send(desk, folder, *requests, told=told)
    assert (done.sent, len(done.files)) == (count, count + 1)
    for step in ("xlsx", "pdf"):
        counts = [done for name, done, total in heard if name == step and total == count]
        assert counts == sorted(counts)
        assert (counts[-1], len(set(counts)) > count / 20) == (count, True)
    if used:
        assert used["pdf", count] - used["pdf", 50] < 60_000_000


def test_what_somebody_withdrew_does_not_leave(desk: Desk, folder: Path) -> None:
    family = stored(desk)
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.WITHDRAWN))
    with pytest.raises(NothingToSend, match="Die Anfrage ist zurückgezogen"):
        send(desk, folder, family.request)
    assert names(folder) == []


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (placements.ASSIGNED, "Das Kind hat schon einen Schulplatz"),
        (placements.ADMITTED, "Das Kind ist schon in der Schule"),
        (placements.CLOSED, "Die Anfrage ist abgeschlossen"),
    ],
)
def test_a_child_that_has_its_place_is_not_sent_once_more(desk: Desk, folder: Path, state: str, why: str) -> None:
    family = stored(desk)
    desk.do(lambda work: placement_deeds.step(work, [family.request], state))
    with pytest.raises(NothingToSend, match=why):
        send(desk, folder, family.request)
    assert names(folder) == []
