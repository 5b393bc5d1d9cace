"""Which offers a family can be sent to at once: those that fit best, each with its reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.offer_directory import Directory, Listed
from desk_app.casework.offer_freshness import fades
from desk_app.domain.eligibility import Fit, Verdict, judge_all
from desk_app.domain.offer_facts import facts_of
from desk_app.domain.records import FamilyFile
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


def fitting(directory: Directory, file: FamilyFile, today: date, known: Collection[UUID] = ()) -> Fitting:
    """What fits best, without those the family was sent to already (``known``)."""
    offers = [each.offer for each in directory.offers if each.offer.on_offer(today)]
    judged = judge_all(offers, facts_of(file, today))
    fits = [(offer, verdict) for offer, verdict in judged if verdict.fit is Fit.FITS]
    chosen = [choice_of(directory, directory.listed[offer.id], verdict, today)
              for offer, verdict in fits if offer.id not in known]  # fmt: skip
    waiting = sum(verdict.fit is Fit.OPEN for _offer, verdict in judged)
    return Fitting(tuple(chosen[:MOST]), len(fits), len(offers), waiting)


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
