"""Comparing an old list with the store: its beginning is shown first, the rest follows when all of it is compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from desk_app.casework import bring_in
from desk_app.casework.bring_in_plan import Preview
from desk_app.casework.desk import Work
from desk_app.domain.errors import WorldError
from desk_app.domain.list_reading import Reading, read_beginning, read_list
from desk_app.i18n import _
from desk_app.presenters.bring_in_file import OpenList
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.runner import Runner

_SHOWN_FIRST: Final = 100
"""Rows of which the families are shown before the others are read."""


class Comparing:
    """One list at a time. ``shown`` is called when there is something to show, ``failed`` where it cannot go on."""

    def __init__(self, runner: Runner, shown: Callable[[], None], failed: Callable[[WorldError], None]) -> None:
        self._runner, self._shown, self._failed = runner, shown, failed
        self._job: ImportJob | None = None

    @property
    def running(self) -> bool:
        """Whether at most the beginning is there."""
        return self._job is not None

    def start(self, file: OpenList, today: date) -> None:
        """Read the list as its columns are understood, and compare it with the store."""
        self.stop()
        job = self._job = ImportJob(_("Die Familien werden verglichen"))
        sheet, layout, from_1904 = file.open_sheet, file.layout, file.book.from_1904
        file.show(None, None)

        def begin(_work: Work) -> Reading | None:
            return read_beginning(sheet, layout, today, _SHOWN_FIRST, from_1904=from_1904)

        def compare(work: Work) -> tuple[Reading, Preview]:
            reading = read_list(sheet, layout, today, from_1904=from_1904, told=job.told)
            return reading, bring_in.preview(work, reading, file.book, job.told)

        def begun(reading: Reading | None) -> None:
            if self._job is job and reading is not None:
                file.show(reading, None)
                self._shown()

        def compared(found: tuple[Reading, Preview]) -> None:
            if self._job is job:
                self._job = None
                file.show(*found)
                self._shown()

        def failed(error: WorldError) -> None:
            if self._job is job:
                self._job = None
                self._failed(error)

        self._runner.run(begin, begun, failed)
        self._runner.run(compare, compared, failed)

    def stop(self) -> None:
        """Go no further; nothing of it is shown any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
