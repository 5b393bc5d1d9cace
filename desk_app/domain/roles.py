"""Who may do what: one table, asked for every deed.

A deed is named as the audit names it. ``Work.note`` asks the table for each entry it writes, so nothing that leaves
a trace goes past it; what only reads but is not everybody's asks with ``Work.require``.

Reception takes families in and corrects what they say. A request begins, becomes complete and is withdrawn by the
answers alone, so these steps are everybody's: refusing them would refuse the answer. Whatever a person decides about
a request, above all that it leaves the house, is casework. Backups happen by themselves and are everybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from desk_app.i18n import N_, _


class Role(StrEnum):
    """What somebody is there for. The order is that of the list people choose from."""

    LEAD = "lead"
    COUNSEL = "counsel"
    RECEPTION = "reception"

    @classmethod
    def _missing_(cls, value: object) -> Role:
        """A role this version does not know may do the least."""
        return cls.RECEPTION

    @property
    def label(self) -> str:
        return _(_LABELS[self])

    @property
    def duties(self) -> str:
        """What the role may do, in a few words."""
        return _(_DUTIES[self])


_DUTIES: Final = {
    Role.LEAD: N_("Alles, auch Personen, Zentrum und Protokoll"),
    Role.COUNSEL: N_("Familien, Anfragen übermitteln, Schulverzeichnis"),
    Role.RECEPTION: N_("Familien aufnehmen, ändern und drucken"),
}
_LABELS: Final = {Role.LEAD: N_("Leitung"), Role.COUNSEL: N_("Beratung"), Role.RECEPTION: N_("Empfang")}

_EVERYBODY: Final = frozenset(Role)
_CASEWORK: Final = frozenset({Role.LEAD, Role.COUNSEL})
_LEAD: Final = frozenset({Role.LEAD})

MAY: Final[Mapping[str, frozenset[Role]]] = {
    # families and their intake
    "intake.started": _EVERYBODY,
    "intake.changed": _EVERYBODY,
    "intake.added": _EVERYBODY,
    "intake.finished": _EVERYBODY,
    "intake.reopened": _EVERYBODY,
    "intake.removed": _EVERYBODY,
    "intake.restored": _EVERYBODY,
    "duplicate.dismissed": _EVERYBODY,
    "duplicate.reconsidered": _EVERYBODY,
    "family.opened": _EVERYBODY,
    "list.read_in": _EVERYBODY,
    # appointments, and what they need; whoever is at the desk has to be able to shut it
    "appointment.booked": _EVERYBODY,
    "appointment.changed": _EVERYBODY,
    "appointment.moved": _EVERYBODY,
    "appointment.cancelled": _EVERYBODY,
    "appointment.missed": _EVERYBODY,
    "appointment.restored": _EVERYBODY,
    "appointment.repeated": _EVERYBODY,
    "appointment.drafted": _EVERYBODY,
    "words.left": _EVERYBODY,
    "visit.added": _EVERYBODY,
    "visit.changed": _EVERYBODY,
    "visit.stepped": _EVERYBODY,
    "wish.kept": _EVERYBODY,
    "wish.removed": _EVERYBODY,
    "wish.stepped": _EVERYBODY,
    "appointment_setup.kept": _EVERYBODY,
    "appointment_setup.removed": _EVERYBODY,
    "interpreter.kept": _EVERYBODY,
    "interpreter.retired": _EVERYBODY,
    "interpreter.restored": _EVERYBODY,
    "interpreter.blocked": _EVERYBODY,
    "interpreter.asked": _EVERYBODY,
    "interpreter.confirmed": _EVERYBODY,
    "interpreter.declined": _EVERYBODY,
    "interpreter.bundled": _EVERYBODY,
    "interpreter.sheet_written": _EVERYBODY,  # it names no family
    "calendar.exported": _EVERYBODY,  # nor does a calendar
    "calendar.read_in": _EVERYBODY,
    "calendar.forgotten": _EVERYBODY,
    # what is written down beside the answers, and turns in the life of a family
    "note.written": _EVERYBODY,
    "note.changed": _EVERYBODY,
    "note.removed": _EVERYBODY,
    "note.restored": _EVERYBODY,
    "follow_up.added": _EVERYBODY,
    "follow_up.changed": _EVERYBODY,
    "follow_up.done": _EVERYBODY,
    "follow_up.reopened": _EVERYBODY,
    "follow_up.removed": _EVERYBODY,
    "follow_up.restored": _EVERYBODY,
    "turn.told": _EVERYBODY,
    "family.confirmed": _EVERYBODY,
    "person.deceased": _EVERYBODY,
    "family.moved_away": _CASEWORK,  # it ends the requests of the children
    "family.came_back": _CASEWORK,
    "child.moved": _CASEWORK,
    # deeds that are kept to be taken back, each as whoever may do it
    "person.merged": _CASEWORK,
    "household.merged": _CASEWORK,
    "merge.moved": _CASEWORK,
    "deed.undone": _EVERYBODY,
    "deed.redone": _EVERYBODY,
    "deed.put_back": _EVERYBODY,
    # requests: what follows from the answers
    "request.begun": _EVERYBODY,
    "request.draft": _EVERYBODY,
    "request.complete": _EVERYBODY,
    "request.withdrawn": _EVERYBODY,
    "request.printed": _EVERYBODY,
    # requests: what somebody decides
    "request.sent": _CASEWORK,
    "request.query": _CASEWORK,
    "request.waiting_list": _CASEWORK,
    "request.assigned": _CASEWORK,
    "request.admitted": _CASEWORK,
    "request.declined": _CASEWORK,
    "request.moved_away": _CASEWORK,
    "request.closed": _CASEWORK,
    "request.stepped": _CASEWORK,
    "request.reverted": _EVERYBODY,  # part of taking a deed back, which asks for that deed
    "answers.read_in": _CASEWORK,
    "answer.settled": _CASEWORK,
    "transition.added": _CASEWORK,
    "transition.changed": _CASEWORK,
    "transition.removed": _CASEWORK,
    "transition.restored": _CASEWORK,
    "points.read_in": _CASEWORK,
    "export.written": _CASEWORK,
    "shipment.unprotected": _CASEWORK,
    "shipment.passphrase_shown": _CASEWORK,
    "letter.written": _EVERYBODY,  # it goes to the family itself
    # what families are sent to
    "referral.made": _EVERYBODY,
    "referral.stepped": _EVERYBODY,
    "referral.withdrawn": _EVERYBODY,
    "referral.restored": _EVERYBODY,
    "handout.kept": _EVERYBODY,  # it goes to the family itself
    "slip.written": _EVERYBODY,
    "day_sheet.printed": _EVERYBODY,  # it stays in the house
    # the directory of offers: whoever hears of something tells it, whoever phones confirms it
    "offer.kept": _CASEWORK,
    "offer.accepted": _CASEWORK,
    "offer.declined": _CASEWORK,
    "offer.status_changed": _CASEWORK,
    "offer.removed": _CASEWORK,
    "offer.restored": _CASEWORK,
    "offers.read_in": _CASEWORK,
    "offers.exported": _CASEWORK,
    "offer.proposed": _EVERYBODY,
    "offer.confirmed": _EVERYBODY,
    "offer.shipped": _EVERYBODY,  # it happens by itself
    "gap.noted": _EVERYBODY,
    "gap.removed": _EVERYBODY,
    "organisation.kept": _CASEWORK,
    "offer_place.kept": _CASEWORK,
    # lists: a filter is one's own; what leaves holds many families at once
    "filter.kept": _EVERYBODY,
    "filter.removed": _EVERYBODY,
    "filter.restored": _EVERYBODY,
    "list.exported": _CASEWORK,
    "list.printed": _CASEWORK,
    # the directory of schools
    "schools.kept": _CASEWORK,
    "schools.read_in": _CASEWORK,
    "school.removed": _CASEWORK,
    "school.restored": _CASEWORK,
    # the centre and its people
    "centre.saved": _LEAD,
    "user.added": _LEAD,
    "user.renamed": _LEAD,
    "user.role_changed": _LEAD,
    "user.reset": _LEAD,
    "user.removed": _LEAD,
    "user.code_renewed": _LEAD,
    "user.passphrase_changed": _EVERYBODY,
    "user.recovered": _EVERYBODY,
    "unlock.failed": _EVERYBODY,
    # the store and its backups
    "store.told": _EVERYBODY,
    "backup.chosen": _EVERYBODY,
    "backup.made": _EVERYBODY,
    "backup.failed": _EVERYBODY,
    "backup.drilled": _EVERYBODY,
    "backup.drill_failed": _EVERYBODY,
    "backup.given_up": _EVERYBODY,
    "backup.expired": _EVERYBODY,
    "backup.restored": _EVERYBODY,  # the store is shut then: whoever has a key to the backup may
    # the audit itself
    "audit.read": _LEAD,
    "audit.exported": _LEAD,
    "audit.printed": _LEAD,
}
"""Which roles may do a deed. A deed that is not named here cannot be done by anybody: that is our mistake."""

_WHAT: Final = {
    "family": N_("Eine Akte als verzogen führen"),
    "child": N_("Ein Kind in eine andere Akte geben"),
    "person": N_("Einträge zusammenführen"),
    "household": N_("Akten zusammenführen"),
    "merge": N_("Einträge zusammenführen"),
    "request": N_("Über Anfragen entscheiden"),
    "answers": N_("Rückmeldungen einlesen"),
    "answer": N_("Rückmeldungen klären"),
    "transition": N_("Übergänge beraten"),
    "points": N_("Hauskoordinaten einlesen"),
    "export": N_("Anfragen übermitteln"),
    "shipment": N_("Passphrasen von Sendungen ansehen"),
    "list": N_("Listen ausgeben und drucken"),
    "schools": N_("Das Schulverzeichnis ändern"),
    "school": N_("Das Schulverzeichnis ändern"),
    "offer": N_("Das Angebotsverzeichnis ändern"),
    "offers": N_("Angebote einlesen und ausgeben"),
    "organisation": N_("Das Angebotsverzeichnis ändern"),
    "offer_place": N_("Das Angebotsverzeichnis ändern"),
    "centre": N_("Die Angaben des Zentrums ändern"),
    "user": N_("Personen und Zugänge verwalten"),
    "audit": N_("Das Protokoll lesen"),
}


def may(role: Role, deed: str) -> bool:
    """Whether somebody of this role may do the deed. Raises ``KeyError`` for a deed the table does not name."""
    return role in MAY[deed]


def reason(role: Role, deed: str) -> str:
    """Why somebody of this role may not do the deed, as one German sentence; empty where they may."""
    if may(role, deed):
        return ""
    allowed = [each.label for each in Role if each in MAY[deed]]
    words = _("{what} darf nur, wer die Rolle {roles} hat.")
    return words.format(what=_(_WHAT[deed.partition(".")[0]]), roles=_(" oder ").join(allowed))


def refusal(role: Role, deed: str) -> str:
    """What is said to somebody who tries all the same: what, why, and whom to ask."""
    words = _("{reason} Sie sind als {role} angemeldet; es wurde nichts geändert. Bitte fragen Sie dort nach.")
    return words.format(reason=reason(role, deed), role=role.label)
