"""The texts of the letters in all their languages, the language a family gets, and what it is asked for."""

import re
from datetime import date
from string import Formatter

import pytest
from builders import Family, a_complete_child

from desk_app import assets
from desk_app.domain import completeness, letter_items
from desk_app.domain.code_lists import code_list
from desk_app.domain.field_catalogue import field_of
from desk_app.domain.letter_items import OWN_WORK, Lack, Way, lacking
from desk_app.domain.letters import (
    GERMAN,
    LANGUAGES,
    Choice,
    Letter,
    Pair,
    Text,
    Wording,
    language_for,
    language_label,
    languages_for,
    texts,
)
from desk_app.domain.needs import WHY
from desk_app.domain.records import RecordKind

FILES = sorted(path.stem for path in assets.path("letters").glob("*.toml"))
ALL = [(name, key, text) for name in FILES for key, text in texts(name).items()]
DAY = date(2026, 12, 3)


def test_every_letter_has_its_file() -> None:
    assert set(Letter) <= set(FILES)
    assert len(ALL) > 100


@pytest.mark.parametrize(("name", "key", "text"), ALL, ids=[f"{name}-{key}" for name, key, _text in ALL])
def test_a_text_has_every_language_with_the_same_places(name: str, key: str, text: Text) -> None:
    assert set(text.words) == set(LANGUAGES)
    places = {language: {field for _l, field, _s, _c in Formatter().parse(words) if field is not None}
              for language, words in text.words.items()}  # fmt: skip
    assert all(found == places[GERMAN] for found in places.values()), places
    assert all(words.strip() == words and words for words in text.words.values())
    assert GERMAN in text.reviewed
    assert text.reviewed <= set(LANGUAGES)


def test_each_language_keeps_to_its_own_letters() -> None:
    of = {language: "".join(text.words[language] for _name, _key, text in ALL) for language in LANGUAGES}
    assert not set("يكة") & set(of["fa"]), "letters of the Arabic keyboard in a Persian text"
    assert set("پچگکی") <= set(of["fa"])
    assert not set("پچژگکی") & set(of["ar"]), "letters of the Persian keyboard in an Arabic text"
    assert not set("ыэёъ") & set(of["uk"])
    assert set("іїєґ") & set(of["uk"])
    assert not set("іїєґ") & set(of["ru"] + of["bg"])
    assert not set("ыэё") & set(of["bg"])
    assert not set("şţ") & set(of["ro"]), "Romanian has a comma below: ș, ț"
    assert set("șț") <= set(of["ro"])
    assert set("êîûçş") <= set(of["kmr"])
    assert set("ığşçö") <= set(of["tr"])
    for language in LANGUAGES:
        assert not re.search("[٠-٩۰-۹]", of[language]), "digits look the same on both sides of the desk"


def test_no_two_languages_say_the_same_in_a_sentence() -> None:
    """A text left in another language by mistake would show here; single words such as "Telefon" may agree."""
    for name, key, text in ALL:
        sentences = [words for words in text.words.values() if words.count(" ") > 3]
        assert len(set(sentences)) == len(sentences), (name, key)


def test_states_and_papers_have_their_texts() -> None:
    for code in code_list("request_states").entries:
        assert {f"{code.key}.where", f"{code.key}.next"} <= set(texts("status")), code.key
    papers = {code.key for code in code_list("document_kinds").entries} | {"consent"}
    assert {key.partition(".")[0] for key in texts("papers")} == papers


# --- which language


def a_family(**household: object) -> Family:
    return Family(**{"conversation_language": None, **household}).without(RecordKind.LANGUAGE)


def test_what_somebody_reads_comes_before_what_they_speak() -> None:
    family = a_family(conversation_language="kmr")
    mother = family.mother()
    family.add(RecordKind.LANGUAGE, person=mother.id, language="ar", reads=True)
    assert languages_for(family.file) == (Choice("ar", read=True), Choice("kmr", read=False))


def test_of_what_somebody_reads_what_they_also_speak_comes_first() -> None:
    family = a_family()
    mother = family.mother()
    family.add(RecordKind.LANGUAGE, person=mother.id, language="ru", reads=True)
    family.add(RecordKind.LANGUAGE, person=mother.id, language="uk", reads=True, by_phone=True)
    assert [choice.language for choice in languages_for(family.file)] == ["uk", "ru"]


def test_who_reads_german_and_something_else_gets_both() -> None:
    family = a_family()
    mother = family.mother()
    for language in ("de", "tr"):
        family.add(RecordKind.LANGUAGE, person=mother.id, language=language, reads=True)
    assert language_for(family.file) == Choice("tr", read=True)


def test_who_reads_german_alone_gets_german() -> None:
    family = a_family(conversation_language="tr")
    family.add(RecordKind.LANGUAGE, person=family.mother().id, language="de", reads=True)
    assert language_for(family.file) == Choice("de", read=True)


@pytest.mark.parametrize(("spoken", "letter"), [("prs", "fa"), ("haz", "fa"), ("ku", "kmr"), ("bg", "bg")])
def test_a_language_is_served_by_its_written_kin(spoken: str, letter: str) -> None:
    family = a_family()
    family.add(RecordKind.LANGUAGE, language=spoken, family_language=True)
    assert language_for(family.file) == Choice(letter, read=False)


@pytest.mark.parametrize("spoken", ["ckb", "ti", None])
def test_a_language_without_letters_leaves_german(spoken: str | None) -> None:
    family = a_family(conversation_language=spoken)
    assert languages_for(family.file) == ()
    assert language_for(family.file) == Choice("de", read=False)


def test_the_dead_are_not_written_to() -> None:
    family = a_family()
    family.add(RecordKind.LANGUAGE, person=family.father(deceased=True).id, language="ar", reads=True)
    assert languages_for(family.file) == ()


def test_every_language_has_a_german_name() -> None:
    assert len({language_label(language) for language in LANGUAGES}) == len(LANGUAGES)


# --- filling in


def test_days_are_filled_in_with_the_weekday_of_each_language() -> None:
    assert Wording("tr").pair("missing", "by_day", day=DAY) == Pair(
        "Bitte bis Donnerstag, 03.12.2026", "Son gün: Perşembe, 03.12.2026"
    )


def test_german_alone_has_nothing_above_it() -> None:
    assert Wording("de").pair("missing", "title") == Pair("Es fehlt noch")


def test_the_wording_knows_whether_its_translations_were_read() -> None:
    for language, reviewed in (("ar", False), ("de", True)):
        say = Wording(language)
        say.pair("missing", "title")
        assert say.reviewed is reviewed
    say = Wording("ar")
    say.of(Text({"de": "a", "ar": "b"}, frozenset({"de", "ar"})))
    assert say.reviewed


def test_a_name_with_braces_stays_as_it_is() -> None:
    assert "{Karim}" in Wording("en").pair("common", "about", names="{Karim}").german


# --- what is asked for


def test_what_the_centre_works_out_is_never_asked() -> None:
    family = Family(counsellor=None, reported_by=None)
    family.mother()
    child = family.view(family.child(support_type=None, recommended_form=None, school_medical=None))
    assert {"counsellor", "support_type"} <= {item.key for item in completeness.missing(child)}
    assert not {lack.key for lack in lacking([child])} & OWN_WORK


def test_a_paper_that_is_missing_is_asked_for_with_its_day() -> None:
    family = Family()
    family.mother()
    child = family.child(reports_available=None, measles_proof="open")
    family.add(RecordKind.DOCUMENT, document="custody", state="missing", due_on=DAY)
    family.add(RecordKind.DOCUMENT, document="passport_child", state="original")
    papers = {lack.key: lack for lack in lacking([family.view(child)]) if lack.way is Way.BRING}
    assert list(papers) == ["school_report", "measles", "custody"], "in the order of the list of papers"
    assert papers["custody"].due_on == DAY
    assert papers["custody"].children == ()
    assert papers["measles"].children == (child.id,)


def test_without_consent_the_signature_is_asked_for() -> None:
    family = Family().without(RecordKind.CONSENT)
    family.mother()
    child = family.child()
    assert "consent" in {lack.key for lack in lacking([family.view(child)]) if lack.way is Way.BRING}


def test_why_somebody_is_exempt_is_never_asked() -> None:
    family = Family()
    family.mother()
    child = family.child(measles_proof="exempt")
    assert "measles" not in {lack.key for lack in lacking([family.view(child)])}


def test_the_same_for_two_children_is_one_line_that_names_both() -> None:
    family = Family(phone=None)
    family.mother()
    children = [family.child(sex=None), family.child(given_name="Lina", sex=None), family.child(given_name="Sami")]
    lacks = {lack.key: lack for lack in lacking([family.view(child) for child in children])}
    assert lacks["sex"].children == (children[0].id, children[1].id)
    assert lacks["phone"].children == ()


def test_every_question_of_a_request_is_the_centres_or_has_its_line() -> None:
    """The keys of ``completeness``: everything that has a reason there is asked somewhere."""
    family = Family().without(RecordKind.CONSENT).without(RecordKind.ADDRESS).without(RecordKind.LANGUAGE)
    child = family.child(**dict.fromkeys(set(a_complete_child()) - {"role"}))
    known = {*texts("answers"), *(key.partition(".")[0] for key in texts("papers"))}
    asked = list(completeness.questions(family.view(child)))
    for kind, key in WHY:
        field = field_of(kind, key)
        asked.append(completeness.Question(child.id, kind, key, field.label, field.section, 2, answered=False))
    for question in asked:
        if question.key in OWN_WORK or question.kind is RecordKind.CONSENT:
            continue
        line = letter_items._PAPER_OF.get(question.key) or letter_items.asked_as(question)
        assert line in known, question.key
    used = {letter_items.asked_as(question) for question in asked}
    assert set(texts("answers")) <= used | {"other_languages"}, "a line nobody ever asks"


def test_what_has_no_text_yet_is_asked_in_german_alone() -> None:
    lack = Lack(Way.TELL, "shoe_size", "Schuhgröße {neu}")
    assert Wording("ar").of(lack.name) == Pair("Schuhgröße {neu}")
    assert lack.explained is None
