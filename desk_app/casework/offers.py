"""The directory of offers as staff change it: kept as a whole with every earlier state, confirmed, proposed, retired.

Reading is ``offer_directory``; what an offer was before is in ``offer_versions``. Each deed can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, Final
from uuid import UUID

from desk_app.casework import deeds, notes, offer_directory, offer_versions, users
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import ABOUT, REPLACES
from desk_app.domain import offer_shown
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import RecordGone
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, PROPOSAL, FactSource, Offer, Organisation, Venue
from desk_app.i18n import N_, _
from desk_app.storage.tables import Offer as OfferRow
from desk_app.storage.tables import OfferPlace as VenueRow
from desk_app.storage.tables import Organisation as OrganisationRow

FACTS: Final = tuple(item.name for item in fields(Offer) if item.name not in ("id", "status", "sources", "more"))
"""Fields of ``Offer`` that say something about it, each with a source of its own."""
OFFER, ORGANISATION, VENUE = "offer", "organisation", "offer_place"
"""What the audit calls their records."""
_TOUCHED: Final = "offers"
_STATUS_WORDS: Final = {
    ACTIVE: N_("Angebot findet wieder statt: {offer}"),
    PAUSED: N_("Angebot pausiert: {offer}"),
    ENDED: N_("Angebot beendet: {offer}"),
}


def keep(work: Work, offer: Offer) -> UUID:
    """Add an offer, or keep it as it is now; the id of the deed.

    The source of a fact that changed becomes the desk and today, unless another one was given with it.
    Raises ``RecordGone`` for one that was taken out meanwhile.
    """
    row = work.session.get(OfferRow, offer.id)
    if row is None:
        with deeds.recorded(work, "offer.kept", _("Angebot angelegt: {offer}").format(offer=offer.title)) as deed:
            told = replace(offer, sources=(*offer.sources, FactSource("", _from_the_desk(), work.today))
                           if not offer.sources else offer.sources)  # fmt: skip
            add(work, told, _("angelegt"))
            work.note("offer.kept", OFFER, offer.id, _said(told), touched=_TOUCHED)
        return deed.id
    before = Offer.from_content(_standing(row).content)
    words = _("Angebot geändert: {offer}").format(offer=offer.title or before.title)
    with deeds.recorded(work, "offer.kept", words) as deed:
        _change(work, row, _with_sources(work, before, offer))
    return deed.id


def propose(work: Work, offer: Offer, instead_of: UUID | None = None) -> UUID:
    """Put down an offer somebody heard of, or what is said to have changed about the offer ``instead_of``, for
    somebody to look at; the id of the deed. The proposal has an id of its own. Raises ``RecordGone``."""
    with deeds.recorded(work, "offer.proposed", _("Angebot vorgeschlagen: {offer}").format(offer=offer.title)) as deed:
        more = dict(offer.more)
        if instead_of is not None:
            standing = Offer.from_content(_get(work, instead_of).content)
            more |= {REPLACES: str(instead_of), ABOUT: differing(standing, offer)}
        add(work, replace(offer, status=PROPOSAL, more=more), _("vorgeschlagen"))
        work.note("offer.proposed", OFFER, offer.id, touched=_TOUCHED)
    return deed.id


def accept(work: Work, proposal: UUID, only: Iterable[str] | None = None) -> UUID:
    """Take a proposal over, of a change only the facts in the fields of ``only``; the id of the deed.

    Without these it is what the proposal says otherwise than the offer did at the time. Raises ``RecordGone`` where it,
    or the offer it is about, was taken out.
    """
    row = _get(work, proposal)
    offer = Offer.from_content(row.content)
    with deeds.recorded(work, "offer.accepted", _("Vorschlag übernommen: {offer}").format(offer=offer.title)) as deed:
        work.note("offer.accepted", OFFER, proposal, touched=_TOUCHED)
        replaces = offer.more.get(REPLACES)
        if isinstance(replaces, str):
            names = offer.more.get(ABOUT, FACTS) if only is None else only
            _take_over(work, _get(work, UUID(replaces)), offer, tuple(name for name in names if name in FACTS))
            _set_removed(work, row, removed=True)
        else:
            _change(work, row, replace(offer, status=ACTIVE), _("Vorschlag übernommen"))
    return deed.id


def decline(work: Work, proposal: UUID) -> UUID:
    """Say no to a proposal; the id of the deed. Raises ``RecordGone``."""
    row = _get(work, proposal)
    with deeds.recorded(work, "offer.declined", _("Vorschlag abgelehnt: {offer}").format(offer=row.title)) as deed:
        _set_removed(work, row, removed=True)
        work.note("offer.declined", OFFER, proposal, touched=_TOUCHED)
    return deed.id


def set_status(work: Work, offer: UUID, status: str, words: str = "") -> UUID:
    """Pause an offer, end it (it stays in the directory) or have it go on; the id of the deed. ``words`` say why.

    Raises ``RecordGone``.
    """
    row = _get(work, offer)
    known = Offer.from_content(row.content)
    with deeds.recorded(work, "offer.status_changed", _(_STATUS_WORDS[status]).format(offer=row.title)) as deed:
        why = notes.clean_text(words)
        label = code_list("offer_statuses").label(status)
        told = f"{label}: {why}" if why else label
        _change(work, row, replace(known, status=status), told, "offer.status_changed")
    return deed.id


def confirm(work: Work, offer: UUID, names: Iterable[str] = ()) -> UUID:
    """ "Stimmt noch": somebody asked there today, about everything or about the facts in these fields of ``Offer``;
    the id of the deed. Raises ``RecordGone``."""
    row = _get(work, offer)
    with deeds.recorded(work, "offer.confirmed", _("Bestätigt: {offer}").format(offer=row.title)) as deed:
        chosen = tuple(dict.fromkeys(names))
        if chosen:
            _confirm_facts(work, row, chosen)
        else:
            row.confirmed_on, row.confirmed_by = work.today, users.name(work)
            work.touch(row)
            offer_versions.keep(work, offer, row.content, _("stimmt noch"))
        work.note("offer.confirmed", OFFER, offer, chosen, touched=_TOUCHED)
    return deed.id


def remove(work: Work, offer: UUID) -> UUID:
    """Take an offer out that should never have been in; the id of the deed. Raises ``RecordGone``."""
    row = _get(work, offer)
    with deeds.recorded(work, "offer.removed", _("Angebot herausgenommen: {offer}").format(offer=row.title)) as deed:
        _set_removed(work, row, removed=True)
        work.note("offer.removed", OFFER, offer, touched=_TOUCHED)
    return deed.id


def restore(work: Work, offer: UUID) -> UUID:
    """Bring one back that was taken out; the id of the deed. Raises ``RecordGone``."""
    row = work.session.get(OfferRow, offer)
    if row is None:
        raise RecordGone
    with deeds.recorded(work, "offer.restored", _("Angebot zurückgeholt: {offer}").format(offer=row.title)) as deed:
        _set_removed(work, row, removed=False)
        work.note("offer.restored", OFFER, offer, touched=_TOUCHED)
    return deed.id


def bring_back(work: Work, offer: UUID, number: int) -> UUID:
    """Have an offer be again what it was in one of its versions; the id of the deed. Raises ``RecordGone``."""
    return keep(work, offer_versions.state(work, offer, number))


def keep_organisation(work: Work, organisation: Organisation) -> UUID:
    """Add who runs offers, or keep it as it is now; the id of the deed."""
    words = _("Träger geändert: {name}").format(name=organisation.name)
    with deeds.recorded(work, "organisation.kept", words) as deed:
        changed = put_organisation(work, organisation)
        if changed:
            work.note("organisation.kept", ORGANISATION, organisation.id, changed, touched=_TOUCHED)
    return deed.id


def keep_venue(work: Work, venue: Venue) -> UUID:
    """Add where offers take place, or keep it as it is now; the id of the deed."""
    with deeds.recorded(work, "offer_place.kept", _("Ort geändert: {name}").format(name=venue.name)) as deed:
        changed = put_venue(work, venue)
        if changed:
            work.note("offer_place.kept", VENUE, venue.id, changed, touched=_TOUCHED)
    return deed.id


def put_organisation(work: Work, organisation: Organisation) -> list[str]:
    """Keep it for a deed that notes it itself; the columns that changed."""
    values = {**_texts(organisation, ("short", "web", "email", "phone", "note")), "name": organisation.name,
              "parent_id": organisation.parent}  # fmt: skip
    return _keep_row(work, OrganisationRow, organisation.id, values)


def put_venue(work: Work, venue: Venue) -> list[str]:
    """Keep it for a deed that notes it itself; the columns that changed."""
    texts = ("kind", "street", "postal_code", "city", "district", "stop", "accessible", "accessible_words")
    values = {**_texts(venue, texts), "name": venue.name, "latitude": venue.latitude, "longitude": venue.longitude}
    return _keep_row(work, VenueRow, venue.id, values)


def add(work: Work, offer: Offer, words: str) -> None:
    """Add a row with its first version; for deeds that note it themselves."""
    content = offer.to_content()
    row = OfferRow(
        id=offer.id, organisation_id=offer.organisation, title=offer.title, status=offer.status, content=content,
        **work.made,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    offer_versions.keep(work, offer.id, content, words)


def renew(work: Work, offer: Offer) -> bool:
    """Let a proposal say something else as long as nobody did anything about it; says whether it was such a one."""
    row = work.session.get_one(OfferRow, offer.id)
    looked_at = row.removed_at is not None or row.confirmed_on is not None or row.status != PROPOSAL
    if looked_at or len(offer_versions.contents(work, offer.id)) > 1:
        return False
    content = offer.to_content()
    row.content, row.title, row.status, row.organisation_id = content, offer.title, offer.status, offer.organisation
    work.touch(row)
    work.session.flush()
    offer_versions.rewrite_first(work, offer.id, content)
    return True


def _change(work: Work, row: OfferRow, offer: Offer, words: str = "", deed: str = "offer.kept") -> None:
    """Keep an offer as it is now with a version for it, and note what changed; nothing where nothing did."""
    content = offer.to_content()
    if content == row.content:
        return
    before = Offer.from_content(row.content)
    found = offer_shown.changes(before, offer, offer_directory.names(work))
    row.content, row.title, row.status, row.organisation_id = content, offer.title, offer.status, offer.organisation
    work.touch(row)
    work.session.flush()
    offer_versions.keep(work, row.id, content, words or offer_shown.words(found) or _("Quellen geändert"))
    changed = [name for name in (*FACTS, "status", "sources") if getattr(before, name) != getattr(offer, name)]
    if deed == "offer.status_changed":
        work.note("offer.status_changed", OFFER, row.id, changed, touched=_TOUCHED)
    else:
        work.note("offer.kept", OFFER, row.id, changed, touched=_TOUCHED)


def _take_over(work: Work, row: OfferRow, proposal: Offer, names: tuple[str, ...]) -> None:
    """Let an offer say in these fields what a proposal says, with the sources it names."""
    standing = Offer.from_content(row.content)
    values: dict[str, Any] = {name: getattr(proposal, name) for name in names}
    theirs = [replace(source, field=name) for name in names
              if getattr(standing, name) != values[name] and (source := proposal.source_of(name))]  # fmt: skip
    _change(work, row, replace(standing, **values, sources=_newer(standing.sources, theirs)),
            _("Vorschlag übernommen"))  # fmt: skip


def _confirm_facts(work: Work, row: OfferRow, names: tuple[str, ...]) -> None:
    offer = Offer.from_content(row.content)
    told = []
    for name in names:
        source = offer.source_of(name)
        told.append(FactSource(name, source.source if source else _from_the_desk(), work.today))
    row.content = replace(offer, sources=_newer(offer.sources, told)).to_content()
    work.touch(row)
    work.session.flush()
    facts = ", ".join(_(offer_shown.FIELD_LABELS.get(name, name)) for name in names)
    offer_versions.keep(work, row.id, row.content, _("stimmt noch: {facts}").format(facts=facts))


def _with_sources(work: Work, before: Offer, after: Offer) -> Offer:
    """The offer with the desk and today as the source of each fact that changed without another one given."""
    given = [source.field for source in after.sources if source not in before.sources]
    changed = [name for name in FACTS if getattr(before, name) != getattr(after, name) and name not in given]
    ours = [FactSource(name, _from_the_desk(), work.today) for name in changed]
    return replace(after, sources=_newer(after.sources, ours)) if ours else after


def _newer(sources: Iterable[FactSource], told: Iterable[FactSource]) -> tuple[FactSource, ...]:
    found = {source.field: source for source in sources}
    found.update((source.field, source) for source in told)
    return tuple(found.values())


def _from_the_desk() -> str:
    """No name: an offer goes out to partners with its sources."""
    return _("vom KI eingetragen")


def differing(one: Offer, other: Offer) -> list[str]:
    """The fields of ``FACTS`` in which two states of an offer differ."""
    return [name for name in FACTS if getattr(one, name) != getattr(other, name)]


def _said(offer: Offer) -> list[str]:
    content = offer.to_content()
    return [name for name in FACTS if name in content]


def _texts(record: Organisation | Venue, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name).strip() or None for name in names}


def _keep_row(work: Work, table: type[Any], id_: UUID, values: dict[str, Any]) -> list[str]:
    """Add a row or change it; the columns that differ."""
    row = work.session.get(table, id_)
    if row is None:
        work.session.add(table(id=id_, **values, **work.made))
        work.session.flush()
        return [key for key, value in values.items() if value is not None]
    changed = [key for key, value in values.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, values[key])
    if changed:
        work.touch(row)
        work.session.flush()
    return changed


def _set_removed(work: Work, row: OfferRow, *, removed: bool) -> None:
    row.removed_at = work.now if removed else None
    work.touch(row)
    work.session.flush()


def _get(work: Work, offer: UUID) -> OfferRow:
    row = work.session.get(OfferRow, offer)
    if row is None:
        raise RecordGone
    return _standing(row)


def _standing(row: OfferRow) -> OfferRow:
    if row.removed_at is not None:
        raise RecordGone
    return row
