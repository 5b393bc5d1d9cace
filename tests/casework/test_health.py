"""A store tells in sentences whether it is sound, and each kind of damage is noticed."""

from pathlib import Path

import pytest
from builders import store_family, tamper
from sqlalchemy import text

from desk_app.casework import health
from desk_app.casework.desk import Desk


def complaints(desk: Desk) -> list[str]:
    return [finding.words for finding in health.examine(desk) if not finding.sound]


def spoil(desk: Desk, *statements: str) -> None:
    """Change the store past all deeds, as a fault or a meddler would."""
    with desk.vault.session() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_store_in_use_is_sound(desk: Desk) -> None:
    desk.do(store_family)
    findings = health.examine(desk)
    assert [finding.words for finding in findings if not finding.sound] == []
    assert {finding.area for finding in findings} == set(health.Area)


def test_looking_changes_nothing(desk: Desk) -> None:
    before = health.examine(desk)
    assert health.examine(desk) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET deed = 'something.else' WHERE sequence = 5",
        "UPDATE audit SET fields = '[\"other\"]' WHERE sequence = 5",
        "DELETE FROM audit WHERE sequence = 5",
    ],
)
def test_an_altered_audit_is_noticed_where_it_was_altered(desk: Desk, statement: str) -> None:
    desk.do(store_family)
    tamper(desk, statement)
    words = " ".join(complaints(desk))
    assert "ab Eintrag 5" in words
    assert "Journal" in words, "which does not know of it"


def test_a_reference_to_nothing_is_noticed(desk: Desk) -> None:
    desk.do(store_family)
    connection = desk.vault.engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("DELETE FROM household")
        driver.execute("PRAGMA foreign_keys = ON")
    finally:
        connection.close()
    (words,) = complaints(desk)
    assert "ins Leere" in words


def test_tables_of_another_version_are_noticed(desk: Desk) -> None:
    spoil(desk, "UPDATE alembic_version SET version_num = '0000'")
    (words,) = complaints(desk)
    assert "0000" in words


def test_a_missing_copy_of_the_keys_is_noticed(desk: Desk) -> None:
    (desk.vault.folder / "trittstein.keys.bak").unlink()
    (words,) = complaints(desk)
    assert "Schlüsseldatei" in words


def test_an_altered_page_is_noticed(desk: Desk) -> None:
    desk.do(store_family)
    path: Path = desk.vault.folder / "trittstein.db"
    with path.open("r+b") as file:
        file.seek(-2000, 2)
        kept = file.read(1)
        file.seek(-2000, 2)
        file.write(bytes([kept[0] ^ 1]))
    assert any("Verschlüsselte Seiten" in words for words in complaints(desk))
