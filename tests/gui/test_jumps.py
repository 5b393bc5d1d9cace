"""Every question a request raises leads to the place where it is answered."""

from datetime import date
from uuid import UUID, uuid4

from intake_desk import IntakeDesk
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desk_app.casework import families, intake
from desk_app.casework.desk import Desk, Work
from desk_app.domain import completeness
from desk_app.domain.child import ChildView
from desk_app.domain.dates import DateSpan
from desk_app.domain.records import RecordKind
from desk_app.gui.widgets.field import field_of

BIRTHS = (date(2009, 6, 15), date(2018, 1, 19))
"""One for upper secondary, one for primary: together they are asked everything."""

ELSEWHERE = {
    "Name einer sorgeberechtigten Person": "Mutter",
    "Familiensprache": "family_languages",
    "Weitere Sprachen": "Weitere Sprache",
}
"""Where rows are still to be added, the way to add one has the focus."""

BESIDE_A_FIELD = {"school_year", "measles_proof", "school_medical", "given_on", "guardian_kind"}
"""Questions answered in a table or a list, whose widgets are no fields."""


def take_in(work: Work) -> UUID:
    """A family of whom hardly anything is known but what raises the questions under a condition."""
    household = uuid4()
    file = intake.start(work, household)
    intake.set_value(work, file.household.ref, "allocated", True)
    for birth in BIRTHS:
        known = {"role": "child", "birth_date": DateSpan.of_day(birth), "place_wanted": True,
                 "prior_german_school": True}  # fmt: skip
        intake.add(work, RecordKind.PERSON, uuid4(), household, values=known)
    sister = {"role": "child", "birth_date": DateSpan.of_day(date(2017, 1, 19)), "place_wanted": False}
    intake.add(work, RecordKind.PERSON, uuid4(), household, values=sister)
    return household


def test_every_question_leads_to_where_it_is_answered(desk: Desk, qtbot: QtBot) -> None:
    household, _ = desk.do(take_in)
    file, _ = desk.do(lambda work: families.load(work, household))
    children = [ChildView(file, row.id, desk.clock().date()) for row in file.children[: len(BIRTHS)]]
    asked = [item for item in completeness.of_family(children) if not item.answered]
    at_desk = IntakeDesk(desk, qtbot)
    page = at_desk.open(household)
    led = {}
    for question in asked:
        page.jump_to(question)
        if question.key not in BESIDE_A_FIELD:
            led[question.label, question.key] = where_the_focus_is()
    assert led == {(label, key): ELSEWHERE.get(label, key) for label, key in led}
    assert {"work_experience", "kindergarten_years", "all_day_needed", "sibling_school", "allocated_on",
            "previous_city", "prior_german_school_since", "highest_certificate"} <= {key for _, key in led}  # fmt: skip


def where_the_focus_is() -> str:
    """The key of the visible field that has the focus, or what the button says that has it."""
    focus = QApplication.focusWidget()
    if focus is None or not focus.isVisible():
        return "nowhere"
    field = field_of(focus)
    if field is not None:
        return field.get_key()
    return focus.text() if isinstance(focus, QAbstractButton) else focus.accessibleName()
