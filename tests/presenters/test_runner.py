"""Ways to have deeds done."""

from __future__ import annotations

from typing import Any

import pytest

from desk_app.presenters.runner import InlineRunner, LaterRunner


def nobody(_value: object) -> None:
    raise AssertionError("this way of going on was not expected")


def test_a_later_runner_does_deeds_by_the_one_that_came() -> None:
    later, answers = LaterRunner(), list[Any]()
    later.runner = InlineRunner(lambda deed: (deed("the work"), frozenset()))
    later.run(lambda work: work, answers.append, nobody)
    assert answers == ["the work"]


def test_nothing_is_asked_of_a_store_that_is_not_open() -> None:
    with pytest.raises(RuntimeError, match="before the store was open"):
        LaterRunner().run(lambda work: work, nobody, nobody)
