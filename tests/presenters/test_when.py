from datetime import UTC, date, datetime

import pytest

from desk_app.presenters.when import day_and_time, month_name, short_author, short_day

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 26, 9, 42, tzinfo=UTC), "heute 10:42"),
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), "gestern 23:59"),
        (datetime(2026, 11, 25, 23, 30, tzinfo=UTC), "heute 0:30"),  # already today in Germany
        (datetime(2026, 11, 17, 8, 0, tzinfo=UTC), "Di, 17.11."),
        (datetime(2025, 11, 17, 8, 0, tzinfo=UTC), "17.11.2025"),
    ],
)
def test_a_moment_reads_shorter_the_nearer_it_is(moment: datetime, words: str) -> None:
    assert day_and_time(moment, NOW) == words


def test_days_of_a_course_leave_the_year_to_the_heading() -> None:
    today = date(2026, 11, 26)
    assert [short_day(day, today) for day in (today, date(2026, 11, 25), date(2025, 3, 1))] == [
        "heute",
        "gestern",
        "01.03.",
    ]
    assert month_name(date(2026, 3, 1), today) == "März"
    assert month_name(date(2025, 3, 1), today) == "März 2025"


def test_an_author_is_shortened_to_initial_and_last_name() -> None:
    assert [short_author(name) for name in ("Carla Brandt", "Ayşe Nur Yıldız", "Suharto", "")] == [
        "C. Brandt",
        "A. Yıldız",
        "Suharto",
        "",
    ]
