"""One office's shipment on its way: the list, the papers and the letter, each entered with what it told about whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from desk_app.casework import centre, cover_letters, request_list, request_sheets, schools, shipments, told, users
from desk_app.casework.answer_columns import MARKER
from desk_app.casework.cover_letters import Sent
from desk_app.casework.desk import Work
from desk_app.casework.sending_choice import LeftOut
from desk_app.casework.shipments import Parcel
from desk_app.documents import cover_letter, request_pdf
from desk_app.domain.check_codes import check_code
from desk_app.domain.child import ChildView
from desk_app.domain.request_sheet import Fact, RequestSheet
from desk_app.domain.schooling import Office
from desk_app.i18n import _
from desk_app.storage.tables import Shipment

Progress = Callable[[str, int, int], None]
"""Told the step (``pdf``, ``xlsx``), how many requests are done in it and how many there are, all offices together;
raises ``ExportCancelled`` to stop."""


@dataclass(frozen=True, slots=True)
class Forms:
    """In which files the requests leave: ``one_pdf`` is one for all of an office instead of one for each child."""

    xlsx: bool = True
    pdf: bool = True
    one_pdf: bool = False
    cover: bool = True


@dataclass(frozen=True)
class _Item:
    place: str
    request: UUID
    child: ChildView
    sheet: RequestSheet
    changed: str


@dataclass
class Run:
    """An export of several offices: what its files have in common, and how far it is."""

    work: Work
    folder: Path
    forms: Forms
    told: Progress
    total: int
    second_person: UUID | None = None
    done: dict[str, int] = field(default_factory=lambda: {"xlsx": 0, "pdf": 0})
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._centre, self._author = centre.load(self.work), users.name(self.work)
        self._schools = schools.names(self.work)
        self._choices = {each.school.number: each.school.name for each in schools.listing(self.work)}

    def send(
        self,
        office: Office,
        children: Sequence[ChildView],
        left_out: Sequence[LeftOut],
        changes: Mapping[UUID, tuple[str, str]] | None = None,
    ) -> Parcel:
        """Write and enter everything for one office.

        ``changes`` has for each request what changed, in words, and the sentence about it on its PDF; None where the
        office has nothing of these children yet.
        """
        purpose = told.REQUESTS if changes is None else told.CHANGES
        shipment = shipments.begin(self.work, office, purpose, self.second_person)
        parcel = Parcel(self.work, shipment, self.folder)
        items = self._items(shipment, request_list.in_order(children), changes or {})
        if self.forms.xlsx:
            words = None if changes is None else {item.request: item.changed for item in items}
            self._write_list(parcel, items, words)
        papers: dict[UUID, str] = {}
        if self.forms.pdf:
            self._tell("pdf", 0)
            papers = self._write_one_pdf(parcel, items) if self.forms.one_pdf else self._write_papers(parcel, items)
        if self.forms.cover:
            self._write_cover(parcel, items, papers, left_out, changes=changes is not None)
        parcel.outdate([item.request for item in items])
        return parcel

    def _items(
        self, shipment: Shipment, children: Sequence[ChildView], changes: Mapping[UUID, tuple[str, str]]
    ) -> list[_Item]:
        digits = request_list.places(len(children))
        items = []
        for number, child in enumerate(children, 1):
            request = child.request
            assert request is not None  # only children with a request are chosen
            place = f"{number:0{digits}}"
            words, sentence = changes.get(request.id, ("", ""))
            sheet = request_sheets.build(child, self._centre, self._author, self._schools, self.work.now)
            code = check_code(sheet.number, shipment.number, child.id)
            where = _("{shipment}, Nr. {place}").format(shipment=shipment.number, place=place)
            info = (*sheet.info, Fact(_("Sendung"), where), Fact(_("Prüfcode"), code))
            items.append(_Item(place, request.id, child, replace(sheet, info=info, change=sentence), words))
        return items

    def _tell(self, step: str, more: int) -> None:
        self.done[step] += more
        self.told(step, self.done[step], self.total)

    def _write_list(self, parcel: Parcel, items: Sequence[_Item], changes: Mapping[UUID, str] | None) -> None:
        from desk_app.documents import xlsx  # large, and only wanted here

        children = [item.child for item in items]
        office = parcel.shipment.recipient
        recipient = cover_letters.address(self._centre, office)
        sent = request_list.Dispatch(parcel.shipment.number, recipient[0] if recipient else "", self._choices, changes)
        listing = request_list.listing(children, self._centre, self._author, self.work.now, sent)
        summary = request_list.summary(children, listing)
        before = self.done["xlsx"]

        def step(done: int) -> None:
            self.told("xlsx", before + done, self.total)

        def fill(stream: BinaryIO) -> None:
            self.notes.extend(xlsx.write(listing, stream, answers=True, step=step, marker=MARKER, more=[summary]))

        contents = {item.request: told.of_list(item.child) for item in items}
        parcel.put("", "xlsx", fill, contents, request_list.field_keys())
        self._tell("xlsx", len(items))

    def _write_papers(self, parcel: Parcel, items: Sequence[_Item]) -> dict[UUID, str]:
        """One PDF for each child; the names of the files by request."""
        names = {}
        for item in items:
            fill = partial(self._print, [item])
            path = parcel.put(f"-{item.place}", "pdf", fill, self._contents([item]), _fields([item]))
            names[item.request] = path.name
            self._tell("pdf", 1)
        return names

    def _write_one_pdf(self, parcel: Parcel, items: Sequence[_Item]) -> dict[UUID, str]:
        path = parcel.put("-Anfragen", "pdf", partial(self._print, items), self._contents(items), _fields(items))
        self._tell("pdf", len(items))
        return {item.request: path.name for item in items}

    def _print(self, items: Sequence[_Item], stream: BinaryIO) -> None:
        if len(items) == 1:
            printed = request_pdf.write_request(items[0].sheet, stream)
        else:
            before = self.done["pdf"]
            sheets = [item.sheet for item in items]
            printed = request_pdf.write_requests(
                sheets, stream, lambda done: self.told("pdf", before + done, self.total)
            )
        words = _("{number}: Ein Text ist auf zwei Seiten gekürzt.")
        self.notes += [words.format(number=number) for number in printed.shortened]
        if printed.missing:
            which = items[0].sheet.number if len(items) == 1 else _("PDF mit allen Anfragen")
            self.notes.append(_("{number}: Einige Zeichen kennt die Druckschrift nicht.").format(number=which))

    def _contents(self, items: Sequence[_Item]) -> dict[UUID, dict[str, str]]:
        return {item.request: told.of_sheet(item.child, self._schools) for item in items}

    def _write_cover(
        self,
        parcel: Parcel,
        items: Sequence[_Item],
        papers: Mapping[UUID, str],
        left_out: Sequence[LeftOut],
        *,
        changes: bool,
    ) -> None:
        page = cover_letters.of_requests(
            parcel.shipment,
            self._centre,
            self._author,
            [Sent(item.place, item.child, papers.get(item.request, ""), item.changed) for item in items],
            [path.name for path in parcel.written],
            [each for each in left_out if each.office == parcel.shipment.recipient],
            changes=changes,
        )
        parcel.put("-Anschreiben", "cover", lambda stream: cover_letter.write_cover(page, stream), {})


def _fields(items: Sequence[_Item]) -> tuple[str, ...]:
    return tuple(sorted({key for item in items for key in request_sheets.field_keys(item.child)}))
