"""The words at the foot of the rail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desk_app.casework.backup_rules import BackupStatus, Failure, Kind, Place, Tone
from desk_app.presenters.backup_line import Remedy, line

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
THIS_MORNING = datetime(2026, 11, 26, 6, 58, tzinfo=UTC)


def _status(kind: Kind, tone: Tone = Tone.DUE, **facts: Any) -> BackupStatus:
    known = {"place": Place.AWAY, "at": THIS_MORNING, "failure": None, "drilled_at": None}
    return BackupStatus(kind, tone, **{**known, **facts})


def test_a_backed_up_desk_says_when() -> None:
    said = line(_status(Kind.FINE, Tone.FINE, drilled_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC)), NOW)
    assert (said.words, said.tone, said.remedy, said.button) == ("Gesichert heute 7:58", "text2", None, "")
    assert said.detail == "Letzte Sicherung am zweiten Ort: heute 7:58\nZurückholen geprobt: Fr, 20.11."


@pytest.mark.parametrize(
    ("status", "words", "remedy"),
    [
        (_status(Kind.LATE), "Zuletzt gesichert heute 7:58", Remedy.BACK_UP),
        (_status(Kind.LATE, at=None), "Noch nicht gesichert", Remedy.BACK_UP),
        (_status(Kind.NO_SECOND_PLACE), "Zweite Sicherung fehlt", Remedy.CHOOSE),
        (_status(Kind.SAME_DEVICE), "Beide Sicherungen liegen auf derselben Festplatte", Remedy.CHOOSE),
        (_status(Kind.DRILL_FAILED), "Eine Sicherung ließ sich nicht zurückholen", Remedy.BACK_UP),
        (_status(Kind.FAILED, failure=Failure.GONE), "Zweite Sicherung nicht erreichbar", Remedy.BACK_UP),
        (_status(Kind.FAILED, failure=Failure.GONE, place=Place.HERE), "Nicht gesichert", Remedy.BACK_UP),
        (_status(Kind.FAILED, failure=Failure.FULL), "Nicht gesichert: Datenträger voll", Remedy.BACK_UP),
        (_status(Kind.FAILED, failure=Failure.UNSOUND), "Nicht gesichert: Kopie stimmte nicht", Remedy.BACK_UP),
        (_status(Kind.FAILED), "Nicht gesichert", Remedy.BACK_UP),
    ],
)
def test_what_is_amiss_is_said_with_a_way_out(status: BackupStatus, words: str, remedy: Remedy) -> None:
    said = line(status, NOW)
    assert (said.words, said.tone, said.remedy) == (words, "warn", remedy)
    assert said.button == {"back_up": "Jetzt sichern", "choose": "Ordner wählen"}[remedy]


def test_after_three_working_days_it_is_red() -> None:
    assert line(_status(Kind.LATE, Tone.ALARM), NOW).tone == "bad"
