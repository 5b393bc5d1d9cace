"""Very many keys, kept as the text this database holds them as: to make each one takes longer than to read them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload
from uuid import UUID

from sqlalchemy import Select, String, type_coerce
from sqlalchemy.orm import Session


class Keys(Sequence[UUID]):
    """Very many keys, made from the text the store holds them as when somebody wants one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> UUID: ...

    @overload
    def __getitem__(self, place: slice) -> Keys: ...

    def __getitem__(self, place: int | slice) -> UUID | Keys:
        return Keys(self._texts[place]) if isinstance(place, slice) else UUID(self._texts[place])

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The position of a key. Raises ``ValueError`` where it is not among them."""
        return self._texts.index(value.hex, start, len(self) if stop is None else stop)


def keys_as_kept(session: Session, query: Select[UUID]) -> Keys:
    """What a query for one column of keys finds, in its order."""
    (key,) = query.selected_columns
    return Keys(session.connection().execute(query.with_only_columns(type_coerce(key, String))).scalars().all())
