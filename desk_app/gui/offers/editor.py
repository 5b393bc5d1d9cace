"""The form of an offer: every field of the directory, none of them required.

Closing keeps what was typed, as everywhere; that can be taken back, and "Verwerfen" leaves things as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.dates import parse_day, show_day
from desk_app.domain.offers import Offer, Organisation, Venue
from desk_app.gui.offers.form_table import SECTIONS, Kind, Spec, choices_for
from desk_app.gui.offers.party_dialogs import OrganisationDialog, VenueDialog
from desk_app.gui.offers.row_editor import RowsEditor
from desk_app.gui.offers.rule_rows import RuleRow
from desk_app.gui.offers.time_rows import ContactRow, TimeRow
from desk_app.gui.theme import Theme
from desk_app.gui.widgets.buttons import Button
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import Field, commit_all
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.messages import Banner
from desk_app.gui.widgets.overlays import Scrim
from desk_app.gui.widgets.scroll import ScrollArea
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.gui.widgets.tick_fields import YesNoField
from desk_app.i18n import _
from desk_app.presenters.offer_form import FIELD_OF, offer_of, read_euros, read_whole, show_euros, values_of

_WIDTH, _PADDING = 860, 26
_ROW_EDITORS = (Kind.TIMES, Kind.CONTACTS, Kind.RULES)


class OfferEditor(Scrim):
    """``finished`` comes with the offer as it was typed, where anything was changed."""

    finished = Signal(object)
    organisation_kept = Signal(object)
    venue_kept = Signal(object)

    def __init__(
        self,
        window: QWidget,
        offer: Offer,
        organisations: tuple[Organisation, ...],
        venues: tuple[Venue, ...],
        today: date,
        title: str,
        hint: str = "",
    ) -> None:
        super().__init__(window, _WIDTH)
        self._before, self._today = offer, today
        self._shown = values_of(offer)
        self._organisations = {str(each.id): each for each in organisations}
        self._venues = {str(each.id): each for each in venues}
        self.fields: dict[str, Field | RowsEditor[Any]] = {}
        self.side: OrganisationDialog | VenueDialog | None = None
        self.panel.setAccessibleName(title)
        self.body.setSpacing(10)
        self._title = Label(title, "title", wrap=True)
        self.body.addWidget(self._title)
        words = _("Nichts davon muss ausgefüllt sein. Was unbekannt ist, bleibt leer und heißt „nicht hinterlegt“.")
        self.body.addWidget(Label(hint or words, "small", "text2", wrap=True))
        self.failure = Banner("", "bad")
        self.failure.hide()
        self.body.addWidget(self.failure)
        self.area = ScrollArea()
        self.area.column.setSpacing(8)
        self.area.column.setContentsMargins(2, 0, 14, 4)
        self.body.addWidget(self.area, 1)
        for heading, specs in SECTIONS:
            self._add_section(_(heading), specs)
        self.area.column.addStretch(1)
        self.source = TextField(label=_("Woher wissen Sie das?"))
        self.source.set_placeholder(_("z. B. Telefonat mit Frau Ilgin; leer heißt: vom KI eingetragen"))
        self.body.addWidget(self.source)
        self._add_buttons()

    def _add_section(self, heading: str, specs: tuple[Spec, ...]) -> None:
        self.area.column.addSpacing(6)
        self.area.column.addWidget(Label(heading, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        row = column = 0
        for spec in specs:
            if column + spec.span > 4:
                row, column = row + 1, 0
            grid.addWidget(self._make(spec), row, column, 1, spec.span)
            column += spec.span
        self.area.column.addLayout(grid)

    def _add_buttons(self) -> None:
        self.save = Button(_("Speichern"), "primary", keys=_("Strg+Eingabe"))
        self.save.clicked.connect(self.dismiss)
        self.discard = Button(_("Verwerfen"), "link")
        self.discard.clicked.connect(self.close_dialog)
        self.new_organisation = Button(_("Träger …"), "ghost", "building-2")
        self.new_organisation.setToolTip(_("Den gewählten Träger ändern oder einen neuen anlegen"))
        self.new_venue = Button(_("Neuer Ort …"), "ghost", "map-pin")
        self.new_organisation.clicked.connect(lambda _checked=False: self.edit_organisation())
        self.new_venue.clicked.connect(lambda _checked=False: self.add_venue())
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.save, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.new_organisation)
        row.addWidget(self.new_venue)
        self.body.addLayout(row)

    # --- fields

    def _make(self, spec: Spec) -> QWidget:
        label = _(spec.label)
        if spec.kind in _ROW_EDITORS:
            editor = self._rows_editor(spec, label)
            editor.set_value(self._shown.get(spec.name))
            self.fields[spec.name] = editor
            return editor
        field = self._field(spec, label)
        field.set_value(self._shown.get(spec.name))
        self.fields[spec.name] = field
        return field

    def _rows_editor(self, spec: Spec, label: str) -> RowsEditor[Any]:
        makers: dict[Kind, tuple[str, Callable[[Any], Any]]] = {
            Kind.TIMES: (_("Zeit"), TimeRow),
            Kind.CONTACTS: (_("Kontakt"), ContactRow),
            Kind.RULES: (_("Bedingung"), lambda rule: RuleRow(rule, self._today)),
        }
        add, make = makers[spec.kind]
        return RowsEditor(label, add, make)

    def _field(self, spec: Spec, label: str) -> Field:
        if spec.kind is Kind.LONG:
            return LongTextField(label=label)
        if spec.kind is Kind.YES_NO:
            return YesNoField(label=label)
        if spec.kind is Kind.DAY:
            day = DateField(label=label)
            day.set_reading(lambda words: parse_day(words, self._today), show_day)
            return day
        if spec.kind in (Kind.TAGS, Kind.VENUES):
            tags = TagField(label=label)
            tags.set_choices(self._choices(spec))
            return tags
        if spec.kind in (Kind.CODE, Kind.ORGANISATION, Kind.VENUE):
            choice = ChoiceField(label=label)
            choice.set_choices(self._choices(spec))
            return choice
        text = TextField(label=label)
        if spec.kind is Kind.NUMBER:
            text.set_reading(read_whole)
        elif spec.kind is Kind.EUROS:
            text.set_reading(read_euros, show_euros)
        if spec.hint:
            text.set_hint(_(spec.hint))
        return text

    def _choices(self, spec: Spec) -> list[tuple[str, str]]:
        if spec.kind is Kind.ORGANISATION:
            return sorted(((key, each.name) for key, each in self._organisations.items()), key=lambda pair: pair[1])
        if spec.kind in (Kind.VENUE, Kind.VENUES):
            return sorted(((key, each.name) for key, each in self._venues.items()), key=lambda pair: pair[1])
        return choices_for(spec.codes)

    # --- organisations and places

    def edit_organisation(self) -> None:
        """Change who runs it, or make who does."""
        field = self.fields["organisation"]
        assert isinstance(field, ChoiceField)
        dialog = self.side = OrganisationDialog(self.window(), self._organisations.get(field.value() or ""))

        def kept(organisation: Organisation) -> None:
            self._organisations[str(organisation.id)] = organisation
            spec = Spec("organisation", "", Kind.ORGANISATION)
            field.set_choices(self._choices(spec))
            field.set_value(str(organisation.id))
            self.organisation_kept.emit(organisation)

        dialog.asked.connect(kept)
        dialog.ask()

    def add_venue(self) -> None:
        """One more place where it takes place."""
        dialog = self.side = VenueDialog(self.window())

        def kept(venue: Venue) -> None:
            self._venues[str(venue.id)] = venue
            for name, field in self.fields.items():
                if isinstance(field, TagField) and name == "places":
                    field.set_choices(self._choices(Spec(name, "", Kind.VENUES)))
                    field.set_value((*(field.value() or ()), str(venue.id)))
                elif isinstance(field, ChoiceField) and name == "registration_place":
                    before = field.value()
                    field.set_choices(self._choices(Spec(name, "", Kind.VENUE)))
                    field.set_value(before)
            self.venue_kept.emit(venue)

        dialog.asked.connect(kept)
        dialog.ask()

    # --- what was typed

    def offer(self) -> Offer:
        """The offer as it stands in the form; what cannot be read is as it was."""
        values: dict[str, Any] = {name: field.value() for name, field in self.fields.items()}
        return offer_of(self._before, values, self._today, self.source.value() or "")

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that is not kept."""
        return any(_said(field.value()) != _said(self._shown.get(name)) for name, field in self.fields.items())

    def ask(self, name: str = "") -> None:
        """Open at a field of ``Offer``, or at the first."""
        field = self.fields.get(FIELD_OF.get(name, name)) or self.fields["title"]
        if isinstance(field, RowsEditor):
            self.open(field.add)
            if not field.rows:
                field.add.click()
        else:
            self.open(field.control)
        # the form has its places only after the layout ran
        QTimer.singleShot(0, self, lambda: self._bring_into_view(field))

    def _bring_into_view(self, field: QWidget) -> None:
        content = self.area.widget()
        if content is not None and self.isVisible():
            place = field.mapTo(content, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(max(place - Theme.current().px(40), 0))

    def dismiss(self) -> None:
        """Close and keep."""
        commit_all(self)
        wrong = [field for field in self.findChildren(Field) if field.error()]
        if wrong and self.failure.isHidden():
            self.failure.set_words(
                _("Eine Angabe lässt sich nicht lesen. Noch einmal Speichern lässt sie weg, der Rest bleibt.")
            )
            self.failure.show()
            wrong[0].setFocus()
            return
        if self.is_changed:
            self.finished.emit(self.offer())
        super().dismiss()

    def show_failed(self, message: str) -> None:
        """It could not be kept: everything typed stands here again."""
        self.failure.set_words(message)
        self.failure.show()
        self.open(self.save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        window = self.parentWidget()
        assert window is not None
        content = self.area.widget()
        needed = content.sizeHint().height() if content is not None else 0
        px = Theme.current().px
        title = self._title.heightForWidth(px(_WIDTH) - 2 * _PADDING) - self._title.fontMetrics().height()
        self.area.setMinimumHeight(min(needed, max(window.height() - px(250) - max(title, 0), 160)))
        super()._fit()


def _said(value: object) -> object:
    """No rows, no words and no answer are the same: nothing was said."""
    return None if value in ("", ()) else value
