"""The catalogue against the centre's field list: each of its 116 rows has its place, and what is refused has none."""

from desk_app.domain.field_catalogue import DERIVED, FIELDS, NOT_COLLECTED
from desk_app.domain.fields import FieldType


def test_every_row_of_the_field_list_is_asked_or_worked_out_or_refused() -> None:
    asked = {row for field in FIELDS for row in field.rows}
    assert asked | DERIVED.keys() | NOT_COLLECTED.keys() == set(range(1, 117))
    assert len(asked) + len(DERIVED) + len(NOT_COLLECTED) == 116


def test_nothing_asks_for_what_is_not_collected() -> None:
    names = " ".join(field.key for field in FIELDS)
    for refused in ("religion", "photo", "residence", "azr", "diagnos", "disab", "special_need"):
        assert refused not in names


def test_what_is_chosen_names_its_list() -> None:
    assert [field.key for field in FIELDS if (field.type is FieldType.CODE) != bool(field.codes)] == []
