"""Reads what an office answered about one child. What is not sure is said for a person to decide, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import parse_day, show_day
from desk_app.domain.list_reading_sheet import Cell, cell_text
from desk_app.domain.names import loose_form
from desk_app.i18n import N_, _

_FIRST_DAYS: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
"""Day 0 of the numbers a spreadsheet keeps for days (ECMA-376 part 1, 18.17.4.1)."""
_NEAR: Final = timedelta(days=800)
"""A school year and the next: a first day of school farther away is a slip."""
_ALIKE, _PERHAPS, _LEAD = 0.9, 0.6, 0.08
"""How alike two spellings of a school are: surely meant, worth proposing, and by how much the best has to lead."""
_PART: Final = 0.95
"""How alike a part of a school's name is to all of it."""
_OFFERED: Final = 3
_NO_STATE: Final = N_("Das Ergebnis fehlt.")


@dataclass(frozen=True, slots=True)
class Answer:
    """An office's answer: keys of states, support types and return reasons, a school's number, words as written."""

    state: str
    school: str = ""
    class_name: str = ""
    starts_on: date | None = None
    support: str = ""
    reason_code: str = ""
    remark: str = ""

    def words(self, schools: Mapping[str, str]) -> str:
        """ "zugewiesen: Musterschule, Klasse 5b, ab 01.12.2026"."""
        parts = (
            schools.get(self.school, self.school),
            _("Klasse {name}").format(name=self.class_name) if self.class_name else "",
            _("ab {day}").format(day=show_day(self.starts_on)) if self.starts_on else "",
            code_list("support_types").label(self.support),
            code_list("return_reasons").label(self.reason_code),
            self.remark,
        )
        told = ", ".join(part for part in parts if part)
        state = code_list("request_states").label(self.state)
        return f"{state}: {told}" if told else state


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of an answer as they stand in the list."""

    state: Cell = None
    school: Cell = None
    class_name: Cell = None
    starts_on: Cell = None
    support: Cell = None
    reason: Cell = None
    remark: Cell = None

    @property
    def empty(self) -> bool:
        return all(getattr(self, key) is None for key in self.__slots__)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell cannot be taken as it stands, or how it was understood; ``key`` is the field of ``Cells``."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """``answer`` has what could be read. With ``doubts`` a person has to decide; ``remarks`` only ask for a look."""

    answer: Answer
    doubts: tuple[Doubt, ...] = ()
    remarks: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What reading depends on: the states an office may answer, all schools (names by number), and the calendar."""

    today: date
    states: Sequence[str]
    assigned: str
    schools: Mapping[str, str]
    from_1904: bool = False


def read(cells: Cells, basis: Basis) -> AnswerRead:
    """The answer in these cells; a school alone means that the child was assigned to it."""
    doubts: list[Doubt] = []
    remarks: list[Doubt] = []

    def tell(key: str, cell: Cell, reading: Callable[[str], tuple[str, str]]) -> str:
        value, remark = reading(_text(cell)) if cell is not None else ("", "")
        if cell is not None and not value:
            doubts.append(Doubt(key, remark))
        elif remark:
            remarks.append(Doubt(key, remark))
        return value

    school = tell("school", cells.school, lambda words: find_school(words, basis.schools))
    state = tell("state", cells.state, lambda words: _state(words, basis.states))
    if cells.state is None:
        state = basis.assigned if cells.school is not None and cells.reason is None else ""
        if not state:
            doubts.insert(0, Doubt("state", _(_NO_STATE)))
    starts_on = None
    if cells.starts_on is not None:
        try:
            starts_on = read_day(cells.starts_on, basis)
        except ValueError as error:
            doubts.append(Doubt("starts_on", str(error)))
    answer = Answer(
        state=state,
        school=school,
        class_name=_text(cells.class_name),
        starts_on=starts_on,
        support=tell("support", cells.support, lambda words: _code("support_types", words)),
        reason_code=tell("reason", cells.reason, lambda words: _code("return_reasons", words)),
        remark=_text(cells.remark),
    )
    return AnswerRead(answer, tuple(doubts), tuple(remarks))


def read_day(cell: Cell, basis: Basis) -> date:
    """A day of the spreadsheet, its number, or one in words. Raises ValueError with a German sentence."""
    if isinstance(cell, date):
        day = cell
    elif isinstance(cell, float) and not isinstance(cell, bool) and 0 < cell < 100_000:
        day = _FIRST_DAYS[basis.from_1904] + timedelta(days=int(cell))
    else:
        try:
            day = parse_day(_text(cell), basis.today)
        except ValueError as error:
            raise ValueError(_("„{words}“: {why}").format(words=_text(cell), why=error)) from None
    if abs(day - basis.today) > _NEAR:
        raise ValueError(_("Der {day} liegt zu weit weg.").format(day=show_day(day)))
    return day


def find_school(words: str, schools: Mapping[str, str]) -> tuple[str, str]:
    """The number of the school that is meant, and a sentence where it was not written in full.

    Without a number the sentence says why none was taken, with the schools it may be.
    """
    before, _bracket, number = words.strip().rstrip(")").rpartition("(")
    if number.strip() in schools and not before.strip():
        return number.strip(), ""
    if number.strip() in schools:
        return _named(before, number.strip(), schools)
    wanted = _words(words)
    exact = [each for each, name in schools.items() if _words(name) == wanted]
    if len(exact) == 1:
        return exact[0], ""
    if len(exact) > 1:
        return "", _("„{words}“: mehrere Schulen heißen so.").format(words=words)
    ranked = sorted(((_likeness(wanted, name), each) for each, name in schools.items()), reverse=True)[: _OFFERED + 1]
    likely = [(likeness, each) for likeness, each in ranked if likeness >= _PERHAPS]
    if likely and likely[0][0] >= _ALIKE and (len(likely) == 1 or likely[0][0] - likely[1][0] >= _LEAD):
        name = schools[likely[0][1]]
        return likely[0][1], _("„{words}“ ist als {name} gelesen.").format(words=words, name=name)
    if not likely:
        return "", _("„{words}“ steht nicht im Schulverzeichnis.").format(words=words)
    names = _(" oder ").join(schools[each] for _likeness_, each in likely[:_OFFERED])
    return "", _("„{words}“ steht nicht im Schulverzeichnis. Gemeint sein kann {names}.").format(
        words=words, names=names
    )


def proposals(words: str, schools: Mapping[str, str]) -> tuple[str, ...]:
    """The numbers of the schools that come nearest to what was written, the nearest first."""
    wanted = _words(words)
    ranked = sorted(((_likeness(wanted, name), each) for each, name in schools.items()), reverse=True)
    return tuple(each for likeness, each in ranked[:_OFFERED] if likeness >= _PERHAPS)


def _named(name: str, number: str, schools: Mapping[str, str]) -> tuple[str, str]:
    """A name with its number behind: both have to mean one school."""
    known = schools[number]
    if _likeness(name, known) >= _ALIKE:
        return number, ""
    return "", _("Die Nummer {number} gehört zu {known}, in der Liste steht {name}.").format(
        number=number, known=known, name=name.strip()
    )


@lru_cache(maxsize=20_000)
def _likeness(wanted: str, name: str) -> float:
    known = _words(name)
    wanted = _words(wanted)
    if not wanted or not known:
        return 0.0
    whole = SequenceMatcher(None, wanted, known, autojunk=False).ratio()
    # "Luisenschule" leaves out what kind of school it is; where two are called so, neither leads
    part = _PART if len(wanted) >= 5 and f" {wanted} " in f" {known} " else 0.0
    return max(whole, part)


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", loose_form(text)))


def _state(words: str, states: Sequence[str]) -> tuple[str, str]:
    codes = code_list("request_states")
    wanted = loose_form(words)
    labels = {state: loose_form(codes.label(state)) for state in states}
    exact = [state for state, label in labels.items() if wanted in (label, state)]
    if exact:
        return exact[0], ""
    begun = [state for state, label in labels.items() if len(wanted) >= 4 and label.startswith(wanted)]
    if len(begun) == 1:
        label = codes.label(begun[0])
        return begun[0], _("„{words}“ ist als {label} gelesen.").format(words=words, label=label)
    return "", _("„{words}“ ist kein Ergebnis, das Trittstein kennt.").format(words=words)


def _code(name: str, words: str) -> tuple[str, str]:
    wanted = loose_form(words)
    for code in code_list(name).entries:
        if wanted in {loose_form(each) for each in (code.label, code.key, *code.terms)}:
            return code.key, ""
    title = code_list(name).title
    return "", _("„{words}“ steht nicht in der Liste „{title}“.").format(words=words, title=title)


def _text(cell: Cell) -> str:
    return " ".join(cell_text(cell).split())
