"""The list of offers as it is shown: in groups, each row with its reason, found letters marked.

Nothing is hidden by matching. With a family the groups are what fits, what is to be settled and what does not fit;
without one they are the topics. What was searched for comes nearest first. Proposals stand below, since nobody has
looked at them yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from desk_app.casework.offer_match import Found, Known, Pool
from desk_app.domain import offer_search
from desk_app.domain.code_lists import code_list
from desk_app.domain.eligibility import FIT_TITLES, Fit
from desk_app.domain.offer_filters import By
from desk_app.domain.offer_search import Hits
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, PROPOSAL, Offer
from desk_app.i18n import N_, _

Marks = tuple[tuple[int, int], ...]
"""Places in a text, each from (included) and to (excluded)."""

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


def rows_of(pool: Pool) -> tuple[Row, ...]:
    """The row of each offer, whatever is searched for, each at its ``Known.place``."""
    return tuple(_row(pool, known) for known in sorted(pool.known.values(), key=lambda known: known.place))


def _row(pool: Pool, known: Known) -> Row:
    offer, verdict = known.offer, known.verdict
    organisation = pool.directory.organisation_of(offer)
    status = _STATUS_WORDS.get(offer.status)
    if verdict is not None:
        lead = verdict.lead
        words = verdict.line.removeprefix(lead).strip()
    else:
        lead, words = "", _(status) if status else offer.brief or offer.text
    end = (organisation.short or organisation.name) if organisation is not None else ""
    return Row(
        offer.id,
        offer.title,
        str(verdict.fit) if verdict is not None else "",
        lead,
        words,
        offer.brief or offer.text,
        code_list("offer_topics").label(offer.topics[0]) if offer.topics else "",
        " · ".join(part for part in (known.referral.label if known.referral else "", end, known.near.words) if part),
        known.faded and offer.status == ACTIVE,
        (verdict is not None and verdict.fit is Fit.NOT) or status is not None,
        offer.status == PROPOSAL,
    )


def arrange(found: Found, rows: Sequence[Row], *, searched: bool, judged: bool) -> tuple[Group, ...]:
    """What was found in groups, in its order; ``judged`` says that there is somebody it may fit."""
    shown = [(match.known.offer, _with_unknown(rows[match.known.place], match.unknown)) for match in found.matches]
    offers = [(offer, row) for offer, row in shown if not row.proposed]
    if judged:
        groups = _by_fit([row for _offer, row in offers])
    elif searched:
        whole = _("Treffer") if found.hits.whole else _("Nicht alles gefunden, am nächsten kommt")
        groups = [Group(whole, tuple(row for _offer, row in offers))]
    else:
        groups = _by_topic(offers)
    groups.append(Group(_("Vorschläge, noch nicht geprüft"), tuple(row for _offer, row in shown if row.proposed)))
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
    return replace(row, end=words, stale=False)
