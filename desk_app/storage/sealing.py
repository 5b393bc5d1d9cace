"""How a secret is sealed: passphrase to key, key to sealed bytes, public key to sealed bytes.

Only primitives of the ``cryptography`` package put together in the usual way: Argon2id (RFC 9106),
AES-256-GCM, X25519 with HKDF-SHA256. Everything sealed is bound to its place by associated data, so a
sealed value copied elsewhere, or one whose parameters were weakened, does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import os
import time
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.storage import process

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_PUBLIC_BYTES: Final = 32


class SealBroken(Exception):
    """The sealed bytes do not open with this key at this place. Never shown; the caller says what it means."""


@dataclass(frozen=True, slots=True)
class Kdf:
    """Cost of one guess at a passphrase: Argon2id memory in KiB, passes, and lanes."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        """Refuse costs outside the agreed range before anything is allocated.

        Below: a weakened slot. Above: a key file that asks for terabytes to bring the machine down.
        Raises ``ValueError``.
        """
        inside = 65_536 <= self.memory_kib <= 1_048_576 and 3 <= self.iterations <= 24 and 1 <= self.lanes <= 8
        if not inside:
            raise ValueError("Argon2id parameters out of range")


FLOOR: Final = Kdf(memory_kib=65_536, iterations=3, lanes=4)
"""The least a slot may cost: the second recommended choice of RFC 9106, section 4."""

_CEILING_KIB: Final = 262_144
_FASTEST_SECONDS: Final = 0.5
_SLOWEST_SECONDS: Final = 1.5


def calibrate() -> Kdf:
    """The dearest cost that keeps unlocking on this machine between 0.5 and 1.5 seconds, never below ``FLOOR``.

    Memory grows to 256 MiB as far as time and a quarter of the free memory allow; a machine for which that is
    still too quick takes more passes.
    """
    begun = time.perf_counter()
    stretch("calibration", bytes(SALT_BYTES), FLOOR)
    floor_seconds = max(time.perf_counter() - begun, 0.001)
    memory = FLOOR.memory_kib
    while (
        memory < _CEILING_KIB
        and floor_seconds * 2 * memory / FLOOR.memory_kib <= _SLOWEST_SECONDS
        and 2 * memory * 1024 <= process.free_memory() // 4
    ):
        memory *= 2
    seconds = floor_seconds * memory / FLOOR.memory_kib
    iterations = math.ceil(FLOOR.iterations * max(1.0, _FASTEST_SECONDS / seconds))
    return Kdf(memory_kib=memory, iterations=min(iterations, 24), lanes=FLOOR.lanes)


def stretch(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
    """A 256-bit key from ``passphrase``; NFC first, since keyboards differ in how they send an umlaut."""
    secret = unicodedata.normalize("NFC", passphrase).encode()
    argon = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=kdf.iterations, lanes=kdf.lanes, memory_cost=kdf.memory_kib
    )
    return argon.derive(secret)


def seal(key: bytes, secret: bytes, place: bytes) -> bytes:
    """``secret`` under ``key`` (AES-256-GCM), bound to ``place``."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The secret inside ``sealed``. Raises ``SealBroken``."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken from broken


def new_key_pair() -> tuple[bytes, bytes]:
    """A fresh X25519 pair as raw bytes: private, public."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_to(public_key: bytes, secret: bytes, place: bytes) -> bytes:
    """``secret`` so that only the holder of the matching private key opens it; needs no secret itself.

    Raises ``ValueError`` for bytes that are no usable X25519 public key.
    """
    once = X25519PrivateKey.generate()
    once_public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public_key))
    return once_public + seal(_agreed_key(shared, once_public, public_key), secret, place)


def unseal_with(private_key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The secret that ``seal_to`` sealed to this key's public half. Raises ``SealBroken``."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        once_public = sealed[:_PUBLIC_BYTES]
        shared = private.exchange(X25519PublicKey.from_public_bytes(once_public))
    except ValueError as broken:
        raise SealBroken from broken
    key = _agreed_key(shared, once_public, private.public_key().public_bytes_raw())
    return unseal(key, sealed[_PUBLIC_BYTES:], place)


def signature(data_key: bytes, text: bytes) -> bytes:
    """Shows that ``text`` was written by somebody who had the store's key (HMAC-SHA256)."""
    key = derived(data_key, b"trittstein key file")
    return hmac.digest(key, text, hashlib.sha256)


def derived(data_key: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    """A key for one purpose only, made from the store's key (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=purpose).derive(data_key)


def _agreed_key(shared: bytes, once_public: bytes, public_key: bytes) -> bytes:
    kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=once_public + public_key, info=b"trittstein sealed to")
    return kdf.derive(shared)
