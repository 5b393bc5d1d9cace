"""How appointments read: times, blocks, days and weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from desk_app.domain import visit_states
from desk_app.domain.clock import local, show_time
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.appointment_sheet import Cursor, Face, Sheet
from desk_app.presenters.when import MONTHS, weekday

if TYPE_CHECKING:
    from desk_app.casework.appointments import AppointmentLine

WEEKDAYS: Final = (
    N_("Montag"), N_("Dienstag"), N_("Mittwoch"), N_("Donnerstag"), N_("Freitag"), N_("Samstag"), N_("Sonntag"),
)  # fmt: skip
_SHORT: Final = {"open": N_("offen"), "asked": N_("angefragt")}


def clock_words(minute: int) -> str:
    """ "9:45"."""
    return f"{minute // 60}:{minute % 60:02d}"


def between(start: int, end: int) -> str:
    """ "9:45 bis 10:30"."""
    return _("{start} bis {end}").format(start=clock_words(start), end=clock_words(end))


@lru_cache(maxsize=16_384)
def minute_of(instant: datetime, day: date) -> int:
    """The minute of a local day at which an instant lies; 0 before it and 1440 after it."""
    there = local(instant)
    if there.date() != day:
        return 0 if there.date() < day else 24 * 60
    return there.hour * 60 + there.minute


def length_words(minutes: int) -> str:
    """ "45 min", "2 h", "1 h 15 min"."""
    hours, rest = divmod(minutes, 60)
    if minutes <= 90:
        return _("{n} min").format(n=minutes)
    return _("{h} h {n} min").format(h=hours, n=rest) if rest else _("{h} h").format(h=hours)


def day_words(day: date) -> str:
    """ "Mittwoch, 18. November"."""
    return f"{_(WEEKDAYS[day.weekday()])}, {day.day}. {_(MONTHS[day.month - 1])}"


def week_words(first: date, last: date) -> str:
    """ "16. bis 20. November", "30. November bis 4. Dezember"."""
    start = f"{first.day}." if first.month == last.month else f"{first.day}. {_(MONTHS[first.month - 1])}"
    end = f"{last.day}. {_(MONTHS[last.month - 1])}"
    return _("{start} bis {end}").format(start=start, end=end)


def week_number(day: date) -> str:
    """ "KW 47", as ISO 8601 counts them; with the year where it is not the present one of the day."""
    return _("KW {n}").format(n=day.isocalendar().week)


def moment_words(instant: datetime, today: date | None = None) -> str:
    """ "Mi, 18.11., 9:45", with the year where it is another one than that of ``today``."""
    day = local(instant).date()
    year = f"{day.year}" if today is not None and day.year != today.year else ""
    return f"{weekday(day)}, {day:%d.%m.}{year}, {show_time(instant)}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def free_words(sheet: Sheet, cursor: Cursor) -> str:
    """A free time as it is read aloud: "9:45, Platz 2, frei bis 11:00"."""
    column = sheet.columns[cursor.column]
    gap = sheet.gap_at(cursor.column, cursor.start)
    told = _("frei bis {time}").format(time=clock_words(gap.end)) if gap is not None else _("nicht frei")
    day = f"{weekday(column.day)}, {column.day:%d.%m.}" if sheet.weekly else ""
    return ", ".join(part for part in (day, clock_words(cursor.start), column.title, told) if part)


def bare_title(line: AppointmentLine) -> str:
    """The name alone: "Haddad" rather than "Familie Haddad", since narrow blocks have no room for the word."""
    prefix = _("Familie {name}").format(name="")
    title = line.title.removeprefix(prefix) if line.household is not None else line.title
    return title or line.words.strip().partition("\n")[0] or line.kind_name or _("ohne Namen")


def persons_words(line: AppointmentLine) -> str:
    """ "2 Kinder"; empty where it is about the family as a whole."""
    if not line.persons:
        return ""
    return ngettext("{n} Kind", "{n} Kinder", line.persons).format(n=line.persons)


def face_of(line: AppointmentLine, day: date) -> Face:
    """What the block of an appointment says."""
    start, end = minute_of(line.start, day), minute_of(line.end, day)
    title = bare_title(line)
    internal = line.look == "internal"
    kind = line.kind_name.lower() if internal and line.title else line.kind_name
    detail = " · ".join(part for part in (kind, persons_words(line)) if part and part != title)
    note = line.words.splitlines()[0] if line.words.strip() else ""
    short = _(_SHORT[line.interpreting]) if line.interpreting in _SHORT else line.language_name
    chip = ""
    # once it is over, or called off, nobody has to be found any more
    if line.interpreting and line.state not in visit_states.ENDS:
        word = _(_SHORT[line.interpreting]) if line.interpreting in _SHORT else ""
        chip = " ".join(part for part in (line.language_name, word) if part) or _("Dolmetschen")
    return Face(
        id=line.id,
        title=title,
        time=clock_words(start),
        detail=detail,
        more="" if note == title else note,
        look=line.look or "follow",
        state=line.state,
        chip=chip,
        chip_short=short or chip,
        interpreting=line.interpreting,
        missed=line.missed_before > 0 and line.state in visit_states.EXPECTED,
        overbooked=bool(line.overbooked),
        spoken=spoken(line, between(start, end)),
    )


def spoken(line: AppointmentLine, when: str) -> str:
    """An appointment as it is read aloud: "9:30 bis 10:15, Familie Rahimi, Schule, Platz 1, Dari, vorgemerkt"."""
    state = visit_states.label(line.state)
    interpreting = ""
    if line.interpreting:
        found = line.interpreter_name or (_(_SHORT[line.interpreting]) if line.interpreting in _SHORT else "")
        interpreting = _("Dolmetschen {language} {who}").format(language=line.language_name, who=found).strip()
    missed = _("zuletzt nicht erschienen") if line.missed_before and line.state in visit_states.EXPECTED else ""
    over = _("doppelt belegt, weil: {reason}").format(reason=line.overbooked) if line.overbooked else ""
    parts = (when, line.title, line.kind_name, persons_words(line), line.seat_name, interpreting, state, missed, over)
    note = line.words.strip().replace("\n", " ")
    return ", ".join(part for part in (*parts, note) if part)
