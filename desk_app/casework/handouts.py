"""Pages a family was given, kept as they were, so that one can see later what it took home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from desk_app.casework import deeds, users
from desk_app.casework.desk import Work
from desk_app.domain.centre import Json
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import RecordKind
from desk_app.i18n import N_, _
from desk_app.storage.ready import Ready
from desk_app.storage.tables import Handout, Household

OFFERS, SLIP, APPOINTMENT, INTERPRETER = "offers", "slip", "appointment", "interpreter"
KINDS: Final = {
    OFFERS: N_("Merkzettel"),
    SLIP: N_("Vermittlungszettel"),
    APPOINTMENT: N_("Terminzettel"),
    INTERPRETER: N_("Einsatzzettel"),
}

_OF_FAMILY: Final = Ready(
    select(
        Handout.id, Handout.at, Handout.kind, Handout.title, Handout.language, Handout.person_id, Handout.created_by
    )
    .where(Handout.household_id == bindparam("household"), Handout.removed_at.is_(None))
    .order_by(Handout.at.desc())
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handed:
    """A page as it was given: ``content`` is all that stood on it, in the form of whoever set it.

    ``language`` is the one beside German, "" for German alone; ``id`` makes a repeated attempt find the first one.
    """

    id: UUID
    household: UUID
    kind: str
    title: str
    content: Json
    language: str = ""
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class HandoutLine:
    """One page in the list of a family's."""

    id: UUID
    at: datetime
    kind: str
    title: str
    language: str
    person: UUID | None
    by: str

    @property
    def label(self) -> str:
        return _(KINDS.get(self.kind, self.kind))


def keep(work: Work, handed: Handed) -> UUID:
    """Keep what was handed out; the id of the deed. Raises ``RecordGone`` where the family was taken out."""
    household = work.session.get(Household, handed.household)
    if household is None or household.removed_at is not None:
        raise RecordGone
    label = _(KINDS.get(handed.kind, handed.kind))
    with deeds.recorded(work, "handout.kept", _("Mitgegeben: {page}").format(page=label), handed.household) as deed:
        if work.session.get(Handout, handed.id) is None:
            work.session.add(Handout(
                id=handed.id, household_id=handed.household, person_id=handed.person, at=work.now, kind=handed.kind,
                language=handed.language or None, title=handed.title, content=dict(handed.content), **work.made,
            ))  # fmt: skip
            work.session.flush()
            work.note("handout.kept", RecordKind.HOUSEHOLD, handed.household, [f"handout:{handed.kind}"])
    return deed.id


def of_family(work: Work, household: UUID) -> tuple[HandoutLine, ...]:
    """What a family was given, the newest first."""
    work.session.flush()
    found = _OF_FAMILY.rows(work.session, household=household)
    names = users.names(work) if found else {}
    return tuple(
        HandoutLine(id_, at, kind, title, language or "", person, names.get(by, ""))
        for id_, at, kind, title, language, person, by in found
    )


def read(work: Work, handout: UUID) -> Handed:
    """A page as it was. Raises ``RecordGone``."""
    row = work.session.get(Handout, handout)
    if row is None or row.removed_at is not None:
        raise RecordGone
    return Handed(row.id, row.household_id, row.kind, row.title, row.content, row.language or "", row.person_id)
