"""What to check before an intake is closed, as links into the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desk_app.domain.completeness import Question
from desk_app.domain.fields import SECTION_TITLES, Section
from desk_app.gui.intake.section import IntakeSection
from desk_app.gui.widgets.messages import Fault
from desk_app.i18n import _
from desk_app.presenters.intake import IntakePresenter
from desk_app.presenters.intake_overview import Overview, question_words


class Page(Protocol):
    """The page the links lead into."""

    presenter: IntakePresenter

    @property
    def sections(self) -> Mapping[Section, IntakeSection]: ...

    def focus_on(self, widget: QWidget | None) -> None: ...

    def jump_to(self, question: Question) -> None: ...


def open_points(page: Page, overview: Overview | None) -> list[Fault]:
    """In the order of the page: texts that cannot be read, then what blocks sending."""
    points: list[Fault] = []
    missing = overview.missing if overview is not None else ()
    for section, card in page.sections.items():
        name = _(SECTION_TITLES[section])
        points += [
            Fault(f"{field.get_label()}: {field.error()}", name, partial(page.focus_on, field))
            for field in card.faults()
        ]
        for question in missing:
            if question.section is section:
                words = question_words(page.presenter.file, question)
                points.append(Fault(words, name, partial(page.jump_to, question)))
    return points
