"""Who may come: conditions in words, grouped in ways of which one is enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import parse_day
from desk_app.domain.offer_conditions import say_rule
from desk_app.domain.offer_fields import FIELDS, NO, OPERATORS, YES, FactKind
from desk_app.domain.offers import OfferRule
from desk_app.gui.offers.row_editor import EditorRow
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.labels import Label
from desk_app.gui.widgets.tag_field import TagField
from desk_app.gui.widgets.text_fields import TextField
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import N_, _

_MOST_WAYS: Final = 6
_LISTED: Final = frozenset({FactKind.CODE, FactKind.LEVEL})
_HINTS: Final = {
    FactKind.AGE: N_("Jahre, bei „zwischen“ zwei: 18 26"),
    FactKind.COUNT: N_("Zahl, bei „zwischen“ zwei: 2 4"),
    FactKind.DAY: N_("Tag, oder Monate bei „seit höchstens“"),
    FactKind.TEXT: N_("zum Beispiel Mülheim an der Ruhr"),
}


class RuleRow(EditorRow[OfferRule]):
    """Way, fact, condition, value, and below them the same as a sentence."""

    def __init__(self, rule: OfferRule | None, today: date) -> None:
        super().__init__()
        self._before = rule or OfferRule("", "")
        self._today = today
        self.way, self.fact, self.operator = (
            ChoiceField(label=_("Weg")), ChoiceField(label=_("Angabe")), ChoiceField(label=_("Bedingung"))
        )  # fmt: skip
        ways = [(str(number), _("Weg {n}").format(n=number)) for number in range(1, _MOST_WAYS + 1)]
        self.way.set_choices(ways)
        self.way.set_value(str(self._before.group))
        self.fact.set_choices([(key, _(field.label)) for key, field in FIELDS.items()])
        self.fact.set_value(self._before.field or None)
        self.excludes = TickField(label=_("schließt aus"))
        self.excludes.set_value(self._before.excludes)
        self.sentence = Label("", "small", "text3", wrap=True)
        self._value: Field | None = None
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.way, 2)
        line.addWidget(self.fact, 4)
        line.addWidget(self.operator, 3)
        line.addLayout(self._holder, 4)
        self.column.addLayout(line)
        below = QHBoxLayout()
        below.addWidget(self.excludes, 1)
        below.addWidget(self.sentence, 3)
        self.column.addLayout(below)
        self.fact.committed.connect(lambda _value: self._take_fact())
        for field in (self.way, self.operator, self.excludes):
            field.committed.connect(lambda _value: self._tell())
        self._offer(self._before.operator, self._before.values)
        self._show_sentence()

    def first(self) -> QWidget:
        return self.fact.control

    @property
    def value_field(self) -> Field | None:
        """Where the value is given; another kind of field for another kind of fact."""
        return self._value

    def value(self) -> OfferRule | None:
        key = self.fact.value() or ""
        if not key:
            return None
        return replace(
            self._before, field=key, operator=self.operator.value() or "", values=self._values(),
            group=int(self.way.value() or 1), excludes=bool(self.excludes.value()),
        )  # fmt: skip

    def _take_fact(self) -> None:
        """Another fact has other conditions and values."""
        self._offer("", ())
        self._tell()

    def _offer(self, operator: str, values: tuple[str, ...]) -> None:
        field = FIELDS.get(self.fact.value() or "")
        operators = OPERATORS[field.kind] if field is not None else ()
        labels = code_list("offer_operators")
        self.operator.set_choices([(key, labels.label(key)) for key in operators])
        self.operator.set_value(operator or (operators[0] if operators else None))
        if self._value is not None:
            self._holder.removeWidget(self._value)
            self._value.hide()
            self._value.deleteLater()
        self._value = None if field is None else self._field_for(field.kind, field.codes)
        if self._value is not None:
            self._value.set_value(self._shown(values))
            self._value.committed.connect(lambda _value: self._tell())
            self._holder.addWidget(self._value)

    def _field_for(self, kind: FactKind, codes: str) -> Field:
        if kind is FactKind.YES_NO:
            choice = ChoiceField(label=_("Wert"))
            choice.set_choices([(YES, _("ja")), (NO, _("nein"))])
            return choice
        if kind in _LISTED:
            tags = TagField(label=_("Werte"))
            tags.set_choices([(code.key, code.label) for code in code_list(codes).entries])
            return tags
        text = TextField(label=_("Wert"))
        text.set_hint(_(_HINTS[kind]))
        return text

    def _kind(self) -> FactKind | None:
        field = FIELDS.get(self.fact.value() or "")
        return field.kind if field is not None else None

    def _shown(self, values: tuple[str, ...]) -> Any:
        kind = self._kind()
        if kind is FactKind.YES_NO:
            return values[0] if values else YES
        if kind in _LISTED:
            return values or None
        return (values[0] if kind is FactKind.TEXT else " ".join(values)) if values else None

    def _values(self) -> tuple[str, ...]:
        found = self._value.value() if self._value is not None else None
        kind = self._kind()
        if found is None:
            return ()
        if kind in _LISTED:
            return tuple(found)
        if kind in (FactKind.YES_NO, FactKind.TEXT):
            return (str(found),)
        parts = str(found).replace("–", " ").replace("-", " " if kind is not FactKind.DAY else "-").split()
        return tuple(_day(part, self._today) for part in parts) if kind is FactKind.DAY else tuple(parts)

    def _tell(self) -> None:
        self._show_sentence()
        self.changed.emit()

    def _show_sentence(self) -> None:
        rule = self.value()
        self.sentence.setText(say_rule(rule) if rule is not None else "")


def _day(words: str, today: date) -> str:
    """A day as it is kept; months and what cannot be read as they are."""
    if words.isdecimal() and len(words) <= 3:
        return words
    try:
        return parse_day(words, today).isoformat()
    except ValueError:
        return words
