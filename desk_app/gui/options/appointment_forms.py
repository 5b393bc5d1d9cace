"""The forms of what appointments need: which fields a place, a desk, a kind, hours and closed days have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from desk_app.casework.appointment_setup import DESK, INTERNAL, ROOM, Closure, Kind, Opening, Place, Seat
from desk_app.domain.dates import parse_day, show_day
from desk_app.gui.options.weekday_field import WeekdayField
from desk_app.gui.widgets.choice_field import ChoiceField
from desk_app.gui.widgets.date_field import DateField
from desk_app.gui.widgets.field import Field
from desk_app.gui.widgets.text_fields import LongTextField, TextField
from desk_app.gui.widgets.tick_fields import TickField
from desk_app.i18n import N_, _
from desk_app.presenters.appointment_setup import SetupSheet
from desk_app.presenters.appointment_setup_words import (
    HOLIDAYS,
    RHYTHMS,
    read_count,
    read_minute,
    show_minute,
)

SINCE: Final = "since"
"""Not of the hours themselves: from when other hours hold."""
RHYTHM: Final = "rhythm"

_LOOKS: Final = (
    ("intake", N_("blau")), ("school", N_("türkis")), ("offer", N_("violett")), ("follow", N_("grau")),
    (INTERNAL, N_("intern, ohne Familie")),
)  # fmt: skip


def fields_for(kind: type[Any], today: date) -> tuple[Field, ...]:
    """Fresh fields, in reading order, each with the name of its value as key."""
    return _FORMS[kind](today)


def offer(kind: type[Any], fields: dict[str, Field], sheet: SetupSheet) -> None:
    """Fill the lists that depend on what is set up."""
    places = [(str(row.id), row.label) for row in sheet.setup.places]
    seats = [(str(row.id), row.name) for row in sheet.setup.seats]
    staff = [(str(id_), name) for id_, name in sheet.staff]
    for key, entries in (("place", places), ("seat", seats), ("user", staff)):
        field = fields.get(key)
        if isinstance(field, ChoiceField):
            field.set_choices(entries)
    if kind in (Seat, Opening):
        fields["place"].setVisible(len(places) > 1)


def _place(_today: date) -> tuple[Field, ...]:
    return (
        _text("name", _("Name")),
        _text("short", _("Kurz, für enge Spalten"), optional=True),
        _choice("kind", _("Art"), (("centre", _("Zentrum")), ("outreach", _("Außenstelle")))),
        _text("street", _("Straße und Hausnummer"), optional=True),
        _text("postal_code", _("PLZ"), optional=True),
        _text("city", _("Ort"), optional=True),
        _text("stop", _("Haltestelle"), optional=True, hint=_("Steht auf dem Terminzettel")),
        _text("note", _("Wegbeschreibung"), optional=True),
    )


def _seat(_today: date) -> tuple[Field, ...]:
    return (
        _text("name", _("Name")),
        _choice("kind", _("Art"), ((DESK, _("Platz")), (ROOM, _("Raum")))),
        _choice("place", _("Ort"), ()),
        _choice("user", _("Wer sitzt dort?"), (), optional=True),
        TickField(label=_("Mit Laptop, auch unterwegs"), key="laptop"),
    )


def _kind(_today: date) -> tuple[Field, ...]:
    bring = LongTextField(label=_("Mitzubringen"), key="bring")
    bring.set_optional(True)
    bring.set_hint(_("Steht auf dem Terminzettel"))
    return (
        _text("name", _("Name")),
        _count("minutes", _("Minuten")),
        _count("before", _("Minuten davor"), hint=_("Zum Vorbereiten; der Platz ist belegt")),
        _count("after", _("Minuten danach"), hint=_("Zum Nachbereiten; der Platz ist belegt")),
        _choice("look", _("Farbe"), [(key, _(words)) for key, words in _LOOKS]),
        bring,
    )


def _opening(today: date) -> tuple[Field, ...]:
    return (
        _day(SINCE, _("Änderungen gelten ab"), today, hint=_("Davor bleibt es, wie es war")),
        WeekdayField(label=_("Tage"), key="weekdays"),
        _clock("opens", _("Von")),
        _clock("closes", _("Bis")),
        _choice(RHYTHM, _("Wie oft?"), [(key, _(words)) for key, words in RHYTHMS]),
        _choice(
            "school_holidays",
            _("Schulferien"),
            [(key, _(words)) for key, words in HOLIDAYS],
            optional=True,
            hint=_("Leer: auch dann"),
        ),
        _choice("place", _("Ort"), ()),
        _choice("seat", _("Nur an diesem Platz"), (), optional=True, hint=_("Leer: am ganzen Ort")),
        _count("seats", _("Plätze zugleich"), hint=_("Leer: alle"), optional=True),
        _day("valid_from", _("Gilt ab"), today),
        _day("valid_to", _("Gilt bis"), today, optional=True),
        TickField(label=_("Offene Sprechstunde, ohne Termin"), key="walk_in"),
        TickField(label=_("Auch an Feiertagen"), key="despite_holiday"),
        _text("words", _("Hinweis"), optional=True),
    )


def _closure(today: date) -> tuple[Field, ...]:
    return (
        _text("words", _("Weshalb?"), optional=True),
        _day("first", _("Erster Tag"), today),
        _day("last", _("Letzter Tag"), today),
        _clock("opens", _("Von"), optional=True, hint=_("Leer: den ganzen Tag")),
        _clock("closes", _("Bis"), optional=True),
        _choice("place", _("Nur an diesem Ort"), (), optional=True, hint=_("Leer: überall")),
        _choice("seat", _("Nur dieser Platz"), (), optional=True),
    )


_FORMS: Final[dict[type[Any], Callable[[date], tuple[Field, ...]]]] = {
    Place: _place, Seat: _seat, Kind: _kind, Opening: _opening, Closure: _closure
}  # fmt: skip


def _text(key: str, label: str, *, optional: bool = False, hint: str = "") -> TextField:
    field = TextField(label=label, key=key)
    field.set_optional(optional)
    field.set_hint(hint)
    return field


def _count(key: str, label: str, *, optional: bool = False, hint: str = "") -> TextField:
    field = _text(key, label, optional=optional, hint=hint)
    field.set_reading(read_count)
    return field


def _clock(key: str, label: str, *, optional: bool = False, hint: str = "") -> TextField:
    field = _text(key, label, optional=optional, hint=hint)
    field.set_reading(read_minute, show_minute)
    return field


def _choice(
    key: str, label: str, entries: Sequence[tuple[str, str]], *, optional: bool = False, hint: str = ""
) -> ChoiceField:
    field = ChoiceField(label=label, key=key)
    field.set_hint(hint)
    field.set_choices(entries)
    field.set_optional(optional)
    return field


def _day(key: str, label: str, today: date, *, optional: bool = False, hint: str = "") -> DateField:
    field = DateField(label=label, key=key)
    field.set_reading(lambda words: parse_day(words, today), show_day)
    field.set_optional(optional)
    field.set_hint(hint)
    return field
