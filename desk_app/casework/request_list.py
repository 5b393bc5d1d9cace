"""The list of requests for an office: one row a child in the groups of the office, columns for its answer at the end.

Family file numbers, phone numbers, addresses and notes do not go into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from desk_app.casework import answer_columns, placements, request_sheets, wording
from desk_app.domain.centre import Centre
from desk_app.domain.check_codes import check_code
from desk_app.domain.child import SEEN, ChildView
from desk_app.domain.clock import local, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.lists import Column, Gap, Kind, Listing
from desk_app.domain.year_bands import Band, band_of
from desk_app.i18n import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What the list says about one child. Dates are real dates unless only a part is known."""

    place: str
    number: str
    band: str
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
    changed: str = ""
    code: str = ""
    request_id: str = ""
    shipment: str = ""


CHANGED: Final = "changed"
_OF_THE_LIST: Final = frozenset(
    {"place", "band", CHANGED, answer_columns.CODE, answer_columns.REQUEST, answer_columns.SHIPMENT}
)
"""Columns that tell nothing about the child."""

COLUMNS: Final = (
    Column("place", N_("Nr."), Kind.CODE, 4),
    Column(answer_columns.NUMBER, N_("Anfrage"), Kind.CODE, 12),
    Column("band", N_("Gruppe"), Kind.CODE, 6),
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
    Column(CHANGED, N_("geändert"), Kind.TEXT, 18),
    Column(answer_columns.CODE, N_("Prüfcode"), Kind.CODE, 7),
    *answer_columns.columns(),
    Column(answer_columns.REQUEST, N_("Kennung"), Kind.TEXT, 12, hidden=True),
    Column(answer_columns.SHIPMENT, N_("Sendung"), Kind.TEXT, 12, hidden=True),
)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What the list is sent with: its shipment, whom it goes to, the schools to choose from (names by number).

    ``changes`` says by request what is not as it was told before; None where nothing was told before.
    """

    shipment: str = ""
    office: str = ""
    schools: Mapping[str, str] | None = None
    changes: Mapping[UUID, str] | None = None


def field_keys() -> tuple[str, ...]:
    """The keys of the columns that tell something about a child, for the ledger."""
    return tuple(column.key for column in COLUMNS if column.kind is not Kind.ANSWER and column.key not in _OF_THE_LIST)


def band(child: ChildView) -> Band:
    """The group of the office that the child belongs to."""
    return band_of(child.stages, placements.grade_of(child))


def in_order(children: Iterable[ChildView]) -> list[ChildView]:
    """The children as an office works through them: by group, grade and name."""
    bands = tuple(Band)

    def rank(child: ChildView) -> tuple[int, str, str, str]:
        person = child.person
        names = person.text("family_name"), person.text("given_name")
        return bands.index(band(child)), placements.grade_of(child).zfill(2), *names

    return sorted(children, key=rank)


def listing(
    children: Sequence[ChildView], centre: Centre, author: str, now: datetime, sent: Dispatch | None = None
) -> Listing:
    """The list as it goes out ``now``, in the order of the offices."""
    sent = sent or Dispatch()
    digits = places(len(children))
    rows = [row(child, sent, f"{place:0{digits}}") for place, child in enumerate(in_order(children), 1)]
    stamp = local(now)
    count = ngettext("{count} Anfrage", "{count} Anfragen", len(rows)).format(count=len(rows))
    contact = ", ".join(part for part in (author, centre.phone) if part)
    told = [
        centre.name,
        _("Sendung {number}").format(number=sent.shipment) if sent.shipment else "",
        _("Stand {day}, {time} Uhr").format(day=show_day(stamp.date()), time=show_time(now)),
        count,
        _("Auskunft: {contact}").format(contact=contact) if contact else "",
        _("Musterdaten, alle Personen erfunden") if centre.demo else "",
    ]
    title = _("Schulplatzanfragen") if sent.changes is None else _("Änderungen zu Schulplatzanfragen")
    return Listing(
        title=_("{title} an: {office}").format(title=title, office=sent.office) if sent.office else title,
        columns=_columns(sent),
        rows=rows,
        context=(
            " · ".join(part for part in told if part),
            _(
                "Vertraulich: nur für die Schulzuweisung. Bitte die gelben Spalten unter „Rückmeldung“ ausfüllen "
                "und die Liste auf dem vereinbarten sicheren Weg zurücksenden."
            ),
            _(
                "Alle anderen Zellen sind gegen versehentliches Ändern geschützt, ohne Kennwort. "
                "Zum Sortieren: Überprüfen › Blattschutz aufheben."
            ),
        ),
        file_stem=f"Sendung-{sent.shipment}" if sent.shipment else f"Schulplatzanfragen_{stamp:%Y-%m-%d}",
        sheet=_(answer_columns.SHEET),
    )


def summary(children: Sequence[ChildView], listed: Listing) -> Listing:
    """How many children of each group are in the list, on a sheet of its own."""
    rows = [{"band": each.label, "words": each.words, "count": count} for each, count in counts(children)]
    rows.append({"band": "", "words": _("zusammen"), "count": len(children)})
    return Listing(
        title=_("Übersicht"),
        columns=_SUMMARY,
        rows=rows,
        context=listed.context[:1],
        file_stem=listed.file_stem,
        sheet=_("Übersicht"),
    )


_SUMMARY: Final = (
    Column("band", N_("Gruppe"), Kind.CODE, 8),
    Column("words", N_("Bedeutung"), Kind.TEXT, 22),
    Column("count", N_("Anfragen"), Kind.NUMBER, 10),
)


def counts(children: Iterable[ChildView]) -> list[tuple[Band, int]]:
    """How many children each group has; the four groups of the offices always, the open one where it is needed."""
    found = Counter(map(band, children))
    return [(each, found[each]) for each in Band if found[each] or each is not Band.OPEN]


def places(count: int) -> int:
    """Digits of the running number of a child in its shipment, at least two."""
    return max(2, len(str(count)))


def _columns(sent: Dispatch) -> tuple[Column, ...]:
    answers = {column.key: column for column in answer_columns.columns(sent.schools)}
    kept = (column for column in COLUMNS if column.key != CHANGED or sent.changes is not None)
    return tuple(answers.get(column.key, column) for column in kept)


def row(child: ChildView, sent: Dispatch | None = None, place: str = "") -> RequestRow:
    """What the list says about the child; without a shipment it has no check code."""
    sent = sent or Dispatch()
    person, request = child.person, child.request
    number = request.text("number") if request else ""
    ages = child.birth_date.age_on(child.today) if child.birth_date else None
    return RequestRow(
        place=place,
        number=number,
        band=band(child).label,
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
        changed=(sent.changes or {}).get(request.id, "") if request else "",
        code=check_code(number, sent.shipment, child.id) if sent.shipment else "",
        request_id=str(request.id) if request else "",
        shipment=sent.shipment,
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
