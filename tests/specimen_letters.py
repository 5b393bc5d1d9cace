"""Letters as they come out of the catalogue, for tests of the paper. All people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desk_app.documents.qr_code import contact_card
from desk_app.domain.dates import show_day
from desk_app.domain.letter_items import Lack, Way
from desk_app.domain.letter_page import Block, Contact, Coupon, Entry, Hours, LetterPage, OfferCard
from desk_app.domain.letters import NO_TEXT, Letter, Pair, Slip, Wording
from desk_app.domain.request_sheet import Fact

DAY = date(2026, 12, 3)
PAPERS = ("passport_child", "birth_certificate", "registration_certificate", "school_report", "measles", "consent")
ANSWERS = ("phone", "address", "entry_date", "language", "years_of_schooling", "last_grade")


def a_letter(language: str, papers: tuple[str, ...] = PAPERS, answers: tuple[str, ...] = ANSWERS) -> LetterPage:
    """ "Es fehlt noch" with a long list that a real family may get."""
    say = Wording(language)

    def entries(way: Way, keys: tuple[str, ...]) -> tuple[Entry, ...]:
        lacks = [Lack(way, key, key) for key in keys]
        day = show_day(DAY) if way is Way.BRING else ""
        return tuple(
            Entry(say.of(lack.name), say.of(lack.explained) if lack.explained else NO_TEXT, day) for lack in lacks
        )

    return LetterPage(
        letter=Letter.MISSING,
        language=language,
        number="SP-2026-0147",
        centre_name="Kommunales Integrationszentrum",
        centre_place="Stadt Musterstadt",
        sender="Integrationszentrum · Musterplatz 1 · 45000 Musterstadt",
        recipient=("Rana und Yousef Haddad", "Lindenhof 12", "45000 Musterstadt"),
        info=(Fact("Anfrage", "SP-2026-0147"), Fact("Datum", "26.11.2026"), Fact("Auskunft", "Carla Beispiel")),
        title=say.pair("missing", "title"),
        intro=(say.pair("common", "about", names="Karim Haddad, Lina Haddad") + say.pair("missing", "intro"),),
        strong=say.pair("missing", "by_day", day=DAY),
        blocks=(
            Block(entries(Way.BRING, papers), say.pair("missing", "bring")),
            Block(entries(Way.TELL, answers), say.pair("missing", "tell"), narrow=True),
        ),
        closing=(say.pair("missing", "anyway"),),
        contact=(
            Contact(say.pair("common", "contact"), "Carla Beispiel"),
            Contact(say.pair("common", "phone"), "+49 208 000-45 61"),
            Contact(say.pair("common", "email"), "ki@stadt.example"),
            Contact(say.pair("common", "address"), "Musterplatz 1"),
        ),
        help=say.pair("common", "questions"),
        more=say.pair("missing", "more"),
        reviewed=say.reviewed,
        created_at=datetime(2026, 11, 26, 10, 42, tzinfo=UTC),
        demo=True,
    )


def a_card(say: Wording, title: str = "Sprachkurs im Klöttschen") -> OfferCard:
    """An offer with everything that can be known about it."""
    hours = Hours(("14–16",))
    same = Pair("0208 000-11", "0208 000-11")
    return OfferCard(
        title=title,
        brief="Deutsch von Anfang an, mit freiwilligen Lehrkräften",
        week=(Hours(), hours, Hours(), hours, Hours(), Hours(), Hours()),
        remark="nicht in den Schulferien",
        times=Entry(say.pair("offers", "times"), Pair("Di, Do 14:00–16:00, nicht in den Schulferien")),
        facts=(
            Entry(say.pair("appointment", "where"), Pair("Haus am Klöttschen, Am Klöttschen 1, Raum 2")),
            Entry(say.pair("appointment", "stop"), Pair("Klöttschen")),
            Entry(say.pair("common", "phone"), same),
            Entry(say.pair("offers", "contact"), Pair("Frau Ilgin")),
            Entry(say.pair("offers", "cost"), say.pair("offers", "free")),
            Entry(say.pair("offers", "register"), say.pair("offers", "register_appointment")),
        ),
        contact=contact_card("Frau Ilgin", "0208 000-11"),
    )


def a_slip(slip: Slip, language: str, cards: int = 2) -> LetterPage:
    """A slip of each kind, with all that can stand on it."""
    say = Wording(language)
    page = replace(
        a_letter(language), letter=slip, recipient=("Familie Haddad",), info=(Fact("Datum", "26.11.2026"),),
        title=say.pair(slip, "title"), intro=(say.pair(slip, "intro"),), blocks=(), closing=(), strong=NO_TEXT,
        number="A-4711",
    )  # fmt: skip
    where = Entry(say.pair("appointment", "where"), Pair("Musterplatz 1", "Musterplatz 1"))
    if slip is Slip.APPOINTMENT:
        when = say.pair("appointment", "when", day=DAY, time="9:30")
        return replace(page, strong=when, blocks=(Block((where,)),))
    if slip is Slip.OFFERS:
        offers = tuple(a_card(say, f"Angebot {number}") for number in range(1, cards + 1))
        return replace(page, cards=offers, scan=say.pair("offers", "scan"), notes=say.pair("offers", "notes"))
    coupon = Coupon(
        "Rückmeldung", "KHR-XLP", (Fact("Angebot", "Sprachkurs"),), "Was ist daraus geworden?",
        ("war da", "nimmt teil", "Warteliste", "passt nicht", "kam nicht"), ("Datum", "Name oder Stempel"), "Zurück an",
    )  # fmt: skip
    return replace(page, blocks=(Block((where,)),), coupon=coupon)
