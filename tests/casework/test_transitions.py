"""School career advice as deeds, and the children nobody advises yet."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family
from conftest import SettableClock

from desk_app.casework import deeds, families, moving, placement_deeds, timeline, transitions
from desk_app.casework.desk import Desk, Work
from desk_app.casework.placement_events import StepFacts
from desk_app.casework.transitions import Draft, Overview
from desk_app.domain.dates import DateSpan
from desk_app.domain.errors import NotAllowed, RecordGone
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, Transition, User

GRADE_4 = DateSpan.of_day(date(2017, 2, 2))
ADVICE = {
    "kind": "to_secondary",
    "school_year": "2027/28",
    "talked_on": date(2026, 11, 20),
    "recommended_form": "15",
    "recommendation": " Lernt  schnell Deutsch ",
    "school_recommends": "10",
    "outcome": "accepted",
    "outcome_school": "189111",
    "outcome_on": date(2027, 3, 2),
}


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(lambda work: store_family(work, given_name="Olena", birth_date=GRADE_4))[0]


def keep(desk: Desk, family: StoredFamily, id_: UUID | None = None, **values: object) -> UUID:
    draft = Draft(id_ or uuid4(), family.household, family.child, values)  # type: ignore[arg-type]  # each test has its own
    desk.do(lambda work: transitions.keep(work, draft))
    return draft.id


def found(desk: Desk) -> Overview:
    return desk.do(transitions.overview)[0]


def told(desk: Desk, family: StoredFamily) -> list[tuple[date, str, str]]:
    entries = desk.do(lambda work: timeline.entries(work, families.load(work, family.household)))[0]
    return [(each.day, each.title, each.words) for each in entries if each.what is timeline.Happening.TRANSITION]


def fields(desk: Desk, deed: str) -> list[list[str]]:
    def read(work: Work) -> list[list[str]]:
        return [row.fields for row in work.session.query(AuditEntry).filter(AuditEntry.deed == deed)]

    return desk.do(read)[0]


def test_a_record_keeps_what_is_known_and_names_child_and_family(desk: Desk, family: StoredFamily) -> None:
    keep(desk, family, **ADVICE)
    (line,) = found(desk).records
    assert (line.name, line.family, line.grade) == ("Olena Haddad", "Familie Haddad", 4)
    assert line.text("recommendation") == "Lernt schnell Deutsch"
    assert line.values["wished_school"] is None
    assert fields(desk, "transition.added") == [sorted(ADVICE)]


def test_nothing_is_required(desk: Desk, family: StoredFamily) -> None:
    keep(desk, family)
    assert len(found(desk).records) == 1


def test_what_is_typed_on_is_one_step_with_its_beginning(desk: Desk, family: StoredFamily) -> None:
    record = keep(desk, family, kind="to_secondary")
    keep(desk, family, record, kind="to_secondary", recommended_form="15")
    assert fields(desk, "transition.changed") == [["recommended_form"]]
    deed = desk.do(deeds.recent)[0][0]
    desk.do(lambda work: deeds.undo(work, deed.id))
    assert not found(desk).records


def test_a_later_change_is_a_step_of_its_own(desk: Desk, family: StoredFamily, clock: SettableClock) -> None:
    record = keep(desk, family, kind="to_secondary")
    clock.advance(days=30)
    keep(desk, family, record, kind="to_secondary", outcome="accepted")
    deed = desk.do(deeds.recent)[0][0]
    assert deed.words == "Schullaufbahnberatung geändert: Olena"
    desk.do(lambda work: deeds.undo(work, deed.id))
    (line,) = found(desk).records
    assert (line.text("kind"), line.text("outcome")) == ("to_secondary", "")


def test_the_same_again_changes_nothing(desk: Desk, family: StoredFamily) -> None:
    record = keep(desk, family, **ADVICE)
    keep(desk, family, record, **ADVICE)
    assert fields(desk, "transition.changed") == []


def test_taking_one_out_can_be_taken_back_and_so_can_bringing_it_back(desk: Desk, family: StoredFamily) -> None:
    record = keep(desk, family, **ADVICE)
    deed = desk.do(lambda work: transitions.remove(work, record))[0]
    assert not found(desk).records
    desk.do(lambda work: deeds.undo(work, deed))
    assert len(found(desk).records) == 1
    desk.do(lambda work: transitions.remove(work, record))
    desk.do(lambda work: transitions.restore(work, record))
    assert len(found(desk).records) == 1


def test_only_a_child_of_the_family_is_advised(desk: Desk, family: StoredFamily) -> None:
    for draft in (
        Draft(uuid4(), family.household, uuid4(), {}),
        Draft(uuid4(), uuid4(), family.child, {}),
    ):
        with pytest.raises(RecordGone):
            desk.do(lambda work, draft=draft: transitions.keep(work, draft))
    with pytest.raises(RecordGone):
        desk.do(lambda work: transitions.remove(work, uuid4()))


def test_a_record_does_not_go_to_a_child_of_another_family(desk: Desk, family: StoredFamily) -> None:
    record = keep(desk, family, **ADVICE)
    other = desk.do(store_family)[0]
    with pytest.raises(RecordGone):
        desk.do(lambda work: transitions.keep(work, Draft(record, family.household, other.child, {})))
    assert [line.child for line in found(desk).records] == [family.child]


def test_what_is_typed_too_late_does_not_bring_back_what_was_taken_out(desk: Desk, family: StoredFamily) -> None:
    record = keep(desk, family, **ADVICE)
    desk.do(lambda work: transitions.remove(work, record))
    with pytest.raises(RecordGone):
        keep(desk, family, record, kind="to_secondary")
    assert not found(desk).records


def test_reception_does_not_advise(desk: Desk, family: StoredFamily) -> None:
    desk.do(lambda work: setattr(work.session.get(User, desk.user), "role", Role.RECEPTION))
    with pytest.raises(NotAllowed):
        keep(desk, family, **ADVICE)
    assert desk.do(lambda work: work.session.query(Transition).count())[0] == 0


def test_the_course_tells_the_talk_and_what_came(desk: Desk, family: StoredFamily) -> None:
    keep(desk, family, **ADVICE)
    outcome, talk = told(desk, family)
    assert talk == (
        date(2026, 11, 20), "Schullaufbahnberatung: Olena",
        "Grundschule → Klasse 5, Empfehlung: Gesamtschule\nLernt schnell Deutsch",
    )  # fmt: skip
    assert outcome[:2] == (date(2027, 3, 2), "Übergang: Olena")
    assert outcome[2].startswith("Platz zugesagt")


def test_it_goes_along_when_the_child_moves(desk: Desk, family: StoredFamily) -> None:
    keep(desk, family, **ADVICE)
    move = moving.Move(family.child, uuid4(), date(2026, 11, 26))
    desk.do(lambda work: moving.move_child(work, move))
    (line,) = found(desk).records
    assert line.household == move.household


# --- who is due


def test_a_child_of_class_4_is_due_until_somebody_advises_it(desk: Desk, family: StoredFamily) -> None:
    (line,) = found(desk).due
    assert (line.id, line.name, line.grade, line.text("kind"), line.text("school_year")) == (
        None, "Olena Haddad", 4, "to_secondary", "2027/28"
    )  # fmt: skip
    assert desk.do(lambda work: transitions.of_family(work, family.household))[0].due == (line,)
    record = keep(desk, family, kind="to_secondary")
    assert not found(desk).due
    keep(desk, family, record, school_year="2026/27")
    assert len(found(desk).due) == 1, "advice on another year does not count"


def test_the_class_of_the_school_counts_and_goes_up_with_the_year(
    desk: Desk, family: StoredFamily, clock: SettableClock
) -> None:
    facts = StepFacts(school="103780", class_name="3b", starts_on=date(2026, 12, 1))
    desk.do(lambda work: placement_deeds.step(work, [family.request], "admitted", facts))
    assert not found(desk).due
    clock.advance(days=300)
    (line,) = found(desk).due
    assert (line.grade, line.text("from_school")) == (4, "103780")


@pytest.mark.parametrize("state", ["withdrawn", "moved_away", "declined"])
def test_nobody_is_due_who_goes_to_no_school_here(desk: Desk, family: StoredFamily, state: str) -> None:
    desk.do(lambda work: placement_deeds.step(work, [family.request], state))
    assert not found(desk).due
