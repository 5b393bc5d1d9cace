"""Any one file of a store may be destroyed, cut, altered or exchanged for an older one: nothing is missing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from random_saves import content_of, flip, numbers, save_one
from specimen_store import CARLAS, JONAS, Specimen

from desk_app.domain.errors import VaultDamaged, WrongPassphrase
from desk_app.storage import engine as engines
from desk_app.storage import high_water, journal_file, keyfile, rebuilding, save_mark, vault
from desk_app.storage.content import Content

DATABASE, JOURNAL = engines.NAME, journal_file.NAME
LOG = DATABASE + "-wal"

Fingerprint = Callable[[], dict[str, str]]


def fill(store: Specimen, first: int, count: int, seed: int = 1) -> Content:
    """Saves in order, closed in order; what the store holds then."""
    chance = random.Random(seed)
    with store.unlock() as opened:
        for number in range(first, first + count):
            save_one(opened, number, chance)
        return content_of(opened)


def crashed(store: Specimen, count: int, seed: int = 1) -> Content:
    """Saves, and then the files as they lie there at that moment: the store was never closed."""
    chance = random.Random(seed)
    left = store.folder.with_name("left")
    with store.unlock() as opened:
        for number in range(count):
            save_one(opened, number, chance)
        held = content_of(opened)
        shutil.copytree(store.folder, left)
    shutil.rmtree(store.folder)
    left.rename(store.folder)
    return held


def quarantine(store: Specimen) -> set[str]:
    """Names of the files that were put aside."""
    return {path.name for folder in store.folder.glob("quarantaene-*") for path in folder.iterdir()}


def _overwritten(path: Path) -> None:
    path.write_bytes(random.Random(5).randbytes(path.stat().st_size))


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _one_page_altered(path: Path) -> None:
    flip(path, path.stat().st_size // 4096 * 2048 + 99)


# the database -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_a_destroyed_database_is_made_anew_with_every_confirmed_save(store: Specimen, seed: int) -> None:
    destroy = random.Random(seed).choice((Path.unlink, _emptied, _halved, _overwritten, _one_page_altered))
    held = fill(store, 0, 6, seed) if seed % 2 else crashed(store, 6, seed)
    destroy(store.folder / DATABASE)
    with store.unlock() as opened:
        assert content_of(opened) == held
        (notice,) = opened.notices
        assert "wiederhergestellt" in notice
        save_one(opened, 99, random.Random(seed))
    assert JOURNAL in quarantine(store)
    with store.unlock() as opened:
        assert opened.notices == ()
        assert 99 in numbers(opened)


def test_the_destroyed_files_are_kept(store: Specimen) -> None:
    fill(store, 0, 2)
    _overwritten(store.folder / DATABASE)
    old = (store.folder / DATABASE).read_bytes()
    with store.unlock() as opened:
        (folder,) = store.folder.glob("quarantaene-*")
        assert folder.name in opened.notices[0]
    assert (folder / DATABASE).read_bytes() == old


def test_another_stores_database_in_its_place_is_put_aside(store: Specimen, foreign: Specimen) -> None:
    held = fill(store, 0, 3)
    shutil.copy(foreign.folder / DATABASE, store.folder)
    with store.unlock() as opened:
        assert content_of(opened) == held
    (folder,) = store.folder.glob("quarantaene-*")
    assert (folder / DATABASE).read_bytes() == (foreign.folder / DATABASE).read_bytes()


def test_a_wrong_passphrase_makes_nothing_anew(store: Specimen, fingerprint: Fingerprint) -> None:
    (store.folder / DATABASE).unlink()
    before = fingerprint()
    with pytest.raises(WrongPassphrase):
        vault.unlock(store.folder, store.carla, JONAS)
    assert fingerprint() == before


def test_without_a_base_a_destroyed_database_is_refused_and_nothing_touched(
    store: Specimen, fingerprint: Fingerprint
) -> None:
    (store.folder / JOURNAL).unlink()
    fill(store, 0, 2)
    (snapshot,) = store.folder.glob(rebuilding.SNAPSHOTS)
    snapshot.unlink()
    (store.folder / DATABASE).unlink()
    before = fingerprint()
    with pytest.raises(vault.VaultMissing):
        store.unlock()
    assert fingerprint() == before


def test_a_rebuilding_interrupted_before_the_exchange_is_done_at_the_next_start(
    store: Specimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = fill(store, 0, 3)
    _overwritten(store.folder / DATABASE)
    with monkeypatch.context() as cut:
        rename = Path.rename

        def dies(path: Path, target: Path) -> Path:
            if target == store.folder / DATABASE:
                raise KeyboardInterrupt
            return rename(path, target)

        cut.setattr(Path, "rename", dies)
        with pytest.raises(KeyboardInterrupt):
            store.unlock()
    assert not (store.folder / DATABASE).exists()
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_a_database_that_lost_rows_of_its_last_save_only_is_made_anew(store: Specimen) -> None:
    """As when a log is lost while it is half carried over: the mark has arrived, a page of rows has not."""
    held = fill(store, 0, 3)
    with store.unlock() as opened:
        key = opened.key
    engine = engines.open_engine(store.folder / DATABASE, key.data_key)
    engines.driver_connection(engine).execute("DELETE FROM counter WHERE year = 2")
    engine.dispose()
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert opened.notices


# older files put back ---------------------------------------------------------------------------------------


def test_an_older_database_put_back_is_noticed_and_brought_up_to_date(store: Specimen, tmp_path: Path) -> None:
    fill(store, 0, 3)
    shutil.copy(store.folder / DATABASE, tmp_path / "old")
    held = fill(store, 10, 4)
    shutil.copy(tmp_path / "old", store.folder / DATABASE)
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert "ältere" in opened.notices[0]
    assert DATABASE in quarantine(store)


def test_a_database_older_than_the_journals_base_is_made_anew_from_that(store: Specimen, tmp_path: Path) -> None:
    fill(store, 0, 2)
    shutil.copy(store.folder / DATABASE, tmp_path / "old")
    fill(store, 10, 2)
    (store.folder / JOURNAL).unlink()
    held = fill(store, 20, 3)
    shutil.copy(tmp_path / "old", store.folder / DATABASE)
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_an_older_journal_put_back_is_noticed(store: Specimen, tmp_path: Path) -> None:
    fill(store, 0, 3)
    shutil.copy(store.folder / JOURNAL, tmp_path / "old")
    held = fill(store, 10, 4)
    shutil.copy(tmp_path / "old", store.folder / JOURNAL)
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert "passt nicht zur Datenbank" in opened.notices[0]
    assert JOURNAL in quarantine(store)
    _overwritten(store.folder / DATABASE)
    with store.unlock() as opened:
        assert content_of(opened) == held, "the new journal has a base of its own"


def test_files_of_two_histories_are_not_mixed(store: Specimen, tmp_path: Path) -> None:
    fill(store, 0, 2)
    shutil.copytree(store.folder, tmp_path / "early")
    fill(store, 10, 3, seed=2)
    shutil.copy(store.folder / DATABASE, tmp_path / "other history")
    shutil.rmtree(store.folder)
    shutil.copytree(tmp_path / "early", store.folder)
    fill(store, 20, 5, seed=3)
    shutil.copy(tmp_path / "other history", store.folder / DATABASE)
    with store.unlock() as opened:
        assert numbers(opened) == [0, 1, 10, 11, 12]
        assert "passt nicht" in opened.notices[0]


def test_a_whole_older_folder_put_back_is_noticed_by_this_machine(store: Specimen, tmp_path: Path) -> None:
    fill(store, 0, 2)
    shutil.copytree(store.folder, tmp_path / "old")
    fill(store, 10, 3)
    shutil.rmtree(store.folder)
    shutil.copytree(tmp_path / "old", store.folder)
    for _again in range(2):  # said until somebody goes on working in it
        with store.unlock() as opened:
            assert "3 Speicherungen fehlen" in opened.notices[0]
    fill(store, 20, 1)
    with store.unlock() as opened:
        assert opened.notices == ()


def test_a_folder_from_before_a_colleague_was_removed_is_noticed(store: Specimen, tmp_path: Path) -> None:
    shutil.copytree(store.folder, tmp_path / "old")
    with store.unlock() as opened:
        opened.remove_user(store.jonas)
    shutil.rmtree(store.folder)
    shutil.copytree(tmp_path / "old", store.folder)
    with vault.unlock(store.folder, store.jonas, JONAS) as opened:
        assert "spätere Speicherungen fehlen" in opened.notices[0]


def test_the_note_of_this_machine_says_nothing_readable(store: Specimen, own_settings: Path) -> None:
    fill(store, 0, 2)
    (note,) = own_settings.glob("stand-*.json")
    with store.unlock() as opened:
        assert high_water.behind(opened.key, 0) == 2
    flip(note, note.read_bytes().index(b"sealed") + 15)
    with store.unlock() as opened:
        assert opened.notices == ()


# the write-ahead log ----------------------------------------------------------------------------------------


def _not_carried_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "checkpoint", lambda _connection: None)


@pytest.mark.parametrize("destroy", [Path.unlink, _emptied, _overwritten, lambda path: flip(path, 9000)])
def test_a_hot_log_destroyed_after_a_crash_loses_nothing(
    store: Specimen, monkeypatch: pytest.MonkeyPatch, destroy: Callable[[Path], None]
) -> None:
    with monkeypatch.context() as hot:
        _not_carried_over(hot)
        held = crashed(store, 8)
    assert (store.folder / LOG).stat().st_size > 100_000
    destroy(store.folder / LOG)
    (store.folder / (DATABASE + "-shm")).unlink(missing_ok=True)
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert opened.notices


def test_without_the_journal_a_destroyed_log_would_lose_saves(store: Specimen, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: this is what the journal is for."""
    with monkeypatch.context() as hot:
        _not_carried_over(hot)
        held = crashed(store, 8)
    for name in (LOG, DATABASE + "-shm", JOURNAL):
        (store.folder / name).unlink()
    with store.unlock() as opened:
        assert content_of(opened) != held


def test_an_older_log_put_back_is_no_danger(store: Specimen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as hot:
        _not_carried_over(hot)
        crashed(store, 3)
        shutil.copy(store.folder / LOG, tmp_path / "old")
    held = fill(store, 10, 3)
    shutil.copy(tmp_path / "old", store.folder / LOG)
    with store.unlock() as opened:
        assert content_of(opened) == held


# the journal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("destroy", [Path.unlink, _emptied, _halved, _overwritten])
def test_a_destroyed_journal_is_said_and_begun_anew(store: Specimen, destroy: Callable[[Path], None]) -> None:
    held = fill(store, 0, 30)
    path = store.folder / JOURNAL
    destroy(path)
    with store.unlock() as opened:
        assert content_of(opened) == held
        lost = opened.notices
    _overwritten(store.folder / DATABASE)
    with store.unlock() as opened:
        assert content_of(opened) == held
    if destroy is not _halved:  # half of it are zeros
        assert "Journal" in lost[0]


def test_one_altered_bit_anywhere_in_the_journal_is_found(store: Specimen) -> None:
    held = fill(store, 0, 6)
    path = store.folder / JOURNAL
    with store.unlock() as opened:
        end = opened._journal.size
        reading = journal_file.read(path, opened.key)
    whole = path.read_bytes()
    chance = random.Random(3)
    for offset in [*range(40), *(chance.randrange(end) for _try in range(60))]:
        path.write_bytes(whole)
        flip(path, offset, chance.randrange(8))
        try:
            found = journal_file.read(path, opened.key)
        except journal_file.NoJournal:
            continue
        assert found.end <= offset
        assert found.torn or found.damage
        if found.damage:
            assert found.damage.offset <= offset
            assert found.damage.counter == found.mark.counter + 1
            assert found.damage.behind + found.mark.counter in {reading.mark.counter, reading.mark.counter - 1}
    with store.unlock() as opened:
        assert content_of(opened) == held
        assert "Journal" in opened.notices[0]


def test_damage_in_the_journal_and_a_destroyed_database_are_told_with_what_is_missing(store: Specimen) -> None:
    fill(store, 0, 5)
    path = store.folder / JOURNAL
    with store.unlock() as opened:
        third = [frame for frame in journal_file.saves(path, opened.key) if frame.counter == 3]
    flip(path, third[0].at + 60)
    (store.folder / DATABASE).unlink()
    with store.unlock() as opened:
        assert numbers(opened) == [0, 1]
        assert "fehlt alles ab Speicherung 3" in opened.notices[0]
        assert "mindestens 2 Speicherungen" in opened.notices[0]
        save_one(opened, 50, random.Random(1))
    _overwritten(store.folder / DATABASE)
    with store.unlock() as opened:
        assert numbers(opened) == [0, 1, 50]


def test_a_torn_end_is_cut_off(store: Specimen) -> None:
    held = crashed(store, 3)
    path = store.folder / JOURNAL
    data = path.read_bytes().rstrip(b"\0")
    path.write_bytes(data + b"TJf1\x02\0\0\x20\0" + random.Random(1).randbytes(700) + bytes(5000))
    with store.unlock() as opened:
        assert opened.notices == ()
        assert content_of(opened) == held
        save_one(opened, 50, random.Random(1))
        held = content_of(opened)
    (store.folder / DATABASE).unlink()
    with store.unlock() as opened:
        assert content_of(opened) == held


# the keys ---------------------------------------------------------------------------------------------------


def test_a_lost_copy_of_the_key_file_is_said_and_renewed(store: Specimen) -> None:
    (store.folder / keyfile.NAME).unlink()
    with store.unlock() as opened:
        assert "Schlüsseldatei" in opened.notices[0]
    assert keyfile.copies(store.folder) == keyfile.COPIES


def test_both_copies_lost_are_told_with_the_way_out(store: Specimen, fingerprint: Fingerprint) -> None:
    for name in (keyfile.NAME, keyfile.COPY_NAME):
        (store.folder / name).unlink()
    before = fingerprint()
    with pytest.raises(VaultDamaged, match="Sicherung"):
        store.unlock()
    assert fingerprint() == before


# after a backup, after a new key ----------------------------------------------------------------------------


def _backed_up(opened: vault.Vault, place: Path) -> Path:
    place.mkdir(parents=True)
    engines.driver_connection(opened.engine).execute("VACUUM INTO ?", (str(place / DATABASE),))
    return place / DATABASE


def test_behind_a_backup_the_journal_begins_anew_and_saves_made_meanwhile_move_along(
    store: Specimen, tmp_path: Path
) -> None:
    chance = random.Random(4)
    with store.unlock() as opened:
        for number in range(3):
            save_one(opened, number, chance)
        backup = _backed_up(opened, tmp_path / "shelf" / "one")
        save_one(opened, 10, chance)
        opened.rotate_journal(backup)
        reading = journal_file.read(store.folder / JOURNAL, opened.key)
        assert (reading.base.mark.counter, reading.mark.counter) == (3, 4)
        save_one(opened, 11, chance)
        held = content_of(opened)
    (store.folder / DATABASE).unlink()
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_a_backup_of_another_history_is_no_base(store: Specimen, foreign: Specimen, tmp_path: Path) -> None:
    shutil.copytree(store.folder, tmp_path / "twin")
    with vault.unlock(tmp_path / "twin", store.carla, CARLAS) as twin:
        save_one(twin, 1, random.Random(1))
        backup = _backed_up(twin, tmp_path / "shelf")
    with store.unlock() as opened:
        save_one(opened, 2, random.Random(2))
        before = (store.folder / JOURNAL).read_bytes()
        with pytest.raises(ValueError, match="no point"):
            opened.rotate_journal(backup)
        assert (store.folder / JOURNAL).read_bytes() == before
        save_one(opened, 3, random.Random(2))


def test_a_lost_backup_is_made_up_for_by_a_later_one(store: Specimen, tmp_path: Path) -> None:
    chance = random.Random(4)
    with store.unlock() as opened:
        save_one(opened, 1, chance)
        opened.rotate_journal(_backed_up(opened, tmp_path / "shelf" / "one"))
        save_one(opened, 2, chance)
        _backed_up(opened, tmp_path / "shelf" / "two")
        save_one(opened, 3, chance)
        held = content_of(opened)
    shutil.rmtree(tmp_path / "shelf" / "one")
    (store.folder / DATABASE).unlink()
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_what_was_deleted_is_not_in_the_journal_after_a_backup(store: Specimen, tmp_path: Path) -> None:
    with store.unlock() as opened:
        for number in range(3):
            save_one(opened, number, random.Random(1))
        opened.rotate_journal(_backed_up(opened, tmp_path / "shelf"))
        assert list(journal_file.saves(store.folder / JOURNAL, opened.key)) == []


def test_after_a_removal_journal_and_base_open_with_the_new_key_only(store: Specimen) -> None:
    chance = random.Random(4)
    with store.unlock() as opened:
        save_one(opened, 1, chance)
        old = opened.key
        opened.remove_user(store.jonas)
        save_one(opened, 2, chance)
        held = content_of(opened)
        assert not journal_file.opens(store.folder / JOURNAL, old)
        for snapshot in store.folder.glob(rebuilding.SNAPSHOTS):
            assert rebuilding._mark_of(snapshot, old) is None
            assert rebuilding._mark_of(snapshot, opened.key)
    (store.folder / DATABASE).unlink()
    with pytest.raises(WrongPassphrase):
        vault.unlock(store.folder, store.jonas, JONAS)
    with store.unlock() as opened:
        assert content_of(opened) == held


def test_a_store_from_before_there_was_a_journal_gets_one(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "old_vaults" / "0001", tmp_path / "store")
    (user,) = [user for user in vault.list_users(tmp_path / "store") if user.name == "Carla Brandt"]
    with vault.unlock(tmp_path / "store", user.id, CARLAS) as opened:
        assert opened.notices == ()
        save_one(opened, 1, random.Random(1))
        held = content_of(opened)
    (tmp_path / "store" / DATABASE).unlink()
    with vault.unlock(tmp_path / "store", user.id, CARLAS) as opened:
        assert content_of(opened) == held


def test_the_mark_goes_on_by_one_with_each_save_and_not_by_looking(store: Specimen) -> None:
    with store.unlock() as opened:
        connection = engines.driver_connection(opened.engine)
        before = save_mark.read(connection).counter
        save_one(opened, 1, random.Random(1))
        numbers(opened)
        assert save_mark.read(connection).counter == before + 1
