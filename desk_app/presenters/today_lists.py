"""The lists of the page "Heute" out of what was read, in the words of a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from desk_app.casework.appointment_free import FreeSlot
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import INTERNAL
from desk_app.casework.day_closing import lacks_topic
from desk_app.casework.follow_ups import FollowUpLine
from desk_app.casework.today import Lacking, Today
from desk_app.casework.waiting_room import WaitingRoom
from desk_app.domain import visit_queue
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.visit_queue import WaitRange
from desk_app.domain.visit_states import CALLED, COMES_BACK, IN_TALK, INTERRUPTED, NO_SHOW, OPEN
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_words import bare_title
from desk_app.presenters.follow_up_rows import due_words, why_words
from desk_app.presenters.today_rows import Foot, RequestRow, SlotRow, TaskRow, WaitRow
from desk_app.presenters.when import weekday

_LONG: Final = timedelta(minutes=20)
"""From so long a wait on it is the first word, and amber."""
_EARLY: Final = timedelta(minutes=5)
_NAMED: Final = 2
"""Up to so many missing answers are named; of more only the number."""


def waiting(today: Today, now: datetime) -> tuple[WaitRow, ...]:
    """Who waits, in the order they are called, one's own place first; below them who comes back today."""
    own = next((seat.place for seat in today.setup.desks() if seat.user == today.user), None)
    rooms = sorted(today.rooms, key=lambda room: room.place != own)
    found = [row for room in rooms for row in _of_room(room, now)]
    back = (line for line in today.lines if line.state in (COMES_BACK, INTERRUPTED))
    return (*found, *(_back(line) for line in back))


def _of_room(room: WaitingRoom, now: datetime) -> Iterator[WaitRow]:
    waits = room.waits(now)
    first = room.next_to_call(now)
    for line in room.queue(now):
        yield _waiting(line, now, waits.get(line.id), is_next=line.id == first)


def _waiting(line: AppointmentLine, now: datetime, wait: WaitRange | None, *, is_next: bool) -> WaitRow:
    arrived = line.arrived_at or line.start
    waited = max(timedelta(), now - arrived)
    minutes = _("{n} min").format(n=int(waited.total_seconds()) // 60)
    missed = visit_queue.is_missed(line.calls, line.called_at, now)
    call, state = ("", "")
    if line.state == CALLED and not missed and (line.called_at and visit_queue.lock_left(line.called_at, now)):
        call, state = _("Beginnen"), IN_TALK
    elif missed:
        call, state = _("Nicht da"), NO_SHOW
    elif is_next:
        call, state = _("Aufrufen"), CALLED
    title = _name(line)
    if not line.walk_in and line.start - now > _EARLY:
        title = _("{name}, früher da").format(name=title)
    long = waited >= _LONG
    # once somebody was called, when that was says more than how long they waited
    parts = [minutes if call and not line.calls else "", *_facts(line)]
    meta = _remaining(wait) or _("seit {time}").format(time=show_time(arrived))
    spoken = [
        title, _("wartet {minutes}").format(minutes=minutes), *_facts(line), wait.span_words if wait else "",
    ]  # fmt: skip
    return WaitRow(
        line.id, _avatar(line), title, _joined(parts), minutes, meta, "warn" if long else "text2", call, state,
        ", ".join(part for part in spoken if part),
    )  # fmt: skip


def _back(line: AppointmentLine) -> WaitRow:
    words = _("unterbrochen") if line.state == INTERRUPTED else _("kommt wieder")
    second = _joined([line.language_name, line.kind_name])
    spoken = ", ".join(part for part in (_name(line), words, line.language_name, line.kind_name) if part)
    call = (_("Weiter"), IN_TALK) if line.state == INTERRUPTED else ("", "")
    return WaitRow(line.id, _avatar(line), _name(line), second, words, "", "text2", *call, spoken)


def _facts(line: AppointmentLine) -> list[str]:
    found = []
    if line.called_at is not None and line.calls:
        called = _("aufgerufen {time}").format(time=show_time(line.called_at))
        again = _("{n}. Mal aufgerufen {time}").format(n=line.calls, time=show_time(line.called_at))
        found.append(called if line.calls == 1 else again)
    if line.priority is not None and line.priority < (
        visit_queue.WITHOUT_APPOINTMENT if line.walk_in else visit_queue.WITH_APPOINTMENT
    ):
        reason = line.priority_reason
        found.append(_("vorrangig: {reason}").format(reason=reason) if reason else _("vorrangig"))
    number = _("Nr. {n}").format(n=line.number) if line.walk_in and line.number else ""
    about = line.kind_name if line.walk_in else _("Termin {time}").format(time=show_time(line.start))
    return [*found, number, line.language_name, about]


def _name(line: AppointmentLine) -> str:
    return line.title or (_("Nummer {n}").format(n=line.number) if line.number else _("ohne Namen"))


def _avatar(line: AppointmentLine) -> str:
    """Whose initials stand before the name: without a form of address, and none for somebody without a name."""
    words = bare_title(line) if line.title else ""
    return " ".join(part for part in words.split() if part not in (_("Frau"), _("Herr")))


def _remaining(wait: WaitRange | None) -> str:
    """ "noch 5–15 min"."""
    if wait is None:
        return ""
    words = _("noch {low}–{high} min") if wait.low else _("noch bis {high} min")
    return words.format(low=wait.low, high=wait.high)


def next_wait(today: Today, now: datetime) -> str:
    """How long somebody waits who comes now, for whoever asks at the door."""
    own = next((seat.place for seat in today.setup.desks() if seat.user == today.user), None)
    rooms = sorted(today.rooms, key=lambda room: room.place != own)
    found = rooms[0].next_wait(now) if rooms else None
    return _("wer jetzt kommt: {span}").format(span=found.span_words) if found is not None else ""


def tasks(today: Today) -> tuple[TaskRow, ...]:
    """What to look at again."""
    return tuple(_task(line, today.day) for line in today.follow_ups)


def _task(line: FollowUpLine, day: date) -> TaskRow:
    title = line.words.splitlines()[0]
    second = _joined([line.about or line.family, why_words(line)])
    late = line.due_on < day
    fact = due_words(line.due_on, day)
    meta = _("fällig {day}").format(day=_day(line.due_on)) if late else ""
    spoken = ", ".join(part for part in (title, second, fact) if part)
    return TaskRow(line.id, line.household, line.person, title, second, fact, meta, late, spoken)


def requests(today: Today) -> tuple[RequestRow, ...]:
    """Requests that lack something, the longest wait first."""
    return tuple(_request(each, today) for each in today.lacking)


def _request(each: Lacking, today: Today) -> RequestRow:
    row = each.row
    blocking = [item for item in each.missing if item.blocking] or list(each.missing)
    title = ", ".join(part for part in (row.name or _("Kind ohne Namen"), row.age) if part)
    if len(blocking) > _NAMED:
        second = _("fehlt: {n} Angaben").format(n=len(blocking))
    else:
        second = _("fehlt: {what}").format(what=", ".join(item.label for item in blocking))
    fact = ngettext("{n} Tag", "{n} Tage", row.waiting_days).format(n=row.waiting_days)
    tone = "bad" if row.waiting_days >= today.red else "warn" if row.waiting_days >= today.amber else "text2"
    first = blocking[0] if blocking else None
    spoken = ", ".join((title, second, _("wartet {days}").format(days=fact)))
    return RequestRow(
        row.request, row.household, title, second, fact, _("wartet"), tone, row.answered, row.asked, first, spoken
    )  # fmt: skip


def slots(today: Today) -> tuple[SlotRow, ...]:
    """The next free times."""
    return tuple(SlotRow(slot, slot_words(slot, today.day)) for slot in today.free)


def slot_words(slot: FreeSlot, today: date) -> str:
    """ "Mi, 18.11. · 9:45 · Platz 2", "heute · 11:30 · Platz 1"."""
    day = local_day(slot.start)
    return _joined([_("heute") if day == today else _day(day), show_time(slot.start), slot.seat_name])


def languages(today: Today) -> tuple[SlotRow, ...]:
    """From when on there is a time with somebody who interprets."""
    frame = _("{language} ab {day}")
    return tuple(
        SlotRow(slot, frame.format(language=language, day=_day(local_day(slot.start))))
        for language, slot in today.with_interpreter
    )


def foot(today: Today, now: datetime) -> Foot:
    """What is not closed yet: earlier days first, today's once its last appointment is over."""
    if today.unsettled:
        day, count = today.unsettled[0]
        more = sum(number for _day, number in today.unsettled[1:])
        name = _("Gestern") if day == today.day - timedelta(days=1) else _day(day)
        words = ngettext(
            "{day}: {n} Besuch ist noch ohne Ergebnis", "{day}: {n} Besuche sind noch ohne Ergebnis", count
        ).format(day=name, n=count)
        if more:
            words = _("{words}, an früheren Tagen noch {n}").format(words=words, n=more)
        return Foot(words, "warn", day)
    visits = [line for line in today.lines if line.look != INTERNAL and local_day(line.start) == today.day]
    left = sum(line.state in OPEN or lacks_topic(line) for line in visits)
    over = bool(visits) and all(line.end <= now for line in visits)
    if left and over:
        words = ngettext("Heute ist {n} Besuch noch offen", "Heute sind {n} Besuche noch offen", left)
        return Foot(words.format(n=left), "warn")
    return Foot()


def _day(day: date) -> str:
    return f"{weekday(day)}, {day.day}.{day.month}."


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)
