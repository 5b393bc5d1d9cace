"""The appointments of a family and its visits without one, for its timeline: those to come, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from desk_app.casework import appointment_lines
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.desk import Work
from desk_app.casework.happenings import Entry, Happening
from desk_app.domain import visit_states
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.i18n import N_, _

_TITLES: Final = {
    visit_states.NO_SHOW: N_("Nicht erschienen: {kind}"),
    visit_states.CANCELLED_FAMILY: N_("Von der Familie abgesagt: {kind}"),
    visit_states.CANCELLED_US: N_("Von uns abgesagt: {kind}"),
}


def entries(work: Work, household: UUID) -> Iterator[Entry]:
    """They come in no order. One that was moved is told by the one that took its place."""
    lines = {line.id: line for line in appointment_lines.of_family(work, household)}
    for line in lines.values():
        if line.state != visit_states.MOVED:
            what = Happening.MISSED if line.state in visit_states.FREES else Happening.APPOINTMENT
            yield Entry(local_day(line.start), line.start, what, _title(line), _words(line, lines), timed=True)


def _title(line: AppointmentLine) -> str:
    usual = N_("Ohne Termin: {kind}") if line.walk_in else N_("Termin: {kind}")
    return _(_TITLES.get(line.state, usual)).format(kind=line.kind_name or _("Gespräch"))


def _words(line: AppointmentLine, lines: Mapping[UUID, AppointmentLine]) -> str:
    """ "vorgemerkt, Platz 2, mit Dolmetschen, verschoben vom 27.11.2026, 9:00"."""
    before = lines.get(line.moved_from) if line.moved_from else None
    parts = (
        "" if line.state in _TITLES else visit_states.label(line.state),
        line.seat_name,
        _("mit Dolmetschen") if line.interpreting else "",
        _("verschoben vom {when}").format(when=f"{show_day(local_day(before.start))}, {show_time(before.start)}")
        if before
        else "",
        line.reason,
        line.words,
    )
    return ", ".join(part for part in parts if part)
