"""A page of an earlier time bears a valid signature; only the rows themselves tell that it is old."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from random_saves import content_of
from specimen_store import Specimen
from sqlalchemy.orm import Session

from desk_app.storage import backup, health, vault
from desk_app.storage import engine as engines
from desk_app.storage.tables import Counter

PAGE = 4096
MORNING = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
ROWS = 60


def _counted_to(opened: vault.Vault, last: int) -> None:
    """One row of a page that holds nothing else which changes."""

    def work(session: Session) -> None:
        session.get_one(Counter, ("Seite", 7)).last = last

    opened.save(work, landed=lambda _session: False)


def _filled(opened: vault.Vault) -> None:
    def work(session: Session) -> None:
        session.add(Counter(series="Seite", year=7, last=0))
        session.flush()  # first of all, so that what is added later goes to another page
        session.add_all(Counter(series=name * 40, year=year, last=0) for name in "AZ" for year in range(ROWS))

    opened.save(work, landed=lambda _session: False)


def _put_the_old_page_back(folder: Path, before: Path, after: Path) -> None:
    """The pages that changed between two copies get what was on them before, except for the one with the mark."""
    old, new = before.read_bytes(), after.read_bytes()
    with (folder / engines.NAME).open("r+b") as file:
        now = file.read()
        for at in range(PAGE, min(len(old), len(new)), PAGE):
            page = slice(at, at + PAGE)
            if old[page] != new[page] and new[page] == now[page]:
                file.seek(at)
                file.write(old[page])


def test_an_old_page_is_noticed_at_the_start_if_it_changed_since_the_last_backup(
    store: Specimen, tmp_path: Path
) -> None:
    with store.unlock() as opened:
        _filled(opened)
        shutil.copy(store.folder / engines.NAME, tmp_path / "before")
        _counted_to(opened, 1)
        shutil.copy(store.folder / engines.NAME, tmp_path / "after")
        opened.save(lambda session: session.add(Counter(series="a", year=1, last=1)), landed=lambda _session: False)
        held = content_of(opened)
    _put_the_old_page_back(store.folder, tmp_path / "before", tmp_path / "after")
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert "wiederhergestellt" in opened.notices[0]


def test_an_old_page_from_before_the_backup_is_found_by_the_daily_check_and_mended_at_the_next_start(
    store: Specimen, tmp_path: Path
) -> None:
    shelf = tmp_path / "Sicherungen"
    shelf.mkdir()
    with store.unlock() as opened:
        _filled(opened)
        shutil.copy(store.folder / engines.NAME, tmp_path / "before")
        _counted_to(opened, 1)
        shutil.copy(store.folder / engines.NAME, tmp_path / "after")
        opened.rotate_journal(backup.make(opened, shelf, MORNING).place / engines.NAME)
        opened.save(lambda session: session.add(Counter(series="a", year=1, last=1)), landed=lambda _session: False)
        held = content_of(opened)
    _put_the_old_page_back(store.folder, tmp_path / "before", tmp_path / "after")
    with store.unlock() as opened:
        assert content_of(opened) != held, "nothing was put back: the test shows nothing"
        assert opened.notices == ()
        found = health.full(opened, MORNING)
        assert found is not None
        assert [finding.part for finding in found.findings if not finding.sound] == [health.Part.AGREEMENT]
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert "wiederhergestellt" in opened.notices[0]
    with store.unlock() as opened:
        found = health.full(opened, MORNING)
        assert found is not None
        assert found.sound


def test_where_the_backup_is_gone_nothing_is_said_of_the_rest(store: Specimen, tmp_path: Path) -> None:
    shelf = tmp_path / "Sicherungen"
    shelf.mkdir()
    with store.unlock() as opened:
        opened.rotate_journal(backup.make(opened, shelf, MORNING).place / engines.NAME)
        shutil.rmtree(shelf)
        found = health.full(opened, MORNING)
        assert found is not None
        assert found.sound
        assert health.Part.AGREEMENT not in {finding.part for finding in found.findings}
