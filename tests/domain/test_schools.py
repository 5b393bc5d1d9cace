"""The directory of schools and a centre's own table."""

from collections import Counter
from datetime import date

import pytest

from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import StrangeTable
from desk_app.domain.schools import RowProblem, School, distance_m, read_schools, shipped_schools

HEADER = ("Schulnummer", "Name", "Schulform", "Straße", "PLZ", "Ort", "Ostwert")
LONE = School("103780", "Schule A")


def messages(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> list[str]:
    return [problem.show() for problem in read_schools([header, *rows]).problems]


def test_muelheims_schools_are_shipped_with_source_and_date() -> None:
    directory = shipped_schools()
    assert len(directory.schools) == 39
    assert directory.as_of == date(2023, 12, 11)
    assert "Schulverzeichnis" in directory.source
    forms = Counter(code_list("school_forms").label(school.form) for school in directory.schools)
    assert forms == {"Grundschule": 22, "Gymnasium": 5, "Realschule": 3, "Gesamtschule": 3, "Förderschule": 2,
                     "Berufskolleg": 2, "Hauptschule": 1, "Freie Waldorfschule": 1}  # fmt: skip
    for school in directory.schools:
        assert "|" not in school.name
        assert school.city == "Mülheim an der Ruhr"
        assert school.street
        assert school.easting in range(348_000, 360_000)
        assert school.northing in range(5_694_000, 5_706_000)
        assert school.all_day is not None


def test_a_district_is_only_named_where_the_postal_code_leaves_one() -> None:
    districts = {(school.postal_code, school.district) for school in shipped_schools().schools if school.district}
    assert districts == {("45476", "styrum")}


def test_distances_are_straight_metres() -> None:
    by_number = {school.number: school for school in shipped_schools().schools}
    a, b = by_number["188189"], by_number["172509"]
    assert distance_m(a, b) == 0  # the comprehensive school and the Berufskolleg share an address
    here = School("1", "A", easting=350_000, northing=5_700_000)
    there = School("2", "B", easting=350_300, northing=5_700_400)
    assert distance_m(here, there) == distance_m(there, here) == 500
    assert distance_m(here, LONE) is distance_m(LONE, here) is None


def test_a_table_is_read_whatever_its_columns_are_called() -> None:
    table = read_schools(
        [
            ("Unsere Schulen", None),
            (),
            ("PLZ", "OGS", "Schulnr.", "Bezeichnung", "Schulform-Schlüssel", "Stadtteil", "Träger", "Ost", "Nord"),
            (45476.0, "ja", 103860, " Schule |  an der Ecke ", 2, "Styrum", "öffentlich", "351363,4", 5702503.0),
            ("47051", "nein", "104001", "Schule B", "GY", "Duisburg-Mitte", "Verein B", None, None),
            (None, None, None, None),
        ]
    )
    assert table.problems == ()
    assert table.schools == (
        School("103860", "Schule an der Ecke", "02", postal_code="45476", district="styrum", easting=351363,
               northing=5702503, all_day=True, provider="public"),
        School("104001", "Schule B", "20", postal_code="47051", district="Duisburg-Mitte", all_day=False,
               provider="Verein B"),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["Gymnasium", "gymnasium", "GY", "gy", "20"])
def test_a_school_form_may_be_a_word_a_short_form_or_a_key(form: str) -> None:
    assert read_schools([HEADER, ("103780", "Schule A", form)]).schools[0].form == "20"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("", "Schule A"), "Zeile 2: Die Schulnummer fehlt."),
        (("103780", ""), "Zeile 2: Der Name der Schule fehlt."),
        (("12345", "Schule A"), "Zeile 2: Die Schulnummer 12345 hat nicht sechs Ziffern."),
    ],
)
def test_a_row_that_is_no_school_is_left_out_and_said(row: tuple[str, ...], message: str) -> None:
    assert messages(row) == [message]
    assert read_schools([HEADER, row]).schools == ()


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("PLZ", "4546", "Zeile 2: Eine Postleitzahl hat fünf Ziffern, etwa 45468"),
        ("Schulform", "Baumschule", "Zeile 2: Die Schulform „Baumschule“ ist nicht bekannt."),
        ("OGS", "vielleicht", "Zeile 2: „vielleicht“ beim Ganztag ist weder ja noch nein."),
        ("Rechtswert", "51.4", "Zeile 2: „51.4“ ist keine Koordinate in Metern (UTM, Zone 32)."),
        ("Rechtswert", "nan", "Zeile 2: „nan“ ist keine Koordinate in Metern (UTM, Zone 32)."),
        ("Hochwert", "weit", "Zeile 2: „weit“ ist keine Koordinate in Metern (UTM, Zone 32)."),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_empty_and_said(column: str, cell: str, message: str) -> None:
    rows = [("Nummer", "Schule", column), ("103780", "Schule A", cell)]
    assert messages(rows[1], header=rows[0]) == [message]
    assert read_schools(rows).schools == (LONE,)


def test_a_school_that_stands_twice_counts_once() -> None:
    table = read_schools([("Zeile mit Titel",), HEADER, ("103780", "Schule A"), (), ("103780", "Schule B")])
    assert table.schools == (LONE,)
    assert table.problems == (RowProblem(5, "Die Schulnummer 103780 steht schon weiter oben."),)


def test_a_running_number_is_not_the_school_number() -> None:
    assert read_schools([("Nr", "Schulnummer", "Name"), (1, 103780, "Schule A")]).schools == (LONE,)


def test_half_a_coordinate_is_none() -> None:
    school = read_schools([("Nr", "Name", "Ost", "Nord"), ("103780", "Schule A", "351363", "")]).schools[0]
    assert (school.easting, school.northing) == (None, None)


@pytest.mark.parametrize("rows", [[], [("Name", "Ort"), ("Schule A", "Mülheim")], [("103780", "Schule A")]])
def test_a_table_without_header_is_strange(rows: list[tuple[object, ...]]) -> None:
    with pytest.raises(StrangeTable, match="Kopfzeile mit Schulnummer und Name"):
        read_schools(rows)
