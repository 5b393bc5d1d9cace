"""Turns in the life of a family: moved away and back, a child changing the household, a death, facts confirmed.

Each is one deed that can be taken back, and stands in the course of every family it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy import bindparam, select

from desk_app.casework import centre, deeds, families, follow_ups, placements
from desk_app.casework.desk import Work
from desk_app.domain.clock import local_day
from desk_app.domain.dates import DateSpan, add_months
from desk_app.domain.errors import RecordGone
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _
from desk_app.storage.many_rows import among_listed, listed
from desk_app.storage.ready import Ready
from desk_app.storage.tables import AuditEntry, Deed, DeedRow, FamilyEvent, Household, Language, Person

LEFT, CAME, MOVED_AWAY, CAME_BACK, CONFIRMED, DECEASED = (
    "child_left", "child_came", "moved_away", "came_back", "confirmed", "deceased"
)  # fmt: skip
"""Kinds of turns."""

_CONFIRMED_FIELDS: Final = frozenset(
    {"phone", "email", "contact_phone", "street", "house_number", "postal_code", "city", "own_phone"}
)

_ANSWERED: Final = Ready(
    select(AuditEntry.subject, AuditEntry.at, AuditEntry.fields)
    .where(among_listed(AuditEntry.subject))
    .where(AuditEntry.deed != deeds.PUT_BACK, AuditEntry.deed != "family.opened")
)
_TAKEN_BACK: Final = Ready(
    select(DeedRow.row_id, Deed.at)
    .join(Deed, Deed.id == DeedRow.deed_id)
    .where(Deed.undone_by.is_not(None), among_listed(DeedRow.row_id))
)
_SAID_TO_HOLD: Final = Ready(
    select(FamilyEvent.happened_on).where(
        FamilyEvent.household_id == bindparam("household"), FamilyEvent.kind == CONFIRMED,
        FamilyEvent.removed_at.is_(None),
    )
)  # fmt: skip
_TURNS: Final = Ready(
    select(
        FamilyEvent.kind, FamilyEvent.happened_on, FamilyEvent.words, FamilyEvent.created_by, FamilyEvent.created_at,
        Household.file_number,
    )
    .outerjoin(Household, Household.id == FamilyEvent.other_household)
    .where(FamilyEvent.household_id == bindparam("household"), FamilyEvent.removed_at.is_(None))
    .order_by(FamilyEvent.created_at)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as the course tells it. ``words`` are a town or the name of somebody."""

    kind: str
    day: date
    words: str
    by: UUID
    made_at: datetime
    other_file: str = ""


def move_away(work: Work, household: UUID, on: date, to: str = "") -> UUID:
    """The family lives elsewhere since ``on``: requests end as "verzogen", the file leaves the open lists.

    What was to look at again counts as done; the day to check deletion is set. The id of the deed, to be taken back.
    """
    row = _household(work, household)
    words = _("Verzogen nach {town}").format(town=to) if to else _("Verzogen")
    with deeds.recorded(work, "family.moved_away", words, household) as deed:
        row.moved_away_on, row.moved_away_to = on, to or None
        row.intake_open = False
        row.delete_on = centre.deletion_day(work)
        work.touch(row)
        work.session.flush()
        fields = ["moved_away_on", "moved_away_to", "intake_open", "delete_on"]
        work.note("family.moved_away", RecordKind.HOUSEHOLD, household, fields)
        tell(work, household, MOVED_AWAY, on, to)
        waiting = [line.id for line in follow_ups.of_family(work, household)]
        if waiting:
            follow_ups.set_done(work, waiting)
        placements.settle(work, families.load(work, household))
    return deed.id


def come_back(work: Work, household: UUID, on: date) -> UUID:
    """The family is here again: its requests go on where they ended, and nothing is deleted. The id of the deed."""
    row = _household(work, household)
    with deeds.recorded(work, "family.came_back", _("Wieder da"), household) as deed:
        row.moved_away_on, row.moved_away_to, row.delete_on = None, None, None
        work.touch(row)
        work.session.flush()
        work.note("family.came_back", RecordKind.HOUSEHOLD, household, ["moved_away_on", "moved_away_to", "delete_on"])
        tell(work, household, CAME_BACK, on)
        placements.settle(work, families.load(work, household))
    return deed.id


def set_deceased(work: Work, person: UUID, *, deceased: bool, on: DateSpan | None = None) -> UUID:
    """Note that somebody died, and when as far as it is known, or that this was a mistake. The id of the deed."""
    row = work.session.get(Person, person)
    if row is None or row.removed_at is not None:
        raise RecordGone
    name = row.given_name or row.family_name or ""
    words = _("Verstorben: {name}") if deceased else _("Nicht verstorben: {name}")
    with deeds.recorded(work, "person.deceased", words.format(name=name), row.household_id) as deed:
        row.deceased, row.deceased_on = deceased or None, on if deceased else None
        work.touch(row)
        work.session.flush()
        work.note("person.deceased", RecordKind.PERSON, person, ["deceased", "deceased_on"])
        _tell_once(work, row, deceased=deceased, name=name)
        placements.settle(work, families.load(work, row.household_id))
    return deed.id


def confirm(work: Work, household: UUID) -> UUID:
    """Phone and address still hold today, as the family says. The id of the deed."""
    _household(work, household)
    with deeds.recorded(work, "family.confirmed", _("Stammdaten bestätigt"), household) as deed:
        tell(work, household, CONFIRMED, work.today)
        work.note("family.confirmed", RecordKind.HOUSEHOLD, household)
    return deed.id


def confirmed_on(work: Work, file: FamilyFile) -> date:
    """The day phone and address were last confirmed, answered anew or, failing that, first taken down.

    An answer that was taken back with its deed counts no more.
    """
    household, session = file.household, work.session
    about = listed(
        [household.id, *(row.id for row in file.records.get(RecordKind.ADDRESS, ())), *(p.id for p in file.adults)]
    )
    session.flush()
    taken_back = set(_TAKEN_BACK.rows(session, among=about))
    answered = [
        local_day(at)
        for subject, at, fields in _ANSWERED.rows(session, among=about)
        if not _CONFIRMED_FIELDS.isdisjoint(fields) and (subject, at) not in taken_back
    ]
    confirmed = [day for (day,) in _SAID_TO_HOLD.rows(session, household=household.id)]
    days: list[date] = [local_day(household.created_at), *confirmed, *answered]
    return max(days)


def to_confirm(work: Work, file: FamilyFile) -> date | None:
    """The day of the last confirmation where it lies longer ago than the centre allows; else ``None``."""
    months = centre.load(work).confirm_after_months
    if not months or file.household.day("moved_away_on") is not None:
        return None
    last = confirmed_on(work, file)
    return last if add_months(last, months) < work.today else None


def set_talk(work: Work, adult: UUID, by_phone: Iterable[str], reads: Iterable[str], script: str | None) -> None:
    """In which languages one can phone somebody, which they read, and in which script. Raises ``RecordGone``."""
    row = work.session.get(Person, adult)
    if row is None or row.removed_at is not None:
        raise RecordGone
    phoned, read = set(by_phone), set(reads)
    query = select(Language).where(Language.person_id == adult, Language.removed_at.is_(None))
    known = {language.language: language for language in work.session.scalars(query)}
    for code in sorted(phoned | read | {key for key in known if key}):
        language = known.get(code) or _add_language(work, row, code)
        flags = (code in phoned or None, code in read or None)
        if (language.by_phone, language.reads) != flags or language.removed_at is not None:
            language.by_phone, language.reads = flags
            language.removed_at = None
            work.touch(language)
            work.session.flush()
            work.note("intake.changed", RecordKind.LANGUAGE, language.id, ["by_phone", "reads"])
    if (row.script or None) != (script or None):
        row.script = script or None
        work.touch(row)
        work.session.flush()
        work.note("intake.changed", RecordKind.PERSON, adult, ["script"])


def turns(work: Work, household: UUID) -> tuple[Turn, ...]:
    """The turns of a family in the order they were written down."""
    work.session.flush()
    return tuple(
        Turn(kind, day, words or "", by, at, number or "")
        for kind, day, words, by, at, number in _TURNS.rows(work.session, household=household)
    )


def tell(work: Work, household: UUID, kind: str, on: date, words: str = "", other: UUID | None = None) -> None:
    """Write a turn into the course of a family; ``words`` are a town or the name of somebody."""
    id_ = uuid4()
    row = FamilyEvent(
        id=id_, household_id=household, kind=kind, happened_on=on, words=words or None, other_household=other,
        **work.made,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.note("turn.told", RecordKind.TURN, id_, ["happened_on"])


def _tell_once(work: Work, person: Person, *, deceased: bool, name: str) -> None:
    id_ = uuid5(person.id, DECEASED)
    turn = work.session.get(FamilyEvent, id_)
    if turn is None and deceased:
        turn = FamilyEvent(
            id=id_, household_id=person.household_id, kind=DECEASED, happened_on=work.today, words=name, **work.made
        )
        work.session.add(turn)
    elif turn is not None:
        turn.removed_at = None if deceased else work.now
        work.touch(turn)
    if turn is not None:
        span = person.deceased_on
        day = span.earliest if span is not None and span.earliest == span.latest else None
        turn.happened_on = day or work.today
        work.session.flush()
        work.note("turn.told", RecordKind.TURN, id_, ["happened_on"])


def _add_language(work: Work, adult: Person, code: str) -> Language:
    id_ = uuid5(adult.id, f"talk/{code}")
    found = work.session.get(Language, id_)
    if found is not None:
        return found
    row = Language(id=id_, household_id=adult.household_id, person_id=adult.id, language=code, **work.made)
    work.session.add(row)
    work.session.flush()
    work.note("intake.added", RecordKind.LANGUAGE, id_, ["language"])
    return row


def _household(work: Work, household: UUID) -> Household:
    row = work.session.get(Household, household)
    if row is None or row.removed_at is not None:
        raise RecordGone
    return row
