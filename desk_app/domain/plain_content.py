"""Frozen records as JSON and back, without loss: what a newer version wrote and this one does not know is kept.

Empty values are left out. A value that is not of the kind this version expects is kept in ``more`` as it stands, so
that saving again loses nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from desk_app.domain.centre import Json

_MORE = "more"
_Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Content:
    """A record of texts, whole numbers, days, ids, records of this kind, and tuples of these."""

    more: Json = field(default_factory=dict, hash=False, kw_only=True)
    """What a newer version of the program wrote and this one does not know."""

    def to_content(self) -> Json:
        """As JSON values; what is empty is left out, what was not understood is put back."""
        content = dict(self.more)
        for name, default in _shape_of(type(self)).defaults.items():
            value = getattr(self, name)
            if value != default:
                content[name] = _plain(value)
        return content

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """Reads what ``to_content`` wrote. Raises ValueError where a value that must be there is not, or of no use."""
        shape = _shape_of(cls)
        known: dict[str, Any] = {}
        more: Json = {}
        for name, value in content.items():
            try:
                known[name] = shape.readers[name](value)
            except (KeyError, ValueError, TypeError, AttributeError):
                more[name] = value
        missing = [name for name, default in shape.defaults.items() if default is MISSING and name not in known]
        if missing:
            raise ValueError(f"{cls.__name__}: {', '.join(missing)}")
        return cls(**known, more=more)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a kind of record: how each is read, and what it is when nothing is known (or MISSING)."""

    readers: Mapping[str, _Reader]
    defaults: Mapping[str, Any]


def _shape_of(kind: object) -> _Shape:
    return _shape(kind)


@cache
def _shape(kind: type[Content]) -> _Shape:
    hints = get_type_hints(kind)
    names = {item.name: item.default for item in fields(kind) if item.name != _MORE}
    return _Shape({name: _reader(hints[name]) for name in names}, names)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Content):
        return value.to_content()
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _reader(hint: Any) -> _Reader:
    """What turns a JSON value into a value of the kind, or raises ValueError, TypeError or AttributeError."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        item = _reader(get_args(hint)[0])
        return lambda value: tuple(item(each) for each in _exactly(value, list))
    if hint is UUID:
        return UUID
    if hint is date:
        return date.fromisoformat
    if issubclass(hint, Content):
        return lambda value: hint.from_content(_exactly(value, dict))
    return lambda value: _exactly(value, hint)


def _exactly(value: Any, kind: type) -> Any:
    # a bool would pass for an int, and come back as one
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value
