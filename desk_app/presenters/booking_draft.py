"""What is typed about an appointment that is being made or changed, and what is known of the family it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from desk_app.casework import appointments, families, search
from desk_app.casework.appointments import Booking
from desk_app.casework.desk import Work
from desk_app.casework.search import Hit
from desk_app.casework.wording import family_title, label
from desk_app.domain import name_keys, visit_states
from desk_app.domain.child import full_name
from desk_app.domain.records import FamilyFile, RecordKind
from desk_app.i18n import _, ngettext
from desk_app.presenters.appointment_words import moment_words

MOST_HITS: Final = 6
_NO_INTERPRETER: Final = frozenset({"none", "family"})
"""Kinds of interpreting for which nobody has to be found."""
_PLAIN: Final = ("typed", "language", "sex", "dialect", "phone", "words", "reason")
_IDS: Final = ("seat", "household", "kind", "room", "interpreter")


@dataclass(frozen=True, slots=True)
class Draft:
    """``typed`` is the name as typed, the family's title once one is chosen. ``kind``, ``minutes`` and ``interpreting``
    are ``None`` as long as nobody said so: then what usually holds is taken. ``reason`` is why it is booked although
    something is in the way.
    """

    id: UUID
    start: datetime
    seat: UUID | None = None
    typed: str = ""
    household: UUID | None = None
    kind: UUID | None = None
    minutes: int | None = None
    room: UUID | None = None
    persons: tuple[UUID, ...] = ()
    interpreting: bool | None = None
    language: str = ""
    interpreter: UUID | None = None
    unmanned: bool = False
    """Somebody said that nobody is to be asked yet."""
    sex: str = ""
    dialect: str = ""
    phone: str = ""
    words: str = ""
    reason: str = ""

    @property
    def says_something(self) -> bool:
        """Whether somebody typed anything that would be a loss."""
        told = (self.typed, self.phone, self.words, self.reason, self.dialect)
        return any(words.strip() for words in told) or self.household is not None or bool(self.persons)

    def at(self, start: datetime, seat: UUID | None) -> Draft:
        """The same for another time: why that one was taken does not go along."""
        return self if (start, seat) == (self.start, self.seat) else replace(self, start=start, seat=seat, reason="")

    def to_json(self) -> dict[str, Any]:
        ids = {key: getattr(self, key) for key in _IDS}
        return {
            "id": str(self.id),
            "start": self.start.isoformat(),
            "minutes": self.minutes,
            "interpreting": self.interpreting,
            "unmanned": self.unmanned,
            "persons": [str(person) for person in self.persons],
            **{key: getattr(self, key) for key in _PLAIN},
            **{key: str(value) if value else None for key, value in ids.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Draft | None:
        """The opposite of ``to_json``; ``None`` for anything this version cannot read."""
        try:
            values: dict[str, Any] = {key: str(data.get(key) or "") for key in _PLAIN}
            values |= {key: UUID(data[key]) if data.get(key) else None for key in _IDS}
            values["minutes"] = None if data.get("minutes") is None else int(data["minutes"])
            values["unmanned"] = bool(data.get("unmanned"))
            values["persons"] = tuple(map(UUID, data.get("persons", ())))
            start = datetime.fromisoformat(data["start"])
            return cls(id=UUID(data["id"]), start=start, interpreting=data.get("interpreting"), **values)
        except (KeyError, TypeError, ValueError):
            return None


def new_draft(start: datetime, seat: UUID | None = None, minutes: int | None = None) -> Draft:
    return Draft(uuid4(), start, seat, minutes=minutes)


def draft_of(booking: Booking, title: str) -> Draft:
    """An appointment that stands, as it can be changed."""
    return Draft(
        id=booking.id,
        start=booking.start,
        seat=booking.seat,
        typed=title,
        household=booking.household,
        kind=booking.kind,
        minutes=booking.minutes,
        room=booking.room,
        persons=booking.persons,
        interpreting=bool(booking.interpreting),
        language=booking.language,
        interpreter=booking.interpreter,
        unmanned=booking.interpreter is None,
        sex=booking.interpreter_sex,
        dialect=booking.dialect,
        phone=booking.phone,
        words=booking.words,
        reason=booking.overbooked,
    )


# --- the family


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """What an appointment takes over from the file. ``standing`` are the appointments the family has already."""

    household: UUID
    title: str
    detail: str
    phone: str = ""
    language: str = ""
    language_name: str = ""
    needs_interpreter: bool = False
    in_intake: bool = False
    children: tuple[tuple[UUID, str], ...] = ()
    standing: tuple[tuple[UUID, str], ...] = ()
    missed: int = 0

    def notice(self, appointment: UUID) -> str:
        """What somebody should know before another appointment is made: one they have, one they did not come to."""
        others = [words for id_, words in self.standing if id_ != appointment]
        told = [_("Hat schon einen Termin: {when}").format(when=others[0])] if others else []
        if self.missed:
            words = ngettext("{n} Mal nicht erschienen", "{n} Mal nicht erschienen", self.missed)
            told.append(words.format(n=self.missed))
        return " · ".join(told)


def family_facts(work: Work, household: UUID) -> FamilyFacts:
    """Raises ``RecordGone``."""
    file = families.load(work, household)
    lines = appointments.of_family(work, household)
    language = _language(file)
    kind = file.household.text("interpreter_kind")
    ahead = [line for line in lines if line.state in visit_states.OPEN and line.end > work.now]
    return FamilyFacts(
        household=household,
        title=family_title(file),
        detail=_detail(file),
        phone=file.household.text("phone"),
        language=language,
        language_name=label("languages", language),
        needs_interpreter=kind not in _NO_INTERPRETER if kind else language not in ("", "de"),
        in_intake=bool(file.household.flag("intake_open")),
        children=tuple((child.id, full_name(child) or _("ohne Namen")) for child in file.children),
        standing=tuple((line.id, f"{moment_words(line.start, work.today)} {line.kind_name}".strip()) for line in ahead),
        missed=sum(line.state == visit_states.NO_SHOW for line in lines),
    )


def _language(file: FamilyFile) -> str:
    """The one spoken with the family, else the first it speaks at home."""
    known = file.household.text("conversation_language")
    rows = file.all(RecordKind.LANGUAGE)
    return known or next((row.text("language") for row in rows if row.flag("family_language")), "")


def _detail(file: FamilyFile) -> str:
    count = len(file.children)
    children = ngettext("{n} Kind", "{n} Kinder", count).format(n=count) if count else ""
    number = _("Akte {number}").format(number=file.household.text("file_number"))
    return " · ".join(part for part in (number, children) if part)


# --- finding it by its name


@dataclass(frozen=True, slots=True)
class Found:
    """A family that may be meant; ``exact`` where every word typed is a whole word of the name found."""

    household: UUID
    words: str
    exact: bool


def find(work: Work, typed: str) -> tuple[Found, ...]:
    """The families that may be meant, each once, the best first."""
    hits = search.find(work, typed, MOST_HITS)
    wanted = set(name_keys.folded(typed))
    found: dict[UUID, Found] = {}
    sounding = set(hits.sounds_alike)
    for hit in (*hits.families, *hits.children, *hits.sounds_alike):
        exact = hit not in sounding and bool(wanted) and wanted <= set(name_keys.folded(hit.title))
        if hit.household not in found:
            found[hit.household] = Found(hit.household, _hit_words(hit), exact)
    return tuple(found.values())[:MOST_HITS]


def _hit_words(hit: Hit) -> str:
    name = hit.title if hit.person is not None else _("Familie {name}").format(name=hit.title)
    district = label("districts", hit.district)
    number = _("Akte {number}").format(number=hit.file_number)
    return " · ".join(part for part in (name, hit.found, district, number) if part)
