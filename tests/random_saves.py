"""Saves of random content of every kind that the program makes, and what a store holds afterwards."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from desk_app.storage import content, vault
from desk_app.storage import engine as engines
from desk_app.storage.content import Content
from desk_app.storage.tables import CentreSetting, Counter, Household, Person

NAMES = ("Öznur Çiğdem", "Zebrahild Quastenflosser", "علي", "Оксана Шевченко", "", "a'b\"c;--", "𐍈 \u0001")
AUTHOR = UUID(int=7)
AT = datetime(2026, 11, 26, 9, 42, 0, 123456, tzinfo=UTC)


def _stamp() -> dict[str, object]:
    return {"created_at": AT, "created_by": AUTHOR, "changed_at": AT, "changed_by": AUTHOR}


def save_one(opened: vault.Vault, number: int, chance: random.Random) -> None:
    """One confirmed save, told apart from others by ``number``."""
    opened.save(
        lambda session: change(session, number, chance),
        landed=lambda session: session.get(Counter, ("save", number)) is not None,
    )


def change(session: Session, number: int, chance: random.Random) -> None:
    """What ``save_one`` saves, in a transaction that is open."""
    session.add(Counter(series="save", year=number, last=chance.randrange(2**40)))
    chance.choice((_family, _changes, _plain_statements, _swapped, _deleted))(session, number, chance)


def _family(session: Session, number: int, chance: random.Random) -> None:
    household = Household(id=uuid4(), file_number=f"F{number}", family_name=chance.choice(NAMES), **_stamp())
    session.add(household)
    session.flush()
    for _child in range(chance.randrange(3)):
        session.add(
            Person(
                id=uuid4(),
                household_id=household.id,
                given_name=chance.choice(NAMES),
                strengths="x" * chance.choice((0, 10, 9000)),
                **_stamp(),
            )
        )


def _changes(session: Session, _number: int, chance: random.Random) -> None:
    for person in session.scalars(select(Person).limit(3)):
        person.given_name = chance.choice(NAMES)
    session.flush()
    for household in session.scalars(select(Household).limit(2)):
        household.first_contact_on = date(2026, 1, 1 + chance.randrange(28))


def _plain_statements(session: Session, number: int, chance: random.Random) -> None:
    setting = {"id": uuid4(), "key": f"k{number}", "value": {"a": [1, 2.5, None, chance.choice(NAMES)]}, "version": 1}
    session.execute(insert(CentreSetting).values(**setting, **_stamp()))
    session.execute(update(Counter).where(Counter.series == "save", Counter.year < number).values(last=number))
    session.execute(delete(Person).where(Person.given_name == ""))


def _swapped(session: Session, _number: int, _chance: random.Random) -> None:
    """Two rows exchange a value that must be unique: put back in the wrong order, one would push the other out."""
    two = session.scalars(select(CentreSetting).order_by(CentreSetting.key).limit(2)).all()
    if len(two) == 2:
        (one, first), (other, second) = [(each, each.key) for each in two]
        one.key = "between"
        session.flush()
        other.key = first
        session.flush()
        one.key = second


def _deleted(session: Session, _number: int, chance: random.Random) -> None:
    for setting in session.scalars(select(CentreSetting).limit(chance.randrange(3))):
        session.delete(setting)


def content_of(opened: vault.Vault) -> Content:
    """All rows of all tables."""
    with opened.holding_still():
        return content.read(engines.driver_connection(opened.engine).execute)


def numbers(opened: vault.Vault) -> list[int]:
    """Which saves are there."""
    with opened.session() as session:
        return list(session.scalars(select(Counter.year).where(Counter.series == "save").order_by(Counter.year)))


def flip(path: Path, offset: int, bit: int = 0) -> None:
    """Change one bit of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ (1 << bit)]))
