"""One process per store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from specimen_store import Specimen

from desk_app.domain.errors import VaultBusy
from desk_app.storage import lockfile, vault
from desk_app.storage.vault import StoreState

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
