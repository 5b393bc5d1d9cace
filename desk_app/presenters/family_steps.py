"""What staff do on the page of a family, each as a step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from desk_app.casework import appointment_lines, feedback, follow_ups, households, moving, notes, search, transitions
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_words import moment_words
from desk_app.presenters.runner import Runner

_MOST_FOUND = 6


@dataclass(frozen=True, slots=True)
class Target:
    """A family a child may go to."""

    household: UUID
    words: str


class StepsView(Protocol):
    def show_note_kept(self, at: datetime) -> None: ...

    def show_note_failed(self, message: str) -> None: ...

    def show_follow_up_failed(self, message: str) -> None: ...

    def show_done(self, words: str, deed: UUID) -> None:
        """Say what was done, with the way back."""
        ...

    def show_step_failed(self, message: str) -> None: ...

    def show_advice_failed(self, message: str) -> None: ...

    def show_targets(self, search: str, targets: tuple[Target, ...]) -> None: ...


class FamilySteps:
    """Has the deeds done; the page reads itself again when the desk says what changed."""

    def __init__(self, view: StepsView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self._lost: dict[UUID, tuple[str, Callable[[], None]]] = {}
        """What was typed and could not be kept: the file it is of, and the way to try again."""
        self.file_number = ""
        """Of the family in front."""

    @property
    def unsaved_in(self) -> tuple[str, ...]:
        """Numbers of the files for which something typed could not be kept."""
        return tuple(number for number, _again in self._lost.values())

    def retry(self) -> None:
        """Try again what could not be kept."""
        for _number, again in tuple(self._lost.values()):
            again()

    def keep_note(self, draft: notes.Draft) -> None:
        """Keep a note as far as it is typed."""

        def kept() -> None:
            self._view.show_note_kept(self._clock())

        self._keep(draft.id, lambda work: notes.keep(work, draft), self._view.show_note_failed, kept)

    def keep_follow_up(self, draft: follow_ups.Draft) -> None:
        self._keep(draft.id, lambda work: follow_ups.keep(work, draft), self._view.show_follow_up_failed)

    def keep_transition(self, draft: transitions.Draft) -> None:
        """Keep a record of school career advice as far as it is answered."""
        self._keep(draft.id, lambda work: transitions.keep(work, draft), self._view.show_advice_failed)

    def _keep(
        self,
        draft: UUID,
        deed: Callable[[Work], object],
        failed: Callable[[str], None],
        kept: Callable[[], None] = lambda: None,
    ) -> None:
        number = self.file_number

        def again() -> None:
            self._runner.run(deed, done, lost)

        def done(_nothing: object) -> None:
            self._lost.pop(draft, None)
            kept()

        def lost(error: WorldError) -> None:
            if isinstance(error, RecordGone):
                self._lost.pop(draft, None)  # trying again would not bring it back
            else:
                self._lost[draft] = number, again
            failed(error.message)

        again()

    def remove_transition(self, transition: UUID) -> None:
        words = _("Die Schullaufbahnberatung ist herausgenommen.")
        self._step(lambda work: transitions.remove(work, transition), words)

    def set_done(self, ids: Iterable[UUID]) -> None:
        wanted = tuple(ids)
        self._step(lambda work: follow_ups.set_done(work, wanted), _("Erledigt."))

    def say_begun(self, follow_up: UUID, *, begun: bool) -> None:
        """Whether the child that is asked about has begun at its school."""
        if begun:
            self._step(lambda work: feedback.begun(work, follow_up), _("Das Kind ist als aufgenommen eingetragen."))
        else:
            words = _("Notiert. In einer Woche wird wieder gefragt.")
            self._step(lambda work: feedback.not_begun(work, follow_up), words)

    def confirm(self, household: UUID) -> None:
        """ "Stimmt noch"."""
        self._step(lambda work: households.confirm(work, household), _("Telefon und Anschrift sind bestätigt."))

    def move_away(self, household: UUID, on: date, town: str) -> None:
        self._with_appointments(
            lambda work: households.move_away(work, household, on, town),
            _("Die Familie ist als verzogen eingetragen, ihre Schulplatzanfragen sind beendet."),
            household,
        )

    def come_back(self, household: UUID, on: date) -> None:
        self._step(
            lambda work: households.come_back(work, household, on),
            _("Die Familie ist wieder da, ihre Schulplatzanfragen gehen weiter."),
        )

    def set_deceased(self, person: UUID, on: DateSpan | None, *, deceased: bool = True) -> None:
        words = _("Eingetragen.") if deceased else _("Der Eintrag ist zurückgenommen.")
        self._with_appointments(
            lambda work: households.set_deceased(work, person, deceased=deceased, on=on), words, person
        )

    def move_child(self, child: UUID, target: UUID | None, on: date, *, with_guardians: bool) -> None:
        """To another family, or to a new file where none is named."""
        move = moving.Move(child, target or uuid4(), on, with_guardians)
        self._step(lambda work: moving.move_child(work, move), _("Das Kind gehört jetzt zur anderen Akte."))

    def keep_talk(self, adult: UUID, by_phone: Iterable[str], reads: Iterable[str], script: str | None) -> None:
        spoken, read = tuple(by_phone), tuple(reads)
        self._runner.run(
            lambda work: households.set_talk(work, adult, spoken, read, script), lambda _done: None, self._failed
        )

    def find_targets(self, words: str, household: UUID) -> None:
        """The families a child may go to, found as everywhere."""
        self._runner.run(
            lambda work: _targets(work, words, household),
            lambda found: self._view.show_targets(words, found),
            self._failed,
        )

    def _step(self, deed: Callable[[Work], UUID], words: str) -> None:
        self._runner.run(deed, lambda done: self._view.show_done(words, done), self._failed)

    def _with_appointments(self, deed: Callable[[Work], UUID], words: str, whose: UUID) -> None:
        """A step after which somebody should think of the appointments that still stand; it calls none of them off."""

        def done(found: tuple[UUID, tuple[datetime, ...]]) -> None:
            self._view.show_done(" ".join(filter(None, (words, ahead_words(found[1])))), found[0])

        self._runner.run(lambda work: (deed(work), appointment_lines.ahead_of(work, whose)), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_step_failed(error.message)


def ahead_words(ahead: Sequence[datetime]) -> str:
    """ "Es steht noch ein Termin an: Mo, 30.11., 9:00."; empty where none does."""
    if not ahead:
        return ""
    words = ngettext(
        "Es steht noch ein Termin an: {when}.", "Es stehen noch {n} Termine an, der nächste: {when}.", len(ahead)
    )
    return words.format(n=len(ahead), when=moment_words(ahead[0]))


def _targets(work: Work, words: str, household: UUID) -> tuple[Target, ...]:
    found = search.find(work, words, _MOST_FOUND)
    names: dict[UUID, str] = {}
    for hit in (*found.families, *found.children, *found.sounds_alike):
        if hit.household != household:
            names.setdefault(hit.household, _("{name} · Akte {number}").format(name=hit.title, number=hit.file_number))
    return tuple(Target(id_, name) for id_, name in list(names.items())[:_MOST_FOUND])
