"""Letters as they come out of the catalogue, for tests of the paper. All people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desk_app.domain.dates import show_day
from desk_app.domain.letter_items import Lack, Way
from desk_app.domain.letter_page import Block, Contact, Entry, LetterPage
from desk_app.domain.letters import NO_TEXT, Letter, Wording
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
