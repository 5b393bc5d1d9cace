"""Which offers fit a family, which do not, and what to ask for the rest; always with the reason.

The rules of one group hold together, of several groups one is enough, and whoever an exclusion meets is out (Human
Services Data Specification, issue 194). What is not known leaves the verdict open: no answer that is missing can turn
"passt nicht" into "passt". An offer without rules is open too, since nobody has said who may come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, product
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.offer_conditions import Finding, all_of, any_of, find
from desk_app.domain.offer_facts import Facts
from desk_app.domain.offer_questions import QUESTIONS, Question
from desk_app.domain.offers import ENDED, FAMILY, PAUSED, PROPOSAL, Offer, OfferRule
from desk_app.i18n import N_, _

_TRIED: Final = 4
"""So many rules on one question are tried in every combination; offers with more count as not settled by it."""


class Fit(StrEnum):
    """The verdict; in the order in which offers are shown."""

    FITS = "fits"
    OPEN = "open"
    NOT = "not"


FIT_TITLES: Final[Mapping[Fit, str]] = {Fit.FITS: N_("Passt"), Fit.OPEN: N_("Zu klären"), Fit.NOT: N_("Passt nicht")}
_LEADS: Final[Mapping[Fit, str]] = {
    Fit.FITS: N_("passt, weil"), Fit.OPEN: N_("offen:"), Fit.NOT: N_("passt nicht:")
}  # fmt: skip
_ORDER: Final = tuple(Fit)
_UNASKABLE: Final = 99


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an offer fits, and why.

    ``reasons`` are half sentences that follow ``lead``; ``missing`` are the questions of ``offer_questions`` whose
    answers would decide, empty where only the offer's provider could.
    """

    fit: Fit
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """ "passt, weil", "offen:", "passt nicht:"."""
        return _(_LEADS[self.fit])

    @property
    def line(self) -> str:
        """All in one: "passt, weil ein Kind schulpflichtig ist und ein Schulplatz gesucht wird"."""
        if self.fit is not Fit.FITS or len(self.reasons) < 2:
            return f"{self.lead} {'; '.join(self.reasons)}"
        *first, last = self.reasons
        return _("{lead} {reasons} und {last}").format(lead=self.lead, reasons=", ".join(first), last=last)

    @property
    def one_answer_away(self) -> bool:
        return self.fit is Fit.OPEN and len(self.missing) == 1


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question worth asking: ``settles`` offers are decided by any answer to it, ``touches`` come nearer to it."""

    key: str
    settles: int
    touches: int

    @property
    def question(self) -> Question:
        return QUESTIONS[self.key]


class Judge:
    """Judges offers for one family, or whoever else asks. Each rule is looked at once, however many offers have it."""

    def __init__(self, facts: Facts, audience: str = FAMILY) -> None:
        self.facts = facts
        self.audience = audience
        self._found: dict[OfferRule, Finding] = {}

    def verdict(self, offer: Offer) -> Verdict:
        """What holds today."""
        refused = self._refusals(offer)
        if refused:
            return Verdict(Fit.NOT, refused)
        excluding, groups = _conditions(offer, self.facts)
        out = [self._find(rule) for rule in excluding]
        ways = [[self._find(rule) for rule in group] for group in groups]
        truth = _truth(out, ways)
        waiting = self._waits_for(offer, bool(ways or out))
        if truth is False:
            return Verdict(Fit.NOT, _refusing(out, ways))
        if truth is None or waiting:
            return _open(out, ways, truth, waiting)
        return Verdict(Fit.FITS, _granting(out, ways))

    def settled_by(self, offer: Offer, question: str) -> bool:
        """Whether any answer to the question decides about an offer that is open."""
        excluding, groups = _conditions(offer, self.facts)
        rules = [*excluding, *(rule for group in groups for rule in group)]
        turned = list(dict.fromkeys(rule for rule in rules if self._find(rule).missing == question))
        if (
            QUESTIONS[question].leads_on
            or not 0 < len(turned) <= _TRIED
            or self._waits_for(offer, bool(groups or excluding))
        ):
            return False
        for truths in product((True, False), repeat=len(turned)):
            told = {rule: Finding(truth, "") for rule, truth in zip(turned, truths, strict=True)}
            out = [told.get(rule) or self._find(rule) for rule in excluding]
            ways = [[told.get(rule) or self._find(rule) for rule in group] for group in groups]
            if _truth(out, ways) is None:
                return False
        return True

    def _find(self, rule: OfferRule) -> Finding:
        found = self._found.get(rule)
        if found is None:
            found = self._found[rule] = find(rule, self.facts)
        return found

    def _refusals(self, offer: Offer) -> tuple[str, ...]:
        """Why it is nothing for anybody, or not for such as ask."""
        if offer.status == ENDED:
            return (_("ist beendet"),)
        if offer.valid_to is not None and offer.valid_to < self.facts.today:
            return (_("endete am {day}").format(day=show_day(offer.valid_to)),)
        if offer.status == PAUSED:
            return (_("macht zurzeit Pause"),)
        if offer.audiences and self.audience not in offer.audiences:
            whom = _(" und ").join(code_list("offer_audiences").label(key) for key in offer.audiences)
            return (_("richtet sich an {whom}").format(whom=whom),)
        return ()

    def _waits_for(self, offer: Offer, ruled: bool) -> tuple[str, ...]:
        """What is open about the offer itself, which no answer of the family settles."""
        waiting = []
        if offer.status == PROPOSAL:
            waiting.append(_("ein Vorschlag, noch nicht geprüft"))
        if offer.valid_from is not None and offer.valid_from > self.facts.today:
            waiting.append(_("beginnt erst am {day}").format(day=show_day(offer.valid_from)))
        if not offer.audiences:
            waiting.append(_("für wen es ist, ist nicht hinterlegt"))
        if not ruled and offer.eligibility:
            waiting.append(_("Bedingungen nur in Worten: {words}").format(words=offer.eligibility))
        elif not ruled:
            waiting.append(_("wer teilnehmen kann, ist nicht hinterlegt"))
        return tuple(waiting)


def judge_all(offers: Iterable[Offer], facts: Facts, audience: str = FAMILY) -> list[tuple[Offer, Verdict]]:
    """Every offer with its verdict, none left out: fitting ones first, then those one answer away, then the rest."""
    judge = Judge(facts, audience)
    return sorted(((offer, judge.verdict(offer)) for offer in offers), key=lambda pair: order(*pair))


def order(offer: Offer, verdict: Verdict) -> tuple[int, int, str]:
    """Where an offer stands among the others."""
    within = {
        # the more an offer asks, the closer it is to this family
        Fit.FITS: -len(verdict.reasons),
        Fit.OPEN: len(verdict.missing) or _UNASKABLE,
        Fit.NOT: 0,
    }
    return _ORDER.index(verdict.fit), within[verdict.fit], offer.title.casefold()


def next_questions(judged: Sequence[tuple[Offer, Verdict]], facts: Facts, audience: str = FAMILY) -> list[NextQuestion]:
    """The questions that are open, the one that settles most offers first."""
    judge = Judge(facts, audience)
    settles: dict[str, int] = {}
    touches: dict[str, int] = {}
    for offer, verdict in judged:
        for key in verdict.missing:
            touches[key] = touches.get(key, 0) + 1
            settles[key] = settles.get(key, 0) + judge.settled_by(offer, key)
    found = [NextQuestion(key, settles[key], count) for key, count in touches.items()]
    return sorted(found, key=lambda each: (-each.settles, -each.touches, list(QUESTIONS).index(each.key)))


def _conditions(offer: Offer, facts: Facts) -> tuple[list[OfferRule], list[list[OfferRule]]]:
    """The exclusions in force, and the groups; the offer's ages belong to every group."""
    rules = [rule for rule in offer.rules if rule.until is None or facts.today <= rule.until]
    excluding = [rule for rule in rules if rule.excludes]
    granting = sorted((rule for rule in rules if not rule.excludes), key=lambda rule: rule.group)
    groups = [list(group) for _number, group in groupby(granting, key=lambda rule: rule.group)]
    ages = _ages(offer)
    return excluding, [[*group, *ages] for group in groups] or ([ages] if ages else [])


def _ages(offer: Offer) -> list[OfferRule]:
    if offer.youngest is not None and offer.oldest is not None:
        return [OfferRule("age", "between", (str(offer.youngest), str(offer.oldest)))]
    if offer.youngest is not None:
        return [OfferRule("age", "at_least", (str(offer.youngest),))]
    return [OfferRule("age", "at_most", (str(offer.oldest),))] if offer.oldest is not None else []


def _truth(out: Sequence[Finding], ways: Sequence[Sequence[Finding]]) -> bool | None:
    way = any_of(all_of(finding.truth for finding in group) for group in ways) if ways else True
    return all_of((*(finding.truth for finding in out), way))


def _refusing(out: Sequence[Finding], ways: Sequence[Sequence[Finding]]) -> tuple[str, ...]:
    """Every exclusion that holds; else what is against the way that comes nearest."""
    against = [finding for finding in out if finding.truth is False]
    if not against:
        nearest = min(ways, key=lambda way: sum(finding.truth is False for finding in way))
        against = [finding for finding in nearest if finding.truth is False]
    return _unique(finding.words for finding in against)


def _granting(out: Sequence[Finding], ways: Sequence[Sequence[Finding]]) -> tuple[str, ...]:
    """What speaks for the first way that is free, and that no exclusion holds."""
    free = next((way for way in ways if all(finding.truth for finding in way)), ())
    return _unique(finding.words for finding in (*free, *out))


def _open(
    out: Sequence[Finding], ways: Sequence[Sequence[Finding]], truth: bool | None, waiting: tuple[str, ...]
) -> Verdict:
    """What is missing on the way that needs the fewest answers, after what is open about the offer itself.

    Where something is, no answer of the family decides, so none is asked for.
    """
    if truth is not None:
        return Verdict(Fit.OPEN, waiting)
    possible = [way for way in ways if all(finding.truth is not False for finding in way)] or [[]]
    needed = [[finding for finding in (*out, *way) if finding.truth is None] for way in possible]
    fewest = min(needed, key=lambda way: len(_unique(finding.missing for finding in way)))
    missing = _unique(finding.missing for finding in fewest)
    unclear = tuple(finding.words for finding in fewest if not finding.missing)
    reasons = (*waiting, *(_(QUESTIONS[key].open) for key in missing), *unclear)
    return Verdict(Fit.OPEN, reasons, () if waiting or unclear else missing)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
