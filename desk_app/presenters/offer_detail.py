"""One offer as its page shows it: reasons, facts with their source and age, what became of those sent there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desk_app.casework.offer_directory import Directory, Listed
from desk_app.casework.offer_freshness import fades, phones_of
from desk_app.casework.offer_match import Known, Pool
from desk_app.casework.referral_lines import ReferralLine, Uses
from desk_app.domain import offer_shown
from desk_app.domain.code_lists import code_list
from desk_app.domain.dates import show_day
from desk_app.domain.eligibility import Fit
from desk_app.domain.offers import ACTIVE, PROPOSAL, Offer
from desk_app.domain.referral_states import ADDRESSED, DECLINED, NO_REPLY, OPEN, TAKES_PART, WAITING_LIST
from desk_app.i18n import N_, _, ngettext

_FACTS = (
    ("times", "calendar-clock", N_("Wann"), True),
    ("places", "map-pin", N_("Wo"), True),
    ("for_whom", "users", N_("Für wen"), True),
    ("eligibility", "list-checks", N_("Wer"), False),
    ("ages", "cake", N_("Alter"), False),
    ("goal", "graduation-cap", N_("Abschluss"), False),
    ("contacts", "contact", N_("Kontakt"), True),
    ("registration", "door-open", N_("Anmelden"), True),
    ("phones", "phone", N_("Telefon"), True),
    ("emails", "mail", N_("E-Mail"), False),
    ("email", "mail", N_("E-Mail"), False),
    ("hours", "clock", N_("Sprechzeit"), False),
    ("cost", "wallet", N_("Kosten"), True),
    ("languages", "languages", N_("Sprachen"), True),
    ("child_care", "baby", N_("Kinder"), True),
    ("papers", "file-text", N_("Mitbringen"), False),
    ("capacity", "armchair", N_("Plätze"), False),
    ("exceptions", "calendar-x", N_("Abweichend"), False),
    ("valid", "calendar-range", N_("Zeitraum"), False),
    ("mode", "monitor", N_("Form"), False),
    ("web", "globe", N_("Internet"), False),
)
"""Keys of ``offer_shown``, sign, name, and whether it is shown although nobody noted it."""

_FIT_TITLES: Mapping[Fit, str] = {
    Fit.FITS: N_("Passt für {family}, weil"),
    Fit.OPEN: N_("Für {family} zu klären"),
    Fit.NOT: N_("Passt nicht für {family}"),
}
_USES: tuple[tuple[str, frozenset[str]], ...] = (
    (N_("nimmt teil"), frozenset({TAKES_PART, "accepted"})),
    (N_("Warteliste"), frozenset({WAITING_LIST})),
    (N_("abgelehnt"), frozenset({DECLINED})),
    (N_("keine Rückmeldung"), frozenset({NO_REPLY})),
    (N_("Rückmeldung offen"), OPEN - {WAITING_LIST, ADDRESSED}),
    (N_("nur angesprochen"), frozenset({ADDRESSED})),
)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact. ``field`` is the field of ``Offer`` to write it in; ``source`` says from where and when it is."""

    key: str
    field: str
    symbol: str
    label: str
    text: str
    source: str = ""
    old: bool = False

    @property
    def known(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the detail shows of one offer."""

    id: UUID
    title: str
    subtitle: str
    status: str
    status_words: str
    facts: tuple[FactLine, ...]
    text: str
    family: str = ""
    fit: str = ""
    fit_title: str = ""
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    stale: bool = False
    call: str = ""
    """What to do before one sends somebody there."""
    confirmed_by: str = ""
    replaces: UUID | None = None
    phone: str = ""

    @property
    def is_proposal(self) -> bool:
        return self.status == PROPOSAL


def sheet_of(pool: Pool, known: Known, today: date, family: str = "") -> Sheet:
    """The sheet of one offer, for a family where there is one."""
    listed, offer, verdict = known.listed, known.offer, known.verdict
    sent = _sent(known.referral)
    remarks = (sent, *pool.remarks(offer.id), known.near.words) if verdict is not None else _alert(offer, today)
    return Sheet(
        offer.id,
        offer.title,
        _subtitle(pool.directory, offer),
        offer.status,
        code_list("offer_statuses").label(offer.status) if offer.status != ACTIVE else "",
        _fact_lines(pool.directory, listed, today),
        offer.text or offer.brief,
        family,
        str(verdict.fit) if verdict is not None else "",
        _(_FIT_TITLES[verdict.fit]).format(family=family) if verdict is not None else "",
        verdict.reasons if verdict is not None else (),
        tuple(filter(None, remarks)),
        _uses(known.uses),
        _as_of(listed.as_of, today),
        known.faded,
        _("Bitte anrufen, bevor Sie vermitteln.") if known.faded else "",
        listed.confirmed_by if listed.confirmed_on is not None else "",
        listed.replaces,
        phone_of(pool.directory, listed),
    )


def phone_of(directory: Directory, listed: Listed) -> str:
    """Whom to call about an offer first; "" where no number is known."""
    whom, number = next(iter(phones_of(listed, directory)), ("", ""))
    return ", ".join(part for part in (whom, number) if part)


def _fact_lines(directory: Directory, listed: Listed, today: date) -> tuple[FactLine, ...]:
    known = {fact.key: fact for fact in offer_shown.facts(listed.offer, directory.names)}
    lines = []
    for key, symbol, label, always in _FACTS:
        fact = known[key]
        words = fact.text
        if key == "phones" and not words:
            words = _of_organisation(directory, listed.offer)
        if not words and not always:
            continue
        lines.append(
            FactLine(
                key, fact.field, symbol, _(label), words, _source(listed, fact.field) if words else "",
                bool(words) and fades(listed.fact_as_of(fact.field), today),
            )
        )  # fmt: skip
    return tuple(lines)


def _of_organisation(directory: Directory, offer: Offer) -> str:
    organisation = directory.organisation_of(offer)
    if organisation is None or not organisation.phone:
        return ""
    return _("{phone} (Träger)").format(phone=organisation.phone)


def _source(listed: Listed, name: str) -> str:
    source = listed.offer.source_of(name)
    as_of = listed.fact_as_of(name)
    words = source.source if source is not None else _("Quelle nicht hinterlegt")
    return _("{source} · Stand {day}").format(source=words, day=show_day(as_of)) if as_of is not None else words


def _subtitle(directory: Directory, offer: Offer) -> str:
    organisation = directory.organisation_of(offer)
    topics = code_list("offer_topics")
    parts = [
        topics.label(offer.topics[0]) if offer.topics else "",
        organisation.name if organisation is not None else "",
        code_list("offer_kinds").label(offer.kind),
    ]
    return " · ".join(part for part in parts if part)


def _sent(referral: ReferralLine | None) -> str:
    """That the family was sent there before, and what became of it."""
    if referral is None or referral.referred_on is None:
        return ""
    words = _("Schon vermittelt am {day}: {state}")
    return words.format(day=show_day(referral.referred_on), state=referral.label)


def _alert(offer: Offer, today: date) -> tuple[str, ...]:
    words = offer.alert_on(today)
    return (words,) if words else ()


def _uses(uses: Uses) -> tuple[tuple[str, str], ...]:
    """Counts without names."""
    if not uses.referrals:
        return ()
    times = ngettext("{n}-mal", "{n}-mal", uses.referrals).format(n=uses.referrals)
    latest = _("zuletzt am {day}").format(day=show_day(uses.latest)) if uses.latest is not None else ""
    lines = [(times, latest)]
    for words, states in _USES:
        count = sum(uses.outcomes.get(state, 0) for state in states)
        if count:
            lines.append((str(count), _(words)))
    return tuple(lines)


def _as_of(day: date | None, today: date) -> str:
    if day is None:
        return _("Stand nicht bekannt")
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    shown = show_day(day)
    if months < 1:
        return _("Stand {day}").format(day=shown)
    return ngettext("Stand {day} – {n} Monat alt", "Stand {day} – {n} Monate alt", months).format(day=shown, n=months)
