"""The order of schools proposed for a child, and why each stands where it stands."""

from desk_app.domain.address_points import Point, number_keys, street_key
from desk_app.domain.school_choice import Candidate, Home, Placed, Wanted, candidates, others
from desk_app.domain.schooling import SchoolStage
from desk_app.domain.schools import School

NEAR = School("100001", "Grundschule am Bach", "02", postal_code="45476", easting=350_400, northing=5_700_000)
FAR = School("100002", "Grundschule am Berg", "02", postal_code="45472", easting=356_000, northing=5_700_000)
GYMNASIUM = School("100003", "Gymnasium am Fluss", "20", postal_code="45476", easting=350_100, northing=5_700_000)
SPECIAL = School("100004", "Förderschule am Wald", "08", postal_code="45476", easting=350_100, northing=5_700_000)
PRIVATE = School("100005", "Freie Schule", "02", provider="private", easting=350_001, northing=5_700_000)
ALL = (FAR, GYMNASIUM, SPECIAL, PRIVATE, NEAR)
HOME = Home("45476", "styrum", Point(350_000, 5_700_000))
CHILD = Wanted(stages=(SchoolStage.PRIMARY,))


def numbers(found: tuple[Candidate, ...]) -> list[str]:
    return [each.school.number for each in found]


def said(found: tuple[Candidate, ...], number: str) -> list[str]:
    return [reason.words for each in found if each.school.number == number for reason in each.reasons]


def test_the_nearest_school_of_the_stage_comes_first_and_special_ones_not_at_all() -> None:
    found = candidates(HOME, CHILD, ALL, {})
    assert numbers(found) == ["100001", "100002", "100005"]
    assert "0,4 km Luftlinie" in said(found, "100001")
    assert "private Schule, nimmt selbst auf" in said(found, "100005")


def test_brothers_and_sisters_weigh_more_than_wishes_and_these_more_than_nearness() -> None:
    wanted = Wanted(CHILD.stages, wishes=frozenset({"100002"}))
    assert numbers(candidates(HOME, wanted, ALL, {}))[0] == "100002"
    wanted = Wanted(CHILD.stages, wishes=frozenset({"100002"}), siblings={"100005": "Lina"})
    found = candidates(HOME, wanted, ALL, {})
    assert numbers(found)[:2] == ["100005", "100002"]
    assert said(found, "100005")[0] == "Geschwister dort: Lina"


def test_a_form_that_was_recommended_is_the_only_one_and_may_be_a_special_school() -> None:
    assert numbers(candidates(HOME, Wanted(CHILD.stages, form="08"), ALL, {})) == ["100004"]


def test_the_nearest_grundschule_is_named_to_a_child_of_primary_age_alone() -> None:
    nearest = "nächstgelegene Grundschule"
    found = candidates(HOME, CHILD, ALL, {})
    assert [each for each in numbers(found) if nearest in said(found, each)] == ["100001"]
    older = candidates(HOME, Wanted((SchoolStage.LOWER_SECONDARY,), wishes=frozenset({"100001"})), ALL, {})
    assert "100001" in numbers(older)
    assert nearest not in said(older, "100001")
    unmeasured = candidates(Home("45476", "styrum"), CHILD, ALL, {})
    assert not [each for each in numbers(unmeasured) if nearest in said(unmeasured, each)]


def test_where_a_brother_or_sister_goes_is_told_without_a_name_too() -> None:
    found = candidates(HOME, Wanted(CHILD.stages, siblings={"100002": ""}), ALL, {})
    assert said(found, "100002")[0] == "Geschwister dort"


def test_the_school_of_an_older_sister_is_no_proposal_for_a_child_of_the_grundschule() -> None:
    wanted = Wanted(CHILD.stages, siblings={"100003": "Lina"})
    assert "100003" not in numbers(candidates(HOME, wanted, ALL, {}))
    rest = others(HOME, wanted, ALL, {})
    assert said(rest, "100003")[:2] == ["andere Schulform als für die Stufe", "Geschwister dort: Lina"]


def test_other_kinds_of_schools_are_told_apart() -> None:
    rest = others(HOME, CHILD, ALL, {})
    assert sorted(numbers(rest)) == ["100003", "100004"]
    assert said(rest, "100003")[0] == "andere Schulform als für die Stufe"
    assert said(others(HOME, Wanted(form="08"), ALL, {}), "100001")[0] == "andere Schulform als empfohlen"
    assert not set(numbers(rest)) & set(numbers(candidates(HOME, CHILD, ALL, {})))


def test_without_coordinates_the_postal_code_says_whereabouts_and_no_number_is_invented() -> None:
    found = candidates(Home("45476", "styrum"), CHILD, ALL, {})
    assert numbers(found)[0] == "100001"
    assert said(found, "100001")[0] == "gleiche Postleitzahl"
    assert said(found, "100002")[0] == "Entfernung nicht bekannt"
    assert all(each.metres is None for each in found)


def test_a_school_without_the_open_all_day_that_is_needed_stands_behind_and_says_so() -> None:
    without = School("100006", "Grundschule ohne Ganztag", "02", all_day=False, easting=350_001, northing=5_700_000)
    found = candidates(HOME, Wanted(CHILD.stages, all_day=True), (*ALL, without), {})
    assert numbers(found).index("100006") > numbers(found).index("100002")
    assert "kein offener Ganztag" in said(found, "100006")
    assert "offener Ganztag: nicht hinterlegt" in said(found, "100001")


def test_heritage_lessons_and_how_many_were_placed_are_told() -> None:
    with_lessons = School("100007", "Grundschule am Markt", "02", heritage="ar tr", easting=350_000, northing=5_700_000)
    wanted = Wanted(CHILD.stages, grade="3", heritage="ar")
    found = candidates(HOME, wanted, (NEAR, with_lessons), {"100007": Placed(3, 1)})
    assert "HSU Arabisch" in said(found, "100007")
    assert "HSU Arabisch: nicht hinterlegt" in said(found, "100001")
    assert "3 Kinder dieses Schuljahr zugewiesen, davon 1 in Klasse 3" in said(found, "100007")
    assert "dieses Schuljahr noch niemand zugewiesen" in said(found, "100001")


def test_streets_and_numbers_are_found_however_they_are_written() -> None:
    keys = {street_key(each) for each in ("Friedrich-Ebert-Str.", "Friedrich Ebert Straße", "FRIEDRICH-EBERT-STRASSE")}
    assert len(keys) == 1
    assert number_keys("12 A") == ("12a", "12")
    assert number_keys("007") == ("7",)
    assert number_keys("ohne") == ()
