"""Texts are German unless a catalogue of another language has them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desk_app import assets, i18n


@pytest.fixture
def turkish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    catalogue = Catalog(locale="tr")
    catalogue.add("Aufnahme", "Kayıt")
    catalogue.add(("%d Kind", "%d Kinder"), ("%d çocuk", "%d çocuk"))
    place = tmp_path / "locale" / "tr" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "trittstein.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    yield
    i18n.use_language("de")


def test_german_is_the_source() -> None:
    assert i18n._("Aufnahme") == "Aufnahme"
    assert [i18n.ngettext("%d Kind", "%d Kinder", count) for count in (1, 3)] == ["%d Kind", "%d Kinder"]


@pytest.mark.usefixtures("turkish")
def test_another_language_is_used_at_once_and_left_again() -> None:
    marked = i18n.N_("Aufnahme")
    assert marked == "Aufnahme"
    i18n.use_language("tr")
    assert i18n._(marked) == "Kayıt"
    assert i18n._("Aufnahme", "hint from Designer") == "Kayıt"
    assert i18n.ngettext("%d Kind", "%d Kinder", 3) == "%d çocuk"
    assert i18n._("Familien") == "Familien"
    i18n.use_language("de")
    assert i18n._("Aufnahme") == "Aufnahme"


@pytest.mark.usefixtures("turkish")
def test_an_empty_text_stays_empty() -> None:
    i18n.use_language("tr")
    assert i18n._("") == ""


def test_a_language_without_catalogue_shows_german() -> None:
    i18n.use_language("xx")
    assert i18n._("Aufnahme") == "Aufnahme"
    i18n.use_language("de")
