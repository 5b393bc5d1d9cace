"""What holds for an appointment that is being typed: what was said, and for everything else what usually is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from desk_app.casework.appointment_setup import INTERNAL, Kind, Setup
from desk_app.casework.appointments import AppointmentLine, Booking, Clash, SlotTaken
from desk_app.casework.interpreter_asking import Candidate, Slot
from desk_app.domain import visit_states
from desk_app.domain.clock import show_time
from desk_app.i18n import _
from desk_app.presenters.appointment_steps import Refused, refused
from desk_app.presenters.appointment_words import bare_title
from desk_app.presenters.booking_draft import Draft, FamilyFacts

LENGTHS: Final = (30, 45, 60)
"""Minutes that are offered; any others can be typed."""
_MINUTES: Final = 45


@dataclass(frozen=True)
class Looked:
    """What was found out about a draft while it is typed."""

    setup: Setup = field(default_factory=Setup)
    clashes: tuple[Clash, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    lines: tuple[AppointmentLine, ...] = ()


@dataclass(frozen=True)
class Form:
    """``before`` is the appointment as it stands, where one is changed; ``refusal`` why it could not be entered;
    ``room`` how many minutes are free where it begins, where that is known.
    """

    draft: Draft
    before: Booking | None = None
    family: FamilyFacts | None = None
    looked: Looked = field(default_factory=Looked)
    refusal: Refused | None = None
    room: int | None = None
    series: UUID | None = None
    following: bool = False
    """Whether all that follow in the series of the appointment are changed as well."""

    @property
    def setup(self) -> Setup:
        return self.looked.setup

    @property
    def kind(self) -> Kind | None:
        """What it is about: what was chosen, else an intake for whoever is new, for others the talk about school."""
        chosen = self.setup.kind(self.draft.kind)
        if chosen is not None or self.before is not None:
            return chosen
        wanted = "school" if self.family is not None and not self.family.in_intake else "intake"
        kinds = [kind for kind in self.setup.kinds if kind.look != INTERNAL] or list(self.setup.kinds)
        return next((kind for kind in kinds if kind.look == wanted), kinds[0] if kinds else None)

    @property
    def is_internal(self) -> bool:
        return self.kind is not None and self.kind.look == INTERNAL

    @property
    def minutes(self) -> int:
        """How long: what was said, else what its kind takes, or less where there is less room."""
        if self.draft.minutes is not None:
            return self.draft.minutes
        usual = self.kind.minutes if self.kind is not None else _MINUTES
        if self.room is None or self.room >= usual:
            return usual
        return max((length for length in LENGTHS if length <= self.room), default=usual)

    @property
    def end(self) -> datetime:
        return self.draft.start + timedelta(minutes=self.minutes)

    @property
    def language(self) -> str:
        """What was chosen, else what the family speaks."""
        return self.draft.language or (self.family.language if self.family is not None else "")

    @property
    def interpreting(self) -> bool:
        """What was said, else what the file says."""
        if self.draft.interpreting is not None:
            return self.draft.interpreting
        return self.family is not None and self.family.needs_interpreter

    @property
    def interpreter(self) -> Candidate | None:
        """Who is chosen, else the first who can; ``None`` while nobody is found."""
        people = self.looked.candidates if self.interpreting and not self.draft.unmanned else ()
        chosen = next((each for each in people if each.id == self.draft.interpreter), None)
        return chosen or next((each for each in people if each.fits), None)

    @property
    def clash(self) -> Refused | None:
        """What is in the way: of the last attempt to enter it, else of the last look."""
        if self.refusal is not None or not self.looked.clashes:
            return self.refusal
        return refused(SlotTaken(clashes=self.looked.clashes))

    @property
    def at_desk(self) -> Sequence[AppointmentLine]:
        """What stands at the desk on that day, without the appointment itself."""
        return [
            line
            for line in self.looked.lines
            if line.seat == self.draft.seat and line.id != self.draft.id and line.state not in visit_states.FREES
        ]

    @property
    def around_words(self) -> str:
        """ "davor Rahimi bis 10:15 · danach Ionescu ab 11:00"."""
        before = [line for line in self.at_desk if line.end <= self.draft.start]
        after = [line for line in self.at_desk if line.start >= self.end]
        told = []
        if before:
            words = _("davor {name} bis {time}")
            told.append(words.format(name=bare_title(before[-1]), time=show_time(before[-1].end)))
        if after:
            words = _("danach {name} ab {time}")
            told.append(words.format(name=bare_title(after[0]), time=show_time(after[0].start)))
        return " · ".join(told) or _("sonst nichts an diesem Platz")

    @property
    def slot(self) -> Slot | None:
        """What is to be interpreted; ``None`` where nothing is, or nobody knows the language."""
        if not self.interpreting or not self.language:
            return None
        draft = self.draft
        return Slot(draft.start, self.end, self.language, draft.dialect, draft.sex, draft.household, draft.id)

    @property
    def interpreting_code(self) -> str:
        """How it would stand with interpreting. Who said yes stays, unless the time or the person changes."""
        if not self.interpreting:
            return ""
        if self.interpreter is None:
            return "open"
        kept = self.before
        same = kept is not None and (kept.interpreter, kept.start) == (self.interpreter.id, self.draft.start)
        return "confirmed" if same and kept is not None and kept.interpreting == "confirmed" else "asked"

    def booking(self) -> Booking:
        """The appointment as it would be entered now."""
        draft, who = self.draft, self.interpreter
        seat = self.setup.seat(draft.seat)
        interpreter: UUID | None = who.id if who is not None else None
        return Booking(
            id=draft.id,
            start=draft.start,
            household=draft.household,
            name="" if draft.household else draft.typed.strip(),
            phone=draft.phone.strip(),
            kind=self.kind.id if self.kind else None,
            place=seat.place if seat else None,
            seat=draft.seat,
            room=draft.room,
            minutes=self.minutes,
            persons=draft.persons,
            language=self.language,
            interpreting=self.interpreting_code,
            dialect=draft.dialect,
            interpreter_sex=draft.sex,
            interpreter=interpreter if self.interpreting else None,
            words=draft.words,
            overbooked=draft.reason.strip(),
        )

    @property
    def title(self) -> str:
        """Who it is for, as it is told once it is entered."""
        if self.family is not None:
            return self.family.title
        return self.draft.typed.strip() or (self.kind.name if self.kind else "")
