"""Whether somebody in the form is already in the store: looked up after each answer, told with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import duplicates
from desk_app.casework.duplicates import Candidate
from desk_app.casework.search_card import facts_of
from desk_app.domain.child import full_name
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import WorldError
from desk_app.domain.match_reasons import Verdict
from desk_app.domain.matching import PersonFacts
from desk_app.domain.records import FamilyFile, Record
from desk_app.i18n import _
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody of the store who may be a person of the form."""

    person: UUID
    """Whom the form is about."""
    other: UUID
    household: UUID
    """The other's."""
    whom: str
    """The name in the form; "" where it is the only person there."""
    name: str
    file_number: str
    about: str
    """ "geb. 12.03.1992 · Eppinghofen"."""
    reasons: tuple[tuple[bool, str], ...]
    """What speaks for one person (True) and against it, in words."""

    @property
    def spoken(self) -> str:
        """As it is read aloud."""
        said = _("Mögliche Dublette: {name}").format(name=self.name)
        return ", ".join((said, *(words for _for_it, words in self.reasons)))


class DuplicatesView(Protocol):
    def show_doubts(self, doubts: tuple[Doubt, ...], apart: tuple[Doubt, ...]) -> None:
        """``apart`` are those just told apart, which can be taken back."""
        ...


class DuplicatesPresenter:
    """Looks for one person after the other, so that the answers typed meanwhile are kept in between."""

    def __init__(self, view: DuplicatesView, runner: Runner) -> None:
        self._view = view
        self._runner = runner
        self._file: FamilyFile | None = None
        self._looked_up: dict[UUID, PersonFacts] = {}
        self._found: dict[UUID, tuple[Candidate, ...]] = {}
        self._apart: tuple[Doubt, ...] = ()
        self._looking = False

    def follow(self, file: FamilyFile) -> None:
        """Look up whoever has changed."""
        if self._file is not None and self._file.household.id != file.household.id:
            self._looked_up.clear()
            self._found.clear()
            self._apart = ()
        self._file = file
        self._show()
        self._look()

    def dismiss(self, doubt: Doubt) -> None:
        """They are two persons: remember it, here and for good."""

        def done(_nothing: None) -> None:
            self._apart = (*(each for each in self._apart if each != doubt), doubt)
            self._show()

        self._runner.run(lambda work: duplicates.dismiss(work, doubt.person, doubt.other), done, self._failed)

    def take_back(self, doubt: Doubt) -> None:
        """It may be one person after all."""

        def done(_nothing: None) -> None:
            self._apart = tuple(each for each in self._apart if each != doubt)
            self._looked_up.pop(doubt.person, None)
            self._show()
            self._look()

        self._runner.run(lambda work: duplicates.take_back(work, doubt.person, doubt.other), done, self._failed)

    def _look(self) -> None:
        if self._looking or self._file is None:
            return
        new = next((facts for facts in _facts(self._file) if self._looked_up.get(_id(facts)) != facts), None)
        if new is None:
            return
        self._looking = True
        self._looked_up[_id(new)] = new
        self._runner.run(
            lambda work: duplicates.check(work, new), lambda found: self._arrived(new, found), self._missed
        )

    def _arrived(self, facts: PersonFacts, found: tuple[Candidate, ...]) -> None:
        self._looking = False
        self._found[_id(facts)] = found
        self._show()
        self._look()

    def _missed(self, _error: WorldError) -> None:
        """The page already says when the store cannot be reached; the next answer looks again."""
        self._looking = False
        self._looked_up.clear()

    def _failed(self, _error: WorldError) -> None:
        self._show()

    def _show(self) -> None:
        if self._file is None:
            return
        apart = {(each.person, each.other) for each in self._apart}
        doubts = [doubt for doubt in self._doubts(self._file) if (doubt.person, doubt.other) not in apart]
        self._view.show_doubts(tuple(doubts), self._apart)

    def _doubts(self, file: FamilyFile) -> list[Doubt]:
        known = {person.id: person for person in file.persons}
        alone = len(known) == 1
        found = [
            (candidate, known[person])
            for person, candidates in self._found.items()
            if person in known
            for candidate in candidates
        ]
        found.sort(key=lambda each: (each[0].comparison.verdict is not Verdict.LIKELY, -each[0].comparison.weight))
        return [_doubt(candidate, person, alone) for candidate, person in found]


def _doubt(candidate: Candidate, person: Record, alone: bool) -> Doubt:
    side = candidate.side
    born = _("geb. {date}").format(date=side.birth.show()) if side.birth is not None and side.birth.known else ""
    about = " · ".join(part for part in (born, code_list("districts").label(side.district)) if part)
    return Doubt(
        person=person.id,
        other=side.person,
        household=side.household,
        whom="" if alone else full_name(person),
        name=side.name or _("noch ohne Namen"),
        file_number=side.file_number,
        about=about,
        reasons=tuple((reason.speaks_for, reason.show()) for reason in candidate.comparison.reasons),
    )


def _id(facts: PersonFacts) -> UUID:
    assert facts.person is not None, "only persons of a file are looked up"
    return facts.person


def _facts(file: FamilyFile) -> Iterator[PersonFacts]:
    """What is known of everybody who can be recognised: a family name alone says too little."""
    for person in file.persons:
        facts = facts_of(file, person)
        if facts.given_name or facts.other_names or facts.birth is not None:
            yield facts
