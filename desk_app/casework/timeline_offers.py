"""What happened between a family and offers, for its timeline: referrals step by step, consents, pages it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from uuid import UUID

from desk_app.casework import handouts, referral_lines, wording
from desk_app.casework.desk import Work
from desk_app.casework.happenings import Entry, Happening
from desk_app.domain.clock import berlin, local_day
from desk_app.domain.letters import Slip
from desk_app.domain.records import FamilyFile, Record, RecordKind
from desk_app.domain.referral_states import ADDRESSED
from desk_app.i18n import _

_NOON = time(12)


def entries(work: Work, file: FamilyFile, staff: Mapping[UUID, str]) -> Iterator[Entry]:
    """They come in no order. Referrals only named, without the directory, are not among them."""
    titles = {}
    for line in referral_lines.of_file(work, file):
        if line.offer is not None:
            titles[line.offer] = line.title
            yield from _referral(line)
    for row in file.records.get(RecordKind.CONSENT, ()):
        if row.get("offer_id") is not None:
            yield from _consent(file, row, titles, staff)
    for page in handouts.of_family(work, file.household.id):
        words = wording.label("languages", page.language)
        title = _("Mitgegeben: {page}").format(page=page.label)
        again = (page.kind, page.id) if page.kind in set(Slip) else None
        yield Entry(local_day(page.at), page.at, Happening.HANDOUT, title, words, page.by, timed=True, page=again)


def _referral(line: referral_lines.ReferralLine) -> Iterator[Entry]:
    for number, step in enumerate(line.steps):
        if number:
            title = _("Vermittlung „{offer}“: {outcome}").format(offer=line.title, outcome=step.label)
        elif step.outcome == ADDRESSED:
            title = _("Angesprochen: {offer}").format(offer=line.title)
        else:
            title = _("Vermittelt: {offer}").format(offer=line.title)
        words = ", ".join(part for part in (line.about.partition(" ")[0], step.words) if part)
        yield _entry(step.happened_on, step.entered_at, Happening.REFERRAL, title, words, step.by)


def _consent(file: FamilyFile, row: Record, titles: Mapping[UUID, str], staff: Mapping[UUID, str]) -> Iterator[Entry]:
    offer = row.get("offer_id")
    title = titles.get(offer, "") if isinstance(offer, UUID) else ""
    whose = _("Träger von „{offer}“").format(offer=title) if title else wording.label(
        "consent_recipients", row.text("recipient"))  # fmt: skip
    by = staff.get(UUID(row.created_by), "")
    given, withdrawn = row.day("given_on"), row.day("withdrawn_on")
    if given is not None:
        words = ": ".join(part for part in (whose, wording.how_given(row)) if part)
        yield _entry(given, row.created_at, Happening.CONSENT, _("Einwilligung gegeben"), words, by)
    if withdrawn is not None:
        yield _entry(withdrawn, row.changed_at, Happening.CONSENT_WITHDRAWN, _("Einwilligung widerrufen"), whose, by)


def _entry(day: date, entered_at: datetime, what: Happening, title: str, words: str, by: str) -> Entry:
    timed = local_day(entered_at) == day
    at = entered_at if timed else datetime.combine(day, _NOON, berlin())
    return Entry(day, at, what, title, words, by, timed)
