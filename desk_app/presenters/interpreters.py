"""The people who interpret as behaviour: kept field by field, asked for by language, their sheets and calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from uuid import UUID

from desk_app.casework import (
    appointment_setup,
    appointments,
    calendar_files,
    deeds,
    double_booked,
    interpreter_sheets,
    interpreters,
)
from desk_app.casework.calendar_files import Exported, ReadIn, Whose
from desk_app.casework.interpreter_sheets import Period
from desk_app.casework.interpreters import Interpreter, InterpreterLine, Spoken
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Kind
from desk_app.domain.opening_reading import show_rules
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.runner import Runner

if TYPE_CHECKING:
    from desk_app.casework.deeds import DeedLine, Undone
    from desk_app.casework.desk import Work
    from desk_app.casework.preview import PagePicture

T = TypeVar("T")

COLUMNS: Final = (
    Column("name", N_("Name"), Kind.STRONG, 22),
    Column("languages", N_("Sprachen"), width=24),
    Column("times", N_("Zeiten"), width=22),
    Column("kind", N_("Art"), width=12),
    Column("phone", N_("Telefon"), width=14),
    Column("minutes", N_("Minuten"), width=11),
)
_NOT_PEOPLE: Final = frozenset({"none", "family"})
"""Ways of interpreting for which nobody has to be found."""
_OURS: Final = ("interpreter.", "calendar.")


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """One row as it reads. ``busy`` is how many times of their own calendar are known."""

    line: InterpreterLine
    name: str
    languages: str
    times: str
    kind: str
    phone: str
    minutes: str
    busy: int

    @property
    def person(self) -> Interpreter:
        return self.line.person

    @property
    def spoken(self) -> str:
        minutes = _("{minutes} Minuten in diesem Monat").format(minutes=self.minutes)
        parts = (self.name, self.languages, self.times, self.kind, self.phone, minutes)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A desk with how many times of its calendar are known."""

    seat: UUID
    name: str
    busy: int


class InterpretersView(Protocol):
    """``undo`` says whether what was done can be taken back; ``show_busy`` with ``None`` that nothing is read."""

    def show_people(self, rows: tuple[InterpreterRow, ...], desks: tuple[CalendarRow, ...]) -> None: ...

    def show_result(self, words: str, *, undo: bool, tone: str = "ok") -> None: ...

    def show_busy(self, job: ImportJob | None) -> None: ...


class InterpretersPresenter:
    """Reads everybody after each change; a centre knows some dozens."""

    def __init__(self, view: InterpretersView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self.with_retired = False

    def load(self) -> None:
        """Read who is here."""
        retired = self.with_retired

        def read(work: Work) -> tuple[tuple[InterpreterRow, ...], tuple[CalendarRow, ...]]:
            busy = calendar_files.busy_counts(work)
            rows = tuple(_row(line, busy.get(line.person.id, 0)) for line in interpreters.of_all(work, retired=retired))
            desks = appointment_setup.read(work).desks()
            return rows, tuple(CalendarRow(seat.id, seat.name, busy.get(seat.id, 0)) for seat in desks)

        self._runner.run(read, lambda found: self._view.show_people(*found), self._failed)

    def keep(self, person: Interpreter) -> None:
        """Keep what was answered about somebody."""
        self._do(lambda work: interpreters.keep(work, person), "", undo=False)

    def retire(self, row: InterpreterRow) -> None:
        """Somebody stops; what they are booked for stands."""
        words = _("{name} steht nicht mehr zur Wahl. Gebuchte Termine bleiben.").format(name=row.name)
        self._do_and_look(lambda work: interpreters.retire(work, row.person.id), lambda _deed: words)

    def restore(self, row: InterpreterRow) -> None:
        words = _("{name} ist wieder dabei.").format(name=row.name)
        self._do(lambda work: interpreters.restore(work, row.person.id), words)

    def block(self, interpreter: UUID, household: UUID, words: str) -> None:
        self._do_and_look(
            lambda work: interpreters.block(work, interpreter, household, words), lambda _none: "", undo=False
        )

    def unblock(self, interpreter: UUID, household: UUID) -> None:
        words = _("Die Sperre für die Familie ist aufgehoben.")
        self._do(lambda work: interpreters.unblock(work, interpreter, household), words)

    def undo(self) -> None:
        """Strg+Z: take back the newest step of this user, where it was about interpreters or calendars."""

        def newest(work: Work) -> Undone | None:
            line: DeedLine | None = deeds.newest(work)
            return double_booked.undo(work, line.id) if line is not None and line.kind.startswith(_OURS) else None

        def done(undone: Undone | None) -> None:
            nothing = _("Hier gibt es nichts, was Sie zurücknehmen können.")
            self._view.show_result(undone.told if undone else nothing, undo=False)
            self.load()

        self._runner.run(newest, done, self._failed)

    # --- calendars and sheets

    def export(self, whose: Whose, folder: Path) -> None:
        """Write a calendar into a folder."""
        self._do(lambda work: calendar_files.export(work, whose, folder), _exported_words, undo=False)

    def read_in(self, whose: Whose, path: Path, *, keep_others: bool = False) -> None:
        """Take over when somebody's own calendar has them busy."""
        job = ImportJob(_("Der Kalender wird gelesen"))

        def read(work: Work) -> tuple[ReadIn, str]:
            found = calendar_files.read_in(work, whose, path, keep_others=keep_others, progress=job.told)
            return found, _unfitting(work)

        def done(found: tuple[ReadIn, str]) -> None:
            self._view.show_busy(None)
            told = f"{_read_words(found[0])} {found[1]}".strip()
            self._view.show_result(told, undo=True, tone="warn" if found[0].unclear or found[1] else "ok")
            self.load()

        def failed(error: WorldError) -> None:
            self._view.show_busy(None)
            self._failed(error)

        self._view.show_busy(job)
        self._runner.run(read, done, failed)

    def forget(self, whose: Whose) -> None:
        words = _("Die belegten Zeiten aus dem Kalender sind entfernt.")
        self._do(lambda work: calendar_files.forget(work, whose), words)

    def save_sheet(self, period: Period, folder: Path) -> None:
        """Write somebody's sheet into a folder."""

        def told(path: Path) -> str:
            return _("Gespeichert: {name}").format(name=path.name)

        self._do(lambda work: interpreter_sheets.save(work, period, folder), told, undo=False)

    def print_sheet(self, period: Period, put: Callable[[Sequence[PagePicture]], None]) -> None:
        """Have somebody's sheet put on paper."""
        self._runner.run(lambda work: interpreter_sheets.to_print(work, period), put, self._failed)

    def _do(self, deed: Callable[[Work], T], words: str | Callable[[T], str], *, undo: bool = True) -> None:
        def done(result: T) -> None:
            self._view.show_result(words(result) if callable(words) else words, undo=undo)
            self.load()

        self._runner.run(deed, done, self._failed)

    def _do_and_look(self, deed: Callable[[Work], T], words: Callable[[T], str], *, undo: bool = True) -> None:
        """The same for what booked appointments may not fit any more: how many is said as well."""

        def done(result: tuple[T, str]) -> None:
            told = f"{words(result[0])} {result[1]}".strip()
            self._view.show_result(told, undo=undo, tone="warn" if result[1] else "ok")
            self.load()

        self._runner.run(lambda work: (deed(work), _unfitting(work)), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_result(error.message, undo=False, tone="bad")


# --- how it reads


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of people who interpret."""
    return [(code.key, code.label) for code in code_list("interpreter_kinds").entries if code.key not in _NOT_PEOPLE]


def languages_of(person: Interpreter) -> tuple[str, ...]:
    """The keys of the languages of somebody, each once."""
    return tuple(dict.fromkeys(each.language for each in person.languages))


def dialects_of(person: Interpreter, language: str) -> str:
    """The dialects of one language as they are typed: "Levantinisch, Irakisch"."""
    return ", ".join(each.dialect for each in person.languages if each.language == language and each.dialect)


def with_languages(person: Interpreter, languages: Iterable[str]) -> Interpreter:
    """The person with these languages; dialects of those that stay, stay."""
    spoken = [
        each
        for language in languages
        for each in ([one for one in person.languages if one.language == language] or [Spoken(language)])
    ]
    return replace(person, languages=tuple(spoken))


def with_dialects(person: Interpreter, language: str, typed: str) -> Interpreter:
    """The person with these dialects of one language, parted by commas."""
    dialects = [words for part in typed.split(",") if (words := " ".join(part.split()))]
    spoken = [Spoken(language, dialect) for dialect in dict.fromkeys(dialects)] or [Spoken(language)]
    others = [each for each in person.languages if each.language != language]
    return replace(person, languages=(*others, *spoken))


def read_minutes(typed: str) -> int:
    """ "600" or "10 h" as minutes. Raises ValueError with a German sentence."""
    words = typed.casefold().replace("stunden", "h").replace("std.", "h").replace("std", "h")
    words = words.replace("minuten", "").replace("min", "").strip(" .")
    hours = words.removesuffix("h").strip() if words.endswith("h") else ""
    if hours.isdecimal():
        return int(hours) * 60
    if not words.isdecimal():
        raise ValueError(_("Bitte eine Zahl, zum Beispiel 600 oder 10 h"))
    return int(words)


def load_words(row: InterpreterRow) -> str:
    """ "In diesem Monat 150 von 600 Minuten gebucht, 90 davon schon gehalten."."""
    load, agreed = row.line.load, row.person.minutes_per_month
    if agreed:
        words = _("In diesem Monat {booked} von {agreed} Minuten gebucht, {kept} davon schon gehalten.")
    else:
        words = _("In diesem Monat {booked} Minuten gebucht, {kept} davon schon gehalten.")
    return words.format(booked=load.booked, agreed=agreed, kept=load.kept)


def busy_words(count: int) -> str:
    if not count:
        return _("Aus dem eigenen Kalender ist nichts bekannt.")
    words = ngettext(
        "{n} belegte Zeit aus dem eigenen Kalender.", "{n} belegte Zeiten aus dem eigenen Kalender.", count
    )
    return words.format(n=count)


def _row(line: InterpreterLine, busy: int) -> InterpreterRow:
    person = line.person
    known = code_list("languages")
    spoken = []
    for language in languages_of(person):
        dialects = dialects_of(person, language)
        spoken.append(f"{known.label(language)} ({dialects})" if dialects else known.label(language))
    booked = line.load.booked
    agreed = person.minutes_per_month
    return InterpreterRow(
        line=line,
        name=person.name or _("ohne Namen"),
        languages=", ".join(spoken),
        times=_("steht nicht zur Wahl") if person.retired else show_rules(person.times) or _("nach Absprache"),
        kind=code_list("interpreter_kinds").label(person.kind),
        phone=person.phone,
        minutes=_("{booked} von {agreed}").format(booked=booked, agreed=agreed) if agreed else str(booked),
        busy=busy,
    )


def _unfitting(work: Work) -> str:
    """ "2 gebuchte Termine passen nicht mehr dazu …"; empty where all fit."""
    count = sum(each.why in appointments.OF_PEOPLE for each in appointments.conflicts(work))
    if not count:
        return ""
    words = ngettext(
        "{n} gebuchter Termin passt nicht mehr dazu; er steht unter Einstellungen, Termine.",
        "{n} gebuchte Termine passen nicht mehr dazu; sie stehen unter Einstellungen, Termine.",
        count,
    )
    return words.format(n=count)


def _exported_words(made: Exported) -> str:
    words = ngettext("Gespeichert: {name} mit {n} Termin", "Gespeichert: {name} mit {n} Terminen", made.dates)
    said = words.format(name=made.path.name, n=made.dates)
    if made.called_off:
        off = ngettext("{n} abgesagt", "{n} abgesagt", made.called_off).format(n=made.called_off)
        said = f"{said}, {off}"
    return _("{said}. Im Kalender einlesen; was schon da ist, wird ersetzt.").format(said=said)


def _read_words(found: ReadIn) -> str:
    words = ngettext("{n} belegte Zeit übernommen.", "{n} belegte Zeiten übernommen.", found.times)
    said = words.format(n=found.times) if found.times else _("In den nächsten sechs Monaten ist nichts belegt.")
    if not found.unclear:
        return said
    look = ngettext("{n} Eintrag hatte keine lesbare Zeit.", "{n} Einträge hatten keine lesbare Zeit.", found.unclear)
    return f"{said} {look.format(n=found.unclear)}"
