"""The foot of the rail: how the backups stand, in words, and the one button that helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk_app.casework.backup_rules import BackupStatus, Failure, Kind, Place, Tone
from desk_app.i18n import N_, _
from desk_app.presenters.when import day_and_time


class Remedy(StrEnum):
    """What the button does."""

    BACK_UP = "back_up"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True)
class BackupLine:
    """``tone`` is a colour role; ``detail`` is for the tooltip; without a ``remedy`` there is no button."""

    words: str
    detail: str
    tone: str
    remedy: Remedy | None
    button: str


_FAILURES = {
    Failure.FULL: N_("Nicht gesichert: Datenträger voll"),
    Failure.READ_ONLY: N_("Nicht gesichert: Ordner schreibgeschützt"),
    Failure.UNSOUND: N_("Nicht gesichert: Kopie stimmte nicht"),
    Failure.OTHER: N_("Nicht gesichert"),
}
_TONES = {Tone.FINE: "text2", Tone.DUE: "warn", Tone.ALARM: "bad"}
_PLACES = {Place.HERE: N_("auf diesem PC"), Place.AWAY: N_("am zweiten Ort")}


def line(status: BackupStatus, now: datetime) -> BackupLine:
    """ "Gesichert heute 7:58", or what keeps it from being so."""
    words, remedy = _words(status, now)
    buttons = {Remedy.BACK_UP: _("Jetzt sichern"), Remedy.CHOOSE: _("Ordner wählen")}
    return BackupLine(words, _detail(status, now), _TONES[status.tone], remedy, buttons[remedy] if remedy else "")


def _words(status: BackupStatus, now: datetime) -> tuple[str, Remedy | None]:
    match status.kind:
        case Kind.FINE:
            return _("Gesichert {when}").format(when=_when(status.at, now)), None
        case Kind.LATE:
            return (
                _("Zuletzt gesichert {when}").format(when=_when(status.at, now))
                if status.at
                else _("Noch nicht gesichert")
            ), Remedy.BACK_UP
        case Kind.NO_SECOND_PLACE:
            return _("Zweite Sicherung fehlt"), Remedy.CHOOSE
        case Kind.SAME_DEVICE:
            return _("Beide Sicherungen liegen auf derselben Festplatte"), Remedy.CHOOSE
        case Kind.DRILL_FAILED:
            return _("Eine Sicherung ließ sich nicht zurückholen"), Remedy.BACK_UP
        case Kind.FAILED:
            return _failed(status)


def _failed(status: BackupStatus) -> tuple[str, Remedy]:
    if status.failure is Failure.GONE and status.place is Place.AWAY:
        return _("Zweite Sicherung nicht erreichbar"), Remedy.BACK_UP
    return _(_FAILURES.get(status.failure or Failure.OTHER, _FAILURES[Failure.OTHER])), Remedy.BACK_UP


def _detail(status: BackupStatus, now: datetime) -> str:
    parts = [
        _("Letzte Sicherung {place}: {when}").format(place=_(_PLACES[status.place]), when=_when(status.at, now)),
        _("Zurückholen geprobt: {when}").format(when=_when(status.drilled_at, now)),
    ]
    if status.kind is Kind.NO_SECOND_PLACE:
        parts.insert(0, _("Brennt oder fehlt dieser PC, ist alles weg. Ein Ordner auf Stick oder Netzlaufwerk hilft."))
    return "\n".join(parts)


def _when(moment: datetime | None, now: datetime) -> str:
    return day_and_time(moment, now) if moment else _("noch nie")
