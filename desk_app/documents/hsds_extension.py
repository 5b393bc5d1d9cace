"""What the Human Services Data Specification has no room for, in one key of each object: ``x_trittstein``.

The schemas of HSDS 3.0 permit further properties ("Extending HSDS"), so validators and other programs pass over it.
The key holds only what reading the rest of the object would not give back. Where somebody changed the rest, that
counts: what the key says about the same fact is then out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from desk_app.domain.centre import Json

KEY: Final = "x_trittstein"

_View = Callable[[Json], Any]
Views = Mapping[str, _View]
"""What of an HSDS object tells the fact under this key of ours."""


def missing_in(plain: Json, content: Json) -> Json:
    """The extension for an object that reads as ``plain`` and should read as ``content``; {} where it does."""
    facts = {key: value for key, value in content.items() if key not in plain or plain[key] != value}
    without = sorted(plain.keys() - content.keys())
    return {**({"facts": facts} if facts else {}), **({"without": without} if without else {})}


def completed(plain: Json, there: Json, views: Views, write: Callable[[Json], Json]) -> Json:
    """What the object ``there`` means, which reads as ``plain``; ``write`` makes such an object of what it means."""
    extension = there.get(KEY)
    if not isinstance(extension, dict):
        return plain
    facts, without = extension.get("facts", {}), extension.get("without", [])
    whole = {key: value for key, value in {**plain, **facts}.items() if key not in without}
    again = write(whole)
    for key in {*facts, *without}:
        view = views.get(key)
        if view is not None and _bare(view(again)) != _bare(view(there)):
            whole.pop(key, None)
            if key in plain:
                whole[key] = plain[key]
    return whole


def _bare(value: Any) -> Any:
    """Without ids, which other programs give anew, without what is empty, and without our own key."""
    if isinstance(value, dict):
        kept = {key: _bare(each) for key, each in value.items() if key != "id" and not key.endswith("_id")}
        kept.pop(KEY, None)
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else value
