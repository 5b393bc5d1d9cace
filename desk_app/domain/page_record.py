"""Pages as JSON and back, so that what a family was given can be printed again exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from desk_app.domain.centre import Json
from desk_app.domain.letter_page import LetterPage

_Reader = Callable[[Any], Any]


def to_json(page: LetterPage) -> Json:
    """All that stands on a page, without what is empty."""
    return cast("Json", _plain(page))


def from_json(content: Json) -> LetterPage:
    """Reads what ``to_json`` wrote; what a newer version added is passed over. Raises ``ValueError``."""
    try:
        return cast("LetterPage", _reader(LetterPage)(content))
    except (TypeError, AttributeError, KeyError) as fault:
        raise ValueError("not a page") from fault


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        shown = {item.name: (getattr(value, item.name), item.default) for item in fields(value)}
        return {name: _plain(each) for name, (each, default) in shown.items() if default is MISSING or each != default}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


@cache
def _reader(hint: Any) -> _Reader:
    """What turns a JSON value into a value of the kind."""
    if get_origin(hint) in (Union, UnionType):
        return _any_of(tuple(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        item = _reader(get_args(hint)[0])
        return lambda value: tuple(map(item, value))
    if hint is datetime:
        return datetime.fromisoformat
    if is_dataclass(hint):
        readers = {name: _reader(kind) for name, kind in get_type_hints(hint).items()}
        make = cast("Callable[..., Any]", hint)
        return lambda value: make(**{name: readers[name](each) for name, each in value.items() if name in readers})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return lambda value: value


def _any_of(kinds: tuple[Any, ...]) -> _Reader:
    """The first of several kinds that can take a value."""
    readers = [_reader(kind) for kind in kinds]

    def read(value: Any) -> Any:
        for reader in readers[:-1]:
            try:
                return reader(value)
            except ValueError:
                continue
        return readers[-1](value)

    return read
