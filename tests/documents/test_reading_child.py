"""What a process does around the foreign file it takes apart: limits first, and always a last line."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from desk_app.documents import reading_child
from desk_app.documents.reading_child import RefusedError, Tell


class Panic(BaseException):
    """As a library that is not written in Python gives up."""


def said(content: bytes, read: Callable[[bytes, Tell], None]) -> list[dict[str, Any]]:
    target = BytesIO()
    assert reading_child.serve(BytesIO(content), target, 5, read) == 0
    return [json.loads(line) for line in target.getvalue().splitlines()]


@pytest.fixture
def unheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_child, "hold_memory", lambda: None)


def test_it_is_held_to_its_limits_before_it_sees_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    class Source(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            steps.append("file")
            return super().read(size)

    monkeypatch.setattr(reading_child, "hold_memory", lambda: steps.append("limits"))
    reading_child.serve(Source(b"x"), BytesIO(), 5, lambda _content, _tell: steps.append("read"))
    assert steps == ["limits", "file", "read"]


@pytest.mark.usefixtures("unheld")
def test_it_says_that_it_is_ready_what_it_found_and_that_it_is_done() -> None:
    lines = said(b"12345", lambda content, tell: tell({"found": content.decode()}))
    assert lines == [{"ready": True}, {"found": "12345"}, {"done": True}]


@pytest.mark.usefixtures("unheld")
def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    assert said(b"123456", lambda _content, tell: tell({"found": 1})) == [{"ready": True}, {"refused": "too_large"}]


@pytest.mark.usefixtures("unheld")
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RefusedError("empty"), "empty"),
        (MemoryError(), "too_large"),
        (ValueError("Haddad"), "strange"),
        (RecursionError(), "strange"),
        (Panic("Haddad"), "strange"),
    ],
)
def test_whatever_goes_wrong_is_a_refusal_without_words_of_the_file(error: BaseException, reason: str) -> None:
    def read(_content: bytes, tell: Tell) -> None:
        tell({"found": 1})
        raise error

    assert said(b"1", read) == [{"ready": True}, {"found": 1}, {"refused": reason}]
