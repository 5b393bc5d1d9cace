"""The small widgets: what they say to assistive technology, and that they paint in every look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from helpers import press
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.avatar import initials
from desk_app.gui.widgets.buttons import Button, IconButton, KeyCap
from desk_app.gui.widgets.cards import AddRow, Card, Divider, PressRow
from desk_app.gui.widgets.chips import Chip, FilterChip, RemovableChip
from desk_app.gui.widgets.labels import ElidedLabel
from desk_app.gui.widgets.messages import Banner, EmptyState, ErrorSummary, Fault
from desk_app.gui.widgets.search_box import SearchBox
from desk_app.gui.widgets.signs import (
    REQUEST_COLOURS,
    REQUEST_WORDS,
    Avatar,
    ProgressLine,
    ProgressRing,
    RequestSign,
    SectionSign,
    StateIcon,
    section_words,
)
from desk_app.gui.widgets.tabs import TabBar

NAMED: list[tuple[Callable[[], QWidget], str, QAccessible.Role]] = [
    (lambda: Button("Speichern", "primary", "plus", "Strg+S"), "Speichern", QAccessible.Role.Button),
    (lambda: IconButton("printer", "Drucken"), "Drucken", QAccessible.Role.Button),
    (lambda: KeyCap("Einfg"), "Einfg", QAccessible.Role.Client),
    (lambda: Chip("vollständig", "ok", "check"), "vollständig", QAccessible.Role.StaticText),
    (lambda: FilterChip("Kontakte"), "Kontakte", QAccessible.Role.CheckBox),
    (lambda: RemovableChip("Arabisch"), "Arabisch", QAccessible.Role.Button),
    (lambda: Avatar("Rana Haddad"), "Rana Haddad", QAccessible.Role.StaticText),
    (lambda: StateIcon(RequestSign.QUERY), "Rückfrage", QAccessible.Role.StaticText),
    (lambda: SectionSign(2, 3), "2 von 3 Angaben", QAccessible.Role.StaticText),
    (lambda: ProgressRing(27, 36), "27 von 36 Angaben", QAccessible.Role.ProgressBar),
    (lambda: PressRow("Rana Haddad, 34"), "Rana Haddad, 34", QAccessible.Role.Button),
    (lambda: AddRow("Person hinzufügen", keys="Einfg"), "Person hinzufügen", QAccessible.Role.Button),
    (lambda: SearchBox("Suchen", "Strg+K"), "Suchen", QAccessible.Role.EditableText),
    (lambda: ElidedLabel("Familie Haddad"), "Familie Haddad", QAccessible.Role.StaticText),
]


@pytest.mark.parametrize(("build", "name", "role"), NAMED, ids=[name for _build, name, _role in NAMED])
def test_every_widget_has_a_name_and_a_role(
    qtbot: QtBot, build: Callable[[], QWidget], name: str, role: QAccessible.Role
) -> None:
    widget = build()
    qtbot.addWidget(widget)
    told = QAccessible.queryAccessibleInterface(widget)
    assert told.text(QAccessible.Text.Name) == name
    assert told.role() == role


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [0.9, 1.5])
def test_everything_paints_in_every_look(qtbot: QtBot, appearance: Appearance, mode: str, scale: float) -> None:
    appearance.set_mode("dark" if mode == "dark" else "light")
    appearance.set_scale(scale)
    widgets = [build() for build, _name, _role in NAMED]
    widgets += [Button(kind, kind) for kind in ("secondary", "tint", "ghost", "link", "danger")]
    widgets += [StateIcon(sign) for sign in RequestSign]
    widgets += [SectionSign(*counts) for counts in ((0, 3, 0), (3, 3, 0), (1, 3, 1))]
    widgets += [Card("Personen", "3", ruled=True, tone=tone) for tone in ("", "warn")]
    widgets += [Divider(), ProgressLine(), Banner("Stand prüfen"), EmptyState("Noch nichts", "So entsteht etwas.")]
    for widget in widgets:
        qtbot.addWidget(widget)
        picture = widget.grab().toImage()
        assert not picture.isNull(), f"{type(widget).__name__} painted nothing"


def test_every_state_of_a_request_has_its_own_word_and_picture(qtbot: QtBot) -> None:
    assert set(REQUEST_WORDS) == set(REQUEST_COLOURS) == set(RequestSign)
    assert len(set(REQUEST_WORDS.values())) == 11
    pictures = []
    for sign in RequestSign:
        icon = StateIcon(sign)
        qtbot.addWidget(icon)
        grey = icon.grab().toImage().convertToFormat(icon.grab().toImage().Format.Format_Grayscale8)
        pictures.append(bytes(grey.constBits()))
    assert len(set(pictures)) == 11, "two states look alike without colour"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 6, 0), "noch leer"),
        ((2, 6, 0), "2 von 6 Angaben"),
        ((6, 6, 0), "vollständig"),
        ((5, 6, 1), "1 Angabe prüfen"),
        ((5, 6, 2), "2 Angaben prüfen"),
    ],
)
def test_a_section_sign_speaks(counts: tuple[int, int, int], words: str) -> None:
    assert section_words(*counts) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rana Haddad", "RH"), ("Nguyễn Bảo Ngọc", "NN"), ("Sukarno", "S"), ("", "?"), ("Đorđe von Čapek", "ĐČ")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_without_room_is_told_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("Maximiliane Konstantinopolska-Featherstonehaugh")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.toolTip() == "Maximiliane Konstantinopolska-Featherstonehaugh"
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_a_row_is_pressed_by_mouse_enter_and_space(qtbot: QtBot) -> None:
    row = PressRow("Rana Haddad")
    qtbot.addWidget(row)
    row.resize(300, 44)
    row.show()
    presses: list[bool] = []
    row.clicked.connect(lambda: presses.append(True))
    press(row, Qt.Key.Key_Return)
    press(row, Qt.Key.Key_Space)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(150, 20))
    press(row, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(presses) == 3


@pytest.mark.parametrize("build", [lambda: Button("Sperren"), lambda: IconButton("lock", "Sperren")])
def test_eingabe_presses_a_button_but_not_with_strg(qtbot: QtBot, build: Callable[[], QPushButton]) -> None:
    button = build()
    qtbot.addWidget(button)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("Sperren"))
    press(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Sperren"]


def test_a_chip_is_removed_by_its_cross_but_not_by_its_word(qtbot: QtBot) -> None:
    chip = RemovableChip("Arabisch")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()
    gone: list[bool] = []
    chip.removed.connect(lambda: gone.append(True))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 12))
    assert gone == []
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 12))
    assert gone == [True]


@pytest.mark.parametrize("build", [build for build, _name, role in NAMED if role == QAccessible.Role.Button])
def test_targets_are_large_enough(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    widget = build()
    qtbot.addWidget(widget)
    assert widget.sizeHint().height() >= 24


def test_the_summary_takes_the_focus_and_its_links_jump(qtbot: QtBot) -> None:
    page = QWidget()
    summary = ErrorSummary(page)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    jumps: list[str] = []
    faults = [Fault("Nach @ fehlt der Anbieter", "Familie & Kontakt", lambda: jumps.append("mail"))]
    summary.show_faults("Bitte eine Angabe prüfen", "Alles ist gespeichert.", faults)
    assert summary.hasFocus()
    assert summary.accessibleName() == "Bitte eine Angabe prüfen"
    links = summary.findChildren(QPushButton)
    assert [link.accessibleName() for link in links] == ["Nach @ fehlt der Anbieter, Familie & Kontakt"]
    links[0].click()
    assert jumps == ["mail"]
    summary.show_faults("", "", [])
    assert summary.isHidden()


def test_tabs_say_how_far_each_child_is(qtbot: QtBot) -> None:
    tabs = TabBar()
    qtbot.addWidget(tabs)
    for name in ("Lina, 9", "Karim, 13"):
        tabs.addTab(name)
    narrow = tabs.tabRect(1).width()
    tabs.set_progress(0, 3, 3)
    tabs.set_progress(1, 2, 3)
    tabs.set_remark(1, "1 fehlt")
    tabs.resize(500, 40)
    tabs.show()
    assert tabs.accessibleTabName(0) == "Lina, 9, vollständig"
    assert tabs.accessibleTabName(1) == "Karim, 13, 1 fehlt, 2 von 3 Angaben"
    assert tabs.tabRect(1).width() > narrow
    tabs.setCurrentIndex(0)
    press(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1


def test_esc_first_clears_a_search(qtbot: QtBot) -> None:
    search = SearchBox("Suchen", "Strg+K")
    qtbot.addWidget(search)
    search.setText("kov")
    press(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_an_empty_place_says_what_will_be_there(qtbot: QtBot) -> None:
    place = EmptyState("Noch keine Anfragen", "Eine Anfrage entsteht aus einer Aufnahme. " * 4, Button("Neue Aufnahme"))
    qtbot.addWidget(place)
    place.resize(900, 600)
    place.show()
    words = place._words
    assert words.height() >= words.heightForWidth(words.width())
    assert QRect(QPoint(0, 0), place.size()).contains(words.geometry())
