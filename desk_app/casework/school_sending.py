"""Sending sets to schools: for each school one shipment in a folder of its own, whole or not at all.

How a set is locked: SchILD's text files have no lock of their own. A ZIP with AES would not open in the Windows
Explorer of a school office and shows names and sizes of what is in it. So each form leaves as a PDF with AES-256,
as requests do, that has the files inside: nothing of them shows without the passphrase, every school has a reader
for it, and files keep the exact names that SchILD looks for. Plain files leave after a second person's yes alone.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from desk_app.casework import centre, cover_letters, exports, schools, sending_choice, shipments, users
from desk_app.casework.desk import Work
from desk_app.casework.exports import Exported, Wanted
from desk_app.casework.school_files import FOLDERS, PURPOSE, SchoolSet, assignment_of, school_set, sets_due
from desk_app.casework.sending_choice import Cause, LeftOut
from desk_app.casework.shipments import Parcel
from desk_app.documents.cover_letter import write_cover
from desk_app.documents.files import new_folder, write_whole
from desk_app.domain.errors import NothingToSend
from desk_app.domain.schools import School
from desk_app.i18n import N_, _

STEP: Final = "school"
"""The step that the progress of a sending is told of; it counts schools."""
_NO_CHILD: Final = N_("Für keine Schule kann ein Kind in die Dateien. Es wurde nichts geschrieben.")
_FORM_NAMES: Final = {"UTF-8": "SchILD-UTF-8", "ANSI": "SchILD-ANSI", "SVWS-Import": "SVWS-Import"}


@dataclass(frozen=True, slots=True)
class SetDue:
    """What a school would get: the set as it would be written now, with who stays out of it and what gets lost."""

    number: str
    name: str
    requests: tuple[UUID, ...]
    """Everybody who was asked for, whether they can be in it or not."""
    made: SchoolSet
    names: Mapping[str, str]
    """Names of the children by the numbers of their requests, for the desk alone."""

    @property
    def children(self) -> int:
        return len(self.made.requests)


def due(work: Work) -> tuple[SetDue, ...]:
    """A set for each school with an assigned child that it has had none of since."""
    return _sets(work, sets_due(work))


def of_requests(work: Work, requests: Sequence[UUID]) -> tuple[SetDue, ...]:
    """A set for each school at which one of these children is placed, sent before or not."""
    found, _gone = sending_choice.children(work, requests)
    placed: defaultdict[str, list[UUID]] = defaultdict(list)
    for child in found:
        assignment = assignment_of(child, {})
        if assignment is not None and child.request is not None:
            placed[assignment.school].append(child.request.id)
    return _sets(work, placed)


def send(
    work: Work, sets: Mapping[str, Sequence[UUID]], wanted: Wanted, progress: exports.Progress | None = None
) -> Exported:
    """Write a set for each school (``sets``: requests by number) and enter it in the ledger; no state changes by it.

    Raises ``NothingToSend`` where no child can be in any set, and what ``exports.export_requests`` does; then no file
    and no folder of this sending is left.
    """
    agreed = exports.require_place(work, wanted)
    made = [school_set(work, number, requests) for number, requests in sets.items()]
    if not any(item.files for item in made):
        raise NothingToSend(_(_NO_CHILD))
    names, told = schools.names(work), progress or (lambda step, done, total: None)
    parcels = []
    for place, item in enumerate(made):
        told(STEP, place, len(made))
        if item.files:
            parcels.append(_send(work, item, wanted.folder, agreed))
    told(STEP, len(made), len(made))
    return Exported(
        tuple(exports.result_of(parcel, names) for parcel in parcels),
        len({request for item in made for request in item.requests}),
        tuple(left_out for item in made for left_out in stays_out(item)),
    )


def stays_out(made: SchoolSet) -> tuple[LeftOut, ...]:
    """Who is in no form of the set, once each, and why."""
    reasons: dict[UUID, LeftOut] = {}
    for item in made.left_out:
        if item.request not in made.requests:
            words = f"{item.number}: {item.reason}"
            reasons.setdefault(item.request, LeftOut(item.request, item.number, words, Cause.INCOMPLETE))
    return tuple(reasons.values())


def _sets(work: Work, requests: Mapping[str, Sequence[UUID]]) -> tuple[SetDue, ...]:
    names = schools.names(work) if requests else {}
    everybody, _gone = sending_choice.children(work, [each for asked in requests.values() for each in asked])
    children = {child.request.text("number"): child.name for child in everybody if child.request is not None}
    return tuple(
        SetDue(number, names.get(number, number), tuple(asked), school_set(work, number, asked), children)
        for number, asked in sorted(requests.items(), key=lambda pair: names.get(pair[0], pair[0]))
    )


def _send(work: Work, made: SchoolSet, folder: Path, agreed: UUID | None) -> Parcel:
    place = _new_folder(work, folder, made.folder)
    shipment = shipments.begin(work, made.school, PURPOSE, agreed)
    if not shipment.passphrase:
        for form in _forms(made):
            _new_folder(work, place, form)
    parcel = Parcel(work, shipment, place)
    if shipment.passphrase:
        _put_locked(work, parcel, made)
    else:
        _put_plain(parcel, made)
    parcel.outdate(made.requests)
    return parcel


def _put_plain(parcel: Parcel, made: SchoolSet) -> None:
    for path, content in made.files:
        file = write_whole(parcel.folder / path, _writer(content))
        parcel.enter(file, "school", _contents(made, _form(path)), made.fields if _form(path) else ())


def _put_locked(work: Work, parcel: Parcel, made: SchoolSet) -> None:
    """A PDF for each form, since both encodings have files of the same names; each has the two texts as well."""
    from desk_app.documents.attaching import attach  # large, and only wanted here

    settings, author, to = centre.load(work), users.name(work), _address(work, made.school)
    texts = [(path, content) for path, content in made.files if not _form(path)]
    for form in _forms(made):
        inside = [(path.partition("/")[2], content) for path, content in made.files if _form(path) == form] + texts
        contents = _contents(made, form)
        page = cover_letters.of_school(
            parcel.shipment, settings, author, to, form, [name for name, _content in inside], len(contents)
        )
        buffer = BytesIO()
        write_cover(page, buffer)
        parcel.put(f"-{_FORM_NAMES[form]}", "school", _writer(attach(buffer.getvalue(), inside)), contents, made.fields)


def _contents(made: SchoolSet, form: str) -> dict[UUID, Mapping[str, str]]:
    """What a file of this form tells of each child; the texts beside the forms tell no more than the forms do."""
    if not form:
        return {}
    missing = {item.request for item in made.left_out if item.form is not None and FOLDERS[item.form] == form}
    return {request: told for request, told in made.told.items() if request not in missing}


def _forms(made: SchoolSet) -> list[str]:
    return [form for form in dict.fromkeys(_form(path) for path, _content in made.files) if form]


def _form(path: str) -> str:
    """The folder of a file of a set; empty for the texts that lie beside the folders."""
    return path.rpartition("/")[0]


def _address(work: Work, number: str) -> tuple[str, ...]:
    school = next((each.school for each in schools.listing(work) if each.school.number == number), None)
    school = school or School(number, number)
    lines = (school.name, _("Sekretariat"), school.street, f"{school.postal_code} {school.city}".strip())
    return tuple(line for line in lines if line)


def _writer(content: bytes) -> Callable[[BinaryIO], object]:
    return lambda stream: stream.write(content)


def _new_folder(work: Work, parent: Path, name: str) -> Path:
    """A folder that goes away again with the transaction, if nothing of anybody else's is in it then."""

    def take_back() -> None:
        with contextlib.suppress(OSError):
            path.rmdir()

    path = new_folder(parent, name)
    work.if_lost.append(take_back)  # before any file is made: what came last is taken back first
    return path
