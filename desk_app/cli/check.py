"""``check``: whether a store is sound."""

from __future__ import annotations

import argparse
from typing import Final

from desk_app.casework import health
from desk_app.casework.health import Area
from desk_app.cli import console
from desk_app.i18n import _

STATUS: Final = {Area.DATABASE: 3, Area.AUDIT: 4, Area.TABLES: 5, Area.KEYS: 6}
"""Exit status for what is not sound; of several the worst, which comes first."""


def run(asked: argparse.Namespace, _paint: console.Paint | None) -> int:
    """Exit status 0 when everything is sound, one of ``STATUS`` when not, 1 when the store does not open."""
    with console.opened(asked.store, asked.user) as desk:
        console.say(_("Der Datenbestand lässt sich öffnen."))
        findings = health.examine(desk)
    for finding in findings:
        console.say(finding.words if finding.sound else _("Achtung: {words}").format(words=finding.words))
    amiss = {finding.area for finding in findings if not finding.sound}
    if not amiss:
        console.say(_("Alles in Ordnung."))
        return console.FINE
    return next(STATUS[area] for area in Area if area in amiss)
