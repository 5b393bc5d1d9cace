"""Blickschutz: whoever looks over somebody's shoulder reads no name, on no page, and nothing typed is lost by it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from builders import ShutStore, store_family
from helpers import press_here, type_text
from openpyxl import Workbook
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QAction, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desk_app.casework import families, follow_ups, intake, merging, personal
from desk_app.casework.desk import Desk, Work
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui import cover, desk_pages
from desk_app.gui.actions import COMMANDS
from desk_app.gui.families.import_page import ImportPage
from desk_app.gui.folders import FolderTools
from desk_app.gui.intake.disclosure import Disclosure
from desk_app.gui.intake.person_row import PersonRow
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.inputs import ComboBox
from desk_app.gui.widgets.overlays import dismiss_veils
from desk_app.gui.widgets.passphrase_field import PassphraseField

RESTS = 0.7
"""Seconds after which a page has everything it shows, the sheet beside the requests too."""
NOT_PRESSED = {"cover", "lock", "print"}
"""The switch itself; the end of the desk; a dialog of the system."""

# two families alike in everything but their words, which begin alike and are equally long
TELLING: tuple[dict[str, Any], dict[str, Any]] = (
    {
        "family_name": "Qwertzheim", "given_name": "Zippora", "mother": "Balthasara", "birth_name": "Vorzeitig",
        "native": "زيبورا", "phone": "0177 5551234", "own_phone": "0177 5559876",
        "street": "Quittenpfad", "day": date(2013, 6, 17), "contact": "Yvaine Gutherz", "emergency": "Tassilo Notnagel",
        "interpreter": "Umberto Sprachgut", "email": "qwertzheim@beispiel.example", "mailbox": "Ottokar Fremdling",
    },
    {
        "family_name": "Quastinger", "given_name": "Zacharo", "mother": "Bernhardin", "birth_name": "Vergangen",
        "native": "زاخارو", "phone": "0177 5554321", "own_phone": "0177 5556789",
        "street": "Quarkstiege", "day": date(2013, 6, 18), "contact": "Yolant Gernhol", "emergency": "Tiberio Nothelfe",
        "interpreter": "Ulrichs Sprachlos", "email": "quastinger@beispiel.example", "mailbox": "Oktavio Freundlic",
    },
)  # fmt: skip


def tell(work: Work, told: dict[str, Any]) -> UUID:
    """Take a family in whose words can be told from all others."""
    family = store_family(
        work,
        told["family_name"],
        given_name=told["given_name"],
        birth_date=DateSpan.of_day(told["day"]),
        birth_name=told["birth_name"],
        name_native_script=told["native"],
    )
    file = families.load(work, family.household)
    household, home = file.household.ref, file.all(RecordKind.ADDRESS)[0].ref
    mother = Ref(RecordKind.PERSON, family.mother)
    for ref, key, value in (
        (household, "phone", told["phone"]), (household, "email", told["email"]),
        (household, "contact_name", told["contact"]), (household, "contact_phone", told["own_phone"]),
        (household, "emergency_name", told["emergency"]), (household, "interpreter_name", told["interpreter"]),
        (household, "internal_note", f"{told['given_name']} fragt nach {told['contact']}"),
        (home, "street", told["street"]), (home, "mailbox_name", told["mailbox"]),
        (mother, "given_name", told["mother"]), (mother, "own_phone", told["own_phone"]),
    ):  # fmt: skip
        intake.set_value(work, ref, key, value)
    return family.household


def markers(told: dict[str, Any]) -> list[str]:
    words = [word for key in ("family_name", "given_name", "mother", "birth_name", "native", "street",
             "contact", "emergency", "interpreter", "mailbox") for word in told[key].split()]  # fmt: skip
    return [*words, told["phone"], told["own_phone"], told["email"], f"{told['day']:%d.%m.%Y}"]


def settle(window: DeskWindow, seconds: float = 0.06) -> None:
    until = time.monotonic() + seconds
    rounds = 0
    while rounds < 5 or time.monotonic() < until:
        QApplication.processEvents()
        window.worker.wait()
        time.sleep(0.005)
        rounds += 1


Walk = Iterator[str]


def pages(window: DeskWindow, household: UUID, folder: Path) -> Walk:
    """Goes to every page, tab and dialog there is, and says where it is."""
    places = [value for name, value in vars(desk_pages).items() if name.isupper() and isinstance(value, str)]
    assert desk_pages.FAMILY in places
    for place in places:
        if place == desk_pages.FAMILY:
            window.open_family(household)
        else:
            window.go(place)
        yield place
        page = window.stack.currentWidget()
        assert page is not None
        for bar in page.findChildren(QTabBar):
            for tab in range(bar.count()):
                bar.setCurrentIndex(tab)
                yield f"{place}, {tab}"
        if isinstance(page, PlacementsPage):
            begin_export(page, folder)
            yield f"{place}, export"
            dismiss_veils(window)
    window.open_intake(household)
    yield "intake"
    unfold(window, window.stack)
    yield "intake, unfolded"
    for command in COMMANDS:
        if command.id not in NOT_PRESSED:
            window._actions[command.id].trigger()
            yield command.id
            dismiss_veils(window)
    window._search.find()
    type_text(window._search.palette.line, "2026")
    yield "search"
    dismiss_veils(window)


def telling_pages(window: DeskWindow, household: UUID) -> Walk:
    """The pages that together show everything there is to know of a family, once they rest."""
    for place in (desk_pages.FAMILIES, desk_pages.PLACEMENTS):
        window.go(place)
        settle(window, RESTS)
        yield place
    window.open_family(household)
    settle(window, RESTS)
    yield desk_pages.FAMILY
    window.open_intake(household)
    settle(window)
    unfold(window, window.stack)
    settle(window, RESTS)
    yield "intake, unfolded"


def begin_export(page: PlacementsPage, folder: Path) -> None:
    page.export.folders = FolderTools(lambda _parent, _start: folder, lambda _folder: None)
    page.table.table.tick_all()
    page.primary()


def unfold(window: DeskWindow, page: QWidget) -> None:
    for row in page.findChildren(PersonRow):
        row.click()
        settle(window)
    for fold in page.findChildren(Disclosure):
        fold.set_open(True)


def texts_in(window: QWidget) -> Iterator[str]:
    """Whatever a widget that can be seen says on screen, in tooltips and to assistive technology."""
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield from (widget.displayText(), widget.placeholderText())
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            yield widget.currentText()
        elif isinstance(widget, QTabBar):
            for place in range(widget.count()):
                yield from (widget.tabText(place), widget.tabToolTip(place), widget.accessibleTabName(place))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _items(widget)
    yield from (action.text() for action in window.findChildren(QAction))


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = range(model.columnCount()) if isinstance(model, QAbstractTableModel) else range(1)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in columns:
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            yield from (str(model.index(row, column).data(role) or "") for role in roles)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text handed to a painter by our own code."""
    found: list[str] = []
    draw_text, draw = QPainter.drawText, QTextLayout.draw

    def noting(painter: QPainter, *words: Any) -> Any:
        found.extend(each for each in words if isinstance(each, str))
        return draw_text(painter, *words)

    def noting_layout(layout: QTextLayout, *words: Any) -> Any:
        found.append(layout.text())
        return draw(layout, *words)

    monkeypatch.setattr(QPainter, "drawText", noting)
    monkeypatch.setattr(QTextLayout, "draw", noting_layout)
    return found


@pytest.fixture
def open_window(shut_store: ShutStore, tmp_path: Path, clock, appearance: Appearance, qtbot: QtBot):  # type: ignore[no-untyped-def]
    """Opens the desk over a store with one of the two families."""
    opened: list[DeskWindow] = []

    def start(told: dict[str, Any]) -> tuple[DeskWindow, UUID]:
        folder = tmp_path / f"store{len(opened)}"
        shutil.copytree(shut_store.folder, folder)
        desk: Desk = shut_store.open_at(folder, clock)
        household = desk.do(lambda work: tell(work, told))[0]
        window = DeskWindow(desk, appearance)
        qtbot.addWidget(window)
        window.resize(1366, 900)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.start()
        opened.append(window)
        settle(window, 0.6)
        return window, household

    yield start
    for window in opened:
        if not window.store_watch.worker._stopped:
            window.close_desk()


def switch(window: DeskWindow) -> None:
    window._actions["cover"].trigger()
    settle(window)
    window.activateWindow()
    QApplication.processEvents()


def without_focus() -> None:
    here = QApplication.focusWidget()
    if here is not None:
        here.clearFocus()


def read_all(
    window: DeskWindow, walk: Walk, painted: list[str], told: dict[str, Any]
) -> tuple[dict[str, set[str]], dict[str, QImage]]:
    """For every page which telling words can be read on it, and its picture."""
    found: dict[str, set[str]] = {}
    pictures: dict[str, QImage] = {}
    for where in walk:
        settle(window)
        without_focus()
        painted.clear()
        pictures[where] = window.grab().toImage()
        seen = "\n".join([*texts_in(window), *painted])
        found[where] = {word for word in markers(told) if word in seen}
    return found, pictures


def test_no_page_shows_a_name_and_without_it_the_pages_do(open_window, painted: list[str]) -> None:  # type: ignore[no-untyped-def]  # the fixture above
    first, second = TELLING
    window, household = open_window(first)
    switch(window)
    _covered, pictures = read_all(window, telling_pages(window, household), painted, first)
    everywhere = pages(window, household, window._desk.vault.folder.parent)
    covered, _pictures = read_all(window, everywhere, painted, first)
    assert len(covered) > 20
    assert {where: words for where, words in covered.items() if words} == {}
    switch(window)
    shown, bare = read_all(window, telling_pages(window, household), painted, first)
    assert {word for words in shown.values() for word in words} == set(markers(first))
    window.hide()
    other, same = open_window(second)
    switch(other)
    _covered, alike = read_all(other, telling_pages(other, same), painted, second)
    assert [where for where in pictures if pictures[where] != alike[where]] == []
    assert [where for where in pictures if bare[where] == pictures[where]] == []


def test_what_somebody_types_is_seen_while_they_type_and_kept(open_window) -> None:  # type: ignore[no-untyped-def]  # as above
    told = TELLING[0]
    window, household = open_window(told)
    window.open_intake(household)
    settle(window)
    switch(window)
    name, phone = (edit_with(window, told[key]) for key in ("family_name", "phone"))
    phone.setFocus()
    settle(window)
    assert name.displayText() == "•" * len(told["family_name"])
    assert phone.displayText() == told["phone"]
    phone.setCursorPosition(len(phone.text()))
    type_text(phone, "99")
    name.setFocus()
    settle(window)
    assert told["phone"] not in phone.displayText()
    assert name.displayText() == told["family_name"]
    switch(window)
    assert (name.displayText(), phone.displayText()) == (told["family_name"], told["phone"] + "99")
    file = window._desk.do(lambda work: families.load(work, household))[0]
    assert file.household.get("phone") == told["phone"] + "99"
    assert file.household.get("family_name") == told["family_name"]


def edit_with(window: DeskWindow, words: str) -> QLineEdit:
    return next(edit for edit in window.findChildren(QLineEdit) if edit.text() == words and edit.isVisible())


def test_it_works_from_a_dialog_tells_that_it_is_on_and_ends_with_the_desk(open_window) -> None:  # type: ignore[no-untyped-def]  # as above
    window, _household = open_window(TELLING[0])
    window._actions["keys"].trigger()
    settle(window)
    window.activateWindow()
    QApplication.processEvents()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press_here(Qt.Key.Key_B, held)
    settle(window)
    assert cover.is_on()
    assert "Blickschutz an" in list(texts_in(window))
    assert "Strg+Umschalt+B" in "\n".join(texts_in(window))
    dismiss_veils(window)
    window.rail.state_pressed.emit("cover")
    settle(window)
    assert not cover.is_on()
    assert "Blickschutz an" not in list(texts_in(window))
    switch(window)
    window.close_desk()
    assert not cover.is_on()


def test_a_passphrase_stays_hidden_and_a_slow_store_shows_nothing(open_window) -> None:  # type: ignore[no-untyped-def]  # as above
    told = TELLING[0]
    window, _household = open_window(told)
    hold = threading.Event()
    window.worker.run(lambda _work: hold.wait(10), lambda _done: None, lambda _error: None)
    window._actions["cover"].trigger()
    until = time.monotonic() + 5
    while not cover.is_on() and time.monotonic() < until:
        QApplication.processEvents()
    assert cover.covered(told["family_name"]) == "•" * len(told["family_name"])
    hold.set()
    settle(window)
    assert cover.covered(f"Familie {told['family_name']}") == "Familie Q."
    field = PassphraseField("Passphrase", window)
    field.edit.setText("Lampe Wiese")
    field.show()
    settle(window)
    switch(window)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password


def test_names_that_come_later_are_covered_too(open_window) -> None:  # type: ignore[no-untyped-def]  # as above
    window, _household = open_window(TELLING[0])
    switch(window)
    assert cover.covered(TELLING[1]["family_name"]) == TELLING[1]["family_name"]
    window.worker.run(lambda work: tell(work, TELLING[1]), lambda _id: None, lambda _error: None)
    until = time.monotonic() + 20
    while cover.covered(TELLING[1]["family_name"]) != "Q.":
        assert time.monotonic() < until
        settle(window)


def test_while_somebody_fills_in_a_form_the_store_is_asked_once(open_window, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]  # as above
    window, household = open_window(TELLING[0])
    switch(window)
    asked: list[str] = []
    read = personal.read
    monkeypatch.setattr(personal, "read", lambda work: asked.append("who") or read(work))
    phone = Ref(RecordKind.HOUSEHOLD, household)
    for number in range(5):
        window.worker.run(
            lambda work, last=number: intake.set_value(work, phone, "phone", f"0177 555000{last}"),
            lambda _done: None,
            lambda _error: None,
        )
        window.worker.wait()
    until = time.monotonic() + 20
    while not asked:
        assert time.monotonic() < until
        settle(window)
    settle(window, 0.5)
    assert asked == ["who"]


def test_lists_and_menus_that_drop_down_are_covered(open_window, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]  # as above
    told = TELLING[0]
    window, _household = open_window(told)
    name = f"{told['given_name']} {told['family_name']}"
    menu = QMenu(window)
    action = menu.addAction(name)
    bare = dropped_down(name, qtbot)
    switch(window)
    assert dropped_down(name, qtbot) == dropped_down("Z. Q.", qtbot) != bare
    menu.show()
    assert action.text() == "Z. Q."
    menu.hide()
    switch(window)
    assert action.text() == name


def test_what_drops_down_below_a_choice_is_read_aloud_as_it_is_shown(open_window, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]  # as above
    told = TELLING[0]
    window, _household = open_window(told)
    field = ChoiceField(label="Über")
    qtbot.addWidget(field)
    field.set_choices([("a", f"{told['given_name']} {told['family_name']}")])
    switch(window)
    line = field.control.model().index(1, 0)
    assert line.data(Qt.ItemDataRole.AccessibleTextRole) == "Z. Q."
    field.set_value("a")
    assert field.value() == "a"
    switch(window)
    assert line.data(Qt.ItemDataRole.AccessibleTextRole) == f"{told['given_name']} {told['family_name']}"


def test_worklists_with_something_in_them_are_covered(open_window, painted: list[str]) -> None:  # type: ignore[no-untyped-def]  # as above
    told = TELLING[0]
    window, household = open_window(told)
    desk = window._desk
    again = desk.do(lambda work: tell(work, told))[0]
    third = desk.do(lambda work: tell(work, told))[0]
    person = desk.do(lambda work: families.load(work, household))[0].children[0].id
    other = desk.do(lambda work: families.load(work, again))[0].children[0].id
    desk.do(lambda work: merging.merge(work, person, other))
    draft = follow_ups.Draft(uuid4(), third, f"{told['given_name']} anrufen", date(2026, 11, 20))
    desk.do(lambda work: follow_ups.keep(work, draft))
    switch(window)
    for place in (desk_pages.DUPLICATES, desk_pages.STEPS, desk_pages.FOLLOW_UPS):
        window.go(place)
        settle(window, RESTS)
        without_focus()
        painted.clear()
        window.grab()
        seen = "\n".join([*texts_in(window), *painted])
        assert "Z. Q." in seen or "Z. anrufen" in seen, f"{place} tells of somebody"
        assert [word for word in markers(told) if word in seen] == [], place


def dropped_down(words: str, qtbot: QtBot) -> list[QImage]:
    """How a choice looks, and the list below it."""
    box = ComboBox()
    qtbot.addWidget(box)
    box.setEditable(False)
    box.addItems(["niemand", words])
    box.setCurrentIndex(1)
    box.resize(300, box.height())
    box.show()
    closed = box.grab().toImage()
    box.showPopup()
    QApplication.processEvents()
    pictures = [closed, box.view().grab().toImage()]
    box.hidePopup()
    box.hide()
    assert box.currentText() == words
    return pictures


def test_an_old_list_is_covered_before_anybody_of_it_is_in_the_store(  # type: ignore[no-untyped-def]  # as above
    open_window, painted: list[str], tmp_path: Path
) -> None:
    window, _household = open_window(TELLING[0])
    words = ["Kröger", "Wilhelmine", "5.5.2016", "Quittenallee 7", "0177 5558888"]
    book = Workbook()
    book.active.append(["Name", "Vorname", "Geb.", "Straße", "Telefon"])
    book.active.append(words)
    book.save(tmp_path / "alt.xlsx")

    def seen() -> set[str]:
        settle(window, 0.3)
        painted.clear()
        window.grab()
        said = "\n".join([*texts_in(window), *painted])
        return {word for word in ("Kröger", "Wilhelmine", "2016", "Quittenallee", "5558888") if word in said}

    window.go(desk_pages.OLD_LISTS)
    page = window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    page.open(tmp_path / "alt.xlsx")
    assert seen()
    switch(window)
    assert page.mapping.isVisible()
    assert seen() == set()
    page.primary()
    assert seen() == set()
    assert page.preview.isVisible()
    switch(window)
    assert len(seen()) == 5
