"""A second labelled set, made the other way round: no rules, but spellings of real papers, one list for each name.

Nothing in the program was adjusted to these names; they show whether what was learnt from others holds.
"""

# ruff: noqa: E501  # a row for each origin reads better

from __future__ import annotations

import random

GIVEN = [each.split("|") for each in """
Yemane|Iemane|Yemaane|የማነ; Tsehaye|Tzehaye|Sehaye|Tsehai; Mehret|Mihret|Mehreth|ምሕረት; Ghebreyesus|Gebreyesus|Gebreyesos|Ghebreiesus
Haben|Habien|ሃበን; Zufan|Zufaan|Sufan; Eyob|Iyob|Eiob|እዮብ; Freweini|Frewoini|Freweyni|ፍረወይኒ; Medhanie|Medhane|Medhanye|መድሃኔ
Gulalai|Gulalay|Golalai|ګلالۍ; Zabihullah|Sabihullah|Zabiullah|ذبیح الله; Najibullah|Nadschibullah|Nagibullah|نجیب الله; Farzana|Farsana|Ferzana|فرزانه
Mirwais|Mirweis|Mir Wais|میرویس; Shukria|Schukria|Shokria|شکریه; Hekmatullah|Hikmatullah|Hekmatollah|حکمت الله; Parwin|Parvin|Perwin|پروین
Fereshta|Fereshteh|Fereschta|Firishta|فرشته; Esmatullah|Ismatullah|Esmatollah|عصمت الله; Rohullah|Ruhollah|Ruhullah|روح الله; Zohra|Zahra|Sohra|زهرا
Rojda|Roschda|Rojdah; Dilovan|Dilowan|Delovan|دلوفان; Şêrko|Sherko|Scherko|شيركو; Hêvîn|Hevin|Hewin|هيفين; Ciwan|Jiwan|Djiwan|جوان; Xezal|Khazal|Chezal|غزال
Bêrîvan|Berivan|Beriwan|بيريفان; Azad|Asad|Âzâd|آزاد; Şilan|Shilan|Schilan|شيلان; Rêber|Reber|Rebar|ريبر
Afrim|Afrimi; Besjana|Besiana|Besyana; Valdrin|Waldrin; Gëzim|Gezim; Shqipe|Shqipja|Schqipe; Ardita|Arditta; Xhensila|Jensila|Dschensila; Kujtim|Kuitim|Kuytim
Cosmin|Kosmin; Alexandru|Aleksandru; Gabriela|Gabrijela; Nicoleta|Nikoleta|Nicoletta; Florin|Florinn; Mihaela|Michaela|Mihaella; Iulian|Julian; Ștefăniță|Stefanita|Stefanitza
Айше|Ayshe|Aishe|Ajše|Ayşe; Мехмед|Mehmed|Mechmed|Mehmet; Себахатин|Sebahatin|Sebahattin; Неджми|Nedzhmi|Nedschmi|Nedjmi|Necmi; Гюлсюм|Gyulsyum|Gülsüm|Gjulsjum; Румяна|Rumyana|Rumiana|Rumjana
Хюсеин|Hyusein|Hüsein|Chjusein; Красимир|Krasimir|Krassimir; Цветелина|Tsvetelina|Zwetelina|Cvetelina; Юлиян|Yuliyan|Julijan|Iulian
Đorđe|Djordje|Dorde|Ђорђе; Dragiša|Dragisha|Dragisa|Драгиша; Živorad|Zivorad|Schiworad|Живорад; Ljiljana|Lilyana|Liljana|Љиљана; Nebojša|Nebojsa|Neboysha|Небојша; Jovan|Yovan|Јован; Snežana|Snezana|Sneschana|Снежана
Giorgi|Georgi|Giorgij|გიორგი; Tamar|Thamar|თამარ; Nino|Ninno|ნინო; Levan|Lewan|ლევან; Mzia|Msia|მზია; Zurab|Surab|ზურაბ; Shorena|Schorena|შორენა; Vakhtang|Wachtang|Vahtang|ვახტანგ; Ketevan|Ketewan|ქეთევან
Armen|Արմեն; Gevorg|Geworg|Kevork|Գևորգ; Hovhannes|Howhannes|Oganes|Հովհաննես; Anahit|Anait|Անահիտ; Tigran|Dikran|Տիգրան; Lusine|Lousine|Լուսինե; Mkrtich|Mkrtitsch|Mkrtych|Մկրտիչ; Siranush|Siranusch|Siranoush|Սիրանուշ
Nguyệt|Nguyet; Thảo|Thao; Đức|Duc|Dduc; Phương|Phuong; Quỳnh|Quynh; Hương|Huong; Tuấn|Tuan
Chukwuemeka|Chukwu Emeka|Chukuemeka; Oluwaseun|Olu Waseun|Oluwasheun; Ngozi|Ngosi; Adaeze|Adaeseh|Ada Eze; Babatunde|Baba Tunde|Babatunday; Ifeoma|Ifeoma; Osayuwamen|Osayuwame; Blessing|Blesing
Ghiyath|Ghiath|Giyas|Ghiyas|غياث; Maysaa|Maisa|Mayssa|ميساء; Ruqayya|Rukaya|Roukaya|رقية; Suhayl|Suhail|Souheil|سهيل; Anas|Anass|أنس; Tuqa|Touka|Toqa|تقى; Hadeel|Hadil|هديل; Abdulmunim|Abd al-Munim|Abdelmoneim|عبد المنعم
Wissam|Wisam|Ouissam|وسام; Mouayad|Muayyad|Moayad|مؤيد; Ghufran|Ghofran|Goufran|غفران; Yazan|Yasan|Jazan|يزن; Qusay|Kusai|Qoussay|Kosay|قصي; Mutasem|Moutasem|Mu'tasim|معتصم; Nidal|Nedal|Nidhal|نضال
Aleksei|Alexey|Alexej|Алексей; Evgenija|Yevgeniya|Jewgenija|Евгения; Tatiana|Tatjana|Tatyana|Татьяна; Zhanna|Schanna|Žanna|Жанна; Vyacheslav|Wjatscheslaw|Viacheslav|Вячеслав; Pyotr|Petr|Pjotr|Пётр
José|Jose; María|Maria; Guadalupe|Guadelupe; Íñigo|Inigo|Iñigo; Ximena|Jimena; Begoña|Begona; Kyriakos|Kiriakos|Κυριάκος; Eleftheria|Elefteria|Ελευθερία; Panagiotis|Panajotis|Panayiotis|Παναγιώτης; Chrysoula|Chrisula|Hrisoula|Χρυσούλα
""".replace("\n", ";").split(";") if each.strip()]  # fmt: skip

FAMILY = [each.split("|") for each in """
Woldemichael|Weldemikael|Woldemikael|ወልደሚካኤል; Teklehaimanot|Tekle Haymanot|Teklehaymanot; Asmerom|Asmarom|Asmerrom; Ogbazghi|Okbazghi|Ogbasgi; Habtemariam|Habte Mariam|Habtemaryam; Embaye|Embaie|እምባየ; Zeray|Zerai|Serai
Ahmadzai|Achmadsai|Ahmadzay|احمدزی; Sherzad|Schersad|Shirzad|شیرزاد; Noorzai|Nursai|Nurzay|نورزی; Stanekzai|Stanikzai|Stanekzay|ستانکزی; Haqiqi|Hakiki|Haghighi|حقیقی; Mohammadi|Muhammadi|Mohamadi|محمدی; Qaderi|Kadiri|Ghaderi|قادری; Wardak|Vardak|وردک
Şêxo|Shekho|Scheicho|Sheikho|شيخو; Osê|Osse|Ossi|أوسي; Hesen|Hassan|Hasan|حسن; Çelo|Tschelo|Chelo; Remo|Rammo|رمو; Mihemed|Mohammed|Muhamad|محمد; Xelîl|Khalil|Chalil|خليل; Bozan|Bosan|Bouzan|بوزان; Mistefa|Mustafa|Moustafa|مصطفى
Gjokaj|Gjoka|Gyokaj|Djokaj; Prenga|Prenka; Kqiku|Kciku|Kçiku; Haxhiu|Hadschiu|Hadjiu; Muçaj|Mucaj|Mutschaj; Ibrahimi|Ibraimi; Selmani|Selmanni; Çeku|Ceku|Tscheku; Veseli|Weseli
Diaconu|Diakonu; Ungureanu|Ungurianu; Țigănuș|Tiganus|Tziganusch; Moldoveanu|Moldovanu; Ștefănescu|Stefanescu; Lingurar|Linguraru; Mircea|Mirtscha|Mirca; Văduva|Vaduva; Cîrpaci|Carpaci|Cârpaci
Исмаилов|Ismailov|Ismailow|Ismailoff; Ходжев|Hodzhev|Chodschew|Hodjev; Ахмедова|Ahmedova|Achmedowa; Чаушев|Chaushev|Tschauschew|Čaušev; Юсеинов|Yuseinov|Juseinow; Мустафов|Mustafov|Mustafow; Георгиева|Georgieva|Georgiewa|Gueorguieva; Стоянов|Stoyanov|Stojanow|Stoianov
Đurđević|Djurdjevic|Durdevic|Ђурђевић; Marković|Markovic|Markovitsch|Марковић; Živković|Zivkovic|Schiwkowitsch|Живковић; Nikolić|Nikolic|Nikolitch|Николић; Šećerović|Secerovic|Šecerović|Шећеровић; Jovanović|Jovanovic|Yovanovich|Јовановић; Ajdarpašić|Ajdarpasic|Aidarpasic; Bajrami|Bairami|Bayrami
Beridze|Beridse|ბერიძე; Gogoladze|Gogoladse|გოგოლაძე; Kvaratskhelia|Kwarazchelia|Kvaracxelia|კვარაცხელია; Chkheidze|Tschcheidse|ჩხეიძე; Mchedlishvili|Mtschedlischwili|მჭედლიშვილი; Japaridze|Dschaparidse|Djaparidze|ჯაფარიძე; Lomidze|Lomidse|ლომიძე
Harutyunyan|Arutjunjan|Haroutiounian|Հարությունյան; Petrosyan|Petrosjan|Petrossian|Պետրոսյան; Ghazaryan|Gasarjan|Kazarian|Ղազարյան; Khachatryan|Chatschatrjan|Hachatrian|Խաչատրյան; Grigoryan|Grigorjan|Krikorian|Գրիգորյան; Mkrtchyan|Mkrttschjan|Mkrtchian|Մկրտչյան
Nguyễn|Nguyen; Trần|Tran; Phạm|Pham; Huỳnh|Huynh; Đặng|Dang; Võ Thị|Vo Thi
Okonkwo|Okonkow; Adeyemi|Adeyemmi|Ade Yemi; Nwachukwu|Nwachuku|Nwa Chukwu; Ogunleye|Ogunlaye; Igbinedion|Igbinedeon; Eze|Ezeh; Osagie|Osagye
Al-Masalmeh|Masalmah|El Massalme|المسالمة; Al-Zoubi|Alzubi|Al Zu'bi|Zoabi|الزعبي; Kiwan|Kewan|Kiouan|كيوان; Al-Jundi|Aljoundi|El Djundi|Al Jindi|الجندي; Qaddour|Kaddur|Qadour|قدور; Al-Sharif|Alscharif|Charif|Ash-Sharif|الشريف; Hajjar|Hadschar|Haddjar|حجار; Al-Mahamid|Mahameed|Almahamed|المحاميد; Abou Zeid|Abu Zaid|Aboozaid|أبو زيد; Daghestani|Dagestani|Daghastani|داغستاني; Al-Atrash|Alatrasch|El Atrache|الأطرش; Tlass|Tlas|طلاس; Ibn Khaldoun|Bin Khaldun|Ben Chaldun|ابن خلدون
Kuznetsova|Kusnezowa|Kouznetsova|Кузнецова; Shcherbakov|Schtscherbakow|Chtcherbakov|Щербаков; Zhukov|Schukow|Joukov|Жуков; Fyodorova|Fedorova|Fjodorowa|Фёдорова; Yelchaninov|Jeltschaninow|Elchaninov|Ельчанинов
García Muñoz|Garcia Munoz; Peña Quintero|Pena Quintero|Penia Quintero; Rodríguez Ibáñez|Rodriguez Ibanez; Papadopoulos|Papadopulos|Παπαδόπουλος; Hatzigiannis|Chatzijannis|Hadjiyannis|Χατζηγιάννης; Vasilopoulou|Wassilopulu|Vassilopoulou|Βασιλοπούλου
""".replace("\n", ";").split(";") if each.strip()]  # fmt: skip

FATHERS = ("Ivanovič", "bin Ahmad", "Georgiev", "Mohammad")


def a_name(dice: random.Random) -> tuple[list[str], list[str]]:
    """Spellings of a given and of a family name; some have two given names or a second family name."""
    given, family = dice.choice(GIVEN), dice.choice(FAMILY)
    if dice.random() < 0.25:
        second = dice.choice(GIVEN)
        given = [f"{one.strip()} {second[min(place, len(second) - 1)].strip()}" for place, one in enumerate(given)]
    if dice.random() < 0.25:
        second = dice.choice(FAMILY)
        family = [f"{one.strip()} {second[min(place, len(second) - 1)].strip()}" for place, one in enumerate(family)]
    return [each.strip() for each in given], [each.strip() for each in family]


def another(dice: random.Random, spellings: list[str], but: str) -> str:
    """Another spelling, the same where there is only one."""
    return dice.choice([each for each in spellings if each != but] or spellings)


def with_father(dice: random.Random, given: str) -> str:
    return f"{given} {dice.choice(FATHERS)}"


def turned(family: str) -> str:
    """Two family names in the other order."""
    return " ".join(reversed(family.split(" ")))
