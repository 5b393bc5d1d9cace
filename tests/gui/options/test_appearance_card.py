"""How long the desk stays open without anybody: chosen shorter, never longer than the machine allows."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desk_app import bootstrap, settings
from desk_app.gui.options.appearance_card import AppearanceCard
from desk_app.gui.theme import Appearance


@pytest.mark.parametrize(
    ("battery", "offered"),
    [(False, ["5 Minuten", "4 Minuten", "3 Minuten", "2 Minuten", "1 Minute"]), (True, ["2 Minuten", "1 Minute"])],
)
def test_only_what_the_machine_allows_is_offered_and_kept(
    battery: bool, offered: list[str], appearance: Appearance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_battery", lambda: battery)
    card = AppearanceCard(appearance)
    qtbot.addWidget(card)
    choices = card.lock_after.segments
    assert [choice.text() for choice in choices] == offered
    assert card.lock_after.current() == 0
    choices[-1].click()
    assert settings.load().lock_after == 1
