"""The place "Angebote", and the ways to it for a family from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from desk_app.domain import roles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.gui.families.file_page import FamilyFilePage
    from desk_app.gui.intake.page import IntakePage
    from desk_app.gui.page_window import Window

OFFERS: Final = "offers"


def offers(window: Window) -> QWidget:
    """The page "Angebote"."""
    from desk_app.gui.offers.page import OffersPage

    role = window.store_watch.desk.role
    page = OffersPage(
        window.worker, window.clock, refusal=roles.reason(role, "offer.kept"),
        list_refusal=roles.reason(role, "list.exported"),
    )  # fmt: skip
    page.question_chosen.connect(window.open_intake)
    page.family_chosen.connect(window.open_family)
    return page


def show_offers(window: Window, household: UUID | None, offer: UUID | None = None) -> None:
    """Go to the offers for a family, at one of them."""
    from desk_app.gui.offers.page import OffersPage

    window.go(OFFERS)
    page = window.stack.currentWidget()
    assert isinstance(page, OffersPage)
    page.open(household, offer)


def add_to_file(window: Window, page: FamilyFilePage) -> None:
    """What a family was sent to and what fits it, at the side of its file; V refers."""
    from desk_app.gui.offers.file_offers import FileOffers

    offers = FileOffers(window.worker, window.clock, page.undo_bar, page)
    offers.all_asked.connect(lambda household: show_offers(window, household))
    page.deeds.family_shown.connect(offers.show_family)
    page.deeds.referral_asked.connect(offers.refer)
    page.deeds.outcome_asked.connect(offers.ask_outcome)
    page.add_side(offers.cards)


def add_to_intake(window: Window, page: IntakePage) -> None:
    """What fits the family, below what its requests still lack."""
    from desk_app.gui.offers.fitting_panel import FittingPanel

    panel = FittingPanel()
    panel.watch(window.worker, window.clock, page)
    panel.all_asked.connect(lambda household: show_offers(window, household))
    page.body.assistance.add_block(panel, panel)
