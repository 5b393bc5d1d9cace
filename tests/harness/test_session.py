"""Nothing personal is written in the open during a working session, not even for a moment, and no socket is opened."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from builders import ShutStore
from harness import session

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("strace"), reason="what a process writes is read with strace"
)


def _seen(store: ShutStore, place: Path, what: str) -> session.Seen:
    shutil.copytree(store.folder, place / "store")
    return session.watched(place / "store", place / "root", what)


def test_a_session_writes_nothing_readable_and_opens_no_socket(shut_store: ShutStore, tmp_path: Path) -> None:
    seen = _seen(shut_store, tmp_path, "safe")
    assert seen.places == set()
    assert seen.sockets == []
    assert len(session.MARKERS) >= 40
    assert seen.bytes_written > 1_000_000
    assert len(list((tmp_path / "root" / "Fachberatung").iterdir())) > 1


@pytest.mark.long
def test_a_name_in_a_file_that_is_gone_at_once_is_found(shut_store: ShutStore, tmp_path: Path) -> None:
    places = _seen(shut_store, tmp_path, "plain").places
    assert [Path(place).name for place in places] == ["entwurf"]
