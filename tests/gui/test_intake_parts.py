"""The intake page is there at once, its sections follow; and pages left for long give their fields up again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import StoredFamily, store_family
from desk_windows import a_desk_window, settle
from helpers import press_here, type_text, wait
from intake_desk import IntakeDesk, field, focused_key
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.casework import families
from desk_app.casework.desk import Desk
from desk_app.domain import completeness
from desk_app.domain.completeness import Question
from desk_app.domain.fields import Section
from desk_app.domain.records import RecordKind, Ref
from desk_app.gui.desk_pages import FAMILIES
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.main_window import DeskWindow
from desk_app.gui.open_intakes import MOST_WHOLE
from desk_app.gui.theme import Appearance
from desk_app.gui.widgets.messages import FaultLink


@pytest.fixture
def intake_desk(desk: Desk, qtbot: QtBot) -> IntakeDesk:
    return IntakeDesk(desk, qtbot)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def begun(intake_desk: IntakeDesk, family: StoredFamily) -> IntakePage:
    """A page of which only the first section is there."""
    return intake_desk.begin(intake_desk.stored(family.household))


@pytest.fixture
def window(desk: Desk, appearance: Appearance, qtbot: QtBot) -> Iterator[DeskWindow]:
    with a_desk_window(desk, appearance, qtbot) as window:
        yield window


def height_of(page: IntakePage, widget: QWidget) -> int:
    """How far down in the visible part of the form a widget lies."""
    return widget.mapTo(page.body.form_area.viewport(), QPoint(0, 0)).y()


def whole(page: IntakePage) -> IntakePage:
    wait(lambda: page.whole, "the rest of the page")
    return page


def opened(window: DeskWindow, family: StoredFamily) -> IntakePage:
    window.open_intake(family.household)
    settle(window)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    return page


def question_of(page: IntakePage, section: Section) -> Question:
    asked = completeness.of_intake(page.presenter.file, page.sections[Section.FAMILY].choices.today)
    return next(each for each in asked if each.section is section)


def test_the_page_can_be_typed_in_before_all_of_it_is_there(begun: IntakePage) -> None:
    assert begun.title() == "Familie Haddad"
    assert next(iter(begun.sections.made)) is Section.FAMILY
    assert not begun.whole
    assert focused_key() == "family_name"
    assert list(whole(begun).sections.made) == list(Section)


def test_what_is_typed_while_the_rest_arrives_is_kept(
    intake_desk: IntakeDesk, begun: IntakePage, family: StoredFamily
) -> None:
    phone = field(begun, Section.FAMILY, "phone")
    phone.control.setFocus()
    phone.control.selectAll()  # type: ignore[attr-defined]  # a line edit
    type_text(phone.control, "0208 99")
    begun.presenter.edit(begun.presenter.file.household.ref, "email", "rana@haddad.example")
    whole(begun)
    assert QApplication.focusWidget() is phone.control
    assert phone.text() == "0208 99"
    press_here(Qt.Key.Key_Return)
    assert intake_desk.stored(family.household).household.text("phone") == "0208 99"


def test_what_was_changed_while_a_section_is_made_stands_in_it(begun: IntakePage, family: StoredFamily) -> None:
    making = begun.sections.making(Section.SCHOOL)
    for _piece in range(3):
        next(making)
    assert Section.SCHOOL not in begun.sections.made
    begun.presenter.edit(Ref(RecordKind.PERSON, family.child), "recommended_form", None)
    assert field(whole(begun), Section.SCHOOL, "recommended_form", family.child).value() is None


@pytest.mark.parametrize("section", [Section.SCHOOL, Section.DOCUMENTS, Section.NOTE, Section.PERSONS])
def test_a_question_is_jumped_to_before_its_section_is_there(begun: IntakePage, section: Section) -> None:
    question = question_of(begun, section) if section is not Section.NOTE else None
    if question is None:
        begun.go_to(section)
    else:
        begun.jump_to(question)
    there = QApplication.focusWidget()
    assert there is not None
    assert begun.sections.around(there) is section
    QApplication.sendPostedEvents()
    before = height_of(begun, there)
    assert 0 <= before < begun.body.form_area.viewport().height()
    whole(begun)
    QApplication.processEvents()
    assert QApplication.focusWidget() is there
    bar = begun.body.form_area.verticalScrollBar()
    assert height_of(begun, there) == before or bar.value() == bar.maximum()


def test_a_section_gone_to_stays_at_the_top_while_those_above_it_arrive(begun: IntakePage) -> None:
    begun.go_to(Section.ARRIVAL)
    card = begun.sections[Section.ARRIVAL]
    assert height_of(begun, card) == 6
    whole(begun)
    QApplication.processEvents()
    assert height_of(begun, card) == 6


def test_tab_leads_from_one_section_to_the_next_once_both_are_there(begun: IntakePage) -> None:
    whole(begun)
    seen: list[Section] = []
    begun.go_to(Section.FAMILY)
    for _press in range(400):
        here = begun.sections.around(QApplication.focusWidget())
        if here is None:
            break
        seen += [here] if here not in seen else []
        press_here(Qt.Key.Key_Tab)
    assert seen == list(Section)


def test_closing_at_once_still_shows_what_is_missing_everywhere(begun: IntakePage) -> None:
    begun.presenter.edit(begun.presenter.file.household.ref, "entry_date", None)
    begun.finish()
    said = [link.text() for link in begun.body.summary.findChildren(FaultLink) if not link.isHidden()]
    assert said == ["Einreise nach Deutschland fehlt"]


def test_locking_while_the_page_is_made_keeps_what_was_typed(
    desk: Desk, appearance: Appearance, qtbot: QtBot, family: StoredFamily
) -> None:
    stored = []
    with a_desk_window(desk, appearance, qtbot) as window:
        window.open_intake(family.household)
        wait(lambda: isinstance(window.stack.currentWidget(), IntakePage), "the page")
        page = window.stack.currentWidget()
        assert isinstance(page, IntakePage)
        phone = field(page, Section.FAMILY, "phone")
        phone.control.setFocus()
        phone.control.selectAll()  # type: ignore[attr-defined]  # a line edit
        type_text(phone.control, "0208 77")
        page.commit_pending()
        window.worker.wait()
        stored.append(desk.do(lambda work: families.load(work, family.household))[0])
    QApplication.processEvents()
    assert stored[0].household.text("phone") == "0208 77"


def test_pages_left_for_long_give_their_fields_up_and_are_made_anew(window: DeskWindow, desk: Desk) -> None:
    known = [desk.do(lambda work, name=name: store_family(work, name))[0] for name in ("A", "B", "C", "D")]
    first = whole(opened(window, known[0]))
    first.presenter.edit(first.presenter.file.household.ref, "phone", "0208 55")
    first.go_to(Section.ARRIVAL)
    for other in known[1:]:
        opened(window, other)
    assert [bool(page.sections.made) for page in window.intakes.pages.values()] == [False] * 2 + [True] * MOST_WHOLE

    assert opened(window, known[0]) is first
    assert first.sections.around(QApplication.focusWidget()) is Section.ARRIVAL
    assert field(first, Section.FAMILY, "phone").value() == "0208 55"
    first.undo()
    window.worker.wait()
    assert field(whole(first), Section.FAMILY, "phone").value() == "0208 000000"


def test_a_page_in_which_something_unreadable_was_typed_stays(window: DeskWindow, desk: Desk) -> None:
    known = [desk.do(lambda work, name=name: store_family(work, name))[0] for name in ("A", "B", "C", "D", "E", "F")]
    page = opened(window, known[0])
    day = field(page, Section.ARRIVAL, "arrival_in_city", kind=RecordKind.HOUSEHOLD)
    day.control.setFocus()
    day.control.selectAll()  # type: ignore[attr-defined]  # a line edit
    type_text(day.control, "neulich")
    for other in known[1:]:
        opened(window, other)
    assert opened(window, known[0]) is page
    assert field(page, Section.ARRIVAL, "arrival_in_city", kind=RecordKind.HOUSEHOLD).text() == "neulich"


def test_the_way_back_leads_to_a_page_that_gave_its_fields_up(window: DeskWindow, desk: Desk) -> None:
    known = desk.do(store_family)[0]
    page = whole(opened(window, known))
    page.go_to(Section.ARRIVAL)
    window.go(FAMILIES)
    settle(window)
    page.give_way()
    assert not page.sections.made
    window.back()
    assert window.stack.currentWidget() is page
    assert Section.ARRIVAL in page.sections.made
    whole(page)
