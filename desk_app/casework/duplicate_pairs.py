"""Everybody compared with everybody who is worth it: those born on one day, and those whose names sound alike.

Comparing each person as the check does would take half an hour for a hundred thousand. So persons are put into blocks
first, and a rough sum of what names and births say decides which pairs are compared with care.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk_app.casework.search_card import Kind
from desk_app.casework.search_memory import Memory, births_fit
from desk_app.domain.matching import fewest_bits
from desk_app.storage.tables import SearchEntry, SearchSubject

Couple = tuple[int, int]
"""Two subjects, the smaller number first."""

Tell = Callable[[int, int], None]

_MOST_IN_BLOCK: Final = 400
_PHONE_BITS: Final = 9.0


class Blocks:
    """Which pairs are worth comparing, by what is held in memory."""

    def __init__(self, session: Session, memory: Memory) -> None:
        self._memory = memory
        sounds, self._bits = memory.sounds()
        families = set(session.scalars(select(SearchSubject.id).where(SearchSubject.person_id.is_(None))))
        self._sounds = {subject: keys for subject, keys in sounds.items() if subject not in families}
        self._births = memory.births()
        self._needed = fewest_bits(memory.population)
        self._phones = _phones(session)

    def couples(self, tell: Tell) -> list[Couple]:
        """Every pair worth comparing with care, each once. ``tell`` is told of every block."""
        blocks = [*self._by_birth(), *self._by_name(), *self._phones]
        found: set[Couple] = set()
        for number, (bits, block) in enumerate(blocks):
            if number % 1000 == 0:
                tell(number, len(blocks))
            for one, other in combinations(sorted(set(block))[:_MOST_IN_BLOCK], 2):
                if (one, other) not in found and self._worth_it(one, other, bits):
                    found.add((one, other))
        return sorted(found)

    def _worth_it(self, one: int, other: int, besides: float) -> bool:
        shared = self._sounds.get(one, _NOTHING) & self._sounds.get(other, _NOTHING)
        if not shared:
            return False
        born = births_fit(self._births.get(one, ""), self._births.get(other, ""))
        return sum(self._bits[sound] for sound in shared) + born + besides >= self._needed

    def _by_birth(self) -> Iterator[tuple[float, list[int]]]:
        of_day: dict[str, list[int]] = defaultdict(list)
        for subject, key in self._births.items():
            of_day[key].append(subject)
            turned = key[:4] + key[6:] + key[4:6]
            if len(key) == 8 and turned != key:
                of_day[turned].append(subject)
        return ((0.0, block) for block in of_day.values() if len(block) > 1)

    def _by_name(self) -> Iterator[tuple[float, list[int]]]:
        """Two words that sound alike; where many have them, of one year or unknown birth."""
        of_words: dict[tuple[str, str], list[int]] = defaultdict(list)
        for subject, sounds in self._sounds.items():
            for couple in combinations(sorted(sounds), 2):
                of_words[couple].append(subject)
        for block in of_words.values():
            if len(block) <= _MOST_IN_BLOCK // 10:
                yield 0.0, block
                continue
            of_year: dict[str, list[int]] = defaultdict(list)
            for subject in block:
                of_year[self._births.get(subject, "")[:4]].append(subject)
            unknown = of_year.pop("", [])
            yield from ((0.0, [*year, *unknown]) for year in of_year.values())
            yield 0.0, unknown


_NOTHING: Final[frozenset[str]] = frozenset()


def _phones(session: Session) -> list[tuple[float, list[int]]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = session.execute(select(SearchEntry.key, SearchEntry.subject).where(SearchEntry.kind == Kind.PHONE))
    for key, subject in rows:
        found[key].append(subject)
    return [(_PHONE_BITS, block) for block in found.values() if len(block) > 1]
