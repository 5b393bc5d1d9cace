from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from builders import store_family
from sqlalchemy import select, update

from desk_app.casework import audit, intake
from desk_app.casework.desk import Desk
from desk_app.domain.clock import berlin
from desk_app.domain.records import RecordKind
from desk_app.storage.tables import AuditEntry


def test_every_change_leaves_one_entry_with_names_of_fields_and_no_value(desk: Desk) -> None:
    file, _ = desk.do(lambda work: intake.start(work, uuid4()))
    before, _ = desk.do(lambda work: audit.count(work.session))
    desk.do(lambda work: intake.set_value(work, file.household.ref, "family_name", "Haddad"))
    entries, _ = desk.do(lambda work: list(work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))))
    assert len(entries) == before + 1
    newest = entries[-1]
    assert (newest.deed, newest.kind, newest.fields) == ("intake.changed", RecordKind.HOUSEHOLD, ["family_name"])
    assert newest.by == desk.user
    assert "Haddad" not in repr([entry.fields for entry in entries])


def test_the_chain_is_whole_until_somebody_changes_an_entry(desk: Desk) -> None:
    desk.do(store_family)
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None
    desk.do(lambda work: work.session.execute(update(AuditEntry).where(AuditEntry.sequence == 3).values(deed="other")))
    assert desk.do(lambda work: audit.broken_at(work.session))[0] == 3


def test_the_chain_holds_whatever_time_zone_the_clock_speaks(desk: Desk) -> None:
    wall_clock = replace(desk, clock=lambda: datetime(2026, 11, 26, 10, 42, tzinfo=berlin()))
    wall_clock.do(lambda work: intake.start(work, uuid4()))
    assert desk.do(lambda work: audit.broken_at(work.session))[0] is None
