"""What SQLite and SQLCipher say when asked whether a database is whole."""

from __future__ import annotations

from typing import Any

from sqlcipher3 import dbapi2


def quick(connection: Any) -> bool:
    """Whether every page of every table decrypts and hangs together; the few hundred milliseconds of each start."""
    return _answers(connection, "quick_check") == ["ok"]


def indexes(connection: Any) -> bool:
    """As ``quick``, and whether every index says what its table says."""
    return _answers(connection, "integrity_check") == ["ok"]


def thorough(connection: Any) -> bool:
    """As ``indexes``, and whether every reference leads somewhere."""
    return indexes(connection) and references(connection)


def references(connection: Any) -> bool:
    """Whether every reference leads somewhere."""
    return not _answers(connection, "foreign_key_check")


def ciphertext(connection: Any) -> bool:
    """Whether every page bears its signature: all rows count, not only the first. Needs an empty write-ahead log."""
    return not _answers(connection, "cipher_integrity_check")


def _answers(connection: Any, question: str) -> list[str]:
    try:
        return [str(row[0]) for row in connection.execute(f"PRAGMA {question}").fetchall()]
    except dbapi2.Error:  # a page that cannot be read is an answer as well
        return ["unreadable"]
