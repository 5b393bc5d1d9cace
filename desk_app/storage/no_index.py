"""For queries of which we know better than the database by which of its indexes to go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func


def unsorted(column: Any) -> Any:
    """A column whose index must not be gone by: which of two leads to less work, the database cannot know."""
    return func.coalesce(column, column)
