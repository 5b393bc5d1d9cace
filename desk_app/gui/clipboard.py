"""What is copied in the program: kept from the memory of clipboard managers, and taken back when the desk locks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard

SECRET = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01",
    "application/x-nspasteboard-concealed-type": b"\x01",
}
"""How clipboard managers of Linux, Windows and macOS are told not to remember something."""

Mode = QClipboard.Mode


class CopyGuard(QObject):
    """Everything copied in the program may be about a family, so all of it is marked. Plain text is what stays of it.

    ``owns`` says whether what the clipboard holds came from this program.
    """

    def __init__(
        self, clipboard: QClipboard, owns: Callable[[Mode], bool] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or self._is_ours
        clipboard.dataChanged.connect(self._mark)

    def clear(self) -> None:
        """Take back what is ours, and leave what others copied."""
        for mode in (Mode.Clipboard, Mode.Selection):
            if self._owns(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: Mode) -> bool:
        return self._clipboard.ownsSelection() if mode == Mode.Selection else self._clipboard.ownsClipboard()

    def _mark(self) -> None:
        if not self._owns(Mode.Clipboard):
            return
        copied = self._clipboard.mimeData()
        if copied is None or not copied.hasText() or copied.hasFormat(next(iter(SECRET))):
            return
        marked = QMimeData()
        marked.setText(copied.text())
        for kind, content in SECRET.items():
            marked.setData(kind, content)
        self._clipboard.setMimeData(marked)
