"""Pages a family was given: kept as they were, told in its timeline, taken back like any other deed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family

from desk_app.casework import deeds, families, handouts, timeline
from desk_app.casework.desk import Desk
from desk_app.casework.handouts import Handed
from desk_app.casework.happenings import Happening
from desk_app.domain.errors import RecordGone

CONTENT = {"offers": [{"title": "Sprachkurs A1", "when": ["Di 14–16", "Do 14–16"]}], "phone": "0208 000"}


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def hand_out(desk: Desk, family: StoredFamily, page: UUID) -> UUID:
    handed = Handed(page, family.household, handouts.OFFERS, "Merkzettel vom 26.11.2026", CONTENT, "ar")
    return desk.do(lambda work: handouts.keep(work, handed))[0]


def test_a_page_reads_the_same_years_later(desk: Desk, family: StoredFamily) -> None:
    page = uuid4()
    hand_out(desk, family, page)
    assert desk.do(lambda work: handouts.read(work, page))[0].content == CONTENT
    (line,) = desk.do(lambda work: handouts.of_family(work, family.household))[0]
    assert (line.label, line.language, line.by) == ("Merkzettel", "ar", "Carla Brandt")
    entries = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    told = [entry for entry in entries if entry.what is Happening.HANDOUT]
    assert [(entry.title, entry.words) for entry in told] == [("Mitgegeben: Merkzettel", "Arabisch")]


def test_handing_out_can_be_taken_back_and_twice_is_once(desk: Desk, family: StoredFamily) -> None:
    page = uuid4()
    deed = hand_out(desk, family, page)
    hand_out(desk, family, page)
    assert len(desk.do(lambda work: handouts.of_family(work, family.household))[0]) == 1
    desk.do(lambda work: deeds.undo(work, deed))
    assert desk.do(lambda work: handouts.of_family(work, family.household))[0] == ()
    with pytest.raises(RecordGone):
        desk.do(lambda work: handouts.read(work, page))
