"""Papers in the window: reached by key and button, shown, printed, saved, and shown again out of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pypdfium2
import pytest
from builders import TODAY, StoredFamily, store_family
from conftest import SettableClock
from helpers import press, wait
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from the_day import Day

from desk_app.casework import handouts, offer_directory, referral_lines, referrals, slip_output
from desk_app.casework.desk import Desk
from desk_app.casework.referrals import Draft
from desk_app.casework.slip_output import Wanted
from desk_app.gui.appointments.page import AppointmentsPage
from desk_app.gui.families.file_page import FamilyFilePage
from desk_app.gui.folders import FolderTools
from desk_app.gui.offers.outcome_dialog import OutcomeDialog
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.papers.day_sheet_dialog import DaySheetDialog
from desk_app.gui.papers.dialog import PaperDialog
from desk_app.gui.papers.slip_dialog import SlipDialog
from desk_app.gui.today.page import TodayPage
from desk_app.presenters.choices import Choices
from desk_app.presenters.offer_rows import Row
from desk_app.presenters.paper_out import Slip
from desk_app.presenters.runner import InlineRunner


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def day(desk: Desk, clock: Any) -> Day:
    return Day(desk, clock)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    shown(qtbot, window)
    return window


def shown(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 768)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()


@pytest.fixture
def on_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the printer puts what it prints."""
    target = tmp_path / "printed.pdf"

    def to_a_file(_parent: QWidget) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(PaperDialog, "print", lambda dialog: _print(dialog, to_a_file))
    return target


_really_print = PaperDialog.print


def _print(dialog: PaperDialog, ask: Any) -> None:
    dialog._ask_printer = ask
    _really_print(dialog)


def open_dialog(page: QWidget, kind: type[PaperDialog] = SlipDialog) -> Any:
    """The dialog above a page, once its paper is drawn."""
    found = [each for each in page.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, "one dialog is open"
    wait(lambda: not found[0]._settle.isActive(), "the paper was not drawn")
    return found[0]


def pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def given(desk: Desk, family: StoredFamily) -> list[str]:
    return [line.kind for line in desk.do(lambda work: handouts.of_family(work, family.household))[0]]


# --- the slip of an appointment


@pytest.fixture
def termine(desk: Desk, clock: SettableClock, qtbot: QtBot, day: Day) -> Iterator[AppointmentsPage]:
    runner = InlineRunner(desk.do)
    page = AppointmentsPage(runner, clock, Choices(clock))
    runner._changed = page.changed
    shown(qtbot, page)
    page.presenter.go(TODAY)
    yield page
    page.hide()


def test_z_on_an_appointment_prints_its_slip_and_keeps_it_in_the_file(
    termine: AppointmentsPage, desk: Desk, day: Day, family: StoredFamily, on_paper: Path
) -> None:
    booked = day.book("", 14, household=family.household, language="ar")
    termine.refresh()
    termine._point_to(booked)
    press(termine.grid, Qt.Key.Key_Z)
    dialog = open_dialog(termine)
    assert dialog.language.value() == "ar", "what the family reads is chosen"
    assert not dialog.view.image.isNull()
    assert "Arabisch: Diese Übersetzung hat noch niemand geprüft" in dialog.notes.text()
    assert given(desk, family) == [], "looking leaves nothing behind"
    dialog.print_button.click()
    assert pages(on_paper) == 1
    assert given(desk, family) == ["appointment"]
    assert dialog.told.isVisible()


def test_another_language_is_drawn_and_printed(
    window: QWidget, desk: Desk, day: Day, family: StoredFamily, tmp_path: Path
) -> None:
    booked = day.book("", 14, household=family.household, language="ar")
    dialog = SlipDialog(window, InlineRunner(desk.do), Wanted(Slip.APPOINTMENT, (booked,), family.household))
    dialog.folders = FolderTools(choose=lambda _parent, _start: tmp_path)
    dialog.begin()
    wait(lambda: not dialog._settle.isActive(), "the paper was not drawn")
    before = dialog.view.image.copy()
    dialog.language.set_value("uk")
    dialog.language.committed.emit("uk")
    wait(lambda: not dialog._settle.isActive(), "the paper was not drawn")
    assert dialog.view.image != before
    dialog.save_button.click()
    assert dialog.confirm is not None
    dialog.confirm.confirmed.emit()
    (line,) = desk.do(lambda work: handouts.of_family(work, family.household))[0]
    assert line.language == "uk"
    assert [path.name for path in tmp_path.glob("Terminzettel_*.pdf")] == [
        f"Terminzettel_{day.line(booked).code}_2026-11-26.pdf"
    ]


def test_the_box_beside_a_new_appointment_opens_its_slip(
    termine: AppointmentsPage, desk: Desk, day: Day, family: StoredFamily
) -> None:
    termine.booking.book_next(family.household)
    popover = termine.booking.popover
    assert popover.slip.text() == "Danach Terminzettel drucken (Arabisch)"
    popover.slip.setChecked(True)
    popover.enter()
    dialog = open_dialog(termine)
    assert dialog._wanted.household == family.household
    assert not dialog.view.image.isNull()
    assert not popover.slip.isChecked(), "it is asked for each time anew"


def test_what_was_called_off_says_why_there_is_no_slip(window: QWidget, desk: Desk, day: Day) -> None:
    dialog = SlipDialog(window, InlineRunner(desk.do), Wanted(Slip.APPOINTMENT, (uuid4(),)))
    dialog.begin()
    wait(lambda: not dialog._settle.isActive(), "it was not said")
    assert dialog.nothing.isVisible()
    assert not dialog.print_button.isEnabled()


# --- sheets of the desks


def test_strg_p_on_heute_prints_a_sheet_for_each_desk(
    desk: Desk, clock: SettableClock, qtbot: QtBot, day: Day, on_paper: Path
) -> None:
    day.book("Petrenko", 9)
    page = TodayPage(InlineRunner(desk.do), clock)
    shown(qtbot, page)
    page.print_page()
    dialog = open_dialog(page, DaySheetDialog)
    assert "3 Seiten" in dialog.notes.text()
    dialog.print_button.click()
    assert pages(on_paper) == 3
    page.hide()


def test_strg_p_on_termine_prints_the_day_that_is_shown_with_codes_where_wanted(
    termine: AppointmentsPage, desk: Desk, day: Day, tmp_path: Path
) -> None:
    day.book("Petrenko", 9)
    termine.print_page()
    dialog = open_dialog(termine, DaySheetDialog)
    named = dialog.view.image.copy()
    dialog.who.segments[1].click()
    wait(lambda: not dialog._settle.isActive(), "the paper was not drawn")
    assert dialog.view.image != named
    dialog.span.segments[1].click()
    wait(lambda: not dialog._settle.isActive(), "the paper was not drawn")
    dialog.folders = FolderTools(choose=lambda _parent, _start: tmp_path)
    dialog.save_button.click()
    dialog.confirm.confirmed.emit()
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["Wochenliste_2026-11-23.pdf"]
    with pypdfium2.PdfDocument(tmp_path / "Wochenliste_2026-11-23.pdf") as document:
        assert "Petrenko" not in document[0].get_textpage().get_text_range()


# --- offers


@pytest.fixture
def angebote(desk: Desk, clock: SettableClock, qtbot: QtBot) -> OffersPage:
    runner = InlineRunner(desk.do)
    page = OffersPage(runner, clock)
    runner._changed = page.changed
    shown(qtbot, page)
    return page


def choose(page: OffersPage, place: int) -> UUID:
    rows = [line for line in page.results.offers.lines if isinstance(line, Row)]
    page.results.setFocus()
    page.results.go_to(rows[place].id)
    page.presenter.select(rows[place].id)
    page.presenter.show_sheet()
    return rows[place].id


def test_offers_are_collected_with_m_and_printed_on_one_page(
    angebote: OffersPage, desk: Desk, family: StoredFamily, on_paper: Path
) -> None:
    angebote.open(family.household)
    assert not angebote.paper.button.isVisible()
    first = choose(angebote, 0)
    press(angebote.results, Qt.Key.Key_M)
    second = choose(angebote, 2)
    press(angebote.results, Qt.Key.Key_M)
    assert angebote.paper.button.text() == "Merkzettel 2"
    assert angebote.paper.add.text() == "Vom Merkzettel nehmen"
    angebote.paper.print_all()
    dialog = open_dialog(angebote)
    assert dialog.language.value() == "ar"
    dialog.print_button.click()
    assert pages(on_paper) == 1
    (line,) = desk.do(lambda work: handouts.of_family(work, family.household))[0]
    directory = desk.do(offer_directory.read)[0]
    assert line.title == ", ".join(directory.listed[each].offer.title for each in (first, second))


def test_the_offer_in_front_is_printed_alone_in_the_family_s_language(
    angebote: OffersPage, desk: Desk, family: StoredFamily
) -> None:
    angebote.open(family.household)
    choose(angebote, 0)
    assert angebote.paper.print.text() == "Drucken (Arabisch)"
    angebote.paper.print.click()
    assert not open_dialog(angebote).view.image.isNull()


def test_another_family_begins_with_an_empty_page(angebote: OffersPage, desk: Desk, family: StoredFamily) -> None:
    other = desk.do(lambda work: store_family(work, "Demir"))[0]
    angebote.open(family.household)
    choose(angebote, 0)
    angebote.paper.toggle()
    angebote.open(other.household)
    assert angebote.paper.paper.offers == {}
    assert not angebote.paper.button.isVisible()
    assert "geleert" in angebote.undo_bar.accessibleName() + "".join(
        label.text() for label in angebote.undo_bar.findChildren(QLabel)
    )


def test_m_while_somebody_types_is_a_letter(angebote: OffersPage, family: StoredFamily) -> None:
    choose(angebote, 0)
    angebote.bar.search.setFocus()
    press(angebote.bar.search, Qt.Key.Key_M)
    assert angebote.paper.paper.offers == {}


# --- referrals and what was given before


def test_after_referring_the_slip_with_the_code_is_printed(
    angebote: OffersPage, desk: Desk, family: StoredFamily, on_paper: Path
) -> None:
    angebote.open(family.household)
    choose(angebote, 0)
    angebote.refer()
    referring = angebote.deeds.flow.dialog
    assert referring is not None
    referring.slip.setChecked(True)
    referring.deed.click()
    open_dialog(angebote).print_button.click()
    assert pages(on_paper) == 1
    assert given(desk, family) == ["slip"]


def test_the_slip_of_a_referral_is_printed_later_too(angebote: OffersPage, desk: Desk, family: StoredFamily) -> None:
    offer = next(iter(desk.do(offer_directory.read)[0].listed))
    desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, offer)))
    lines = desk.do(lambda work: referral_lines.of_family(work, family.household))[0]
    flow = angebote.deeds.lists.outcomes
    flow.begin(lines)
    assert isinstance(flow.dialog, OutcomeDialog)
    flow.dialog.slip.click()
    assert not open_dialog(angebote).view.image.isNull()


def test_what_was_given_is_shown_again_out_of_the_course_of_the_file(
    desk: Desk, clock: SettableClock, qtbot: QtBot, day: Day, family: StoredFamily, tmp_path: Path
) -> None:
    booked = day.book("", 14, household=family.household, language="ar")
    wanted = Wanted(Slip.APPOINTMENT, (booked,), family.household, "ar")
    desk.do(lambda work: slip_output.save(work, wanted, tmp_path))
    page = FamilyFilePage(InlineRunner(desk.do), clock)
    shown(qtbot, page)
    page.open(family.household)
    model = page.timeline.entries
    places = [model.index(row, 0) for row in range(model.rowCount())]
    [place] = [place for place in places if "Mitgegeben: Terminzettel" in str(place.data())
               or "Mitgegeben" in str(place.data(Qt.ItemDataRole.AccessibleTextRole))]  # fmt: skip
    page.timeline.setCurrentIndex(place)
    press(page.timeline, Qt.Key.Key_Return)
    dialog = open_dialog(page)
    assert not dialog.language.isVisible(), "it stays in the language it was given in"
    assert not dialog.view.image.isNull()
    QApplication.processEvents()
    page.hide()
