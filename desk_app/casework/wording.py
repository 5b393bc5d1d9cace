"""How facts about a child read on paper, in lists and on screen."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.casework.placements import grade_of
from desk_app.domain.child import ChildView, full_name
from desk_app.domain.code_lists import code_list
from desk_app.domain.records import FamilyFile, Record
from desk_app.i18n import _


def label(name: str, key: str) -> str:
    """The German word for a key; empty for none."""
    return code_list(name).label(key) if key else ""


def languages(rows: Iterable[Record]) -> str:
    """ "Arabisch, Englisch (Grundkenntnisse)"."""
    return ", ".join(_language(row) for row in rows if row.text("language"))


def _language(row: Record) -> str:
    name, level = label("languages", row.text("language")), label("language_levels", row.text("level"))
    return f"{name} ({level})" if level else name


def german_level(child: ChildView) -> str:
    """The level of the CEFR, below it "A0" as the offices say; "offen" where nobody has assessed it."""
    key = child.person.text("german_level")
    return {"none": _("A0"), "unassessed": _("offen")}.get(key) or label("cefr", key)


def family_title(file: FamilyFile) -> str:
    """ "Familie Haddad", after the first person where the family has no name yet, else "Amira" or "Neue Aufnahme"."""
    if name := family_name(file):
        return _("Familie {name}").format(name=name)
    return next(filter(None, map(full_name, (*file.adults, *file.children))), _("Neue Aufnahme"))


def family_name(file: FamilyFile) -> str:
    """ "Haddad", after the first person where the family has no name yet; empty where nobody has one."""
    people = (*file.adults, *file.children)
    family_names = (file.household.text("family_name"), *(row.text("family_name") for row in people))
    return next(filter(None, family_names), "")


def names(people: Iterable[Record]) -> str:
    """ "Rana und Yousef Haddad", or each name whole where the family names differ."""
    rows = [row for row in people if full_name(row)]
    shared = {row.text("family_name") for row in rows}
    if len(rows) > 1 and len(shared) == 1 and all(row.text("given_name") for row in rows):
        given = _(" und ").join(row.text("given_name") for row in rows)
        return " ".join(part for part in (given, *shared) if part)
    return _(" und ").join(full_name(row) for row in rows)


def years_of_schooling(child: ChildView) -> str:
    """ "6 von 7": years at school of the years a child of that grade would have had here."""
    years = child.person.get("years_of_schooling")
    if not isinstance(years, int | float):
        return ""
    shown = f"{years:g}".replace(".", ",")
    grade = grade_of(child)
    usual = int(grade) - 1 if grade.isdecimal() else 0
    return _("{years} von {usual}").format(years=shown, usual=usual) if usual else shown


def measles(child: ChildView) -> str:
    """Only whether it is proven: yes, no, open. Why someone is exempt is nobody's business here (IfSG § 20)."""
    short = {"yes": _("ja"), "no": _("nein"), "open": _("offen"), "exempt": _("befreit")}
    return short.get(child.measles, "")


def full_address(address: Record) -> str:
    """ "Lindenhof 12, 45476 Mülheim an der Ruhr"."""
    street = " ".join(part for part in (address.text("street"), address.text("house_number")) if part)
    place = " ".join(part for part in (address.text("postal_code"), address.text("city")) if part)
    return ", ".join(part for part in (street, place) if part)


def how_given(consent: Record) -> str:
    """ "mündlich, auf Arabisch, mit Dolmetschen"."""
    language = label("languages", consent.text("language"))
    parts = (
        label("consent_forms", consent.text("form")),
        _("erklärt auf {language}").format(language=language) if language else "",
        _("mit Dolmetschen") if consent.flag("interpreted") else "",
    )
    return ", ".join(part for part in parts if part)
