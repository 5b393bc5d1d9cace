"""A second opinion on a copy of the database, from other code than the one that wrote it.

SQLCipher wrote the copy; SQLite3 Multiple Ciphers, another implementation of the same format on another build of
SQLite, reads it. A fault of either does not go unnoticed.

Never to be used on a database that is open in this process: two builds of SQLite in one process take each other's file
locks away (sqlite.org/howtocorrupt.html, section 2.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import apsw

from desk_app.storage import content
from desk_app.storage.content import Content


class NotSound(Exception):
    """The copy does not open, or something in it is wrong. The text names SQLite's findings, no values."""


def examine(path: Path, data_key: bytes) -> Content:
    """Look through the whole of the closed database at ``path`` and say what it holds. Nothing is changed.

    Raises ``NotSound`` if it does not open with ``data_key``, or any page, index or reference is not in order.
    """
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return _examined(connection, data_key)
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError) as error:
        raise NotSound(type(error).__name__) from error


def _examined(connection: apsw.Connection, data_key: bytes) -> Content:
    def query(statement: str) -> Iterable[Any]:
        return connection.execute(statement)

    # the format of SQLCipher 4 with the key itself instead of a passphrase; temporary tables never on the disk
    for setting in ("cipher = 'sqlcipher'", "legacy = 4", f"key = 'raw:{data_key.hex()}'", "temp_store = MEMORY"):
        list(query(f"PRAGMA {setting}"))
    list(query("PRAGMA cache_size = -65536"))
    findings = [str(row[0]) for row in query("PRAGMA integrity_check")]
    if findings != ["ok"]:
        raise NotSound(f"integrity_check: {len(findings)} findings")
    if broken := len(list(query("PRAGMA foreign_key_check"))):
        raise NotSound(f"foreign_key_check: {broken} findings")
    return content.read(query)
