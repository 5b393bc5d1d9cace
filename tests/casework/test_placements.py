"""The list of requests and the preview: what they tell of a child, and what they keep to themselves."""

from datetime import date
from uuid import uuid4

import builders
import pypdfium2
import pytest
from conftest import SettableClock

from desk_app.casework import exports, families, intake, placement_list, preview
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_list import PlacementRow
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import NothingToSend, RecordGone
from desk_app.domain.records import RecordKind, Ref


def rows_of(desk: Desk) -> tuple[PlacementRow, ...]:
    return desk.do(placement_list.listing)[0]


def forget(work: Work, family: builders.StoredFamily, key: str) -> None:
    intake.set_value(work, Ref(RecordKind.PERSON, family.child), key, None)


def protect(work: Work, family: builders.StoredFamily) -> None:
    home = families.load(work, family.household).all(RecordKind.ADDRESS)[0]
    intake.set_value(work, home.ref, "protection", "shelter")


def words_on(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


# --- the list


def test_a_request_waits_since_the_child_came_to_the_city_and_says_what_is_missing(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    desk.do(lambda work: forget(work, family, "german_level"))
    (row,) = rows_of(desk)
    assert (row.name, row.age, row.grade, row.district, row.state) == ("Karim Haddad", "13", "8", "Styrum", "draft")
    assert (row.since, row.waiting_days) == (date(2026, 9, 21), 66)
    assert (row.blocking, row.asked - row.answered) == (1, row.missing)


def test_upper_secondary_has_no_grade_unless_a_person_chose_one(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    sixteen = DateSpan.of_day(date(2010, 10, 30))
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "birth_date", sixteen))
    (row,) = rows_of(desk)
    assert (row.age, row.grade) == ("16", "")
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.PERSON, family.child), "proposed_grade", "10"))
    assert rows_of(desk)[0].grade == "10"


def test_sending_once_more_does_not_make_a_request_younger(
    desk: Desk, clock: SettableClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    family, _ = desk.do(builders.store_family)
    folder = tmp_path_factory.mktemp("out")
    wanted = exports.Wanted([family.request], folder)
    clock.advance(days=2)
    desk.do(lambda work: exports.export_requests(work, wanted))
    clock.advance(days=5)
    desk.do(lambda work: exports.export_requests(work, wanted))
    clock.advance(days=4)
    (row,) = rows_of(desk)
    assert (row.state, row.state_since) == ("sent", date(2026, 11, 28))


def test_a_protected_address_gives_no_district_away(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    desk.do(lambda work: protect(work, family))
    assert rows_of(desk)[0].district == ""


# --- the preview


def test_the_preview_is_the_paper_that_would_be_sent(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    found, touched = desk.do(lambda work: preview.page(work, family.request, 0, 400))
    assert (found.name, found.household, found.child) == ("Karim Haddad", family.household, family.child)
    assert (found.number, found.picture.width, found.open_questions) == (0, 400, ())
    assert len(found.picture.rgba) == found.picture.width * found.picture.height * 4
    # ink on white paper
    assert len(set(found.picture.rgba[::4])) > 50
    assert not touched


def test_a_page_beyond_the_last_shows_the_last(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    found, _ = desk.do(lambda work: preview.page(work, family.request, 7, 200))
    assert found.number == found.pages - 1


def test_a_draft_is_shown_with_what_it_lacks(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    desk.do(lambda work: forget(work, family, "german_level"))
    found, _ = desk.do(lambda work: preview.page(work, family.request, 0, 200))
    assert [question.key for question in found.open_questions] == ["german_level"]


def test_a_protected_address_is_not_in_the_preview(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    before = desk.do(lambda work: exports.preview(work, family.request))[0]
    assert "Lindenhof" in words_on(before)
    open_picture, _ = desk.do(lambda work: preview.page(work, family.request, 0, 300))
    desk.do(lambda work: protect(work, family))
    after = desk.do(lambda work: exports.preview(work, family.request))[0]
    assert "Lindenhof" not in words_on(after)
    assert "45476" not in words_on(after)
    kept, _ = desk.do(lambda work: preview.page(work, family.request, 0, 300))
    assert kept.picture.rgba != open_picture.picture.rgba


def test_a_request_that_is_gone_has_no_preview(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, family.child)))
    for request in (family.request, uuid4()):
        with pytest.raises(RecordGone):
            desk.do(lambda work, request=request: preview.page(work, request, 0, 200))


# --- the printer


def test_paper_is_noted_like_a_file(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    pages, touched = desk.do(lambda work: preview.pages_to_print(work, family.request))
    assert [page.width for page in pages] == [2480] * len(pages)
    assert pages
    assert touched == {"placements"}


def test_nothing_incomplete_is_printed(desk: Desk) -> None:
    family, _ = desk.do(builders.store_family)
    desk.do(lambda work: forget(work, family, "german_level"))
    with pytest.raises(NothingToSend, match="Deutsch"):
        desk.do(lambda work: preview.pages_to_print(work, family.request))


def test_children_without_a_given_name_can_be_told_apart_in_the_list(desk: Desk) -> None:
    family = desk.do(lambda work: builders.store_family(work, "Haddad", given_name=""))[0]
    values = {**builders.a_complete_child(given_name=""), "birth_date": DateSpan.of_day(date(2015, 3, 1))}
    desk.do(lambda work: intake.add(work, RecordKind.PERSON, uuid4(), family.household, values=values))
    assert sorted(row.name for row in desk.do(placement_list.listing)[0]) == ["Haddad (1)", "Haddad (2)"]
