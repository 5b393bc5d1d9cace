"""Which offers fit a family, which do not, and what to ask for the rest; always with the reason.

The rules of one group hold together, of several groups one is enough, and whoever an exclusion meets is out (Human
Services Data Specification, issue 194). What is not known leaves the verdict open: no answer that is missing can turn
"passt nicht" into "passt". An offer without rules is open too, since nobody has said who may come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.offer_conditions import Finding, Truth, all_of, any_of, find, why
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
_TruthOf = Callable[[OfferRule], Truth]
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
    """Judges offers for one family, or whoever else asks. What several rules have alike is looked at once."""

    def __init__(self, facts: Facts, audience: str = FAMILY) -> None:
        self.facts = facts
        self.audience = audience
        self._found: dict[tuple[object, ...], Finding] = {}

    def verdict(self, offer: Offer) -> Verdict:
        """What holds today."""
        refused = self._refusals(offer)
        if refused:
            return Verdict(Fit.NOT, refused)
        conditions = _conditions(offer, self.facts)
        truth = conditions.truth(self._truth_of)
        waiting = self._waits_for(offer, conditions)
        if truth is False:
            return Verdict(Fit.NOT, self._say(conditions.against(self._truth_of)))
        if truth is None or waiting:
            return self._open(conditions, truth, waiting)
        return Verdict(Fit.FITS, self._say(conditions.granting(self._truth_of)))

    def settled_by(self, offer: Offer, question: str) -> bool:
        """Whether any answer to the question decides about an offer that is open."""
        conditions = _conditions(offer, self.facts)
        turned = {_alike(rule) for rule in conditions.rules if self._find(rule).missing == question}
        if QUESTIONS[question].leads_on or not 0 < len(turned) <= _TRIED or self._waits_for(offer, conditions):
            return False
        for truths in product((True, False), repeat=len(turned)):
            if conditions.truth(self._supposing(dict(zip(turned, truths, strict=True)))) is None:
                return False
        return True

    def _supposing(self, told: Mapping[tuple[object, ...], bool]) -> _TruthOf:
        return lambda rule: told.get(_alike(rule), self._truth_of(rule))

    def _find(self, rule: OfferRule) -> Finding:
        key = _alike(rule)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = find(rule, self.facts)
        return found

    def _truth_of(self, rule: OfferRule) -> Truth:
        return self._find(rule).truth

    def _say(self, rules: Iterable[OfferRule]) -> tuple[str, ...]:
        return _unique(why(rule, self.facts, self._find(rule)) for rule in rules)

    def _open(self, conditions: _Conditions, truth: Truth, waiting: tuple[str, ...]) -> Verdict:
        """What is missing on the way that needs the fewest answers, after what is open about the offer itself.

        Where something is, no answer of the family decides, so none is asked for.
        """
        if truth is not None:
            return Verdict(Fit.OPEN, waiting)
        needed = conditions.undecided(self._truth_of)
        fewest = min(needed, key=lambda rules: len({self._find(rule).missing for rule in rules}))
        missing = _unique(self._find(rule).missing for rule in fewest)
        unclear = self._say(rule for rule in fewest if not self._find(rule).missing)
        reasons = (*waiting, *(_(QUESTIONS[key].open) for key in missing), *unclear)
        return Verdict(Fit.OPEN, reasons, () if waiting or unclear else missing)

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

    def _waits_for(self, offer: Offer, conditions: _Conditions) -> tuple[str, ...]:
        """What is open about the offer itself, which no answer of the family settles."""
        waiting = []
        if offer.status == PROPOSAL:
            waiting.append(_("ein Vorschlag, noch nicht geprüft"))
        if offer.valid_from is not None and offer.valid_from > self.facts.today:
            waiting.append(_("beginnt erst am {day}").format(day=show_day(offer.valid_from)))
        if not offer.audiences:
            waiting.append(_("für wen es ist, ist nicht hinterlegt"))
        if not conditions.rules and offer.eligibility:
            waiting.append(_("Bedingungen nur in Worten: {words}").format(words=offer.eligibility))
        elif not conditions.rules:
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


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The exclusions in force, and the ways in, each of which is a group of rules."""

    excluding: Sequence[OfferRule]
    ways: Sequence[Sequence[OfferRule]]

    @property
    def rules(self) -> Sequence[OfferRule]:
        return [*self.excluding, *(rule for way in self.ways for rule in way)]

    def truth(self, of: _TruthOf) -> Truth:
        way = any_of(all_of(map(of, way)) for way in self.ways) if self.ways else True
        return all_of((*map(of, self.excluding), way))

    def against(self, of: _TruthOf) -> Sequence[OfferRule]:
        """Every exclusion that holds; else what is against the way that comes nearest."""
        holding = [rule for rule in self.excluding if of(rule) is False]
        if holding:
            return holding
        failing = [[rule for rule in way if of(rule) is False] for way in self.ways]
        return min(failing, key=len)

    def granting(self, of: _TruthOf) -> Sequence[OfferRule]:
        """What speaks for the first way that is free, and that no exclusion holds."""
        free = next((way for way in self.ways if all(map(of, way))), ())
        return [*free, *self.excluding]

    def undecided(self, of: _TruthOf) -> Sequence[Sequence[OfferRule]]:
        """What is not known, for each way that is not barred."""
        possible = [way for way in self.ways if all(of(rule) is not False for rule in way)] or [()]
        return [[rule for rule in (*self.excluding, *way) if of(rule) is None] for way in possible]


def _conditions(offer: Offer, facts: Facts) -> _Conditions:
    """What holds today; the offer's ages belong to every way."""
    excluding: list[OfferRule] = []
    groups: dict[int, list[OfferRule]] = {}
    for rule in offer.rules:
        if rule.until is not None and rule.until < facts.today:
            continue
        (excluding if rule.excludes else groups.setdefault(rule.group, [])).append(rule)
    ages = _ages(offer)
    ways = [[*groups[number], *ages] for number in sorted(groups)]
    return _Conditions(excluding, ways or ([ages] if ages else []))


def _alike(rule: OfferRule) -> tuple[object, ...]:
    """What a finding depends on: rules that are alike in this come to the same."""
    return rule.field, rule.operator, rule.values, rule.excludes


def _ages(offer: Offer) -> list[OfferRule]:
    if offer.youngest is not None and offer.oldest is not None:
        return [OfferRule("age", "between", (str(offer.youngest), str(offer.oldest)))]
    if offer.youngest is not None:
        return [OfferRule("age", "at_least", (str(offer.youngest),))]
    return [OfferRule("age", "at_most", (str(offer.oldest),))] if offer.oldest is not None else []


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
