"""Letters to families as deeds: what they say and keep quiet about, and what they set to be looked at again."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pypdfium2
import pytest
from builders import TODAY, StoredFamily, store_family

from desk_app.casework import deeds, follow_ups, households, intake, letter_pages, letters
from desk_app.casework.desk import Desk
from desk_app.casework.follow_ups import FollowUpLine, Scope
from desk_app.casework.letters import LetterFile
from desk_app.casework.placement_deeds import step
from desk_app.casework.placement_events import StepFacts
from desk_app.domain.code_lists import code_list
from desk_app.domain.errors import NothingToSend, RecordGone
from desk_app.domain.letters import LANGUAGES, texts
from desk_app.domain.records import RecordKind, Ref
from desk_app.storage.tables import AuditEntry, School

DAY = TODAY + timedelta(days=7)


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    """A child with a school report and the signature still missing."""
    stored = desk.do(store_family)[0]
    values = {"document": "school_report", "state": "missing"}
    add(desk, stored, RecordKind.DOCUMENT, stored.child, **values)
    return stored


def add(desk: Desk, family: StoredFamily, kind: RecordKind, person: UUID | None = None, **values: object) -> UUID:
    id_ = uuid4()
    desk.do(lambda work: intake.add(work, kind, id_, family.household, person=person, values=values))
    return id_


def missing(desk: Desk, subject: UUID, day: date = DAY, language: str = "") -> LetterFile:
    return desk.do(lambda work: letters.missing_letter(work, subject, day, language))[0]


def open_ones(desk: Desk) -> tuple[FollowUpLine, ...]:
    return desk.do(lambda work: follow_ups.listing(work, Scope.ALL))[0]


def text_of(letter: LetterFile) -> str:
    with pypdfium2.PdfDocument(letter.pdf) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())


def written(desk: Desk) -> list[AuditEntry]:
    def look(work):
        return [entry for entry in work.session.query(AuditEntry) if entry.deed == "letter.written"]

    return desk.do(look)[0]


def assign(desk: Desk, family: StoredFamily, **facts: object) -> str:
    """The name of the school the child is assigned to."""

    def deed(work):
        school = work.session.query(School).order_by(School.number).first()
        step(work, [family.request], "assigned", StepFacts(school=school.number, **facts))
        return school.name

    return desk.do(deed)[0]


# --- what is missing


def test_only_what_is_missing_is_asked_for_with_its_day(desk: Desk, family: StoredFamily) -> None:
    text = text_of(missing(desk, family.child))
    assert "Letztes Schulzeugnis: Das Original" in text
    assert "Bitte bis Donnerstag, 03.12.2026" in text
    for other in ("Geburtsurkunde", "Masernschutz", "Unterschrift", "Telefonnummer"):
        assert other not in text


def test_a_later_day_agreed_for_a_paper_still_holds(desk: Desk, family: StoredFamily) -> None:
    add(desk, family, RecordKind.DOCUMENT, None, document="custody", state="missing", due_on=date(2027, 1, 15))
    page = missing(desk, family.household).page
    days = {entry.name.german: entry.day for entry in page.blocks[0].entries}
    assert days == {"Letztes Schulzeugnis": "03.12.2026", "Nachweis über das Sorgerecht": "15.01.2027"}


def test_the_letter_is_in_the_language_the_family_speaks_or_another_one_chosen(
    desk: Desk, family: StoredFamily
) -> None:
    assert missing(desk, family.household).page.language == "ar"
    assert missing(desk, family.household, language="tr").page.title.other == "Eksik olanlar"
    desk.do(lambda work: households.set_talk(work, family.mother, [], ["ru"], "cyrillic"))
    assert missing(desk, family.household).page.language == "ru"


def test_it_says_that_nobody_checked_the_translation(desk: Desk, family: StoredFamily) -> None:
    arabic, german = missing(desk, family.household), missing(desk, family.household, language="de")
    assert arabic.notes == ("Arabisch: Diese Übersetzung hat noch niemand geprüft, der die Sprache gut kann.",)
    assert "Übersetzung noch nicht geprüft" in text_of(arabic)
    assert german.notes == ()


def test_where_nothing_is_missing_no_letter_is_made(desk: Desk) -> None:
    stored = desk.do(store_family)[0]
    add(desk, stored, RecordKind.LANGUAGE, stored.child, language="en")
    add(desk, stored, RecordKind.SCHOOL_YEAR, stored.child, school_year="2025/26", attended=True)
    paper = add(desk, stored, RecordKind.DOCUMENT, stored.child, document="custody", state="missing")
    assert missing(desk, stored.child)
    desk.do(lambda work: intake.set_value(work, Ref(RecordKind.DOCUMENT, paper), "state", "original"))
    with pytest.raises(NothingToSend, match="Es fehlt nichts"):
        missing(desk, stored.child)
    assert len(written(desk)) == 1


def test_siblings_are_told_apart_where_only_one_lacks_something(desk: Desk, family: StoredFamily) -> None:
    sister = uuid4()
    desk.do(lambda work: intake.add_sibling(work, sister, family.child))
    for key, value in (("given_name", "Lina"), ("reports_available", "original")):
        desk.do(lambda work, key=key, value=value: intake.set_value(work, Ref(RecordKind.PERSON, sister), key, value))
    page = desk.do(lambda work: letter_pages.missing_page(work, family.household, DAY, "en"))[0]
    names = [entry.name for entry in page.blocks[0].entries]
    assert ("Letztes Schulzeugnis (Karim)", "Last school report (Karim)") in [name.lines for name in names]


# --- the Wiedervorlage


def test_it_is_looked_at_again_on_the_day_and_all_of_it_can_be_taken_back(desk: Desk, family: StoredFamily) -> None:
    missing(desk, family.child)
    [line] = open_ones(desk)
    assert (line.due_on, line.about) == (DAY, "Karim Haddad")
    assert line.words.startswith("Brief „Es fehlt noch“: Letztes Schulzeugnis")
    deed = desk.do(lambda work: deeds.recent(work))[0][0]
    assert deed.words == "Brief „Es fehlt noch“ geschrieben"
    desk.do(lambda work: deeds.undo(work, deed.way_back))
    assert open_ones(desk) == ()


def test_written_again_the_one_that_is_open_moves(desk: Desk, family: StoredFamily) -> None:
    missing(desk, family.household)
    missing(desk, family.household, DAY + timedelta(days=14))
    [line] = open_ones(desk)
    assert line.due_on == DAY + timedelta(days=14)
    deed = desk.do(lambda work: deeds.recent(work))[0][0]
    desk.do(lambda work: deeds.undo(work, deed.way_back))
    assert [line.due_on for line in open_ones(desk)] == [DAY]


def test_one_that_was_ticked_stays_and_a_new_one_begins(desk: Desk, family: StoredFamily) -> None:
    missing(desk, family.household)
    [line] = open_ones(desk)
    desk.do(lambda work: follow_ups.set_done(work, [line.id]))
    missing(desk, family.household, DAY + timedelta(days=14))
    assert [line.due_on for line in open_ones(desk)] == [DAY + timedelta(days=14)]
    assert len(desk.do(lambda work: follow_ups.listing(work, Scope.DONE))[0]) == 1


def test_looking_at_the_page_leaves_no_trace(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: letters.letter_bytes(letter_pages.missing_page(work, family.household, DAY)))
    assert open_ones(desk) == ()
    assert written(desk) == []


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 26), date(2026, 12, 3)),
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 28), date(2026, 12, 7)),
        (date(2026, 11, 29), date(2026, 12, 7)),
        (date(2026, 11, 30), date(2026, 12, 7)),
    ],
)
def test_the_day_proposed_is_a_working_day_in_about_a_week(today: date, day: date) -> None:
    assert letters.day_to_bring(today) == day


# --- where it stands, and the place


def test_every_letter_stands_on_one_page_in_every_language(desk: Desk, family: StoredFamily) -> None:
    name = assign(desk, family, class_name="IVK 7b", starts_on=date(2027, 1, 11))
    for language in LANGUAGES:
        told = [
            desk.do(lambda work, in_=language: letters.status_letter(work, family.request, in_))[0],
            desk.do(lambda work, in_=language: letters.assignment_letter(work, family.request, in_))[0],
            missing(desk, family.household, language=language),
        ]
        for letter in told:
            assert not [note for note in letter.notes if "Platz" in note or "Zeichen" in note], language
            assert letter.page.title.german in text_of(letter)
        text = text_of(told[1])
        for said in (name, "IVK 7b", "Montag, 11.01.2027", "Pass oder Ausweis des Kindes"):
            assert said in text, language


def test_each_state_is_told_with_what_comes_next(desk: Desk, family: StoredFamily) -> None:
    for state in (code.key for code in code_list("request_states").entries):
        if state not in ("draft", "complete"):
            desk.do(lambda work, state=state: step(work, [family.request], state))
        now = desk.do(lambda work: letter_pages.of_request(work, family.request).file.state_of(family.request))[0]
        letter = desk.do(lambda work: letters.status_letter(work, family.request))[0]
        where, since, then, call = letter.page.blocks[0].entries
        assert where.words.german == texts("status")[f"{now}.where"].words["de"]
        assert since.words.german == "Seit Donnerstag, 26.11.2026."
        assert then.words.german == texts("status")[f"{now}.next"].words["de"]
        assert call.words.german.startswith("Carla Brandt")


def test_what_the_school_tells_later_is_said_to_come_from_the_school(desk: Desk, family: StoredFamily) -> None:
    assign(desk, family)
    text = text_of(desk.do(lambda work: letters.assignment_letter(work, family.request))[0])
    assert "Klasse: Das sagt Ihnen die Schule." in text
    assert "Erster Schultag: Den Tag sagt Ihnen die Schule oder sagen wir Ihnen." in text


def test_the_newest_school_holds(desk: Desk, family: StoredFamily) -> None:
    first = assign(desk, family, class_name="5a")

    def move(work):
        other = work.session.query(School).where(School.name != first).first()
        step(work, [family.request], "admitted", StepFacts(school=other.number))
        return other.name

    second = desk.do(move)[0]
    text = text_of(desk.do(lambda work: letters.assignment_letter(work, family.request))[0])
    assert second in text
    assert "5a" not in text, "the class of the first school"


def test_the_class_told_with_the_assignment_holds_after_admission(desk: Desk, family: StoredFamily) -> None:
    name = assign(desk, family, class_name="IVK 7b")
    desk.do(lambda work: step(work, [family.request], "admitted"))
    text = text_of(desk.do(lambda work: letters.assignment_letter(work, family.request))[0])
    assert name in text
    assert "IVK 7b" in text


def test_without_a_school_there_is_no_letter_about_one(desk: Desk, family: StoredFamily) -> None:
    with pytest.raises(NothingToSend, match="noch keine Schule eingetragen"):
        desk.do(lambda work: letters.assignment_letter(work, family.request))
    assign(desk, family)
    desk.do(lambda work: step(work, [family.request], "declined"))
    with pytest.raises(NothingToSend):
        desk.do(lambda work: letters.assignment_letter(work, family.request))


def test_a_child_taken_out_gets_no_letter(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: intake.remove(work, Ref(RecordKind.PERSON, family.child)))
    for deed in (letters.status_letter, letters.assignment_letter):
        with pytest.raises(RecordGone):
            desk.do(lambda work, deed=deed: deed(work, family.request))


# --- privacy


@pytest.mark.parametrize("protection", ["shelter", "blocked", None])
def test_a_protected_address_is_never_printed(desk: Desk, family: StoredFamily, protection: str | None) -> None:
    assign(desk, family)
    home = desk.do(lambda work: letter_pages.of_subject(work, family.household).file)[0].all(RecordKind.ADDRESS)[0]
    desk.do(lambda work: intake.set_value(work, home.ref, "protection", protection))
    for write in (
        lambda work: letters.missing_letter(work, family.household, DAY),
        lambda work: letters.missing_letter(work, family.child, DAY),
        lambda work: letters.status_letter(work, family.request),
        lambda work: letters.assignment_letter(work, family.request),
    ):
        text = text_of(desk.do(write)[0])
        assert "Rana Haddad" in text
        assert ("Lindenhof" in text) == (protection is None)
        assert ("street" in written(desk)[-1].fields) == (protection is None)


def test_no_letter_goes_to_an_address_the_family_left(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: households.move_away(work, family.household, TODAY, "Aleppo"))
    text = text_of(desk.do(lambda work: letters.status_letter(work, family.request))[0])
    assert "Lindenhof" not in text
    assert "In Ihrer neuen Stadt" in text


def test_the_file_name_is_the_number_of_the_request(desk: Desk, family: StoredFamily) -> None:
    assert missing(desk, family.household).stem == "Brief_SP-2026-0001_2026-11-26"


def test_the_audit_says_that_a_letter_was_written_and_what_it_told(desk: Desk, family: StoredFamily) -> None:
    missing(desk, family.household)
    desk.do(lambda work: letters.status_letter(work, family.request))
    first, second = written(desk)
    assert (first.kind, first.subject) == (RecordKind.HOUSEHOLD, family.household)
    assert (second.kind, second.subject) == (RecordKind.REQUEST, family.request)
    assert {"letter:status", "given_name", "street"} <= set(second.fields)
