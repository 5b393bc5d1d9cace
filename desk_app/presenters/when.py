"""How a moment reads near today: "heute 10:42", "gestern", "Di, 17.11.", with the year where it is another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desk_app.domain.clock import local, local_day, show_time
from desk_app.i18n import N_, _

_WEEKDAYS = (N_("Mo"), N_("Di"), N_("Mi"), N_("Do"), N_("Fr"), N_("Sa"), N_("So"))
MONTHS = (
    N_("Januar"), N_("Februar"), N_("März"), N_("April"), N_("Mai"), N_("Juni"),
    N_("Juli"), N_("August"), N_("September"), N_("Oktober"), N_("November"), N_("Dezember"),
)  # fmt: skip


def day_and_time(moment: datetime, now: datetime) -> str:
    """ "heute 10:42", "gestern 16:05", "Di, 17.11.", "17.11.2025"."""
    there, today = local(moment), local_day(now)
    if there.date() == today:
        return _("heute {time}").format(time=show_time(moment))
    if there.date() == today - timedelta(days=1):
        return _("gestern {time}").format(time=show_time(moment))
    if there.year != today.year:
        return f"{there:%d.%m.}{there.year}"
    return f"{_(_WEEKDAYS[there.weekday()])}, {there:%d.%m.}"


def short_day(day: date, today: date) -> str:
    """ "heute", "gestern", "12.11."; the year stands in the heading of its month."""
    if day == today:
        return _("heute")
    return _("gestern") if day == today - timedelta(days=1) else f"{day:%d.%m.}"


def weekday(day: date) -> str:
    """ "Do"."""
    return weekday_name(day.weekday())


def weekday_name(number: int) -> str:
    """ "Mo" for 0 up to "So" for 6."""
    return _(_WEEKDAYS[number])


def month_name(day: date, today: date) -> str:
    """ "November", in another year "November 2025"."""
    name = _(MONTHS[day.month - 1])
    return name if day.year == today.year else f"{name} {day.year}"


def short_author(name: str) -> str:
    """ "C. Brandt" for Carla Brandt; a name of one part stays whole."""
    first, _space, last = name.strip().rpartition(" ")
    return f"{first[0]}. {last}" if first else last
