"""What every command shares: opening a store, asking for its passphrase, and words on the console."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from desk_app import bootstrap
from desk_app.casework.desk import Desk
from desk_app.domain.errors import StoreError, VaultBusy, VaultMissing, WorldError
from desk_app.i18n import N_, _

PASSPHRASE_VARIABLE = "TRITTSTEIN_PASSPHRASE"  # noqa: S105 - the name of it, not one

FINE, FAILED, INCOMPLETE = 0, 1, 2
"""Exit status: all done; nothing done, for the reason on the error output; done, but something was left out."""

_NO_PASSPHRASE = N_(
    "Es fehlt die Passphrase. Bitte rufen Sie den Befehl in einem Terminal auf oder setzen Sie {variable}."
)
_UNKNOWN_USER = N_("Hier gibt es niemanden mit dem Namen „{name}“. Bekannt sind: {known}.")


class Paint(Protocol):
    """Pictures of every page of the program; made by the window, which commands do not know."""

    def __call__(self, desk: Desk, folder: Path, *, size: tuple[int, int], theme: str, scale: float) -> list[Path]:
        """Write the pictures into ``folder`` (made if need be), close the desk and say which. Raises ``WorldError``."""
        ...


def say(words: str = "") -> None:
    print(words, flush=True)


def complain(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def opened(store: Path, user_name: str | None, passphrase: str | None = None) -> Iterator[Desk]:
    """The desk over the store while it is open, for the named user or the first. Raises ``WorldError``."""
    match bootstrap.state(store):
        case "missing":
            raise VaultMissing
        case "busy":
            raise VaultBusy(holder=bootstrap.Door(store).holder())
        case _:
            pass
    users = bootstrap.user_entries(store)
    chosen = next((user for user in users if user_name in (None, user.name)), None)
    if chosen is None:
        known = ", ".join(user.name for user in users)
        raise StoreError(_(_UNKNOWN_USER).format(name=user_name, known=known))
    desk = bootstrap.unlock(store, chosen.id, passphrase or ask_passphrase(chosen.name))
    try:
        yield desk
    finally:
        desk.vault.close()


def ask_passphrase(user_name: str) -> str:
    """From the environment, else from the person at the terminal, never from the command line."""
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given:
        return given
    try:
        if sys.stdin.isatty() and (typed := getpass.getpass(_("Passphrase von {name}: ").format(name=user_name))):
            return typed
    except EOFError:
        pass
    raise WorldError(_(_NO_PASSPHRASE).format(variable=PASSPHRASE_VARIABLE))


class Counter:
    """How far a long job is, on one line that is written over; silent where the output is not a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, words: str) -> None:
        if self._shown:
            print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        self("")
