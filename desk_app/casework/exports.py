"""Sending requests out: for each office one shipment with list, papers and letter, and a ledger of exactly what left.

Nothing leaves without consent, nothing incomplete leaves, no protected address leaves, and nothing leaves unlocked
unless a second person agreed. A file appears under its name only when it is whole and was read back; when anything
fails or is cancelled, or the ledger itself cannot be kept, the files of this export are taken away again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import UUID

from desk_app.casework import (
    centre,
    ledger,
    placements,
    request_sheets,
    schools,
    second_person,
    sending_choice,
    told,
    users,
)
from desk_app.casework.desk import Work
from desk_app.casework.export_run import Forms, Progress, Run
from desk_app.casework.placement_events import StepFacts, record_event
from desk_app.casework.sending_choice import (
    Cause,
    LeftOut,
    complete_ones,
    incomplete,
    not_yet_sent,
    refusals,
)
from desk_app.casework.shipments import Parcel, recipient_label
from desk_app.documents import request_pdf
from desk_app.domain.child import ChildView
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend, RecordGone, TargetGone
from desk_app.domain.schooling import Office
from desk_app.i18n import N_, _

__all__ = [
    "DEED", "Exported", "LeftOut", "Progress", "ShipmentResult", "Wanted", "complete_ones", "export_requests",
    "incomplete", "not_yet_sent", "preview", "refusals", "require_place", "resend_changes", "result_of",
]  # fmt: skip

DEED = "export.written"
"""Who may do this may send requests out, and may be the second person who agrees to do so unlocked."""

_NO_FORM = N_("Weder Excel-Liste noch PDF ist gewählt. Es wurde nichts übermittelt. Bitte wählen Sie mindestens eines.")
_STAYS = frozenset({placements.WAITING_LIST, placements.ASSIGNED, placements.ADMITTED})
"""States that sending once more does not take back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export: which requests, into which folder, in which forms.

    Without ``encrypted`` somebody else has to agree: ``second_person`` is their id and their passphrase.
    """

    requests: Sequence[UUID]
    folder: Path
    xlsx: bool = True
    pdf: bool = True
    one_pdf: bool = False
    cover: bool = True
    encrypted: bool = True
    second_person: tuple[UUID, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ShipmentResult:
    """What was made for one recipient, an office or a school; ``label`` is its name.

    ``passphrase`` opens the files, to be told by telephone; None for unlocked ones.
    """

    number: str
    recipient: str
    label: str
    passphrase: str | None = field(repr=False)
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made: a shipment for each recipient, how many requests are in them, and what was left out."""

    shipments: tuple[ShipmentResult, ...]
    sent: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()
    """What could not be written exactly as it is, such as a text longer than its place; never a name."""

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(path for shipment in self.shipments for path in shipment.files)


def export_requests(work: Work, wanted: Wanted, progress: Progress | None = None) -> Exported:
    """Write the files, enter them in the ledger and mark the requests as sent.

    Raises ``TargetGone``, ``DiskFull``, ``TargetNotWritable``, ``NotProtected``, ``NothingToSend`` or
    ``ExportCancelled``, and for unlocked files ``SecondPersonNeeded``, ``WrongPassphrase`` or ``TooSoon``; then no file
    of this export is left and nothing is marked. Who may not send anything out is refused with ``NotAllowed``.
    """
    found, gone = _chosen(work, wanted)
    return _send(work, wanted, progress, found, (*gone, *sending_choice.refused(found)), None)


def resend_changes(work: Work, wanted: Wanted, progress: Progress | None = None) -> Exported:
    """Send those requests again that changed since their office was told, with what changed named on list and PDF.

    Without any request in ``wanted`` all that are due go. Raises what ``export_requests`` does.
    """
    due = ledger.changes_due(work)
    asked = wanted.requests or due
    found, gone = _chosen(work, wanted, asked)
    sent = told.held(work, asked)
    names = schools.names(work)
    changes: dict[UUID, tuple[str, str]] = {}
    stays = [*gone, *sending_choice.refused(found, changes=True)]
    for child in found:
        request = child.request
        if request is None:
            continue
        words = _change(child, sent.get(request.id), names)
        if words is not None:
            changes[request.id] = words
        elif all(request.id != each.request for each in stays):
            number = request.text("number")
            reason = _("{number}: Seit der letzten Sendung hat sich nichts geändert.").format(number=number)
            stays.append(LeftOut(request.id, number, reason, Cause.UNCHANGED, placements.offices(child)[0]))
    return _send(work, wanted, progress, found, tuple(stays), changes)


def preview(work: Work, request: UUID) -> bytes:
    """The PDF of one request as it would be sent now, complete or not; nothing is entered in the ledger.

    Raises ``RecordGone`` when the child was taken out meanwhile.
    """
    found, _gone = sending_choice.children(work, [request])
    if not found:
        raise RecordGone
    sheet = request_sheets.build(found[0], centre.load(work), users.name(work), schools.names(work), work.now)
    buffer = BytesIO()
    request_pdf.write_request(sheet, buffer)
    return buffer.getvalue()


def require_place(work: Work, wanted: Wanted) -> UUID | None:
    """Whether this user may send, into a folder that is there; who agreed to do so unlocked, None for encrypted."""
    work.require(DEED)
    if not _is_there(wanted.folder):
        raise TargetGone
    return None if wanted.encrypted else second_person.require(work, DEED, wanted.second_person)


def result_of(parcel: Parcel, school_names: Mapping[str, str] | None = None) -> ShipmentResult:
    shipment = parcel.shipment
    label = recipient_label(shipment.recipient, school_names or {})
    return ShipmentResult(shipment.number, shipment.recipient, label, shipment.passphrase, tuple(parcel.written))


def _chosen(
    work: Work, wanted: Wanted, requests: Sequence[UUID] | None = None
) -> tuple[list[ChildView], list[LeftOut]]:
    work.require(DEED)
    if not (wanted.xlsx or wanted.pdf):
        raise NothingToSend(_(_NO_FORM))
    return sending_choice.children(work, wanted.requests if requests is None else requests)


def _send(
    work: Work,
    wanted: Wanted,
    progress: Progress | None,
    found: Sequence[ChildView],
    left_out: tuple[LeftOut, ...],
    changes: Mapping[UUID, tuple[str, str]] | None,
) -> Exported:
    stays = {item.request for item in left_out}
    ready = [child for child in found if child.request is not None and child.request.id not in stays]
    agreed = require_place(work, wanted) if ready or not _is_there(wanted.folder) else None
    if not ready:
        raise NothingToSend(left_out[0].reason if len(left_out) == 1 else "")
    forms = Forms(wanted.xlsx, wanted.pdf, wanted.one_pdf, wanted.cover)
    run = Run(work, wanted.folder, forms, progress or (lambda step, done, total: None), len(ready), agreed)
    by_office: dict[Office, list[ChildView]] = {}
    for child in ready:
        by_office.setdefault(placements.offices(child)[0], []).append(child)
    parcels = []
    for office, children in by_office.items():
        parcel = run.send(office, children, left_out, changes)
        parcels.append(parcel)
        for child in children:
            _mark(work, child, parcel)
    return Exported(tuple(map(result_of, parcels)), len(ready), left_out, tuple(run.notes))


def _mark(work: Work, child: ChildView, parcel: Parcel) -> None:
    """The request is sent; one that the office has gone on with stays where it is."""
    request = child.request
    if request is not None and child.file.state_of(request.id) not in _STAYS:
        facts = StepFacts(details=parcel.shipment.recipient, shipment=parcel.shipment.id)
        record_event(work, request.id, placements.SENT, facts)


def _change(
    child: ChildView, receipts: Mapping[str, told.Told] | None, names: Mapping[str, str]
) -> tuple[str, str] | None:
    """What changed since the child's office was told, for the list and as a sentence; None for nothing.

    ``receipts`` is what recipients hold, None for a request that nobody was sent yet.
    """
    if receipts is None:
        return None
    before = receipts.get(placements.offices(child)[0])
    if before is None:
        return _(told.NEW_HERE), ""
    labels = ", ".join(dict.fromkeys(each.label for each in told.differences(child, before, names)))
    if not labels:
        return None
    sentence = _("Änderung zur Sendung {number} vom {day}: {fields}")
    return labels, sentence.format(number=before.number, day=show_day(before.on), fields=labels)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a folder above it may not be looked into
        return False
