"""A third labelled set: names as offices hear and type them, with the slips of real clerks.

Each origin has names as passports spell them and what offices make of their letters, a few at a time; the slips come on
top. Written after the rules of the program and without them; nothing was adjusted to single names.
"""

# ruff: noqa: E501  # a row for each origin reads better

from __future__ import annotations

import random
import re
from dataclasses import dataclass

Hearing = tuple[tuple[str, str], ...]
"""Letters (a pattern) and what else is written for them, alternatives with spaces between, "-" for nothing."""


@dataclass(frozen=True)
class Origin:
    given_m: list[str]
    given_w: list[str]
    family: list[str]
    hearing: Hearing
    share: int
    article: float = 0.0
    """How many family names bear Al-."""
    second: float = 0.1
    """How many have a second given name (a father's, a saint's)."""
    double: float = 0.05
    """How many have two family names."""


_ARABIC: Hearing = (
    ("kh", "ch h x"), ("sh", "sch ch ş"), ("gh", "g r q"), ("q", "k g c"), ("j", "dsch dj g c"), ("y(?=[aeou])", "j i"),
    ("th", "t s"), ("dh", "d z"), ("z", "s"), ("w", "u ou v"), ("aa", "a e"), ("ee|ii", "i ee ie"), ("oo|ou", "u ou oo o"),
    ("ay|ai", "ei ey aj e"), ("(?<=[^aeiou])a(?=[^aeiou])", "e"), ("u(?=[^aeiou])", "o ou"), ("i(?=[^aeiou])", "e"),
    ("ah$", "a e eh"), ("a$", "ah e"), (r"([bdfklmnrst])\1", r"\1"), ("(?<=[aeiou])([mslndr])(?=[aeiou])", r"\1\1"),
)  # fmt: skip
_PERSIAN: Hearing = (
    *_ARABIC[:4], ("v", "w"), ("ou|oo", "u o"), ("o(?=[^aeiou])", "u"), ("e(?=[^aeiou])", "i a"), ("i(?=[^aeiou])", "e"),
    ("z", "s"), ("ollah", "ullah ulla"), ("zadeh", "sada zada sadeh"), ("zai$", "zay sai zei"), ("eh$", "a e"), ("j", "dsch dj"),
    ("ei", "ey ay"), ("aa", "a"),
)  # fmt: skip
_KURDISH: Hearing = (
    ("ş", "sh sch s"), ("ç", "ch tsch c"), ("ê", "e i ei"), ("î", "i ee"), ("û", "u ou oo"), ("x", "kh ch h"), ("c", "j dj dsch"),
    ("j", "zh sch"), ("w", "v"), ("q", "k g"), ("v", "w f"), ("z", "s"), ("([ln])", r"\1\1"),
)  # fmt: skip
_SLAVIC: Hearing = (
    ("shch", "schtsch sch shh"), ("ch", "tsch č c"), ("zh", "sch ž j"), ("sh", "sch š"), ("kh", "ch h"), ("ts", "z c tz"),
    ("v$", "w ff f"), ("v", "w"), ("y(?=[aou])", "j i"), ("ya$", "ia ja"), ("iy$|ii$", "ij y i"), ("z", "s"), ("ye|ie", "e je"),
    ("yo", "e jo io"), ("ks", "x"), ("ova$", "ov owa"), ("skyi$|skiy$", "ski skij sky"), ("h(?=[aeiour])", "g"),
)  # fmt: skip
_SOUTH_SLAVIC: Hearing = (
    ("ć$", "c ch tsch"), ("č", "c tsch ch"), ("š", "s sch sh"), ("ž", "z sch zh"), ("đ", "dj d dz"), ("j", "y i"), ("v", "w"),
    ("c(?=[aeiou])", "z ts"), ("z", "s"), ("h", "ch -"),
)  # fmt: skip
_TURKISH: Hearing = (
    ("ş", "s sch sh"), ("ç", "c tsch ch"), ("ğ", "g - y"), ("ı", "i y"), ("ö", "o oe"), ("ü", "u ue"), ("c", "dsch dj"),
    ("z", "s"), ("y", "j i"), ("v", "w"), ("([tlnms])(?=[aeiou])", r"\1\1"), ("(ll|tt|nn|ss)", "l t n s"),
)  # fmt: skip
_ROMANIAN: Hearing = (
    ("ș", "ş s sch"), ("ț", "ţ t tz"), ("ă", "a ae"), ("â|î", "i a"), ("ce(?=[aeiou])|ci(?=[aeiou])", "tsch ch"), ("gh", "g"),
    ("x", "ks"), ("i$", "- y"), ("c(?=[aou])", "k"), ("v", "w"), ("ie", "je e"),
)  # fmt: skip
_HORN: Hearing = (
    ("gebre", "ghebre gabre ghebra"), ("weld[ue]?", "wolde welde"), ("ts|tz", "z tz s ts"), ("kh", "k ch"), ("gh", "g"), ("ay$|ai$", "aye ai ay ei"),
    ("e(?=[^aeiou])", "a i"), ("ie", "e i"), ("w", "u v"), ("y", "j i"), ("z", "s"), ("sh", "sch"), ("ch", "tsch"), ("o$", "u om"),
    ("dh", "d"), ("x", "h"), ("aa", "a"), ("uu", "u"), ("ii", "i"), ("c(?=[aeiou])", "a -"), ("ss", "s"),
)  # fmt: skip
_ALBANIAN: Hearing = (
    ("xh", "dj j dsch"), ("gj", "dj g gi"), ("sh", "sch s"), ("ç", "c q tsch"), ("q", "ch c qu tch"), ("ë", "e -"), ("y", "u i ü"),
    ("j", "i y"), ("dh", "d"), ("th", "t"), ("ll|rr", "l r"), ("z", "s"), ("v", "w"), ("x", "dz z"), ("hysen", "hüsen huseyn"),
)  # fmt: skip
_WEST: Hearing = (
    ("ñ", "n nn nh"), ("ç", "c s"), ("ã|â|á", "a"), ("é|ê", "e"), ("í", "i"), ("ó|ô|õ", "o"), ("ú", "u"), ("ł", "l"), ("ż|ź|rz", "z sch"),
    ("ś|sz", "s sch sz"), ("cz|ć", "c tsch ch"), ("w", "v"), ("j", "y i"), ("z$", "s"), ("qu", "k"), ("ou", "u"), ("ph", "f"), ("y", "i"),
    ("([lnst])(?=[aeiou])", r"\1\1"), ("ska$", "ski"), ("v", "w"), ("kh", "k"),
)  # fmt: skip


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


ORIGINS = (
    Origin(
        _words("abdulhamid abdulaziz adnan akram amjad ammar amr anwar ashraf ayman badr bashar basel bassam dhiyaa diaa emad fadi faisal faris fawaz firas ghazi habib hamza hashim hatem hazem hisham hussam iyad imran jaber jalal kamal khaldoon khalil laith loay luay maher majed marwan mazen mohannad mohsen moataz mounir mouaz muthanna naji nabil nasser nawaf osama qasim qutaiba raed rafiq rami rashid ridwan saad sabri safwan sajjad salem shadi shaker sharif sufyan taha talal tamer tayseer thaer wael wahid yaman yaseen younes zaid zuhair"),
        _words("abeer afaf ahlam alaa amal arwa asil aya baraa basma batoul bayan buthaina dima doaa duha fairouz fidaa ghada ghazal hadia haifa hajar hala halima hind ibtisam ikram inas israa jana jihan jouri kawthar khawla kinda lama lamis lina lubna madiha maha malak manal marah marwa mayar mona nada nadia najah najla nariman nasreen nesreen nibal noura rabia raghad rahma raja rania rasha rawan reem rima ritaj riham safa sahar salwa samah sawsan shahd shaimaa sham sidra souad suha tasneem thuraya wafaa walaa widad yasmin zahraa zeina"),
        _words("abbas abboud abdulwahab adwan akkad allaf alloush amin asaad assaf atassi awad ayoub azzam badawi baghdadi bahri baraa barazi bitar bouzan chahine dabbas daher damascene dandashi darwich diab ezzo fakhoury faraj farhan fawzi ghanem ghannam habash hadidi haidar hajali hakim halaby hamad hamdi hamwi hariri hashemi homsi hijazi idlibi issa jabr jamous jarrah kabbani kanaan karam kassab kassem khaddour khalaf khatib khoja kilani kurdi maarouf madani mahfouz makki mansour mardini masri matar mazloum mousa mousawi mustafa muhsin nahhas najjar nasrallah nassar obaid omari othman qabbani qasem rahhal rajab ramadan rifai saadi sabouni safadi sakka saleh salloum samman saqqa sayegh shaaban shahin shalabi shami shehadeh sukkar sulaiman sweid tahan taleb tamimi tarabulsi turki wahbeh yassin younis zaher zaidan zein zoghbi"),
        _ARABIC, 34, article=0.4, second=0.2,
    ),
    Origin(
        _words("abdolghafar ahmadshah aminollah arash arman asadollah ashkan azim behrouz dariush ehsan elyas enayatollah farhad farid ghulam habibollah hamidollah homayoun jamshid javid kambiz khushal masoud mehdi mirza naqib navid nematollah omid parviz qais rafiollah rahmatollah ramin reza sanaollah shafiq shahab sohrab taimour wahidollah yama zalmai"),
        _words("adela aqila arezou atefeh azadeh bahar benafsha elaheh fahima farahnaz farida fatemeh frozan ghezal hamida hosna khatereh ladan leila madina maryam masouma mina mursal nasima nazanin negin nilofar parisa parwana rahela rokhsar sadaf sahel sediqa setareh shabnam shokoufeh soraya spozhmai taranom wajiha yalda zarmina zholina"),
        _words("abdali afshar ahmadi akbari alizadeh amiri andarabi asghari azimi barakzai bakhtiari ebrahimi faizi farahi ghafouri ghorbani habibi haidari hashimi hosseini hotak husseinzadeh jafari jalalzai kakar karimi karokhail khoshnaw latifi mahmoudi mangal mirzai mohebi moradi mousavi nabizadeh naderi nazari nikzad norouzi popal qasemi rahimi rahmani rasouli rezai sadat safi salehi samadi shafaei shinwari sultani taheri tokhi yousefzai zahiri zadran zamani"),
        _PERSIAN, 10,
    ),
    Origin(
        _words("agirî alan aram baran bawer botan cegerxwîn çekdar çiya dara delil diyar evdo ferhad fermand gernas hêjar hişyar kawa keçel mazlum merwan mîrza rêzan rizgar rojhat rustem serdar serhat şahîn şiyar xebat xwedêda welat zagros zinar"),
        _words("arjîn avîn axîn berfîn bêwar cîhan çinar delal dîlan diljîn evîn gulistan gulşen hêja jîn jiyan kejal leyla lorîn medya nalîn narîn nûpel perîxan peyman ronahî rozerîn rûken sozdar şîrîn şevîn xanê xunav zelal zîlan zozan"),
        _words("alê bekir biro çawîş dawûd derwêş eliko elo evdal eyûb feqî ferman feroş hemo hecî hisên îbrahîm îsa kalo keleş kurdo mecîd mele miço mihê mûsa nasir omer osman qaso qedrî reşo sado şêxmûs silêman sînan şemo sofî şukrî temo xelef xidir xoce zêbarî zuhrî"),
        _KURDISH, 8,
    ),
    Origin(
        _words("anatoliy bohdan denys eduard fedir hennadiy heorhiy ihor illia klym kostiantyn leonid lev makar marko myron myroslav nestor oleksiy orest pavlo petro rostyslav ruslan semen stanislav stepan svyatoslav taras tymur vadym valentyn valeriy viktor vitaliy vladyslav vsevolod yakiv yevheniy zinoviy"),
        _words("alla alona antonina bohdana daryna diana emiliia halyna inna ivanna karyna khrystyna kira ksenia larysa lesia lidiya liubov lyubov maryna mariana mykhailyna nadiya nina nelia oleksandra olesia raisa ruslana snizhana sofiia stefaniya taisiya valeriia varvara vasylyna vira viktoriya yana yaryna yevheniya zhanna zinaida zoriana"),
        _words("andrushchenko babych baranov bilous bohdanov bondarchuk boychuk bukhalo chaika chernenko chumak danylchenko demchenko didenko dorosh drozd dubovyk filatov fomenko hayduk havrylyuk herasymenko hladkyi honcharuk horbenko hrytsenko ivanchenko kalynychenko karpenko kharchenko khmelnytskyi khomenko kolisnyk kovtun kozachenko kravets kryvonos kulyk kuzmenko kushnir kyrylenko lazarenko levchenko lukashenko lytvyn makarenko marchenko martynyuk melnyk mishchenko moskalenko mykhaylenko nazarenko nechyporenko onyshchenko ostapchuk panasyuk pidhornyi ponomarenko prykhodko pylypenko radchenko romanyuk rudenko samoylenko semenyuk serhiyenko shapoval shvets skrypnyk sokolov stelmakh stetsenko sydorenko symonenko tarasenko tymoshchuk tyshchenko usenko vasylchenko vdovychenko velychko vynnychenko voloshyn yakovenko yarmolenko yatsenko yevtushenko yurchenko zadorozhnyi zabolotnyi zhuravlyov zhytnyk zinchenko"),
        _SLAVIC, 14, second=0.15,
    ),
    Origin(
        _words("aca bogoljub borislav čedomir dalibor damjan dejan denis dragan đura emir enis fahrudin goran haris igor izet jasmin jakov ljubiša milan miloš mirsad mirza mitar munir nedžad nenad nihad ognjen predrag radovan ramiz ratko safet sead senad siniša stojan svetozar vlada vuk zdravko željko zlatko zoran"),
        _words("amra anđela azra bojana biljana branka dragana duška džemila elma emina fikreta gordana hajrija hata ivana jadranka jasna jelena jovana lejla ljubica marija mejra milica mirjana munevera nataša nermina radmila sabina sanela senada slavica stana šejla suada tijana vesna višnja zlata zumra željka"),
        _words("adžović ahmetović alić arsić bajramović bašić begić berišić bogdanović bošnjak čolaković ćosić dedić đorđević đukić džafić filipović gačić grbić hadžić halilović hasanović hrustić husić ilić jakupović janković jašarović jušković kadrić kovačević krstić lukić mehmedović memić mešić milošević mujić mustafić nedeljković novaković omerović osmanović pavlović petrović popović radić ramić salihović savić selimović simić šabanović šaćirović stanković stefanović tahirović tomić todorović vasić vučković zekić zukić žunić"),
        _SOUTH_SLAVIC, 7,
    ),
    Origin(
        _words("adem alperen arda atakan aykut bilal burak cihan çağatay doğukan emre enes erdem ertuğrul eyüp fatih ferdi furkan görkem halil ilker ismail kadir kerem koray levent mertcan metin muhammet nihat okan onur orhan ramazan recep sefa selçuk serkan süleyman şahan tarık tayfun tolga tuncay uğur umut volkan yasin zafer"),
        _words("arzu aslı aylin aysel bahar beyza burcu canan ceren ceylan çağla demet derya dilek duygu ebru ece esra feride filiz gamze gizem gonca gülay hacer handan hülya ilknur kader kıymet leman melek melike meltem müge nazlı nesrin nilüfer nuray özlem pelin pınar rabia seda selin serpil sevgi sibel sinem şule tülay türkan yasemin yeliz"),
        _words("acar akın akgün akyüz alkan altıntaş atalay ateş avcı aydoğan başaran bayrak bektaş bilgin boz candan ceylan coşkun çiftçi dağ demirci dinç duman durmaz ekinci elmas erbaş ergün eroğlu ersoy genç gök gökçe gümüş günay gürbüz gültekin güven ılgaz karabulut karagöz karataş kartal kırmızı kocaman köse kuş mutlu oral orhan özbek özer pektaş sağlam sarı savaş sevim sezer sönmez tekin tosun tunç turan türkmen uysal uzun ünlü vural yalçın yaman yaşar yener yüksel zengin"),
        _TURKISH, 9,
    ),
    Origin(
        _words("adrian aurel călin ciprian claudiu cornel costel costin daniel dănuț dorin dragoș eugen eduard gavril george iacob ilie ionel laurențiu liviu marius marcel matei mircea nelu nicolae octavian ovidiu petru radu remus robert romeo sebastian sergiu silviu sorin teodor tudor valentin vasile victor viorel zaharia"),
        _words("adelina alina anca andreea angela camelia carmen claudia cristina crina daniela diana doina dorina elena elisabeta felicia florica georgeta ilinca iulia larisa lavinia lenuța liliana loredana luminița magdalena marcela marinela marta mirela monica narcisa natalia oana olimpia paula raluca ramona rodica roxana sanda silvia sorina steluța tatiana valentina veronica viorica zamfira"),
        _words("albu andrei antonescu apostol avram baciu barbu boboc bogdan bratu butnaru ceaușescu chirilă coman constantinescu cojocaru cozma dănilă diaconescu dinu dobre drăghici dragomir dumbravă enache filip florea gavrilă georgescu ghiță grigore iacob iancu iliescu ioniță istrate lazăr lungu manole marin matache mihăilescu militaru mocanu moldovan neagu nedelcu negru nicolae niță olaru oltean pană păun petcu petrescu pîrvu pop preda radu roman sandu sârbu sava simionescu stan stoica suciu șandor ștefan toma toader tudorache ursu vintilă voicu zamfir"),
        _ROMANIAN, 7,
    ),
    Origin(
        _words("abdirahman abdullahi abdiweli afewerki alem asmelash awet bereket biniam daniel dawit efrem elias ermias fitsum gebrekidan gebremedhin gebremichael habtay haylemichael henok isayas kibreab mahad medhane mehretab merhawi mulugeta mussie nahom okubamichael sammuel simon sirak solomon tadesse tekeste tesfalem tesfamariam tewelde weldeab yemane yosief zekarias abdinur axmed cabdi faarax geedi guuleed jaamac liban maxamuud warsame"),
        _words("abeba abrehet almaz askalu aster azieb elsa fiyori genet hiwet kisanet lemlem luwam mebrat meron milena mizan mulu nardos natsinet nigisti rigat ruta saron senayt simret timnit tsion tsigereda weini yodit zaid zebib asha cawo deeqa faduma foosiya hodan ifrah khadra ladan nimco sahra ubah"),
        _words("abraha afwerki araya asfaha berhe beyene desta fisehaye gebreamlak gebregziabher gebreyohannes gebrihiwet ghebrezgabher ghide habte haile hailu issak kiflay kifle mehari measho mengisteab mesfin negash ogbay redae russom seyoum tekle teklay temesgen tesfamichael tesfazghi tewolde tsegay weldegebriel weldeslasie woldu yohannes zemichael zerom abdulle aden cali cigaal dirie elmi farax gaas hirsi jimcaale maalin nuur raage shire warsame xirsi yuusuf"),
        _HORN, 6, second=0.3,
    ),
    Origin(
        _words("afrim albert altin ardian arlind astrit bajram bashkim bekim bujar dardan edon elvis endrit fadil faton flamur florim gazmend genc hajdar hysni ismet jeton kastriot labinot leutrim luan lulzim mentor muharrem naim nexhat petrit pëllumb ragip ramadan sadik samir selman shefqet skënder tomorr valon veton xhafer zenel"),
        _words("adelina afërdita albana anila antigona arjeta arta bardha besa brikena donjeta elira ermira flutura genta hatixhe jehona kaltrina lendita leonora luljeta majlinda mimoza mirlinda nora rreze rudina sabrije selvije shqiponja suzana teuta valbona valdete vesa vjosa xhevrije zana"),
        _words("abazi ademi ahmeti aliu asllani avdiu bajraktari balaj beqiri bislimi bojaj cana dauti demiri dervishi duraku elezi emini fazliu ferati gërguri gjoni haliti hamiti haradinaj hasi idrizi imeri islami jahiri jashari kabashi kadriu kastrati kurti lleshi limani loshi maliqi maxhuni mehmeti mustafa mulaj murati nuhiu osmani pacolli pllana qorri ramaj rama rrahmani rugova sadiku salihu selimi shehu sopa spahiu tahiri topalli ukaj uka veliu xhemajli zeka zeqiri zymberi"),
        _ALBANIAN, 5,
    ),
    Origin(
        _words("adão agustín álvaro andrés antónio bartosz césar cristóbal damian diego duarte emmanuel felipe francisco gaëtan gilberto gonçalo grzegorz guillermo heitor iñaki jacek jerónimo joão joaquín jorge krzysztof leandro łukasz marcin mateusz mauricio nuno paweł pedro quentin rafał ricardo rui tomasz wojciech xavier zbigniew"),
        _words("agnieszka alejandra ângela beatriz bożena catarina concepción danuta dolores esperança ewelina fabiola graça grażyna inês isabel joanna justyna katarzyna leonor lourdes lucía magdalena małgorzata manuela mercedes montserrat pilar raquel rocío rosário soledad sylwia teresa urszula wiktoria yolanda zofia"),
        _words("almeida álvarez azevedo barbosa bąk cardoso castaño chmielewski conceição cruz czarnecki domínguez estévez fernández figueiredo gonçalves gutiérrez herrera jabłoński jankowski jiménez kaczmarek kowalski kozłowski krawczyk lewandowski lópez magalhães martínez mazur mendonça monteiro núñez olszewski ordóñez pawłowski pereira pietrzak quiroga ramírez ribeiro sanchez simões sobczak sousa szczepański szymański teixeira velázquez vieira wiśniewski wójcik wróbel zalewski zając zúñiga"),
        _WEST, 5, second=0.2, double=0.4,
    ),
)  # fmt: skip

_NEIGHBOURS = {
    a: b for row in ("qwertzuiopü", "asdfghjklöä", "yxcvbnm") for a, b in zip(row, row[1:] + row[-2], strict=True)
}
_PARTICLES = ("Al", "El", "Abu", "Bin", "Ben", "Bint")


@dataclass(frozen=True)
class Named:
    """A person's names as the passport has them, words apart, with the origin."""

    origin: int
    given: tuple[str, ...]
    family: tuple[str, ...]
    sex: str


def a_name(dice: random.Random, number: int | None = None) -> Named:
    """Somebody of the origin ``number``, or of any."""
    if number is None:
        number = dice.choices(range(len(ORIGINS)), [origin.share for origin in ORIGINS])[0]
    origin, sex = ORIGINS[number], dice.choice("mw")
    given = [_common(dice, origin.given_m if sex == "m" else origin.given_w)]
    if dice.random() < origin.second:
        given.append(_common(dice, origin.given_m))
    family = [_common(dice, origin.family)]
    if dice.random() < origin.article:
        family[0] = f"al-{family[0]}"
    if dice.random() < origin.double:
        family.append(_common(dice, origin.family))
    return Named(number, tuple(given), tuple(family), sex)


def _common(dice: random.Random, names: list[str]) -> str:
    """Some names are borne by many."""
    return names[min(int(dice.expovariate(2.5 / len(names))), len(names) - 1)]


def heard(dice: random.Random, named: Named) -> tuple[str, str]:
    """Given and family name as one office writes them: its ear is the same for all words, its care is not."""
    hearing = ORIGINS[named.origin].hearing
    ear = [(letters, dice.choice(others.split())) for letters, others in hearing if dice.random() < 0.45]
    given, family = (" ".join(_by_ear(dice, word, ear) for word in words) for words in (named.given, named.family))
    return given, family


def _by_ear(dice: random.Random, word: str, ear: list[tuple[str, str]]) -> str:
    article, rest = (word[:2], word[3:]) if word.startswith("al-") else ("", word)
    changed = 0
    for letters, other in ear:
        if changed < 3 and re.search(letters, rest) and dice.random() < 0.8:
            rest = re.sub(letters, "" if other == "-" else other, rest, count=1)
            changed += 1
    rest = rest.title()
    if article:
        return dice.choice(
            (f"Al-{rest}", f"Al {rest}", f"El {rest}", f"Al{rest.lower()}", f"al {rest}", f"El-{rest}", rest)
        )
    return rest


def slip(dice: random.Random, text: str) -> str:
    """What fingers do: a letter left out, doubled, exchanged with the next one, or the key beside it."""
    places = [place for place in range(len(text) - 1) if text[place].isalpha() and text[place + 1].isalpha()]
    if len(places) < 3:
        return text
    place = dice.choice(places[1:])
    here, after = text[place], text[place + 1]
    wrong = dice.choice((after, here * 2 + after, _NEIGHBOURS.get(here, "e") + after, after + here))
    return text[:place] + wrong + text[place + 2 :]


def with_particle(dice: random.Random, family: str) -> str:
    """A particle more, or the one there is left out."""
    bare = re.sub(r"^(?:al|el)[- ]", "", family, flags=re.IGNORECASE)
    return bare if bare != family else f"{dice.choice(_PARTICLES)} {family}"


def as_one(text: str) -> str:
    return re.sub("[ -]", "", text).capitalize()


def a_part_less(dice: random.Random, given: str, family: str) -> tuple[str, str]:
    """The second given or family name left out; where there is none, nothing is."""
    if " " in given and (" " not in family or dice.random() < 0.5):
        return given.split(" ")[dice.randrange(2) if dice.random() < 0.3 else 0], family
    words = family.split(" ")
    if len(words) > 1 and words[0].lower() not in ("al", "el"):
        return given, words[dice.randrange(2)]
    return given, family
