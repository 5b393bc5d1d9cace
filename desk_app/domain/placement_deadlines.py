"""Deadlines that follow from the facts of a child's placement, and the last sign of life of its family.

Nobody enters them: they come and go with the facts, so whoever keeps follow-ups adds what is new here and withdraws
what is no longer. Spans of time stand in resources/code_lists/placement_rules.json; most are this house's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile
from typing import Final

from desk_app.domain import placement_steps
from desk_app.domain.child import ChildView
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.domain.first_support import support_end
from desk_app.domain.placement_rules import next_start, number
from desk_app.domain.placement_steps import place_told
from desk_app.domain.records import FamilyFile, RecordKind, RequestEvent
from desk_app.domain.schooling import SchoolStage
from desk_app.domain.special_cases import COURSE_TITLES
from desk_app.i18n import _

WAITING: Final = frozenset({"draft", "complete", "sent", "query", "waiting_list"})
"""States in which a child still waits for its place."""
PLACED: Final = frozenset({"assigned", "admitted"})
WITH_THE_OFFICE: Final = frozenset({"sent", "query", "waiting_list"})
"""States in which the office has it."""
_OUR_OWN: Final = frozenset({"sent", "closed"})
"""Steps the desk takes without hearing from anybody."""

SIGNS_OF_LIFE: Final = frozenset({"visit", "call", "home_visit"})
"""Kinds of note that say somebody spoke with the family; a letter may have gone unanswered."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due for one child.

    ``rule`` names what it follows from and is the same as long as that holds; a rule has at most one deadline per
    child. ``words`` are a German call to act without any name, ``why`` says what it follows from.
    """

    rule: str
    due_on: date
    remind_on: date | None
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a child's request stands, read from its dated events."""

    state: str = "draft"
    since: date | None = None
    """The day of the newest event."""
    sent_on: date | None = None
    """The day it was first sent."""
    placed_on: date | None = None
    """The day a place was assigned or, without an assignment, the child was admitted."""
    starts_on: date | None = None

    @property
    def began(self) -> date | None:
        """The first day at school as told, else the day the place was known."""
        days = [day for day in (self.starts_on, self.placed_on) if day is not None]
        return max(days, default=None)


def standing(events: Iterable[RequestEvent]) -> Standing:
    """Reads the events of one request, oldest first."""
    newest_first = list(events)[::-1]
    if not newest_first:
        return Standing()
    first_sent = next((event for event in reversed(newest_first) if event.state == "sent"), None)
    # the last place there was: what ended a request does not undo the wait that was over by then
    place = place_told(dropwhile(lambda event: event.state not in PLACED, newest_first), placement_steps.PLACED)
    placed = [event for event in place.steps if event.state in PLACED]
    return Standing(
        state=newest_first[0].state,
        since=day_of(newest_first[0]),
        sent_on=day_of(first_sent) if first_sent else None,
        placed_on=day_of(placed[-1]) if placed else None,
        starts_on=place.starts_on,
    )


def day_of(event: RequestEvent) -> date:
    """The day something happened, else the day it was entered."""
    return event.happened_on or local_day(event.at)


def deadlines(
    child: ChildView, events: Sequence[RequestEvent], today: date, last_sign: date | None = None
) -> tuple[Deadline, ...]:
    """What is due for a child, soonest first.

    ``events`` are those of its request, oldest first; ``last_sign`` is the family's last sign of life where notes and
    appointments were looked at as well, see ``last_sign_of_life``. A day in the past is still due.
    """
    if child.deceased or (not events and child.request is None):
        return ()
    now = standing(events)
    if now.state not in WAITING | PLACED:
        return ()
    sign = last_sign or last_sign_of_life(child.file, today)
    found = [*_of_facts(child, now, today)]
    if now.state in WAITING:
        found.append(_no_news(sign, today))
    return tuple(sorted(found, key=lambda item: (item.due_on, item.rule)))


def _of_facts(child: ChildView, now: Standing, today: date) -> Iterator[Deadline]:
    for rule in _RULES:
        found = rule(child, now, today)
        if found is not None:
            yield found


def _weeks(key: str, today: date) -> timedelta:
    return timedelta(weeks=number(key, today))


def _days(key: str, today: date) -> timedelta:
    return timedelta(days=number(key, today))


def _unanswered(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state != "sent" or now.since is None:
        return None
    due = now.since + _days("sent_unanswered_days", today)
    why = _("übermittelt am {day}, noch keine Antwort").format(day=show_day(now.since))
    return Deadline("sent_unanswered", due, None, _("Bei der Schulaufsicht nachfragen"), why)


def _query(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state != "query" or now.since is None:
        return None
    due = now.since + _days("query_unanswered_days", today)
    why = _("Rückfrage seit {day}, solange ruht die Suche").format(day=show_day(now.since))
    return Deadline("query_unanswered", due, None, _("Rückfrage beantworten"), why)


def _feedback(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state != "assigned" or now.began is None:
        return None
    due = now.began + _weeks("feedback_weeks", today)
    return Deadline("feedback", due, None, _("Hat das Kind angefangen?"), _placed(now))


def _feedback_later(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state not in PLACED or now.began is None:
        return None
    due = now.began + _weeks("feedback_later_weeks", today)
    return Deadline("feedback_later", due, None, _("Wie geht es dem Kind in der Schule?"), _placed(now))


def _placed(now: Standing) -> str:
    if now.starts_on is not None:
        return _("Schulbeginn am {day}").format(day=show_day(now.starts_on))
    return _("zugewiesen am {day}").format(day=show_day(now.placed_on)) if now.placed_on else ""


def _support_ends(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state not in PLACED or child.person.day("follow_up_end") is not None:
        return None
    end = support_end(child, now.began, today)
    if end is None:
        return None
    remind = end - _weeks("support_end_remind_weeks", today)
    why = _("die Erstförderung endet am {day}").format(day=show_day(end))
    return Deadline("support_end", end, remind, _("Anschlussförderung klären"), why)


def _measles(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state not in PLACED or now.began is None or child.measles in ("yes", "exempt"):
        return None
    due = now.began + _weeks("measles_weeks", today)
    why = _("die Schule muss danach fragen und sonst das Gesundheitsamt benachrichtigen")
    return Deadline("measles", due, None, _("Masernschutz: liegt der Nachweis vor?"), why)


def _school_medical(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if child.text("school_medical") in ("done", "not_needed"):
        return None
    day = child.person.day("school_medical_on")
    if day is not None:
        why = _("Termin am {day}").format(day=show_day(day))
        return Deadline("school_medical", day, None, _("War die schulärztliche Untersuchung?"), why)
    if now.sent_on is None or now.state not in WITH_THE_OFFICE | PLACED:
        return None
    due = now.sent_on + _weeks("school_medical_weeks", today)
    why = _("vor der Aufnahme nötig, noch kein Termin bekannt")
    return Deadline("school_medical", due, None, _("Nach dem Termin zur schulärztlichen Untersuchung fragen"), why)


def _term_start(child: ChildView, now: Standing, today: date) -> Deadline | None:
    if now.state not in WAITING or child.stages != (SchoolStage.UPPER_SECONDARY,):
        return None
    start = next_start(today, child.text("support_type"))
    remind = start.on - _weeks("term_remind_weeks", today)
    course = _(COURSE_TITLES[start.course])
    why = _("{course} beginnt am {day}").format(course=course, day=show_day(start.on))
    return Deadline("term_start", start.on, remind, _("Vor dem nächsten Beginn am Berufskolleg nachfragen"), why)


def _planned_move(child: ChildView, now: Standing, today: date) -> Deadline | None:
    span = child.span("planned_move_on")
    if span is None or span.earliest is None:
        return None
    remind = span.earliest - _days("move_remind_days", today)
    why = _("Umzug geplant: {day}").format(day=span.show())
    return Deadline("planned_move", span.earliest, remind, _("Ist die Familie umgezogen?"), why)


def _no_news(sign: date, today: date) -> Deadline:
    why = _("letztes Lebenszeichen am {day}").format(day=show_day(sign))
    return Deadline("no_news", sign + _days("no_news_days", today), None, _("Bei der Familie melden"), why)


_RULES: tuple[Callable[[ChildView, Standing, date], Deadline | None], ...] = (
    _unanswered,
    _query,
    _feedback,
    _feedback_later,
    _support_ends,
    _measles,
    _school_medical,
    _term_start,
    _planned_move,
)


def last_sign_of_life(file: FamilyFile, today: date, others: Iterable[date] = ()) -> date:
    """The last day up to ``today`` on which something was heard of the family.

    Read from the file: first contact, a kept appointment, papers seen, consents given, steps of the requests that
    are not the desk's own. ``others`` are days the file does not hold: notes of ``SIGNS_OF_LIFE``, appointments,
    facts confirmed.
    """
    household = file.household
    days = [local_day(household.created_at), *others, *_days_heard(file)]
    return max((day for day in days if day <= today), default=today)


def _days_heard(file: FamilyFile) -> Iterator[date]:
    household = file.household
    first = household.day("first_contact_on")
    if first is not None:
        yield first
    at = household.get("appointment_at")
    if isinstance(at, datetime) and household.text("appointment_status") == "kept":
        yield local_day(at)
    for kind, key in ((RecordKind.DOCUMENT, "seen_on"), (RecordKind.CONSENT, "given_on")):
        for row in file.records.get(kind, ()):
            day = row.day(key)
            if day is not None:
                yield day
    yield from (day_of(event) for event in file.events if event.state not in _OUR_OWN)


def days_waiting(since: date, events: Sequence[RequestEvent], today: date) -> int:
    """Days from ``since`` until the child got its place or its request ended, else until today; never below 0."""
    now = standing(events)
    until = today if now.state in WAITING else now.placed_on or now.since or today
    return max(0, (min(until, today) - since).days)
