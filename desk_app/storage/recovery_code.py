"""The recovery code on paper: 160 random bits a person can read out and type.

Thirty-two letters and digits (base 32 after RFC 4648, so without 0, 1, 8 and 9) and a check character, in
groups of four. The check character tells a typing error from a code of another store before anything is tried:
it finds every single wrong character and every exchange of two neighbours.
"""

from __future__ import annotations

import base64
import os
from typing import Final

from desk_app.domain.errors import RecoveryCodeMistyped

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LENGTH: Final = 32
_GROUP: Final = 4
_FIELD: Final = 0b100101
"""x⁵ + x² + 1, whose root runs through all 31 values but zero before it returns to one."""
_READ_AS: Final = str.maketrans({"0": "O", "1": "I", "8": "B"})


def new_recovery_code() -> str:
    """A fresh code in groups, such as ``ABCD-EFGH-…-2345-K``."""
    return shown(base64.b32encode(os.urandom(20)).decode("ascii"))


def shown(letters: str) -> str:
    """``letters`` (32 of the alphabet) with check character and dashes between groups."""
    whole = letters + _check_character(letters)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def understood(typed: str) -> str:
    """The 32 letters somebody typed, whatever the case, blanks and dashes.

    0, 1 and 8 are taken for the O, I and B they were read from. Raises ``RecoveryCodeMistyped``.
    """
    letters = "".join(c for c in typed.upper().translate(_READ_AS) if not c.isspace() and c not in "-–—_.")
    if len(letters) != _LENGTH + 1 or any(c not in _ALPHABET for c in letters):
        raise RecoveryCodeMistyped
    if _check_character(letters[:_LENGTH]) != letters[_LENGTH]:
        raise RecoveryCodeMistyped
    return letters[:_LENGTH]


def _check_character(letters: str) -> str:
    """A weighted sum in the field of 32 elements: neighbouring places weigh differently, none weighs nothing."""
    total = 0
    for letter in letters:
        total = _doubled(total ^ _ALPHABET.index(letter))
    return _ALPHABET[total]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value > 31 else value
