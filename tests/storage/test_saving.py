"""What was called saved is there afterwards, nothing is there twice, and nothing of it can be read on the disk."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from specimen_store import CARLAS, Specimen
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from desk_app.domain.errors import DiskFull, TargetNotWritable, VaultBusy, VaultDamaged, VaultMissing
from desk_app.storage import engine, failures, journal, vault
from desk_app.storage.tables import Counter

SERIES = "Probe"


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Counter).where(Counter.series == SERIES)) or 0


def _adds(number: int, series: str = SERIES) -> Callable[[Session], None]:
    return lambda session: session.add(Counter(series=series, year=number, last=number))


def _has(number: int) -> Callable[[Session], bool]:
    return lambda session: session.get(Counter, (SERIES, number)) is not None


def test_a_saved_row_is_there_after_closing(store: Specimen) -> None:
    with store.unlock() as opened:
        opened.save(_adds(1), landed=_has(1))
    with store.unlock() as opened, opened.session() as session:
        assert _count(session) == 1


def test_a_deed_that_fails_leaves_nothing_behind(opened: vault.Vault) -> None:
    def half(session: Session) -> None:
        _adds(1)(session)
        session.flush()
        session.execute(text("CREATE TABLE half (way TEXT)"))
        raise LookupError

    with pytest.raises(LookupError):
        opened.save(half, landed=_has(1))
    with opened.session() as session:
        assert _count(session) == 0
        assert session.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")).scalar() == 0


def test_threads_take_turns_on_the_one_connection(opened: vault.Vault) -> None:
    with ThreadPoolExecutor(max_workers=4) as workers:
        list(workers.map(lambda number: opened.save(_adds(number), landed=_has(number)), range(40)))
    with opened.session() as session:
        assert _count(session) == 40


def test_our_own_bugs_stay_bugs_and_name_no_values(opened: vault.Vault) -> None:
    opened.save(_adds(1, "Zebrahild"), landed=_has(1))
    with pytest.raises(IntegrityError) as bug:
        opened.save(_adds(1, "Zebrahild"), landed=_has(1))
    assert "Zebrahild" not in str(bug.value)


def _failing_commit(opened: vault.Vault, *, happens: bool, times: int) -> Callable[[], int]:
    """The next commits report an error of the disk, whether or not they happened."""
    dialect = opened.engine.dialect
    genuine, failed = dialect.do_commit, 0

    def commit(connection: object) -> None:
        nonlocal failed
        if failed < times:
            failed += 1
            if happens:
                genuine(connection)
            error = dbapi2.OperationalError("disk I/O error")
            error.sqlite_errorcode = 10 | (3 << 8)
            raise error
        genuine(connection)

    dialect.do_commit = commit  # type: ignore[method-assign]  # the injected fault
    return lambda: failed


@pytest.mark.parametrize("happens", [True, False])
def test_a_commit_that_reports_an_error_is_done_exactly_once(opened: vault.Vault, happens: bool) -> None:
    failed = _failing_commit(opened, happens=happens, times=1)
    opened.save(_adds(7), landed=_has(7))
    assert failed() == 1
    with opened.session() as session:
        assert _count(session) == 1


def test_a_disk_that_goes_on_failing_is_said_to_the_user(opened: vault.Vault) -> None:
    _failing_commit(opened, happens=False, times=5)
    with pytest.raises(failures.SaveUncertain, match="unterbrochen"):
        opened.save(_adds(7), landed=_has(7))


def test_a_full_disk_is_said_and_loses_nothing(opened: vault.Vault) -> None:
    opened.save(_adds(1), landed=_has(1))
    connection = engine.driver_connection(opened.engine)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def much(session: Session) -> None:
        session.add_all(Counter(series="viel" + "l" * 500, year=year, last=0) for year in range(2000))

    with pytest.raises(DiskFull, match="voll"):
        opened.save(much, landed=lambda _session: False)
    with opened.session() as session:
        assert _count(session) == 1
        assert session.scalar(select(func.count()).select_from(Counter)) == 1


def test_a_file_of_somebody_else_is_not_told_as_the_store(opened: vault.Vault, tmp_path: Path) -> None:
    def reads_in(_session: Session) -> None:
        (tmp_path / "Schulliste.csv").read_bytes()

    with pytest.raises(FileNotFoundError):
        opened.save(reads_in, landed=lambda _session: False)


def test_a_journal_that_cannot_be_written_is_told_as_the_store(
    opened: vault.Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise OSError(28, "as the system says it")

    monkeypatch.setattr(journal.Journal, "_write", full)
    with pytest.raises(DiskFull, match="voll"):
        opened.save(_adds(1), landed=_has(1))


@pytest.mark.parametrize("setting", engine._EXPECTED)
def test_a_library_that_ignores_a_setting_is_not_used(
    store: Specimen, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each promise of the store rests on one of them."""
    monkeypatch.setitem(engine._EXPECTED, setting, "something else")  # type: ignore[arg-type]  # final for others
    with pytest.raises(engine.UnsuitableBuild, match=setting):
        store.unlock()


def test_a_library_with_the_fault_in_the_log_is_not_used(store: Specimen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(engine.UnsuitableBuild, match="too old"):
        store.unlock()


def test_no_second_program_loads_code_into_the_database(opened: vault.Vault) -> None:
    connection = engine.driver_connection(opened.engine)
    with pytest.raises(dbapi2.OperationalError, match="not authorized"):
        connection.execute("SELECT load_extension('x')")


def test_a_damaged_page_writes_nothing_to_the_error_output(store: Specimen, capfd: pytest.CaptureFixture[str]) -> None:
    path = store.folder / engine.NAME
    raw = bytearray(path.read_bytes())
    raw[700] ^= 1
    path.write_bytes(raw)
    with store.unlock():
        pass
    assert capfd.readouterr() == ("", "")


def test_the_database_file_alone_holds_every_confirmed_save(opened: vault.Vault) -> None:
    opened.save(_adds(1), landed=_has(1))
    assert (opened.folder / "trittstein.db-wal").stat().st_size == 0


def test_a_read_only_database_is_said(opened: vault.Vault) -> None:
    engine.driver_connection(opened.engine).execute("PRAGMA query_only = ON")
    with pytest.raises(TargetNotWritable, match="schreibgeschützt"):
        opened.save(_adds(1), landed=_has(1))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (5, VaultBusy),
        (6, VaultBusy),
        (8, TargetNotWritable),
        (10 | (13 << 8), VaultDamaged),
        (11, VaultDamaged),
        (13, DiskFull),
        (14, VaultMissing),
        (26, VaultDamaged),
    ],
)
def test_each_fault_of_the_world_has_its_sentence(code: int, expected: type[Exception]) -> None:
    error = dbapi2.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    world = failures.as_world_error(error)
    assert type(world) is expected
    assert "SQLite" not in str(world)
    assert "eschädigt" not in str(world)


@pytest.mark.parametrize("error", [ValueError("ours"), dbapi2.OperationalError("no code"), OSError(9999, "unknown")])
def test_what_is_no_fault_of_the_world_is_a_bug(error: Exception) -> None:
    assert failures.as_world_error(error) is None
    with pytest.raises(type(error)), failures.told():
        raise error


# killed while saving ----------------------------------------------------------------------------------------

SAVER = """
import sys
from pathlib import Path
from uuid import UUID
from desk_app.storage import vault
from desk_app.storage.tables import Counter

with vault.unlock(Path(sys.argv[1]), UUID(sys.argv[2]), sys.stdin.readline().rstrip("\\n")) as opened:
    for number in range(int(sys.argv[3]), 1_000_000):
        def work(session):
            session.add(Counter(series="Probe", year=number, last=number))
            session.flush()
            session.add(Counter(series="Paar", year=number, last=number))
        opened.save(work, landed=lambda session: session.get(Counter, ("Probe", number)) is not None)
        print(number, flush=True)
"""


def _kill_while_saving(store: Specimen, first: int, wait: float) -> int:
    """The last number that was confirmed before the process was killed."""
    command = [sys.executable, "-c", SAVER, str(store.folder), str(store.carla), str(first)]
    root = Path(__file__).parents[2]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdin
    assert child.stdout
    with child:
        child.stdin.write(CARLAS + "\n")
        child.stdin.flush()
        confirmed = int(child.stdout.readline())
        time.sleep(wait)
        child.kill()
        rest = child.stdout.read().splitlines(keepends=True)
    return max([confirmed, *(int(line) for line in rest if line.endswith("\n"))])


@pytest.mark.long
def test_a_killed_program_loses_no_confirmed_save_and_keeps_no_half_one(store: Specimen) -> None:
    confirmed = 0
    for round_ in range(5):
        confirmed = _kill_while_saving(store, confirmed + 2, wait=0.013 * round_)
    with store.unlock() as opened:
        with opened.session() as session:
            rows = session.scalars(select(Counter.year).where(Counter.series == SERIES)).all()
            pairs = session.scalars(select(Counter.year).where(Counter.series == "Paar")).all()
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert engine.driver_connection(opened.engine).execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert set(rows) == set(pairs)
    assert confirmed in rows
    # each round leaves out one number, or none if an unconfirmed save had happened all the same
    assert confirmed - len(rows) <= 6


# nothing readable -------------------------------------------------------------------------------------------

MARKERS = ("Zebrahild Quastenflosser", "Öznur Çiğdem")


def _readable_forms(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        plain = marker.encode(encoding, errors="ignore")
        yield plain
        yield from (base64.b64encode(plain[skip:])[2:-4] for skip in range(3))


def test_nothing_personal_is_readable_on_the_disk(
    store: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(temporary))
    seen = b""
    with store.unlock() as opened:
        with opened.engine.begin() as connection:
            for number, marker in enumerate(MARKERS * 300):
                row = {"series": marker, "year": number}
                connection.execute(text("INSERT INTO counter (series, year, last) VALUES (:series, :year, 0)"), row)
            sort = "SELECT count(*) FROM (SELECT a.series FROM counter a, counter b ORDER BY a.series || b.series)"
            connection.execute(text(sort)).scalar()
        assert (store.folder / "trittstein.db-wal").stat().st_size > 0
        seen += _everything_in(tmp_path)
        with opened.session() as session:
            session.execute(text("DELETE FROM counter"))
        seen += _everything_in(tmp_path)
    seen += _everything_in(tmp_path)
    found = [form for marker in MARKERS for form in _readable_forms(marker) if form in seen]
    assert found == []
    assert CARLAS.encode() not in seen
    assert store.recovery_code.replace("-", "").encode() not in seen


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
