"""An offer as JSON and back, what a newer version wrote, and the offers that come with the program."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.code_lists import CODE_LISTS, code_list
from desk_app.domain.offer_fields import FIELDS, OPERATORS, YES, FactKind
from desk_app.domain.offer_questions import QUESTIONS
from desk_app.domain.offer_seed import shipped
from desk_app.domain.offers import (
    ACTIVE,
    BRIEF_LENGTH,
    ENDED,
    PROPOSAL,
    FactSource,
    Offer,
    OfferCapacity,
    OfferContact,
    OfferCost,
    OfferException,
    OfferLanguage,
    OfferPaper,
    OfferPlace,
    OfferRegistration,
    OfferRule,
    OfferTime,
    Organisation,
    Venue,
)
from desk_app.domain.plain_content import Content

TODAY: Final = date(2026, 11, 26)
_NEWER = st.dictionaries(
    st.sampled_from(("newer_a", "newer_b")),
    st.none() | st.integers() | st.text(max_size=5) | st.lists(st.booleans()),
    max_size=1,
)
KINDS: Final[tuple[type[Content], ...]] = (
    Organisation, Venue, OfferTime, OfferException, OfferPlace, OfferContact, OfferLanguage, OfferPaper, OfferCapacity,
    OfferCost, OfferRegistration, OfferRule, FactSource, Offer,
)  # fmt: skip


def a_value(hint: Any) -> st.SearchStrategy[Any]:
    """Any value a field may hold."""
    kinds = [kind for kind in get_args(hint) if kind is not Ellipsis]
    if get_origin(hint) is tuple:
        return st.lists(a_value(kinds[0]), max_size=2).map(tuple)
    if kinds:
        return st.one_of(*(a_value(kind) for kind in kinds))
    if isinstance(hint, type) and issubclass(hint, Content):
        return a_record(hint)
    plain = {
        str: st.text(max_size=5), int: st.integers(), bool: st.booleans(), type(None): st.none(), UUID: st.uuids(),
        float: st.floats(allow_nan=False), date: st.dates(),
    }  # fmt: skip
    return plain[hint]


@cache
def a_record(kind: Any) -> st.SearchStrategy[Any]:
    """Any record of a kind, with fields that only a newer version knows."""
    hints = get_type_hints(kind)
    values = {item.name: a_value(hints[item.name]) for item in fields(kind) if item.name != "more"}
    return st.builds(kind, more=_NEWER, **values)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_record_comes_back_from_json_as_it_was(kind: type[Content], data: st.DataObject) -> None:
    record = data.draw(a_record(kind))
    assert kind.from_content(json.loads(json.dumps(record.to_content()))) == record


def test_what_is_not_known_is_not_written() -> None:
    assert Offer(UUID(int=1), "Sprachkurs").to_content() == {"id": str(UUID(int=1)), "title": "Sprachkurs"}


def test_what_a_newer_version_wrote_is_written_again() -> None:
    content = {
        "id": str(uuid4()),
        "title": "Sprachkurs",
        "colour": "blue",
        "child_care": "on Mondays",
        "follow_up_days": True,
        "times": [{"weekdays": 2, "moon": "full"}],
        "languages": [{"language": "ar", "how": "staff"}, "Farsi"],
    }
    offer = Offer.from_content(content)
    assert offer.to_content() == content
    assert offer.times == (OfferTime(2, more={"moon": "full"}),)
    assert (offer.child_care, offer.languages, offer.follow_up_days) == (None, (), None)
    told = replace(offer, child_care=True, title="Kurs")
    assert told.to_content() == {**content, "child_care": True, "title": "Kurs"}


@pytest.mark.parametrize("content", [{"title": "Kurs"}, {"id": str(UUID(int=1))}, {"id": "7", "title": "Kurs"}])
def test_an_offer_has_an_id_and_a_title(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Offer"):
        Offer.from_content(content)


def test_a_fact_has_its_own_source_or_that_of_the_others() -> None:
    rest, times = FactSource("", "Verzeichnis", TODAY), FactSource("times", "Anruf", TODAY)
    offer = Offer(uuid4(), "Kurs", sources=(rest, times))
    assert [offer.source_of(name) for name in ("times", "places")] == [times, rest]
    assert Offer(uuid4(), "Kurs").source_of("times") is None


def test_an_offer_is_on_within_its_dates_and_an_alert_until_its_day() -> None:
    offer = Offer(uuid4(), "Kurs", valid_from=TODAY, valid_to=TODAY, alert="Neuer Raum", alert_until=TODAY)
    days = [date(2026, 11, day) for day in (25, 26, 27)]
    assert [offer.on_offer(day) for day in days] == [False, True, False]
    assert [offer.alert_on(day) for day in days] == ["Neuer Raum", "Neuer Raum", ""]
    assert not any(replace(offer, status=status).on_offer(TODAY) for status in (ENDED, PROPOSAL))


def test_ten_offers_come_with_the_program_and_the_others_as_proposals() -> None:
    seed = shipped()
    states = [offer.status for offer in seed.offers]
    assert (states.count(ACTIVE), states.count(PROPOSAL), len(states)) == (10, 22, 32)
    everything = [*seed.offers, *seed.organisations, *seed.venues]
    assert len({each.id for each in everything}) == len(everything)
    organisations, venues = ({each.id for each in group} for group in (seed.organisations, seed.venues))
    for offer in seed.offers:
        assert offer.organisation is None or offer.organisation in organisations
        assert {place.place for place in offer.places} <= venues
        assert len(offer.brief) <= BRIEF_LENGTH
        assert offer.brief


def test_every_fact_shipped_has_a_source_and_its_day_none_of_which_is_to_come() -> None:
    seed = shipped()
    for offer in seed.offers:
        assert all(source.source and source.on and source.on <= seed.as_of for source in offer.sources)
        known = set(offer.to_content()) - {"id", "status", "sources", "follow_up_days"}
        assert all(offer.source_of(name) for name in known)
        assert {source.field for source in offer.sources} - {""} <= known
        assert all(rule.source for rule in offer.rules)


def test_what_is_shipped_uses_the_lists_and_leaves_nothing_over() -> None:
    for offer in shipped().offers:
        content = offer.to_content()
        assert not any("more" in each for each in _all_objects(content))
        assert offer.more == {}
        assert all(code_list("offer_topics").get(topic) for topic in offer.topics)
        assert all(code_list("offer_audiences").get(key) for key in offer.audiences)
        for name, value in (("modes", offer.mode), ("kinds", offer.kind), ("costs", offer.cost.kind),
                            ("registrations", offer.registration.way), ("statuses", offer.status)):  # fmt: skip
            assert not value or code_list(f"offer_{name}").get(value), value
        for rule in offer.rules:
            field = FIELDS[rule.field]
            assert rule.operator in OPERATORS[field.kind]
            if field.kind is FactKind.YES_NO:
                assert rule.values in ((YES,), ("no",))
            if field.codes:
                assert all(code_list(field.codes).get(value) for value in rule.values)


def _all_objects(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [found for each in content for found in _all_objects(each)]
    if isinstance(content, dict):
        return [content, *(found for each in content.values() for found in _all_objects(each))]
    return []


def test_topics_are_a_tree_without_loops_of_two_levels() -> None:
    topics = code_list("offer_topics")
    for topic in topics.entries:
        parent = topics.get(topic.extra["parent"]) if topic.extra["parent"] else None
        assert not topic.extra["parent"] or (parent is not None and not parent.extra["parent"])


def test_every_fact_has_a_question_that_brings_it_to_light_and_every_list_exists() -> None:
    from_births = {"age", "child_age", "adult_age", "school_duty", "school_stage", "children", "anyone"}
    assert set(FIELDS) - from_births <= set(QUESTIONS)
    assert {each.codes for each in (*FIELDS.values(), *QUESTIONS.values())} - {""} <= set(CODE_LISTS)
    assert {operator for each in OPERATORS.values() for operator in each} == {
        code.key for code in code_list("offer_operators").entries
    }
