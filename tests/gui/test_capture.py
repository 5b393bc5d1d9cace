"""While the desk is open no picture of the screen shows it, where the system can do that."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk_app import settings
from desk_app.gui import capture
from desk_app.gui.locking import Locking
from desk_app.gui.options.appearance_card import AppearanceCard
from desk_app.gui.theme import Appearance

HIDDEN, SHOWN = 0x11, 0x00
Affinities = dict[int, int]


@pytest.fixture
def affinities(monkeypatch: pytest.MonkeyPatch) -> Iterator[Affinities]:
    """What Windows was told last of each window, by its handle."""
    told: Affinities = {}

    def note(handle: ctypes.c_void_p, affinity: int) -> int:
        assert handle.value is not None
        told[handle.value] = affinity
        return 1

    user32 = SimpleNamespace(SetWindowDisplayAffinity=note)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(capture, "possible", lambda: True)
    yield told
    capture.use(False)


def opened(qtbot: QtBot) -> tuple[Locking, QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    locking = Locking(window, lambda: "", lambda _news: None)
    locking.desk_opened(Path("store"), lambda: False)
    return locking, window


def test_the_open_desk_and_what_opens_above_it_is_hidden_and_the_lock_screen_is_not(
    affinities: Affinities, qtbot: QtBot
) -> None:
    locking, window = opened(qtbot)
    above = QWidget()
    qtbot.addWidget(above)
    above.show()
    assert [affinities.get(int(each.winId())) for each in (window, above)] == [HIDDEN, HIDDEN]
    locking.desk_closed()
    assert [affinities.get(int(each.winId())) for each in (window, above)] == [SHOWN, SHOWN]
    later = QWidget()
    qtbot.addWidget(later)
    later.show()
    assert int(later.winId()) not in affinities


def test_who_switched_it_off_is_asked_nothing_of(affinities: Affinities, qtbot: QtBot) -> None:
    settings.save(settings.Settings(hide_from_capture=False))
    locking, _window = opened(qtbot)
    locking.desk_closed()
    assert affinities == {}


def test_the_choice_is_in_force_at_once_and_kept(affinities: Affinities, qtbot: QtBot, appearance: Appearance) -> None:
    locking, window = opened(qtbot)
    card = AppearanceCard(appearance)
    qtbot.addWidget(card)
    card.show()
    assert card.hidden.isVisibleTo(card)
    card.hidden.click()
    assert affinities[int(window.winId())] == SHOWN
    assert not settings.load().hide_from_capture
    card.hidden.click()
    assert affinities[int(window.winId())] == HIDDEN
    assert settings.load().hide_from_capture
    locking.desk_closed()


def test_other_systems_are_not_asked_and_offer_no_choice(qtbot: QtBot, appearance: Appearance) -> None:
    locking, _window = opened(qtbot)
    card = AppearanceCard(appearance)
    qtbot.addWidget(card)
    card.show()
    assert not card.hidden.isVisible()
    locking.desk_closed()
