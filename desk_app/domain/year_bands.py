"""The groups in which offices count children without a place: GS, 5–7, 8–10 and BK.

So the waiting lists of the cities have it: primary schools, the lower and the upper half of lower secondary, and
vocational colleges for those from 16 on.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from desk_app.domain.schooling import SchoolStage
from desk_app.i18n import N_, _


class Band(StrEnum):
    """The groups in the order in which they are listed."""

    PRIMARY = "primary"
    LOWER = "lower"
    UPPER = "upper"
    VOCATIONAL = "vocational"
    OPEN = "open"

    @property
    def label(self) -> str:
        """As it stands in lists: "5–7"."""
        return _(_LABELS[self])

    @property
    def words(self) -> str:
        """What the label means."""
        return _(_TITLES[self])


_LABELS: Final = {
    Band.PRIMARY: N_("GS"),
    Band.LOWER: N_("5–7"),
    Band.UPPER: N_("8–10"),
    Band.VOCATIONAL: N_("BK"),
    Band.OPEN: N_("offen"),
}
_TITLES: Final = {
    Band.PRIMARY: N_("Grundschule"),
    Band.LOWER: N_("Klasse 5 bis 7"),
    Band.UPPER: N_("Klasse 8 bis 10"),
    Band.VOCATIONAL: N_("Berufskolleg"),
    Band.OPEN: N_("noch offen"),
}
_HIGHEST_OF_LOWER: Final = 7


def band_of(stages: Sequence[SchoolStage], grade: str) -> Band:
    """The group of a child in one of ``stages`` for which ``grade`` ("8", empty for none) is proposed."""
    if len(stages) != 1:
        return Band.OPEN
    stage = stages[0]
    if stage is SchoolStage.PRIMARY:
        return Band.PRIMARY
    if stage in (SchoolStage.UPPER_SECONDARY, SchoolStage.BEYOND):
        return Band.VOCATIONAL
    if stage is not SchoolStage.LOWER_SECONDARY or not grade.isdecimal():
        return Band.OPEN
    return Band.LOWER if int(grade) <= _HIGHEST_OF_LOWER else Band.UPPER
