"""Old lists in the layouts desks have had for ten years, read as families. All people are invented."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.dates import DateSpan
from desk_app.domain.list_reading import ListFamily, ListPerson, Reading, read_beginning, read_list
from desk_app.domain.list_reading_layout import Grouping, guess
from desk_app.domain.list_reading_sheet import Cell, Merged, Sheet, SheetRow, column_letters
from desk_app.domain.list_reading_targets import NOT_COLLECTED, NOTE, TARGETS, recognise, target_label

TODAY = date(2026, 11, 26)


def a_sheet(*rows: list[Cell], merged: tuple[Merged, ...] = ()) -> Sheet:
    filled = [(number, tuple(cell if cell != "" else None for cell in row)) for number, row in enumerate(rows, 1)]
    return Sheet("Liste", tuple(SheetRow(number, row) for number, row in filled if any(row)), merged)


def reading(sheet: Sheet) -> Reading:
    return read_list(sheet, guess(sheet, TODAY), TODAY)


def only(sheet: Sheet) -> ListFamily:
    (family,) = reading(sheet).families
    return family


def told(person: ListPerson) -> dict[str, object]:
    return {key: found.value.show() if isinstance(found.value, DateSpan) else found.value
            for key, found in person.values.items()}  # fmt: skip


def test_the_beginning_of_a_list_is_read_as_in_the_whole_without_a_family_that_may_go_on() -> None:
    rows: list[list[Cell]] = [["Name", "Vorname", "Telefon"]]
    rows += [[f"Familie{number // 3}", f"Kind{number}", f"0208 {number // 3}"] for number in range(30)]
    sheet = a_sheet(*rows)
    layout = guess(sheet, TODAY)
    beginning = read_beginning(sheet, layout, TODAY, 8)
    assert beginning is not None
    assert [family.name for family in beginning.families] == ["Familie0", "Familie1"]
    assert beginning.families == read_list(sheet, layout, TODAY).families[:2]
    assert read_beginning(sheet, layout, TODAY, 16) is None


@pytest.mark.parametrize(
    ("heading", "target", "nth"),
    [
        ("Name, Vorname", "child.family_first", 0),
        ("Geb.", "child.birth_date", 0),
        ("geb. am", "child.birth_date", 0),
        ("Staatsangehoerigkeit", "child.nationality_1", 0),
        ("m/w/d", "child.sex", 0),
        ("Tel. Mutter", "mother.phone", 0),
        ("Handynr. des Vaters", None, 0),
        ("Handy des Vaters", "father.phone", 0),
        ("Name der Mutter", "mother.name", 0),
        ("Sorgeberechtigte/r", "adult.name", 0),
        ("Kind 2", "child.name", 2),
        ("Geb. Kind 3", "child.birth_date", 3),
        ("Vorname 1", "child.given_name", 1),
        ("Anschrift", "family.address", 0),
        ("PLZ/Ort", "family.place_line", 0),
        ("Lfd. Nr.", "family.skip", 0),
        ("Aktenzeichen", "family.file_number", 0),
        ("Aufenthaltsstatus", NOT_COLLECTED, 0),
        ("Religion", NOT_COLLECTED, 0),
        ("Schuhgröße", None, 0),
    ],
)
def test_german_headings_are_known(heading: str, target: str | None, nth: int) -> None:
    found = recognise(heading)
    assert (found and found.target, found.nth if found else 0) == (target, nth)


def test_every_target_has_a_label_of_its_own() -> None:
    labels = [target_label(key) for key in TARGETS]
    assert len(set(labels)) == len(labels)


def test_one_row_for_each_child_under_a_title() -> None:
    found = reading(
        a_sheet(
            ["Kinderliste, Stand: 12.03.2024"],
            [],
            ["Nr.", "Name, Vorname", "Geb.", "m/w", "Staatsang.", "Adresse", "Tel.", "Mutter", "Bemerkung"],
            [
                1.0,
                "Haddad, Lina",
                "3.4.15",
                "w",
                "syrisch",
                "Weg 3, 45476 Mülheim",
                "0176 000001",
                "Haddad, Rana",
                "ruhig",
            ],
            [
                2.0,
                "Haddad, Omar",
                date(2017, 9, 1),
                "Junge",
                "SYR",
                "Weg 3, 45476 Mülheim",
                "0176 000001",
                "Haddad, Rana",
            ],
            [3.0, "Kaya, Ela", "2016", "", "Türkei", "Allee 7", "", ""],
            ["Summe", 3.0],
        )
    )
    haddad, kaya = found.families
    assert haddad.cell == "Liste!A4"
    lina, rana, omar = haddad.persons
    assert told(lina) == {
        "given_name": "Lina", "family_name": "Haddad", "birth_date": "03.04.2015", "sex": "w", "nationality_1": "475",
    }  # fmt: skip
    assert lina.values["birth_date"].cell == "Liste!C4"
    assert (rana.role, rana.name) == ("mother", "Rana Haddad")
    assert told(omar)["birth_date"] == "01.09.2017"
    assert told(omar)["sex"] == "m"
    assert {key: value.value for key, value in haddad.address.items()} == {
        "street": "Weg", "house_number": "3", "postal_code": "45476", "city": "Mülheim",
    }  # fmt: skip
    assert haddad.household["phone"].value == "0176 000001"
    assert haddad.notes == ["Bemerkung: ruhig"]
    assert not haddad.problems
    assert told(kaya.persons[0])["birth_date"] == "2016"
    assert [item.show() for item in found.left_out] == ["Liste!A7: „Summe“ ist keine Person."]


def test_two_lines_of_headings_over_merged_cells() -> None:
    sheet = a_sheet(
        ["Familie", "Kind", "", "", "Mutter", ""],
        ["", "Name", "Vorname", "Geb.", "Name", "Telefon"],
        ["17", "Haddad", "Lina", "2015", "Haddad, Rana", 1761234567.0],
        ["", "", "Omar", "2017"],
        ["18", "Kaya", "Ela", "2016"],
        merged=(Merged(1, 1, 1, 3), Merged(1, 4, 1, 5), Merged(3, 0, 4, 0)),
    )
    layout = guess(sheet, TODAY)
    assert layout.heading_rows == (1, 2)
    haddad, kaya = read_list(sheet, layout, TODAY).families
    assert [person.name for person in haddad.persons] == ["Lina Haddad", "Rana Haddad", "Omar Haddad"]
    assert told(haddad.persons[1])["own_phone"] == "01761234567"
    assert [problem.show() for problem in haddad.problems] == [
        "Liste!F3: Telefon 01761234567: die Null am Anfang fehlte in der Liste."
    ]
    assert [person.name for person in kaya.persons] == ["Ela Kaya"]


def test_empty_cells_go_on_with_the_family_above() -> None:
    sheet = a_sheet(
        ["Familienname", "Straße", "PLZ", "Ort", "Vorname", "Geburtsdatum"],
        ["Haddad", "Weg 3", 1067.0, "Dresden", "Lina", "3.4.2015"],
        ["", "", "", "", "Omar", "1.9.2017"],
        ["Kaya", "Allee 7", "45468", "Mülheim", "Ela", "5.5.2016"],
    )
    assert guess(sheet, TODAY).grouping is Grouping.CARRY
    haddad, kaya = reading(sheet).families
    assert [person.name for person in haddad.persons] == ["Lina Haddad", "Omar Haddad"]
    assert haddad.address["postal_code"].value == "01067"
    assert len(kaya.persons) == 1


def test_blank_rows_part_families_and_roles_say_who_is_who() -> None:
    sheet = a_sheet(
        ["Name", "Vorname", "Rolle", "Geburtsdatum", "Sprache"],
        ["Haddad", "Rana", "Mutter", "1985", "Arabisch, Kurdisch"],
        ["Haddad", "Lina", "Tochter", "2015", ""],
        [],
        ["Kaya", "Ela", "Kind", "2016", "Türkisch"],
        ["Kaya", "Can", "Sohn", "2017", ""],
    )
    haddad, kaya = reading(sheet).families
    assert [(person.role, told(person).get("sex")) for person in haddad.persons] == [("mother", "w"), ("child", "w")]
    assert [found.value for found in haddad.languages] == ["ar", "ku"]
    assert [person.role for person in kaya.persons] == ["child", "child"]


def test_one_row_for_each_family_with_numbered_children() -> None:
    family = only(
        a_sheet(
            ["Familienname", "Adresse", "Kind 1", "Geb. Kind 1", "Kind 2", "Geb. Kind 2", "Eltern"],
            ["Haddad", "Weg 3", "Lina", "3.4.2015", "Omar", "2017", "Rana und Yousef Haddad"],
        )
    )
    assert [(person.name, person.role) for person in family.persons] == [
        ("Lina Haddad", "child"), ("Omar Haddad", "child"), ("Rana Haddad", None), ("Yousef Haddad", None),
    ]  # fmt: skip


def test_columns_that_come_again_are_those_of_the_next_child() -> None:
    family = only(
        a_sheet(
            ["Familie", "Vorname", "Geb.", "Vorname", "Geb."],
            ["Haddad", "Lina", "3.4.2015", "Omar", "1.9.2017"],
        )
    )
    assert [(person.text("given_name"), told(person)["birth_date"]) for person in family.persons] == [
        ("Lina", "03.04.2015"), ("Omar", "01.09.2017"),
    ]  # fmt: skip


def test_children_in_one_cell() -> None:
    family = only(
        a_sheet(
            ["Mutter", "Telefon", "Kinder"],
            ["Haddad, Rana", "0176 000001", "Lina (3.4.2015), Omar *2017; Nour geb. 1.2.2019"],
        )
    )
    children = [person for person in family.persons if person.role == "child"]
    assert [(child.name, told(child)["birth_date"]) for child in children] == [
        ("Lina Haddad", "03.04.2015"), ("Omar Haddad", "2017"), ("Nour Haddad", "01.02.2019"),
    ]  # fmt: skip


def test_what_is_not_sure_is_said_and_kept_in_the_note() -> None:
    family = only(
        a_sheet(
            ["Name", "Vorname", "Geb.", "Nationalität", "Sprache", "Alter", "Schuhgröße"],
            ["Kaya", "Ela", "03/04/2015", "Atlantis", "Elbisch", "9", 34.0],
        )
    )
    assert "birth_date" not in family.persons[0].values
    assert [problem.show() for problem in family.problems] == [
        "Liste!C2: „03/04/2015“: Tag und Monat lassen sich nicht unterscheiden.",
        "Liste!D2: „Atlantis“ steht nicht in der Liste „Staatsangehörigkeiten“.",
        "Liste!E2: „Elbisch“ steht nicht in der Liste „Sprachen“.",
        "Liste!F2: Alter 9: die Liste sagt nicht, von wann sie ist.",
    ]
    assert family.notes == [
        "Geb.: 03/04/2015", "Nationalität: Atlantis", "Sprache: Elbisch", "Alter: 9", "Schuhgröße: 34",
    ]  # fmt: skip


def test_other_dates_of_the_column_show_the_order_of_day_and_month() -> None:
    head: list[Cell] = ["Name", "Vorname", "Geb."]
    german = a_sheet(head, ["Kaya", "Ela", "03/04/2015"], ["Haddad", "Lina", "25/04/2015"])
    american = a_sheet(head, ["Kaya", "Ela", "03/04/2015"], ["Haddad", "Lina", "04/25/2015"])
    assert told(reading(german).families[0].persons[0])["birth_date"] == "03.04.2015"
    assert told(reading(american).families[0].persons[0])["birth_date"] == "04.03.2015"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("3.4.15", "03.04.2015"),
        ("*3. April 2015", "03.04.2015"),
        ("geb. am 03.04.2015", "03.04.2015"),
        ("2015/04/03", "03.04.2015"),
        ("2015-04-03 00:00:00", "03.04.2015"),
        ("xx.04.2015", "04.2015"),
        (42097.0, "03.04.2015"),
        (2015.0, "2015"),
        (3042015.0, "03.04.2015"),
        (date(2015, 4, 3), "03.04.2015"),
    ],
)
def test_dates_in_every_way_they_are_written(cell: Cell, shown: str) -> None:
    family = only(a_sheet(["Name", "Vorname", "Geb."], ["Kaya", "Ela", cell]))
    assert told(family.persons[0])["birth_date"] == shown


def test_day_numbers_of_old_macs_count_from_1904() -> None:
    sheet = a_sheet(["Name", "Vorname", "Geb."], ["Kaya", "Ela", 40635.0])
    (family,) = read_list(sheet, guess(sheet, TODAY), TODAY, from_1904=True).families
    assert told(family.persons[0])["birth_date"] == "03.04.2015"


@pytest.mark.parametrize("cell", ["31.02.2015", "3.4.2035", 12.0, "Montag"])
def test_what_is_no_birth_date_is_said(cell: Cell) -> None:
    family = only(a_sheet(["Name", "Vorname", "Geb."], ["Kaya", "Ela", cell]))
    assert "birth_date" not in family.persons[0].values
    assert family.problems[0].cell == "Liste!C2"
    assert family.notes[0].startswith("Geb.: ")


def test_an_age_counts_from_the_day_of_the_list() -> None:
    family = only(a_sheet(["Stand 01.09.2020"], ["Name", "Vorname", "Alter"], ["Kaya", "Ela", "5"]))
    birth = family.persons[0].birth
    assert birth is not None
    assert (birth.earliest, birth.latest) == (date(2014, 9, 2), date(2015, 9, 1))


def test_what_is_not_collected_stays_out_and_is_said() -> None:
    found = reading(
        a_sheet(
            ["Name", "Vorname", "Geb.", "Religion", "Vermerk"],
            ["Kaya", "Ela", "2015", "muslimisch", "Duldung"],
        )
    )
    assert not found.families[0].notes
    assert [item.show() for item in found.left_out] == [
        "Liste!D1: Die Spalte „Religion“ bleibt draußen: das erhebt Trittstein nicht.",
        "Liste!E1: Die Spalte „Vermerk“ bleibt draußen: das erhebt Trittstein nicht.",
    ]


def test_a_row_without_a_name_and_headings_said_again_are_left_out_and_said() -> None:
    head: list[Cell] = ["Name", "Vorname", "Geb.", "Telefon"]
    found = reading(a_sheet(head, ["Kaya", "Ela", "2015"], ["Klasse 5b"], head, ["", "", "2016", "0208 1"]))
    assert len(found.families) == 2  # "Klasse 5b" stands where names stand: people see it and can leave it out
    assert [(item.cell, item.harmless) for item in found.left_out] == [("Liste!A4", True), ("Liste!C5", False)]


def test_a_list_without_headings_is_read_by_what_its_cells_look_like() -> None:
    sheet = a_sheet(
        ["Haddad, Lina", "3.4.2015", "w", "45476", "0176 000001"],
        ["Kaya, Ela", "5.5.2016", "w", "45468", "0176 000002"],
    )
    layout = guess(sheet, TODAY)
    assert layout.heading_rows == ()
    assert [column.target for column in layout.columns] == [
        "child.family_first", "child.birth_date", "child.sex", "family.postal_code", "family.phone",
    ]  # fmt: skip
    assert [family.name for family in read_list(sheet, layout, TODAY).families] == ["Haddad", "Kaya"]


def test_another_row_of_headings_and_another_meaning_can_be_chosen() -> None:
    sheet = a_sheet(["Spalte A", "Spalte B"], ["Ela", "Kaya"], ["Lina", "Haddad"])
    layout = guess(sheet, TODAY, heading_row=1)
    assert [column.target for column in layout.columns] == [NOTE, NOTE]
    layout = layout.with_target(0, "child.given_name").with_target(1, "child.family_name")
    assert [family.persons[0].name for family in read_list(sheet, layout, TODAY).families] == [
        "Ela Kaya",
        "Lina Haddad",
    ]


def test_addresses_of_cells_read_as_in_a_spreadsheet() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert Sheet("", ()).address(17, 2) == "C17"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["Name", "Geb.", "Kind 1", "Mutter", "3.4.15", "03/04/2015", "Haddad, Lina", "syrisch", "Weg 3, 45476 X"]
    ),
    st.text(max_size=12).map(lambda text: text.strip() or None),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from([*TARGETS]), st.sampled_from(Grouping))
def test_no_list_breaks_the_reading(rows: list[list[Cell]], target: str, grouping: Grouping) -> None:
    sheet = a_sheet(*rows)
    layout = replace(guess(sheet, TODAY), grouping=grouping)
    if layout.columns:
        layout = layout.with_target(layout.columns[0].place, target)
    read_list(sheet, layout, TODAY)
