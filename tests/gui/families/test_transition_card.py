"""School career advice on the page of a family: the card, and the form that keeps every answer at once."""

from datetime import date
from uuid import UUID

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from helpers import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import transitions
from desk_app.casework.desk import Desk, Work
from desk_app.casework.transitions import TransitionLine
from desk_app.domain.dates import DateSpan
from desk_app.domain.roles import Role
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.families.transition_dialog import TransitionDialog
from desk_app.gui.widgets.overlays import remove_veils
from desk_app.presenters.runner import InlineRunner
from desk_app.storage.tables import User


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    born = DateSpan.of_day(date(2017, 2, 2))
    return desk.do(lambda work: store_family(work, given_name="Olena", birth_date=born))[0]


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot):
    page = FamilyFilePage(InlineRunner(desk.do, lambda changes: page.changed(changes)), clock)
    qtbot.addWidget(page)
    page.resize(1174, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    yield page
    remove_veils(page)


def kept(desk: Desk) -> tuple[TransitionLine, ...]:
    return desk.do(transitions.overview)[0].records


def dialog(page: FamilyFilePage) -> TransitionDialog:
    return next(found for found in page.findChildren(TransitionDialog) if not found.isHidden())


def advise(page: FamilyFilePage, household: UUID) -> TransitionDialog:
    page.open(household)
    page.deeds.transitions.rows[0].click()
    return dialog(page)


def test_a_child_that_is_due_is_shown_with_its_class(page: FamilyFilePage, family: StoredFamily) -> None:
    page.open(family.household)
    (row,) = page.deeds.transitions.rows
    assert (row.shown.title, row.shown.about) == ("Olena: Grundschule → Klasse 5", "Klasse 4, noch ohne Beratung")


def test_looking_alone_keeps_nothing(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    form = advise(page, family.household)
    assert form.fields["school_year"].value() == "2027/28"
    press(form, Qt.Key.Key_Escape)
    assert form.isHidden()
    assert kept(desk) == ()


def test_every_answer_is_kept_at_once_and_the_card_tells_it(
    page: FamilyFilePage, desk: Desk, family: StoredFamily
) -> None:
    form = advise(page, family.household)
    assert form.fields["talked_on"].isAncestorOf(QApplication.focusWidget()), "the first open question"
    type_text(QApplication.focusWidget(), "20.11.")
    press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    (line,) = kept(desk)
    assert (line.day("talked_on"), line.text("kind"), line.text("school_year")) == (
        date(2026, 11, 20), "to_secondary", "2027/28"
    )  # fmt: skip
    form.fields["outcome"].set_value("accepted")
    form._keep()
    form.deed.click()
    (row,) = page.deeds.transitions.rows
    assert row.shown.about == "2027/28 · Platz zugesagt"


def test_what_was_typed_last_is_kept_when_the_form_is_closed(
    page: FamilyFilePage, desk: Desk, family: StoredFamily
) -> None:
    form = advise(page, family.household)
    form.fields["recommendation"].control.setFocus()
    type_text(form.fields["recommendation"].control, "Lernt schnell")
    form.dismiss()
    assert kept(desk)[0].text("recommendation") == "Lernt schnell"


def test_one_is_taken_out_and_comes_back_with_strg_z(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    form = advise(page, family.household)
    assert form.remove.isHidden(), "there is nothing to take out yet"
    form._keep()
    form.dismiss()
    page.deeds.transitions.rows[0].click()
    dialog(page).remove.click()
    assert kept(desk) == ()
    page.undo()
    assert len(kept(desk)) == 1


def test_any_child_can_be_advised_from_the_menu(
    page: FamilyFilePage, desk: Desk, clock: SettableClock, family: StoredFamily
) -> None:
    other = desk.do(store_family)[0]
    page.open(other.household)
    assert page.deeds.transitions.isHidden(), "a child in class 8 is not due"
    action = next(each for each in page.deeds.actions.menu.actions() if each.text().startswith("Schullaufbahn"))
    action.trigger()
    assert dialog(page).child.value() == str(other.child)


def test_who_may_not_advise_is_told_why(page: FamilyFilePage, desk: Desk, family: StoredFamily) -> None:
    def demote(work: Work) -> None:
        work.session.get(User, desk.user).role = Role.RECEPTION

    desk.do(demote)
    page.open(family.household)
    (row,) = page.deeds.transitions.rows
    assert not row.isEnabled()
    assert row.toolTip().startswith("Übergänge beraten darf nur")
