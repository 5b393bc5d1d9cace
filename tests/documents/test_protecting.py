"""A locked file opens with its passphrase alone, holds what was written, and is never there half or readable."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

import olefile
import pikepdf
import pypdfium2
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from specimen_sheet import KARIM

from desk_app.documents import protecting, xlsx
from desk_app.documents.attaching import attach
from desk_app.documents.files import sha256_of
from desk_app.documents.protecting import (
    check_pdf,
    check_xlsx,
    open_xlsx,
    protect_pdf,
    protect_xlsx,
    write_protected,
)
from desk_app.documents.request_pdf import write_request, write_requests
from desk_app.domain.errors import DiskFull, NotProtected, StrangeTable, WrongFilePassphrase
from desk_app.domain.lists import Column, Kind, Listing

PASSPHRASE = "nachricht narzisse bummel ruf hoffnung schirm"
WRONG = ("", " ", "nachricht", PASSPHRASE[:-1], PASSPHRASE + " ", PASSPHRASE.upper())
NAME = "Nachname des erfundenen Kindes"


def a_request(*names: str) -> bytes:
    stream = io.BytesIO()
    write_requests([replace(KARIM, child_name=name) for name in names], stream)
    return stream.getvalue()


def a_list(rows: int = 3) -> bytes:
    columns = (Column("surname", "Nachname"), Column("born_on", "Geboren", kind=Kind.DATE))
    listing = Listing(
        title="Schulplatzanfragen für das Schulamt",
        context=("Erfundene Angaben",),
        columns=columns,
        rows=tuple({"surname": f"{NAME} {row}", "born_on": date(2013, 6, 2)} for row in range(rows)),
        file_stem="Sendung-2026-11-26-03",
    )
    stream = io.BytesIO()
    xlsx.write(listing, stream, answers=False)
    return stream.getvalue()


def a_drawing(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return bytes(pdf.pages[0].Contents.read_raw_bytes())


REQUEST, LIST = a_request(KARIM.child_name, "Amal Haddad"), a_list()
LOCKED_REQUEST, LOCKED_LIST = protect_pdf(REQUEST, PASSPHRASE), protect_xlsx(LIST, PASSPHRASE)


def pages_of(content: bytes, passphrase: str | None = None) -> list[str]:
    with pypdfium2.PdfDocument(content, password=passphrase) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


# --- the request as a PDF


def test_the_passphrase_shows_the_request_as_it_was_written() -> None:
    check_pdf(LOCKED_REQUEST, PASSPHRASE, REQUEST)
    assert pages_of(LOCKED_REQUEST, PASSPHRASE) == pages_of(REQUEST)
    assert KARIM.child_name in pages_of(LOCKED_REQUEST, PASSPHRASE)[0]


@pytest.mark.parametrize("wrong", WRONG)
def test_no_other_passphrase_opens_the_request(wrong: str) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(LOCKED_REQUEST), password=wrong)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(LOCKED_REQUEST, password=wrong)


def test_the_lock_is_the_strongest_that_pdf_knows_and_lets_print() -> None:
    with pikepdf.open(io.BytesIO(LOCKED_REQUEST), password=PASSPHRASE) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method == pdf.encryption.string_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.print_highres
        assert not pdf.owner_password_matched


def test_title_and_author_name_nobody_and_cannot_be_read_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(REQUEST)) as pdf:
        pdf.docinfo["/Title"] = pdf.docinfo["/Subject"] = KARIM.child_name
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = KARIM.child_name
        stream = io.BytesIO()
        pdf.save(stream)
    locked = protect_pdf(stream.getvalue(), PASSPHRASE)
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE) as pdf:
        told = {str(value) for value in pdf.docinfo.values()}
        assert told == {"Vertraulich", "Trittstein"}
        assert "/Metadata" not in pdf.Root
        assert pdf.Root.Lang == "de-DE"
    for word in (KARIM.child_name, "Vertraulich", "Trittstein"):
        assert not [code for code in ("utf-8", "utf-16-be", "utf-16-le") if word.encode(code) in locked]


def test_what_would_be_lost_on_the_way_is_not_lost_silently() -> None:
    with pikepdf.open(io.BytesIO(REQUEST)) as pdf:
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        stream = io.BytesIO()
        pdf.save(stream)
    with pytest.raises(ValueError, match="Outlines"):
        protect_pdf(stream.getvalue(), PASSPHRASE)


def locked_otherwise(plain: bytes, **how: object) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(stream, **how)
    return stream.getvalue()


@pytest.mark.parametrize(
    "bad",
    [
        REQUEST,
        protect_pdf(a_request(KARIM.child_name), PASSPHRASE),
        protect_pdf(REQUEST, "another passphrase"),
        locked_otherwise(REQUEST, encryption=pikepdf.Encryption(owner="", user=PASSPHRASE)),
        locked_otherwise(REQUEST, encryption=pikepdf.Encryption(owner="x", user="")),
        locked_otherwise(REQUEST, encryption=pikepdf.Encryption(owner="x", user=PASSPHRASE, R=4)),
        LOCKED_REQUEST[: len(LOCKED_REQUEST) // 2],
        b"",
        a_drawing(REQUEST)[:100] + LOCKED_REQUEST,
    ],
    ids=["open", "page lacking", "other passphrase", "no owner", "no passphrase", "weak", "cut", "empty", "readable"],
)
def test_a_pdf_that_is_not_what_it_should_be_is_not_sent(bad: bytes) -> None:
    with pytest.raises(NotProtected, match="nicht sicher verschlüsseln"):
        check_pdf(bad, PASSPHRASE, REQUEST)


def test_a_slip_in_the_entry_that_would_lock_everybody_out_is_found() -> None:
    locked = protect_pdf(REQUEST, PASSPHRASE)
    at = locked.index(b"/U <") + len("/U <")
    slip = b"0" if locked[at : at + 1] != b"0" else b"1"
    with pytest.raises(NotProtected):
        check_pdf(locked[:at] + slip + locked[at + 1 :], PASSPHRASE, REQUEST)


def test_a_file_locked_in_an_earlier_run_is_known_again() -> None:
    protect_pdf(REQUEST, "another passphrase")
    check_pdf(LOCKED_REQUEST, PASSPHRASE, REQUEST)


def swap_pages(pdf: pikepdf.Pdf) -> None:
    pdf.pages.reverse()


def crop_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].mediabox = [0, 0, 100, 100]


def touch_a_drawing(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Contents.write(pdf.pages[1].Contents.read_bytes() + b" ")


def touch_a_font(pdf: pikepdf.Pdf) -> None:
    drawings = [page.Contents.objgen for page in pdf.pages]
    fonts = [made for made in pdf.objects if isinstance(made, pikepdf.Stream) and made.objgen not in drawings]
    fonts[0].write(fonts[0].read_bytes() + b" ")


@pytest.mark.parametrize("slip", [swap_pages, crop_a_page, touch_a_drawing, touch_a_font])
def test_a_request_that_came_out_otherwise_is_found(slip: Callable[[pikepdf.Pdf], None]) -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(REQUEST)) as pdf:
        slip(pdf)
        pdf.save(stream, compress_streams=False)
    with pytest.raises(NotProtected):
        check_pdf(protect_pdf(stream.getvalue(), PASSPHRASE), PASSPHRASE, REQUEST)


# --- the list as a workbook


def test_the_passphrase_opens_the_list_byte_for_byte() -> None:
    check_xlsx(LOCKED_LIST, PASSPHRASE, LIST)
    assert open_xlsx(LOCKED_LIST, PASSPHRASE) == LIST


def test_an_agile_lock_of_aes_256_and_sha_512_is_used() -> None:
    with olefile.OleFileIO(LOCKED_LIST) as container:
        entry = container.openstream("EncryptionInfo").read()
    assert entry[:4] == b"\4\0\4\0"
    for part in (b'keyBits="256"', b'cipherAlgorithm="AES"', b'hashAlgorithm="SHA512"', b'spinCount="100000"'):
        assert part in entry


@pytest.mark.parametrize("wrong", WRONG[::2])
def test_another_passphrase_is_told_in_one_sentence(wrong: str) -> None:
    with pytest.raises(WrongFilePassphrase, match="öffnet die Datei nicht"):
        open_xlsx(LOCKED_LIST, wrong)


@pytest.mark.parametrize("content", [LIST, b"Anfrage;Ergebnis\r\n1;Platz\r\n", b""])
def test_what_is_not_locked_comes_back_as_it_is(content: bytes) -> None:
    assert open_xlsx(content, PASSPHRASE) is content


def test_an_answer_that_was_touched_on_the_way_is_refused() -> None:
    with olefile.OleFileIO(LOCKED_LIST) as container:
        package = container.openstream("EncryptedPackage").read()
    with pytest.raises(StrangeTable):
        open_xlsx(flipped(LOCKED_LIST, LOCKED_LIST.index(package[1024:1040])), PASSPHRASE)


@pytest.mark.parametrize("part", [0.01, 0.5, 0.9])
def test_half_an_answer_is_refused(part: float) -> None:
    with pytest.raises(StrangeTable):
        open_xlsx(LOCKED_LIST[: int(len(LOCKED_LIST) * part)], PASSPHRASE)


def test_an_answer_in_the_old_format_is_sent_back_with_the_way_out() -> None:
    with pytest.raises(StrangeTable, match=r"alten Format \.xls"):
        open_xlsx(LOCKED_LIST.replace("EncryptionInfo".encode("utf-16-le"), "EncryptionXnfo".encode("utf-16-le")), "x")


def test_a_lock_that_takes_minutes_to_try_is_not_tried() -> None:
    dear = LOCKED_LIST.replace(b'spinCount="100000"', b'spinCount="9999999"')
    with pytest.raises(StrangeTable) as refused:
        open_xlsx(dear[: len(LOCKED_LIST)], PASSPHRASE)
    assert not isinstance(refused.value, WrongFilePassphrase)


@pytest.mark.parametrize(
    "bad",
    [
        LIST,
        protect_xlsx(a_list(2), PASSPHRASE),
        protect_xlsx(LIST, "another passphrase"),
        LOCKED_LIST[: len(LOCKED_LIST) // 2],
        b"",
        LOCKED_LIST + LIST,
        LOCKED_LIST + f"{NAME} 1".encode("utf-16-le"),
    ],
    ids=["open", "row lacking", "other passphrase", "cut", "empty", "both", "name in the clear"],
)
def test_a_workbook_that_is_not_what_it_should_be_is_not_sent(bad: bytes) -> None:
    with pytest.raises(NotProtected, match="nicht sicher verschlüsseln"):
        check_xlsx(bad, PASSPHRASE, LIST)


def test_a_list_that_any_passphrase_opens_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OOXMLFile, "load_key", lambda *_args, **_more: None)
    monkeypatch.setattr(OOXMLFile, "decrypt", lambda _book, out, **_more: out.write(LIST))
    with pytest.raises(NotProtected):
        check_xlsx(LOCKED_LIST, PASSPHRASE, LIST)


# --- both


@pytest.mark.parametrize("passphrase", ["", "schöne grüße", "zeile\n", "x" * 128])
@pytest.mark.parametrize("protect", [protect_pdf, protect_xlsx])
def test_a_passphrase_some_reader_would_take_otherwise_is_not_used(
    protect: Callable[[bytes, str], bytes], passphrase: str
) -> None:
    with pytest.raises(ValueError, match="not a passphrase"):
        protect(REQUEST, passphrase)


def list_writer(stream: BinaryIO) -> None:
    stream.write(LIST)


def test_the_file_that_arrives_is_locked_and_told_with_its_own_hash(tmp_path: Path) -> None:
    pdf = write_protected(tmp_path / "a.pdf", lambda stream: write_request(KARIM, stream), PASSPHRASE, "pdf")
    book = write_protected(tmp_path / "b.xlsx", list_writer, PASSPHRASE, "xlsx")
    for written in (pdf, book):
        assert (written.sha256, written.size) == (sha256_of(written.path), written.path.stat().st_size)
    assert KARIM.child_name in pages_of(pdf.path.read_bytes(), PASSPHRASE)[0]
    assert open_xlsx(book.path.read_bytes(), PASSPHRASE) == LIST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.xlsx"]


def test_without_a_passphrase_the_file_is_plain(tmp_path: Path) -> None:
    assert write_protected(tmp_path / "b.xlsx", list_writer, None, "xlsx").path.read_bytes() == LIST


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_nothing_readable_touches_the_disk(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    whole = protecting.write_whole

    def spy(target: Path, writer: Callable[[BinaryIO], object], check: Callable[[Path], object]) -> object:
        stream = io.BytesIO()
        writer(stream)
        written.append(stream.getvalue())
        return whole(target, writer, check)

    def fill(stream: BinaryIO) -> None:
        assert list(tmp_path.iterdir()) == []
        stream.write(REQUEST if kind == "pdf" else LIST)

    monkeypatch.setattr(protecting, "write_whole", spy)
    write_protected(tmp_path / f"a.{kind}", fill, PASSPHRASE, kind)
    (content,) = written
    assert not content.startswith(b"PK")
    assert b"/Contents" not in content


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_file_that_was_not_locked_gets_no_name(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, f"protect_{kind}", lambda plain, _passphrase: plain)
    with pytest.raises(NotProtected):
        write_protected(tmp_path / f"a.{kind}", lambda out: out.write(REQUEST if kind == "pdf" else LIST), "x y", kind)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_what_the_disk_made_of_it_is_checked(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes on the disk are looked at, not those in memory."""
    whole = protecting.write_whole

    def bad_disk(target: Path, writer: Callable[[BinaryIO], object], check: Callable[[Path], object]) -> object:
        def writer_with_a_slip(stream: BinaryIO) -> None:
            writer(stream)
            stream.truncate(stream.tell() // 2)

        return whole(target, writer_with_a_slip, check)

    monkeypatch.setattr(protecting, "write_whole", bad_disk)
    with pytest.raises(NotProtected):
        write_protected(tmp_path / f"a.{kind}", lambda out: out.write(REQUEST if kind == "pdf" else LIST), "x y", kind)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")

    def full(stream: BinaryIO) -> None:
        raise DiskFull

    with pytest.raises(DiskFull):
        write_protected(target, full, PASSPHRASE, "pdf")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"older"]


# --- the readers of the recipients

SHORT = "reh zug ruf ahorn visum"  # the commands of poppler cut a passphrase after 32 letters, its viewers do not


@pytest.mark.office
@pytest.mark.parametrize("command", ["pdftotext", "pdfinfo"])
def test_poppler_opens_the_request_with_its_passphrase_only(command: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(protect_pdf(REQUEST, SHORT))

    def said(*passphrase: str) -> subprocess.CompletedProcess[str]:
        output = ["-"] if command == "pdftotext" else []
        return subprocess.run([command, *passphrase, str(path), *output], capture_output=True, text=True, check=False)

    right = said("-upw", SHORT)
    assert right.returncode == 0
    for part in ("algorithm:AES-256", "print:yes") if command == "pdfinfo" else (KARIM.child_name, KARIM.number):
        assert part in right.stdout
    for passphrase in ((), ("-upw", SHORT + "e"), ("-opw", "x"), ("-opw", "")):
        refused = said(*passphrase)
        assert refused.returncode != 0
        assert refused.stdout == ""


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Convert
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Password" : how(0).Value = "{passphrase}"
  how(1).Name = "Hidden" : how(1).Value = True
  Dim into(0) As New com.sun.star.beans.PropertyValue
  into(0).Name = "FilterName" : into(0).Value = "Text - txt - csv (StarCalc)"
  On Error Goto Done
  book = StarDesktop.loadComponentFromURL("{book}", "_blank", 0, how())
  book.storeToURL("{book}.csv", into())
  Done:
  StarDesktop.terminate()
End Sub
</script:module>"""


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Callable[..., object], Path]:
    """Starts LibreOffice with a profile of its own, and the module of macros in that profile."""
    profile = tmp_path_factory.mktemp("profile")

    def start(*arguments: str) -> None:
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    start("--terminate_after_init")
    return start, profile / "user" / "basic" / "Standard" / "Module1.xba"


@pytest.mark.office
@pytest.mark.parametrize(("passphrase", "opens"), [(PASSPHRASE, True), (PASSPHRASE + "e", False), ("", False)])
def test_libreoffice_opens_the_list_with_its_passphrase_only(
    passphrase: str, opens: bool, libreoffice: tuple[Callable[..., object], Path], tmp_path: Path
) -> None:
    start, module = libreoffice
    book = tmp_path / "list.xlsx"
    book.write_bytes(LOCKED_LIST)
    module.write_text(MACRO.format(passphrase=passphrase, book=book.as_uri()))
    start("macro:///Standard.Module1.Convert")
    shown = tmp_path / "list.xlsx.csv"
    assert shown.exists() == opens
    assert not opens or f"{NAME} 0," in shown.read_text(encoding="cp1252")


# --- files inside a PDF


def test_files_inside_a_pdf_are_locked_with_it_and_come_out_as_they_went_in() -> None:
    inside = [("SchuelerBasisdaten.dat", b"Nachname|Vorname|Geburtsdatum\r\n" * 40), ("Hinweise.txt", b"Guten Tag")]
    plain = attach(REQUEST, inside)
    locked = protect_pdf(plain, PASSPHRASE)
    check_pdf(locked, PASSPHRASE, plain)
    assert b"Basisdaten" not in locked
    assert b"Nachname" not in locked
    with pypdfium2.PdfDocument(locked, password=PASSPHRASE) as document:
        found = [document.get_attachment(place) for place in range(document.count_attachments())]
        assert {each.get_name(): bytes(each.get_data()) for each in found} == dict(inside)


@pytest.mark.parametrize(
    "other",
    [[("a.dat", b"anders")], [("b.dat", b"Haddad|Karim")], [("a.dat", b"Haddad|Karim"), ("b.dat", b"mehr")], []],
)
def test_a_pdf_with_other_files_inside_is_not_the_one_that_was_meant(other: list[tuple[str, bytes]]) -> None:
    plain = attach(REQUEST, [("a.dat", b"Haddad|Karim")])
    locked = protect_pdf(attach(REQUEST, other) if other else REQUEST, PASSPHRASE)
    with pytest.raises(NotProtected):
        check_pdf(locked, PASSPHRASE, plain)
