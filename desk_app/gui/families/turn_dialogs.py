"""The dialogs about turns in the life of a family: moved away, a child that moves, a death, who speaks what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import parse_date_span
from desk_app.gui.deed_dialog import DeedDialog
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.chips import FilterChip
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.flow import FlowLayout
from desk_app.gui.widgets.inputs import TickBox
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.text_fields import SpanField, TextField
from desk_app.i18n import _
from desk_app.presenters.family_steps import Target
from desk_app.presenters.family_talk import Talk

People = Sequence[tuple[str, str]]
"""Persons by id and name."""

_PAUSE = 250


class MovedAwayDialog(StepDialog):
    """Since when and where to."""

    asked = Signal(object, str)
    """The day and the town, which may be empty."""

    def __init__(self, window: QWidget, today: date) -> None:
        words = _(
            "Ihre Schulplatzanfragen enden als „verzogen“, offene Wiedervorlagen gelten als erledigt, und die Akte "
            "bekommt einen Tag, an dem das Löschen geprüft wird. Sie bleibt auffindbar und kann wieder aufleben."
        )
        super().__init__(window, _("Familie ist verzogen"), words, _("Eintragen"))
        self.day = self._day(_("Verzogen am"), today)
        self.town = TextField(label=_("Wohin (Ort)"))
        self.town.set_optional(True)
        self._add(self.day, self.town)
        self.finish()

    def _ask(self) -> None:
        if self.day.commit() and self.town.commit() and self.day.value() is not None:
            self.asked.emit(self.day.value(), self.town.text().strip())
            self.close_dialog()


class DeceasedDialog(StepDialog):
    """Who, and when as far as it is known."""

    asked = Signal(object, object)
    """The person and a ``DateSpan`` or ``None``."""

    def __init__(self, window: QWidget, people: People, today: date) -> None:
        words = _(
            "Die Person bleibt in der Akte, zählt aber nicht mehr als sorgeberechtigt, bekommt keine Briefe und wird "
            "in keiner Liste genannt."
        )
        super().__init__(window, _("Jemand ist verstorben"), words, _("Eintragen"))
        self.person = ChoiceField(label=_("Wer"))
        self.person.set_choices(people)
        self.day = SpanField(label=_("Wann"))
        self.day.set_optional(True)
        self.day.set_reading(lambda typed: parse_date_span(typed, today), lambda span: str(span.show()))
        self._add(self.person, self.day)
        self.finish()

    def _ask(self) -> None:
        if not (self.person.commit() and self.day.commit()):
            return
        if self.person.value() is None:
            self.person.set_error(_("Bitte die Person wählen"))
            self.person.setFocus()
            return
        self.asked.emit(UUID(self.person.value()), self.day.value())
        self.close_dialog()


class MoveChildDialog(StepDialog):
    """Which child, to which family or a new file, since when."""

    asked = Signal(object, object, object, bool)
    """Child, household or ``None`` for a new file, day, and whether who has custody is noted there as well."""
    search_asked = Signal(str)

    def __init__(self, window: QWidget, children: People, today: date) -> None:
        words = _(
            "Schulbesuch, Unterlagen, Notizen und die Schulplatzanfrage gehen mit. Ankunft, Familiensprachen und "
            "Einwilligungen gelten für das Kind weiter. Beide Akten sagen, dass das Kind umgezogen ist."
        )
        super().__init__(window, _("Kind zieht um"), words, _("Umziehen lassen"))
        self.child = ChoiceField(label=_("Kind"))
        self.child.set_choices(children)
        if len(children) == 1:
            self.child.set_value(children[0][0])
        self.day = self._day(_("Wohnt dort seit"), today)
        self.search = TextField(label=_("Zu welcher Familie? Name oder Aktenzeichen"))
        self.search.typed.connect(self._wait)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search)
        self.with_guardians = TickBox(_("Sorgeberechtigte dort als Kontakt mit eigener Anschrift eintragen"))
        self.with_guardians.setChecked(True)
        self._targets = FlowLayout()
        self._group = QButtonGroup(self)
        self._add(self.child, self.day, self.search)
        self.body.addLayout(self._targets)
        self.body.addWidget(self.with_guardians)
        self.show_targets("", ())
        self.finish()

    def show_targets(self, words: str, targets: Sequence[Target]) -> None:
        """What was found for ``words``, with a new file as the first choice."""
        if words != self.search.text().strip():
            return
        chosen = self.target()
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._targets.removeWidget(old)
            old.hide()
            old.deleteLater()
        for target in (None, *targets):
            button = FilterChip(target.words if target else _("Neue Akte anlegen"))
            button.setProperty("household", str(target.household) if target else "")
            self._group.addButton(button)
            self._targets.addWidget(button)
            button.show()
        buttons = self._group.buttons()
        kept = next((each for each in buttons if chosen and each.property("household") == str(chosen)), None)
        (kept or buttons[1 if words and targets else 0]).setChecked(True)
        if self.isVisible():
            self._fit()

    def target(self) -> UUID | None:
        """The family chosen; ``None`` for a new file."""
        button = self._group.checkedButton()
        household = button.property("household") if button is not None else ""
        return UUID(household) if household else None

    def _wait(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        words = self.search.text().strip()
        if words:
            self.search_asked.emit(words)
        else:
            self.show_targets("", ())

    def _ask(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._search()
            return  # the choice is shown before it is taken
        if not (self.child.commit() and self.day.commit()):
            return
        if self.child.value() is None:
            self.child.set_error(_("Bitte das Kind wählen"))
            self.child.setFocus()
            return
        child = UUID(self.child.value())
        self.asked.emit(child, self.target(), self.day.value(), self.with_guardians.isChecked())
        self.close_dialog()

    def close_dialog(self) -> None:
        self._pause.stop()
        super().close_dialog()


class TalkDialog(DeedDialog):
    """Who of the adults can be phoned in which language, and what they read. Kept with each answer."""

    kept = Signal(object, object, object, object)
    """The adult, languages by phone, languages for letters, the script."""

    def __init__(self, window: QWidget, talks: Sequence[Talk], search: Callable[[str], list[str]]) -> None:
        words = _("Daraus folgt, in welcher Sprache angerufen und geschrieben wird.")
        super().__init__(window, _("Wer spricht und liest was?"), words, Button(_("Fertig"), "primary"))
        self._width = 720
        self.deed.clicked.connect(self.dismiss)
        languages = tuple((code.key, code.label) for code in code_list("languages").entries)
        self.rows: dict[UUID, tuple[TagField, TagField, ChoiceField]] = {}
        for talk in talks:
            self._add_adult(talk, languages, search)
        if not talks:
            self.body.addWidget(Label(_("In dieser Akte steht noch keine erwachsene Person."), "body", "text2"))
        self.finish()
        self.cancel.hide()

    def _add_adult(self, talk: Talk, languages: People, search: Callable[[str], list[str]]) -> None:
        self.body.addWidget(Label(talk.name, "body", strong=True))
        phone, letters = TagField(label=_("Am Telefon")), TagField(label=_("Liest"))
        script = ChoiceField(label=_("Schrift"))
        for tags, value in ((phone, talk.by_phone), (letters, talk.reads)):
            tags.set_choices(languages, search)
            tags.set_add_text(_("Sprache"))
            tags.set_value(value or None)
        script.set_choices(tuple((code.key, code.label) for code in code_list("scripts").entries))
        script.set_value(talk.script or None)
        row = QHBoxLayout()
        row.setSpacing(12)
        fields: tuple[Field, ...] = (phone, letters, script)
        for field in fields:
            row.addWidget(field, 1)
            field.committed.connect(partial(self._keep, talk.person))
        self.body.addLayout(row)
        self.rows[talk.person] = (phone, letters, script)

    def _keep(self, adult: UUID, _value: object) -> None:
        phone, letters, script = self.rows[adult]
        self.kept.emit(adult, phone.value() or (), letters.value() or (), script.value())
        self._fit()

    def dismiss(self) -> None:
        for fields in self.rows.values():
            for field in fields:
                field.commit()
        super().dismiss()
