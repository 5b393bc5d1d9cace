"""The words at the foot of the rail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desk_app.casework.backup_rules import BackupStatus, Failure, Kind, Place, Tone
from desk_app.casework.care import Finding, Health, Part, Room, Standing
from desk_app.presenters.backup_line import Line, Remedy, lines

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)
THIS_MORNING = datetime(2026, 11, 26, 6, 58, tzinfo=UTC)
A_WEEK_AGO = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PLENTY = Room(80_000_000_000, low=False, reserve=True)


def _standing(kind: Kind, tone: Tone = Tone.DUE, *, health: Health | None = None, room: Room = PLENTY, **facts: Any):
    known = {"place": Place.AWAY, "at": THIS_MORNING, "failure": None, "drilled_at": None}
    return Standing(BackupStatus(kind, tone, **{**known, **facts}), health, room)


def _line(kind: Kind, tone: Tone = Tone.DUE, **facts: Any) -> Line:
    (found,) = lines(_standing(kind, tone, **facts), NOW)
    return found


def test_a_backed_up_desk_says_when_and_when_bringing_back_was_rehearsed() -> None:
    backed_up, rehearsed = lines(_standing(Kind.FINE, Tone.FINE, drilled_at=A_WEEK_AGO), NOW)
    assert (backed_up.words, backed_up.tone, backed_up.symbol) == ("Gesichert heute 7:58", "ok", "shield-check")
    assert backed_up.detail.splitlines()[0] == "Letzte Sicherung am zweiten Ort: heute 7:58"
    assert (rehearsed.words, rehearsed.tone) == ("Probe Fr, 20.11.", "text2")
    assert {backed_up.remedy, rehearsed.remedy} == {Remedy.SHOW}


@pytest.mark.parametrize(
    ("kind", "facts", "words", "remedy"),
    [
        (Kind.LATE, {}, "Gesichert heute 7:58", Remedy.BACK_UP),
        (Kind.LATE, {"at": None}, "Noch nicht gesichert", Remedy.BACK_UP),
        (Kind.NO_SECOND_PLACE, {}, "Zweiter Ort fehlt", Remedy.CHOOSE),
        (Kind.SAME_DEVICE, {}, "Nur eine Festplatte", Remedy.CHOOSE),
        (Kind.DRILL_FAILED, {}, "Probe misslungen", Remedy.BACK_UP),
        (Kind.DRILL_LATE, {"drilled_at": A_WEEK_AGO}, "Probe steht aus", Remedy.BACK_UP),
        (Kind.FAILED, {"failure": Failure.GONE}, "Zweiter Ort nicht da", Remedy.BACK_UP),
        (Kind.FAILED, {"failure": Failure.GONE, "place": Place.HERE}, "Nicht gesichert", Remedy.BACK_UP),
        (Kind.FAILED, {"failure": Failure.FULL}, "Nicht gesichert: voll", Remedy.BACK_UP),
        (Kind.FAILED, {"failure": Failure.READ_ONLY}, "Nicht gesichert: gesperrt", Remedy.BACK_UP),
        (Kind.FAILED, {"failure": Failure.UNSOUND}, "Nicht gesichert", Remedy.BACK_UP),
        (Kind.FAILED, {}, "Nicht gesichert", Remedy.BACK_UP),
    ],
)
def test_what_is_amiss_is_said_with_a_reason_and_a_way_out(
    kind: Kind, facts: dict[str, Any], words: str, remedy: Remedy
) -> None:
    said = _line(kind, **facts)
    assert (said.words, said.tone, said.remedy) == (words, "warn", remedy)
    reason, last, pressing = said.detail.splitlines()
    assert reason.endswith((".", "?"))
    assert last.startswith("Letzte Sicherung")
    assert pressing == {"back_up": "Anklicken sichert jetzt.", "choose": "Anklicken wählt einen Ordner."}[remedy]


def test_after_three_working_days_it_is_red() -> None:
    assert _line(Kind.LATE, Tone.ALARM).tone == "bad"


def test_a_failed_check_comes_first_and_is_red_with_its_sentence() -> None:
    found = Health(NOW, (Finding(Part.PAGES, True, "Gut."), Finding(Part.CIPHERTEXT, False, "Seiten verändert.")))
    first, second = lines(_standing(Kind.FINE, Tone.FINE, health=found), NOW)
    assert (first.words, first.tone, first.remedy) == ("Prüfung mit Befund", "bad", Remedy.SHOW)
    assert first.detail.splitlines()[0] == "Seiten verändert."
    assert second.words.startswith("Gesichert")


@pytest.mark.parametrize(
    ("reserve", "words", "tone"), [(True, "Wenig Platz: 430 MB", "warn"), (False, "Festplatte voll", "bad")]
)
def test_little_room_is_amber_and_a_used_up_reserve_red(reserve: bool, words: str, tone: str) -> None:
    said = lines(_standing(Kind.FINE, Tone.FINE, room=Room(430_000_000, low=True, reserve=reserve)), NOW)[0]
    assert (said.words, said.tone) == (words, tone)
    assert "430 MB frei" in said.detail


def test_every_short_text_fits_the_rail() -> None:
    """Some twenty letters; what is longer would lose its end."""
    said = [lines(_standing(kind, at=at, failure=failure), NOW)[0].words
            for kind in Kind for at in (THIS_MORNING, None) for failure in (None, *Failure)]  # fmt: skip
    assert [words for words in said if len(words) > 25] == []
