"""The page of offers in a window of its own, for tests."""

from __future__ import annotations

from uuid import UUID

from conftest import SettableClock
from pytestqt.qtbot import QtBot

from desk_app.casework.desk import Desk
from desk_app.gui.offers.page import OffersPage
from desk_app.presenters.offer_rows import Row
from desk_app.presenters.runner import InlineRunner


def make_page(desk: Desk, clock: SettableClock, qtbot: QtBot, **refusals: str) -> OffersPage:
    runner = InlineRunner(desk.do)
    page = OffersPage(runner, clock, **refusals)  # type: ignore[arg-type]  # two texts by name
    runner._changed = page.changed
    qtbot.addWidget(page)
    page.resize(1174, 768)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def pick(page: OffersPage, title: str) -> UUID:
    """Go to an offer as ↓ does."""
    [row] = [line for line in page.results.offers.lines if isinstance(line, Row) and line.title == title]
    page.results.setFocus()
    page.results.go_to(row.id)
    page.presenter.select(row.id)
    return row.id
