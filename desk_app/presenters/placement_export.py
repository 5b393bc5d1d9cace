"""An export on its way: how far it is, how long it still takes, and the wish to stop it.

The deed reports from the desk's thread, the window looks from its own; both only meet in an `ExportJob`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal
from uuid import UUID

from desk_app.casework.exports import Wanted
from desk_app.casework.school_sending import STEP as SCHOOLS_STEP
from desk_app.domain.errors import ExportCancelled
from desk_app.i18n import N_, _

StepState = Literal["waiting", "running", "done"]


@dataclass(frozen=True, slots=True)
class OutForms:
    """In which form requests leave: ``one_pdf`` is one file instead of one for each child, ``cover`` the letter."""

    xlsx: bool = True
    pdf: bool = True
    one_pdf: bool = False
    cover: bool = True
    encrypted: bool = True

    @property
    def any(self) -> bool:
        """Whether anything would be written that an office can work with."""
        return self.xlsx or self.pdf


class Errand(StrEnum):
    """What leaves: requests that are chosen, all that changed, what is to be struck, or sets for schools."""

    REQUESTS = "requests"
    CHANGES = "changes"
    RETRACTION = "retraction"
    SCHOOLS = "schools"


_FEW = 3
"""So many papers have to be done before their pace says anything."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A named step of the export; ``total`` counts requests."""

    name: str
    done: int
    total: int
    state: StepState


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far the export is. ``seconds_left`` is ``None`` while nobody can know."""

    steps: tuple[StepProgress, ...]
    seconds_left: float | None


_STEP_NAMES = {
    "check": N_("Angaben prüfen"),
    "xlsx": N_("Excel-Liste schreiben"),
    "pdf": N_("PDF erstellen"),
    SCHOOLS_STEP: N_("Dateien für Schulen schreiben"),
}


@dataclass
class _Count:
    done: int = 0
    total: int = 0
    seconds: float = 0.0


@dataclass
class ExportJob:
    """What the window holds of a running export. ``requests`` is how many are expected to leave."""

    requests: int
    forms: OutForms = OutForms()
    second_person: tuple[UUID, str] | None = field(default=None, repr=False)
    """Who agreed that the files leave unlocked, with their passphrase."""
    errand: Errand = Errand.REQUESTS
    sets: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    """For the errand to schools: the requests by number of the school."""
    now: Callable[[], float] = time.monotonic
    _counts: dict[str, _Count] = field(default_factory=dict, init=False)
    _last: tuple[str, float] = field(default=("", 0.0), init=False)
    _stop: threading.Event = field(default_factory=threading.Event, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def told(self, step: str, done: int, total: int) -> None:
        """Take a report of the deed. Raises ``ExportCancelled`` once somebody wanted to stop."""
        self.go_on()
        now = self.now()
        with self._lock:
            count = self._counts.setdefault(step, _Count())
            count.done, count.total = done, total
            last, since = self._last
            if last == step:
                count.seconds += now - since
            self._last = (step, now)

    def go_on(self) -> None:
        """Raises ``ExportCancelled`` once somebody wanted to stop; asked once more when the last file is written."""
        if self._stop.is_set():
            raise ExportCancelled

    def wanted(self, requests: Sequence[UUID], folder: Path) -> Wanted:
        """What the deed is asked for."""
        forms = self.forms
        return Wanted(
            requests, folder, forms.xlsx, forms.pdf, forms.one_pdf, forms.cover, forms.encrypted, self.second_person
        )

    def cancel(self) -> None:
        """Stop at the next report; the deed then takes back what it wrote."""
        self._stop.set()

    def progress(self) -> ExportProgress:
        """How far it is now."""
        with self._lock:
            wanted = [step for step, on in (("xlsx", self.forms.xlsx), ("pdf", self.forms.pdf)) if on]
            if self.errand is Errand.SCHOOLS:
                wanted = [SCHOOLS_STEP]
            checked = bool(self._counts)
            check = StepProgress(
                _(_STEP_NAMES["check"]),
                self.requests if checked else 0,
                self.requests,
                "done" if checked else "running",
            )
            return ExportProgress((check, *map(self._step, wanted)), self._seconds_left(wanted[-1]))

    def _step(self, step: str) -> StepProgress:
        count = self._counts.get(step, _Count(total=len(self.sets) or self.requests))
        state: StepState = "running" if step in self._counts else "waiting"
        if count.total and count.done >= count.total:
            state = "done"
        return StepProgress(_(_STEP_NAMES[step]), count.done, count.total, state)

    def _seconds_left(self, slowest: str) -> float | None:
        count = self._counts.get(slowest)
        if count is None or count.done < _FEW or not count.seconds:
            return None
        return count.seconds / count.done * (count.total - count.done)
