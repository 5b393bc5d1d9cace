"""Calendars out and in: appointments of an interpreter or a desk as .ics, and when their own calendar has them busy.

What goes out names a code, a language or a kind, and a house: nobody. Each calendar is remembered as it was last told,
so that a later file brings it up to date, calls off what moved to somebody else, and counts every change
(RFC 5545, 3.8.7.4). Of what comes in only times are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy import ColumnElement, func, select

from desk_app.casework import appointment_setup, appointments, centre, deeds
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL, TOUCHED, Setup
from desk_app.casework.deed_images import put_in
from desk_app.casework.desk import Work
from desk_app.documents import busy_calendar
from desk_app.documents.files import free_name, write_whole
from desk_app.documents.reading_process import Progress
from desk_app.domain.calendars import CalendarEntry, Standing
from desk_app.domain.errors import NothingToSend
from desk_app.domain.visit_states import FREES
from desk_app.i18n import _, ngettext
from desk_app.storage.tables import Appointment, BusyTime, CentreSetting

_TOLD: Final = UUID("6c1c6f0e-52f5-5b9d-9c64-0d2a4a6f7b31")
_AHEAD: Final = timedelta(days=183)
"""How far busy times are read."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose calendar: that of an interpreter, or of a desk and who sits there. One of the two is set."""

    interpreter: UUID | None = None
    seat: UUID | None = None

    @property
    def id(self) -> UUID:
        found = self.interpreter or self.seat
        assert found is not None, "somebody's calendar"
        return found

    @property
    def kind(self) -> str:
        """What the audit calls it."""
        return "interpreter" if self.interpreter else "seat"

    def of(self, table: Any) -> ColumnElement[bool]:
        """Which rows of a table with both columns are theirs."""
        column = table.interpreter_id if self.interpreter else table.seat_id
        return column == self.id  # type: ignore[no-any-return]  # a column of any table


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many dates stand in it, and how many of earlier files it calls off."""

    path: Path
    dates: int
    called_off: int


@dataclass(frozen=True, slots=True)
class ReadIn:
    """How many busy times were kept, and how many entries had no time that could be understood."""

    times: int
    unclear: int


def entries(work: Work, whose: Whose) -> tuple[CalendarEntry, ...]:
    """What the calendar has to be told now: what is to come, and what fell away since it was last told."""
    told, setup = _told(work, whose), appointment_setup.read(work)
    found = []
    for line in _to_come(work, whose):
        entry = _entry(work, setup, line, whose)
        before = told.pop(entry.uid, None)
        if before is not None:
            same = replace(entry, sequence=before.sequence) == before
            entry = replace(entry, sequence=before.sequence if same else max(entry.sequence, before.sequence + 1))
        found.append(entry)
    for before in told.values():
        if before.ends_at <= work.now:
            continue
        off = before.standing is Standing.CANCELLED
        found.append(before if off else replace(before, standing=Standing.CANCELLED, sequence=before.sequence + 1))
    return tuple(sorted(found, key=lambda entry: (entry.starts_at, entry.uid)))


def export(work: Work, whose: Whose, folder: Path) -> Exported:
    """Write the calendar into a folder and remember what it was told.

    Raises ``NothingToSend`` where there is no date and never was, ``TargetGone``, ``DiskFull`` or
    ``TargetNotWritable``; then nothing is remembered.
    """
    from desk_app.documents.calendar_file import write_calendar  # large, and only wanted here

    said = entries(work, whose)
    if not said:
        raise NothingToSend(_("Es gibt keine kommenden Termine für diesen Kalender. Es wurde keine Datei angelegt."))
    known = centre.load(work)
    file = write_whole(
        free_name(folder, f"Termine_{work.today.isoformat()}", ".ics"),
        lambda stream: write_calendar(said, stream, work.now, known.name, known.email),
    )
    work.if_lost.append(lambda: file.path.unlink(missing_ok=True))
    _remember(work, whose, said)
    work.note("calendar.exported", whose.kind, whose.id, [f"rows:{len(said)}"], touched="")
    off = sum(entry.standing is Standing.CANCELLED for entry in said)
    return Exported(file.path, len(said) - off, off)


def read_in(
    work: Work, whose: Whose, path: Path, *, keep_others: bool = False, progress: Progress | None = None
) -> ReadIn:
    """Keep when a calendar says somebody is busy in the next six months, as one deed that can be taken back.

    What was read before is exchanged; with ``keep_others``, for somebody with two calendars, only the entries that the
    file names. Our own appointments in it do not count. Raises ``StrangeTable`` where it is no calendar.
    """
    work.require("calendar.read_in")
    calendar = busy_calendar.read(path, work.today, (work.now + _AHEAD).date(), progress)
    own = {busy_calendar.fingerprint(uid) for uid in _own_uids(work)}
    wanted = {(span.uid, span.starts_at, span.ends_at) for span in calendar.spans if span.uid not in own}
    uids = {uid for uid, _start, _end in wanted}
    words = ngettext("Kalender eingelesen: {n} belegte Zeit", "Kalender eingelesen: {n} belegte Zeiten", len(wanted))
    with deeds.recorded(work, "calendar.read_in", words.format(n=len(wanted))):
        new = set(wanted)
        for row in _busy(work, whose):
            known = (row.uid, row.starts_at, row.ends_at)
            if known in new:
                new.remove(known)
            elif not keep_others or row.uid in uids:
                work.session.delete(row)
        work.session.flush()
        rows = [
            {
                "id": uuid4(), "seat_id": whose.seat, "interpreter_id": whose.interpreter, "uid": uid,
                "starts_at": start, "ends_at": end, **work.made,
            }
            for uid, start, end in sorted(new)
        ]  # fmt: skip
        put_in(work.session, BusyTime, rows)
        work.note("calendar.read_in", whose.kind, whose.id, [f"rows:{len(wanted)}"], touched=TOUCHED)
    return ReadIn(len(wanted), calendar.unclear)


def forget(work: Work, whose: Whose) -> UUID:
    """Forget all busy times of somebody; the id of the deed, to be taken back."""
    with deeds.recorded(work, "calendar.forgotten", _("Belegte Zeiten aus dem Kalender entfernt")) as deed:
        for row in _busy(work, whose):
            work.session.delete(row)
        work.session.flush()
        work.note("calendar.forgotten", whose.kind, whose.id, touched=TOUCHED)
    return deed.id


def busy_counts(work: Work) -> Mapping[UUID, int]:
    """How many busy times to come are known, by interpreter or desk."""
    who = func.coalesce(BusyTime.interpreter_id, BusyTime.seat_id)
    query = select(who, func.count()).where(BusyTime.removed_at.is_(None), BusyTime.ends_at > work.now).group_by(who)
    return dict(work.session.execute(query).all())


# --- what goes out


def _to_come(work: Work, whose: Whose) -> Sequence[AppointmentLine]:
    """Of each code the one that stands, in order of time."""
    query = select(Appointment.id).where(
        whose.of(Appointment), Appointment.removed_at.is_(None), Appointment.state.not_in(FREES),
        Appointment.ends_at > work.now,
    )  # fmt: skip
    lines = appointments.of_ids(work, work.session.scalars(query).all())
    newest = {line.code: line for line in sorted(lines, key=lambda line: line.sequence)}
    return sorted(newest.values(), key=lambda line: line.start)


def _entry(work: Work, setup: Setup, line: AppointmentLine, whose: Whose) -> CalendarEntry:
    place = setup.place(line.place)
    if whose.interpreter:
        title = _("Dolmetschen {language}").format(language=line.language_name)
    else:
        title = _("Intern") if line.look == INTERNAL else _("Termin {kind}").format(kind=line.kind_name)
    sure = whose.interpreter is None or line.interpreting == "confirmed"
    return CalendarEntry(
        uid=_uid(work, line.code),
        starts_at=line.start,
        ends_at=line.end,
        sequence=line.sequence,
        standing=Standing.CONFIRMED if sure else Standing.TENTATIVE,
        title=f"{title.strip()} · {line.code}",
        place=", ".join(filter(None, (place.name, place.street) if place else ())),
        words="" if sure else _("angefragt, noch nicht zugesagt"),
    )


def _uid(work: Work, code: str) -> str:
    """The same for an appointment however often it moves; another store has others (RFC 7986, 5.3)."""
    return str(uuid5(work.vault.key.store, code))


def _own_uids(work: Work) -> Iterable[str]:
    codes = work.session.scalars(select(Appointment.code).where(Appointment.ends_at > work.now).distinct())
    return (_uid(work, code) for code in codes)


def _told(work: Work, whose: Whose) -> dict[str, CalendarEntry]:
    row = work.session.get(CentreSetting, uuid5(_TOLD, str(whose.id)))
    return {} if row is None else {uid: _from_json(uid, said) for uid, said in row.value.items()}


def _remember(work: Work, whose: Whose, said: Sequence[CalendarEntry]) -> None:
    id_ = uuid5(_TOLD, str(whose.id))
    value = {entry.uid: _to_json(entry) for entry in said}
    row = work.session.get(CentreSetting, id_)
    if row is None:
        work.session.add(CentreSetting(id=id_, key=f"calendar:{whose.id}", value=value, **work.made))
    else:
        row.value = value
        work.touch(row)
    work.session.flush()


def _to_json(entry: CalendarEntry) -> dict[str, Any]:
    return {
        "from": entry.starts_at.isoformat(), "until": entry.ends_at.isoformat(), "sequence": entry.sequence,
        "standing": entry.standing.value, "title": entry.title, "place": entry.place, "words": entry.words,
    }  # fmt: skip


def _from_json(uid: str, said: Any) -> CalendarEntry:
    return CalendarEntry(
        uid, datetime.fromisoformat(said["from"]), datetime.fromisoformat(said["until"]), int(said["sequence"]),
        Standing(said["standing"]), said["title"], said["place"], said["words"],
    )  # fmt: skip


# --- what comes in


def _busy(work: Work, whose: Whose) -> list[BusyTime]:
    return list(work.session.scalars(select(BusyTime).where(whose.of(BusyTime), BusyTime.removed_at.is_(None))))
