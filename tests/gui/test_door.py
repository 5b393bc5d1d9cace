"""At the door: waiting after wrong tries, somebody else inside, and a backup brought back before anybody sits down."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import builders
import pytest
from conftest import SettableClock
from helpers import press, type_text, wait
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from sqlalchemy import select

from desk_app import bootstrap
from desk_app.casework import families
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk, Work
from desk_app.gui.lock_window import LockWindow
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.shell import Shell
from desk_app.gui.start.recovery_page import RecoveryPage
from desk_app.gui.start.restore_page import RestorePage
from desk_app.gui.start.stopped_page import StoppedPage
from desk_app.storage.recovery_code import new_recovery_code
from desk_app.storage.tables import AuditEntry

WRONG, NEW = "Falsche Wörter für heute", "Brunnen Kiesel Nadel 12"
Open = Callable[[Path], Shell]


@pytest.fixture
def backed_up(store: Path, shut_store: builders.ShutStore, clock: SettableClock) -> Path:
    """The store with the Haddads in a backup, and the Yilmaz' who came an hour after it."""
    desk = shut_store.open_at(store, clock)
    desk.do(lambda work: builders.store_family(work, "Haddad"))
    BackupKeeper(desk).back_up_now()
    clock.advance(hours=1)
    desk.do(lambda work: builders.store_family(work, "Yilmaz"))
    desk.close()
    return store


def at_the_lock(shell: Shell) -> LockWindow:
    wait(lambda: isinstance(shell.centralWidget(), LockWindow), "the lock screen")
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    wait(lambda: lock._greeting.text(), "the greeting")
    return lock


def try_passphrase(lock: LockWindow, words: str) -> None:
    lock.passphrase.setFocus()
    lock.passphrase.clear()
    type_text(lock.passphrase.edit, words)
    press(lock.passphrase.edit, Qt.Key.Key_Return)


def desk_of(shell: Shell) -> DeskWindow:
    wait(lambda: isinstance(shell.centralWidget(), DeskWindow), "the desk")
    desk = shell.centralWidget()
    assert isinstance(desk, DeskWindow)
    desk.worker.wait()
    return desk


def names_in(desk: DeskWindow) -> list[str]:
    found: list[str] = []
    desk.worker.run(families.listing, lambda rows: found.extend(row.name for row in rows), lambda error: None)
    desk.worker.wait()
    return sorted(found)


def press_button(page: QWidget, words: str) -> None:
    next(button for button in page.findChildren(QPushButton) if button.text() == words).click()


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- waiting


def test_the_seconds_run_down_and_what_is_typed_stays(open_shell: Open, store: Path, clock: SettableClock) -> None:
    for _try in range(2):
        with pytest.raises(Exception, match="passt nicht"):
            bootstrap.unlock(store, bootstrap.known_users(store)[0].id, WRONG, clock=clock)
        clock.advance(seconds=2)
    lock = at_the_lock(open_shell(store))
    try_passphrase(lock, WRONG)
    wait(lambda: "Nächster Versuch in" in lock.passphrase.message(), "the wait")
    first = lock._wait.seconds
    assert first in (3, 4)
    try_passphrase(lock, builders.PASSPHRASE)
    assert lock.passphrase.text() == builders.PASSPHRASE
    assert "Was Sie getippt haben, bleibt stehen" in lock.passphrase.message()
    assert "Sekunde" in lock.passphrase.message()
    wait(lambda: lock._wait.seconds < first, "a second to pass")
    assert lock.passphrase.text() == builders.PASSPHRASE


def test_a_restart_does_not_shorten_the_wait_and_another_person_need_not_wait(
    open_shell: Open, store: Path, shut_store: builders.ShutStore, clock: SettableClock
) -> None:
    desk = shut_store.open_at(store, clock)
    jonas = desk.vault.add_user("Jonas Adeyemi", "vier Elche tanzen im Regen Samba")
    desk.close()
    for _try in range(3):
        with pytest.raises(Exception, match="passt nicht"):
            bootstrap.unlock(store, desk.user, WRONG, clock=clock)
        clock.advance(seconds=3)
    lock = at_the_lock(open_shell(store))
    assert lock.chosen() == str(desk.user)
    assert lock.passphrase.message() == "Nächster Versuch in 1 Sekunde."
    next(row for row in lock._rows if row.user.key == str(jonas)).click()
    assert lock.passphrase.message() == ""


def test_the_next_success_tells_of_wrong_tries_once_and_notes_them(
    open_shell: Open, store: Path, clock: SettableClock
) -> None:
    for _try in range(3):
        with pytest.raises(Exception, match="passt nicht"):
            bootstrap.unlock(store, bootstrap.known_users(store)[0].id, WRONG, clock=clock)
        clock.advance(seconds=60)
    clock.advance(days=1)
    shell = open_shell(store)
    try_passphrase(at_the_lock(shell), builders.PASSPHRASE)
    desk = desk_of(shell)
    said = desk.foot.accessibleName()
    assert "gab es 3 Versuche mit falscher Passphrase, zuletzt gestern 10:44." in said
    noted: list[list[str]] = []

    def deeds(work: Work) -> list[list[str]]:
        return list(work.session.scalars(select(AuditEntry.fields).where(AuditEntry.deed == "unlock.failed")))

    desk.worker.run(deeds, noted.extend, lambda error: None)
    desk.worker.wait()
    assert [sorted(fields) for fields in noted] == [
        ["2026-11-26T09:42:00+00:00", "2026-11-26T09:43:00+00:00", "2026-11-26T09:44:00+00:00", "3"]
    ]
    shell._close_desk()
    shell.begin()
    try_passphrase(at_the_lock(shell), builders.PASSPHRASE)
    assert "Versuche" not in desk_of(shell).foot.accessibleName()


def recovery_page(shell: Shell) -> RecoveryPage:
    lock = at_the_lock(shell)
    lock.forgotten.emit(lock.chosen())
    page = shell.centralWidget()
    assert isinstance(page, RecoveryPage)
    return page


def try_code(page: RecoveryPage, code: str) -> None:
    for field, words in ((page.code.control, code), (page.passphrase.edit, NEW), (page.repeated.edit, NEW)):
        field.setFocus()
        field.clear()
        type_text(field, words)
    press(page.repeated.edit, Qt.Key.Key_Return)


def test_a_wrong_code_counts_the_seconds_down_and_waits_on_after_coming_back(
    open_shell: Open, store: Path, clock: SettableClock
) -> None:
    user = bootstrap.known_users(store)[0].id
    for _try in range(2):
        with pytest.raises(Exception, match="Wiederherstellungscode"):
            bootstrap.recover(store, user, new_recovery_code(), NEW, clock=clock)
        clock.advance(seconds=2)
    shell = open_shell(store)
    page = recovery_page(shell)
    assert page._failure.isHidden()
    try_code(page, new_recovery_code())
    wait(lambda: "Nächster Versuch in" in page._failure.accessibleName(), "the wait")
    assert "Wiederherstellungscode" in page._failure.accessibleName()
    first = page._failure._wait.seconds
    try_code(page, new_recovery_code())
    assert "Was Sie getippt haben, bleibt stehen" in page._failure.accessibleName()
    assert page._open.isEnabled()
    wait(lambda: page._failure._wait.seconds < first, "a second to pass")
    press(page, Qt.Key.Key_Escape)
    assert recovery_page(shell)._failure.accessibleName() == "Nächster Versuch in 4 Sekunden."


# --- somebody else inside

UNLOCKER = """
import sys
from pathlib import Path
from uuid import UUID
from desk_app import bootstrap
desk = bootstrap.unlock(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3])
print("open", flush=True)
sys.stdin.read()
desk.close()
"""


@contextmanager
def somebody_inside(store: Path) -> Iterator[Callable[[], object]]:
    """Carla at work in a process of her own; what is given makes her leave."""
    user = bootstrap.known_users(store)[0].id
    command = [sys.executable, "-c", UNLOCKER, str(store), str(user), builders.PASSPHRASE]
    pipe, root = subprocess.PIPE, Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=root) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "open\n"
        yield worker.communicate
        if worker.poll() is None:
            worker.communicate()


def test_a_second_window_says_who_is_inside_and_changes_no_file(open_shell: Open, store: Path) -> None:
    with somebody_inside(store) as leave:
        before = files_of(store)
        shell = open_shell(store)
        lock = at_the_lock(shell)
        wait(lambda: lock.passphrase.message(), "who is inside")
        assert "schon in einem anderen Fenster offen: Carla Brandt, seit " in lock.passphrase.message()
        assert lock._unlock.text() == "Erneut versuchen"
        try_passphrase(lock, builders.PASSPHRASE)
        wait(lambda: lock._unlock.isEnabled(), "the refusal")
        assert "Carla Brandt" in lock.passphrase.message()
        assert lock.passphrase.text() == builders.PASSPHRASE
        assert files_of(store) == before
        leave()
        lock._unlock.click()
        desk_of(shell)


def test_without_a_passphrase_trying_again_only_looks(open_shell: Open, store: Path) -> None:
    with somebody_inside(store) as leave:
        lock = at_the_lock(open_shell(store))
        wait(lambda: lock.passphrase.message(), "who is inside")
        leave()
        lock._unlock.click()
        assert lock.passphrase.message() == ""
        assert lock._unlock.text() == "Entsperren"


def test_trying_again_what_cannot_be_opened_says_who_is_inside(open_shell: Open, store: Path, tmp_path: Path) -> None:
    with somebody_inside(store) as leave:
        for name in ("trittstein.keys", "trittstein.keys.bak"):
            (store / name).rename(tmp_path / name)
        shell = open_shell(store)
        stopped = shell.centralWidget()
        assert isinstance(stopped, StoppedPage)
        assert "schon in einem anderen Fenster offen: Carla Brandt, seit " in stopped.words.text()
        for name in ("trittstein.keys", "trittstein.keys.bak"):
            (tmp_path / name).rename(store / name)
        leave()
    press_button(stopped, "Erneut versuchen")
    assert "Carla" not in at_the_lock(shell).passphrase.message()


# --- from a backup


def restore_page(shell: Shell) -> RestorePage:
    wait(lambda: isinstance(shell.centralWidget(), RestorePage), "the page")
    page = shell.centralWidget()
    assert isinstance(page, RestorePage)
    wait(lambda: page._restore.isEnabled(), "the backups")
    return page


def bring_back(page: RestorePage, passphrase: str = builders.PASSPHRASE) -> None:
    type_text(page.passphrase.edit, passphrase)
    press(page.passphrase.edit, Qt.Key.Key_Return)


def test_a_backup_comes_back_from_the_lock_screen(open_shell: Open, backed_up: Path) -> None:
    shell = open_shell(backed_up)
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    page = restore_page(shell)
    assert [row.text() for row in page._rows] == ["26.11.2026, 10:42 Uhr"]
    assert "Carla Brandt" in page._rows[0].accessibleName()
    assert page._loss.accessibleName() == "Alles, was nach dem 26.11.2026, 10:42 Uhr eingegeben wurde, fehlt danach."
    assert page.person.value() is not None
    bring_back(page)
    lock = at_the_lock(shell)
    assert lock._news.text().startswith("Zurückgeholt ist der Stand vom 26.11.2026, 10:42 Uhr.")
    (aside,) = backed_up.glob("quarantaene-*")
    assert aside.name in lock._news.text()
    assert (aside / "trittstein.db").is_file()
    try_passphrase(lock, builders.PASSPHRASE)
    desk = desk_of(shell)
    assert names_in(desk) == ["Haddad"]
    assert "backup.restored" in deeds_of(desk._desk)


def deeds_of(desk: Desk) -> list[str]:
    return desk.do(lambda work: list(work.session.scalars(select(AuditEntry.deed))))[0]


def test_without_any_keys_the_stopped_page_leads_to_the_backup(open_shell: Open, backed_up: Path) -> None:
    for name in ("trittstein.keys", "trittstein.keys.bak"):
        (backed_up / name).unlink()
    shell = open_shell(backed_up)
    stopped = shell.centralWidget()
    assert isinstance(stopped, StoppedPage)
    press_button(stopped, "Aus einer Sicherung zurückholen")
    bring_back(restore_page(shell))
    try_passphrase(at_the_lock(shell), builders.PASSPHRASE)
    assert names_in(desk_of(shell)) == ["Haddad"]


def test_a_database_nobody_can_mend_leads_to_the_stopped_page(open_shell: Open, backed_up: Path) -> None:
    (backed_up / "trittstein.db").write_bytes(b"no database" * 4096)
    for journal in backed_up.glob("trittstein.journal*"):
        journal.unlink()
    shell = open_shell(backed_up)
    try_passphrase(at_the_lock(shell), builders.PASSPHRASE)
    wait(lambda: isinstance(shell.centralWidget(), StoppedPage), "the reason")


def test_the_second_place_is_found_and_a_folder_can_be_picked(
    open_shell: Open, backed_up: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(backed_up / "Sicherungen", stick / "Sicherungen")
    shutil.rmtree(backed_up / "Sicherungen")
    shell = open_shell(backed_up)
    shell.choose_folder = lambda _parent, _start: stick
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    page = restore_page_without_backups(shell)
    assert "Hier liegt keine Sicherung dieses Datenbestands" in page._failure.accessibleName()
    assert page._restore.isHidden()
    press_button(page, "In einem anderen Ordner suchen")
    wait(lambda: page._rows, "the backup on the stick")
    bring_back(page)
    at_the_lock(shell)


def restore_page_without_backups(shell: Shell) -> RestorePage:
    page = restore_page(shell)
    wait(lambda: not page._failure.isHidden(), "the reason")
    return page


def test_the_wrong_passphrase_changes_nothing_and_makes_the_next_one_wait(
    open_shell: Open, backed_up: Path, clock: SettableClock
) -> None:
    shell = open_shell(backed_up)
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    page = restore_page(shell)
    before = files_of(backed_up)
    bring_back(page, WRONG)
    wait(lambda: not page._failure.isHidden(), "the reason")
    assert "Die Passphrase passt nicht" in page._failure.accessibleName()
    assert "Nächster Versuch in 1 Sekunde." in page._failure.accessibleName()
    clock.advance(seconds=1)
    wait(lambda: "Nächster Versuch" not in page._failure.accessibleName(), "the second to pass")
    assert files_of(backed_up) == before
    page.passphrase.clear()
    bring_back(page)
    at_the_lock(shell)


def test_each_person_waits_for_their_own_tries_at_a_backup(
    open_shell: Open, backed_up: Path, clock: SettableClock
) -> None:
    user = bootstrap.known_users(backed_up)[0].id
    for _try in range(4):
        with pytest.raises(Exception, match="passt nicht"):
            bootstrap.unlock(backed_up, user, WRONG, clock=clock)
        clock.advance(seconds=6)
    shell = open_shell(backed_up)
    shell.show_restore()
    page = restore_page(shell)
    wait(lambda: not page._failure.isHidden(), "the wait of somebody who tried before")
    assert page._failure.accessibleName() == "Nächster Versuch in 2 Sekunden."
    before = files_of(backed_up)
    bring_back(page)
    assert page._failure.accessibleName().startswith("Nach falschen Eingaben wartet Trittstein kurz.")
    assert page.passphrase.text() == builders.PASSPHRASE
    assert page._restore.isEnabled()
    assert files_of(backed_up) == before


def test_a_store_that_is_open_elsewhere_is_not_restored(open_shell: Open, backed_up: Path) -> None:
    shell = open_shell(backed_up)
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    page = restore_page(shell)
    with somebody_inside(backed_up):
        before = files_of(backed_up)
        bring_back(page)
        wait(lambda: not page._failure.isHidden(), "the reason")
        assert "Carla Brandt" in page._failure.accessibleName()
        assert files_of(backed_up) == before
    assert page.passphrase.text() == builders.PASSPHRASE


def test_backups_of_another_store_are_not_offered(
    open_shell: Open, backed_up: Path, tmp_path: Path, clock: SettableClock
) -> None:
    other = builders.a_shut_store(tmp_path / "other", clock)
    desk = other.open_at(tmp_path / "other", clock)
    BackupKeeper(desk).back_up_now()
    desk.close()
    for place in (tmp_path / "other" / "Sicherungen").glob("sicherung-*"):
        shutil.copytree(place, backed_up / "Sicherungen" / f"{place.name}-9")
    shell = open_shell(backed_up)
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    assert len(restore_page(shell)._rows) == 1


def test_the_way_back_leads_to_the_lock_screen(open_shell: Open, backed_up: Path) -> None:
    shell = open_shell(backed_up)
    press_button(at_the_lock(shell), "Aus einer Sicherung zurückholen")
    page = restore_page(shell)
    press(page, Qt.Key.Key_Escape)
    at_the_lock(shell)
