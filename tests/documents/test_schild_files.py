"""The bytes of the text files in both encodings, and the two texts for the secretary."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
import schild_reader

from desk_app.documents.schild_files import Letterhead, advice, dat_bytes, dat_files, loss_report, text_bytes
from desk_app.domain.schild import LeftOut, Loss, LossKind, Pupil, express
from desk_app.domain.school_columns import Form, school_files

HEAD = Letterhead("103780", "Grundschule am Musterweg", "KI Musterstadt", "0208 000", date(2026, 11, 26))


def pupil(family_name: str = "Müller") -> Pupil:
    values = {"family_name": family_name, "given_name": "Zoé", "birth_date": "02.06.2013", "sex": "w",
              "compulsory_done": "N"}  # fmt: skip
    guardians = ({"kind": "Mutter", "family_name_1": family_name},)
    return Pupil(uuid4(), "2026-0142", values, guardians, ({"phone": "0208 1", "kind": "Mutter"},))


@pytest.mark.parametrize("form", [Form.UTF_8, Form.ANSI])
def test_the_four_files_are_read_back_in_either_encoding(form: Form) -> None:
    files = dat_files(express([pupil()], form))
    assert [name for name, _content in files] == [
        "SchuelerBasisdaten.dat", "SchuelerZusatzdaten.dat", "SchuelerErzieher.dat", "SchuelerTelefonnummern.dat"
    ]  # fmt: skip
    rows = schild_reader.read_set(dict(files))
    assert schild_reader.who(rows["SchuelerBasisdaten"][0]) == ("Müller", "Zoé", "02.06.2013")
    assert rows["SchuelerBasisdaten"][0]["Status 5"] == "0"
    assert rows["SchuelerErzieher"][0]["Anschreiben 18"] == "J"
    assert rows["SchuelerTelefonnummern"][0]["Telefonnr. 4"] == "0208 1"


def test_ansi_is_one_byte_a_letter_and_utf_8_has_its_mark() -> None:
    (_name, ansi), (_other, utf_8) = (dat_files(express([pupil()], form))[0] for form in (Form.ANSI, Form.UTF_8))
    assert b"M\xfcller|Zo\xe9|" in ansi
    assert utf_8.startswith(b"\xef\xbb\xbfNachname|")
    assert utf_8.removeprefix(b"\xef\xbb\xbf").decode() == ansi.decode("cp1252")


def test_an_empty_file_still_has_its_header() -> None:
    file = school_files(Form.UTF_8)[3]
    assert schild_reader.read(file.name, dat_bytes(file, [], Form.ANSI)) == []


def test_a_row_of_another_form_does_not_pass_for_ansi() -> None:
    file = school_files(Form.UTF_8)[3]
    with pytest.raises(UnicodeEncodeError):
        dat_bytes(file, [("Şahin", "Ayşe", "02.06.2013", "1", "x")], Form.ANSI)


def test_texts_open_in_the_editor_of_windows() -> None:
    assert text_bytes("Ä\nB\n") == b"\xef\xbb\xbf\xc3\x84\r\nB\r\n"


def test_the_advice_names_the_boxes_and_why() -> None:
    text = " ".join(advice(HEAD, 3, list(Form)).split())
    for words in ("Schulwechsel-Import", "„Keine Änderungen an vorhandenen Datensätzen“", "„Keine Schüler neu anlegen“",
                  "nichts überschrieben", "3 Kinder", "103780", "nur einen der beiden Ordner", "Status"):  # fmt: skip
        assert words in text
    assert all(len(line) <= 78 for line in advice(HEAD, 3, list(Form)).splitlines())


def test_the_advice_speaks_of_nothing_that_is_not_there() -> None:
    text = advice(HEAD, 1, [Form.SVWS])
    assert "SVWS" in text
    assert "1 Kind\n" in text
    assert "Ordner UTF-8" not in text
    assert "Schulwechsel" not in text
    assert "SVWS-Server" not in advice(HEAD, 1, [Form.UTF_8, Form.ANSI])
    assert "beiden Ordner" not in advice(HEAD, 1, [Form.UTF_8])


def test_the_report_names_every_loss_by_number_and_form() -> None:
    one = pupil("Şahin")
    blank = Loss(one.number, LossKind.OPEN, "Jahrgang", "Die Klassenstufe hat niemand festgelegt.")
    expressed = express([one], Form.ANSI)
    left_out = [LeftOut(uuid4(), "2026-0143", "Kein Tag.", form) for form in Form]
    text = loss_report(HEAD, [blank, *expressed.losses], left_out)
    lines = text.splitlines()
    assert "  - Nachname: „Ş“ (U+015E) wurde zu „S“." in lines
    assert "  - Nachname 1.Person: „Ş“ (U+015E) wurde zu „S“." in lines
    assert lines.index("alle Fassungen:") < lines.index("SchILD ANSI:")
    assert "  - 2026-0143 (SchILD UTF-8, SchILD ANSI, SVWS-Import): Kein Tag." in lines
    assert "Anfrage 2026-0142" in lines
    assert "ahin" not in text


def test_a_report_of_nothing_says_so() -> None:
    text = loss_report(replace(HEAD, school_name="", phone=""), [], [])
    assert "Nichts ging verloren." in text
    assert "Schule 103780\n" in text
