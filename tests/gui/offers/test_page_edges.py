"""The page "Angebote" where things are not as usual: endless words, pauses, an empty directory, proposals."""

from __future__ import annotations

from uuid import uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from helpers import press, type_text
from offers_window import make_page, pick
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import offer_directory, offer_versions, offers
from desk_app.casework.desk import Desk
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, Offer
from desk_app.gui.offers.fact_rows import FactRow
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.widgets.buttons import Button
from desk_app.presenters.offer_rows import Row

COURSE = "Sprachkurs A1 am Klöttschen"


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot, family: StoredFamily) -> OffersPage:
    return make_page(desk, clock, qtbot)


def offer(desk: Desk, title: str) -> Offer:
    return next(each.offer for each in desk.do(offer_directory.read)[0].listed.values() if each.offer.title == title)


def test_a_word_without_end_neither_widens_the_detail_nor_covers_the_form(page: OffersPage, desk: Desk) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenvereinshaus" * 2
    long = Offer(
        uuid4(), f"Beratung für neu zugewanderte Familien im Übergang von der Kita in die Grundschule {word}",
        brief=word, web=f"https://example.org/{word}", audiences=("family",),
    )  # fmt: skip
    desk.do(lambda work: offers.keep(work, long))
    page.open(None, long.id)
    QApplication.processEvents()
    for row in page.detail.findChildren(FactRow):
        if row.isVisible() and row.add.isVisible():
            right = row.add.mapTo(page.detail, row.add.rect().topRight()).x()
            assert right <= page.detail.width()
    page.deeds.edit()
    QApplication.processEvents()
    editor = page.deeds.editor
    assert editor is not None
    below = editor.area.mapTo(editor, editor.area.rect().bottomLeft()).y()
    assert below < editor.source.mapTo(editor, editor.source.rect().topLeft()).y()


def test_a_pause_may_say_why_and_need_not(page: OffersPage, desk: Desk) -> None:
    course = pick(page, COURSE)
    page.deeds.set_status(PAUSED)
    dialog = page.deeds.status
    assert dialog is not None
    type_text(dialog.words.control, "Frau Ilgin ist krank")
    press(dialog.words.control, Qt.Key.Key_Return)
    assert offer(desk, COURSE).status == PAUSED
    assert desk.do(lambda work: offer_versions.history(work, course))[0][0].words == "pausiert: Frau Ilgin ist krank"
    page.deeds.set_status(ACTIVE)
    assert offer(desk, COURSE).status == ACTIVE
    page.deeds.set_status(ENDED)
    ended = page.deeds.status
    assert ended is not None
    press(ended.words.control, Qt.Key.Key_Return)
    assert desk.do(lambda work: offer_versions.history(work, course))[0][0].words == "beendet"


def test_an_empty_directory_says_how_to_begin_and_keys_do_nothing(page: OffersPage, desk: Desk) -> None:
    everything = tuple(desk.do(offer_directory.read)[0].listed)
    desk.do(lambda work: [offers.remove(work, each) for each in everything])
    page.open(None)
    buttons = [button.text() for button in page.stack.findChildren(Button) if button.isVisible()]
    assert buttons == ["Angebot anlegen", "Einlesen …"]
    page.refer()
    assert page.chooser is None


def test_ctrl_enter_takes_a_proposal_over_and_refers_nobody_to_it(
    page: OffersPage, desk: Desk, family: StoredFamily
) -> None:
    proposed = next(each for each in desk.do(offer_directory.read)[0].proposals if each.replaces is None)
    page.open(family.household, proposed.offer.id)
    assert page.presenter.selected == proposed.offer.id
    page.primary()
    assert page.deeds.flow.dialog is None
    assert offer(desk, proposed.offer.title).status == ACTIVE


def test_where_the_family_was_sent_before_is_seen(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    page.open(family.household)
    course = pick(page, COURSE)
    page.refer()
    dialog = page.deeds.flow.dialog
    assert dialog is not None
    press(dialog.deed, Qt.Key.Key_Return)
    [row] = [line for line in page.results.offers.lines if isinstance(line, Row) and line.id == course]
    assert row.end.split(" · ")[0] == "vermittelt"
    assert page.detail.sheet is not None
    assert page.detail.sheet.remarks[0].startswith("Schon vermittelt am ")


def test_letters_act_only_while_the_list_or_the_offer_has_the_focus(page: OffersPage, family: StoredFamily) -> None:
    page.open(family.household)
    pick(page, COURSE)
    page.add.setFocus()
    for key in (Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_M):
        press(page.add, key)
    assert page.deeds.flow.dialog is None
    assert page.paper.dialog is None
    assert not page.paper.paper.offers
    page.results.setFocus()
    press(page.results, Qt.Key.Key_D)
    assert page.paper.dialog is not None
    assert page.paper.dialog.isVisible()


def test_a_mistyped_german_course_is_the_first_hit(page: OffersPage) -> None:
    page.bar.search.setFocus()
    for words in ("Deutschkurs", "Dütschkurs"):
        page.bar.search.clear()
        type_text(page.bar.search, words)
        assert next(line.title for line in page.results.offers.lines if isinstance(line, Row)) == COURSE
