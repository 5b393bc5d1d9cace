"""Starting the program: the window first, everything heavy behind it.

1. settings of this machine, application, theme
2. lock screen (or set-up, or the reason why the store cannot be opened), painted
3. a thread loads the database layer while the passphrase is typed
4. after unlocking, the main window takes the place of the lock screen
"""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desk_app import bootstrap, i18n, settings
from desk_app.gui import relaunch
from desk_app.gui.shell import Shell
from desk_app.gui.theme import QT_ARGUMENTS, Appearance

if TYPE_CHECKING:
    from desk_app.gui.locking import Surroundings

LOG_NAME = "trittstein.log"

_log = logging.getLogger(__name__)


def make_application(mine: settings.Settings) -> tuple[QApplication, Appearance]:
    """The application in the look this machine wants; the one that runs already, if there is one."""
    i18n.use_language(mine.language)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["trittstein", *QT_ARGUMENTS])
    app.setApplicationName("Trittstein")
    app.setApplicationDisplayName("Trittstein")
    QGuiApplication.setDesktopFileName("trittstein")
    appearance = Appearance(app, mine.theme, mine.text_scale / 100)  # type: ignore[arg-type]  # settings only hold valid modes
    return app, appearance


def default_store() -> Path:
    """Where a store goes unless somebody chooses: local to this PC and user, never in a synchronised folder."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "Trittstein" / "Daten"


def run(store: Path | None = None) -> int:
    """Show the program until its window is closed."""
    mine = settings.load()
    bootstrap.keep_to_user()
    _log_bugs_to(settings.folder() / LOG_NAME)
    before = relaunch.predecessor()
    app, appearance = make_application(mine)
    shell = Shell(store or mine.last_store or default_store(), appearance, around=_surroundings)
    if before is not None:
        shell.restoreGeometry(before.geometry)
        shell.painted.connect(before.tell_painted)
        shell.opening.after = before.wait_until_gone
    shell.painted.connect(_behind_the_paint)
    shell.ahead.went_on.connect(calm_the_collector)
    shell.begin()
    shell.show()
    shell.activateWindow()
    calm_the_collector()
    status = app.exec()
    shell.end()
    return status


def _behind_the_paint() -> None:
    """What nobody sees, and nobody has typed anything secret before."""
    from desk_app.gui.motif import mark_pixmap

    bootstrap.protect(settings.folder())
    QGuiApplication.setWindowIcon(mark_pixmap(64))


def calm_the_collector() -> None:
    """Have Python look for lost cycles seldom: a list of 5,000 requests would set it off hundreds of times.

    Modules and classes stay until the end, so what is there by now is set aside for good; asked again whenever more of
    them are there, so that looking takes hundredths of a second (`tidy`), also for whoever unlocks before the last.
    """
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)
    gc.enable()


def _surroundings() -> Surroundings:
    from desk_app.gui import locking, session_watch

    return locking.Surroundings(relaunch.Successor, session_watch.watch)


def _log_bugs_to(path: Path) -> None:
    """Our own faults go to a file on this machine: kinds and places of code, never values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=path, level=logging.ERROR, format="%(asctime)s %(message)s", encoding="utf-8")
    sys.excepthook = note_bug


def note_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write where an error happened. Its message stays out, because it may quote what somebody typed."""
    places = "".join(traceback.format_tb(trace))
    _log.error("%s\n%s", kind.__name__, places)
