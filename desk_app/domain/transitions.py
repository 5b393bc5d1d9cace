"""Changes of school that a child is advised on (Schullaufbahnberatung): into class 5, to the Berufskolleg.

Which child is due follows from its class: 4, 9 and 10. It is a proposal, since a class may be repeated.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from desk_app.domain.dates import DateSpan
from desk_app.domain.school_history import show_school_year
from desk_app.domain.schooling import SchoolRules

TO_SECONDARY: Final = "to_secondary"
TO_VOCATIONAL: Final = "to_vocational"

_DUE: Final = {4: TO_SECONDARY, 9: TO_VOCATIONAL, 10: TO_VOCATIONAL}
_DIGITS: Final = re.compile(r"\d{1,2}")


def kind_due(grade: int | None) -> str:
    """The change that children of a class are advised on; empty for other classes."""
    return _DUE.get(grade, "") if grade is not None else ""


def next_school_year(today: date) -> str:
    """ "2027/28": the school year that a change advised on today leads into."""
    return show_school_year(SchoolRules.on(today).year_of(today) + 1)


def this_school_year(today: date) -> str:
    """ "2026/27"."""
    return show_school_year(SchoolRules.on(today).year_of(today))


def grade_now(told: str, on: date, birth: DateSpan | None, today: date) -> int | None:
    """The class a child should be in today.

    ``told`` is what was said of it on the day ``on``: "8b", "4"; from then on it goes up by one each school year.
    Where nothing was said, age decides as far as it is known. ``None`` while it is open, and beyond the last class.
    """
    rules = SchoolRules.on(today)
    digits = _DIGITS.search(told)
    if digits:
        grade = int(digits[0]) + rules.year_of(today) - rules.year_of(on)
    elif birth is not None and birth.earliest is not None and birth.latest is not None:
        grade = rules.grade_by_age(birth.earliest, today)
        if grade != rules.grade_by_age(birth.latest, today):
            return None
    else:
        return None
    return grade if 1 <= grade <= rules.highest_grade else None
