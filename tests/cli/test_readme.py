"""The README names every verb and every option of the console command, and none that does not exist."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from desk_app.cli.main import parser

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def parsers(found: argparse.ArgumentParser, words: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb in full ("export requests") with its parser; the whole command is the empty verb."""
    yield words, found
    for action in found._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                yield from parsers(verb, f"{words} {name}".strip())


def section() -> str:
    """What the README says about the console command."""
    found = re.search(r"## The console command\n(.*?)\n## ", README, re.DOTALL)
    assert found is not None
    return found[1]


def options(found: argparse.ArgumentParser) -> set[str]:
    return {word for action in found._actions for word in action.option_strings if word.startswith("--")}


def test_every_verb_is_in_the_readme() -> None:
    # "export" alone does nothing
    verbs = {words for words, found in parsers(parser()) if words and not found._subparsers}
    assert verbs == {"demo", "screens", "export requests", "export schools", "check", "restore"}
    assert [verb for verb in verbs if not re.search(rf"`{verb}[ `]", section())] == []


def test_every_option_is_in_the_readme() -> None:
    known = {option for _words, found in parsers(parser()) for option in options(found)}
    assert [option for option in sorted(known) if not re.search(rf"`[^`]*{option}\b[^`]*`", section())] == []


def test_the_readme_names_no_option_that_does_not_exist() -> None:
    known = {option for _words, found in parsers(parser()) for option in options(found)}
    assert set(re.findall(r"--[a-z][a-z-]*", section())) <= known
