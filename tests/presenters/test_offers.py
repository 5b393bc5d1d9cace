"""The page of offers without a window: what is shown where, and that answers of a talk are forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock

from desk_app.casework import families, intake, offer_directory, offers
from desk_app.casework.desk import Desk
from desk_app.domain.offer_filters import By, Filters
from desk_app.domain.offers import PAUSED
from desk_app.domain.records import RecordKind, Ref
from desk_app.presenters.offer_detail import Sheet
from desk_app.presenters.offer_questions import Answered, Asked
from desk_app.presenters.offer_reading import Context
from desk_app.presenters.offer_rows import second_line
from desk_app.presenters.offers import OffersPresenter, Shown
from desk_app.presenters.runner import InlineRunner


class Screen:
    """What somebody at the desk would see."""

    def __init__(self) -> None:
        self.shown: Shown | None = None
        self.sheet: Sheet | None = None
        self.later = ""
        self.context: Context | None = None
        self.asked: Asked | None = None
        self.answered: tuple[Answered, ...] = ()
        self.failed: list[str] = []

    def show_list(self, shown: Shown) -> None:
        self.shown = shown

    def show_sheet(self, sheet: Sheet | None) -> None:
        self.sheet = sheet

    def show_later(self, words: str) -> None:
        self.later = words

    def show_context(self, context: Context | None) -> None:
        self.context = context

    def show_question(self, asked: Asked | None, answered: tuple[Answered, ...]) -> None:
        self.asked, self.answered = asked, answered

    def show_failed(self, message: str) -> None:
        self.failed.append(message)

    def groups(self) -> dict[str, list[str]]:
        assert self.shown is not None
        return {group.title: [row.title for row in group.rows] for group in self.shown.groups}

    def titles(self) -> list[str]:
        return [title for titles in self.groups().values() for title in titles]


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def page(desk: Desk, clock: SettableClock, screen: Screen) -> OffersPresenter:
    return OffersPresenter(screen, InlineRunner(desk.do), clock)


def test_without_a_family_offers_stand_by_topic_and_proposals_below(page: OffersPresenter, screen: Screen) -> None:
    page.open(None)
    assert screen.shown is not None
    assert screen.shown.everything == 10
    groups = screen.groups()
    assert groups["Deutsch lernen"] == ["Sprachkurs A1 am Klöttschen"]
    assert list(groups)[-1] == "Vorschläge, noch nicht geprüft"
    assert len(screen.titles()) == 10 + len(groups["Vorschläge, noch nicht geprüft"])
    assert screen.asked is None, "a question needs a family"


def test_an_association_is_judged_and_asked_as_one(page: OffersPresenter, screen: Screen) -> None:
    page.open(None)
    page.filter(Filters(audience="organisation"))
    assert "KOMM-AN NRW, Programmteil II" in screen.groups()["Zu klären"]
    assert screen.asked is not None
    assert screen.asked.key == "based_here"
    page.answer("based_here", answer=True)
    assert screen.groups()["Passt"] == ["KOMM-AN NRW, Programmteil II"]
    page.select(next(row.id for group in screen.shown.groups for row in group.rows) if screen.shown else None)
    assert screen.sheet is not None
    assert screen.sheet.fit_title == "Passt für Organisationen und Fachstellen, weil"
    page.show_everything()
    assert screen.answered == ()
    assert "Deutsch lernen" in screen.groups()


def test_a_family_orders_the_offers_and_hides_none(
    page: OffersPresenter, screen: Screen, family: StoredFamily
) -> None:
    page.open(None)
    everything = sorted(screen.titles())
    page.open(family.household)
    groups = screen.groups()
    assert list(groups) == ["Passt", "Zu klären", "Passt nicht", "Vorschläge, noch nicht geprüft"]
    assert sorted(screen.titles()) == everything
    assert "Schulische Erstberatung und Schulvermittlung" in groups["Passt"]
    assert "Collective Ma’louba" in groups["Passt nicht"]
    assert groups["Zu klären"][0] == "KIM Case Management", "one answer away comes first"
    assert screen.context is not None
    assert screen.context.title == "Familie Haddad"
    assert screen.sheet is not None
    assert screen.sheet.fit_title == "Passt für Familie Haddad, weil"


def test_search_finds_by_other_words_and_marks_what_it_found(page: OffersPresenter, screen: Screen) -> None:
    page.open(None)
    page.search("Deutsch lernen")
    assert screen.titles()[0] == "Sprachkurs A1 am Klöttschen"
    page.search("Umzug")
    assert "Aktion Lichtblicke: Hilfe für Menschen aus der Ukraine" in screen.titles()
    page.search("sprachkurs")
    assert screen.shown is not None
    rows = {row.title: row for group in screen.shown.groups for row in group.rows}
    _lead, words, marks = second_line(rows["Perspektive Ausbildung und Arbeit (PAA)"], screen.shown.hits)
    assert [words[first:last] for first, last in marks] == ["Sprachkurs"]
    page.search("xyzzyqq")
    assert screen.titles() == []
    page.show_everything()
    assert len(screen.titles()) > 10


def test_a_hit_in_the_description_is_shown_instead_of_the_reason(
    page: OffersPresenter, screen: Screen, family: StoredFamily
) -> None:
    page.open(family.household)
    page.search("Behörden")
    assert screen.shown is not None
    rows = {row.title: row for group in screen.shown.groups for row in group.rows}
    row = rows["Engagement-Tandem für Familien"]
    lead, words, marks = second_line(row, screen.shown.hits)
    assert lead == ""
    assert [words[first:last] for first, last in marks] == ["Behörden"]


def test_what_nobody_noted_does_not_hide_an_offer_from_a_filter(
    page: OffersPresenter, screen: Screen, desk: Desk
) -> None:
    page.open(None)
    listed = desk.do(offer_directory.read)[0].offers
    course = next(each.offer for each in listed if each.offer.title.startswith("Sprachkurs A1"))
    tandem = next(each.offer for each in listed if each.offer.title.startswith("Engagement"))
    desk.do(lambda work: offers.keep(work, replace(course, child_care=True)))
    desk.do(lambda work: offers.keep(work, replace(tandem, child_care=False)))
    page.refresh()
    page.filter(Filters(child_care=True))
    assert course.title in screen.titles()
    assert tandem.title not in screen.titles(), "it has none for sure"
    assert screen.shown is not None
    unsure = [row for group in screen.shown.groups for row in group.rows if row.id != course.id]
    assert all(By.CHILD_CARE.label in row.end for row in unsure)


def test_an_answer_of_the_talk_settles_offers_and_is_kept_nowhere(
    page: OffersPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    other = desk.do(lambda work: store_family(work, "Hoxha"))[0]
    page.open(family.household)
    assert screen.asked is not None
    assert screen.asked.lead == "Eine Antwort klärt 1 Angebot:"
    page.skip(screen.asked.key)
    assert screen.asked.key == "several_needs"
    before = desk.do(lambda work: families.load(work, family.household))[0]
    page.answer("several_needs", True)
    assert "KIM Case Management" in screen.groups()["Passt"]
    assert [each.words for each in screen.answered] == [
        "Braucht die Familie bei mehreren Themen zugleich Hilfe, etwa Wohnen, Gesundheit und Geld? ja"
    ]
    assert desk.do(lambda work: families.load(work, family.household))[0] == before
    page.open(other.household)
    assert screen.answered == ()
    assert "KIM Case Management" in screen.groups()["Zu klären"]
    page.open(family.household)
    assert screen.answered == (), "the talk with the first family is over"


def test_an_answer_can_be_taken_back_and_a_question_left_open(
    page: OffersPresenter, screen: Screen, family: StoredFamily
) -> None:
    page.open(family.household)
    page.answer("several_needs", False)
    assert "KIM Case Management" in screen.groups()["Passt nicht"]
    page.take_back("several_needs")
    assert "KIM Case Management" in screen.groups()["Zu klären"]
    page.skip("several_needs")
    assert screen.asked is not None
    assert screen.asked.key != "several_needs"


def test_a_question_the_intake_keeps_leads_there(
    page: OffersPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    for key in ("country_of_origin", "entry_date"):
        desk.do(lambda work, key=key: intake.set_value(work, Ref(RecordKind.HOUSEHOLD, family.household), key, None))
    page.open(family.household)
    for _skipped in range(10):
        if screen.asked is None or screen.asked.place is not None:
            break
        page.skip(screen.asked.key)
    assert screen.asked is not None
    assert screen.asked.place is not None
    assert screen.asked.choices == (), "what is kept is not asked for one search"


def test_a_paused_offer_does_not_fit_and_stands_last_without_a_family(
    page: OffersPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    page.open(None)
    listed = desk.do(offer_directory.read)[0].offers
    course = next(each for each in listed if each.offer.title.startswith("Sprachkurs A1"))
    desk.do(lambda work: offers.set_status(work, course.offer.id, PAUSED))
    page.refresh()
    assert screen.groups()["Pausiert oder beendet"] == [course.offer.title]
    page.open(family.household)
    assert course.offer.title in screen.groups()["Passt nicht"]


def test_a_family_that_was_taken_out_leaves_the_offers(
    page: OffersPresenter, screen: Screen, desk: Desk, family: StoredFamily, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk_app.domain.errors import RecordGone

    def gone(*_args: Any) -> Any:
        raise RecordGone

    page.open(family.household)
    monkeypatch.setattr(families, "load", gone)
    page.refresh()
    assert screen.failed
    assert screen.context is None
    assert "Deutsch lernen" in screen.groups()


def test_the_chosen_offer_stays_chosen_while_it_is_found(page: OffersPresenter, screen: Screen) -> None:
    page.open(None)
    page.search("sprach")
    assert screen.shown is not None
    second = screen.shown.groups[0].rows[1].id
    page.select(second)
    page.search("sprachk")
    assert screen.shown.selected == second
    page.search("Lichtblicke")
    assert screen.shown.selected != second, "what is not found cannot be looked at"
