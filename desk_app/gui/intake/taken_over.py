"""What was typed to find a family becomes the first answers of its new file, and the page says so."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk_app.domain.intake_line import IntakeLine
from desk_app.domain.records import RecordKind, Value
from desk_app.gui.intake.page import IntakePage
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.messages import Banner
from desk_app.i18n import _
from desk_app.presenters.choices import Choices


def take_over(page: IntakePage, entry: IntakeLine, choices: Choices) -> None:
    """Fill in what was typed, as answers that Strg+Z takes back one by one."""
    household = page.presenter.file.household.ref
    if entry.family_name:
        page.presenter.edit(household, "family_name", entry.family_name)
    if entry.phone:
        page.presenter.edit(household, "phone", entry.phone)
    if entry.names_somebody:
        known: dict[str, Value] = {
            "role": entry.role(choices.today),
            "family_name": entry.family_name or None,
            "given_name": entry.given_name or None,
            "birth_date": entry.birth,
        }
        page.presenter.add(RecordKind.PERSON, values={key: value for key, value in known.items() if value is not None})
    if entry.names_somebody or entry.phone or entry.rest:
        _tell(page, entry)


def _tell(page: IntakePage, entry: IntakeLine) -> None:
    taken = _("Übernommen: {words}. Strg+Z nimmt es schrittweise zurück.").format(words=entry.show())
    left = _("Nicht übernommen: „{words}“.").format(words=entry.rest)
    words = " ".join(part for part in (taken if entry.show() else "", left if entry.rest else "") if part)
    button = Button(_("Gut"), "secondary", height="compact")
    banner = Banner(words, "accent", button)
    button.clicked.connect(banner.hide)
    row = QHBoxLayout()
    row.setContentsMargins(24, 0, 24, 8)
    row.addWidget(banner)
    column = page.layout()
    assert isinstance(column, QVBoxLayout)
    column.insertLayout(1, row)
