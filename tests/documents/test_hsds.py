"""Offers as HSDS 3.0: what is written satisfies the public schemas, and nothing is lost on the way there and back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from offer_exchanging import ANY, collection, collections, read_here, written
from offer_samples import COURSE, FURNITURE, HOUSE, WELFARE, an_offer

from desk_app.documents import hsds, hsds_tables
from desk_app.documents.hsds_extension import KEY
from desk_app.domain.offer_exchange import ALL_FACTS, Came, Collection, FileKind, Given
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import ENDED, PAUSED, FurtherId, Offer, OfferCost, OfferLanguage, OfferRule, OfferTime

SCHEMAS = Path(__file__).parents[1] / "hsds_schema"
DIRECTORY = collection((COURSE, FURNITURE), HOUSE, WELFARE)


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def against(found: Any, said: Any) -> None:
    Draft202012Validator(said, format_checker=FormatChecker()).validate(found)


def page(found: Collection) -> Any:
    return json.loads(written(found, FileKind.HSDS_JSON))


def service(offer: Offer, **given_: Any) -> Any:
    found = replace(DIRECTORY, offers=(Given(offer, **given_),))
    return page(found)["contents"][0]


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The files of a package by the name of their table, as anybody reads them."""
    with ZipFile(io.BytesIO(content)) as package:
        said = json.loads(package.read("datapackage.json"))
        return {
            each["name"]: list(csv.DictReader(io.StringIO(package.read(each["path"]).decode(), newline="")))
            for each in said["resources"]
        }


def only(content: bytes | Any) -> Came:
    arrived = read_here(content if isinstance(content, bytes) else json.dumps(content).encode())
    assert not arrived.left_out
    (came,) = arrived.offers
    return came


# --- what the specification demands


@given(collections())
@ANY
def test_every_service_satisfies_the_public_schema(found: Collection) -> None:
    made = page(found)
    for each in made["contents"]:
        against(each, schema("service_with_definitions.json"))
    against({key: value for key, value in made.items() if key != "contents"},
            schema("openapi.json")["components"]["schemas"]["Page"])  # fmt: skip
    assert made["total_items"] == made["size"] == len(found.offers)


@given(collections())
@ANY
def test_every_row_of_the_tables_satisfies_the_public_schema_and_points_to_a_row(found: Collection) -> None:
    rows = tables(written(found, FileKind.HSDS_TABLES))
    known = {name: {row["id"] for row in each} for name, each in rows.items()}
    for name, each in rows.items():
        for row in each:
            told = hsds_tables.parsed(row)
            against({name: [told]}, schema("tabular.json"))
            wanted = schema("tabular.json")["properties"][name]["items"].get("tabular_required", [])
            assert not set(wanted) - told.keys()
            for key, value in told.items():
                if key.endswith("_id") and key[:-3] in known and key != "parent_organization_id":
                    assert value in known[key[:-3]]
        assert len(known[name]) == len(each)


def test_the_columns_are_those_of_the_specification() -> None:
    for name, (file, columns) in hsds_tables.TABLES.items():
        said = schema("tabular.json")["properties"][name]["items"]
        assert file == said["path"]
        assert set(columns) - set(said["properties"]) <= {KEY}


def test_the_schemas_notice_a_service_that_is_wrong() -> None:
    found = service(COURSE)
    for broken in ({**found, "status": "offen"}, {**found, "name": 7}, {**found, "id": "kein uuid"},
                   {**found, "languages": [{"name": "Arabisch"}]}):  # fmt: skip
        with pytest.raises(ValidationError):
            against(broken, schema("service_with_definitions.json"))


# --- there and back


@given(collections())
@ANY
def test_nothing_is_lost_as_json(found: Collection) -> None:
    assert_same(found, written(found, FileKind.HSDS_JSON))


@given(collections())
@ANY
def test_nothing_is_lost_as_tables(found: Collection) -> None:
    assert_same(found, written(found, FileKind.HSDS_TABLES))


@pytest.mark.parametrize("kind", [FileKind.HSDS_JSON, FileKind.HSDS_TABLES])
def test_what_is_shipped_comes_back_as_it_is(kind: FileKind) -> None:
    seed = shipped()
    found = collection(seed.offers, *seed.organisations, *seed.venues)
    arrived = assert_same(found, written(found, kind))
    assert arrived.kind is kind


def assert_same(found: Collection, content: bytes) -> Any:
    arrived = read_here(content)
    assert not arrived.left_out
    assert [came.offer for came in arrived.offers] == [given_.offer for given_ in found.offers]
    assert all(came.said == ALL_FACTS for came in arrived.offers)
    for id_, organisation in arrived.organisations.items():
        assert organisation == found.organisations[id_]
    for id_, venue in arrived.venues.items():
        assert venue == found.venues[id_]
    pointed_to = {each.offer.organisation for each in found.offers} & set(found.organisations)
    assert pointed_to <= set(arrived.organisations)
    return arrived


# --- what others read


def test_others_read_who_may_come_when_and_where() -> None:
    offer = replace(
        COURSE, eligibility="Frauen mit Kindern", youngest=None,
        rules=(OfferRule("adult_age", "at_least", ("18",)), OfferRule("age", "between", ("6", "12"))),
        alert="Im Dezember Raum 4", languages=(OfferLanguage("ar"), OfferLanguage("uk", "interpreter")),
    )  # fmt: skip
    found = service(offer, confirmed_on=date(2026, 11, 2), changed_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert (found["minimum_age"], found["maximum_age"]) == (6, 12)
    assert found["eligibility_description"] == "Frauen mit Kindern"
    assert [(each["taxonomy_term"]["name"], each["value"]) for each in found["attributes"]
            if each["link_type"] == "eligibility"] == [("Alter der Erwachsenen", "at_least 18"),
                                                       ("Alter", "between 6, 12")]  # fmt: skip
    assert [each["taxonomy_term"]["name"] for each in found["attributes"] if each["link_type"] == "topic"] == [
        "Deutschkurs"
    ]
    (schedule,) = found["schedules"]
    assert (schedule["freq"], schedule["byday"], schedule["opens_at"], schedule["closes_at"]) == (
        "WEEKLY", "TU,TH", "14:00", "16:00")  # fmt: skip
    (at,) = found["service_at_locations"]
    assert at["location"]["addresses"][0]["address_1"] == "Am Klöttschen 1"
    assert (found["assured_date"], found["last_modified"]) == ("2026-11-02", "2026-11-03T09:00:00Z")
    assert [each["name"] for each in found["languages"]] == ["Arabisch"]
    assert found["interpretation_services"] == "Ukrainisch"
    assert found["organization"]["name"] == "Caritas-Sozialdienste"
    assert (found["cost_options"][0]["amount"], found["fees_description"]) == (0, "kostenfrei")


@pytest.mark.parametrize(("status", "said"), [("active", "active"), (PAUSED, "temporarily closed"), (ENDED, "defunct")])
def test_the_state_is_said_in_their_words(status: str, said: str) -> None:
    assert service(replace(COURSE, status=status))["status"] == said


def test_the_third_tuesday_of_the_month_is_a_recurrence() -> None:
    offer = replace(COURSE, times=(OfferTime(1 << 1, 540, 1440, week_of_month=3), OfferTime(1, week_of_month=5)))
    found = service(offer)["schedules"]
    assert [(each["freq"], each["byday"]) for each in found] == [("MONTHLY", "3TU"), ("MONTHLY", "-1MO")]
    assert found[0]["closes_at"] == "00:00"
    assert only(page(replace(DIRECTORY, offers=(Given(offer),)))).offer == offer


def test_what_is_no_web_address_is_not_said_to_be_one() -> None:
    assert service(replace(COURSE, web="www.haus.example/kurs"))["url"] == "https://www.haus.example/kurs"
    assert "url" not in service(replace(COURSE, web="siehe Aushang"))
    assert "email" not in service(replace(COURSE, email="auf Anfrage"))


def test_only_what_the_specification_lacks_is_in_our_key() -> None:
    assert set(service(COURSE)[KEY]["facts"]) == {"brief", "child_care", "places", "sources"}
    plain = an_offer("Chor", text="Singen", audiences=("family",))
    assert KEY not in service(plain)
    assert only(page(collection([plain]))).said == ALL_FACTS


# --- what others changed or wrote


def test_a_change_by_others_goes_before_our_key() -> None:
    offer = replace(COURSE, times=(replace(COURSE.times[0], school_holidays="no"),), goal="A1")
    found = page(replace(DIRECTORY, offers=(Given(offer),)))
    found["contents"][0]["schedules"][0]["opens_at"] = "15:00"
    found["contents"][0]["name"] = "Sprachkurs A1 neu"
    found["contents"][0]["organization"]["phones"][0]["number"] = "0208 000-99"
    arrived = read_here(json.dumps(found).encode())
    (came,) = arrived.offers
    assert came.offer == replace(offer, title="Sprachkurs A1 neu", times=(replace(COURSE.times[0], opens=900),))
    assert arrived.organisations[WELFARE.id] == replace(WELFARE, phone="0208 000-99")


def test_other_ids_inside_are_no_change() -> None:
    found = service(replace(COURSE, times=(replace(COURSE.times[0], school_holidays="no"),)))
    found["schedules"][0]["id"] = str(UUID(int=4))
    assert only(found).offer.times[0].school_holidays == "no"


def test_the_example_of_the_specification_is_read() -> None:
    came = only(schema("service_full.json"))
    offer = came.offer
    assert offer.title == "Community Counselling"
    assert (offer.youngest, offer.oldest) == (12, 100)
    assert offer.organisation == UUID("d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610")
    assert [contact.name for contact in offer.contacts if contact.name] == ["Ann Persona"]
    assert offer.places
    assert "rules" not in came.said
    assert "times" in came.said or "times_words" in came.said


def test_a_service_of_others_has_an_id_for_ever() -> None:
    theirs = {"id": "4711", "name": "Chor", "status": "active", "organization": {"id": "12", "name": "Verein"},
              "fees_description": "5 Euro", "languages": [{"code": "ukr"}, {"name": "Klingonisch"}]}  # fmt: skip
    came = only([theirs])
    again = only([{**theirs, "name": "Großer Chor"}])
    assert came.offer.id == again.offer.id
    assert came.offer.further_ids == (FurtherId("hsds", "4711"),)
    assert came.offer.cost == OfferCost("text", "5 Euro")
    assert came.offer.languages == (OfferLanguage("uk"),)
    assert came.remarks == ("Die Sprache „Klingonisch“ ist nicht bekannt und bleibt weg.",)
    assert came.said == {"title", "organisation", "cost", "languages", "further_ids"}


def test_hours_that_no_rule_can_say_stay_as_words() -> None:
    schedule = {"id": "1", "freq": "MONTHLY", "bymonthday": "15", "description": "am 15. jeden Monats"}
    came = only([{"id": "1", "name": "Chor", "status": "active", "schedules": [schedule]}])
    assert (came.offer.times, came.offer.times_words) == ((), "am 15. jeden Monats")


def test_what_is_no_service_is_left_out_with_the_reason() -> None:
    good = {"id": "1", "name": "Chor", "status": "active"}
    found = [good, {**good, "id": "2", "name": " "}, good, {**good, "id": "3", "contacts": "Frau Muster"}]
    arrived = read_here(json.dumps({"contents": found}).encode())
    assert [came.offer.title for came in arrived.offers] == ["Chor"]
    assert [(each.where, each.words) for each in arrived.left_out] == [
        ("Angebot 2", "Es steht kein Titel dabei."),
        ("Angebot 3 „Chor“", "Dasselbe Angebot steht weiter oben schon einmal."),
        ("Angebot 4 „Chor“", "Der Eintrag ist anders aufgebaut als erwartet."),
    ]


def test_tables_of_others_are_read_by_their_names() -> None:
    target = io.BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("hsds/services.csv", "id;organization_id;name;status;wait_time\r\n1;2;Chor;active;keine\r\n")
        package.writestr("hsds/organizations.csv", "id;name;description\r\n2;Verein am Fluss;Singen\r\n")
        package.writestr("hsds/phones.csv", "id;service_id;organization_id;number\r\n3;1;2;0208 000\r\n")
    arrived = read_here(target.getvalue())
    (came,) = arrived.offers
    assert came.offer.contacts[0].phone == "0208 000"
    assert [each.name for each in arrived.organisations.values()] == ["Verein am Fluss"]
    assert hsds.TAXONOMY not in str(came.offer)
