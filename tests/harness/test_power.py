"""What a power cut or a bad disk leaves of the program's own files, in small; ``trust.py`` has the long versions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from harness import mutants, power, preload, preload_faults
from harness.power_controls import DATABASE, JOURNAL
from harness.power_writers import WRITERS
from specimen_store import Specimen

from desk_app.domain.errors import WorldError
from desk_app.storage import engine, journal_file

pytestmark = pytest.mark.skipif(bool(preload.why_not()), reason=preload.why_not())

STATES = {
    "saves": 10,
    "export": 14,
    "settings": 14,
    "create": 14,
    "rotation": 6,
    "backups": 5,
    "rekey": 5,
    "upgrade": 5,
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[power.Bench]:
    with power.bench(tmp_path_factory.mktemp("bench")) as at:
        yield at


def _troubles(found: dict[str, int]) -> list[str]:
    return [what for what in found if what.startswith("! ")]


@pytest.mark.parametrize("writer", WRITERS)
def test_after_a_power_cut_everything_confirmed_is_there(bench: power.Bench, writer: str) -> None:
    found = bench.run(power.Cut(writer, 1, STATES.get(writer, 6)))
    assert not _troubles(found)
    assert found["states"] == STATES.get(writer, 6)


def test_with_the_database_gone_the_journal_alone_keeps_everything(bench: power.Bench) -> None:
    assert not _troubles(bench.run(power.Cut("saves", 2, 8, ("none",), ("late",), gone=DATABASE)))


def test_without_the_protections_the_same_states_lose_saves(bench: power.Bench) -> None:
    """Else the harness would see nothing."""
    weak = ("normal", "no_checkpoint")
    found = bench.run(power.Cut("saves", 3, 6, ("none",), ("at once",), weak, JOURNAL))
    assert found["lost"] > 0


@pytest.mark.long
def test_on_a_bad_disk_nothing_confirmed_is_lost_and_every_error_is_told(bench: power.Bench) -> None:
    found = sum((preload_faults.run(bench, seed, cuts=1) for seed in range(3)), start=power.Counter[str]())
    assert not _troubles(found)
    assert not any(found[what] for what in preload_faults.NOUGHT)
    assert found["faults"] > 20
    assert found["confirmed"] > 20


def test_a_missing_database_is_not_made_by_opening_it(bench: power.Bench) -> None:
    place = bench.laid_out("missing")
    store: Specimen = place.store
    with store.unlock() as opened:
        key = opened.key.data_key
    for name in (engine.NAME, journal_file.NAME):
        (store.folder / name).unlink()
    with pytest.raises(WorldError):
        store.unlock()
    with pytest.raises(Exception, match="unable to open"):
        engine.open_engine(store.folder / engine.NAME, key)
    assert not (store.folder / engine.NAME).exists()


def test_every_seeded_fault_still_finds_its_place() -> None:
    assert not mutants.stale()
