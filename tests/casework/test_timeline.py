from datetime import date
from pathlib import Path
from uuid import uuid4

from builders import StoredFamily, store_family

from desk_app.casework import deeds, exports, families, intake, merging, timeline
from desk_app.casework.desk import Desk
from desk_app.casework.exports import Wanted
from desk_app.casework.timeline import Entry, Happening
from desk_app.domain.records import RecordKind, Ref


def course(desk: Desk, family: StoredFamily) -> tuple[Entry, ...]:
    return desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]


def titles(desk: Desk, family: StoredFamily) -> list[str]:
    return [entry.title for entry in course(desk, family)]


def test_an_intake_tells_when_it_began_and_when_it_was_finished_and_by_whom(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    clock.advance(days=1)
    desk.do(lambda work: intake.finish(work, family.household))
    newest = course(desk, family)[0]
    assert (newest.title, newest.day, newest.author) == ("Aufnahme abgeschlossen", date(2026, 11, 27), "Carla Brandt")
    assert titles(desk, family)[-2:] == ["Aufnahme begonnen", "Einwilligung gegeben"], "it was given days before"


def test_a_request_is_told_once_a_day_however_often_its_answers_were_changed(desk: Desk) -> None:
    family, _ = desk.do(store_family)
    child = Ref(RecordKind.PERSON, family.child)
    for place in (None, "Homs", None, "Aleppo"):
        desk.do(lambda work, place=place: intake.set_value(work, child, "given_name", place or None))
    desk.do(lambda work: intake.set_value(work, child, "given_name", "Karim"))
    told = [title for title in titles(desk, family) if title.startswith("Schulplatzanfrage")]
    assert told == ["Schulplatzanfrage für Karim vollständig", "Schulplatzanfrage für Karim begonnen"]


def test_a_sending_tells_the_office_and_the_kinds_of_file(desk: Desk, tmp_path: Path, clock) -> None:
    family, _ = desk.do(store_family)
    clock.advance(days=2)
    desk.do(lambda work: exports.export_requests(work, Wanted([family.request], tmp_path)))
    sent = course(desk, family)[0]
    assert sent.what is Happening.SENT
    assert sent.title == "Schulplatzanfrage für Karim übermittelt"
    assert sent.words == "SP-2026-0001, an: Schulamt, Excel-Liste und PDF"


def test_consents_of_one_day_are_one_entry_and_a_withdrawal_names_who_wrote_it_down(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    consent = uuid4()
    known = {"recipient": "school", "given_on": date(2026, 11, 17), "language": "ar"}
    desk.do(lambda work: intake.add(work, RecordKind.CONSENT, consent, family.household, values=known))
    given = [entry for entry in course(desk, family) if entry.what is Happening.CONSENT]
    assert [entry.words for entry in given] == ["Schulaufsicht, Schule: erklärt auf Arabisch"]
    clock.advance(days=3)
    taken_back = date(2026, 11, 29)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.CONSENT, consent), "withdrawn_on", taken_back))
    newest = course(desk, family)[0]
    assert (newest.title, newest.words, newest.author) == ("Einwilligung widerrufen", "Schule", "Carla Brandt")


def test_a_move_is_told_with_the_new_address_and_that_it_is_protected(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    assert not [entry for entry in course(desk, family) if entry.what is Happening.MOVE], "the first home is no move"
    clock.advance(days=5)
    file, _ = desk.do(lambda work: families.load(work, family.household))
    home = file.all(RecordKind.ADDRESS)[0].ref
    desk.do(lambda work: intake.set_value(work, home, "street", "Neue Straße"))
    desk.do(lambda work: intake.set_value(work, home, "protection", "shelter"))
    moves = [entry for entry in course(desk, family) if entry.what is Happening.MOVE]
    assert [(entry.day, entry.words) for entry in moves] == [
        (date(2026, 12, 1), "Neue Straße 12, 45476 Mülheim an der Ruhr, Anschrift geschützt")
    ]


def test_papers_seen_on_one_day_are_one_entry_for_each_child(desk: Desk) -> None:
    family, _ = desk.do(store_family)
    for kind, state in (("passport_child", "original"), ("school_report", "copy"), ("measles", "missing")):
        known = {"document": kind, "state": state, "seen_on": date(2026, 11, 20) if state != "missing" else None}
        desk.do(
            lambda work, known=known: intake.add(
                work, RecordKind.DOCUMENT, uuid4(), family.household, person=family.child, values=known
            )
        )
    seen = [entry for entry in course(desk, family) if entry.what is Happening.PAPERS]
    assert len(seen) == 1
    assert seen[0].title == "Unterlagen gesehen: Karim"
    assert "(Original)" in seen[0].words
    assert "(Kopie)" in seen[0].words
    assert "fehlt" not in seen[0].words


def test_the_newest_comes_first_and_no_internal_note_is_told(desk: Desk, clock) -> None:
    family, _ = desk.do(store_family)
    note = "Vertraulich: Sorge um die Wohnung"
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.HOUSEHOLD, family.household), "internal_note", note))
    found = course(desk, family)
    assert [(entry.day, entry.at) for entry in found] == sorted(((e.day, e.at) for e in found), reverse=True)
    assert "Vertraulich" not in repr(found)


def test_merges_are_told_in_every_family_they_are_about_and_when_they_were_taken_back(desk: Desk, clock) -> None:
    names = ("Haddad", "Hadad", "Hadat")
    first, second, third = (desk.do(lambda work, name=name: store_family(work, name))[0] for name in names)
    clock.advance(days=1)
    of_children = desk.do(lambda work: merging.merge(work, first.child, second.child))[0]
    told = "Zwei Einträge für Karim Haddad zusammengeführt"
    for family in (first, second):
        entry = course(desk, family)[0]
        assert (entry.title, entry.words, entry.author) == (told, "", "Carla Brandt")
    clock.advance(days=40)
    desk.do(lambda work: deeds.undo(work, of_children.deed))
    [entry] = [entry for entry in course(desk, second) if entry.title == told]
    assert (entry.day, entry.words) == (date(2026, 11, 27), "zurückgenommen am 06.01.2027")
    for kept, dropped in ((second, first), (third, second)):
        desk.do(lambda work, kept=kept, dropped=dropped: merging.merge(work, kept.household, dropped.household))
    chain = [title for title in titles(desk, third) if title.startswith(("Akten", "Zwei"))]
    assert chain == [
        "Akten 2026-0003 und 2026-0002 zusammengeführt",
        "Akten 2026-0002 und 2026-0001 zusammengeführt",
        told,
    ]
