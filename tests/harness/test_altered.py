"""Files changed behind the program's back: noticed or harmless, never lost silently."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from builders import ShutStore
from harness import altered


@pytest.fixture(scope="module")
def kept(shut_store: ShutStore, tmp_path_factory: pytest.TempPathFactory) -> altered.States:
    """A store left by a crash whose journal goes on from a backup; all other kinds are in the long version."""
    place = tmp_path_factory.mktemp("states")
    return altered.states(shut_store, place, random.Random(1), crash=True, backed_up=True)


def test_what_is_changed_in_the_files_is_noticed_or_does_no_harm(kept: altered.States, tmp_path: Path) -> None:
    found = {
        change: altered.outcome(kept, tmp_path / "altered", change, random.Random(3)) for change in altered.CHANGES
    }
    assert altered.LOST not in found.values(), found
    assert {"told", "unharmed, told", "found by the daily check"} & set(found.values()), "nothing came of it"


def test_without_journal_chain_and_counter_changes_would_go_unnoticed(kept: altered.States, tmp_path: Path) -> None:
    with altered.unprotected():
        came = altered.outcome(kept, tmp_path / "altered", "the old database put back", random.Random(1))
    assert came == altered.LOST
