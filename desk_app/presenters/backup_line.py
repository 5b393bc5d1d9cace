"""The foot of the rail: how backups, database and disk stand, in few words, and what pressing a line does.

The rail has room for some twenty letters a line; the whole sentence is its tooltip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk_app.casework.backup_rules import BackupStatus, Failure, Kind, Place, Tone
from desk_app.casework.care import Room, Standing
from desk_app.i18n import N_, _
from desk_app.presenters.when import day_and_time


class Remedy(StrEnum):
    """What pressing the line does."""

    BACK_UP = "back_up"
    CHOOSE = "choose"
    SHOW = "show"
    """Open the page about the backups, where everything is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """``symbol`` is the name of an icon, ``tone`` a colour role; ``detail`` is for the tooltip."""

    symbol: str
    words: str
    tone: str
    detail: str
    remedy: Remedy


_FAILURES = {
    Failure.FULL: (
        N_("Nicht gesichert: voll"),
        N_("Die letzte Sicherung {place} kam nicht zustande, weil dort kein Platz mehr ist."),
    ),
    Failure.READ_ONLY: (
        N_("Nicht gesichert: gesperrt"),
        N_("Die letzte Sicherung {place} kam nicht zustande, weil dort nicht geschrieben werden darf."),
    ),
    Failure.UNSOUND: (
        N_("Nicht gesichert"),
        N_("Die letzte Sicherung {place} stimmte nicht mit den Daten überein und wurde verworfen."),
    ),
    Failure.OTHER: (N_("Nicht gesichert"), N_("Die letzte Sicherung {place} kam nicht zustande.")),
}
_AWAY_GONE = (
    N_("Zweiter Ort nicht da"),
    N_("Der Ordner der zweiten Sicherung ist nicht erreichbar. Vielleicht steckt der Stick nicht."),
)
_TONES = {Tone.FINE: "text2", Tone.DUE: "warn", Tone.ALARM: "bad"}
PLACES = {Place.HERE: N_("auf diesem PC"), Place.AWAY: N_("am zweiten Ort")}
_PRESSING = {
    Remedy.BACK_UP: N_("Anklicken sichert jetzt."),
    Remedy.CHOOSE: N_("Anklicken wählt einen Ordner."),
    Remedy.SHOW: N_("Anklicken zeigt die Sicherungen."),
}


def lines(standing: Standing, now: datetime) -> list[Line]:
    """What there is to say, the most pressing first: what is unsound, the disk, the backups, the last rehearsal."""
    found = [_unsound(standing)] if standing.unsound else []
    if standing.room and standing.room.low:
        found.append(_little_room(standing.room))
    found.append(_backed_up(standing.backups, now))
    if standing.backups.drilled_at and standing.backups.kind is not Kind.DRILL_LATE:
        found.append(_rehearsed(standing.backups.drilled_at, now))
    return found


def why(status: BackupStatus) -> str:
    """A sentence about what keeps the backups from being as they should be; empty if nothing does."""
    return _words(status)[1]


def _unsound(standing: Standing) -> Line:
    words = " ".join(each.words for each in standing.unsound)
    return _line("shield-x", _("Prüfung mit Befund"), "bad", words, Remedy.SHOW)


def _little_room(room: Room) -> Line:
    megabytes = room.free // 1_000_000
    if room.reserve:
        detail = _(
            "Auf der Festplatte sind nur noch {megabytes} MB frei. Noch wird alles gespeichert. Bitte schaffen Sie "
            "Platz oder sagen Sie Ihrer Technik Bescheid."
        )
        return _line(
            "hard-drive", _("Wenig Platz: {n} MB").format(n=megabytes), "warn", _filled(detail, room), Remedy.SHOW
        )
    detail = _(
        "Auf der Festplatte sind nur noch {megabytes} MB frei, und die Platzreserve ist aufgebraucht. Beenden Sie, was "
        "Sie gerade tun, und schaffen Sie dann Platz; sonst kann bald nichts mehr gespeichert werden."
    )
    return _line("hard-drive", _("Festplatte voll"), "bad", _filled(detail, room), Remedy.SHOW)


def _filled(sentence: str, room: Room) -> str:
    return sentence.format(megabytes=room.free // 1_000_000)


def _backed_up(status: BackupStatus, now: datetime) -> Line:
    short, sentence, remedy = _words(status)
    last = _("Letzte Sicherung {place}: {when}").format(place=_(PLACES[status.place]), when=_when(status.at, now))
    detail = "\n".join(part for part in (sentence, last) if part)
    symbol, tone = ("shield-check", "ok") if status.tone is Tone.FINE else ("shield-alert", _TONES[status.tone])
    return _line(symbol, short.format(when=_when(status.at, now)), tone, detail, remedy)


def _words(status: BackupStatus) -> tuple[str, str, Remedy]:
    """Short words, a sentence, and the way out."""
    match status.kind:
        case Kind.FINE:
            return _("Gesichert {when}"), "", Remedy.SHOW
        case Kind.LATE if status.at:
            return (
                _("Gesichert {when}"),
                _("Seitdem wurde etwas geändert, das noch nicht gesichert ist."),
                Remedy.BACK_UP,
            )
        case Kind.LATE:
            return _("Noch nicht gesichert"), _("Es gibt noch keine Sicherung."), Remedy.BACK_UP
        case Kind.NO_SECOND_PLACE:
            sentence = _(
                "Brennt oder fehlt dieser PC, ist alles weg. Ein Ordner auf einem Stick oder Netzlaufwerk hilft."
            )
            return _("Zweiter Ort fehlt"), sentence, Remedy.CHOOSE
        case Kind.SAME_DEVICE:
            sentence = _("Beide Sicherungen liegen auf derselben Festplatte. Geht sie kaputt, sind beide weg.")
            return _("Nur eine Festplatte"), sentence, Remedy.CHOOSE
        case Kind.DRILL_FAILED:
            sentence = _(
                "Eine Sicherung {place} ließ sich nicht zurückholen. Sie zählt nicht mehr, eine neue wird gebraucht."
            )
            return _("Probe misslungen"), sentence.format(place=_(PLACES[status.place])), Remedy.BACK_UP
        case Kind.DRILL_LATE:
            sentence = _("Das Zurückholen {place} wurde seit drei Wochen nicht geprobt. Ist der Datenträger da?")
            return _("Probe steht aus"), sentence.format(place=_(PLACES[status.place])), Remedy.BACK_UP
        case Kind.FAILED:
            gone = status.failure is Failure.GONE and status.place is Place.AWAY
            known = _FAILURES.get(status.failure or Failure.OTHER, _FAILURES[Failure.OTHER])
            short, sentence = _AWAY_GONE if gone else known
            return _(short), _(sentence).format(place=_(PLACES[status.place])), Remedy.BACK_UP


def _rehearsed(at: datetime, now: datetime) -> Line:
    detail = _("Zurückholen zuletzt geprobt: {when}. Das geschieht jede Woche von selbst.").format(when=_when(at, now))
    return _line("history", _("Probe {when}").format(when=_when(at, now)), "text2", detail, Remedy.SHOW)


def _line(symbol: str, words: str, tone: str, detail: str, remedy: Remedy) -> Line:
    return Line(symbol, words, tone, f"{detail}\n{_(_PRESSING[remedy])}", remedy)


def _when(moment: datetime | None, now: datetime) -> str:
    return day_and_time(moment, now) if moment else _("noch nie")
