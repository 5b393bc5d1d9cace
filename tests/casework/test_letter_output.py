"""Letters that leave as a file: entered in the ledger as shipments to the family, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from builders import TODAY, StoredFamily
from sending import pdf_text, placed, second_person
from sqlalchemy import select

from desk_app.casework import ledger, letter_output, preview, retraction, school_files, shipments
from desk_app.casework.desk import Desk
from desk_app.casework.letter_output import Saved, Wanted
from desk_app.domain.errors import DiskFull, TargetGone
from desk_app.domain.letters import Letter
from desk_app.domain.roles import Role
from desk_app.storage.tables import AuditEntry, Sending, SendingItem, Shipment


@pytest.fixture
def family(desk: Desk) -> StoredFamily:
    return desk.do(placed)[0]


def wanted(family: StoredFamily, letter: Letter = Letter.ASSIGNMENT) -> Wanted:
    return Wanted(letter, family.household, family.child, TODAY + timedelta(days=7), "de")


def save(desk: Desk, family: StoredFamily, folder: Path) -> Saved:
    return desk.do(lambda work: letter_output.save(work, wanted(family), folder))[0]


def test_a_saved_letter_is_a_shipment_to_the_family_that_needs_no_passphrase(
    desk: Desk, family: StoredFamily, tmp_path: Path
) -> None:
    saved = save(desk, family, tmp_path)
    assert "Gemeinschaftsgrundschule Am Sunderplatz" in pdf_text(saved.path)
    (line,) = desk.do(shipments.shipments)[0]
    assert (line.number, line.office, line.purpose) == ("2026-11-26-01", "die Familie", "Brief")
    assert (line.requests, line.files, line.encrypted) == (1, (saved.path.name,), False)
    (item,) = desk.do(lambda work: list(work.session.scalars(select(SendingItem))))[0]
    assert item.request_id == family.request
    assert "Am Sunderplatz" in str(item.content)
    (sending,) = desk.do(lambda work: list(work.session.scalars(select(Sending))))[0]
    assert (sending.kind, sending.recipient) == ("letter", "family")
    deeds = desk.do(lambda work: list(work.session.scalars(select(AuditEntry.deed))))[0]
    assert deeds.count("letter.written") == 1
    assert "shipment.unprotected" not in deeds, "it is the family's own"


def test_the_story_of_the_request_tells_the_letter(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    touched = desk.do(lambda work: letter_output.save(work, wanted(family), tmp_path))[1]
    assert "placements" in touched, "who looks at the request reads it again"
    (paper,) = desk.do(lambda work: preview.page(work, family.request, 0, 400))[0].papers
    assert (paper.day, paper.what, paper.to) == (TODAY, "Brief", "die Familie")
    assert paper.by


def test_a_letter_tells_no_office_and_no_school(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    save(desk, family, tmp_path)
    assert desk.do(lambda work: ledger.recipients_to_tell(work, family.request))[0] == ()
    assert desk.do(retraction.due)[0] == ()
    assert desk.do(school_files.sets_due)[0] == {"103780": (family.request,)}


def test_reception_may_save_a_letter_too(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    person, _words = second_person(desk, "Empfang Eins", Role.RECEPTION)
    save(replace(desk, user=person), family, tmp_path)
    assert desk.do(shipments.shipments)[0][0].by == "Empfang Eins"


def test_where_the_folder_is_gone_nothing_is_entered(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    with pytest.raises(TargetGone):
        save(desk, family, tmp_path / "weg")
    assert desk.do(shipments.shipments)[0] == ()


def test_a_letter_that_cannot_be_entered_is_taken_away_again(desk: Desk, family: StoredFamily, tmp_path: Path) -> None:
    folder = tmp_path / "Stick"
    folder.mkdir()

    def deed(work: object) -> None:
        letter_output.save(work, wanted(family), folder)  # type: ignore[arg-type]  # the desk gives the work
        assert list(folder.iterdir())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.do(deed)
    assert list(folder.iterdir()) == []
    kept: list[UUID] = desk.do(lambda work: list(work.session.scalars(select(Shipment.id))))[0]
    assert kept == []


def test_no_letter_stays_in_the_folder_when_its_shipment_cannot_be_entered(
    desk: Desk, family: StoredFamily, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_wishes: object) -> Shipment:
        raise DiskFull

    monkeypatch.setattr(letter_output, "begin", full)
    with pytest.raises(DiskFull):
        save(desk, family, tmp_path)
    assert not list(tmp_path.glob("*.pdf"))
