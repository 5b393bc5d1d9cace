"""Keeps the audit as it was written: over a connection of the open store no entry can be changed or taken away.

Temporary triggers refuse it whichever way it is tried: mapped classes, plain SQL, REPLACE or a cascade. They live in
the connection and never in the file, so rebuilding from the journal, restoring and bringing tables up to date, which
put rows where they belong over connections of their own, are not in their way. What another tool does to the file is
found by the chain and the count of entries (``casework.audit``).
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine, event

from desk_app.storage import engine as engines

_TABLE: Final = "audit"


def attach(engine: Engine) -> None:
    """From now on nothing over ``engine`` changes an entry: the driver raises its ``IntegrityError``."""
    event.listen(engine, "connect", lambda connection, _record: guard(connection))
    guard(engines.driver_connection(engine))


def guard(connection: Any) -> None:
    """As ``attach``, for one connection of the driver. REPLACE is caught too where triggers are recursive."""
    for deed in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TEMP TRIGGER IF NOT EXISTS {_TABLE}_no_{deed.lower()} BEFORE {deed} ON main.{_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, 'an entry of the audit stays as it was written'); END"
        )
