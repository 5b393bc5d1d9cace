"""``restore``: bring a backup back."""

from __future__ import annotations

import argparse

from desk_app import bootstrap
from desk_app.casework import backups
from desk_app.cli import console
from desk_app.domain.clock import local, show_time
from desk_app.domain.errors import StoreError
from desk_app.i18n import N_, _, ngettext

_NOTHING_THERE = N_(
    "In diesem Ordner liegt keine vollständige Sicherung. Es wurde nichts geändert. "
    "Bitte wählen Sie einen Ordner, dessen Name mit „sicherung-“ beginnt."
)
_UNKNOWN = N_("In dieser Sicherung gibt es niemanden mit dem Namen „{name}“. Bekannt sind: {known}.")


def run(asked: argparse.Namespace, _paint: console.Paint | None) -> int:
    """Exit status 0 when the store is back at the backup, 1 when nothing was changed."""
    chosen = next((each for each in backups.list_backups(asked.backup) if each.verified), None)
    if chosen is None:
        raise StoreError(_(_NOTHING_THERE))
    users = backups.people(chosen.place)
    person = next((user for user in users if asked.user in (None, user.name)), None)
    if person is None:
        known = ", ".join(user.name for user in users)
        raise StoreError(_(_UNKNOWN).format(name=asked.user, known=known))
    console.say(_("Sicherung vom {date}").format(date=f"{local(chosen.made_at):%d.%m.%Y}, {show_time(chosen.made_at)}"))
    done = bootstrap.bring_back(asked.store, chosen.place, person.id, console.ask_passphrase(person.name))
    words = ngettext(
        "Zurückgeholt und verglichen: {count} Eintrag.", "Zurückgeholt und verglichen: {count} Einträge.", done.rows
    )
    console.say(words.format(count=done.rows))
    if done.quarantine:
        console.say(_("Der bisherige Datenbestand ist aufgehoben:"))
        console.say(f"  {done.quarantine}")
    return console.FINE
