"""The catalogue names tests that exist."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from harness.catalogue import CATALOGUE

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("promise", CATALOGUE)
def test_every_test_named_for_a_promise_exists(promise: str) -> None:
    for named in CATALOGUE[promise]:
        file, name = named.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert name in {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}, named
