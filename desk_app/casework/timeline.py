"""What happened with a family, as one list of dated entries: from the audit, the requests, the ledger and the records.

It says what happened and to whom, and what notes say; the internal note of the intake it never repeats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy import String, bindparam, or_, select, type_coerce

from desk_app.casework import (
    households,
    merging,
    notes,
    placements,
    schools,
    timeline_offers,
    timeline_visits,
    transitions,
    users,
    wording,
)
from desk_app.casework.desk import Work
from desk_app.casework.happenings import Entry, Happening
from desk_app.casework.households import Turn
from desk_app.casework.notes import NoteLine, Version
from desk_app.casework.transitions import Overview, TransitionLine
from desk_app.domain.child import SEEN, is_protected, twin_number
from desk_app.domain.clock import berlin, local_day
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.records import FamilyFile, Record, RecordKind, RequestEvent
from desk_app.domain.schooling import OFFICE_TITLES, Office
from desk_app.i18n import N_, _
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import AuditEntry, FollowUp, Sending, SendingItem

__all__ = ["Entry", "Happening", "entries"]

_NOON = time(12)

_INTAKE = {
    "intake.started": N_("Aufnahme begonnen"),
    "intake.finished": N_("Aufnahme abgeschlossen"),
    "intake.reopened": N_("Aufnahme wieder geöffnet"),
}
_REQUEST = {
    placements.DRAFT: (Happening.BEGUN, N_("Schulplatzanfrage für {name} wieder unvollständig")),
    placements.COMPLETE: (Happening.COMPLETE, N_("Schulplatzanfrage für {name} vollständig")),
    placements.SENT: (Happening.SENT, N_("Schulplatzanfrage für {name} übermittelt")),
    placements.QUERY: (Happening.ANSWER, N_("Rückfrage zur Schulplatzanfrage für {name}")),
    placements.WAITING_LIST: (Happening.ANSWER, N_("Schulplatzanfrage für {name} auf der Warteliste")),
    placements.ASSIGNED: (Happening.PLACED, N_("Schulplatz für {name} zugewiesen")),
    placements.ADMITTED: (Happening.PLACED, N_("{name} ist in der Schule aufgenommen")),
    placements.DECLINED: (Happening.ANSWER, N_("Schulplatzanfrage für {name} abgelehnt")),
    placements.CLOSED: (Happening.RESTING, N_("Schulplatzanfrage für {name} abgeschlossen")),
    placements.WITHDRAWN: (Happening.RESTING, N_("Schulplatzanfrage für {name} ruht")),
    placements.MOVED_AWAY: (Happening.RESTING, N_("Schulplatzanfrage für {name} beendet: verzogen")),
}
_DECIDED = frozenset(
    {
        placements.SENT,
        placements.QUERY,
        placements.WAITING_LIST,
        placements.ASSIGNED,
        placements.ADMITTED,
        placements.DECLINED,
        placements.CLOSED,
    }
)
"""Steps that somebody took, rather than that they follow from the answers."""
_BEGUN = N_("Schulplatzanfrage für {name} begonnen")
_TURNS = {
    households.LEFT: N_("{words} wohnt jetzt bei einer anderen Familie"),
    households.CAME: N_("{words} wohnt jetzt hier"),
    households.MOVED_AWAY: N_("Familie verzogen"),
    households.CAME_BACK: N_("Familie ist wieder da"),
    households.CONFIRMED: N_("Telefon und Anschrift bestätigt"),
    households.DECEASED: N_("{words} ist verstorben"),
}
_FILES = {"xlsx": N_("Excel-Liste"), "pdf": N_("PDF")}

_OF_INTAKE: Final = Ready(
    select(AuditEntry.at, AuditEntry.by, AuditEntry.deed)
    .where(AuditEntry.subject == bindparam("household"), or_(*(AuditEntry.deed == deed for deed in _INTAKE)))
    .order_by(AuditEntry.sequence)
)
_ANSWERED: Final = Ready(
    select(
        type_coerce(AuditEntry.subject, String), AuditEntry.at, type_coerce(AuditEntry.by, String), AuditEntry.fields
    )
    .where(among_listed(AuditEntry.subject))
    .order_by(AuditEntry.sequence)
)
_SENT_FILES: Final = Ready(
    select(SendingItem.request_id, Sending.at, Sending.kind)
    .join(Sending, Sending.id == SendingItem.sending_id)
    .where(among_listed(SendingItem.request_id))
)
_WITHDRAWN: Final = Ready(
    select(FollowUp.removed_at, FollowUp.person_id, FollowUp.words, FollowUp.withdrawn).where(
        FollowUp.household_id == bindparam("household"), FollowUp.withdrawn.is_not(None),
        FollowUp.removed_at.is_not(None),
    )
)  # fmt: skip


def entries(work: Work, file: FamilyFile, advised: Overview | None = None) -> tuple[Entry, ...]:
    """Everything that happened with the family, the newest first; ``advised`` where that was read already."""
    household, session = file.household.id, work.session
    advised = advised or transitions.of_family(work, household)
    session.flush()
    teller = _Teller(
        file,
        _Known(users.names(work), schools.names(work), _sent_files(work, file), _answered(work, file)),
        _OF_INTAKE.rows(session, household=household),
        notes.of_family(work, household),
        households.turns(work, household),
        _WITHDRAWN.rows(session, household=household),
        advised.records,
        merging.told(work, household),
    )
    known = teller.known
    of_offers = timeline_offers.entries(work, file, known.staff)
    visits = timeline_visits.entries(work, file.household.id)
    told = sorted((*teller.all(), *of_offers, *visits), key=lambda entry: (entry.day, entry.at))
    # turned round rather than sorted downwards, so that of two entries of one moment the later comes first
    return tuple(told[::-1])


def _answered(work: Work, file: FamilyFile) -> dict[tuple[str, str], tuple[datetime, str]]:
    """When and by whom the answers of records that stand for their day were given last, if not by who added them."""
    told = (*_by_day(_consented(file), "given_on"), *_by_day(_consented(file), "withdrawn_on"),
            *_by_day(_seen(file), "seen_on"))  # fmt: skip
    about = listed({rows[0].id for _day, rows in told})
    answers = _ANSWERED.rows(work.session, among=about) if told else []
    return {(subject, key): (at, by) for subject, at, by, fields in answers for key in fields}


def _sent_files(work: Work, file: FamilyFile) -> dict[tuple[UUID, datetime], list[str]]:
    """The kinds of file that left for a request at one moment."""
    requests = [row.id for row in file.records.get(RecordKind.REQUEST, ())]
    found: dict[tuple[UUID, datetime], list[str]] = defaultdict(list)
    for request, at, kind in _SENT_FILES.rows(work.session, among=listed(requests)) if requests else ():
        found[request, at].append(kind)
    return found


def _consented(file: FamilyFile) -> list[Record]:
    """The consents that are not about one offer; those are told with it."""
    return [row for row in file.records.get(RecordKind.CONSENT, ()) if row.get("offer_id") is None]


def _seen(file: FamilyFile) -> list[Record]:
    return [row for row in file.records.get(RecordKind.DOCUMENT, ()) if row.text("state") in SEEN]


@dataclass(frozen=True)
class _Known:
    """Names of staff and, by their numbers, of schools; the kinds of file that left for a request at one moment; when
    and by whom an answer of a record was given, with keys as text.
    """

    staff: Mapping[UUID, str]
    schools: Mapping[str, str]
    sent_files: Mapping[tuple[UUID, datetime], list[str]]
    answered: Mapping[tuple[str, str], tuple[datetime, str]]


@dataclass(frozen=True)
class _Teller:
    """``intake`` are instant, author and deed of what was done about the intake as a whole; ``withdrawn`` is what was
    to be looked at again until its rule took it back: since when, about whom, its words and why.
    """

    file: FamilyFile
    known: _Known
    intake: Sequence[tuple[datetime, UUID, str]]
    written: Sequence[NoteLine]
    turned: Sequence[Turn]
    withdrawn: Sequence[tuple[datetime, UUID | None, str, str]]
    advised: Sequence[TransitionLine]
    merged: Sequence[merging.Told]

    def all(self) -> Iterator[Entry]:
        yield from self._intake()
        yield from self._requests()
        yield from self._consents()
        yield from self._moves()
        yield from self._papers()
        yield from self._referrals()
        yield from self._notes()
        yield from self._turns()
        yield from self._follow_ups()
        yield from self._transitions()
        yield from self._merges()

    def _intake(self) -> Iterator[Entry]:
        for at, by, deed in self.intake:
            yield self._timed(at, Happening.INTAKE, _(_INTAKE[deed]), "", by)

    def _requests(self) -> Iterator[Entry]:
        for child in self.file.children:
            request = self.file.request_of(child.id)
            if request is None:
                continue
            told = _worth_telling([event for event in self.file.events if event.request == request.id])
            for event in told:
                what, title = _REQUEST[event.state]
                if event is told[0] and what is Happening.BEGUN:
                    title = _BEGUN
                words = _(title).format(name=self._name(child.id))
                day = event.happened_on or local_day(event.at)
                timed = day == local_day(event.at)
                at = event.at if timed else datetime.combine(day, _NOON, berlin())
                by = self.known.staff.get(UUID(event.by), "")
                yield Entry(day, at, what, words, self._about(request, event), by, timed)

    def _about(self, request: Record, event: RequestEvent) -> str:
        """The number of the request with what was decided; for one that went out also to whom and as what."""
        number = request.text("number")
        if event.state != placements.SENT:
            school = self.known.schools.get(event.school, event.school)
            group = _("Klasse {name}").format(name=event.class_name) if event.class_name else ""
            start = _("Beginn {day}").format(day=show_day(event.starts_on)) if event.starts_on else ""
            return _joined(number, school, group, start, event.reason)
        office = _(OFFICE_TITLES[Office(event.details)]) if event.details else ""
        files = _and(
            _(_FILES[kind]) for kind in _FILES if kind in self.known.sent_files.get((request.id, event.at), ())
        )
        return _joined(number, _("an: {office}").format(office=office) if office else "", files)

    def _consents(self) -> Iterator[Entry]:
        rows = _consented(self.file)
        for (day, person), given in _by_day(rows, "given_on"):
            title = self._for(_("Einwilligung gegeben"), person)
            how = [wording.how_given(row) for row in given]
            same = how[0] if len(set(how)) == 1 else ""
            words = ": ".join(part for part in (_recipients(given), same) if part)
            yield self._of(given[0], day, Happening.CONSENT, title, words, "given_on")
        for (day, person), taken_back in _by_day(rows, "withdrawn_on"):
            title = self._for(_("Einwilligung widerrufen"), person)
            words = _recipients(taken_back)
            yield self._of(taken_back[0], day, Happening.CONSENT_WITHDRAWN, title, words, "withdrawn_on")

    def _moves(self) -> Iterator[Entry]:
        rows = (*self.file.history, *self.file.records.get(RecordKind.ADDRESS, ()))
        lived: dict[UUID | None, list[Record]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.created_at):
            if wording.full_address(row):
                lived[row.person].append(row)
        for person, places in lived.items():
            for row in places[1:]:
                kept_safe = _("Anschrift geschützt") if is_protected(row) else ""
                words = _joined(wording.full_address(row), kept_safe)
                day = row.day("valid_from") or local_day(row.created_at)
                yield self._of(row, day, Happening.MOVE, self._for(_("Umgezogen"), person), words)

    def _papers(self) -> Iterator[Entry]:
        for (day, person), seen in _by_day(_seen(self.file), "seen_on"):
            words = ", ".join(
                f"{wording.label('document_kinds', row.text('document'))} "
                f"({wording.label('document_states', row.text('state'))})"
                for row in seen
            )
            yield self._of(seen[0], day, Happening.PAPERS, self._for(_("Unterlagen gesehen"), person), words, "seen_on")

    def _referrals(self) -> Iterator[Entry]:
        """Those only named; those to an offer of the directory are told by ``timeline_offers``."""
        for row in self.file.records.get(RecordKind.REFERRAL, ()):
            day = row.day("referred_on")
            if day is not None and row.get("offer_id") is None:
                title = _("Verwiesen: {offer}").format(offer=row.text("offer") or _("Angebot"))
                words = _joined(self._name(row.person), wording.label("referral_outcomes", row.text("outcome")))
                yield self._of(row, day, Happening.REFERRAL, title, words)

    def _notes(self) -> Iterator[Entry]:
        for note in self.written:
            what = Happening.INTERNAL if note.kind == notes.INTERNAL else Happening.CONTACT
            title = self._for(_note_title(note.kind), note.person)
            words = "\n".join((note.words, *map(_former, note.former)))
            yield Entry(local_day(note.at), note.at, what, title, words, note.author, timed=True, note=note)

    def _turns(self) -> Iterator[Entry]:
        for turn in self.turned:
            where = turn.words if turn.kind == households.MOVED_AWAY else ""
            file = _("Akte {number}").format(number=turn.other_file) if turn.other_file else ""
            words = _joined(_("nach {town}").format(town=where) if where else "", file)
            title = _(_TURNS[turn.kind]).format(words=turn.words) if turn.kind in _TURNS else turn.kind
            timed = local_day(turn.made_at) == turn.day
            at = turn.made_at if timed else datetime.combine(turn.day, _NOON, berlin())
            yield Entry(turn.day, at, Happening.TURN, title, words, self.known.staff.get(turn.by, ""), timed)

    def _follow_ups(self) -> Iterator[Entry]:
        for at, person, what, why in self.withdrawn:
            title = self._for(_("Wiedervorlage zurückgezogen"), person)
            words = _("{what} – {why}").format(what=what.splitlines()[0], why=why)
            yield Entry(local_day(at), at, Happening.FOLLOW_UP, title, words, timed=True)

    def _transitions(self) -> Iterator[Entry]:
        for line in self.advised:
            talked, came = line.day("talked_on"), line.day("outcome_on")
            if talked is not None:
                form = wording.label("school_forms", line.text("recommended_form"))
                advice = _("Empfehlung: {form}").format(form=form) if form else ""
                words = _joined(wording.label("transition_kinds", line.text("kind")), advice)
                words = "\n".join(part for part in (words, line.text("recommendation")) if part)
                yield self._on(talked, Happening.TRANSITION, _("Schullaufbahnberatung"), words, line.child)
            if came is not None and line.text("outcome"):
                school = self.known.schools.get(line.text("outcome_school"), line.text("outcome_school"))
                words = _joined(wording.label("transition_outcomes", line.text("outcome")), school)
                yield self._on(came, Happening.TRANSITION, _("Übergang"), words, line.child)

    def _merges(self) -> Iterator[Entry]:
        for merge in self.merged:
            undone = merge.undone_at
            words = _("zurückgenommen am {day}").format(day=show_day(local_day(undone))) if undone else ""
            yield self._timed(merge.at, Happening.TURN, merge.words, words, merge.by)

    def _on(self, day: date, what: Happening, title: str, words: str, person: UUID) -> Entry:
        return Entry(day, datetime.combine(day, _NOON, berlin()), what, self._for(title, person), words)

    def _name(self, person: UUID | None) -> str:
        return self._names.get(person, "")

    @cached_property
    def _names(self) -> dict[UUID | None, str]:
        names: dict[UUID | None, str] = {}
        for person in self.file.persons:
            name = person.text("given_name") or person.text("family_name") or _("ein Kind")
            number = twin_number(self.file, person)
            names[person.id] = _("{name} ({n})").format(name=name, n=number) if number else name
        return names

    def _for(self, title: str, person: UUID | None) -> str:
        name = self._name(person)
        return f"{title}: {name}" if name else title

    def _timed(self, at: datetime, what: Happening, title: str, words: str, by: UUID) -> Entry:
        return Entry(local_day(at), at, what, title, words, self.known.staff.get(by, ""), timed=True)

    def _of(self, row: Record, day: date, what: Happening, title: str, words: str, key: str = "") -> Entry:
        """An entry about a record, by who gave the answer ``key`` last, else by who added the record."""
        at, by = self.known.answered.get((row.id.hex, key)) or (row.created_at, row.created_by)
        timed = local_day(at) == day
        moment = at if timed else datetime.combine(day, _NOON, berlin())
        return Entry(day, moment, what, title, words, self.known.staff.get(UUID(by), ""), timed)


def _note_title(kind: str) -> str:
    label = wording.label("note_kinds", kind)
    return _("Interne Notiz") if kind == notes.INTERNAL else label or _("Notiz")


def _former(version: Version) -> str:
    """ "Vorher (Carla Brandt, 26.11.2026): …"."""
    day = show_day(local_day(version.written_at))
    return _("Vorher ({who}, {day}): {words}").format(who=version.author, day=day, words=version.words)


def _worth_telling(events: Sequence[RequestEvent]) -> list[RequestEvent]:
    """The first step, each that somebody took, and of those that only follow from answers the last one of each day."""
    told: list[RequestEvent] = []
    for event, following in zip(events, [*events[1:], None], strict=True):
        settles = following is None or following.state in _DECIDED or local_day(following.at) != local_day(event.at)
        if not told or event.state in _DECIDED or (settles and event.state != told[-1].state):
            told.append(event)
    return told


def _by_day(rows: Iterable[Record], key: str) -> Iterable[tuple[tuple[date, UUID | None], list[Record]]]:
    """The records by the day of one of their answers and by whom they are about."""
    found: dict[tuple[date, UUID | None], list[Record]] = defaultdict(list)
    for row in rows:
        day = row.day(key)
        if day is not None:
            found[day, row.person].append(row)
    return found.items()


def _recipients(rows: Iterable[Record]) -> str:
    """Their names in the order of the list they are chosen from."""
    chosen = {row.text("recipient") for row in rows}
    return ", ".join(code.label for code in code_list("consent_recipients").entries if code.key in chosen)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _and(words: Iterable[str]) -> str:
    return _(" und ").join(words)
