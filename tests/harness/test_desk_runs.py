"""Real processes at real desks: killed at any moment, or sharing a store by turns."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import PASSPHRASE, ShutStore
from harness import desk_runs
from harness.desk_child import desks, what_is_there

from desk_app import bootstrap
from desk_app.domain.errors import VaultBusy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked here")

WRONG = ("saves lost", "half saves", "saves there twice", "audits broken", "stores damaged", "stores that do not open")


@pytest.fixture
def own(shut_store: ShutStore, tmp_path: Path) -> ShutStore:
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    return replace(shut_store, folder=folder)


def test_a_desk_killed_at_any_moment_loses_nothing_it_had_confirmed(own: ShutStore) -> None:
    found = desk_runs.kills(own, 8, random.Random(1))
    assert found["kills"] == 8
    assert found["confirmed saves"] >= 8
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


@pytest.mark.long
def test_a_desk_that_confirms_before_it_keeps_is_found_out(own: ShutStore) -> None:
    assert desk_runs.kills(own, 4, random.Random(1), "eager")["saves lost"] > 0


@pytest.mark.long
def test_two_processes_that_share_a_store_by_turns_lose_nothing(own: ShutStore) -> None:
    found = desk_runs.turns(own, 20, random.Random(1))
    assert found["confirmed saves"] == 40
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


def test_the_second_process_is_turned_away_and_does_no_harm(own: ShutStore) -> None:
    with desks(own.folder, own.user) as running:
        (pid,) = running.start("work")
        told = running.said()
        first = next(told)
        with pytest.raises(VaultBusy):
            bootstrap.unlock(own.folder, own.user, PASSPHRASE)
        command = [sys.executable, "-m", "desk_app", "check", "--store", str(own.folder)]
        second = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
        assert second.returncode == 1
        assert "offen" in second.stderr
        for _more in range(4):
            first = next(told)
        os.kill(pid, signal.SIGKILL)
        last = [first, *told][-1]
    number, step = map(int, last.split())
    desk = bootstrap.unlock(own.folder, own.user, PASSPHRASE)
    assert what_is_there(desk)[number] >= step
    desk.close()
