"""Loading what the desk needs before anybody needs it: for a thread behind the lock screen."""

from __future__ import annotations

from sqlalchemy.orm import configure_mappers

from desk_app.casework import exports, families, intake, overview, placements
from desk_app.storage import vault

__all__ = ["exports", "families", "intake", "overview", "placements", "up", "vault"]


def up() -> None:
    """Importing this module did most of it; the first query then finds its mappers ready."""
    configure_mappers()
