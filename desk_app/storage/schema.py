"""The tables of a store: bring them up to date, or refuse a store written by a later version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, MetaData

from desk_app.domain.errors import VaultTooNew
from desk_app.storage import engine as engines

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0013"
"""The newest migration. A store that has it opens without loading Alembic."""

_SCRIPTS: Final = "desk_app.storage:migrations"


class ReferencesBroken(Exception):
    """A migration left rows pointing at nothing; it was rolled back. A bug in the migration."""


def keeps_mark(revision: str | None) -> bool:
    """Whether a store at ``revision`` counts its saves; the first one did not, and had no journal."""
    return revision != "0001"


def metadata() -> MetaData:
    """All tables as the program sees them."""
    from desk_app.storage import identity, save_mark, tables

    assert identity.store_identity.metadata is tables.Base.metadata
    assert save_mark.save_mark.metadata is tables.Base.metadata
    return tables.Base.metadata


def check(revision: str | None) -> bool:
    """Whether a store at ``revision`` must be brought up to date before use. Raises ``VaultTooNew``."""
    if revision == HEAD:
        return False
    if revision is not None and revision not in known_revisions():
        raise VaultTooNew
    return True


def known_revisions() -> frozenset[str]:
    """Every revision this version of the program can start from."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def reached(revision: str | None, target: str) -> bool:
    """Whether a store at ``revision`` has the tables of ``target`` or later ones."""
    from alembic.script import ScriptDirectory

    if revision == target:
        return True
    newest_first = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]
    return revision in newest_first[: newest_first.index(target)]


def upgrade(engine: Engine, target: str = "head") -> None:
    """Carry the store to ``target``, wholly or not at all. An empty database gets all its tables."""
    from alembic import command

    _run(engine, lambda settings: command.upgrade(settings, target))


def downgrade(engine: Engine, target: str) -> None:
    """Carry the store back to ``target`` (``base`` for no tables); only the tests of migrations need this."""
    from alembic import command

    _run(engine, lambda settings: command.downgrade(settings, target))


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings without a file: the connection is already keyed, so no key sits in a URL."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", _SCRIPTS)
    settings.attributes["connection"] = connection
    return settings


def _run(engine: Engine, move: Any) -> None:
    with engines.foreign_keys_off(engine), engine.begin() as connection:
        move(config(connection))
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise ReferencesBroken(", ".join(sorted({str(row[0]) for row in broken})))
