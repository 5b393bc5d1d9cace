"""What a file of offers means for the directory: which of its offers are known here, and what they would change.

Known is one by its id, or by what it is called elsewhere; one of the same title and organisation is only taken to be
the same until somebody says it is not. What the file says nothing about stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import offer_directory
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import Directory
from desk_app.domain import offer_shown
from desk_app.domain.names import loose_form
from desk_app.domain.offer_exchange import Arrived, Came
from desk_app.domain.offer_shown import Change
from desk_app.domain.offers import FactSource, FurtherId, Offer, Organisation, Venue
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Offer as OfferRow

T = TypeVar("T", Organisation, Venue)

BY_UUID: Final = "uuid"
"""Scheme of the id an offer has elsewhere, where it was known by its title."""
_NOT_COMPARED: Final = ("sources", "further_ids")


class State(StrEnum):
    """What would become of an offer of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return _(_STATES[self])


_STATES: Final = {
    State.NEW: N_("neu"),
    State.CHANGED: N_("geändert"),
    State.SAME: N_("unverändert"),
    State.REMOVED: N_("herausgenommen"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """An offer of the file, by its ``place`` there. ``offer`` is what would be kept, ``before`` what there is now.

    ``alike`` says that only title and organisation tell they are the same. ``organisations`` and ``venues`` are what
    would be added or changed with it.
    """

    place: int
    came: Came
    state: State
    offer: Offer
    before: Offer | None
    changes: tuple[Change, ...]
    alike: bool
    organisations: tuple[Organisation, ...]
    venues: tuple[Venue, ...]

    @property
    def preset(self) -> bool:
        """Whether it is taken over unless somebody says otherwise."""
        return self.state in (State.NEW, State.CHANGED)


def plans(work: Work, arrived: Arrived, apart: Some[int] = ()) -> tuple[Plan, ...]:
    """The offers of a file one by one; those at the places of ``apart`` are not what they look like."""
    directory = offer_directory.read(work)
    known = _Known(work, directory, arrived)
    return tuple(known.plan(place, came, place in apart) for place, came in enumerate(arrived.offers))


class _Known:
    """The directory, by everything its records can be known by."""

    def __init__(self, work: Work, directory: Directory, arrived: Arrived) -> None:
        self._offers = {each.offer.id: each.offer for each in directory.offers}
        self._elsewhere = {(each.scheme, each.value): offer.id for offer in self._offers.values()
                           for each in offer.further_ids}  # fmt: skip
        self._removed = _removed(work, [came.offer.id for came in arrived.offers])
        self._day = arrived.as_of or work.today
        self._file = arrived.kind.label
        self._theirs = arrived.organisations
        self._organisations = _same_organisations(directory, arrived)
        self._venues = _same_venues(directory, arrived)
        self._ids = {
            **{str(theirs): str(ours.id) for theirs, (ours, _new) in self._organisations.items()},
            **{str(theirs): str(ours.id) for theirs, (ours, _new) in self._venues.items()},
        }
        self._names = {**directory.names,
                       **{ours.id: ours.name for ours, _new in self._organisations.values()},
                       **{ours.id: ours.name for ours, _new in self._venues.values()}}  # fmt: skip
        self._titled: dict[tuple[str, str], UUID] = {}
        for offer in self._offers.values():
            self._titled.setdefault(self._title_of(offer), offer.id)

    def plan(self, place: int, came: Came, apart: bool) -> Plan:
        theirs = self._in_our_terms(came.offer)
        id_, alike = self._match(theirs)
        if alike and apart:
            id_, alike = None, False
        removed = self._removed.get(theirs.id)
        before = self._offers.get(id_) if id_ else removed
        offer = self._merged(before, theirs, came) if before is not None else self._sourced(theirs)
        runs = self._chain(came.offer.organisation)
        organisations = tuple(organisation for each in runs for organisation in self._new(self._organisations, each))
        venues = tuple(venue for each in _places(came.offer) for venue in self._new(self._venues, each))
        changes = self._changes(before, offer, organisations, venues)
        if before is None:
            state = State.NEW
        elif id_ is None:
            state = State.REMOVED
        else:
            state = State.CHANGED if changes else State.SAME
        return Plan(place, came, state, offer, before, changes, alike, organisations, venues)

    def _match(self, theirs: Offer) -> tuple[UUID | None, bool]:
        if theirs.id in self._offers:
            return theirs.id, False
        named = ((each.scheme, each.value) for each in (*theirs.further_ids, FurtherId(BY_UUID, str(theirs.id))))
        found = next((self._elsewhere[each] for each in named if each in self._elsewhere), None)
        if found is not None or theirs.id in self._removed:
            return found, False
        same = self._titled.get(self._title_of(theirs))
        return same, same is not None

    def _title_of(self, offer: Offer) -> tuple[str, str]:
        runs = self._names.get(offer.organisation, "") if offer.organisation else ""
        return loose_form(offer.title), loose_form(runs)

    def _in_our_terms(self, offer: Offer) -> Offer:
        """With the ids that its organisation and venues have here."""
        content = _renamed(offer.to_content(), self._ids)
        return replace(Offer.from_content(content), id=offer.id)

    def _merged(self, before: Offer, theirs: Offer, came: Came) -> Offer:
        said: dict[str, Any] = {name: getattr(theirs, name) for name in came.said - set(_NOT_COMPARED)}
        others = [each for each in theirs.further_ids if each not in before.further_ids]
        if theirs.id != before.id and not theirs.further_ids:
            others.append(FurtherId(BY_UUID, str(theirs.id)))
        merged = replace(before, **said, more={**before.more, **theirs.more})
        changed = [name for name in said if getattr(before, name) != getattr(merged, name)]
        sources = {source.field: source for source in before.sources}
        sources.update((name, self._source(theirs.source_of(name), name)) for name in changed)
        return replace(
            merged, sources=tuple(sources.values()), further_ids=tuple(dict.fromkeys((*before.further_ids, *others)))
        )

    def _sourced(self, theirs: Offer) -> Offer:
        """A new offer says where it comes from with every fact."""
        sources = tuple(self._source(each, each.field) for each in theirs.sources)
        if theirs.source_of("") is None:
            sources = (*sources, self._source(None, ""))
        return replace(theirs, sources=sources)

    def _source(self, theirs: FactSource | None, field: str) -> FactSource:
        day = theirs.on if theirs is not None and theirs.on is not None else self._day
        if theirs is None or not theirs.source:
            return FactSource(field, self._file, day)
        suffix = _("(aus {file})").format(file=self._file)
        words = theirs.source if theirs.source.endswith(suffix) else f"{theirs.source} {suffix}"
        return FactSource(field, words, theirs.on)

    def _chain(self, id_: UUID | None) -> list[UUID]:
        """An organisation of the file with all above it, the highest first."""
        found: list[UUID] = []
        while id_ is not None and id_ not in found and id_ in self._theirs:
            found.insert(0, id_)
            id_ = self._theirs[id_].parent
        return found

    def _new(self, records: Mapping[UUID, tuple[Any, bool]], id_: UUID | None) -> Iterator[Any]:
        """The record an id of the file means, where it would be added or changed."""
        if id_ is not None and id_ in records and records[id_][1]:
            yield records[id_][0]

    def _changes(
        self, before: Offer | None, offer: Offer, organisations: tuple[Organisation, ...], venues: tuple[Venue, ...]
    ) -> tuple[Change, ...]:
        if before is None:
            return ()
        found = list(offer_shown.changes(before, offer, self._names))
        shown = {change.field for change in found}
        for name in (item.name for item in fields(Offer)):
            differs = getattr(before, name) != getattr(offer, name)
            if differs and name not in shown and name not in _NOT_COMPARED and name != "more" and not found:
                label = _(offer_shown.FIELD_LABELS.get(name, name))
                found.append(Change(name, name, label, _("anders"), _("anders")))
        found.extend(_record_change(_("Träger"), "organisation", each.name) for each in organisations)
        found.extend(_record_change(_("Ort"), "places", each.name) for each in venues)
        return tuple(found)


def _record_change(label: str, field: str, name: str) -> Change:
    return Change(field, field, label, "", _("{name}: neue Angaben").format(name=name))


def _same_organisations(directory: Directory, arrived: Arrived) -> dict[UUID, tuple[Organisation, bool]]:
    """What each organisation of the file is here, and whether that is to be added or changed."""
    named = {loose_form(each.name): each for each in directory.organisations.values()}
    found = {}
    for theirs in arrived.organisations.values():
        ours = directory.organisations.get(theirs.id)
        by_name = named.get(loose_form(theirs.name))
        if ours is not None:
            made = _updated(ours, theirs)
        else:
            made = _filled(by_name, theirs) if by_name is not None else theirs
        found[theirs.id] = made, made != (ours or by_name)
    ids = {theirs: ours.id for theirs, (ours, _new) in found.items()}
    return {
        theirs: (replace(ours, parent=ids.get(ours.parent, ours.parent)) if ours.parent else ours, new)
        for theirs, (ours, new) in found.items()
    }


def _same_venues(directory: Directory, arrived: Arrived) -> dict[UUID, tuple[Venue, bool]]:
    named: dict[str, list[Venue]] = {}
    for each in directory.venues.values():
        named.setdefault(loose_form(each.name), []).append(each)
    found = {}
    for theirs in arrived.venues.values():
        ours = directory.venues.get(theirs.id)
        street = loose_form(theirs.street)
        by_name = next((each for each in named.get(loose_form(theirs.name), ())
                        if not street or not each.street or loose_form(each.street) == street), None)  # fmt: skip
        if ours is not None:
            made = _updated(ours, theirs)
        else:
            made = _filled(by_name, theirs) if by_name is not None else theirs
        found[theirs.id] = made, made != (ours or by_name)
    return found


def _updated(ours: T, theirs: T) -> T:
    """Ours with all that theirs tells."""
    return replace(ours, **{name: value for name, value in _told(theirs) if name != "id"})


def _filled(ours: T, theirs: T) -> T:
    """Ours with what only theirs tells."""
    return replace(ours, **{name: value for name, value in _told(theirs) if getattr(ours, name) in ("", None)})


def _told(record: Organisation | Venue) -> Iterator[tuple[str, Any]]:
    for item in fields(record):
        value = getattr(record, item.name)
        if value not in ("", None, {}) and item.name != "more":
            yield item.name, value


def _removed(work: Work, ids: Iterable[UUID]) -> dict[UUID, Offer]:
    query = select(OfferRow).where(among(OfferRow.id, list(ids)), OfferRow.removed_at.is_not(None))
    return {row.id: Offer.from_content(row.content) for row in work.session.scalars(query)}


def _places(offer: Offer) -> tuple[UUID, ...]:
    """Every venue an offer names."""
    hours = (hour for contact in offer.contacts for hour in contact.hours)
    named = (*(each.place for each in offer.places), offer.registration.place,
             *(time.place for time in (*offer.times, *hours)))  # fmt: skip
    return tuple(dict.fromkeys(each for each in named if each is not None))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value
