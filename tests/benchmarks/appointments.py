"""How fast the books are over many years of appointments: a week read, free times found, a slot taken.

.venv/bin/python tests/benchmarks/appointments.py [appointments]

With CPU=1 in the environment in time of the processor, for a machine that is shared with other work.

Ten desks have 500 appointments a week, booked up until the fourth week from now; of thirty interpreters five speak the
language that is looked for. Beside each stands the raw limit: the same rows read from the same file by a bare cursor.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent.parent)]

import builders  # noqa: E402
from measure import Table, interleaved  # noqa: E402  # after the path
from sqlalchemy import select  # noqa: E402

from desk_app.casework import appointment_setup, appointments  # noqa: E402
from desk_app.casework.appointment_lines import midnight  # noqa: E402
from desk_app.casework.appointment_setup import Seat, Setup  # noqa: E402
from desk_app.casework.appointments import Booking  # noqa: E402
from desk_app.casework.desk import Desk  # noqa: E402
from desk_app.domain.opening_hours import instant  # noqa: E402
from desk_app.storage import many_rows, tables  # noqa: E402

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
ROUNDS = 15
DESKS = 10
TALKS = (510, 550, 590, 630, 670, 710, 780, 820, 860, 900)
"""When the talks of a day begin, in minutes: forty each, so that a day is full."""
FAMILIES = 20_000
LANGUAGE = "ti"
_SPEAK = 5
_CLOCK = time.process_time if os.environ.get("CPU") else time.perf_counter
_AT_ONCE = 10_000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    dice = random.Random(6)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, n = {ROUNDS} (+1)\n")
    with tempfile.TemporaryDirectory() as place:
        os.environ["TRITTSTEIN_CONFIG"] = str(Path(place) / "settings")
        store = builders.a_shut_store(Path(place) / "store", lambda: NOW)
        desk = store.open_at(store.folder, lambda: NOW)
        setup = furnish(desk)
        started = time.perf_counter()
        fill(desk, setup, dice, count)
        print(f"{count:,} appointments made in {time.perf_counter() - started:.0f} s\n")
        table = Table()
        week = week_of(desk)
        for work, ours, weeks, reach in (
            (f"week of {DESKS} desks read, {len(week)} of {count:,} appointments", lambda: read_week(desk), 1, 0),
            ("free time for a language, found in the fourth week", lambda: find(desk, setup, LANGUAGE), 4, 50),
            ("nothing free within four weeks", lambda: find(desk, setup, LANGUAGE, days=21), 3, 0),
            ("free time at any desk, no language", lambda: find(desk, setup, ""), 4, 0),
            ("an appointment made and kept", lambda: book(desk, setup, dice), 1, 0),
        ):
            line(table, f"{work} / the rows by a bare cursor", ours, lambda weeks=weeks: bare(desk, weeks), reach)  # type: ignore[misc]  # a bound default
        desk.vault.close()


def furnish(desk: Desk) -> Setup:
    """Ten desks, and interpreters of whom some have days of their own."""
    setup = desk.do(appointment_setup.settle)[0]
    for number in range(4, DESKS + 1):
        seat = Seat(uuid4(), setup.places[0].id, f"Platz {number}", position=number)
        desk.do(lambda work, seat=seat: appointment_setup.keep(work, seat))  # type: ignore[misc]  # a bound default
    desk.do(_interpreters)
    return desk.do(appointment_setup.read)[0]


def _interpreters(work: Any) -> None:
    for number in range(30):
        person = uuid4()
        work.session.add(tables.Interpreter(id=person, name=f"Person {number}", **work.made))
        work.session.flush()
        spoken = LANGUAGE if number < _SPEAK else "ar"
        work.session.add(tables.InterpreterLanguage(id=uuid4(), interpreter_id=person, language=spoken, **work.made))
        time_ = {"weekdays": 0b1111, "opens": 540, "closes": 900}
        work.session.add(tables.InterpreterTime(id=uuid4(), interpreter_id=person, **time_, **work.made))


def fill(desk: Desk, setup: Setup, dice: random.Random, count: int) -> None:
    """Weeks full of appointments, the last three weeks from now, all others before."""
    with desk.vault.session() as session:
        made = {"created_at": NOW, "created_by": desk.user, "changed_at": NOW, "changed_by": desk.user, "version": 1}
        families = [uuid4() for _family in range(FAMILIES)]
        homes: list[dict[str, Any]] = [
            {"id": id_, "file_number": f"B-{number:05d}", "family_name": f"Familie{number}", "search_form": "",
             "intake_open": False, **made}
            for number, id_ in enumerate(families)
        ]  # fmt: skip
        many_rows.put_in(session, tables.Household.__table__, homes)  # type: ignore[arg-type]  # it is a table
        spoken = tables.InterpreterLanguage
        people = list(session.scalars(select(spoken.interpreter_id).where(spoken.language == LANGUAGE)))
        rows: list[dict[str, Any]] = []
        for number in range(count):
            rows.append({**_appointment(setup, families, people, dice, number), **made})
            if len(rows) == _AT_ONCE:
                many_rows.put_in(session, tables.Appointment.__table__, rows)  # type: ignore[arg-type]  # it is a table
                rows = []
        many_rows.put_in(session, tables.Appointment.__table__, rows)  # type: ignore[arg-type]  # it is a table


def _appointment(
    setup: Setup, families: list[UUID], people: list[UUID], dice: random.Random, number: int
) -> dict[str, Any]:
    week, place = divmod(number, 5 * DESKS * len(TALKS))
    weekday, rest = divmod(place, DESKS * len(TALKS))
    seat, talk = divmod(rest, len(TALKS))
    day = MONDAY + timedelta(weeks=2 - week, days=weekday)
    start = instant(day, TALKS[talk])
    end = start + timedelta(minutes=40)
    past = start < NOW
    return {
        "id": uuid4(), "household_id": dice.choice(families), "kind_id": dice.choice(setup.kinds[:4]).id,
        "place_id": setup.places[0].id, "seat_id": setup.desks()[seat].id, "starts_at": start, "ends_at": end,
        "busy_from": start, "busy_until": end,
        "state": dice.choice(("done",) * 8 + ("no_show", "cancelled_family")) if past else "planned",
        "interpreter_id": people[seat] if seat < len(people) else None, "walk_in": False, "calls": 0,
        "code": f"{number:06d}", "sequence": 0,
    }  # fmt: skip


def week_of(desk: Desk) -> tuple[appointments.AppointmentLine, ...]:
    return desk.do(lambda work: appointments.of_days(work, MONDAY, MONDAY + timedelta(days=6)))[0]


def read_week(desk: Desk) -> float:
    return timed(lambda: week_of(desk))


def find(desk: Desk, setup: Setup, language: str, days: int = 28) -> float:
    def search() -> None:
        kind, first = setup.kinds[0].id, MONDAY
        found = desk.do(lambda work: appointments.free(work, kind, first, days, language=language, limit=1))[0]
        assert bool(found) == (days == 28)

    return timed(search)


def book(desk: Desk, setup: Setup, dice: random.Random) -> float:
    """On a day far ahead, each time another."""
    start = instant(date(2027, 6, 7) + timedelta(weeks=dice.randrange(500)), 600)
    return timed(lambda: desk.do(lambda work: appointments.book(work, Booking(uuid4(), start, name="Osei",
                 overbooked="Messung"))))  # fmt: skip


def bare(desk: Desk, weeks: int) -> float:
    """The rows of some weeks by a bare cursor, every column as it is kept."""
    bounds = [moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
              for moment in (midnight(MONDAY), midnight(MONDAY + timedelta(weeks=weeks)))]  # fmt: skip

    def read() -> None:
        with desk.vault.session() as session:
            cursor = session.connection().exec_driver_sql(
                "SELECT * FROM appointment WHERE busy_from >= ? AND busy_from < ?", tuple(bounds)
            )
            assert cursor.all()

    return timed(read)


def timed(work: Callable[[], object]) -> float:
    started = _CLOCK()
    work()
    return (_CLOCK() - started) * 1000


def line(table: Table, work: str, ours: Callable[[], float], limit: Callable[[], float], reach: int) -> None:
    """``reach`` is the most milliseconds, 0 for none agreed."""
    found = interleaved({"ours": ours, "limit": limit}, ROUNDS)
    if reach:
        table.row(work, found["ours"], found["limit"], f"≤ {reach} ms", lambda mine, _ratio: mine.median <= reach)
    else:
        table.row(work, found["ours"], found["limit"])


if __name__ == "__main__":
    main()
