"""What staff do with an appointment that stands: each a step that can be taken back, and a taken time is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from desk_app.casework import appointment_series, appointments, deeds, earlier_wishes, visits
from desk_app.casework.appointment_series import MOST, Repeated
from desk_app.casework.appointments import AppointmentLine, By, SlotTaken
from desk_app.casework.desk import Work
from desk_app.casework.earlier_wishes import Wish
from desk_app.domain import visit_states
from desk_app.domain.dates import show_day
from desk_app.domain.errors import WorldError
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_words import bare_title, moment_words
from desk_app.presenters.runner import Runner


@dataclass(frozen=True, slots=True)
class Target:
    """Where an appointment is to go: when, for how long, and at which desk."""

    start: datetime
    minutes: int
    seat: UUID | None = None
    place: UUID | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a time cannot be had, and who holds it, for the screen alone."""

    words: str
    holder: str
    with_reason: bool
    """Whether giving a reason helps: not where somebody must not interpret."""


def refused(error: SlotTaken) -> Refused:
    """What is in the way, in sentences, each once."""
    told = list(dict.fromkeys(clash.sentence for clash in error.clashes)) or [error.message]
    barred = any(clash.what is appointments.Taken.BLOCKED for clash in error.clashes)
    return Refused(" ".join(told), error.holder, with_reason=not barred)


class StepsView(Protocol):
    def show_done(self, words: str, deed: UUID | None) -> None:
        """Say what was done, with the way back where there is one."""
        ...

    def show_taken(self, refusal: Refused, again: Callable[[str], None]) -> None:
        """Ask for a reason to do it all the same; ``again`` does it with one."""
        ...

    def show_failed(self, message: str) -> None: ...


class AppointmentSteps:
    """Has the deeds done; the page reads itself again when the desk says what changed."""

    def __init__(self, view: StepsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner

    def confirm(self, line: AppointmentLine) -> None:
        """The family said that it comes; once more takes that away."""
        back = line.state == visit_states.CONFIRMED
        state = visit_states.PLANNED if back else visit_states.CONFIRMED
        words = _("{name}: nur vorgemerkt") if back else _("{name} kommt: bestätigt")
        self._step(lambda work: visits.step(work, line.id, state), words.format(name=bare_title(line)))

    def missed(self, line: AppointmentLine, reason: str = "") -> None:
        words = _("{name}: nicht erschienen").format(name=bare_title(line))
        self._step(lambda work: appointments.no_show(work, line.id, reason), words)

    def cancel(self, line: AppointmentLine, by: By, reason: str = "", *, following: bool = False) -> None:
        """Call it off, with all that follow in its series where that is wanted."""
        words = _("{name} am {when} ist abgesagt. Die Zeit ist wieder frei.")
        told = words.format(name=bare_title(line), when=moment_words(line.start))
        if following:
            told = _("{name} ist ab {when} abgesagt.").format(name=bare_title(line), when=moment_words(line.start))
            self._step(lambda work: appointment_series.cancel_following(work, line.id, by, reason), told)
        else:
            self._step(lambda work: appointments.cancel(work, line.id, by, reason), told, more=_earlier(line))

    def restore(self, line: AppointmentLine, reason: str = "") -> None:
        """Have one that was called off or missed stand again."""
        words = _("{name} am {when} gilt wieder.").format(name=bare_title(line), when=moment_words(line.start))
        self._step(lambda work: appointments.restore(work, line.id, reason), words, lambda why: self.restore(line, why))

    def move(self, line: AppointmentLine, target: Target, reason: str = "") -> None:
        """Move it, or only make it longer or have it at another desk; nothing where it stays as it is."""
        seat = target.seat or line.seat
        if (target.start, target.minutes, seat) == (line.start, line.minutes, line.seat):
            return
        told = _moved_words(line, target)
        self._step(lambda work: _move(work, line, target, reason), told, lambda why: self.move(line, target, why))

    def wish(self, line: AppointmentLine, wish: Wish) -> None:
        """Whoever has it would come earlier, should a time fall free."""

        def deed(work: Work) -> UUID | None:
            found = deeds.done_by(work, lambda work: earlier_wishes.keep(work, wish))
            return found.way_back if found is not None else None

        self._step(deed, _("{name} möchte früher kommen: vorgemerkt.").format(name=bare_title(line)))

    def repeat(self, line: AppointmentLine, every_weeks: int, until: date | None, count: int | None) -> None:
        """Have it come again; days that are left out are told."""

        def done(found: Repeated) -> None:
            self._view.show_done(_repeated_words(found), found.deed)

        self._runner.run(
            lambda work: appointment_series.repeat(work, line.id, every_weeks=every_weeks, until=until, count=count),
            done,
            self._failed,
        )

    def _step(
        self,
        deed: Callable[[Work], UUID | None],
        words: str,
        again: Callable[[str], None] | None = None,
        more: Callable[[Work], str] = lambda _work: "",
    ) -> None:
        """``again`` does it with a reason; ``more`` says what follows from it."""

        def do(work: Work) -> tuple[str, UUID | None]:
            done = deed(work)
            return " ".join(part for part in (words, more(work)) if part), done

        def failed(error: WorldError) -> None:
            if isinstance(error, SlotTaken) and again is not None:
                self._view.show_taken(refused(error), again)
            else:
                self._failed(error)

        self._runner.run(do, lambda done: self._view.show_done(*done), failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def _move(work: Work, line: AppointmentLine, target: Target, reason: str) -> UUID | None:
    """The way back; ``None`` where it is there already because another desk was faster."""
    found = deeds.done_by(work, lambda work: _put(work, line, target, reason))
    return found.way_back if found is not None else None


def _put(work: Work, line: AppointmentLine, target: Target, reason: str) -> None:
    if target.start == line.start:
        now = appointments.booking_of(work, line.id)
        seat = target.seat or now.seat
        place = now.place if seat == now.seat else target.place
        appointments.change(work, replace(now, minutes=target.minutes, seat=seat, place=place, overbooked=reason))
    else:
        appointments.move(
            work, line.id, target.start, seat=target.seat, place=target.place, minutes=target.minutes, overbooked=reason
        )


def _earlier(line: AppointmentLine) -> Callable[[Work], str]:
    """Says for whom the time of an appointment that was called off fell free."""

    def words(work: Work) -> str:
        there = [
            chance
            for chance in earlier_wishes.chances(work)
            if chance.slot.seat == line.seat and line.busy_from <= chance.slot.start < line.busy_until
        ]
        names = dict.fromkeys(wish.title for chance in there for wish in chance.wishes)
        told = _("Früher kommen kann: {names} (Strg+Umschalt+E).")
        return told.format(names=", ".join(names)) if names else ""

    return words


def _moved_words(line: AppointmentLine, target: Target) -> str:
    name = bare_title(line)
    if target.start != line.start:
        old, new = moment_words(line.start), moment_words(target.start)
        return _("{name} ist von {old} auf {new} verschoben.").format(name=name, old=old, new=new)
    if target.minutes != line.minutes:
        return _("{name} dauert jetzt {n} Minuten.").format(name=name, n=target.minutes)
    return _("{name} ist jetzt an einem anderen Platz.").format(name=name)


def _repeated_words(found: Repeated) -> str:
    made = ngettext("{n} weiterer Termin eingetragen.", "{n} weitere Termine eingetragen.", len(found.made))
    return " ".join(part for part in (made.format(n=len(found.made)), left_out_words(found)) if part)


def left_out_words(found: Repeated) -> str:
    """The days of a series that were left out, each with its reason, and that it was too long; empty for neither."""
    left = "; ".join(f"{show_day(each.day)}: {each.why.rstrip('.')}" for each in found.skipped)
    cut = _("Eine Reihe hat höchstens {n} Termine; die späteren fehlen.").format(n=MOST)
    said = _("Ausgelassen: {days}.").format(days=left) if left else ""
    return " ".join(part for part in (said, cut if found.cut else "") if part)
