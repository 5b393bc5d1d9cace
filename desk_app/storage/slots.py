"""Key slots: how the one key of a store is handed to several people.

The store's key (256 random bits) is sealed to each user's public key; the user's private key is sealed under
the passphrase. So one user can be given a new store key without anybody else's passphrase, which is what
taking a departed colleague out needs. The recovery code is one more such slot.

A ``Ring`` is everybody's slots for one store key, signed with that key, so a slot slipped in or exchanged by
somebody who can write the file but not open the store is found out.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from desk_app.storage import sealing
from desk_app.storage.sealing import Kdf, SealBroken


class SlotKind(StrEnum):
    """Whose secret opens the slot."""

    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way to the store key. ``name`` and ``last_unlock`` are readable without a passphrase."""

    id: UUID
    kind: SlotKind
    name: str
    kdf: Kdf
    salt: bytes
    public_key: bytes
    private_key: bytes
    """The private key, sealed under the passphrase."""
    data_key: bytes
    """The store's key, sealed to ``public_key``."""
    last_unlock: datetime | None = None
    one_time: bool = False
    """Somebody else knows the passphrase too: its owner has to choose another when they sign in."""

    @classmethod
    def make(cls, owner: UUID, kind: SlotKind, name: str, secret: str, kdf: Kdf, ring: RingKey) -> Slot:
        """A slot with a new key pair, opened by ``secret``, holding the key of ``ring``."""
        private, public = sealing.new_key_pair()
        salt = os.urandom(sealing.SALT_BYTES)
        bare = cls(owner, kind, name, kdf, salt, public, b"", b"")
        sealed = sealing.seal(sealing.stretch(secret, salt, kdf), private, bare._place("private key", ring.store))
        return replace(bare, private_key=sealed).given(ring)

    @classmethod
    def for_recovery(cls, letters: str, ring: RingKey, slot_id: UUID) -> Slot:
        """The slot of a recovery code. Its 160 random bits cannot be guessed, so the least cost will do."""
        return cls.make(slot_id, SlotKind.RECOVERY, "", letters, sealing.FLOOR, ring)

    def given(self, ring: RingKey) -> Slot:
        """This slot holding the key of ``ring``; its passphrase stays as it is and need not be known."""
        place = self._place("data key", ring.store, ring.generation)
        return replace(self, data_key=sealing.seal_to(self.public_key, ring.data_key, place))

    def open(self, secret: str, store: UUID, generation: int) -> RingKey:
        """The store's key. Raises ``SealBroken`` for a wrong secret and for a slot moved or tampered with."""
        stretched = sealing.stretch(secret, self.salt, self.kdf)
        private = sealing.unseal(stretched, self.private_key, self._place("private key", store))
        data_key = sealing.unseal_with(private, self.data_key, self._place("data key", store, generation))
        return RingKey(store, generation, data_key)

    def _place(self, what: str, store: UUID, generation: int = 0) -> bytes:
        """What a sealed value is bound to. The private key outlives generations, so it is bound to none."""
        parts = [what, str(store), str(self.id), self.kind, generation, asdict(self.kdf), self.public_key.hex()]
        return json.dumps(parts, sort_keys=True).encode()

    def to_json(self) -> dict[str, Any]:
        """The slot as JSON values: bytes as base64, instants as ISO 8601."""
        said: dict[str, Any] = {
            "id": str(self.id),
            "kind": self.kind.value,
            "name": self.name,
            "kdf": asdict(self.kdf),
            "salt": _text(self.salt),
            "public_key": _text(self.public_key),
            "private_key": _text(self.private_key),
            "data_key": _text(self.data_key),
            "last_unlock": self.last_unlock.isoformat() if self.last_unlock else None,
        }
        # only where it holds: the signature of a ring from before this was known covers the others as they are
        return {**said, "one_time": True} if self.one_time else said

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Slot:
        """The slot back. Raises ``ValueError``, ``KeyError``, ``TypeError`` or ``AttributeError`` for anything else."""
        last = values["last_unlock"]
        return cls(
            id=UUID(values["id"]),
            kind=SlotKind(values["kind"]),
            name=values["name"].strip(),
            kdf=Kdf(**{key: int(value) for key, value in values["kdf"].items()}),
            salt=_bytes(values["salt"], sealing.SALT_BYTES),
            public_key=_bytes(values["public_key"], sealing.KEY_BYTES),
            private_key=_bytes(values["private_key"]),
            data_key=_bytes(values["data_key"]),
            last_unlock=None if last is None else datetime.fromisoformat(last),
            one_time=bool(values.get("one_time", False)),
        )


@dataclass(frozen=True, slots=True)
class RingKey:
    """The opened key of one store in one generation. Never written, logged or shown."""

    store: UUID
    generation: int
    data_key: bytes

    def __repr__(self) -> str:
        return f"RingKey(store={self.store}, generation={self.generation})"

    def next(self) -> RingKey:
        """A new random key for the same store, one generation on."""
        return RingKey(self.store, self.generation + 1, os.urandom(sealing.KEY_BYTES))


@dataclass(frozen=True, slots=True)
class Ring:
    """Everybody's slots for one generation of the store's key, and the signature over them."""

    generation: int
    slots: tuple[Slot, ...]
    signature: bytes

    @classmethod
    def signed(cls, key: RingKey, slots: Iterable[Slot]) -> Ring:
        """A ring of ``slots``, signed with the store's key."""
        kept = tuple(slots)
        return cls(key.generation, kept, sealing.signature(key.data_key, _signed_text(key, kept)))

    def slot(self, owner: UUID) -> Slot | None:
        """The slot of a user, if the user is in this ring."""
        return next((slot for slot in self.slots if slot.id == owner and slot.kind is SlotKind.USER), None)

    def recovery_slot(self) -> Slot | None:
        """The slot that the printed recovery code opens."""
        return next((slot for slot in self.slots if slot.kind is SlotKind.RECOVERY), None)

    def with_slot(self, slot: Slot, key: RingKey) -> Ring:
        """This ring with ``slot`` added, or in place of the one with the same id."""
        others = tuple(other for other in self.slots if other.id != slot.id)
        place = next((i for i, other in enumerate(self.slots) if other.id == slot.id), len(others))
        return Ring.signed(key, (*others[:place], slot, *others[place:]))

    def check(self, key: RingKey) -> None:
        """Raises ``SealBroken`` unless these very slots were signed by somebody who had the key."""
        if sealing.signature(key.data_key, _signed_text(key, self.slots)) != self.signature:
            raise SealBroken

    def to_json(self) -> dict[str, Any]:
        """The ring as JSON values."""
        slots = [slot.to_json() for slot in self.slots]
        return {"generation": self.generation, "slots": slots, "signature": _text(self.signature)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Ring:
        """The ring back; raises what ``Slot.from_json`` raises."""
        slots = tuple(Slot.from_json(slot) for slot in values["slots"])
        return cls(int(values["generation"]), slots, _bytes(values["signature"]))


def _signed_text(key: RingKey, slots: tuple[Slot, ...]) -> bytes:
    """What the signature covers: all but the time of the last unlocking, which changes daily and opens nothing."""
    bare = [replace(slot, last_unlock=None).to_json() for slot in slots]
    return json.dumps([str(key.store), key.generation, bare], sort_keys=True).encode()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(text: str, length: int | None = None) -> bytes:
    value = base64.b64decode(text, validate=True)
    if length is not None and len(value) != length:
        raise ValueError("wrong length of a key")
    return value
