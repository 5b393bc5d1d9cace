"""What commands need: a closed store, and its passphrase in the environment."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import PASSPHRASE, ShutStore, store_family
from console_runner import Console

from desk_app.cli.main import main
from desk_app.domain.clock import system_clock
from desk_app.storage import sealing


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(capsys)


@pytest.fixture
def store(shut_store: ShutStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed store with a complete request, and one that lacks consent and sex."""
    folder = tmp_path / "store"
    shutil.copytree(shut_store.folder, folder)
    desk = shut_store.open_at(folder, system_clock)
    desk.do(store_family)
    desk.do(lambda work: store_family(work, "Sesay", sex=None))
    desk.vault.close()
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", PASSPHRASE)
    return folder


@pytest.fixture(scope="session")
def quick_keys() -> Iterator[None]:
    """New stores with the cheapest allowed key derivation, so that tests do not wait for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "calibrate", lambda: sealing.FLOOR)
        yield


@pytest.fixture(scope="session")
def made_demo(quick_keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo of one family, made once; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("made") / "trittstein-demo"
    assert main(["demo", str(folder), "--families", "1"]) == 0
    return folder


@pytest.fixture
def a_demo(made_demo: Path, tmp_path: Path) -> Path:
    """A demo of one family."""
    return Path(shutil.copytree(made_demo, tmp_path / "d"))
