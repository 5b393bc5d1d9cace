"""Lines of requests are there and right at once, also when a child, a family or a request changed its place."""

from uuid import UUID, uuid4

import builders

from desk_app.casework import moving, placement_lines, placement_list
from desk_app.casework.desk import Desk
from desk_app.casework.moving import Move


def requests_of(desk: Desk, household: UUID) -> list[UUID]:
    return [
        request for request, _household, _line in desk.do(lambda work: placement_lines.of_family(work, household))[0]
    ]


def test_a_child_that_moved_to_a_new_file_is_listed_there_at_once(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    there = uuid4()
    assert [row.household for row in desk.do(placement_list.listing)[0]] == [family.household]
    move = Move(family.child, there, builders.TODAY, with_guardians=True)
    desk.do(lambda work: moving.move_child(work, move))
    assert requests_of(desk, there) == [family.request]
    assert [row.household for row in desk.do(placement_list.listing)[0]] == [there]
    assert not requests_of(desk, family.household)


def test_the_list_names_the_new_file_even_where_nobody_opened_it_before(desk: Desk) -> None:
    family = desk.do(builders.store_family)[0]
    desk.do(placement_list.listing)
    move = Move(family.child, uuid4(), builders.TODAY, with_guardians=False)
    desk.do(lambda work: moving.move_child(work, move))
    assert [row.household for row in desk.do(placement_list.listing)[0]] == [move.household]
