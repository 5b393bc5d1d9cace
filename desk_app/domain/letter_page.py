"""What one letter or slip for a family says, ready to print: every text in German and in the family's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.letters import NO_TEXT, Letter, Pair, Slip
from desk_app.domain.request_sheet import Fact


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered line to point at: what it is about, what there is to say, and the day, the same for both sides."""

    name: Pair
    words: Pair = NO_TEXT
    day: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Entries under one heading; `narrow` ones stand two side by side."""

    entries: tuple[Entry, ...]
    heading: Pair = NO_TEXT
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the centre, such as "Telefon" and its number, which is the same in every language."""

    label: Pair
    value: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When something takes place on one weekday, line by line, as "14–16"; no line where it does not."""

    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer on a page. Its own words, ``title``, ``brief`` and ``remark``, are German: nobody translated them.

    ``week`` has the hours of Monday to Sunday, or is empty where none are known; ``remark`` is what it cannot show.
    ``times`` says all of it in words, for where there is no room for a week. ``contact`` is what the QR code says.
    """

    title: str
    brief: str = ""
    week: tuple[Hours, ...] = ()
    remark: str = ""
    times: Entry | None = None
    facts: tuple[Entry, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """The part to tear off, for somebody who works elsewhere: in German, with boxes to tick and lines to fill in."""

    title: str
    code: str
    facts: tuple[Fact, ...]
    question: str
    choices: tuple[str, ...]
    blanks: tuple[str, ...]
    back: str
    """How it gets back to the centre."""


@dataclass(frozen=True)
class LetterPage:
    """One letter, or one slip that is handed over and so has no address.

    `number` is of the request, or of the family's file, and names the printed file. A recipient whose address is
    protected has only a name. `strong` stands in a frame: the day. `more` is printed where not all entries found
    room. `reviewed` is false where a translation has not been read by anybody at home in the language.
    `created_at` also dates the file, so the same page always gives the same bytes.
    """

    letter: Letter | Slip
    language: str
    number: str
    centre_name: str
    centre_place: str
    sender: str
    recipient: tuple[str, ...]
    info: tuple[Fact, ...]
    title: Pair
    intro: tuple[Pair, ...]
    blocks: tuple[Block, ...]
    closing: tuple[Pair, ...]
    contact: tuple[Contact, ...]
    help: Pair
    created_at: datetime
    strong: Pair = NO_TEXT
    more: Pair = NO_TEXT
    reviewed: bool = True
    demo: bool = False
    cards: tuple[OfferCard, ...] = ()
    scan: Pair = NO_TEXT
    """What stands below the QR codes."""
    notes: Pair = NO_TEXT
    """Says that what is left of the page is for notes; empty: there is no such room."""
    coupon: Coupon | None = None

    @property
    def is_slip(self) -> bool:
        return isinstance(self.letter, Slip)
