"""The columns of the list of families: what they are called, how they read, sort and narrow, which facts they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from desk_app.casework import placements
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Align, Column, Condition, Kind, Value
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


def _by_the_store(_row: object) -> bool:
    """The rows come narrowed, see ``family_list.HOLDS``."""
    return True


CONDITIONS: Final = tuple(
    Condition(key, title, group, _by_the_store)
    for key, title, group in (
        ("quiet_30", N_("kein Kontakt seit 30 Tagen"), _CONTACT),
        ("quiet_90", N_("kein Kontakt seit 90 Tagen"), _CONTACT),
        ("quiet_180", N_("kein Kontakt seit 180 Tagen"), _CONTACT),
        ("unheard_14", N_("Kind wartet, kein Lebenszeichen seit 14 Tagen"), _CONTACT),
        ("unheard_28", N_("Kind wartet, kein Lebenszeichen seit 28 Tagen"), _CONTACT),
        ("unheard_56", N_("Kind wartet, kein Lebenszeichen seit 56 Tagen"), _CONTACT),
        ("draft", N_("Anfrage unvollständig"), _REQUESTS),
        ("complete", N_("Anfrage vollständig"), _REQUESTS),
        ("sent", N_("Anfrage übermittelt"), _REQUESTS),
        ("in_intake", N_("in Aufnahme"), _FILE),
        ("follow_ups", N_("mit offener Wiedervorlage"), _FILE),
        ("moved_away", N_("verzogen"), _FILE),
    )
)


def grouped(chosen: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The conditions chosen, those of one group together; a key that no version knows any more narrows nothing."""
    groups: dict[str, list[str]] = {}
    for condition in CONDITIONS:
        if condition.key in chosen:
            groups.setdefault(condition.group, []).append(condition.key)
    return tuple(map(tuple, groups.values()))


def needed_facts(columns: Iterable[str]) -> frozenset[str]:
    """Which facts have to be read to show these columns."""
    return frozenset(_FACTS.get(key, key) for key in columns)


def needs_requests(columns: Iterable[str], conditions: Iterable[str], order: str) -> bool:
    """Whether what is known of requests has to be up to date to show, narrow and sort the list so."""
    return "last_sign" in (*columns, order) or any(key.startswith("unheard") for key in conditions)


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


GREATEST_FIRST: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("name", "district", "languages", "phone_languages", "counsellor"), False),
    **dict.fromkeys(
        (
            "file_number", "people", "state", "changed", "adults", "children", "quiet", "follow_ups", "states",
            "last_contact", "last_sign", "begun", "moved_away",
        ),
        True,
    ),
}  # fmt: skip
"""What the list can be sorted by, and whether the greatest comes first."""
