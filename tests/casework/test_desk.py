"""A deed is done exactly once, whatever the disk reports."""

from uuid import uuid4

import pytest
from sqlcipher3 import dbapi2

from desk_app.casework import families, intake
from desk_app.casework.desk import Desk, Work


@pytest.mark.parametrize("happens", [True, False], ids=["kept all the same", "not kept"])
def test_a_family_whose_commit_reports_an_error_is_there_once(desk: Desk, happens: bool) -> None:
    dialect = desk.vault.engine.dialect
    genuine, failures = dialect.do_commit, []

    def commit(connection: object) -> None:
        if not failures:
            failures.append(connection)
            if happens:
                genuine(connection)  # type: ignore[arg-type]  # the driver's connection
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = 10 | (3 << 8)
            raise error
        genuine(connection)  # type: ignore[arg-type]  # the driver's connection

    dialect.do_commit = commit  # type: ignore[method-assign]  # the injected fault

    def begin(work: Work) -> None:
        intake.start(work, uuid4(), family_name="Haddad")

    desk.do(begin)
    assert failures
    names = [row.name for row in desk.do(families.listing)[0]]
    assert names == ["Haddad"]
