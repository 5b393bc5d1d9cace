"""The header: what it says about saving, and that the title keeps its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.gui.header import Header
from desk_app.gui.widgets.buttons import Button


def test_saving_is_told_in_words_and_failure_stays_with_a_way_out(qtbot: QtBot) -> None:
    header = Header("Familie Haddad")
    qtbot.addWidget(header)
    header.show()
    state = header.save_state
    assert state.isHidden()
    state.show_saving()
    assert state.words() == "Speichert …"
    state.show_saved("10:42")
    assert state.words() == "Gespeichert 10:42"
    assert not state._again.isVisible()
    state.show_failed("Speicherplatz prüfen")
    assert state.words() == "Nicht gespeichert – Speicherplatz prüfen"
    with qtbot.waitSignal(state.again):
        state._again.click()


def test_the_search_gives_way_before_the_title(qtbot: QtBot) -> None:
    header = Header("Familie Haddad")
    search = header.search_button
    header.add_action(Button("Aufnahme abschließen", "primary"))
    qtbot.addWidget(header)
    header.resize(QSize(1000, 60))
    header.show()
    assert search.width() == 260
    header.resize(QSize(480, 60))
    assert search.width() < 260
    assert header._title.width() >= header._title.sizeHint().width()


def test_the_search_is_whole_again_where_a_wide_window_became_narrower(qtbot: QtBot) -> None:
    header = Header("Familie Haddad")
    header.add_action(Button("Aufnahme abschließen", "primary"))
    qtbot.addWidget(header)
    header.show()
    for width in (1700, 800, 1700, 800):
        header.resize(QSize(width, 60))
        assert header.search_button.width() == 260


def test_the_search_gives_way_to_what_comes_into_the_header_later(qtbot: QtBot) -> None:
    header = Header("Familie Haddad")
    qtbot.addWidget(header)
    header.resize(QSize(560, 60))
    header.show()
    assert header.search_button.width() == 260
    header.set_title("Familie Wickramasinghe-Abeysekara")
    qtbot.waitUntil(lambda: header.search_button.width() < 260)
    assert header._title.width() >= header._title.sizeHint().width()
    header.set_title("Familie Haddad")
    qtbot.waitUntil(lambda: header.search_button.width() == 260)


def test_a_long_name_gives_way_before_the_news_that_it_is_saved(qtbot: QtBot) -> None:
    header = Header("Familie Wickramasinghe-Abeysekara von und zu Rajapaksha Mudiyanselage")
    header.add_action(Button("Aufnahme abschließen", "primary"))
    qtbot.addWidget(header)
    header.resize(QSize(700, 60))
    header.show()
    header.save_state.show_saved("10:42")
    qtbot.wait(0)
    line = header.save_state._line
    assert line.width() >= line.sizeHint().width()
    assert header._title.width() < header._title.sizeHint().width()


def test_a_header_at_rest_asks_for_nothing_more(qtbot: QtBot) -> None:
    header = Header("Familie Haddad")
    qtbot.addWidget(header)
    header.resize(QSize(560, 60))
    header.show()
    header.set_title("Familie Wickramasinghe-Abeysekara")
    for _round in range(10):
        QApplication.processEvents()
    asked = LayoutRequests(header)
    for _round in range(10):
        QApplication.processEvents()
    assert asked.count == 0


class LayoutRequests(QObject):
    """Counts how often a widget is asked to lay out anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False
