"""Where the system is asked about folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desk_app.i18n import _


def choose_folder(parent: QWidget, start: Path | None) -> Path | None:
    """Ask for a folder with the system's dialog; ``None`` when nothing was chosen."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Wohin speichern?"), str(start or Path.home()))
    return Path(chosen) if chosen else None


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


@dataclass(frozen=True)
class FolderTools:
    """The two places where the system is asked about folders; tests put their own here."""

    choose: Callable[[QWidget, Path | None], Path | None] = choose_folder
    show: Callable[[Path], None] = show_folder
