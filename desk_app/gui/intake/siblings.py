"""From a question about one child to the same question about the next."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk_app.domain.records import RecordKind
from desk_app.gui.intake.child_tabs import ChildTabs
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.field import Field


def same_question(section: IntakeSection, asked: Field | None, step: int) -> QWidget | None:
    """Turn to another child of the section; the field that asks it what ``asked`` asks, else the tabs.

    ``None`` where the section has no second child.
    """
    tabs = section.findChild(ChildTabs)
    if tabs is None or tabs.count() < 2:
        return None
    tabs.setCurrentIndex((tabs.currentIndex() + step) % tabs.count())
    key = (asked.get_key() or asked.objectName()) if asked is not None else ""
    return section.reveal(RecordKind.PERSON, key, tabs.child) or tabs
