"""Old lists against a real store: what is new, what is known, what differs, and the way back. Everybody is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from openpyxl import Workbook
from sqlalchemy import func, select

from desk_app.casework import (
    audit,
    bring_in,
    bring_in_profiles,
    deeds,
    families,
    intake,
    merging,
    placement_list,
    search,
    search_index,
)
from desk_app.casework.bring_in import Choice, Decision, Outcome
from desk_app.casework.bring_in_plan import Preview, State
from desk_app.casework.desk import Desk, Work
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import ImportStopped
from desk_app.domain.list_reading import read_list
from desk_app.domain.list_reading_layout import Grouping, Layout, guess
from desk_app.domain.list_reading_sheet import Book
from desk_app.domain.records import FamilyFile, RecordKind, Ref
from desk_app.storage.tables import AuditEntry, DeedRow, Household, Person

TODAY = date(2026, 11, 26)
HEAD = ("Name, Vorname", "Geb.", "m/w", "Adresse", "Telefon", "Mutter", "Sprache", "Bemerkung")
KAYA = (
    ("Kaya, Ela", "5.5.2016", "w", "Allee 7, 45468 Mülheim", "0176 000002", "Kaya, Fatma", "Türkisch", "ruhig"),
    ("Kaya, Can", "6.6.2018", "m", "Allee 7, 45468 Mülheim", "0176 000002", "Kaya, Fatma", "Türkisch", ""),
)
KARIM = ("Haddad, Karim", "2.6.2013", "m", "", "0208 000000", "Haddad, Rana", "", "")


def a_list(folder: Path, *rows: Sequence[object], head: Sequence[object] = HEAD, name: str = "alt.xlsx") -> Path:
    book = Workbook()
    book.active.title = "Liste"
    for row in (head, *rows):
        book.active.append(list(row))
    book.save(folder / name)
    return folder / name


def looked_at(work: Work, path: Path) -> tuple[Preview, Layout, Book]:
    book = bring_in.read(path)
    layout = guess(book.sheets[0], TODAY)
    return bring_in.preview(work, read_list(book.sheets[0], layout, TODAY), book), layout, book


def preview(desk: Desk, path: Path) -> Preview:
    return desk.do(lambda work: looked_at(work, path)[0])[0]


def take(desk: Desk, found: Preview, decisions: dict[int, Decision] | None = None, *, wanted: bool = False) -> Outcome:
    return desk.do(lambda work: bring_in.take_over(work, found, decisions or {}, wanted=wanted))[0]


def households(desk: Desk) -> list[FamilyFile]:
    def read(work: Work) -> list[FamilyFile]:
        ids = work.session.scalars(
            select(Household.id).where(Household.removed_at.is_(None)).order_by(Household.file_number)
        )
        return families.load_many(work, list(ids))

    return desk.do(read)[0]


def test_nothing_is_written_before_it_is_taken_over(desk: Desk, tmp_path: Path) -> None:
    found = preview(desk, a_list(tmp_path, *KAYA))
    assert [(plan.state, plan.family.name) for plan in found.plans] == [(State.NEW, "Kaya")]
    assert households(desk) == []


def test_a_new_family_becomes_a_finished_file_with_everything_the_list_says(desk: Desk, tmp_path: Path) -> None:
    outcome = take(desk, preview(desk, a_list(tmp_path, *KAYA)))

    (file,) = households(desk)
    assert outcome.words == "Alte Liste: 1 Familie mit 3 Personen neu, 0 ergänzt"
    assert file.household.text("family_name") == "Kaya"
    assert file.household.text("phone") == "0176 000002"
    assert file.household.get("intake_open") is False
    assert file.household.day("delete_on") is not None
    assert file.household.text("internal_note").splitlines() == [
        "Aus einer alten Liste geholt am 26.11.2026 (Liste!A2)", "Bemerkung: ruhig",
    ]  # fmt: skip
    (home,) = file.all(RecordKind.ADDRESS)
    assert (home.text("street"), home.text("house_number"), home.text("city")) == ("Allee", "7", "Mülheim")
    assert [(row.text("given_name"), row.text("role"), row.get("sex")) for row in file.persons] == [
        ("Ela", "child", "w"), ("Fatma", "mother", None), ("Can", "child", "m"),
    ]  # fmt: skip
    assert [row.text("language") for row in file.all(RecordKind.LANGUAGE)] == ["tr"]
    found = desk.do(lambda work: families.listing(work, "kaya fatma"))[0]
    assert [row.name for row in found] == ["Kaya"]


def test_children_of_old_lists_wait_for_no_place_unless_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    found = preview(desk, a_list(tmp_path, *KAYA))
    take(desk, found)
    assert desk.do(placement_list.listing)[0] == ()
    desk.do(lambda work: deeds.undo(work, deeds.recent(work)[0].id))
    take(desk, preview(desk, a_list(tmp_path, *KAYA)), wanted=True)
    assert [row.name for row in desk.do(placement_list.listing)[0]] == ["Ela Kaya", "Can Kaya"]


def test_the_same_file_again_changes_nothing_and_is_recognised(desk: Desk, tmp_path: Path) -> None:
    path = a_list(tmp_path, *KAYA)
    take(desk, preview(desk, path))
    before = households(desk)

    again = preview(desk, path)

    assert again.before == "26.11.2026"
    assert [plan.state for plan in again.plans] == [State.SAME]
    assert take(desk, again).deed is None
    assert households(desk) == before


def test_what_is_missing_is_filled_and_what_differs_is_only_shown(desk: Desk, tmp_path: Path) -> None:
    stored = desk.do(store_family)[0]
    head = (*HEAD, "Geburtsort", "Klasse")
    path = a_list(tmp_path, (*KARIM[:4], "0208 999", *KARIM[5:], "Homs", "7"), head=head)
    (plan,) = preview(desk, path).plans
    assert plan.household == stored.household
    assert plan.state is State.CONFLICT
    assert plan.against is not None
    assert [(one.label, one.ours, one.theirs, one.cell) for one in plan.against.shown] == [
        ("Telefon", "0208 000000", "0208 999", "Liste!E2"),
        ("Geburtsort", "Aleppo", "Homs", "Liste!I2"),
        ("Letzte besuchte Klasse", "6", "7", "Liste!J2"),
    ]

    (_phone, place, _grade) = (one.key for one in plan.against.shown)
    take(desk, preview(desk, path), {0: Decision(Choice.SAME, stored.household, frozenset({place}))})

    (file,) = households(desk)
    assert file.household.text("phone") == "0208 000000"
    assert file.person(stored.child).text("birth_place") == "Homs"
    assert file.household.text("internal_note").splitlines() == [
        "Telefon von Familie laut Liste: 0208 999", "Letzte besuchte Klasse von Karim Haddad laut Liste: 7",
    ]  # fmt: skip


def test_empty_answers_are_filled_and_new_siblings_added(desk: Desk, tmp_path: Path) -> None:
    stored = desk.do(lambda work: store_family(work, birth_place=None))[0]
    head = (*HEAD, "Geburtsort")
    rows = ((*KARIM, "Homs"), ("Haddad, Lina", "3.4.2015", "w", "", "0208 000000", "Haddad, Rana", "", "", ""))
    (plan,) = preview(desk, a_list(tmp_path, *rows, head=head)).plans
    assert plan.state is State.CHANGED
    outcome = take(desk, preview(desk, a_list(tmp_path, *rows, head=head)))
    (file,) = households(desk)
    assert (outcome.new, outcome.changed) == (0, 1)
    assert file.person(stored.child).text("birth_place") == "Homs"
    assert [row.text("given_name") for row in file.persons] == ["Rana", "Karim", "Lina"]


@pytest.mark.parametrize(
    ("name", "birth"),
    [
        ("Hadad, Kareem", "2.6.2013"),  # sounds alike
        ("Haddad, Karim", "6.2.2013"),  # day and month turned round
        ("Haddad, Karim", "2013"),  # known only by the year
        ("Karim, Haddad", "2.6.2013"),  # names turned round: the same words, so the same person
    ],
)
def test_who_may_be_known_is_asked_about_and_stays_out_until_then(
    desk: Desk, tmp_path: Path, name: str, birth: str
) -> None:
    stored = desk.do(store_family)[0]
    found = preview(desk, a_list(tmp_path, (name, birth, *KARIM[2:])))
    (plan,) = found.plans
    households_shown = [one.household for one in plan.possible] or [plan.household]
    assert households_shown == [stored.household]
    if plan.possible:
        assert bring_in.preset(plan) is None
        outcome = take(desk, found)
        assert (outcome.new, outcome.changed, outcome.left) == (0, 0, 1)
        taken = desk.do(lambda work: bring_in.compare(work, plan, stored.household))[0]
        assert taken.household == stored.household
        take(desk, found, {0: Decision(Choice.SAME, stored.household)})
        assert len(households(desk)) == 1


@pytest.mark.parametrize("name", ["Haddad, Karim", "حداد, كريم"])
def test_who_has_a_name_in_own_script_too_is_asked_about_by_either_name(desk: Desk, tmp_path: Path, name: str) -> None:
    stored = desk.do(store_family)[0]
    ref = Ref(RecordKind.PERSON, stored.child)
    desk.do(lambda work: intake.set_value(work, ref, "name_native_script", "كريم حداد"))
    (plan,) = preview(desk, a_list(tmp_path, (name, "2013", "m", "", "", "", "", ""))).plans
    assert [one.household for one in plan.possible] == [stored.household]


def test_a_stranger_of_the_same_birth_date_is_new(desk: Desk, tmp_path: Path) -> None:
    desk.do(store_family)
    (plan,) = preview(desk, a_list(tmp_path, ("Petrenko, Olena", "2.6.2013", "w", "", "", "", "", ""))).plans
    assert plan.state is State.NEW


def test_a_child_that_stands_twice_in_the_list_is_said(desk: Desk, tmp_path: Path) -> None:
    twice = ("Kaya, Ela", "5.5.2016", "w", "Weg 1, 45468 Mülheim", "0208 77", "", "", "")
    first, second = preview(desk, a_list(tmp_path, KAYA[0], twice)).plans
    assert (first.state, second.state, second.twin) == (State.NEW, State.ERROR, "Liste!A2")
    assert bring_in.preset(second) == Decision(Choice.LEAVE)


def test_taking_over_is_one_step_that_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    stored: StoredFamily = desk.do(lambda work: store_family(work, birth_place=None))[0]
    before = households(desk)
    rows = ((*KARIM, "Homs"), (*KAYA[0], "Izmir"))
    outcome = take(desk, preview(desk, a_list(tmp_path, *rows, head=(*HEAD, "Geburtsort"))))
    assert [line.words for line in desk.do(deeds.recent)[0]] == ["Alte Liste: 1 Familie mit 2 Personen neu, 1 ergänzt"]
    assert outcome.deed is not None
    deed = outcome.deed
    desk.do(lambda work: deeds.undo(work, deed))
    (file,) = households(desk)
    assert file.person(stored.child).get("birth_place") is None
    assert [row.text("given_name") for row in file.persons] == [row.text("given_name") for row in before[0].persons]


def test_stopping_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    found = preview(desk, a_list(tmp_path, *KAYA))

    def stop(_done: int, _total: int) -> None:
        raise ImportStopped

    with pytest.raises(ImportStopped):
        desk.do(lambda work: bring_in.take_over(work, found, {}, told=(stop, stop)))
    assert households(desk) == []


@pytest.mark.parametrize("moment", range(6))
def test_stopping_while_it_is_kept_keeps_nothing_and_does_not_disturb_the_next_save(
    desk: Desk, tmp_path: Path, moment: int
) -> None:
    found = preview(desk, a_list(tmp_path, *KAYA))
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > moment:
            raise ImportStopped

    with pytest.raises(ImportStopped):
        desk.do(lambda work: bring_in.take_over(work, found, {}, told=(lambda *_report: None, stop)))
    assert households(desk) == []
    assert len(told) == moment + 1
    take(desk, found)
    assert len(households(desk)) == 1
    assert len(told) == moment + 1


def test_how_much_is_kept_only_grows_up_to_all_of_it(desk: Desk, tmp_path: Path) -> None:
    rows = [(f"Muster{n}, Kind", DateSpan.of_year(2015).show(), "w", f"Weg {n}", "", "", "", "") for n in range(40)]
    found = preview(desk, a_list(tmp_path, *rows))
    told: list[tuple[int, int]] = []

    def keeping(done: int, total: int) -> None:
        told.append((done, total))

    desk.do(lambda work: bring_in.take_over(work, found, {}, told=(lambda *_report: None, keeping)))
    assert told == sorted(told)
    assert {total for _done, total in told} == {40}
    assert 35 <= told[-1][0] <= 40


def test_the_audit_tells_of_the_file_by_its_fingerprint_and_of_each_family(desk: Desk, tmp_path: Path) -> None:
    found = preview(desk, a_list(tmp_path, *KAYA))
    take(desk, found)
    entries = desk.do(lambda work: [
        (entry.deed, entry.fields) for entry in work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))
    ][-2:])[0]  # fmt: skip
    assert [deed for deed, _fields in entries] == ["intake.started", "list.read_in"]
    assert entries[1][1] == ["rows:3", f"sha256:{found.sha256}"]
    assert not any("Kaya" in str(fields) for _deed, fields in entries)


def test_what_somebody_changed_since_the_preview_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    stored = desk.do(lambda work: store_family(work, birth_place=None))[0]
    found = preview(desk, a_list(tmp_path, (*KARIM, "Homs"), head=(*HEAD, "Geburtsort")))
    child = Ref(RecordKind.PERSON, stored.child)
    desk.do(lambda work: intake.set_value(work, child, "birth_place", "Aleppo"))
    take(desk, found)
    (file,) = households(desk)
    assert file.person(stored.child).text("birth_place") == "Aleppo"


def test_a_sender_s_columns_are_remembered(desk: Desk, tmp_path: Path) -> None:
    book = bring_in.read(a_list(tmp_path, ("Ela", "Kaya"), head=("Spalte A", "Name")))
    layout = guess(book.sheets[0], TODAY, 1).with_target(0, "child.given_name").with_target(1, "child.family_name")
    desk.do(lambda work: bring_in_profiles.keep(work, layout))
    next_one = bring_in.read(a_list(tmp_path, ("Lina", "Haddad"), head=("Spalte A", "Name"), name="neu.xlsx"))
    recalled, known = desk.do(lambda work: bring_in_profiles.recalled(work, guess(next_one.sheets[0], TODAY, 1)))[0]
    assert known
    assert [column.target for column in recalled.columns] == ["child.given_name", "child.family_name"]
    assert recalled.columns[0].samples == ("Lina",)
    assert recalled.grouping is Grouping(layout.grouping)


def test_many_families_get_numbers_in_a_row(desk: Desk, tmp_path: Path) -> None:
    rows = [(f"Muster{n}, Kind", DateSpan.of_year(2015).show(), "w", f"Weg {n}", "", "", "", "") for n in range(205)]
    take(desk, preview(desk, a_list(tmp_path, *rows)))
    numbers = [file.household.text("file_number") for file in households(desk)]
    assert numbers == [f"2026-{n:04d}" for n in range(1, 206)]
    assert desk.do(lambda work: work.session.scalar(select(func.count()).select_from(Person)))[0] == 205


def test_taking_back_leaves_a_family_somebody_went_on_with_and_can_be_done_again(desk: Desk, tmp_path: Path) -> None:
    outcome = take(desk, preview(desk, a_list(tmp_path, *KAYA, KARIM)))
    kaya, haddad = households(desk)
    child = Ref(RecordKind.PERSON, haddad.persons[0].id)
    desk.do(lambda work: intake.set_value(work, child, "birth_place", "Aleppo"))
    assert outcome.deed is not None
    deed = outcome.deed

    undone = desk.do(lambda work: deeds.undo(work, deed))[0]

    assert [file.household.id for file in households(desk)] == [haddad.household.id]
    assert len(households(desk)[0].persons) == len(haddad.persons)
    assert undone.kept > 0
    assert found(desk, "Kaya") == []
    desk.do(lambda work: deeds.undo(work, undone.way_back))
    again = next(file for file in households(desk) if file.household.id == kaya.household.id)
    assert [(row.id, row.text("given_name")) for row in again.persons] == [
        (row.id, row.text("given_name")) for row in kaya.persons
    ]
    assert found(desk, "Kaya") == ["Kaya"]
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None


def test_a_merge_of_families_of_a_list_and_the_list_lead_back_and_forth(desk: Desk, tmp_path: Path) -> None:
    outcome = take(desk, preview(desk, a_list(tmp_path, *KAYA, KARIM)))
    before = households(desk)
    kaya, haddad = before
    merged = desk.do(lambda work: merging.merge(work, haddad.household.id, kaya.household.id))[0].deed
    assert outcome.deed is not None

    def undo(deed: UUID) -> UUID:
        return desk.do(lambda work: deeds.undo(work, deed))[0].way_back

    ways = [undo(merged), undo(outcome.deed)]
    assert households(desk) == []
    undo(ways[1])
    assert [[row.id for row in file.persons] for file in households(desk)] == [
        [row.id for row in file.persons] for file in before
    ]
    undo(ways[0])
    [family] = households(desk)
    assert len(family.persons) == len(kaya.persons) + len(haddad.persons)


def test_of_a_new_family_one_image_is_kept_however_many_belong_to_it(desk: Desk, tmp_path: Path) -> None:
    take(desk, preview(desk, a_list(tmp_path, *KAYA, KARIM)))
    images = desk.do(lambda work: list(work.session.scalars(select(DeedRow.table).order_by(DeedRow.place))))[0]
    assert images == ["household", "household"]


def test_many_new_families_are_made_findable_afterwards_and_those_taken_back_are_left_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "A_FEW", 1)
    outcome = take(desk, preview(desk, a_list(tmp_path, *KAYA, KARIM)))
    assert found(desk, "Kaya") == []
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == 2
    assert found(desk, "Kaya") == ["Kaya"]
    assert outcome.deed is not None
    deed = outcome.deed
    desk.do(lambda work: deeds.undo(work, deed))
    assert found(desk, "Kaya") == []
    assert [desk.do(lambda work: search_index.catch_up(work.session))[0] for _round in range(2)] == [2, 0]


def found(desk: Desk, text: str) -> list[str]:
    return [hit.title for hit in desk.do(lambda work: search.find(work, text))[0].families]
