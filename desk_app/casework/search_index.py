"""Keeping up the keys under which families are found: in the same transaction as what they are worked out from.

No deed has to think of it: the mapped classes note which families were touched, and the desk works out their keys
before the transaction ends. Rows written otherwise (from the journal, by an older version) are caught up with at
opening, see ``catch_up``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, event, func, insert, inspect, select, update
from sqlalchemy.orm import Session, object_session

from desk_app.casework import family_stale, placement_stale, search_card, search_memory
from desk_app.casework.search_card import Card, Kind
from desk_app.domain.dates import DateSpan
from desk_app.domain.name_keys import RULES
from desk_app.domain.name_vocabulary import sounds_of
from desk_app.storage.tables import (
    Address,
    Household,
    Person,
    PersonName,
    PlacementRequest,
    SchoolWish,
    SearchChange,
    SearchEntry,
    SearchPair,
    SearchSubject,
    SearchWord,
    SetApart,
)

A_FEW: Final = 200
"""The keys of so many families are worked out in less than half a second."""
_BATCH: Final = 200
_SUBJECTS: Final[Any] = SearchSubject.__table__
_STALE: Final = "families whose search keys are out of date"
_WATCHED: Final[dict[type[Any], tuple[str, ...]]] = {
    Household: ("family_name", "phone", "contact_phone", "file_number", "removed_at"),
    Person: ("given_name", "family_name", "birth_name", "all_given_names", "name_native_script", "birth_date", "sex",
             "own_phone", "role", "household_id", "removed_at"),
    PersonName: ("name", "removed_at"),
    Address: ("street", "house_number", "postal_code", "housing_type", "protection", "valid_to", "removed_at"),
    SetApart: ("phone", "removed_at"),
    PlacementRequest: ("number", "removed_at"),
    SchoolWish: ("school", "removed_at"),
}  # fmt: skip


def settle(session: Session) -> None:
    """Work out the keys of the families touched in this transaction; call right before it ends."""
    session.flush()
    stale = session.info.pop(_STALE, None)
    if stale:
        _renew(session, sorted(stale))


def catch_up(session: Session, most: int | None = None) -> int:
    """Work out the keys of families that have none or whose keys were made by other rules, at most ``most``.

    How many there were; with fewer than ``most`` all of them are up to date.
    """
    other_rules = select(SearchSubject.id).where(SearchSubject.rules.not_in((0, RULES))).limit(1)
    if session.scalar(other_rules) is not None:
        for table in (SearchEntry, SearchSubject, SearchWord, SearchPair, SearchChange):
            session.execute(delete(table))
        search_memory.forget_all(session)
    # no correlated subqueries: they would go through all subjects for each family
    there = select(Household.id).where(Household.removed_at.is_(None))
    families = select(SearchSubject.household_id).where(SearchSubject.person_id.is_(None))
    gone = families.where(SearchSubject.household_id.not_in(there))
    missing = there.where(Household.id.not_in(families.where(SearchSubject.rules == RULES)))
    households = sorted({*session.scalars(missing.limit(most)), *session.scalars(gone.limit(most))})
    for first in range(0, len(households), _BATCH):
        _renew(session, households[first : first + _BATCH])
    return len(households)


def outdate(session: Session, households: Sequence[UUID]) -> None:
    """Have the keys of families worked out anew whose rows were written past the mapped classes.

    Of a few that is done before this transaction ends; many are left to ``catch_up``, which does it piece by piece.
    """
    placement_stale.outdate(session, households)
    family_stale.outdate(session, households)
    family_stale.place(session, households)
    if len(households) <= A_FEW:
        session.info.setdefault(_STALE, set()).update(households)
        return
    for first in range(0, len(households), _BATCH):
        batch = households[first : first + _BATCH]
        session.execute(update(_SUBJECTS).where(_SUBJECTS.c.household_id.in_(batch)).values(rules=0))


def _watch(table: type[Any], columns: tuple[str, ...]) -> None:
    def note(_mapper: object, _connection: object, row: Any) -> None:
        state = inspect(row)
        changed = [state.attrs[column].history for column in columns]
        if not state.persistent or any(history.has_changes() for history in changed):
            note_gone(_mapper, _connection, row)
            if table is not Household:
                _stale(row).update(state.attrs.household_id.history.deleted)

    def note_gone(_mapper: object, _connection: object, row: Any) -> None:
        _stale(row).add(row.id if table is Household else row.household_id)

    event.listen(table, "before_insert", note)
    event.listen(table, "before_update", note)
    event.listen(table, "before_delete", note_gone)


def _stale(row: Any) -> set[UUID]:
    """The families that the transaction of ``row`` touched so far."""
    session = object_session(row)
    assert session is not None
    stale: set[UUID] = session.info.setdefault(_STALE, set())
    return stale


for _table, _columns in _WATCHED.items():
    _watch(_table, _columns)


def _renew(session: Session, households: Sequence[UUID]) -> None:
    """Bring subjects and entries of some families to what follows from the other tables now."""
    cards = read_cards(session, households)
    subjects = _SUBJECTS.c
    columns = (subjects.id, subjects.household_id, subjects.person_id, subjects.card, subjects.rules)
    rows = session.execute(select(*columns).where(subjects.household_id.in_(households))).all()
    kept = {(row.household_id, row.person_id): (row.id, row.card) for row in rows}
    change = _Change()
    for whose, (subject, card) in kept.items():
        if cards.get(whose) != card:
            change.old.update(_entries(card, subject))
            change.subjects.append(subject)
        if whose not in cards:
            change.gone.append(subject)
    next_id = (session.scalar(select(func.max(SearchSubject.id))) or 0) + 1
    for whose, card in cards.items():
        subject, before = kept.get(whose, (next_id + len(change.added), None))
        if before is None:
            row = {"id": subject, "household_id": whose[0], "person_id": whose[1], "rules": RULES, "card": card}
            change.added.append(row)
            change.subjects.append(subject)
        elif before != card:
            session.execute(update(_SUBJECTS).where(subjects.id == subject).values(card=card))
        if before != card:
            change.new.update(_entries(card, subject))
    if any(row.rules != RULES for row in rows):
        session.execute(update(_SUBJECTS).where(subjects.household_id.in_(households)).values(rules=RULES))
    _write(session, change)


_Key = tuple[str, str, int]


@dataclass(slots=True)
class _Change:
    """What becomes of the subjects of some families. ``old`` and ``new`` are entries with what stands beside them."""

    added: list[dict[str, Any]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    old: dict[_Key, str] = field(default_factory=dict)
    new: dict[_Key, str] = field(default_factory=dict)


def _entries(card: Card, subject: int) -> Iterator[tuple[_Key, str]]:
    return (((entry.kind, entry.key, subject), entry.beside) for entry in search_card.entries(card))


def _write(session: Session, change: _Change) -> None:
    dropped = sorted(change.old.keys() - change.new.keys())
    added = sorted(key for key, beside in change.new.items() if change.old.get(key) != beside)
    search_memory.renewed(session, (*change.subjects, *change.gone))
    if change.gone:
        session.execute(delete(_SUBJECTS).where(_SUBJECTS.c.id.in_(change.gone)))
    if change.added:
        session.execute(insert(_SUBJECTS), change.added)
    connection = session.connection()
    if dropped:
        connection.exec_driver_sql(_DROP_ENTRY, dropped)
    if added:
        connection.exec_driver_sql(_PUT_ENTRY, [(*key, change.new[key]) for key in added])
    if change.subjects:
        connection.exec_driver_sql(_NOTE_CHANGE, [(subject,) for subject in change.subjects])
    names = [key for _kind, key, _subject in dropped if _kind == Kind.NAME]
    _keep_words(session, {key for kind, key, _subject in added if kind == Kind.NAME}, sorted(set(names)))
    memory = search_memory.known(session)
    if memory is not None:
        memory.forget(dropped)
        memory.learn(key for key in added if key not in change.old)


_PUT_ENTRY: Final = "INSERT OR REPLACE INTO search_entry (kind, key, subject, beside) VALUES (?, ?, ?, ?)"
_DROP_ENTRY: Final = "DELETE FROM search_entry WHERE kind = ? AND key = ? AND subject = ?"
_PUT_WORD: Final = "INSERT OR IGNORE INTO search_word (word, sounds) VALUES (?, ?)"
_NOTE_CHANGE: Final = "INSERT OR IGNORE INTO search_change (subject) VALUES (?)"


def _keep_words(session: Session, new: set[str], dropped: Sequence[str]) -> None:
    """Keep the sound keys of new words, and no word that nobody bears any more."""
    if new:
        rows = [(word, sounds_of(word)) for word in sorted(new)]
        session.connection().exec_driver_sql(_PUT_WORD, rows)
    if dropped:
        words: Any = SearchWord.__table__
        entries = SearchEntry.__table__.c
        borne = select(entries.key).where(entries.kind == Kind.NAME, entries.key == words.c.word)
        session.execute(delete(words).where(words.c.word.in_(dropped), ~borne.exists()))


def read_cards(session: Session, households: Sequence[UUID]) -> dict[tuple[UUID, UUID | None], Card]:
    """What is kept of every family and person that is there, by household and person."""
    found = _Rows(session, households)
    cards: dict[tuple[UUID, UUID | None], Card] = {}
    for household in found.households:
        persons = found.persons[household.id]
        cards[household.id, None] = search_card.of_family(household, persons)
        for person in persons:
            siblings = [
                other.birth_date
                for other in persons
                if other.id != person.id and other.role == "child" and isinstance(other.birth_date, DateSpan)
            ]
            cards[household.id, person.id] = search_card.of_person(
                household,
                person,
                names=found.of_person[PersonName, person.id],
                apart=found.of_person[SetApart, person.id],
                homes=found.of_person[Address, person.id] + found.of_person[Address, household.id],
                requests=found.of_person[PlacementRequest, person.id],
                wishes=found.of_person[SchoolWish, person.id],
                siblings=siblings,
            )
    return cards


class _Rows:
    """The rows some families' keys are worked out from; removed ones left out."""

    def __init__(self, session: Session, households: Sequence[UUID]) -> None:
        self._session = session
        self._wanted = households
        self.households = list(self._read(Household, "id", order="created_at"))
        self.persons: dict[UUID, list[Any]] = defaultdict(list)
        for row in self._read(Person, "id", "household_id", order="position"):
            self.persons[row.household_id].append(row)
        self.of_person: dict[tuple[type[Any], UUID], list[Any]] = defaultdict(list)
        for table in (PersonName, SetApart, Address, PlacementRequest, SchoolWish):
            for row in self._read(table, "person_id", "household_id", order="created_at"):
                self.of_person[table, row.person_id or row.household_id].append(row)

    def _read(self, table: type[Any], *names: str, order: str) -> Iterable[Any]:
        # the table's own columns: statements on mapped classes take twice as long to prepare
        columns = table.__table__.c
        wanted = dict.fromkeys((*names, *_WATCHED[table]))
        query = select(*(columns[name] for name in wanted if name != "removed_at"))
        owner = columns.id if table is Household else columns.household_id
        query = query.where(owner.in_(self._wanted), columns.removed_at.is_(None))
        if table is Address:
            query = query.where(columns.valid_to.is_(None))
        return self._session.execute(query.order_by(columns[order])).all()
