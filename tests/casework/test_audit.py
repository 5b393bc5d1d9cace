import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from builders import PASSPHRASE, ShutStore, tamper
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from desk_app import bootstrap
from desk_app.casework import audit, health, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain.clock import berlin
from desk_app.domain.records import RecordKind
from desk_app.storage import engine
from desk_app.storage.tables import AuditEntry


def entries(desk: Desk) -> list[AuditEntry]:
    return desk.do(lambda work: list(work.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))))[0]


def broken_at(desk: Desk) -> int | None:
    return desk.do(lambda work: audit.broken_at(work.session))[0]


def a_few_entries(work: Work) -> None:
    for key in ("family_name", "phone", "email", "reachable", "contact_name", "internal_note"):
        work.note("intake.changed", RecordKind.HOUSEHOLD, uuid4(), [key])


def test_every_change_leaves_one_entry_with_names_of_fields_and_no_value(desk: Desk) -> None:
    file, _ = desk.do(lambda work: intake.start(work, uuid4()))
    before = len(entries(desk))
    desk.do(lambda work: intake.set_value(work, file.household.ref, "family_name", "Haddad"))
    found = entries(desk)
    assert len(found) == before + 1
    newest = found[-1]
    assert (newest.deed, newest.kind, newest.fields) == ("intake.changed", RecordKind.HOUSEHOLD, ["family_name"])
    assert newest.by == desk.user
    assert "Haddad" not in repr([entry.fields for entry in found])


@pytest.mark.parametrize("column", ["at", "by", "deed", "kind", "subject", "fields", "chain"])
def test_an_entry_that_was_altered_is_found_at_its_place(desk: Desk, column: str) -> None:
    desk.do(a_few_entries)
    assert broken_at(desk) is None
    donor = {"at": "'2020-01-01 00:00:00.000000'", "fields": "'[\"given_name\"]'"}.get(column, f"'{'0' * 64}'")
    tamper(desk, f'UPDATE audit SET "{column}" = substr({donor}, 1, 32) WHERE sequence = 5')
    assert broken_at(desk) == 5


def test_an_entry_rewritten_with_a_value_that_fits_it_is_found_at_the_next(desk: Desk) -> None:
    desk.do(a_few_entries)
    before, it = entries(desk)[3:5]
    value = audit.link(before.chain, it.sequence, it.at, it.by, "intake.added", it.kind, it.subject, it.fields)
    tamper(desk, f"UPDATE audit SET deed = 'intake.added', chain = '{value}' WHERE sequence = {it.sequence}")
    assert broken_at(desk) == it.sequence + 1


def test_entries_taken_out_of_the_middle_are_missed_at_their_place(desk: Desk) -> None:
    desk.do(a_few_entries)
    tamper(desk, "DELETE FROM audit WHERE sequence IN (4, 5)")
    assert broken_at(desk) == 4


def test_entries_cut_off_at_the_end_are_missed_and_stay_missed_when_others_follow(desk: Desk) -> None:
    desk.do(a_few_entries)
    last = len(entries(desk))
    tamper(desk, f"DELETE FROM audit WHERE sequence > {last - 2}")
    assert broken_at(desk) == last - 1
    desk.do(a_few_entries)
    assert len(entries(desk)) > last
    assert broken_at(desk) is not None
    assert not all(finding.sound for finding in health.examine(desk))


def test_a_note_put_back_to_an_earlier_state_is_told(desk: Desk) -> None:
    desk.do(a_few_entries)
    tamper(desk, "UPDATE counter SET last = last - 1 WHERE series = 'audit' AND year = 0")
    assert broken_at(desk) is not None


def test_a_store_of_an_earlier_version_without_the_note_is_whole_and_gets_one(desk: Desk) -> None:
    desk.do(a_few_entries)
    tamper(desk, "DELETE FROM counter WHERE series = 'audit'")
    assert broken_at(desk) is None
    desk.do(a_few_entries)
    assert broken_at(desk) is None
    last = len(entries(desk))
    tamper(desk, f"DELETE FROM audit WHERE sequence = {last}")
    assert broken_at(desk) == last


def test_the_chain_can_be_followed_piece_by_piece(desk: Desk) -> None:
    desk.do(a_few_entries)
    tamper(desk, "UPDATE audit SET deed = 'other' WHERE sequence = 7")
    reached = audit.Followed()
    steps = 0
    while not reached.at_end:
        so_far = reached
        reached = desk.do(lambda work, so_far=so_far: audit.follow(work.session, so_far, 3))[0]
        steps += 1
    assert (reached.broken_at, reached.sequence, steps) == (7, 6, 3)


@pytest.mark.parametrize(
    "deed",
    [
        lambda work: work.session.execute(update(AuditEntry).values(deed="other")),
        lambda work: work.session.execute(delete(AuditEntry).where(AuditEntry.sequence == 1)),
        lambda work: work.session.connection().exec_driver_sql("REPLACE INTO audit SELECT * FROM audit"),
        lambda work: work.session.delete(work.session.get(AuditEntry, 1)),
    ],
    ids=["update", "delete", "replace", "mapped class"],
)
def test_the_program_itself_cannot_change_an_entry(desk: Desk, deed: Callable[..., object]) -> None:
    before = [entry.chain for entry in entries(desk)]
    for _again in range(2):  # on a fresh connection as well
        with pytest.raises(IntegrityError, match="stays as it was written"):
            desk.do(lambda work: (deed(work), work.session.flush()))
        desk.vault.reopen()
    assert [entry.chain for entry in entries(desk)] == before


def test_rebuilding_from_the_journal_brings_every_entry_back(shut_store: ShutStore, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    with bootstrap.unlock(folder, shut_store.user, PASSPHRASE).vault as opened:
        desk = Desk(opened, shut_store.user)
        desk.do(a_few_entries)
        before = [entry.chain for entry in entries(desk)]
    (folder / engine.NAME).unlink()
    desk = bootstrap.unlock(folder, shut_store.user, PASSPHRASE)
    found = entries(desk)
    assert [entry.chain for entry in found][: len(before)] == before
    assert [entry.deed for entry in found][len(before) :] == ["store.told"]
    assert found[-1].fields == sorted(desk.notices)
    assert broken_at(desk) is None
    desk.close()


def test_the_chain_holds_whatever_time_zone_the_clock_speaks(desk: Desk) -> None:
    wall_clock = replace(desk, clock=lambda: datetime(2026, 11, 26, 10, 42, tzinfo=berlin()))
    wall_clock.do(lambda work: intake.start(work, uuid4()))
    assert broken_at(desk) is None
