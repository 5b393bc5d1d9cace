"""Writing pupils in the form a school program reads, and naming all that this form cannot hold.

The rules are those of SchILD-NRW's text interface: no separator and no line break in a value, no `#` in a name (it
would begin a class), most lengths limited, a pupil known by family name, given name and birth date alone, so that two
with the same three would become one. Nothing is dropped in silence: every letter, every cut and every pupil left out
comes back as a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desk_app.domain.ansi import in_windows_1252
from desk_app.domain.names import clean_name, code_point, letters_of
from desk_app.domain.school_columns import IDENTITY, About, Form, SchoolColumn, SchoolFile, school_files
from desk_app.i18n import N_, _

_EXACT = frozenset({"phone", "email", "email_1", "email_2", "number"})
"""Values that are worth nothing with a letter missing or changed: written whole or not at all."""
_NO_ROOM = {"|": "/"}
_NO_ROOM_IN_NAMES = {"|": " ", "#": " "}
_TWICE = N_("Zwei Kinder haben hier denselben Namen und dasselbe Geburtsdatum. Die Schule bekäme nur eines von beiden.")


class LossKind(StrEnum):
    """What became of a value."""

    LETTER = "letter"
    CUT = "cut"
    BLANK = "blank"
    """Known, but not written."""
    OPEN = "open"
    """Not known for certain, so left to the school."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a set does not say as the family's file does; names the child by the number of its request alone."""

    number: str
    kind: LossKind
    column: str
    says: str
    form: Form | None = None
    """The form it holds for; None: for all of them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A child that is not in a form (None: in none of them), and the German sentence why."""

    request: UUID
    number: str
    reason: str
    form: Form | None = None


@dataclass(frozen=True)
class Pupil:
    """What may be told about one child, as texts by key; rows hold what is told of guardians and phone numbers."""

    request: UUID
    number: str
    values: Mapping[str, str]
    guardians: tuple[Mapping[str, str], ...] = ()
    phones: tuple[Mapping[str, str], ...] = ()
    losses: tuple[Loss, ...] = ()
    """What is left blank or open in every form."""
    refused: Mapping[Form, str] = field(default_factory=dict)
    """Forms that cannot express the child, with the reason."""


@dataclass(frozen=True)
class Expressed:
    """One form of a set: the rows of each file, and what got lost on the way."""

    form: Form
    rows: Mapping[str, tuple[tuple[str, ...], ...]]
    """By name of the file."""
    pupils: tuple[UUID, ...]
    losses: tuple[Loss, ...]
    left_out: tuple[LeftOut, ...]


def express(pupils: Sequence[Pupil], form: Form) -> Expressed:
    """All that ``form`` can hold of ``pupils``."""
    left_out: list[LeftOut] = []
    writers = []
    for pupil in pupils:
        writer = _Writer(pupil, form)
        if reason := pupil.refused.get(form) or writer.refusal:
            left_out.append(LeftOut(pupil.request, pupil.number, reason, form))
        else:
            writers.append(writer)
    count = Counter(writer.identity for writer in writers)
    unique = [writer for writer in writers if count[writer.identity] == 1]
    left_out += [
        LeftOut(writer.pupil.request, writer.pupil.number, _(_TWICE), form)
        for writer in writers
        if count[writer.identity] > 1
    ]
    rows = {file.name: tuple(row for writer in unique for row in writer.rows(file)) for file in school_files(form)}
    losses = tuple(dict.fromkeys(loss for writer in unique for loss in writer.losses))
    return Expressed(form, rows, tuple(writer.pupil.request for writer in unique), losses, tuple(left_out))


class _Writer:
    """Writes one pupil's rows in one form."""

    def __init__(self, pupil: Pupil, form: Form) -> None:
        self.pupil = pupil
        self.losses: list[Loss] = []
        self.refusal = ""
        self._form = form
        columns = {column.key: column for column in school_files(form)[0].columns if column.key in IDENTITY}
        # once for all files: the three must be the same letter by letter in each
        self._identity = {key: self._text(columns[key], pupil.values.get(key, "")) for key in IDENTITY}
        missing = [columns[key].header for key in IDENTITY if not self._identity[key]]
        if missing:
            what = ", ".join(missing)
            self.refusal = _("{what} lässt sich in dieser Fassung nicht schreiben.").format(what=what)

    @property
    def identity(self) -> tuple[str, ...]:
        """How the school's program tells pupils apart; whether it minds capitals is not documented."""
        return tuple(self._identity[key].casefold() for key in IDENTITY)

    def rows(self, file: SchoolFile) -> Iterable[tuple[str, ...]]:
        """The pupil's rows of one file; a row without something required is left out and said."""
        for values in self._sources(file.about):
            cells = [self._cell(column, values) for column in file.columns]
            lacking = [
                column.header for column, cell in zip(file.columns, cells, strict=True) if column.required and not cell
            ]
            if lacking:
                says = _("Ohne {what} nimmt die Schule die Zeile nicht an, sie fehlt.").format(what=", ".join(lacking))
                self._lose(LossKind.BLANK, file.name, says)
            else:
                yield tuple(cells)

    def _sources(self, about: About) -> tuple[Mapping[str, str], ...]:
        if about is About.PUPIL:
            return (self.pupil.values,)
        number = {"number": self.pupil.number}
        rows = self.pupil.guardians if about is About.GUARDIANS else self.pupil.phones
        return tuple({**number, **row} for row in rows)

    def _cell(self, column: SchoolColumn, values: Mapping[str, str]) -> str:
        if column.key in IDENTITY:
            return self._identity[column.key]
        return column.fixed or self._text(column, values.get(column.key, ""))

    def _text(self, column: SchoolColumn, value: str) -> str:
        """One value as the form holds it, empty where it cannot; letters before lengths, since ẞ becomes two."""
        text = clean_name(value, place=True).text
        if text and self._form is not Form.SVWS:
            text = self._without_separators(column, text)
        if text and self._form is Form.ANSI:
            text = self._in_ansi(column, text)
        if column.length is not None and len(text) > column.length:
            text = self._shortened(column, text, column.length)
        return text

    def _without_separators(self, column: SchoolColumn, text: str) -> str:
        table = _NO_ROOM_IN_NAMES if "name" in column.key else _NO_ROOM
        for sign, stand_in in table.items():
            if sign in text:
                text = " ".join(text.replace(sign, stand_in).split())
                self._lose_letter(column, sign, stand_in)
        return text

    def _in_ansi(self, column: SchoolColumn, text: str) -> str:
        written = in_windows_1252(text)
        if not written.swapped and not written.lost:
            return text
        if written.lost:
            letters = ", ".join(_("„{letter}“ ({point})").format(letter=x, point=code_point(x)) for x in written.lost)
            says = _("Für {letters} gibt es keinen Ersatz. Das Feld bleibt leer.").format(letters=letters)
            self._lose(LossKind.LETTER, column.header, says)
            return ""
        if column.key in _EXACT:
            says = _("Enthält Buchstaben, die ANSI nicht kennt, und wäre mit anderen falsch. Das Feld bleibt leer.")
            self._lose(LossKind.BLANK, column.header, says)
            return ""
        for letter, stand_in in written.swapped:
            self._lose_letter(column, letter, stand_in)
        return written.text

    def _shortened(self, column: SchoolColumn, text: str, length: int) -> str:
        if column.key in _EXACT:
            packed = "".join(text.split())
            if len(packed) <= length:
                return packed
            says = _("{long} Zeichen, Platz ist für {length}. Gekürzt wäre es falsch, das Feld bleibt leer.")
            self._lose(LossKind.BLANK, column.header, says.format(long=len(text), length=length))
            return ""
        kept = ""
        for letter in letters_of(text):
            if len(kept) + len(letter) > length:
                break
            kept += letter
        kept = kept.rstrip()
        says = _("Von {long} auf {length} Zeichen gekürzt.").format(long=len(text), length=len(kept))
        self._lose(LossKind.CUT, column.header, says)
        return kept

    def _lose_letter(self, column: SchoolColumn, letter: str, stand_in: str) -> None:
        shown = _("einem Leerzeichen") if stand_in == " " else _("„{letter}“").format(letter=stand_in)
        says = _("„{letter}“ ({point}) wurde zu {stand_in}.")
        text = says.format(letter=letter, point=code_point(letter), stand_in=shown)
        self._lose(LossKind.LETTER, column.header, text)

    def _lose(self, kind: LossKind, column: str, says: str) -> None:
        self.losses.append(Loss(self.pupil.number, kind, column, says, self._form))
