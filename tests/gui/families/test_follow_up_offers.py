"""Follow-ups that a rule made, on the page of a family and in their list: why they are there, what they offer."""

from datetime import date
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from helpers import press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.casework import families, intake, placement_deeds, placements
from desk_app.casework.desk import Desk
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.records import RecordKind, Ref
from desk_app.domain.roles import Role
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.follow_ups_page import FollowUpsPage
from desk_app.gui.families.side_cards import FollowUpCardRow, OfferRow
from desk_app.gui.widgets.buttons import Button
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import User


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def assigned(desk: Desk, family: StoredFamily) -> None:
    facts = StepFacts(school="103780", starts_on=date(2026, 11, 10))
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.ASSIGNED, facts))


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot) -> FamilyFilePage:
    page = FamilyFilePage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    page.resize(1174, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def rows(page: FamilyFilePage) -> list[FollowUpCardRow]:
    return [row for row in page.findChildren(FollowUpCardRow) if not row.isHidden()]


def buttons(page: FamilyFilePage) -> dict[str, Button]:
    shown = [row for row in page.findChildren(OfferRow) if not row.isHidden()]
    return {button.text(): button for row in shown for button in row.findChildren(Button)}


def state(desk: Desk, family: StoredFamily) -> str:
    return desk.do(lambda work: families.load(work, family.household))[0].state_of(family.request)


def test_one_says_who_made_it_and_why(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    assigned(desk, family)
    page.open(family.household)
    first = rows(page)[0]
    assert first.shown.title == "Hat das Kind angefangen?"
    assert first.shown.about == "Karim · Schulbeginn am 10.11.2026 · für Carla Brandt"
    assert "von Trittstein: Schulbeginn am 10.11.2026" in first.toolTip()
    assert "von Trittstein" in first.accessibleName()


def test_hat_angefangen_admits_the_child_and_strg_z_takes_it_back(
    page: FamilyFilePage, desk: Desk, family: StoredFamily
) -> None:
    assigned(desk, family)
    page.open(family.household)
    buttons(page)["hat angefangen"].setFocus()
    press(buttons(page)["hat angefangen"], Qt.Key.Key_Space)
    assert state(desk, family) == "admitted"
    assert "hat angefangen" not in buttons(page)
    page.undo()
    assert state(desk, family) == "assigned"
    assert "hat angefangen" in buttons(page)


def test_nicht_angefangen_notes_it_and_the_place_stays(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    assigned(desk, family)
    page.open(family.household)
    buttons(page)["nicht angefangen"].click()
    assert state(desk, family) == "assigned"
    model = page.timeline.entries
    told = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert "Interne Notiz: Karim" in told
    assert rows(page)[0].shown.due == "Do, 3.12."


def test_who_may_not_decide_is_told_why(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    assigned(desk, family)
    desk.do(lambda work: demote(work, desk.user))
    page.open(family.household)
    begun = buttons(page)["hat angefangen"]
    assert not begun.isEnabled()
    assert "Leitung oder Beratung" in begun.toolTip()


def demote(work, user: UUID) -> None:
    work.session.get(User, user).role = Role.RECEPTION


def test_measles_proof_jumps_to_its_field(page: FamilyFilePage, desk: Desk, qtbot: QtBot, family: StoredFamily) -> None:
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "measles_proof", "open"))
    assigned(desk, family)
    page.open(family.household)
    with qtbot.waitSignal(page.question_chosen) as asked:
        buttons(page)["Zur Angabe"].click()
    household, question = asked.args
    assert (household, question.key, question.person) == (family.household, "measles_proof", family.child)


def test_a_query_leads_to_the_request(page: FamilyFilePage, desk: Desk, qtbot: QtBot, family: StoredFamily) -> None:
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.QUERY))
    page.open(family.household)
    with qtbot.waitSignal(page.placement_chosen) as asked:
        buttons(page)["Zur Anfrage"].click()
    assert asked.args == [family.request]


def test_the_last_sign_of_life_stands_behind_the_phone(page: FamilyFilePage, family: StoredFamily) -> None:
    page.open(family.household)
    assert page._sheet is not None
    labels = [fact.label for fact in page._sheet.facts]
    assert labels[:2] == ["Telefon", "Letztes Lebenszeichen"]
    assert page._sheet.facts[1].value == "26.11.2026, heute"


def test_the_list_of_all_says_it_in_a_second_line(
    desk: Desk, clock: SettableClock, qtbot: QtBot, family: StoredFamily
) -> None:
    desk.do(lambda work: placement_deeds.step(work, [family.request], placements.QUERY))
    page = FollowUpsPage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    (row,) = page.rows.table.rows
    assert (row.words, row.why) == (
        "Rückfrage beantworten", "von Trittstein: Rückfrage seit 26.11.2026, solange ruht die Suche"
    )  # fmt: skip
