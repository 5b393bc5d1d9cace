"""The audit as it is read, and that every deed of the desk leaves what is to be read there."""

from __future__ import annotations

import ast
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import CodeType
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import NOW, ShutStore, StoredFamily, store_family, tamper
from offer_exchanging import walk_exchange
from offer_samples import walk_offers
from openpyxl import load_workbook
from sqlalchemy import select
from the_books import walk_books

import desk_app.casework
from desk_app.casework import (
    answer_review,
    answers,
    appointment_setup,
    appointments,
    audit,
    audit_log,
    booking_drafts,
    centre,
    day_closing,
    day_sheet_entry,
    deeds,
    duplicates,
    earlier_wishes,
    exports,
    families,
    feedback,
    follow_ups,
    households,
    intake,
    left_words,
    letters,
    lists,
    merging,
    moving,
    notes,
    placement_deeds,
    placement_lines,
    placements,
    preview,
    schools,
    transitions,
    users,
    visits,
)
from desk_app.casework.answer_match import Problem
from desk_app.casework.answer_rows import AnswerPreview, AnswerRow
from desk_app.casework.answer_rows import Group as Answers
from desk_app.casework.audit_log import Line, Wanted
from desk_app.casework.audit_words import DEEDS, Group
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.centre import Centre
from desk_app.domain.errors import NotAllowed, NothingToSend, TargetGone
from desk_app.domain.field_catalogue import fields_of
from desk_app.domain.lists import Narrowing
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.roles import MAY, Role
from desk_app.domain.schools import School
from desk_app.storage.tables import RECORD_TABLES, AuditEntry, CentreSetting, User
from desk_app.storage.tables import School as SchoolRow

NEVER_SAID = ("Haddad", "Karim", "Rana", "Lindenhof", "0208 000000", "Aleppo")
"""What the family in these tests is called, where it lives and what else must never stand in the audit."""


EVERYTHING = Wanted()


def lines(desk: Desk, wanted: Wanted = EVERYTHING) -> list[str]:
    return [line.sentence for line in read(desk, wanted)]


def read(desk: Desk, wanted: Wanted = EVERYTHING) -> tuple[Line, ...]:
    return desk.do(lambda work: audit_log.read(work, wanted, most=1000))[0].lines


# --- every deed leaves its entries


class Walk:
    """Does deeds one by one and holds the rows each of them changed against the entries it left."""

    _ASIDE = frozenset(
        {"id", "household_id", "person_id", "created_at", "created_by", "changed_at", "changed_by", "version"}
        | {"search_form", "position", "number"}
    )
    _TABLES = (*RECORD_TABLES.values(), User, CentreSetting, SchoolRow)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, UUID], dict[str, Any]] | None = None
        """The rows as the deed before left them: nothing writes in between."""

    def do(self, deed: Callable[[Work], Any]) -> Any:
        before, seen = self._rows() if self._known is None else self._known, self._newest()
        done = self._desk.do(deed)[0]
        entries = self.entries(seen)
        self._known = self._rows()
        for key, row in self._known.items():
            changed = {name for name, value in row.items() if value != before.get(key, {}).get(name)}
            if changed:
                self._said(key, changed - self._ASIDE, entries)
        told = [(entry.deed, entry.subject, tuple(entry.fields)) for entry in entries if entry.subject]
        assert len(told) == len(set(told)), "an entry was written twice"
        return done

    @staticmethod
    def _said(key: tuple[str, UUID], changed: set[str], entries: list[AuditEntry]) -> None:
        table, id_ = key
        about = [entry for entry in entries if id_ == entry.subject]
        if table == "school":  # a whole table read in is one entry
            about += [entry for entry in entries if entry.deed == "schools.kept"]
        if table == "centre_setting":  # what a calendar was told is part of telling it
            about += [entry for entry in entries if entry.deed == "calendar.exported"]
        assert about, f"{table} was changed without an entry"
        kind = next((kind for kind, row in RECORD_TABLES.items() if row.__tablename__ == table), None)
        if kind is not None:
            named = {name for entry in about for name in entry.fields}
            assert changed & set(fields_of(kind)) <= named, f"{table}: {changed - named}"

    def _rows(self) -> dict[tuple[str, UUID], dict[str, Any]]:
        def look(work: Work) -> dict[tuple[str, UUID], dict[str, Any]]:
            return {
                (table.__tablename__, row["id"]): dict(row)
                for table in self._TABLES
                for row in work.session.execute(select(table.__table__)).mappings()
            }

        return self._desk.do(look)[0]

    def entries(self, after: int = 0) -> list[AuditEntry]:
        query = select(AuditEntry).where(AuditEntry.sequence > after)
        return list(self._desk.do(lambda work: work.session.scalars(query).all())[0])

    def _newest(self) -> int:
        return self._desk.do(lambda work: audit.count(work.session))[0]


def all_deeds(desk: Desk, next_day: Callable[[], object], folder: Path) -> StoredFamily:
    """Everything the desk can write, in one long day and the next."""
    walk = Walk(desk)
    family = walk.do(store_family)
    home, child = Ref(RecordKind.HOUSEHOLD, family.household), Ref(RecordKind.PERSON, family.child)
    walk.do(lambda work: intake.add_person(work, uuid4(), family.household, "child"))
    walk.do(lambda work: intake.add_sibling(work, uuid4(), family.child))
    walk.do(lambda work: intake.take_over(work, family.household, {home: {"email": "a@b.example"}}, []))
    walk.do(lambda work: intake.set_value(work, child, "given_name", "Kerim"))
    walk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, family.mother)))
    walk.do(lambda work: intake.restore(work, Ref(RecordKind.PERSON, family.mother)))
    walk.do(lambda work: intake.finish(work, family.household))
    walk.do(lambda work: intake.reopen(work, family.household))
    walk.do(lambda work: families.look_into(work, family.household))
    walk.do(lambda work: preview.pages_to_print(work, family.request))
    walk.do(lambda work: exports.export_requests(work, exports.Wanted([family.request], folder)))
    walk.do(lambda work: placements.record_event(work, family.request, "query"))
    walk.do(lambda work: centre.save(work, Centre(name="Neues Zentrum")))
    table = folder / "Haddad.csv"
    table.write_text("Schulnummer;Name\n191234;Schule am Fluss\n", encoding="utf-8")
    walk.do(lambda work: schools.import_table(work, table))
    walk.do(lambda work: schools.save(work, School("191234", "Schule am See")))
    walk.do(lambda work: schools.remove(work, "191234"))
    walk.do(lambda work: schools.restore(work, "191234"))
    colleague = uuid4()
    walk.do(lambda work: users.add(work, colleague, "Jonas Adeyemi", Role.RECEPTION))
    walk.do(lambda work: users.rename(work, colleague, "Jonas Anders"))
    walk.do(lambda work: users.set_role(work, colleague, Role.COUNSEL))
    walk.do(lambda work: users.remove(work, colleague))
    _beside_the_answers(walk, family)
    _merged_and_apart(walk, family)
    _by_rules_and_advice(walk)
    walk_offers(walk, family)
    walk_exchange(walk, folder)
    _at_the_desk(walk, family)
    walk_books(walk, family, NOW + timedelta(days=11), folder)
    next_day()
    street = walk.do(lambda work: families.load(work, family.household)).all(RecordKind.ADDRESS)[0].ref
    walk.do(lambda work: intake.set_value(work, street, "street", "Uferweg"))
    walk.do(audit_log.open_log)
    walk.do(lambda work: audit_log.export(work, Wanted(), folder))
    walk.do(lambda work: audit_log.to_print(work, Wanted()))
    return family


def _beside_the_answers(walk: Walk, family: StoredFamily) -> None:
    """Notes, what to look at again, and turns in the life of the family."""
    home = family.household
    note = notes.Draft(uuid4(), home, "Karim mag Mathe", "call", NOW, family.child, family.request)
    walk.do(lambda work: notes.keep(work, note))
    walk.do(lambda work: notes.keep(work, replace(note, words="Karim mag Musik", kind="visit")))
    walk.do(lambda work: notes.keep(work, replace(note, id=uuid4(), words="Karim singt", corrects=note.id)))
    walk.do(lambda work: notes.remove(work, note.id))
    walk.do(lambda work: notes.restore(work, note.id))
    again = follow_ups.Draft(uuid4(), home, "Karim fragen", NOW.date())
    walk.do(lambda work: follow_ups.keep(work, again))
    walk.do(lambda work: follow_ups.keep(work, replace(again, words="Rana fragen", person=family.mother)))
    walk.do(lambda work: follow_ups.set_done(work, [again.id]))
    walk.do(lambda work: follow_ups.set_done(work, [again.id], done=False))
    walk.do(lambda work: follow_ups.remove(work, again.id))
    walk.do(lambda work: follow_ups.restore(work, again.id))
    walk.do(lambda work: letters.missing_letter(work, home, NOW.date()))
    walk.do(lambda work: letters.missing_letter(work, home, NOW.date() + timedelta(days=7)))
    walk.do(lambda work: households.confirm(work, home))
    walk.do(lambda work: households.set_talk(work, family.mother, ["ar"], ["ar"], "arabic"))
    walk.do(lambda work: households.set_deceased(work, family.mother, deceased=True))
    walk.do(lambda work: households.set_deceased(work, family.mother, deceased=False))
    walk.do(lambda work: households.move_away(work, home, NOW.date(), "Aleppo"))
    walk.do(lambda work: households.come_back(work, home, NOW.date()))
    quiet, kept = Narrowing(conditions=frozenset({"quiet_30"})), uuid4()
    walk.do(lambda work: lists.keep(work, kept, "families", "Still", quiet))
    walk.do(lambda work: lists.rename(work, kept, "Lange still"))
    walk.do(lambda work: lists.remove(work, kept))
    walk.do(lambda work: lists.restore(work, kept))
    youngest, there = uuid4(), uuid4()
    walk.do(lambda work: intake.add_sibling(work, youngest, family.child))
    walk.do(lambda work: moving.move_child(work, moving.Move(youngest, there, NOW.date())))
    walk.do(lambda work: moving.move_child(work, moving.Move(youngest, home, NOW.date(), with_guardians=False)))


def _merged_and_apart(walk: Walk, family: StoredFamily) -> None:
    """The same family taken in twice: made one, apart, one again; and two who were told apart."""
    twin = walk.do(lambda work: store_family(work, "Haddad", birth_place="Homs"))
    day = NOW.date()
    for place, each in enumerate((family, twin)):
        for kind, values in (
            (RecordKind.LANGUAGE, {"language": "ku", "level": "b1" if place else None}),
            (RecordKind.CONSENT, {"recipient": "school", "given_on": day, "withdrawn_on": day if place else None}),
            (RecordKind.ADDRESS, {"street": f"Lindenhof {place}"}),
        ):  # fmt: skip
            walk.do(lambda work, kind=kind, each=each, values=values: intake.add(
                work, kind, uuid4(), each.household, person=each.child, values=values))  # fmt: skip
    walk.do(lambda work: duplicates.dismiss(work, family.mother, twin.mother))
    walk.do(lambda work: duplicates.take_back(work, family.mother, twin.mother))
    outcome = walk.do(lambda work: merging.merge(work, family.child, twin.child))
    undone = walk.do(lambda work: deeds.undo(work, outcome.deed))
    walk.do(lambda work: deeds.undo(work, undone.way_back))
    pairs = ((family.mother, twin.mother),)
    outcome = walk.do(lambda work: merging.merge(work, family.household, twin.household, merging.Choices(pairs=pairs)))
    walk.do(lambda work: deeds.undo(work, outcome.deed))


def _by_rules_and_advice(walk: Walk) -> None:
    """Follow-ups that come, move and go by themselves, and advice on a change of school."""
    family = walk.do(lambda work: store_family(work, "Serban"))

    def step(state: str, **facts: object) -> UUID:
        told = StepFacts(**facts)  # type: ignore[arg-type]  # each step has its own
        deed = walk.do(lambda work: placement_deeds.step(work, [family.request], state, told))
        walk.do(lambda work: placement_lines.catch_up(work))
        return deed

    step("query")
    step("query", happened_on=NOW.date() - timedelta(days=1))
    answered = step("waiting_list")
    walk.do(lambda work: deeds.undo(work, answered))
    walk.do(lambda work: placement_lines.catch_up(work))
    step("assigned", starts_on=NOW.date())
    lines = walk.do(lambda work: follow_ups.of_family(work, family.household))
    asked = next(line.id for line in lines if line.rule == "feedback")
    walk.do(lambda work: feedback.not_begun(work, asked))
    walk.do(lambda work: feedback.begun(work, asked))
    advice = transitions.Draft(uuid4(), family.household, family.child, {"words": "Karim mag Mathe"})
    walk.do(lambda work: transitions.keep(work, advice))
    walk.do(lambda work: transitions.keep(work, replace(advice, values={"kind": "to_secondary"})))
    walk.do(lambda work: transitions.remove(work, advice.id))
    walk.do(lambda work: transitions.restore(work, advice.id))
    unclear = AnswerRow(0, Answers.UNCLEAR, "Anfragen!T9", "", "", problem=Problem.UNKNOWN, texts={"remark": "Kerim"})
    walk.do(lambda work: answers.take(work, AnswerPreview((unclear,), "0" * 64, ()), ()))
    waiting = walk.do(answer_review.review)[0]
    walk.do(lambda work: answer_review.settle(work, waiting.id, None))


def _at_the_desk(walk: Walk, family: StoredFamily) -> None:
    """Who comes and how it ends, the sheet of a day, and an earlier date."""
    walk.do(lambda work: appointment_setup.settle(work))
    setup = walk.do(appointment_setup.read)
    kind, home = setup.kinds[0].id, family.household
    guest = visits.WalkIn(uuid4(), name="Kerim", language="ar")
    walk.do(lambda work: visits.walk_in(work, guest))
    walk.do(lambda work: visits.change(work, replace(guest, kind=kind)))
    walk.do(lambda work: visits.set_topic(work, guest.id, setup.kinds[1].id))
    walk.do(lambda work: visits.set_priority(work, guest.id, 1, "Karim weint"))
    walk.do(lambda work: visits.link(work, guest.id, home))
    walk.do(lambda work: visits.call(work, guest.id))
    talk = walk.do(lambda work: visits.step(work, guest.id, "in_talk", seat=setup.seats[0].id))
    walk.do(lambda work: deeds.undo(work, talk))
    walk.do(lambda work: day_closing.settle_all(work, NOW.date()))
    later = NOW + timedelta(days=7)
    held = walk.do(lambda work: appointments.book(work, appointments.Booking(uuid4(), later, home, kind=kind)))
    walk.do(lambda work: booking_drafts.keep(work, {"typed": "Familie Haddad"}))
    walk.do(lambda work: left_words.keep(work, "gap", "Schwimmkurs"))
    wish = earlier_wishes.Wish(uuid4(), appointment=held, words="Rana hat nachmittags Zeit")
    walk.do(lambda work: earlier_wishes.keep(work, wish))
    walk.do(lambda work: earlier_wishes.keep(work, replace(wish, household=home, kind=kind, phone="0208 000000")))
    off = walk.do(lambda work: appointments.book(work, appointments.Booking(uuid4(), later - timedelta(days=2), home)))
    walk.do(lambda work: appointments.cancel(work, off, "family", "Karim ist krank"))
    chance = walk.do(earlier_wishes.chances)[0]
    walk.do(lambda work: earlier_wishes.offer(work, wish.id, chance.slot))
    walk.do(lambda work: earlier_wishes.decline(work, wish.id))
    walk.do(lambda work: earlier_wishes.offer(work, wish.id, chance.slot))
    walk.do(lambda work: earlier_wishes.accept(work, wish.id))
    walk.do(lambda work: earlier_wishes.remove(work, wish.id))
    come = walk.do(lambda work: appointments.book(work, appointments.Booking(uuid4(), NOW + timedelta(hours=4), home)))
    entry = day_sheet_entry.Entry(come, "late", 10, setup.kinds[1].id, later + timedelta(days=7), words="Karim singt")
    walk.do(lambda work: day_sheet_entry.enter(work, [entry]))


@dataclass(frozen=True)
class Walked:
    """A shut store in which every deed was done once, its folder of files, and which functions did it."""

    store: Path
    files: Path
    family: StoredFamily
    functions: frozenset[str]


@pytest.fixture(scope="session")
def walked(shut_store: ShutStore, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = tmp_path_factory.mktemp("walked")
    shutil.copytree(shut_store.folder, folder / "store")
    (folder / "files").mkdir()
    days = [0]
    desk = shut_store.open_at(folder / "store", lambda: NOW + timedelta(days=days[0]))
    called: set[CodeType] = set()
    sys.settrace(lambda frame, _event, _arg: called.add(frame.f_code))  # None: its lines need no telling
    try:
        family = all_deeds(desk, lambda: days.append(days.pop() + 1), folder / "files")
    finally:
        sys.settrace(None)
        desk.close()
    names = (f"{Path(code.co_filename).stem}.{code.co_name}" for code in called if "casework" in code.co_filename)
    return Walked(folder / "store", folder / "files", family, frozenset(names))


@pytest.fixture
def full(walked: Walked, shut_store: ShutStore, tmp_path: Path) -> Iterator[tuple[Desk, StoredFamily, Path]]:
    """A desk over that store."""
    shutil.copytree(walked.store, tmp_path / "full")
    shutil.copytree(walked.files, tmp_path / "files")
    desk = shut_store.open_at(tmp_path / "full", lambda: NOW + timedelta(days=1))
    yield desk, walked.family, tmp_path / "files"
    desk.close()


_NOT_WALKED = {
    "numbers._next": "a running number is part of the record that gets it",
    "audit._noted": "the note is part of the entry",
    "bring_in_profiles.keep": "what columns mean is part of reading a list in, see tests/casework/test_bring_in.py",
    "offer_exchange._there_again": "part of reading in what was taken out before, see test_offer_exchange.py",
    "offers.renew": "only another edition of the program does it, see tests/casework/test_offer_shipping.py",
    "offer_versions.rewrite_first": "part of offers.renew",
    "taking_back._bring_back": "no deed of the desk deletes a row for good, tests/casework/test_deeds.py tries it",
}


def test_every_deed_that_writes_is_walked_and_leaves_its_entries(
    walked: Walked, full: tuple[Desk, StoredFamily, Path]
) -> None:
    desk = full[0]
    assert writers() - walked.functions - set(_NOT_WALKED) == set()
    said = repr([(entry.deed, entry.kind, entry.fields) for entry in Walk(desk).entries()])
    assert not [value for value in (*NEVER_SAID, "Kerim", "Uferweg", "a@b.example") if value in said]
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None


def writers() -> set[str]:
    """The functions of casework that add, change or take out rows themselves; invented data and indexes aside."""
    found = set()
    for path in Path(desk_app.casework.__file__).parent.glob("*.py"):
        if path.stem.startswith(("demo", "search", "desk")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and _writes(node):
                found.add(f"{path.stem}.{node.name}")
    return found


def _writes(function: ast.FunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr in ("add", "add_all", "delete", "merge") and owner.endswith("session"):
                return True
            if node.func.attr == "touch" and owner == "work":
                return True
    return False


# --- words


def test_every_deed_of_the_table_has_its_words_and_its_kind() -> None:
    assert set(DEEDS) == set(MAY)


def test_the_log_reads_as_sentences_without_names_of_the_family(full: tuple[Desk, StoredFamily, Path]) -> None:
    desk, _family, _folder = full
    said = lines(desk)
    for expected in (
        "Carla Brandt hat in 2026-0001 die Akte geöffnet",
        "Carla Brandt hat in 2026-0001 Kind 1: Vorname (Rufname) geändert",
        "Carla Brandt hat in 2026-0001 Mutter herausgenommen",
        "Carla Brandt hat in 2026-0001 Kind 1, Anfrage SP-2026-0001 gedruckt",
        "Carla Brandt hat in 2026-0001 PDF an: Schulamt, 1 Anfrage als Datei ausgegeben",
        "Carla Brandt hat in 2026-0001 Anschrift: Wohnte dort bis geändert",
        "Carla Brandt hat die Rolle von Jonas Anders geändert",
    ):
        assert expected in said
    assert not [value for value in (*NEVER_SAID, "Kerim") if value in repr(said)]


def test_a_file_read_in_is_known_by_its_fingerprint_and_rows_not_by_its_name(
    full: tuple[Desk, StoredFamily, Path],
) -> None:
    desk, _family, folder = full
    entry = next(entry for entry in Walk(desk).entries() if entry.deed == "schools.read_in")
    sha256 = hashlib.sha256((folder / "Haddad.csv").read_bytes()).hexdigest()
    assert entry.fields == ["rows:2", f"sha256:{sha256}"]


def test_a_sending_entered_by_the_first_version_is_found_as_well(full: tuple[Desk, StoredFamily, Path]) -> None:
    desk, family, _folder = full
    tamper(desk, "UPDATE audit SET kind = 'request' WHERE deed = 'export.written'")
    found = [line for line in read(desk) if "als Datei ausgegeben" in line.what and line.household]
    assert {line.household for line in found} == {family.household}


# --- filters and pages


def test_filters_narrow_the_log_down(full: tuple[Desk, StoredFamily, Path]) -> None:
    desk, family, _folder = full
    other = desk.do(lambda work: intake.start(work, uuid4()))[0].household
    everything = read(desk)
    for group in Group:
        found = read(desk, Wanted(groups=frozenset({group})))
        assert [line for line in everything if line.group == group.label] == list(found)
    assert {line.group for line in read(desk, Wanted(groups=frozenset({Group.IN, Group.OUT})))} == {
        "Hereingekommen", "Nach draußen",
    }  # fmt: skip
    theirs = read(desk, Wanted(file_number="2026-0001"))
    assert theirs
    assert {line.household for line in theirs} == {family.household}
    assert [line.what for line in theirs if "als Datei" in line.what]
    assert {line.household for line in read(desk, Wanted(file_number=other.text("file_number")))} == {other.id}
    assert read(desk, Wanted(file_number="2026-9999")) == ()
    assert read(desk, Wanted(by=uuid4())) == ()
    assert read(desk, Wanted(by=desk.user)) == everything


def test_days_are_days_in_germany_and_both_belong_to_the_range(desk: Desk, clock: Any) -> None:
    clock.set(datetime(2026, 11, 27, 22, 59, tzinfo=UTC))  # 23:59 in Germany
    desk.do(lambda work: intake.start(work, uuid4()))
    clock.advance(minutes=2)
    desk.do(lambda work: intake.start(work, uuid4()))
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    assert {line.file_number for line in read(desk, Wanted(first_day=friday, last_day=friday))} == {"2026-0001"}
    assert {line.file_number for line in read(desk, Wanted(first_day=saturday))} == {"2026-0002"}
    assert {line.file_number for line in read(desk, Wanted(last_day=date(2026, 11, 26)))} == {""}
    clock.set(NOW)  # a clock that was put back
    desk.do(lambda work: intake.start(work, uuid4()))
    assert "2026-0003" not in {line.file_number for line in read(desk, Wanted(first_day=friday))}
    assert "2026-0003" in {line.file_number for line in read(desk, Wanted(last_day=date(2026, 11, 26)))}


def test_pages_follow_one_another_without_gap_or_overlap(desk: Desk) -> None:
    desk.do(store_family)
    found: list[int] = []
    before, more = None, True
    while more:
        page = desk.do(lambda work, before=before: audit_log.read(work, before=before, most=7))[0]
        found += [line.sequence for line in page.lines]
        before, more = page.lines[-1].sequence, page.more
    assert found == list(range(len(found), 0, -1))
    assert len(found) == desk.do(lambda work: audit.count(work.session))[0]


# --- who may, and taking it out


def test_only_the_leitung_reads_and_takes_out_the_log(desk: Desk, tmp_path: Path) -> None:
    with desk.vault.session() as session:
        session.get_one(User, desk.user).role = Role.COUNSEL
    for deed in (
        audit_log.open_log,
        audit_log.read,
        lambda work: audit_log.check(work, audit.Followed(), 5),
        lambda work: audit_log.export(work, Wanted(), tmp_path),
    ):
        with pytest.raises(NotAllowed):
            desk.do(deed)
    assert not list(tmp_path.glob("*.xlsx"))


def test_the_exported_list_holds_what_was_filtered_and_is_entered_itself(
    full: tuple[Desk, StoredFamily, Path],
) -> None:
    desk, _family, folder = full
    wanted = Wanted(groups=frozenset({Group.OUT}), file_number="2026-0001", by=desk.user)
    expected = read(desk, wanted)
    done = desk.do(lambda work: audit_log.export(work, wanted, folder))[0]
    assert (done.path.name, done.entries, done.shortened) == ("Protokoll_2026-11-27-2.xlsx", len(expected), False)
    sheet = load_workbook(done.path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "Nr.")
    assert [row[0] for row in rows[head + 1 :]] == [line.sequence for line in expected]
    assert [row[6] for row in rows[head + 1 :]] == [line.what for line in expected]
    assert "Akte 2026-0001 · Nach draußen" in str(rows[1][0])
    assert not [value for value in NEVER_SAID if value in repr(rows)]
    newest = read(desk)[0]
    sha256 = hashlib.sha256(done.path.read_bytes()).hexdigest()
    assert newest.what.startswith("das Protokoll als Datei ausgegeben")
    assert f"sha256:{sha256}" in Walk(desk).entries()[-1].fields


def test_nothing_to_take_out_and_a_folder_that_is_gone_make_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToSend, match="keine Einträge"):
        desk.do(lambda work: audit_log.export(work, Wanted(by=uuid4()), tmp_path))
    with pytest.raises(TargetGone):
        desk.do(lambda work: audit_log.export(work, Wanted(), tmp_path / "fort"))
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_long_log_is_taken_out_from_the_newest_and_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "MOST_EXPORTED", 2)
    done = desk.do(lambda work: audit_log.export(work, Wanted(), tmp_path))[0]
    assert (done.entries, done.shortened) == (2, True)
    assert "Ältere Einträge" in str(load_workbook(done.path).active["A3"].value)
