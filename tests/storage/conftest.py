"""One small store, made once and copied for each test."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from specimen_store import Specimen, make_specimen

from desk_app.storage import vault


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    return make_specimen(tmp_path_factory.mktemp("template") / "store")


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Specimen:
    """Another centre's store, whose users happen to have the same passphrases. Only to be read."""
    return make_specimen(tmp_path_factory.mktemp("foreign") / "store")


@pytest.fixture
def store(_template: Specimen, tmp_path: Path) -> Specimen:
    """A closed store of one's own."""
    folder = tmp_path / "store"
    shutil.copytree(_template.folder, folder)
    return replace(_template, folder=folder)


@pytest.fixture
def opened(store: Specimen) -> Iterator[vault.Vault]:
    """The store, unlocked by Carla."""
    with store.unlock() as unlocked:
        yield unlocked


@pytest.fixture
def fingerprint(store: Specimen) -> Callable[[], dict[str, str]]:
    """Names and hashes of all files of the store, to see that nothing was touched."""

    def taken() -> dict[str, str]:
        return {
            str(path.relative_to(store.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(store.folder.rglob("*"))
            if path.is_file()
        }

    return taken
