"""From the first start to the desk and back: set-up, lock screen, recovery, and stores that cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import builders
from helpers import press, press_here, type_text, wait
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from desk_app import bootstrap, settings
from desk_app.casework import families
from desk_app.gui.actions import COMMANDS
from desk_app.gui.key_list import KeyList
from desk_app.gui.lock_window import LockWindow
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.regions import first_stop
from desk_app.gui.shell import Shell
from desk_app.gui.start.code_page import CodePage
from desk_app.gui.start.recovery_page import RecoveryPage
from desk_app.gui.start.setup_page import SetupPage
from desk_app.gui.start.stopped_page import StoppedPage
from desk_app.gui.today.page import TodayPage

CTRL = Qt.KeyboardModifier.ControlModifier


def fill(field: QWidget, words: str) -> None:
    """Go to a field and type."""
    field.setFocus()
    type_text(field, words)


def shown(shell: Shell, kind: type[QWidget]) -> bool:
    return isinstance(shell.centralWidget(), kind)


def unlocked(shell: Shell, passphrase: str = builders.PASSPHRASE) -> DeskWindow:
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    wait(lambda: lock.findChild(QWidget) and lock.chosen(), "somebody to sit down")
    QApplication.processEvents()
    fill(lock.passphrase.edit, passphrase)
    press(lock.passphrase.edit, Qt.Key.Key_Return)
    wait(lambda: shown(shell, DeskWindow), "the desk")
    desk = shell.centralWidget()
    assert isinstance(desk, DeskWindow)
    desk.worker.wait()
    return desk


def test_a_machine_without_a_store_begins_with_set_up(open_shell: Callable[[Path], Shell], tmp_path: Path) -> None:
    shell = open_shell(tmp_path / "nothing")
    assert shown(shell, SetupPage)
    assert not (tmp_path / "nothing").exists()


def test_set_up_names_a_weak_passphrase_and_makes_nothing(open_shell: Callable[[Path], Shell], tmp_path: Path) -> None:
    shell = open_shell(tmp_path / "nothing")
    page = shell.centralWidget()
    assert isinstance(page, SetupPage)
    fill(page.user.control, "Carla Brandt")
    fill(page.passphrase.edit, "kurz")
    fill(page.repeated.edit, "kurz")
    press(page.repeated.edit, Qt.Key.Key_Return)
    assert page.passphrase.message()
    assert not (tmp_path / "nothing").exists()


def test_six_proposed_words_make_a_store_and_show_its_code_once(
    open_shell: Callable[[Path], Shell], tmp_path: Path
) -> None:
    shell = open_shell(tmp_path / "new")
    page = shell.centralWidget()
    assert isinstance(page, SetupPage)
    fill(page.user.control, "Carla Brandt")
    page._fill_proposal()
    words = page.passphrase.text()
    assert len(words.split()) == 6
    fill(page.repeated.edit, words)
    press(page.repeated.edit, Qt.Key.Key_Return)
    wait(lambda: shown(shell, CodePage), "the recovery code")
    code = shell.centralWidget()
    assert isinstance(code, CodePage)
    assert len(code.code.text().replace("-", "")) == 33
    code.put_away.emit()
    wait(lambda: shown(shell, DeskWindow), "the desk")
    assert settings.load().last_store == tmp_path / "new"


def test_the_right_passphrase_opens_the_desk_and_titles_name_nobody(
    open_shell: Callable[[Path], Shell], store: Path
) -> None:
    shell = open_shell(store)
    assert shell.windowTitle() == "Trittstein – gesperrt"
    desk = unlocked(shell)
    desk.new_intake("Haddad")
    desk.worker.wait()
    wait(lambda: desk.stack.currentWidget() is not None and "Haddad" in desk.stack.currentWidget().title(), "the form")  # type: ignore[attr-defined]  # the intake
    assert shell.windowTitle() == "Trittstein"


def test_a_wrong_passphrase_is_said_at_the_field_and_changes_nothing(
    open_shell: Callable[[Path], Shell],
    store: Path,
    clock,  # type: ignore[no-untyped-def]  # the settable clock
) -> None:
    shell = open_shell(store)
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    QApplication.processEvents()
    fill(lock.passphrase.edit, "Falsche Wörter für heute")
    press(lock.passphrase.edit, Qt.Key.Key_Return)
    wait(lambda: lock.passphrase.message(), "the reason")
    assert lock.passphrase.text() == ""
    clock.advance(seconds=1)
    wait(lambda: "Nächster Versuch" not in lock.passphrase.message(), "the end of the first second")
    unlocked(shell)


def test_whoever_is_quicker_than_the_first_paint_is_let_in(open_shell: Callable[[Path], Shell], store: Path) -> None:
    shell = open_shell(store)
    unlocked(shell)
    shell.lock()
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    painted: list[bool] = []
    lock.first_painted.connect(lambda: painted.append(True))
    lock.passphrase.edit.setText(builders.PASSPHRASE)
    press(lock.passphrase.edit, Qt.Key.Key_Return)
    assert not painted
    wait(lambda: shown(shell, DeskWindow), "the desk")


def test_the_first_page_is_built_while_somebody_types(open_shell: Callable[[Path], Shell], store: Path) -> None:
    shell = open_shell(store)
    wait(lambda: shell.findChildren(TodayPage), "the page")
    (built,) = shell.findChildren(TodayPage)
    assert not built.isVisible()
    desk = unlocked(shell)
    assert desk.stack.currentWidget() is built
    assert QApplication.focusWidget() is first_stop(built)
    assert QApplication.focusWidget() is not built
    assert built.presenter.today is not None


def test_a_window_that_nobody_sees_is_read_all_the_same(open_shell: Callable[[Path], Shell], store: Path) -> None:
    shell = open_shell(store)
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    wait(lambda: lock.chosen(), "somebody to sit down")
    fill(lock.passphrase.edit, builders.PASSPHRASE)
    press(lock.passphrase.edit, Qt.Key.Key_Return)
    shell.hide()
    wait(lambda: shown(shell, DeskWindow), "the desk")
    desk = shell.centralWidget()
    assert isinstance(desk, DeskWindow)
    wait(lambda: not desk.worker.working, "what the window has to know")
    assert not desk.isVisible()
    assert desk.centre.name


def test_locking_in_the_middle_of_a_word_keeps_the_word(open_shell: Callable[[Path], Shell], store: Path) -> None:
    shell = open_shell(store)
    desk = unlocked(shell)
    desk.new_intake()
    desk.worker.wait()
    wait(lambda: desk.intakes.pages, "the form")
    here = QApplication.focusWidget()
    assert here is not None
    type_text(here, "Hadd")
    press(here, Qt.Key.Key_L, CTRL)
    wait(lambda: shown(shell, LockWindow), "the lock screen")
    assert shell.windowTitle() == "Trittstein – gesperrt"
    again = unlocked(shell)
    names: list[str] = []
    again.worker.run(families.listing, lambda rows: names.extend(row.name for row in rows), lambda error: None)
    again.worker.wait()
    assert names == ["Hadd"]


def test_locking_works_above_a_dialog_and_takes_it_away(open_shell: Callable[[Path], Shell], store: Path) -> None:
    shell = open_shell(store)
    desk = unlocked(shell)
    press_here(Qt.Key.Key_F1)
    assert [veil for veil in shell.findChildren(KeyList) if veil.isVisible()]
    press_here(Qt.Key.Key_2, CTRL)
    assert shown(shell, DeskWindow)
    press_here(Qt.Key.Key_L, CTRL)
    wait(lambda: shown(shell, LockWindow), "the lock screen")
    assert not [veil for veil in shell.findChildren(KeyList) if veil.isVisible()]
    assert desk is not shell.desk_window
    unlocked(shell)


def test_the_recovery_code_gives_a_new_passphrase_and_a_new_code(
    open_shell: Callable[[Path], Shell],
    tmp_path: Path,
    clock,  # type: ignore[no-untyped-def]  # the settable clock
) -> None:
    made = bootstrap.create(tmp_path / "own", builders.CENTRE, "Carla Brandt", builders.PASSPHRASE, clock=clock)
    made.desk.close()
    shell = open_shell(tmp_path / "own")
    QApplication.processEvents()
    lock = shell.centralWidget()
    assert isinstance(lock, LockWindow)
    lock.forgotten.emit(lock.chosen())
    page = shell.centralWidget()
    assert isinstance(page, RecoveryPage)
    fill(page.code.control, made.recovery_code.lower())
    fill(page.passphrase.edit, "Brunnen Kiesel Nadel 12")
    fill(page.repeated.edit, "Brunnen Kiesel Nadel 12")
    press(page.repeated.edit, Qt.Key.Key_Return)
    wait(lambda: shown(shell, CodePage), "the new code")
    code = shell.centralWidget()
    assert isinstance(code, CodePage)
    assert code.code.text() != made.recovery_code
    code.put_away.emit()
    wait(lambda: shown(shell, DeskWindow), "the desk")
    shell.lock()
    unlocked(shell, "Brunnen Kiesel Nadel 12")


def test_a_store_that_is_not_whole_is_said_and_never_set_up_anew(
    open_shell: Callable[[Path], Shell], store: Path
) -> None:
    for name in ("trittstein.keys", "trittstein.keys.bak"):
        (store / name).unlink()
    before = sorted(path.name for path in store.iterdir())
    shell = open_shell(store)
    assert shown(shell, StoppedPage)
    assert sorted(path.name for path in store.iterdir()) == before


def test_a_rebuilt_store_says_so_once_it_is_open(open_shell: Callable[[Path], Shell], store: Path) -> None:
    (store / "trittstein.db").unlink()
    for left in store.glob("trittstein.db-*"):
        left.unlink()
    desk = unlocked(open_shell(store))
    assert desk.foot.isVisible()
    assert "wiederhergestellt" in desk.foot.accessibleName()


def test_no_page_flashes_a_window_of_its_own(open_shell: Callable[[Path], Shell], store: Path) -> None:
    flashed: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                flashed.append(type(watched).__name__)
            return False

    shell = open_shell(store)
    watch = Watch()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    desk = unlocked(shell)
    walk_all_pages(desk)
    application.removeEventFilter(watch)
    assert flashed == []


def test_everything_that_takes_the_focus_has_a_name(open_shell: Callable[[Path], Shell], store: Path) -> None:
    desk = unlocked(open_shell(store))
    nameless = [
        f"{type(page).__name__}: {type(widget).__name__} {widget.objectName()}"
        for page in walk_all_pages(desk)
        for widget in page.findChildren(QWidget)
        if is_stop(widget) and not spoken(widget)
    ]
    assert nameless == []


def test_no_key_is_used_twice() -> None:
    keys = [command.keys for command in COMMANDS]
    assert sorted(keys) == sorted(set(keys))


def walk_all_pages(desk: DeskWindow) -> list[QWidget]:
    """Show every page once, with a family in it."""
    desk.new_intake("Haddad")
    desk.worker.wait()
    wait(lambda: desk.intakes.pages, "the form")
    household, form = next(iter(desk.intakes.pages.items()))
    form.presenter.add_person("mother")
    form.presenter.add_person("child")
    desk.worker.wait()
    pages: list[QWidget] = [form]
    for place in ("families", "placements", "options"):
        desk.go(place)
        desk.worker.wait()
        QApplication.processEvents()
        pages.append(desk.stack.currentWidget())
    desk.open_family(household)
    desk.worker.wait()
    QApplication.processEvents()
    pages.append(desk.stack.currentWidget())
    desk.open_intake(household)
    return [*pages, desk.rail]


def is_stop(widget: QWidget) -> bool:
    """Whether Tab can lead here; the line inside a combo box is the combo's own part."""
    reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()
    return reachable and not isinstance(widget.parent(), QComboBox)


def spoken(widget: QWidget) -> str:
    """The name assistive technology hears; a combo's comes from its label (its own name is the current text)."""
    found = QAccessible.queryAccessibleInterface(widget)
    said = str(found.text(QAccessible.Text.Name)) if found is not None else ""
    labels = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return said or widget.accessibleName() or text or "".join(label.text() for label in labels)
