"""Who runs offers and where they take place, made or changed beside the form of an offer."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.code_lists import code_list
from desk_app.domain.offers import Organisation, Venue
from desk_app.gui.step_dialog import StepDialog
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import TextField
from desk_app.i18n import _


class _PartyDialog(StepDialog):
    asked = Signal(object)

    def __init__(self, window: QWidget, title: str, labels: dict[str, str], shown: object) -> None:
        super().__init__(window, title, "", _("Übernehmen"))
        self.fields: dict[str, Field] = {}
        for name, label in labels.items():
            field = self._make(name, label)
            field.set_value(getattr(shown, name, "") or None)
            self.fields[name] = field
        self._add(*self.fields.values())
        self.finish()

    def _make(self, name: str, label: str) -> Field:
        return TextField(label=label)

    def ask(self) -> None:
        self.open(next(iter(self.fields.values())).control)

    def _typed(self) -> dict[str, str]:
        for field in self.fields.values():
            field.commit()
        return {name: str(field.value() or "").strip() for name, field in self.fields.items()}

    def _take(self, values: dict[str, str]) -> object:
        raise NotImplementedError

    def _ask(self) -> None:
        values = self._typed()
        self.close_dialog()
        if any(values.values()):
            values["name"] = values["name"] or _("Ohne Namen")
            self.asked.emit(self._take(values))


class OrganisationDialog(_PartyDialog):
    """Another one is made where the name is another."""

    def __init__(self, window: QWidget, organisation: Organisation | None = None) -> None:
        self._before = organisation
        labels = {
            "name": _("Name"), "short": _("Kurz"), "phone": _("Telefon"), "email": _("E-Mail"), "web": _("Internet"),
        }  # fmt: skip
        super().__init__(window, _("Träger"), labels, organisation)

    def _take(self, values: dict[str, str]) -> Organisation:
        same = self._before is not None and self._before.name == values["name"]
        before = self._before if same and self._before is not None else Organisation(uuid4(), "")
        return replace(
            before, name=values["name"], short=values["short"], phone=values["phone"], email=values["email"],
            web=values["web"],
        )  # fmt: skip


class VenueDialog(_PartyDialog):
    """Where an offer takes place."""

    def __init__(self, window: QWidget) -> None:
        labels = {
            "name": _("Name"), "street": _("Straße, Nr."), "postal_code": _("PLZ"), "city": _("Ort"),
            "district": _("Stadtteil"), "stop": _("Haltestelle"), "accessible": _("Barrierefrei"),
        }  # fmt: skip
        super().__init__(window, _("Neuer Ort"), labels, None)

    def _make(self, name: str, label: str) -> Field:
        lists = {"district": "districts", "accessible": "yes_no"}
        if name not in lists:
            return super()._make(name, label)
        choice = ChoiceField(label=label)
        choice.set_choices([(code.key, code.label) for code in code_list(lists[name]).entries])
        return choice

    def _take(self, values: dict[str, str]) -> Venue:
        return Venue(
            uuid4(), values["name"], street=values["street"], postal_code=values["postal_code"], city=values["city"],
            district=values["district"], stop=values["stop"], accessible=values["accessible"],
        )  # fmt: skip
