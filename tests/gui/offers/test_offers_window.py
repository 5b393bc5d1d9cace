"""Offers in the real window with its worker, by keyboard: from the file, the intake and the rail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import StoredFamily, store_family
from desk_windows import a_desk_window, settle
from helpers import press, press_here, type_text, wait
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import follow_ups, offer_directory, referral_lines
from desk_app.casework.desk import Desk
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.offer_pages import show_offers
from desk_app.gui.offers.file_offers import FileOffers
from desk_app.gui.offers.fitting_panel import FittingPanel
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.overlays import dismiss_veils
from desk_app.presenters.offer_rows import Row


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot, family: StoredFamily) -> Iterator[DeskWindow]:
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


def open_file(window: DeskWindow, family: StoredFamily) -> FamilyFilePage:
    window.open_family(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, FamilyFilePage)
    return page


def offers_of(page: FamilyFilePage) -> FileOffers:
    found = page.findChild(FileOffers)
    assert isinstance(found, FileOffers)
    return found


def panel_of(page: IntakePage) -> FittingPanel:
    wait(lambda: page.whole, "the rest of the page")
    found = page.findChild(FittingPanel)
    assert isinstance(found, FittingPanel)
    return found


def test_two_keys_refer_the_family_in_front(window: DeskWindow, desk: Desk, family: StoredFamily) -> None:
    page = open_file(window, family)
    page.timeline.setFocus()
    press(page.timeline, Qt.Key.Key_V)
    settle(window)
    flow = offers_of(page).panel.flow
    assert flow is not None
    assert flow.dialog is not None
    assert flow.dialog.isVisible()
    press_here(Qt.Key.Key_Return)
    settle(window)
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert (line.title, line.state) == ("Schulische Erstberatung und Schulvermittlung", "referred")
    assert line.code in page.undo_bar.accessibleName()
    assert [row.line.title for row in offers_of(page).rows] == [line.title]
    assert line.title not in [row.choice.title for row in offers_of(page).panel.rows]
    assert [each.words for each in desk.do(lambda work: follow_ups.of_family(work, family.household))[0]] == [
        f"Was wurde aus: {line.title}?"
    ]


def test_arrows_choose_among_what_fits_before_enter(window: DeskWindow, desk: Desk, family: StoredFamily) -> None:
    page = open_file(window, family)
    second = offers_of(page).panel.rows[1].choice.title
    page.timeline.setFocus()
    press(page.timeline, Qt.Key.Key_V)
    settle(window)
    press_here(Qt.Key.Key_Down)
    press_here(Qt.Key.Key_Return)
    settle(window)
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert line.title == second


def test_what_became_of_it_is_told_in_the_file(window: DeskWindow, desk: Desk, family: StoredFamily) -> None:
    page = open_file(window, family)
    page.timeline.setFocus()
    press(page.timeline, Qt.Key.Key_V)
    settle(window)
    press_here(Qt.Key.Key_Return)
    settle(window)
    offers_of(page).rows[0].setFocus()
    press_here(Qt.Key.Key_Return)
    first = offers_of(page).outcomes.dialog
    assert first is not None
    assert first.isVisible()
    first.dismiss()
    asks = next(button for button in page.open_card.findChildren(Button) if button.text() == "Ergebnis")
    asks.click()  # the follow-up leads to the same dialog
    settle(window)
    dialog = offers_of(page).outcomes.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.chips["waiting_list"].click()
    assert dialog.again.isVisible()
    assert dialog.again.value() is not None
    dialog.chips["takes_part"].click()
    assert not dialog.again.isVisible()
    dialog.deed.click()
    settle(window)
    assert [row.line.label for row in offers_of(page).rows] == ["nimmt teil"]
    assert desk.do(lambda work: follow_ups.of_family(work, family.household))[0] == (), "nobody asks any more"


def test_all_offers_open_with_the_family(window: DeskWindow, family: StoredFamily) -> None:
    page = open_file(window, family)
    offers_of(page).panel.all.click()
    settle(window)
    offers = window.stack.currentWidget()
    assert isinstance(offers, OffersPage)
    assert offers.bar.context.family == "Familie Haddad"
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert window.stack.currentWidget() is offers
    assert offers.bar.context.family == "Familie Haddad"


def test_the_intake_shows_what_fits_and_leaves_the_focus_alone(window: DeskWindow, family: StoredFamily) -> None:
    window.open_intake(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    panel = panel_of(page)
    wait(lambda: panel.rows, "the first look at what fits")
    here = QApplication.focusWidget()
    before = [row.choice.title for row in panel.rows]
    household = Ref(RecordKind.HOUSEHOLD, family.household)
    page.presenter.edit(household, "country_of_origin", "000")
    page.presenter.edit(household, "entry_date", None)
    wait(lambda: [row.choice.title for row in panel.rows] != before, "what fits a family that did not migrate")
    assert QApplication.focusWidget() is here
    assert "Engagement-Tandem für Familien" not in [row.choice.title for row in panel.rows]


def test_the_plus_in_the_intake_refers(window: DeskWindow, desk: Desk, family: StoredFamily) -> None:
    window.open_intake(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    panel = panel_of(page)
    wait(lambda: panel.rows, "the first look at what fits")
    title = panel.rows[0].choice.title
    panel.rows[0].add.click()
    settle(window)
    press_here(Qt.Key.Key_Return)
    settle(window)
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert line.title == title
    wait(lambda: title not in [row.choice.title for row in panel.rows], "the offer gives way to the next one")


def test_an_offer_being_edited_is_kept_when_the_desk_is_locked(
    window: DeskWindow, desk: Desk, family: StoredFamily
) -> None:
    show_offers(window, family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, OffersPage)
    title = next(line.title for line in page.results.offers.lines if isinstance(line, Row))
    page.deeds.edit("goal")
    editor = page.deeds.editor
    assert editor is not None
    goal = editor.fields["goal"]
    assert isinstance(goal, Field)
    type_text(goal.control, "Ein Platz")
    dismiss_veils(window.window())  # the first thing that locking does
    settle(window)
    listed = desk.do(offer_directory.read)[0].offers
    assert [each.offer.goal for each in listed if each.offer.title == title] == ["Ein Platz"]
