"""A store with invented families: the situations it shows, the same every time, made by the deeds of the desk."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, TODAY, ShutStore

from desk_app.casework import audit, demo, families, placement_list, placements
from desk_app.casework.demo import Filled
from desk_app.casework.demo_families import families as cast
from desk_app.casework.desk import Desk
from desk_app.domain.child import ChildView
from desk_app.domain.dates import Precision
from desk_app.domain.demo_names import origins
from desk_app.domain.records import FamilyFile
from desk_app.domain.schooling import Office, SchoolStage


@pytest.fixture(scope="module")
def made(shut_store: ShutStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Filled, Path]]:
    """The nine families in a real store; reading them changes nothing, so all tests share it."""
    place = tmp_path_factory.mktemp("demo")
    shutil.copytree(shut_store.folder, place / "store")
    (place / "papers").mkdir()
    desk = shut_store.open_at(place / "store", lambda: NOW)
    yield desk, demo.fill(desk, place / "papers", 9, 1), place / "papers"
    desk.vault.close()


def files(desk: Desk) -> list[FamilyFile]:
    return desk.do(lambda work: families.load_many(work, [row.id for row in families.listing(work)]))[0]


def children(desk: Desk) -> list[ChildView]:
    return [ChildView(file, child.id, TODAY) for file in files(desk) for child in file.children]


def test_the_nine_families_show_the_situations_of_the_desk(made: tuple[Desk, Filled, Path]) -> None:
    desk, _filled, _papers = made
    found = children(desk)
    whole = {file.household.text("family_name"): file for file in files(desk)}
    five = whole["Al-Mithal"]
    assert len(five.persons) == 5
    assert {ChildView(five, child.id, TODAY).stages for child in five.children} == {
        (SchoolStage.PRIMARY,), (SchoolStage.LOWER_SECONDARY,), (SchoolStage.UPPER_SECONDARY,)
    }  # fmt: skip
    assert any("\u0600" <= child.person.text("name_native_script")[:1] <= "\u06ff" for child in found)
    assert any(child.birth_date and child.birth_date.precision is Precision.ABOUT for child in found)
    assert any(child.person.flag("single_name") for child in found)
    assert any(child.person.flag("unaccompanied") and child.guardian_kind == "youth_office" for child in found)
    assert any(child.protected for child in found)
    assert any(len({ChildView(file, child.id, TODAY).guardian_kind for child in file.children}) > 1
               for file in whole.values())  # fmt: skip
    assert any(child.stages == (SchoolStage.TOO_YOUNG,) for child in found)
    assert any(placements.offices(child) == (Office.SCHULAMT, Office.BEZIRKSREGIERUNG) for child in found)


def test_the_requests_stand_at_every_step(made: tuple[Desk, Filled, Path]) -> None:
    desk, filled, _papers = made
    rows, _ = desk.do(placement_list.listing)
    states = Counter(row.state for row in rows)
    assert states == {placements.SENT: 11, placements.COMPLETE: 2, placements.DRAFT: 2}
    assert (filled.families, filled.children, filled.earlier) == (9, 16, 2)
    assert filled.now is not None
    assert (filled.now.sent, filled.now.left_out, filled.now.notes) == (9, (), ())


def test_the_papers_of_every_sending_are_there(made: tuple[Desk, Filled, Path]) -> None:
    _desk, _filled, papers = made
    assert Counter(path.suffix for path in papers.iterdir()) == {".pdf": 11 + 3, ".xlsx": 3}


def test_everything_was_done_at_the_desk_in_the_order_of_the_days(made: tuple[Desk, Filled, Path]) -> None:
    desk, _filled, _papers = made
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None
    numbers = [
        file.household.text("file_number") for file in sorted(files(desk), key=lambda file: file.household.created_at)
    ]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("seed", [1, 7])
def test_the_same_seed_gives_the_same_families(seed: int) -> None:
    assert cast(TODAY, 40, seed) == cast(TODAY, 40, seed)


def test_another_seed_gives_other_families() -> None:
    assert cast(TODAY, 40, 1) != cast(TODAY, 40, 7)


@pytest.mark.parametrize("count", [1, 5, 9, 30])
def test_as_many_families_as_asked_for(count: int) -> None:
    assert len(cast(TODAY, count, 1)) == count


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 7, 31), date(2026, 8, 1), date(2028, 2, 29)])
def test_the_families_work_on_any_day(today: date) -> None:
    found = cast(today, 60, 3)
    assert all(family.day <= today for family in found)
    assert all(family.sent_on is None or family.day < family.sent_on < today for family in found)


def test_siblings_have_names_of_their_own() -> None:
    for family in cast(TODAY, 200, 5):
        given = [person.values.get("given_name") for person in family.persons if person.values["role"] == "child"]
        assert len(given) == len(set(given))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def test_no_number_or_address_can_be_anybodys() -> None:
    for family in cast(TODAY, 200, 5):
        phones = [family.household["phone"], *(person.values.get("own_phone") for person in family.persons)]
        assert all(str(phone).startswith(("0170 0000", "0170 000", "0208 000")) for phone in phones if phone)
        assert all(text.endswith(".example") for text in _texts(dict(family.household)) if "@" in text)


def test_every_family_name_means_an_example() -> None:
    known = {name.latin for origin in origins().values() for name in origin.names["family"]}
    invented = {family.name for family in cast(TODAY, 300, 2)} - {"Mẫu Nguyễn-Dương"}
    assert invented <= known
