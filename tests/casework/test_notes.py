from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from builders import NOW, StoredFamily, store_family

from desk_app.casework import deeds, families, notes, timeline
from desk_app.casework.desk import Desk
from desk_app.casework.notes import Draft
from desk_app.casework.timeline import Entry, Happening
from desk_app.domain.errors import RecordGone


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def draft(family: StoredFamily, words: str, **more) -> Draft:
    return Draft(**{"id": uuid4(), "household": family.household, "words": words, "kind": "call", "at": NOW, **more})


def keep(desk: Desk, note: Draft) -> Draft:
    desk.do(lambda work: notes.keep(work, note))
    return note


def course(desk: Desk, family: StoredFamily) -> list[Entry]:
    told = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    return [entry for entry in told if entry.note is not None]


def test_a_note_is_kept_letter_by_letter_as_one_note(desk: Desk, family: StoredFamily) -> None:
    note = draft(family, "Zeug")
    for words in ("Zeug", "Zeugnis", "Zeugnis fehlt\nnoch"):
        keep(desk, Draft(**{**{key: getattr(note, key) for key in Draft.__slots__}, "words": words}))
    assert [(entry.title, entry.words) for entry in course(desk, family)] == [("Anruf", "Zeugnis fehlt\nnoch")]


def test_a_note_emptied_again_is_none_and_comes_back_when_typed_again(desk: Desk, family: StoredFamily) -> None:
    note = keep(desk, draft(family, "Anruf der Mutter"))
    keep(desk, Draft(note.id, family.household, "  ", "call", NOW))
    assert course(desk, family) == []
    keep(desk, Draft(note.id, family.household, "Anruf", "call", NOW))
    assert [entry.words for entry in course(desk, family)] == ["Anruf"]


def test_without_words_nothing_is_begun(desk: Desk, family: StoredFamily) -> None:
    keep(desk, draft(family, "\u200b \n "))
    assert course(desk, family) == []


def test_a_note_stands_on_the_day_it_happened_and_names_whom_it_is_about(desk: Desk, family: StoredFamily) -> None:
    keep(desk, draft(family, "Will auf die Gesamtschule", at=NOW - timedelta(days=3), person=family.child))
    [entry] = course(desk, family)
    assert (entry.title, entry.day, entry.author) == ("Anruf: Karim", date(2026, 11, 23), "Carla Brandt")


def test_a_correction_shows_the_new_words_and_keeps_the_old(desk: Desk, family: StoredFamily, clock) -> None:
    first = keep(desk, draft(family, "Termin am Montag"))
    clock.advance(days=1)
    second = keep(desk, draft(family, "Termin am Dienstag", corrects=first.id))
    keep(desk, draft(family, "Termin am Mittwoch", corrects=second.id))
    [entry] = course(desk, family)
    assert entry.words.splitlines() == [
        "Termin am Mittwoch",
        "Vorher (Carla Brandt, 27.11.2026): Termin am Dienstag",
        "Vorher (Carla Brandt, 26.11.2026): Termin am Montag",
    ]
    desk.do(lambda work: notes.remove(work, entry.note.id))
    assert course(desk, family)[0].words.splitlines()[0] == "Termin am Dienstag", "what was corrected holds again"


def test_a_note_on_a_family_that_is_not_there_is_refused(desk: Desk, family: StoredFamily) -> None:
    with pytest.raises(RecordGone):
        keep(desk, draft(family, "Hallo", household=uuid4()))


def test_an_internal_note_is_told_apart_and_counts_as_no_contact(desk: Desk, family: StoredFamily) -> None:
    keep(desk, draft(family, "Akte geprüft", kind="internal"))
    [entry] = course(desk, family)
    assert (entry.what, entry.title) == (Happening.INTERNAL, "Interne Notiz")
    assert desk.do(notes.last_contacts)[0] == {}
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    keep(desk, draft(family, "Anruf", at=late))
    assert desk.do(notes.last_contacts)[0] == {family.household: date(2026, 11, 21)}, "the day in Germany"


def test_taken_out_and_brought_back(desk: Desk, family: StoredFamily) -> None:
    note = keep(desk, draft(family, "Anruf"))
    desk.do(lambda work: notes.remove(work, note.id))
    assert course(desk, family) == []
    desk.do(lambda work: notes.restore(work, note.id))
    assert [entry.words for entry in course(desk, family)] == ["Anruf"]


def test_taking_the_step_back_takes_all_that_was_typed_and_twice_brings_it_again(
    desk: Desk, family: StoredFamily
) -> None:
    note = keep(desk, draft(family, "Anruf"))
    keep(desk, replace(note, words="Anruf der Mutter", kind="visit"))
    step = desk.do(lambda work: deeds.newest(work, family.household))[0]
    assert step.words == "Notiz: Anruf"
    undone, _ = desk.do(lambda work: deeds.undo(work, step.id))
    assert (undone.kept, course(desk, family)) == (0, [])
    desk.do(lambda work: deeds.undo(work, undone.way_back))
    assert [entry.words for entry in course(desk, family)] == ["Anruf der Mutter"]
