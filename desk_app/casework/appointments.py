"""The door to appointments: the deeds, what lists show, where one still fits, and series."""

from __future__ import annotations

from desk_app.casework.appointment_clashes import Clash, SlotTaken, Taken
from desk_app.casework.appointment_conflicts import OF_PEOPLE, Conflict, conflicts
from desk_app.casework.appointment_deeds import By, book, cancel, change, check, move, no_show, restore
from desk_app.casework.appointment_free import FreeSlot, free
from desk_app.casework.appointment_lines import AppointmentLine, of_days, of_family, of_ids, of_series, persons_of
from desk_app.casework.appointment_rows import Booking, booking_of
from desk_app.casework.appointment_series import Repeated, Skipped, cancel_following, change_following, repeat

__all__ = [
    "OF_PEOPLE",
    "AppointmentLine",
    "Booking",
    "By",
    "Clash",
    "Conflict",
    "FreeSlot",
    "Repeated",
    "Skipped",
    "SlotTaken",
    "Taken",
    "book",
    "booking_of",
    "cancel",
    "cancel_following",
    "change",
    "change_following",
    "check",
    "conflicts",
    "free",
    "move",
    "no_show",
    "of_days",
    "of_family",
    "of_ids",
    "of_series",
    "persons_of",
    "repeat",
    "restore",
]
