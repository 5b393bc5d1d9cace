"""What an entry of the audit reads like: who did what to whose record, with names of fields, never a child's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desk_app.casework import request_list
from desk_app.casework.audit_fields import OTHER_FIELDS, offer_field
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.field_catalogue import FIELDS, fields_of
from desk_app.domain.records import RecordKind
from desk_app.i18n import N_, _, ngettext
from desk_app.storage.tables import AuditEntry


class Group(StrEnum):
    """What kind of deed it was, as the log is filtered."""

    READ = "read"
    CHANGED = "changed"
    OUT = "out"
    IN = "in"
    PEOPLE = "people"
    BACKUP = "backup"

    @property
    def label(self) -> str:
        return _(_LABELS[self])


_LABELS: Final = {
    Group.READ: N_("Gelesen"),
    Group.CHANGED: N_("Geändert"),
    Group.OUT: N_("Nach draußen"),
    Group.IN: N_("Hereingekommen"),
    Group.PEOPLE: N_("Schlüssel und Personen"),
    Group.BACKUP: N_("Sicherung"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """``words`` go on from "Carla Beispiel hat"; ``{about}`` is whose record it was, ``{fields}`` what was touched."""

    group: Group
    words: str


_READ, _CHANGED, _OUT, _IN, _PEOPLE, _BACKUP = Group

DEEDS: Final[dict[str, Deed]] = {
    "intake.started": Deed(_CHANGED, N_("die Akte angelegt")),
    "intake.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "intake.added": Deed(_CHANGED, N_("{about} hinzugefügt{with_fields}")),
    "intake.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "intake.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "intake.finished": Deed(_CHANGED, N_("die Aufnahme abgeschlossen")),
    "intake.reopened": Deed(_CHANGED, N_("die Aufnahme wieder geöffnet")),
    "person.merged": Deed(_CHANGED, N_("{about} mit einem zweiten Eintrag zusammengeführt{with_fields}")),
    "household.merged": Deed(_CHANGED, N_("die Akte mit einer zweiten zusammengeführt{with_fields}")),
    "merge.moved": Deed(_CHANGED, N_("{about} beim Zusammenführen übernommen{with_fields}")),
    "deed.put_back": Deed(_CHANGED, N_("{about} auf den Stand vor oder nach einem Schritt gesetzt{with_fields}")),
    "duplicate.dismissed": Deed(_CHANGED, N_("{about}: als andere Person gekennzeichnet")),
    "duplicate.reconsidered": Deed(_CHANGED, N_("{about}: Kennzeichnung „andere Person“ zurückgenommen")),
    "deed.undone": Deed(_CHANGED, N_("einen Schritt zurückgenommen")),
    "deed.redone": Deed(_CHANGED, N_("einen zurückgenommenen Schritt wieder getan")),
    "family.opened": Deed(_READ, N_("die Akte geöffnet")),
    "family.confirmed": Deed(_CHANGED, N_("Telefon und Anschrift bestätigt")),
    "family.moved_away": Deed(_CHANGED, N_("die Familie als verzogen eingetragen")),
    "family.came_back": Deed(_CHANGED, N_("die Familie als wieder da eingetragen")),
    "child.moved": Deed(_CHANGED, N_("{about} in eine andere Akte gegeben")),
    "person.deceased": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "turn.told": Deed(_CHANGED, N_("{about} im Verlauf eingetragen")),
    "note.written": Deed(_CHANGED, N_("{about} geschrieben")),
    "note.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "note.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "note.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "follow_up.added": Deed(_CHANGED, N_("{about} angelegt")),
    "follow_up.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "follow_up.done": Deed(_CHANGED, N_("{about} erledigt")),
    "follow_up.reopened": Deed(_CHANGED, N_("{about} wieder geöffnet")),
    "follow_up.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "follow_up.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "appointment.booked": Deed(_CHANGED, N_("{about} vereinbart")),
    "appointment.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "appointment.moved": Deed(_CHANGED, N_("{about} verschoben")),
    "appointment.cancelled": Deed(_CHANGED, N_("{about} abgesagt")),
    "appointment.missed": Deed(_CHANGED, N_("{about} auf „nicht erschienen“ gesetzt")),
    "appointment.restored": Deed(_CHANGED, N_("{about} wieder gelten lassen")),
    "appointment.repeated": Deed(_CHANGED, N_("{about} wiederholt")),
    "words.left": Deed(_CHANGED, N_("eine begonnene Notiz für später behalten oder verworfen")),
    "appointment.drafted": Deed(_CHANGED, N_("einen begonnenen Termin für später behalten oder verworfen")),
    "visit.added": Deed(_CHANGED, N_("{about} auf die Warteliste gesetzt")),
    "visit.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "visit.stepped": Deed(_CHANGED, N_("{about}: Stand geändert")),
    "wish.kept": Deed(_CHANGED, N_("{about} eingetragen{with_fields}")),
    "wish.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "wish.stepped": Deed(_CHANGED, N_("{about}: Stand geändert")),
    "appointment_setup.kept": Deed(_CHANGED, N_("{about} für Termine eingerichtet{with_fields}")),
    "appointment_setup.removed": Deed(_CHANGED, N_("{about} für Termine herausgenommen")),
    "interpreter.kept": Deed(_CHANGED, N_("Dolmetschen: {about} eingetragen oder geändert{with_fields}")),
    "interpreter.retired": Deed(_CHANGED, N_("Dolmetschen: {about} herausgenommen")),
    "interpreter.restored": Deed(_CHANGED, N_("Dolmetschen: {about} zurückgeholt")),
    "interpreter.blocked": Deed(_CHANGED, N_("Dolmetschen: festgelegt, für wen {about} nicht dolmetscht")),
    "interpreter.asked": Deed(_CHANGED, N_("{about}: jemanden zum Dolmetschen angefragt")),
    "interpreter.confirmed": Deed(_CHANGED, N_("{about}: Zusage zum Dolmetschen eingetragen")),
    "interpreter.declined": Deed(_CHANGED, N_("{about}: Absage zum Dolmetschen eingetragen")),
    "interpreter.bundled": Deed(_CHANGED, N_("Dolmetschen: Termine von {about} auf einen Tag gelegt")),
    "interpreter.sheet_written": Deed(_OUT, N_("Dolmetschen: Blatt für {about} ausgegeben{with_fields}")),
    "calendar.exported": Deed(_OUT, N_("{about}: Kalender als Datei ausgegeben{with_fields}")),
    "calendar.read_in": Deed(_IN, N_("{about}: belegte Zeiten aus einem Kalender eingelesen{with_fields}")),
    "calendar.forgotten": Deed(_CHANGED, N_("{about}: belegte Zeiten aus dem Kalender entfernt")),
    "request.begun": Deed(_CHANGED, N_("{about} begonnen")),
    "request.draft": Deed(_CHANGED, N_("{about} auf „unvollständig“ gesetzt")),
    "request.complete": Deed(_CHANGED, N_("{about} auf „vollständig“ gesetzt")),
    "request.withdrawn": Deed(_CHANGED, N_("{about} auf „ruht“ gesetzt")),
    "request.printed": Deed(_OUT, N_("{about} gedruckt")),
    "request.sent": Deed(_OUT, N_("{about} übermittelt")),
    "request.query": Deed(_CHANGED, N_("{about} auf „Rückfrage“ gesetzt")),
    "request.waiting_list": Deed(_CHANGED, N_("{about} auf „Warteliste“ gesetzt")),
    "request.assigned": Deed(_CHANGED, N_("{about} auf „zugewiesen“ gesetzt")),
    "request.admitted": Deed(_CHANGED, N_("{about} auf „aufgenommen“ gesetzt")),
    "request.declined": Deed(_CHANGED, N_("{about} auf „abgelehnt“ gesetzt")),
    "request.moved_away": Deed(_CHANGED, N_("{about} auf „verzogen“ gesetzt")),
    "request.closed": Deed(_CHANGED, N_("{about} auf „abgeschlossen“ gesetzt")),
    "request.stepped": Deed(_CHANGED, N_("den Stand von Anfragen geändert")),
    "request.reverted": Deed(_CHANGED, N_("{about}: letzten Schritt zurückgenommen")),
    "answers.read_in": Deed(_IN, N_("Rückmeldungen eingelesen{with_fields}")),
    "answer.settled": Deed(_CHANGED, N_("eine unklare Rückmeldung erledigt")),
    "transition.added": Deed(_CHANGED, N_("{about} angelegt")),
    "transition.changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "transition.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "transition.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "points.read_in": Deed(_IN, N_("Hauskoordinaten eingelesen{with_fields}")),
    "export.written": Deed(_OUT, N_("{about} als Datei ausgegeben")),
    "shipment.unprotected": Deed(_OUT, N_("{about} mit Zustimmung einer zweiten Person unverschlüsselt ausgegeben")),
    "shipment.passphrase_shown": Deed(_READ, N_("{about}: Passphrase noch einmal angesehen")),
    "letter.written": Deed(_OUT, N_("{about}: Brief an die Familie geschrieben{with_fields}")),
    "referral.made": Deed(_CHANGED, N_("{about} angelegt{with_fields}")),
    "referral.stepped": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "referral.withdrawn": Deed(_CHANGED, N_("{about} zurückgenommen")),
    "referral.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "handout.kept": Deed(_OUT, N_("der Familie ein Blatt mitgegeben{with_fields}")),
    "slip.written": Deed(_OUT, N_("einen Zettel ausgegeben{with_fields}")),
    "day_sheet.printed": Deed(_OUT, N_("ein Tages- oder Wochenblatt ausgegeben{with_fields}")),
    "offer.kept": Deed(_CHANGED, N_("{about} geändert{with_fields}")),
    "offers.read_in": Deed(_IN, N_("Angebote aus einer Datei eingelesen{with_fields}")),
    "offers.exported": Deed(_OUT, N_("Angebote als Datei ausgegeben{with_fields}")),
    "offer.proposed": Deed(_CHANGED, N_("{about} vorgeschlagen")),
    "offer.accepted": Deed(_CHANGED, N_("{about}: Vorschlag übernommen")),
    "offer.declined": Deed(_CHANGED, N_("{about}: Vorschlag abgelehnt")),
    "offer.confirmed": Deed(_CHANGED, N_("{about} bestätigt{with_fields}")),
    "offer.status_changed": Deed(_CHANGED, N_("{about}: {fields} geändert")),
    "offer.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "offer.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "offer.shipped": Deed(_IN, N_("{about} mit Trittstein geliefert bekommen")),
    "gap.noted": Deed(_CHANGED, N_("notiert, dass ein Angebot fehlt{with_fields}")),
    "gap.removed": Deed(_CHANGED, N_("eine Notiz über ein fehlendes Angebot herausgenommen")),
    "organisation.kept": Deed(_CHANGED, N_("{about} geändert{with_fields}")),
    "offer_place.kept": Deed(_CHANGED, N_("{about} geändert{with_fields}")),
    "filter.kept": Deed(_CHANGED, N_("einen eigenen Filter gemerkt")),
    "filter.removed": Deed(_CHANGED, N_("einen eigenen Filter entfernt")),
    "filter.restored": Deed(_CHANGED, N_("einen eigenen Filter zurückgeholt")),
    "list.read_in": Deed(_IN, N_("eine alte Liste geholt{with_fields}")),
    "list.exported": Deed(_OUT, N_("eine Liste als Datei ausgegeben{with_fields}")),
    "list.printed": Deed(_OUT, N_("eine Liste gedruckt{with_fields}")),
    "schools.kept": Deed(_CHANGED, N_("das Schulverzeichnis geändert{with_fields}")),
    "schools.read_in": Deed(_IN, N_("eine Tabelle von Schulen eingelesen{with_fields}")),
    "school.removed": Deed(_CHANGED, N_("{about} herausgenommen")),
    "school.restored": Deed(_CHANGED, N_("{about} zurückgeholt")),
    "centre.saved": Deed(_CHANGED, N_("Angaben des Zentrums geändert{with_fields}")),
    "user.added": Deed(_PEOPLE, N_("{about} als Person angelegt")),
    "user.renamed": Deed(_PEOPLE, N_("den Namen von {about} geändert")),
    "user.role_changed": Deed(_PEOPLE, N_("die Rolle von {about} geändert")),
    "user.reset": Deed(_PEOPLE, N_("für {about} ein Einmal-Passwort ausgestellt")),
    "user.removed": Deed(_PEOPLE, N_("den Zugang von {about} beendet")),
    "user.code_renewed": Deed(_PEOPLE, N_("einen neuen Wiederherstellungscode gedruckt")),
    "user.passphrase_changed": Deed(_PEOPLE, N_("das eigene Passwort geändert")),
    "user.recovered": Deed(_PEOPLE, N_("den Zugang mit dem Wiederherstellungscode geöffnet")),
    "unlock.failed": Deed(_PEOPLE, N_("Fehlversuche bei der Anmeldung gemeldet bekommen{with_fields}")),
    "store.told": Deed(_BACKUP, N_("beim Öffnen gemeldet bekommen: {fields}")),
    "backup.chosen": Deed(_BACKUP, N_("einen zweiten Ort für Sicherungen gewählt")),
    "backup.given_up": Deed(_BACKUP, N_("den zweiten Ort für Sicherungen aufgegeben")),
    "backup.made": Deed(_BACKUP, N_("die Daten gesichert{with_fields}")),
    "backup.failed": Deed(_BACKUP, N_("gemeldet bekommen, dass eine Sicherung nicht gelang{with_fields}")),
    "backup.drilled": Deed(_BACKUP, N_("eine Sicherung zur Probe zurückgeholt{with_fields}")),
    "backup.drill_failed": Deed(_BACKUP, N_("eine Sicherung vergeblich zur Probe zurückgeholt{with_fields}")),
    "backup.expired": Deed(_BACKUP, N_("Sicherungen früherer Zugänge gelöscht")),
    "backup.restored": Deed(_BACKUP, N_("den Stand einer Sicherung zurückgeholt")),
    "audit.read": Deed(_READ, N_("das Protokoll geöffnet")),
    "audit.exported": Deed(_OUT, N_("das Protokoll als Datei ausgegeben{with_fields}")),
    "audit.printed": Deed(_OUT, N_("das Protokoll gedruckt{with_fields}")),
}
"""Every deed there is; a test holds it against the table of who may do what."""

NOUNS: Final = {
    RecordKind.APART: N_("abweichende Angaben"),
    RecordKind.ADDRESS: N_("Anschrift"),
    RecordKind.NAME: N_("andere Schreibweise"),
    RecordKind.GUARDIAN: N_("Sorge"),
    RecordKind.LANGUAGE: N_("Sprache"),
    RecordKind.SCHOOL_YEAR: N_("Schuljahr"),
    RecordKind.DOCUMENT: N_("Unterlage"),
    RecordKind.CONSENT: N_("Einwilligung"),
    RecordKind.WISH: N_("Wunschschule"),
    RecordKind.REFERRAL: N_("Verweis auf ein Angebot"),
    RecordKind.NOTE: N_("Notiz"),
    RecordKind.FOLLOW_UP: N_("Wiedervorlage"),
    RecordKind.TURN: N_("Ereignis"),
    RecordKind.TRANSITION: N_("Übergang"),
}
"""What a record is called behind whose it is: "Kind 2, Unterlage"."""

BY_RULE: Final = "rule"
"""Among the fields of a follow-up that came, moved or went by itself while somebody was at the desk."""

_SHOWN: Final = 6
"""So many fields are named in a sentence; a printed request has some forty."""

_FINGERPRINT: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
"""Cut to its beginning in a sentence; all of it stands among the fields."""


def deed_of(entry: AuditEntry) -> Deed:
    """A deed that a later version wrote is shown under its own name."""
    return DEEDS.get(entry.deed) or Deed(Group.CHANGED, entry.deed)


def words_of(entry: AuditEntry, about: str) -> str:
    """ "Kind 2: Geburtsdatum, Staatsangehörigkeit geändert"."""
    by_rule = entry.kind == RecordKind.FOLLOW_UP and BY_RULE in entry.fields
    labels = [words for words in field_labels(entry) if not by_rule or words != _(OTHER_FIELDS[BY_RULE])]
    fields = _some(labels)
    with_fields = f" ({fields})" if fields else ""
    words = _(deed_of(entry).words).format(about=about, fields=fields or _("Angaben"), with_fields=with_fields)
    return _("{words}, von Trittstein nach den Angaben der Akte").format(words=words) if by_rule else words


def field_labels(entry: AuditEntry) -> tuple[str, ...]:
    """The fields in words, each once, in the order the entry has them."""
    if entry.deed == "unlock.failed":
        return (_tries(entry.fields[0]), *map(_moment, entry.fields[1:])) if entry.fields else ()
    return tuple(dict.fromkeys(_label(entry, key) for key in entry.fields))


def _tries(count: str) -> str:
    number = int(count) if count.isdecimal() else 0
    return ngettext("{n} Versuch", "{n} Versuche", number).format(n=number)


def _moment(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp)
    return f"{show_day(local_day(moment))} {show_time(moment)}"


def _label(entry: AuditEntry, key: str) -> str:
    kind, _colon, value = key.partition(":")
    if kind == "rows" and value.isdecimal():
        return ngettext("{n} Zeile", "{n} Zeilen", int(value)).format(n=value)
    if kind == "sha256" and value:
        return _("Prüfsumme {sum}").format(sum=value)
    if entry.kind in set(RecordKind) and key in fields_of(RecordKind(entry.kind)):
        return _(fields_of(RecordKind(entry.kind))[key].label)
    if entry.kind == "offer" and (label := offer_field(key)):
        return label
    if key in OTHER_FIELDS:
        return _(OTHER_FIELDS[key])
    return _(_BY_KEY[key]) if key in _BY_KEY else key


_BY_KEY: Final = {
    **{column.key: column.title.replace("-\n", "") for column in request_list.COLUMNS},
    **{field.key: field.label for field in reversed(FIELDS)},
}


def _some(labels: Iterable[str]) -> str:
    found = [_FINGERPRINT.sub(r"\1…", words) for words in labels]
    said = ", ".join(found[:_SHOWN])
    return _("{fields} und {n} weitere").format(fields=said, n=len(found) - _SHOWN) if len(found) > _SHOWN else said
