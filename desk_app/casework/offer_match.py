"""What there is for a family, or for whoever asks: every offer with its verdict and the reason, searched as one types.

Reading is done once for a conversation (``prepare``); what then changes with every key (``search``) asks no store.
Answers given in the talk are handed in for that and kept nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from desk_app.casework import families, offer_directory, offer_nearness, offer_shipping, referral_lines
from desk_app.casework.desk import Work
from desk_app.casework.offer_directory import Directory, Listed
from desk_app.casework.offer_freshness import fades
from desk_app.casework.referral_lines import ReferralLine, Uses
from desk_app.domain import offer_filters
from desk_app.domain.clock import local
from desk_app.domain.eligibility import Fit, Judge, NextQuestion, Verdict, next_questions, order
from desk_app.domain.offer_facts import Facts, facts_of, no_family
from desk_app.domain.offer_filters import By, Filters, Moment
from desk_app.domain.offer_nearness import Nearness
from desk_app.domain.offer_outlook import remarks
from desk_app.domain.offer_questions import Spoken
from desk_app.domain.offer_search import Hits
from desk_app.domain.offers import FAMILY, Offer
from desk_app.domain.records import FamilyFile

_FITS: Final = tuple(Fit)
_ALL: Final = offer_filters.Passed()


@dataclass(frozen=True, slots=True)
class Known:
    """One offer with what does not change while one types. ``verdict`` is ``None`` where nobody is asking.

    ``referral`` is the family's newest one to it, ``place`` where it stands among all while nothing is looked for.
    """

    listed: Listed
    verdict: Verdict | None = None
    near: Nearness = field(default=Nearness())
    uses: Uses = field(default=Uses())
    referral: ReferralLine | None = None
    faded: bool = False
    place: int = 0

    @property
    def offer(self) -> Offer:
        return self.listed.offer


@dataclass(frozen=True)
class Pool:
    """Everything there is to search in for one conversation. ``questions``: what to ask next, the best one first."""

    directory: Directory
    known: Mapping[UUID, Known]
    questions: tuple[NextQuestion, ...] = ()
    household: UUID | None = None
    audience: str = FAMILY
    facts: Facts | None = field(default=None, repr=False)
    """What the verdicts go by, answers of the talk among it: not to be kept longer than the talk."""

    def remarks(self, offer: UUID) -> tuple[str, ...]:
        """German sentences on what may stand in the way of an offer, or help, although it does not decide."""
        return remarks(self.known[offer].offer, self.facts) if self.facts is not None else ()


class Match(NamedTuple):
    """One offer as it is listed. ``unknown`` are the filters for which nobody noted the fact."""

    known: Known
    score: float = 0.0
    unknown: tuple[By, ...] = ()

    @property
    def fit(self) -> Fit | None:
        return self.known.verdict.fit if self.known.verdict else None


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a search, in the order in which it is shown; ``others`` is how many offers do not.

    ``hits`` say which letters to mark (``offer_search.marks``) and whether all words were found.
    """

    matches: tuple[Match, ...]
    hits: Hits
    others: int = 0

    @property
    def topics(self) -> Mapping[str, int]:
        """How many of these offers each topic has."""
        return Counter(topic for match in self.matches for topic in match.known.offer.topics)

    def of(self, fit: Fit | None) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.fit is fit)


def prepare(
    work: Work, household: UUID | None = None, spoken: Spoken | None = None, audience: str = FAMILY
) -> Pool:
    """Judge all offers for a family; without one for somebody else of that audience, or for nobody at all.

    Without a family and without answers given in the talk there is no verdict for families: nobody is asking. Raises
    ``RecordGone`` where there is no such family.
    """
    offer_shipping.ensure(work)
    directory = offer_directory.read(work)
    file = families.load(work, household) if household is not None else None
    facts = _facts(file, work.today, spoken, audience)
    judge = Judge(facts, audience) if facts is not None else None
    in_order = _in_order(work, directory, file, judge)
    known = {each.offer.id: replace(each, place=place) for place, each in enumerate(in_order)}
    judged = [(each.offer, each.verdict) for each in in_order if each.verdict is not None]
    questions = next_questions(judged, facts, audience) if facts is not None else []
    return Pool(directory, known, tuple(questions), household, audience, facts)


def for_file(work: Work, directory: Directory, file: FamilyFile) -> list[Known]:
    """All offers judged for a family as its file is being typed, in the order in which ``prepare`` has them."""
    return _in_order(work, directory, file, Judge(facts_of(file, work.today)))


def _in_order(work: Work, directory: Directory, file: FamilyFile | None, judge: Judge | None) -> list[Known]:
    near = offer_nearness.of_family(work, directory, file)
    uses = referral_lines.uses(work)
    theirs = _newest(referral_lines.of_file(work, file)) if file is not None else {}
    all_ = [
        Known(
            each,
            judge.verdict(each.offer) if judge else None,
            near.get(each.offer.id, Nearness()),
            uses.get(each.offer.id, Uses()),
            theirs.get(each.offer.id),
            fades(each.as_of, work.today),
        )
        for each in directory.offers
    ]
    return sorted(all_, key=_order)


def search(pool: Pool, query: str, filters: Filters, now: datetime) -> Found:
    """The offers that answer a query and fit the filters, those that fit the family first; asks no store.

    A query narrows, and so do filters; a verdict never does, it only orders. Where no offer has all the words, those
    that have most of them are found.
    """
    hits = pool.directory.index.find(query)
    asked = bool(query.strip()) and bool(hits.scores or not hits.whole)
    # hashing the id of a thousand offers is dear: once for each is enough
    scored = [(pool.known.get(id_), score) for id_, score in hits.scores.items()] if asked else [
        (known, 0.0) for known in pool.known.values()
    ]  # fmt: skip
    there = local(now)
    moment = Moment(there.date(), there.hour * 60 + there.minute)
    narrowed = filters.any
    matches = []
    for known, score in scored:
        if known is None:
            continue
        passed = offer_filters.passes(known.offer, filters, pool.directory.venues, moment) if narrowed else _ALL
        if passed.fits:
            matches.append(Match(known, score, passed.unknown))
    matches.sort(key=_nearest_first)
    return Found(tuple(matches), hits, len(pool.known) - len(matches))


def _facts(file: FamilyFile | None, today: date, spoken: Spoken | None, audience: str) -> Facts | None:
    if file is not None and audience == FAMILY:
        return facts_of(file, today, spoken)
    if audience != FAMILY or (spoken is not None and spoken.answered):
        return no_family(today, spoken)
    return None


def _order(known: Known) -> tuple[object, ...]:
    """What fits first, then what one answer would settle; of these the near, then the much used."""
    fit, missing, title = order(known.offer, known.verdict) if known.verdict else (0, 0, known.offer.title.casefold())
    return (fit, missing, known.near.order, -known.uses.referrals, title)


def _nearest_first(match: Match) -> tuple[int, float, bool, int]:
    known = match.known
    fit = _FITS.index(known.verdict.fit) if known.verdict else 0
    return (fit, -match.score, bool(match.unknown), known.place)


def _newest(lines: Sequence[ReferralLine]) -> dict[UUID, ReferralLine]:
    """The newest referral to each offer; they come with the newest first."""
    return {line.offer: line for line in reversed(lines) if line.offer is not None}
