"""Every command of the main window as data: menus, key list and the test for keys used twice read this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desk_app.i18n import N_, _


@dataclass(frozen=True)
class Command:
    """``keys`` as Qt writes them; ``group`` is the heading in the key list; ``above_all`` works in dialogs too."""

    id: str
    title: str
    keys: str
    group: str
    above_all: bool = False


_EVERYWHERE, _PAGES, _LISTS = N_("Überall"), N_("Seiten"), N_("Auf der Seite")

COMMANDS = (
    Command("new_intake", N_("Neue Aufnahme"), "Ctrl+N", _EVERYWHERE),
    Command("new_appointment", N_("Neuer Termin"), "Ctrl+T", _EVERYWHERE),
    Command("search", N_("Familie suchen"), "Ctrl+K", _EVERYWHERE),
    Command("cover", N_("Blickschutz an oder aus"), "Ctrl+Shift+B", _EVERYWHERE, above_all=True),
    Command("lock", N_("Sperren"), "Ctrl+L", _EVERYWHERE, above_all=True),
    Command("back", N_("Zurück"), "Alt+Left", _EVERYWHERE),
    Command("next_region", N_("Nächster Bereich"), "F6", _EVERYWHERE),
    Command("previous_region", N_("Voriger Bereich"), "Shift+F6", _EVERYWHERE),
    Command("keys", N_("Diese Übersicht"), "F1", _EVERYWHERE),
    Command("settings", N_("Einstellungen"), "Ctrl+,", _EVERYWHERE),
    Command("today", N_("Heute"), "Ctrl+1", _PAGES),
    Command("families", N_("Familien"), "Ctrl+2", _PAGES),
    Command("appointments", N_("Termine"), "Ctrl+3", _PAGES),
    Command("offers", N_("Angebote"), "Ctrl+4", _PAGES),
    Command("placements", N_("Schulplätze"), "Ctrl+5", _PAGES),
    Command("close_day", N_("Tagesabschluss"), "Ctrl+Shift+T", _PAGES),
    Command("day_sheet", N_("Tagesblatt nachtragen"), "Ctrl+Shift+N", _PAGES),
    Command("earlier", N_("Früher kommen"), "Ctrl+Shift+E", _PAGES),
    Command("follow_ups", N_("Wiedervorlagen"), "Ctrl+Shift+W", _PAGES),
    Command("duplicates", N_("Mögliche Dubletten"), "Ctrl+Shift+D", _PAGES),
    Command("steps", N_("Letzte Schritte"), "Ctrl+Shift+L", _PAGES),
    Command("old_lists", N_("Alte Listen holen"), "Ctrl+Shift+O", _PAGES),
    Command("primary", N_("Hauptknopf der Seite"), "Ctrl+Return", _LISTS),
    Command("print", N_("Drucken"), "Ctrl+P", _LISTS),
    Command("next_record", N_("Nächste Akte der Liste"), "Alt+Down", _LISTS),
    Command("previous_record", N_("Vorige Akte der Liste"), "Alt+Up", _LISTS),
    Command("undo", N_("Zurücknehmen"), "Ctrl+Z", _LISTS),
)

_WINDOW, _PAGES_ONLY = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut

SHOWN_ONLY = (
    (N_("Aufnahme"), N_("Strg+↓ · Strg+↑"), N_("nächster · voriger Abschnitt")),
    (N_("Aufnahme"), N_("Strg+Bild↓ · Strg+Bild↑"), N_("dieselbe Frage für das nächste · vorige Kind")),
    (N_("Aufnahme"), N_("Einfg · Entf"), N_("Zeile hinzufügen · entfernen")),
    (N_("Aufnahme"), N_("Eingabe"), N_("nächstes Feld")),
    (N_("Heute"), N_("Strg+Eingabe · A auf einer Zeile"), N_("die Nächsten · diese Person aufrufen")),
    (N_("Heute"), N_("Einfg"), N_("Person zur Warteliste")),
    (N_("Heute"), N_("← → ↑ ↓ · Eingabe"), N_("von Besuch zu Besuch · was mit ihm geschieht")),
    (N_("Heute"), N_("Leertaste · Eingabe auf einer Wiedervorlage"), N_("erledigt · Akte öffnen")),
    (N_("Tagesabschluss"), N_("E · N · A"), N_("erledigt · nicht da · abgesagt")),
    (N_("Tagesabschluss"), N_("1 … 9"), N_("worum es ging")),
    (N_("Tagesabschluss"), N_("Umschalt+E · Strg+Eingabe"), N_("alle Eingetroffenen erledigt · alle abschließen")),
    (N_("Tagesblatt"), N_("K · S · N · A"), N_("kam · später · kam nicht · abgesagt")),
    (N_("Tagesblatt"), N_("Eingabe · Tab"), N_("nächste Zeile · nächstes Feld")),
    (N_("Termine"), N_("← → · Bild↑ Bild↓ · Pos1"), N_("Tag · Woche · heute")),
    (N_("Termine"), N_("↑ ↓ · Umschalt+← →"), N_("von Zeit zu Zeit · anderer Platz")),
    (N_("Termine"), N_("Eingabe · Einfg"), N_("öffnen oder eintragen · nächste freie Zeit")),
    (N_("Termine"), N_("Strg+← → ↑ ↓ · Umschalt+↑ ↓"), N_("verschieben · kürzer, länger; Eingabe trägt es ein")),
    (N_("Termine"), N_("B · N · V · Entf"), N_("bestätigt · nicht erschienen · verschieben · absagen")),
    (N_("Termine"), N_("F2 · A · D · Strg+F"), N_("ändern · Akte öffnen · wer dolmetscht · in der Liste suchen")),
    (N_("Termine"), N_("Z · F"), N_("Terminzettel · möchte früher kommen")),
    (N_("Termine"), N_("Strg+P"), N_("Tagesblatt oder Wochenliste drucken")),
    (N_("Akte"), N_("V"), N_("zu einem passenden Angebot vermitteln")),
    (N_("Akte"), N_("N · W · T"), N_("Notiz · Wiedervorlage · Termin")),
    (N_("Akte"), N_("B"), N_("Telefon und Anschrift stimmen noch")),
    (N_("Akte"), N_("Eingabe auf einer Notiz"), N_("berichtigen")),
    (N_("Akte"), N_("Eingabe auf „Mitgegeben“"), N_("Zettel noch einmal zeigen, drucken")),
    (N_("Akte"), N_("Leertaste · Eingabe auf einer Wiedervorlage"), N_("erledigt · ändern")),
    (N_("Wiedervorlagen"), N_("Leertaste · Strg+A · E"), N_("ankreuzen · alle · erledigt")),
    (N_("Listen"), N_("↑ ↓ Pos1 Ende"), N_("bewegen; Buchstaben springen zum Namen")),
    (N_("Listen"), N_("Eingabe"), N_("öffnen")),
    (N_("Listen"), N_("Strg+Umschalt+F"), N_("nach Merkmalen filtern, Filter merken")),
    (N_("Listen"), N_("F2 · Entf"), N_("gemerkten Filter umbenennen · entfernen")),
    (N_("Listen"), N_("Strg+Umschalt+S"), N_("Spalten wählen")),
    (N_("Listen"), N_("Strg+Umschalt+A"), N_("als Excel oder PDF ausgeben, drucken")),
    (N_("Schulplätze"), N_("Leertaste · Umschalt+↑↓ · Strg+A"), N_("ankreuzen · Bereich · alle")),
    (N_("Schulplätze"), N_("Strg+F"), N_("in der Liste suchen")),
    (N_("Schulplätze"), N_("E"), N_("exportieren")),
    (N_("Schulplätze"), N_("F2"), N_("Stand ändern")),
    (N_("Angebote"), N_("V"), N_("die Familie zum gewählten Angebot vermitteln")),
    (N_("Angebote"), N_("D"), N_("das gewählte Angebot drucken, zum Mitgeben")),
    (N_("Angebote"), N_("M"), N_("Angebot auf den Merkzettel, wieder herunter")),
    (N_("Angebote"), N_("Strg+F · ↓"), N_("suchen · in die Liste")),
    (N_("Vergleichen"), N_("← →"), N_("welche Angabe gilt")),
    (N_("Vergleichen"), N_("↑ ↓"), N_("nächste · vorige Angabe")),
)
"""Keys that belong to a page or list and are handled there: group, keys, what they do."""


def make_actions(owner: QWidget, deeds: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """One action per command, with its key in force in ``owner`` and everything in it, but not in dialogs above it.

    Raises ``KeyError`` when a command has no deed: a key that does nothing is a fault.
    """
    made = {}
    for command in COMMANDS:
        action = QAction(_(command.title), owner)
        action.setShortcuts(_sequences(command.keys))
        action.setShortcutContext(_WINDOW if command.above_all else _PAGES_ONLY)
        action.triggered.connect(lambda _checked=False, deed=deeds[command.id]: deed())
        owner.addAction(action)
        made[command.id] = action
    return made


def _sequences(keys: str) -> list[QKeySequence]:
    """The keys, and the same with the Enter of the number pad, which Qt takes for another key than Return."""
    return [QKeySequence(each) for each in dict.fromkeys((keys, keys.replace("Return", "Enter")))]


def shown_keys(keys: str) -> str:
    """A key as a German keyboard names it: "Strg+Umschalt+F6"."""
    words = {"Ctrl": _("Strg"), "Shift": _("Umschalt"), "Left": "←", "Up": "↑", "Down": "↓", "Return": _("Eingabe")}
    return "+".join(words.get(part, part) for part in keys.split("+"))
