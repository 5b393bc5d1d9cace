"""What the paper of one school placement request says, ready to print: every text and nothing else.

The sheet is put together from the family's file when a request is shown, printed or sent, and already follows the
rules for leaving the house: where an address is protected, the sheet holds the replacing words and no address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Fact:
    """A short heading and what is known, such as "Deutsch" and "A0, keine"; ``key`` names it in the ledger."""

    label: str
    value: str
    key: str = ""


class BandKind(StrEnum):
    """What a stretch of the school biography was."""

    ABROAD = "abroad"
    GERMANY = "germany"
    GAP = "gap"


@dataclass(frozen=True)
class SchoolBand:
    """A stretch of the band of school years: `start` 2019 is the school year 2019/20, `years` may be a half."""

    label: str
    detail: str
    start: int
    years: float
    kind: BandKind


@dataclass(frozen=True)
class SchoolRow:
    """One row of the table of schools attended, in the order of its columns."""

    years: str
    country: str
    school: str
    grade: str
    remark: str


@dataclass(frozen=True)
class SeenDocument:
    """A document, whether it has been seen (ticked) and how, such as "Original gesehen"."""

    label: str
    note: str
    seen: bool


@dataclass(frozen=True)
class AnswerBox:
    """The frame in which the recipient answers: heading, way of return, and what can be ticked."""

    title: str
    hint: str
    choices: tuple[str, ...]
    callback: str


@dataclass(frozen=True)
class RequestSheet:
    """One request on paper.

    `facts` are the up to six things read at a glance. `purpose` and `consent` are the sentences of the footer
    (purpose limitation, GDPR article 5(1)(b), and the consent it rests on). `created_at` also dates the file, so
    the same sheet always gives the same bytes. `demo` prints that all persons are invented. `change` says what is
    not as it was sent before, where it was.
    """

    number: str
    subtitle: str
    centre_name: str
    centre_place: str
    sender: str
    recipient: tuple[str, ...]
    info: tuple[Fact, ...]
    child_name: str
    native_name: str
    birth: str
    facts: tuple[Fact, ...]
    family: tuple[Fact, ...]
    learning: tuple[Fact, ...]
    bands: tuple[SchoolBand, ...]
    schools: tuple[SchoolRow, ...]
    documents: tuple[SeenDocument, ...]
    assessment: str
    answer: AnswerBox
    purpose: str
    consent: str
    created_at: datetime
    demo: bool = False
    change: str = ""
