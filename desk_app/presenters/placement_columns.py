"""The columns of the list of requests: what they are called, what they tell outside the window, how they narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.placements import ADMITTED, ASSIGNED, CLOSED, MOVED_AWAY, SENT, WAITING_LIST, WITHDRAWN
from desk_app.domain.lists import Align, Column, Condition, Kind
from desk_app.domain.schooling import SchoolStage
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.placement_states import STATES, WaitLimits, answers_words, name_words, state_of

COLUMNS: Final = (
    Column("name", N_("Kind"), Kind.STRONG, 22),
    Column("grade", N_("Klasse"), Kind.CODE, 4.5),
    Column("district", N_("Stadtteil"), Kind.TEXT, 10.5),
    Column("state", N_("Stand"), Kind.TEXT, 16),
    Column("answers", N_("Angaben"), Kind.TEXT, 16),
    Column("waiting", N_("Wartet"), Kind.NUMBER, 8, Align.RIGHT),
    Column("next_step", N_("Nächster Schritt"), Kind.TEXT, 21.5),
    Column("number", N_("Anfrage"), Kind.CODE, 13, extra=True),
    Column("age", N_("Alter"), Kind.CODE, 6, extra=True),
    Column("native_name", N_("Name in eigener Schrift"), width=20, extra=True),
    Column("school", N_("Schule"), width=24, extra=True),
    Column("class_name", N_("Klasse der Schule"), Kind.CODE, 8, extra=True),
    Column("starts_on", N_("Beginn"), Kind.DATE, 11, extra=True),
    Column("since", N_("Wartet seit"), Kind.DATE, 11, extra=True),
    Column("state_since", N_("Stand seit"), Kind.DATE, 11, extra=True),
    Column("sent_on", N_("Zuletzt übermittelt"), Kind.DATE, 11, extra=True),
    Column("last_sign", N_("Letztes Lebenszeichen"), Kind.DATE, 11, extra=True),
    Column("missing", N_("Offene Angaben"), Kind.NUMBER, 8, extra=True),
)

STATE_KEYS: Final = frozenset(state.key for state in STATES)
RESTING: Final = frozenset({WITHDRAWN, MOVED_AWAY, CLOSED})
"""States in which nobody has anything to do: shown only where they are asked for."""
ALSO_RESTING: Final = "resting"
"""The key of the condition that asks for them."""
_SCHOOL_KEY: Final = "school:"
_MOST_SCHOOLS: Final = 8

_WAITS: Final = ((14, N_("seit 14 Tagen")), (30, N_("seit 30 Tagen")), (60, N_("seit 60 Tagen")))
_STATE, _WAIT, _ANSWER = N_("Stand"), N_("Wartezeit"), N_("Antwort der Schulaufsicht")
_STAGE, _SCHOOL, _FURTHER = N_("Stufe"), N_("Schule"), N_("Weiteres")
_FAMILY = N_("Lebenszeichen der Familie")
_OUT_OF_SIGHT: Final = frozenset({ADMITTED, *RESTING})
"""States in which nobody has to hear from the family."""


@dataclass
class Known:
    """What the conditions of the list need to know besides a row. Day and limits may change while it is open."""

    today: Callable[[], date]
    limits: WaitLimits = field(default_factory=WaitLimits)
    user: str = ""
    schools: Mapping[str, str] = field(default_factory=dict)
    """Names by school number."""

    def school(self, row: PlacementRow) -> str:
        """The name of the school that was assigned, or its number where the directory does not know it."""
        return self.schools.get(row.school, row.school)


def conditions(known: Known, rows: Sequence[PlacementRow], chosen: frozenset[str]) -> list[Condition]:
    """All that the list can be narrowed by now; schools that were assigned most, and those that are ``chosen``."""
    limits = known.limits
    return [
        *(Condition(state.key, state.word, _STATE, _standing(state.key)) for state in STATES),
        Condition(
            "amber", _("gelb: ab {n} Tagen").format(n=limits.amber), _WAIT, lambda row: _waits(row, limits.amber)
        ),
        Condition("red", _("rot: ab {n} Tagen").format(n=limits.red), _WAIT, lambda row: _waits(row, limits.red)),
        *(_waiting(days, words) for days, words in _WAITS),
        *_answers(known),
        *_unheard(known),
        *_stages(),
        *_schools(known, rows, chosen),
        Condition("mine", N_("meine"), _FURTHER, lambda row: bool(known.user) and row.counsellor == known.user),
        Condition("changed", N_("geändert seit letzter Meldung"), _FURTHER, lambda row: row.changed),
        Condition(ALSO_RESTING, N_("auch ruhende"), N_("Ruhende"), lambda row: True),
    ]


def _standing(key: str) -> Callable[[PlacementRow], bool]:
    return lambda row: row.state == key


def _waits(row: PlacementRow, days: int) -> bool:
    return row.waiting_days >= days and state_of(row).waiting


def _waiting(days: int, words: str) -> Condition:
    return Condition(f"waiting_{days}", words, _WAIT, lambda row: _waits(row, days))


def _answers(known: Known) -> list[Condition]:
    def silent(days: int) -> Callable[[PlacementRow], bool]:
        return lambda row: row.state in (SENT, WAITING_LIST) and (known.today() - row.state_since).days >= days

    return [
        Condition("unanswered_14", N_("ohne Nachricht seit 14 Tagen"), _ANSWER, silent(14)),
        Condition("unanswered_28", N_("ohne Nachricht seit 28 Tagen"), _ANSWER, silent(28)),
        Condition("unanswered_56", N_("ohne Nachricht seit 56 Tagen"), _ANSWER, silent(56)),
    ]


def _unheard(known: Known) -> list[Condition]:
    def silent(days: int) -> Callable[[PlacementRow], bool]:
        def holds(row: PlacementRow) -> bool:
            heard = row.last_sign
            return heard is not None and row.state not in _OUT_OF_SIGHT and (known.today() - heard).days >= days

        return holds

    return [
        Condition("unheard_14", N_("kein Lebenszeichen seit 14 Tagen"), _FAMILY, silent(14)),
        Condition("unheard_28", N_("kein Lebenszeichen seit 28 Tagen"), _FAMILY, silent(28)),
        Condition("unheard_56", N_("kein Lebenszeichen seit 56 Tagen"), _FAMILY, silent(56)),
    ]


def stage_group(row: PlacementRow) -> str:
    """The group in which the school authority thinks of a child: "primary", "5-7", "8-10", "upper"; "" while open."""
    if row.stage == SchoolStage.UPPER_SECONDARY:
        return "upper"
    if row.stage == SchoolStage.PRIMARY:
        return "primary"
    grade = grade_number(row)
    if grade is None:
        return ""
    return "primary" if grade < 5 else "5-7" if grade < 8 else "8-10"


def grade_number(row: PlacementRow) -> int | None:
    """The grade as a number; ``None`` where it is open or has none."""
    digits = "".join(letter for letter in row.grade if letter.isdecimal())
    return int(digits) if digits else None


def _stages() -> list[Condition]:
    def of(group: str) -> Callable[[PlacementRow], bool]:
        return lambda row: stage_group(row) == group

    return [
        Condition("stage:primary", N_("Grundschule"), _STAGE, of("primary")),
        Condition("stage:5-7", N_("Klasse 5–7"), _STAGE, of("5-7")),
        Condition("stage:8-10", N_("Klasse 8–10"), _STAGE, of("8-10")),
        Condition("stage:upper", N_("Berufskolleg, Oberstufe"), _STAGE, of("upper")),
    ]


def _schools(known: Known, rows: Sequence[PlacementRow], chosen: frozenset[str]) -> list[Condition]:
    def of(number: str) -> Callable[[PlacementRow], bool]:
        return lambda row: row.school == number

    counted = Counter(row.school for row in rows if row.school and row.state in (ASSIGNED, ADMITTED))
    numbers = {number for number, _count in counted.most_common(_MOST_SCHOOLS)}
    numbers |= {key.removeprefix(_SCHOOL_KEY) for key in chosen if key.startswith(_SCHOOL_KEY)}
    named = sorted((known.schools.get(number, number), number) for number in numbers)
    return [Condition(f"{_SCHOOL_KEY}{number}", name, _SCHOOL, of(number)) for name, number in named]


def spec(known: Known) -> ListSpec:
    """The list. Its conditions are filled in, and again whenever other rows arrive."""
    values = {
        "name": name_words,
        "state": lambda row: _(state_of(row).word),
        "answers": answers_words,
        "waiting": lambda row: row.waiting_days,
        "next_step": lambda row: state_of(row).next_step(row, known.today()).words,
        "school": known.school,
    }
    return ListSpec("placements", N_("Schulplätze"), COLUMNS, conditions(known, (), frozenset()), values)
