"""What names are found by, kept beside them in the row."""

from __future__ import annotations

from desk_app.domain.names import search_form
from desk_app.storage.tables import Household, Person, PersonName, Tracked


def keep_search_form(row: Tracked) -> None:
    """Bring the search form of a row to its names; rows without one stay as they are."""
    if isinstance(row, Person):
        parts = (row.given_name, row.family_name, row.birth_name, row.all_given_names, row.name_native_script)
        row.search_form = search_form(" ".join(part for part in parts if part))
    elif isinstance(row, Household):
        row.search_form = search_form(row.family_name or "")
    elif isinstance(row, PersonName):
        row.search_form = search_form(row.name or "")
