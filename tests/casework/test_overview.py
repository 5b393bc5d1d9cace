"""What the rail counts: the same children that the page of requests calls open."""

from __future__ import annotations

from dataclasses import replace

import builders

from desk_app.casework import appointment_setup, overview, placement_deeds, placement_list, placements
from desk_app.casework.desk import Desk


def test_the_rail_counts_the_children_without_a_place_as_the_page_does(desk: Desk) -> None:
    families = [desk.do(lambda work: builders.store_family(work, f"Muster{n}"))[0] for n in range(4)]  # noqa: B023 - done at once
    for family, state in zip(families, (placements.SENT, placements.DECLINED, placements.ASSIGNED), strict=False):
        desk.do(lambda work: placement_deeds.step(work, [family.request], state))  # noqa: B023 - done at once
    rows = desk.do(placement_list.listing)[0]
    counted = desk.do(overview.read)[0].open_requests
    assert counted == sum(row.state in placement_list.WAITING for row in rows) == 3


def test_where_somebody_usually_sits_is_told(desk: Desk) -> None:
    assert desk.do(overview.read)[0].desk == ""
    second = desk.do(appointment_setup.read)[0].desks()[1]
    desk.do(lambda work: appointment_setup.keep(work, replace(second, user=desk.user)))
    assert desk.do(overview.read)[0].desk == "Platz 2"
