"""The form inside the Excel list in which an office answers: its columns, its choices, and how it is known again.

This is the one place that writing and reading agree on. In the workbook,

- the sheet ``SHEET`` holds one row for each child. A hidden row right above the headings has the keys of all columns
  (``request_list.COLUMNS``), so that the headings may be reworded and the columns moved;
- the answers are the columns ``ANSWERS``, the only cells that are not locked;
- ``NUMBER`` and ``CODE`` are visible; ``REQUEST`` (the id of the request) and ``SHIPMENT`` (the number of the
  shipment) stand in hidden columns of every row, so that rows copied together from several lists still can be told
  apart. ``domain.check_codes.agrees`` says whether number, shipment, child and code belong together;
- the hidden sheet ``CHOICES_SHEET`` has ``MARKER`` below the word "marker" in its first column.

A later form gets a marker of its own; keys keep their meaning for ever, since lists come back after months.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from desk_app.casework.placements import ASSIGNED, DECLINED, QUERY, WAITING_LIST
from desk_app.domain.code_lists import code_list
from desk_app.domain.lists import Column, Kind
from desk_app.i18n import N_

MARKER: Final = "trittstein.answers.1"
SHEET: Final = N_("Anfragen")
CHOICES_SHEET: Final = N_("Auswahl")

NUMBER, CODE, REQUEST, SHIPMENT = "number", "code", "request_id", "shipment"
STATE, SCHOOL, CLASS_NAME, STARTS_ON = "answer_state", "school", "class_name", "starts_on"
SUPPORT, REASON, REMARK = "answer_support", "answer_reason", "answer_remark"

STATES: Final = (ASSIGNED, QUERY, WAITING_LIST, DECLINED)
"""What an office can answer, in the order of the choices."""

GROUP: Final = N_("Rückmeldung")
_COLUMNS: Final = (
    Column(STATE, N_("Ergebnis"), Kind.ANSWER, 11, group=GROUP),
    Column(SCHOOL, N_("Schule"), Kind.ANSWER, 20, group=GROUP),
    Column(CLASS_NAME, N_("Klasse"), Kind.ANSWER, 8, group=GROUP),
    Column(STARTS_ON, N_("ab"), Kind.ANSWER, 10, group=GROUP, expects=Kind.DATE),
    Column(SUPPORT, N_("Förderung"), Kind.ANSWER, 16, group=GROUP),
    Column(REASON, N_("Grund"), Kind.ANSWER, 16, group=GROUP),
    Column(REMARK, N_("Bemerkung"), Kind.ANSWER, 18, group=GROUP),
)
ANSWERS: Final = tuple(column.key for column in _COLUMNS)
_NUMBER_AT_THE_END: Final = re.compile(r"\(([0-9A-Za-z]+)\)\s*$")


def columns(schools: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """The columns for answers with their choices; ``schools`` are names by number."""
    choices = {
        STATE: tuple(code_list("request_states").label(state) for state in STATES),
        SCHOOL: tuple(sorted(school_text(number, name) for number, name in (schools or {}).items())),
        SUPPORT: _labels("support_types"),
        REASON: _labels("return_reasons"),
    }
    return tuple(replace(column, choices=choices.get(column.key, ())) for column in _COLUMNS)


def school_text(number: str, name: str) -> str:
    """A school as the choices have it: "Musterschule (123456)"."""
    return f"{name} ({number})"


def school_number(text: str, schools: Mapping[str, str]) -> str:
    """The number of the school that was chosen or typed, by number or by its very name; empty for an unknown one."""
    found = _NUMBER_AT_THE_END.search(text)
    typed = found[1] if found else text.strip()
    if typed in schools:
        return typed
    named = [number for number, name in schools.items() if name.casefold() == text.strip().casefold()]
    return named[0] if len(named) == 1 else ""


def state_of(text: str) -> str:
    """The state that was chosen; empty for anything else."""
    return _key_of("request_states", text, STATES)


def support_of(text: str) -> str:
    return _key_of("support_types", text)


def reason_of(text: str) -> str:
    """The key of the list of return reasons; empty for anything else."""
    return _key_of("return_reasons", text)


def _labels(name: str) -> tuple[str, ...]:
    return tuple(code.label for code in code_list(name).entries)


def _key_of(name: str, text: str, among: Sequence[str] = ()) -> str:
    wanted = " ".join(text.split()).casefold()
    keys = (code.key for code in code_list(name).entries if code.label.casefold() == wanted)
    return next((key for key in keys if not among or key in among), "")
