"""The panel beside a family: three that fit, none that it was sent to already."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from builders import StoredFamily, store_family

from desk_app.casework import families, offer_directory, offer_match, offers, referrals
from desk_app.casework.desk import Desk
from desk_app.casework.referrals import Draft
from desk_app.domain.offers import PAUSED
from desk_app.presenters.offer_panel import Panel, PanelPresenter
from desk_app.presenters.offer_reading import Context
from desk_app.presenters.runner import InlineRunner


class Screen:
    def __init__(self) -> None:
        self.panel: Panel | None = None
        self.begun: list[tuple[Context, Panel, UUID | None]] = []
        self.failed: list[str] = []

    def show_panel(self, panel: Panel) -> None:
        self.panel = panel

    def begin_referral(self, context: Context, panel: Panel, offer: UUID | None) -> None:
        self.begun.append((context, panel, offer))

    def show_panel_failed(self, message: str) -> None:
        self.failed.append(message)

    def titles(self) -> list[str]:
        assert self.panel is not None
        return [choice.title for choice in self.panel.fitting.choices]


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(store_family)[0]


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def panel(desk: Desk, screen: Screen) -> PanelPresenter:
    return PanelPresenter(screen, InlineRunner(desk.do))


def test_what_fits_is_told_with_why(panel: PanelPresenter, screen: Screen, desk: Desk, family: StoredFamily) -> None:
    panel.look(desk.do(lambda work: families.load(work, family.household))[0])
    assert screen.panel is not None
    found = screen.panel.fitting
    assert screen.titles()[0] == "Schulische Erstberatung und Schulvermittlung"
    assert found.choices[0].why == (
        "weil ein Kind schulpflichtig ist, die Familie zugewandert ist und der Wohnort Mülheim an der Ruhr ist"
    )
    assert found.fitting == len(found.choices) <= 3
    assert found.everything == 10


def test_the_panel_and_the_page_have_the_same_order(
    panel: PanelPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    panel.look(family.household)
    assert screen.panel is not None
    first = screen.panel.fitting.choices[0]
    listed = desk.do(offer_directory.read)[0].listed
    # as good as the best one, but later in the alphabet and more used
    twin = replace(listed[first.id].offer, id=uuid4(), title="Zweite Erstberatung")
    desk.do(lambda work: offers.keep(work, twin))
    other = desk.do(store_family)[0].household
    desk.do(lambda work: referrals.refer(work, Draft(uuid4(), other, twin.id)))
    panel.look(family.household)
    pool = desk.do(lambda work: offer_match.prepare(work, family.household))[0]
    page = sorted(pool.known.values(), key=lambda each: each.place)
    assert screen.titles() == [each.offer.title for each in page][:3]
    assert screen.titles()[0] == "Zweite Erstberatung"


def test_what_the_family_was_sent_to_gives_way(
    panel: PanelPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    panel.look(family.household)
    assert screen.panel is not None
    first = screen.panel.fitting.choices[0]
    desk.do(lambda work: referrals.refer(work, Draft(uuid4(), family.household, first.id)))
    panel.look(family.household)
    assert first.title not in screen.titles()
    assert [line.title for line in screen.panel.referrals] == [first.title]


def test_a_paused_offer_is_not_proposed(
    panel: PanelPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    panel.look(family.household)
    assert screen.panel is not None
    first = screen.panel.fitting.choices[0]
    desk.do(lambda work: offers.set_status(work, first.id, PAUSED))
    panel.look(family.household)
    assert first.title not in screen.titles()


def test_referring_reads_the_family_anew(
    panel: PanelPresenter, screen: Screen, desk: Desk, family: StoredFamily
) -> None:
    panel.refer(family.household)
    [(context, found, offer)] = screen.begun
    assert offer is None
    assert found.household == family.household
    assert [name for _id, name in context.people] == ["Rana Haddad", "Karim Haddad"]
    assert len(desk.do(offer_directory.read)[0].offers) > found.fitting.fitting
