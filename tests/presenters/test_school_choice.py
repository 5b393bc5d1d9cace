"""The proposal of schools as it reads, and how any other school is found."""

from __future__ import annotations

from uuid import uuid4

import builders
import pytest

from desk_app.casework import families, intake, schools
from desk_app.casework.desk import Desk, Work
from desk_app.domain.address_points import street_key
from desk_app.domain.records import RecordKind, Ref
from desk_app.presenters.runner import InlineRunner
from desk_app.presenters.school_choice import Notes, SchoolChoicePresenter, SchoolOffer, spoken
from desk_app.storage.tables import AddressPoint

HERE, FURTHER = "103780", "103809"
PUPIL = {"school_stage": "primary", "proposed_grade": "03", "recommended_form": "02"}
NO_HOUSES = "Entfernungen kennt Trittstein erst, wenn die Hauskoordinaten eingelesen sind."


class View:
    def __init__(self) -> None:
        self.notes = Notes()
        self.offers: tuple[SchoolOffer, ...] = ()
        self.more = ""
        self.failure = ""

    def show_notes(self, notes: Notes) -> None:
        self.notes = notes

    def show_offers(self, offers: tuple[SchoolOffer, ...], more: str) -> None:
        self.offers, self.more = offers, more

    def show_failed(self, message: str) -> None:
        self.failure = message

    def numbers(self) -> list[str]:
        return [offer.number for offer in self.offers]

    def words(self, number: str) -> list[str]:
        offer = next(each for each in self.offers if each.number == number)
        return [spoken(reason) for reason in offer.reasons]


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def presenter(desk: Desk, view: View) -> SchoolChoicePresenter:
    desk.do(schools.add_shipped)
    return SchoolChoicePresenter(view, InlineRunner(desk.do))


def a_pupil(desk: Desk, **child: object) -> builders.StoredFamily:
    return desk.do(lambda work: builders.store_family(work, **{**PUPIL, **child}))[0]  # type: ignore[arg-type]  # values of a form


def home_of(desk: Desk, family: builders.StoredFamily) -> Ref:
    file = desk.do(lambda work: families.load(work, family.household))[0]
    return file.all(RecordKind.ADDRESS)[0].ref


def measure(work: Work) -> None:
    """Make the place of the sample family's home known: at the school HERE."""
    point = AddressPoint(
        street=street_key("Lindenhof"), number="12", postal_code=None, easting=357_194, northing=5_699_345
    )
    work.session.add(point)


def test_without_house_coordinates_the_way_to_them_is_shown(
    desk: Desk, view: View, presenter: SchoolChoicePresenter
) -> None:
    presenter.load(a_pupil(desk).request)
    assert view.notes == Notes(NO_HOUSES, to_settings=True)
    assert len(view.offers) == 22
    assert view.more == "17 weitere Schulen finden Sie über die Suche."
    assert not any("km" in words for number in view.numbers() for words in view.words(number))


def test_the_nearest_school_is_first_and_each_reason_says_which_way_it_speaks(
    desk: Desk, view: View, presenter: SchoolChoicePresenter
) -> None:
    family = a_pupil(desk, all_day_needed=True)
    wish = {"school": FURTHER}
    desk.do(measure)
    desk.do(lambda work: intake.add(work, RecordKind.WISH, uuid4(), family.household, person=family.child, values=wish))
    presenter.load(family.request)
    assert view.notes == Notes()
    assert view.numbers()[:2] == [FURTHER, HERE]
    assert view.words(FURTHER)[0] == "dafür: Wunsch der Familie"
    assert "dafür: nächstgelegene Grundschule" in view.words(HERE)
    assert "0,0 km Luftlinie" in view.words(HERE)
    assert {"dafür: offener Ganztag", "dagegen: kein offener Ganztag"} & set(view.words(HERE))


def test_an_address_that_no_list_names_has_no_distances_but_says_why(
    desk: Desk, view: View, presenter: SchoolChoicePresenter
) -> None:
    desk.do(measure)
    family = a_pupil(desk)
    home = home_of(desk, family)
    desk.do(lambda work: intake.set_value(work, home, "house_number", "77"))
    presenter.load(family.request)
    assert view.notes.distances == (
        "Die Anschrift ist in den Hauskoordinaten nicht zu finden; deshalb fehlen die Entfernungen."
    )
    assert not view.notes.to_settings


def test_of_a_protected_home_it_is_said_that_its_distances_stay_here(
    desk: Desk, view: View, presenter: SchoolChoicePresenter
) -> None:
    desk.do(measure)
    family = a_pupil(desk)
    home = home_of(desk, family)
    desk.do(lambda work: intake.set_value(work, home, "protection", "shelter"))
    presenter.load(family.request)
    assert "0,0 km Luftlinie" in view.words(HERE)
    assert view.notes.protected == (
        "Die Anschrift ist geschützt: Wie nah eine Schule ist, steht nur hier und wird nirgends gedruckt."
    )


def test_a_search_finds_schools_of_every_kind_and_says_what_speaks_against_them(
    desk: Desk, view: View, presenter: SchoolChoicePresenter
) -> None:
    presenter.load(a_pupil(desk).request)
    presenter.search("luisen")
    (found,) = view.offers
    assert "Luisenschule" in found.name
    assert not found.suits
    assert view.words(found.number)[0] == "dagegen: andere Schulform als empfohlen"
    presenter.search(HERE)
    assert view.numbers() == [HERE]
    presenter.search("gibt es nicht")
    assert (view.offers, view.more) == ((), "Keine Schule im Verzeichnis heißt so.")
    presenter.search(" ")
    assert len(view.offers) == 22


def test_a_request_that_is_gone_is_told(view: View, presenter: SchoolChoicePresenter) -> None:
    presenter.load(uuid4())
    assert view.failure
    assert not view.offers
