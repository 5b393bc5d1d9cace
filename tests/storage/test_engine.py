"""The one connection to the database, as the driver sees it."""

from __future__ import annotations

from desk_app.storage import engine, vault

MORE_THAN_THE_PROGRAM_HAS = 600


def test_a_statement_is_prepared_once_however_many_others_there_are(opened: vault.Vault) -> None:
    """A full cache of the driver lets new statements push each other out."""
    connection = engine.driver_connection(opened.engine)
    statements = [f"SELECT {number} FROM counter" for number in range(MORE_THAN_THE_PROGRAM_HAS)]
    prepared: list[int] = []

    def asked(*_about: object) -> int:
        prepared.append(1)
        return 0

    connection.set_authorizer(asked)  # asked for every table and column a statement names, when it is prepared
    for again in (False, True):
        prepared.clear()
        for statement in statements:
            connection.execute(statement).fetchall()
        assert bool(prepared) is not again
    connection.set_authorizer(None)
