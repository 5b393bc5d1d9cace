"""The first start: who, where, a passphrase, and a code for the day it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desk_app.domain.centre import Centre
from desk_app.domain.errors import WorldError
from desk_app.domain.passphrase import generate_passphrase, weaknesses
from desk_app.i18n import _
from desk_app.presenters.runner import Runner

if TYPE_CHECKING:
    from desk_app.casework.desk import Desk

Create = Callable[[Path, Centre, str, str], "tuple[Desk, str]"]
"""Makes the store: folder, settings, user, passphrase. Returns the open desk and the recovery code."""


@dataclass(frozen=True, slots=True)
class SetupDraft:
    folder: Path
    centre: Centre = field(default_factory=Centre)
    user_name: str = ""
    passphrase: str = ""
    repeated: str = ""


class SetupView(Protocol):
    def show_problems(self, problems: dict[str, str]) -> None: ...

    def show_busy(self, busy: bool) -> None: ...

    def show_failed(self, message: str) -> None: ...

    def show_code(self, code: str) -> None: ...


class SetupPresenter:
    """Problems are shown once somebody tried to go on, then follow every key."""

    def __init__(
        self, view: SetupView, runner: Runner, create: Create, opened: Callable[[Desk], None], folder: Path
    ) -> None:
        self._view = view
        self._runner = runner
        self._create = create
        self._opened = opened
        self._desk: Desk | None = None
        self._strict = False
        self.draft = SetupDraft(folder)

    def edit(self, key: str, value: Any) -> None:
        """Change one answer: a key of the draft, or ``centre.name`` and ``centre.city``."""
        if key.startswith("centre."):
            self.draft = replace(self.draft, centre=replace(self.draft.centre, **{key.removeprefix("centre."): value}))
        else:
            self.draft = replace(self.draft, **{key: value})
        if self._strict:
            self._view.show_problems(self.problems())

    def propose_passphrase(self) -> str:
        """Six words nobody guesses; they only count once they were typed or taken over twice."""
        return generate_passphrase()

    def passphrase_advice(self) -> tuple[str, ...]:
        """What is weak about the passphrase typed so far; empty when it will do."""
        return weaknesses(self.draft.passphrase, (self.draft.centre.name, self.draft.user_name))

    def problems(self) -> dict[str, str]:
        """What stops the store from being made, by the key of the answer."""
        draft, found = self.draft, {}
        if not draft.centre.name.strip():
            found["centre.name"] = _("Der Name steht auf den Anfragen")
        if not draft.user_name.strip():
            found["user_name"] = _("Ihr Name steht im Verlauf und auf den Anfragen")
        advice = self.passphrase_advice()
        if advice:
            found["passphrase"] = advice[0]
        elif draft.passphrase != draft.repeated:
            found["repeated"] = _("Die beiden Eingaben sind verschieden")
        return found

    def make(self) -> None:
        """Make the store; then the recovery code is shown."""
        self._strict = True
        problems = self.problems()
        self._view.show_problems(problems)
        if problems:
            return
        draft = self.draft
        self._view.show_busy(True)
        self._runner.run(
            lambda _work: self._create(draft.folder, draft.centre, draft.user_name.strip(), draft.passphrase),
            self._made,
            self._failed,
        )

    def begin(self) -> None:
        """The code is put away: open the desk."""
        if self._desk is not None:
            self._opened(self._desk)

    def _made(self, made: tuple[Desk, str]) -> None:
        self._desk, code = made
        self._view.show_busy(False)
        self._view.show_code(code)

    def _failed(self, error: WorldError) -> None:
        self._view.show_busy(False)
        self._view.show_failed(error.message)
