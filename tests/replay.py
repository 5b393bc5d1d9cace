"""An invented year at the desk, replayed day by day: what was done each day is written down beside the program.

The diary knows nothing of the store: it keeps the state of each request as the words of the deeds say, so that past
counts worked out from the dated steps can be held against it.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4, uuid5

import builders
from conftest import SettableClock

from desk_app.casework import deeds, families, households, intake, placement_deeds, placements
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.clock import local_day
from desk_app.domain.records import RecordKind, Ref

GOES_ON = {
    placements.COMPLETE: (placements.SENT,),
    placements.SENT: (placements.QUERY, placements.ASSIGNED, placements.ASSIGNED, placements.WAITING_LIST),
    placements.QUERY: (placements.SENT,),
    placements.WAITING_LIST: (placements.ASSIGNED, placements.DECLINED),
    placements.ASSIGNED: (placements.ADMITTED, placements.ADMITTED, placements.DECLINED),
    placements.DECLINED: (placements.SENT,),
    placements.ADMITTED: (placements.CLOSED,),
}
"""What an office or a school may say next."""
OVER = frozenset({placements.ADMITTED, placements.DECLINED, placements.CLOSED})
"""What a family's moving away does not change."""


def _request(child: UUID) -> UUID:
    return uuid5(child, "request")


@dataclass
class Diary:
    """States by request as told, and the counts of every evening."""

    states: dict[UUID, str] = field(default_factory=dict)
    evenings: dict[date, Counter[str]] = field(default_factory=dict)
    told: dict[UUID, list[tuple[date, str]]] = field(default_factory=dict)
    """By request what happened when, as it stands in the end."""

    def tell(self, request: UUID, state: str, day: date) -> None:
        self.states[request] = state
        self.told.setdefault(request, []).append((day, state))

    def was(self, day: date) -> Counter[str]:
        """The states at the end of a day after all that was told later; of one day the last one told holds."""
        counts: Counter[str] = Counter()
        for steps in self.told.values():
            until = [step for step in steps if step[0] <= day]
            if until:
                newest = max(until, key=lambda step: step[0])[0]
                counts[[state for when, state in until if when == newest][-1]] += 1
        return counts


@dataclass
class Year:
    """Plays days of invented work: families come, answers are given, offices decide, some of it is taken back."""

    desk: Desk
    clock: SettableClock
    chance: random.Random
    families: int
    days: int
    diary: Diary = field(default_factory=Diary)
    _regretted: list[tuple[UUID, dict[UUID, str], str, date]] = field(default_factory=list)
    """Deeds taken back that may be done again: the way there, the states before, and what is told then of which day."""
    _known: list[tuple[builders.StoredFamily, list[UUID]]] = field(default_factory=list)
    _away: dict[UUID, tuple[builders.StoredFamily, list[UUID], dict[UUID, str]]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.clock())

    def play(self) -> None:
        coming = Counter(self.chance.randrange(self.days) for _family in range(self.families))
        for day in range(self.days):
            for _family in range(coming[day]):
                self._arrives()
            self._done_again()
            self._offices_decide()
            self._somebody_moves()
            self.diary.evenings[self.today] = Counter(self.diary.states.values())
            self.clock.advance(days=1)

    def _arrives(self) -> None:
        def take_in(work: Work) -> tuple[builders.StoredFamily, list[UUID]]:
            family = builders.store_family(work, self.chance.choice(("Haddad", "Kovač", "Şahin", "Popescu", "Tesfay")))
            children = [family.child]
            for _sibling in range(self.chance.choice((2, 3, 3, 4))):
                child = uuid4()
                known = builders.a_complete_child() if self.chance.random() < 0.7 else {"given_name": "Sami"}
                values = {**known, "role": "child", "place_wanted": True}
                intake.add(work, RecordKind.PERSON, child, family.household, values=values)
                children.append(child)
            return family, children

        family, children = self.desk.do(take_in)[0]
        self._known.append((family, children))
        for child in children:
            self.diary.tell(_request(child), self._state(family.household, child), self.today)

    def _state(self, household: UUID, child: UUID) -> str:
        file = self.desk.do(lambda work: families.load(work, household))[0]
        record = file.request_of(child)
        assert record is not None
        return file.state_of(record.id)

    def _offices_decide(self) -> None:
        ready: dict[str, list[UUID]] = {}
        for request, state in self.diary.states.items():
            if state in GOES_ON and self.chance.random() < 0.06:
                ready.setdefault(self.chance.choice(GOES_ON[state]), []).append(request)
        for state, requests in ready.items():
            before = {request: self.diary.states[request] for request in requests}
            back = self.chance.choice((0, 0, 1, 3))
            day = self.today - timedelta(days=back)
            facts = StepFacts(happened_on=day if back else None, school="103780")
            deed = self._step(requests, state, facts)
            if self.chance.random() < 0.35:
                way_back = self._take_back(deed)
                self.diary.states.update(before)
                if self.chance.random() < 0.8:
                    self._regretted.append((way_back, before, state, day))
                continue
            for request in requests:
                self.diary.tell(request, state, day)

    def _done_again(self) -> None:
        """What was taken back the days before and nobody went on from is done again."""
        waiting, self._regretted = self._regretted, []
        for way_back, before, state, day in waiting:
            if self.chance.random() < 0.5:
                self._regretted.append((way_back, before, state, day))
            elif all(self.diary.states[request] == was for request, was in before.items()):
                deed = self._take_back(way_back)
                if self.chance.random() < 0.3:
                    self._regretted.append((self._take_back(deed), before, state, day))
                    continue
                for request in before:
                    self.diary.tell(request, state, day)

    def _step(self, requests: list[UUID], state: str, facts: StepFacts) -> UUID:
        return self.desk.do(lambda work: placement_deeds.step(work, requests, state, facts))[0]

    def _take_back(self, deed: UUID) -> UUID:
        return self.desk.do(lambda work: deeds.undo(work, deed))[0].way_back

    def _somebody_moves(self) -> None:
        if self._known and self.chance.random() < 0.05:
            family, children = self.chance.choice(self._known)
            if family.household in self._away:
                self._comes_back(family.household)
                return
            self.desk.do(lambda work: households.move_away(work, family.household, self.today, "Essen"))
            requests = [_request(child) for child in children]
            ended = {each: self.diary.states[each] for each in requests if self.diary.states[each] not in OVER}
            self._away[family.household] = (family, children, ended)
            for request in ended:
                self.diary.tell(request, placements.MOVED_AWAY, self.today)
        elif self._known and self.chance.random() < 0.2:
            self._answers()

    def _comes_back(self, household: UUID) -> None:
        family, children, ended = self._away.pop(household)
        self.desk.do(lambda work: households.come_back(work, household, self.today))
        for child in children:
            request = _request(child)
            if request in ended:
                self.diary.tell(request, self._state(family.household, child), self.today)

    def _answers(self) -> None:
        """A child's sex is told or taken back: what was complete becomes a draft, or the other way round."""
        family, children = self.chance.choice(self._known)
        if family.household in self._away:
            return
        child = self.chance.choice(children)
        sex = self.chance.choice(("m", "f", None))
        self.desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, child), "sex", sex))
        request = _request(child)
        state = self._state(family.household, child)
        if state != self.diary.states[request]:
            self.diary.tell(request, state, self.today)
