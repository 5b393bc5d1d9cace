"""Calendars out, kept up to date from file to file, and busy times in, which keep desks and interpreters busy."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import vobject
from builders import StoredFamily, store_family
from interpreting import FRIDAY, MONDAY, add_interpreter, at, book, line, undo
from sqlalchemy import select

from desk_app.casework import (
    appointment_deeds,
    appointment_setup,
    appointments,
    calendar_files,
    deeds,
    interpreter_asking,
)
from desk_app.casework.appointments import SlotTaken, Taken
from desk_app.casework.calendar_files import Exported, ReadIn, Whose
from desk_app.casework.desk import Desk
from desk_app.domain.errors import NothingToSend, StrangeTable, TargetGone
from desk_app.storage.tables import BusyTime, DeedRow

BERLIN = "DTSTART;TZID=Europe/Berlin:{}T{}00\nDTEND;TZID=Europe/Berlin:{}T{}00"


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    desk.do(appointment_setup.settle)
    return desk.do(store_family)[0]


@pytest.fixture
def gashi(desk: Desk) -> Whose:
    return Whose(interpreter=add_interpreter(desk))


@pytest.fixture
def desk_1(desk: Desk, family: StoredFamily) -> Whose:
    return Whose(seat=desk.do(appointment_setup.read)[0].desks()[0].id)


def exported(desk: Desk, whose: Whose, folder: Path) -> tuple[Exported, dict[str, Any]]:
    """The result, and the events of the file by their title."""
    made = desk.do(lambda work: calendar_files.export(work, whose, folder))[0]
    book_ = vobject.readOne(made.path.read_bytes().decode())
    return made, {event.summary.value: event for event in book_.vevent_list}


def told(event: Any) -> tuple[str, int, datetime]:
    return event.status.value, int(event.sequence.value), event.dtstart.value


def asked(desk: Desk, whose: Whose, start: datetime, **known: Any) -> UUID:
    made = book(desk, start, **known)
    assert whose.interpreter is not None
    desk.do(lambda work: interpreter_asking.ask(work, made, whose.interpreter))
    return made


# --- out


def test_a_calendar_names_a_code_a_language_and_a_house_and_nobody(
    desk: Desk, family: StoredFamily, gashi: Whose, desk_1: Whose, tmp_path: Path
) -> None:
    booked = asked(desk, gashi, at(9), household=family.household, words="Mutter ist krank", phone="0208 815")
    code = line(desk, booked).code
    for whose, title in ((gashi, f"Dolmetschen Arabisch · {code}"), (desk_1, f"Termin · {code}")):
        made, events = exported(desk, whose, tmp_path)
        assert (made.dates, made.called_off, made.path.name[:18]) == (1, 0, "Termine_2026-11-26")
        assert events[title].location.value == "Kommunales Integrationszentrum, Musterplatz 1"
        content = made.path.read_text(encoding="utf-8")
        for never in ("Haddad", "Rana", "Karim", "Gashi", "krank", "815", "Lindenhof"):
            assert never not in content


def test_an_interpreter_who_only_was_asked_has_it_in_pencil(
    desk: Desk, family: StoredFamily, gashi: Whose, tmp_path: Path
) -> None:
    booked = asked(desk, gashi, at(9), household=family.household)
    [event] = exported(desk, gashi, tmp_path)[1].values()
    assert told(event) == ("TENTATIVE", 1, at(9))
    desk.do(lambda work: interpreter_asking.confirm(work, booked))
    [event] = exported(desk, gashi, tmp_path)[1].values()
    assert told(event) == ("CONFIRMED", 2, at(9))


def test_a_moved_date_keeps_its_uid_and_counts_on_and_the_same_twice_counts_once(
    desk: Desk, family: StoredFamily, gashi: Whose, tmp_path: Path
) -> None:
    booked = asked(desk, gashi, at(9), household=family.household)
    [first] = exported(desk, gashi, tmp_path)[1].values()
    [again] = exported(desk, gashi, tmp_path)[1].values()
    assert told(again) == told(first)
    desk.do(lambda work: appointments.move(work, booked, at(14, day=MONDAY)))
    made, events = exported(desk, gashi, tmp_path)
    [moved] = events.values()
    assert moved.uid.value == first.uid.value
    assert told(moved) == ("TENTATIVE", 2, at(14, day=MONDAY))
    assert (made.dates, made.called_off) == (1, 0)


def test_what_is_cancelled_or_goes_to_somebody_else_is_called_off_until_it_is_over(
    desk: Desk, family: StoredFamily, gashi: Whose, clock: Any, tmp_path: Path
) -> None:
    cancelled = asked(desk, gashi, at(9), household=family.household)
    given_away = asked(desk, gashi, at(11), name="Osei")
    exported(desk, gashi, tmp_path)
    desk.do(lambda work: appointment_deeds.cancel(work, cancelled, "family"))
    desk.do(lambda work: interpreter_asking.decline(work, given_away))
    made, events = exported(desk, gashi, tmp_path)
    assert (made.dates, made.called_off) == (0, 2)
    assert sorted(told(event) for event in events.values()) == [("CANCELLED", 2, at(9)), ("CANCELLED", 2, at(11))]
    assert [told(event) for event in exported(desk, gashi, tmp_path)[1].values()] == [
        ("CANCELLED", 2, at(9)), ("CANCELLED", 2, at(11)),
    ]  # fmt: skip
    desk.do(lambda work: appointment_deeds.restore(work, cancelled))
    assert told(exported(desk, gashi, tmp_path)[1][f"Dolmetschen Arabisch · {line(desk, cancelled).code}"])[:2] == (
        "TENTATIVE", 3,
    )  # fmt: skip
    clock.advance(days=2)
    with pytest.raises(NothingToSend):
        desk.do(lambda work: calendar_files.export(work, gashi, tmp_path))


def test_nothing_is_remembered_of_a_file_that_was_not_written(
    desk: Desk, family: StoredFamily, gashi: Whose, tmp_path: Path
) -> None:
    booked = asked(desk, gashi, at(9), household=family.household)
    with pytest.raises(TargetGone):
        desk.do(lambda work: calendar_files.export(work, gashi, tmp_path / "weg"))
    desk.do(lambda work: appointment_deeds.cancel(work, booked, "us"))
    with pytest.raises(NothingToSend):
        desk.do(lambda work: calendar_files.export(work, gashi, tmp_path))
    assert list(tmp_path.glob("*.ics")) == []


# --- in


def calendar(folder: Path, *events: str, name: str = "Kalender.ics") -> Path:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for event in events:
        lines += ["BEGIN:VEVENT", "SUMMARY:Zahnarzt", *event.split("\n"), "END:VEVENT"]
    path = folder / name
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return path


def event(uid: str, day: str, begin: str, end: str, more: str = "") -> str:
    return f"UID:{uid}\n{BERLIN.format(day, begin, day, end)}{more}"


def read_in(desk: Desk, whose: Whose, path: Path, **known: bool) -> ReadIn:
    return desk.do(lambda work: calendar_files.read_in(work, whose, path, **known))[0]


def busy(desk: Desk) -> list[tuple[datetime, datetime]]:
    query = select(BusyTime.starts_at, BusyTime.ends_at).where(BusyTime.removed_at.is_(None))
    return [
        tuple(row) for row in desk.do(lambda work: work.session.execute(query.order_by(BusyTime.starts_at)).all())[0]
    ]


def test_busy_times_of_a_desk_and_of_an_interpreter_are_not_booked_over(
    desk: Desk, family: StoredFamily, gashi: Whose, desk_1: Whose, tmp_path: Path
) -> None:
    path = calendar(tmp_path, event("a", "20261127", "0900", "1000"))
    assert read_in(desk, desk_1, path) == ReadIn(1, 0)
    with pytest.raises(SlotTaken) as taken:
        book(desk, at(9, 30), household=family.household, seat=desk_1.seat)
    assert [clash.what for clash in taken.value.clashes] == [Taken.CALENDAR]
    book(desk, at(10), household=family.household, seat=desk_1.seat)  # half open: from ten it is free
    read_in(desk, gashi, path)
    other = book(desk, at(9), name="Osei")
    assert gashi.interpreter is not None
    with pytest.raises(SlotTaken):
        desk.do(lambda work: interpreter_asking.ask(work, other, gashi.interpreter))
    free = desk.do(lambda work: appointments.free(work, None, FRIDAY, 1, language="ar", limit=50))[0]
    assert not [slot for slot in free if at(8, 15) < slot.start < at(10)]
    assert desk.do(calendar_files.busy_counts)[0] == {gashi.id: 1, desk_1.id: 1}


def test_only_times_and_a_fingerprint_are_kept_of_a_calendar(desk: Desk, gashi: Whose, tmp_path: Path) -> None:
    read_in(desk, gashi, calendar(tmp_path, event("frau.geheim@mail.example", "20261127", "0900", "1000")))
    uids = desk.do(lambda work: work.session.scalars(select(BusyTime.uid)).all())[0]
    assert len(uids[0]) == 32
    images = desk.do(lambda work: work.session.scalars(select(DeedRow.after)).all())[0]
    for never in ("Zahnarzt", "geheim"):
        assert never not in repr((uids, images))


def test_a_later_file_of_the_calendar_stands_instead_and_can_be_taken_back(
    desk: Desk, gashi: Whose, tmp_path: Path
) -> None:
    read_in(
        desk, gashi, calendar(tmp_path, event("a", "20261127", "0900", "1000"), event("b", "20261127", "1100", "1200"))
    )
    before = busy(desk)
    read_in(desk, gashi, calendar(tmp_path, event("a", "20261130", "0800", "0900")))
    assert busy(desk) == [(at(8, day=MONDAY), at(9, day=MONDAY))]
    undo(desk)
    assert busy(desk) == before
    undo(desk)
    assert busy(desk) == []


def test_a_second_calendar_of_somebody_only_exchanges_the_entries_it_names(
    desk: Desk, gashi: Whose, tmp_path: Path
) -> None:
    read_in(
        desk, gashi, calendar(tmp_path, event("a", "20261127", "0900", "1000"), event("b", "20261127", "1100", "1200"))
    )
    read_in(desk, gashi, calendar(tmp_path, event("b", "20261127", "1300", "1400")), keep_others=True)
    assert [start for start, _end in busy(desk)] == [at(9), at(13)]


def test_what_somebody_else_is_busy_with_stays(desk: Desk, gashi: Whose, desk_1: Whose, tmp_path: Path) -> None:
    path = calendar(tmp_path, event("a", "20261127", "0900", "1000"))
    read_in(desk, gashi, path)
    read_in(desk, desk_1, path)
    desk.do(lambda work: calendar_files.forget(work, gashi))
    assert desk.do(calendar_files.busy_counts)[0] == {desk_1.id: 1}
    undo(desk)
    assert desk.do(calendar_files.busy_counts)[0] == {gashi.id: 1, desk_1.id: 1}


def test_our_own_dates_that_come_back_in_a_calendar_do_not_bar_themselves(
    desk: Desk, family: StoredFamily, gashi: Whose, tmp_path: Path
) -> None:
    asked(desk, gashi, at(9), household=family.household)
    made = exported(desk, gashi, tmp_path)[0]
    assert read_in(desk, gashi, made.path) == ReadIn(0, 0)
    assert busy(desk) == []


def test_what_repeats_is_worked_out_for_six_months_over_the_clock_change(
    desk: Desk, gashi: Whose, tmp_path: Path
) -> None:
    weekly = event("a", "20261127", "0900", "1000", "\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Berlin:20261204T090000")
    found = read_in(desk, gashi, calendar(tmp_path, weekly))
    times = busy(desk)
    assert found.times == len(times) == 26
    assert times[0] == (at(9), at(10))
    assert (at(9, day=FRIDAY + timedelta(7)), at(10, day=FRIDAY + timedelta(7))) not in times
    assert (datetime(2027, 4, 2, 7, tzinfo=UTC), datetime(2027, 4, 2, 8, tzinfo=UTC)) in times
    assert times[-1][0] == at(9, day=date(2027, 5, 28))


def test_a_file_that_is_no_calendar_changes_nothing(desk: Desk, gashi: Whose, tmp_path: Path) -> None:
    read_in(desk, gashi, calendar(tmp_path, event("a", "20261127", "0900", "1000")))
    before = busy(desk)
    path = tmp_path / "Liste.csv"
    path.write_text("Name;Ort\n", encoding="utf-8")
    with pytest.raises(StrangeTable, match="nicht als Kalender lesen"):
        read_in(desk, gashi, path)
    assert busy(desk) == before


def test_the_same_calendar_again_writes_nothing(desk: Desk, gashi: Whose, tmp_path: Path) -> None:
    days = [(date(2026, 12, 1) + timedelta(days=n % 150)).strftime("%Y%m%d") for n in range(3000)]
    path = calendar(tmp_path, *(event(str(n), day, "0900", "1000") for n, day in enumerate(days)))
    assert read_in(desk, gashi, path).times == 3000
    steps = desk.do(lambda work: deeds.recent(work))[0]
    assert read_in(desk, gashi, path).times == 3000
    assert desk.do(lambda work: deeds.recent(work))[0] == steps
