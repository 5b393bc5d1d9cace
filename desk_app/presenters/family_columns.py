"""The columns of the list of families: what they are called, how they read, sort and narrow, which facts they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from desk_app.casework import placements
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Align, Column, Condition, Kind, Value
from desk_app.domain.names import search_form
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec

COLUMNS: Final = (
    Column("name", N_("Familie"), Kind.STRONG, 31),
    Column("file_number", N_("Aktenzeichen"), Kind.CODE, 13),
    Column("people", N_("Personen"), width=28),
    Column("state", N_("Stand"), width=14),
    Column("changed", N_("Zuletzt geändert"), width=17, align=Align.RIGHT),
    Column("adults", N_("Erwachsene"), Kind.NUMBER, 8, extra=True),
    Column("children", N_("Kinder"), Kind.NUMBER, 8, extra=True),
    Column("district", N_("Stadtteil"), width=14, extra=True),
    Column("languages", N_("Familiensprachen"), width=22, extra=True),
    Column("phone_languages", N_("Sprache am Telefon"), width=20, extra=True),
    Column("last_contact", N_("Letzter Kontakt"), Kind.DATE, 14, extra=True),
    Column("quiet", N_("Tage ohne Kontakt"), Kind.NUMBER, 10, extra=True),
    Column("last_sign", N_("Letztes Lebenszeichen"), Kind.DATE, 14, extra=True),
    Column("follow_ups", N_("Offene Wiedervorlagen"), Kind.NUMBER, 12, extra=True),
    Column("states", N_("Anfragen"), width=26, extra=True),
    Column("counsellor", N_("Beratung durch"), width=18, extra=True),
    Column("begun", N_("Akte seit"), Kind.DATE, 12, extra=True),
    Column("moved_away", N_("Verzogen am"), Kind.DATE, 12, extra=True),
)

_FACTS: Final = {"quiet": "last_contact"}
_STATES: Final = {
    placements.DRAFT: N_("unvollständig"),
    placements.COMPLETE: N_("vollständig"),
    placements.SENT: N_("übermittelt"),
    placements.WITHDRAWN: N_("ruht"),
    placements.MOVED_AWAY: N_("beendet"),
}
_CONTACT, _REQUESTS, _FILE = N_("Kontakt"), N_("Anfragen der Kinder"), N_("Akte")


def _quiet(days: int) -> Callable[[Any], bool]:
    return lambda line: line.quiet is not None and line.quiet >= days and not line.moved_away


def _unheard(days: int) -> Callable[[Any], bool]:
    return lambda line: line.facts.waits and line.unheard is not None and line.unheard >= days and not line.moved_away


def _with_request(state: str) -> Callable[[Any], bool]:
    return lambda line: any(key == state for key, _count in line.facts.states)


CONDITIONS: Final = (
    Condition("quiet_30", N_("kein Kontakt seit 30 Tagen"), _CONTACT, _quiet(30)),
    Condition("quiet_90", N_("kein Kontakt seit 90 Tagen"), _CONTACT, _quiet(90)),
    Condition("quiet_180", N_("kein Kontakt seit 180 Tagen"), _CONTACT, _quiet(180)),
    Condition("unheard_14", N_("Kind wartet, kein Lebenszeichen seit 14 Tagen"), _CONTACT, _unheard(14)),
    Condition("unheard_28", N_("Kind wartet, kein Lebenszeichen seit 28 Tagen"), _CONTACT, _unheard(28)),
    Condition("unheard_56", N_("Kind wartet, kein Lebenszeichen seit 56 Tagen"), _CONTACT, _unheard(56)),
    Condition("draft", N_("Anfrage unvollständig"), _REQUESTS, _with_request(placements.DRAFT)),
    Condition("complete", N_("Anfrage vollständig"), _REQUESTS, _with_request(placements.COMPLETE)),
    Condition("sent", N_("Anfrage übermittelt"), _REQUESTS, _with_request(placements.SENT)),
    Condition("in_intake", N_("in Aufnahme"), _FILE, lambda line: line.intake_open),
    Condition("follow_ups", N_("mit offener Wiedervorlage"), _FILE, lambda line: line.facts.follow_ups > 0),
    Condition("moved_away", N_("verzogen"), _FILE, lambda line: line.moved_away),
)

_NEEDED: Final = {
    **{f"quiet_{days}": ("last_contact",) for days in (30, 90, 180)},
    **{f"unheard_{days}": ("last_sign", "waits") for days in (14, 28, 56)},
    **dict.fromkeys(("draft", "complete", "sent"), ("states",)),
    "follow_ups": ("follow_ups",),
}


def needed_facts(columns: Iterable[str], conditions: Iterable[str], order: str) -> frozenset[str]:
    """Which facts have to be read to show these columns, narrow by these conditions and sort by that column."""
    found = {_FACTS.get(key, key) for key in (*columns, order)}
    for condition in conditions:
        found.update(_NEEDED.get(condition, ()))
    return frozenset(found)


def states_words(states: Iterable[tuple[str, int]]) -> str:
    """ "1 unvollständig, 2 übermittelt"."""
    return ", ".join(f"{count} {_(_STATES.get(state, state))}" for state, count in states)


def _fact(key: str) -> Callable[[Any], Value]:
    def value(line: Any) -> Value:
        found: Value = getattr(line.facts, key)
        return found

    return value


_VALUES: Final[Mapping[str, Callable[[Any], Value]]] = {
    **{key: _fact(key) for key in ("district", "languages", "phone_languages", "last_contact", "counsellor", "begun")},
    "last_sign": _fact("last_sign"),
    "moved_away": _fact("moved_away"),
    "follow_ups": lambda line: line.facts.follow_ups or None,
    "states": lambda line: states_words(line.facts.states),
    "state": lambda line: line.state,
    "changed": lambda line: line.changed_on,
}

SPEC: Final = ListSpec("families", N_("Familien"), COLUMNS, CONDITIONS, _VALUES)

SHOWN_PLAINLY: Final = tuple(column for column in COLUMNS if column.extra)
"""Columns whose cells look as any other."""


def words(line: Any, column: Column) -> str:
    """What a plain cell says."""
    value = SPEC.value(line, column)
    return show_day(value) if isinstance(value, date) else "" if value is None else str(value)


def _by_text(key: str) -> Callable[[Any], Any]:
    # what is not known stands at the end of the alphabet
    return lambda line: (not getattr(line.facts, key), search_form(getattr(line.facts, key)))


def _by_day(key: str) -> Callable[[Any], Any]:
    return lambda line: getattr(line.facts, key) or date.min


ORDERS: Final[Mapping[str, tuple[Callable[[Any], Any], bool]]] = {
    "adults": (lambda line: line.adults, True),
    "children": (lambda line: line.children, True),
    "quiet": (lambda line: line.quiet or 0, True),
    "follow_ups": (lambda line: line.facts.follow_ups, True),
    "states": (lambda line: states_words(line.facts.states), True),
    **{key: (_by_text(key), False) for key in ("district", "languages", "phone_languages", "counsellor")},
    **{key: (_by_day(key), True) for key in ("last_contact", "last_sign", "begun", "moved_away")},
}
"""What the columns beyond the usual ones sort by, and whether the greatest comes first."""
