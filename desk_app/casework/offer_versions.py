"""What offers were before: each change as a whole, with words for it, and the history of a single fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID, uuid4

from sqlalchemy import select

from desk_app.casework import offer_directory, users
from desk_app.casework.desk import Work
from desk_app.domain import offer_shown
from desk_app.domain.centre import Json
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.offer_shown import Change
from desk_app.domain.offers import Offer
from desk_app.i18n import _
from desk_app.storage.tables import OfferVersion


@dataclass(frozen=True, slots=True)
class Version:
    """What an offer was from one change on; ``words`` say what the change was, ``changes`` fact by fact."""

    number: int
    at: datetime
    by: str
    words: str
    offer: Offer
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change of one fact."""

    at: datetime
    by: str
    change: Change

    @property
    def line(self) -> str:
        """ "Telefon geändert von Carla Beispiel am 26.11.2026, vorher: 0208 000-1"."""
        words = _("{fact} geändert von {name} am {day}, vorher: {before}")
        day = show_day(local_day(self.at))
        before = self.change.before or _("nicht hinterlegt")
        return words.format(fact=self.change.label, name=self.by, day=day, before=before)


def keep(work: Work, offer: UUID, content: Json, words: str) -> None:
    """Keep what an offer is from now on."""
    rows = _rows(work, offer)
    number = rows[-1].number + 1 if rows else 1
    made = OfferVersion(id=uuid4(), offer_id=offer, number=number, content=content, words=words or None, **work.made)
    work.session.add(made)
    work.session.flush()


def history(work: Work, offer: UUID) -> tuple[Version, ...]:
    """Every state of an offer with what differs from the one before, the newest first."""
    rows, staff = _rows(work, offer), users.names(work)
    names = offer_directory.names(work)
    states = [Offer.from_content(row.content) for row in rows]
    told: list[tuple[Change, ...]] = [(), *(offer_shown.changes(a, b, names) for a, b in pairwise(states))]
    found = [
        Version(row.number, row.created_at, staff.get(row.created_by, ""), row.words or "", state, changed)
        for row, state, changed in zip(rows, states, told, strict=False)
    ]
    return tuple(found[::-1])


def of_fact(work: Work, offer: UUID, key: str) -> tuple[FactChange, ...]:
    """What became of one fact, by its key in ``offer_shown``, the newest change first."""
    return tuple(_of_fact(history(work, offer), key))


def state(work: Work, offer: UUID, number: int) -> Offer:
    """What an offer was in one of its versions. Raises ``RecordGone``."""
    row = next((each for each in _rows(work, offer) if each.number == number), None)
    if row is None:
        raise RecordGone
    return Offer.from_content(row.content)


def rewrite_first(work: Work, offer: UUID, content: Json) -> None:
    """Let the only state of an offer be another one, where nobody saw the one before."""
    (row,) = _rows(work, offer)
    row.content = content
    work.touch(row)
    work.session.flush()


def contents(work: Work, offer: UUID) -> list[Json]:
    """Everything an offer ever was."""
    return [row.content for row in _rows(work, offer)]


def _rows(work: Work, offer: UUID) -> Sequence[OfferVersion]:
    query = select(OfferVersion).where(OfferVersion.offer_id == offer, OfferVersion.removed_at.is_(None))
    return list(work.session.scalars(query.order_by(OfferVersion.number, OfferVersion.created_at)))


def _of_fact(versions: Sequence[Version], key: str) -> Iterator[FactChange]:
    for version in versions:
        for change in version.changes:
            if change.key == key:
                yield FactChange(version.at, version.by, change)
