"""Shipments: files that leave together for one recipient under one number, and the log of all of them.

The passphrase of a shipment is told by telephone. It is shown once when the shipment is made and kept here, so that
it can be told again; looking it up leaves a trace of its own.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Literal
from uuid import UUID, uuid4

from sqlalchemy import func, select

from desk_app.casework import placement_stale, school_files, schools, told, users
from desk_app.casework.desk import Work
from desk_app.casework.told import Content
from desk_app.documents.files import WrittenFile, free_name
from desk_app.domain.errors import RecordGone
from desk_app.domain.passphrase import sending_passphrase
from desk_app.domain.schooling import OFFICE_TITLES, Office
from desk_app.i18n import N_, _
from desk_app.storage.tables import PlacementRequest, Sending, SendingItem, Shipment

FILES: Final = {
    "xlsx": N_("Excel-Liste"),
    "pdf": N_("PDF"),
    "cover": N_("Anschreiben"),
    "school": N_("Daten für die Schule"),
    "letter": N_("Brief"),
}
"""The kinds of file that leave."""

LETTER, FAMILY = "letter", "family"
"""What a shipment to a family is for, and its recipient."""

Kind = Literal["xlsx", "pdf", "cover", "school", "letter"]

_PURPOSES: Final = {
    told.REQUESTS: N_("Anfragen"),
    told.CHANGES: N_("Änderungen"),
    told.RETRACTION: N_("Streichung"),
    school_files.PURPOSE: N_("Daten für die Schule"),
    LETTER: N_("Brief"),
}


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    """One shipment in the log. ``office`` and ``purpose`` are in words; ``second_person`` agreed to no passphrase."""

    id: UUID
    number: str
    at: datetime
    by: str
    office: str
    purpose: str
    requests: int
    files: tuple[str, ...]
    encrypted: bool
    second_person: str = ""


def begin(
    work: Work, recipient: str, purpose: str, second_person: UUID | None = None, *, own_paper: bool = False
) -> Shipment:
    """A new shipment with the next number of the day: encrypted unless ``second_person`` agreed to none.

    ``own_paper`` is for what a family is given about itself: it has to open without a passphrase.
    """
    day = work.today.isoformat()
    same_day = select(Shipment.number).where(Shipment.number.startswith(f"{day}-"))
    # as texts, "100" would come before "99"
    last = work.session.scalar(same_day.order_by(func.length(Shipment.number).desc(), Shipment.number.desc()).limit(1))
    shipment = Shipment(
        id=uuid4(),
        number=f"{day}-{int(last.rpartition('-')[2]) + 1 if last else 1:02d}",
        at=work.now,
        by=work.user,
        recipient=recipient,
        purpose=purpose,
        passphrase=None if second_person or own_paper else sending_passphrase(),
        second_person=second_person,
    )
    work.session.add(shipment)
    work.session.flush()
    if second_person:
        work.note("shipment.unprotected", "shipment", shipment.id, touched="placements")
    return shipment


@dataclass
class Parcel:
    """The files of one shipment on their way; all of them go away again when the transaction is not kept."""

    work: Work
    shipment: Shipment
    folder: Path
    written: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.work.if_lost.append(self._take_back)

    def put(
        self,
        ending: str,
        kind: Kind,
        fill: Callable[[BinaryIO], object],
        contents: Mapping[UUID, Content],
        fields: Sequence[str] = (),
    ) -> Path:
        """Write "Sendung-2026-11-26-03``ending``" and enter it with what it tells of each request (``contents``).

        ``fields`` are the keys of the answers it may tell. Raises what ``write_protected`` raises.
        """
        from desk_app.documents.protecting import write_protected  # large, and only wanted here

        suffix = "xlsx" if kind == "xlsx" else "pdf"
        target = free_name(self.folder, f"Sendung-{self.shipment.number}{ending}", f".{suffix}")
        file = write_protected(target, fill, self.shipment.passphrase, suffix)  # type: ignore[arg-type]  # one of the two
        self.enter(file, kind, contents, fields)
        return file.path

    def enter(
        self,
        file: WrittenFile,
        kind: Kind,
        contents: Mapping[UUID, Content],
        fields: Sequence[str] = (),
        *,
        noted: bool = True,
    ) -> None:
        """Enter a file that was just written, with what it tells of each request.

        ``noted`` is false where the audit has an entry of its own about it.
        """
        self.written.append(file.path)
        work, sending = self.work, uuid4()
        work.session.add(
            Sending(
                id=sending,
                at=work.now,
                by=work.user,
                recipient=self.shipment.recipient,
                kind=kind,
                file_name=file.path.relative_to(self.folder).as_posix(),
                sha256=file.sha256,
                size=file.size,
                fields=list(fields),
                shipment_id=self.shipment.id,
            )
        )
        work.session.flush()
        for request, content in contents.items():
            work.session.add(
                SendingItem(
                    id=uuid4(),
                    sending_id=sending,
                    request_id=request,
                    content_sha256=told.content_hash(content),
                    content=dict(content),
                )
            )
        if noted:
            work.note("export.written", "sending", sending, fields, touched="placements")

    def outdate(self, requests: Sequence[UUID]) -> None:
        """Have the lines of these requests worked out anew: what was told about them is another now."""
        households = select(PlacementRequest.household_id).where(PlacementRequest.id.in_(requests)).distinct()
        placement_stale.outdate(self.work.session, list(self.work.session.scalars(households)))

    def _take_back(self) -> None:
        for path in self.written:
            with contextlib.suppress(OSError):  # a folder that is gone took its files along
                path.unlink(missing_ok=True)


def shipments(work: Work) -> tuple[ShipmentLine, ...]:
    """The log, the newest first; passphrases are looked up one by one."""
    names, school_names = users.names(work), schools.names(work)
    rows = list(work.session.scalars(select(Shipment).order_by(Shipment.at.desc(), Shipment.number.desc())))
    files: defaultdict[UUID | None, list[str]] = defaultdict(list)
    of_shipments = select(Sending.shipment_id, Sending.file_name).where(Sending.shipment_id.is_not(None))
    for shipment, name in work.session.execute(of_shipments.order_by(Sending.file_name)):
        files[shipment].append(name)
    counted = (
        select(Sending.shipment_id, func.count(SendingItem.request_id.distinct()))
        .join(SendingItem, SendingItem.sending_id == Sending.id)
        .where(Sending.shipment_id.is_not(None))
        .group_by(Sending.shipment_id)
    )
    counts = dict(work.session.execute(counted).all())
    return tuple(
        ShipmentLine(
            id=row.id,
            number=row.number,
            at=row.at,
            by=names.get(row.by, ""),
            office=recipient_label(row.recipient, school_names),
            purpose=purpose_label(row.purpose),
            requests=counts.get(row.id, 0),
            files=tuple(files[row.id]),
            encrypted=row.passphrase is not None,
            second_person=names.get(row.second_person, "") if row.second_person else "",
        )
        for row in rows
    )


def show_passphrase(work: Work, shipment: UUID) -> str:
    """The passphrase of a shipment once more, with an entry that it was looked up; empty for one without.

    Raises ``NotAllowed``, and ``RecordGone`` for a shipment that is not there.
    """
    work.require("shipment.passphrase_shown")
    row = work.session.get(Shipment, shipment)
    if row is None:
        raise RecordGone
    if row.passphrase is None:
        return ""
    work.note("shipment.passphrase_shown", "shipment", shipment, touched="")
    return row.passphrase


def recipient_label(recipient: str, school_names: Mapping[str, str]) -> str:
    """An office or a school in words, or that it went to a family."""
    if recipient == FAMILY:
        return _("die Familie")
    return _(OFFICE_TITLES[Office(recipient)]) if recipient in set(Office) else school_names.get(recipient, recipient)


def purpose_label(purpose: str) -> str:
    return _(_PURPOSES[purpose]) if purpose in _PURPOSES else purpose
