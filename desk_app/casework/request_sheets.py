"""Putting together what the paper of one request says.

Only what the school supervision needs for the assignment goes on it (Art. 5(1)(c) GDPR): no file number of the
family, no internal note, no residence status. A protected address is replaced by words before anything else happens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from desk_app.casework import placements, wording
from desk_app.casework.request_history import bands, school_rows
from desk_app.domain.centre import Centre
from desk_app.domain.centre import Office as Recipient
from desk_app.domain.child import SCHOOL_AUTHORITY, SEEN, ChildView, full_name, is_protected
from desk_app.domain.clock import local
from desk_app.domain.dates import show_day
from desk_app.domain.records import Record, RecordKind
from desk_app.domain.request_sheet import AnswerBox, Fact, RequestSheet, SchoolRow, SeenDocument
from desk_app.domain.schooling import STAGE_TITLES, Office
from desk_app.i18n import _

_SHORTEST_STREET = 4
_ADDRESS = frozenset({"street", "house_number", "postal_code", "city", "district"})
_CONTACT = frozenset({"phone", "own_phone", "contact_phone", "email"})
_NEAR = frozenset({"sibling_school"})
"""Gives the part of the town away; so does a wish, whose field has the same name as that of a former school."""
_FIELDS = _ADDRESS | _CONTACT | _NEAR | {
    "number", "office", "family_name", "given_name", "name_native_script", "birth_date", "birth_place",
    "birth_country", "sex", "nationality_1", "nationality_2", "role", "has_custody", "guardian", "guardian_kind",
    "entry_date", "arrival_in_city", "registered_since", "language", "level", "family_language", "german_level",
    "literacy", "prior_german_school", "prior_german_school_name", "prior_german_school_since", "strengths",
    "interpreter_kind", "interpreter_language", "conversation_language", "years_of_schooling", "school_stage",
    "proposed_grade", "support_type", "recommended_form", "school", "school_year", "until_year",
    "attended", "country", "grade", "remark", "document", "state", "due_on", "measles_proof", "remark_authority",
    "recipient", "given_on",
}  # fmt: skip


def field_keys(child: ChildView) -> tuple[str, ...]:
    """The fields a request may tell, for the ledger: without what leads to the child where its address is protected."""
    if child.protected:
        return tuple(sorted(_FIELDS - _ADDRESS - _CONTACT - _NEAR))
    return tuple(sorted(_FIELDS if _may_name_siblings_school(child) else _FIELDS - _NEAR))


def build(child: ChildView, centre: Centre, author: str, schools: Mapping[str, str], now: datetime) -> RequestSheet:
    """The sheet of the child's request as it stands; ``schools`` gives names by school number.

    Raises ``ValueError`` for a child without a request.
    """
    request = child.request
    if request is None:
        raise ValueError("the child has no placement request")
    stamp = local(now)
    return RequestSheet(
        number=request.text("number"),
        subtitle=_subtitle(child),
        centre_name=centre.name,
        centre_place=centre.city,
        sender=" · ".join(part for part in (centre.name, centre.street, centre.place) if part),
        recipient=_recipient(child, centre),
        info=_info(request, centre, author, stamp),
        child_name=child.name,
        native_name=child.person.text("name_native_script"),
        birth=_birth(child),
        facts=_facts(child),
        family=_pairs(_family(child, schools)),
        learning=_pairs(_learning(child, schools)),
        bands=bands(child),
        schools=_school_rows(child),
        documents=(*_papers(child), *_consent_row(child)),
        assessment=_assessment(child),
        answer=AnswerBox(
            title=_("Rückmeldung der Fachberatung"),
            hint=_("Bitte zurück auf dem vereinbarten sicheren Weg"),
            choices=(_("Erstförderung"), _("Anschlussförderung")),
            callback=_("Rückfrage, bitte anrufen"),
        ),
        purpose=_("Nur für die Schulzuweisung verwenden."),
        consent=_consent(child),
        created_at=stamp,
        demo=centre.demo,
    )


def facts(child: ChildView, schools: Mapping[str, str]) -> tuple[Fact, ...]:
    """Everything the sheet tells of the child beside its name, each under its key, for the ledger."""
    texts = [
        ("native_name", child.person.text("name_native_script")),
        ("birth_place", _birth_place(child)),
        ("stage", _subtitle(child)),
        ("school_years", "; ".join(map(_words_of_row, _school_rows(child)))),
        ("documents", "; ".join(f"{row.label}: {row.note}" for row in _papers(child))),
        ("assessment", _assessment(child)),
    ]
    told = (*_facts(child), *_pairs(_family(child, schools)), *_pairs(_learning(child, schools)))
    return (*told, *(Fact("", value, key) for key, value in texts if value))


def _words_of_row(row: SchoolRow) -> str:
    hidden = (row.years, row.country, row.school, row.grade, row.remark)
    return ", ".join(part for part in hidden if part)


def _subtitle(child: ChildView) -> str:
    stages = _(" oder ").join(_(STAGE_TITLES[stage]) for stage in child.stages)
    return ", ".join(part for part in (_("Seiteneinstieg"), stages) if part)


def _recipient(child: ChildView, centre: Centre) -> tuple[str, ...]:
    lines: list[str] = []
    for office in placements.offices(child):
        address: Recipient = (
            centre.district_government if office is Office.BEZIRKSREGIERUNG else centre.school_authority
        )
        lines += [part for part in (address.name, address.unit, address.street, address.place) if part]
    return tuple(lines)


def _info(request: Record, centre: Centre, author: str, stamp: datetime) -> tuple[Fact, ...]:
    return _pairs(
        [
            ("number", _("Anfrage"), request.text("number")),
            ("", _("Datum"), show_day(stamp.date())),
            ("", _("Auskunft"), author),
            ("", _("Telefon"), centre.phone),
            ("", _("E-Mail"), centre.email),
        ]
    )


def _birth(child: ChildView) -> str:
    birth = child.birth_date
    if birth is None or not birth.known:
        return _("Geburtsdatum nicht bekannt")
    ages = birth.age_on(child.today)
    where = _birth_place(child)
    born = _("geboren {day}").format(day=birth.show())
    if where:
        born = _("{born} in {where}").format(born=born, where=where)
    return ", ".join(part for part in (_("{age} Jahre").format(age=ages.show()) if ages else "", born) if part)


def _birth_place(child: ChildView) -> str:
    country = wording.label("countries", child.person.text("birth_country"))
    return ", ".join(part for part in (child.person.text("birth_place"), country) if part)


def _assessment(child: ChildView) -> str:
    return hide_address(child.request.text("remark_authority"), child) if child.request else ""


def _facts(child: ChildView) -> tuple[Fact, ...]:
    entry = child.span("entry_date")
    arrived = placements.arrived_on(child)
    days = _("{days} Tagen").format(days=(child.today - arrived).days) if arrived else ""
    return _pairs(
        [
            ("grade", _("Klasse nach Alter"), placements.grade_of(child)),
            ("german", _("Deutsch"), _german(child)),
            ("years", _("Schuljahre bisher"), wording.years_of_schooling(child)),
            ("entry_date", _("In Deutschland seit"), entry.show() if entry else ""),
            ("district", _("Wohnt in"), placements.district_of(child)),
            ("days", _("In Mülheim seit"), days),
        ]
    )


def _german(child: ChildView) -> str:
    return _("A0, keine") if child.person.text("german_level") == "none" else wording.german_level(child)


def _family(child: ChildView, schools: Mapping[str, str]) -> list[tuple[str, str, str]]:
    nationalities = [wording.label("nationalities", child.person.text(f"nationality_{place}")) for place in (1, 2)]
    return [
        ("sex", _("Geschlecht"), wording.label("sex", child.person.text("sex"))),
        ("nationality", _("Staatsangehörigkeit"), ", ".join(part for part in nationalities if part)),
        ("guardians", _("Sorgeberechtigt"), _guardians(child)),
        ("address", _("Anschrift"), address_words(child)),
        ("phone", _("Telefon"), _phone(child)),
        ("siblings", _("Geschwister"), _siblings(child)),
        ("sibling_school", _("Geschwister besuchen"), _siblings_school(child, schools)),
    ]


def address_words(child: ChildView) -> str:
    """Where the child lives, or the words that stand in its place when the address is protected."""
    if child.protected:
        return _("geschützt, wird nicht weitergegeben")
    return wording.full_address(child.address) if child.address is not None else ""


def hide_address(text: str, child: ChildView) -> str:
    """``text`` as somebody wrote it, without the streets of protected addresses of the family, earlier ones as well.

    A shelter the family has left still shelters others. Where the child itself is protected, no street stays.
    """
    for address in (*child.file.records.get(RecordKind.ADDRESS, ()), *child.file.history):
        street = address.text("street").strip()
        if (child.protected or is_protected(address)) and len(street) >= _SHORTEST_STREET:
            text = re.sub(_street_pattern(street), _("[geschützt]"), text, flags=re.IGNORECASE)
    return text


def _street_pattern(street: str) -> str:
    """The street as people write it, with its house number: "Musterstraße 12 a", "Muster Str. 12a"."""
    stem = re.sub(r"(?i)[\s-]*(straße|strasse|str\.?)$", "", street)
    ending = r"[\s-]*(?:straße|strasse|str\.?)" if stem != street else ""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", stem))
    return rf"{words}{ending}(?:\s*\d+(?:\s?[a-z]\b)?)?"


def _school_rows(child: ChildView) -> tuple[SchoolRow, ...]:
    return tuple(
        replace(row, school=hide_address(row.school, child), remark=hide_address(row.remark, child))
        for row in school_rows(child)
    )


def _guardians(child: ChildView) -> str:
    named = wording.names(child.guardians)
    kind = wording.label("guardian_kinds", child.guardian_kind)
    told = child.guardian_kind in ("parents", "mother", "father") or kind in named
    return named if named and told else ", ".join(filter(None, (named, kind)))


def _phone(child: ChildView) -> str:
    if child.protected:
        return _("über die Beratung")
    shared = child.text("phone")
    if shared:
        return shared
    for row in (*child.guardians, *child.file.living_adults):
        if row.text("own_phone"):
            return _("{phone} ({who})").format(
                phone=row.text("own_phone"), who=wording.label("roles", row.text("role"))
            )
    contact = child.text("contact_phone")
    return _("{phone} (Kontaktperson)").format(phone=contact) if contact else child.text("email")


def _siblings(child: ChildView) -> str:
    others = (row for row in child.file.children if row.id != child.id and not row.flag("deceased"))
    return ", ".join(_sibling(child, row) for row in others)


def _siblings_school(child: ChildView, schools: Mapping[str, str]) -> str:
    number = child.person.text("sibling_school")
    if number and not _may_name_siblings_school(child):
        return _ask_the_desk()
    return schools.get(number, number)


def _may_name_siblings_school(child: ChildView) -> bool:
    """Not where any address of the family is protected: a sibling that lives apart would be found there."""
    return not any(map(is_protected, child.file.records.get(RecordKind.ADDRESS, ())))


def _sibling(child: ChildView, row: Record) -> str:
    span = row.span("birth_date")
    ages = span.age_on(child.today) if span else None
    request = child.file.request_of(row.id)
    words = ", ".join(part for part in (row.text("given_name") or full_name(row), ages.show() if ages else "") if part)
    return f"{words} ({request.text('number')})" if request else words


def _learning(child: ChildView, schools: Mapping[str, str]) -> list[tuple[str, str, str]]:
    person = child.person
    wishes = [row.text("school") for row in child.file.all(RecordKind.WISH, child.id)]
    german_school = person.flag("prior_german_school")
    return [
        ("family_languages", _("Familiensprachen"), wording.languages(child.family_languages)),
        ("other_languages", _("Weitere"), wording.languages(child.other_languages)),
        ("literacy", _("Alphabetisiert"), wording.label("literacy", person.text("literacy"))),
        (
            "german_school",
            _("Schulbesuch hier"),
            _german_school(child) if german_school else _("nein") if german_school is False else "",
        ),
        ("strengths", _("Stärken"), hide_address(person.text("strengths"), child)),
        ("recommended", _("Empfohlen"), _recommended(child)),
        ("wishes", _("Wunsch"), _schools(child, wishes, schools)),
        ("interpreting", _("Gespräche"), _interpreting(child)),
    ]


def _schools(child: ChildView, numbers: Sequence[str], schools: Mapping[str, str]) -> str:
    """The names; where the address is protected only that there are some, as schools are near a home."""
    named = [schools.get(number, number) for number in numbers if number]
    return _ask_the_desk() if named and child.protected else ", ".join(named)


def _ask_the_desk() -> str:
    return _("über die Beratung")


def _german_school(child: ChildView) -> str:
    since = child.person.span("prior_german_school_since")
    school = hide_address(child.person.text("prior_german_school_name"), child)
    parts = (school, _("seit {day}").format(day=since.show()) if since else "")
    return " ".join(part for part in parts if part) or _("ja")


def _recommended(child: ChildView) -> str:
    form = wording.label("school_forms", child.person.text("recommended_form"))
    support = wording.label("support_types", child.person.text("support_type"))
    return ", ".join(part for part in (form, support) if part)


def _interpreting(child: ChildView) -> str:
    household = child.file.household
    kind = household.text("interpreter_kind")
    language = household.text("interpreter_language") or household.text("conversation_language")
    if kind == "none":
        return _("ohne Dolmetschen")
    if not kind:
        return ""
    name = wording.label("languages", language)
    return _("mit Dolmetschen ({language})").format(language=name) if name else _("mit Dolmetschen")


def _papers(child: ChildView) -> tuple[SeenDocument, ...]:
    notes = {
        "original": _("Original gesehen"),
        "copy": _("Kopie liegt bei"),
        "missing": _("fehlt noch"),
    }
    rows = []
    for kind, row in child.documents.items():
        state = row.text("state")
        if state in notes:
            note = notes[state]
            due = row.day("due_on")
            if state == "missing" and due:
                note = _("fehlt noch, bis {day}").format(day=show_day(due))
            rows.append(SeenDocument(wording.label("document_kinds", kind), note, state in SEEN))
    if "measles" not in child.documents and child.measles:
        rows.append(SeenDocument(_("Masernschutz"), wording.measles(child), child.measles == "yes"))
    return tuple(rows)


def _consent_row(child: ChildView) -> tuple[SeenDocument, ...]:
    consent = child.consent(SCHOOL_AUTHORITY)
    given = consent.day("given_on") if consent else None
    if consent is None or given is None:
        return (SeenDocument(_("Einwilligung"), _("fehlt noch"), seen=False),)
    language = wording.label("languages", consent.text("language"))
    note = _("{day}, auf {language}").format(day=show_day(given), language=language) if language else show_day(given)
    return (SeenDocument(_("Einwilligung"), note, seen=True),)


def _consent(child: ChildView) -> str:
    consent = child.consent(SCHOOL_AUTHORITY)
    given: date | None = consent.day("given_on") if consent else None
    if given is None:
        return _("Entwurf: Die Einwilligung der Sorgeberechtigten fehlt noch.")
    return _("Weitergabe mit Einwilligung der Sorgeberechtigten vom {day}.").format(day=show_day(given))


def _pairs(pairs: list[tuple[str, str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value, key) for key, label, value in pairs if value)
