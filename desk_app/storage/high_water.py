"""How far this machine has seen a store come, kept outside the store's folder.

If the whole folder is exchanged for an older copy, database, journal and keys agree with each other and nothing in
them can tell. The note beside the machine's settings can. It is sealed with the store's key and holds two numbers.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Final

from desk_app import settings
from desk_app.i18n import N_, _, ngettext
from desk_app.storage import keyfile, sealing
from desk_app.storage.sealing import SealBroken
from desk_app.storage.slots import RingKey

_LARGEST_BYTES: Final = 4096


_OLDER: Final = N_(
    "Dieser Datenbestand ist älter als der, der zuletzt an diesem Rechner geöffnet war: {missing}. "
    "Vielleicht wurde ein alter Ordner zurückgelegt. Es wurde nichts geändert. "
    "Bitte sprechen Sie mit Ihrer Leitung, bevor Sie weiterarbeiten."
)


def words(key: RingKey, counter: int) -> str:
    """What to tell staff about a store at ``counter`` that lacks something; empty if all is well."""
    missing = behind(key, counter)
    if missing is None:
        return ""
    count = ngettext("{count} Speicherung fehlt", "{count} Speicherungen fehlen", missing).format(count=missing)
    return _(_OLDER).format(missing=count if missing else _("spätere Speicherungen fehlen"))


def behind(key: RingKey, counter: int) -> int | None:
    """How many saves a store at ``counter`` lacks of what this machine has seen: None if none or nothing is known.

    0 means that the number cannot be told: the note was written with a later key of the store.
    """
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, SealBroken):
        path = _path(key)
        if path.stat().st_size > _LARGEST_BYTES:
            return None
        found = json.loads(path.read_bytes())
        generation = int(found["generation"])
        if generation > key.generation:
            return 0
        if generation == key.generation:
            known = int(sealing.unseal(_secret(key), bytes.fromhex(found["sealed"]), _place(key)))
            return known - counter if known > counter else None
    return None


def note(key: RingKey, counter: int) -> None:
    """Keep that the store has come to ``counter``. Without a writable folder of settings nothing is kept."""
    sealed = sealing.seal(_secret(key), str(counter).encode(), _place(key))
    text = json.dumps({"generation": key.generation, "sealed": sealed.hex()})
    with contextlib.suppress(OSError):
        path = _path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        keyfile.write_whole(path, text.encode())


def forget(key: RingKey) -> None:
    """Take the note back: an older state was restored on purpose."""
    with contextlib.suppress(OSError):
        _path(key).unlink()


def _path(key: RingKey) -> Path:
    return settings.folder() / f"stand-{key.store}.json"


def _secret(key: RingKey) -> bytes:
    return sealing.derived(key.data_key, b"trittstein high water")


def _place(key: RingKey) -> bytes:
    return f"{key.store} {key.generation}".encode()
