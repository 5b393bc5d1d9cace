"""The lists that fields choose from."""

from datetime import date

import pytest

from desk_app import assets
from desk_app.domain.code_lists import CODE_LISTS, code_list, suggest_districts
from desk_app.domain.field_catalogue import FIELDS
from desk_app.domain.schooling import OFFICE_TITLES, STAGE_TITLES, Office, SchoolRules, SchoolStage

TODAY = date(2026, 11, 26)


def labels(name: str, typed: str, day: date | None = None) -> list[str]:
    return [code.label for code in code_list(name).search(typed, day)]


@pytest.mark.parametrize("name", CODE_LISTS)
def test_a_list_has_source_date_and_clear_entries(name: str) -> None:
    codes = code_list(name)
    keys = [code.key for code in codes.entries]
    shown = [code.label for code in codes.entries]
    assert codes.source
    assert codes.title
    assert date(2020, 1, 1) < codes.as_of < date(2027, 1, 1)
    assert len(set(keys)) == len(keys) > 1
    assert len(set(shown)) == len(shown)
    assert all(key and label and label == label.strip() for key, label in zip(keys, shown, strict=True))
    limited = [(code.valid_from, code.valid_to) for code in codes.entries if code.valid_from and code.valid_to]
    assert all(first < last for first, last in limited)


def test_every_file_is_a_list_and_every_field_has_its_list() -> None:
    names = {"din91379", "name_equals", "name_letters", "name_sounds"}
    schools = {"schild_columns", "schild_last_schools", "svws_columns", "schools_muelheim"}
    holidays = {"public_holidays_nrw", "school_holidays_nrw"}
    others = names | schools | holidays | {"list_headings", "list_words", "offer_synonyms"}
    assert {path.stem for path in assets.path("code_lists").glob("*.csv")} == set(CODE_LISTS) | others
    elsewhere = {"users", "schools", ""}
    assert {field.codes for field in FIELDS} - elsewhere <= set(CODE_LISTS)


def test_what_is_not_collected_has_no_list_and_no_entry() -> None:
    text = " ".join(assets.read_text("code_lists", f"{name}.csv").casefold() for name in CODE_LISTS)
    for word in ("aufenthaltstitel", "duldung", "gestattung", "konfession", "evangelisch", "diagnose"):
        assert word not in text
    with pytest.raises(KeyError):
        code_list("religion")


def test_nationalities_follow_the_official_keys() -> None:
    nationalities = code_list("nationalities")
    assert len(nationalities.entries) == 212
    assert [nationalities.label(key) for key in ("000", "475", "166", "997", "998", "999")] == [
        "Deutschland", "Syrien", "Ukraine", "staatenlos", "ungeklärt", "ohne Angabe"
    ]  # fmt: skip
    assert [code.key for code in nationalities.entries[-3:]] == ["997", "998", "999"]
    assert all(len(code.key) == 3 and len(code.extra["iso3"]) == 3 for code in nationalities.entries)


def test_countries_are_another_list_without_the_stateless() -> None:
    countries = code_list("countries")
    assert len(countries.entries) == 209
    assert countries.get("997") is None
    assert [code.label for code in countries.entries[:3]] == ["Syrien", "Ukraine", "Serbien"]


def test_what_no_longer_exists_is_not_offered_but_keeps_its_name() -> None:
    countries = code_list("countries")
    assert "Sowjetunion" in labels("countries", "sowjet")
    assert labels("countries", "sowjet", TODAY) == []
    assert labels("countries", "serbien", TODAY) == ["Serbien"]
    assert countries.label("159") == "Sowjetunion"
    southern_sudan = countries.get("278")
    assert southern_sudan is not None
    assert [southern_sudan.valid_on(day) for day in (date(2010, 7, 31), date(2010, 8, 1))] == [False, True]
    assert len(countries.valid_on(TODAY)) < len(countries.entries)


def test_languages_hold_the_official_ones_and_those_of_the_desk() -> None:
    languages = code_list("languages")
    official = [code for code in languages.entries if code.extra["official"] == code.key]
    assert len(official) == 178  # 179 rows of the catalogue, one of them twice
    assert [code.label for code in languages.entries[:3]] == ["Arabisch", "Ukrainisch", "Türkisch"]
    assert {languages.label(key) for key in ("kmr", "ckb", "prs", "rom", "ti")} == {
        "Kurdisch (Kurmandschi)", "Kurdisch (Sorani)", "Dari", "Romanes", "Tigrinya"
    }  # fmt: skip
    assert {code.extra["official"] for code in languages.entries} <= {code.key for code in official}
    kurmanji = languages.get("kmr")
    assert kurmanji is not None
    assert kurmanji.extra == {"iso3": "kmr", "official": "ku"}


def test_levels_begin_with_what_the_desk_knows_first() -> None:
    assert [code.label for code in code_list("cefr").entries[:4]] == [
        "keine/kaum Deutsch", "nicht eingeschätzt", "Pre-A1", "A1"
    ]  # fmt: skip
    assert code_list("cefr").entries[-1].label == "C2"


def test_grades_are_those_the_rules_propose() -> None:
    highest = SchoolRules.on(TODAY).highest_grade
    assert [code.key for code in code_list("grades").entries] == [*(f"{n:02d}" for n in range(1, highest + 1)), "none"]


def test_stages_and_offices_are_those_of_the_rules() -> None:
    assert {code.key: code.label for code in code_list("school_stages").entries} == {
        stage.value: STAGE_TITLES[stage] for stage in SchoolStage
    }
    assert {code.key: code.label for code in code_list("offices").entries} == {
        office.value: OFFICE_TITLES[office] for office in Office
    }


def test_school_forms_name_their_stages() -> None:
    forms = code_list("school_forms")
    stages = {stage.value for stage in SchoolStage}
    assert all(set(code.extra["stages"].split()) <= stages for code in forms.entries)
    assert [code.key for code in forms.entries if code.valid_to] == ["16"]
    gymnasium = forms.get("20")
    assert gymnasium is not None
    assert (gymnasium.label, gymnasium.extra["short"]) == ("Gymnasium", "GY")


@pytest.mark.parametrize("typed", ["türk", "TURK", "tuerk", "turk"])
def test_search_finds_however_it_is_typed(typed: str) -> None:
    assert labels("countries", typed)[0] == "Türkei"


@pytest.mark.parametrize(
    ("name", "typed", "first"),
    [
        ("countries", "is", ["Island", "Israel", "Afghanistan", "Pakistan", "Iran", "Mauretanien", "Syrien"]),
        ("countries", "iran", ["Iran"]),
        ("nationalities", "syrisch", ["Syrien"]),
        ("countries", "usa", ["Vereinigte Staaten"]),
        ("countries", "republik kongo", ["Kongo, Demokratische Republik"]),
        ("countries", "475", ["Syrien"]),
        ("languages", "kurd", ["Kurdisch (Kurmandschi)", "Kurdisch (Sorani)", "Kurdisch"]),
        ("languages", "farsi", ["Persisch (Farsi)"]),
        ("languages", "mandschi", ["Kurdisch (Kurmandschi)"]),
        ("languages", "dar", ["Dari"]),
        ("languages", "zzz", []),
    ],
)
def test_search_puts_beginnings_first_and_knows_other_names(name: str, typed: str, first: list[str]) -> None:
    assert labels(name, typed)[: len(first) or 1] == first


def test_an_empty_search_offers_everything_in_order() -> None:
    assert code_list("languages").search("") == code_list("languages").entries


def test_a_stored_key_is_always_shown_somehow() -> None:
    sex = code_list("sex")
    assert [sex.label(key) for key in ("w", "", None, "gone")] == ["weiblich", "", "", "gone"]


def test_a_postal_code_only_suggests_districts() -> None:
    assert [code.label for code in suggest_districts(" 45476 ")] == ["Styrum"]
    assert len(suggest_districts("45470")) == 6
    assert suggest_districts("47051") == suggest_districts("") == suggest_districts("4547") == ()
    assert len(code_list("districts").entries) == 17
