"""The panel of what is missing: grouped by child, a way to each question, quiet while somebody types."""

from __future__ import annotations

import pytest
from helpers import press, press_here
from intake_desk import IntakeDesk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from siblings import Siblings, store_siblings

from desk_app.casework.desk import Desk
from desk_app.domain.completeness import Question
from desk_app.domain.records import RecordKind
from desk_app.gui.intake.assistance import AssistancePanel, GroupHead, MoreRow
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.widgets.field import field_of


@pytest.fixture
def family(desk: Desk) -> Siblings:
    return store_siblings(desk)


@pytest.fixture
def at_desk(desk: Desk, qtbot: QtBot) -> IntakeDesk:
    return IntakeDesk(desk, qtbot)


def panel_of(page: IntakePage) -> AssistancePanel:
    panel = page.findChild(AssistancePanel)
    assert panel is not None
    return panel


def heads(panel: AssistancePanel) -> list[str]:
    return [head.accessibleName() for head in panel.card.findChildren(GroupHead) if not head.isHidden()]


def row_of(panel: AssistancePanel, key: str) -> str:
    return next(row.accessibleName() for row in panel.rows() if row.question.key == key)


def test_what_is_missing_is_grouped_family_first(at_desk: IntakeDesk, family: Siblings) -> None:
    panel = panel_of(at_desk.open(family.household))
    assert [head.partition(",")[0] for head in heads(panel)] == ["Für alle", "Lina", "Karim"]
    assert all(row.question.blocking for row in panel.rows())
    assert panel.head.count.text() == str(len(panel.rows()))


def test_a_row_says_what_where_and_why(at_desk: IntakeDesk, family: Siblings) -> None:
    panel = panel_of(at_desk.open(family.household))
    assert row_of(panel, "given_on") == (
        "Einwilligung für die Schulaufsicht, nötig, Einwilligung, weil sonst nichts gesendet wird"
    )


def test_a_row_leads_to_its_question(at_desk: IntakeDesk, family: Siblings) -> None:
    page = at_desk.open(family.household)
    panel = panel_of(page)
    row = next(row for row in panel.rows() if (row.question.key, row.question.person) == ("german_level", family.karim))
    row.setFocus()
    press_here(Qt.Key.Key_Return)
    found = field_of(QApplication.focusWidget())
    assert found is not None
    assert found.get_key() == "german_level"


def test_what_would_only_help_is_folded_until_somebody_wants_it(at_desk: IntakeDesk, family: Siblings) -> None:
    panel = panel_of(at_desk.open(family.household))
    before = {row.accessibleName() for row in panel.rows()}
    more = panel.card.findChild(MoreRow, "Lina")
    assert more is not None
    more.setFocus()
    press_here(Qt.Key.Key_Return)
    useful = [row.question for row in panel.rows() if row.accessibleName() not in before]
    assert {question.person for question in useful} == {family.lina}
    assert not any(question.blocking for question in useful)
    here = QApplication.focusWidget()
    assert isinstance(here, MoreRow)
    assert here.accessibleName().endswith("ausgeklappt")


def test_it_follows_a_moment_later_and_says_so_without_moving_the_focus(
    at_desk: IntakeDesk, family: Siblings, qtbot: QtBot
) -> None:
    page = at_desk.open(family.household)
    panel = panel_of(page)
    focus, before = QApplication.focusWidget(), len(panel.rows())
    with qtbot.waitSignal(panel.announced) as said:
        page.presenter.add(RecordKind.LANGUAGE, None, {"language": "ar", "family_language": True})
        assert len(panel.rows()) == before
    assert len(panel.rows()) == before - 1
    assert said.args is not None
    assert said.args[0].endswith("Angaben fehlen noch")
    assert QApplication.focusWidget() is focus


def test_a_row_answered_under_the_focus_hands_it_to_the_next(at_desk: IntakeDesk, family: Siblings) -> None:
    page = at_desk.open(family.household)
    panel = panel_of(page)
    row = next(row for row in panel.rows() if row.question.key == "language")
    row.setFocus()
    page.presenter.add(RecordKind.LANGUAGE, None, {"language": "ar", "family_language": True})
    panel.update_now()
    here = QApplication.focusWidget()
    assert here in panel.rows()


def test_nothing_missing_is_said_in_one_line(at_desk: IntakeDesk, qtbot: QtBot) -> None:
    from builders import store_family, tell_schooling

    stored, _ = at_desk.desk.do(store_family)
    at_desk.desk.do(lambda work: tell_schooling(work, stored))
    panel = panel_of(at_desk.open(stored.household))
    assert panel.empty_words() == "Alles da – Anfrage ist vollständig"
    assert panel.head.count.text() == ""


def test_without_a_child_it_says_when_there_will_be_something(at_desk: IntakeDesk) -> None:
    panel = panel_of(at_desk.new())
    assert panel.empty_words() == "Sobald ein Kind eingetragen ist"


def test_a_click_asks_for_the_question(at_desk: IntakeDesk, family: Siblings, qtbot: QtBot) -> None:
    panel = panel_of(at_desk.open(family.household))
    asked: list[Question] = []
    panel.jump.connect(asked.append)
    first = panel.rows()[0]
    press(first, Qt.Key.Key_Space)
    assert asked == [first.question]


def test_a_card_with_one_line_is_one_line_high(at_desk: IntakeDesk) -> None:
    panel = panel_of(at_desk.new())
    QApplication.processEvents()
    assert panel.empty_words()
    assert panel.card.height() == panel.card.sizeHint().height()
