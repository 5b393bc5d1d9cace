from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from builders import TODAY, StoredFamily, store_family

from desk_app.casework import deeds, follow_ups, households
from desk_app.casework.desk import Desk
from desk_app.casework.follow_ups import Draft, FollowUpLine, Scope


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


def add(desk: Desk, family: StoredFamily, words: str, due_in: int = 0, **more) -> UUID:
    draft = Draft(uuid4(), family.household, words, TODAY + timedelta(days=due_in), **more)
    desk.do(lambda work: follow_ups.keep(work, draft))
    return draft.id


def shown(desk: Desk, scope: Scope = Scope.ALL, *days: date) -> tuple[FollowUpLine, ...]:
    return desk.do(lambda work: follow_ups.listing(work, scope, *days))[0]


def test_the_list_names_family_and_child_and_how_long_it_is_due(desk: Desk, family: StoredFamily) -> None:
    add(desk, family, "Zeugnis nachfordern", -2, person=family.child)
    [line] = shown(desk)
    assert (line.family, line.about, line.since(TODAY)) == ("Familie Haddad", "Karim Haddad", 2)


def test_mine_are_those_for_me_and_for_everybody(desk: Desk, family: StoredFamily) -> None:
    add(desk, family, "für alle")
    add(desk, family, "für mich", assigned_to=desk.user)
    add(desk, family, "für Jonas", assigned_to=uuid4())
    assert {line.words for line in shown(desk, Scope.MINE)} == {"für alle", "für mich"}
    assert len(shown(desk)) == 3


def test_overdue_begins_the_day_after(desk: Desk, family: StoredFamily) -> None:
    for due in (-1, 0, 1):
        add(desk, family, str(due), due)
    assert [line.words for line in shown(desk, Scope.OVERDUE)] == ["-1"]
    assert [line.words for line in shown(desk)] == ["-1", "0", "1"], "the longest due first"


def test_what_is_due_or_to_be_reminded_of_today_is_counted(desk: Desk, family: StoredFamily) -> None:
    add(desk, family, "gestern", -1)
    add(desk, family, "in zwei Wochen", 14)
    add(desk, family, "in zwei Wochen, heute erinnern", 14, remind_on=TODAY)
    add(desk, family, "für Jonas", assigned_to=uuid4())
    assert desk.do(follow_ups.count_due)[0] == 2


def test_many_ticked_at_once_are_one_deed_that_can_be_taken_back(desk: Desk, family: StoredFamily) -> None:
    ids = [add(desk, family, words) for words in ("a", "b", "c")]
    deed, _ = desk.do(lambda work: follow_ups.set_done(work, ids[:2]))
    assert [line.words for line in shown(desk)] == ["c"]
    assert {(line.words, line.done_on, line.done_by) for line in shown(desk, Scope.DONE)} == {
        ("a", TODAY, "Carla Brandt"),
        ("b", TODAY, "Carla Brandt"),
    }
    assert desk.do(lambda work: deeds.recent(work))[0][0].words == "2 Wiedervorlagen erledigt"
    desk.do(lambda work: deeds.undo(work, deed))
    assert len(shown(desk)) == 3
    assert shown(desk, Scope.DONE) == ()


def test_done_ones_are_found_by_the_days_they_were_done(desk: Desk, family: StoredFamily, clock) -> None:
    first = add(desk, family, "früh", 30)
    desk.do(lambda work: follow_ups.set_done(work, [first]))
    clock.advance(days=10)
    second = add(desk, family, "spät", 30)
    desk.do(lambda work: follow_ups.set_done(work, [second]))
    assert [line.words for line in shown(desk, Scope.DONE, TODAY, TODAY)] == ["früh"]
    assert [line.words for line in shown(desk, Scope.DONE, TODAY + timedelta(days=1))] == ["spät"]
    assert [line.words for line in shown(desk, Scope.DONE)] == ["spät", "früh"]


def test_changing_and_emptying(desk: Desk, family: StoredFamily) -> None:
    id_ = add(desk, family, "Impfbuch")
    later = TODAY + timedelta(days=5)
    desk.do(lambda work: follow_ups.keep(work, Draft(id_, family.household, "Impfbuch ansehen", later)))
    assert [(line.words, line.due_on) for line in shown(desk)] == [("Impfbuch ansehen", later)]
    desk.do(lambda work: follow_ups.keep(work, Draft(id_, family.household, "", later)))
    assert shown(desk) == ()
    desk.do(lambda work: follow_ups.restore(work, id_))
    assert len(shown(desk)) == 1


def test_a_family_that_moved_away_leaves_nothing_to_look_at_again(desk: Desk, family: StoredFamily) -> None:
    add(desk, family, "Zeugnis")
    deed, _ = desk.do(lambda work: households.move_away(work, family.household, TODAY, "Essen"))
    assert shown(desk) == ()
    add(desk, family, "Akte nach Essen geben")
    assert [line.words for line in shown(desk)] == ["Akte nach Essen geben"], "what is added afterwards is not lost"
    desk.do(lambda work: deeds.undo(work, deed))
    assert {line.words for line in shown(desk)} == {"Zeugnis", "Akte nach Essen geben"}
