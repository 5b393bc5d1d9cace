"""The list of offers as it is shown: in groups, each row with its reason, found letters marked.

Nothing is hidden by matching. With a family the groups are what fits, what is to be settled and what does not fit;
without one they are the topics. What was searched for comes nearest first. Proposals stand below, since nobody has
looked at them yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desk_app.casework.offer_directory import Directory, Listed
from desk_app.domain import eligibility, offer_filters, offer_search
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import add_months
from desk_app.domain.eligibility import FIT_TITLES, Fit, Verdict
from desk_app.domain.offer_filters import By, Filters, Moment
from desk_app.domain.offer_search import Hits
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, PROPOSAL, Offer
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


def rows_of(directory: Directory, judged: Judged, today: date) -> dict[UUID, Row]:
    """The row of each offer, whatever is searched for."""
    return {
        each.offer.id: _row(directory, each, judged.verdicts.get(each.offer.id), today) for each in directory.offers
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
    )


def arrange(
    directory: Directory,
    rows: Mapping[UUID, Row],
    judged: Judged,
    hits: Hits | None,
    filters: Filters,
    now: Moment,
) -> tuple[Group, ...]:
    """The groups to show; ``hits`` is ``None`` where nothing is searched for."""
    passed = {}
    for each in directory.offers:
        offer = each.offer
        if hits is not None and offer.id not in hits.scores:
            continue
        found = offer_filters.passes(offer, filters, directory.venues, now) if filters.any else offer_filters.Passed()
        if found.fits:
            passed[offer.id] = (offer, found.unknown)

    def place(id_: UUID) -> tuple[int, float, int, str]:
        score = hits.scores.get(id_, 0.0) if hits is not None else 0.0
        return (len(passed[id_][1]), -score, judged.order.get(id_, 0), rows[id_].title.casefold())

    shown = [(passed[id_][0], _with_unknown(rows[id_], passed[id_][1])) for id_ in sorted(passed, key=place)]
    proposals = [row for offer, row in shown if offer.status == PROPOSAL]
    offers = [(offer, row) for offer, row in shown if offer.status != PROPOSAL]
    if judged.verdicts:
        groups = _by_fit([row for _offer, row in offers])
    elif hits is not None:
        groups = [Group(_("Treffer") if hits.whole else _("Nicht alles gefunden, am nächsten kommt"),
                        tuple(row for _offer, row in offers))]  # fmt: skip
    else:
        groups = _by_topic(offers)
    groups.append(Group(_("Vorschläge, noch nicht geprüft"), tuple(proposals)))
    return tuple(group for group in groups if group.rows)


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
    return Row(
        row.id, row.title, row.fit, row.lead, row.words, row.text, row.chip, words, stale=False, quiet=row.quiet
    )  # fmt: skip
