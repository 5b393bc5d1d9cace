"""Sending requests out: the Excel list and the PDFs for the offices, with a ledger of exactly what left.

Nothing leaves without consent, nothing incomplete leaves, no protected address leaves. A file appears under its name
only when it is whole; when anything fails or is cancelled, or the ledger itself cannot be kept, the files of this
export are taken away again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from desk_app.casework import centre, families, placement_list, placements, request_list, request_sheets, schools, users
from desk_app.casework.desk import Work
from desk_app.casework.placement_events import StepFacts, record_event
from desk_app.documents import request_pdf, xlsx
from desk_app.documents.files import WrittenFile, free_name, write_whole
from desk_app.domain import completeness
from desk_app.domain.child import SCHOOL_AUTHORITY, ChildView
from desk_app.domain.errors import NothingToSend, RecordGone, TargetGone
from desk_app.domain.records import RecordKind
from desk_app.domain.request_sheet import RequestSheet
from desk_app.domain.schooling import Office
from desk_app.i18n import N_, _
from desk_app.storage.tables import PlacementRequest, Sending, SendingItem

Progress = Callable[[str, int, int], None]
"""Told the step (``pdf``, ``xlsx``), how many requests are done in it and how many there are, all offices together;
raises ``ExportCancelled`` to stop."""

_NO_FORM = N_("Weder Excel-Liste noch PDF ist gewählt. Es wurde nichts übermittelt. Bitte wählen Sie mindestens eines.")
_LABELS_SAID = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export: which requests, into which folder, in which forms."""

    requests: Sequence[UUID]
    folder: Path
    xlsx: bool = True
    pdf: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that was not sent, and the German sentence why."""

    request: UUID
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made: the files, the requests in them, and what was left out."""

    files: tuple[Path, ...]
    sent: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()
    """What could not be written exactly as it is, such as a text longer than its place; never a name."""


@dataclass(frozen=True)
class _Item:
    request: UUID
    office: Office
    child: ChildView
    sheet: RequestSheet


def export_requests(work: Work, wanted: Wanted, progress: Progress | None = None) -> Exported:
    """Write the files, enter them in the ledger and mark the requests as sent.

    Raises ``TargetGone``, ``DiskFull``, ``TargetNotWritable``, ``NothingToSend`` or ``ExportCancelled``; then no file
    of this export is left and nothing is marked. Who may not send anything out is refused with ``NotAllowed``.
    """
    work.require("export.written")
    if not (wanted.xlsx or wanted.pdf):
        raise NothingToSend(_(_NO_FORM))
    if not _is_there(wanted.folder):
        raise TargetGone
    children, gone = _children(work, wanted.requests)
    left_out = (*gone, *_refusals(children))
    ready = _ready(work, children, {item.request for item in left_out})
    if not ready:
        raise NothingToSend(left_out[0].reason if len(left_out) == 1 else "")
    run = _Run(work, wanted, progress or (lambda step, done, total: None), len(ready))
    work.if_lost.append(run.take_back)
    for office in dict.fromkeys(item.office for item in ready):
        run.write_for([item for item in ready if item.office is office])
    for item in ready:
        record_event(work, item.request, placements.SENT, StepFacts(details=item.office))
    return Exported(tuple(run.written), len(ready), left_out, tuple(run.notes))


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a folder above it may not be looked into
        return False


def preview(work: Work, request: UUID) -> bytes:
    """The PDF of one request as it would be sent now, complete or not; nothing is entered in the ledger.

    Raises ``RecordGone`` when the child was taken out meanwhile.
    """
    children, _gone = _children(work, [request])
    if not children:
        raise RecordGone
    child = children[0]
    sheet = request_sheets.build(child, centre.load(work), users.name(work), schools.names(work), work.now)
    buffer = BytesIO()
    request_pdf.write_request(sheet, buffer)
    return buffer.getvalue()


def not_yet_sent(work: Work) -> list[UUID]:
    """The complete requests that have not gone out yet, the longest wait first."""
    return [row.request for row in placement_list.listing(work) if row.state == placements.COMPLETE]


def complete_ones(work: Work, requests: Sequence[UUID]) -> list[UUID]:
    """Those of the requests that may leave now and have not yet."""
    children, _gone = _children(work, requests)
    return [
        child.request.id
        for child in children
        if child.request is not None and child.file.state_of(child.request.id) == placements.COMPLETE
    ]


def incomplete(work: Work) -> tuple[LeftOut, ...]:
    """The requests that still lack something, and what."""
    return refusals(work, [row.request for row in placement_list.listing(work) if row.state == placements.DRAFT])


def refusals(work: Work, requests: Sequence[UUID]) -> tuple[LeftOut, ...]:
    """Which of the requests could not be sent now, and why."""
    children, gone = _children(work, requests)
    return (*gone, *_refusals(children))


def _children(work: Work, requests: Sequence[UUID]) -> tuple[list[ChildView], list[LeftOut]]:
    """The children of the requests, each once, and the requests whose child or family was taken out."""
    rows = [row for id_ in dict.fromkeys(requests) if (row := work.session.get(PlacementRequest, id_)) is not None]
    files = {file.household.id: file for file in families.load_many(work, list({row.household_id for row in rows}))}
    found, gone = [], []
    for row in rows:
        file = files.get(row.household_id)
        child = next((person for person in file.children if person.id == row.person_id), None) if file else None
        if file is None or child is None or row.removed_at is not None:
            reason = _("{number}: Dieses Kind ist nicht mehr in der Akte.").format(number=row.number)
            gone.append(LeftOut(row.id, row.number, reason))
        else:
            found.append(ChildView(file, child.id, work.today))
    return found, gone


def _refusals(children: Sequence[ChildView]) -> Iterator[LeftOut]:
    for child in children:
        request = child.request
        if request is not None and (reason := _reason(child)):
            number = request.text("number")
            yield LeftOut(request.id, number, f"{number}: {reason}")


def _reason(child: ChildView) -> str:
    """Why the child's request must not leave; empty when it may."""
    if not child.wants_place:
        return _("Für dieses Kind wird kein Schulplatz gesucht.")
    missing = completeness.blocking(child)
    if not missing:
        return ""
    labels = [item.label for item in missing if item.kind is not RecordKind.CONSENT]
    said = ", ".join(labels[:_LABELS_SAID])
    if len(labels) > _LABELS_SAID:
        said = _("{labels} und {count} weitere").format(labels=said, count=len(labels) - _LABELS_SAID)
    if child.consent(SCHOOL_AUTHORITY) is not None:
        return _("Es fehlt noch: {labels}.").format(labels=said)
    sentence = _("Die Einwilligung für die Schulaufsicht fehlt.")
    return " ".join((sentence, _("Außerdem fehlt noch: {labels}.").format(labels=said))) if labels else sentence


def _ready(work: Work, children: Sequence[ChildView], refused: set[UUID]) -> list[_Item]:
    settings, author, directory = centre.load(work), users.name(work), schools.names(work)
    items = []
    for child in children:
        request = child.request
        if request is None or request.id in refused:
            continue
        sheet = request_sheets.build(child, settings, author, directory, work.now)
        items.append(_Item(request.id, placements.offices(child)[0], child, sheet))
    return items


@dataclass
class _Run:
    """One export on its way: what it wrote so far, so that all of it can be taken back."""

    work: Work
    wanted: Wanted
    told: Progress
    total: int
    done: dict[str, int] = field(default_factory=lambda: {"xlsx": 0, "pdf": 0})
    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def write_for(self, items: list[_Item]) -> None:
        """The files for one office; each is entered in the ledger with what it told about whom."""
        if self.wanted.xlsx:
            self._write_list(items)
        if self.wanted.pdf:
            for item in items:
                if not self.done["pdf"]:
                    self._tell("pdf", 0)
                self._write_pdf(item)
                self._tell("pdf", 1)

    def take_back(self) -> None:
        for path in self.written:
            with contextlib.suppress(OSError):  # a folder that is gone took its files along
                path.unlink(missing_ok=True)

    def _tell(self, step: str, more: int) -> None:
        self.done[step] += more
        self.told(step, self.done[step], self.total)

    def _write_list(self, items: list[_Item]) -> None:
        work, settings = self.work, centre.load(self.work)
        upper = items[0].office is Office.BEZIRKSREGIERUNG
        recipient = (settings.district_government if upper else settings.school_authority).name
        children = [item.child for item in items]
        listing = request_list.listing(children, settings, users.name(work), work.now, recipient)
        before = self.done["xlsx"]

        def step(done: int) -> None:
            self.told("xlsx", before + done, self.total)

        def fill(stream: BinaryIO) -> None:
            self.notes.extend(xlsx.write(listing, stream, answers=True, step=step))

        stem = _list_stem(items[0].office, work.today.isoformat())
        file = self._write(stem, ".xlsx", fill)
        self._tell("xlsx", len(items))
        _enter(work, items, "xlsx", file, request_list.field_keys())

    def _write_pdf(self, item: _Item) -> None:
        def fill(stream: BinaryIO) -> None:
            printed = request_pdf.write_request(item.sheet, stream)
            self.notes.extend(_notes(item.sheet.number, printed))

        file = self._write(f"Schulplatz_{item.sheet.number}_{self.work.today.isoformat()}", ".pdf", fill)
        _enter(self.work, [item], "pdf", file, request_sheets.field_keys(item.child))

    def _write(self, stem: str, suffix: str, fill: Callable[[BinaryIO], None]) -> WrittenFile:
        file = write_whole(free_name(self.wanted.folder, stem, suffix), fill)
        self.written.append(file.path)
        return file


def _notes(number: str, printed: request_pdf.Printed) -> list[str]:
    found = []
    if printed.shortened:
        found.append(_("{number}: Ein Text ist auf zwei Seiten gekürzt.").format(number=number))
    if printed.missing:
        found.append(_("{number}: Einige Zeichen kennt die Druckschrift nicht.").format(number=number))
    return found


def _list_stem(office: Office, day: str) -> str:
    return f"Schulplatzanfragen_{'Bezirksregierung' if office is Office.BEZIRKSREGIERUNG else 'Schulamt'}_{day}"


def _enter(work: Work, items: Sequence[_Item], kind: str, file: WrittenFile, fields: Sequence[str]) -> None:
    sending = uuid4()
    work.session.add(
        Sending(
            id=sending,
            at=work.now,
            by=work.user,
            recipient=items[0].office,
            kind=kind,
            file_name=file.path.name,
            sha256=file.sha256,
            size=file.size,
            fields=list(fields),
        )
    )
    work.session.flush()
    for item in items:
        content = request_sheets.content_hash(item.sheet)
        work.session.add(SendingItem(id=uuid4(), sending_id=sending, request_id=item.request, content_sha256=content))
    work.note("export.written", "sending", sending, fields, touched="placements")
