"""Calendar files, read back by another library and by other calendar programs."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import vobject

from desk_app.documents.calendar_file import write_calendar
from desk_app.domain.calendars import CalendarEntry, Standing

MADE = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
START = datetime(2026, 12, 3, 9, 15, tzinfo=UTC)


def entry(number: int = 1, start: datetime = START, minutes: int = 45, **known: Any) -> CalendarEntry:
    values = {
        "uid": f"6e3f3c5a-0000-5000-8000-00000000000{number}",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=minutes),
        "sequence": 0,
        "standing": Standing.CONFIRMED,
        "title": "Dolmetschen Arabisch · KHR4XL",
        "place": "Kommunales Integrationszentrum, Musterplatz 1; Eingang B",
        **known,
    }
    return CalendarEntry(**values)


def written(*entries: CalendarEntry, mail: str = "ki@stadt.example") -> bytes:
    target = BytesIO()
    write_calendar(entries, target, MADE, "Kommunales Integrationszentrum für Mülheim, Abteilung 51-3", mail)
    return target.getvalue()


def events(content: bytes) -> list[Any]:
    return list(vobject.readOne(content.decode()).vevent_list)


def test_another_library_reads_what_was_written() -> None:
    book = vobject.readOne(written(entry()).decode())
    book.validate(raiseException=True)
    assert (book.version.value, book.method.value, book.prodid.value) == (
        "2.0",
        "PUBLISH",
        "-//Trittstein//Termine//DE",
    )
    [event] = book.vevent_list
    assert event.uid.value == entry().uid
    assert (event.dtstart.value, event.dtend.value, event.dtstamp.value) == (START, START + timedelta(minutes=45), MADE)
    assert (event.sequence.value, event.status.value, event.transp.value) == ("0", "CONFIRMED", "OPAQUE")
    assert event.summary.value == "Dolmetschen Arabisch · KHR4XL"
    assert event.location.value == "Kommunales Integrationszentrum, Musterplatz 1; Eingang B"
    assert event.organizer.value == "mailto:ki@stadt.example"
    assert event.contents["class"][0].value == "PRIVATE"


def test_lines_are_folded_and_ended_as_the_standard_asks() -> None:
    """RFC 5545, 3.1: lines of at most 75 octets end with CRLF."""
    content = written(
        entry(title="Dolmetschen Kurmandschi-Kurdisch für eine längere Überschrift als sie üblich ist · KHR4XL")
    )
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert events(content)[0].summary.value.endswith("KHR4XL")


def test_what_fell_away_is_told_as_cancelled_and_takes_no_time() -> None:
    [event] = events(written(entry(standing=Standing.CANCELLED, sequence=3)))
    assert (event.status.value, event.sequence.value, event.transp.value) == ("CANCELLED", "3", "TRANSPARENT")


def test_what_is_not_sure_yet_is_tentative_and_says_so() -> None:
    [event] = events(written(entry(standing=Standing.TENTATIVE, words="angefragt, noch nicht zugesagt"), mail=""))
    assert (event.status.value, event.description.value) == ("TENTATIVE", "angefragt, noch nicht zugesagt")
    assert event.organizer.value == "invalid:nomail"


@pytest.mark.parametrize(
    ("start", "until"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # 1:30 to 3:30
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),  # 2:30 to 2:30
        (datetime(2028, 2, 29, 22, 45, tzinfo=UTC), datetime(2028, 2, 29, 23, 30, tzinfo=UTC)),  # over midnight
    ],
)
def test_hours_that_come_twice_or_not_at_all_are_never_the_wrong_ones(start: datetime, until: datetime) -> None:
    [event] = events(written(entry(start=start, minutes=int((until - start).total_seconds()) // 60)))
    assert (event.dtstart.value, event.dtend.value) == (start, until)


# --- other calendar programs


def run(*words: str, home: Path, **kwargs: Any) -> str:
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "Europe/Berlin"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env, timeout=60, **kwargs)
    return done.stdout


@pytest.mark.office
def test_calcurse_shows_the_dates_at_their_hour_on_days_of_the_clock_change_too(tmp_path: Path) -> None:
    spring, autumn = datetime(2027, 3, 28, 7, tzinfo=UTC), datetime(2027, 10, 31, 8, tzinfo=UTC)
    path = tmp_path / "Termine.ics"
    path.write_bytes(written(entry(), entry(2, spring), entry(3, autumn)))
    folder = tmp_path / "calcurse"
    run("calcurse", "-D", str(folder), "-q", "-i", str(path), home=tmp_path)
    shown = {
        day: run("calcurse", "-D", str(folder), "-Q", "--filter-type", "cal", "-d", day, home=tmp_path)
        for day in ("12/03/2026", "03/28/2027", "10/31/2027")
    }
    hours = {"12/03/2026": "10:15 -> 11:00", "03/28/2027": "09:00 -> 09:45", "10/31/2027": "09:00 -> 09:45"}
    for day, hour in hours.items():
        assert hour in shown[day]
        assert "Dolmetschen Arabisch · KHR4XL" in shown[day]


KHAL = """[calendars]
[[dolmetschen]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
"""


@pytest.mark.office
def test_khal_follows_a_date_that_moves_and_is_called_off(tmp_path: Path) -> None:
    config, folder = tmp_path / "khal.conf", tmp_path / "calendar"
    folder.mkdir()
    config.write_text(KHAL.format(folder=folder), encoding="utf-8")

    def take_in(*entries: CalendarEntry) -> list[str]:
        path = tmp_path / "Termine.ics"
        path.write_bytes(written(*entries))
        run("khal", "-c", str(config), "import", "--batch", "-a", "dolmetschen", str(path), home=tmp_path)
        form = "{start} {end-time} {status}{title}"
        return run("khal", "-c", str(config), "list", "--format", form, "--day-format", "", "2026-12-01", "30d",
                   home=tmp_path).split("\n")  # fmt: skip

    assert "2026-12-03 10:15 11:00 CONFIRMED Dolmetschen Arabisch · KHR4XL" in take_in(entry())
    moved = take_in(entry(start=START + timedelta(days=1, hours=1), sequence=1))
    assert "2026-12-04 11:15 12:00 CONFIRMED Dolmetschen Arabisch · KHR4XL" in moved
    assert not [line for line in moved if line.startswith("2026-12-03")]
    off = take_in(entry(start=START + timedelta(days=1, hours=1), sequence=2, standing=Standing.CANCELLED))
    assert "2026-12-04 11:15 12:00 CANCELLED Dolmetschen Arabisch · KHR4XL" in off
    assert len(list(folder.glob("*.ics"))) == 1
