"""What one letter to a family says, ready to print: every text in German and in the family's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.letters import NO_TEXT, Letter, Pair
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


@dataclass(frozen=True)
class LetterPage:
    """One letter.

    `number` is of the request, or of the family's file, and names the printed file. A recipient whose address is
    protected has only a name. `strong` stands in a frame: the day. `more` is printed where not all entries found
    room. `reviewed` is false where a translation has not been read by anybody at home in the language.
    `created_at` also dates the file, so the same page always gives the same bytes.
    """

    letter: Letter
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
