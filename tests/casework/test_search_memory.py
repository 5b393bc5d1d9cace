"""What the search keeps from one key press to the next goes as soon as somebody changes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import builders
import pytest

from desk_app.casework import duplicates, intake, search, search_index
from desk_app.casework.desk import Desk, Work
from desk_app.domain.dates import DateSpan
from desk_app.domain.match_reasons import Reason
from desk_app.domain.matching import PersonFacts
from desk_app.domain.records import RecordKind, Ref


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = builders.a_shut_store(tmp_path / "store", lambda: builders.NOW)
    desk = store.open_at(store.folder, lambda: builders.NOW)
    yield desk
    desk.vault.close()


@pytest.fixture
def child(desk: Desk) -> UUID:
    return desk.do(lambda work: builders.store_family(work, "Haddad", given_name="Karim"))[0].child


def titles(desk: Desk, typed: str) -> set[str]:
    found = desk.do(lambda work: search.find(work, typed))[0]
    return {hit.title for hit in (*found.children, *found.sounds_alike)}


def reasons(desk: Desk, facts: PersonFacts) -> set[Reason]:
    found = desk.do(lambda work: duplicates.check(work, facts))[0]
    return {reason for candidate in found for reason in candidate.comparison.reasons}


def test_an_answer_besides_the_name_counts_at_the_next_check(desk: Desk, child: UUID) -> None:
    facts = PersonFacts("Karim", "Haddad", birth=DateSpan.of_day(date(2011, 5, 7)), phones=("0176 99887766",))
    before = reasons(desk, facts)
    assert not {Reason.SAME_PHONE, Reason.SAME_BIRTH_DATE} & before
    person = Ref(RecordKind.PERSON, child)
    desk.do(lambda work: intake.set_value(work, person, "own_phone", "0176 99887766"))
    assert Reason.SAME_PHONE in reasons(desk, facts)
    desk.do(lambda work: intake.set_value(work, person, "birth_date", DateSpan.of_day(date(2011, 5, 7))))
    assert {Reason.SAME_PHONE, Reason.SAME_BIRTH_DATE} <= reasons(desk, facts)


def test_whoever_comes_while_somebody_types_on_is_found_by_the_next_letter(desk: Desk, child: UUID) -> None:
    assert "Carim Haddat" not in titles(desk, "Karim Hada")
    desk.do(lambda work: builders.store_family(work, "Haddat", given_name="Carim"))
    assert "Carim Haddat" in titles(desk, "Karim Hada")


def test_what_a_deed_wrote_that_was_taken_back_is_not_kept(desk: Desk, child: UUID) -> None:
    assert titles(desk, "karim haddad") == {"Karim Haddad"}

    def broken(work: Work) -> None:
        intake.set_value(work, Ref(RecordKind.PERSON, child), "given_name", "Karimallah")
        search_index.settle(work.session)
        assert {hit.title for hit in search.find(work, "karimallah").children} == {"Karimallah Haddad"}
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError):
        desk.do(broken)
    assert titles(desk, "karim haddad") == {"Karim Haddad"}
