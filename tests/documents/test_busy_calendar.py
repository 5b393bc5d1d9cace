"""Foreign calendars: when somebody is busy, from files as real programs write them, and from hostile ones."""

import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.documents import busy_calendar, busy_calendar_child, busy_calendar_limits, reading_child
from desk_app.domain.clock import local
from desk_app.domain.errors import StrangeTable

FIRST, LAST = date(2026, 11, 26), date(2027, 5, 26)


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kalender//DE"]
    for number, event in enumerate(events):
        uid = [] if "UID:" in event else [f"UID:{number}@kalender.example"]
        lines += ["BEGIN:VEVENT", *uid, "SUMMARY:Zahnarzt mit Herrn Geheim", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(content: bytes, folder: Path, first: date = FIRST, last: date = LAST) -> busy_calendar.Calendar:
    path = folder / "Kalender.ics"
    path.write_bytes(content)
    return busy_calendar.read(path, first, last)


def walls(content: bytes, first: date = FIRST, last: date = LAST) -> list[str]:
    """Begin and end on the desk's wall clock, without the other process."""
    spans, _unclear = busy_calendar_child.busy_spans(content, first, last)
    return [f"{local(start):%d.%m. %H:%M}-{local(end):%H:%M}" for _uid, start, end in spans]


BERLIN = "DTSTART;TZID=Europe/Berlin:{}\nDTEND;TZID=Europe/Berlin:{}\n{}"


def test_only_times_and_a_fingerprint_come_out_of_a_calendar(tmp_path: Path) -> None:
    event = BERLIN.format("20261201T090000", "20261201T100000", "UID:carla.geheim@mail.example\nLOCATION:Praxis")
    found = read(calendar(event), tmp_path)
    (span,) = found.spans
    assert (span.starts_at, span.ends_at) == (
        datetime(2026, 12, 1, 8, tzinfo=UTC),
        datetime(2026, 12, 1, 9, tzinfo=UTC),
    )
    assert span.uid == busy_calendar.fingerprint("carla.geheim@mail.example")
    assert "geheim" not in repr(found).casefold()
    assert "praxis" not in repr(found).casefold()


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        ("DTSTART:20261201T090000Z\nDTEND:20261201T100000Z", ["01.12. 10:00-11:00"]),
        ("DTSTART:20261201T090000\nDTEND:20261201T100000", ["01.12. 09:00-10:00"]),
        ("DTSTART:20261201T090000\nDURATION:PT90M", ["01.12. 09:00-10:30"]),
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203", ["01.12. 00:00-00:00"]),
        ("DTSTART;VALUE=DATE:20261201", ["01.12. 00:00-00:00"]),
        ("DTSTART:20261201T090000", []),  # without an end it takes no time
        ("DTSTART:20261201T090000\nDTEND:20261201T100000\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261201T090000\nDTEND:20261201T100000\nSTATUS:CANCELLED", []),
        ("DTSTART:20261201T090000\nDTEND:20261201T100000\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20261125T090000\nDTEND:20261125T100000", []),  # over already
        ("DTSTART:20261125T090000\nDTEND:20261127T100000", ["25.11. 09:00-10:00"]),  # still going on
        ("DTSTART:20270527T000000\nDTEND:20270527T100000", []),  # later than anybody asked
        (
            "DTSTART;TZID=W. Europe Standard Time:20261201T090000\nDTEND;TZID=W. Europe Standard Time:20261201T100000",
            ["01.12. 09:00-10:00"],
        ),
        ("DTSTART;TZID=America/New_York:20261201T090000\nDURATION:PT1H", ["01.12. 15:00-16:00"]),
        # every day at nine stays at nine when the clocks go forward on 28 March
        (
            BERLIN.format("20270327T090000", "20270327T093000", "RRULE:FREQ=DAILY;COUNT=3"),
            ["27.03. 09:00-09:30", "28.03. 09:00-09:30", "29.03. 09:00-09:30"],
        ),
        # on that day there is no half past two
        (BERLIN.format("20270328T023000", "20270328T030000", ""), ["28.03. 03:30-04:00"]),
        # a night that is an hour shorter
        (BERLIN.format("20270327T220000", "20270328T060000", ""), ["27.03. 22:00-06:00"]),
        (
            BERLIN.format("20261201T090000", "20261201T100000", "RRULE:FREQ=WEEKLY;UNTIL=20261215T080000Z"),
            ["01.12. 09:00-10:00", "08.12. 09:00-10:00", "15.12. 09:00-10:00"],
        ),
        (
            BERLIN.format(
                "20261201T090000",
                "20261201T100000",
                "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261208T090000\nEXDATE;VALUE=DATE:20261215",
            ),
            ["01.12. 09:00-10:00", "22.12. 09:00-10:00"],
        ),
        (
            BERLIN.format("20261201T090000", "20261201T100000", "RDATE;TZID=Europe/Berlin:20261203T140000"),
            ["01.12. 09:00-10:00", "03.12. 14:00-15:00"],
        ),
        (
            "DTSTART;VALUE=DATE:20180301\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231",
            ["27.11. 00:00-00:00", "25.12. 00:00-00:00"],
        ),
        ("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", []),  # a leap day comes again in 2028
    ],
)
def test_when_somebody_is_busy(event: str, busy: list[str]) -> None:
    assert walls(calendar(event)) == busy


def test_a_moved_and_a_cancelled_instance_of_a_series_are_as_they_were_changed() -> None:
    series = BERLIN.format("20261201T090000", "20261201T100000", "UID:team\nRRULE:FREQ=WEEKLY;COUNT=4")
    moved = BERLIN.format(
        "20261209T130000", "20261209T140000", "UID:team\nRECURRENCE-ID;TZID=Europe/Berlin:20261208T090000"
    )
    off = BERLIN.format(
        "20261215T090000", "20261215T100000", "UID:team\nRECURRENCE-ID:20261215T080000Z\nSTATUS:CANCELLED"
    )
    assert walls(calendar(moved, series, off)) == ["01.12. 09:00-10:00", "09.12. 13:00-14:00", "22.12. 09:00-10:00"]


def test_a_series_that_changes_from_one_instance_on_stays_changed() -> None:
    series = BERLIN.format("20261201T090000", "20261201T100000", "UID:team\nRRULE:FREQ=WEEKLY;COUNT=4")
    later = BERLIN.format(
        "20261209T100000", "20261209T113000",
        "UID:team\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261208T090000",
    )  # fmt: skip
    assert walls(calendar(series, later)) == [
        "01.12. 09:00-10:00", "09.12. 10:00-11:30", "16.12. 10:00-11:30", "23.12. 10:00-11:30",
    ]  # fmt: skip


def test_the_newest_of_two_states_of_an_entry_counts() -> None:
    old = "UID:a\nSEQUENCE:1\nDTSTART:20261201T090000\nDTEND:20261201T100000"
    new = "UID:a\nSEQUENCE:2\nDTSTART:20261202T090000\nDTEND:20261202T100000"
    assert walls(calendar(new, old)) == ["02.12. 09:00-10:00"]


def test_a_time_zone_of_the_file_itself_is_kept_to() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Unsere Zeit\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
        "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    event = "DTSTART;TZID=Unsere Zeit:20261201T090000\nDTEND;TZID=Unsere Zeit:20261201T100000"
    content = calendar(event).decode().replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT", 1)
    assert walls(content.encode()) == ["01.12. 07:00-08:00"]


def test_an_entry_that_cannot_be_understood_is_counted_and_the_others_are_read(tmp_path: Path) -> None:
    found = read(calendar("DTSTART:morgen", "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z"), tmp_path)
    assert (len(found.spans), found.unclear) == (1, 1)


def test_what_repeats_every_second_is_not_worked_out(tmp_path: Path) -> None:
    endless = calendar(*[f"DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ={f}" for f in ("SECONDLY", "minutely")])
    found = read(endless, tmp_path)
    assert (found.spans, found.unclear) == ((), 2)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "steht nichts"),
    "only zeros": (lambda: bytes(5000), "steht nichts"),
    "a program renamed": (lambda: b"MZ\x90\x00" + bytes(range(256)) * 50, "nicht als Kalender"),
    "a business card": (lambda: b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEND:VCARD\r\n", "nicht als Kalender"),
    "more times than there are": (
        lambda: calendar(*["DTSTART:20261126T000000Z\nDURATION:PT1S\nRRULE:FREQ=HOURLY"] * 5),
        "viel größer",
    ),
    "never ending components": (lambda: b"BEGIN:VCALENDAR\r\n" * 100_000, "nicht als Kalender"),
    "one endless line": (lambda: b"BEGIN:VCALENDAR\r\nX-A:" + b"x\r\n " * 2_000_000, "nicht als Kalender"),
    "too large": (lambda: b"BEGIN:VCALENDAR\r\n" + b"x" * busy_calendar_limits.MOST_BYTES, "viel größer"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    make, words = HOSTILE[name]
    with pytest.raises(StrangeTable, match=words):
        read(make(), tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        "[1]",
        '{"busy": [["a", "2026-12-01T09:00", "2026-12-01T10:00"]]}',
        '{"busy": [["a", "2026-12-01T09:00Z", "2026-12-01T08:00Z"]]}',
        '{"busy": [[7, "2026-12-01T09:00Z", "2026-12-01T10:00Z"]]}',
        '{"busy": [["a"]]}',
        '{"unclear": null, "done": true}',
    ],
)
def test_what_the_reading_process_says_is_checked(said: str, tmp_path: Path) -> None:
    path = tmp_path / "Kalender.ics"
    path.write_bytes(calendar())
    with pytest.raises(StrangeTable):
        busy_calendar.read(path, FIRST, LAST, command=(sys.executable, "-c", f"print({said!r})"))


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StrangeTable, match="lässt sich nicht öffnen"):
        busy_calendar.read(tmp_path / "weg.ics", FIRST, LAST)


SOUND = calendar(
    BERLIN.format("20261201T090000", "20261201T100000", "RRULE:FREQ=WEEKLY;COUNT=9\nEXDATE:20261208T080000Z")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000))
def test_no_damage_makes_more_of_a_calendar_than_times(seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(SOUND)
    for _change in range(rng.randint(1, 6)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    said = BytesIO()
    held, reading_child.hold_memory = reading_child.hold_memory, lambda: None
    try:
        assert busy_calendar_child.serve(BytesIO(bytes(content)), said, FIRST, LAST) == 0
    finally:
        reading_child.hold_memory = held
    assert b"geheim" not in said.getvalue().lower()
