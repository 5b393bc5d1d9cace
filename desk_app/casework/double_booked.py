"""Times that are taken twice once a step was taken back: nobody asked for a reason then, so it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import appointment_setup, deeds
from desk_app.casework.appointment_clashes import Slot, clashes
from desk_app.casework.deeds import Undone
from desk_app.casework.desk import Work
from desk_app.domain.visit_states import FREES
from desk_app.i18n import _
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment


def undo(work: Work, deed: UUID) -> Undone:
    """Take a deed back as ``deeds.undo`` does, and say which times are taken twice by that. Raises as it does."""
    undone = deeds.undo(work, deed)
    doubled = told(work, undone.appointments)
    return replace(undone, told=f"{undone.told} {doubled}", doubled=True) if doubled else undone


def told(work: Work, appointments: Iterable[UUID]) -> str:
    """What of these to come is taken twice, in words that name no person; empty where nothing is."""
    found = list(dict.fromkeys(_sentences(work, list(appointments))))
    return _("Achtung, doppelt belegt: {what}").format(what=" ".join(found)) if found else ""


def _sentences(work: Work, appointments: list[UUID]) -> Iterator[str]:
    if not appointments:
        return
    setup = appointment_setup.read(work)
    query = select(Appointment).where(
        among(Appointment.id, appointments), Appointment.removed_at.is_(None), Appointment.state.not_in(FREES),
        Appointment.busy_until > work.now, Appointment.overbooked.is_(None), Appointment.walk_in.is_(False),
    )  # fmt: skip
    for row in work.session.scalars(query.order_by(Appointment.starts_at)).all():
        slot = Slot(
            row.starts_at, row.ends_at, row.busy_from, row.busy_until, row.place_id, row.seat_id, row.room_id,
            row.interpreter_id, row.household_id, row.kind_id in setup.internal,
        )  # fmt: skip
        yield from (clash.sentence for clash in clashes(work, setup, slot, [row.id]) if clash.appointment is not None)
