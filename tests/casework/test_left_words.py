"""Notes that were typed and not entered lie in the store for their author."""

from __future__ import annotations

from desk_app.casework import left_words
from desk_app.casework.desk import Desk


def test_a_note_is_there_again_until_it_is_wiped(desk: Desk) -> None:
    desk.do(lambda work: left_words.keep(work, "outcome/1", "Frau Ilgin ruft zurück"))
    desk.do(lambda work: left_words.keep(work, "gap", "Schwimmkurs"))
    assert desk.do(lambda work: left_words.read(work, "outcome/1"))[0] == "Frau Ilgin ruft zurück"
    desk.do(lambda work: left_words.keep(work, "outcome/1", " "))
    assert desk.do(lambda work: left_words.read(work, "outcome/1"))[0] == ""
    assert desk.do(lambda work: left_words.read(work, "gap"))[0] == "Schwimmkurs"
