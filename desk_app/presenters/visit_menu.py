"""What can be done with one visit, in the order of what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.domain import visit_queue, visit_states
from desk_app.domain.clock import show_time
from desk_app.domain.visit_states import (
    ARRIVED,
    CALLED,
    CANCELLED_FAMILY,
    CANCELLED_US,
    COMES_BACK,
    CONFIRMED,
    DONE,
    IN_TALK,
    INTERRUPTED,
    NO_SHOW,
    PLANNED,
)
from desk_app.i18n import N_, _, ngettext

_WORDS: Final = {
    ARRIVED: N_("Eingetroffen"),
    CALLED: N_("Aufrufen"),
    IN_TALK: N_("Gespräch beginnen"),
    INTERRUPTED: N_("Unterbrechen"),
    COMES_BACK: N_("Kommt wieder"),
    DONE: N_("Erledigt"),
    NO_SHOW: N_("Nicht erschienen"),
    CANCELLED_FAMILY: N_("Abgesagt (Familie)"),
    CANCELLED_US: N_("Abgesagt (von uns)"),
}
_ORDER: Final = {
    PLANNED: (ARRIVED, IN_TALK, NO_SHOW, CANCELLED_FAMILY, CANCELLED_US),
    CONFIRMED: (ARRIVED, IN_TALK, NO_SHOW, CANCELLED_FAMILY, CANCELLED_US),
    ARRIVED: (CALLED, IN_TALK, COMES_BACK, NO_SHOW, CANCELLED_FAMILY),
    CALLED: (IN_TALK, CALLED, COMES_BACK, NO_SHOW),
    IN_TALK: (DONE, INTERRUPTED, COMES_BACK),
    INTERRUPTED: (IN_TALK, DONE, COMES_BACK),
    COMES_BACK: (ARRIVED, IN_TALK, DONE, NO_SHOW),
    DONE: (IN_TALK, COMES_BACK),
    NO_SHOW: (ARRIVED, IN_TALK),
}
_OTHERWISE: Final = {
    (INTERRUPTED, IN_TALK): N_("Gespräch geht weiter"),
    (DONE, IN_TALK): N_("Gespräch geht weiter"),
    (COMES_BACK, ARRIVED): N_("Wieder da"),
    (COMES_BACK, NO_SHOW): N_("Nicht wiedergekommen"),
    (NO_SHOW, ARRIVED): N_("Doch gekommen"),
    (CALLED, CALLED): N_("Noch einmal aufrufen"),
}

_INTERPRETING: Final = {
    "open": N_("Dolmetschen offen"),
    "asked": N_("Dolmetschen angefragt"),
    "confirmed": N_("Dolmetschen zugesagt"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do; ``refusal`` is why it is not possible at the moment."""

    state: str
    words: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class VisitMenu:
    """One visit with what can be done about it. ``facts`` are lines below its title, ``warning`` one to see first."""

    line: AppointmentLine
    title: str
    facts: tuple[str, ...]
    warning: str
    choices: tuple[Choice, ...]

    @property
    def takes_topic(self) -> bool:
        """Whether it is asked what the visit is about."""
        return self.line.state not in visit_states.FREES


def menu(line: AppointmentLine, now: datetime) -> VisitMenu:
    """What there is to say about a visit and to do with it now."""
    choices = tuple(
        Choice(state, _(_OTHERWISE.get((line.state, state), _WORDS[state])), _refusal(line, state, now))
        for state in _ORDER.get(line.state, ())
        if visit_states.may_follow(line.state, state)
    )
    return VisitMenu(line, _title(line), tuple(_facts(line)), _warning(line), choices)


def _title(line: AppointmentLine) -> str:
    return line.title or (_("Nummer {n}").format(n=line.number) if line.number else line.kind_name or _("ohne Namen"))


def _facts(line: AppointmentLine) -> list[str]:
    when = _("{begin}–{end} Uhr").format(begin=show_time(line.start), end=show_time(line.end))
    if line.walk_in:
        came = _("seit {time} da").format(time=show_time(line.arrived_at or line.start))
        when = " · ".join(part for part in (_("Nr. {n}").format(n=line.number) if line.number else "", came) if part)
    first = " · ".join(part for part in (when, line.kind_name, line.seat_name, visit_states.label(line.state)) if part)
    speech = line.language_name
    if line.interpreting:
        who = line.interpreter_name or _(_INTERPRETING.get(line.interpreting, _INTERPRETING["open"]))
        speech = " · ".join(part for part in (speech, who) if part)
    priority = _("vorrangig: {reason}").format(reason=line.priority_reason) if line.priority_reason else ""
    return [part for part in (first, speech, line.phone, priority, line.words) if part]


def _warning(line: AppointmentLine) -> str:
    if not line.missed_before:
        return ""
    words = ngettext("zuletzt nicht erschienen", "zuletzt nicht erschienen ({n}-mal)", line.missed_before)
    return words.format(n=line.missed_before)


def _refusal(line: AppointmentLine, state: str, now: datetime) -> str:
    if state != CALLED or line.called_at is None or not visit_queue.lock_left(line.called_at, now):
        return ""
    until = line.called_at + visit_queue.CALL_LOCK
    return _("Um {at} aufgerufen, wieder ab {until}").format(at=show_time(line.called_at), until=show_time(until))
