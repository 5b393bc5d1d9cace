"""Putting the offers that come with the program into a store, once; a later edition only proposes.

What staff changed, paused or took out stays so. Where a later edition says something else of an offer than the one
before, that is put beside it as a proposal, and only once: whoever said no to it is not asked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID, uuid5
from weakref import WeakSet

from sqlalchemy import Engine, select

from desk_app.casework import offer_versions, offers
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import ABOUT, REPLACES
from desk_app.domain.centre import Json
from desk_app.domain.offer_seed import Seed, shipped
from desk_app.domain.offers import PROPOSAL, Offer
from desk_app.i18n import _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Offer as OfferRow
from desk_app.storage.tables import OfferPlace as VenueRow
from desk_app.storage.tables import Organisation as OrganisationRow

_DONE: WeakSet[Engine] = WeakSet()
"""The stores seen to since they were opened."""
_SHIPPED: Final = "shipped"
"""In what a proposal keeps beside its facts: that it came with the program."""


def ensure(work: Work) -> None:
    """See to it that the store has what is shipped; a look once for each opening, nothing after that."""
    engine = work.session.connection().engine
    if engine not in _DONE:
        ship(work, shipped())
        _DONE.add(engine)
        work.if_lost.append(lambda: _DONE.discard(engine))


def ship(work: Work, seed: Seed) -> int:
    """Add what the store does not have, and propose what is new about the rest; how many offers that concerns."""
    for organisation in sorted(seed.organisations, key=lambda each: each.parent is not None):
        if work.session.get(OrganisationRow, organisation.id) is None:
            offers.put_organisation(work, organisation)
            work.note("offer.shipped", offers.ORGANISATION, organisation.id, touched="offers")
    for venue in seed.venues:
        if work.session.get(VenueRow, venue.id) is None:
            offers.put_venue(work, venue)
            work.note("offer.shipped", offers.VENUE, venue.id, touched="offers")
    known = _contents(work, [offer.id for offer in seed.offers])
    news = [offer for offer in seed.offers if known.get(offer.id) != offer.to_content()]
    concerned = [id_ for offer in news if (id_ := _ship_offer(work, offer, is_known=offer.id in known)) is not None]
    for id_ in concerned:
        work.note("offer.shipped", offers.OFFER, id_, touched="offers")
    return len(concerned)


def _ship_offer(work: Work, offer: Offer, *, is_known: bool) -> UUID | None:
    """Add an offer, renew it or propose a change of it; the id of what was written."""
    if not is_known:
        offers.add(work, offer, _("mit Trittstein geliefert"))
        return offer.id
    if offers.renew(work, offer):
        return offer.id
    proposal = _proposal(work, offer)
    if proposal is None:
        return None
    offers.add(work, proposal, _("neue Angaben, mit Trittstein geliefert"))
    return proposal.id


def _contents(work: Work, ids: Sequence[UUID]) -> dict[UUID, Json]:
    """What is shipped and known already, with what was taken out."""
    query = select(OfferRow.id, OfferRow.content).where(among(OfferRow.id, ids))
    return dict(work.session.execute(query).all())


def _proposal(work: Work, offer: Offer) -> Offer | None:
    """What this edition says anew of an offer, to be looked at; ``None`` where it is nothing, or the offer was taken
    out."""
    row = work.session.get_one(OfferRow, offer.id)
    if row.removed_at is not None:
        return None
    edition = hashlib.sha256(json.dumps(offer.to_content(), sort_keys=True).encode()).hexdigest()
    id_ = uuid5(offer.id, edition)
    if work.session.get(OfferRow, id_) is not None:
        return None
    news = offers.differing(_shipped_before(work, offer.id), offer)
    about = [name for name in offers.differing(Offer.from_content(row.content), offer) if name in news]
    if not about:
        return None
    more = {**offer.more, REPLACES: str(offer.id), ABOUT: about, _SHIPPED: True}
    return replace(offer, id=id_, status=PROPOSAL, more=more)


def _shipped_before(work: Work, offer: UUID) -> Offer:
    """What the edition before said of an offer."""
    query = select(OfferRow).where(OfferRow.status == PROPOSAL).order_by(OfferRow.created_at)
    editions = [row.content for row in work.session.scalars(query)
                if row.content.get(REPLACES) == str(offer) and row.content.get(_SHIPPED)]  # fmt: skip
    return Offer.from_content(editions[-1] if editions else offer_versions.contents(work, offer)[0])
