"""One process per store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from specimen_store import CARLAS, JONAS, Specimen

from desk_app.domain.errors import VaultBusy
from desk_app.domain.holder import Holder
from desk_app.storage import lockfile, vault
from desk_app.storage.lockfile import StoreLock
from desk_app.storage.vault import StoreState

Fingerprint = Callable[[], dict[str, str]]

HOLDER = """
import sys
from pathlib import Path
from desk_app.storage.lockfile import StoreLock
lock = StoreLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_keeps_the_store_until_it_dies(store: Specimen) -> None:
    command = [sys.executable, "-c", HOLDER, str(store.folder)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        assert vault.status(store.folder) is StoreState.BUSY
        with pytest.raises(VaultBusy, match="schon geöffnet"):
            store.unlock()
        holder.kill()
        holder.wait()
        assert vault.status(store.folder) is StoreState.READY
    store.unlock().close()


def test_a_store_whose_lock_file_is_missing_opens(store: Specimen) -> None:
    (store.folder / lockfile.NAME).unlink()
    with store.unlock():
        assert vault.status(store.folder) is StoreState.BUSY


UNLOCKER = """
import sys
from pathlib import Path
from uuid import UUID
from desk_app.storage import vault
opened = vault.unlock(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3])
print("open", flush=True)
sys.stdin.read()
opened.close()
"""


@contextmanager
def somebody_working(store: Specimen, **env: str) -> Iterator[subprocess.Popen[str]]:
    """Carla, in a process of her own."""
    command = [sys.executable, "-c", UNLOCKER, str(store.folder), str(store.carla), CARLAS]
    root = Path(__file__).parents[2]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=root, env={**os.environ, **env}) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "open\n"
        yield worker
        if worker.poll() is None:
            worker.communicate()


def test_the_second_is_told_who_was_first_and_changes_nothing(store: Specimen, fingerprint: Fingerprint) -> None:
    with somebody_working(store):
        before = fingerprint()
        with pytest.raises(VaultBusy) as told:
            vault.unlock(store.folder, store.jonas, JONAS)
        found = told.value.holder
        assert found is not None
        assert (found.name, found.here, found.own) == ("Carla Brandt", True, False)
        assert datetime.fromisoformat(found.since) <= datetime.now(UTC)
        assert fingerprint() == before
        assert "Carla" not in str(told.value)
    assert lockfile.holder(store.folder) is None
    assert not (store.folder / lockfile.NOTE).exists()


def test_the_same_log_in_is_told_from_another(store: Specimen) -> None:
    with somebody_working(store):
        assert _known(store).same_session
    with somebody_working(store, XDG_SESSION_ID="another", SESSIONNAME="another"):
        assert not _known(store).same_session


def test_the_note_of_somebody_whose_process_died_is_never_told(store: Specimen) -> None:
    with somebody_working(store) as worker:
        worker.kill()
        worker.wait()
    assert (store.folder / lockfile.NOTE).stat().st_size > 0
    assert lockfile.holder(store.folder) is None
    # and not either while the next one's passphrase is being checked
    lock = StoreLock(store.folder)
    with pytest.raises(VaultBusy) as told:
        StoreLock(store.folder)
    assert told.value.holder is None
    lock.release()
    with vault.unlock(store.folder, store.jonas, JONAS):
        assert _known(store).name == "Jonas Adeyemi"


def test_two_who_look_at_once_do_not_take_each_other_for_the_holder(store: Specimen) -> None:
    (store.folder / lockfile.NOTE).write_text("{}", encoding="utf-8")
    looking = os.open(store.folder / lockfile.NOTE, os.O_RDWR)
    try:
        lockfile._try(looking)
        assert not lockfile._is_locked(store.folder / lockfile.NOTE)
    finally:
        os.close(looking)


def _known(store: Specimen) -> Holder:
    found = lockfile.holder(store.folder)
    assert found is not None
    return found
