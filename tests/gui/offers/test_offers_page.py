"""The page "Angebote" at the keyboard: find, refer, edit, phone through, note what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock
from helpers import press, type_text
from offers_window import make_page, pick
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import offer_directory, offer_gaps, offers, referral_lines
from desk_app.casework.desk import Desk
from desk_app.domain.offers import ENDED, Offer
from desk_app.gui import cover
from desk_app.gui.folders import FolderTools
from desk_app.gui.offers.fact_rows import FactRow
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.offers.refer_dialog import ReferDialog
from desk_app.gui.offers.time_rows import ContactRow
from desk_app.presenters.offer_rows import Row

COURSE = "Sprachkurs A1 am Klöttschen"


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def page(desk: Desk, clock: SettableClock, qtbot: QtBot, family: StoredFamily) -> OffersPage:
    return make_page(desk, clock, qtbot)


def titles(page: OffersPage) -> list[str]:
    return [line.title for line in page.results.offers.lines if isinstance(line, Row)]


def headings(page: OffersPage) -> list[str]:
    return [line[0] for line in page.results.offers.lines if not isinstance(line, Row)]


def offer(desk: Desk, title: str) -> Offer:
    return next(each.offer for each in desk.do(offer_directory.read)[0].listed.values() if each.offer.title == title)


def shown_dialog(page: OffersPage) -> ReferDialog:
    dialog = page.deeds.flow.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_typing_finds_and_down_goes_into_the_list(page: OffersPage) -> None:
    page.bar.search.setFocus()
    type_text(page.bar.search, "deutsch lernen")
    assert titles(page)[0] == COURSE
    press(page.bar.search, Qt.Key.Key_Down)
    assert page.results.hasFocus()
    press(page.results, Qt.Key.Key_Down)
    assert page.results.current() != offer_id(page, COURSE)
    press(page.results, Qt.Key.Key_Home)
    press(page.results, Qt.Key.Key_Up)
    assert page.bar.search.hasFocus(), "↑ on the first row leads back to the search"


def offer_id(page: OffersPage, title: str) -> UUID:
    return next(line.id for line in page.results.offers.lines if isinstance(line, Row) and line.title == title)


def test_escape_clears_the_search_and_everything_is_there_again(page: OffersPage) -> None:
    everything = len(titles(page))
    type_text(page.bar.search, "umzug")
    assert len(titles(page)) < everything
    press(page.bar.search, Qt.Key.Key_Escape)
    assert len(titles(page)) == everything


def test_v_and_enter_refer_the_family(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    page.open(family.household)
    pick(page, COURSE)
    press(page.results, Qt.Key.Key_V)
    assert shown_dialog(page).deed.hasFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert (line.title, line.state, line.about, line.agreed) == (COURSE, "referred", "", False)
    assert line.code in page.undo_bar.accessibleName()
    page.undo()
    assert desk.do(lambda work: referral_lines.of_family(work, family.household))[0] == ()


def test_v_in_the_search_is_a_letter(page: OffersPage, family: StoredFamily) -> None:
    page.open(family.household)
    page.bar.search.setFocus()
    press(page.bar.search, Qt.Key.Key_V)
    assert page.bar.search.text() == "v"
    assert page.deeds.flow.dialog is None


def test_v_without_a_family_asks_which_and_goes_on(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    pick(page, COURSE)
    press(page.results, Qt.Key.Key_V)
    chooser = page.chooser
    assert chooser is not None
    assert chooser.isVisible()
    type_text(chooser.field.name.control, "Haddad")
    chooser.field.look()
    press(chooser.field.name.control, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.bar.context.family == "Familie Haddad"
    assert shown_dialog(page).chosen().title == titles(page)[0]


def test_the_dialog_says_whom_and_notes_the_consent(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    page.open(family.household)
    course = pick(page, COURSE)
    page.refer()
    dialog = shown_dialog(page)
    assert "liegt nicht vor" in dialog.consent_words.text()
    dialog.chips[family.mother].click()
    assert not dialog.chips[None].isChecked()
    dialog.agrees.control.click()
    dialog.deed.click()
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert (line.about, line.agreed) == ("Rana Haddad", True)
    assert desk.do(lambda work: referral_lines.agreed_on(work, family.household, family.mother, course))[0]
    page.refer()
    again = shown_dialog(page)
    assert again.before.text().startswith("Schon vermittelt: vermittelt")
    again.chips[family.mother].click()
    assert again.consent_words.text() == "Einwilligung für diesen Träger liegt vor."
    assert again.agrees.isHidden()


def test_another_family_has_its_own_groups_and_no_answers(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    other = desk.do(lambda work: store_family(work, "Hoxha-Papadopoulou von und zu Langenhagen"))[0]
    page.open(family.household)
    assert page.question.isVisible()
    assert headings(page)[0] == "Passt"
    page.presenter.answer("several_needs", True)
    assert page.question.chips
    page.open(other.household)
    assert not page.question.chips
    assert page.bar.context.width() < page.width() / 2, "a long name does not push the filters away"
    page.bar.context.setFocus()
    press(page.bar.context, Qt.Key.Key_Delete)
    assert page.bar.context.family == ""
    assert "Deutsch lernen" in headings(page)
    assert not page.question.isVisible()


def test_covered_names_do_not_show(page: OffersPage, family: StoredFamily) -> None:
    page.open(family.household)
    pick(page, COURSE)
    page.refer()
    cover.use(lambda words: words.replace("Haddad", "H."))
    try:
        assert cover.covered(page.bar.context.text()) == "Familie H."
        page.grab()
    finally:
        cover.use(None)


def test_a_missing_fact_leads_to_its_field(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    pick(page, COURSE)
    row = next(row for row in page.detail.findChildren(FactRow) if row.line.key == "cost")
    row.add.click()
    editor = page.deeds.editor
    assert editor is not None
    assert editor.fields["cost_kind"].control is QApplication.focusWidget()
    editor.fields["cost_kind"].set_value("free")
    editor.source.set_value("Telefonat")
    editor.save.click()
    kept = offer(desk, COURSE)
    assert kept.cost.kind == "free"
    source = kept.source_of("cost")
    assert source is not None
    assert source.source == "Telefonat"
    page.undo()
    assert offer(desk, COURSE).cost.kind == ""


def test_escape_keeps_what_was_typed_and_discard_does_not(page: OffersPage, desk: Desk) -> None:
    pick(page, COURSE)
    page.deeds.edit("contacts")
    editor = page.deeds.editor
    assert editor is not None
    row = editor.fields["contacts"].add_row(None)
    assert isinstance(row, ContactRow)
    type_text(row.fields["name"].control, "Frau Sommer")
    press(row.fields["name"].control, Qt.Key.Key_Escape)
    assert [each.name for each in offer(desk, COURSE).contacts][-1] == "Frau Sommer"
    page.deeds.edit("goal")
    editor = page.deeds.editor
    assert editor is not None
    type_text(editor.fields["goal"].control, " und B1")
    editor.discard.click()
    assert "B1" not in offer(desk, COURSE).goal


def test_a_new_offer_needs_nothing_and_is_shown(page: OffersPage, desk: Desk) -> None:
    page.add.click()
    editor = page.deeds.editor
    assert editor is not None
    type_text(editor.fields["title"].control, "Schwimmkurs")
    press(editor.fields["title"].control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert offer(desk, "Schwimmkurs").audiences == ("family",)
    assert page.detail.sheet is not None
    assert page.detail.sheet.title == "Schwimmkurs"


def test_an_organisation_is_made_beside_the_form(page: OffersPage, desk: Desk) -> None:
    pick(page, COURSE)
    page.deeds.edit()
    editor = page.deeds.editor
    assert editor is not None
    editor.new_organisation.click()
    assert editor.side is not None
    editor.side.fields["name"].set_value("Haus der Sprachen")
    editor.side.fields["phone"].set_value("0208 000-77")
    editor.side.deed.click()
    editor.save.click()
    directory = desk.do(offer_directory.read)[0]
    found = directory.organisation_of(offer(desk, COURSE))
    assert found is not None
    assert (found.name, found.phone) == ("Haus der Sprachen", "0208 000-77")


def test_who_may_not_change_the_directory_proposes(
    desk: Desk, clock: SettableClock, qtbot: QtBot, family: StoredFamily
) -> None:
    page = make_page(desk, clock, qtbot, refusal="Das darf die Fachkraft.")
    pick(page, COURSE)
    page.deeds.edit("goal")
    editor = page.deeds.editor
    assert editor is not None
    editor.fields["goal"].set_value("Niveau A2")
    editor.save.click()
    assert offer(desk, COURSE).goal == "Sprachniveau A1"
    [waiting] = [each for each in desk.do(offer_directory.read)[0].proposals if each.replaces is not None]
    assert waiting.offer.goal == "Niveau A2"
    assert not page.detail.accept.isEnabled()
    assert page.detail.accept.toolTip() == "Das darf die Fachkraft."


def test_stale_offers_are_phoned_through_with_one_key(page: OffersPage, desk: Desk, clock: SettableClock) -> None:
    clock.advance(days=200)
    page.refresh()
    page.deeds.lists.open_stale()
    dialog = page.deeds.lists.dialog
    assert dialog is not None
    assert len(dialog.card.rows) == 10
    first = dialog.card.rows[0].row
    assert dialog.card.rows[0].main.hasFocus()
    press(dialog.card.rows[0].main, Qt.Key.Key_Return)
    assert [row.row.id for row in dialog.card.rows].count(first.id) == 0
    assert len(dialog.card.rows) == 9
    assert dialog.card.rows[0].main.hasFocus(), "the next one to phone"
    assert desk.do(offer_directory.read)[0].listed[first.id].confirmed_by == "Carla Brandt"


def test_proposals_are_taken_over_or_turned_down(page: OffersPage, desk: Desk) -> None:
    page.deeds.lists.open_proposals()
    dialog = page.deeds.lists.dialog
    assert dialog is not None
    before = len(dialog.card.rows)
    taken = dialog.card.rows[0].row
    dialog.card.rows[0].main.click()
    assert desk.do(offer_directory.read)[0].listed[taken.id].offer.status == "active"
    assert len(dialog.card.rows) == before - 1


def test_a_slip_that_came_back_is_typed_in(page: OffersPage, desk: Desk, family: StoredFamily) -> None:
    page.open(family.household)
    pick(page, COURSE)
    page.refer()
    shown_dialog(page).deed.click()
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    outcomes = page.deeds.lists.outcomes
    outcomes.ask_code()
    assert outcomes.code is not None
    type_text(outcomes.code.code.control, "AAA")
    press(outcomes.code.code.control, Qt.Key.Key_Return)
    assert outcomes.code.failure.isVisible()
    assert outcomes.dialog is None
    outcomes.code.code.control.clear()
    type_text(outcomes.code.code.control, line.code.lower())
    press(outcomes.code.code.control, Qt.Key.Key_Return)
    assert outcomes.dialog is not None
    assert outcomes.dialog.isVisible()
    outcomes.dialog.chips["takes_part"].click()
    press(outcomes.dialog.chips["takes_part"], Qt.Key.Key_Return)
    [line] = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    assert line.state == "takes_part"


def test_slips_out_for_two_weeks_are_listed(
    page: OffersPage, desk: Desk, family: StoredFamily, clock: SettableClock
) -> None:
    page.open(family.household)
    pick(page, COURSE)
    page.refer()
    shown_dialog(page).deed.click()
    clock.advance(days=15)
    page.deeds.lists.open_slips()
    dialog = page.deeds.lists.dialog
    assert dialog is not None
    assert [(row.row.title, row.row.end) for row in dialog.card.rows] == [(COURSE, "seit 15 Tagen")]


def test_what_is_missing_is_noted_without_names_and_reported(
    page: OffersPage, desk: Desk, tmp_path: Path, family: StoredFamily
) -> None:
    page.open(family.household)
    type_text(page.bar.search, "xyzzyqq")
    assert page.stack.currentWidget() is not page.results
    page.gap.click()
    assert page.deeds.gap is not None
    assert page.deeds.gap.words.value() == "xyzzyqq"
    page.deeds.gap.fields["reason"].set_value("none")
    page.deeds.gap.deed.click()
    [gap] = desk.do(lambda work: offer_gaps.listing(work, work.today, work.today))[0]
    assert (gap.words, gap.reason) == ("xyzzyqq", "none")
    shown: list[Path] = []
    page.deeds.lists.folders = FolderTools(lambda _parent, _start: tmp_path, shown.append)
    page.deeds.lists.ask_report()
    assert page.deeds.lists.report is not None
    page.deeds.lists.report.deed.click()
    assert "zu wenig notiert" in page.undo_bar.accessibleName()
    assert shown == []
    for _more in range(5):
        desk.do(lambda work: offer_gaps.note_gap(work, replace(gap, id=uuid4())))
    page.deeds.lists.ask_report()
    page.deeds.lists.report.deed.click()
    assert [file.suffix for file in tmp_path.iterdir() if file.name.startswith("Fehlende-Angebote")] == [".xlsx"]
    assert shown == [tmp_path]


def test_history_brings_an_earlier_state_back(page: OffersPage, desk: Desk) -> None:
    course = offer(desk, COURSE)
    desk.do(lambda work: offers.set_status(work, course.id, ENDED))
    page.refresh()
    pick(page, COURSE)
    page.deeds.show_history()
    history = page.deeds.history
    assert history is not None
    assert len(history.buttons) == 1
    history.buttons[0].click()
    assert offer(desk, COURSE).status == "active"


def test_narrow_windows_stack_and_nothing_is_cut(page: OffersPage) -> None:
    sizes: list[Callable[[], bool]] = [page.results.isVisible, page.detail.isVisible]
    page.resize(700, 900)
    QApplication.processEvents()
    assert all(size() for size in sizes)
    assert page.detail.geometry().top() > page.list_card.geometry().top()
    assert page.bar.search.width() >= 200
