"""The list of requests for an office: one row a child, columns for its answer at the end.

Family file numbers, phone numbers, addresses and notes do not go into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.casework import placements, request_sheets, wording
from desk_app.domain.centre import Centre
from desk_app.domain.child import SEEN, ChildView
from desk_app.domain.clock import local, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Column, Gap, Kind, Listing
from desk_app.i18n import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What the list says about one child. Dates are real dates unless only a part is known."""

    number: str
    family_name: str
    given_name: str
    born: date | str
    age: int | str
    grade: str
    nationality: str
    district: str
    family_languages: str
    german: str
    years: str
    last_grade: str
    arrived: date | None
    days: int
    measles: str
    report: str


_ANSWER = N_("Rückmeldung")

COLUMNS = (
    Column("number", N_("Anfrage"), Kind.CODE, 12),
    Column("family_name", N_("Nachname"), Kind.STRONG, 14),
    Column("given_name", N_("Vorname"), Kind.STRONG, 12),
    Column("born", N_("Geboren"), Kind.DATE, 10),
    Column("age", N_("Alter"), Kind.NUMBER, 5),
    Column("grade", N_("Klasse nach Alter"), Kind.CODE, 9),
    Column("nationality", N_("Staats-\nangehörigkeit"), Kind.TEXT, 13),
    Column("district", N_("Stadtteil"), Kind.TEXT, 11),
    Column("family_languages", N_("Familiensprachen"), Kind.TEXT, 22),
    Column("german", N_("Deutsch"), Kind.CODE, 7),
    Column("years", N_("Schuljahre"), Kind.CODE, 8),
    Column("last_grade", N_("Letzte Klasse"), Kind.CODE, 7),
    Column("arrived", N_("In Mülheim seit"), Kind.DATE, 12),
    Column("days", N_("Tage"), Kind.NUMBER, 5),
    Column("measles", N_("Masern-\nschutz"), Kind.FLAG, 7),
    Column("report", N_("Zeugnis"), Kind.CODE, 8),
    Column("school", N_("Schule"), Kind.ANSWER, 16, group=_ANSWER),
    Column("class_name", N_("Klasse"), Kind.ANSWER, 8, group=_ANSWER),
    Column("starts_on", N_("ab"), Kind.ANSWER, 10, group=_ANSWER, expects=Kind.DATE),
)


def field_keys() -> tuple[str, ...]:
    """The keys of the columns that tell something, for the ledger."""
    return tuple(column.key for column in COLUMNS if column.kind is not Kind.ANSWER)


def listing(children: Sequence[ChildView], centre: Centre, author: str, now: datetime, office: str = "") -> Listing:
    """The list as it goes out ``now`` to ``office``, sorted by grade and name as the office works through it."""
    rows = sorted((_row(child) for child in children), key=lambda row: (row.grade.zfill(2), row.family_name))
    stamp = local(now)
    count = ngettext("{count} Anfrage", "{count} Anfragen", len(rows)).format(count=len(rows))
    contact = ", ".join(part for part in (author, centre.phone) if part)
    told = [
        centre.name,
        _("Stand {day}, {time} Uhr").format(day=show_day(stamp.date()), time=show_time(now)),
        count,
        _("Auskunft: {contact}").format(contact=contact) if contact else "",
        _("Musterdaten, alle Personen erfunden") if centre.demo else "",
    ]
    return Listing(
        title=_("Schulplatzanfragen an: {office}").format(office=office) if office else _("Schulplatzanfragen"),
        columns=COLUMNS,
        rows=rows,
        context=(
            " · ".join(part for part in told if part),
            _(
                "Vertraulich: nur für die Schulzuweisung. Bitte die Spalten unter „Rückmeldung“ ausfüllen "
                "und die Liste auf dem vereinbarten sicheren Weg zurücksenden."
            ),
        ),
        file_stem=f"Schulplatzanfragen_{stamp:%Y-%m-%d}",
    )


def _row(child: ChildView) -> RequestRow:
    person = child.person
    ages = child.birth_date.age_on(child.today) if child.birth_date else None
    return RequestRow(
        number=child.request.text("number") if child.request else "",
        family_name=person.text("family_name"),
        given_name=person.text("given_name"),
        born=_born(child),
        age="" if ages is None else ages.low if ages.low == ages.high else ages.show(),
        grade=placements.grade_of(child),
        nationality=wording.label("nationalities", person.text("nationality_1")),
        district=placements.district_of(child),
        family_languages=wording.languages(child.family_languages),
        german=wording.german_level(child),
        years=wording.years_of_schooling(child),
        last_grade=request_sheets.hide_address(person.text("last_grade"), child),
        arrived=placements.arrived_on(child),
        days=max(0, (child.today - placements.waiting_since(child)).days),
        measles=wording.measles(child),
        report=_report(child),
    )


def _born(child: ChildView) -> date | str:
    birth = child.birth_date
    if birth is None:
        return ""
    return birth.earliest if birth.earliest is not None and birth.earliest == birth.latest else birth.show()


def _report(child: ChildView) -> str:
    row = child.documents.get("school_report")
    state = row.text("state") if row else ""
    if state in SEEN:
        return wording.label("document_states", state)
    return Gap(_("keins")) if state == "missing" else ""
