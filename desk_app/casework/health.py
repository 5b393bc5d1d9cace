"""Whether a store is sound, told in sentences: what was looked at and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from desk_app.casework import audit
from desk_app.casework.desk import Desk
from desk_app.i18n import _, ngettext
from desk_app.storage import health, keyfile, schema


class Area(StrEnum):
    """What a finding is about; the worst to be wrong comes first."""

    DATABASE = "database"
    AUDIT = "audit"
    TABLES = "tables"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``words`` say in German what was found there."""

    area: Area
    sound: bool
    words: str


def examine(desk: Desk) -> tuple[Finding, ...]:
    """Look at an open store: database, references, tables, audit and keys.

    Nothing of it is changed but the note of the last full check beside it.
    """
    found, _changes = desk.do(lambda work: (_tables(work.session), _trail(work.session)))
    return (*_database(desk), *found, _keys(desk))


def _database(desk: Desk) -> tuple[Finding, ...]:
    found = health.full(desk.vault, desk.clock())
    assert found is not None, "nobody breaks it off"
    return tuple(Finding(Area.DATABASE, each.sound, each.words) for each in found.findings)


def _tables(session: Session) -> Finding:
    revision = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if revision == schema.HEAD:
        return Finding(
            Area.TABLES,
            True,
            _("Die Tabellen sind auf dem Stand dieser Version ({revision}).").format(revision=revision),
        )
    words = _("Die Tabellen haben den Stand {revision}, diese Version braucht {head}.")
    return Finding(Area.TABLES, False, words.format(revision=revision or _("ohne Nummer"), head=schema.HEAD))


def _trail(session: Session) -> Finding:
    broken = audit.broken_at(session)
    if broken is not None:
        return Finding(
            Area.AUDIT, False, _("Die Nachvollziehbarkeit ist ab Eintrag {place} unterbrochen.").format(place=broken)
        )
    count = audit.count(session)
    words = ngettext(
        "Die Nachvollziehbarkeit ist lückenlos ({count} Eintrag).",
        "Die Nachvollziehbarkeit ist lückenlos ({count} Einträge).",
        count,
    )
    return Finding(Area.AUDIT, True, words.format(count=count))


def _keys(desk: Desk) -> Finding:
    copies = [_bytes(desk, name) for name in (keyfile.NAME, keyfile.COPY_NAME)]
    if None not in copies and copies[0] == copies[1]:
        return Finding(Area.KEYS, True, _("Beide Kopien der Schlüsseldatei sind da und gleich."))
    return Finding(
        Area.KEYS,
        False,
        _("Die Kopien der Schlüsseldatei sind verschieden oder eine fehlt. Die nächste Anmeldung schreibt beide neu."),
    )


def _bytes(desk: Desk, name: str) -> bytes | None:
    try:
        return (desk.vault.folder / name).read_bytes()
    except OSError:
        return None
