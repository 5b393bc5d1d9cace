"""The directory of schools as behaviour: edited in place, filled from tables, every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from desk_app.casework import address_points, schools
from desk_app.casework.address_points import Points
from desk_app.casework.desk import Work
from desk_app.casework.schools import Imported, ListedSchool
from desk_app.domain import contact
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.domain.lists import Column, Kind, Narrowing
from desk_app.domain.names import loose_form
from desk_app.domain.schools import RowProblem, School
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.import_job import ImportJob
from desk_app.presenters.lists import ListSpec
from desk_app.presenters.readings import Reading
from desk_app.presenters.runner import Runner

_PROVIDERS = {"public": N_("öffentlich"), "private": N_("privat")}
_DIGITS = 6
_PLACE = frozenset({"street", "postal_code", "city"})


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One row of the directory as it reads."""

    school: School
    number: str
    form: str
    name: str
    street: str
    postal_code: str
    district: str
    all_day: str
    heritage: str
    source: str
    as_of: str

    @property
    def spoken(self) -> str:
        ogs = _("offener Ganztag: {answer}").format(answer=self.all_day) if self.all_day else ""
        stand = _("Stand {day}").format(day=self.as_of) if self.as_of else ""
        place = f"{self.street}, {self.postal_code}".strip(", ")
        hsu = _("HSU {languages}").format(languages=self.heritage) if self.heritage else ""
        parts = (self.name, self.form, self.number, place, self.district, ogs, hsu, self.source, stand)
        return ", ".join(part for part in parts if part)


SPEC: Final = ListSpec(
    "schools",
    N_("Schulverzeichnis"),
    (
        Column("number", N_("Nummer"), Kind.CODE, 8),
        Column("name", N_("Name"), Kind.STRONG, 38),
        Column("form", N_("Schulform"), width=17),
        Column("street", N_("Straße"), width=20),
        Column("postal_code", N_("PLZ"), Kind.CODE, 6),
        Column("district", N_("Stadtteil"), width=12),
        Column("all_day", N_("OGS"), width=5),
        Column("heritage", N_("HSU"), width=14),
        Column("source", N_("Quelle"), width=20),
        Column("as_of", N_("Stand"), width=11, extra=True),
    ),
    filtered=False,
)


class SchoolsView(Protocol):
    """``chosen`` is the number of the school to put the keyboard on, empty to leave it; ``show_houses`` says how many
    houses are known, ``show_busy`` with ``None`` that nothing is being read in any more."""

    def show_schools(self, lines: tuple[SchoolLine, ...], chosen: str) -> None: ...

    def show_result(self, words: str, problems: tuple[RowProblem, ...], *, undo: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_houses(self, words: str) -> None: ...

    def show_busy(self, job: ImportJob | None) -> None: ...


@dataclass(frozen=True)
class _Back:
    deed: Callable[[Work], object]
    number: str


class SchoolsPresenter:
    """Reads the whole directory after each change; a city has some dozens of schools, not thousands."""

    def __init__(self, view: SchoolsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._undo: list[_Back] = []
        self.shown_rows: tuple[SchoolLine, ...] = ()

    # --- as a list that can be taken out

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing()

    def narrow(self, narrowing: Narrowing) -> None:
        """Nothing: all schools are shown."""

    @property
    def everybody(self) -> int:
        return len(self.shown_rows)

    # --- what can be done

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def load(self, chosen: str = "") -> None:
        """Read the directory."""

        def read(work: Work) -> tuple[tuple[ListedSchool, ...], int]:
            return schools.listing(work), address_points.kept(work)

        def done(found: tuple[tuple[ListedSchool, ...], int]) -> None:
            self.shown_rows = tuple(_line(item) for item in found[0])
            self._view.show_schools(self.shown_rows, chosen)
            self._view.show_houses(houses_words(found[1]))

        self._runner.run(read, done, self._failed)

    def edit(self, before: School, after: School) -> None:
        """Keep an answer about a school that is already in the directory."""
        if before != after:
            back = _Back(lambda work: schools.save(work, before), before.number)
            self._run(lambda work: schools.save(work, after), after.number, back)

    def add(self, school: School) -> None:
        """Put a new school into the directory."""
        back = _Back(lambda work: schools.remove(work, school.number), "")
        self._run(lambda work: schools.save(work, school), school.number, back)

    def remove(self, school: School) -> None:
        """Take a school out; what named it keeps its number."""
        back = _Back(lambda work: schools.restore(work, school.number), school.number)
        words = _("„{name}“ ist aus dem Verzeichnis genommen. Anfragen, die sie nennen, behalten sie.")
        self._run(lambda work: schools.remove(work, school.number), "", back, words.format(name=school.name))

    def undo(self) -> None:
        """Take the newest change back."""
        if self._undo:
            back = self._undo.pop()
            self._run(back.deed, back.number, None, _("Die letzte Änderung ist zurückgenommen."))

    def import_table(self, path: Path) -> None:
        """Take over a table; schools it does not name stay."""

        def done(found: Imported) -> None:
            self._undo.clear()  # a whole table is not taken back by taking back one school
            self._view.show_result(import_words(found), found.problems, undo=False)
            self.load()

        self._runner.run(lambda work: schools.import_table(work, path), done, self._failed)

    def import_houses(self, path: Path) -> None:
        """Take over the list of house coordinates; it stands instead of the one before."""
        job = ImportJob(_("Die Hauskoordinaten werden gelesen"))

        def done(found: Points) -> None:
            self._view.show_busy(None)
            words = ngettext("{n} Haus übernommen.", "{n} Häuser übernommen.", found.houses)
            self._view.show_result(words.format(n=thousands(found.houses)), (), undo=False)
            self.load()

        def failed(error: WorldError) -> None:
            self._view.show_busy(None)
            self._failed(error)

        self._view.show_busy(job)
        self._runner.run(lambda work: address_points.import_list(work, path, job.told), done, failed)

    def _run(self, deed: Callable[[Work], object], chosen: str, back: _Back | None, words: str = "") -> None:
        def done(_result: object) -> None:
            if back is not None:
                self._undo.append(back)
            self._view.show_result(words, (), undo=back is not None)
            self.load(chosen)

        self._runner.run(deed, done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def import_words(found: Imported) -> str:
    """ "12 Schulen neu, 3 geändert. Zwei Zeilen brauchen einen Blick."."""
    new = ngettext("{n} Schule neu", "{n} Schulen neu", found.added).format(n=found.added)
    words = _("{new}, {changed} geändert.").format(new=new, changed=found.changed)
    if not found.added and not found.changed:
        words = _("Die Tabelle ist gelesen: Es war schon alles so eingetragen.")
    if not found.problems:
        return words
    count = len(found.problems)
    look = ngettext("{n} Zeile bitte ansehen:", "{n} Zeilen bitte ansehen:", count).format(n=count)
    return f"{words} {look}"


def houses_words(count: int) -> str:
    """How many houses are known, or what is not told without them."""
    if not count:
        return _("Entfernungen kennt Trittstein erst, wenn die Hauskoordinaten eingelesen sind.")
    words = ngettext(
        "Von {n} Haus sind die Koordinaten bekannt.", "Von {n} Häusern sind die Koordinaten bekannt.", count
    )
    return words.format(n=thousands(count))


def thousands(count: int) -> str:
    """ "38.212"."""
    return f"{count:,}".replace(",", ".")


def with_school_answer(school: School, key: str, value: object) -> School:
    """The school with one answer changed; a new address makes the known coordinates wrong, so they go."""
    kept = value if key == "all_day" else " ".join(value) if isinstance(value, tuple) else value or ""
    changed = replace(school, **{key: kept})  # type: ignore[arg-type]  # the form only has fields of a school
    return replace(changed, easting=None, northing=None) if key in _PLACE and changed != school else changed


def is_complete(school: School) -> bool:
    """Whether there is enough to keep a new school: number and name."""
    return bool(school.number and school.name)


def reading_of_school(key: str) -> Reading | None:
    """How a typed answer about a school is read; None where it is the plain text."""
    if key == "number":
        return Reading(_read_number)
    if key == "postal_code":
        return Reading(contact.tidy, str, contact.check_postal_code)
    if key == "district":
        districts = code_list("districts")
        return Reading(lambda words: _key_of({code.key: code.label for code in districts.entries}, words),
                       districts.label)  # fmt: skip
    if key == "provider":
        labels = {name: _(label) for name, label in _PROVIDERS.items()}
        return Reading(lambda words: _key_of(labels, words), lambda name: labels.get(name, name))
    return None


def _read_number(words: str) -> str:
    number = words.replace(" ", "")
    if not (number.isascii() and number.isdecimal() and len(number) == _DIGITS):
        raise ValueError(_("Die Schulnummer hat sechs Ziffern, zum Beispiel 103780"))
    return number


def _key_of(labels: dict[str, str], words: str) -> str:
    """The key of a label whatever its case, else the words as typed."""
    wanted = loose_form(words)
    return next((key for key, label in labels.items() if loose_form(label) == wanted), contact.tidy(words))


def _line(listed: ListedSchool) -> SchoolLine:
    school = listed.school
    return SchoolLine(
        school=school,
        number=school.number,
        form=code_list("school_forms").label(school.form),
        name=school.name,
        street=school.street,
        postal_code=school.postal_code,
        district=code_list("districts").label(school.district),
        all_day={True: _("ja"), False: _("nein")}.get(school.all_day, "") if school.all_day is not None else "",
        heritage=", ".join(code_list("languages").label(key) for key in school.heritage.split()),
        source=listed.source,
        as_of=show_day(listed.as_of) if listed.as_of else "",
    )
