"""How it reads what an office was told and what holds now."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.casework.told import Difference
from desk_app.i18n import _


def change_lines(differences: Sequence[Difference]) -> tuple[str, ...]:
    """One line for each field that differs: "Telefon: 0208 1 → 0208 2"."""
    words, nothing = _("{label}: {before} → {now}"), _("nichts")
    return tuple(
        words.format(label=each.label, before=each.before or nothing, now=each.now or nothing) for each in differences
    )
