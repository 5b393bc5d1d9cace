"""The lists about the directory: what to phone through, what waits for a yes or no, what slips are out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from desk_app.casework.offer_directory import ABOUT, Directory, Listed
from desk_app.casework.offer_freshness import ToPhone
from desk_app.casework.offer_versions import Version
from desk_app.casework.referral_lines import ReferralLine
from desk_app.domain import offer_shown
from desk_app.domain.clock import local_day
from desk_app.domain.dates import show_day
from desk_app.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of such a list: ``end`` stands at the right of the title, ``detail`` below."""

    id: UUID
    title: str
    detail: str
    end: str = ""


def stale_rows(found: Iterable[ToPhone]) -> tuple[ListRow, ...]:
    """Offers nobody asked about for six months, with the numbers to call."""
    return tuple(map(_stale_row, found))


def _stale_row(each: ToPhone) -> ListRow:
    as_of = each.listed.as_of
    stand = _("Stand {day}").format(day=show_day(as_of)) if as_of else _("Stand nicht bekannt")
    phones = "; ".join(", ".join(part for part in pair if part) for pair in each.phones)
    used = each.uses.referrals
    times = _("{n}-mal vermittelt").format(n=used) if used else ""
    detail = " · ".join(part for part in (phones or _("keine Telefonnummer hinterlegt"), times) if part)
    return ListRow(each.listed.offer.id, each.listed.offer.title, detail, stand)


def proposal_rows(directory: Directory) -> tuple[ListRow, ...]:
    """New offers, and changes of those there are with what would be another."""
    return tuple(_proposal_row(directory, each) for each in directory.proposals)


def _proposal_row(directory: Directory, listed: Listed) -> ListRow:
    source = listed.offer.source_of("")
    words = source.source if source is not None else listed.offer.brief
    before = directory.listed.get(listed.replaces) if listed.replaces is not None else None
    if before is None:
        return ListRow(listed.offer.id, listed.offer.title, words or listed.offer.brief, _("neues Angebot"))
    about = listed.offer.more.get(ABOUT)
    found = [change for change in offer_shown.changes(before.offer, listed.offer, directory.names)
             if change.key not in ("status", "rules") and (about is None or change.field in about)]  # fmt: skip
    told = "; ".join(f"{change.label}: {change.after or _('nicht hinterlegt')}" for change in found)
    return ListRow(listed.offer.id, listed.offer.title, told or words, _("Änderung"))


def slip_rows(lines: tuple[ReferralLine, ...]) -> tuple[ListRow, ...]:
    """Slips without an answer."""
    return tuple(
        ListRow(
            line.id, line.title,
            " · ".join(part for part in (line.family, line.file_number, line.about, line.code) if part),
            ngettext("seit {n} Tag", "seit {n} Tagen", line.days).format(n=line.days),
        )
        for line in lines
    )  # fmt: skip


def version_rows(versions: tuple[Version, ...]) -> tuple[tuple[Version, str, str], ...]:
    """Each state with a line for it and one for what changed, the newest first."""
    rows = []
    for version in versions:
        day = show_day(local_day(version.at))
        head = _("Fassung {n} · {day} · {name}").format(n=version.number, day=day, name=version.by)
        told = "; ".join(
            _("{fact}: {after} (vorher: {before})").format(
                fact=change.label, after=change.after or _("nicht hinterlegt"),
                before=change.before or _("nicht hinterlegt"),
            )
            for change in version.changes
        )  # fmt: skip
        rows.append((version, f"{head} · {version.words}" if version.words else head, told))
    return tuple(rows)
