"""What can be done with one appointment, as a menu: with its keys, and only what is possible now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu, QWidget

from desk_app.casework.appointments import AppointmentLine
from desk_app.domain import visit_states
from desk_app.gui.appointments.grid_keys import CANCEL, CHANGE, CONFIRM, FILE, INTERPRET, MISSED, MOVE, SLIP, WISH
from desk_app.i18n import _

REPEAT, RESTORE, HISTORY = "repeat", "restore", "history"

Deeds = Mapping[str, Callable[[AppointmentLine], object]]


def event_menu(parent: QWidget, line: AppointmentLine, deeds: Deeds) -> QMenu:
    """The menu of one appointment; ``deeds`` by their codes."""
    menu = QMenu(parent)

    def add(words: str, code: str, keys: str = "", *, possible: bool = True) -> None:
        # in the text only: as a shortcut of the action the key would be there twice and do nothing
        action = menu.addAction(f"{words}\t{keys}" if keys else words, lambda: deeds[code](line))
        action.setEnabled(possible)

    def may(state: str) -> bool:
        return visit_states.may_follow(line.state, state)

    add(_("Ändern …"), CHANGE, _("F2"), possible=line.state not in visit_states.FREES)
    add(_("Verschieben …"), MOVE, "V", possible=may(visit_states.MOVED))
    menu.addSeparator()
    confirmed = line.state == visit_states.CONFIRMED
    add(
        _("Doch nicht bestätigt") if confirmed else _("Bestätigt: Familie kommt"), CONFIRM, "B",
        possible=confirmed or may(visit_states.CONFIRMED),
    )  # fmt: skip
    add(_("Nicht erschienen"), MISSED, "N", possible=may(visit_states.NO_SHOW))
    add(_("Absagen …"), CANCEL, _("Entf"), possible=may(visit_states.CANCELLED_FAMILY))
    if line.state in visit_states.FREES - {visit_states.MOVED}:
        add(_("Gilt doch wieder"), RESTORE)
    menu.addSeparator()
    add(_("Wer dolmetscht …"), INTERPRET, "D", possible=bool(line.language) and line.state in visit_states.OPEN)
    add(_("Terminzettel drucken …"), SLIP, "Z", possible=line.state not in visit_states.FREES)
    add(_("Möchte früher kommen …"), WISH, "F", possible=line.state in visit_states.EXPECTED)
    add(_("Wiederholen …"), REPEAT, possible=line.state in visit_states.EXPECTED)
    add(_("Verlauf dieses Termins"), HISTORY)
    if line.household is not None:
        add(_("Akte öffnen"), FILE, "A")
    return menu
