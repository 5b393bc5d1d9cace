"""A placement request with all its parts; the persons are invented."""

from datetime import datetime

from desk_app.domain.request_sheet import (
    AnswerBox,
    BandKind,
    Fact,
    RequestSheet,
    SchoolBand,
    SchoolRow,
    SeenDocument,
)

KARIM = RequestSheet(
    number="SP-2026-0147",
    subtitle="Seiteneinstieg, Sekundarstufe I",
    centre_name="Kommunales Integrationszentrum",
    centre_place="Stadt Musterstadt",
    sender="Integrationszentrum · Musterplatz 1 · 45000 Musterstadt",
    recipient=("Fachberatung Integration", "Untere Schulaufsicht", "Musterstraße 12", "45000 Musterstadt"),
    info=(
        Fact("Anfrage", "SP-2026-0147"),
        Fact("Datum", "17.11.2026"),
        Fact("Auskunft", "Carla Brandt"),
        Fact("Telefon", "0208 000-45 61"),
        Fact("E-Mail", "ki@stadt.example"),
    ),
    child_name="Karim Haddad",
    native_name="كريم",
    birth="13 Jahre, geboren 02.06.2013 in Aleppo, Syrien",
    facts=(
        Fact("Klasse nach Alter", "8"),
        Fact("Deutsch", "A0, keine"),
        Fact("Schuljahre bisher", "6 von 7"),
        Fact("In Deutschland seit", "03.08.2026"),
        Fact("Wohnt in", "Styrum"),
        Fact("In Mülheim seit", "57 Tagen"),
    ),
    family=(
        Fact("Staatsangehörigkeit", "Syrien"),
        Fact("Sorgeberechtigt", "Rana und Yousef Haddad"),
        Fact("Anschrift", "Lindenhof 12, 45000 Musterstadt"),
        Fact("Telefon", "0176 04069 118 (Mutter)"),
        Fact("Geschwister", "Lina, 9 (SP-2026-0146), Sami, 5"),
    ),
    learning=(
        Fact("Familiensprachen", "Arabisch, Kurdisch (Kurmandschi)"),
        Fact("Weitere", "Englisch, Grundkenntnisse"),
        Fact("Lateinische Schrift", "liest und schreibt sicher"),
        Fact("Stärken", "Mathematik, Zeichnen"),
        Fact("Förderbedarf", "nicht bekannt"),
        Fact("Gespräche", "mit Dolmetschen (Arabisch)"),
    ),
    bands=(
        SchoolBand("Syrien", "Klasse 1 bis 5", 2019, 5, BandKind.ABROAD),
        SchoolBand("Türkei", "Klasse 6", 2024, 1, BandKind.ABROAD),
        SchoolBand("ohne Schule", "10 Monate", 2025, 1, BandKind.GAP),
    ),
    schools=(
        SchoolRow("2019/20 – 2021/22", "Syrien", "Grundschule Nr. 7, Aleppo", "1–3", "Unterricht teils ausgefallen"),
        SchoolRow("2022/23 – 2023/24", "Syrien", "Mittelschule al-Amal, Aleppo", "4–5", "bis Februar 2024"),
        SchoolRow("2024/25", "Türkei", "Ortaokulu Şahinbey, Gaziantep", "6", "Zeugnis liegt bei"),
        SchoolRow("2025/26", "–", "kein Schulbesuch", "–", "Flucht und Ankunft"),
    ),
    documents=(
        SeenDocument("Meldebescheinigung", "Original gesehen", True),
        SeenDocument("Masernschutz", "Original gesehen", True),
        SeenDocument("Zeugnis Klasse 6", "Kopie liegt bei", True),
        SeenDocument("Sorgerecht", "wird nachgereicht", False),
        SeenDocument("Einwilligung", "17.11.2026, auf Arabisch", True),
    ),
    assessment="Karim wirkt sehr motiviert, rechnet sicher und kann sich auf Englisch verständigen. Die Familie "
    "wünscht eine Schule mit kurzem Weg ab Styrum. Eine gemeinsame Schule mit Lina ist nicht nötig.",
    answer=AnswerBox(
        title="Rückmeldung der Fachberatung",
        hint="Bitte zurück auf dem vereinbarten sicheren Weg",
        choices=("Erstförderung", "Anschlussförderung"),
        callback="Rückfrage, bitte anrufen",
    ),
    purpose="Nur für die Schulzuweisung verwenden.",
    consent="Weitergabe mit Einwilligung der Sorgeberechtigten vom 17.11.2026.",
    created_at=datetime(2026, 11, 17, 11, 18),
    demo=True,
)
