"""How it reads what an office was told and what holds now."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.casework.ledger import Receipt
from desk_app.casework.told import Difference
from desk_app.domain.dates import show_day
from desk_app.i18n import _


def change_lines(differences: Sequence[Difference], to_tell: Sequence[Receipt] = ()) -> tuple[str, ...]:
    """One line for each field that differs: "Telefon: 0208 1 → 0208 2"; the last one says who has to be told."""
    words, nothing = _("{label}: {before} → {now}"), _("nichts")
    differing = differences or (to_tell[0].differences if to_tell else ())
    lines = tuple(
        words.format(label=each.label, before=each.before or nothing, now=each.now or nothing) for each in differing
    )
    if not to_tell:
        return lines
    told = _("{label} (zuletzt {day})")
    who = ", ".join(told.format(label=each.label, day=show_day(each.on)) for each in to_tell)
    return (*lines, _("Das wissen noch nicht: {who}").format(who=who))
