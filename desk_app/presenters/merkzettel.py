"""The offers somebody puts together for a family while they talk, to be printed on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from desk_app.domain.letters import language_for
from desk_app.i18n import _
from desk_app.presenters.offer_reading import Context
from desk_app.presenters.paper_words import with_language


@dataclass
class Merkzettel:
    """In the order in which they were chosen. For another family one begins anew; without one they stay."""

    household: UUID | None = None
    offers: dict[UUID, str] = field(default_factory=dict)
    """Titles by offer."""
    _language: str = ""

    def show_family(self, context: Context | None) -> bool:
        """Another family is in front, or none; whether what was collected was for somebody else and is gone."""
        household = context.household if context is not None else None
        self._language = language_for(context.file).language if context is not None else ""
        other = self.household is not None and household != self.household
        dropped = other and bool(self.offers)
        if other:
            self.offers.clear()
        self.household = household
        return dropped

    def toggle(self, offer: UUID, title: str) -> bool:
        """Put an offer on it, or take it off; whether it is on it now."""
        if offer in self.offers:
            del self.offers[offer]
        else:
            self.offers[offer] = title
        return offer in self.offers

    def add_words(self, offer: UUID | None) -> str:
        return _("Vom Merkzettel nehmen") if offer in self.offers else _("Auf den Merkzettel")

    @property
    def tray_words(self) -> str:
        """ "Merkzettel 3"."""
        return _("Merkzettel {n}").format(n=len(self.offers))

    @property
    def print_words(self) -> str:
        """ "Drucken (Arabisch)"."""
        return with_language(_("Drucken"), self._language)
