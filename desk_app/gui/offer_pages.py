"""The place "Angebote", and the ways to it for a family from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from desk_app.domain import roles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
