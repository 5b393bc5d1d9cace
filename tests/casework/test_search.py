"""Finding families and children in a real store, and being told of somebody who is there already."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import builders
import pytest
from conftest import SettableClock
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from desk_app import bootstrap
from desk_app.casework import duplicates, families, intake, search, search_blocks, search_index
from desk_app.casework.desk import Desk, Work
from desk_app.casework.search import By, Found
from desk_app.domain import matching
from desk_app.domain.dates import DateSpan
from desk_app.domain.match_reasons import Reason, Verdict
from desk_app.domain.matching import PersonFacts
from desk_app.domain.records import RecordKind, Ref, Value
from desk_app.storage import row_images
from desk_app.storage.tables import SearchEntry, SearchSubject

FAMILIES = {
    "Haddad": ("Karim", "2013-06-02"),
    "Коваленко": ("Олена", "2015-04-03"),
    "Yıldız": ("Yusuf", "2014-09-30"),
    "Șerban": ("Ioana", "2012-12-24"),
    "Tesfay": ("Hagos", "2011-01-01"),
}


Stored = dict[str, builders.StoredFamily]


@pytest.fixture(scope="module")
def made(shut_store: builders.ShutStore, tmp_path_factory: pytest.TempPathFactory) -> tuple[builders.ShutStore, Stored]:
    """A store with these families, closed; made once, since taking families in takes a while."""
    folder = tmp_path_factory.mktemp("families") / "store"
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, SettableClock())
    stored = {}
    for name, (child, born) in FAMILIES.items():
        known: dict[str, Value] = {"given_name": child, "birth_date": DateSpan.of_day(date.fromisoformat(born))}
        stored[name], _ = desk.do(lambda work, name=name, known=known: builders.store_family(work, name, **known))
    desk.vault.close()
    return replace(shut_store, folder=folder), stored


@pytest.fixture
def desk(made: tuple[builders.ShutStore, Stored], tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    folder = tmp_path / "store"
    shutil.copytree(made[0].folder, folder)
    desk = made[0].open_at(folder, clock)
    yield desk
    desk.vault.close()


@pytest.fixture
def stored(made: tuple[builders.ShutStore, Stored]) -> Stored:
    return made[1]


def find(desk: Desk, typed: str) -> Found:
    return desk.do(lambda work: search.find(work, typed))[0]


def all_found(found: Found) -> set[UUID]:
    return {hit.household for hit in (*found.families, *found.children, *found.sounds_alike)}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("had", "Haddad"),
        ("HADDAD karim", "Haddad"),
        ("karim had", "Haddad"),
        ("حداد", "Haddad"),
        ("Kareem Hadad", "Haddad"),
        ("El Haddad", "Haddad"),
        ("kov", "Коваленко"),
        ("ковал", "Коваленко"),
        ("Kowalenko", "Коваленко"),
        ("Elena", "Коваленко"),
        ("Olena Kovalenko 3.4.15", "Коваленко"),
        ("yildiz", "Yıldız"),
        ("Jusuf", "Yıldız"),
        ("Youssef Yildis", "Yıldız"),
        ("serban", "Șerban"),
        ("Tesfai Hagoss", "Tesfay"),
        ("3.4.15", "Коваленко"),
        ("4.3.15", "Коваленко"),
        ("030415", "Коваленко"),
        ("2026-0001", "Haddad"),
        ("2026-1", "Haddad"),
        ("1", "Haddad"),
    ],
)
def test_a_family_is_found(desk: Desk, stored: Stored, typed: str, name: str) -> None:
    assert stored[name].household in all_found(find(desk, typed))


def test_what_is_found_is_marked_and_described(desk: Desk, stored: Stored) -> None:
    found = find(desk, "kov")
    (family,) = found.families
    assert (family.title, family.marks, family.by) == ("Коваленко", ((0, 3),), By.NAME)
    assert (family.persons, family.district, family.file_number) == (2, "styrum", "2026-0002")
    (child,) = found.children
    assert (child.title, child.marks, child.birth) == ("Олена Коваленко", ((6, 9),), "03.04.2015")
    assert child.age is not None
    assert child.age.show() == "11"
    assert child.request == "complete"
    assert child.person == stored["Коваленко"].child


def test_similar_sounds_come_apart_from_what_is_spelt_so(desk: Desk, stored: Stored) -> None:
    found = find(desk, "Hadad")
    assert not found.families
    assert stored["Haddad"].household in {hit.household for hit in found.sounds_alike}
    assert all(hit.by is By.SOUND for hit in found.sounds_alike)


def test_an_adult_stands_for_the_family(desk: Desk, stored: Stored) -> None:
    hits = find(desk, "rana yil").families
    assert [(hit.household, hit.found) for hit in hits] == [(stored["Yıldız"].household, "Rana Yıldız")]


def test_phone_and_request_number_and_school_find_it(desk: Desk, stored: Stored) -> None:
    family = stored["Haddad"]
    household = Ref(RecordKind.HOUSEHOLD, family.household)
    desk.do(lambda work: intake.set_value(work, household, "phone", "0176 04069118"))
    for typed in ("0176 0406", "+49 176 04069118", "069118", "0176/04069118"):
        assert family.household in all_found(find(desk, typed)), typed
    number = desk.do(lambda work: work.session.scalar(text("SELECT number FROM placement_request ORDER BY number")))[0]
    assert all_found(find(desk, number)) == {family.household}
    school = desk.do(lambda work: work.session.execute(text("SELECT number, name FROM school LIMIT 1")).one())[0]
    values: dict[str, Value] = {"school": school.number}
    desk.do(
        lambda work: intake.add(work, RecordKind.WISH, uuid4(), family.household, person=family.child, values=values)
    )
    assert family.household in all_found(find(desk, school.name))


def test_nothing_typed_finds_nothing_and_nothing_raises(desk: Desk, stored: Stored) -> None:
    for typed in ("", "  ", "%", "_", "'", "-", "99999999999999999", "1.1.", "ß", "\u200d", "a" * 500, "💧"):
        find(desk, typed)
    assert find(desk, "  ") == Found()
    assert not all_found(find(desk, "%"))


def test_a_new_name_is_found_and_the_old_one_is_not(desk: Desk, stored: Stored) -> None:
    child = Ref(RecordKind.PERSON, stored["Haddad"].child)
    desk.do(lambda work: intake.set_value(work, child, "given_name", "Zakariya"))
    assert find(desk, "zakar").children
    assert not find(desk, "karim").children


def test_whoever_is_taken_out_is_not_found_until_back(desk: Desk, stored: Stored) -> None:
    child = Ref(RecordKind.PERSON, stored["Haddad"].child)
    desk.do(lambda work: intake.remove(work, child))
    assert not all_found(find(desk, "karim"))
    desk.do(lambda work: intake.restore(work, child))
    assert find(desk, "karim").children


def test_another_spelling_is_found_and_shown(desk: Desk, stored: Stored) -> None:
    family = stored["Haddad"]
    values: dict[str, Value] = {"name": "Qarlo Hattat"}
    desk.do(
        lambda work: intake.add(work, RecordKind.NAME, uuid4(), family.household, person=family.child, values=values)
    )
    (hit,) = find(desk, "qarlo").children
    assert (hit.found, hit.found_marks, hit.by) == ("Qarlo Hattat", ((0, 5),), By.OTHER_NAME)


def test_open_points_follow_for_requests_that_are_not_sent(desk: Desk, stored: Stored) -> None:
    found = find(desk, "karim")
    assert [hit.open_points for hit in found.children] == [None]
    child = Ref(RecordKind.PERSON, stored["Haddad"].child)
    desk.do(lambda work: intake.set_value(work, child, "sex", None))
    counted = desk.do(lambda work: search.count_open(work, search.find(work, "karim")))[0]
    assert [hit.open_points for hit in counted.children] == [1]


# --- the keys behind it


def keys(desk: Desk) -> list[tuple[str, str]]:
    query = select(SearchEntry.kind, SearchEntry.key).order_by(SearchEntry.kind, SearchEntry.key)
    return list(desk.do(lambda work: work.session.execute(query).all())[0])


def test_lost_keys_and_keys_of_other_rules_are_made_anew(desk: Desk, stored: Stored) -> None:
    before = keys(desk)
    desk.do(lambda work: work.session.execute(delete(SearchSubject)))
    desk.do(lambda work: work.session.execute(delete(SearchEntry)))
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == len(stored)
    assert keys(desk) == before
    desk.do(lambda work: work.session.execute(text("UPDATE search_subject SET rules = 99")))
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == len(stored)
    assert keys(desk) == before
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == 0


def test_nothing_is_left_of_a_person_taken_out(desk: Desk, stored: Stored) -> None:
    for ref in (stored["Yıldız"].child, stored["Yıldız"].mother):
        desk.do(lambda work, ref=ref: intake.remove(work, Ref(RecordKind.PERSON, ref)))
    left = desk.do(
        lambda work: work.session.scalar(
            select(func.count()).select_from(SearchEntry).where(SearchEntry.subject.not_in(select(SearchSubject.id)))
        )
    )[0]
    assert left == 0
    assert ("w", "yusuf") not in keys(desk)


def test_saves_carried_over_from_the_journal_are_found(desk: Desk, stored: Stored) -> None:
    """What the journal puts into a database has no keys of its own."""
    household = stored["Haddad"].household
    images = [row_images.Images("person", ("id",), ("id", "household_id"), ((uuid4().hex, household.hex),), ())]

    def outdate(session: Session) -> None:
        row_images.outdate(session.connection().connection.driver_connection, images)

    desk.do(lambda work: outdate(work.session))
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == 1
    gone = [row_images.Images("person", ("id",), ("id", "household_id"), (), ((uuid4().hex,),))]
    images[:] = gone
    desk.do(lambda work: outdate(work.session))
    assert desk.do(lambda work: search_index.catch_up(work.session))[0] == len(stored)


def test_opening_a_store_makes_its_families_findable(made: tuple[builders.ShutStore, Stored], tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(made[0].folder, folder)
    with made[0].open_at(folder, SettableClock()).vault as vault, vault.session() as session:
        session.execute(delete(SearchEntry))
        session.execute(delete(SearchSubject))
    desk = bootstrap.unlock(folder, made[0].user, builders.PASSPHRASE, clock=SettableClock())
    assert find(desk, "haddad").families
    desk.close()


# --- duplicates


KARIM = PersonFacts("Kareem", "Al-Hadad", birth=DateSpan.of_day(date(2013, 2, 6)), sex="m")


def check(desk: Desk, person: PersonFacts) -> tuple[duplicates.Candidate, ...]:
    return desk.do(lambda work: duplicates.check(work, person))[0]


def test_somebody_who_is_there_is_noticed(desk: Desk, stored: Stored) -> None:
    (found,) = check(desk, KARIM)
    assert found.side.person == stored["Haddad"].child
    assert (found.side.name, found.side.file_number, found.side.district) == ("Karim Haddad", "2026-0001", "styrum")
    assert {Reason.NAME_SOUNDS_ALIKE, Reason.DAY_AND_MONTH_SWAPPED} <= set(found.comparison.reasons)


def test_somebody_new_brings_up_nobody(desk: Desk, stored: Stored) -> None:
    assert check(desk, PersonFacts("Wioletta", "Brzęczyszczykiewicz", birth=DateSpan.of_day(date(2013, 6, 2)))) == ()
    assert check(desk, PersonFacts()) == ()


def test_whatever_the_check_finds_the_search_finds(desk: Desk, stored: Stored) -> None:
    for given_name, family_name in [
        ("Jusuf", "Yildis"),
        ("Elena", "Kowalenko"),
        ("Ioanna", "Schärban"),
        ("Hagoss", "Tsfay"),
    ]:
        found = check(desk, PersonFacts(given_name, family_name))
        assert found
        assert {each.side.household for each in found} <= all_found(find(desk, f"{given_name} {family_name}"))


def test_families_as_a_whole_take_no_place_of_a_person(desk: Desk, stored: Stored) -> None:
    def persons(work: Work) -> list[UUID | None]:
        blocks = search_blocks.around(work.session, PersonFacts("Karim", "Haddad"))
        return [subject.person for subject in search_blocks.load(work.session, blocks.subjects)]

    found, _ = desk.do(persons)
    assert stored["Haddad"].child in found
    assert None not in found


def a_twice_entered_child(desk: Desk) -> tuple[UUID, UUID]:
    first, _ = desk.do(lambda work: builders.store_family(work, "Jarrah", given_name="Zakariya"))
    second, _ = desk.do(lambda work: builders.store_family(work, "Al-Jarah", given_name="Zakaria"))
    return first.child, second.child


def test_pairs_are_listed_until_somebody_says_they_are_two(desk: Desk) -> None:
    one, other = a_twice_entered_child(desk)
    listed = desk.do(duplicates.pairs)[0]
    couples = [{pair.first.person, pair.second.person} for pair in listed]
    assert {one, other} in couples
    assert listed[couples.index({one, other})].comparison.verdict is Verdict.LIKELY
    desk.do(lambda work: duplicates.dismiss(work, other, one))
    desk.do(lambda work: duplicates.dismiss(work, one, other))
    assert {one, other} not in [{pair.first.person, pair.second.person} for pair in desk.do(duplicates.pairs)[0]]
    kept = PersonFacts("Zakariya", "Jarrah", birth=DateSpan.of_day(date(2013, 6, 2)), person=one)
    assert other not in [candidate.side.person for candidate in check(desk, kept)]
    desk.do(lambda work: duplicates.take_back(work, one, other))
    assert {one, other} in [{pair.first.person, pair.second.person} for pair in desk.do(duplicates.pairs)[0]]


def test_twins_of_one_household_are_two_and_a_child_entered_twice_is_one(desk: Desk) -> None:
    family, _ = desk.do(lambda work: builders.store_family(work, "Jarrah", given_name="Hassan"))
    birth = builders.a_complete_child()["birth_date"]
    twin = {"role": "child", "given_name": "Hussein", "family_name": "Jarrah", "birth_date": birth, "sex": "m"}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=twin))
    assert not [pair for pair in desk.do(duplicates.pairs)[0] if pair.first.household == pair.second.household]
    again, double = uuid4(), {**twin, "given_name": "Hasan"}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, again, family.household, values=double))
    (pair,) = [pair for pair in desk.do(duplicates.pairs)[0] if pair.first.household == pair.second.household]
    assert {pair.first.person, pair.second.person} == {family.child, again}


def test_an_address_under_protection_is_not_compared(desk: Desk, stored: Stored) -> None:
    family = stored["Haddad"]
    cards = desk.do(lambda work: search_index.read_cards(work.session, [family.household]))[0]
    assert cards[family.household, family.child]["home"]
    (home,) = desk.do(lambda work: families.load(work, family.household))[0].all(RecordKind.ADDRESS)
    desk.do(lambda work: intake.set_value(work, home.ref, "protection", "shelter"))
    cards = desk.do(lambda work: search_index.read_cards(work.session, [family.household]))[0]
    assert "home" not in cards[family.household, family.child]
    (candidate,) = check(desk, PersonFacts("Karim", "Haddad", birth=DateSpan.of_day(date(2013, 6, 2))))
    assert candidate.side.district == ""


def test_phones_of_one_field_are_kept_apart() -> None:
    assert matching.phone_keys("0208 123456 (Mutter), 0176/1234567") == ("0208123456", "01761234567")


def couples_known(desk: Desk) -> list[set[UUID]]:
    return [{pair.first.person, pair.second.person} for pair in desk.do(duplicates.known_pairs)[0]]


def test_pairs_are_remembered_until_looked_for_again_and_then_follow_what_changed(desk: Desk) -> None:
    one, other = a_twice_entered_child(desk)
    assert {one, other} not in couples_known(desk)
    found = desk.do(duplicates.pairs)[0]
    assert desk.do(duplicates.known_pairs)[0] == found
    assert desk.do(duplicates.count_pairs)[0] == len(found)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, other), "given_name", "Wenceslas"))
    desk.do(duplicates.pairs)
    at = couples_known(desk).index({one, other})
    assert Reason.OTHER_GIVEN_NAME in desk.do(duplicates.known_pairs)[0][at].comparison.reasons


def test_a_remembered_pair_goes_at_once_with_one_of_the_two(desk: Desk) -> None:
    one, other = a_twice_entered_child(desk)
    desk.do(duplicates.pairs)
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, other)))
    assert {one, other} not in couples_known(desk)


def test_a_search_for_pairs_that_is_stopped_keeps_what_was_remembered(desk: Desk) -> None:
    a_twice_entered_child(desk)
    found = desk.do(duplicates.pairs)[0]
    again = a_twice_entered_child(desk)

    def stop(_done: int, _every: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        desk.do(lambda work: duplicates.pairs(work, stop))
    assert desk.do(duplicates.known_pairs)[0] == found
    assert set(again) in [{pair.first.person, pair.second.person} for pair in desk.do(duplicates.pairs)[0]]


def test_pairs_are_looked_for_piece_by_piece_and_counted_beyond_those_listed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _twice in range(3):
        a_twice_entered_child(desk)
    pieces = []
    while not desk.do(lambda work: duplicates.look_on(work, 4))[0]:
        pieces.append(desk.do(duplicates.count_pairs)[0])
        assert not desk.do(duplicates.up_to_date)[0]
    assert len(pieces) > 1
    assert desk.do(duplicates.up_to_date)[0]
    count = desk.do(duplicates.count_pairs)[0]
    assert pieces == sorted(pieces)
    assert pieces[0] < count == len(couples_known(desk))
    monkeypatch.setattr(duplicates, "MOST_PAIRS", 2)
    assert len(couples_known(desk)) == 2
    for couple in couples_known(desk):
        desk.do(lambda work, couple=couple: duplicates.dismiss(work, *couple))
    assert len(couples_known(desk)) == 2, "those behind come up"
    assert desk.do(duplicates.count_pairs)[0] == count - 2


def test_of_namesakes_the_one_spelt_so_comes_first(desk: Desk) -> None:
    for name in ("Zakaria", "Zakariya", "Zacharia"):
        desk.do(lambda work, name=name: builders.store_family(work, "Jarrah", given_name=name))
    assert check(desk, PersonFacts("Zakariya", "Jarrah"))[0].side.name == "Zakariya Jarrah"
