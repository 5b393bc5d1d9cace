"""Who has custody and how the family is reached, in the rows of the files for schools."""

import pytest
from builders import Family

from desk_app.domain.records import Record, RecordKind
from desk_app.domain.schild import LossKind
from desk_app.domain.school_contact import address_values, guardian_rows, phone_rows


def rows(family: Family, child: Record) -> list[dict[str, str]]:
    return [{key: text for key, text in row.items() if text} for row in guardian_rows(family.view(child))[0]]


def said(family: Family, child: Record) -> list[str]:
    return [loss.says for loss in guardian_rows(family.view(child))[1]]


def test_parents_at_one_address_are_one_row() -> None:
    family = Family()
    family.mother(salutation="mrs", own_email="rana@mail.example")
    family.father(salutation="mr", family_name="Al-Haddad")
    child = family.child()
    assert rows(family, child) == [
        {
            "kind": "Eltern", "salutation_1": "Frau", "family_name_1": "Haddad", "given_name_1": "Rana",
            "email_1": "rana@mail.example", "salutation_2": "Herr", "family_name_2": "Al-Haddad",
            "given_name_2": "Yousef", "street": "Lindenhof 12", "street_name": "Lindenhof", "house_number": "12",
            "postal_code": "45476", "city": "Mülheim an der Ruhr", "district": "Styrum",
        }
    ]  # fmt: skip
    assert not said(family, child)


def test_who_lives_elsewhere_has_a_row_of_their_own_after_the_family() -> None:
    family = Family()
    family.father(own_address="Hafen 3, Duisburg")
    family.mother()
    child = family.child()
    first, second = rows(family, child)
    assert (first["kind"], first["street"]) == ("Mutter", "Lindenhof 12")
    assert second == {"kind": "Vater", "family_name_1": "Haddad", "given_name_1": "Yousef"}
    assert len(said(family, child)) == 1


def test_two_mothers_are_parents_and_a_third_person_is_another_row() -> None:
    family = Family()
    family.mother()
    family.mother(given_name="Lina")
    family.add(RecordKind.PERSON, role="guardian", given_name="Ute", family_name="Amt", has_custody=True)
    assert [row["kind"] for row in rows(family, family.child())] == ["Eltern", "Vormund"]


def test_kinds_are_standard_words_or_stay_open() -> None:
    family = Family()
    family.add(RecordKind.PERSON, role="grandmother", given_name="Um", family_name="Haddad", has_custody=True)
    child = family.child()
    assert "kind" not in rows(family, child)[0]
    assert [loss.kind for loss in guardian_rows(family.view(child))[1]] == [LossKind.OPEN]


def test_nobody_with_custody_is_no_row_and_said_but_not_of_an_adult() -> None:
    family = Family()
    family.mother(has_custody=False)
    child = family.child()
    assert rows(family, child) == []
    assert len(said(family, child)) == 1
    grown = Family(guardian_kind="self")
    assert not said(grown, grown.child())


def test_a_single_name_stands_as_family_name_where_there_is_but_one() -> None:
    family = Family()
    family.mother(family_name="", single_name=True)
    (row,) = rows(family, family.child())
    assert (row["family_name_1"], row.get("given_name_1")) == ("Rana", None)


def test_a_missing_family_name_is_not_made_up() -> None:
    family = Family()
    family.mother(family_name="")
    child = family.child()
    assert rows(family, child) == []
    assert "Nachname" in said(family, child)[0]


def test_an_office_with_custody_stands_by_its_name() -> None:
    family = Family()
    family.add(RecordKind.PERSON, role="youth_office", organisation="Jugendamt Musterstadt", has_custody=True)
    (row,) = rows(family, family.child())
    assert (row["kind"], row["family_name_1"]) == ("Jugendamt", "Jugendamt Musterstadt")


def test_the_dead_and_those_without_custody_are_not_told() -> None:
    family = Family()
    family.mother()
    family.father(deceased=True)
    assert [row["kind"] for row in rows(family, family.child())] == ["Mutter"]


def test_each_number_is_told_once_with_whose_it_is() -> None:
    family = Family(emergency_phone="0176 2", contact_phone="0176 3")
    family.mother(own_phone="+49 208 000000")
    family.father(own_phone="0176 1")
    phones = [(row["phone"], row["kind"]) for row in phone_rows(family.view(family.child()))]
    assert phones == [("0208 000000", "Familie"), ("0176 1", "Vater"), ("0176 2", "Notfall")]


@pytest.mark.parametrize(
    ("number", "parts"),
    [("12", ("12", "")), ("12 a", ("12", "a")), ("12-14", ("12", "-14")), ("Haus B", ("Haus B", ""))],
)
def test_a_house_number_is_parted_from_its_addition(number: str, parts: tuple[str, str]) -> None:
    values = address_values(Family().address(house_number=number))
    assert (values["house_number"], values["house_suffix"]) == parts
    assert values["street"] == f"Lindenhof {number}"
