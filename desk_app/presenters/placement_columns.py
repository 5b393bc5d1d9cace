"""The columns of the list of requests: what they are called, what they tell outside the window, how they narrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from desk_app.casework.placement_list import PlacementRow
from desk_app.casework.placements import SENT
from desk_app.domain.lists import Align, Column, Condition, Kind
from desk_app.i18n import N_, _
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.placement_states import PIPELINE, answers_words, name_words, state_of

COLUMNS: Final = (
    Column("name", N_("Kind"), Kind.STRONG, 24),
    Column("grade", N_("Klasse"), Kind.CODE, 4.5),
    Column("district", N_("Stadtteil"), Kind.TEXT, 10.5),
    Column("state", N_("Stand"), Kind.TEXT, 12.5),
    Column("answers", N_("Angaben"), Kind.TEXT, 16),
    Column("waiting", N_("Wartet"), Kind.NUMBER, 8, Align.RIGHT),
    Column("next_step", N_("Nächster Schritt"), Kind.TEXT, 20),
    Column("number", N_("Anfrage"), Kind.CODE, 13, extra=True),
    Column("age", N_("Alter"), Kind.CODE, 6, extra=True),
    Column("native_name", N_("Name in eigener Schrift"), width=20, extra=True),
    Column("since", N_("Wartet seit"), Kind.DATE, 11, extra=True),
    Column("state_since", N_("Stand seit"), Kind.DATE, 11, extra=True),
    Column("missing", N_("Offene Angaben"), Kind.NUMBER, 8, extra=True),
)

STATES: Final = frozenset(state.key for state in PIPELINE)
_STATE, _WAIT, _ANSWER = N_("Stand"), N_("Wartezeit"), N_("Antwort der Schulaufsicht")


def spec(today: Callable[[], date]) -> ListSpec:
    """The list as it is on the day that ``today`` says."""

    def waiting(days: int) -> Callable[[PlacementRow], bool]:
        return lambda row: row.waiting_days >= days

    def unanswered(days: int) -> Callable[[PlacementRow], bool]:
        return lambda row: row.state == SENT and (today() - row.state_since).days >= days

    def standing(key: str) -> Callable[[PlacementRow], bool]:
        return lambda row: row.state == key

    conditions = (
        *(Condition(state.key, state.word, _STATE, standing(state.key)) for state in PIPELINE),
        Condition("waiting_14", N_("wartet seit 14 Tagen"), _WAIT, waiting(14)),
        Condition("waiting_30", N_("wartet seit 30 Tagen"), _WAIT, waiting(30)),
        Condition("waiting_60", N_("wartet seit 60 Tagen"), _WAIT, waiting(60)),
        Condition("unanswered_14", N_("ohne Antwort seit 14 Tagen"), _ANSWER, unanswered(14)),
        Condition("unanswered_30", N_("ohne Antwort seit 30 Tagen"), _ANSWER, unanswered(30)),
    )
    values = {
        "name": name_words,
        "state": lambda row: _(state_of(row).word),
        "answers": answers_words,
        "waiting": lambda row: row.waiting_days,
        "next_step": lambda row: state_of(row).next_step(row, today()),
    }
    return ListSpec("placements", N_("Schulplätze"), COLUMNS, conditions, values)
