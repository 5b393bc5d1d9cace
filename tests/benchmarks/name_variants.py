"""Invented persons whose names are spelt by rules the matcher does not know, and slips of the pen on top.

Each name is kept in a notation of its sounds and written out by one of several habits: transliteration standards
(DIN 31635, ISO 9, ALA-LC, BGN), what French, English, German and Turkish offices make of it, or its own script.
"""

# ruff: noqa: E501, C408  # tables read better in long rows

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

# Arabic sounds: x=خ G=غ S=ش j=ج H=ح T=ث D=ذ '=ع q k; emphatic t s d as Y(ط) Z(ص) B(ض); aa ii uu long
ARABIC_GIVEN = [
    "muHammad",
    "aHmad",
    "maHmuud",
    "musYafaa",
    "yuusuf",
    "ibraahiim",
    "Hasan",
    "Husayn",
    "'aliyy",
    "'umar",
    "xaalid",
    "jamaal",
    "kariim",
    "waliid",
    "Yaariq",
    "saamir",
    "samiir",
    "Zaalih",
    "sa'iid",
    "sulaymaan",
    "daawuud",
    "haaruun",
    "muusaa",
    "'iisaa",
    "'abdallaah",
    "'abdarraHmaan",
    "'abdalqaadir",
    "'abdalkariim",
    "nuuraddiin",
    "SalaaH",
    "zakariyyaa",
    "yaHyaa",
    "bilaal",
    "'uTmaan",
    "hayTam",
    "Gassaan",
    "jawaad",
    "jihaad",
    "riyaaB",
    "raBwaan",
    "murtaBaa",
    "faaYima",
    "'aa'iSa",
    "zaynab",
    "maryam",
    "xadiija",
    "amiina",
    "saara",
    "rana",
    "riim",
    "huda",
    "nuur",
    "laylaa",
    "salmaa",
    "hanaan",
    "SahiiDa",
    "Sayxa",
    "jumaana",
    "rahaf",
    "Gazal",
    "ruba",
    "dalaal",
    "wafaa'",
    "asmaa'",
    "iimaan",
    "xuluud",
    "ruqayya",
    "sumayya",
    "bushra",
    "hiba",
    "lujayn",
    "taala",
    "raGad",
    "nadaa",
    "faraH",
]
ARABIC_FAMILY = """alHaddaad alHalabiyy aSSaami alxaYiib alxuuriyy almaSriyy annajjaar alGazaawiyy azza'bii arrifaa'iyy
alqaasim alHusayn alHasan aljaasim aljubuuriyy al'abdallaah aSSayx darwiiS xaliil ibraahiim 'uTmaan suwaydaan
qabbaani Sihaab Tabit Dahabiyy aBBaahir alHamdaan alHamwiyy almuHammad alaHmad al'aliyy al'umar alyuusuf alxalaf
assulaymaan alxaYYaab Zabbaag Hajji bakkuur rastum kayyaali barakaat GunayM maxluuf sarraaj Sarbajii tarkamaani Gariib
qudsii nabulsii xuDayr jawharii raaSid fayyaaB murshid sabbaaG""".replace("M", "m").split()
UKRAINIAN_GIVEN = [
    "Олександр",
    "Сергій",
    "Андрій",
    "Володимир",
    "Дмитро",
    "Микола",
    "Юрій",
    "Іван",
    "Василь",
    "Михайло",
    "Ігор",
    "Олег",
    "Євген",
    "Богдан",
    "Артем",
    "Максим",
    "Данило",
    "Назар",
    "Тимофій",
    "Матвій",
    "Кирило",
    "Ілля",
    "Ярослав",
    "Захар",
    "Гліб",
    "Остап",
    "Любомир",
    "Олена",
    "Наталія",
    "Тетяна",
    "Ірина",
    "Оксана",
    "Катерина",
    "Юлія",
    "Анна",
    "Ганна",
    "Марія",
    "Світлана",
    "Людмила",
    "Ольга",
    "Вікторія",
    "Анастасія",
    "Софія",
    "Дарина",
    "Поліна",
    "Злата",
    "Соломія",
    "Христина",
    "Єлизавета",
    "Мілана",
    "Ангеліна",
    "Аліса",
    "Уляна",
    "Мирослава",
    "Жанна",
    "Роксолана",
]
UKRAINIAN_FAMILY = [stem + end for stem in """Шевч Кова́л Бонд Ткач Кравч Олій Поліщ Лисе Мороз Савч Гонч Хар Пав Клим Яким
Щерб Чорн Жук Гри Петр Зай Ром Фед Юрч Цимб Швец Кост Дзюб Ткач Вовч""".replace("\u0301", "").split()
    for end in ("енко", "ук", "ський", "ів", "чак", "ій", "аль", "ець")]  # fmt: skip
TURKISH_GIVEN = [
    "Mehmet",
    "Mustafa",
    "Ahmet",
    "Ali",
    "Hüseyin",
    "Hasan",
    "İbrahim",
    "Yusuf",
    "Ömer",
    "Çağlar",
    "Oğuz",
    "Şükrü",
    "Gökhan",
    "Ünal",
    "Işıl",
    "Ayşe",
    "Fatma",
    "Emine",
    "Hatice",
    "Zeynep",
    "Elif",
    "Meryem",
    "Şerife",
    "Zehra",
    "Sultan",
    "Hanife",
    "Merve",
    "Büşra",
    "Kübra",
    "Tuğçe",
    "Gülşen",
    "Çiğdem",
    "Özge",
    "Ümit",
    "Yiğit",
    "Emir",
    "Eymen",
    "Miraç",
    "Berat",
    "Hiranur",
    "Asya",
    "Azra",
    "Nehir",
    "Ecrin",
    "Defne",
    "Eylül",
    "Cemal",
    "Cengiz",
    "Caner",
    "Bahçe",
    "Şeyma",
]
TURKISH_FAMILY = [
    "Yılmaz",
    "Kaya",
    "Demir",
    "Çelik",
    "Şahin",
    "Yıldız",
    "Yıldırım",
    "Öztürk",
    "Aydın",
    "Özdemir",
    "Arslan",
    "Doğan",
    "Kılıç",
    "Aslan",
    "Çetin",
    "Kara",
    "Koç",
    "Kurt",
    "Özkan",
    "Şimşek",
    "Polat",
    "Özcan",
    "Korkmaz",
    "Çakır",
    "Erdoğan",
    "Güneş",
    "Bulut",
    "Yavuz",
    "Keskin",
    "Taş",
    "Güler",
    "Aktaş",
    "Ünal",
    "Bozkurt",
    "Işık",
    "Uçar",
    "Gündoğdu",
    "Karakuş",
    "Ağaoğlu",
    "Sarıoğlu",
    "Çavuşoğlu",
    "Demirtaş",
    "Öcalan",
    "Barzancı",
    "Botan",
    "Şengül",
]
TIGRINYA_GIVEN = [
    "tesfay",
    "hagos",
    "gebremeskel",
    "gebrehiwet",
    "hailemariam",
    "tsegay",
    "kidane",
    "mehari",
    "yonas",
    "filmon",
    "yohannes",
    "berhane",
    "habtom",
    "semere",
    "kibrom",
    "robel",
    "natnael",
    "abel",
    "amanuel",
    "mikael",
    "selam",
    "rahel",
    "semhar",
    "senait",
    "yordanos",
    "feven",
    "saba",
    "lidya",
    "winta",
    "bilen",
    "helen",
    "tirhas",
    "letebrhan",
    "mebrahtu",
    "weldu",
    "kahsay",
    "teklemariam",
    "ghirmay",
    "fessehaye",
    "okbay",
    "zerezghi",
]
ALBANIAN_GIVEN = [
    "Xhemal",
    "Qamil",
    "Gjergj",
    "Çlirim",
    "Besnik",
    "Shkëlqim",
    "Ilir",
    "Agron",
    "Fatmir",
    "Xhevdet",
    "Ymer",
    "Qendrim",
    "Gjon",
    "Arbër",
    "Blerta",
    "Shpresa",
    "Xhevahire",
    "Fjolla",
    "Njomza",
    "Qëndresa",
    "Drita",
    "Vjollca",
    "Çeljeta",
    "Yllka",
    "Liridona",
    "Albulena",
    "Gjylsime",
    "Teuta",
]
ALBANIAN_FAMILY = [
    "Hoxha",
    "Berisha",
    "Krasniqi",
    "Gashi",
    "Shala",
    "Morina",
    "Bytyqi",
    "Thaçi",
    "Kelmendi",
    "Xhaferi",
    "Gjonaj",
    "Çollaku",
    "Rexhepi",
    "Qerimi",
    "Hyseni",
    "Sylejmani",
    "Zogjani",
    "Bunjaku",
    "Kryeziu",
    "Nikçi",
    "Përdoda",
    "Shabani",
]
ROMANIAN_GIVEN = [
    "Ștefan",
    "Mihai",
    "Ionuț",
    "Cătălin",
    "Răzvan",
    "Bogdan",
    "Vlăduț",
    "Gheorghe",
    "Nicușor",
    "Constantin",
    "Țăndări",
    "Mădălina",
    "Ioana",
    "Ștefania",
    "Ileana",
    "Mărioara",
    "Crăița",
    "Ancuța",
    "Lăcrămioara",
    "Simona",
    "Denisa",
    "Bianca",
    "Rebeca",
    "Ionela",
    "Florentina",
]
ROMANIAN_FAMILY = [
    "Ionescu",
    "Popescu",
    "Dumitrescu",
    "Țurcanu",
    "Stănescu",
    "Gheorghiu",
    "Mureșan",
    "Bălan",
    "Crăciun",
    "Rusu",
    "Ciobanu",
    "Năstase",
    "Șerban",
    "Tănase",
    "Vasile",
    "Pârvulescu",
    "Căldăraru",
    "Fieraru",
    "Lăcătuș",
    "Muntean",
    "Oprișan",
    "Hângănuț",
]

_ARABIC_LETTERS = {"x": "خ", "G": "غ", "S": "ش", "j": "ج", "H": "ح", "T": "ث", "D": "ذ", "'": "ع", "Y": "ط", "Z": "ص",
                   "B": "ض", "q": "ق", "k": "ك", "m": "م", "d": "د", "s": "س", "f": "ف", "y": "ي", "b": "ب", "r": "ر",
                   "h": "ه", "n": "ن", "l": "ل", "w": "و", "z": "ز", "t": "ت", "p": "ب", "v": "ف", "g": "ق"}  # fmt: skip
_ARABIC_HABITS: dict[str, dict[str, str]] = {
    "DIN 31635": dict(x="ḫ", G="ġ", S="š", j="ǧ", H="ḥ", T="ṯ", D="ḏ", Y="ṭ", Z="ṣ", B="ḍ", aa="ā", ii="ī", uu="ū"),
    "ALA-LC": dict(x="kh", G="gh", S="sh", j="j", H="ḥ", T="th", D="dh", Y="ṭ", Z="ṣ", B="ḍ", aa="ā", ii="ī", uu="ū"),
    "BGN": dict(x="kh", G="gh", S="sh", j="j", H="h", T="th", D="dh", Y="t", Z="s", B="d", aa="a", ii="i", uu="u"),
    "English": dict(x="kh", G="gh", S="sh", j="j", H="h", T="th", D="th", Y="t", Z="s", B="d", aa="a", ii="ee", uu="oo",
                    ay="ai", q="q"),
    "French": dict(x="kh", G="gh", S="ch", j="dj", H="h", T="th", D="dh", Y="t", Z="s", B="dh", aa="a", ii="i", uu="ou",
                   u="ou", w="ou", ay="ei", q="k"),
    "German": dict(x="ch", G="gh", S="sch", j="dsch", H="h", T="th", D="dh", Y="t", Z="s", B="d", aa="a", ii="i",
                   uu="u", q="k"),
    "Egyptian": dict(x="kh", G="gh", S="sh", j="g", H="h", T="s", D="z", Y="t", Z="s", B="d", aa="a", ii="i", uu="ou",
                     ay="e", u="o", q="k"),
    "Turkish": dict(x="h", G="g", S="ş", j="c", H="h", T="s", D="z", Y="t", Z="s", B="d", aa="a", ii="i", uu="u",
                    w="v", q="k", ay="ey"),
    "plain": dict(x="kh", G="gh", S="sh", j="j", H="h", T="th", D="th", Y="t", Z="s", B="d", aa="a", ii="i", uu="ou",
                  a="e", u="o"),
}  # fmt: skip
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_CYRILLIC_HABITS = {
    "ISO 9": "a b v g g̀ d e ê ž z i ì ï j k l m n o p r s t u f h c č š ŝ ʹ û â",
    "BGN": "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch ' yu ya",
    "passport": "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia",
    "German": "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - ju ja",
    "French": "a b v h g d e ie j z y i ï ï k l m n o p r s t ou f kh ts tch ch chtch - iou ia",
    "Russian": "a b v g g d e e zh z i i i i k l m n o p r s t u f kh ts ch sh shch - yu ya",
    "Polish": "a b w h g d e je ż z y i ji j k l m n o p r s t u f ch c cz sz szcz - ju ja",
}
_MARKS = str.maketrans("şŞçÇğĞıİöÖüÜșȘțȚăĂâÂîÎëË", "sScCgGiIoOuUsStTaAaAiIeE")
_GERMAN_MARKS = [("ş", "sch"), ("Ş", "Sch"), ("ç", "tsch"), ("Ç", "Tsch"), ("ö", "oe"), ("Ö", "Oe"), ("ü", "ue"),
                 ("Ü", "Ue"), ("ğ", "g"), ("ı", "i"), ("İ", "I"), ("ș", "sch"), ("Ș", "Sch"), ("ț", "tz"), ("Ț", "Tz"),
                 ("ă", "a"), ("â", "a"), ("ë", "e")]  # fmt: skip
_ALBANIAN_GERMAN = [("Xh", "Dsch"), ("xh", "dsch"), ("Ç", "Tsch"), ("ç", "tsch"), ("Gj", "Dj"), ("gj", "dj"), ("Q", "Tch"),
                    ("q", "tch"), ("Sh", "Sch"), ("sh", "sch"), ("ë", "e"), ("y", "ü")]  # fmt: skip
_TIGRINYA_SWAPS = [("ay", "ai"), ("ay", "aye"), ("ie", "e"), ("ss", "s"), ("gh", "g"), ("ts", "tz"), ("ph", "f"),
                   ("w", "u"), ("kh", "k"), ("o", "oo"), ("gebre", "ghebre"), ("haile", "hayle"), ("y", "i")]  # fmt: skip


@dataclass
class Invented:
    """A person with the sounds of the names; ``write`` spells them by a habit."""

    culture: str
    given: str
    family: str
    birth: date
    sex: str
    phone: str
    habit: str = ""
    spelt: tuple[str, str] = ("", "")
    number: int = 0
    other: str = field(default="")


CULTURES = ("arabic", "ukrainian", "turkish", "tigrinya", "albanian", "romanian")
_SHARES = (40, 25, 15, 8, 6, 6)


def invent(dice: random.Random, number: int, culture: str, family: str) -> Invented:
    given = {"arabic": ARABIC_GIVEN, "ukrainian": UKRAINIAN_GIVEN, "turkish": TURKISH_GIVEN, "tigrinya": TIGRINYA_GIVEN,
             "albanian": ALBANIAN_GIVEN, "romanian": ROMANIAN_GIVEN}[culture]  # fmt: skip
    name = given[min(int(dice.expovariate(3 / len(given))), len(given) - 1)]
    born = date(2026, 6, 1) - timedelta(days=int(dice.random() * 365 * (18 if dice.random() < 0.55 else 45)))
    if dice.random() < 0.08:
        born = born.replace(month=1, day=1)
    return Invented(
        culture, name, family, born, dice.choice("mw"), f"0176 {dice.randrange(10**7, 10**8)}", number=number
    )


def a_family_name(dice: random.Random, culture: str) -> str:
    pool = {"arabic": ARABIC_FAMILY, "ukrainian": UKRAINIAN_FAMILY, "turkish": TURKISH_FAMILY, "tigrinya": TIGRINYA_GIVEN,
            "albanian": ALBANIAN_FAMILY, "romanian": ROMANIAN_FAMILY}[culture]  # fmt: skip
    name = pool[min(int(dice.expovariate(2 / len(pool))), len(pool) - 1)]
    if culture in ("arabic", "turkish", "albanian", "romanian") and dice.random() < 0.5:
        # stems carry the rarer names that a short list cannot hold
        name += dice.choice(_RARE[culture]) if culture != "arabic" else " " + dice.choice(ARABIC_GIVEN)
    return name


_RARE = {"turkish": ["er", "oğlu", "can", "soy", "taş", "kan"], "albanian": ["aj", "i", "llari", "ni"],
         "romanian": ["eanu", "oiu", "aru", "iță"]}  # fmt: skip


def a_culture(dice: random.Random) -> str:
    return dice.choices(CULTURES, _SHARES)[0]


def habits(culture: str) -> list[str]:
    return {"arabic": [*_ARABIC_HABITS, "script"], "ukrainian": [*_CYRILLIC_HABITS, "script"],
            "turkish": ["own", "bare", "German"], "tigrinya": ["own", "other", "other"],
            "albanian": ["own", "bare", "German"], "romanian": ["own", "bare", "German"]}[culture]  # fmt: skip


def write(dice: random.Random, name: str, culture: str, habit: str) -> str:
    """The name as ``habit`` spells it."""
    return " ".join(_write_word(dice, word, culture, habit) for word in name.split())


def _write_word(dice: random.Random, name: str, culture: str, habit: str) -> str:
    if culture == "arabic":
        return _arabic_script(name) if habit == "script" else _arabic(dice, name, _ARABIC_HABITS[habit], habit)
    if culture == "ukrainian":
        return name if habit == "script" else _cyrillic(name, habit)
    if culture == "tigrinya":
        return _tigrinya(dice, name) if habit == "other" else name.capitalize()
    if habit == "bare":
        return name.translate(_MARKS)
    if habit == "German":
        for own, german in _ALBANIAN_GERMAN if culture == "albanian" else _GERMAN_MARKS:
            name = name.replace(own, german)
    return name


def _arabic(dice: random.Random, name: str, letters: dict[str, str], habit: str) -> str:
    article, rest = "", name
    if name[:1] == "a" and (name[1] == "l" or name[1] == name[2]) and len(name) > 5 and name not in ARABIC_GIVEN:
        article, rest = name[:2], name[2:]
    text, place = "", 0
    while place < len(rest):
        for size in (2, 1):
            part = rest[place : place + size]
            if part in letters or size == 1:
                break
        doubled = place and rest[place - 1] == part and len(letters.get(part, part)) > 1
        text += "" if part == "'" or doubled else letters.get(part, part)
        place += len(part)
    for long, short in (("iyy", "i"), ("eey", "y"), ("aa", "a"), ("'", "")):
        text = text.replace(long, short)
    text = text[:1].upper() + text[1:]
    if not article:
        return text
    shown = {"French": "El ", "Egyptian": "El ", "English": "Al ", "plain": "Al", "Turkish": "El"}.get(habit, "al-")
    return dice.choice([shown + text, shown + text, "Al-" + text, text])


def _arabic_script(name: str) -> str:
    text, place = "", 0
    if (name.startswith("al") and name not in ARABIC_GIVEN) or (
        len(name) > 4 and name[0] == "a" and name[1] == name[2]
    ):
        text, place = "ال", 2
    elif name[0] in "aiu":
        text, place = "ا", 2 if name[:2] in ("aa", "ii") else 1
    while place < len(name):
        char = name[place]
        if name[place : place + 2] in ("aa", "ii", "uu"):
            text += {"a": "ا", "i": "ي", "u": "و"}[char]
            place += 2
            continue
        if char not in "aiu" and not (place and name[place - 1] == char and text not in ("ا", "ال")):
            text += _ARABIC_LETTERS.get(char, "")
        elif char == "a" and place == len(name) - 1:
            text += "ة" if len(name) > 4 else "ى"
        place += 1
    return text


def _cyrillic(name: str, habit: str) -> str:
    table = dict(zip(_CYRILLIC, ("" if each == "-" else each for each in _CYRILLIC_HABITS[habit].split()), strict=True))
    return "".join(table.get(char, char) for char in name.lower()).capitalize()


def _tigrinya(dice: random.Random, name: str) -> str:
    for old, new in dice.sample(_TIGRINYA_SWAPS, 6):
        if old in name:
            name = name.replace(old, new, 1)
    for first in ("gebre", "haile", "tekle", "ghebre", "hayle"):
        if name.startswith(first) and len(name) > len(first) + 3 and dice.random() < 0.4:
            return f"{first.capitalize()} {name[len(first) :].capitalize()}"
    return name.capitalize()


def typo(dice: random.Random, text: str) -> str:
    """One letter wrong, missing, doubled or exchanged with its neighbour."""
    if len(text) < 4:
        return text
    place = dice.randrange(1, len(text) - 1)
    kind = dice.randrange(4)
    if kind == 0:
        return text[:place] + dice.choice("abdefgiklmnorstu") + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:place] + text[place] + text[place:]
    return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
