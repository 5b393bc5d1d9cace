"""``check``: whether a store is sound."""

from __future__ import annotations

import argparse

from desk_app.casework import health
from desk_app.cli import console
from desk_app.i18n import _


def run(asked: argparse.Namespace, _paint: console.Paint | None) -> int:
    """Exit status 0 when everything is sound, 2 when something is not, 1 when the store does not open."""
    with console.opened(asked.store, asked.user) as desk:
        console.say(_("Der Datenbestand lässt sich öffnen."))
        findings = health.examine(desk)
    for finding in findings:
        console.say(finding.words if finding.sound else _("Achtung: {words}").format(words=finding.words))
    if all(finding.sound for finding in findings):
        console.say(_("Alles in Ordnung."))
        return console.FINE
    return console.INCOMPLETE
