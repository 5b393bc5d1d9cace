"""What left the house: the log of sendings, what offices still have to be told, and sending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from desk_app.casework import exports, ledger, retraction, school_sending, shipments
from desk_app.casework.desk import Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.shipments import ShipmentLine
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.i18n import _, ngettext
from desk_app.presenters.placement_export import Errand, ExportJob
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time, short_author


@dataclass(frozen=True, slots=True)
class SentLine:
    """One sending as the log shows it."""

    id: UUID
    title: str
    told: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Sendings:
    """The log, the newest first, and how many requests offices have to be told about again, or asked to strike."""

    lines: tuple[SentLine, ...] = ()
    changes: int = 0
    retractions: int = 0


class SendingsView(Protocol):
    def show_sendings(self, sendings: Sendings) -> None: ...

    def show_passphrase(self, sending: UUID, passphrase: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class SendingsPresenter:
    """Reads the log and looks passphrases up one by one; each look is entered in the audit."""

    def __init__(self, view: SendingsView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock

    def load(self) -> None:
        now = self._clock()
        self._runner.run(lambda work: _read(work, now), self._view.show_sendings, self._failed)

    def look_up(self, sending: UUID) -> None:
        """Show the passphrase of a sending once more."""
        self._runner.run(
            lambda work: shipments.show_passphrase(work, sending),
            lambda passphrase: self._view.show_passphrase(sending, passphrase),
            self._failed,
        )

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def send(work: Work, wanted: Wanted, job: ExportJob) -> Exported:
    """Do what the job is about. Whoever cancels while the last file is written gets none either."""
    if job.errand is Errand.CHANGES:
        made = exports.resend_changes(work, wanted, job.told)
    elif job.errand is Errand.RETRACTION:
        made = retraction.retract(work, wanted)
    elif job.errand is Errand.SCHOOLS:
        made = school_sending.send(work, job.sets, wanted, job.told)
    else:
        made = exports.export_requests(work, wanted, job.told)
    job.go_on()
    return made


def _read(work: Work, now: datetime) -> Sendings:
    lines = tuple(_line(line, now) for line in shipments.shipments(work))
    return Sendings(lines, len(ledger.changes_due(work)), len(retraction.due(work)))


def _line(line: ShipmentLine, now: datetime) -> SentLine:
    count = ngettext("{n} Kind", "{n} Kinder", line.requests).format(n=line.requests)
    files = ngettext("{n} Datei", "{n} Dateien", len(line.files)).format(n=len(line.files))
    parts = [day_and_time(line.at, now), count, files, short_author(line.by)]
    if not line.encrypted:
        who = line.second_person
        parts.append(_("nicht verschlüsselt, mit {name}").format(name=who) if who else _("nicht verschlüsselt"))
    title = _("{number} an {office}: {purpose}").format(number=line.number, office=line.office, purpose=line.purpose)
    return SentLine(line.id, title, ", ".join(part for part in parts if part), line.encrypted)
