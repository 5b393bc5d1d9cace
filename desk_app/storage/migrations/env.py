"""Run by Alembic, over the connection handed in: already keyed, already in a transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from desk_app.storage import schema
from desk_app.storage.types import DateSpanText, UtcDateTime


def plain_types(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write the program's own column types as what they are in the file: a migration must not change with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, DateSpanText):
        return "sa.String(length=40)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata(),
    render_as_batch=True,
    render_item=plain_types,
    compare_type=True,
)
context.run_migrations()
