"""The table of papers: what a key does to a cell, and what is kept of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from siblings import Siblings, presenter_of, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.child import ChildView
from desk_app.domain.records import RecordKind
from desk_app.presenters.choices import Choices
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.papers import PaperRow, Papers

TODAY = date(2026, 11, 26)


@pytest.fixture
def family(desk: Desk) -> Siblings:
    return store_siblings(desk)


@pytest.fixture
def presenter(family: Siblings) -> IntakePresenter:
    return presenter_of(family)


@pytest.fixture
def papers(family: Siblings, presenter: IntakePresenter) -> Papers:
    return Papers(presenter, Choices(family.desk.clock))


def row(papers: Papers, key: str) -> PaperRow:
    return next(row for row in papers.rows if row.key == key)


def child(papers: Papers, who: UUID) -> ChildView:
    return next(view for view in papers.children if view.id == who)


def set_state(papers: Papers, key: str, who: UUID, state: str | None) -> None:
    papers.set_state(row(papers, key), child(papers, who), state)


def test_a_paper_seen_is_seen_today(papers: Papers, family: Siblings) -> None:
    set_state(papers, "birth_certificate", family.lina, "copy")
    assert family.rows(RecordKind.DOCUMENT, family.lina) == [
        {"document": "birth_certificate", "state": "copy", "seen_on": TODAY}
    ]


def test_a_missing_paper_was_not_seen_and_one_that_came_is_not_waited_for(
    papers: Papers, presenter: IntakePresenter, family: Siblings
) -> None:
    set_state(papers, "custody", family.karim, "original")
    set_state(papers, "custody", family.karim, "missing")
    record = family.file.all(RecordKind.DOCUMENT, family.karim)[0]
    presenter.edit(record.ref, "due_on", date(2026, 12, 10))
    assert papers.missing() == 1
    assert papers.cell(row(papers, "custody"), child(papers, family.karim)).spoken == "fehlt, bis 10.12.2026"

    set_state(papers, "custody", family.karim, "original")
    assert family.rows(RecordKind.DOCUMENT, family.karim) == [
        {"document": "custody", "state": "original", "seen_on": TODAY}
    ]


def test_a_cell_that_is_emptied_leaves_no_paper(papers: Papers, family: Siblings) -> None:
    set_state(papers, "custody", family.karim, "missing")
    set_state(papers, "custody", family.karim, None)
    assert family.rows(RecordKind.DOCUMENT, family.karim) == []


def test_the_passport_of_the_parents_counts_for_all_children(papers: Papers, family: Siblings) -> None:
    set_state(papers, "passport_guardians", family.karim, "original")
    assert [item["document"] for item in family.rows(RecordKind.DOCUMENT)] == ["passport_guardians"]
    cell = papers.cell(row(papers, "passport_guardians"), child(papers, family.sami))
    assert cell.label == "Original"


def test_the_space_bar_goes_through_the_states_and_back_to_nothing(papers: Papers, family: Siblings) -> None:
    seen = []
    for _step in range(5):
        state = papers.next_state(row(papers, "custody"), child(papers, family.lina))
        set_state(papers, "custody", family.lina, state)
        seen.append(state)
    assert seen == ["original", "copy", "missing", "not_needed", None]


@pytest.mark.parametrize(
    ("letter", "state"), [("o", "original"), ("K", "copy"), ("f", "missing"), ("N", "not_needed"), ("x", None)]
)
def test_a_letter_answers_at_once(papers: Papers, family: Siblings, letter: str, state: str | None) -> None:
    assert papers.state_for_letter(row(papers, "custody"), child(papers, family.lina), letter) == state


def test_measles_protection_is_answered_by_the_paper_or_by_being_exempt(papers: Papers, family: Siblings) -> None:
    set_state(papers, "measles", family.lina, "copy")
    assert child(papers, family.lina).measles == "yes"
    set_state(papers, "measles", family.lina, "exempt")
    assert child(papers, family.lina).measles == "exempt"
    assert family.rows(RecordKind.DOCUMENT, family.lina) == []
    set_state(papers, "measles", family.lina, "missing")
    assert child(papers, family.lina).measles == "open"


def test_the_school_medical_is_asked_in_the_same_table_with_its_day(
    papers: Papers, presenter: IntakePresenter, family: Siblings
) -> None:
    medical, karim = row(papers, "school_medical"), family.karim
    assert papers.date_key(medical, child(papers, karim)) == ""
    set_state(papers, "school_medical", karim, "appointment")
    assert papers.date_key(medical, child(papers, karim)) == "school_medical_on"
    presenter.edit(child(papers, karim).person.ref, "school_medical_on", date(2026, 12, 3))
    assert papers.cell(medical, child(papers, karim)).spoken == "Termin, am 03.12.2026"
