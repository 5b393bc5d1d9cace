import pytest

from desk_app.documents import csv_text
from desk_app.domain.errors import StrangeTable

ROWS = [["Name", "Straße"], ["Müller-Öztürk", "Große Allee 3"], ["Çelik", "Ägidiistr. 7"]]
TEXT = "\n".join(";".join(row) for row in ROWS) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"])
def test_german_text_is_read_in_every_encoding_office_programs_write(encoding: str) -> None:
    assert csv_text.records(csv_text.decode(TEXT.encode(encoding))) == ROWS


def test_names_that_windows_writes_otherwise_are_read_from_unix() -> None:
    assert csv_text.decode("Škoda;Žižka;Šaric;Œuvre".encode("iso8859-15")) == "Škoda;Žižka;Šaric;Œuvre"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    assert csv_text.records(text) == ROWS


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(StrangeTable):
        csv_text.decode(b"MZ\x90\x00\x03\x00\x00\x00")
