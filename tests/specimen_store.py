"""A small real store with two users, for tests that open one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desk_app.storage import vault
from desk_app.storage.sealing import FLOOR

CARLAS = "Meine Katze frisst gern Quark"
JONAS = "vier Elche tanzen im Regen Samba"


@dataclass(frozen=True)
class Specimen:
    """A closed store of two users and the printed recovery code."""

    folder: Path
    carla: UUID
    jonas: UUID
    recovery_code: str

    def unlock(self) -> vault.Vault:
        return vault.unlock(self.folder, self.carla, CARLAS)


def make_specimen(folder: Path) -> Specimen:
    made = vault.create(folder, centre_name="KI Musterstadt", user_name="Carla Brandt", passphrase=CARLAS, kdf=FLOOR)
    with made.vault as opened:
        jonas = opened.add_user("Jonas Adeyemi", JONAS)
    return Specimen(folder, made.user_id, jonas, made.recovery_code)
