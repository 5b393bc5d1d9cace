"""Files of offers from outside: read in a process of their own, which may die of them."""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from offer_exchanging import TODAY, a_place, collection, written
from offer_samples import COURSE, FURNITURE, HOUSE, WELFARE

from desk_app.documents import offer_files, offer_files_child, reading_child
from desk_app.documents.offer_files_limits import MOST_BYTES, MOST_OFFERS
from desk_app.domain.errors import ImportStopped, StrangeTable
from desk_app.domain.offer_exchange import Arrived, FileKind

DIRECTORY = collection((COURSE, FURNITURE), HOUSE, WELFARE)
KINDS = (FileKind.HSDS_JSON, FileKind.HSDS_TABLES, FileKind.XLSX)


def read(content: bytes, folder: Path, *command: str) -> Arrived:
    path = folder / "Angebote"
    path.write_bytes(content)
    return offer_files.read(path, TODAY, command=command)


def saying(*lines: str) -> tuple[str, ...]:
    """A process that says just these lines."""
    return (sys.executable, "-c", f"import sys; sys.stdin.buffer.read(); print({chr(10).join(lines)!r})")


@pytest.mark.parametrize("kind", KINDS)
def test_the_content_says_what_a_file_is(kind: FileKind, tmp_path: Path) -> None:
    arrived = read(written(DIRECTORY, kind), tmp_path)
    assert arrived.kind is kind
    assert [came.offer for came in arrived.offers] == [COURSE, FURNITURE]
    assert arrived.organisations == {WELFARE.id: WELFARE}
    assert arrived.venues == {HOUSE.id: HOUSE}


def test_places_of_integreat_are_told_from_services(tmp_path: Path) -> None:
    arrived = read(json.dumps([a_place()]).encode("utf-8-sig"), tmp_path)
    assert (arrived.kind, arrived.as_of) == (FileKind.INTEGREAT, date(2026, 10, 5))


def _bomb() -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        package.writestr("services.csv", "id,name,status\n" + " " * 90_000_000)
    return target.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("too large", lambda: b"[" + b" " * MOST_BYTES, "viel größer als erwartet"),
    ("too many", lambda: json.dumps([{"id": str(n), "name": "A", "status": "active"}
                                     for n in range(MOST_OFFERS + 1)]).encode(), "viel größer als erwartet"),
    ("a bomb", _bomb, "viel größer als erwartet"),
    ("nested", lambda: b'[{"id":"1","name":"A","status":"active","x":' + b"[" * 200_000 + b"]" * 200_000 + b"}]",
     "lässt sich nicht lesen"),
    ("no number", lambda: b'[{"id": "1", "name": "A", "status": "active", "minimum_age": NaN}]',
     "lässt sich nicht lesen"),
    ("half a zip", lambda: written(DIRECTORY, FileKind.HSDS_TABLES)[:900], "lässt sich nicht lesen"),
    ("no text", lambda: b"{\xff\xfe", "lässt sich nicht lesen"),
    ("nothing", lambda: b"\xef\xbb\xbf \n", "steht nichts"),
    ("something else", lambda: b'{"features": []}', "keine Angebote"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "words"), [each[1:] for each in HOSTILE], ids=[each[0] for each in HOSTILE])
def test_a_hostile_file_is_refused_in_one_sentence(content: Callable[[], bytes], words: str, tmp_path: Path) -> None:
    with pytest.raises(StrangeTable) as told:
        read(content(), tmp_path)
    assert words in told.value.message
    assert "Es wurde nichts übernommen" in told.value.message


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(StrangeTable) as told:
        offer_files.read(tmp_path / "weg.json", TODAY)
    assert told.value.message.startswith("Die Datei lässt sich nicht öffnen.")


@pytest.mark.parametrize(
    "lines",
    [
        ('{"kind":"hsds_json","as_of":""}',),
        ('{"kind":"something","as_of":""}', '{"done":true}'),
        ('{"done":true}',),
        ('{"kind":"hsds_json","as_of":""}', '{"offers":[["1",["title"],{"title":"A"},[]]]}', '{"done":true}'),
        ('{"kind":"hsds_json","as_of":""}', '{"offers":[["1",["title"],7,[]]]}', '{"done":true}'),
        ('{"kind":"hsds_json","as_of":""}', '{"left":[[1,2]]}', '{"done":true}'),
        ("kaputt",),
    ],
)
def test_what_the_other_process_says_is_not_believed(lines: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(StrangeTable):
        read(b"[]", tmp_path, *saying(*lines))


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "Angebote"
    path.write_bytes(written(DIRECTORY, FileKind.HSDS_JSON))

    def stop(_done: int, _total: int) -> None:
        raise ImportStopped

    with pytest.raises(ImportStopped):
        offer_files.read(path, TODAY, stop)


def test_no_damage_to_a_file_does_more_than_have_it_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_child, "hold_memory", lambda: None)
    chance = random.Random(7)
    ended = []
    for content in (written(DIRECTORY, kind) for kind in KINDS):
        for _round in range(40):
            damaged = bytearray(content)
            for _bit in range(chance.randint(1, 30)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            target = io.BytesIO()
            assert offer_files_child.serve(io.BytesIO(bytes(damaged)), target, TODAY) == 0
            ended.append(json.loads(target.getvalue().splitlines()[-1]))
    assert all("done" in line or "refused" in line for line in ended)
    assert {tuple(line) for line in ended} == {("done",), ("refused",)}
