"""Nine invented families, each in a situation the desk knows, and as many more as a large store needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from desk_app.casework.demo_people import (
    DemoFamily,
    DemoPerson,
    Values,
    adult,
    arrival,
    born_before,
    child,
    home,
    shared_rows,
)
from desk_app.domain.dates import DateSpan, Precision, parse_date_span
from desk_app.domain.demo_names import Name, Origin, origins
from desk_app.domain.records import RecordKind
from desk_app.domain.school_history import show_school_year
from desk_app.domain.schooling import propose

_STREETS = ("Musterweg", "Beispielallee", "Probestraße", "Vorlagengasse", "Erfundene Straße", "Platzhalterring")
_PLACES = (("45468", "mitte"), ("45472", "heissen"), ("45473", "duempten"), ("45476", "styrum"),
           ("45478", "speldorf"), ("45479", "broich"), ("45481", "saarn"))  # fmt: skip
_WITHOUT = ("german_level", "literacy", "years_of_schooling", "sex", "prior_german_school", "birth_date")
_OLDEST = 80


def families(today: date, count: int, seed: int) -> list[DemoFamily]:
    """``count`` families in the order in which they come to the desk; the same for the same day and ``seed``."""
    told = [make(today) for make in _TOLD][:count]
    more = [_made_up(Random(f"{seed}-{number}"), today, number) for number in range(count - len(told))]  # noqa: S311 - nothing secret
    return sorted([*told, *more], key=lambda family: family.day)


def _told_day(today: date, days_ago: int) -> date:
    """A working day about that long ago."""
    day = today - timedelta(days=days_ago)
    return day - timedelta(days=max(0, day.weekday() - 4)) if days_ago else day


def _name(origin: Origin, kind: str, place: int) -> Name:
    return origin.names[kind][place]


def _three_stages(today: date) -> DemoFamily:
    """Five people, children in primary, lower and upper secondary, names in Arabic script as well."""
    origin, day = origins()["syria"], _told_day(today, 9)
    family = _name(origin, "family", 0)
    daughter = child(origin, _name(origin, "girl", 0), family, "w", born_before(day, 9, 2), day, "Aleppo")
    son = child(origin, _name(origin, "boy", 0), family, "m", born_before(day, 13, 5), day, "Aleppo")
    eldest = child(origin, _name(origin, "girl", 1), family, "w", born_before(day, 16, 10), day, "Aleppo")
    english = (RecordKind.LANGUAGE, {"language": "en", "level": "basic"})
    remark = (
        "Karim wirkt sehr motiviert, rechnet sicher und kann sich auf Englisch verständigen. "
        "Die Familie wünscht sich einen kurzen Schulweg; eine gemeinsame Schule mit Lina ist nicht nötig."
    )
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 48, 101, reachable="vormittags"),
        home("Musterweg", "12", "45476", "styrum", housing_type="own_home"),
        (
            adult(origin, "mother", _name(origin, "woman", 0), family, own_phone="0170 0000111"),
            adult(origin, "father", _name(origin, "man", 0), family),
            daughter.saying(german_level="A1", all_day_needed=True),
            replace(son.having(english), remark=remark),
            eldest.saying(german_level="A2", aspiration="Ausbildung in der Pflege"),
        ),
        shared_rows(origin, day),
    )


def _apart(today: date) -> DemoFamily:
    """Parents live apart; the son's father alone has custody of him, and the son lives with him."""
    origin, day = origins()["ukraine"], _told_day(today, 6)
    family = _name(origin, "family", 0)
    daughter = child(origin, _name(origin, "girl", 0), family, "w", born_before(day, 7, 3), day, "Charkiw")
    son = child(origin, _name(origin, "boy", 2), family, "m", born_before(day, 11, 8), day, "Charkiw")
    son = son.having(
        (RecordKind.APART, {"guardian_kind": "father", "phone": "0170 0000222"}),
        (RecordKind.ADDRESS, home("Probestraße", "3 a", "45481", "saarn", housing_type="own_home")),
    )
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 20, 102, email="familie.prykladenko@post.example"),
        home("Beispielallee", "7", "45468", "mitte", housing_type="own_home", mailbox_name="bei Srasok"),
        (
            adult(origin, "mother", _name(origin, "woman", 0), family),
            adult(origin, "father", _name(origin, "man", 0), family, has_custody=False, own_phone="0170 0000222"),
            daughter,
            replace(son.saying(german_level="A1+"), guardians=(1,)),
        ),
        shared_rows(origin, day),
    )


def _estimated_and_one_name(today: date) -> DemoFamily:
    """A girl with a single name whose age is only known roughly; nobody has taught her to read yet."""
    origin, day = origins()["afghanistan"], _told_day(today, 5)
    family, alone = _name(origin, "family", 0), Name("")
    born = parse_date_span("ca. 9", day)
    girl = child(origin, _name(origin, "girl", 0), alone, "w", born, day, "Herat").saying(
        family_name=None,
        single_name=True,
        birth_date_source="estimated",
        literacy="none",
        years_of_schooling=1.0,
        last_grade=None,
        support_type="literacy",
        school_stage="primary",
        stage_reason="Alter geschätzt, noch nicht alphabetisiert",
        proposed_grade="03",
        grade_reason="Alter geschätzt",
        measles_proof="open",
    )
    year: Values = {
        "school_year": show_school_year(day.year - 3),
        "attended": True,
        "country": origin.nationality,
        "school": "Dorfschule bei Herat",
        "grade": "1",
    }
    rows = ((RecordKind.SCHOOL_YEAR, year),)
    return DemoFamily(
        day,
        family.latin,
        arrival(
            origin,
            day,
            31,
            103,
            reported_by="counselling",
            entry_date=DateSpan.of_month(day.year, 1),
            allocated=True,
            allocated_on=day - timedelta(days=33),
        ),
        home("Vorlagengasse", "21", "45473", "duempten", housing_type="shared_housing"),
        (adult(origin, "mother", _name(origin, "woman", 0), family), replace(girl, rows=rows)),
        shared_rows(origin, day),
    )


def _unaccompanied(today: date) -> DemoFamily:
    """A boy of about fifteen without his family; the youth office has custody."""
    origin, day = origins()["afghanistan"], _told_day(today, 12)
    family = _name(origin, "family", 1)
    born = DateSpan(born_before(day, 15, 2, 0).earliest, born_before(day, 14, 11, 0).earliest, Precision.ABOUT)
    boy = child(origin, _name(origin, "boy", 0), family, "m", born, day, "Kundus").saying(
        unaccompanied=True, birth_date_source="arrival_certificate", proposed_grade="09",
        grade_reason="Geburtsdatum geschätzt", school_stage="lower_secondary", stage_reason="noch keine 16 Jahre",
    )  # fmt: skip
    office = DemoPerson(
        {"role": "youth_office", "family_name": "Jugendamt Musterstadt, Amtsvormundschaft", "has_custody": True,
         "own_phone": "0208 000-4520"}
    )  # fmt: skip
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 24, 104, reported_by="counselling", interpreter_kind="remote", phone="0208 000-4521"),
        home("Erfundene Straße", "40", "45472", "heissen", housing_type="youth_welfare"),
        (office, boy),
        shared_rows(origin, day),
    )


def _shelter(today: date) -> DemoFamily:
    """A mother with two children in a shelter: the address stays in the program."""
    origin, day = origins()["turkey"], _told_day(today, 3)
    family = _name(origin, "family", 0)
    girl = child(origin, _name(origin, "girl", 3), family, "w", born_before(day, 10, 1), day, "Gaziantep")
    boy = child(origin, _name(origin, "boy", 0), family, "m", born_before(day, 6, 11), day, "Gaziantep")
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 8, 105, reported_by="counselling", contact_name="Beratungsstelle",
                contact_phone="0208 000-4530"),
        home("Verborgenenweg", "99", "45479", "broich", protection="shelter", housing_type="private"),
        (adult(origin, "mother", _name(origin, "woman", 1), family), girl, boy.saying(kindergarten_years="2")),
        shared_rows(origin, day),
    )  # fmt: skip


def _tipping_and_kindergarten(today: date) -> DemoFamily:
    """A girl who turns sixteen in a month, so two offices may be competent, and a brother too young for school."""
    origin, day = origins()["romania"], _told_day(today, 1)
    family = _name(origin, "family", 2)
    girl = child(origin, _name(origin, "girl", 2), family, "w", born_before(today, 15, 11, 2), day, "Craiova")
    small = child(origin, _name(origin, "boy", 2), family, "m", born_before(day, 4, 2), day, "Craiova")
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 15, 106),
        home("Platzhalterring", "5", "45478", "speldorf", housing_type="own_home"),
        (
            adult(origin, "mother", _name(origin, "woman", 1), family),
            adult(origin, "father", _name(origin, "man", 1), family),
            girl.saying(german_level="A2"),
            small,
        ),
        shared_rows(origin, day),
        finished=False,
    )


def _sent_with_long_names(today: date) -> DemoFamily:
    """Sent two weeks ago; names that fill their lines."""
    origin, day = origins()["vietnam"], _told_day(today, 23)
    family = Name("Mẫu Nguyễn-Dương")
    given = Name("Bảo Ngọc Thùy Dương Khánh Linh")
    girl = child(origin, given, family, "w", born_before(day, 14, 4), day, "Nghệ An")
    boy = child(origin, _name(origin, "boy", 1), family, "m", born_before(day, 8, 7), day, "Nghệ An")
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 12, 107),
        home("Erfundene Straße am Großen Beispielplatz", "128 b", "45481", "saarn", housing_type="own_home"),
        (
            adult(origin, "mother", _name(origin, "woman", 0), family),
            adult(origin, "father", _name(origin, "man", 1), family),
            girl.saying(all_given_names=given.latin, german_level="A1/A2", strengths="Klavier, Schach, Informatik"),
            boy,
        ),
        shared_rows(origin, day),
        sent_on=_told_day(today, 14),
    )


def _ready_today(today: date) -> DemoFamily:
    """Two siblings taken in today whose requests can go out with the next sending."""
    origin, day = origins()["ukraine"], today
    family = _name(origin, "family", 1)
    girl = child(origin, _name(origin, "girl", 1), family, "w", born_before(day, 8, 6), day, "Odesa")
    boy = child(origin, _name(origin, "boy", 3), family, "m", born_before(day, 12, 7), day, "Odesa")
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, 29, 109),
        home("Beispielallee", "60", "45468", "mitte", housing_type="own_home"),
        (adult(origin, "mother", _name(origin, "woman", 1), family), girl, boy.saying(german_level="A1")),
        shared_rows(origin, day),
    )


def _just_begun(today: date) -> DemoFamily:
    """An intake somebody was called away from: a name, a phone number and one child so far."""
    origin, day = origins()["poland"], today
    family = _name(origin, "family", 0)
    boy = DemoPerson({"role": "child", "given_name": "Błażej", "birth_date": born_before(day, 12, 4)})
    household = {"phone": "0170 0000108", "reported_by": "registration_office"}
    return DemoFamily(day, family.latin, household, {}, (boy,), finished=False)


_TOLD = (
    _three_stages, _apart, _estimated_and_one_name, _unaccompanied, _shelter, _tipping_and_kindergarten,
    _sent_with_long_names, _ready_today, _just_begun,
)  # fmt: skip


def _made_up(chance: Random, today: date, number: int) -> DemoFamily:
    """One more family: one parent or two, one to four children, most of them complete, the older ones sent."""
    origin = chance.choice(list(origins().values()))
    day, family = _told_day(today, chance.randint(1, _OLDEST)), chance.choice(origin.names["family"])
    postal_code, district = chance.choice(_PLACES)
    adults = [adult(origin, "mother", chance.choice(origin.names["woman"]), family)]
    if chance.random() < 0.6:
        adults.append(adult(origin, "father", chance.choice(origin.names["man"]), family))
    protection = "shelter" if chance.random() < 0.04 else None
    sent_on = day + timedelta(days=chance.randint(4, 12))
    return DemoFamily(
        day,
        family.latin,
        arrival(origin, day, chance.randint(5, 40), 1000 + number % 9000),
        home(chance.choice(_STREETS), str(chance.randint(1, 180)), postal_code, district, protection=protection),
        (*adults, *_children(chance, origin, family, day)),
        shared_rows(origin, day),
        finished=chance.random() < 0.9,
        at_once=True,
        sent_on=sent_on if sent_on < today and chance.random() < 0.8 else None,
    )


def _children(chance: Random, origin: Origin, family: Name, day: date) -> Iterator[DemoPerson]:
    town = chance.choice(list(origin.towns))
    given = [*((name, "w") for name in origin.names["girl"]), *((name, "m") for name in origin.names["boy"])]
    for name, sex in chance.sample(given, chance.choice((1, 1, 2, 2, 2, 3, 3, 4))):
        born = born_before(day, chance.randint(4, 17), chance.randint(0, 11), chance.randint(1, 28))
        person = child(origin, name, family, sex, born, day, town)
        person = person.saying(german_level=chance.choice(("none", "none", "Pre-A1", "A1", "A1+", "A2")))
        if len(propose(born, day).offices) > 1 and chance.random() < 0.7:
            person = person.saying(school_stage="upper_secondary", stage_reason="wird bald 16")
        elif chance.random() < 0.2:
            person = person.saying(**{chance.choice(_WITHOUT): None})
        yield person
