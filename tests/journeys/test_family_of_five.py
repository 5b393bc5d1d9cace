"""From an empty machine to a locked shipment for each office, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from journeys.keyboard import CTRL, Keyboard
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sending import opened, pdf_text
from sqlalchemy import select

from desk_app import bootstrap, settings
from desk_app.gui.app import make_application
from desk_app.gui.folders import FolderTools
from desk_app.gui.placements.export_dialogs import ResultDialog
from desk_app.gui.placements.page import PlacementsPage
from desk_app.gui.shell import Shell
from desk_app.storage.sealing import FLOOR
from desk_app.storage.tables import Shipment

MODELLED_KEY_PRESSES = 1130
"""What the same family was modelled to take in Excel and a Word mail merge, with 80 clicks more."""
PASSPHRASE = "Lampe Wiese Trommel 77"


@dataclass(frozen=True)
class Child:
    """What is typed about one child."""

    given_name: str
    native_name: str
    born: str
    sex: str


CHILDREN = (
    Child("Sara", "سارة حداد", "14.3.10", "weib"),
    Child("Karim", "", "2.6.13", "männ"),
    Child("Lina", "", "ca. 8", "weib"),
)


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:  # type: ignore[no-untyped-def]  # the settable clock
    """The program as it starts on a machine that never saw it. Keys are derived at the lowest allowed cost."""
    create = bootstrap.create
    monkeypatch.setattr(bootstrap, "create", lambda *words, **more: create(*words, **more, kdf=FLOOR))
    _app, appearance = make_application(settings.Settings(theme="light"))
    window = Shell(tmp_path / "store", appearance, clock)
    window.show()
    window.begin()
    window.activateWindow()
    qtbot.waitActive(window).__enter__()
    yield window
    window.end()
    window.close()
    window.deleteLater()


def test_a_family_of_five_from_the_first_start_to_the_files(shell: Shell, tmp_path: Path) -> None:
    keys = Keyboard(shell)
    set_up(keys)
    take_in(keys)
    folder = tmp_path / "fachberatung"
    folder.mkdir()
    words = send(keys, folder)
    check_lists(folder, words)
    check_papers(folder, words)
    assert keys.presses < MODELLED_KEY_PRESSES / 2


def set_up(keys: Keyboard) -> None:
    keys.wait(lambda: keys.key == "centre.name", "the set-up page")
    keys.press(Qt.Key.Key_A, CTRL)
    keys.type("KI Musterstadt")
    keys.answer("centre.city", "Stadt Musterstadt")
    keys.answer("user_name", "Carla Brandt")
    keys.go_to_name("Passphrase")
    keys.type(PASSPHRASE)
    keys.press(Qt.Key.Key_Return)
    keys.type(PASSPHRASE)
    keys.press(Qt.Key.Key_Return)
    keys.wait(lambda: keys.name == "Wiederherstellungscode", "the recovery code")
    keys.go_to_name("Der Code liegt")
    keys.press(Qt.Key.Key_Space)
    keys.go_to_name("Loslegen")
    keys.press(Qt.Key.Key_Space)
    keys.wait(lambda: keys.shell.desk_window is not None, "the desk")
    keys.settle()


def take_in(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_N, CTRL)
    keys.wait(lambda: keys.name.startswith("Wen möchten Sie aufnehmen?"), "the question whether the family is known")
    keys.presses = 0
    keys.type("Haddad 0208 000000")
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.wait(lambda: keys.key == "family_name", "the new intake")
    keys.answer("street", "Musterweg")
    keys.answer("house_number", "12")
    keys.answer("postal_code", "45476")
    keys.answer("reported_by", "Fam")
    keys.go_to_name("Mutter")
    keys.press(Qt.Key.Key_Space)
    keys.type("Rana")
    keys.go_to("has_custody")
    keys.press(Qt.Key.Key_J)
    keys.press(Qt.Key.Key_Insert)
    keys.press(Qt.Key.Key_V)
    keys.type("Yousef")
    keys.go_to("has_custody")
    keys.press(Qt.Key.Key_J)
    for child in CHILDREN:
        keys.press(Qt.Key.Key_Insert)
        keys.press(Qt.Key.Key_K)
        keys.type(child.given_name)
        if child.native_name:
            keys.answer("name_native_script", child.native_name)
        keys.answer("birth_date", child.born)
        keys.answer("birth_date_source", "Pass")
        keys.answer("sex", child.sex)
        keys.answer("nationality_1", "Syr")
        keys.answer("birth_country", "Syr")
        keys.answer("birth_place", "Aleppo")
        keys.settle()
    keys.answer("entry_date", "3.8.26")
    keys.answer("arrival_in_city", "21.9.26")
    keys.answer("country_of_origin", "Türk")
    keys.answer("registered_since", "22.9.26")
    keys.go_to("family_languages")
    keys.press(Qt.Key.Key_Space)
    keys.type("Arab")
    keys.press(Qt.Key.Key_Return)
    keys.answer("conversation_language", "Arab")
    keys.answer("interpreter_kind", "Spr")
    keys.settle()
    for key, words in (("german_level", "keine"), ("german_level_source", "Gespr"), ("literacy", "in beiden")):
        ask_each_child(keys, key, words, words, words)
    ask_each_child(keys, "years_of_schooling", "9", "6", "2")
    ask_each_child(keys, "last_grade", "9", "6", "2")
    ask_each_child(keys, "reports_available", "Orig", "Orig", None)
    ask_each_child(keys, "prior_german_school", *[Qt.Key.Key_N] * 3)
    ask_each_child(keys, "proposed_grade", None, None, "Klasse 2")
    ask_each_child(keys, "support_type", "Internat", "Deutschförderk", "Deutschförderk")
    keys.go_to_name("Schulaufsicht")
    keys.press(Qt.Key.Key_Space)
    keys.settle()


def send(keys: Keyboard, folder: Path) -> dict[str, str]:
    """Close the intake, tick all requests and export them; the passphrase of each office by its shipment."""
    keys.press(Qt.Key.Key_Return, CTRL)  # what should still be there is shown once …
    keys.press(Qt.Key.Key_Return, CTRL)  # … and closing goes on all the same
    keys.settle()
    keys.press(Qt.Key.Key_5, CTRL)
    page = placements(keys)
    page.export.folders = FolderTools(choose=lambda _page, _start: folder, show=lambda _folder: None)
    keys.wait(lambda: len(page.presenter.rows) == len(CHILDREN), "the list of requests")
    keys.settle()
    keys.press(Qt.Key.Key_A, CTRL)
    keys.press(Qt.Key.Key_E)
    keys.wait(lambda: keys.name == "Hier speichern", "the question whether to send")
    keys.press(Qt.Key.Key_Space)
    keys.wait(lambda: isinstance(page.export.dialog, ResultDialog), "the files")
    assert len(list(folder.iterdir())) == len(CHILDREN) + 2 * 2  # a list and a letter to each office
    window = keys.shell.desk_window
    assert window is not None
    made, _ = window._desk.do(lambda work: list(work.session.scalars(select(Shipment))))
    assert {row.recipient for row in made} == {"schulamt", "bezirksregierung"}
    return {row.number: row.passphrase or "" for row in made}


def passphrase_of(path: Path, words: dict[str, str]) -> str:
    return next(passphrase for number, passphrase in words.items() if number in path.name)


def ask_each_child(keys: Keyboard, key: str, *answers: str | Qt.Key | None) -> None:
    """Answer one question for one child after the other with Strg+Bild↓; ``None`` leaves it."""
    keys.go_to(key)
    for answer in answers:
        if isinstance(answer, str):
            keys.type(answer)
        elif answer is not None:
            keys.press(answer)
        keys.press(Qt.Key.Key_PageDown, CTRL)


def placements(keys: Keyboard) -> PlacementsPage:
    window = keys.shell.desk_window
    assert window is not None
    keys.wait(lambda: isinstance(window.stack.currentWidget(), PlacementsPage), "the page of requests")
    page = window.stack.currentWidget()
    assert isinstance(page, PlacementsPage)
    return page


def check_lists(folder: Path, words: dict[str, str]) -> None:
    """Every child stands in the list of its office with what was typed."""
    rows = {}
    for path in folder.glob("*.xlsx"):
        sheet = opened(path, passphrase_of(path, words))["Anfragen"]
        table = list(sheet.iter_rows(values_only=True))
        head = next(number for number, row in enumerate(table) if "Anfrage" in row)
        names = [str(title).replace("\n", "") for title in table[head]]
        for row in table[head + 1 :]:
            found = dict(zip(names, row, strict=True))
            rows[found["Vorname"]] = {**found, "title": table[0][0], "file": path.name}
    sara, karim, lina = rows["Sara"], rows["Karim"], rows["Lina"]
    assert sara["title"] == "Schulplatzanfragen an: Bezirksregierung"
    assert karim["title"] == "Schulplatzanfragen an: Fachberatung Integration"
    assert karim["file"] == lina["file"] != sara["file"]
    assert [(child["Nr."], child["Gruppe"]) for child in (lina, karim, sara)] == [
        ("01", "GS"), ("02", "8–10"), ("01", "BK")
    ]  # fmt: skip
    assert (karim["Nachname"], karim["Geboren"], karim["Alter"]) == ("Haddad", datetime(2013, 6, 2), 13)
    assert lina["Geboren"] == "ca. 2018"
    assert [child["Klasse nach Alter"] for child in (karim, lina)] == ["8", "2"]
    assert {child["Staats-angehörigkeit"] for child in rows.values()} == {"Syrien"}
    assert {child["Familiensprachen"] for child in rows.values()} == {"Arabisch"}
    assert {child["In Mülheim seit"] for child in rows.values()} == {datetime(2026, 9, 21)}
    assert {child["Stadtteil"] for child in rows.values()} == {"Styrum"}


def check_papers(folder: Path, words: dict[str, str]) -> None:
    """One paper for each child, with its name and nobody's in the file name; the letters name nobody."""
    texts = {path.name: pdf_text(path, passphrase_of(path, words)) for path in folder.glob("*.pdf")}
    letters = [texts.pop(name) for name in list(texts) if name.endswith("-Anschreiben.pdf")]
    assert not any(name in letter for name in ("Haddad", "Karim", "Sara", "Lina") for letter in letters)
    assert (len(letters), len(texts)) == (2, len(CHILDREN))
    assert not any(child.given_name in name for child in CHILDREN for name in texts)
    for child in CHILDREN:
        [paper] = [text for text in texts.values() if f"{child.given_name} Haddad" in text.split("Kind und Familie")[0]]
        for fact in ("Rana und Yousef Haddad", "Musterweg 12, 45476", "0208 000000", "KI Musterstadt"):
            assert fact in paper
        if child.native_name:
            assert all(word in paper for word in child.native_name.split())
