"""The people of the desk as behaviour: who has which role and way in, and what may be done about each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from desk_app.casework import people
from desk_app.casework.backups import BackupKeeper
from desk_app.casework.desk import Desk
from desk_app.casework.people import Access, OneTime, Person
from desk_app.domain import roles
from desk_app.domain.clock import Clock
from desk_app.domain.errors import WorldError
from desk_app.domain.passphrase import weaknesses
from desk_app.domain.roles import Role
from desk_app.i18n import N_, _, ngettext
from desk_app.presenters.runner import Runner
from desk_app.presenters.when import day_and_time

T = TypeVar("T")

_ACCESS = {
    Access.OWN: N_("eigene Passphrase"),
    Access.ONE_TIME: N_("Einmal-Passphrase"),
    Access.NONE: N_("noch kein Zugang"),
    Access.ENDING: N_("Entfernen nicht beendet"),
}
_LEAVING = N_("Diese Person wird gerade entfernt. Bitte das Entfernen abschließen.")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row of the list. The three last say why something cannot be done about them; empty where it can."""

    person: UUID
    name: str
    role: Role
    role_words: str
    access: Access
    access_words: str
    last: str
    is_me: bool
    why_fixed: str
    """Why name and role stay."""
    why_no_reset: str
    why_not_removed: str

    @property
    def spoken(self) -> str:
        me = _("Sie selbst") if self.is_me else ""
        last = _("zuletzt angemeldet: {when}").format(when=self.last)
        return ", ".join(part for part in (self.name, me, self.role_words, self.access_words, last) if part)


class PeopleView(Protocol):
    def show_people(self, lines: Sequence[PersonLine]) -> None: ...

    def show_busy(self, words: str) -> None: ...

    def show_one_time(self, made: OneTime) -> None: ...

    def show_code(self, code: str) -> None: ...

    def show_done(self, words: str) -> None: ...

    def show_failed(self, message: str) -> None: ...


class PeoplePresenter:
    """``runner`` does without a transaction what deals with keys and takes about a second; see ``casework.people``.

    ``tell_others`` is called when the files name somebody else or differently now.
    """

    def __init__(
        self, view: PeopleView, runner: Runner, desk: Desk, keeper: BackupKeeper, tell_others: Callable[[], None]
    ) -> None:
        self._view = view
        self._runner = runner
        self._desk = desk
        self._keeper = keeper
        self._tell_others = tell_others
        self._lines: tuple[PersonLine, ...] = ()

    @property
    def why_not_managing(self) -> str:
        """Why the user may look after themselves only; empty for the Leitung."""
        return roles.reason(self._desk.role, "user.added")

    def load(self) -> None:
        """Read who is here."""
        self._run("", lambda: people.everybody(self._desk), self._show)

    def add(self, name: str, role: Role) -> None:
        """Add somebody; then the passphrase to hand over is shown."""
        self._run(_("Wird angelegt …"), lambda: people.add(self._desk, name, role), self._hand_over)

    def reset(self, person: UUID) -> None:
        """A new one-time passphrase for somebody; then it is shown."""
        self._run(_("Wird angelegt …"), lambda: people.reset(self._desk, person), self._hand_over)

    def rename(self, person: UUID, name: str) -> None:
        """Another name for somebody; the same or none changes nothing."""
        if name.strip() and name.strip() != self._line(person).name:
            words = _("Der Name ist geändert.")
            self._run(
                _("Wird geändert …"), lambda: people.rename(self._desk, person, name), lambda _n: self._done(words)
            )

    def set_role(self, person: UUID, role: Role) -> None:
        """Another role for somebody; it holds from their next sign-in."""
        line = self._line(person)
        if role is not line.role:
            words = _("{name} hat jetzt die Rolle {role}.").format(name=line.name, role=role.label)
            deed = lambda: people.set_role(self._desk, person, role)  # noqa: E731 - handed on as it is
            self._run(_("Wird geändert …"), deed, lambda _n: self._done(words))

    def remove(self, person: UUID) -> None:
        """Take somebody's way in and encrypt the store anew."""
        name = self._line(person).name

        def removed(gone: int) -> None:
            words = _("{name} hat keinen Zugang mehr, der Datenbestand ist neu verschlüsselt.").format(name=name)
            backups = ngettext(
                "{n} ältere Sicherung wurde durch eine neue ersetzt.",
                "{n} ältere Sicherungen wurden durch eine neue ersetzt.",
                gone,
            )
            self._done(f"{words} {backups.format(n=gone)}" if gone else words)

        self._run(_("Wird neu verschlüsselt …"), lambda: people.remove(self._desk, self._keeper, person), removed)

    def renew_code(self) -> None:
        """A new recovery code; then it is shown."""
        self._run(_("Wird angelegt …"), lambda: people.new_recovery_code(self._desk), self._view.show_code)

    def change_passphrase(self, old: str, new: str) -> None:
        """Exchange the user's own passphrase."""
        words = _("Ihre neue Passphrase gilt ab jetzt.")
        deed = lambda: people.change_passphrase(self._desk, old, new)  # noqa: E731 - handed on as it is
        self._run(_("Wird geändert …"), deed, lambda _n: self._done(words))

    def name_problem(self, name: str, but: UUID | None = None) -> str:
        """Why somebody cannot be called so; empty where they can. ``but`` is who has the name already."""
        if not name.strip():
            return _("Hier fehlt noch der Name")
        others = {line.name.casefold() for line in self._lines if line.person != but}
        if name.strip().casefold() in others:
            return _("So heißt hier schon jemand. Bitte unterscheidbar machen, etwa mit dem zweiten Vornamen")
        return ""

    def passphrase_problems(self, new: str, repeated: str) -> dict[str, str]:
        """What is wrong with a new passphrase of the user's own, by field; empty when it will do."""
        name = next((line.name for line in self._lines if line.is_me), "")
        return passphrase_problems(name, new, repeated)

    # --- how

    def _run(self, words: str, deed: Callable[[], T], done: Callable[[T], None]) -> None:
        def over(result: T) -> None:
            if words:
                self._view.show_busy("")
            done(result)

        def failed(error: WorldError) -> None:
            if words:
                self._view.show_busy("")
            self._view.show_failed(error.message)
            if words:
                self.load()  # cut short between files and keys, the list says so

        if words:
            self._view.show_busy(words)
        self._runner.run(lambda _work: deed(), over, failed)

    def _show(self, found: Sequence[Person]) -> None:
        self._lines = tuple(line_of(person, self._desk.clock) for person in found)
        self._view.show_people(self._lines)

    def _hand_over(self, made: OneTime) -> None:
        self.load()
        self._tell_others()
        self._view.show_one_time(made)

    def _done(self, words: str) -> None:
        self.load()
        self._tell_others()
        self._view.show_done(words)

    def _line(self, person: UUID) -> PersonLine:
        return next(line for line in self._lines if line.person == person)


def line_of(person: Person, clock: Clock) -> PersonLine:
    """A person as the list shows them."""
    leaving = _(_LEAVING) if person.access is Access.ENDING else ""
    return PersonLine(
        person.id,
        person.name,
        person.role,
        person.role.label,
        person.access,
        _(_ACCESS[person.access]),
        day_and_time(person.last_unlock, clock()) if person.last_unlock else _("noch nie"),
        person.is_me,
        leaving or (_("Die eigene Rolle kann nur eine andere Leitung ändern.") if person.is_me else ""),
        leaving or (_("Ihre eigene Passphrase ändern Sie unter „Mein Zugang“.") if person.is_me else ""),
        _("Sich selbst kann niemand entfernen.") if person.is_me else "",
    )


def passphrase_problems(name: str, new: str, repeated: str) -> dict[str, str]:
    """What is wrong with a new passphrase for ``name``, under ``new`` or ``repeated``; empty when it will do."""
    weak = weaknesses(new, (name,))
    if weak:
        return {"new": weak[0]}
    return {} if new == repeated else {"repeated": _("Die beiden Eingaben sind verschieden")}
