"""The proposal of schools as it reads: in its order, each school with its reasons. A person decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desk_app.casework import school_choice
from desk_app.casework.school_choice import Choice
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import WorldError
from desk_app.domain.names import loose_form
from desk_app.domain.school_choice import Candidate, Reason
from desk_app.i18n import _, ngettext
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class SchoolOffer:
    """One school with what speaks for it, against it, or is to be known."""

    number: str
    name: str
    about: str
    reasons: tuple[Reason, ...]
    suits: bool = True
    """Whether it is of the stage and form looked for."""

    @property
    def spoken(self) -> str:
        return ". ".join((self.name, *(part for part in (self.about,) if part), *map(spoken, self.reasons)))


@dataclass(frozen=True, slots=True)
class Notes:
    """What is to be said about the distances. ``to_settings`` means that the settings are where it can be helped."""

    distances: str = ""
    to_settings: bool = False
    protected: str = ""


class SchoolChoiceView(Protocol):
    """The panel. ``more`` says how many schools only a search finds."""

    def show_notes(self, notes: Notes) -> None: ...

    def show_offers(self, offers: tuple[SchoolOffer, ...], more: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class SchoolChoicePresenter:
    """Reads the proposal once; a search looks through all schools of the directory."""

    def __init__(self, view: SchoolChoiceView, runner: Runner) -> None:
        self._view, self._runner = view, runner
        self._offers: tuple[SchoolOffer, ...] = ()

    def load(self, request: UUID) -> None:
        """Work the proposal out for one request."""
        self._runner.run(lambda work: school_choice.propose(work, request), self._show, self._failed)

    def search(self, words: str) -> None:
        """Show the schools in which every word stands somewhere; without words those that suit."""
        wanted = loose_form(words).split()
        if not wanted:
            self._show_suiting()
            return
        found = tuple(each for each in self._offers if _holds(each, wanted))
        self._view.show_offers(found, "" if found else _("Keine Schule im Verzeichnis heißt so."))

    def _show(self, choice: Choice) -> None:
        self._offers = (*_offers(choice.candidates, suits=True), *_offers(choice.others, suits=False))
        self._view.show_notes(notes(choice))
        self._show_suiting()

    def _show_suiting(self) -> None:
        suiting = tuple(each for each in self._offers if each.suits)
        rest = len(self._offers) - len(suiting)
        words = ngettext(
            "{n} weitere Schule finden Sie über die Suche.", "{n} weitere Schulen finden Sie über die Suche.", rest
        )
        self._view.show_offers(suiting, words.format(n=rest) if rest else "")

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def spoken(reason: Reason) -> str:
    """A reason with its sign in words: "dafür: Wunsch der Familie"."""
    words = {True: _("dafür: {reason}"), False: _("dagegen: {reason}")}
    return reason.words if reason.good is None else words[reason.good].format(reason=reason.words)


def notes(choice: Choice) -> Notes:
    """Why distances are missing, and that what is told of a protected home stays here."""
    protected = _("Die Anschrift ist geschützt: Wie nah eine Schule ist, steht nur hier und wird nirgends gedruckt.")
    kept_here = protected if choice.protected else ""
    if not choice.points:
        words = _("Entfernungen kennt Trittstein erst, wenn die Hauskoordinaten eingelesen sind.")
        return Notes(words, to_settings=True, protected=kept_here)
    if not choice.measured:
        words = _("Die Anschrift ist in den Hauskoordinaten nicht zu finden; deshalb fehlen die Entfernungen.")
        return Notes(words, protected=kept_here)
    return Notes(protected=kept_here)


def _offers(candidates: Iterable[Candidate], *, suits: bool) -> tuple[SchoolOffer, ...]:
    return tuple(
        SchoolOffer(each.school.number, each.school.name, _about(each), each.reasons, suits) for each in candidates
    )


def _about(candidate: Candidate) -> str:
    school = candidate.school
    parts = (code_list("school_forms").label(school.form), school.street)
    return ", ".join(part for part in parts if part)


def _holds(offer: SchoolOffer, words: list[str]) -> bool:
    text = loose_form(f"{offer.number} {offer.name} {offer.about}")
    return all(word in text for word in words)
