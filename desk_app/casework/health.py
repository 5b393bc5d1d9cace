"""Whether a store is sound, told in sentences: what was looked at and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from desk_app.casework import audit
from desk_app.casework.desk import Desk, Work
from desk_app.i18n import _, ngettext
from desk_app.storage import keyfile, schema


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``words`` say in German what was found there."""

    sound: bool
    words: str


def examine(desk: Desk) -> tuple[Finding, ...]:
    """Look at an open store: database, references, tables, audit and keys. Nothing is changed."""
    found, _changes = desk.do(_database)
    return (*found, _keys(desk))


def _database(work: Work) -> tuple[Finding, ...]:
    return tuple(look(work.session) for look in (_pages, _ciphertext, _references, _tables, _trail))


def _pages(session: Session) -> Finding:
    answers = _pragma(session, "quick_check")
    if answers == ["ok"]:
        return Finding(True, _("Die Datenbank ist in sich stimmig."))
    return Finding(False, _("Die Datenbank ist beschädigt. Bitte holen Sie die letzte Sicherung."))


def _ciphertext(session: Session) -> Finding:
    if not _pragma(session, "cipher_integrity_check"):
        return Finding(True, _("Jede verschlüsselte Seite ist unverändert."))
    return Finding(False, _("Verschlüsselte Seiten wurden verändert. Bitte holen Sie die letzte Sicherung."))


def _references(session: Session) -> Finding:
    broken = len(_pragma(session, "foreign_key_check"))
    if not broken:
        return Finding(True, _("Alle Verweise zwischen den Einträgen stimmen."))
    words = ngettext("{count} Eintrag verweist ins Leere.", "{count} Einträge verweisen ins Leere.", broken)
    return Finding(False, words.format(count=broken))


def _tables(session: Session) -> Finding:
    revision = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if revision == schema.HEAD:
        return Finding(
            True, _("Die Tabellen sind auf dem Stand dieser Version ({revision}).").format(revision=revision)
        )
    words = _("Die Tabellen haben den Stand {revision}, diese Version braucht {head}.")
    return Finding(False, words.format(revision=revision or _("ohne Nummer"), head=schema.HEAD))


def _trail(session: Session) -> Finding:
    broken = audit.broken_at(session)
    if broken is not None:
        return Finding(False, _("Die Nachvollziehbarkeit ist ab Eintrag {place} unterbrochen.").format(place=broken))
    count = audit.count(session)
    words = ngettext(
        "Die Nachvollziehbarkeit ist lückenlos ({count} Eintrag).",
        "Die Nachvollziehbarkeit ist lückenlos ({count} Einträge).",
        count,
    )
    return Finding(True, words.format(count=count))


def _keys(desk: Desk) -> Finding:
    copies = [_bytes(desk, name) for name in (keyfile.NAME, keyfile.COPY_NAME)]
    if None not in copies and copies[0] == copies[1]:
        return Finding(True, _("Beide Kopien der Schlüsseldatei sind da und gleich."))
    return Finding(
        False,
        _("Die Kopien der Schlüsseldatei sind verschieden oder eine fehlt. Die nächste Anmeldung schreibt beide neu."),
    )


def _bytes(desk: Desk, name: str) -> bytes | None:
    try:
        return (desk.vault.folder / name).read_bytes()
    except OSError:
        return None


def _pragma(session: Session, name: str) -> list[str]:
    return [str(row[0]) for row in session.connection().exec_driver_sql(f"PRAGMA {name}")]
