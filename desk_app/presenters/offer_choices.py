"""Which offers a family can be sent to at once: those that fit best, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.offer_directory import Directory, Listed
from desk_app.casework.offer_freshness import fades
from desk_app.casework.offer_match import Known
from desk_app.domain.eligibility import Fit, Verdict
from desk_app.i18n import _
from desk_app.presenters.offer_detail import phone_of

MOST = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer that a family can be sent to, with why it fits.

    ``days`` is after how many days to ask what became of it, ``None`` as usual; ``warning`` is said before one does.
    """

    id: UUID
    title: str
    why: str
    days: int | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Fitting:
    """The best of those that fit a family; ``fitting`` and ``everything`` count all that fit, and all there are."""

    choices: tuple[Choice, ...] = ()
    fitting: int = 0
    everything: int = 0
    open: int = 0
    """How many are still to be settled."""


def fitting(directory: Directory, judged: Iterable[Known], today: date, sent: Collection[UUID] = ()) -> Fitting:
    """What fits best, in the order of the page of offers, without those the family was sent to already (``sent``)."""
    there = [each for each in judged if each.offer.on_offer(today)]
    fits = [each for each in there if each.verdict is not None and each.verdict.fit is Fit.FITS]
    chosen = [each for each in fits if each.offer.id not in sent][:MOST]
    waiting = sum(each.verdict is not None and each.verdict.fit is Fit.OPEN for each in there)
    choices = tuple(choice_of(directory, each.listed, each.verdict, today) for each in chosen)
    return Fitting(choices, len(fits), len(there), waiting)


def choice_of(directory: Directory, listed: Listed, verdict: Verdict | None, today: date) -> Choice:
    """One offer, whatever its verdict."""
    if verdict is None:
        why = listed.offer.brief
    elif verdict.fit is Fit.FITS:
        why = _("weil {reasons}").format(reasons=verdict.line.removeprefix(verdict.lead).strip())
    else:
        why = verdict.line
    return Choice(
        listed.offer.id, listed.offer.title, why, listed.offer.follow_up_days,
        _warning(directory, listed, verdict, today),
    )  # fmt: skip


def _warning(directory: Directory, listed: Listed, verdict: Verdict | None, today: date) -> str:
    told = []
    if verdict is not None and verdict.fit is Fit.NOT:
        told.append(verdict.line[:1].upper() + verdict.line[1:] + ".")
    if fades(listed.as_of, today):
        phone = phone_of(directory, listed)
        ask = _("Die Angaben sind alt, bitte vorher anrufen: {phone}.") if phone else _(
            "Die Angaben sind alt, bitte vorher nachfragen."
        )  # fmt: skip
        told.append(ask.format(phone=phone))
    return " ".join(told)
