"""What staff do about offers, each as a step that can be taken back; and what they look up about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from desk_app.casework import (
    left_words,
    lists,
    offer_freshness,
    offer_gaps,
    offer_versions,
    offers,
    referral_follow_ups,
    referral_lines,
    referrals,
)
from desk_app.casework.desk import Work
from desk_app.casework.lists import Exported, Form
from desk_app.casework.offer_freshness import ToPhone
from desk_app.casework.offer_gaps import Gap
from desk_app.casework.offer_versions import Version
from desk_app.casework.referral_lines import ReferralLine
from desk_app.casework.referrals import Draft, Made
from desk_app.domain.errors import WorldError
from desk_app.domain.offers import ACTIVE, ENDED, PAUSED, Offer, Organisation, Venue
from desk_app.i18n import N_, _
from desk_app.presenters.runner import Runner

T = TypeVar("T")

_MOST_PHONED = 40
_STATUS_TOLD = {
    PAUSED: N_("Das Angebot macht Pause."),
    ENDED: N_("Das Angebot ist beendet; es bleibt im Verzeichnis."),
    ACTIVE: N_("Das Angebot findet wieder statt."),
}


class StepsView(Protocol):
    def show_done(self, words: str, deed: UUID) -> None:
        """Say what was done, with the way back."""
        ...

    def show_told(self, words: str) -> None:
        """Say something that there is no way back from."""
        ...

    def show_step_failed(self, message: str) -> None: ...


class OfferSteps:
    """Has the deeds done; whoever shows offers reads them again when the desk says what changed."""

    def __init__(self, view: StepsView, runner: Runner) -> None:
        self._view = view
        self._runner = runner

    @property
    def runner(self) -> Runner:
        """For papers about what was done."""
        return self._runner

    # --- the directory

    def keep(
        self, offer: Offer, title: str, kept: Callable[[], None], failed: Callable[[str], None]
    ) -> None:  # fmt: skip
        """Keep an offer as it was edited."""
        words = _("„{offer}“ ist gespeichert.").format(offer=title)
        self._try(lambda work: offers.keep(work, offer), words, kept, failed)

    def propose(
        self, offer: Offer, instead_of: UUID | None, kept: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        """Put down what is said to have changed, for somebody to look at."""
        words = _("Der Vorschlag zu „{offer}“ wartet auf eine Entscheidung.").format(offer=offer.title)
        self._try(lambda work: offers.propose(work, offer, instead_of), words, kept, failed)

    def keep_organisation(self, organisation: Organisation) -> None:
        words = _("Der Träger „{name}“ ist gespeichert.").format(name=organisation.name)
        self._step(lambda work: offers.keep_organisation(work, organisation), words)

    def keep_venue(self, venue: Venue) -> None:
        self._step(
            lambda work: offers.keep_venue(work, venue), _("Der Ort „{name}“ ist gespeichert.").format(name=venue.name)
        )

    def confirm(self, offer: UUID, title: str) -> None:
        """ "Stimmt noch"."""
        words = _("„{offer}“: heute geprüft, alles stimmt noch.").format(offer=title)
        self._step(lambda work: offers.confirm(work, offer), words)

    def set_status(self, offer: UUID, status: str, words: str = "") -> None:
        self._step(lambda work: offers.set_status(work, offer, status, words), _(_STATUS_TOLD[status]))

    def remove(self, offer: UUID, title: str) -> None:
        words = _("„{offer}“ ist herausgenommen.").format(offer=title)
        self._step(lambda work: offers.remove(work, offer), words)

    def accept(self, proposal: UUID, title: str) -> None:
        words = _("Der Vorschlag „{offer}“ ist übernommen.").format(offer=title)
        self._step(lambda work: offers.accept(work, proposal), words)

    def decline(self, proposal: UUID, title: str) -> None:
        words = _("Der Vorschlag „{offer}“ ist abgelehnt.").format(offer=title)
        self._step(lambda work: offers.decline(work, proposal), words)

    def bring_back(self, offer: UUID, number: int) -> None:
        """An offer is again what it was."""
        words = _("Das Angebot ist wieder, wie es in Fassung {n} war.").format(n=number)
        self._step(lambda work: offers.bring_back(work, offer, number), words)

    def history(self, offer: UUID, shown: Callable[[tuple[Version, ...]], None]) -> None:
        self._look(lambda work: offer_versions.history(work, offer), shown)

    # --- referrals

    def consent(self, draft: Draft, shown: Callable[[bool], None]) -> None:
        """Whether something about all whom the referral is for may be told to who runs the offer."""
        whom = draft.household, draft.persons, draft.offer
        self._look(lambda work: referral_lines.all_agreed(work, *whom), shown)

    def refer(
        self, draft: Draft, offer: str, family: str, kept: Callable[[Made], None], failed: Callable[[str], None]
    ) -> None:
        def done(made: Made) -> None:
            kept(made)
            words = _("{family}: „{offer}“ vermittelt. Code für den Zettel: {code}")
            self._view.show_done(words.format(family=family, offer=offer, code=made.code), made.deed)

        self._runner.run(lambda work: referrals.refer(work, draft), done, lambda error: failed(error.message))

    def step(
        self, lines: Iterable[ReferralLine], outcome: str, on: date, words: str, asks_again_on: date | None,
        kept: Callable[[], None], failed: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Set down what became of referrals."""
        ids = tuple(line.id for line in lines)
        self._try(
            lambda work: referrals.step(
                work, ids, outcome, happened_on=on, words=words, asks_again_on=asks_again_on
            ),
            _("Eingetragen, was daraus wurde."), kept, failed,
        )  # fmt: skip

    def withdraw(self, lines: Iterable[ReferralLine]) -> None:
        ids = tuple(line.id for line in lines)
        self._step(lambda work: referrals.withdraw(work, ids), _("Die Vermittlung ist zurückgenommen."))

    def withdraw_consent(self, line: ReferralLine) -> None:
        self._step(
            lambda work: referrals.withdraw_consent(work, line.id),
            _("Widerrufen: Von heute an geht nichts mehr an diesen Träger."),
        )

    def by_code(
        self, code: str, shown: Callable[[tuple[ReferralLine, ...]], None], failed: Callable[[str], None]
    ) -> None:
        self._runner.run(lambda work: referral_lines.by_code(work, code), shown, lambda error: failed(error.message))

    def asked_about(self, follow_up: UUID, shown: Callable[[tuple[ReferralLine, ...]], None]) -> None:
        """The referrals of the slip that a follow-up asks about."""
        self._look(lambda work: referral_follow_ups.asked_about(work, follow_up), shown)

    def open_slips(self, shown: Callable[[tuple[ReferralLine, ...]], None]) -> None:
        self._look(referral_lines.open_slips, shown)

    def to_phone(self, shown: Callable[[tuple[ToPhone, ...]], None]) -> None:
        """What to ask about by phone, the most used first."""
        self._look(lambda work: offer_freshness.to_phone(work, _MOST_PHONED), shown)

    # --- gaps

    def note_gap(self, gap: Gap) -> None:
        self._step(lambda work: offer_gaps.note_gap(work, gap), _("Notiert, ohne Namen. Danke."))

    def export_gaps(self, first: date, last: date, folder: Path, shown: Callable[[Exported], None]) -> None:
        """The report on what was sought in vain, as a workbook; where too little was noted, that is said."""

        def write(work: Work) -> Exported | None:
            table = offer_gaps.to_list(offer_gaps.report(work, first, last), work.today)
            return lists.export(work, table, folder, Form.XLSX) if table.rows else None

        def written(done: Exported | None) -> None:
            if done is None:
                self._view.show_told(_("In dieser Zeit ist zu wenig notiert, um es ohne Rückschlüsse zu zählen."))
            else:
                shown(done)

        self._look(write, written)

    # --- notes that were typed and not entered

    def words_left(self, about: str, shown: Callable[[str], None]) -> None:
        self._look(lambda work: left_words.read(work, about), shown)

    def keep_words(self, about: str, words: str) -> None:
        """Keep a note until it is entered; empty forgets it."""
        self._look(lambda work: left_words.keep(work, about, words), lambda _none: None)

    def tell(self, words: str) -> None:
        """Say something beside the deeds."""
        self._view.show_told(words)

    def tell_refused(self, reason: str) -> None:
        """Say why something is not for this person."""
        self._view.show_step_failed(reason)

    # ---

    def _step(self, deed: Callable[[Work], UUID], words: str) -> None:
        self._runner.run(deed, lambda done: self._view.show_done(words, done), self._failed)

    def _try(
        self, deed: Callable[[Work], UUID], words: str, kept: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        """A step out of a dialog, which stays open with what was typed where it fails."""

        def done(deed_id: UUID) -> None:
            kept()
            self._view.show_done(words, deed_id)

        self._runner.run(deed, done, lambda error: failed(error.message))

    def _look(self, deed: Callable[[Work], T], shown: Callable[[T], None]) -> None:
        self._runner.run(deed, shown, self._failed)

    def _failed(self, error: WorldError) -> None:
        self._view.show_step_failed(error.message)
