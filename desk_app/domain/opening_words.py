"""A rule of days and hours in words, and what is wrong with one that was just typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from desk_app.domain.dates import show_day
from desk_app.domain.holidays import Calendar
from desk_app.domain.opening_hours import DAY, LAST_WEEK, Rule, in_force
from desk_app.i18n import N_, _

WEEKDAYS: Final = (N_("Mo"), N_("Di"), N_("Mi"), N_("Do"), N_("Fr"), N_("Sa"), N_("So"))
_SEVERAL: Final = 3
"""From so many days in a row on only the first and the last are named."""
_LOOKED_THROUGH: Final = timedelta(days=800)
"""Long enough for the fifth week of February and for every rule of some weeks to occur."""


def show_minute(minute: int) -> str:
    """ "8:30"; midnight at the end of the day is "24:00"."""
    return f"{minute // 60}:{minute % 60:02d}"


def weekday_words(weekdays: int) -> str:
    """ "Mo–Do", "Mo, Mi, Fr"."""
    runs: list[list[int]] = []
    for day in range(len(WEEKDAYS)):
        if not weekdays >> day & 1:
            continue
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{_(WEEKDAYS[run[0]])}–{_(WEEKDAYS[run[-1]])}"
        if len(run) >= _SEVERAL
        else ", ".join(_(WEEKDAYS[day]) for day in run)
        for run in runs
    )


def describe(rule: Rule) -> str:
    """ "Mi 9:00–12:00, alle 2 Wochen, ab 06.01.2027, nicht in den Schulferien"."""
    time = f"{show_minute(rule.opens)}–{show_minute(rule.closes)}"
    if rule.valid_from is not None and rule.valid_from == rule.valid_to:
        weekday = _(WEEKDAYS[rule.valid_from.weekday()])
        parts = [f"{weekday} {show_day(rule.valid_from)}, {time}"]
    else:
        parts = [f"{weekday_words(rule.weekdays)} {time}", *_rhythm_words(rule), *_validity_words(rule)]
    if rule.school_holidays:
        only = rule.school_holidays == "only"
        parts.append(_("nur in den Schulferien") if only else _("nicht in den Schulferien"))
    if rule.despite_holiday:
        parts.append(_("auch an Feiertagen"))
    return ", ".join(parts)


def _rhythm_words(rule: Rule) -> list[str]:
    words = []
    if (rule.every_weeks or 1) > 1:
        words.append(_("alle {n} Wochen").format(n=rule.every_weeks))
    if rule.week_of_month == LAST_WEEK:
        words.append(_("jeweils der letzte im Monat"))
    elif rule.week_of_month:
        words.append(_("jeweils der {n}. im Monat").format(n=rule.week_of_month))
    return words


def _validity_words(rule: Rule) -> list[str]:
    words = []
    if rule.valid_from is not None:
        words.append(_("ab {day}").format(day=show_day(rule.valid_from)))
    if rule.valid_to is not None:
        words.append(_("bis {day}").format(day=show_day(rule.valid_to)))
    return words


def faults(rule: Rule, calendar: Calendar) -> tuple[str, ...]:
    """What keeps a rule from ever holding, as sentences; none for one that makes sense."""
    found = []
    if not rule.weekdays:
        found.append(_("Bitte wählen Sie mindestens einen Wochentag."))
    if not 0 <= rule.opens < rule.closes <= DAY:
        found.append(_("Der Beginn muss vor dem Ende liegen."))
    if (rule.every_weeks or 1) > 1 and rule.valid_from is None:
        found.append(_("Bitte nennen Sie den ersten Tag: Von seiner Woche an wird gezählt."))
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        found.append(_("Der letzte Tag liegt vor dem ersten."))
    return tuple(found or _never(rule, calendar))


def _never(rule: Rule, calendar: Calendar) -> list[str]:
    """Why a rule that is complete holds on no day of its time."""
    if rule.valid_from is None or rule.valid_to is None:
        return []
    last = min(rule.valid_to, rule.valid_from + _LOOKED_THROUGH)
    days = [rule.valid_from + timedelta(days=number) for number in range((last - rule.valid_from).days + 1)]
    if any(in_force(rule, day, calendar) for day in days):
        return []
    return [_holiday_words(days, calendar) or _("In diesem Zeitraum kommt kein solcher Tag vor.")]


def _holiday_words(days: list[date], calendar: Calendar) -> str:
    holiday = calendar.public_holiday(days[0]) if len(days) == 1 else ""
    if not holiday:
        return ""
    return _("Am {day} ist {holiday}. Soll trotzdem geöffnet sein, wählen Sie „Sondertermin trotz Feiertag“.").format(
        day=show_day(days[0]), holiday=holiday
    )
