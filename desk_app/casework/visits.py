"""A visit as it happens: who comes without an appointment, gets a number and waits; calls, talks, and how it ended.

Only instants are kept, on the visit and in the list of its states; every duration is worked out from them. What is
entered later than it happened (``AFTERWARDS``) tells how a visit ended, but not when: no duration follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import appointment_rows as rows
from desk_app.casework import appointment_setup, deeds, intake, notes
from desk_app.casework.appointment_lines import LONGEST, Names
from desk_app.casework.appointment_rows import get
from desk_app.casework.desk import Work
from desk_app.domain import visit_queue, visit_states
from desk_app.domain.clock import show_time
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.domain.names import clean_name
from desk_app.domain.visit_states import (
    ARRIVED,
    CALLED,
    COMES_BACK,
    CONFIRMED,
    DONE,
    FREES,
    IN_TALK,
    INTERRUPTED,
    NO_SHOW,
    PLANNED,
    TALKING,
    WAITING,
)
from desk_app.i18n import N_, _
from desk_app.storage.tables import Appointment, Counter, Household, VisitEvent

ADDED: Final = "visit.added"
CHANGED: Final = "visit.changed"
STEPPED: Final = "visit.stepped"

AFTERWARDS: Final = "afterwards"
"""In place of words beside a state that was entered later than it came about."""
USUAL: Final = 30
"""Minutes a walk-in takes a desk as long as nobody knows what it is about."""


class StepNotPossible(WorldError):
    """The visit is in a state from which this one does not follow: another desk was faster."""

    default = N_(
        "Dieser Besuch steht inzwischen anders. Es wurde nichts geändert. Die Anzeige ist jetzt auf dem neuesten Stand."
    )


class CalledJustNow(WorldError):
    """Somebody who was called has a few minutes for the way."""

    default = N_("Diese Person wurde gerade aufgerufen. Es wurde nichts geändert. Bitte warten Sie einige Minuten.")


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who comes without an appointment, as far as it is known. ``place`` is where, ``None`` for the centre.

    ``priority`` is 1 (at once) to 3 (the usual one, ``None``); for another than the usual one ``reason`` says why.
    """

    id: UUID
    place: UUID | None = None
    name: str = ""
    household: UUID | None = None
    kind: UUID | None = None
    language: str = ""
    interpreting: bool = False
    phone: str = ""
    priority: int | None = None
    reason: str = ""
    words: str = ""


def walk_in(work: Work, draft: WalkIn) -> int:
    """Put somebody on the waiting list; their number, which nobody else gets there on that day.

    The same draft again changes what is known and keeps the number.
    """
    row = work.session.get(Appointment, draft.id)
    if row is not None:
        change(work, draft)
        return row.number or 0
    setup = appointment_setup.settle(work)
    place = setup.place(draft.place) or setup.places[0]
    draft = replace(draft, household=rows.standing_for(work, draft.household))
    values = _values(draft)
    name = values["name"] or Names(work, filter(None, [draft.household])).title(draft.household, "")
    ends = work.now + _takes(work, draft.kind)
    with deeds.recorded(work, ADDED, _added_words(name), draft.household):
        number = _next_number(work, place.id)
        row = Appointment(
            id=draft.id, place_id=place.id, walk_in=True, number=number, state=ARRIVED, arrived_at=work.now,
            starts_at=work.now, ends_at=ends, busy_from=work.now, busy_until=ends, calls=0, sequence=0,
            code=rows.new_code(work), **values, **work.made,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        rows.enter_state(work, row, ARRIVED)
        rows.note(work, ADDED, row, ["number", *(key for key, value in values.items() if value is not None)])
    return number


def change(work: Work, draft: WalkIn) -> None:
    """Change what is known of a walk-in. Raises ``RecordGone``."""
    _set(work, get(work, draft.id), _values(draft))


def set_topic(work: Work, visit: UUID, kind: UUID | None) -> None:
    """Say what a visit is about."""
    _set(work, get(work, visit), {"kind_id": kind})


def set_priority(work: Work, visit: UUID, priority: int | None, reason: str) -> None:
    """Let somebody go before others, or as usual (``None``), and say why."""
    words = notes.clean_text(reason) if priority is not None else ""
    _set(work, get(work, visit), {"priority": priority, "priority_reason": words or None})


def link(work: Work, visit: UUID, household: UUID | None) -> None:
    """Say which family a visit is about; ``None``: that of nobody known. Raises ``RecordGone``."""
    household = rows.standing_for(work, household)
    if household is not None and work.session.get(Household, household) is None:
        raise RecordGone
    _set(work, get(work, visit), {"household_id": household})


def take_in(work: Work, visit: UUID, household: UUID) -> None:
    """Begin the file of whoever is visiting, with the name that was typed, and link the two."""
    row = get(work, visit)
    last = (row.name or "").split()[-1:] if row.household_id is None else []
    intake.start(work, household, family_name="".join(last))
    link(work, visit, household)


def step(work: Work, visit: UUID, state: str, words: str = "", seat: UUID | None = None) -> UUID:
    """Bring a visit into a state, now. ``seat`` is the desk that talks; the deed, to be taken back.

    Raises ``StepNotPossible`` where the state cannot follow, ``CalledJustNow`` for a call too soon after another one,
    and ``RecordGone``. Bringing a cancelled appointment back is no step of a visit, see ``casework.appointments``.
    """
    row = get(work, visit)
    back = row.state in FREES and state in (PLANNED, CONFIRMED) and row.state != NO_SHOW
    if back or not visit_states.may_follow(row.state, state):
        raise StepNotPossible
    if state == CALLED:
        _guard_call(row, work.now)
    with deeds.recorded(work, STEPPED, _step_words(work, row, state), row.household_id) as deed:
        _follow(work, row, state, seat)
        rows.enter_state(work, row, state, words)
        rows.note(work, STEPPED, row, ["state"])
    return deed.id


def call(work: Work, visit: UUID) -> UUID:
    """Call somebody. Whoever was called three times and did not come has missed their visit.

    Raises as ``step`` does.
    """
    row = get(work, visit)
    if visit_queue.is_missed(row.calls, row.called_at, work.now):
        return step(work, visit, NO_SHOW, _("dreimal aufgerufen"))
    return step(work, visit, CALLED)


def settle(work: Work, visits: Iterable[tuple[UUID, str]], words: str) -> UUID:
    """Say afterwards how visits ended, each with its state; ``words`` is what the list of steps calls it.

    What cannot follow from where a visit stands by now is left as it is.
    """
    with deeds.recorded(work, STEPPED, words) as deed:
        for visit, state in visits:
            settle_one(work, get(work, visit), state)
    return deed.id


def settle_one(work: Work, row: Appointment, state: str) -> bool:
    """One of them, within a deed; whether it was possible."""
    if not visit_states.may_follow(row.state, state):
        return False
    row.finished_at = None
    rows.enter_state(work, row, state, AFTERWARDS)
    rows.note(work, STEPPED, row, ["state"])
    return True


def events(work: Work, visit: UUID) -> tuple[tuple[datetime, str, str], ...]:
    """The states a visit went through: when, which, and the words beside it."""
    query = select(VisitEvent).where(VisitEvent.appointment_id == visit, VisitEvent.removed_at.is_(None))
    found = work.session.scalars(query.order_by(VisitEvent.at, VisitEvent.created_at))
    return tuple((row.at, row.state, row.words or "") for row in found)


# --- what follows


def _follow(work: Work, row: Appointment, state: str, seat: UUID | None) -> None:
    """The instants that come with a state."""
    before, now = row.state, work.now
    if state == ARRIVED and (before not in WAITING or row.arrived_at is None):
        # who comes back waits anew, and was not called yet
        row.arrived_at, row.calls, row.called_at = now, 0, None
    elif state == CALLED:
        row.called_at, row.calls = now, row.calls + 1
    elif state == IN_TALK:
        _begin_talk(work, row, seat)
    elif state == DONE:
        row.finished_at = now if before in TALKING else None
    if row.walk_in and before in TALKING and state not in TALKING:
        row.ends_at = row.busy_until = min(max(now, row.starts_at + timedelta(minutes=1)), row.starts_at + LONGEST)


def _begin_talk(work: Work, row: Appointment, seat: UUID | None) -> None:
    now = work.now
    row.finished_at = None
    row.arrived_at = row.arrived_at or now
    if seat is not None:
        row.seat_id = seat
    if row.walk_in and row.started_at is None:
        row.starts_at = row.busy_from = now
        row.ends_at = row.busy_until = now + _takes(work, row.kind_id)
    row.started_at = row.started_at or now


def _guard_call(row: Appointment, now: datetime) -> None:
    if row.called_at is not None and visit_queue.lock_left(row.called_at, now):
        at, until = show_time(row.called_at), show_time(row.called_at + visit_queue.CALL_LOCK)
        words = _("Diese Person wurde um {at} aufgerufen. Es wurde nichts geändert. Wieder aufrufen geht ab {until}.")
        raise CalledJustNow(words.format(at=at, until=until))


def _takes(work: Work, kind: UUID | None) -> timedelta:
    known = appointment_setup.read(work).kind(kind)
    return timedelta(minutes=known.minutes if known else USUAL)


def _next_number(work: Work, place: UUID) -> int:
    """One higher than the last of that day and place. Not part of the deed: a number on a slip is given once."""
    key = (f"walk-in/{place.hex[:12]}", work.today.toordinal())
    counter = work.session.get(Counter, key)
    if counter is None:
        counter = Counter(series=key[0], year=key[1], last=0)
        work.session.add(counter)
    counter.last += 1
    work.session.flush()
    return counter.last


def _values(draft: WalkIn) -> dict[str, Any]:
    reason = notes.clean_text(draft.reason) if draft.priority is not None else ""
    known = {
        "name": clean_name(draft.name).text, "household_id": draft.household, "kind_id": draft.kind,
        "language": draft.language, "interpreting": "open" if draft.interpreting else None,
        "phone": draft.phone.strip(), "priority": draft.priority, "priority_reason": reason,
        "words": notes.clean_text(draft.words),
    }  # fmt: skip
    return {key: None if value == "" else value for key, value in known.items()}


def _set(work: Work, row: Appointment, values: dict[str, Any]) -> None:
    changed = [key for key, value in values.items() if getattr(row, key) != value]
    if not changed:
        return
    words = _("Besuch geändert: {name}").format(name=_name(work, row))
    with deeds.recorded(work, CHANGED, words, values.get("household_id") or row.household_id):
        for key in changed:
            setattr(row, key, values[key])
        if row.walk_in and "kind_id" in changed and row.state not in visit_states.ENDS:
            row.ends_at = row.busy_until = row.starts_at + _takes(work, row.kind_id)
        work.touch(row)
        work.session.flush()
        rows.note(work, CHANGED, row, changed)


def _name(work: Work, row: Appointment) -> str:
    known = Names(work, filter(None, [row.household_id])).title(row.household_id, row.name)
    return known or _("ohne Namen")


def _added_words(name: str) -> str:
    return _("Zur Warteliste: {name}").format(name=name or _("ohne Namen"))


_STEP_WORDS: Final = {
    ARRIVED: N_("{name} ist eingetroffen"),
    CALLED: N_("{name} aufgerufen"),
    IN_TALK: N_("Gespräch begonnen: {name}"),
    INTERRUPTED: N_("Gespräch unterbrochen: {name}"),
    COMES_BACK: N_("{name} kommt wieder"),
    DONE: N_("Besuch erledigt: {name}"),
    NO_SHOW: N_("Nicht erschienen: {name}"),
}


def _step_words(work: Work, row: Appointment, state: str) -> str:
    frame = _STEP_WORDS.get(state)
    name = _name(work, row)
    if frame is None:
        return _("Besuch „{state}“: {name}").format(state=visit_states.label(state), name=name)
    return _(frame).format(name=name)
