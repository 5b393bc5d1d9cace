"""What was sought at the desk and not found, without names, and the report on it for the network of the KIM."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import deeds, notes
from desk_app.casework.desk import Work
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.errors import RecordGone
from desk_app.domain.lists import Column, Kind, Listing
from desk_app.domain.small_cells import LEAST, Cell, merged, merged_in_order
from desk_app.i18n import N_, _
from desk_app.storage.tables import OfferGap

_WORDS: Final = 200
"""Characters kept of what somebody wrote: a wish, no story of a family."""
_GAP: Final = "offer_gap"
_FIELDS: Final = ("words", "topic", "audience", "language", "district", "reason")
_BY: Final = {
    "topic": (N_("Thema"), "offer_topics"),
    "reason": (N_("Grund"), "offer_gap_reasons"),
    "language": (N_("Sprache"), "languages"),
    "district": (N_("Ortsteil"), "districts"),
    "audience": (N_("Zielgruppe"), "offer_audiences"),
}
_MONTHS: Final = (
    N_("Januar"), N_("Februar"), N_("März"), N_("April"), N_("Mai"), N_("Juni"), N_("Juli"), N_("August"),
    N_("September"), N_("Oktober"), N_("November"), N_("Dezember"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """What was sought; codes of the lists of offers, ``reason`` of ``offer_gap_reasons``, and a few words.

    None of it is required. Nothing of it may tell of which family.
    """

    id: UUID
    words: str = ""
    topic: str = ""
    audience: str = ""
    language: str = ""
    district: str = ""
    reason: str = ""
    sought_on: date | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one thing; ``cells`` are safe to be shown anywhere."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was sought in vain from ``first`` to ``last``; ``total`` is ``None`` where it is too small to be told."""

    first: date
    last: date
    total: int | None
    tables: tuple[Table, ...]


def note_gap(work: Work, gap: Gap) -> UUID:
    """Note what was not found; the id of the deed. Noting the same id again changes nothing."""
    with deeds.recorded(work, "gap.noted", _("Als fehlendes Angebot notiert")) as deed:
        if work.session.get(OfferGap, gap.id) is None:
            values = {name: getattr(gap, name) or None for name in _FIELDS}
            values["words"] = notes.clean_text(gap.words)[:_WORDS] or None
            work.session.add(OfferGap(id=gap.id, sought_on=gap.sought_on or work.today, **values, **work.made))
            work.session.flush()
            known = [name for name, value in values.items() if value]
            work.note("gap.noted", _GAP, gap.id, known, touched="offers")
    return deed.id


def remove(work: Work, gap: UUID) -> UUID:
    """Take one out that was noted by mistake; the id of the deed. Raises ``RecordGone``."""
    row = work.session.get(OfferGap, gap)
    if row is None or row.removed_at is not None:
        raise RecordGone
    with deeds.recorded(work, "gap.removed", _("Notiz über ein fehlendes Angebot herausgenommen")) as deed:
        row.removed_at = work.now
        work.touch(row)
        work.session.flush()
        work.note("gap.removed", _GAP, gap, touched="offers")
    return deed.id


def listing(work: Work, first: date, last: date) -> tuple[Gap, ...]:
    """What was noted in that time, the newest first, with its words: for the house alone."""
    return tuple(
        Gap(row.id, **{name: getattr(row, name) or "" for name in _FIELDS}, sought_on=row.sought_on)
        for row in _rows(work, first, last)
    )


def report(work: Work, first: date, last: date) -> Report:
    """How often what was sought in vain; numbers alone, none that somebody could be known by."""
    rows = _rows(work, first, last)
    tables = [_table(rows, name) for name in _BY]
    tables.append(Table(_("Monat"), merged_in_order(_by_month(rows, first, last))))
    total = len(rows) if len(rows) >= LEAST else None
    return Report(first, last, total, tuple(table for table in tables if table.cells))


def to_list(found: Report, today: date) -> Listing:
    """The report as a list, for ``lists.export`` and ``lists.to_print``."""
    span = _("{first} bis {last}").format(first=show_day(found.first), last=show_day(found.last))
    total = _("weniger als {n}").format(n=LEAST) if found.total is None else str(found.total)
    rows = [
        {"by": table.label, "value": ", ".join(cell.labels), "number": cell.number}
        for table in found.tables
        for cell in table.cells
    ]
    return Listing(
        title=_("Gesucht und nicht gefunden"),
        columns=(
            Column("by", N_("Gezählt nach"), Kind.STRONG, 16),
            Column("value", N_("Angabe"), Kind.TEXT, 48),
            Column("number", N_("Anzahl"), Kind.NUMBER, 9),
        ),
        rows=rows,
        context=(
            span,
            _("Anfragen ohne passendes Angebot: {n}").format(n=total),
            _("Zahlen unter {n} sind zusammengefasst.").format(n=LEAST),
            _("Stand {day}").format(day=show_day(today)),
        ),
        file_stem=_("Fehlende-Angebote_{first}_{last}").format(
            first=found.first.isoformat(), last=found.last.isoformat()
        ),
    )


def _rows(work: Work, first: date, last: date) -> list[OfferGap]:
    within = (OfferGap.sought_on >= first, OfferGap.sought_on <= last)
    query = select(OfferGap).where(OfferGap.removed_at.is_(None), *within)
    return list(work.session.scalars(query.order_by(OfferGap.sought_on.desc(), OfferGap.created_at.desc())))


def _table(rows: Sequence[Any], name: str) -> Table:
    label, codes = _BY[name]
    counted = Counter(getattr(row, name) or "" for row in rows)
    if set(counted) <= {""}:
        return Table(_(label), ())
    named = ((code_list(codes).label(key) or _("nicht angegeben"), number) for key, number in counted.items())
    return Table(_(label), merged(sorted(named)))


def _by_month(rows: Iterable[Any], first: date, last: date) -> list[tuple[str, int]]:
    counted = Counter((row.sought_on.year, row.sought_on.month) for row in rows)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(f"{_(_MONTHS[each % 12])} {each // 12}", counted[each // 12, each % 12 + 1]) for each in months]
