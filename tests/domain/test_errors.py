"""Each fault of the world has its own short German message."""

from __future__ import annotations

import re

import pytest

from desk_app.domain import errors
from desk_app.domain.errors import WorldError

ALL = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, WorldError)),
    key=lambda kind: kind.__name__,
)


def a(kind: type[WorldError]) -> WorldError:
    return errors.TooSoon(8) if kind is errors.TooSoon else kind()


@pytest.mark.parametrize("kind", ALL)
def test_it_says_in_at_most_three_sentences_what_happened_and_what_to_do(kind: type[WorldError]) -> None:
    message = str(a(kind))
    assert message == a(kind).message
    assert message.endswith(".")
    assert len(re.findall(r"[.!?](?:\s|$)", message)) <= 3
    assert len(message) <= 240


def test_a_message_of_its_own_takes_the_place_of_the_default() -> None:
    assert str(errors.DiskFull("Der Stick ist voll.")) == "Der Stick ist voll."


def test_every_fault_of_the_store_says_what_became_of_the_data() -> None:
    silent = {errors.StoreError, errors.PassphraseTooWeak}
    for kind in ALL:
        if issubclass(kind, errors.StoreError) and kind not in silent:
            assert re.search(r"nichts (angelegt|geändert)|nicht angerührt", str(a(kind))), kind
