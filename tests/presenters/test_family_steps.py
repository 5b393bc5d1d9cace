"""What is said after a step on the page of a family."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from builders import NOW, TODAY, store_family

from desk_app.casework import appointments
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Desk
from desk_app.domain.opening_hours import instant
from desk_app.presenters.family_steps import FamilySteps
from desk_app.presenters.runner import InlineRunner


class View:
    def __init__(self) -> None:
        self.said = ""

    def show_done(self, words: str, deed: UUID) -> None:
        self.said = words

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


def test_that_appointments_still_stand_is_said_where_a_family_goes_or_somebody_dies(desk: Desk) -> None:
    family, view = desk.do(store_family)[0], View()
    steps = FamilySteps(view, InlineRunner(desk.do), lambda: NOW)
    steps.set_deceased(family.child, None)
    assert view.said == "Eingetragen."
    for days in (4, 5):
        start = instant(TODAY + timedelta(days=days), 9 * 60)
        desk.do(lambda work, at=start: appointments.book(work, Booking(uuid4(), at, household=family.household)))
    off = desk.do(lambda work: appointments.of_family(work, family.household))[0][1].id
    steps.set_deceased(family.child, None, deceased=False)
    assert view.said == "Der Eintrag ist zurückgenommen. Es stehen noch 2 Termine an, der nächste: Mo, 30.11., 9:00."
    desk.do(lambda work: appointments.cancel(work, off, "family"))
    steps.move_away(family.household, TODAY, "Essen")
    assert view.said.endswith("Es steht noch ein Termin an: Mo, 30.11., 9:00.")
