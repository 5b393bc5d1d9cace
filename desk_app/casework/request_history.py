"""A child's school years as the paper shows them: a band to see at a glance, and a table."""

from __future__ import annotations

from dataclasses import replace

from desk_app.casework import wording
from desk_app.domain.child import ChildView
from desk_app.domain.request_sheet import BandKind, SchoolBand, SchoolRow
from desk_app.domain.school_history import Stretch, Years, months_passed, stretches
from desk_app.i18n import _, ngettext

GERMANY = "000"
_MONTHS = 12


def bands(child: ChildView) -> tuple[SchoolBand, ...]:
    """The stretches of the band; the current school year only reaches to today. Time without school is one stretch."""
    found: list[Stretch] = []
    for stretch in stretches(child.school_years, child.today):
        if found and not (found[-1].attended or stretch.attended):
            years = Years(found[-1].years.first, stretch.years.last)
            stretch = replace(found.pop(), years=years)
        found.append(stretch)
    return tuple(_band(stretch, child) for stretch in found)


def school_rows(child: ChildView) -> tuple[SchoolRow, ...]:
    return tuple(
        SchoolRow(
            years=_years(row.text("school_year"), row.text("until_year")),
            country=wording.label("countries", row.text("country")) if row.flag("attended") is not False else "–",
            school=row.text("school") if row.flag("attended") is not False else _("kein Schulbesuch"),
            grade=row.text("grade") or "–",
            remark=row.text("remark"),
        )
        for row in child.school_years
    )


def _band(stretch: Stretch, child: ChildView) -> SchoolBand:
    first, last = stretch.years.first, stretch.years.last
    share = max(months_passed(last, child.today), 1) / _MONTHS
    years = last - first + share
    if not stretch.attended:
        months = round(years * _MONTHS)
        return SchoolBand(_("ohne Schule"), _months_words(months), first, years, BandKind.GAP)
    kind = BandKind.GERMANY if stretch.country == GERMANY else BandKind.ABROAD
    return SchoolBand(wording.label("countries", stretch.country), _grades(stretch.grades), first, years, kind)


def _months_words(months: int) -> str:
    return ngettext("etwa {months} Monat", "etwa {months} Monate", months).format(months=months)


def _grades(grades: tuple[str, ...]) -> str:
    if not grades:
        return ""
    first, last = grades[0].split("–")[0].split("-")[0], grades[-1].split("–")[-1].split("-")[-1]
    words = _("Klasse {first}") if first == last else _("Klasse {first} bis {last}")
    return words.format(first=first.strip(), last=last.strip())


def _years(first: str, last: str) -> str:
    return f"{first} – {last}" if last and last != first else first
