"""Putting together the slips families take along: an appointment, offers, a referral with its part to tear off.

Only what the family needs in order to come or to go there. A family's own address is on none of them, so a protected
one cannot be; the part that goes to somebody else has the code of the referral alone (Art. 5(1)(c) GDPR).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from desk_app.casework import (
    appointment_lines,
    appointment_setup,
    centre,
    families,
    offer_cards,
    offer_directory,
    referral_lines,
    users,
)
from desk_app.casework.appointment_lines import AppointmentLine
from desk_app.casework.appointment_setup import Kind, Place, Setup
from desk_app.casework.desk import Work
from desk_app.casework.wording import family_title
from desk_app.domain import completeness, letter_items
from desk_app.domain.child import ChildView
from desk_app.domain.clock import local, local_day, show_time
from desk_app.domain.dates import show_day
from desk_app.domain.errors import NothingToSend, RecordGone
from desk_app.domain.letter_items import Way
from desk_app.domain.letter_page import Block, Contact, Coupon, Entry, LetterPage
from desk_app.domain.letters import GERMAN, NO_TEXT, Pair, Slip, Wording, language_for, same, served, texts
from desk_app.domain.records import FamilyFile
from desk_app.domain.request_sheet import Fact
from desk_app.domain.visit_states import FREES
from desk_app.i18n import N_, _

_ABOUT_PAPERS: Final = frozenset({"intake", "school", "follow"})
"""Looks of appointments to which a family brings what its requests still lack."""
_CHOICES: Final = (N_("war da"), N_("nimmt teil"), N_("Warteliste"), N_("passt nicht"), N_("kam nicht"))


def appointment_page(work: Work, appointment: UUID, language: str = "") -> LetterPage:
    """What a family takes home about one appointment.

    Raises ``RecordGone``, and ``NothingToSend`` where it was called off or moved.
    """
    line = next(iter(appointment_lines.of_ids(work, [appointment])), None)
    if line is None:
        raise RecordGone
    if line.state in FREES:
        raise NothingToSend(_("Dieser Termin gilt nicht mehr. Es wurde kein Zettel gemacht."))
    file = families.load(work, line.household) if line.household else None
    say = Wording(language or _language(file, line.language))
    setup, own = appointment_setup.read(work), centre.load(work)
    bring = _to_bring(work, say, setup.kind(line.kind), file)
    # the number stands by itself: within an Arabic sentence its groups would change places
    off = Entry(say.pair("appointment", "call_off"), same(own.phone)) if own.phone else Entry(
        say.pair("appointment", "call_off_plain"))  # fmt: skip
    about = Block((*_about(say, setup, line), off))
    papers = Block(bring, say.pair("missing", "bring"), narrow=True)
    return _page(
        work, say, Slip.APPOINTMENT, file,
        number=line.code,
        recipient=(family_title(file) if file else line.title,),
        intro=(say.pair("appointment", "intro"),),
        strong=say.pair("appointment", "when", day=local_day(line.start), time=show_time(line.start)),
        blocks=(about, papers) if bring else (about,),
        more=say.pair("missing", "more"),
        contact=_reach(work, say, (say.pair("appointment", "code"), line.code)),
    )  # fmt: skip


def offers_page(work: Work, offers: Iterable[UUID], household: UUID | None = None, language: str = "") -> LetterPage:
    """Several offers on one page, in the order in which they were chosen; for a family, or for nobody named.

    Raises ``NothingToSend`` where none of them is in the directory any more, and ``RecordGone`` for the family.
    """
    directory = offer_directory.read(work)
    chosen = [directory.listed[offer].offer for offer in dict.fromkeys(offers) if offer in directory.listed]
    if not chosen:
        raise NothingToSend(_("Es ist kein Angebot auf dem Merkzettel. Es wurde kein Zettel gemacht."))
    file = families.load(work, household) if household else None
    say = Wording(language or _language(file))
    cards = tuple(offer_cards.card(say, directory, offer, work.today) for offer in chosen)
    german_only = say.pair("offers", "german_only") if say.language != GERMAN else NO_TEXT
    return _page(
        work, say, Slip.OFFERS, file,
        number=_("Merkzettel"),
        intro=(say.pair("offers", "intro") + german_only,),
        cards=cards,
        scan=say.pair("offers", "scan"),
        notes=say.pair("offers", "notes"),
        more=say.pair("offers", "more"),
        contact=_reach(work, say),
    )  # fmt: skip


def referral_page(work: Work, referrals: Sequence[UUID], household: UUID, language: str = "") -> LetterPage:
    """Where a family was sent, with the part that who runs the offer sends back.

    Raises ``NothingToSend`` where the referral has no code, and ``RecordGone``.
    """
    line = next((each for each in referral_lines.of_family(work, household) if each.id in referrals), None)
    if line is None:
        raise RecordGone
    if not line.code:
        raise NothingToSend(_("Diese Vermittlung hat keinen Code. Es wurde kein Zettel gemacht."))
    directory, own = offer_directory.read(work), centre.load(work)
    listed = directory.listed.get(line.offer) if line.offer else None
    file = families.load(work, household)
    say = Wording(language or _language(file))
    day = show_day(line.referred_on) if line.referred_on else ""
    facts = ((_("Angebot"), line.title), (_("Vermittelt am"), day), (_("Von"), own.name))
    where = ", ".join(filter(None, (own.name, own.street, own.place)))
    back = _("Bitte zurück an: {centre}. Oder rufen Sie an und nennen den Code: {phone}.") if own.phone else _(
        "Bitte zurück an: {centre}.")  # fmt: skip
    return _page(
        work, say, Slip.REFERRAL, file,
        number=line.code,
        intro=(say.pair("slip", "intro"),),
        cards=(offer_cards.card(say, directory, listed.offer, work.today),) if listed else (),
        scan=say.pair("offers", "scan"),
        closing=(say.pair("slip", "no_name"),),
        contact=_reach(work, say, (say.pair("slip", "code"), line.code)),
        coupon=Coupon(
            title=_("Rückmeldung zur Vermittlung"),
            code=line.code,
            facts=tuple(Fact(label, value) for label, value in facts if value),
            question=_("Was ist daraus geworden? Bitte ankreuzen."),
            choices=tuple(map(_, _CHOICES)),
            blanks=(_("Datum"), _("Name oder Stempel"), _("Bemerkung (ohne Namen der Familie)")),
            back=back.format(centre=where, phone=own.phone),
        ),
    )  # fmt: skip


def _language(file: FamilyFile | None, spoken: str = "") -> str:
    """What the family reads; of somebody without a file, what is spoken in the talk if there are texts in it."""
    if file is not None:
        return language_for(file).language
    return served(spoken) or GERMAN


def _about(say: Wording, setup: Setup, line: AppointmentLine) -> Iterator[Entry]:
    place = setup.place(line.place)
    if place is not None:
        yield Entry(say.pair("appointment", "where"), same(_where(place)))
        if place.stop:
            yield Entry(say.pair("appointment", "stop"), same(place.stop))
    desk = ", ".join(filter(None, (line.seat_name, line.room_name)))
    if desk:
        yield Entry(say.pair("appointment", "desk"), same(desk))
    yield Entry(say.pair("appointment", "lasts"), say.pair("appointment", "minutes", n=str(line.minutes)))
    if line.kind_name:
        yield Entry(say.pair("appointment", "topic"), _topic(say, line))
    if line.interpreting:
        key = "interpreting_confirmed" if line.interpreting == "confirmed" else "interpreting_open"
        yield Entry(say.pair("appointment", "interpreting"), say.pair("appointment", key))


def _where(place: Place) -> str:
    city = " ".join(filter(None, (place.postal_code, place.city)))
    return ", ".join(filter(None, (place.name, place.street, city)))


def _topic(say: Wording, line: AppointmentLine) -> Pair:
    """The kind as the centre calls it, and in the other language what sort of talk it is."""
    key = f"topic_{line.look}"
    if key not in texts("appointment"):
        return same(line.kind_name)
    return Pair(line.kind_name, say.pair("appointment", key).other)


def _to_bring(work: Work, say: Wording, kind: Kind | None, file: FamilyFile | None) -> tuple[Entry, ...]:
    """What such an appointment asks for, and the papers that the family's requests still lack, each once."""
    named = list(say.papers(kind.bring)) if kind is not None else []
    if file is not None and kind is not None and kind.look in _ABOUT_PAPERS:
        children = completeness.looking([ChildView(file, child.id, work.today) for child in file.children])
        named += [say.of(lack.name) for lack in letter_items.lacking(children) if lack.way is Way.BRING]
    return tuple(Entry(name) for name in dict.fromkeys(named))


def _reach(work: Work, say: Wording, first: tuple[Pair, str] | None = None) -> tuple[Contact, ...]:
    own = centre.load(work)
    ways = (("phone", own.phone), ("contact", users.name(work)), ("address", own.street), ("email", own.email))
    known = [Contact(say.pair("common", key), value) for key, value in ways if value]
    return (Contact(*first), *known) if first else tuple(known)


def _page(work: Work, say: Wording, slip: Slip, file: FamilyFile | None, **parts: Any) -> LetterPage:
    """The page with what every slip has. What is of the family is only what it is called."""
    own, stamp = centre.load(work), local(work.now)
    parts.setdefault("recipient", (family_title(file),) if file is not None else ())
    parts = {"blocks": (), "closing": (), **parts}
    return LetterPage(
        letter=slip,
        language=say.language,
        centre_name=own.name,
        centre_place=own.city,
        sender="",
        info=(Fact(_("Datum"), show_day(stamp.date())),),
        title=say.pair(slip, "title"),
        help=say.pair("common", "questions"),
        reviewed=say.reviewed,
        created_at=stamp,
        demo=own.demo,
        **parts,
    )
