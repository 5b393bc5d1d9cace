"""The list of offers as it is shown: in groups, each row with its reason, found letters marked.

Nothing is hidden by matching. With a family the groups are what fits, what is to be settled and what does not fit;
without one they are the topics. What was searched for comes nearest first. Proposals stand below, since nobody has
looked at them yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from desk_app.casework.offer_directory import Directory, Listed
from desk_app.domain import eligibility, offer_filters, offer_search
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import add_months
from desk_app.domain.eligibility import FIT_TITLES, Fit, Verdict
from desk_app.domain.offer_filters import By, Filters, Moment
from desk_app.domain.offer_search import Hits
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, PROPOSAL, Offer, Venue
from desk_app.i18n import N_, _

Marks = tuple[tuple[int, int], ...]
"""Places in a text, each from (included) and to (excluded)."""

STALE_MONTHS = 6
"""After so many months nobody takes a fact for granted; the house's own number."""

_REST = "rest"
_STATUS_WORDS = {PAUSED: N_("macht zurzeit Pause"), ENDED: N_("ist beendet")}


@dataclass(frozen=True, slots=True)
class Row:
    """One offer. ``fit`` is a key of ``Fit``, "" without a family; ``lead`` stands before ``words``."""

    id: UUID
    title: str
    fit: str = ""
    lead: str = ""
    words: str = ""
    text: str = field(default="", compare=False)
    """Where found letters are shown from, if neither title nor words have any."""
    chip: str = ""
    end: str = ""
    stale: bool = False
    quiet: bool = False
    """What is no way to go at the moment is grey."""
    proposed: bool = False
    """Nobody has looked at it yet."""

    @property
    def spoken(self) -> str:
        """All the row says, for assistive technology."""
        second = f"{self.lead} {self.words}".strip()
        stale = _("Stand prüfen") if self.stale else ""
        return ", ".join(part for part in (self.title, second, self.chip, self.end, stale) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Judged:
    """What holds for a family, or (without ``verdicts``) for nobody in particular; ``order`` is the place by id."""

    verdicts: Mapping[UUID, Verdict] = field(default_factory=dict)
    order: Mapping[UUID, int] = field(default_factory=dict)


def judge(directory: Directory, judge_: eligibility.Judge) -> Judged:
    """Every offer for one family."""
    offers = [each.offer for each in directory.offers]
    pairs = sorted(
        ((offer, judge_.verdict(offer)) for offer in offers), key=lambda pair: eligibility.order(pair[0], pair[1])
    )
    return Judged(
        {offer.id: verdict for offer, verdict in pairs}, {offer.id: place for place, (offer, _v) in enumerate(pairs)}
    )


def is_stale(as_of: date | None, today: date) -> bool:
    """Whether something is older than anybody should rely on; what nobody knows the age of is."""
    return as_of is None or as_of < add_months(today, -STALE_MONTHS)


class Entry(NamedTuple):
    """An offer with its row, and its place among all of them while nothing is searched for."""

    offer: Offer
    row: Row
    place: int


def entries_of(directory: Directory, judged: Judged, today: date) -> dict[UUID, Entry]:
    """Every offer with its row, in the order of the list."""
    listed = sorted(directory.offers, key=lambda each: judged.order.get(each.offer.id, 0))
    return {
        each.offer.id: Entry(each.offer, _row(directory, each, judged.verdicts.get(each.offer.id), today), place)
        for place, each in enumerate(listed)
    }


def _row(directory: Directory, listed: Listed, verdict: Verdict | None, today: date) -> Row:
    offer = listed.offer
    organisation = directory.organisation_of(offer)
    status = _STATUS_WORDS.get(offer.status)
    if verdict is not None:
        lead = verdict.lead
        words = verdict.line.removeprefix(lead).strip()
    else:
        lead, words = "", _(status) if status else offer.brief or offer.text
    return Row(
        offer.id,
        offer.title,
        str(verdict.fit) if verdict is not None else "",
        lead,
        words,
        offer.brief or offer.text,
        code_list("offer_topics").label(offer.topics[0]) if offer.topics else "",
        (organisation.short or organisation.name) if organisation is not None else "",
        is_stale(listed.as_of, today) and offer.status == ACTIVE,
        (verdict is not None and verdict.fit is Fit.NOT) or status is not None,
        offer.status == PROPOSAL,
    )


def arrange(
    entries: Mapping[UUID, Entry],
    hits: Hits | None,
    filters: Filters,
    venues: Mapping[UUID, Venue],
    now: Moment,
    *,
    by_fit: bool,
) -> tuple[Group, ...]:
    """The groups to show; ``hits`` is ``None`` where nothing is searched for. Only what was found is looked at: a list
    of a thousand offers follows every key."""
    found = [(entry, 0.0) for entry in entries.values()] if hits is None else [
        (entries[id_], score) for id_, score in hits.scores.items()
    ]  # fmt: skip
    if filters.any:
        shown = _narrowed(found, filters, venues, now)
    else:
        if hits is not None:
            found.sort(key=lambda pair: (-pair[1], pair[0].place))
        shown = [(entry.offer, entry.row) for entry, _score in found]
    proposals = tuple(row for offer, row in shown if offer.status == PROPOSAL)
    offers = [(offer, row) for offer, row in shown if offer.status != PROPOSAL]
    if by_fit:
        groups = _by_fit([row for _offer, row in offers])
    elif hits is not None:
        groups = [Group(_("Treffer") if hits.whole else _("Nicht alles gefunden, am nächsten kommt"),
                        tuple(row for _offer, row in offers))]  # fmt: skip
    else:
        groups = _by_topic(offers)
    groups.append(Group(_("Vorschläge, noch nicht geprüft"), proposals))
    return tuple(group for group in groups if group.rows)


def _narrowed(
    found: Iterable[tuple[Entry, float]], filters: Filters, venues: Mapping[UUID, Venue], now: Moment
) -> list[tuple[Offer, Row]]:
    """What surely fits the filters first, then what may, with what nobody noted."""
    passed = []
    for entry, score in found:
        answer = offer_filters.passes(entry.offer, filters, venues, now)
        if answer.fits:
            passed.append((len(answer.unknown), -score, entry.place, entry, answer.unknown))
    passed.sort(key=lambda each: each[:3])
    return [(entry.offer, _with_unknown(entry.row, unknown)) for *_place, entry, unknown in passed]


def second_line(row: Row, hits: Hits | None) -> tuple[str, str, Marks]:
    """Lead, words and found letters of the second line: where only the description has them, it is shown from there."""
    if hits is None or not hits.words:
        return row.lead, row.words, ()
    found = offer_search.marks(row.words, hits)
    if found or offer_search.marks(row.title, hits):
        return row.lead, row.words, found
    found = offer_search.marks(row.text, hits)
    return ("", row.text, found) if found else (row.lead, row.words, ())


def _by_fit(rows: Sequence[Row]) -> list[Group]:
    return [Group(_(FIT_TITLES[fit]), tuple(row for row in rows if row.fit == fit)) for fit in Fit]


def _by_topic(offers: Iterable[tuple[Offer, Row]]) -> list[Group]:
    topics = code_list("offer_topics")
    parents = {code.key: code.extra["parent"] or code.key for code in topics.entries}
    found: dict[str, list[Row]] = {}
    for offer, row in offers:
        topic = offer.topics[0] if offer.topics else ""
        over = offer.status in (PAUSED, ENDED)
        found.setdefault(_REST if over else parents.get(topic, ""), []).append(row)
    titled = [Group(code.label, tuple(found.get(code.key, ()))) for code in topics.entries if not code.extra["parent"]]
    titled.append(Group(_("Ohne Thema"), tuple(found.get("", ()))))
    titled.append(Group(_("Pausiert oder beendet"), tuple(found.get(_REST, ()))))
    return titled


def _with_unknown(row: Row, unknown: tuple[By, ...]) -> Row:
    """What a filter asks and nobody noted is said at the end of the row."""
    if not unknown:
        return row
    words = _("{facts} nicht hinterlegt").format(facts=", ".join(by.label for by in unknown))
    return replace(row, end=words, stale=False)
