"""All words of names and birth dates of the open store, held in memory so that a key press need not read them.

It may know too much (somebody just taken out, a save that did not land) but never too little: whoever is found is read
from the store before being shown. It goes with the engine of the store when that is closed.

What was worked out or read for one key press is kept for the next until a name, a birth date or a card changes.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from itertools import pairwise
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk_app.casework.search_card import Kind, Subject
from desk_app.domain.birth_likeness import is_guess, slips_of
from desk_app.domain.dates import DateSpan, Precision
from desk_app.domain.matching import COMMON_BITS, UNSEEN, PersonFacts, worth
from desk_app.domain.name_likeness import SOUNDS_ALIKE
from desk_app.domain.name_vocabulary import Alike, Vocabulary
from desk_app.storage.tables import SearchEntry, SearchSubject, SearchWord

_RARE_BITS: Final = 9.0
"""Somebody is worth comparing for one name alone if at most one of so many (a power of 2) bears it."""
_EXACT_DAY: Final = 12.8
_SWAPPED_DAY: Final = 11.8
_ONE_DIGIT: Final = 7.8
_YEAR: Final = 4.3
_SAME_GUESS: Final = 5.8
_OTHER_DAY: Final = -7.0
_A_WORD: Final = 4.0
"""What it says besides that a word has a partner at all: two that have none speak against it."""

_TOO_LITTLE: Final = -5.0
"""With so many bits less than it takes to single one out of all, nobody is shown by the closer look."""
_SIBLINGS: Final = 12.0
"""What the closer look may find besides."""

_MOST_REMEMBERED: Final = 16
_MOST_SUBJECTS: Final = 2000
_RENEWED: Final = "search keys written and not kept yet"

_DAY_KEY: Final = 8
_NEW_YEAR: Final = "0101"

Scores = dict[int, float]
"""Subjects with bits that speak for them."""


class Memory:
    """Who bears which word, and who was born when; subjects by their number."""

    def __init__(self, session: Session) -> None:
        self.vocabulary = Vocabulary()
        words = session.execute(select(SearchWord.word, SearchWord.sounds))
        self.vocabulary.add_all((word, sounds) for word, sounds in words)
        self._bearers: dict[str, array[int]] = dict(_grouped(session, Kind.NAME))
        names: dict[int, list[str]] = defaultdict(list)
        for word, subjects in self._bearers.items():
            for subject in subjects:
                names[subject].append(word)
        # tuples of texts, unlike lists, are nothing the collector of garbage walks through every now and then
        self._names = {subject: tuple(words) for subject, words in names.items()}
        self._born: dict[str, array[int]] = dict(_grouped(session, Kind.BIRTH))
        self._born_in: dict[str, list[str]] = defaultdict(list)
        for key in self._born:
            self._born_in[key[:4]].append(key)
        families = select(SearchSubject.id).where(SearchSubject.person_id.is_(None))
        self._families = frozenset(session.scalars(families))
        self._dated = {subject for subjects in self._born.values() for subject in subjects}
        self.population: int = session.scalar(select(func.max(SearchSubject.id))) or 0
        self._words_beside: dict[tuple[str, int], dict[str, str]] = {}
        self._places_known: dict[str, tuple[float, Scores]] = {}
        self._near_known: dict[DateSpan, Scores] = {}
        self._sounding: dict[tuple[str, bool], Scores] = {}
        self.subjects: dict[int, Subject] = {}
        """Those read lately, as the store has them."""

    def learn(self, entries: Iterable[tuple[str, str, int]]) -> None:
        """Kind, key and subject of entries that are new."""
        self._drop_worked_out()
        for kind, key, subject in entries:
            self.population = max(self.population, subject)
            if kind == Kind.NAME:
                self.vocabulary.add(key)
                self._bearers.setdefault(key, array("I")).append(subject)
                self._names[subject] = (*self._names.get(subject, ()), key)
            elif kind == Kind.BIRTH:
                if key not in self._born:
                    self._born[key] = array("I")
                    self._born_in[key[:4]].append(key)
                self._born[key].append(subject)
                self._dated.add(subject)

    def forget(self, entries: Iterable[tuple[str, str, int]]) -> None:
        """The opposite; what is not known is passed over."""
        self._drop_worked_out()
        for kind, key, subject in entries:
            known = {Kind.NAME: self._bearers, Kind.BIRTH: self._born}.get(kind, {}).get(key)
            if known is not None and subject in known:
                known.remove(subject)
                if kind == Kind.NAME:
                    self._names[subject] = tuple(name for name in self._names[subject] if name != key)
                if kind == Kind.BIRTH:
                    self._dated.discard(subject)

    def _drop_worked_out(self) -> None:
        for worked_out in (self._words_beside, self._places_known, self._near_known, self._sounding):
            worked_out.clear()

    def bits(self, word: str) -> float:
        """How much a word says, by how many in this store have one that sounds like it."""
        count = sum(
            len(self._bearers.get(other, ()))
            for other, alike in self.vocabulary.alike(word).items()
            if alike >= SOUNDS_ALIKE
        )
        return max(COMMON_BITS, math.log2((self.population + UNSEEN) / (count + 1)))

    def bearers(self, alike: Alike, bits: float = 1.0, besides: float = 0.0) -> Scores:
        """Who bears one of these words, with what the nearest of them is worth and something ``besides``."""
        found: Scores = {}
        for word, likeness in sorted(alike.items(), key=lambda each: each[1]):
            found.update(dict.fromkeys(self._bearers.get(word, ()), bits * worth(likeness) + besides))
        return found

    def sounding(self, word: str, *, begun: bool = False) -> Scores:
        """Who bears a word that sounds like it, with ``begun`` also one that begins so; remembered."""
        known = self._sounding.get((word, begun))
        if known is not None:
            return known
        alike = {other: worth for other, worth in self.vocabulary.alike(word).items() if worth >= SOUNDS_ALIKE}
        if begun:
            alike = {**self.vocabulary.begun(word), **alike}
        return _remember(self._sounding, (word, begun), self.bearers(alike))

    def sounds(self) -> tuple[dict[int, frozenset[str]], dict[str, float]]:
        """The likeliest sound key of each word everybody bears, and the bits of each key."""
        of_subject: dict[int, set[str]] = defaultdict(set)
        counts: dict[str, int] = defaultdict(int)
        for word, subjects in self._bearers.items():
            key = self.vocabulary.main_key(word)
            counts[key] += len(subjects)
            for subject in subjects:
                of_subject[subject].add(key)
        everybody = self.population + UNSEEN
        bits = {key: max(COMMON_BITS, math.log2(everybody / (count + 1))) for key, count in counts.items()}
        return {subject: frozenset(keys) for subject, keys in of_subject.items()}, bits

    def births(self) -> dict[int, str]:
        """The key of everybody's birth date."""
        return {subject: key for key, subjects in self._born.items() for subject in subjects}

    def nearest(self, person: PersonFacts, besides: Scores, most: int) -> list[int]:
        """Who is most worth comparing with ``person``: by two names, by one and the birth date, or by a rare one.

        ``besides`` are others who are if they share a name, with what else speaks for them. Families are not found.
        """
        near = self._near_to(person.birth)
        places = self._places(person, near)
        wanted = {subject for subject, bits in near.items() if bits >= _SWAPPED_DAY}
        alone = len(places) == 1
        for number, (bits, place) in enumerate(places):
            for _bits, other in places[:number]:
                wanted |= place.keys() & other.keys()
            wanted |= place.keys() & besides.keys()
            wanted |= {subject for subject in place.keys() & near.keys() if near[subject] > _YEAR}
            if bits >= _RARE_BITS or alone:
                wanted |= place.keys()
        wanted = wanted.difference(self._families)
        scored = {subject: near.get(subject, 0.0) + besides.get(subject, 0.0) for subject in wanted}
        if near:
            for subject in (wanted & self._dated) - near.keys():
                scored[subject] += _OTHER_DAY
        for _bits, place in places:
            for subject in wanted & place.keys():
                scored[subject] += place[subject]
        least = math.log2(self.population + UNSEEN) + _TOO_LITTLE - (_SIBLINGS if person.siblings else 0.0)
        nearest = nlargest(most, wanted, key=scored.__getitem__)
        return [subject for subject in nearest if scored[subject] >= least]

    def _places(self, person: PersonFacts, near: Scores) -> list[tuple[float, Scores]]:
        """For each word of the names its bits and who may bear it; one word in two scripts has one place."""
        groups: list[Alike] = []
        words = (*person.given, *person.family)
        for spelling in (words, *person.others):
            for word in dict.fromkeys(spelling):
                alike = self.vocabulary.alike(word)
                same = next((group for group in groups if spelling is not words and group.get(word, 0) >= SOUNDS_ALIKE),
                            None)  # fmt: skip
                if same is None:
                    groups.append({word: 1.0, **alike})
                else:
                    same.update({other: max(each, same.get(other, 0)) for other, each in alike.items()})
        found = [self._place(group) for group in groups]
        named = {next(iter(group)): place for group, (_bits, place) in zip(groups, found, strict=True)}
        loosely = [self._loosely(word, bits, named, near) for word, (bits, _place) in zip(named, found, strict=True)]
        found = [(bits, place | more if more else place) for (bits, place), more in zip(found, loosely, strict=True)]
        for name in (person.given, person.family):
            found += [self._joined(first, second, named) for first, second in pairwise(name)]
        return found

    def _place(self, group: Alike) -> tuple[float, Scores]:
        """The bits of the first word and who may bear one of all, remembered for one word that is asked for again."""
        word = next(iter(group))
        if group != {word: 1.0, **self.vocabulary.alike(word)}:
            bits = self.bits(word)
            return bits, self.bearers(group, bits, _A_WORD)
        known = self._places_known.get(word)
        if known is None:
            bits = self.bits(word)
            known = _remember(self._places_known, word, (bits, self.bearers(group, bits, _A_WORD)))
        return known

    def _loosely(self, word: str, bits: float, places: dict[str, Scores], near: Scores) -> Scores:
        """Who bears another of the words of ``places`` and one nearer to ``word`` than it seemed among all words."""
        own = places[word]
        others = {other: place for other, place in places.items() if other != word}
        readings: dict[str, str] = {}
        if near:
            beside: set[int] = set().union(*(near.keys() & place.keys() for place in others.values()))
            readings = self._readings(beside - own.keys())
        else:
            for other, place in others.items():
                readings |= self._read_beside(other, place)
        alike = self.vocabulary.alike_among(word, readings, but=self.vocabulary.alike(word))
        if not alike:
            return {}
        bearers = self.bearers(alike, bits, _A_WORD)
        wanted = set().union(*(bearers.keys() & place.keys() for place in others.values())) - own.keys()
        return {subject: bearers[subject] for subject in (wanted & near.keys() if near else wanted)}

    def _readings(self, subjects: Iterable[int]) -> dict[str, str]:
        """The words these bear, with how they are read."""
        return self.vocabulary.readings(set().union(*map(self._names.__getitem__, subjects)))

    def _read_beside(self, word: str, place: Scores) -> dict[str, str]:
        """The same of those who may bear ``word``, remembered: whoever types on asks for the word before each time."""
        known = self._words_beside.get((word, len(place)))
        return known if known is not None else _remember(self._words_beside, (word, len(place)), self._readings(place))

    def _joined(self, first: str, second: str, places: dict[str, Scores]) -> tuple[float, Scores]:
        """Who may bear both words written as one, with what that is worth beyond the words themselves."""
        bits = self.bits(first + second)
        place = self.bearers({first + second: 1.0, **self.vocabulary.alike(first + second)}, bits, 2 * _A_WORD)
        parts = [places.get(word, {}) for word in (first, second)]
        beyond = {subject: worth - sum(part.get(subject, 0.0) for part in parts) for subject, worth in place.items()}
        return bits, {subject: worth for subject, worth in beyond.items() if worth > 0}

    def _near_to(self, birth: DateSpan | None) -> Scores:
        """The same as ``_near``, remembered."""
        if birth is None:
            return {}
        known = self._near_known.get(birth)
        return known if known is not None else _remember(self._near_known, birth, self._near(birth))

    def _near(self, birth: DateSpan) -> Scores:
        """Whose birth date fits, with what it says."""
        if birth.earliest is None or birth.latest is None:
            return {}
        found: Scores = {}
        years = range(birth.earliest.year, birth.latest.year + 1)
        if birth.precision is not Precision.DAY or is_guess(birth):
            for key in (key for year in years for key in self._born_in.get(str(year), ())):
                found.update(dict.fromkeys(self._born[key], _YEAR))
            if is_guess(birth):
                found.update(dict.fromkeys(self._born.get(f"{birth.earliest:%Y%m%d}", ()), _SAME_GUESS))
            return found
        day = f"{birth.earliest:%Y%m%d}"
        for key in (day[:4], day[:6], day[:4] + "0101"):
            found.update(dict.fromkeys(self._born.get(key, ()), _YEAR))
        for key in slips_of(birth.earliest):
            found.update(dict.fromkeys(self._born.get(key, ()), _ONE_DIGIT))
        found.update(dict.fromkeys(self._born.get(day[:4] + day[6:] + day[4:6], ()), _SWAPPED_DAY))
        found.update(dict.fromkeys(self._born.get(day, ()), _EXACT_DAY))
        return found


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def _remember(known: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Put ``value`` with the few that were worked out lately."""
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[key] = value
    return value


def births_fit(one: str, other: str) -> float:
    """About what two keys of birth dates say."""
    if not one or not other:
        return 0.0
    if len(one) == len(other) == _DAY_KEY and _NEW_YEAR not in (one[4:], other[4:]):
        if one == other:
            return _EXACT_DAY
        if one == other[:4] + other[6:] + other[4:6]:
            return _SWAPPED_DAY
        return _ONE_DIGIT if sum(map(str.__ne__, one, other)) == 1 else _OTHER_DAY
    return _YEAR if one[:4] == other[:4] else _OTHER_DAY


_MEMORIES: WeakKeyDictionary[Any, Memory] = WeakKeyDictionary()


def of(session: Session) -> Memory:
    """What is known of the store of ``session``, read at the first call: half a second for a very large one."""
    engine = session.connection().engine
    memory = _MEMORIES.get(engine)
    if memory is None:
        memory = _MEMORIES[engine] = Memory(session)
    return memory


def known(session: Session) -> Memory | None:
    """The same, if it has been read already."""
    return _MEMORIES.get(session.connection().engine)


def subjects(session: Session) -> Mapping[int, Subject]:
    """Families and persons that were read before and have not changed since."""
    memory = known(session)
    return {} if memory is None or _RENEWED in session.info else memory.subjects


def keep(session: Session, read: Mapping[int, Subject]) -> None:
    """Have these not read again. In a transaction that wrote cards nothing is kept: it may yet be taken back."""
    memory = known(session)
    if memory is not None and _RENEWED not in session.info:
        if len(memory.subjects) + len(read) > _MOST_SUBJECTS:
            memory.subjects.clear()
        memory.subjects.update(read)


def renewed(session: Session, changed: Iterable[int]) -> None:
    """The cards of these were just written or are gone."""
    session.info[_RENEWED] = True
    memory = known(session)
    if memory is not None:
        for subject in changed:
            memory.subjects.pop(subject, None)


def forget_all(session: Session) -> None:
    """Have it read anew."""
    _MEMORIES.pop(session.connection().engine, None)


def _grouped(session: Session, kind: str) -> Iterator[tuple[str, array[int]]]:
    query = (
        select(SearchEntry.key, func.group_concat(SearchEntry.subject))
        .where(SearchEntry.kind == kind)
        .group_by(SearchEntry.key)
    )
    for key, subjects in session.execute(query):
        yield key, array("I", map(int, subjects.split(",")))
