"""The store sorts, narrows and finds as one would who has all families before them."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import builders
import pytest
from conftest import SettableClock

from desk_app.casework import (
    families,
    family_columns,
    family_list,
    family_order,
    follow_ups,
    households,
    intake,
    notes,
    placement_deeds,
    placement_lines,
)
from desk_app.casework.desk import Desk, Work
from desk_app.casework.families import FamilyRow
from desk_app.casework.family_columns import FamilyFacts
from desk_app.casework.family_list import Asked
from desk_app.domain.clock import local_day
from desk_app.domain.names import search_form
from desk_app.domain.records import RecordKind
from desk_app.presenters.family_columns import CONDITIONS, GREATEST_FIRST

Known = tuple[FamilyRow, FamilyFacts]


def _text(key: str) -> Callable[[Known, date], Any]:
    return lambda known, _today: (not getattr(known[1], key), search_form(getattr(known[1], key)))


def _fact(key: str) -> Callable[[Known, date], Any]:
    return lambda known, _today: getattr(known[1], key) or date.min


SORTED_BY: dict[str, Callable[[Known, date], Any]] = {
    "name": lambda known, _today: search_form(known[0].name),
    "file_number": lambda known, _today: known[0].file_number,
    "people": lambda known, _today: known[0].adults + known[0].children,
    "state": lambda known, _today: known[0].intake_open,
    "changed": lambda known, _today: known[0].changed_at,
    "adults": lambda known, _today: known[0].adults,
    "children": lambda known, _today: known[0].children,
    "quiet": lambda known, today: today - known[1].last_contact,
    "follow_ups": lambda known, _today: known[1].follow_ups,
    **{key: _text(key) for key in ("district", "languages", "phone_languages", "counsellor")},
    **{key: _fact(key) for key in ("last_contact", "last_sign", "begun", "moved_away")},
}
"""What each column is sorted by; of the states of requests only that the same stand together is asked."""


def _quiet(days: int) -> Callable[[Known, date], bool]:
    return lambda known, today: not known[0].moved_away and (today - known[1].last_contact).days >= days


def _unheard(days: int) -> Callable[[Known, date], bool]:
    return lambda known, today: not known[0].moved_away and known[1].waits and (today - known[1].last_sign).days >= days


def _with_request(state: str) -> Callable[[Known, date], bool]:
    return lambda known, _today: any(key == state for key, _count in known[1].states)


HOLDS: dict[str, Callable[[Known, date], bool]] = {
    **{f"quiet_{days}": _quiet(days) for days in (30, 90, 180)},
    **{f"unheard_{days}": _unheard(days) for days in (14, 28, 56)},
    **{state: _with_request(state) for state in ("draft", "complete", "sent")},
    "in_intake": lambda known, _today: known[0].intake_open,
    "follow_ups": lambda known, _today: known[1].follow_ups > 0,
    "moved_away": lambda known, _today: known[0].moved_away,
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[builders.ShutStore, SettableClock]:
    """Twenty-four families of half a year, of which each differs from the next in something."""
    clock, chance = SettableClock(), random.Random(8)
    store = builders.a_shut_store(tmp_path_factory.mktemp("many") / "store", clock)
    desk = store.open_at(store.folder, clock)
    for number in range(24):
        name = chance.choice(("Çelik", "Örnek", "Haddad", "Bondarenko", "الأحمد", ""))
        family = desk.do(lambda work, name=name: builders.store_family(work, name))[0]
        desk.do(lambda work, family=family, number=number: differ(work, family, chance, number))
        clock.advance(days=chance.choice((0, 0, 10)), minutes=1)
    desk.vault.close()
    return store, clock


def differ(work: Work, family: builders.StoredFamily, chance: random.Random, number: int) -> None:
    home = family.household
    file = families.load(work, home)
    for _each in range(chance.randrange(3)):
        intake.add(work, RecordKind.PERSON, uuid4(), home, values={"role": "child", "given_name": "Sami"})
    if number % 2:
        intake.finish(work, home)
        households.set_talk(work, family.mother, [chance.choice(("ar", "uk"))], [], None)
    if number % 3 == 0:
        address = file.all(RecordKind.ADDRESS)[0].ref
        intake.set_value(work, address, "district", chance.choice(("styrum", "heissen", None)))
        intake.set_value(work, file.all(RecordKind.LANGUAGE)[0].ref, "language", chance.choice(("fa", "tr")))
        intake.set_value(work, file.household.ref, "counsellor", str(work.user))
    if number % 4 == 0:
        at = work.now + timedelta(days=chance.choice((0, 5)))
        notes.keep(work, notes.Draft(uuid4(), home, "Anruf", "call", at))
        follow_ups.keep(work, follow_ups.Draft(uuid4(), home, "Anrufen", local_day(work.now)))
    if number % 5 == 0:
        placement_deeds.step(work, [family.request], chance.choice(("sent", "admitted")))
    if number % 7 == 0:
        households.move_away(work, home, local_day(work.now), "Essen")


@pytest.fixture
def desk(many: tuple[builders.ShutStore, SettableClock], tmp_path: Path) -> Iterator[Desk]:
    store, clock = many
    shutil.copytree(store.folder, tmp_path / "store")
    desk = replace(store, folder=tmp_path / "store").open_at(tmp_path / "store", clock)
    desk.do(placement_lines.catch_up)
    desk.do(family_order.catch_up)
    yield desk
    desk.vault.close()


def everybody(work: Work) -> dict[UUID, Known]:
    rows = sorted(families.listing(work), key=lambda row: row.file_number)
    facts = family_columns.facts(work, family_columns.FACTS, [row.id for row in rows])
    return {row.id: (row, facts[row.id]) for row in rows}


def test_every_column_is_sorted_as_its_values_are(desk: Desk) -> None:
    assert {*SORTED_BY, "states"} == set(GREATEST_FIRST)

    def compare(work: Work) -> None:
        known = everybody(work)
        for order, key in SORTED_BY.items():
            for descending in (False, True):
                # of those that are alike the newer file comes first where the greatest does
                turned = descending != (order == "quiet")
                wanted = list(known)[:: -1 if turned else 1]
                values = {id_: key(each, work.today) for id_, each in known.items()}
                # sorting turned round leaves those that are alike as they stood
                wanted.sort(key=values.__getitem__, reverse=descending)
                assert list(family_list.part(work, Asked(order=order, descending=descending))) == wanted, order

    desk.do(compare)


def test_families_with_the_same_states_of_requests_stand_together(desk: Desk) -> None:
    def states(work: Work) -> list[object]:
        known = everybody(work)
        return [known[id_][1].states for id_ in family_list.part(work, Asked(order="states"))]

    found = desk.do(states)[0]
    changes = sum(one != other for one, other in itertools.pairwise(found))
    assert len(set(found)) > 2
    assert changes == len(set(found)) - 1


@pytest.mark.parametrize("common", [False, True])
def test_every_condition_leaves_those_it_holds_for(desk: Desk, common: bool) -> None:
    assert {condition.key for condition in CONDITIONS} == set(HOLDS)
    asked = [((key,),) for key in HOLDS] + [(("draft", "complete"), ("in_intake",)), (("quiet_30",), ("follow_ups",))]
    found_any = set()

    def compare(work: Work) -> None:
        known = everybody(work)
        for conditions in asked:
            wanted = {
                id_ for id_, each in known.items()
                if all(any(HOLDS[key](each, work.today) for key in group) for group in conditions)
            }  # fmt: skip
            narrowed = Asked(conditions, "name", descending=False, common=common)
            found = family_list.part(work, narrowed)
            assert set(found) == wanted, conditions
            assert family_list.count(work, narrowed) == len(found) == len(wanted)
            whole = family_list.part(work, Asked(order="name", descending=False))
            assert tuple(each for each in whole if each in wanted) == found
            if wanted:
                found_any.add(conditions)

    desk.do(compare)
    assert len(found_any) >= len(asked) - 3, "the families differ in what is asked"


@pytest.mark.parametrize("order", ["name", "state", "changed", "moved_away", "quiet", family_list.BEST_FIRST])
@pytest.mark.parametrize("descending", [False, True])
def test_a_place_is_the_one_a_family_has_in_the_whole(desk: Desk, order: str, descending: bool) -> None:
    def compare(work: Work) -> None:
        some = tuple(everybody(work))[::2] if order == family_list.BEST_FIRST else None
        for conditions in ((), (("in_intake",),)):
            for common in (False, True):
                asked = Asked(conditions, order, descending, some, common)
                whole = family_list.part(work, asked)
                assert len(whole) > 3
                assert [family_list.place_of(work, asked, each) for each in whole] == list(range(len(whole)))
                assert list(family_list.keys(work, asked)) == list(whole)
                assert family_list.keys(work, asked).index(whole[3]) == 3
                pages = [family_list.part(work, asked, first, 5) for first in range(0, len(whole), 5)]
                assert tuple(each for page in pages for each in page) == whole
                assert family_list.place_of(work, asked, uuid4()) is None

    desk.do(compare)


@pytest.mark.parametrize("order", ["name", "moved_away", family_list.BEST_FIRST])
def test_letters_lead_to_the_next_name_that_begins_so_and_around_the_end(desk: Desk, order: str) -> None:
    def compare(work: Work) -> None:
        known = everybody(work)
        some = tuple(known) if order == family_list.BEST_FIRST else None
        asked = Asked((), order, among=some)
        whole = family_list.part(work, asked)
        for letters in ("ö", "Had", "z"):
            begin = [search_form(known[each][0].name).startswith(search_form(letters)) for each in whole]
            for place, household in enumerate(whole):
                for itself in (False, True):
                    start = place + (not itself)
                    around = [*range(start, len(whole)), *range(start)]
                    wanted = next((each for each in around if begin[each]), None)
                    assert family_list.next_named(work, asked, letters, household, itself=itself) == wanted
        assert family_list.next_named(work, asked, "", whole[0], itself=True) is None

    desk.do(compare)
