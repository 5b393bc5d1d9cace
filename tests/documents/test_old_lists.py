"""Foreign lists in every format and every state of damage, read by a real process."""

import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from desk_app.documents import old_lists, old_lists_child, old_lists_limits, reading_child, reading_process
from desk_app.domain.errors import ExportCancelled, StrangeTable
from desk_app.domain.list_reading_sheet import Merged

XML = '<?xml version="1.0" encoding="UTF-8"?>'


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def a_book() -> Workbook:
    book = Workbook()
    book.active.title = "Liste"
    book.active.append(["Name", "Geb.", "PLZ"])
    book.active.append(["Haddad, Lina", date(2015, 4, 3), 45476])
    return book


def with_part(name: str, content: bytes, **replaced: int) -> bytes:
    """A sound workbook of which one part is another."""
    buffer = BytesIO()
    with ZipFile(BytesIO(saved(a_book()))) as sound, ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for part in sound.infolist():
            if part.filename != name:
                archive.writestr(part, sound.read(part))
        archive.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{XML}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 30))


def wrong_sum() -> bytes:
    content = bytearray(saved(a_book()))
    with ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo(SHEET)
    place = content.rfind(part.CRC.to_bytes(4, "little"))
    content[place : place + 4] = (part.CRC ^ 1).to_bytes(4, "little")
    return bytes(content)


def hidden_bomb() -> bytes:
    """Says it holds a few bytes, and unpacks to two hundred million."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packed.compress(b"<" * 200_000_000) + packed.flush()
    content = bytearray(with_part("xl/bomb.xml", b"<" * 100))
    with ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo("xl/bomb.xml")
    start = part.header_offset
    head = bytes(content[start : start + 30 + len(part.filename)])
    directory = content.rfind(b"PK\x01\x02")
    data_end = directory if directory > start else len(content)
    rest = bytes(content[data_end:])
    return bytes(content[:start]) + head + bomb + rest


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "only zeros": lambda: bytes(5000),
    "a program renamed": lambda: b"MZ\x90\x00" + bytes(range(256)) * 50,
    "cut off": lambda: saved(a_book())[:-400],
    "cut in the middle": lambda: saved(a_book())[:2500],
    "wrong sum": wrong_sum,
    "ten million <": lambda: b"<" * 10_000_000,
    "ten million < in a sheet": lambda: with_part(SHEET, b"<" * 10_000_000),
    "a bomb": lambda: with_part(SHEET, b" " * 300_000_000),
    "a bomb that lies about its size": hidden_bomb,
    "many parts": lambda: many_parts(),
    "entities": lambda: with_part(SHEET, f"{XML}<!DOCTYPE x [<!ENTITY a0 'ha'>{ENTITIES}]><x>&a29;</x>".encode()),
    "a foreign document type": lambda: with_part(
        "xl/sharedStrings.xml", f'{XML}<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16")
    ),
    "a document type across two pieces": lambda: with_part(
        SHEET, XML.encode() + b" " * ((1 << 16) - len(XML) - 5) + b"<!DocType x [<!ENTITY a 'ha'>]><x>&a;</x>"
    ),
    "deep": lambda: with_part(SHEET, sheet("<row>" * 300_000)),
    "a sheet that is none": lambda: with_part(SHEET, b"\x00\xff" * 1000),
    "a cell beyond every column": lambda: with_part(
        SHEET, sheet('<row r="1"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>')
    ),
    "a cell at the end of the sheet": lambda: with_part(
        SHEET,
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "no workbook": lambda: with_part("xl/workbook.xml", b""),
    "another archive": lambda: another_archive(),
    "old office, broken": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a text that never closes": lambda: b'Name;Ort\n"Haddad;' + b"x;" * 200_000,
}


def many_parts() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for number in range(3000):
            archive.writestr(f"xl/{number}.xml", b"<x/>")
    return buffer.getvalue()


def another_archive() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("brief.txt", "Hallo")
    return buffer.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(HOSTILE[kind]())
    with pytest.raises(StrangeTable, match=r"Es wurde nichts übernommen\.") as told:
        old_lists.read(path)
    assert told.value.message.count(". ") <= 2
    assert "Haddad" not in told.value.message


def test_a_workbook_with_a_password_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "geheim.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )
    with pytest.raises(StrangeTable, match="mit einem Kennwort geschützt"):
        old_lists.read(path)


def test_a_file_that_is_gone_or_too_large_is_told(tmp_path: Path) -> None:
    with pytest.raises(StrangeTable, match="lässt sich nicht öffnen"):
        old_lists.read(tmp_path / "weg.xlsx")
    large = tmp_path / "groß.csv"
    with large.open("wb") as file:
        file.truncate(old_lists_limits.MOST_BYTES + 1)
    with pytest.raises(StrangeTable, match="viel größer als erwartet"):
        old_lists.read(large)


def test_cells_keep_what_they_are_and_where_they_stand(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Liste"
    book.active["C3"], book.active["D3"], book.active["E3"] = "Geb.", date(2015, 4, 3), datetime(2015, 4, 3, 14, 30)
    book.active["B6"], book.active["C6"] = True, 7.5
    book.active.merge_cells("B6:B8")
    book.create_sheet("leer")
    hidden = book.create_sheet("alt")
    hidden.sheet_state, hidden["A1"] = "hidden", "01067"
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(saved(book))

    read = old_lists.read(path)

    assert [(found.name, found.hidden) for found in read.sheets] == [("Liste", False), ("alt", True)]
    first = read.sheets[0]
    assert [(row.number, row.cells) for row in first.rows] == [
        (3, (None, None, "Geb.", date(2015, 4, 3), "03.04.2015 14:30")),
        (6, (None, True, 7.5)),
    ]
    assert first.merged == (Merged(6, 1, 8, 1),)
    assert first.address(3, 3) == "Liste!D3"
    assert read.sheets[1].rows[0].cells == ("01067",)


def test_marks_numbers_and_words_are_told_apart(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([True, 1, "1", "  Achtung! <!DOCTYPE  ", 1234567890123456, "   ", False, 0])
    book.active.append([1, True, "1", 0, False, 1.5])
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(saved(book))
    first, second = (row.cells for row in old_lists.read(path).sheets[0].rows)
    assert first == (True, 1.0, "1", "Achtung! <!DOCTYPE", "1234567890123456.0", None, False, 0.0)
    assert second == (1.0, True, "1", 0.0, False, 1.5)
    assert [type(cell) for cell in (*first, *second)] == [
        bool, float, str, str, str, type(None), bool, float,
        float, bool, str, float, bool, float,
    ]  # fmt: skip


def test_formulas_are_not_run_and_give_their_last_result(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><f>1+1</f><v>5</v></c><c r="B1" t="str"><f>HYPERLINK("http://x")</f><v>hin</v></c></row>'
    )
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(with_part(SHEET, sheet(cells)))
    assert old_lists.read(path).sheets[0].rows[0].cells == (5.0, "hin")


def test_days_of_old_macs_are_the_days_that_were_meant(tmp_path: Path) -> None:
    book = a_book()
    book.epoch = CALENDAR_MAC_1904
    path = tmp_path / "Liste.xlsx"
    path.write_bytes(saved(book))
    read = old_lists.read(path)
    assert read.from_1904
    assert read.sheets[0].rows[1].cells[1] == date(2015, 4, 3)


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "Liste.xlsx"
    path.write_bytes("Name;PLZ\nMüller;01067\n".encode("cp1252"))
    read = old_lists.read(path)
    assert [row.cells for row in read.sheets[0].rows] == [("Name", "PLZ"), ("Müller", "01067")]
    assert read.sheets[0].address(2, 1) == "B2"
    assert len(read.sha256) == 64


def test_reading_can_be_cancelled_and_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Liste.csv"
    path.write_text("Name;Ort\n" + "Haddad;Mülheim\n" * 3000, encoding="utf-8")
    told: list[tuple[int, int]] = []
    old_lists.read(path, lambda done, total: told.append((done, total)))
    assert told[-1] == (3001, 3001)

    def stop(_done: int, _total: int) -> None:
        raise ExportCancelled

    with pytest.raises(ExportCancelled):
        old_lists.read(path, stop)


def a_child(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "print('no json')",
        "print('[1]')",
        "print('{\"lines\": [[1, [1]]]}')",
        'print(\'{"sheet": "x", "hidden": false, "rows": 1, "merged": []}\\n{"lines": [[1, [{}]]]}\')',
        'print(\'{"sheet": "x", "hidden": false, "rows": 1, "merged": []}\\n{"lines": [[0, ["a"]]]}\')',
        "import os; os.abort()",
    ],
)
def test_whatever_the_reading_process_does_only_refuses_the_file(program: str, tmp_path: Path) -> None:
    path = tmp_path / "Liste.csv"
    path.write_text("Name;Ort\n", encoding="utf-8")
    with pytest.raises(StrangeTable, match="nicht als Liste lesen"):
        old_lists.read(path, command=a_child(program))


def test_a_reading_process_that_falls_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, pid = tmp_path / "Liste.csv", tmp_path / "pid"
    path.write_text("Name;Ort\n", encoding="utf-8")
    monkeypatch.setattr(reading_process, "_SILENT_AT_MOST", 0.2)
    hangs = (
        "import os, time; open(%r, 'w').write(str(os.getpid())); print('{\"ready\": true}', flush=True); time.sleep(99)"
    )
    with pytest.raises(StrangeTable):
        old_lists.read(path, command=a_child(hangs % str(pid)))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_reading_process_that_waits_reads_the_next_file_and_ends_with_it() -> None:
    reader = old_lists.Reader()
    reader.prepare()
    waiting = reader._process
    assert waiting is not None
    reader.prepare()
    assert reader._process is waiting
    assert reader.read(b"Name;Ort\nHaddad;Essen\n").sheets[0].rows[1].cells == ("Haddad", "Essen")
    assert not waiting.alive
    assert reader.read(b"Name;Ort\nKaya;Essen\n").sheets[0].rows[1].cells == ("Kaya", "Essen")


def test_a_reading_process_that_died_while_it_waited_is_replaced() -> None:
    reader = old_lists.Reader()
    reader.prepare()
    assert reader._process is not None
    reader._process._process.kill()
    reader._process._process.wait()
    assert reader.read(b"Name;Ort\nHaddad;Essen\n").row_count == 2


def test_a_waiting_reading_process_ends_with_the_program(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    dies = (
        "import os; from desk_app.documents.old_lists import Reader\n"
        "reader = Reader(); reader.prepare()\n"
        "open(%r, 'w').write(str(reader._process._process.pid)); os._exit(1)"
    )
    subprocess.run(a_child(dies % str(said)), check=False)
    ends = time.monotonic() + 20
    while is_there(int(said.read_text())):
        assert time.monotonic() < ends
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and ") Z " in state.read_text())  # dead, but nobody has asked yet


def test_the_reading_process_knows_no_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRITTSTEIN_PASSPHRASE", "Lampe Wiese Trommel 77")
    path = tmp_path / "Liste.csv"
    path.write_text("Name;Ort\n", encoding="utf-8")
    tells = (
        "import json, os\n"
        "print(json.dumps({'sheet': str(dict(os.environ)), 'hidden': False, 'rows': 1, 'merged': []}))\n"
        'print(\'{"lines": [[1, ["a"]]]}\'); print(\'{"done": true}\')'
    )
    assert "Wiese" not in old_lists.read(path, command=a_child(tells)).sheets[0].name


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is another there")
def test_the_reading_process_is_held_to_its_memory() -> None:
    greedy = "from desk_app.documents.old_lists_limits import hold_memory; hold_memory(); bytearray(400_000_000)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.tuples(st.integers(0, 4800), st.binary(min_size=1, max_size=8))))
def test_no_bytes_break_the_reading(noise: bytes | tuple[int, bytes]) -> None:
    if isinstance(noise, tuple):
        place, change = noise
        content = bytearray(SOUND)
        content[place : place + len(change)] = change
        noise = bytes(content)
    told = BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_child, "hold_memory", lambda: None)
        assert old_lists_child.serve(BytesIO(noise), told) == 0
    assert told.getvalue().splitlines()[-1].startswith((b'{"done"', b'{"refused"'))


SOUND = saved(a_book())
