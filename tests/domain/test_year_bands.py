"""The groups of the offices: every child is in exactly one."""

import pytest

from desk_app.domain.schooling import SchoolStage
from desk_app.domain.year_bands import Band, band_of

PRIMARY, LOWER, UPPER = SchoolStage.PRIMARY, SchoolStage.LOWER_SECONDARY, SchoolStage.UPPER_SECONDARY


@pytest.mark.parametrize(("stages", "grade", "label"), [
    ((PRIMARY,), "1", "GS"), ((PRIMARY,), "", "GS"), ((LOWER,), "5", "5–7"), ((LOWER,), "7", "5–7"),
    ((LOWER,), "8", "8–10"), ((LOWER,), "10", "8–10"), ((LOWER,), "", "offen"), ((UPPER,), "", "BK"),
    ((SchoolStage.BEYOND,), "", "BK"), ((PRIMARY, LOWER), "4", "offen"), ((), "", "offen"),
    ((SchoolStage.TOO_YOUNG,), "", "offen"),
])  # fmt: skip
def test_stage_and_grade_give_the_group(stages: tuple[SchoolStage, ...], grade: str, label: str) -> None:
    assert band_of(stages, grade).label == label


def test_the_groups_stand_in_the_order_of_the_years() -> None:
    assert [band.label for band in Band] == ["GS", "5–7", "8–10", "BK", "offen"]
    assert [band.words for band in Band][:2] == ["Grundschule", "Klasse 5 bis 7"]
