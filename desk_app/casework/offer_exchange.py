"""Offers out into a file for partners, and in from one: looked at first, taken over as one deed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from desk_app.casework import audit, deeds, offer_directory, offer_exchange_match, offers
from desk_app.casework.desk import Work
from desk_app.casework.lists import Exported
from desk_app.casework.offer_exchange_match import Plan, State
from desk_app.documents import offer_files
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.reading_process import Progress
from desk_app.domain.errors import NothingToSend, TargetGone
from desk_app.domain.offer_exchange import Arrived, FileKind, Given
from desk_app.domain.offer_exchange import Collection as Offers
from desk_app.domain.offers import PROPOSAL, Organisation
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import OfferPlace as VenueRow
from desk_app.storage.tables import Organisation as OrganisationRow

EXPORTED: Final = "offers.exported"
READ_IN: Final = "offers.read_in"


@dataclass(frozen=True, slots=True)
class ReadIn:
    """What was taken over. ``deed`` takes it back, ``None`` where nothing was to do."""

    new: int
    changed: int
    words: str
    deed: UUID | None


def export(work: Work, kind: FileKind, folder: Path) -> Exported:
    """Write the directory into a folder, without what is only proposed.

    Raises ``NotAllowed``, ``NothingToSend``, ``TargetGone``, ``DiskFull`` or ``TargetNotWritable``; then no file is
    left.
    """
    work.require(EXPORTED)
    if not folder.is_dir():
        raise TargetGone
    directory = offer_directory.read(work)
    given = tuple(Given(each.offer, each.confirmed_on, each.changed_at) for each in directory.offers
                  if each.offer.status != PROPOSAL)  # fmt: skip
    if not given:
        raise NothingToSend(_("Im Verzeichnis steht kein Angebot. Es wurde keine Datei angelegt."))
    found = Offers(given, directory.organisations, directory.venues)
    notes: list[str] = []

    def fill(stream: BinaryIO) -> None:
        notes.extend(offer_files.write(found, kind, stream, work.today))

    file = write_whole(free_name(folder, f"Angebote_{work.today.isoformat()}", offer_files.SUFFIXES[kind]), fill)
    work.if_lost.append(lambda: file.path.unlink(missing_ok=True))
    work.note("offers.exported", "list", None, audit.of_file(file.sha256, len(given)), touched="")
    return Exported(file.path, len(given), tuple(notes))


def read(work: Work, path: Path, progress: Progress | None = None) -> Arrived:
    """What a file holds. Raises ``NotAllowed``, StrangeTable, and whatever ``progress`` raises."""
    work.require(READ_IN)
    return offer_files.read(path, work.today, progress)


def preview(work: Work, arrived: Arrived, apart: Collection[int] = ()) -> tuple[Plan, ...]:
    """What taking the file over would do, offer by offer. Nothing is written."""
    work.require(READ_IN)
    return offer_exchange_match.plans(work, arrived, apart)


def take_over(
    work: Work,
    arrived: Arrived,
    chosen: Collection[int],
    apart: Collection[int] = (),
    told: Callable[[int, int], None] | None = None,
) -> ReadIn:
    """Take the offers at these places of the file over, compared anew with what there is now.

    ``told`` how many are written and how many there are; it can stop it.
    """
    taken = [plan for plan in preview(work, arrived, apart) if plan.place in chosen and plan.state is not State.SAME]
    new = sum(plan.before is None for plan in taken)
    words = _words(arrived.kind, new, len(taken) - new)
    with deeds.recorded(work, READ_IN, words) as deed:
        for place, plan in enumerate(taken):
            if told is not None:
                told(place, len(taken))
            _take(work, plan, arrived.kind)
    if not taken:
        return ReadIn(0, 0, words, None)
    work.note("offers.read_in", "list", None, [f"rows:{len(taken)}"], touched="offers")
    return ReadIn(new, len(taken) - new, words, deed.id)


def _take(work: Work, plan: Plan, kind: FileKind) -> None:
    for organisation in plan.organisations:
        _put_organisation(work, organisation)
    for venue in plan.venues:
        changed = [*offers.put_venue(work, venue), *_there_again(work, VenueRow, venue.id)]
        if changed:
            work.note("offer_place.kept", offers.VENUE, venue.id, changed, touched="offers")
    if plan.before is None:
        offers.add(work, plan.offer, _("eingelesen aus: {file}").format(file=kind.label))
        content = plan.offer.to_content()
        work.note("offer.kept", offers.OFFER, plan.offer.id, [name for name in offers.FACTS if name in content],
                  touched="offers")  # fmt: skip
        return
    if plan.state is State.REMOVED:
        offers.restore(work, plan.offer.id)
    offers.keep(work, plan.offer)


def _put_organisation(work: Work, organisation: Organisation) -> None:
    if organisation.parent is not None and work.session.get(OrganisationRow, organisation.parent) is None:
        organisation = replace(organisation, parent=None)  # the file names one that it does not have
    changed = offers.put_organisation(work, organisation)
    changed += _there_again(work, OrganisationRow, organisation.id)
    if changed:
        work.note("organisation.kept", offers.ORGANISATION, organisation.id, changed, touched="offers")


def _there_again(work: Work, table: type[Any], id_: UUID) -> list[str]:
    """What the file brings is in use, also where it had been taken out; the columns that changed."""
    row = work.session.get_one(table, id_)
    if row.removed_at is None:
        return []
    row.removed_at = None
    work.touch(row)
    work.session.flush()
    return ["removed_at"]


def _words(kind: FileKind, new: int, changed: int) -> str:
    """ "HSDS-JSON eingelesen: 3 Angebote neu, 12 geändert"."""
    made = ngettext("{n} Angebot neu", "{n} Angebote neu", new).format(n=new)
    return _("{file} eingelesen: {made}, {changed} geändert").format(file=kind.label, made=made, changed=changed)
