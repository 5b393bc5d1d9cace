"""Offers out of the real window into files and in again: menu, preview, ticks, one deed, the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_windows import a_desk_window, settle
from helpers import press
from offer_exchanging import collection, written
from offer_samples import COURSE, FURNITURE, HOUSE, WELFARE, store_offers
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desk_app.casework import offer_directory
from desk_app.casework.desk import Desk
from desk_app.domain.offer_exchange import FileKind
from desk_app.domain.offers import Offer
from desk_app.gui.folders import FolderTools
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.offer_pages import show_offers
from desk_app.gui.offers.exchange_flow import ExchangeFlow
from desk_app.gui.offers.exchange_preview import ExchangePreview
from desk_app.gui.offers.page import OffersPage
from desk_app.gui.theme import Appearance


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    desk.do(store_offers)
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


@pytest.fixture
def page(window: DeskWindow) -> OffersPage:
    show_offers(window, None)
    settle(window)
    found = window.stack.currentWidget()
    assert isinstance(found, OffersPage)
    return found


@pytest.fixture
def flow(page: OffersPage) -> ExchangeFlow:
    return page.deeds.exchange


def read_in(window: DeskWindow, flow: ExchangeFlow, path: Path) -> ExchangePreview:
    flow.choose_file = lambda _parent: path
    flow.read_in()
    settle(window)
    assert flow.preview is not None
    return flow.preview


def course(desk: Desk) -> Offer:
    return desk.do(offer_directory.read)[0].listed[COURSE.id].offer


def shown(preview: ExchangePreview) -> list[tuple[str, str, bool]]:
    return [(line.title, line.label, preview.table.is_ticked(place)) for place, line in enumerate(preview.table.rows)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Partner.json"
    changed = replace(COURSE, goal="B1")
    page = json.loads(written(collection((changed, FURNITURE), HOUSE, WELFARE), FileKind.HSDS_JSON))
    page["contents"] += [{"id": "1", "name": "Chor", "status": "active"}, {"id": "2", "name": "", "status": "active"}]
    path.write_text(json.dumps(page), encoding="utf-8")
    return path


def test_the_menu_leads_out_and_in(flow: ExchangeFlow) -> None:
    menu = QMenu()
    flow.fill(menu)
    assert [action.text() for action in menu.actions()] == ["Ausgeben als", "Einlesen …"]
    out = menu.actions()[0].menu()
    assert isinstance(out, QMenu)
    assert [action.text() for action in out.actions()] == [
        "Excel-Liste, zum Ergänzen durch Partner …",
        "HSDS-JSON, für andere Programme …",
        "HSDS-CSV-Paket …",
    ]


@pytest.mark.parametrize(("kind", "suffix"), [(FileKind.XLSX, "xlsx"), (FileKind.HSDS_JSON, "json"),
                                              (FileKind.HSDS_TABLES, "zip")])  # fmt: skip
def test_a_file_is_written_and_its_folder_shown(
    window: DeskWindow, page: OffersPage, flow: ExchangeFlow, tmp_path: Path, kind: FileKind, suffix: str
) -> None:
    seen: list[Path] = []
    flow.folders = FolderTools(lambda _parent, _start: tmp_path, seen.append)
    flow.export(kind)
    settle(window)
    assert (tmp_path / f"Angebote_2026-11-26.{suffix}").stat().st_size
    assert seen == [tmp_path]
    assert page.undo_bar.isVisible()
    assert f"Angebote_2026-11-26.{suffix}" in page.undo_bar.accessibleName()


def test_what_a_file_changes_is_shown_taken_over_and_taken_back(
    window: DeskWindow, page: OffersPage, flow: ExchangeFlow, desk: Desk, file: Path
) -> None:
    preview = read_in(window, flow, file)
    assert preview.isVisible()
    lines = shown(preview)
    assert lines[:2] == [("Sprachkurs A1", "geändert", True), ("Chor", "neu", True)]
    assert ("Aktion Lichtblicke", "unverändert", False) in lines
    assert lines[-1] == ("Angebot 4", "nicht verstanden", False)
    assert preview.detail.words.text() == "Ziel: nicht hinterlegt → B1"
    assert preview.take.text() == "2 Angebote übernehmen"
    press(preview.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert not preview.isVisible()
    assert course(desk).goal == "B1"
    assert "1 Angebot neu, 1 geändert" in page.undo_bar.accessibleName()
    page.undo()
    settle(window)
    assert course(desk) == COURSE


def test_what_is_not_ticked_stays_out_and_nothing_can_be_ticked_that_is_not_there(
    window: DeskWindow, flow: ExchangeFlow, desk: Desk, file: Path
) -> None:
    preview = read_in(window, flow, file)
    preview.table.tick_all()
    assert [ticked for _title, _label, ticked in shown(preview)] == [True, True, False, False]
    preview.rows.go_to(0)
    press(preview.rows, Qt.Key.Key_Space)
    assert preview.take.text() == "1 Angebot übernehmen"
    preview.take.click()
    settle(window)
    assert course(desk).goal == ""
    assert "Chor" in [each.offer.title for each in desk.do(offer_directory.read)[0].offers]


def test_esc_leaves_the_directory_as_it_was(
    window: DeskWindow, flow: ExchangeFlow, desk: Desk, file: Path
) -> None:  # fmt: skip
    preview = read_in(window, flow, file)
    press(preview.rows, Qt.Key.Key_Escape)
    settle(window)
    assert not preview.isVisible()
    assert course(desk) == COURSE


def test_one_that_looks_the_same_can_be_said_to_be_another(
    window: DeskWindow, flow: ExchangeFlow, tmp_path: Path
) -> None:
    path = tmp_path / "Partner.json"
    theirs = {"id": "7", "name": "Sprachkurs A1", "status": "active", "description": "neu", "organization":
              {"id": "9", "name": WELFARE.name, "description": ""}}  # fmt: skip
    path.write_text(json.dumps([theirs]), encoding="utf-8")
    preview = read_in(window, flow, path)
    assert "gilt als dasselbe wie „Sprachkurs A1“" in preview.detail.words.text()
    assert preview.detail.other.isVisible()
    preview.detail.other.click()
    settle(window)
    assert shown(preview) == [("Sprachkurs A1", "neu", True)]
    assert not preview.detail.other.isVisible()


def test_a_file_that_is_none_is_said_in_one_sentence(
    window: DeskWindow, page: OffersPage, flow: ExchangeFlow, tmp_path: Path
) -> None:
    path = tmp_path / "Bild.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    flow.choose_file = lambda _parent: path
    flow.read_in()
    settle(window)
    assert flow.preview is None
    assert page.undo_bar.accessibleName().startswith("Diese Datei lässt sich nicht lesen. Es wurde nichts übernommen.")


def test_who_may_not_is_told_why(page: OffersPage, window: DeskWindow) -> None:
    refused = ExchangeFlow(page, page.undo_bar, window.worker, "Das darf nur die Beratung.", "Auch das nicht.")
    asked: list[int] = []
    refused.choose_file = lambda _parent: asked.append(1)
    refused.read_in()
    assert "Das darf nur die Beratung." in page.undo_bar.accessibleName()
    refused.export(FileKind.XLSX)
    assert "Auch das nicht." in page.undo_bar.accessibleName()
    assert not asked
