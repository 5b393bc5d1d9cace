"""The ledger of what was told about whom: what has changed since, and who has to hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desk_app.casework import placement_lines, placements, school_files, schools, shipments, told
from desk_app.casework.desk import Work
from desk_app.casework.placement_lines import Line
from desk_app.casework.sending_choice import children
from desk_app.casework.told import Difference, Told
from desk_app.domain.child import ChildView


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who was told about a child last when, with which shipment, and what they were told otherwise than it is now.

    ``retracted_on`` is the day they were asked to strike it, if that came later.
    """

    recipient: str
    label: str
    shipment: str
    on: date
    differences: tuple[Difference, ...]
    retracted_on: date | None = None

    @property
    def must_be_told(self) -> bool:
        return bool(self.differences) and self.retracted_on is None


def changed_since_sent(work: Work, request: UUID) -> tuple[Difference, ...]:
    """In what the file says something else than the child's office was told last; empty for one not sent yet."""
    found, _gone = children(work, [request])
    receipts = told.last(work, [request]).get(request)
    if not found or not receipts:
        return ()
    newest = receipts.get(placements.offices(found[0])[0]) or max(receipts.values(), key=_age)
    return told.differences(found[0], newest, schools.names(work))


def changes_due(work: Work) -> tuple[UUID, ...]:
    """The requests with an office that was told something else than their files have now."""
    return tuple(request for request, _household, line in placement_lines.read(work) if _due(line))


def recipients_to_tell(work: Work, request: UUID) -> tuple[Receipt, ...]:
    """Offices and schools that received something about the child, the last first, with what they do not know yet."""
    purposes = (told.REQUESTS, told.CHANGES, school_files.PURPOSE)
    receipts = told.last(work, [request], purposes).get(request, {})
    struck = told.last(work, [request], (told.RETRACTION,)).get(request, {})
    found, _gone = children(work, [request])
    names = schools.names(work) if receipts else {}
    return tuple(
        Receipt(
            recipient=each.recipient,
            label=shipments.recipient_label(each.recipient, names),
            shipment=each.number,
            on=each.on,
            differences=_differences(work, found[0], each, names) if found else (),
            retracted_on=_retracted(each, struck),
        )
        for each in sorted(receipts.values(), key=_age, reverse=True)
    )


def _differences(work: Work, child: ChildView, each: Told, names: Mapping[str, str]) -> tuple[Difference, ...]:
    if each.purpose != school_files.PURPOSE:
        return told.differences(child, each, names)
    found: dict[str, Difference] = {}
    for said in each.said.values():
        now = school_files.told_now(work, ChildView(child.file, child.id, said.on))
        found |= {diff.key: diff for diff in told.compared(said.content, now)}
    return tuple(found.values())


def _retracted(each: Told, struck: Mapping[str, Told]) -> date | None:
    later = struck.get(each.recipient)
    return later.on if later is not None and told.is_struck(each, later) else None


def _age(each: Told) -> tuple[datetime, str]:
    return each.at, each.number


def _due(line: Line) -> bool:
    return line.changed and line.state in told.WITH_AN_OFFICE
