"""Who interprets an appointment, and a day that bundles several: what is proposed, asked for and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from desk_app.casework import appointments, interpreter_asking, interpreter_days, interpreters
from desk_app.casework.interpreter_asking import Candidate
from desk_app.casework.interpreter_days import BundleDay, Move
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.errors import RecordGone, WorldError
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_words import bare_title, moment_words
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import weekday

if TYPE_CHECKING:
    from desk_app.casework.appointments import AppointmentLine
    from desk_app.casework.desk import Work


@dataclass(frozen=True, slots=True)
class Asking:
    """An appointment with everybody who could interpret it, the best first."""

    line: AppointmentLine
    candidates: tuple[Candidate, ...]

    @property
    def about(self) -> str:
        """ "Familie Haddad, Fr 27.11., 9:00, Arabisch (Levantinisch)"."""
        line = self.line
        spoken = f"{line.language_name} ({line.dialect})" if line.dialect else line.language_name
        return ", ".join(part for part in (bare_title(line), moment_words(line.start), spoken) if part)

    @property
    def state(self) -> str:
        """Where it stands as one sentence."""
        if self.line.interpreter is None:
            return _("Noch niemand ist angefragt.")
        words = _("{name} hat zugesagt.") if self.line.interpreting == "confirmed" else _("{name} ist angefragt.")
        return words.format(name=self.line.interpreter_name or _("Jemand ohne Namen"))

    @property
    def nobody(self) -> str:
        """What to do where nobody can be asked; empty where somebody can."""
        if any(each.fits for each in self.candidates):
            return ""
        if not self.candidates:
            return _("Für diese Sprache ist niemand eingetragen. Einstellungen, Dolmetschen: dort geht das.")
        if all(each.barred for each in self.candidates):
            return _("Zu dieser Zeit kann niemand. Vielleicht passt ein anderer Tag.")
        return _("Zu dieser Zeit passt niemand ganz. Fragen können Sie trotzdem, oder ein anderer Tag passt besser.")


class AskingView(Protocol):
    def show_asking(self, asking: Asking) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_settled(self) -> None:
        """Somebody was asked or promised: there is nothing more to do."""
        ...


class AskingPresenter:
    """Reads the appointment anew after each answer, since a no leads on to the next one."""

    def __init__(self, view: AskingView, runner: Runner, appointment: UUID) -> None:
        self._view = view
        self._runner = runner
        self._appointment = appointment

    def load(self) -> None:
        """Read where it stands and who could."""

        def read(work: Work) -> Asking:
            lines = appointments.of_ids(work, [self._appointment])
            if not lines:
                raise RecordGone
            return Asking(lines[0], interpreter_asking.candidates_for(work, self._appointment))

        self._runner.run(read, self._view.show_asking, self._failed)

    def ask(self, interpreter: UUID) -> None:
        """Set down that somebody was asked."""
        self._do(lambda work: interpreter_asking.ask(work, self._appointment, interpreter), self._view.show_settled)

    def confirm(self, interpreter: UUID | None = None) -> None:
        """Set down that somebody promised: whoever was asked, unless it is somebody else."""
        self._do(lambda work: interpreter_asking.confirm(work, self._appointment, interpreter), self._view.show_settled)

    def decline(self) -> None:
        """Set down that whoever was asked cannot, and go on to the next one."""
        self._do(lambda work: interpreter_asking.decline(work, self._appointment), self.load)

    def _do(self, deed: Callable[[Work], object], go_on: Callable[[], None]) -> None:
        self._runner.run(deed, lambda _result: go_on(), self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


# --- a day for several families


class BundleView(Protocol):
    def show_interpreters(self, entries: Sequence[tuple[str, str]]) -> None: ...

    def show_days(self, days: tuple[BundleDay, ...]) -> None: ...

    def show_done(self, words: str, told: tuple[Move, ...]) -> None: ...

    def show_failed(self, message: str) -> None: ...


class BundlePresenter:
    """Proposes for one interpreter at a time."""

    def __init__(self, view: BundleView, runner: Runner) -> None:
        self._view = view
        self._runner = runner

    def load(self) -> None:
        """Read who interprets."""

        def done(lines: tuple[interpreters.InterpreterLine, ...]) -> None:
            unnamed = _("jemand ohne Namen")
            self._view.show_interpreters([(str(line.person.id), line.person.name or unnamed) for line in lines])

        self._runner.run(interpreters.of_all, done, self._failed)

    def propose(self, interpreter: UUID) -> None:
        self._runner.run(lambda work: interpreter_days.propose(work, interpreter), self._view.show_days, self._failed)

    def take(self, day: BundleDay) -> None:
        """Do as proposed."""

        def done(told: tuple[Move, ...]) -> None:
            self._view.show_done(done_words(day, told), told)

        self._runner.run(lambda work: interpreter_days.take(work, day), done, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_failed(error.message)


def day_title(day: BundleDay) -> str:
    """ "Mi 02.12., 3 Familien"."""
    count = ngettext("{n} Familie", "{n} Familien", len(day.moves)).format(n=len(day.moves))
    return f"{weekday(day.day)} {day.day:%d.%m.}, {count}"


def day_detail(day: BundleDay) -> str:
    """Why this day, in words."""
    return ", ".join(day.reasons[1:])


def move_words(move: Move) -> str:
    """ "Familie Haddad: bisher Di 01.12., 9:00, dann Mi 02.12., 10:00, Platz 1"."""
    if move.stays:
        return _("{name}: bleibt, {when}, {seat}").format(
            name=move.title, when=moment_words(move.new), seat=move.seat_name
        )
    if local_day(move.old) == local_day(move.new):
        words = _("{name}: {old} statt bisher {before}, {seat}")
        return words.format(
            name=move.title, old=moment_words(move.new), before=show_time(move.old), seat=move.seat_name
        )
    words = _("{name}: {new}, {seat}; bisher {old}")
    return words.format(name=move.title, new=moment_words(move.new), seat=move.seat_name, old=moment_words(move.old))


def call_words(move: Move) -> str:
    """ "Familie Haddad, 0208 4711: jetzt Mi 02.12., 10:00"."""
    who = ", ".join(part for part in (move.title, move.phone) if part)
    return _("{who}: jetzt {when}").format(who=who, when=moment_words(move.new))


def done_words(day: BundleDay, told: Sequence[Move]) -> str:
    words = ngettext(
        "{name} ist für {n} Familie angefragt.", "{name} ist für {n} Familien angefragt.", len(day.moves)
    ).format(name=day.name, n=len(day.moves))
    if not told:
        return words
    call = ngettext("Bitte sagen Sie {n} Familie Bescheid:", "Bitte sagen Sie {n} Familien Bescheid:", len(told))
    return f"{words} {call.format(n=len(told))}"
