"""Blickschutz: whether what is personal is covered on screen, and the one place every painted text goes through."""

from __future__ import annotations

from collections.abc import Callable

Cover = Callable[[str], str]

_cover: Cover | None = None


def covered(words: str) -> str:
    """The words as they may be shown now: as they are, or with initials and dots in place of what is personal."""
    return words if _cover is None else _cover(words)


def is_on() -> bool:
    return _cover is not None


def current() -> Cover | None:
    """What covers now: pictures of covered words hold only as long as it stays the same."""
    return _cover


def use(cover: Cover | None) -> None:
    """Cover texts from now on, or (``None``) no longer. Whoever calls this also repaints."""
    global _cover
    _cover = cover
