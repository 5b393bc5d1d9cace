"""Bringing a backup back while the store is shut: which one, what will be lost, with whose passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from desk_app.casework.backups import Stage
from desk_app.domain.clock import Clock, local, show_time
from desk_app.domain.errors import TooSoon, WorldError
from desk_app.i18n import N_, _
from desk_app.presenters.runner import Runner
from desk_app.presenters.unlock import words_of

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.casework.backups import BackupEntry, Restored, UserEntry

_NONE: Final = N_(
    "Hier liegt keine Sicherung dieses Datenbestands. Bitte wählen Sie den Ordner „Sicherungen“, "
    "zum Beispiel auf dem Stick oder Netzlaufwerk."
)
_STAGES: Final = {
    Stage.CHECKING: N_("Die Sicherung wird geöffnet …"),
    Stage.COPYING: N_("Die Sicherung wird kopiert und geprüft …"),
    Stage.EXCHANGING: N_("Der bisherige Datenbestand wird beiseitegelegt …"),
    Stage.OPENING: N_("Der zurückgeholte Datenbestand wird geöffnet …"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A backup in the list. ``people`` are keys and names of who can open it, the last one to sit here first."""

    title: str
    detail: str
    loss: str
    people: tuple[tuple[str, str], ...]


class RestoreView(Protocol):
    def show_backups(self, found: Sequence[Found]) -> None: ...

    def show_busy(self, busy: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_wait(self, seconds: int) -> None: ...


class Shelves(Protocol):
    """The store and its backups as seen from outside."""

    def backups(self) -> list[BackupEntry]: ...

    def backups_in(self, shelf: Path) -> list[BackupEntry]: ...

    def people(self, backup: Path) -> list[UserEntry]: ...

    def seconds_left(self, user: UUID, place: Path) -> int: ...

    def bring_back(self, backup: Path, user: UUID, passphrase: str, tell: Callable[[Stage], None]) -> Restored: ...


class RestorePresenter:
    """``restored`` gets the sentence for the lock screen."""

    def __init__(
        self, view: RestoreView, runner: Runner, shelves: Shelves, restored: Callable[[str], None], clock: Clock
    ) -> None:
        self._view = view
        self._runner = runner
        self._shelves = shelves
        self._restored = restored
        self._clock = clock
        self._backups: list[BackupEntry] = []
        self._stage: Stage | None = None
        self._asked: tuple[int, str] | None = None

    def begin(self) -> None:
        """List what lies in the places that are remembered."""
        self._list(self._shelves.backups)

    def look_in(self, folder: Path) -> None:
        """List what lies in a folder somebody picked."""
        self._list(lambda: self._shelves.backups_in(folder))

    def choose(self, place: int, person: str) -> None:
        """Somebody wants to open the backup at ``place`` of the list: their own wrong tries count."""
        self._view.show_wait(self._shelves.seconds_left(UUID(person), self._backups[place].place))

    def bring_back(self, place: int, person: str, passphrase: str) -> None:
        """Bring back the backup at ``place`` of the list."""
        backup = self._backups[place].place
        self._asked = place, person
        self._stage = None
        self._view.show_busy(True)
        self._runner.run(
            lambda _work: self._shelves.bring_back(backup, UUID(person), passphrase, self._note_stage),
            self._done,
            self._failed,
        )

    def progress(self) -> tuple[int, int, str]:
        """How many of how many steps are done, and what is being done now; may be asked while it runs."""
        stages = list(Stage)
        stage = self._stage or stages[0]
        return stages.index(stage), len(stages), _(_STAGES[stage])

    def _note_stage(self, stage: Stage) -> None:
        self._stage = stage

    def _list(self, find: Callable[[], list[BackupEntry]]) -> None:
        self._asked = None
        self._view.show_busy(True)
        self._runner.run(lambda _work: self._readable(find()), self._show, self._failed)

    def _readable(self, backups: list[BackupEntry]) -> list[tuple[BackupEntry, list[UserEntry]]]:
        found = []
        for backup in backups:
            try:
                people = self._shelves.people(backup.place)
            except WorldError:
                continue  # without its keys nobody can open it
            found.append((backup, people))
        return found

    def _show(self, found: list[tuple[BackupEntry, list[UserEntry]]]) -> None:
        self._view.show_busy(False)
        if not found:
            self._view.show_failed(_(_NONE))
            return
        self._backups = [backup for backup, _people in found]
        self._view.show_backups([_listed(backup, people) for backup, people in found])

    def _done(self, done: Restored) -> None:
        words = _("Zurückgeholt ist der Stand vom {day}. Bitte melden Sie sich mit der Passphrase von damals an.")
        said = words.format(day=_moment(done.made_at))
        if done.quarantine:
            aside = _("Der bisherige Datenbestand liegt im Ordner „{folder}“.")
            said = f"{said} {aside.format(folder=done.quarantine.name)}"
        self._restored(said)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(False)
        if isinstance(error, TooSoon):
            self._view.show_wait(error.seconds)
            return
        self._view.show_failed(words_of(error, self._clock()))
        if self._asked is not None:
            self.choose(*self._asked)


def _listed(backup: BackupEntry, people: Sequence[UserEntry]) -> Found:
    latest = sorted(people, key=lambda user: user.last_unlock.timestamp() if user.last_unlock else 0.0, reverse=True)
    names = ", ".join(user.name for user in people)
    loss = _("Alles, was nach dem {day} eingegeben wurde, fehlt danach.").format(day=_moment(backup.made_at))
    return Found(
        title=_moment(backup.made_at),
        detail=_("{size} · Zugang: {names}").format(size=_size(backup.size), names=names),
        loss=loss,
        people=tuple((str(user.id), user.name) for user in latest),
    )


def _moment(moment: datetime) -> str:
    """ "26.11.2026, 10:42 Uhr"."""
    return _("{day}, {time} Uhr").format(day=f"{local(moment):%d.%m.%Y}", time=show_time(moment))


def _size(count: int) -> str:
    """Bytes as "2,4 MB"."""
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
