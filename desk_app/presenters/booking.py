"""Making or changing an appointment: the name is enough, everything else has a default that can be seen and changed.

What is typed is looked at while it is typed: who may be meant, whether the time is free, who could interpret. Nothing
of that keeps anybody waiting, and what was typed and not entered is there again the next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from desk_app.casework import (
    appointment_series,
    appointment_setup,
    appointments,
    booking_drafts,
    deeds,
    interpreter_asking,
)
from desk_app.casework.appointments import AppointmentLine, Booking, SlotTaken
from desk_app.casework.desk import Work
from desk_app.domain.clock import Clock, local_day
from desk_app.domain.errors import WorldError
from desk_app.i18n import _
from desk_app.presenters.appointment_steps import left_out_words, refused
from desk_app.presenters.appointment_words import moment_words
from desk_app.presenters.booking_draft import Draft, FamilyFacts, Found, draft_of, family_facts, new_draft
from desk_app.presenters.booking_form import Form, Looked
from desk_app.presenters.booking_search import NameSearch
from desk_app.presenters.runner import Runner


class BookingView(Protocol):
    def show_form(self) -> None:
        """Something of the form changed: show it again."""
        ...

    def show_found(self, found: tuple[Found, ...], typed: str) -> None:
        """Families to choose from, and what was typed, which can be taken without a file."""
        ...

    def show_booked(self, words: str, deed: UUID | None, start: datetime, appointment: UUID) -> None: ...

    def show_booking_failed(self, message: str) -> None: ...


class BookingPresenter:
    """One form at a time. ``left`` is what was typed and not entered."""

    def __init__(self, view: BookingView, runner: Runner, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._clock = clock
        self.form = Form(new_draft(clock()))
        self.left: Draft | None = None
        self._changing: dict[UUID, tuple[Booking, Draft]] = {}
        """Changes that were begun and left, with the appointment as it stood then."""
        self._search = NameSearch(runner, self._found, self._failed)
        self._looking = self._look_again = self._go_on = False

    @property
    def draft(self) -> Draft:
        return self.form.draft

    @property
    def today(self) -> date:
        return local_day(self._clock())

    # --- beginning and leaving

    def begin(
        self,
        start: datetime,
        seat: UUID | None,
        minutes: int = 0,
        *,
        room: int | None = None,
        household: UUID | None = None,
    ) -> None:
        """A new appointment; what was left the last time goes on at this time, unless it was for another family.

        ``minutes`` is how long somebody drew it, ``room`` how much time there is.
        """
        left = self.left
        if left is not None and household in (None, left.household):
            draft, household = left.at(start, seat), left.household
        else:
            draft = new_draft(start, seat)
        draft = replace(draft, minutes=minutes or draft.minutes, household=household)
        self._start(Form(draft, looked=self.form.looked, room=room))

    def change(self, line: AppointmentLine) -> None:
        """An appointment that stands."""

        def arrived(booking: Booking) -> None:
            before, draft = self._changing.get(line.id, (booking, draft_of(booking, line.title)))
            draft = draft if before == booking else draft_of(booking, line.title)
            self._start(Form(draft, before=booking, looked=self.form.looked, series=line.series))

        self._runner.run(lambda work: appointments.booking_of(work, line.id), arrived, self._failed)

    def _start(self, form: Form) -> None:
        self.form, self._go_on = form, False
        self._search.know(form.draft.typed)
        if form.draft.household is not None:
            self._read_family(form.draft.household, named=True)
        self._changed()

    def leave(self) -> None:
        """Keep what was typed for the next time; of a new appointment also across the lock."""
        before = self.form.before
        if before is not None:
            if self.draft != draft_of(before, self.draft.typed):
                self._changing[before.id] = before, self.draft
        elif self.draft.says_something:
            self._keep_left(self.draft)

    def drop(self) -> None:
        """Forget what was typed; what was left for another family stays."""
        if self.form.before is None:
            self._keep_left(None, of=self.draft.id)
        else:
            self._changing.pop(self.form.before.id, None)

    def drop_left(self) -> None:
        """Forget what was typed before and left."""
        self._keep_left(None)

    def lost(self) -> str:
        """Which changes were begun and end with the program, for the lock screen and so without names."""
        return _lost_words([before.start for before, _draft in self._changing.values()], self.today)

    def _keep_left(self, draft: Draft | None, of: UUID | None = None) -> None:
        """``of``: only where what was left has this id."""
        if draft != self.left and (self.left is None or of in (None, self.left.id)):
            self.left = draft
            data = draft.to_json() if draft is not None else {}
            self._runner.run(lambda work: booking_drafts.keep(work, data), lambda _none: None, self._failed)

    # --- who it is for

    def type(self, words: str) -> None:
        """Look for who is meant by what stands in the field now."""
        if words != self.draft.typed:
            self._go_on = False
            self.form = replace(
                self.form, draft=replace(self.draft, typed=words, household=None, persons=()), family=None
            )
            self._view.show_form()
            self._search.type(words)

    def choose(self, household: UUID) -> None:
        """It is for this family."""
        self.form = replace(self.form, draft=replace(self.draft, household=household, persons=()), family=None)
        self._read_family(household, named=True)

    def unlink(self) -> None:
        """It is for whoever was typed, without a file."""
        self._search.know(self.draft.typed)
        self.form = replace(self.form, draft=replace(self.draft, household=None, persons=()), family=None)
        self._changed()

    @property
    def found(self) -> tuple[Found, ...]:
        """The families that may be meant by what is typed."""
        return self._search.found if self.draft.household is None else ()

    def _found(self, found: tuple[Found, ...]) -> None:
        exact = [each for each in found if each.exact]
        if self.draft.household is None and len(exact) == 1:
            self.form = replace(self.form, draft=replace(self.draft, household=exact[0].household))
            self._view.show_found((), self.draft.typed)
            self._read_family(exact[0].household, named=False)
        else:
            self._view.show_found(found, self.draft.typed.strip())
            self._go_on_now()

    def _read_family(self, household: UUID, *, named: bool) -> None:
        """``named``: the field shows what the family is called, rather than what was typed."""

        def arrived(facts: FamilyFacts) -> None:
            if self.draft.household != household:
                return
            draft = replace(self.draft, typed=facts.title) if named else self.draft
            self.form = replace(self.form, family=facts, draft=draft)
            self._search.know(draft.typed)
            self._changed()
            self._go_on_now()

        self._runner.run(lambda work: family_facts(work, household), arrived, self._failed)

    # --- everything else

    def set(self, **values: Any) -> None:
        """Something of the form was answered: fields of ``Draft`` by name."""
        draft = replace(self.draft, **values)
        if draft == self.draft:
            return
        elsewhere = (draft.start, draft.seat) != (self.draft.start, self.draft.seat)
        self.form = replace(self.form, draft=draft, room=None if elsewhere else self.form.room)
        self._changed()

    def follow(self, *, following: bool) -> None:
        """Change all that follow in the series as well, or this one alone."""
        self.form = replace(self.form, following=following)

    def _changed(self) -> None:
        self.form = replace(self.form, refusal=None)
        self._view.show_form()
        self._look()

    def _look(self) -> None:
        """Find out whether the time is free and who could interpret; while that is under way only the newest waits."""
        self._look_again = self._looking
        if self._looking:
            return
        self._looking = True
        booking, slot, day = self.form.booking(), self.form.slot, local_day(self.draft.start)

        def look(work: Work) -> Looked:
            people = interpreter_asking.candidates(work, slot) if slot is not None else ()
            clashes = appointments.check(work, booking) if booking.seat is not None else ()
            return Looked(appointment_setup.read(work), clashes, people, appointments.of_days(work, day, day))

        # the first look is at a form without a set-up: what it takes for usual may be otherwise then
        blank = not self.form.setup.places
        self._runner.run(look, lambda looked: self._saw(looked, again=blank), self._blind)

    def _saw(self, looked: Looked, *, again: bool) -> None:
        self._looking = False
        self.form = replace(self.form, looked=looked)
        self._view.show_form()
        if self._look_again or again:
            self._look()
        else:
            self._go_on_now()

    def _blind(self, error: WorldError) -> None:
        self._looking = self._go_on = False
        self._failed(error)

    # --- entering it

    def enter(self) -> None:
        """Enter it, once it is sure who is meant: where more than one may be, that is asked first."""
        typed = self.draft.typed.strip()
        reading = self.draft.household is not None and self.form.family is None
        if self._search.is_busy or self._looking or reading:
            self._go_on = True
        elif self.found:
            self._view.show_found(self.found, typed)
        elif not typed and not self.form.is_internal:
            self._view.show_booking_failed(_("Für wen ist der Termin? Ein Name genügt."))
        else:
            self._enter()

    def _go_on_now(self) -> None:
        if self._go_on:
            self._go_on = False
            self.enter()

    def _enter(self) -> None:
        form, booking = self.form, self.form.booking()

        def deed(work: Work) -> tuple[UUID, UUID | None, str]:
            if form.before is not None and form.following:
                found = appointment_series.change_following(work, booking)
                return found.made[0], found.deed, left_out_words(found)
            enter = appointments.change if form.before else appointments.book
            made: list[UUID] = []
            line = deeds.done_by(work, lambda work: made.append(enter(work, booking)))
            return made[0], line.way_back if line is not None else None, ""

        self._runner.run(deed, lambda done: self._entered(form, *done), self._refused)

    def _entered(self, form: Form, made: UUID, deed: UUID | None, left_out: str) -> None:
        if form.before is None:
            self._keep_left(None, of=form.draft.id)
        else:
            self._changing.pop(form.before.id, None)
        told = _entered_words(form, self.today, left_out)
        self.form = Form(new_draft(form.draft.start), looked=form.looked)  # nothing of it is left to keep
        self._view.show_booked(told, deed, form.draft.start, made)

    def _refused(self, error: WorldError) -> None:
        if isinstance(error, SlotTaken):
            self.form = replace(self.form, refusal=refused(error))
            self._view.show_form()
            self._look()
        else:
            self._failed(error)

    def _failed(self, error: WorldError) -> None:
        self._view.show_booking_failed(error.message)


def _entered_words(form: Form, today: date, left_out: str) -> str:
    """What was done; ``left_out`` are the days of a series that were left out."""
    seat = form.setup.seat(form.draft.seat)
    where = f", {seat.name}" if seat is not None else ""
    words = _("Geändert: {name}, {when}{where}") if form.before else _("Eingetragen: {name}, {when}{where}")
    told = words.format(name=form.title, when=moment_words(form.draft.start, today), where=where)
    return f"{told}. {left_out}" if left_out else told


def _lost_words(starts: Sequence[datetime], today: date) -> str:
    """Which changes end with the program; empty for none."""
    moments = sorted(moment_words(start, today) for start in starts)
    words = _("Nicht eingetragen und deshalb verloren: begonnene Änderungen an Terminen ({when}).")
    return words.format(when="; ".join(moments)) if moments else ""
