"""What names are found by, kept beside them in the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk_app.domain.names import search_form
from desk_app.storage.tables import Household, Person, PersonName, Tracked

_NAMES = ("given_name", "family_name", "birth_name", "all_given_names", "name_native_script")


def search_form_of(person: Mapping[str, Any]) -> str:
    """The search form of a person whose names are given by column."""
    return search_form(" ".join(person[key] for key in _NAMES if person.get(key)))


def keep_search_form(row: Tracked) -> None:
    """Bring the search form of a row to its names; rows without one stay as they are."""
    if isinstance(row, Person):
        row.search_form = search_form_of({key: getattr(row, key) for key in _NAMES})
    elif isinstance(row, Household):
        row.search_form = search_form(row.family_name or "")
    elif isinstance(row, PersonName):
        row.search_form = search_form(row.name or "")
