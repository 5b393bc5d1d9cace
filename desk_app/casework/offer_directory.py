"""The directory of offers as it is read: all of it at once, kept in memory until something of it changes.

A thousand offers are judged for a family and searched with every key; reading them from the store each time would take
longer than that. What is kept follows the store row by row: only rows that were written since are read again. What a
transaction has written but not yet kept is read past the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import object_session

from desk_app.casework.desk import Work
from desk_app.domain.code_lists import code_list
from desk_app.domain.offer_search import Document, Index
from desk_app.domain.offers import PROPOSAL, Offer, Organisation, Venue
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Offer as OfferRow
from desk_app.storage.tables import OfferPlace as VenueRow
from desk_app.storage.tables import Organisation as OrganisationRow

REPLACES: Final = "replaces"
"""In what a proposal keeps beside its facts: the offer it is about."""
ABOUT: Final = "about"
"""The same: the fields of ``Offer`` in which it says something new; what it says in others may be out of date."""
_CHANGED: Final = "the directory of offers was written to"


@dataclass(frozen=True, slots=True)
class Listed:
    """An offer as the directory holds it. ``confirmed_on`` is when somebody last asked there, ``confirmed_by`` who.

    ``row`` counts how often its row was written, to be compared alone. ``replaces`` is the offer that a proposal is
    about, ``None`` for the proposal of a new one.
    """

    offer: Offer
    confirmed_on: date | None
    confirmed_by: str
    changed_at: datetime
    changed_by: UUID
    row: int
    replaces: UUID | None = None

    @property
    def as_of(self) -> date | None:
        """The day of which the offer as a whole is known to be right: confirmed, or that of the source of the rest.

        A single fact that was learnt later says nothing about the others; only where there is nothing else, the newest
        of the sources counts.
        """
        whole = next((source.on for source in self.offer.sources if not source.field), None)
        days = [day for day in (self.confirmed_on, whole) if day is not None]
        return max(days or (source.on for source in self.offer.sources if source.on is not None), default=None)

    def fact_as_of(self, name: str) -> date | None:
        """The same of the fact in one field of ``Offer``."""
        source = self.offer.source_of(name)
        days = [day for day in (self.confirmed_on, source.on if source else None) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True, eq=False)
class Directory:
    """All offers that were not taken out, by title, with who runs them and where."""

    listed: Mapping[UUID, Listed]
    organisations: Mapping[UUID, Organisation]
    venues: Mapping[UUID, Venue]
    documents: Mapping[UUID, tuple[int, Document]]
    """The words of each offer, with the ``row`` they are of."""

    @property
    def offers(self) -> tuple[Listed, ...]:
        """The offers themselves, paused and ended ones too, and proposals of new ones."""
        return tuple(each for each in self.listed.values() if each.replaces is None)

    @property
    def proposals(self) -> tuple[Listed, ...]:
        """What waits for somebody to say yes or no: new offers, and changes of those there are."""
        return tuple(each for each in self.listed.values() if each.offer.status == PROPOSAL)

    @cached_property
    def index(self) -> Index:
        return Index(self.documents[each.offer.id][1] for each in self.offers)

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """Organisations and venues by their ids."""
        return {**{id_: each.name for id_, each in self.organisations.items()},
                **{id_: each.name for id_, each in self.venues.items()}}  # fmt: skip

    def organisation_of(self, offer: Offer) -> Organisation | None:
        return self.organisations.get(offer.organisation) if offer.organisation else None

    def venues_of(self, offer: Offer) -> tuple[Venue, ...]:
        return tuple(self.venues[each.place] for each in offer.places if each.place in self.venues)


_KNOWN: WeakKeyDictionary[Engine, Directory] = WeakKeyDictionary()
_STALE: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


def read(work: Work) -> Directory:
    """The directory as it is now, with what this transaction wrote."""
    engine = work.session.connection().engine
    work.session.flush()
    known = _KNOWN.get(engine)
    if known is not None and not _STALE.get(engine):
        return known
    found = _read(work, known)
    if not work.session.info.get(_CHANGED):
        _KNOWN[engine] = found
        _STALE[engine] = False
    return found


def names(work: Work) -> Mapping[UUID, str]:
    """Organisations and venues by their ids, without reading the offers: for each of many that are written at once."""
    found: dict[UUID, str] = {}
    for table in (OrganisationRow, VenueRow):
        found.update(work.session.execute(select(table.id, table.name)).all())
    return found


def organisation_of(row: OrganisationRow) -> Organisation:
    texts = (row.short or "", row.web or "", row.email or "", row.phone or "", row.note or "")
    return Organisation(row.id, row.name, *texts, row.parent_id)


def venue_of(row: VenueRow) -> Venue:
    return Venue(
        row.id, row.name, row.kind or "", row.street or "", row.postal_code or "", row.city or "", row.district or "",
        row.latitude, row.longitude, row.stop or "", row.accessible or "", row.accessible_words or "",
    )  # fmt: skip


def listed_of(row: OfferRow) -> Listed:
    offer = Offer.from_content(row.content)
    replaces = offer.more.get(REPLACES)
    return Listed(
        offer, row.confirmed_on, row.confirmed_by or "", row.changed_at, row.changed_by, row.version,
        UUID(replaces) if isinstance(replaces, str) else None,
    )  # fmt: skip


def _read(work: Work, known: Directory | None) -> Directory:
    session = work.session
    organisations = select(OrganisationRow).where(OrganisationRow.removed_at.is_(None)).order_by(OrganisationRow.name)
    runs = {row.id: organisation_of(row) for row in session.scalars(organisations)}
    venues = select(VenueRow).where(VenueRow.removed_at.is_(None)).order_by(VenueRow.name)
    where = {row.id: venue_of(row) for row in session.scalars(venues)}
    same_names = known is not None and known.organisations == runs and known.venues == where
    there = session.execute(select(OfferRow.id, OfferRow.version).where(OfferRow.removed_at.is_(None))).all()
    kept = known.listed if known is not None else {}
    old = [id_ for id_, version in there if id_ not in kept or kept[id_].row != version]
    fresh = {row.id: listed_of(row) for row in session.scalars(select(OfferRow).where(among(OfferRow.id, old)))}
    all_ = [fresh.get(id_) or kept[id_] for id_, _version in there]
    listed = {each.offer.id: each for each in sorted(all_, key=lambda each: each.offer.title.casefold())}
    words = known.documents if known is not None and same_names else {}
    documents = {id_: words[id_] for id_, each in listed.items() if id_ in words and words[id_][0] == each.row}
    for id_, each in listed.items():
        if id_ not in documents:
            documents[id_] = each.row, Document.of(id_, _texts(each.offer, runs, where))
    return Directory(listed, runs, where, documents)


def _texts(
    offer: Offer, organisations: Mapping[UUID, Organisation], venues: Mapping[UUID, Venue]
) -> Iterable[tuple[str, str]]:
    """Everything of an offer that can be searched for, by where it stands."""
    yield from (("title", offer.title), ("other_title", offer.alternative_title), ("brief", offer.brief))
    yield from (("text", offer.text), ("text", offer.goal), ("for_whom", offer.for_whom), ("text", offer.eligibility))
    topics = code_list("offer_topics")
    for number, key in enumerate(offer.topics):
        topic = topics.get(key)
        if topic is not None:
            yield ("further_topic" if number else "topic"), topic.label
            yield from (("terms", term) for term in topic.terms)
    for language in offer.languages:
        yield "terms", code_list("languages").label(language.language)
    organisation = organisations.get(offer.organisation) if offer.organisation else None
    if organisation is not None:
        yield from (("organisation", organisation.name), ("organisation", organisation.short))
    for place in offer.places:
        venue = venues.get(place.place)
        if venue is not None:
            district = code_list("districts").label(venue.district)
            yield from (("place", text) for text in (venue.name, venue.street, district, venue.stop, place.room))
    yield from (("contact", f"{contact.name} {contact.role}") for contact in offer.contacts)


def _note(_mapper: object, connection: Any, row: Any) -> None:
    session = object_session(row)
    if session is not None:
        session.info[_CHANGED] = True
    _STALE[connection.engine] = True


def _watch() -> None:
    for table in (OfferRow, OrganisationRow, VenueRow):
        for moment in ("before_insert", "before_update", "before_delete"):
            event.listen(table, moment, _note)


_watch()
