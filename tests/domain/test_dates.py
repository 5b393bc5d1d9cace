"""Dates as families tell them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dates import (
    AgeRange,
    DateSpan,
    Precision,
    add_months,
    age_on,
    birthday,
    parse_date_span,
    parse_day,
    say_age,
)

TODAY = date(2026, 11, 26)
births = st.dates(date(1905, 1, 1), date(2026, 11, 26))
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("typed", "shown", "stored"),
    [
        ("3.8.13", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("030813", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("03082013", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("3.8.2013", "03.08.2013", "2013-08-03/2013-08-03/day"),
        (" 3. 8. 2013 ", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("3/8/2013", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("2013-08-03", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("20111213", "13.12.2011", "2011-12-13/2011-12-13/day"),
        ("20131203", "03.12.2013", "2013-12-03/2013-12-03/day"),
        ("3. August 2013", "03.08.2013", "2013-08-03/2013-08-03/day"),
        ("3 MÄR 13", "03.03.2013", "2013-03-03/2013-03-03/day"),
        ("29.02.2012", "29.02.2012", "2012-02-29/2012-02-29/day"),
        ("03.2016", "03.2016", "2016-03-01/2016-03-31/month"),
        ("3/2016", "03.2016", "2016-03-01/2016-03-31/month"),
        ("2016-03", "03.2016", "2016-03-01/2016-03-31/month"),
        ("032016", "03.2016", "2016-03-01/2016-03-31/month"),
        ("März 2016", "03.2016", "2016-03-01/2016-03-31/month"),
        ("xx.12.2002", "12.2002", "2002-12-01/2002-12-31/month"),
        ("02.2016", "02.2016", "2016-02-01/2016-02-29/month"),
        ("2016", "2016", "2016-01-01/2016-12-31/year"),
        ("00.00.2016", "2016", "2016-01-01/2016-12-31/year"),
        ("12.??.2002", "2002", "2002-01-01/2002-12-31/year"),
        ("ca. 9", "ca. 2017", "2015-11-27/2018-11-26/about"),
        ("~9 Jahre", "ca. 2017", "2015-11-27/2018-11-26/about"),
        ("etwa 9 J.", "ca. 2017", "2015-11-27/2018-11-26/about"),
        ("9 Jahre", "ca. 2017", "2016-11-27/2017-11-26/about"),
        ("ca. 2016", "ca. 2016", "2015-01-01/2017-12-31/about"),
        ("unbekannt", "unbekannt", "//unknown"),
        ("?", "unbekannt", "//unknown"),
        ("xx.xx.xxxx", "unbekannt", "//unknown"),
        ("00.00.0000", "unbekannt", "//unknown"),
        ("00.00.00", "unbekannt", "//unknown"),
        ("000000", "unbekannt", "//unknown"),
        ("1.1.00", "01.01.2000", "2000-01-01/2000-01-01/day"),
        ("010100", "01.01.2000", "2000-01-01/2000-01-01/day"),
        ("0.12.2002", "12.2002", "2002-12-01/2002-12-31/month"),
        ("heute", "26.11.2026", "2026-11-26/2026-11-26/day"),
    ],
)
def test_a_birth_date_is_understood_as_it_is_told(typed: str, shown: str, stored: str) -> None:
    span = parse_date_span(typed, TODAY)
    assert (span.show(), span.to_text()) == (shown, stored)


@pytest.mark.parametrize(
    ("typed", "year"), [("3.8.26", 2026), ("26.11.26", 2026), ("3.8.27", 1927), ("3.8.99", 1999), ("3.8.00", 2000)]
)
def test_two_digit_years_of_births_lie_in_the_past(typed: str, year: int) -> None:
    assert parse_date_span(typed, TODAY).earliest == date(year, int(typed.split(".")[1]), int(typed.split(".")[0]))


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_a_birth_is_never_in_the_future(year: int, month: int, day: int, today: date) -> None:
    typed = f"{day}.{month}.{year:02d}"
    if year == today.year % 100 and (month, day) > (today.month, today.day):
        with pytest.raises(ValueError, match="liegt in der Zukunft"):
            parse_date_span(typed, today)
    else:
        birth = parse_date_span(typed, today).earliest
        assert birth is not None
        assert (birth.day, birth.month, birth.year % 100) == (day, month, year)
        assert birth <= today < date(birth.year + 100, 12, 31)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("29.2.2015", "Den 29.02.2015 gibt es nicht, der Monat hat 28 Tage."),
        ("31.04.12", "Den 31.04.2012 gibt es nicht, der Monat hat 30 Tage."),
        ("08.13.2013", "Erst der Tag, dann der Monat: 13.08.2013"),
        ("45.20.2013", "Einen Monat 20 gibt es nicht. Die Monate gehen von 1 bis 12."),
        ("27.11.2026", "27.11.2026 liegt in der Zukunft."),
        ("3.12.26", "03.12.2026 liegt in der Zukunft."),
        ("12.2026", "12.2026 liegt in der Zukunft."),
        ("ca. 2027", "2027 liegt in der Zukunft."),
        ("morgen", "27.11.2026 liegt in der Zukunft."),
        ("3.8.1013", "Das Jahr 1013 passt nicht. So sieht ein Jahr aus: 2026"),
        ("0308", "Das Jahr 0308 passt nicht. So sieht ein Jahr aus: 2026"),
        ("ca. 160", "Das Jahr 160 passt nicht. So sieht ein Jahr aus: 2026"),
        *((typed, "So geht es: 03.08.2013, 03.2016, 2016, ca. 9 oder unbekannt.")
          for typed in ("", "9", "3.12", "3.16", "im Sommer", "1.2.3.4", "30813", "ju 2013", "2013 ca.", "3.8.",
                        "3.8.xxxx", "1.1." + "1" * 5000)),
    ],
)  # fmt: skip
def test_what_is_no_birth_date_is_told_how_it_looks_right(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"[.\d]$") as error:
        parse_date_span(typed, TODAY)
    assert str(error.value) == message


def test_plans_may_lie_ahead() -> None:
    assert parse_date_span("12.2026", TODAY, past=False) == DateSpan.of_month(2026, 12)
    assert parse_date_span("1.8.27", TODAY, past=False) == DateSpan.of_day(date(2027, 8, 1))
    assert parse_date_span("3.8.99", TODAY, past=False) == DateSpan.of_day(date(1999, 8, 3))


@given(births)
def test_a_day_reads_back_from_every_way_of_writing_it(birth: date) -> None:
    for text in (f"{birth:%d.%m.}{birth.year}", f"{birth.day}.{birth.month}.{birth.year}", f"{birth:%d%m}{birth.year}",
                 birth.isoformat()):  # fmt: skip
        assert parse_date_span(text, TODAY) == DateSpan.of_day(birth)


@given(st.integers(1905, 2026), st.integers(1, 12))
def test_shown_months_and_years_read_back(year: int, month: int) -> None:
    for span in (DateSpan.of_month(year, month), DateSpan.of_year(year), DateSpan.about_year(year)):
        if span.earliest is not None and span.earliest <= TODAY:
            assert parse_date_span(span.show(), TODAY) == span


spans = st.one_of(
    st.just(DateSpan.unknown()),
    births.map(DateSpan.of_day),
    st.builds(DateSpan.of_month, st.integers(1905, 2026), st.integers(1, 12)),
    st.integers(1905, 2026).map(DateSpan.of_year),
    st.builds(DateSpan.of_ages, st.integers(0, 20), st.integers(20, 22), days),
)


@given(spans)
def test_storage_keeps_every_span(span: DateSpan) -> None:
    assert DateSpan.from_text(span.to_text()) == span


@given(st.one_of(st.text(max_size=12), st.text("0123456789.-/+ xca", max_size=10)))
def test_whatever_is_typed_ends_in_a_date_or_a_sentence(text: str) -> None:
    for parse in (parse_date_span, parse_day):
        sentence = ""
        try:
            parse(text, TODAY)
        except ValueError as error:
            sentence = str(error)
        assert not sentence or sentence.startswith(("So geht es", "D", "Ein", "Erst", "Hier")) or "Zukunft" in sentence


@given(births, days)
def test_an_age_is_the_last_birthday_reached(birth: date, day: date) -> None:
    age = age_on(birth, day)
    assert birthday(birth, age) <= day < birthday(birth, age + 1) if age >= 0 else day < birth


@given(st.integers(0, 30), st.integers(0, 3), days, st.integers(0, 4000))
def test_an_age_told_today_is_every_birth_that_fits_and_no_other(low: int, more: int, today: date, back: int) -> None:
    span = DateSpan.of_ages(low, low + more, today)
    assert span.earliest is not None
    assert span.latest is not None
    assert span.age_on(today) == AgeRange(low, low + more)
    assert age_on(span.earliest - timedelta(days=1), today) == low + more + 1
    assert age_on(span.latest + timedelta(days=1), today) == low - 1
    inside = span.earliest + timedelta(days=back % ((span.latest - span.earliest).days + 1))
    assert low <= age_on(inside, today) <= low + more


def test_an_age_told_once_grows_with_the_years() -> None:
    span = parse_date_span("ca. 9", TODAY)
    assert span.age_on(TODAY) == AgeRange(8, 10)
    assert span.age_on(date(2028, 11, 26)) == AgeRange(10, 12)
    assert DateSpan.unknown().age_on(TODAY) is None
    assert DateSpan.of_month(2026, 11).age_on(TODAY) == AgeRange(0, 0)


def test_a_leap_day_birthday_is_1_march_in_other_years() -> None:
    birth = date(2012, 2, 29)
    assert [age_on(birth, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [13, 14]
    assert [age_on(birth, day) for day in (date(2028, 2, 28), date(2028, 2, 29))] == [15, 16]
    assert birthday(birth, 14) == date(2026, 3, 1)


def test_ages_are_shown_in_words() -> None:
    assert [say_age(AgeRange(*pair)) for pair in ((13, 13), (1, 1), (8, 10))] == ["13 Jahre", "1 Jahr", "8–10 Jahre"]


def test_months_end_where_a_month_is_shorter() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), 25) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3.8.26", date(2026, 8, 3)),
        ("030826", date(2026, 8, 3)),
        ("3. Dezember 2026", date(2026, 12, 3)),
        ("2026-12-01", date(2026, 12, 1)),
        ("heute", TODAY),
        ("Gestern", date(2026, 11, 25)),
        ("morgen", date(2026, 11, 27)),
        ("+14", date(2026, 12, 10)),
        ("- 7", date(2026, 11, 19)),
        ("21.9.", date(2026, 9, 21)),
        ("21.9", date(2026, 9, 21)),
        ("1.1.", date(2027, 1, 1)),
        ("29.2.", date(2028, 2, 29)),
        ("3.8.99", date(1999, 8, 3)),
    ],
)
def test_other_days_may_be_typed_short(typed: str, day: date) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31.2.", "Den 31.2. gibt es nicht. So geht es: 26.11.2026"),
        ("2016", "Hier wird ein Tag gebraucht, zum Beispiel 26.11.2026."),
        ("bald", "Hier wird ein Tag gebraucht, zum Beispiel 26.11.2026."),
        ("30.2.2026", "Den 30.02.2026 gibt es nicht, der Monat hat 28 Tage."),
    ],
)
def test_what_is_no_day_is_told_how_it_looks_right(typed: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"[.\d]$") as error:
        parse_day(typed, TODAY)
    assert str(error.value) == message


@given(days, days)
def test_a_day_without_year_is_the_nearest(day: date, today: date) -> None:
    found = parse_day(f"{day.day}.{day.month}.", today)
    assert (found.day, found.month) == (day.day, day.month)
    if (day.day, day.month) != (29, 2):
        assert abs(found - today) <= timedelta(days=183)


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (None, None, Precision.DAY),
        (TODAY, None, Precision.YEAR),
        (TODAY, TODAY, Precision.UNKNOWN),
        (TODAY, TODAY - timedelta(days=1), Precision.ABOUT),
        (TODAY, TODAY + timedelta(days=1), Precision.DAY),
    ],
)
def test_a_span_that_makes_no_sense_cannot_be_made(
    earliest: date | None, latest: date | None, precision: Precision
) -> None:
    with pytest.raises(ValueError, match="a span"):
        DateSpan(earliest, latest, precision)
