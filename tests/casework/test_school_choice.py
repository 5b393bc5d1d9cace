"""What the desk knows of home, siblings and others when it proposes schools."""

import builders

from desk_app.casework import placement_deeds, placements, school_choice, schools
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.school_choice import Choice
from desk_app.domain.address_points import street_key
from desk_app.storage.tables import AddressPoint

HERE = "103780"
PUPIL = {"school_stage": "primary", "proposed_grade": "03", "recommended_form": "02"}


def proposed(desk: Desk, family: builders.StoredFamily) -> Choice:
    return desk.do(lambda work: school_choice.propose(work, family.request))[0]


def a_house(work: Work, street: str, number: str) -> None:
    point = AddressPoint(
        street=street_key(street), number=number, postal_code=None, easting=357_194, northing=5_699_345
    )
    work.session.add(point)


def test_without_house_coordinates_no_distance_is_told(desk: Desk) -> None:
    desk.do(schools.add_shipped)
    family = desk.do(builders.store_family)[0]
    found = proposed(desk, family)
    assert found.candidates
    assert not found.measured
    assert not found.points


def test_with_house_coordinates_the_nearest_school_is_first(desk: Desk) -> None:
    desk.do(schools.add_shipped)
    family = desk.do(lambda work: builders.store_family(work, **PUPIL))[0]
    home = builders.Family().rows[builders.RecordKind.ADDRESS][0]
    desk.do(lambda work: a_house(work, home.text("street"), home.text("house_number")))
    found = proposed(desk, family)
    assert found.measured
    assert (found.candidates[0].school.number, found.candidates[0].metres) == (HERE, 0)


def test_where_others_were_placed_this_school_year_is_counted(desk: Desk) -> None:
    desk.do(schools.add_shipped)
    family = desk.do(lambda work: builders.store_family(work, **PUPIL))[0]
    other = desk.do(lambda work: builders.store_family(work, "Demir", **PUPIL))[0]
    told = StepFacts(school=HERE)
    desk.do(lambda work: placement_deeds.step(work, [other.request], placements.ASSIGNED, told))
    reasons = {
        each.school.number: [reason.words for reason in each.reasons] for each in proposed(desk, family).candidates
    }
    assert "1 Kind dieses Schuljahr zugewiesen, davon 1 in Klasse 3" in reasons[HERE]
