"""Whether two entries may be one person: what speaks for it and against it, and a verdict in words.

Nothing here decides. Names of real families are written differently by every office, birth dates are guessed at the
border, telephones change; so the reasons are shown and a person looks. There is never a percentage: it would be read
as a measurement.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from desk_app.domain import name_keys
from desk_app.domain.birth_likeness import days_of, digits_apart, is_guess, overlap
from desk_app.domain.contact import phone_key
from desk_app.domain.dates import DateSpan, Precision
from desk_app.domain.match_reasons import Reason, Verdict
from desk_app.domain.name_likeness import SOUNDS_ALIKE, Alignment, align, faintly_alike

Rarity = Callable[[str], float]
"""How much a folded word of a name says, in bits: 1 for a name of every second person, 10 for one of a thousand."""


@dataclass(frozen=True)
class PersonFacts:
    """What is compared of one person; whatever is not known stays empty."""

    given_name: str = ""
    family_name: str = ""
    other_names: tuple[str, ...] = ()
    """Further spellings of the whole name: native script, birth name with all given names, what staff noted."""
    birth: DateSpan | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    """As typed; see ``contact.phone_key``."""
    home: str = ""
    """Street, number, postal code of where the person lives now, as typed; "" under protection."""
    accommodation: bool = False
    """Whether ``home`` is a shared accommodation, where the same address says less."""
    siblings: tuple[DateSpan, ...] = ()
    """Birth dates of the other children of the household."""
    household: UUID | None = None
    person: UUID | None = None

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The words of the given names as they are compared."""
        return name_keys.names_in(self.given_name)

    @cached_property
    def family(self) -> tuple[str, ...]:
        """The words of the family name as they are compared."""
        return name_keys.names_in(self.family_name)

    @cached_property
    def others(self) -> tuple[tuple[str, ...], ...]:
        """The words of further spellings, those that say nothing new left out."""
        known = set(self.given + self.family)
        spelt = dict.fromkeys(name_keys.names_in(name) for name in self.other_names)
        return tuple(words for words in spelt if words and not known.issuperset(words))

    @cached_property
    def spelt(self) -> str:
        """The name as it is written, capitals aside."""
        return f"{self.given_name} {self.family_name}".casefold()

    @cached_property
    def phone_keys(self) -> frozenset[str]:
        return frozenset(key for phone in self.phones for key in phone_keys(phone))

    @cached_property
    def home_key(self) -> str:
        return " ".join(name_keys.folded(self.home))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for two persons. ``weight`` only serves to put candidates in order and is never shown."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    """What speaks for one person first, then what speaks against it."""
    weight: float = 0.0


COMMON_BITS: Final = 3.0
"""What the least rare name says."""

_RARE_BITS = 9.0
_FEWEST_DIGITS = 6
_LARGEST_PHONE = re.compile(r"[+0-9][0-9 ()/.-]{4,}")
_DAYS = 20 * 365.0
"""Births are spread over some twenty years; a day says so many bits."""


_BESIDES = frozenset({Reason.SAME_PHONE, Reason.SAME_ADDRESS, Reason.SIBLINGS_BIRTH_DATES})
_BIRTHS = frozenset({Reason.SAME_BIRTH_DATE, Reason.DAY_AND_MONTH_SWAPPED, Reason.BIRTH_DATE_ONE_DIGIT})


@dataclass(slots=True)
class _Evidence:
    """What was found so far, in bits for (above 0) and against one person."""

    bits: float = 0.0
    reasons: list[Reason] = field(default_factory=list)
    named: bool = False
    """Whether a name speaks for it."""
    whole_name: bool = False
    """Whether at least two words do, and none stays alone on both sides."""
    wholly: bool = False
    """Whether in addition nothing speaks against it."""
    faintly_named: bool = False
    """Whether a word that stays alone on both sides may be one with several slips."""
    surely_named: bool = False
    """Whether every word that has a partner is the same name to the ear, given name to given name."""
    surely_born: bool = False
    """Whether the day of birth is known of both and is the same, or day and month exchanged."""
    doubtful: bool = False
    """Whether something speaks against it that no slip of the pen explains."""

    def add(self, bits: float, reason: Reason | None = None) -> None:
        self.bits += bits
        if reason is not None:
            self.reasons.append(reason)


def compare(one: PersonFacts, other: PersonFacts, rarity: Rarity, population: int) -> Comparison:
    """What speaks for and against ``one`` and ``other`` being the same person among ``population`` persons.

    After Fellegi and Sunter: each agreement counts as many bits as it is unlikely by chance, a rare name more than a
    common one. With as many bits as it takes to single one out of all, one person is possible; with some to spare and
    no contradiction it is likely.
    """
    return _judged(_nearest_names(one, other, rarity), _besides(one, other), rarity, population)


def possible(one: PersonFacts, other: PersonFacts, rarity: Rarity, population: int) -> Comparison | None:
    """The same, None for the verdict that they are two: of most it is seen before the reasons are looked for."""
    named, found = _nearest_names(one, other, rarity), _besides(one, other)
    if named is None or found.bits + named.bits < math.log2(population + UNSEEN) + _POSSIBLE_BY_NAME:
        return None
    compared = _judged(named, found, rarity, population)
    return compared if compared.verdict is not Verdict.NONE else None


def _judged(named: _Named | None, found: _Evidence, rarity: Rarity, population: int) -> Comparison:
    """What follows from the names and from all that was found besides them."""
    if named is not None:
        _add_names(found, named, rarity)
    against = {reason for reason in found.reasons if not reason.speaks_for} - {Reason.OTHER_PHONE}
    found.wholly = found.whole_name and not against
    reasons = tuple(sorted(found.reasons, key=lambda reason: not reason.speaks_for))
    return Comparison(_verdict(found, population), reasons, found.bits)


def _verdict(found: _Evidence, population: int) -> Verdict:
    needed = math.log2(population + UNSEEN)
    contradicted = Reason.OTHER_GIVEN_NAME in found.reasons and Reason.OTHER_SEX in found.reasons
    if contradicted or not found.named or found.bits < needed + _margin(found):
        return Verdict.NONE
    if not _is_sure(found) or found.bits < needed + _LIKELY:
        return Verdict.POSSIBLE
    return Verdict.LIKELY


def _is_sure(found: _Evidence) -> bool:
    """Whether name and birth date agree, or something else stands in for the one that only nearly does.

    Among a hundred thousand there is always somebody of a like name with a like date: nearly twice is not once surely.
    """
    if found.doubtful or not found.wholly:
        return False
    nearly = (not found.surely_named) + (not found.surely_born)
    return nearly == 0 or (nearly == 1 and not _BESIDES.isdisjoint(found.reasons))


def _margin(found: _Evidence) -> float:
    """From how many bits above (or below) what singles one person out somebody is shown as possible."""
    if found.wholly:
        return _POSSIBLE_BY_NAME
    if Reason.OTHER_GIVEN_NAME in found.reasons:
        return _POSSIBLE_SIBLING
    named = found.whole_name or found.faintly_named
    return _POSSIBLE if named or not _BIRTHS.isdisjoint(found.reasons) else _POSSIBLE_BY_LITTLE


def fewest_bits(population: int) -> float:
    """With fewer bits than that nobody is shown whose names do not agree entirely."""
    return math.log2(population + UNSEEN) + _POSSIBLE


UNSEEN: Final = 2000
"""So many persons are thought to be in every store besides: the first families say little about how rare a name is."""
_LIKELY = 4.0
_POSSIBLE_SIBLING = 2.0
_POSSIBLE_BY_LITTLE = -4.0
_POSSIBLE = -8.0
_POSSIBLE_BY_NAME = -12.0
"""Whoever bears the same given and family name is shown unless something contradicts: no proof, but a hint."""


def phone_keys(text: str) -> tuple[str, ...]:
    """The numbers in what was typed, digits only; two numbers in one field are two."""
    numbers = (phone_key(part) for part in _LARGEST_PHONE.findall(text))
    return tuple(number for number in numbers if len(number) >= _FEWEST_DIGITS)


# --- names


def _nearest_names(one: PersonFacts, other: PersonFacts, rarity: Rarity) -> _Named | None:
    """The two spellings that have most in common; None where somebody has no name."""
    return max(
        (
            _Named(align(words, others), words, others, split, other_split, rarity)
            for words, split in _renderings(one)
            for others, other_split in _renderings(other)
        ),
        key=lambda named: named.bits,
        default=None,
    )


def _add_names(found: _Evidence, named: _Named, rarity: Rarity) -> None:
    alone = named.alignment.alone_first and named.alignment.alone_second
    reasons = list(named.reasons(rarity))
    found.named = bool(named.alignment.pairs)
    found.whole_name = len(named.alignment.pairs) > 1 and not alone
    found.surely_named = named.is_sure
    found.faintly_named = named.is_faint
    found.bits += named.bits
    found.doubtful = found.doubtful or Reason.OTHER_GIVEN_NAME in reasons
    found.reasons[:0] = reasons


def _renderings(facts: PersonFacts) -> Iterable[tuple[tuple[str, ...], int | None]]:
    """Each spelling of the whole name with the number of given names, None where it is not known."""
    if facts.given or facts.family:
        yield facts.given + facts.family, len(facts.given)
    for words in facts.others:
        yield words, None


class _Named:
    """Two spellings side by side; the first ``split`` words of each are given names."""

    def __init__(
        self,
        alignment: Alignment,
        words: tuple[str, ...],
        others: tuple[str, ...],
        split: int | None,
        other_split: int | None,
        rarity: Rarity,
    ) -> None:
        self.alignment = alignment
        self.words, self.others = words, others
        self.split, self.other_split = split, other_split
        alone, alone_other = len(alignment.alone_first), len(alignment.alone_second)
        odd = min(alone, alone_other)
        self.is_faint = bool(odd) and self._is_faint()
        """Whether words that stay alone on both sides may be one word with several slips."""
        agreed = sum(worth(pair.alike) * min(rarity(pair.word), rarity(pair.other)) for pair in alignment.pairs)
        against = _ODD_WORD * (odd - self.is_faint) + _MISSING_WORD * (alone + alone_other - 2 * odd)
        self.bits: float = agreed - against

    def _is_faint(self) -> bool:
        return bool(self.alignment.pairs) and any(
            faintly_alike(self.words[here], self.others[there])
            for here in self.alignment.alone_first
            for there in self.alignment.alone_second
        )

    def reasons(self, rarity: Rarity) -> Iterable[Reason]:
        pairs = self.alignment.pairs
        if pairs:
            least = min(pair.alike for pair in pairs)
            alone = bool(self.alignment.alone_first and self.alignment.alone_second)
            if least == 1.0 and not alone:
                yield Reason.SAME_NAME
            else:
                yield Reason.NAME_SOUNDS_ALIKE if least >= SOUNDS_ALIKE else Reason.NAME_RESEMBLES
            if sum(rarity(pair.word) for pair in pairs if pair.alike >= SOUNDS_ALIKE) / len(pairs) >= _RARE_BITS:
                yield Reason.RARE_NAME
        if self.split is None or self.other_split is None:
            return
        if pairs and all((pair.first < self.split) != (pair.second < self.other_split) for pair in pairs):
            yield Reason.NAMES_SWAPPED
        if self._alone(given=True):
            yield Reason.OTHER_GIVEN_NAME
        if self._alone(given=False):
            yield Reason.OTHER_FAMILY_NAME

    @property
    def is_sure(self) -> bool:
        """Whether all are one name to the ear; and given names belong to given names, or all to the other kind."""
        pairs = self.alignment.pairs
        turned: set[bool] = set()
        if self.split is not None and self.other_split is not None:
            turned = {(pair.first < self.split) != (pair.second < self.other_split) for pair in pairs}
        return len(turned) < 2 and all(pair.alike >= _SURELY for pair in pairs)

    def _alone(self, *, given: bool) -> bool:
        """Whether both have given (or family) names, none of them belongs to anything and no two are faintly alike."""
        assert self.split is not None
        assert self.other_split is not None
        mine = {place for place in range(len(self.words)) if (place < self.split) == given}
        theirs = {place for place in range(len(self.others)) if (place < self.other_split) == given}
        return (
            bool(mine and theirs)
            and mine <= set(self.alignment.alone_first)
            and theirs <= set(self.alignment.alone_second)
            and not any(faintly_alike(self.words[here], self.others[there]) for here in mine for there in theirs)
        )


_SURELY = 0.9
_ODD_WORD = 5.0
_MISSING_WORD = 0.7


def worth(alike: float) -> float:
    """How much of its bits a word keeps that is not spelt the same: the wider the circle, the more fall into it."""
    if alike >= SOUNDS_ALIKE:
        return 1 - 1.5 * (1 - alike)
    return max(0.1, 0.76 - 3 * (SOUNDS_ALIKE - alike))


# --- births

_SAME_GUESS = 1.5
"""What it says besides the year that nobody knew the day either time."""


def _besides(one: PersonFacts, other: PersonFacts) -> _Evidence:
    """What speaks for and against it besides the names."""
    found = _Evidence()
    _compare_births(found, one.birth, other.birth)
    _compare_the_rest(found, one, other)
    return found


def _compare_births(found: _Evidence, one: DateSpan | None, other: DateSpan | None) -> None:
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return
    guessed = is_guess(one) or is_guess(other)
    if one.precision is other.precision is Precision.DAY and not guessed:
        _compare_days(found, one.earliest, other.earliest)
        return
    if one == other and guessed:
        found.add(math.log2(_DAYS / 365) + _SAME_GUESS, Reason.SAME_BIRTH_DATE)
    elif overlap(one, other):
        found.add(math.log2(max(_DAYS / max(days_of(one), days_of(other)), 1)), Reason.BIRTH_DATES_FIT)
    elif one.precision is other.precision is Precision.DAY and digits_apart(one.earliest, other.earliest) == 1:
        found.add(2.0, Reason.BIRTH_DATE_ONE_DIGIT)
    else:
        far = abs(one.earliest.year - other.earliest.year) > 1
        found.add(-9.0 if far else -3.0, Reason.OTHER_BIRTH_DATE)
        found.doubtful = found.doubtful or far


def _compare_days(found: _Evidence, one: date, other: date) -> None:
    certain = math.log2(_DAYS)
    if one == other:
        found.surely_born = True
        found.add(certain, Reason.SAME_BIRTH_DATE)
    elif (one.year, one.month, one.day) == (other.year, other.day, other.month):
        found.surely_born = True
        found.add(certain - 1, Reason.DAY_AND_MONTH_SWAPPED)
    elif digits_apart(one, other) == 1:
        found.add(certain - 5, Reason.BIRTH_DATE_ONE_DIGIT)
    else:
        near = one.year == other.year or (one.day, one.month) == (other.day, other.month)
        found.add(-4.0 if near else -9.0, Reason.OTHER_BIRTH_DATE)
        found.doubtful = True


# --- the rest


def _compare_the_rest(found: _Evidence, one: PersonFacts, other: PersonFacts) -> None:
    if one.sex and other.sex and one.sex != other.sex and {one.sex, other.sex} <= {"m", "w"}:
        found.add(-3.0, Reason.OTHER_SEX)
    if one.phone_keys and other.phone_keys:
        same = not one.phone_keys.isdisjoint(other.phone_keys)
        found.add(9.0 if same else -0.3, Reason.SAME_PHONE if same else Reason.OTHER_PHONE)
    if one.home_key and one.home_key == other.home_key:
        shared = one.accommodation or other.accommodation
        found.add(3.0 if shared else 6.0, Reason.SAME_ACCOMMODATION if shared else Reason.SAME_ADDRESS)
    births = {span for span in one.siblings if span.precision is Precision.DAY and not is_guess(span)}
    if same_births := births.intersection(other.siblings):
        found.add(9.0 + 3 * (len(same_births) - 1), Reason.SIBLINGS_BIRTH_DATES)
