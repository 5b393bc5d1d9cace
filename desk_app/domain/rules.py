"""Rules of law and office as data: each with the time it holds for, its source, and whether it was verified.

The numbers stand in resources/code_lists/*.json so that a change in the law is a change in one line, and so that the
program can say where a number comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk_app import assets


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of law or office practice."""

    key: str
    value: int
    unit: str
    valid_from: date | None
    """None: since before anything the program calculates."""
    valid_to: date | None
    """Last day on which it holds; None: until further notice."""
    source: str
    verified: bool
    """Whether the number was found in the named source itself, rather than in practice or second hand."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one file, in the order of the file."""

    rules: tuple[Rule, ...]
    as_of: date

    def rule(self, key: str, day: date) -> Rule:
        """The rule that holds on `day`; KeyError for a key without any.

        Outside the time that the file knows, the nearest rule stands in: neither an old date in a field nor a wrong
        clock may stop the desk.
        """
        known = sorted((rule for rule in self.rules if rule.key == key), key=lambda rule: rule.valid_from or date.min)
        if not known:
            raise KeyError(key)
        begun = [rule for rule in known if rule.valid_from is None or rule.valid_from <= day]
        return begun[-1] if begun else known[0]

    def value(self, key: str, day: date) -> int:
        """The number of that rule."""
        return self.rule(key, day).value


def load_rules(name: str) -> Rules:
    """Reads resources/code_lists/`name`. Raises ValueError if two rules of one key hold at the same time."""
    content = json.loads(assets.read_text("code_lists", name))
    rules = tuple(
        Rule(
            key=entry["key"],
            value=int(entry["value"]),
            unit=entry["unit"],
            valid_from=_day(entry["valid_from"]),
            valid_to=_day(entry["valid_to"]),
            source=entry["source"],
            verified=bool(entry["verified"]),
            note=entry.get("note", ""),
        )
        for entry in content["rules"]
    )
    check_no_overlap(rules)
    return Rules(rules, date.fromisoformat(content["as_of"]))


def check_no_overlap(rules: Iterable[Rule]) -> None:
    """Raises ValueError if two rules of one key hold on the same day."""
    last_days: dict[str, date] = {}
    for rule in sorted(rules, key=lambda rule: (rule.key, rule.valid_from or date.min)):
        if rule.key in last_days and (rule.valid_from or date.min) <= last_days[rule.key]:
            raise ValueError(f"two rules {rule.key} hold on {rule.valid_from}")
        last_days[rule.key] = rule.valid_to or date.max


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
