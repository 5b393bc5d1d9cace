"""What happens between the right passphrase and the open store: is everything there, and if not, put it right.

Database and journal are compared; each can stand in for the other:

- the database is gone, unreadable or not whole: it is made anew from the journal;
- the database lacks saves (write-ahead log lost, old copy put back, killed while saving): they are carried over;
- the journal is gone, damaged, or older than the database: a new one begins behind a checked snapshot.

What is replaced is never deleted but moved to a folder ``quarantaene-<date>``. Everything that was put right is told
in one German sentence each; see ``notices``.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from desk_app.domain.errors import StoreError, VaultDamaged
from desk_app.i18n import N_, _, ngettext
from desk_app.storage import (
    checks,
    comparing,
    failures,
    health,
    journal_file,
    keyfile,
    rebuilding,
    row_images,
    save_mark,
    schema,
    store_folder,
)
from desk_app.storage import engine as engines
from desk_app.storage.engine import Found
from desk_app.storage.journal import Journal
from desk_app.storage.journal_file import NoJournal, Reading
from desk_app.storage.rebuilding import NoBase
from desk_app.storage.slots import RingKey

QUARANTINE: Final = "quarantaene-{day}"

_REBUILT: Final = N_(
    "Der Datenbestand wurde wiederhergestellt: {reason} "
    "Alles, was gespeichert war, ist da. Die alten Dateien liegen im Ordner „{folder}“."
)
_REBUILT_IN_PART: Final = N_(
    "Der Datenbestand wurde wiederhergestellt: {reason} Auch das Journal ist beschädigt, darum fehlt alles ab "
    "Speicherung {counter} ({behind}). Bitte holen Sie die letzte Sicherung. "
    "Die alten Dateien liegen im Ordner „{folder}“."
)
_GONE: Final = N_("Die Datenbank fehlte.")
_UNREADABLE: Final = N_("Die Datenbank war nicht lesbar.")
_LACKING: Final = N_("In der Datenbank fehlten Eingaben, vielleicht wurde eine ältere Kopie zurückgelegt.")
_CUT_OFF: Final = N_("Trittstein wurde beim letzten Mal mitten im Speichern unterbrochen.")
_INTERRUPTED: Final = N_(
    "Trittstein wurde beim letzten Mal mitten im Speichern unterbrochen. "
    "Die letzte Eingabe wurde nachgetragen, es fehlt nichts."
)
_CARRIED_OVER: Final = N_(
    "In der Datenbank fehlten Eingaben, vielleicht wurde eine ältere Datei zurückgelegt. "
    "Sie wurden aus dem Journal nachgetragen, es fehlt nichts."
)
_JOURNAL_GONE: Final = N_(
    "Das Journal, die zweite Aufzeichnung aller Eingaben, fehlte oder war nicht lesbar. "
    "Die Datenbank ist vollständig; ein neues Journal wurde begonnen."
)
_JOURNAL_DAMAGED: Final = N_(
    "Das Journal, die zweite Aufzeichnung aller Eingaben, war ab Speicherung {counter} beschädigt. Die Datenbank ist "
    "vollständig; ein neues Journal wurde begonnen. Das alte liegt im Ordner „{folder}“."
)
_JOURNAL_OLD: Final = N_(
    "Das Journal, die zweite Aufzeichnung aller Eingaben, passt nicht zur Datenbank: Vielleicht wurde eine ältere "
    "Datei zurückgelegt. Die Datenbank blieb, wie sie ist; ein neues Journal wurde begonnen. "
    "Das alte liegt im Ordner „{folder}“. Bitte sagen Sie Ihrer Leitung Bescheid."
)
_TAIL: Final = N_("Bitte sehen Sie nach, ob Ihre letzte Eingabe angekommen ist.")


class Opening:
    """Opens database and journal of one store whose key is known, and puts right what can be."""

    def __init__(self, folder: Path, key: RingKey, clock: Callable[[], datetime], *, new_key: bool = False) -> None:
        """``new_key``: an exchange of the store's key was interrupted, so a journal of the old key is no surprise."""
        self.notices: list[str] = []
        self._folder = folder
        self._key = key
        self._clock = clock
        self._database = folder / engines.NAME
        self._journal = folder / journal_file.NAME
        self._log_is_odd = False
        self._expects_journal = not new_key
        self._aside: Path | None = None

    def open(self, found: Found | StoreError) -> tuple[Engine, Journal]:
        """``found`` is what the database said of itself, or why it could not be read.

        Raises ``found`` if there is no journal to make up for it, ``VaultTooNew``, ``VaultDamaged`` or another
        ``WorldError``; driver errors and ``OSError`` pass. Until it is clear that the store will open, nothing is
        changed.
        """
        reading = self._read_journal()
        if reading is not None:
            schema.check(reading.revision)
        if isinstance(found, StoreError):
            if reading is None or not rebuilding.has_base(reading, self._key):
                raise found
            self._rebuild(reading, _UNREADABLE if self._database.exists() else _GONE)
            found = engines.probe(self._database, self._key.data_key)
        old = schema.check(found.revision)
        engine = engines.open_engine(self._database, self._key.data_key)
        try:
            if not schema.keeps_mark(found.revision):
                self._expects_journal = False
                self._require_sound(engine)
            elif reason := self._fault(engine, reading):
                engine.dispose()
                engine = self._rebuilt(reading, reason)
            if old:
                self._upgrade(engine, found.revision)
            return engine, self._journal_beside(engine, reading)
        except BaseException:
            engine.dispose()
            raise

    def _read_journal(self) -> Reading | None:
        try:
            reading = journal_file.read(self._journal, self._key)
        except NoJournal:
            return None
        log = self._database.with_name(engines.NAME + "-wal")
        hot = log.exists() and log.stat().st_size > 0
        self._log_is_odd = hot or not (reading.closed or log.exists())
        return reading

    def _fault(self, engine: Engine, reading: Reading | None) -> str | None:
        """Why the database must be made anew, or None; a save it merely lacks is carried over here."""
        connection = engines.driver_connection(engine)
        if not self._is_whole(connection, reading):
            return _UNREADABLE
        if reading is None:
            return None
        mark = save_mark.read(connection)
        if mark == reading.mark:
            return None if self._rows_agree(connection, reading) else _LACKING
        if not reading.knows(mark):
            return _LACKING if mark.counter < reading.base.mark.counter else None
        last_only = reading.mark.counter == mark.counter + 1
        alone = last_only and not self._log_is_odd
        if not alone and rebuilding.has_base(reading, self._key):
            return _CUT_OFF if last_only else _LACKING
        rebuilding.carry_over(engine, self._journal, reading, self._key)
        self.notices.append(_(_INTERRUPTED if alone else _CARRIED_OVER))
        return None

    def _is_whole(self, connection: Any, reading: Reading | None) -> bool:
        """Looked at more closely the less orderly it was left, and where the daily check found something.

        Of what that may have found references are left out: they are not mended by making the database anew.
        """
        if reading is None or reading.closed:
            before = health.last(self._folder)
            if reading is None or before is None or before.sound or not rebuilding.has_base(reading, self._key):
                return checks.quick(connection)
            engines.checkpoint(connection)
            return checks.indexes(connection) and checks.ciphertext(connection)
        return checks.thorough(connection)

    def _rows_agree(self, connection: Any, reading: Reading) -> bool:
        """All rows since the last backup; those of before only where the daily check found something."""
        images = comparing.last_images(self._journal, self._key)
        if not row_images.agree(connection, images):
            return False
        before = health.last(self._folder)
        sound = before is None or before.sound
        return sound or comparing.rest_agrees(connection, reading, images, self._key) is not False

    def _require_sound(self, engine: Engine) -> None:
        if not checks.quick(engines.driver_connection(engine)):
            raise VaultDamaged(_(failures.BROKEN_OFF))

    def _rebuilt(self, reading: Reading | None, reason: str) -> Engine:
        if reading is None or not rebuilding.has_base(reading, self._key):
            raise VaultDamaged(_(failures.BROKEN_OFF))
        self._rebuild(reading, reason)
        return engines.open_engine(self._database, self._key.data_key)

    def _rebuild(self, reading: Reading, reason: str) -> None:
        """Make the database anew from the journal and put the old files aside; killed in between, begin again."""
        with tempfile.TemporaryDirectory(prefix=".trittstein-neu-", dir=self._folder) as made:
            draft = Path(made) / engines.NAME
            try:
                rebuilding.database_from(self._journal, reading, self._key, draft)
            except NoBase as gone:
                raise VaultDamaged(_(failures.BROKEN_OFF)) from gone
            for name in (keyfile.NAME, keyfile.COPY_NAME, journal_file.NAME):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy2(self._folder / name, self._quarantine())
            self._put_aside(engines.NAME, *(engines.NAME + companion for companion in engines.COMPANIONS))
            draft.rename(self._database)
            keyfile.sync_folder(self._folder)
            health.forget(self._folder)
        self._tell_rebuilt(reading, reason)

    def _tell_rebuilt(self, reading: Reading, reason: str) -> None:
        folder = self._quarantine().name
        if reading.damage is not None:
            behind = reading.damage.behind
            saves = ngettext("{count} Speicherung", "mindestens {count} Speicherungen", behind).format(count=behind)
            words = _(_REBUILT_IN_PART).format(
                reason=_(reason), folder=folder, counter=reading.damage.counter, behind=saves
            )
        else:
            words = _(_REBUILT).format(reason=_(reason), folder=folder)
        self.notices.append(f"{words} {_(_TAIL)}" if reading.torn else words)

    def _upgrade(self, engine: Engine, revision: str | None) -> None:
        engines.checkpoint(engines.driver_connection(engine))
        store_folder.copy_before_upgrade(self._folder, revision)
        schema.upgrade(engine)

    def _journal_beside(self, engine: Engine, reading: Reading | None) -> Journal:
        """The journal that was there, or a new one if it cannot go on from where the database is."""
        mark = save_mark.read(engines.driver_connection(engine))
        if reading is None:
            if self._expects_journal:
                self.notices.append(_(_JOURNAL_GONE))
                self._put_aside(journal_file.NAME)
        elif reading.damage is not None:
            self._put_aside(journal_file.NAME)
            if not self.notices:
                words = _(_JOURNAL_DAMAGED)
                self.notices.append(words.format(counter=reading.damage.counter, folder=self._quarantine().name))
        elif mark != reading.mark:
            self._put_aside(journal_file.NAME)
            self.notices.append(_(_JOURNAL_OLD).format(folder=self._quarantine().name))
        elif reading.base.kept:
            return self._going_on(reading)
        rebuilding.begin_journal(engine, self._folder, self._key)
        return Journal(self._journal, self._key, journal_file.read(self._journal, self._key))

    def _going_on(self, reading: Reading) -> Journal:
        journal = Journal(self._journal, self._key, reading)
        if reading.revision != schema.HEAD:
            journal.note_tables(schema.HEAD)
        return journal

    def _put_aside(self, *names: str) -> None:
        for name in names:
            if (self._folder / name).exists():
                (self._folder / name).rename(self._quarantine() / name)

    def _quarantine(self) -> Path:
        """The folder for what is replaced, made when it is first needed."""
        if self._aside is None:
            day = self._clock().astimezone().strftime("%Y-%m-%d")
            for number in itertools.count(1):
                name = QUARANTINE.format(day=day) + (f"-{number}" if number > 1 else "")
                with contextlib.suppress(FileExistsError):
                    (self._folder / name).mkdir(mode=0o700)
                    self._aside = self._folder / name
                    break
        assert self._aside is not None
        return self._aside
