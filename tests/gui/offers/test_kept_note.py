"""What was typed into a note is there again after Esc and after the lock of the desk."""

from __future__ import annotations

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from helpers import press, type_text
from offers_window import make_page
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.casework import left_words, offer_directory, referral_lines, referrals
from desk_app.casework.desk import Desk
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.widgets.overlays import dismiss_veils


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot, family: StoredFamily) -> OffersPage:
    page = make_page(desk, clock, qtbot)
    page.open(family.household)
    page.results.setFocus()
    return page


def begin_referral(page: OffersPage) -> None:
    page.results.setFocus()
    press(page.results, Qt.Key.Key_V)
    assert page.deeds.flow.dialog is not None


def test_the_note_of_a_referral_outlives_esc_until_it_is_entered(page: OffersPage, desk: Desk) -> None:
    begin_referral(page)
    dialog = page.deeds.flow.dialog
    assert dialog is not None
    type_text(dialog.words.control, "Rana fragt nach Kinderbetreuung")
    press(dialog.words.control, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    begin_referral(page)
    dialog = page.deeds.flow.dialog
    assert dialog is not None
    assert dialog.words.text() == "Rana fragt nach Kinderbetreuung"
    press(dialog.deed, Qt.Key.Key_Return)
    begin_referral(page)
    again = page.deeds.flow.dialog
    assert again is not None
    assert again is not dialog, "the first referral is made"
    assert again.words.text() == ""


def test_locking_keeps_the_note_on_an_outcome(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    offer = desk.do(offer_directory.read)[0].offers[0].offer
    draft = referrals.Draft(family.household, family.household, offer.id)
    desk.do(lambda work: referrals.refer(work, draft))
    lines = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    outcomes = page.deeds.lists.outcomes
    outcomes.begin(lines)
    assert outcomes.dialog is not None
    type_text(outcomes.dialog.words.control, "Platz ab Januar")
    dismiss_veils(page.window())  # the first thing that locking does
    assert desk.do(lambda work: left_words.read(work, f"outcome/{lines[0].id}"))[0] == "Platz ab Januar"
    outcomes.begin(lines)
    assert outcomes.dialog.words.text() == "Platz ab Januar"


def test_a_gap_that_was_noted_is_not_proposed_again(page: OffersPage, desk: Desk) -> None:
    page.deeds.note_gap()
    gap = page.deeds.gap
    assert gap is not None
    type_text(gap.words.control, "Schwimmkurs")
    press(gap.words.control, Qt.Key.Key_Escape)
    page.deeds.note_gap()
    gap = page.deeds.gap
    assert gap is not None
    assert gap.words.text() == "Schwimmkurs"
    press(gap.words.control, Qt.Key.Key_Return)
    page.deeds.note_gap()
    gap = page.deeds.gap
    assert gap is not None
    assert gap.words.text() == ""
