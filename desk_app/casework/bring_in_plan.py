"""What bringing in one family of an old list would do: new, or what it adds to and contradicts in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desk_app.casework.bring_in_match import Possible, pair_up
from desk_app.domain.code_lists import CODE_LISTS, code_list
from desk_app.domain.contact import phone_key
from desk_app.domain.dates import DateSpan
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.fields import FieldType
from desk_app.domain.list_reading import Found, ListFamily, ListPerson
from desk_app.domain.lists import shown
from desk_app.domain.names import loose_form
from desk_app.domain.records import FamilyFile, Record, RecordKind, Ref, Value
from desk_app.i18n import N_, _

_PHONES = frozenset({"phone", "own_phone", "contact_phone", "emergency_phone"})


class State(StrEnum):
    """What becomes of a family of the list."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    """Something has to be decided: who it is, or which of two answers holds."""
    ERROR = "error"
    """It cannot be taken over as it stands."""

    @property
    def label(self) -> str:
        return _(_STATES[self])


_STATES = {
    State.NEW: N_("neu"),
    State.CHANGED: N_("geändert"),
    State.SAME: N_("gleich"),
    State.CONFLICT: N_("Konflikt"),
    State.ERROR: N_("Fehler"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer of the list that differs from the one in the store. ``key`` names it among those of its family."""

    key: str
    whose: str
    label: str
    ours: str
    theirs: str
    cell: str

    @property
    def note(self) -> str:
        """What the note of the family keeps of the list's answer where ours holds."""
        said = _("{label} von {whose} laut Liste: {value}")
        return said.format(label=self.label, whose=self.whose, value=self.theirs)


@dataclass(frozen=True)
class Against:
    """What a family of the list adds to a household, and where the two differ."""

    fills: Mapping[Ref, Mapping[str, Found]]
    conflicts: Mapping[str, tuple[Ref, str, Found]]
    """By the key of the conflict: the record, its field and the answer of the list."""
    shown: tuple[Conflict, ...]
    added: tuple[int, ...]
    """Places of the persons who are not in the household yet."""
    pairs: Mapping[int, UUID]
    languages: tuple[Found, ...]
    person_languages: Mapping[int, tuple[Found, ...]]
    notes: tuple[str, ...]

    @property
    def adds(self) -> bool:
        return bool(self.fills or self.added or self.languages or self.notes or any(self.person_languages.values()))


@dataclass(frozen=True)
class FamilyPlan:
    """One family of the list. ``household`` is where it surely is in the store, ``possible`` where it may be."""

    place: int
    family: ListFamily
    household: UUID | None = None
    file_number: str = ""
    possible: tuple[Possible, ...] = ()
    against: Against | None = None
    twin: str = ""
    """The cell of a family earlier in the list with the same child."""

    @property
    def state(self) -> State:
        if self.twin:
            return State.ERROR
        if self.possible or (self.against is not None and self.against.shown):
            return State.CONFLICT
        if self.against is None:
            return State.NEW
        return State.CHANGED if self.against.adds else State.SAME


@dataclass(frozen=True)
class Preview:
    """What bringing in a list would do; nothing is written yet."""

    plans: tuple[FamilyPlan, ...]
    sha256: str
    rows: int
    before: str = field(default="")
    """When exactly this file was brought in already, as a German day; "" where it was not."""

    def count(self, state: State) -> int:
        return sum(plan.state is state for plan in self.plans)


def against(file: FamilyFile, family: ListFamily) -> Against:
    """Compare a family of the list with a household."""
    pairs = pair_up(file, family.persons)
    fills: dict[Ref, dict[str, Found]] = {}
    conflicts: dict[str, tuple[Ref, str, Found]] = {}
    seen: list[Conflict] = []
    noted = file.household.text("internal_note")
    for ref, record, whose, found in _answers(file, family, pairs):
        for key, answer in found.items():
            ours = record.get(key)
            if ours is None or ours == "":
                fills.setdefault(ref, {})[key] = answer
            elif not _same(key, ours, answer.value):
                name = f"{ref.kind}:{ref.id}:{key}"
                conflict = _conflict(name, ref.kind, key, whose, ours, answer)
                if conflict.note not in noted:  # decided when the list came before
                    conflicts[name] = (ref, key, answer)
                    seen.append(conflict)
    spoken = [row.get("language") for row in file.all(RecordKind.LANGUAGE)]
    return Against(
        fills,
        conflicts,
        tuple(seen),
        tuple(place for place in range(len(family.persons)) if place not in pairs),
        {place: record.id for place, record in pairs.items()},
        tuple(found for found in family.languages if found.value not in spoken),
        {place: _new_languages(file, record, family.persons[place]) for place, record in pairs.items()},
        tuple(note for note in family.notes if note not in noted),
    )


def values_of(person: ListPerson) -> dict[str, Found]:
    """The answers about one person that go into the person's own fields."""
    found = {key: value for key, value in person.values.items() if key not in ("role", "own_language")}
    if person.role is not None:
        cell = person.values["role"].cell if "role" in person.values else next(iter(found.values())).cell
        found["role"] = Found(person.role, cell)
    if person.languages and person.role != "child":
        found["own_language"] = person.languages[0]
    return found


def show(kind: RecordKind, key: str, value: Value) -> str:
    """An answer in words."""
    about = field_of(kind, key)
    if isinstance(value, DateSpan):
        return value.show()
    if about.type is FieldType.CODE and about.codes in CODE_LISTS:
        return code_list(about.codes).label(str(value))
    return shown(value) if not hasattr(value, "hex") else ""


def _answers(
    file: FamilyFile, family: ListFamily, pairs: Mapping[int, Record]
) -> Iterator[tuple[Ref, Record, str, Mapping[str, Found]]]:
    """The records of the household with the answers the list has for each."""
    yield file.household.ref, file.household, _("Familie"), family.household
    home = next(iter(file.all(RecordKind.ADDRESS)), None)
    if home is not None and family.address:
        yield home.ref, home, _("Anschrift"), family.address
    for place, record in pairs.items():
        person = family.persons[place]
        yield record.ref, record, person.name, values_of(person)


def _new_languages(file: FamilyFile, record: Record, person: ListPerson) -> tuple[Found, ...]:
    if record.text("role") != "child":
        return ()
    rows = (*file.all(RecordKind.LANGUAGE), *file.all(RecordKind.LANGUAGE, record.id))
    spoken = [row.get("language") for row in rows]
    return tuple(found for found in person.languages if found.value not in spoken)


def _same(key: str, ours: Value, theirs: Value) -> bool:
    """Whether two answers say the same; a date known better here says what a rough one in the list does."""
    if key in _PHONES:
        return phone_key(str(ours)) == phone_key(str(theirs))
    if isinstance(ours, DateSpan) and isinstance(theirs, DateSpan):
        if ours == theirs or ours.earliest is None or theirs.earliest is None:
            return ours == theirs
        assert ours.latest is not None
        assert theirs.latest is not None
        return theirs.earliest <= ours.earliest and ours.latest <= theirs.latest
    if isinstance(ours, str) and isinstance(theirs, str):
        mine, other = loose_form(ours), loose_form(theirs)
        # "Mülheim" is enough for "Mülheim an der Ruhr"
        return mine == other or (key == "city" and mine.startswith(f"{other} "))
    return ours == theirs


def _conflict(name: str, kind: RecordKind, key: str, whose: str, ours: Value, answer: Found) -> Conflict:
    label = _(field_of(kind, key).label)
    return Conflict(name, whose, label, show(kind, key, ours), show(kind, key, answer.value), answer.cell)


def persons_in(plans: Sequence[FamilyPlan]) -> int:
    return sum(len(plan.family.persons) for plan in plans)
