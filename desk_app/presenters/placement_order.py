"""Which requests are shown in which order: what they are found by, and what each column sorts by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.lists import Condition, meeting
from desk_app.domain.names import search_form
from desk_app.presenters.placement_columns import ALSO_RESTING, RESTING, grade_number
from desk_app.presenters.placement_states import order_of

_LAST: Final = "\U0010ffff"


def found_by(row: PlacementRow, schools: Mapping[str, str]) -> str:
    """What a row is found by: names, number and the school assigned, in their search form.

    ``schools`` has the search form of a school's name by its number.
    """
    known = row.searchable or " ".join((search_form(row.name), search_form(row.native_name), search_form(row.number)))
    return f"{known} {schools.get(row.school, row.school)}" if row.school else known


def matching(
    rows: Iterable[PlacementRow],
    texts: Sequence[str],
    conditions: Sequence[Condition],
    chosen: frozenset[str],
    words: Sequence[str],
) -> tuple[list[PlacementRow], int]:
    """The rows that meet what is chosen and hold every word; and how many more would, were the resting ones shown.

    ``texts`` are what the rows are found by, in their order.
    """
    wanted = meeting(conditions, chosen) if chosen else None
    resting = bool(chosen & RESTING) or ALSO_RESTING in chosen
    found, hidden = [], 0
    for row, text in zip(rows, texts, strict=True):
        if (wanted is None or wanted(row)) and all(word in text for word in words):
            if resting or row.state not in RESTING:
                found.append(row)
            else:
                hidden += 1
    return found, hidden  # fmt: skip


def sort_key(column: str, named: Callable[[str], str]) -> Callable[[PlacementRow], Any]:
    """What ``column`` sorts by; ``named`` is the name of a school by its number."""
    keys: dict[str, Callable[[PlacementRow], Any]] = {
        "name": _by_name,
        "grade": _by_grade,
        "district": lambda row: (not row.district, row.district),
        "state": order_of,
        "answers": lambda row: row.answered / max(row.asked, 1),
        "waiting": lambda row: row.waiting_days,
        "next_step": lambda row: (order_of(row), row.blocking, row.state_since),
        "school": lambda row: (not row.school, named(row.school).casefold()),
        "class_name": lambda row: (not row.class_name, row.class_name),
        "starts_on": lambda row: row.starts_on.toordinal() if row.starts_on else 0,
        "sent_on": lambda row: row.sent_on.toordinal() if row.sent_on else 0,
        "last_sign": lambda row: row.last_sign.toordinal() if row.last_sign else 0,
    }
    return keys.get(column) or (lambda row: getattr(row, column))


def _by_name(row: PlacementRow) -> str:
    if not (row.name or row.native_name):
        return _LAST
    # the search form begins with the name, and is known already
    return row.searchable.lstrip() or search_form(row.name or row.native_name)


def _by_grade(row: PlacementRow) -> tuple[int, str]:
    number = grade_number(row)
    return (99 if number is None else number, row.grade)
