"""A save that was or was not made is never told as the other."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace

import pytest
from random_saves import numbers
from specimen_store import Specimen
from sqlcipher3 import dbapi2

from desk_app.domain.errors import VaultDamaged
from desk_app.storage import engine, failures, vault
from desk_app.storage.tables import Counter


def _save(opened: vault.Vault) -> None:
    opened.save(
        lambda session: session.add(Counter(series="save", year=1, last=1)),
        landed=lambda session: session.get(Counter, ("save", 1)) is not None,
    )


def _disk_error(*_words: object) -> None:
    error = dbapi2.OperationalError("injected")
    error.sqlite_errorcode = failures.IOERR
    raise error


def test_a_save_that_cannot_be_looked_up_is_told_as_uncertain(
    opened: vault.Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect = opened.engine.dialect
    genuine = dialect.do_commit

    def commit(connection: object) -> None:
        genuine(connection)
        _disk_error()

    with monkeypatch.context() as patch:
        patch.setattr(dialect, "do_commit", commit)
        patch.setattr(engine, "_connect", _disk_error)
        with pytest.raises(failures.SaveUncertain):
            _save(opened)
    assert numbers(opened) == [1]


def test_a_log_that_cannot_be_carried_over_does_not_take_the_save_back(
    opened: vault.Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_connection: object) -> None:
        raise dbapi2.DatabaseError("injected")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "checkpoint", unreadable)
        _save(opened)
    assert numbers(opened) == [1]


def test_cut_off_while_saving_raises_no_alarm(store: Specimen) -> None:
    """As after a power cut: the journal has the save, the log of the database does not."""

    def cut(_connection: object) -> None:
        raise KeyboardInterrupt

    left = store.folder.with_name("left")
    with store.unlock() as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "checkpoint", lambda _connection: None)
        opened.save(lambda session: session.add(Counter(series="save", year=0, last=0)), landed=lambda _session: False)
        patch.setattr(opened.engine.dialect, "do_commit", cut)
        patch.setattr(opened, "_settle", lambda: shutil.copytree(store.folder, left))
        with pytest.raises(KeyboardInterrupt), opened.session() as session:
            session.add(Counter(series="save", year=1, last=1))
    with replace(store, folder=left).unlock() as opened:
        assert numbers(opened) == [0, 1]
        (notice,) = opened.notices
    assert "mitten im Speichern unterbrochen" in notice
    assert "ältere" not in notice


@pytest.mark.parametrize("number", [errno.EIO, errno.ENXIO, errno.ENODEV, errno.EMFILE, errno.ENFILE])
def test_every_error_of_the_disk_has_its_sentence(number: int) -> None:
    with pytest.raises(VaultDamaged, match="Datenträger antwortet nicht"), failures.told():
        raise OSError(number, "injected")
