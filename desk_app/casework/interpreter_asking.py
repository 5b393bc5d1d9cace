"""Finding somebody who interprets an appointment: who could, whom we asked, who said yes, and who comes next if not.

An appointment is "open" until somebody is asked and "asked" until they said yes. Everybody who speaks the language is
shown with what speaks for and against them; nobody is left out without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from desk_app.casework import appointment_setup, deeds, interpreters
from desk_app.casework.appointment_clashes import Slot as Taking
from desk_app.casework.appointment_clashes import SlotTaken, clashes
from desk_app.casework.appointment_rows import get, moment, note
from desk_app.casework.desk import Work
from desk_app.casework.interpreters import Interpreter, Load
from desk_app.casework.wording import label
from desk_app.domain.clock import local_day, show_time
from desk_app.domain.errors import RecordGone
from desk_app.domain.holidays import nrw
from desk_app.domain.opening_hours import rule_spans
from desk_app.domain.slots import Span, covered
from desk_app.domain.visit_states import DONE, FREES, OPEN
from desk_app.i18n import _, ngettext
from desk_app.storage.many_rows import among
from desk_app.storage.tables import Appointment, BusyTime, Deed, DeedRow

NEEDED, ASKED, CONFIRMED = "open", "asked", "confirmed"
_DECLINED: Final = "interpreter.declined"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is to be interpreted. ``aside`` is the appointment itself, which is in nobody's way."""

    start: datetime
    end: datetime
    language: str
    dialect: str = ""
    sex: str = ""
    household: UUID | None = None
    aside: UUID | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who speaks the language. ``fits`` unless something in ``against`` stands in the way.

    ``barred`` ones cannot even be asked as an exception: they are elsewhere, or must not.
    """

    id: UUID
    name: str
    phone: str
    fits: bool
    pro: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    barred: bool = False


def candidates(work: Work, slot: Slot) -> tuple[Candidate, ...]:
    """Everybody who speaks the language, the best first: who can, the dialect, who knows the family, fewest minutes."""
    people = interpreters.speaking(work, slot.language)
    known = _Known(work, slot, [person.id for person in people])
    rated = [(known.against(person), person) for person in people]
    rated.sort(key=lambda pair: (bool(pair[0]), *known.order(pair[1])))
    return tuple(
        Candidate(
            person.id, person.name, person.phone, not against, known.pro(person), against, bool(known.bars(person))
        )
        for against, person in rated
    )


def candidates_for(work: Work, appointment: UUID) -> tuple[Candidate, ...]:
    """Who could interpret an appointment. Raises ``RecordGone``."""
    return candidates(work, _slot(get(work, appointment)))


def ask(work: Work, appointment: UUID, interpreter: UUID) -> None:
    """Set down that somebody was asked: the time is theirs from now on, so that nobody books them twice.

    Raises ``SlotTaken`` where they must not or cannot, ``RecordGone`` where they or the appointment are gone.
    """
    row, name = get(work, appointment), interpreters.get(work, interpreter).name
    words = _("Zum Dolmetschen am {when} angefragt: {name}")
    with deeds.recorded(work, "interpreter.asked", *_about(row, words, name)):
        _set(work, row, interpreter, ASKED)
        note(work, "interpreter.asked", row, ["interpreter_id", "interpreting"])


def confirm(work: Work, appointment: UUID, interpreter: UUID | None = None) -> None:
    """Set down that somebody said yes: the one who was asked, or ``interpreter`` where nobody was."""
    row = get(work, appointment)
    who = interpreter or row.interpreter_id
    if who is None:
        raise RecordGone
    words = _("Dolmetschen am {when} zugesagt: {name}")
    name = interpreters.get(work, who).name
    with deeds.recorded(work, "interpreter.confirmed", *_about(row, words, name)):
        _set(work, row, who, CONFIRMED)
        note(work, "interpreter.confirmed", row, ["interpreter_id", "interpreting"])


def decline(work: Work, appointment: UUID) -> tuple[Candidate, ...]:
    """Set down that whoever was asked cannot come: it is open again. Who comes next, the best first."""
    row = get(work, appointment)
    who = row.interpreter_id
    if who is None:
        raise RecordGone
    words = _("Dolmetschen am {when} abgesagt: {name}")
    name = interpreters.get(work, who).name
    with deeds.recorded(work, _DECLINED, *_about(row, words, name)):
        _set(work, row, None, NEEDED)
        note(work, _DECLINED, row, ["interpreter_id", "interpreting"])
    return candidates_for(work, appointment)


def declined(work: Work, appointments_: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who said no to which appointment: the deeds that say so and stand."""
    query = (
        select(DeedRow.row_id, DeedRow.before)
        .join(Deed, Deed.id == DeedRow.deed_id)
        .where(Deed.kind == _DECLINED, Deed.undone_by.is_(None), among(DeedRow.row_id, appointments_))
    )
    found: dict[UUID, set[UUID]] = {}
    for row, before in work.session.execute(query):
        if before and before.get("interpreter_id"):
            found.setdefault(row, set()).add(UUID(str(before["interpreter_id"])))
    return {id_: frozenset(people) for id_, people in found.items()}


class _Known:
    """What is known of some people around one slot."""

    def __init__(self, work: Work, slot: Slot, people: list[UUID]) -> None:
        self._slot = slot
        self._loads = interpreters.loads_of(work, local_day(slot.start))
        self._blocks = interpreters.blocks_of(work, people) if slot.household else {}
        self._busy = _busy(work, slot, people)
        self._away = _away(work, slot, people)
        self._been = _been(work, slot.household)
        self._said_no = declined(work, [slot.aside]).get(slot.aside, frozenset()) if slot.aside else frozenset()

    def order(self, person: Interpreter) -> tuple[bool, int, float, str]:
        return (not self._has_dialect(person), -self._been[person.id], self._share(person), person.name)

    def pro(self, person: Interpreter) -> tuple[str, ...]:
        """What speaks for somebody, or is good to know."""
        found = []
        spoken = [each.dialect for each in person.languages if each.language == self._slot.language and each.dialect]
        found.append(", ".join(filter(None, (label("languages", self._slot.language), *spoken))))
        if times := self._been[person.id]:
            found.append(
                ngettext("war schon einmal bei dieser Familie", "war schon {n}-mal bei dieser Familie", times).format(
                    n=times
                )
            )
        if not person.times:
            found.append(_("kommt nach Absprache"))
        if person.minutes_per_month:
            left = person.minutes_per_month - self._load(person).booked
            found.append(
                _("noch {left} von {agreed} Minuten in diesem Monat").format(left=left, agreed=person.minutes_per_month)
                if left > 0
                else _("die vereinbarten {agreed} Minuten sind ausgeschöpft").format(agreed=person.minutes_per_month)
            )
        return tuple(found)

    def against(self, person: Interpreter) -> tuple[str, ...]:
        """What stands in the way of somebody."""
        found = list(self.bars(person))
        if self._slot.sex and person.sex != self._slot.sex:
            found.append(_("gewünscht ist: {sex}").format(sex=label("sex", self._slot.sex)))
        if person.times and not self._is_there(person):
            found.append(_("ist zu dieser Zeit sonst nicht da"))
        if person.id in self._said_no:
            found.append(_("hat für diesen Termin abgesagt"))
        return tuple(found)

    def bars(self, person: Interpreter) -> tuple[str, ...]:
        """What of it no asking can change."""
        found = []
        barred = next((one for one in self._blocks.get(person.id, ()) if one.household == self._slot.household), None)
        if barred is not None:
            why = _("soll für diese Familie nicht dolmetschen")
            found.append(f"{why}: {barred.words}" if barred.words else why)
        taken = _("dolmetscht schon von {begin} bis {end} Uhr")
        found += [taken.format(**_clock(span)) for span in self._busy.get(person.id, ())]
        away = _("laut eigenem Kalender belegt von {begin} bis {end} Uhr")
        found += [away.format(**_clock(span)) for span in self._away.get(person.id, ())]
        return tuple(found)

    def _is_there(self, person: Interpreter) -> bool:
        on = sorted({local_day(self._slot.start), local_day(self._slot.end)})
        return covered(self._slot.span, rule_spans(person.times, on, nrw()))

    def _has_dialect(self, person: Interpreter) -> bool:
        wanted = self._slot.dialect.strip().casefold()
        return not wanted or any(
            each.language == self._slot.language and each.dialect.strip().casefold() == wanted
            for each in person.languages
        )

    def _load(self, person: Interpreter) -> Load:
        return self._loads.get(person.id, Load())

    def _share(self, person: Interpreter) -> float:
        """How much of what was agreed is booked; without an agreement minutes count for themselves, as of 1,000."""
        return self._load(person).booked / (person.minutes_per_month or 1000)


def _busy(work: Work, slot: Slot, people: Iterable[UUID]) -> Mapping[UUID, list[Span]]:
    query = select(Appointment.id, Appointment.interpreter_id, Appointment.starts_at, Appointment.ends_at).where(
        among(Appointment.interpreter_id, people), Appointment.removed_at.is_(None), Appointment.state.not_in(FREES),
        Appointment.starts_at < slot.end, Appointment.ends_at > slot.start,
    )  # fmt: skip
    found: dict[UUID, list[Span]] = {}
    for id_, who, start, end in work.session.execute(query.order_by(Appointment.starts_at)):
        if id_ != slot.aside and who is not None:
            found.setdefault(who, []).append(Span(start, end))
    return found


def _away(work: Work, slot: Slot, people: Iterable[UUID]) -> Mapping[UUID, list[Span]]:
    query = select(BusyTime.interpreter_id, BusyTime.starts_at, BusyTime.ends_at).where(
        among(BusyTime.interpreter_id, people), BusyTime.removed_at.is_(None),
        BusyTime.starts_at < slot.end, BusyTime.ends_at > slot.start,
    )  # fmt: skip
    found: dict[UUID, list[Span]] = {}
    for who, start, end in work.session.execute(query.order_by(BusyTime.starts_at)):
        if who is not None:
            found.setdefault(who, []).append(Span(start, end))
    return found


def _been(work: Work, household: UUID | None) -> Counter[UUID]:
    """How often somebody was with a family."""
    if household is None:
        return Counter()
    query = select(Appointment.interpreter_id).where(
        Appointment.household_id == household, Appointment.state == DONE, Appointment.removed_at.is_(None)
    )
    return Counter(who for who in work.session.scalars(query) if who is not None)


def _clock(span: Span) -> dict[str, str]:
    return {"begin": show_time(span.start), "end": show_time(span.end)}


def _slot(row: Appointment) -> Slot:
    return Slot(row.starts_at, row.ends_at, row.language or "", row.dialect or "", row.interpreter_sex or "",
                row.household_id, row.id)  # fmt: skip


def _about(row: Appointment, words: str, name: str) -> tuple[str, UUID | None]:
    return words.format(when=moment(row.starts_at), name=name or _("jemand ohne Namen")), row.household_id


def _set(work: Work, row: Appointment, interpreter: UUID | None, how: str) -> None:
    """Somebody new must be free; desk and hours stay as they are and are not asked about."""
    if row.state not in OPEN:
        raise RecordGone
    if interpreter is not None and interpreter != row.interpreter_id:
        wanted = Taking(
            start=row.starts_at, end=row.ends_at, busy_from=row.starts_at, busy_until=row.ends_at, place=None,
            seat=None, room=None, interpreter=interpreter, household=row.household_id, internal=False,
        )  # fmt: skip
        if found := clashes(work, appointment_setup.read(work), wanted, [row.id]):
            raise SlotTaken(clashes=found)
    if row.interpreter_id != interpreter:
        row.sequence += 1
    row.interpreter_id, row.interpreting = interpreter, how
    work.touch(row)
    work.session.flush()
