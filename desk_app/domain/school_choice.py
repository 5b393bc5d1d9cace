"""Which schools may suit a child, in an order with its reasons. A person decides; nothing is left out silently.

The order: where a brother or sister goes, what the family wishes, whether an open all-day place that is needed exists,
then how near (nearness is the main rule of placement; for a Grundschule § 46 (3) SchulG gives a claim to the nearest),
then how few have been placed there this school year. Each of these is told with the school.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desk_app.domain.address_points import Point
from desk_app.domain.code_lists import code_list
from desk_app.domain.schooling import SchoolStage
from desk_app.domain.schools import School, distance_m
from desk_app.i18n import _, ngettext

_ONLY_WHEN_RECOMMENDED: Final = frozenset({"08", "19", "83", "85", "87", "88"})
"""Special schools and the school of a clinic: proposed only where somebody recommends that form."""
_PRIMARY: Final = "02"
_FAR: Final = 10**6
_METRES: Final = 1000


@dataclass(frozen=True, slots=True)
class Home:
    """Where the child lives, as far as it is known. ``point`` is exact, the others only say whereabouts."""

    postal_code: str = ""
    district: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What speaks for a school. ``siblings`` are names by school number, ``heritage`` is a language."""

    stages: tuple[SchoolStage, ...] = ()
    grade: str = ""
    form: str = ""
    wishes: frozenset[str] = frozenset()
    siblings: Mapping[str, str] = field(default_factory=dict)
    all_day: bool = False
    heritage: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """How many children were placed at a school this school year, and how many of them in the child's grade."""

    all: int = 0
    in_grade: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a school (``good`` true), against it (false), or is just to be known (``None``)."""

    words: str
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school with why it stands where it stands; ``metres`` as the crow flies, where the home's place is known."""

    school: School
    metres: int | None
    reasons: tuple[Reason, ...]


def candidates(
    home: Home, wanted: Wanted, schools: Sequence[School], placed: Mapping[str, Placed]
) -> tuple[Candidate, ...]:
    """The schools of the stage and form looked for, what suits best first."""
    suiting = [school for school in schools if _suits(school, wanted)]
    claimed = _nearest(home, schools) if wanted.form == _PRIMARY or SchoolStage.PRIMARY in wanted.stages else ""
    nearest = Reason(_("nächstgelegene Grundschule"), good=True)
    return tuple(
        replace(each, reasons=(nearest, *each.reasons)) if each.school.number == claimed else each
        for each in _in_order(home, wanted, suiting, placed)
    )


def others(
    home: Home, wanted: Wanted, schools: Sequence[School], placed: Mapping[str, Placed]
) -> tuple[Candidate, ...]:
    """All other schools in the same order, each with that it is another kind of school than is looked for."""
    rest = [school for school in schools if not _suits(school, wanted)]
    words = _("andere Schulform als empfohlen") if wanted.form else _("andere Schulform als für die Stufe")
    against = Reason(words, good=False)
    return tuple(replace(each, reasons=(against, *each.reasons)) for each in _in_order(home, wanted, rest, placed))


def _in_order(
    home: Home, wanted: Wanted, schools: Iterable[School], placed: Mapping[str, Placed]
) -> tuple[Candidate, ...]:
    order = sorted(schools, key=lambda school: _rank(school, home, wanted, placed))
    return tuple(
        Candidate(school, _metres(home, school), tuple(_reasons(school, home, wanted, placed))) for school in order
    )


def _nearest(home: Home, schools: Iterable[School]) -> str:
    """The number of the public Grundschule nearest to the home, "" where that is not known."""
    public = [school for school in schools if school.form == _PRIMARY and school.provider != "private"]
    measured = [(metres, each.number) for each in public if (metres := _metres(home, each)) is not None]
    return min(measured, default=(0, ""))[1]


def _suits(school: School, wanted: Wanted) -> bool:
    if school.number in wanted.wishes or (school.number in wanted.siblings and _teaches(school, wanted.stages)):
        return True
    if wanted.form:
        return school.form == wanted.form
    return school.form not in _ONLY_WHEN_RECOMMENDED and _teaches(school, wanted.stages)


def _teaches(school: School, stages: Sequence[SchoolStage]) -> bool:
    """Whether the school has one of the stages; a brother at a Gesamtschule opens it to no child of the Grundschule."""
    code = code_list("school_forms").get(school.form)
    taught = code.extra["stages"].split() if code is not None else []
    return not stages or any(stage in taught for stage in stages)


def _rank(school: School, home: Home, wanted: Wanted, placed: Mapping[str, Placed]) -> tuple[object, ...]:
    metres = _metres(home, school)
    return (
        school.number not in wanted.siblings,
        school.number not in wanted.wishes,
        school.provider == "private",
        wanted.all_day and school.all_day is False,
        _FAR if metres is None else metres,
        _whereabouts(home, school),
        placed.get(school.number, Placed()).all,
        school.name,
    )


def _metres(home: Home, school: School) -> int | None:
    return distance_m(home.point, school) if home.point is not None else None


def _whereabouts(home: Home, school: School) -> int:
    if home.district and home.district == school.district:
        return 0
    if home.postal_code and home.postal_code == school.postal_code:
        return 1
    district = code_list("districts").get(home.district)
    near = district.extra["postal_codes"].split() if district is not None else []
    return 2 if school.postal_code and school.postal_code in near else 3


def _reasons(school: School, home: Home, wanted: Wanted, placed: Mapping[str, Placed]) -> Iterable[Reason]:
    if school.number in wanted.siblings:
        names = wanted.siblings[school.number]
        words = _("Geschwister dort: {names}").format(names=names) if names else _("Geschwister dort")
        yield Reason(words, good=True)
    if school.number in wanted.wishes:
        yield Reason(_("Wunsch der Familie"), good=True)
    yield _nearness(home, school)
    if wanted.all_day:
        yield {
            True: Reason(_("offener Ganztag"), good=True),
            False: Reason(_("kein offener Ganztag"), good=False),
            None: Reason(_("offener Ganztag: nicht hinterlegt")),
        }[school.all_day]
    if wanted.heritage:
        yield _heritage(school, wanted.heritage)
    if school.provider == "private":
        yield Reason(_("private Schule, nimmt selbst auf"))
    yield _load(placed.get(school.number, Placed()), wanted.grade)


def _nearness(home: Home, school: School) -> Reason:
    metres = _metres(home, school)
    if metres is not None:
        kilometres = f"{metres / _METRES:.1f}".replace(".", ",")
        return Reason(_("{km} km Luftlinie").format(km=kilometres))
    words = {
        0: _("im selben Ortsteil"),
        1: _("gleiche Postleitzahl"),
        2: _("Postleitzahl des Ortsteils"),
    }.get(_whereabouts(home, school))
    return Reason(words or _("Entfernung nicht bekannt"))


def _heritage(school: School, language: str) -> Reason:
    name = code_list("languages").label(language)
    if not school.heritage:
        return Reason(_("HSU {language}: nicht hinterlegt").format(language=name))
    if language in school.heritage.split():
        return Reason(_("HSU {language}").format(language=name), good=True)
    return Reason(_("kein HSU {language}").format(language=name), good=False)


def _load(placed: Placed, grade: str) -> Reason:
    if not placed.all:
        return Reason(_("dieses Schuljahr noch niemand zugewiesen"))
    words = ngettext(
        "{n} Kind dieses Schuljahr zugewiesen", "{n} Kinder dieses Schuljahr zugewiesen", placed.all
    ).format(n=placed.all)
    if grade and placed.in_grade:
        words += _(", davon {n} in Klasse {grade}").format(n=placed.in_grade, grade=grade)
    return Reason(words)
