"""What the files for schools can hold of a pupil, and whether everything they cannot is named."""

from uuid import uuid4

import pytest
import schild_reader
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.documents.schild_files import dat_files
from desk_app.domain.names import standard_letters
from desk_app.domain.schild import LossKind, Pupil, express
from desk_app.domain.school_columns import Form, school_files

DAT = (Form.UTF_8, Form.ANSI)


def pupil(**values: str) -> Pupil:
    known = {"family_name": "Haddad", "given_name": "Karim", "birth_date": "02.06.2013", "sex": "m"}
    number = values.pop("number", "2026-0142")
    return Pupil(uuid4(), number, {**known, "compulsory_done": "N", "number": number, **values})


def read(pupils: list[Pupil], form: Form) -> dict[str, list[schild_reader.Row]]:
    return schild_reader.read_set(dict(dat_files(express(pupils, form))))


def said(one: Pupil, form: Form, column: str) -> list[str]:
    return [loss.says for loss in express([one], form).losses if loss.column == column]


def test_the_columns_are_those_of_the_interface() -> None:
    for file in school_files(Form.UTF_8):
        described = schild_reader.columns(file.name)
        assert [column.header for column in file.columns] == [row["header"] for row in described]
        assert [str(column.length or "") for column in file.columns] == [row["length"] for row in described]
        assert [column.required for column in file.columns] == [row["may_be_empty"] == "Nein" for row in described]
    counts = [len(file.columns) for file in school_files(Form.UTF_8)]
    assert counts == [58, 28, 19, 5]


def test_ansi_and_utf_8_have_the_same_columns_and_health_and_religion_none() -> None:
    assert school_files(Form.ANSI) == school_files(Form.UTF_8)
    never = {"Konfession", "StatistikKrz Konfession", "Förderschwerpunkt", "2. Förderschwerpunkt", "Sportbefreiung",
             "Ausweisnummer", "Klasse", "Bemerkungen", "Geburtsland Mutter", "Geburtsland Vater"}  # fmt: skip
    columns = {column.header: column for file in school_files(Form.UTF_8) for column in file.columns}
    assert all(not columns[header].key and not columns[header].fixed for header in never)


def test_a_name_keeps_its_letters_in_utf_8_and_every_substitute_is_named_in_ansi() -> None:
    one = pupil(family_name="Şahinoğlu", given_name="Ayşe")
    assert schild_reader.who(read([one], Form.UTF_8)["SchuelerBasisdaten"][0])[:2] == ("Şahinoğlu", "Ayşe")
    assert not express([one], Form.UTF_8).losses
    assert schild_reader.who(read([one], Form.ANSI)["SchuelerBasisdaten"][0])[:2] == ("Sahinoglu", "Ayse")
    assert said(one, Form.ANSI, "Nachname") == ["„Ş“ (U+015E) wurde zu „S“.", "„ğ“ (U+011F) wurde zu „g“."]
    assert said(one, Form.ANSI, "Vorname") == ["„ş“ (U+015F) wurde zu „s“."]


def test_a_name_that_ansi_cannot_write_is_left_out_of_it_alone() -> None:
    one, other = pupil(given_name="Иван", number="2026-0001"), pupil()
    ansi = express([one, other], Form.ANSI)
    assert [(item.number, item.form) for item in ansi.left_out] == [("2026-0001", Form.ANSI)]
    assert ansi.pupils == (other.request,)
    assert express([one, other], Form.UTF_8).pupils == (one.request, other.request)


def test_another_text_that_ansi_cannot_write_stays_empty_as_a_whole() -> None:
    one = pupil(birth_place="Київ Nord")
    assert read([one], Form.ANSI)["SchuelerZusatzdaten"][0]["Geburtsort 6"] == ""
    (says,) = said(one, Form.ANSI, "Geburtsort")
    assert "„К“ (U+041A)" in says
    assert "„в“ (U+0432)" in says
    assert read([one], Form.UTF_8)["SchuelerZusatzdaten"][0]["Geburtsort 6"] == "Київ Nord"


@pytest.mark.parametrize("form", DAT)
def test_what_is_too_long_is_cut_between_letters_and_said(form: Form) -> None:
    one = pupil(family_name="A" * 49 + "x̣", given_name="B" * 31)
    row = read([one], form)["SchuelerBasisdaten"][0]
    assert row["Nachname 1"] == ("A" * 49 if form is Form.UTF_8 else "A" * 49 + "x")
    assert row["Vorname 2"] == "B" * 30
    assert said(one, form, "Vorname") == ["Von 31 auf 30 Zeichen gekürzt."]
    if form is Form.UTF_8:
        assert said(one, form, "Nachname") == ["Von 51 auf 49 Zeichen gekürzt."]


def test_svws_has_room_for_what_schild_cuts() -> None:
    one = pupil(family_name="A" * 57)
    expressed = express([one], Form.SVWS)
    assert expressed.rows["SVWS_Stammdaten"][0][0] == "A" * 57
    assert not expressed.losses
    assert said(pupil(family_name="A" * 121), Form.SVWS, "Nachname") == ["Von 121 auf 120 Zeichen gekürzt."]


def test_a_cut_name_is_the_same_in_every_file() -> None:
    one = pupil(family_name="Ș" * 60)
    many = Pupil(one.request, one.number, one.values, ({"family_name_1": "Ș" * 60},), ({"phone": "1", "kind": "x"},))
    for form in DAT:
        assert {schild_reader.who(row) for rows in read([many], form).values() for row in rows} == {
            (("Ș" if form is Form.UTF_8 else "S") * 50, "Karim", "02.06.2013")
        }


def test_a_phone_number_and_an_address_for_mail_are_never_cut() -> None:
    spaced, long = "0176 123 456 789 012 3", "0176 12345678 (Nachbarin Frau Yılmaz)"
    row = read([pupil(phone=spaced, email="a" * 32 + "@mail.example")], Form.UTF_8)["SchuelerZusatzdaten"][0]
    assert row["Telefon-Nr. 8"] == spaced.replace(" ", "")
    assert row["E-Mail 9"] == ""
    assert said(pupil(email="a" * 32 + "@mail.example"), Form.UTF_8, "E-Mail")
    assert said(pupil(phone=long), Form.UTF_8, "Telefon-Nr.")
    assert said(pupil(email="ş@mail.example"), Form.ANSI, "E-Mail")
    assert read([pupil(email="ş@mail.example")], Form.ANSI)["SchuelerZusatzdaten"][0]["E-Mail 9"] == ""


def test_separators_and_line_ends_cannot_break_a_row() -> None:
    one = pupil(family_name="Had|dad#7b", street="Hof|Haus\r\n3", birth_place="A\u2028B\x85C")
    rows = read([one], Form.UTF_8)
    assert rows["SchuelerBasisdaten"][0]["Nachname 1"] == "Had dad 7b"
    assert rows["SchuelerBasisdaten"][0]["Straße 8"] == "Hof/Haus 3"
    assert said(one, Form.UTF_8, "Nachname") == [
        "„|“ (U+007C) wurde zu einem Leerzeichen.",
        "„#“ (U+0023) wurde zu einem Leerzeichen.",
    ]


@pytest.mark.parametrize("form", Form)
def test_two_who_would_become_one_pupil_are_both_left_out(form: Form) -> None:
    twins = [pupil(number="2026-0001"), pupil(number="2026-0002", given_name="KARIM"), pupil(given_name="Sami")]
    expressed = express(twins, form)
    assert [item.number for item in expressed.left_out] == ["2026-0001", "2026-0002"]
    assert expressed.pupils == (twins[2].request,)


def test_two_who_become_one_by_substitutes_are_left_out_of_ansi_alone() -> None:
    pair = [pupil(family_name="Şahin", number="2026-0001"), pupil(family_name="Sahin", number="2026-0002")]
    assert len(express(pair, Form.UTF_8).pupils) == 2
    assert not express(pair, Form.ANSI).pupils
    long = [pupil(given_name="C" * 30 + ending, number=ending) for ending in "ab"]
    assert not express(long, Form.UTF_8).pupils
    assert len(express(long, Form.SVWS).pupils) == 2


def test_guardians_without_a_family_name_are_no_row_and_said() -> None:
    one = Pupil(uuid4(), "2026-0142", pupil().values, ({"given_name_1": "Rana"},))
    assert read([one], Form.UTF_8)["SchuelerErzieher"] == []
    assert [loss.kind for loss in express([one], Form.UTF_8).losses] == [LossKind.BLANK]


_LETTERS = st.one_of(st.sampled_from(standard_letters()), st.sampled_from("|#\r\n\t \";'()@"), st.characters())
_TEXTS = st.lists(_LETTERS, max_size=80).map("".join)


@settings(max_examples=60, deadline=None)
@given(
    family=_TEXTS,
    given_name=_TEXTS,
    values=st.fixed_dictionaries(dict.fromkeys(("street", "birth_place", "phone", "email", "birth_name"), _TEXTS)),
    form=st.sampled_from(DAT),
)
def test_whatever_is_typed_the_files_can_be_read_and_what_changed_is_told(
    family: str, given_name: str, values: dict[str, str], form: Form
) -> None:
    one = pupil(family_name=family, given_name=given_name, **values)
    expressed = express([one], form)
    rows = schild_reader.read_set(dict(dat_files(expressed)))
    assert len(rows["SchuelerBasisdaten"]) + len(expressed.left_out) == 1
    for row in rows["SchuelerZusatzdaten"]:
        asked, written = " ".join(values["birth_name"].split()), row["Geburtsname 5"]
        if asked.isascii() and asked.isprintable() and written != asked:
            assert said(one, form, "Geburtsname")
